"""Tables that nothing is ruled in: lines of figures that stand in columns.

Prose is no table: only lines with a figure set apart from what stands before it count, at least three of them, with
figures that end, begin or are centred at one place. A table of contents is none either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from checker.readers.pdf.baselines import is_figure
from checker.readers.pdf.characters import Run
from checker.readers.pdf.lattice import Lattice
from checker.readers.pdf.lines import text_of

_APART = 0.9
"""Of the height: what stands so far apart stands in another column."""
_LEAST = 3
"""Lines with figures that make a table."""
_ALIGNED = 3.0
"""Points within which figures are aligned."""
_PITCH = 3.2
"""Of the height: lines of a table stand at least so closely."""
_BETWEEN = 2
"""Lines without figures that may stand between two with figures."""
_HEADER = 3
"""Lines that a header may have."""
_PROSE = 28
"""Characters of a line that is no cell."""
_LEADER = re.compile(r"[.．…·⋯]{4,}")
_UNIT = re.compile(r"单位\s*[:：]|单位名称|部门\s*[:：]")
_DIGIT = re.compile(r"[0-9]")


class _Segment(NamedTuple):
    left: float
    right: float
    text: str
    figure: bool


class _Line(NamedTuple):
    runs: list[Run]
    top: float
    bottom: float
    segments: list[_Segment]

    @property
    def counts(self) -> bool:
        """Whether it has a figure set apart from what stands before it."""
        figures = [segment for segment in self.segments[1:] if segment.figure and _DIGIT.search(segment.text)]
        return bool(figures) and not any(_LEADER.search(segment.text) for segment in self.segments)

    @property
    def prose(self) -> bool:
        """Whether it is running text."""
        return any(len(segment.text) > _PROSE for segment in self.segments)


def unruled(lines: Sequence[list[Run]]) -> list[tuple[int, int, Lattice]]:
    """Return the tables among the lines of a page: from which line to before which, and their lattice."""
    if sum(len(line) > 1 for line in lines) < _LEAST:
        return []
    parsed = [_line(line) for line in lines]
    found: list[tuple[int, int, Lattice]] = []
    after = 0
    for first, last in _groups(parsed):
        columns = _columns(parsed[first:last])
        if columns is None:
            continue
        begin = _header(parsed, max(after, 0), first, columns)
        for line in parsed[begin:first]:
            columns = _widened(columns, line.segments)
        found.append((begin, last, _lattice(parsed[begin:last], columns)))
        after = last
    return found


def _line(runs: list[Run]) -> _Line:
    segments: list[_Segment] = []
    part = [runs[0]]
    for run in runs[1:]:
        if run.left - part[-1].right > _APART * run.height:
            segments.append(_segment(part))
            part = []
        part.append(run)
    segments.append(_segment(part))
    return _Line(runs, min(run.top for run in runs), max(run.bottom for run in runs), segments)


def _segment(runs: list[Run]) -> _Segment:
    text = text_of(runs)
    return _Segment(runs[0].left, runs[-1].right, text, is_figure(text))


def _groups(lines: list[_Line]) -> list[tuple[int, int]]:
    """Return runs of lines that follow each other closely, from a line with figures to a line with figures."""
    groups: list[tuple[int, int]] = []
    first = last = -1
    count = 0
    for position, line in enumerate(lines):
        if first >= 0:
            near = line.top - lines[position - 1].top < _PITCH * (line.bottom - line.top)
            if not near or line.prose or position - last > _BETWEEN + 1:
                groups += [(first, last + 1)] if count >= _LEAST else []
                first, count = -1, 0
        if line.counts and not line.prose:
            if first < 0:
                first, count = position, 0
            last = position
            count += 1
    if first >= 0 and count >= _LEAST:
        groups.append((first, last + 1))
    return groups


def _columns(lines: list[_Line]) -> list[tuple[float, float]] | None:
    """Return from where to where each column reaches, or None where the figures are not aligned."""
    figures = [segment for line in lines if line.counts for segment in line.segments if segment.figure]
    texts = [segment for line in lines if line.counts for segment in line.segments if not segment.figure]
    columns = _spread(figures)
    held = [[s for s in figures if low <= s.left and s.right <= high] for low, high in columns]
    if not any(_aligned(column) for column in held) or _is_contents(held):
        return None
    free = [s for s in texts if not any(s.left < high and s.right > low for low, high in columns)]
    columns = sorted([*columns, *_spread(free)])
    return columns if len(columns) > 1 else None


def _spread(segments: list[_Segment]) -> list[tuple[float, float]]:
    """Join segments that overlap to columns."""
    columns: list[tuple[float, float]] = []
    for segment in sorted(segments):
        if columns and segment.left <= columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], segment.right)
        else:
            columns.append((segment.left, segment.right))
    return columns


def _aligned(column: list[_Segment]) -> bool:
    """Say whether at least three figures of a column, and most of them, end, begin or are centred at one place."""
    if len(column) < _LEAST:
        return False
    for places in (
        [segment.right for segment in column],
        [segment.left for segment in column],
        [(segment.left + segment.right) / 2 for segment in column],
    ):
        middle = sorted(places)[len(places) // 2]
        together = sum(abs(place - middle) <= _ALIGNED for place in places)
        if together >= _LEAST and together * 3 >= len(places) * 2:
            return True
    return False


def _is_contents(columns: list[list[_Segment]]) -> bool:
    """Say whether the only figures are page numbers that never fall."""
    if len(columns) != 1 or not all(segment.text.isdigit() and len(segment.text) < 4 for segment in columns[0]):
        return False
    numbers = [int(segment.text) for segment in columns[0]]
    return len(set(numbers)) > 1


def _header(lines: list[_Line], after: int, first: int, columns: list[tuple[float, float]]) -> int:
    """Return with which line the header begins."""
    begin = first
    while begin > max(after, first - _HEADER):
        line, below = lines[begin - 1], lines[begin]
        joined = "".join(segment.text for segment in line.segments)
        if below.top - line.top > _PITCH * (line.bottom - line.top) or line.prose or _UNIT.search(joined):
            break
        if len(line.segments) < 2 or line.counts:
            break
        begin -= 1
    return begin


def _widened(columns: list[tuple[float, float]], names: list[_Segment]) -> list[tuple[float, float]]:
    """Widen columns to their names in the header, where there is one name for each and none reaches into another."""
    if len(names) != len(columns):
        return columns
    pairs = zip(columns, names, strict=True)
    wide = [(min(low, name.left), max(high, name.right)) for (low, high), name in pairs]
    return wide if all(one[1] < two[0] for one, two in pairwise(wide)) else columns


def _lattice(lines: list[_Line], columns: list[tuple[float, float]]) -> Lattice:
    left = min(columns[0][0], *(line.segments[0].left for line in lines)) - 2
    right = max(columns[-1][1], *(line.segments[-1].right for line in lines)) + 2
    xs = [left, *((one[1] + two[0]) / 2 for one, two in pairwise(columns)), right]
    ys = [
        lines[0].top - 1,
        *((one.bottom + two.top) / 2 for one, two in pairwise(lines)),
        lines[-1].bottom + 1,
    ]
    owners = [[(row, column) for column in range(len(columns))] for row in range(len(lines))]
    return Lattice([round(x, 1) for x in xs], [round(y, 1) for y in ys], owners, {})
