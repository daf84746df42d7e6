"""Subjects with their figures: blank parents, and subjects of another budget or of another kind of unit."""

from __future__ import annotations

from checker.checks.codes.entries import Doubt, Entry, Report
from checker.forms.subjects import plain
from checker.model.filing import Filing, Level
from checker.model.rule import Severity
from checker.model.table import Table
from checker.ruleset.codes import CodeList, Codes

LEVEL_DIGITS = {"类": 3, "款": 5, "项": 7}
"""How many digits the codes of each level have."""

UNDIVIDED = frozenset({"预备费"})
"""Classes that have no sections."""


def judge_amount(slots: Codes, filing: Filing, entries: list[Entry]) -> Report:
    """Doubt a class or section that is blank where its items have figures; once, where a whole table does so.

    Only rows that print no figure at all: one blank among figures is seen by the sum of its row.
    """
    parents = [entry for entry in entries if entry.position in entry.table.children]
    blank = [entry for entry in parents if not entry.printed and _figures_below(entry.table, entry.position)]
    if len(blank) > 2 and len(blank) == len(parents):
        reason = f"{len(blank)}个上级科目都没有数字，而其下级科目有"
        return Report([Doubt(blank[0], reason, Severity.NOTICE)], True, [])
    doubts = [Doubt(entry, f"“{entry.words}”没有数字，而其下级科目有") for entry in blank]
    return Report(doubts, bool(parents), [])


def _figures_below(table: Table, row: int) -> bool:
    """Say whether some row that adds up into this one, however far below, prints more than a zero."""
    return any(
        _figures_below(table, child)
        or any(cell and cell.figure and cell.figure.minor for cell in table.rows[child].cells)
        for child in table.children.get(row, ())
    )


def judge_depth(slots: Codes, filing: Filing, entries: list[Entry]) -> Report:
    """Doubt a class or section with a figure that the table does not break down; once, where none is broken down."""
    deepest, level = (7, "项") if slots.codes is CodeList.FUNCTION else (5, "款")
    shown = [entry for entry in entries if entry.row.level and entry.printed and entry.row.name not in UNDIVIDED]
    leaves = [entry for entry in shown if entry.position not in entry.table.children]
    short = [entry for entry in leaves if LEVEL_DIGITS[entry.row.level] < deepest]
    if short and len(short) == len(leaves):
        return Report([Doubt(short[0], f"{len(short)}个科目都没有列到{level}级")], False, [])
    doubts = [Doubt(entry, f"“{entry.words}”没有列到{level}级") for entry in short]
    return Report(doubts, bool(leaves), [])


def judge_paired(slots: Codes, filing: Filing, entries: list[Entry]) -> Report:
    """Doubt an economic item without a government subject in a table that gives one to most of its items."""
    items = [entry for entry in entries if entry.row.level == "款" and entry.printed]
    alone = [entry for entry in items if not any(entry.row.names[1:])]
    if len(alone) * 2 > len(items):
        return Report([], False, [])
    doubts = [
        Doubt(entry, f"“{entry.words}”没有对应的政府预算经济科目，其余{len(items) - len(alone)}行都有")
        for entry in alone
    ]
    return Report(doubts, bool(items), [])


def judge_fund(slots: Codes, filing: Filing, entries: list[Entry]) -> Report:
    """Doubt subjects of government funds and of state capital in a table of the general budget."""
    doubts: list[Doubt] = []
    for entry in entries:
        fund = slots.funds.get(entry.code[:5]) if len(entry.code) > 3 else None
        if fund and entry.printed:
            doubts.append(Doubt(entry, f"“{entry.words}”属于政府性基金预算科目（{entry.code[:5]} {fund}）"))
        elif entry.code.startswith("223") and entry.printed:
            doubts.append(Doubt(entry, f"“{entry.words}”属于国有资本经营预算科目"))
    return Report(doubts, any(entry.code for entry in entries), [])


def judge_not_fund(slots: Codes, filing: Filing, entries: list[Entry]) -> Report:
    """Doubt sections of the general budget in a table of government funds, which have sections of their own."""
    doubts: list[Doubt] = []
    verified = False
    for entry in entries:
        section = entry.code[:5]
        if len(section) < 5 or not entry.printed:
            continue
        verified = verified or section in slots.funds
        known = slots.subjects.get(section, ()) if section not in slots.funds else ()
        if any(subject.certain for subject in known):
            doubts.append(Doubt(entry, f"“{entry.words}”属于一般公共预算科目（{section} {known[-1].name}）"))
    return Report(doubts, verified, [])


def judge_side(slots: Codes, filing: Filing, entries: list[Entry]) -> Report:
    """Doubt, in the budget of one unit, the fewer of the rows for offices and for institutions, if there are both."""
    if filing.level is not Level.UNIT:
        return Report([], False, [])
    sides: dict[str, set[str]] = {}
    for code, subjects in slots.subjects.items():
        side = {"501": "机关", "502": "机关", "503": "机关", "504": "机关", "505": "事业", "506": "事业"}.get(code[:3])
        for subject in subjects if len(code) == 5 else ():
            sides.setdefault(plain(subject.name), set()).add(side or "")
    found: dict[str, list[Entry]] = {"机关": [], "事业": []}
    for entry in entries:
        government = plain(entry.row.names[1]) if len(entry.row.names) > 1 else ""
        known = sides.get(government, set())
        if len(known) == 1 and (one := next(iter(known))):
            found[one].append(entry)
    fewer, more = sorted(found, key=lambda side: len(found[side]))
    reason = f"{len(found[more])}行用{more}的政府预算经济科目，此行“{{}}”用{fewer}的"
    doubts = [Doubt(entry, reason.format("/".join(entry.row.names))) for entry in found[fewer]]
    return Report(doubts, bool(found[more]), [])
