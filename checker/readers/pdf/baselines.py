"""Rows that no line was ruled between: a ruled row that prints several figures in a column is several rows."""

from __future__ import annotations

import re

from checker.readers.pdf.characters import Run
from checker.readers.pdf.lattice import Lattice
from checker.readers.pdf.lines import lines_of, text_of

_FIGURE = re.compile(r"[(（]?[-−－+]?[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?[%％]?[)）]?|[-—–－]+")
_EXACT = re.compile(r"[.,，．]")
_AMOUNT = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]{2})?")
_ALIGNED = 0.4
"""Of the height: lines whose middles are no further apart stand on one baseline."""
_SPARE = 2.8
"""Of the height: a line with no more room than this, the margins of the cell counted, has none for another digit."""
_FULL = 1.3
"""Of the height: a line that ends so near the edge of its cell goes on in the next."""

Cell = tuple[int, int]
_Line = tuple[float, list[Run]]


def is_figure(text: str) -> bool:
    """Say whether a text is a number as tables print it, or a dash for none."""
    return _FIGURE.fullmatch(text.replace(" ", "")) is not None


def hidden_edges(lattice: Lattice, held: dict[Cell, list[Run]]) -> dict[int, list[float]]:
    """Return for every row that is several rows where the edges between them are."""
    ys = lattice.ys
    tall: dict[int, list[Cell]] = {}
    for cell, runs in held.items():
        if (
            len(runs) > 1
            and lattice.spans.get(cell, (1, 1))[0] == 1
            and _height(runs) * 2 < ys[cell[0] + 1] - ys[cell[0]]
        ):
            tall.setdefault(cell[0], []).append(cell)
    found: dict[int, list[float]] = {}
    for row, cells in tall.items():
        if any(_figures(held[cell]) > 1 for cell in cells):
            edges = _edges(lattice, row, held)
            if edges:
                found[row] = edges
    return found


def _height(runs: list[Run]) -> float:
    return max(run.bottom - run.top for run in runs)


def _figures(runs: list[Run]) -> int:
    return sum(is_figure(run.text) for run in runs)


def _edges(lattice: Lattice, row: int, held: dict[Cell, list[Run]]) -> list[float]:
    cells = {column: held[row, column] for column in range(len(lattice.xs) - 1) if (row, column) in held}
    lines = {column: _lines(runs) for column, runs in cells.items()}
    figures = {
        column: [middle for middle, line in found if is_figure(text_of(line))] for column, found in lines.items()
    }
    exact = {
        column
        for column, found in lines.items()
        if len(figures[column]) > 1
        and (len(figures[column]) > 2 or sum(bool(_EXACT.search(text_of(line))) for _, line in found) > 1)
    }
    if not exact:
        return []
    if any(_is_one(lattice, column, found) for column, found in lines.items()):
        return []
    near = max(_height(runs) for runs in cells.values()) * _ALIGNED
    base = sorted(middle for column in exact for middle in figures[column])
    for column, middles in figures.items():
        if any(not _near(middle, base, near) for middle in middles):
            return []
        others = [middle for other, found in lines.items() if other != column for middle, _ in found]
        if column in exact and any(not _near(middle, others, near) for middle in middles):
            return []
    return _between(lattice, lines, near)


def _is_one(lattice: Lattice, column: int, lines: list[_Line]) -> bool:
    """Say whether the lines of a cell are one amount, broken where the narrow cell ends: 203 | 4.0 | 0."""
    pieces = [text_of(line).replace(" ", "") for _, line in lines]
    room = lattice.xs[column + 1] - lattice.xs[column]
    full = all(line[-1].right - line[0].left > room - _SPARE * line[0].height for _, line in lines[:-1])
    whole = "".join(pieces)
    decimals = len(whole.partition(".")[2])
    alike = all(_AMOUNT.fullmatch(piece) and len(piece.partition(".")[2]) == decimals for piece in pieces)
    return len(pieces) > 1 and full and not alike and _AMOUNT.fullmatch(whole) is not None


def _lines(runs: list[Run]) -> list[_Line]:
    return [((line[0].top + line[0].bottom) / 2, line) for line in lines_of(runs)]


def _near(middle: float, others: list[float], near: float) -> bool:
    return any(abs(middle - other) <= near for other in others)


def _between(lattice: Lattice, lines: dict[int, list[_Line]], near: float) -> list[float]:
    """Return the edges between baselines, but for lines of a name that goes on from the line above."""
    starts: list[tuple[float, bool]] = []
    for column, found in lines.items():
        right = lattice.xs[column + 1]
        full = False
        for middle, line in found:
            starts.append((middle, not full))
            full = line[-1].right > right - _FULL * line[-1].height and not is_figure(text_of(line))
    rows: list[list[float]] = []
    own: list[bool] = []
    for middle, begins in sorted(starts):
        if rows and middle - rows[-1][0] <= 2 * near:
            rows[-1].append(middle)
            own[-1] = own[-1] or begins
        else:
            rows.append([middle])
            own.append(begins)
    return [
        (max(above) + min(below)) / 2 for above, below, begins in zip(rows, rows[1:], own[1:], strict=False) if begins
    ]
