"""Years in running text: which are the filing's own, which are history, and which were left standing from last year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from checker.model.filing import Filing, Stage
from checker.model.rule import Severity
from checker.model.wording import Line, Scope
from checker.prose.remarks import Remark, clause_of, is_title_line, without_titles

Matches = Callable[[str], bool]
"""Says whether a text holds one of the words of a rule."""

_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})\s*年")
_PLANS_IT = re.compile(r"(?:预计|预估|计划|拟|将|力争)(?:于|在)?\s*$")
_LOOKS_BACK = re.compile(
    r"(?:自|从|比|较|与|同|至|到|截至|截止|依据|根据|按照|按|参照|结合|对照|对比|以|经|由|于|[、和及或（(〔\[【\-—–~～])\s*$"
)
_RANGE = re.compile(r"\s*(?:度)?\s*[-—–~～至到]\s*(?:20)?[0-9]{2}")
_IN_RANGE = re.compile(r"[0-9]\s*年?\s*[-—–~～至到]\s*$")
_AS_OF = re.compile(r"截(?:至|止至?|止到)\s*(20[0-9]{2})\s*年\s*[0-9]{1,2}\s*月(?:\s*[0-9]{1,2}\s*日)?")
_YEAR_END = re.compile(r"12\s*月\s*31\s*日")
_OPENING = 40
"""Characters of a paragraph in which its own year is named."""
_AMOUNT = re.compile(r"[0-9]\s*(?:亿|万)?元")
_COMPARES = re.compile(r"比|较|与|截至|自|从|以来|根据|按照|于$|（|\(")


def planned_years(filing: Filing, lines: Iterable[Line], plans: Matches, history: Matches) -> Iterator[Remark]:
    """Yield the years before the filing's own that a text plans for.

    A year behind 预计 or 计划 is planned for in any case. Else the words of the clause decide: one of `plans`, none of
    `history`, no 自/比/截至 before the year; and the filing's own year stands nowhere in the text, which would make the
    other history. What a project's name says of a year is not looked at, nor the years of a project of several.
    """
    lasting = {
        table.label for table in filing.tables if "项目期" in table.fields and _lasts(table.fields["项目期"].text)
    }
    for line in lines:
        text = without_titles(line.text)
        own = f"{filing.year}年" in text.replace(" ", "")
        for match in _YEAR.finditer(text):
            year = int(match[1])
            if year >= filing.year or f"{year}年" in line.owner or _RANGE.match(text, match.end()):
                continue
            start, end = clause_of(text, match.start(), match.end())
            before, clause = text[start : match.start()], text[start:end]
            if _IN_RANGE.search(before) or history(clause):
                continue
            weakly = not own and not _LOOKS_BACK.search(before) and plans(clause) and line.owner not in lasting
            if _PLANS_IT.search(before) or weakly:
                reason = f"{filing.year}年的公开文本为{year}年作计划"
                yield Remark(line, match.start(), match.end(), reason)


def _lasts(period: str) -> bool:
    """Say whether a project runs over some years: neither one, nor without end (99)."""
    match = re.search(r"[0-9]+", period)
    return match is not None and 1 < int(match[0]) < 50


def title_years(filing: Filing, lines: Iterable[Line], subjects: Matches, history: Matches) -> Iterator[Remark]:
    """Yield the years of titles that are not the filing's own; lines of the body count when they read as titles."""
    for line in lines:
        if line.scope is Scope.PROSE and not is_title_line(line.text):
            continue
        text = without_titles(line.text)
        for match in _YEAR.finditer(text):
            ranged = _RANGE.match(text, match.end()) or _IN_RANGE.search(text[: match.start()])
            own = f"{filing.year}年" in text
            if int(match[1]) != filing.year and not ranged and not own and subjects(text) and not history(text):
                yield Remark(line, match.start(), match.end(), f"公开的是{filing.year}年，此处写作{match[1]}年")


def stated_years(filing: Filing, lines: Iterable[Line], subjects: Matches, history: Matches) -> Iterator[Remark]:
    """Yield the paragraphs on amounts that open with another year and never name the filing's own."""
    for line in lines:
        text = without_titles(line.text)
        match = _YEAR.search(text)
        if match is None or match.start() > _OPENING or int(match[1]) == filing.year:
            continue
        if _COMPARES.search(text[: match.start()]) or any(int(year) == filing.year for year in _YEAR.findall(text)):
            continue
        clause = slice(*clause_of(text, match.start(), match.end()))
        if _AMOUNT.search(text) and subjects(text) and not history(text[clause]):
            reason = f"公开的是{filing.year}年，这一段只提到{match[1]}年"
            yield Remark(line, match.start(), match.end(), reason)


def dates_as_of(filing: Filing, lines: Iterable[Line]) -> Iterator[Remark]:
    """Yield the dates 截至… that do not suit the filing: final accounts close with their own year.

    A budget is drawn up in the year before its own; a date older than that is last year's. The last day of the year
    before is the closing day of last year's accounts: that is last year's text beyond doubt.
    """
    final = filing.layout.stage is Stage.FINAL_ACCOUNTS
    suits = {filing.year} if final else {filing.year - 1, filing.year}
    for line in lines:
        for match in _AS_OF.finditer(line.text):
            if int(match[1]) not in suits:
                what = "决算" if final else "预算"
                reason = f"这是{filing.year}年{what}，数据却{match[0].replace(' ', '')}"
                proven = final and int(match[1]) == filing.year - 1 and _YEAR_END.search(match[0])
                yield Remark(line, match.start(), match.end(), reason, Severity.ERROR if proven else None)
