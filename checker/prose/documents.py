"""Document numbers in running text: 阳财社〔2024〕15号, in whatever brackets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from checker.model.filing import Filing, Stage
from checker.model.rule import Severity
from checker.model.wording import Line
from checker.prose.remarks import Remark

_NUMBER = re.compile(
    r"(?P<organ>[一-鿿]{2,})\s*[〔【\[［(（﹝„]\s*(?P<year>20[0-9]{2})\s*年?\s*[〕】\]］)）﹞‟]\s*第?\s*(?P<number>[0-9]{1,4})\s*号"
)
_HANDS_DOWN = re.compile(r"(?:下达|拨付|安排)[^。；，,;]{0,20}?(20[0-9]{2})年")
_HANDED_DOWN_BY = re.compile(r"《[^《》]*下达[^《》]*?(20[0-9]{2})年[^《》]*》\s*[（(]?$")
_ORGAN = 3
"""Characters of the organ's abbreviation that tell it apart, counted from its end."""
_FOLLOWS = 70
"""Characters behind a document number in which it says what it hands down."""


class Cited(NamedTuple):
    """A document number where it is cited."""

    line: Line
    start: int
    end: int
    organ: str
    year: int
    number: int

    @property
    def key(self) -> tuple[str, int]:
        """What two citations of one document share, whatever the year printed."""
        return self.organ, self.number


def cited_in(lines: Iterable[Line]) -> list[Cited]:
    """Return every document number."""
    return [
        Cited(
            line, match.end("organ") - min(_ORGAN, len(match["organ"])), match.end(), match["organ"][-_ORGAN:],
            int(match["year"]), int(match["number"]),
        )
        for line in lines
        if "号" in line.text
        for match in _NUMBER.finditer(line.text)
    ]  # fmt: skip


def stale_documents(lines: Iterable[Line]) -> Iterator[Remark]:
    """Yield the document numbers older than the appropriation that they hand down.

    The year's money is handed down in that year or the one before. Where the same organ's same number stands elsewhere
    with such a year, that is asked about; without it an old number is only pointed out, for it may be a standing rule.
    """
    cited = cited_in(lines)
    years: dict[tuple[str, int], set[int]] = defaultdict(set)
    for one in cited:
        years[one.key].add(one.year)
    for one in cited:
        money = _hands_down(one)
        if money == 0 or one.year >= money - 1:
            continue
        right = sorted(year for year in years[one.key] if year in {money, money - 1})
        words = one.line.text[one.start : one.end]
        if right:
            reason = f"“{words}”下达{money}年资金，而别处同一文号写作{right[-1]}年"
            yield Remark(one.line, one.start, one.end, reason)
        else:
            reason = f"“{words}”下达{money}年资金，文号却是{one.year}年"
            yield Remark(one.line, one.start, one.end, reason, Severity.NOTICE)


def _hands_down(one: Cited) -> int:
    """Return the year of the appropriation that a document is said to hand down, or 0."""
    text = one.line.text
    behind = text[one.end : one.end + _FOLLOWS].split("。", 1)[0]
    match = _HANDS_DOWN.search(behind) or _HANDED_DOWN_BY.search(text[: one.start])
    return int(match[1]) if match else 0


def later_documents(filing: Filing, lines: Iterable[Line]) -> Iterator[Remark]:
    """Yield the document numbers of a year that had not begun when the filing was published."""
    last = filing.year + (filing.layout.stage is Stage.FINAL_ACCOUNTS)
    for one in cited_in(lines):
        if one.year > last:
            reason = f"公开的是{filing.year}年，引用的文号却是{one.year}年"
            yield Remark(one.line, one.start, one.end, reason)
