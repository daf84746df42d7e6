"""A Word document in the form of an official letter (GB/T 9704-2012): its page, its type, its page numbers."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from checker.outputs.packing import packed, unpacked
from checker.outputs.plain import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

_MADE: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""When every letter says it was made: the same audit gives the same bytes."""
_LINE: Final = 28.95
"""Points from line to line: 22 lines on a page (5.2.3)."""
_SIZE: Final = 16
"""三号, in points."""
_SIGNED: Final = 4
"""Characters that the date ends before the margin (7.3.5.1)."""
_FONTS: Final = {
    "body": "仿宋_GB2312", "title": "方正小标宋简体", "first": "黑体", "second": "楷体_GB2312", "page": "宋体",
}  # fmt: skip


class _Look(NamedTuple):
    """How a paragraph looks: its font, sizes and distances in points, its indent in characters.

    `rank` is its level in the outline, 0 for what is no heading.
    """

    font: str = "body"
    size: float = _SIZE
    line: float = _LINE
    before: float = 0
    after: float = 0
    indent: int = 2
    align: str = ""
    bold: bool = False
    rank: int = 0


class Letter:
    """Writes a letter from top to bottom."""

    def __init__(self, title: str, author: str, *, chinese: bool) -> None:
        import docx
        from docx.oxml.ns import qn

        self._document: Any = docx.Document()
        self._begun = False
        self._chinese = chinese
        properties = self._document.core_properties
        properties.title, properties.author, properties.last_modified_by = plain(title), author, author
        properties.created = properties.modified = _MADE
        properties.revision, properties.comments = 1, ""
        _set_font(self._document.styles["Normal"], _FONTS["body"], _SIZE)
        for language in self._document.styles.element.iter(qn("w:lang")):
            language.set(qn("w:eastAsia"), "zh-CN")  # else a stand-in font may draw Japanese or Taiwanese forms

    def begin(self) -> None:
        """Begin an upright page with the margins of 5.2.1, and number the pages from one."""
        self._section(landscape=False)

    def begin_annex(self) -> None:
        """Begin a page that lies on its side."""
        self._section(landscape=True)

    def title(self, text: str) -> None:
        """Write the title: 二号, centred, a line of room below it."""
        self._paragraph(text, _Look("title", size=22, line=36, after=_LINE, indent=0, align="CENTER", rank=1))

    def heading(self, text: str) -> None:
        """Write a heading of the first rank (一、)."""
        self._paragraph(text, _Look("first", rank=2))

    def subheading(self, text: str) -> None:
        """Write a heading of the second rank (（一）)."""
        self._paragraph(text, _Look("second", rank=3))

    def item(self, text: str) -> None:
        """Write a heading of the third rank (1.)."""
        self._paragraph(text, _Look(bold=True))

    def say(self, text: str, *, indent: int = 2, align: str = "", before: float = 0) -> None:
        """Write a paragraph, its first line two characters in."""
        self._paragraph(text, _Look(indent=indent, align=align, before=before))

    def table(self, headings: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
        """Write a table whose headings are repeated on every page; widths are in millimetres."""
        from docx.enum.table import WD_TABLE_ALIGNMENT

        table = self._document.add_table(rows=0, cols=len(headings))
        table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        for element, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
            element.w = _millimetres(width)
        for row in [headings, *rows]:
            table._tbl.append(_row(row, widths, head=row is headings))

    def rendered(self) -> bytes:
        """Return the document; the same calls give the same bytes."""
        buffer = BytesIO()
        self._document.save(buffer)
        return packed(unpacked(buffer.getvalue()))

    def _section(self, *, landscape: bool) -> None:
        from docx.enum.section import WD_ORIENT, WD_SECTION

        sections = self._document.sections
        section = self._document.add_section(WD_SECTION.NEW_PAGE) if self._begun else sections[0]
        section.page_width, section.page_height = _millimetres(210), _millimetres(297)
        top, bottom, left, right = (37, 35, 28, 26) if not landscape else (28, 26, 35, 37)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        if landscape:
            section.page_width, section.page_height = section.page_height, section.page_width
            left = right = 20
        section.top_margin, section.bottom_margin = _millimetres(top), _millimetres(bottom)
        section.left_margin, section.right_margin = _millimetres(left), _millimetres(right)
        section.footer_distance = _millimetres(bottom - 7 - 5)
        _number_pages(section, from_one=not landscape)
        if not self._begun:
            _print_numbers(section.footer)
        self._begun = True

    def _paragraph(self, text: str, look: _Look) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
        from docx.shared import Pt

        paragraph = self._document.add_paragraph()
        form = paragraph.paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
        form.space_before, form.space_after = Pt(look.before), Pt(look.after)
        form.first_line_indent = Pt(look.indent * look.size) if look.indent else None
        form.keep_with_next = bool(look.rank) or look.bold
        if look.align:
            form.alignment = getattr(WD_ALIGN_PARAGRAPH, look.align)
        if look.align == "RIGHT":
            form.right_indent = Pt(_SIGNED * look.size)
        if look.rank:
            _set_rank(paragraph, look.rank)
        run = paragraph.add_run(_inert(text))
        run.bold = look.bold or None
        _set_font(run, _FONTS[look.font], look.size)
        if self._chinese:
            _take_quotes_for_chinese(run)


def _inert(text: str) -> str:
    """Return a text that is plain; the room left before it to write in stays."""
    room = len(text) - len(text.lstrip("\u3000"))
    return "\u3000" * room + plain(text)


def _millimetres(value: float) -> Any:
    from docx.shared import Mm

    return Mm(value)


def _set_font(holder: Any, name: str, size: float) -> None:
    """Set a font for Chinese letters; where it is not installed, programs take their own 宋体 or 仿宋."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    holder.font.name, holder.font.size = "Times New Roman", Pt(size)
    holder.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _take_quotes_for_chinese(run: Any) -> None:
    """Let marks that Chinese and Latin share, “” before all, be set as Chinese ones."""
    from docx.oxml.ns import qn

    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


def _set_rank(paragraph: Any, rank: int) -> None:
    """Let a paragraph show in the outline without the looks of the built-in headings."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), str(rank - 1))
    paragraph._p.get_or_add_pPr().append(level)


def _number_pages(section: Any, *, from_one: bool) -> None:
    """Let pages be numbered from one, or go on from those before."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    if from_one:
        start = OxmlElement("w:pgNumType")
        start.set(qn("w:start"), "1")
        section._sectPr.append(start)


def _print_numbers(footer: Any) -> None:
    """Print — 1 — below the text (7.5): 四号, centred here since nothing is known of left and right pages."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("t", "— "), ("begin", ""), ("instr", "PAGE"), ("end", ""), ("t", " —")):
        run = paragraph.add_run(text if kind == "t" else "")
        _set_font(run, _FONTS["page"], 14)
        if kind == "instr":
            instruction = OxmlElement("w:instrText")
            instruction.text = text
            run._r.append(instruction)
        elif kind != "t":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _row(texts: Sequence[str], widths: Sequence[float], *, head: bool) -> Any:
    """Return a row of a table: built by hand, since a table of two thousand rows takes python-docx a minute."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    def make(parent: Any, name: str, **attributes: str) -> Any:
        element = OxmlElement(f"w:{name}")
        for key, value in attributes.items():
            element.set(qn(f"w:{key}"), value)
        parent.append(element)
        return element

    row = OxmlElement("w:tr")
    properties = make(row, "trPr")
    make(properties, "cantSplit")
    if head:
        make(properties, "tblHeader")
    for text, width in zip(texts, widths, strict=True):
        cell = make(row, "tc")
        make(make(cell, "tcPr"), "tcW", w=str(round(width * 56.7)), type="dxa")
        paragraph = make(cell, "p")
        form = make(paragraph, "pPr")
        make(form, "spacing", line="280", lineRule="exact")
        if head:
            make(form, "jc", val="center")
        run = make(paragraph, "r")
        look = make(run, "rPr")
        make(look, "rFonts", eastAsia=_FONTS["first"] if head else _FONTS["page"])
        make(look, "sz", val="18")
        make(run, "t").text = plain(text)
    return row
