"""Writes a filing as a Word document: raw WordprocessingML, the same bytes every time.

Wide tables stand in landscape sections of their own, merged cells are `gridSpan` and `vMerge`, heads that are printed
again carry `tblHeader`, and page numbers are a field in the footer.
"""

from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape

from maker.render.blocks import (
    BELOW,
    BODY,
    CAPTION,
    COVER,
    ENTRY,
    HEADING,
    MONEY,
    NAME,
    NUMBER,
    PART,
    Block,
    Saying,
    Table,
)
from maker.render.merging import AMOUNT, Field
from maker.render.packing import pack

_SPACE: Final = "http://schemas.openxmlformats.org"
_WORD: Final = f'xmlns:w="{_SPACE}/wordprocessingml/2006/main" xmlns:r="{_SPACE}/officeDocument/2006/relationships"'
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PART_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LONG, _SHORT, _MARGIN = 16838, 11906, 1134
"""Sides and margin of A4 paper in twentieths of a point."""

_LOOKS: Final = {
    COVER: '<w:jc w:val="center"/>',
    ENTRY: f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{_SHORT - 2 * _MARGIN}"/></w:tabs>',
    PART: '<w:pStyle w:val="Heading1"/>',
    HEADING: '<w:ind w:firstLineChars="200" w:firstLine="480"/>',
    BODY: '<w:spacing w:line="360" w:lineRule="auto"/><w:ind w:firstLineChars="200" w:firstLine="480"/>',
    NUMBER: '<w:jc w:val="left"/>',
    CAPTION: '<w:jc w:val="center"/>',
    NAME: '<w:jc w:val="left"/>',
    MONEY: '<w:jc w:val="right"/>',
    BELOW: '<w:jc w:val="left"/>',
}
_SIZES: Final = {COVER: 44, PART: 36, CAPTION: 32, ENTRY: 24, HEADING: 24, BODY: 24}
_BOLD: Final = (COVER, PART, CAPTION, HEADING)


def word(blocks: Sequence[Block]) -> bytes:
    """Write a .docx file."""
    parts = "".join(_body(blocks))
    document = f"{_XML}<w:document {_WORD}><w:body>{parts}{_section(wide=False)}</w:body></w:document>"
    return pack(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": _relations(("styles", "styles.xml"), ("footer", "footer1.xml")),
            "word/styles.xml": _STYLES,
            "word/footer1.xml": _FOOTER,
        }
    )


def _body(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Saying):
            yield _paragraph(block, block.fresh)
            continue
        if block.wide:
            yield f"<w:p><w:pPr>{_section(wide=False)}</w:pPr></w:p>"
        for number, saying in enumerate(block.above):
            yield _paragraph(saying, fresh=number == 0 and not block.wide)
        yield _table(block)
        for saying in block.below:
            yield _paragraph(saying)
        # A table needs a paragraph below it, or Word makes one table of two.
        yield f"<w:p><w:pPr>{_section(wide=True) if block.wide else ''}</w:pPr></w:p>"


def _section(wide: bool) -> str:
    side = f'w:w="{_LONG}" w:h="{_SHORT}" w:orient="landscape"' if wide else f'w:w="{_SHORT}" w:h="{_LONG}"'
    margins = " ".join(f'w:{edge}="{_MARGIN}"' for edge in ("top", "right", "bottom", "left"))
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId2"/>'
        f'<w:pgSz {side}/><w:pgMar {margins} w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
    )


def _paragraph(saying: Saying, fresh: bool = False) -> str:
    look = saying.look
    before = "<w:pageBreakBefore/>" if fresh else ""
    style = _LOOKS[look]
    if look == PART:
        style, before = style + before, ""
    runs = _run(saying.text, _SIZES.get(look, 21), look in _BOLD)
    if look == ENTRY:
        runs += f"<w:r><w:tab/></w:r>{_run(saying.page, 24)}"
    return f"<w:p><w:pPr>{before}{style}</w:pPr>{runs}</w:p>"


def _run(text: str, size: int, bold: bool = False) -> str:
    weight = "<w:b/>" if bold else ""
    return f'<w:r><w:rPr>{weight}<w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _table(table: Table) -> str:
    space = (_LONG if table.wide else _SHORT) - 2 * _MARGIN
    widths = [int(share * space) for share in table.shares()]
    borders = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_rows(table, widths))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _rows(table: Table, widths: Sequence[int]) -> Iterator[str]:
    continued: dict[int, tuple[Field, int]] = {}
    for number, row in enumerate(table.rows):
        cells: list[str] = []
        column = 0
        while column < table.width:
            if column in row:
                field, merge = row[column], ""
                if field.down > 1:
                    merge = '<w:vMerge w:val="restart"/>'
                    continued[column] = (field, number + field.down)
                text = field.text
            else:
                (field, end), text, merge = continued[column], "", "<w:vMerge/>"
                assert number < end
            cells.append(_cell(field, text, merge, sum(widths[column : column + field.across])))
            column += field.across
        head = "<w:tblHeader/>" if table.repeats and number < table.heads else ""
        yield f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(field: Field, text: str, merge: str, width: int) -> str:
    across = f'<w:gridSpan w:val="{field.across}"/>' if field.across > 1 else ""
    side = "right" if field.holds == AMOUNT else "center" if field.down > 1 or field.holds == "caption" else "left"
    run = _run(text, 18) if text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:jc w:val="{side}"/></w:pPr>{run}</w:p></w:tc>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{_SPACE}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_XML}<Relationships xmlns="{space}">{lines}</Relationships>'


_TYPES: Final = (
    f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_PART_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_PART_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_PART_TYPE}.footer+xml"/></Types>'
)

_STYLES: Final = (
    f"{_XML}<w:styles {_WORD}><w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/><w:sz w:val="21"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:jc w:val="center"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style></w:styles>'
)

_FOOTER: Final = (
    f'{_XML}<w:ftr {_WORD}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    "</w:p></w:ftr>"
)
