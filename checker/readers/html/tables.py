"""The fields of a web page's table: its cells laid out as HTML says, merged over columns and rows.

A cell takes the first free columns of its row. Columns in which no row begins a cell carry nothing and are left out,
so that an absurd span leaves no trace.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from checker.readers.limits import Limits, Unreadable

_SPAN = re.compile(r"\s*\+?([0-9]{1,9})")
_NUMBER = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?(?:[Ee][+-]?[0-9]{1,2})?")
_GROUPS = {"thead": 0, "tbody": 1, "tfoot": 2}
_TO_THE_END = 1 << 30


class Cell(NamedTuple):
    """A cell: its element and path, the columns it covers (the end is past the last), and the number behind it."""

    node: LexborNode
    path: str
    start: int
    end: int
    stored: str


class Row(NamedTuple):
    """A row: its path, the cells that begin in it, and those that reach into it from above."""

    path: str
    cells: list[Cell]
    above: list[Cell]


class Table(NamedTuple):
    """The rows of a table as they are shown, the column that each start or end becomes, and their number."""

    rows: list[Row]
    columns: dict[int, int]
    width: int
    captions: list[tuple[LexborNode, str]]


def children(node: LexborNode, path: str, hidden: frozenset[int]) -> Iterator[tuple[LexborNode, str, str]]:
    """Yield the elements in a node that are shown, each with its name and path."""
    counts: dict[str, int] = {}
    child = node.child
    while child is not None:
        tag = child.tag
        if tag and tag[0] != "-":
            counts[tag] = counts.get(tag, 0) + 1
            if child.mem_id not in hidden:
                yield child, tag, f"{path}/{tag}[{counts[tag]}]"
        child = child.next


def load_table(node: LexborNode, path: str, hidden: frozenset[int], limits: Limits) -> Table:
    """Lay out a table.

    Raises:
        Unreadable: when it has more fields than the limits allow.
    """
    captions: list[tuple[LexborNode, str]] = []
    groups: tuple[list[list[tuple[LexborNode, str]]], ...] = ([], [], [])
    for child, tag, here in children(node, path, hidden):
        if tag == "caption":
            captions.append((child, here))
        elif tag in _GROUPS:
            groups[_GROUPS[tag]].append([(row, at) for row, name, at in children(child, here, hidden) if name == "tr"])
        elif tag == "tr":
            groups[1].append([(child, here)])
    rows: list[Row] = []
    filled = 0
    for group in (group for kind in groups for group in kind):
        filled = _lay_out(group, rows, hidden, limits, filled)
    starts = sorted({cell.start for row in rows for cell in row.cells})
    columns = {start: position for position, start in enumerate(starts)}
    position = 0
    for end in sorted({cell.end for row in rows for cell in row.cells} - columns.keys()):
        while position < len(starts) and starts[position] < end:
            position += 1
        columns[end] = position
    if len(starts) * len(rows) > limits.cells:
        raise Unreadable(f"表格超过上限 {limits.cells:,} 格")
    return Table(rows, columns, len(starts), captions)


def _lay_out(
    group: list[tuple[LexborNode, str]], rows: list[Row], hidden: frozenset[int], limits: Limits, filled: int
) -> int:
    """Add the rows of one group: cells reach down only within it. Return how many fields were filled so far."""
    down: list[tuple[Cell, int]] = []
    for number, (node, path) in enumerate(group):
        down = [(cell, last) for cell, last in down if last > number]
        taken = {column for cell, _ in down for column in range(cell.start, cell.end)}
        row = Row(path, [], [cell for cell, _ in down])
        column = 0
        for child, tag, here in children(node, path, hidden):
            if tag not in ("td", "th"):
                continue
            while column in taken:
                column += 1
            attributes = child.attributes
            across = min(max(1, _span(attributes.get("colspan"))), limits.fields) if attributes else 1
            reach = _span(attributes.get("rowspan")) if attributes else 1
            cell = Cell(child, here, column, column + across, attributes.get("x:num") or "")
            row.cells.append(cell)
            if reach != 1:
                down.append((cell, number + (reach or _TO_THE_END)))
            column += across
        filled += len(taken) + len(row.cells)
        if column > _WIDEST * limits.fields or filled > limits.cells:
            raise Unreadable(f"表格超过上限（{limits.fields} 栏、{limits.cells:,} 格）")
        rows.append(row)
    return filled


_WIDEST = 20
"""How many times the limit of fields a row may cover, as long as few of its columns begin a cell."""


def _span(value: str | None) -> int:
    match = _SPAN.match(value) if value else None
    return int(match[1]) if match else 1


def stored_number(value: str, shown: str) -> str:
    """Return the number that a workbook saved as a web page keeps behind a cell, where the cell shows another."""
    if not _NUMBER.fullmatch(value):
        return ""
    stored = format(Decimal(value), "f")
    shown = shown.replace(",", "")
    return "" if _NUMBER.fullmatch(shown) and Decimal(shown) == Decimal(stored) else stored
