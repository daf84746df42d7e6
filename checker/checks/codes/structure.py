"""Codes as a filing itself makes them: their form, their parents, their places, one name for one code."""

from __future__ import annotations

from collections import Counter

from checker.checks.codes.entries import Doubt, Entry, Report
from checker.forms.subjects import alike, plain
from checker.model.filing import Filing
from checker.model.rule import Severity
from checker.model.table import Role
from checker.ruleset.codes import CodeList, Codes


def judge_format(slots: Codes, filing: Filing, entries: list[Entry]) -> Report:
    """Doubt codes of one, two, four or six digits: serial numbers, and codes that lack a digit.

    A longer number that does not continue a code of the table is something else, as the number of a unit; a short one
    that begins with a zero is a part of a code (208 | 05 | 01).
    """
    coded = [entry for entry in entries if entry.code]
    codes = {entry.code for entry in coded if len(entry.code) % 2 and len(entry.code) > 1}
    wrong = [
        entry
        for entry in coded
        if entry.printed
        and (
            (len(entry.code) < 3 and entry.code[0] != "0")
            or (len(entry.code) == 4 and entry.code[:3] in codes)
            or (len(entry.code) == 6 and entry.code[:5] in codes)
        )
    ]
    digits = "3位（类）、5位（款）" + ("、7位（项）" if slots.codes is CodeList.FUNCTION else "")
    if len(wrong) > 3 and len(wrong) * 2 > len(coded):
        reason = f"{len(wrong)}行的编码（如“{wrong[0].words}”）不是{digits}的科目编码，像是顺序号"
        return Report([Doubt(wrong[0], reason)], False, [])
    doubts = [Doubt(entry, f"编码“{entry.code}”是{len(entry.code)}位，科目编码为{digits}") for entry in wrong]
    return Report(doubts, bool(codes), [])


def judge_parent(slots: Codes, filing: Filing, entries: list[Entry]) -> Report:
    """Doubt an item that the table does not show its class or section for, or shows under another."""
    if slots.codes is CodeList.FUNCTION:
        return _function_parent(entries)
    doubts: list[Doubt] = []
    unknown: list[str] = []
    verified = False
    classes = _classes_by_name(slots)
    for entry in entries:
        above = entry.table.rows[entry.row.parent] if entry.row.parent >= 0 else None
        if entry.row.level != "款" or above is None or above.level != "类":
            continue
        shown = (above.printed[0] if above.printed else "") or above.code
        known = {entry.code[:3]} if len(entry.code) == 5 else classes.get(plain(entry.name), set())
        if not known or len(shown) != 3:
            unknown.append(entry.words)
        elif shown in known:
            verified = True
        else:
            belongs = "或".join(sorted(known))
            doubts.append(Doubt(entry, f"“{entry.words}”列在“{shown} {above.name}”之下，它属于{belongs}类"))
    return Report(doubts, verified, unknown)


def _classes_by_name(slots: Codes) -> dict[str, set[str]]:
    classes: dict[str, set[str]] = {}
    for code, subjects in slots.subjects.items():
        for subject in subjects if len(code) == 5 else ():
            classes.setdefault(plain(subject.name), set()).add(code[:3])
    return classes


def _function_parent(entries: list[Entry]) -> Report:
    doubts: list[Doubt] = []
    codes = {entry.code for entry in entries if entry.code}
    lengths = {len(code) for code in codes}
    verified = False
    for entry in entries:
        above = entry.code[:-2]
        if len(entry.code) not in {5, 7} or len(above) not in lengths:
            continue
        if above in codes:
            verified = True
        elif entry.printed:
            level = "类" if len(above) == 3 else "款"
            doubts.append(Doubt(entry, f"表中没有“{entry.words}”的上级科目（{level}）{above}"))
    return Report(doubts, verified, [])


def judge_place(slots: Codes, filing: Filing, entries: list[Entry]) -> Report:
    """Doubt a residual code whose name is not residual, and a name of every section at another place than its own."""
    doubts: list[Doubt] = []
    verified = False
    for entry in entries:
        if len(entry.code) not in {5, 7} or not entry.name:
            continue
        name, ending = plain(entry.name), entry.code[-2:]
        places = slots.places.get(name, ()) if len(entry.code) == 7 else ()
        if ending == "99" and "其他" not in name:
            doubts.append(Doubt(entry, f"编码{entry.code}的末两位99是“其他”，此处名称为“{entry.name}”"))
        elif places and ending not in places:
            usual = "或".join(places)
            doubts.append(Doubt(entry, f"“{entry.name}”的编码末两位通常是{usual}，此处为{entry.code}"))
        else:
            verified = verified or ending == "99" or bool(places)
    return Report(doubts, verified, [])


def judge_repeated(slots: Codes, filing: Filing, entries: list[Entry]) -> Report:
    """Doubt the second row of one subject under one parent.

    A table that is divided by units, or by kinds of money, repeats many of them; pairs with a government subject are
    left to `unique`.
    """
    strangers = entries and any(
        not row.level and row.role is not Role.TOTAL and any(cell is not None and cell.figure for cell in row.cells)
        for row in entries[0].table.rows
    )
    if strangers:
        return Report([], False, [])
    entries = [entry for entry in entries if not any(entry.row.names[1:])]
    keys = [(entry.row.parent, entry.code or plain(entry.name)) for entry in entries]
    counts = Counter(keys)
    doubts: list[Doubt] = []
    told: set[tuple[int, str]] = set()
    for entry, key in zip(entries, keys, strict=True):
        if key in told:
            doubts.append(Doubt(entry, f"“{entry.words}”列了{counts[key]}次"))
        told.add(key)
    again = len(entries) - len({key[1] for key in keys})
    divided = again > 2 and again * 4 > len(entries)
    return Report([], False, []) if divided else Report(doubts, bool(entries), [])


def judge_one_code(slots: Codes, filing: Filing, entries: list[Entry]) -> Report:
    """Doubt a name that another code of the same class or section has too."""
    doubts: list[Doubt] = []
    first: dict[tuple[str, str], Entry] = {}
    coded = [entry for entry in entries if len(entry.code) > 2 and entry.name]
    for entry in coded:
        known = first.setdefault((entry.code[:-2], plain(entry.name)), entry)
        if known.code != entry.code:
            doubts.append(Doubt(entry, f"编码{known.code}和{entry.code}的名称都是“{entry.name}”"))
    return Report(doubts, bool(coded), [])


def judge_one_name(slots: Codes, filing: Filing, entries: list[Entry]) -> Report:
    """Doubt the names of one code that fewer tables print than another."""
    by_code: dict[str, list[Entry]] = {}
    for entry in entries:
        if len(entry.code) > 2 and entry.name:
            by_code.setdefault(entry.code, []).append(entry)
    doubts: list[Doubt] = []
    for code, printed in by_code.items():
        counts = Counter(plain(entry.name) for entry in printed)
        if len(counts) == 1:
            continue
        usual = max(counts, key=lambda name: counts[name])
        most = next(entry for entry in printed if plain(entry.name) == usual)
        for entry in printed:
            if plain(entry.name) != usual:
                severity = Severity.NOTICE if alike(entry.name, most.name) else None
                reason = f"编码{code}在{most.table.label}中是“{most.name}”，此处为“{entry.name}”"
                doubts.append(Doubt(entry, reason, severity))
    return Report(doubts, any(len(printed) > 1 for printed in by_code.values()), [])
