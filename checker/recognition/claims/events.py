"""What a paragraph says without a number: nothing there, the same as last year, above or below the budget, names."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

import msgspec

_BREAK: Final = "，。；：、,;:!?\n"
_THEN: Final = r"(?:上年度?|上一年度|去年|(?:19|20)[0-9]{2}\s*年度?)"
_SAME = re.compile(
    rf"(?P<who>[^{_BREAK}]*?)\s*(?P<then>与|比|较|同){_THEN}(?:相比|(?:的|年初|全年|当年)*(?:[预决]算)?(?:执行)?(?:数|安排)?)\s*[，,]?\s*"
    r"(?:基本)?(?:相同|一致|持平|保持不变|没有变化|无变化|无增减变化|无增减|相等)"
    rf"|(?P<settled>[^{_BREAK}]*?支出决算)(?P<flat>持平)"
)
_COMPARISON = re.compile(
    rf"(?P<who>[^{_BREAK}]*?)(?:支出)?决算数?(?:(?P<above>大于|高于|多于)|(?P<below>小于|低于|少于)|(?P<level>等于)|[同与])(?:年初|全年|调整)?预算数?"
    r"(?P<flat>(?:基本)?(?:持平|一致|相同))?"
)
_NOTHING = re.compile(
    rf"(?:^|(?<=[{_BREAK}]))(?P<who>[^{_BREAK}]*?)(?:没有|无|未安排|不涉及)(?P<what>[^{_BREAK}有]{{3,40}}?)(?=[，。；,;]|$)"
)
_NAMES = re.compile(r"主要(?:包括|用于|为)[:：]?\s*(?P<list>[^；;。：:]*?)\s*(?P<open>等[^；;。]{0,6})?(?=[；;。]|$)")


_DIGIT = re.compile(r"[0-9０-９](?!年)(?![0-9０-９]*年)")


class Saying(StrEnum):
    """What is said without a number."""

    SAME = "same"
    COMPARISON = "comparison"
    NOTHING = "nothing"
    NAMES = "names"


class Event(msgspec.Struct, frozen=True):
    """Something said without a number, at `text[start:end]`: `phrase` is what of, `value` -1, 0, 1 for a comparison."""

    start: int
    end: int
    saying: Saying
    phrase: str = ""
    value: int = 0
    words: str = ""


def events_in(text: str) -> list[Event]:
    """Return what a paragraph says without numbers, in its order."""
    found: list[Event] = []
    for match in _SAME.finditer(text):
        who = match["who"] or match["settled"] or ""
        start = match.start("then") if match["then"] else match.start("flat")
        found.append(Event(start, match.end(), Saying.SAME, "" if _DIGIT.search(who) else who))
    for match in _COMPARISON.finditer(text):
        if not (match["above"] or match["below"] or match["level"] or match["flat"]):
            continue
        value = 1 if match["above"] else -1 if match["below"] else 0
        found.append(Event(match.end("who"), match.end(), Saying.COMPARISON, match["who"], value, match[0]))
    found += [
        Event(match.start("what"), match.end(), Saying.NOTHING, match["what"], words=match["who"])
        for match in _NOTHING.finditer(text)
    ]
    found += [
        Event(
            match.start("list"), match.end("list"), Saying.NAMES, words=match["list"] + ("等" if match["open"] else "")
        )
        for match in _NAMES.finditer(text)
        if match["list"] and not any(digit in match["list"] for digit in "0123456789")
    ]
    return sorted(found, key=lambda event: (event.start, event.end))
