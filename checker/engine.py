"""RuleSet × Filing → every outcome of every rule, and the findings among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from checker.checks import (
    across,
    arithmetic,
    balance,
    codes,
    indicators,
    present,
    rollup,
    said_targets,
    share,
    statement,
    target_funds,
    text,
    tie,
    values,
)
from checker.equations import Absent, find_table, holds
from checker.findings import finding_of
from checker.model.audit import FilingAudit
from checker.model.filing import Filing
from checker.model.outcome import Outcome, Verdict
from checker.model.rule import RuleInfo
from checker.ruleset.arithmetic import Arithmetic
from checker.ruleset.codes import Codes
from checker.ruleset.names import tables_of
from checker.ruleset.rules import (
    Across,
    Balance,
    Present,
    Rollup,
    Rule,
    RuleSet,
    SaidTargets,
    Shares,
    Statement,
    Tie,
    Values,
)
from checker.ruleset.targets import Indicators, Parts, Sides, TargetTie
from checker.ruleset.wording import Text

Conditions = dict[str, bool | Absent]


def judge(filing: Filing, ruleset: RuleSet) -> FilingAudit:
    """Apply every rule of its stage to a filing."""
    conditions: Conditions = {}
    rules = ruleset.of(filing.layout.stage)
    outcomes = tuple([outcome for rule in rules for outcome in apply(rule, filing, conditions)])
    differs = Verdict.DIFFERS
    findings = [finding_of(outcome, filing) for outcome in outcomes if outcome.verdict is differs]
    findings.sort(
        key=lambda finding: (finding.severity.rank, finding.at.order, finding.rule.id, finding.ref, finding.id)
    )
    return FilingAudit(filing, tuple(rule.info for rule in rules), outcomes, tuple(findings))


def apply(rule: Rule, filing: Filing, conditions: Conditions | None = None) -> list[Outcome]:
    """Apply one rule to a filing; `conditions` remembers what conditions came to that several rules share.

    A rule that fails itself is a rule fault, reported as such; it never becomes a finding about the filing and is never
    swallowed. This is the one seam that turns an exception into an outcome.
    """
    try:
        absent = _precondition(rule, filing, {} if conditions is None else conditions)
        if absent is not None:
            return [absent.outcome(rule.info)]
        differs = Verdict.DIFFERS
        outcomes = [
            _proven(outcome, rule, filing) if outcome.verdict is differs else outcome
            for outcome in _check(rule, filing)
        ]
        return outcomes or [Outcome(rule.info, Verdict.NOT_APPLICABLE, reason="没有可核对的行")]
    except Exception as error:
        return [Outcome(rule.info, Verdict.FAULT, reason=f"{type(error).__name__}: {error}")]


def _precondition(rule: Rule, filing: Filing, conditions: Conditions) -> Absent | None:
    """Return why the rule does not apply, if it does not."""
    for form, qualifier in rule.titled.items():
        table = find_table(filing, form)
        if isinstance(table, Absent):
            return table
        if not any(qualifier in printed for printed in table.qualifiers):
            return Absent(Verdict.NOT_APPLICABLE, f"{form}的标题没有“{qualifier}”")
    for form, name in rule.lacking.items():
        if _prints(filing, form, name):
            return Absent(Verdict.NOT_APPLICABLE, f"{form}印有“{name}”，由另一条规则核对")
    for condition in rule.when:
        answer = conditions.get(condition.text)
        if answer is None:
            answer = conditions[condition.text] = holds(filing, condition)
        if isinstance(answer, Absent):
            return answer
        if not answer:
            return Absent(Verdict.NOT_APPLICABLE, f"前提不成立：{condition.text}")
    return None


def _prints(filing: Filing, form: str, name: str) -> bool:
    """Say whether a row or column is printed, or should be by the layout."""
    if form in filing.layout.columns and name not in filing.layout.omitted.get(form, ()):
        return True
    return any(name in table.by_key or name in table.positions for table in filing.tables_of(form))


def _proven(outcome: Outcome, rule: Rule, filing: Filing) -> Outcome:
    """Return an outcome that differs, unassessed if a table it stands on was not wholly placed.

    What is missing may be what was not read: a difference on an incompletely read table proves nothing.
    """
    if isinstance(rule.slots, Arithmetic) or (isinstance(rule.slots, Present) and rule.slots.forms):
        return outcome
    for form in tables_of(rule):
        for table in filing.tables_of(form):
            if table.lost or (table.unsure and not isinstance(rule.slots, Across)):
                return Outcome(
                    rule.info, Verdict.UNASSESSED, outcome.operands, outcome.signs, outcome.about,
                    reason=table.shortfall(),
                )  # fmt: skip
    return outcome


def _check(rule: Rule, filing: Filing) -> Iterator[Outcome]:
    return _CHECKS[type(rule.slots)](rule.info, rule.slots, filing)


_CHECKS: dict[type, Callable[[RuleInfo, Any, Filing], Iterator[Outcome]]] = {
    Balance: balance.check,
    Across: across.check,
    Rollup: rollup.check,
    Tie: tie.check,
    Present: present.check,
    Values: values.check,
    Statement: statement.check,
    SaidTargets: said_targets.check,
    Shares: share.check,
    Text: text.check,
    Arithmetic: arithmetic.check,
    Codes: codes.check,
    Indicators: indicators.check,
    Sides: target_funds.check_sides,
    Parts: target_funds.check_parts,
    TargetTie: target_funds.check_tie,
}
"""The check of each structure that a rule's slots can be."""
