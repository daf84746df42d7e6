"""A document as one run of items: paragraphs, and the rows of its grids, without what runs over its pages."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from checker.model.document import Document, GridRow, Paragraph
from checker.model.place import Place
from checker.recognition.words import fold

_PAGE_NUMBER = re.compile(r"[-—–─·.]*第?[0-9]{1,4}页?(?:共[0-9]{1,4}页)?[-—–─·.]*")
_DIGITS = re.compile(r"[0-9]+")
_RUNNING = re.compile(r"https?:|www\.|(?!预算公开表|部门公开表|附表).*[预决]算(?:信息)?公开")
RUNNING_LENGTH = 60
"""Characters beyond which a line is no page header."""
RUNNING_TIMES = 4
"""Times that a line must stand in a document to run over its pages."""


class Item(NamedTuple):
    """A paragraph, or one row of a grid; `text` is the paragraph, or the only filled cell of the row, or empty."""

    text: str
    place: Place
    row: GridRow | None


def items_of(document: Document) -> list[Item]:
    """Flatten a document into paragraphs and rows, without the headers and footers that run over its pages."""
    items = _all_items(document)
    running = _running_lines(items)
    return [item for item in items if _masked(item) not in running]


def _masked(item: Item) -> str:
    """Return what an item prints, its digits masked, if it may run over pages; else nothing."""
    text = item.text or "".join(item.row.texts if item.row else ())
    if "公开" not in text and "http" not in text and "www" not in text:
        return ""
    return _DIGITS.sub("#", fold(text)) if len(text) < RUNNING_LENGTH else ""


def _running_lines(items: list[Item]) -> set[str]:
    """Return the lines that stand on page after page: an address, or the words of the cover again and again."""
    counts = Counter(masked for item in items if (masked := _masked(item)))
    return {masked for masked, count in counts.items() if count >= RUNNING_TIMES and _RUNNING.match(masked)}


def _all_items(document: Document) -> list[Item]:
    items: list[Item] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            items.append(Item(block.text, block.place, None))
            continue
        for row in block.rows:
            filled = row.filled()
            items.append(Item(row.texts[filled[0]] if len(filled) == 1 else "", row.place, row))
    return items


def is_page_number(text: str) -> bool:
    """Say whether a line is a page number and nothing else."""
    return _PAGE_NUMBER.fullmatch(fold(text)) is not None
