"""`values` of codes: each has its name, its place and its parent, by the official lists and by the filing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from checker.checks.codes import amounts, names, structure
from checker.checks.codes.entries import Doubt, Entry, Report, entries_of
from checker.forms.subjects import Fit
from checker.model.filing import Filing
from checker.model.outcome import Outcome, Verdict
from checker.model.rule import RuleInfo
from checker.ruleset.codes import CodeCheck, Codes


def check(info: RuleInfo, slots: Codes, filing: Filing) -> Iterator[Outcome]:
    """Yield one outcome for each row that is doubted, and one for each table without such rows.

    What the lists do not know is not applicable, and said so.
    """
    tables = [table for form in slots.forms for table in filing.tables_of(form)]
    across = _ACROSS.get(slots.check)
    if across is not None:
        entries = [entry for table in tables if not table.lost for entry in entries_of(table, slots.codes)]
        reports = [("", across(slots, filing, entries))]
    else:
        within = _WITHIN[slots.check]
        reports = [
            (table.label, within(slots, filing, entries_of(table, slots.codes))) for table in tables if not table.lost
        ]
    for table in tables:
        if table.lost:
            yield Outcome(info, Verdict.UNASSESSED, about=table.label, reason=table.shortfall())
    for label, report in reports:
        for doubt in report.doubts:
            yield _differs(info, doubt)
        if report.verified and not report.doubts:
            yield Outcome(info, Verdict.AGREES, about=label)
        if report.unknown:
            words = "、".join(report.unknown[:3]) + ("等" if len(report.unknown) > 3 else "")
            reason = f"参考表中没有{len(report.unknown)}个科目，不核对：{words}"
            yield Outcome(info, Verdict.NOT_APPLICABLE, about=label, reason=reason)


def _differs(info: RuleInfo, doubt: Doubt) -> Outcome:
    entry = doubt.entry
    return Outcome(
        info, Verdict.DIFFERS, about=f"{entry.table.label}[{entry.row.key}]", reason=doubt.reason,
        place=entry.row.place, severity=doubt.severity, excerpt=entry.words,
    )  # fmt: skip


_WITHIN: dict[CodeCheck, Callable[[Codes, Filing, list[Entry]], Report]] = {
    CodeCheck.FORMAT: structure.judge_format,
    CodeCheck.PARENT: structure.judge_parent,
    CodeCheck.NAME: names.judge_names(Fit.OTHER),
    CodeCheck.RENAMED: names.judge_names(Fit.RENAMED),
    CodeCheck.SPELLING: names.judge_names(Fit.SPELT),
    CodeCheck.PLACE: structure.judge_place,
    CodeCheck.REPEATED: structure.judge_repeated,
    CodeCheck.ONE_CODE: structure.judge_one_code,
    CodeCheck.AMOUNT: amounts.judge_amount,
    CodeCheck.FUND: amounts.judge_fund,
    CodeCheck.NOT_FUND: amounts.judge_not_fund,
    CodeCheck.DEPTH: amounts.judge_depth,
    CodeCheck.PAIRED: amounts.judge_paired,
    CodeCheck.SIDE: amounts.judge_side,
}
_ACROSS = {CodeCheck.ONE_NAME: structure.judge_one_name}
