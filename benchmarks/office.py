"""Word documents and web pages: our readers against what they stand on, and against the usual libraries, on one file.

The file is a filing of the text format written as Word and as HTML, its tables as tables.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from html import escape
from io import BytesIO, StringIO
from pathlib import Path

import docx as python_docx
import pandas
from docx.table import _Cell
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from checker.model.document import Document, Paragraph
from checker.readers import Limits, Source, read_content, read_document


def as_word(document: Document) -> bytes:
    """Write a document as .docx with python-docx."""
    made = python_docx.Document()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            made.add_paragraph(block.text)
            continue
        table = made.add_table(len(block.rows), max(len(row.texts) for row in block.rows))
        for row, written in zip(block.rows, table._tbl.tr_lst, strict=True):
            for text, cell in zip(row.texts, written.tc_lst, strict=False):
                _Cell(cell, table).text = text
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def as_page(document: Document) -> bytes:
    """Write a document as a web page in the encoding of many published ones."""
    lines = ["<html><head><meta charset=gb2312></head><body>"]
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines.append(f"<p>{escape(block.text)}</p>")
        else:
            rows = ("".join(f"<td>{escape(text)}</td>" for text in row.texts) for row in block.rows)
            lines.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    return "\n".join(lines).encode("gb18030")


def with_python_docx(content: bytes) -> int:
    """Read every paragraph and every cell as python-docx offers them; return how many characters there are."""
    opened = python_docx.Document(BytesIO(content))
    count = sum(len(paragraph.text) for paragraph in opened.paragraphs)
    return count + sum(len(cell.text) for table in opened.tables for row in table.rows for cell in row.cells)


def parse_alone(content: bytes) -> object:
    """Unzip and parse a Word document, and do nothing more."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def measure(path: Path, best: Callable[[Callable[[], object], int], float]) -> None:
    """Print the times of each way to read the filing at `path` as Word and as a web page."""
    original = read_document(path)
    for kind, content, ways in (
        ("Word", as_word(original), {"lxml, parsed only (floor)": parse_alone, "python-docx": with_python_docx}),
        (
            "web page",
            as_page(original),
            {
                "lexbor, parsed only (floor)": lambda page: LexborHTMLParser(page.decode("gb18030")),
                "pandas.read_html": lambda page: pandas.read_html(StringIO(page.decode("gb18030"))),
            },
        ),
    ):
        source = Source(str(path), "", len(content))
        own = best(lambda content=content, source=source: read_content(content, source, Limits()), 7)  # type: ignore[misc]
        print(f"  {kind}, {len(content) / 1000:.0f} kB: {own:7.1f} ms")
        for name, way in ways.items():
            milliseconds = best(lambda way=way, content=content: way(content), 3)  # type: ignore[misc]
            print(f"    {name:<34} {milliseconds:7.1f} ms   {milliseconds / own:6.2f} × ours")
