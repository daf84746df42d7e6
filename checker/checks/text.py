"""`text`: words that may not stand in a published filing, and what the program judges of wording by itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from itertools import accumulate
from typing import Any

from checker.model.filing import Filing
from checker.model.outcome import Outcome, Verdict
from checker.model.rule import RuleInfo
from checker.model.wording import Line
from checker.prose import amounts, bodies, contents, documents, items, pairs, ranks, repeats, years
from checker.prose.remarks import Remark, clause_of, excerpt_of, in_title, sentence_of
from checker.prose.years import Matches
from checker.ruleset.wording import Extent, Judgement, Text

ABOUT = 16
"""Characters of the words meant that go into the address of a finding."""


def check(info: RuleInfo, slots: Text, filing: Filing) -> Iterator[Outcome]:
    """Look at every line that the rule is about; one outcome for each place that differs, else one for all."""
    if slots.level is not None and filing.level is not slots.level:
        yield Outcome(info, Verdict.NOT_APPLICABLE, reason=f"不是{_LEVELS[slots.level]}的公开文本")
        return
    if filing.year and filing.year < slots.since:
        yield Outcome(info, Verdict.NOT_APPLICABLE, reason=f"{slots.since}年以前的公开文本不适用")
        return
    lines = _lines(slots, filing)
    if not lines:
        yield Outcome(info, Verdict.NOT_APPLICABLE, reason=f"文件中没有可看的{'、'.join(slots.names or slots.within)}")
        return
    if slots.judges in _DATED and not filing.year:
        yield Outcome(info, Verdict.UNASSESSED, reason="没有认出公开文本的年度")
        return
    if slots.judges in _NAMED and not filing.filer:
        yield Outcome(info, Verdict.UNASSESSED, reason="没有认出公开文本是哪个部门（单位）的")
        return
    seen: Counter[str] = Counter()
    remarks = _judged(slots, filing, lines) if slots.judges else _forbidden(slots, lines)
    for remark in remarks:
        about = f"{remark.line.ref}“{_words(remark)}”"
        seen[about] += 1
        yield Outcome(
            info, Verdict.DIFFERS, severity=remark.severity, reason=remark.reason, excerpt=excerpt_of(remark),
            about=about if seen[about] == 1 else f"{about}#{seen[about]}",
            place=remark.line.at(remark.start, remark.end) if remark.end else remark.line.place,
        )  # fmt: skip
    if not seen:
        yield Outcome(info, Verdict.AGREES)


def _words(remark: Remark) -> str:
    """Return the beginning of the words meant, without spaces, as the address of a finding gives them."""
    return "".join(remark.words.split())[:ABOUT]


_LEVELS = {"department": "部门", "unit": "单位", "unknown": "级次不明的单位"}
_DATED = frozenset(
    {
        Judgement.PLANNED_YEAR, Judgement.TITLE_YEAR, Judgement.STATED_YEAR, Judgement.AS_OF, Judgement.LATER_DOCUMENT,
    }
)  # fmt: skip
_NAMED = frozenset({Judgement.OTHER_BODY, Judgement.OTHER_HEADER, Judgement.SPELLING, Judgement.OTHER_RANK})


def _lines(slots: Text, filing: Filing) -> list[Line]:
    """Return the lines that a rule is about, in reading order within each scope."""
    names = frozenset(slots.names)
    return [line for scope in slots.within for line in filing.lines[scope] if not names or line.name in names]


def _judged(slots: Text, filing: Filing, lines: list[Line]) -> Iterator[Remark]:
    """Ask for a built-in judgement."""
    if slots.judges is None:
        return iter(())
    return _JUDGES[slots.judges](filing, lines, partial(_holds, slots.forbids), partial(_holds, slots.unless))


_JUDGES: dict[Judgement, Callable[[Filing, list[Line], Matches, Matches], Iterator[Remark]]] = {
    Judgement.PLANNED_YEAR: years.planned_years,
    Judgement.TITLE_YEAR: years.title_years,
    Judgement.STATED_YEAR: years.stated_years,
    Judgement.AS_OF: lambda filing, lines, _forbids, _unless: years.dates_as_of(filing, lines),
    Judgement.DOCUMENT_YEAR: lambda _filing, lines, _forbids, _unless: documents.stale_documents(lines),
    Judgement.LATER_DOCUMENT: lambda filing, lines, _forbids, _unless: documents.later_documents(filing, lines),
    Judgement.OTHER_BODY: lambda filing, lines, _forbids, _unless: bodies.other_bodies(filing, lines),
    Judgement.OTHER_HEADER: lambda filing, _lines, _forbids, _unless: bodies.other_headers(filing),
    Judgement.SPELLING: lambda filing, lines, _forbids, _unless: bodies.spellings(filing, lines),
    Judgement.UNPAIRED: lambda _filing, lines, _forbids, _unless: pairs.unpaired(lines),
    Judgement.REPEATED_FIELDS: lambda _filing, lines, _forbids, _unless: repeats.repeated_fields(lines),
    Judgement.REPEATED_LINES: lambda _filing, lines, _forbids, _unless: repeats.repeated_lines(lines),
    Judgement.CUT_OFF: lambda _filing, lines, _forbids, _unless: repeats.cut_off(lines),
    Judgement.OTHER_ITEM: lambda _filing, lines, _forbids, _unless: items.other_items(lines),
    Judgement.OTHER_RANK: lambda filing, lines, _forbids, _unless: ranks.other_ranks(filing, lines),
    Judgement.AMOUNT_STYLE: lambda _filing, lines, _forbids, _unless: amounts.mixed_styles(lines),
    Judgement.CONTENTS: lambda filing, _lines, _forbids, _unless: contents.off_contents(filing),
}


def _forbidden(slots: Text, lines: list[Line]) -> Iterator[Remark]:
    """Yield the forbidden words that nothing around them excuses.

    All lines are searched in one run: a search costs more than the letters that it looks at.
    """
    told: set[object] = set()
    starts = [0, *accumulate(len(line.text) + 1 for line in lines)]
    for match in _pattern(slots.forbids).finditer("\n".join(line.text for line in lines)):
        number = bisect_right(starts, match.start()) - 1
        line, offset = lines[number], starts[number]
        start, end = match.start() - offset, min(match.end() - offset, len(line.text))
        if in_title(line.text, start, end):
            continue
        whole = _WHOLE[slots.extent](line)
        if whole in told:
            continue
        if slots.unless and _holds(slots.unless, _around(slots.extent, lines, line, start, end)):
            continue
        if whole is not None:
            told.add(whole)
        yield Remark(line, start, end, line.text[start:end].strip())


_WHOLE: dict[Extent, Callable[[Line], object]] = {
    Extent.CLAUSE: lambda _line: None,
    Extent.SENTENCE: lambda _line: None,
    Extent.PARAGRAPH: lambda line: line.place,
    Extent.PASSAGE: lambda line: (line.name, line.owner),
}
"""What is told once for each extent: what a paragraph or passage lacks, it lacks as a whole."""


_REASON_BELOW = re.compile(r"(?:增减|变动|变化|具体|主要|其|的)*原因")
"""How a paragraph begins that goes on with the reason for what stands above it."""


def _around(extent: Extent, lines: list[Line], line: Line, start: int, end: int) -> str:
    """Return the words around forbidden ones that may excuse them."""
    match extent:
        case Extent.CLAUSE:
            a, b = clause_of(line.text, start, end)
            return line.text[a:b]
        case Extent.SENTENCE:
            a, b = sentence_of(line.text, start, end)
            return line.text[a:b]
        case Extent.PARAGRAPH:
            below = next((other for other in lines if other.place.order > line.place.order), line)
            return line.text + (below.text if _REASON_BELOW.match(below.text) else "")
        case Extent.PASSAGE:
            return "\n".join(other.text for other in lines if (other.name, other.owner) == (line.name, line.owner))


def _holds(patterns: tuple[str, ...], text: str) -> bool:
    return bool(patterns) and _pattern(patterns).search(text) is not None


@lru_cache(maxsize=256)
def _pattern(patterns: tuple[str, ...]) -> Any:
    """Return the patterns as one, on the engine that runs in linear time whatever they are and whatever is searched.

    `^` and `$` are the ends of a line, and nothing matches beyond one.
    """
    import re2

    options = re2.Options()
    options.never_nl = True
    return re2.compile("(?m)" + "|".join(f"(?:{pattern})" for pattern in patterns), options)
