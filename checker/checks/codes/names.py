"""Names held against those that the official lists give to their codes."""

from __future__ import annotations

from collections.abc import Callable

from checker.checks.codes.entries import Doubt, Entry, Report
from checker.forms.subjects import Fit, Judgement, judge_name, plain
from checker.model.filing import Filing
from checker.model.rule import Severity
from checker.ruleset.codes import Codes

_UNIT_ENDINGS = (
    "局",
    "厅",
    "委",
    "委员会",
    "办",
    "办公室",
    "院",
    "校",
    "中心",
    "站",
    "所",
    "队",
    "会",
    "部",
    "本级",
    "机关",
)


def judge_names(fit: Fit) -> Callable[[Codes, Filing, list[Entry]], Report]:
    """Return the check that doubts names of one kind: of another subject, of another year, written differently."""

    def within(slots: Codes, filing: Filing, entries: list[Entry]) -> Report:
        doubts: list[Doubt] = []
        unknown: list[str] = []
        verified = False
        by_name = _codes_by_name(slots)
        for entry in entries:
            if len(entry.code) in {1, 2} or not entry.name or not (entry.code or fit is Fit.RENAMED):
                continue
            found = judge_name(entry.name, slots.subjects.get(entry.code, ()), filing.year)
            if found.fit is Fit.UNKNOWN:
                found = _by_name_alone(entry, slots, by_name.get(plain(entry.name), []), filing.year)
            if found.fit is Fit.OTHER and _names_unit(entry):
                found = Judgement(Fit.UNKNOWN)
            if found.fit is fit:
                doubts.append(_name_doubt(entry, found, filing.year, by_name))
            elif found.fit is Fit.UNKNOWN:
                unknown.append(entry.words)
            else:
                verified = True
        return Report(doubts, verified, unknown)

    return within


def _names_unit(entry: Entry) -> bool:
    """Say whether the name beside a short number is a unit's: a table by units numbers them like classes."""
    return len(entry.code) < 7 and entry.name.endswith(_UNIT_ENDINGS)


def _codes_by_name(slots: Codes) -> dict[str, list[str]]:
    by_name: dict[str, list[str]] = {}
    for code, subjects in slots.subjects.items():
        for subject in subjects:
            by_name.setdefault(plain(subject.name), []).append(code)
    return by_name


def _by_name_alone(entry: Entry, slots: Codes, codes: list[str], year: int) -> Judgement:
    """Judge a name whose code is not printed or not listed: a name out of use, or one that has another code."""
    name = plain(entry.name)
    if entry.code:
        alone = (one for code in codes if len(code) == len(entry.code) for one in slots.subjects[code] if one.sole)
        if any(plain(one.name) == name and one.in_force(year) for one in alone):
            return Judgement(Fit.OTHER, None, True)
        return Judgement(Fit.UNKNOWN)
    found = [judge_name(entry.name, slots.subjects[code], year) for code in codes]
    right = next((one for one in found if one.fit is Fit.RIGHT), None)
    return right or (found[0] if found else Judgement(Fit.UNKNOWN))


def _name_doubt(entry: Entry, found: Judgement, year: int, by_name: dict[str, list[str]]) -> Doubt:
    official = found.official
    severity = None if found.certain else Severity.NOTICE
    code = f"{entry.code} " if entry.code else ""
    if found.fit is Fit.RENAMED and official is not None:
        if plain(official.name) == plain(entry.name):
            return Doubt(entry, f"“{code}{entry.name}”是{official.until}年及以前的科目，{year}年已不用", severity)
        return Doubt(entry, f"“{code}{entry.name}”不是{year}年的名称，当年为“{official.name}”", severity)
    codes = [one for one in by_name.get(plain(entry.name), []) if one != entry.code and len(one) == len(entry.code)]
    usual = f"，“{entry.name}”的编码通常是{codes[-1]}" if len(codes) == 1 else ""
    if official is None:
        return Doubt(entry, f"编码{entry.code}与名称“{entry.name}”不对应{usual}", severity)
    return Doubt(entry, f"编码{entry.code}通常是“{official.name}”，此处为“{entry.name}”{usual}", severity)
