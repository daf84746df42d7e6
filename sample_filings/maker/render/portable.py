"""Writes a filing as a PDF with reportlab: ruled tables with merged cells, page numbers, wide tables turned.

The Chinese font is one of the standard ones that a reader of PDF brings along, so that none is embedded.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from io import BytesIO
from typing import Any, Final

from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    LongTable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)

from maker.render.blocks import BODY, CAPTION, COVER, ENTRY, HEADING, MONEY, PART, Block, Saying, Table
from maker.render.merging import AMOUNT
from maker.render.merging import CAPTION as HEAD

_FONT: Final = "STSong-Light"
_MARGIN: Final = 54
_SIZE, _LEADING, _PADDING = 9, 11, 3
_LOOKS: Final[dict[str, dict[str, Any]]] = {
    COVER: {"fontSize": 22, "leading": 60, "alignment": TA_CENTER},
    PART: {"fontSize": 18, "leading": 30, "alignment": TA_CENTER, "spaceAfter": 12},
    HEADING: {"fontSize": 14, "leading": 24, "firstLineIndent": 28},
    BODY: {"fontSize": 12, "leading": 22, "firstLineIndent": 24},
    CAPTION: {"fontSize": 16, "leading": 26, "alignment": TA_CENTER},
    MONEY: {"fontSize": 10, "leading": 14, "alignment": TA_RIGHT},
    ENTRY: {"fontSize": 11, "leading": 18},
}


def portable(blocks: Sequence[Block]) -> bytes:
    """Write a .pdf file."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    packed = BytesIO()
    paper = BaseDocTemplate(packed, pagesize=A4, invariant=1, title="", author="", pageCompression=1)
    paper.addPageTemplates([_template("tall", A4), _template("wide", landscape(A4))])
    paper.build(list(_story(blocks)))
    return packed.getvalue()


def _template(name: str, size: tuple[float, float]) -> Any:
    def number(canvas: Any, _: Any) -> None:
        canvas.setFont(_FONT, 10)
        canvas.drawCentredString(size[0] / 2, 28, f"— {canvas.getPageNumber()} —")

    frame = Frame(_MARGIN, _MARGIN, size[0] - 2 * _MARGIN, size[1] - 2 * _MARGIN, 0, 0, 0, 0)
    return PageTemplate(name, [frame], onPage=number, pagesize=size)


def _story(blocks: Sequence[Block]) -> Iterator[Any]:
    fresh, wide = True, False
    for block in blocks:
        if isinstance(block, Saying):
            if (block.fresh or wide) and not fresh:
                yield from (NextPageTemplate("tall"), PageBreak())
            wide = False
            yield _saying(block)
        else:
            yield from (NextPageTemplate("wide" if block.wide else "tall"), PageBreak())
            wide = block.wide
            yield from map(_saying, block.above)
            yield Spacer(1, 4)
            yield _table(block)
            yield from map(_saying, block.below)
        fresh = False


@cache
def _style(look: str) -> Any:
    base = {"fontSize": 10, "leading": 14, "alignment": TA_LEFT}
    return ParagraphStyle(look, fontName=_FONT, wordWrap="CJK", **(base | _LOOKS.get(look, {})))


def _saying(saying: Saying) -> Any:
    text = saying.text
    if saying.look == ENTRY:
        dots = int((440 - _wide(text, 11)) / _wide(".", 11))
        text = f"{text}{'.' * max(dots, 3)}{saying.page}"
    return Paragraph(text.replace("&", "&amp;").replace("<", "&lt;"), _style(saying.look))


def _table(table: Table) -> Any:
    space = (A4[1] if table.wide else A4[0]) - 2 * _MARGIN
    widths = [share * space for share in table.shares()]
    data = [[""] * table.width for _ in table.rows]
    looks: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, "black"),
        ("FONT", (0, 0), (-1, -1), _FONT, _SIZE, _LEADING),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
    ]
    for number, row in enumerate(table.rows):
        for column, field in row.items():
            room = sum(widths[column : column + field.across]) - 2 * _PADDING
            data[number][column] = field.text if field.holds == AMOUNT else "\n".join(_wrapped(field.text, room))
            corner, last = (column, number), (column + field.across - 1, number + field.down - 1)
            if last != corner:
                looks.append(("SPAN", corner, last))
            if field.holds != AMOUNT and (field.holds == HEAD or field.down > 1):
                looks.append(("ALIGN", corner, last, "CENTER"))
            elif field.holds == AMOUNT:
                looks.append(("ALIGN", corner, last, "RIGHT"))
    return LongTable(data, widths, repeatRows=table.heads if table.repeats else 0, style=looks)


def _wrapped(text: str, room: float) -> Iterator[str]:
    """Break a text where it reaches the right edge of its cell."""
    line = ""
    for character in text:
        if line and _wide(line + character, _SIZE) > room:
            yield line
            line = ""
        line += character
    yield line


def _wide(text: str, size: float) -> float:
    return float(pdfmetrics.stringWidth(text, _FONT, size))
