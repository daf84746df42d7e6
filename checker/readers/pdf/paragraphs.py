"""Lines → paragraphs: a line that is full goes on in the next one."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from checker.readers.pdf.lines import joined_lines
from checker.readers.pdf.pages import Page, TextLine

_HEADING = re.compile(
    r"[（(]?[一二三四五六七八九十百]+[、．）)]|第[一二三四五六七八九十]+(?:部分|章|节)|附[：:件表注]|注[：:]"
)
"""Where a line begins like this, a paragraph begins."""
_ITEM = re.compile(r"[（(][0-9]{1,3}[）)]|[0-9]{1,3}(?:[、．]|\.(?![0-9]))|[0-9]{1,2}[）)]|[①-⑳]")
"""Where a line begins like this, a paragraph may begin, or a sentence goes on with a number."""
_LEADER = re.compile(r"[.．…·⋯]{4,}")
_TOKEN = re.compile(r"[0-9A-Za-z,.%\-]+[，。；：、）】”%％]*|[“（【《]*.[，。；：、）】》”’]*")
_SENTENCE_END = frozenset("。；！？：;!?")
_PITCH = 2.8
"""Of the height of a line: paragraphs are set at least so closely."""
_WIDER = 1.25
"""Times the distance of the lines of a paragraph: the next line so far away begins another."""
_CLOSE = 0.4
"""Of the height: a line that ends a sentence and so near the margin may go on."""
_RAGGED = 1.5
"""Of the height: a line within a sentence may end so far before the margin."""
_SAME_HEIGHT = 0.12
_WIDE = 0.5
"""Of the width of a page: lines so long tell where the margins are."""
_ENOUGH = 4
"""Such lines that a page needs to tell its own margins."""


class Margins(NamedTuple):
    """Where the body of a page begins and ends across."""

    left: float
    right: float


class Piece(NamedTuple):
    """A line and the page that it stands on."""

    line: TextLine
    page: Page


class Measure(NamedTuple):
    """The margins of one page, and of all pages of its size."""

    page: Margins
    size: Margins


def measures_of(pages: list[Page]) -> dict[int, Measure]:
    """Return the margins of every page by its number."""
    lines = {page.number: _wide(page) for page in pages}
    sizes: dict[tuple[int, int], list[TextLine]] = {}
    for page in pages:
        sizes.setdefault(_size(page), []).extend(lines[page.number])
    shared = {size: _margins(found, size[0]) for size, found in sizes.items()}
    return {
        page.number: Measure(
            _margins(lines[page.number], page.turn.width)
            if len(lines[page.number]) >= _ENOUGH
            else shared[_size(page)],
            shared[_size(page)],
        )
        for page in pages
    }


def _size(page: Page) -> tuple[int, int]:
    return round(page.turn.width), round(page.turn.height)


def _wide(page: Page) -> list[TextLine]:
    return [
        part
        for part in page.parts
        if isinstance(part, TextLine)
        and part.box[2] - part.box[0] > page.turn.width * _WIDE
        and not _LEADER.search(part.text)
    ]


def _margins(wide: list[TextLine], width: float) -> Margins:
    if not wide:
        return Margins(0.0, width)
    return Margins(min(_frequent([line.box[0] for line in wide])), max(_frequent([line.box[2] for line in wide])))


def _frequent(values: list[float]) -> list[float]:
    """Return the values that occur at least three times to four points, or else all."""
    counts = Counter(round(value / 4) for value in values)
    near = [v for v in values if sum(counts[round(v / 4) + step] for step in (-1, 0, 1)) >= 3]
    return near or values


def goes_on(lines: list[Piece], two: Piece, measure: Measure) -> bool:
    """Say whether the paragraph of some lines goes on in the next line."""
    first, one = lines[0], lines[-1]
    before = lines[-2] if len(lines) > 1 else None
    above, below = one.line, two.line
    if abs(above.height - below.height) > _SAME_HEIGHT * above.height:
        return False
    if one.page is two.page and not 0 < below.box[3] - above.box[3] < _PITCH * above.height:
        return False
    if (
        before
        and before.page is two.page
        and below.box[3] - above.box[3] > _WIDER * (above.box[3] - before.line.box[3])
    ):
        return False
    if _LEADER.search(above.text) or _LEADER.search(below.text) or _HEADING.match(below.text):
        return False
    ended = above.text[-1] in _SENTENCE_END
    if _ITEM.match(below.text) and (ended or (first is one and _ITEM.match(above.text))):
        return False
    margins = measure.size if ended else measure.page
    if below.box[0] > margins.left + 0.8 * below.height or above.box[0] > margins.left + 4 * above.height:
        return False
    return _is_full(above, below, margins.right, _CLOSE if ended else _RAGGED)


def _is_full(above: TextLine, below: TextLine, right: float, ragged: float) -> bool:
    """Say whether the first word of the next line would not have had room on the line above.

    Lines that are not justified end up to `ragged` of their height before the margin.
    """
    token = _TOKEN.match(below.text)
    length = max(len(token[0]) if token else 1, 1)
    wide = (below.box[2] - below.box[0]) / len(below.text)
    return above.box[2] + max(length * wide, 0.6 * above.height) + ragged * above.height > right


def joined(pieces: list[Piece]) -> str:
    """Return the text of a paragraph."""
    return joined_lines([piece.line.text for piece in pieces])
