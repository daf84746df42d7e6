"""The fields of a Word table: which physical cell stands in which column of its grid.

Rows of a Word table may begin late, end early and merge cells over columns and rows. Columns of the grid in which no
row begins a cell carry nothing and are left out, so that an absurd span costs nothing either.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from checker.readers.docx import tags
from checker.readers.docx.words import chosen


class Cell(NamedTuple):
    """A physical cell: its 1-based number in the row, the columns it covers, and whether it goes on one from above."""

    number: int
    start: int
    end: int
    continues: bool
    element: etree._Element


class Row(NamedTuple):
    """A printed row: its 1-based number in the table, and its cells from left to right."""

    number: int
    cells: list[Cell]


class Table(NamedTuple):
    """The rows that a table prints; its number of columns; how many rows are hidden."""

    rows: list[Row]
    width: int
    hidden: int


def children(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the children of an element that are printed, taken out of controls, insertions and choices around them."""
    for child in parent:
        if child.tag not in tags.WRAPPERS:
            yield child
        elif child.tag == tags.ALTERNATE:
            branch = chosen(child)
            if branch is not None:
                yield from children(branch)
        else:
            yield from children(child)


def load_table(table: etree._Element) -> Table:
    """Return the rows of a table, its columns numbered from 0 without those that carry nothing."""
    rows: list[Row] = []
    hidden = number = 0
    for element in children(table):
        if element.tag != tags.TR:
            continue
        number += 1
        properties = element.find(tags.TR_PR)
        before = 0
        if properties is not None:
            if properties.find(tags.DEL) is not None:
                continue
            if _is_on(properties, tags.HIDDEN):
                hidden += 1
                continue
            before = _count(properties, tags.GRID_BEFORE, 0)
        rows.append(Row(number, _cells(element, before)))
    starts = sorted({cell.start for row in rows for cell in row.cells})
    column = {start: position for position, start in enumerate(starts)}
    ends = {cell.end for row in rows for cell in row.cells}
    column.update(_ends(sorted(ends - column.keys()), starts))
    return Table(
        [Row(row.number, [cell._replace(start=column[cell.start], end=column[cell.end]) for cell in row.cells])
         for row in rows],
        len(starts),
        hidden,
    )  # fmt: skip


def _ends(ends: list[int], starts: list[int]) -> Iterator[tuple[int, int]]:
    """Yield for each end of a cell where no other begins the column that it comes to lie before."""
    position = 0
    for end in ends:
        while position < len(starts) and starts[position] < end:
            position += 1
        yield end, position


def _cells(row: etree._Element, column: int) -> list[Cell]:
    cells: list[Cell] = []
    number = 0
    for element in children(row):
        if element.tag != tags.TC:
            continue
        number += 1
        properties = element.find(tags.TC_PR)
        span, down = 1, False
        if properties is not None:
            span = max(1, _count(properties, tags.GRID_SPAN, 1))
            merge = properties.find(tags.V_MERGE)
            down = merge is not None and merge.get(tags.VAL, "continue") == "continue"
            merge = properties.find(tags.H_MERGE)
            if cells and merge is not None and merge.get(tags.VAL, "continue") == "continue":
                cells[-1] = cells[-1]._replace(end=column + span)
                column += span
                continue
        cells.append(Cell(number, column, column + span, down, element))
        column += span
    return cells


def _count(properties: etree._Element, tag: str, otherwise: int) -> int:
    found = properties.find(tag)
    return otherwise if found is None else tags.whole(found.get(tags.VAL), otherwise)


def _is_on(properties: etree._Element, tag: str) -> bool:
    found = properties.find(tag)
    return found is not None and tags.is_on(found.get(tags.VAL))
