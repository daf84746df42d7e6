"""The fields of a Word table: which physical cell stands in which column of its grid.

Rows of a Word table may begin late, end early and merge cells over columns and rows. Columns of the grid in which no
row begins a cell carry nothing and are left out, so that an absurd span costs nothing either.

Plain tables are read in one pass of the C library, texts included; a cell that holds more than plain runs has its text
read later, and a table that holds another is walked element by element.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from lxml import etree

from checker.readers.docx import tags
from checker.readers.docx.words import MARKS, UNUSUAL, chosen
from checker.readers.wrapping import SPACES, joined

_STYLED: Final = (tags.P_STYLE, tags.R_STYLE)
_MERGES: Final = (tags.GRID_SPAN, tags.V_MERGE, tags.H_MERGE)
_WATCHED: Final = (tags.T, tags.P, tags.TC, tags.TR, *MARKS, *_MERGES, *_STYLED, tags.TBL, *UNUSUAL)


class Cell:
    """A physical cell: its 1-based number in the row, the grid columns it covers, whether it goes on one from above.

    `lines` are the texts of its paragraphs; None where they must be read with care.
    """

    __slots__ = ("continues", "element", "end", "joins", "lines", "number", "start")

    def __init__(self, number: int, start: int, element: etree._Element) -> None:
        self.number = number
        self.start = start
        self.end = start + 1
        self.element = element
        self.continues = self.joins = False
        self.lines: list[str] | None = []

    def merge(self, merge: etree._Element) -> None:
        """Take in one of the properties that merge cells."""
        tag = merge.tag
        if tag == tags.GRID_SPAN:
            self.end = self.start + max(1, tags.whole(merge.get(tags.VAL), 1))
        elif tag == tags.V_MERGE:
            self.continues = merge.get(tags.VAL, "continue") == "continue"
        else:
            self.joins = merge.get(tags.VAL, "continue") == "continue"

    @property
    def text(self) -> str:
        """The text of a plain cell."""
        lines = self.lines or []
        return lines[0].strip(SPACES) if len(lines) == 1 else joined(lines)


class Row(NamedTuple):
    """A printed row: its 1-based number in the table, and its cells from left to right."""

    number: int
    cells: list[Cell]


class Table(NamedTuple):
    """The rows that a table prints; which column each column of its grid becomes; how many rows are hidden.

    `plain` says that no cell holds a table.
    """

    rows: list[Row]
    columns: dict[int, int]
    width: int
    hidden: int
    plain: bool


def load_table(element: etree._Element, styles: Iterable[str]) -> Table:
    """Return the rows of a table; `styles` are those whose paragraphs and runs must be read with care."""
    rows = _read_plainly(element, frozenset(styles))
    plain = rows is not None
    if rows is None:
        rows = [(row, _walk_cells(row)) for row in printed(element) if row.tag == tags.TR]
    shown: list[Row] = []
    hidden = 0
    for number, (row, cells) in enumerate(rows, start=1):
        properties = row.find(tags.TR_PR)
        if properties is not None:
            if properties.find(tags.DEL) is not None:
                continue
            if _is_on(properties, tags.HIDDEN):
                hidden += 1
                continue
            before = properties.find(tags.GRID_BEFORE)
            if before is not None:
                _move(cells, tags.whole(before.get(tags.VAL)))
        shown.append(Row(number, _united(cells) if any(cell.joins for cell in cells) else cells))
    columns, width = _columns(shown)
    return Table(shown, columns, width, hidden, plain)


def printed(holder: etree._Element) -> Iterator[etree._Element]:
    """Yield what an element holds, taken out of the controls, insertions and choices around it."""
    if holder.tag == tags.ALTERNATE:
        branch = chosen(holder)
        if branch is None:
            return
        holder = branch
    for child in holder:
        if child.tag in tags.WRAPPERS:
            yield from printed(child)
        else:
            yield child


def _read_plainly(table: etree._Element, styles: frozenset[str]) -> list[tuple[etree._Element, list[Cell]]] | None:
    """Return the cells of each row with their texts; None for a table that must be walked."""
    rows: list[tuple[etree._Element, list[Cell]]] = []
    cells: list[Cell] = []
    cell: Cell | None = None
    lines: list[str] = []
    for element in table.iter(*_WATCHED):
        tag = element.tag
        if tag == tags.T:
            _append(lines, element.text or "")
        elif tag == tags.P:
            lines.append("")
        elif tag == tags.TC:
            cell = Cell(len(cells) + 1, cells[-1].end if cells else 0, element)
            cells.append(cell)
            cell.lines = lines = []
        elif tag == tags.TR:
            cell, cells, lines = None, [], []
            rows.append((element, cells))
        elif _divides(element, table):
            return None
        elif cell is None:
            continue
        elif tag in _MERGES:
            cell.merge(element)
        elif tag in MARKS:
            _append(lines, MARKS[tag])
        elif tag not in _STYLED or element.get(tags.VAL) in styles:
            cell.lines, lines = None, []
    return rows


def _append(lines: list[str], text: str) -> None:
    if text == "\n" or not lines:
        lines.append("")
    lines[-1] += text.strip("\n")


def _divides(element: etree._Element, table: etree._Element) -> bool:
    """Say whether a table cannot be read in one pass: another one begins, or a choice between rows."""
    if element.tag == tags.ALTERNATE:
        parent = element.getparent()
        return parent is None or parent.tag not in (tags.P, tags.R)
    return element.tag == tags.TBL and element is not table


def _walk_cells(row: etree._Element) -> list[Cell]:
    cells: list[Cell] = []
    for element in printed(row):
        if element.tag == tags.TC:
            cell = Cell(len(cells) + 1, cells[-1].end if cells else 0, element)
            cell.lines = None
            for merge in element.iterfind(f"{tags.TC_PR}/*"):
                if merge.tag in _MERGES:
                    cell.merge(merge)
            cells.append(cell)
    return cells


def _united(cells: list[Cell]) -> list[Cell]:
    """Let cells go on the one before them, where the old way of merging over columns says so."""
    kept: list[Cell] = []
    for cell in cells:
        if cell.joins and kept:
            kept[-1].end = cell.end
        else:
            kept.append(cell)
    return kept


def _move(cells: list[Cell], columns: int) -> None:
    for cell in cells:
        cell.start += columns
        cell.end += columns


def _columns(rows: list[Row]) -> tuple[dict[int, int], int]:
    """Return the column that each start and end of a cell becomes, and how many columns there are."""
    starts = sorted({cell.start for row in rows for cell in row.cells})
    columns = {start: position for position, start in enumerate(starts)}
    position = 0
    for end in sorted({cell.end for row in rows for cell in row.cells} - columns.keys()):
        while position < len(starts) and starts[position] < end:
            position += 1
        columns[end] = position
    return columns, len(starts)


def _is_on(properties: etree._Element, tag: str) -> bool:
    found = properties.find(tag)
    return found is not None and tags.is_on(found.get(tags.VAL))
