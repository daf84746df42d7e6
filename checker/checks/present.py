"""`present`: required forms are there, and an empty table says so."""

from __future__ import annotations

from collections.abc import Iterator

from checker.equations import Absent, find_table, holds, no_table, relate
from checker.model.filing import Filing
from checker.model.outcome import Outcome, Verdict
from checker.model.place import PagePlace, Place
from checker.model.rule import RuleInfo, Severity
from checker.model.table import Table
from checker.model.wording import Scope
from checker.ruleset.rules import Present


def check(info: RuleInfo, slots: Present, filing: Filing) -> Iterator[Outcome]:
    """Look for each form; or compare what a table says of its emptiness with what it and its source print."""
    if slots.mentions:
        yield _check_mention(info, slots, filing)
    if slots.nil_table:
        yield from _check_nil(info, slots, filing)
    for form in slots.forms:
        if form in filing.by_form:
            yield Outcome(info, Verdict.AGREES, about=form)
            continue
        absent = no_table(filing, form)
        if absent.verdict is Verdict.NOT_APPLICABLE:
            yield absent.outcome(info, form)
        else:
            yield _missing(info, filing, form)


FEWEST_PASSAGES = 3
"""Passages that speak of figures below which a file is no whole narrative, and nothing can be missing from it."""


def _check_mention(info: RuleInfo, slots: Present, filing: Filing) -> Outcome:
    """Say whether the narrative speaks of a matter that it must speak of, in any of its words."""
    if len(filing.statements) < FEWEST_PASSAGES:
        return Outcome(info, Verdict.NOT_APPLICABLE, about=slots.matter, reason="文件中没有情况说明")
    texts = [text for passage in filing.passages for text in (passage.heading, passage.text)]
    if any(word in text for text in texts for word in slots.mentions):
        return Outcome(info, Verdict.AGREES, about=slots.matter)
    if not filing.legible:
        reason = "文件里有没读懂的部分，可能写在那里"
        return Outcome(info, Verdict.UNASSESSED, about=slots.matter, reason=reason)
    last = filing.passages[-1].place
    return Outcome(info, Verdict.DIFFERS, about=slots.matter, place=last, reason=f"情况说明里没有写明{slots.matter}")


def _missing(info: RuleInfo, filing: Filing, form: str) -> Outcome:
    """Return the finding of a missing form: an error where the contents list it and nothing was left unread.

    That the program did not find a table proves nothing while some part of the document was not understood, or a
    picture may show it.
    """
    if form in filing.promised and filing.legible and not any(part.opaque for part in filing.skipped):
        reason, severity = f"目录列有{form}，正文中没有", Severity.ERROR
        return Outcome(info, Verdict.DIFFERS, reason=reason, about=form, place=filing.promised[form], severity=severity)
    first = filing.tables[0].place if filing.tables else None
    return Outcome(info, Verdict.DIFFERS, reason=f"未找到{form}", about=form, place=first)


def _check_nil(info: RuleInfo, slots: Present, filing: Filing) -> Iterator[Outcome]:
    table = find_table(filing, slots.nil_table)
    if isinstance(table, Absent):
        yield table.outcome(info, slots.nil_table)
        return
    if not table.nil:
        if not any(operand.figure and operand.figure.minor for operand in table.figures()):
            yield Outcome(info, Verdict.UNASSESSED, reason=f"{table.form}的数字无法读出", about=table.form)
        elif table.nil_note is None:
            yield Outcome(info, Verdict.AGREES, about=table.form)
        else:
            yield _contradiction(info, table)
        return
    for condition in slots.nil_when:
        answer = holds(filing, condition)
        if isinstance(answer, Absent):
            yield answer.outcome(info, table.form)
            return
        if not answer:
            source = relate(info, filing, condition)
            reason = f"{table.form}没有数据，而{'、'.join(operand.ref for operand in source.operands)}不为零"
            operands, signs = source.operands, source.signs
            yield Outcome(info, Verdict.DIFFERS, operands, signs, reason=reason, about=table.form, place=table.place)
            return
    if table.nil_note is None and not any(True for _ in table.figures()):
        reason = f"{table.form}是空表，没有注明本表无数据"
        severity = _certainty(slots.unnoted, filing, table)
        yield Outcome(info, Verdict.DIFFERS, severity=severity, reason=reason, about=table.form, place=table.place)
        return
    yield Outcome(info, Verdict.AGREES, about=table.form)


def _certainty(severity: Severity, filing: Filing, table: Table) -> Severity:
    """Return how certain it is that nothing says that a table is empty: a line near it may, in words of its own."""
    near = (line for line in filing.lines[Scope.PROSE] if _is_near(line.place, table.place))
    if severity is Severity.ERROR and any(word in line.text for line in near for word in _NOTHING):
        return Severity.WARNING
    return severity


_NOTHING = ("无", "没有", "空表", "不涉及", "未发生")
NEAR = 15
"""Lines within which a remark may belong to a table."""


def _is_near(one: Place, other: Place) -> bool:
    if isinstance(one, PagePlace) and isinstance(other, PagePlace):
        return one.part == other.part and one.page == other.page
    return one.part == other.part and abs(one.line - other.line) <= NEAR


def _contradiction(info: RuleInfo, table: Table) -> Outcome:
    figures = tuple(operand for operand in table.figures() if operand.figure and operand.figure.minor)[:1]
    reason = f"{table.form}注明本表无数据，表中却有数字"
    signs = (1,) * len(figures)
    return Outcome(info, Verdict.DIFFERS, figures, signs, reason=reason, about=table.form, place=table.nil_note)
