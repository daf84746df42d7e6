"""Runs → lines: what stands on one line, though its characters sit on slightly different baselines."""

from __future__ import annotations

from checker.readers.pdf.characters import Run

_WORD_GAP = 0.18
"""Of the height: words of Latin letters or figures so far apart have a space between them."""
_WIDE_GAP = 0.42
"""Of the height: whatever stands so far apart has a space between it."""
_CLOSING = frozenset("、，。；：）】》」』”’％,;:)]}")


def lines_of(runs: list[Run]) -> list[list[Run]]:
    """Group runs into lines from the top, each from the left, without what was drawn twice at one place."""
    lines: list[list[Run]] = []
    top = bottom = 0.0
    for run in sorted(runs, key=_middle):
        shared = min(bottom, run.bottom) - max(top, run.top)
        if lines and shared * 2 > min(bottom - top, run.bottom - run.top):
            lines[-1].append(run)
            if run.bottom - run.top > bottom - top:
                top, bottom = run.top, run.bottom
        else:
            lines.append([run])
            top, bottom = run.top, run.bottom
    for line in lines:
        if len(line) > 1:
            line.sort(key=_left)
            _drop_doubles(line)
    return lines


def _middle(run: Run) -> float:
    return run.top + run.bottom


def _left(run: Run) -> float:
    return run.left


def _drop_doubles(line: list[Run]) -> None:
    for position in range(len(line) - 1, 0, -1):
        one, two = line[position - 1], line[position]
        if one.text == two.text and two.left - one.left < 0.3 * one.height:
            del line[position]


def text_of(line: list[Run]) -> str:
    """Return the text of a line, with a space where words or columns stand apart."""
    if len(line) == 1:
        return line[0].text
    parts = [line[0].text]
    previous = line[0]
    size = max(run.bottom - run.top for run in line)
    for run in line[1:]:
        gap = (run.left - previous.right) / size
        first = run.text[0]
        if gap > _WORD_GAP and first not in _CLOSING:
            latin = previous.text[-1] < "\u2000" and first < "\u2000"
            if gap > _WIDE_GAP or latin:
                parts.append(" ")
        parts.append(run.text)
        previous = run
    return "".join(parts)


def joined_lines(texts: list[str]) -> str:
    """Join the lines of one cell or paragraph: with a space between two Latin words only."""
    joined = texts[0] if texts else ""
    for text in texts[1:]:
        if (
            joined
            and text
            and joined[-1].isascii()
            and joined[-1].isalpha()
            and text[0].isascii()
            and text[0].isalpha()
        ):
            joined += " "
        joined += text
    return joined
