"""Prints a filing's lines in the formats that bureaus publish: Word, Excel, web pages, PDF.

`blocks.py` turns the lines into paragraphs and tables with merged cells; each other module writes one format from
these. Nothing here knows what a figure means: a planted error is in the lines, and so in every format.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from maker.grid import Line
from maker.render.blocks import Block, blocks_of
from maker.render.markup import page, saved_page
from maker.render.portable import portable
from maker.render.word import word
from maker.render.workbook import workbook

FORMATS: Final[dict[str, Callable[[Sequence[Block]], bytes]]] = {
    "docx": word,
    "xlsx": workbook,
    "html": page,
    "htm": saved_page,
    "pdf": portable,
}
"""The suffix of each format, and what writes it; htm is the page in GBK that a spreadsheet saved."""


def render(lines: Iterable[Line], suffix: str) -> bytes:
    """Write a filing's lines in a format; the same bytes every time on one machine."""
    return FORMATS[suffix](blocks_of(lines))
