"""Ruling lines → lattices: where tables stand, their column and row edges, and which cells are merged."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from checker.readers.pdf.strokes import Strokes

SAME = 2.0
"""Points within which two edges are one (double lines, cells that each draw their own frame)."""
_TOUCH = 3.5
"""Points by which lines may miss each other and still meet."""
_SHORT = 5.0
"""Points that a line needs at least."""
_BEYOND = 8.0
"""Points by which lines must reach beyond the outermost edge to tell of an edge that is not drawn."""
_NARROW = 4.0
"""Points that a column or row needs at least."""
_DOTS = 6
"""Dots in a row that make a line."""
_MOST = 2_000_000
"""Pairs of lines beyond which a page is a drawing and no table."""
_SQUARES = 50_000
"""Squares of a lattice beyond which it is one."""
_Box = tuple[float, float, float, float]


class Line(NamedTuple):
    """A ruling line: where it stands (y if it runs across, else x), and from where to where it runs."""

    at: float
    start: float
    end: float


class Lattice(NamedTuple):
    """A ruled table: its column and row edges to a tenth of a point, and which cell every square belongs to.

    `owners[row][column]` is the (row, column) of the cell's upper left square; `spans` leads from there to how many
    rows and columns the cell covers, for the merged ones.
    """

    xs: list[float]
    ys: list[float]
    owners: list[list[tuple[int, int]]]
    spans: dict[tuple[int, int], tuple[int, int]]

    @property
    def box(self) -> _Box:
        """Left, top, right and bottom."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cut(self, edges: dict[int, list[float]]) -> Lattice:
        """Return the lattice with some rows cut at more edges."""
        ys: list[float] = [self.ys[0]]
        starts: list[int] = []
        for row in range(len(self.owners)):
            starts.append(len(ys) - 1)
            ys += [*edges.get(row, []), self.ys[row + 1]]
        starts.append(len(ys) - 1)
        owners: list[list[tuple[int, int]]] = []
        for row, squares in enumerate(self.owners):
            owners += [
                [(starts[top] if top != row else fresh, left) for top, left in squares]
                for fresh in range(starts[row], starts[row + 1])
            ]
        spans: dict[tuple[int, int], tuple[int, int]] = {}
        for (top, left), (high, wide) in self.spans.items():
            rows = range(starts[top], starts[top + high])
            if high == 1:
                spans.update({(row, left): (1, wide) for row in rows})
            else:
                spans[starts[top], left] = len(rows), wide
        return Lattice(self.xs, ys, owners, spans)


class TooManyLines(Exception):
    """More lines than a table can have."""


def lattices_of(strokes: Strokes) -> list[Lattice]:
    """Return the ruled tables of a page, uppermost first.

    Raises:
        TooManyLines: when the page is a drawing.
    """
    dots = strokes.dots
    across = _joined(
        [((top + bottom) / 2, left, right) for left, top, right, bottom in strokes.across]
        + _dotted([((top + bottom) / 2, left, right) for left, top, right, bottom in dots])
    )
    down = _joined(
        [((left + right) / 2, top, bottom) for left, top, right, bottom in strokes.down]
        + _dotted([((left + right) / 2, top, bottom) for left, top, right, bottom in dots])
    )
    if len(across) * len(down) > _MOST:
        raise TooManyLines
    found = [_lattice(rows, columns) for rows, columns in _groups(across, down)]
    found += [_columns_only(columns) for columns in _alike(down, across)]
    return sorted((lattice for lattice in found if lattice), key=lambda lattice: (lattice.ys[0], lattice.xs[0]))


def _dotted(dots: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Return the dots that follow each other closely enough to be a line."""
    lines: list[tuple[float, float, float]] = []
    for group in _clusters(sorted(dots)):
        row: list[tuple[float, float, float]] = []
        for dot in sorted(group, key=lambda dot: dot[1]):
            if row and dot[1] - row[-1][2] > _TOUCH:
                lines += row if len(row) >= _DOTS else []
                row = []
            row.append(dot)
        lines += row if len(row) >= _DOTS else []
    return lines


def _joined(pieces: list[tuple[float, float, float]]) -> list[Line]:
    """Join the pieces of lines that lie on each other or follow each other without a gap."""
    lines: list[Line] = []
    for group in _clusters(sorted(pieces)):
        at = sum(piece[0] for piece in group) / len(group)
        start = end = None
        for _, begin, stop in sorted(group, key=lambda piece: piece[1]):
            if start is None or end is None:
                start, end = begin, stop
            elif begin <= end + _TOUCH:
                end = max(end, stop)
            else:
                lines.append(Line(at, start, end))
                start, end = begin, stop
        if start is not None and end is not None:
            lines.append(Line(at, start, end))
    return [line for line in lines if line.end - line.start >= _SHORT]


def _clusters(pieces: Iterable[tuple[float, float, float]]) -> list[list[tuple[float, float, float]]]:
    clusters: list[list[tuple[float, float, float]]] = []
    for piece in pieces:
        if clusters and piece[0] - clusters[-1][0][0] <= SAME:
            clusters[-1].append(piece)
        else:
            clusters.append([piece])
    return clusters


def _groups(across: list[Line], down: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """Group lines that meet, directly or by way of others."""
    parents = list(range(len(across) + len(down)))

    def root(of: int) -> int:
        while parents[of] != of:
            parents[of] = parents[parents[of]]
            of = parents[of]
        return of

    ats = [line.at for line in down]
    count = len(across)
    reach = [(line.start - _TOUCH, line.end + _TOUCH) for line in down]
    for row, (y, start, end) in enumerate(across):
        own = root(row)
        for column in range(bisect_left(ats, start - _TOUCH), bisect_right(ats, end + _TOUCH)):
            top, bottom = reach[column]
            if top <= y <= bottom:
                other = root(count + column)
                if other != own:
                    parents[own] = own = other
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for row, line in enumerate(across):
        groups.setdefault(root(row), ([], []))[0].append(line)
    for column, line in enumerate(down):
        groups.setdefault(root(count + column), ([], []))[1].append(line)
    return [group for group in groups.values() if all(group)]


def _alike(down: list[Line], across: list[Line]) -> list[list[Line]]:
    """Return lines down that begin and end at one height and that no line across meets."""
    groups: list[list[Line]] = []
    for line in down:
        if any(
            row.start - _TOUCH <= line.at <= row.end + _TOUCH and line.start - _TOUCH <= row.at <= line.end + _TOUCH
            for row in across
        ):
            continue
        for group in groups:
            if abs(group[0].start - line.start) < _TOUCH and abs(group[0].end - line.end) < _TOUCH:
                group.append(line)
                break
        else:
            groups.append([line])
    return [group for group in groups if len(group) > 2]


def _columns_only(columns: list[Line]) -> Lattice:
    """Return a table that only its columns are ruled in: one row, until its figures tell more."""
    width = len(columns) - 1
    owners = [[(0, column) for column in range(width)]]
    xs = [round(line.at, 1) for line in columns]
    return Lattice(xs, [round(columns[0].start, 1), round(columns[0].end, 1)], owners, {})


def _lattice(rows: list[Line], columns: list[Line]) -> Lattice | None:
    xs = _edges(columns, rows)
    ys = _edges(rows, columns)
    if len(xs) < 2 or len(ys) < 2 or (len(xs), len(ys)) == (2, 2):
        return None
    if (len(xs) - 1) * (len(ys) - 1) > _SQUARES:
        raise TooManyLines
    walls = _drawn(columns, xs, ys)
    floors = _drawn(rows, ys, xs)
    xs, ys = [round(x, 1) for x in xs], [round(y, 1) for y in ys]
    owners, spans = _merged(len(ys) - 1, len(xs) - 1, walls, floors)
    return Lattice(xs, ys, owners, spans)


def _edges(lines: list[Line], crossing: list[Line]) -> list[float]:
    """Return where lines stand, with an outer edge that is not drawn where the crossing lines reach to."""
    ats = sorted(line.at for line in lines)
    edges: list[float] = []
    for at in ats:
        if not edges or at - edges[-1] > _NARROW:
            edges.append(at)
    starts = sorted(line.start for line in crossing)
    ends = sorted(line.end for line in crossing)
    first, last = starts[len(starts) // 4], ends[len(ends) * 3 // 4]
    if edges and first < edges[0] - _BEYOND:
        edges.insert(0, first)
    if edges and last > edges[-1] + _BEYOND:
        edges.append(last)
    return edges


def _drawn(lines: list[Line], edges: list[float], crossing: list[float]) -> list[list[bool]]:
    """Say for every edge and every band between two crossing edges whether a line is drawn there."""
    middles = [(one + two) / 2 for one, two in itertools.pairwise(crossing)]
    drawn = [[False] * len(middles) for _ in edges]
    for at, start, end in lines:
        edge = min(bisect_left(edges, at), len(edges) - 1)
        if edge and at - edges[edge - 1] < edges[edge] - at:
            edge -= 1
        row = drawn[edge]
        for band in range(bisect_left(middles, start), bisect_right(middles, end)):
            row[band] = True
    drawn[0] = drawn[-1] = [True] * len(middles)
    return drawn


def _merged(
    height: int, width: int, walls: list[list[bool]], floors: list[list[bool]]
) -> tuple[list[list[tuple[int, int]]], dict[tuple[int, int], tuple[int, int]]]:
    """Find for every square the cell that it belongs to: the largest rectangle without a line through it."""
    owners: list[list[tuple[int, int]]] = [[(-1, -1)] * width for _ in range(height)]
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(height):
        if all(floors[row]) and all(floors[row + 1]) and all(wall[row] for wall in walls):
            owners[row] = [(row, column) for column in range(width)]
            continue
        for column in range(width):
            if owners[row][column][0] >= 0:
                continue
            right = column + 1
            while right < width and not walls[right][row] and owners[row][right][0] < 0:
                right += 1
            below = row + 1
            while below < height and _open(below, column, right, walls, floors, width, owners):
                below += 1
            for inner in range(row, below):
                owners[inner][column:right] = [(row, column)] * (right - column)
            if (below - row, right - column) != (1, 1):
                spans[row, column] = below - row, right - column
    return owners, spans


def _open(
    row: int,
    column: int,
    right: int,
    walls: list[list[bool]],
    floors: list[list[bool]],
    width: int,
    owners: list[list[tuple[int, int]]],
) -> bool:
    """Say whether a cell reaches down into a row: no line above the row, nor down through it, nor open at a side."""
    if any(floors[row][column:right]) or any(owners[row][inner][0] >= 0 for inner in range(column, right)):
        return False
    if any(walls[inner][row] for inner in range(column + 1, right)):
        return False
    return walls[column][row] and (right == width or walls[right][row])
