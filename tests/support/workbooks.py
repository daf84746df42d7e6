"""Workbooks made for tests: by xlsxwriter, or part by part where no library writes what a test needs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import xlsxwriter

from checker.model.document import Document, Grid, GridRow
from checker.readers import Limits, Source, read_content

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(fill: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    """Return the bytes of a workbook that `fill` writes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    fill(book)
    book.close()
    return stream.getvalue()


def packed(members: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file of these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def handmade(sheet: str | bytes, strings: str = "", styles: str = "", **parts: str | bytes) -> bytes:
    """Return a workbook whose only sheet (表一) is this XML; `strings` and `styles` are what stands in those parts."""
    kinds = {"worksheet": "worksheets/sheet1.xml"}
    if strings:
        kinds["sharedStrings"] = "sharedStrings.xml"
    if styles:
        kinds["styles"] = "styles.xml"
    links = "".join(
        f'<Relationship Id="{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>' for kind, target in kinds.items()
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="表一" sheetId="1" r:id="worksheet"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{links}</Relationships>',
            "xl/worksheets/sheet1.xml": sheet,
            **({"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>'} if strings else {}),
            **({"xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'} if styles else {}),
            **parts,
        }
    )


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """Return the XML of a sheet with these rows."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def read(content: bytes, **limits: int) -> Document:
    """Read the bytes of a file."""
    return read_content(content, Source("a.xlsx", "0" * 64, len(content)), Limits(**limits))


def rows(document: Document) -> list[GridRow]:
    """Return the rows of all grids of a document."""
    return [row for block in document.blocks if isinstance(block, Grid) for row in block.rows]


def texts(document: Document) -> list[list[str]]:
    """Return the texts of a document: paragraphs as rows of one."""
    return [
        list(line)
        for block in document.blocks
        for line in ([row.texts for row in block.rows] if isinstance(block, Grid) else [[block.text]])
    ]
