"""What may be said against a line, and the sentences and clauses of one."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from checker.model.rule import Severity
from checker.model.wording import Line

_SENTENCE_ENDS: Final = "。；;！!？?\n\t"
_CLAUSE_ENDS: Final = _SENTENCE_ENDS + "，,：:"
_TITLES = re.compile(r"《[^《》\n]*》")
_TITLE_LINE = re.compile(r"[^。；，,;]{4,45}(?:表|说明|概况|决算|预算|情况|公开)")


class Remark(msgspec.Struct, frozen=True):
    """Characters `start` to `end` of a line that a judgement is about, and why; none: the line as a whole.

    `severity` is given where it is not the rule's own.
    """

    line: Line
    start: int = 0
    end: int = 0
    reason: str = ""
    severity: Severity | None = None

    @property
    def words(self) -> str:
        """The characters meant."""
        return self.line.text[self.start : self.end] or self.line.text


def sentence_of(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence around some characters begins and ends."""
    return _around(text, start, end, _SENTENCE_ENDS)


def clause_of(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the clause around some characters begins and ends."""
    return _around(text, start, end, _CLAUSE_ENDS)


def _around(text: str, start: int, end: int, ends: str) -> tuple[int, int]:
    before = max((text.rfind(mark, 0, start) for mark in ends), default=-1) + 1
    behind = [position for mark in ends if (position := text.find(mark, max(start, end - 1))) >= 0]
    return before, min(behind, default=len(text))


def excerpt_of(remark: Remark, limit: int = 90) -> str:
    """Return the sentence that a remark is about, cut around what is meant when it is long."""
    text = remark.line.text
    if remark.end == 0:
        return text if len(text) <= limit else f"{text[:limit]}…"
    start, end = sentence_of(text, remark.start, remark.end)
    end = min(end + 1, len(text))
    if end - start > limit:
        room = max(limit - (remark.end - remark.start), 0) // 2
        begin, stop = max(start, remark.start - room), min(end, remark.end + room)
        head, tail = "…" if begin > start else "", "…" if stop < end else ""
        return f"{head}{text[begin:stop].strip()}{tail}"
    return text[start:end].strip()


def without_titles(text: str) -> str:
    """Return a text with what stands in 《》 blanked, every other character in its place."""
    return _TITLES.sub(lambda match: "《" + "□" * (len(match[0]) - 2) + "》", text) if "《" in text else text


def in_title(text: str, start: int, end: int) -> bool:
    """Say whether characters stand in 《》: the title of some other document."""
    opened = text.rfind("《", 0, start)
    return opened >= 0 and text.find("》", opened, start) < 0 and "》" in text[end:]


def is_title_line(text: str) -> bool:
    """Say whether a line of the body reads as a title: short, no sentence, ending in what it heads."""
    return _TITLE_LINE.fullmatch(text.strip()) is not None
