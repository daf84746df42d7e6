"""One page: its tables and its lines of running text, in reading order."""

from __future__ import annotations

from typing import NamedTuple

from checker.readers.pdf.cells import Row, fill
from checker.readers.pdf.characters import PageText, Run, Turn
from checker.readers.pdf.lattice import Lattice, lattices_of
from checker.readers.pdf.lines import lines_of, text_of
from checker.readers.pdf.streams import unruled
from checker.readers.pdf.strokes import Strokes

_Box = tuple[float, float, float, float]


class TextLine(NamedTuple):
    """A line outside tables."""

    text: str
    box: _Box
    height: float

    @property
    def top(self) -> float:
        """Where it begins, from the top of the page."""
        return self.box[1]


class Table(NamedTuple):
    """A table on one page: its lattice, its rows, and what they were made from."""

    lattice: Lattice
    rows: list[Row]
    runs: list[Run]
    text: PageText
    ruled: bool = True

    @property
    def xs(self) -> list[float]:
        """Its column edges."""
        return self.lattice.xs

    @property
    def box(self) -> _Box:
        """Left, top, right and bottom."""
        return self.lattice.box

    @property
    def top(self) -> float:
        """Where it begins, from the top of the page."""
        return self.box[1]


Part = TextLine | Table


class Page(NamedTuple):
    """A page as laid out: its number, how it is turned, and its parts in reading order."""

    number: int
    turn: Turn
    parts: list[Part]


def lay_out(number: int, text: PageText, strokes: Strokes) -> Page:
    """Part what stands in tables from what does not, and put both in reading order.

    Raises:
        TooManyLines: when the page is a drawing.
    """
    lattices = lattices_of(strokes)
    held: list[list[Run]] = [[] for _ in lattices]
    free: list[Run] = []
    # A table inside a cell of another one comes first.
    boxes = sorted(((*lattice.box, at) for at, lattice in enumerate(lattices)), key=_area)
    for run in text.runs:
        x, y = (run.left + run.right) / 2, (run.top + run.bottom) / 2
        for left, top, right, bottom, at in boxes:
            if left <= x <= right and top <= y <= bottom:
                held[at].append(run)
                break
        else:
            free.append(run)
    tables = [_table(lattice, inside, text) for lattice, inside in zip(lattices, held, strict=True) if inside]
    lines = lines_of(free)
    for begin, end, lattice in reversed(unruled(lines)):
        tables.append(_table(lattice, [run for line in lines[begin:end] for run in line], text, ruled=False))
        del lines[begin:end]
    tables.sort(key=lambda table: table.top)
    return Page(number, text.turn, _ordered(tables, [_line(line) for line in lines]))


def _area(box: tuple[float, float, float, float, int]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _table(lattice: Lattice, runs: list[Run], text: PageText, *, ruled: bool = True) -> Table:
    return Table(lattice, fill(lattice, runs, text), runs, text, ruled)


def _line(runs: list[Run]) -> TextLine:
    box = min(r.left for r in runs), min(r.top for r in runs), runs[-1].right, max(r.bottom for r in runs)
    return TextLine(text_of(runs), box, max(run.height for run in runs))


def _ordered(tables: list[Table], lines: list[TextLine]) -> list[Part]:
    """Put parts in reading order: downwards, tables side by side from the left."""
    bands: list[list[Table]] = []
    bottom = 0.0
    for table in tables:
        if bands and table.top < bottom - 2:
            bands[-1].append(table)
            bottom = max(bottom, table.box[3])
        else:
            bands.append([table])
            bottom = table.box[3]
    parts: list[tuple[float, Part]] = [(line.top, line) for line in lines]
    for band in bands:
        top = min(table.top for table in band)
        parts += [(top, table) for table in sorted(band, key=lambda table: (table.box[0], table.top))]
    return [part for _, part in sorted(parts, key=lambda part: part[0])]
