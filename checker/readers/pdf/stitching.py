"""A table that goes on: at the top of the next page, or below a gap in its rules.

Geometry alone would fuse separate tables: nothing may stand between the two pieces, the column edges of one must be
those of the other or some of them, and the second may not begin like a table of its own.
"""

from __future__ import annotations

import re

from checker.readers.pdf.baselines import is_figure
from checker.readers.pdf.cells import Row, fill, fit
from checker.readers.pdf.pages import Page, Table

_EDGE = 4.0
"""Points within which the edges of two pieces are the same."""
_LOOSE = 15.0
"""The same where nothing is ruled."""
_SHIFT = 40.0
"""Points by which a piece may stand further left or right."""
_GAP = 6.0
"""Points between two pieces of one table on one page."""
_TITLE = re.compile(r"表|单位\s*[:：]")
_ENTRY = re.compile(r"[（(]?[一二三四五六七八九十]+[、．）)]|[（(]?[0-9]+[、．.）)]|合\s*计|小\s*计|总\s*计|其中")
_STOP = frozenset("。；;！？")
_FULL = 1.3
"""Of the height: a line that ends so near the edge of its cell goes on."""


def common_edges(one: Table, page: Page, two: Table, following: Page) -> list[float] | None:
    """Return the column edges of a table that goes on in the next piece, or None when that is a table of its own."""
    if following is page:
        if not -_GAP < two.box[1] - one.box[3] < _GAP:
            return None
    elif following.number != page.number + 1:
        return None
    if not (one.ruled and two.ruled):
        return one.xs if not one.ruled and not two.ruled and _same_columns(one.xs, two.xs) else None
    shift = two.xs[0] - one.xs[0]
    if abs(shift) > _SHIFT or abs(two.xs[-1] - one.xs[-1] - shift) > _EDGE or _begins(one, two):
        return None
    moved = [x - shift for x in two.xs]
    if _among(moved, one.xs) and _alike(one, two):
        return one.xs
    return moved if _among(one.xs, moved) and _alike(two, one) else None


def _same_columns(one: list[float], two: list[float]) -> bool:
    """Say whether the columns of two tables without rules, whose edges lie somewhere between them, are the same."""
    return len(one) == len(two) and all(abs(x - other) <= _LOOSE for x, other in zip(one[1:-1], two[1:-1], strict=True))


def _among(some: list[float], all_: list[float]) -> bool:
    return all(any(abs(x - other) <= _EDGE for other in all_) for x in some)


def _alike(fine: Table, coarse: Table) -> bool:
    """Say whether enough of the inner edges are there to tell the table by them."""
    if len(fine.xs) == len(coarse.xs):
        return True
    inner = len(coarse.xs) - 2
    return inner > 0 and (inner * 2 >= len(fine.xs) - 2 or len(coarse.rows) <= 2)


def _begins(one: Table, two: Table) -> bool:
    """Say whether a piece begins as a table of its own: with a title, or with another header."""
    first = two.rows[0]
    filled = [text for text in first.texts if text]
    if len(filled) == 1 and first.spread.count(filled[0]) == len(first.texts) > 1 and _TITLE.search(filled[0]):
        return True
    merged = two.lattice.spans and any(cell[0] == 0 for cell in two.lattice.spans)
    header = merged and len(filled) > 1 and not any(is_figure(text) for text in filled)
    return bool(header) and not any(row.texts[: len(first.texts)] == first.texts for row in one.rows[:4])


def fitted(table: Table, xs: list[float]) -> Table:
    """Return a piece with the column edges of the whole table."""
    if len(xs) == len(table.xs):
        return table
    shift = table.xs[0] - xs[0]
    moved = [round(x + shift, 1) for x in xs]
    lattice = fit(table.lattice, moved, table.runs, table.text)
    return table._replace(lattice=lattice, rows=fill(lattice, table.runs, table.text))


def cut_row(one: Table, two: Table) -> Row | None:
    """Return the last row of a piece with what the page break cut off and set as first row of the next, if it did.

    That is provable where the first row of the next piece prints no figure and no name of its own, but only more text
    in columns whose text above is full to the edge of the cell and ends no sentence.
    """
    above, below = one.rows[-1], two.rows[0]
    added = [column for column, text in enumerate(below.texts) if text]
    labelled = any(is_figure(text) for text in above.texts) or (above.texts[0] and not below.texts[0])
    if not added or len(below.texts) != len(above.texts) or not labelled:
        return None
    for column in added:
        text, more = above.texts[column], below.texts[column]
        if not text or is_figure(text) or is_figure(more) or text[-1] in _STOP or _ENTRY.match(more):
            return None
        if not _full(one, above.boxes[column]):
            return None
    texts = [text + below.texts[column] for column, text in enumerate(above.texts)]
    grown = [texts[column] if column in added else text for column, text in enumerate(above.spread)]
    return Row(texts, grown, above.boxes)


def _full(table: Table, box: tuple[float, float, float, float]) -> bool:
    """Say whether the last line in a cell ends at its right edge."""
    left, top, right, bottom = box
    inside = [
        run
        for run in table.runs
        if left <= (run.left + run.right) / 2 <= right and top <= (run.top + run.bottom) / 2 <= bottom
    ]
    if not inside:
        return False
    last = max(inside, key=lambda run: (round(run.bottom), run.right))
    return last.right > right - _FULL * last.height
