"""The runs of a page into the cells of its lattices."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from checker.readers.pdf.baselines import hidden_edges, is_figure
from checker.readers.pdf.characters import PageText, Run
from checker.readers.pdf.lattice import Lattice
from checker.readers.pdf.lines import joined_lines, lines_of, text_of

_CLOSING = frozenset("、，。；：）】》」』”’%％,.;:)]}")
_FIGURE = re.compile(r"[0-9,.%\-−－]")
_PADDING = 0.1
"""Of the height: characters in two cells are at least so far apart."""
_INDENT = 0.7
"""Of the height: text that begins so near the left edge of a cell is set from there."""


class Row(NamedTuple):
    """A printed row: its texts, with merged ones at the upper left; the texts spread; the box of every field."""

    texts: list[str]
    spread: list[str]
    boxes: list[tuple[float, float, float, float]]


def fill(lattice: Lattice, runs: list[Run], page: PageText) -> list[Row]:
    """Put the runs that stand in a lattice into its cells, and return its rows."""
    held = _held(lattice, runs, page)
    hidden = hidden_edges(lattice, held)
    if hidden:
        lattice = lattice.cut(hidden)
        held = _held(lattice, runs, page)
    return _rows(lattice, {cell: _text(pieces) for cell, pieces in held.items()})


def _held(lattice: Lattice, runs: list[Run], page: PageText) -> dict[tuple[int, int], list[Run]]:
    held: dict[tuple[int, int], list[Run]] = {}
    xs, ys, owners = lattice.xs, lattice.ys, lattice.owners
    last, lowest = len(xs) - 2, len(ys) - 2
    for run in runs:
        row = min(max(bisect_right(ys, (run.top + run.bottom) / 2) - 1, 0), lowest)
        column = bisect_right(xs, run.left + 1)
        if column == bisect_right(xs, run.right - 1):
            held.setdefault(owners[row][min(max(column - 1, 0), last)], []).append(run)
            continue
        for piece in _pieces(run, row, lattice, page):
            column = min(max(bisect_right(xs, _stand(piece, xs)) - 1, 0), last)
            held.setdefault(owners[row][column], []).append(piece)
    return held


def _stand(run: Run, xs: list[float]) -> float:
    """Return where a run stands across: at its middle, or where it begins when it overflows the cell it begins in."""
    middle = (run.left + run.right) / 2
    begins = xs[max(bisect_right(xs, run.left + 1) - 1, 0)]
    ends = bisect_right(xs, run.right - 1)
    if ends == bisect_right(xs, run.left + 1) or run.left - begins > _INDENT * run.height or is_figure(run.text):
        return middle
    return run.left + 1


def _text(runs: list[Run]) -> str:
    return runs[0].text if len(runs) == 1 else joined_lines([text_of(line) for line in lines_of(runs)])


def _pieces(run: Run, row: int, lattice: Lattice, page: PageText) -> list[Run]:
    """Cut a run where it goes on from one cell into the next."""
    xs, owners = lattice.xs, lattice.owners[row]
    first = bisect_right(xs, run.left + 1)
    last = bisect_right(xs, run.right - 1)
    pieces: list[Run] = []
    rest = run
    for column in range(max(first, 1), min(last, len(xs) - 1)):
        if owners[column - 1] == owners[column]:
            continue
        cut = _cut(rest, xs[column], page)
        if cut:
            head, rest = cut
            pieces.append(head)
    return [*pieces, rest]


def _cut(run: Run, x: float, page: PageText) -> tuple[Run, Run] | None:
    """Cut a run at a column edge, unless it is one figure or word that merely reaches over it."""
    lefts, rights = page.lefts, page.rights
    end = run.start + len(run.text)
    at = next((at for at in range(run.start, end) if lefts[at] + rights[at] > 2 * x), end)
    while at < end and page.text[at] in _CLOSING:
        at += 1
    if at <= run.start or at >= end:
        return None
    one, two = page.text[at - 1], page.text[at]
    apart = lefts[at] - rights[at - 1] >= _PADDING * run.height
    if not apart and bool(_FIGURE.match(one)) == bool(_FIGURE.match(two)):
        return None
    middle = at - run.start
    head = Run(run.left, run.top, rights[at - 1], run.bottom, run.start, run.text[:middle])
    return head, Run(lefts[at], run.top, run.right, run.bottom, at, run.text[middle:])


def _rows(lattice: Lattice, texts: dict[tuple[int, int], str]) -> list[Row]:
    xs, ys, spans = lattice.xs, lattice.ys, lattice.spans
    across = list(pairwise(xs))
    text_of_cell = texts.get
    rows: list[Row] = []
    for row, owners in enumerate(lattice.owners):
        top, bottom = ys[row], ys[row + 1]
        spread = [text_of_cell(owner, "") for owner in owners]
        boxes = [(left, top, right, bottom) for left, right in across]
        printed = spread
        if spans:
            printed = spread.copy()
            for column, owner in enumerate(owners):
                if owner in spans:
                    high, wide = spans[owner]
                    boxes[column] = xs[owner[1]], ys[owner[0]], xs[owner[1] + wide], ys[owner[0] + high]
                    if owner != (row, column):
                        printed[column] = ""
        rows.append(Row(printed, spread, boxes))
    return rows


def fit(lattice: Lattice, xs: list[float], runs: list[Run], page: PageText) -> Lattice:
    """Return a lattice that lost column edges with all the edges that its table has.

    A cell that now covers several columns stays merged where it holds one name; where it holds several things, or a
    figure that stands in one of the columns, the rules were lost and each stands in its own column.
    """
    old = lattice.xs
    origin = [min(range(len(old) - 1), key=lambda c: _off((a + b) / 2, old[c], old[c + 1])) for a, b in pairwise(xs)]
    first = {column: origin.index(column) for column in set(origin)}
    owners: list[list[tuple[int, int]]] = []
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    held = _held(lattice, runs, page)
    for squares in lattice.owners:
        fresh: list[tuple[int, int]] = []
        for column, source in enumerate(origin):
            top, left = squares[source]
            high, wide = lattice.spans.get((top, left), (1, 1))
            fine = [at for at, among in enumerate(origin) if left <= among < left + wide]
            if len(fine) > wide and _apart(held.get((top, left), []), xs, fine):
                fresh.append((top, column))
                if high > 1:
                    spans[top, column] = high, 1
            else:
                fresh.append((top, first.get(left, column)))
                if (high, len(fine)) != (1, 1):
                    spans[top, first.get(left, column)] = high, len(fine)
        owners.append(fresh)
    return Lattice(xs, lattice.ys, owners, spans)


def _off(x: float, left: float, right: float) -> float:
    return max(left - x, x - right, 0.0)


def _apart(runs: list[Run], xs: list[float], columns: list[int]) -> bool:
    """Say whether what a cell holds stands in single columns of it."""
    if not runs:
        return True
    among = {at for run in runs for at in columns if xs[at] <= (run.left + run.right) / 2 < xs[at + 1]}
    within = all(any(xs[at] - 1 <= run.left and run.right <= xs[at + 1] + 1 for at in columns) for run in runs)
    return within and (len(among) > 1 or all(is_figure(run.text) for run in runs))
