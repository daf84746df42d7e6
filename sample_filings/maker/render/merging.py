"""Which cells of a printed table are merged: worked out from which fields its lines leave empty.

In a head an empty field below a caption belongs to it, and one beside it where something stands underneath. In a
performance table a field reaches to the next one that is used, and a label stands beside all the rows it is for.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from maker.grid import ROW, Cell, Line

CAPTION, LABEL, AMOUNT = "caption", "label", "amount"
"""What a cell holds: a caption of the head, a name or code, an amount."""

_AMOUNT: Final = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")
_WRAPPED: Final = re.compile(r"(?<=[\u4e00-\u9fff）]) (?=[\u4e00-\u9fff（])")
_SIGNED: Final = "负责人"
_LEVELS: Final = ("绩效指标", "一级指标", "二级指标")


@dataclass(slots=True)
class Field:
    """A printed cell that covers `across` columns and `down` rows."""

    text: str
    holds: str = LABEL
    across: int = 1
    down: int = 1


Rows = list[dict[int, Field]]
"""The rows of a table: 0-based column of a cell's upper left to the cell; covered columns have no entry."""


def list_rows(head: Sequence[Line], body: Sequence[Line], width: int) -> Rows:
    """Lay out a table with a head above and a row for each line."""
    rows = _head_rows(head, width)
    for line in body:
        row = {column: _field(cell) for column, cell in enumerate(line.cells)}
        for column in range(len(line.cells), width):
            row[column] = Field("")
        _widen_totals(row, line)
        rows.append(row)
    return rows


def _widen_totals(row: dict[int, Field], line: Line) -> None:
    """Let the caption of a total cover the empty fields of codes and names beside it."""
    for column, cell in list(row.items()):
        if cell.text.endswith("合计") and cell.holds == LABEL:
            beside = column + 1
            while beside < len(line.cells) and not line.cells[beside].text and line.cells[beside].column is None:
                cell.across += 1
                del row[beside]
                beside += 1


def card_rows(lines: Sequence[Line], width: int) -> Rows:
    """Lay out a performance table."""
    rows: Rows = []
    slots: list[int] = []
    levels: list[int] = []
    for line in lines:
        texts = [cell.text for cell in line.cells]
        if "一级指标" in texts:
            slots = [column for column, text in enumerate(texts) if text]
            levels = [column for column in slots if texts[column] in _LEVELS]
        if texts[0].startswith(_SIGNED):
            slots, levels = [], []
        starts = sorted({0, *(slots or _used(line))})
        row: dict[int, Field] = {}
        for start, end in zip(starts, [*starts[1:], width], strict=True):
            cell = line.cells[start] if start < len(line.cells) else Cell("")
            continues = not cell.text and rows and (start in levels if slots else start == 0)
            if continues and _stretch(rows, start):
                continue
            row[start] = _field(cell)
            row[start].across = end - start
        rows.append(row)
    return rows


def _used(line: Line) -> list[int]:
    kept = [column for column, cell in enumerate(line.cells) if cell.text or cell.column is not None]
    return kept if line.kind == ROW else [column for column in kept if line.cells[column].text]


def _stretch(rows: Rows, start: int) -> bool:
    """Let the label above reach down into this row."""
    for back, row in enumerate(reversed(rows), start=1):
        above = row.get(start)
        if above is not None:
            if above.down == back and above.text:
                above.down += 1
                return True
            return False
    return False


def _head_rows(head: Sequence[Line], width: int) -> Rows:
    grid = [[_unwrapped(cell.text) for cell in line.cells] + [""] * (width - len(line.cells)) for line in head]
    covered: set[tuple[int, int]] = set()
    rows: Rows = []
    for number, texts in enumerate(grid):
        row: dict[int, Field] = {}
        for column, text in enumerate(texts):
            if (number, column) in covered:
                continue
            cell = Field(text, CAPTION)
            while text and _reaches(grid, covered, number, column + cell.across):
                cell.across += 1
            while (
                text
                and number + cell.down < len(grid)
                and not any(grid[number + cell.down][column : column + cell.across])
            ):
                cell.down += 1
            covered |= {(number + down, column + across) for down in range(cell.down) for across in range(cell.across)}
            row[column] = cell
        rows.append(row)
    return rows


def _reaches(grid: list[list[str]], covered: set[tuple[int, int]], number: int, column: int) -> bool:
    """Say whether the caption to the left covers this field: it is empty, and has a caption of its own underneath."""
    if column >= len(grid[number]) or grid[number][column] or (number, column) in covered:
        return False
    return any(texts[column] for texts in grid[number + 1 :])


def _field(cell: Cell) -> Field:
    is_amount = cell.column is not None and (not cell.text or _AMOUNT.fullmatch(cell.text) is not None)
    return Field(cell.text, AMOUNT) if is_amount else Field(_unwrapped(cell.text))


def _unwrapped(text: str) -> str:
    """Take out the spaces that extraction leaves where a cell was wrapped."""
    return _WRAPPED.sub("", text)
