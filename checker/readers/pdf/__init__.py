"""PDF: characters and ruling lines → tables and paragraphs, across pages.

An address is the page and the box of the cell or line, in points from the upper left of the page as it is shown; its
line is the number of the printed row or paragraph in the whole document.
"""

from __future__ import annotations

from checker.model.document import Document, Skipped
from checker.model.place import PagePlace
from checker.readers.limits import Limits, Source, Unreadable
from checker.readers.pdf import ocr
from checker.readers.pdf.characters import PageText, opened, page_count, pages_of, read_text
from checker.readers.pdf.flow import blocks_of
from checker.readers.pdf.lattice import TooManyLines
from checker.readers.pdf.pages import Page, lay_out
from checker.readers.pdf.running import without_running
from checker.readers.pdf.strokes import Strokes, read_strokes

__all__ = ["read"]

_UNMAPPED = 5
"""Characters without Unicode on a page from which on it is not audited."""
_LARGE = 0.08
"""Share of a page from which on a picture may show a table."""
_MOST = 0.5
"""Share of a page from which on a picture is the page."""
_FEW = 12
"""Characters below which a page has no text of its own: a page number, a stamp, a space on an empty page."""


def read(content: bytes, source: Source, limits: Limits) -> Document:
    """Read a PDF.

    Raises:
        Unreadable: when it is encrypted or damaged, or beyond the limits.
    """
    pages: list[Page] = []
    skipped: list[Skipped] = []
    with opened(content) as document:
        count = page_count(document)
        if count < 1:
            raise Unreadable("PDF 没有任何一页，可能不完整")
        if count > limits.pages:
            raise Unreadable(f"PDF 有 {count:,} 页，超过上限 {limits.pages:,} 页", PagePlace(1, page=limits.pages + 1))
        for number, page in pages_of(document, source.part):
            _read_page(page, number, source, limits, pages, skipped)
    blocks = tuple(blocks_of(without_running(pages), source.part, limits))
    if not blocks and not skipped:
        raise Unreadable("PDF 没有任何文字")
    return Document(source.path, source.sha256, source.size, "", blocks, "pdf", tuple(skipped))


def _read_page(
    page: object, number: int, source: Source, limits: Limits, pages: list[Page], skipped: list[Skipped]
) -> None:
    place = PagePlace(1, 0, source.part, page=number)
    text = read_text(page, number, limits)
    strokes = read_strokes(page, number, text.upright, limits)
    if text.slanted:
        skipped.append(Skipped(place, f"第{number}页有斜排文字（水印），未读入", text.slanted[:40], foreign=True))
    if text.unmapped > _UNMAPPED:
        reason = f"第{number}页有 {text.unmapped} 个文字没有编码对照，无法识别，该页未核验"
        skipped.append(Skipped(place, reason, lines=len(text.runs)))
        return
    if not text.runs and strokes.texts > _FEW and not text.slanted:
        skipped.append(Skipped(place, f"第{number}页画有文字，但取不出字符，该页未核验", lines=strokes.texts))
    elif _is_picture(text, strokes) and (_written(text) < _FEW or text.unseen):
        if _written(text) < _FEW and ocr.available():
            text, strokes = ocr.read_picture(page)
            skipped.append(Skipped(place, f"第{number}页由 OCR 识别，数字需人工核对", guessed=True))
        elif _written(text) < _FEW:
            skipped.append(Skipped(place, f"第{number}页是扫描图像，没有文字，需要能运行的 ocr 组件才能核验"))
        else:
            reason = f"第{number}页是扫描图像，文字来自文件自带的识别结果，数字需人工核对"
            skipped.append(Skipped(place, reason, guessed=True))
    elif _has_bare_picture(text, strokes):
        skipped.append(Skipped(place, f"第{number}页有图片，图里的内容未核验", foreign=True, opaque=True))
    try:
        pages.append(lay_out(number, text, strokes))
    except TooManyLines:
        skipped.append(Skipped(place, f"第{number}页的线条像图画，不像表格，未核验", lines=len(text.runs)))


def _is_picture(text: PageText, strokes: Strokes) -> bool:
    """Say whether pictures cover most of a page."""
    covered = sum((right - left) * (bottom - top) for left, top, right, bottom in strokes.pictures)
    return covered > _MOST * text.turn.width * text.turn.height


def _has_bare_picture(text: PageText, strokes: Strokes) -> bool:
    """Say whether a picture large enough to show a table has none of the page's text on it: it is no background."""
    least = _LARGE * text.turn.width * text.turn.height
    return any(
        (right - left) * (bottom - top) >= least
        and not any(left < (run.left + run.right) / 2 < right and top < (run.top + run.bottom) / 2 < bottom
                    for run in text.runs)
        for left, top, right, bottom in strokes.pictures
    )  # fmt: skip


def _written(text: PageText) -> int:
    return sum(len(run.text) for run in text.runs)
