"""Lines → paragraphs: a line that is full goes on in the next one."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from checker.readers.pdf.lines import joined_lines
from checker.readers.pdf.pages import Page, TextLine

_HEADING = re.compile(
    r"[（(]?[一二三四五六七八九十百]+[、．.）)]|第[一二三四五六七八九十百0-9]+[部章节条]|[（(][0-9]{1,3}[）)]"
    r"|[0-9]{1,3}(?:[、．]|\.(?![0-9]))|[0-9]{1,2}[）)]|[①-⑳]|附[：:件表注]|注[：:]"
)
_LEADER = re.compile(r"[.．…·⋯]{4,}")
_TOKEN = re.compile(r"[0-9A-Za-z,.%\-]+[，。；：、）】”%％]*|[“（【《]*.[，。；：、）】》”’]*")
_SENTENCE_END = frozenset("。；！？：;!?")
_PITCH = 2.8
"""Of the height of a line: paragraphs are set at least so closely."""
_SAME_HEIGHT = 0.12
_WIDE = 0.5
"""Of the width of a page: lines so long tell where the margins are."""


class Margins(NamedTuple):
    """Where the body of a page begins and ends across."""

    left: float
    right: float


class Piece(NamedTuple):
    """A line and the page that it stands on."""

    line: TextLine
    page: Page


def margins_of(pages: list[Page]) -> dict[tuple[int, int], Margins]:
    """Return the margins of the pages of each size."""
    sizes: dict[tuple[int, int], list[TextLine]] = {}
    for page in pages:
        lines = [part for part in page.parts if isinstance(part, TextLine)]
        sizes.setdefault(size_of(page), []).extend(lines)
    return {size: _margins(lines, size[0]) for size, lines in sizes.items()}


def size_of(page: Page) -> tuple[int, int]:
    """Return the size of a page in whole points."""
    return round(page.turn.width), round(page.turn.height)


def _margins(lines: list[TextLine], width: float) -> Margins:
    wide = [line for line in lines if line.box[2] - line.box[0] > width * _WIDE and not _LEADER.search(line.text)]
    if not wide:
        return Margins(0.0, width)
    return Margins(
        min(_frequent([line.box[0] for line in wide])),
        max(_frequent([line.box[2] for line in wide])),
    )


def _frequent(values: list[float]) -> list[float]:
    """Return the values that occur at least three times to four points, or else all."""
    counts = Counter(round(value / 4) for value in values)
    near = [v for v in values if sum(counts[round(v / 4) + step] for step in (-1, 0, 1)) >= 3]
    return near or values


def goes_on(one: Piece, two: Piece, margins: Margins) -> bool:
    """Say whether a line of running text goes on in the next one."""
    above, below = one.line, two.line
    if abs(above.height - below.height) > _SAME_HEIGHT * above.height:
        return False
    if one.page is two.page and not 0 < below.box[3] - above.box[3] < _PITCH * above.height:
        return False
    if _LEADER.search(above.text) or _LEADER.search(below.text):
        return False
    if below.box[0] > margins.left + 0.8 * below.height or above.box[0] > margins.left + 4 * above.height:
        return False
    if _HEADING.match(below.text) and above.text[-1] in _SENTENCE_END:
        return False
    return _is_full(above, below, margins.right)


def _is_full(above: TextLine, below: TextLine, right: float) -> bool:
    """Say whether the first word of the next line would not have had room on the line above."""
    token = _TOKEN.match(below.text)
    length = max(len(token[0]) if token else 1, 1)
    wide = (below.box[2] - below.box[0]) / len(below.text)
    return above.box[2] + max(length * wide, 0.6 * above.height) + 0.4 * above.height > right


def joined(pieces: list[Piece]) -> str:
    """Return the text of a paragraph."""
    return joined_lines([piece.line.text for piece in pieces])
