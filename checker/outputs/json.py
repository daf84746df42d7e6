"""The audit as JSON: the source of truth that every other program works from."""

from __future__ import annotations

from collections import Counter

import msgspec

from checker.model.audit import Audit, FilingAudit
from checker.model.finding import Finding
from checker.model.outcome import Outcome, Verdict
from checker.outputs.contract import (
    SCHEMA,
    AuditJson,
    CoverageJson,
    FilingJson,
    FindingJson,
    ObservationJson,
    OperandJson,
    ReasonJson,
    RuleJson,
    RunJson,
    SkippedJson,
    TableJson,
    UnreadableJson,
    UnreadJson,
    UntickedJson,
    at,
)

EXPLAINED = (Verdict.NOT_APPLICABLE, Verdict.UNASSESSED, Verdict.FAULT)
PLACES_NAMED = 20
"""Places listed beside a reason before only their number is given."""


def render(audit: Audit) -> bytes:
    """Return the audit as indented UTF-8 JSON; the same audit gives the same bytes."""
    content = AuditJson(
        schema=SCHEMA,
        run=RunJson(audit.run.version, audit.run.rules, audit.run.started),
        filings=tuple(_filing(filing) for filing in audit.filings),
        unreadable=tuple(
            UnreadableJson(file.path, file.reason, file.sha256, at(file.at) if file.at else None)
            for file in audit.unreadable
        ),
    )
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def _filing(audit: FilingAudit) -> FilingJson:
    filing = audit.filing
    return FilingJson(
        path=filing.path,
        sha256=filing.sha256,
        filer=filing.filer,
        year=filing.year,
        stage=filing.layout.stage,
        level=filing.level,
        layout=filing.layout.name,
        verdict=audit.conclusion,
        coverage=CoverageJson(
            (audit.outcome_coverage.part, audit.outcome_coverage.whole),
            (audit.figure_coverage.part, audit.figure_coverage.whole),
        ),
        tables=tuple(
            TableJson(
                form=table.form,
                title=table.title,
                rows=len(table.rows),
                figures=sum(1 for _ in table.figures()),
                at=at(table.place),
                unit=table.unit.symbol,
                subject=table.subject,
                nil=table.nil,
                lacking=table.lacking,
                doubts=table.doubts,
            )
            for table in filing.tables
        ),
        missing=audit.missing_forms,
        skipped=tuple(SkippedJson(at(part.place), part.reason, part.title, part.lines) for part in filing.skipped),
        unread=tuple(
            UnreadJson(at(lost.cell.place), lost.cell.text, lost.where, lost.reason) for lost in filing.unread
        ),
        unticked=tuple(UntickedJson(operand.ref, operand.text, at(operand.place)) for operand in audit.unchecked),
        outcomes={verdict: audit.counts[verdict] for verdict in Verdict},
        findings=tuple(_finding(finding) for finding in audit.findings),
        rules=_rules(audit),
        layout_reason=filing.layout_reason,
        observations=tuple(
            ObservationJson(each.rule.id, each.severity, each.count, tuple(finding.id for finding in each.findings))
            for each in audit.observations
        ),
    )


def _finding(finding: Finding) -> FindingJson:
    return FindingJson(
        id=finding.id,
        values=finding.values,
        rule=finding.rule.id,
        name=finding.rule.name,
        kind=finding.rule.kind,
        severity=finding.severity,
        message=finding.message,
        advice=finding.advice,
        basis=finding.rule.basis.words(),
        ref=finding.ref,
        at=at(finding.at),
        expected=finding.expected,
        actual=finding.actual,
        difference=finding.difference,
        limit=finding.limit,
        unit=finding.unit,
        relation=finding.relation,
        excerpt=finding.excerpt,
        operands=tuple(
            OperandJson(operand.ref, operand.text, operand.value, operand.unit, at(operand.at), operand.sign)
            for operand in finding.operands
        ),
    )


def _rules(audit: FilingAudit) -> tuple[RuleJson, ...]:
    outcomes: dict[str, list[Outcome]] = {rule.id: [] for rule in audit.rules}
    for outcome in audit.outcomes:
        outcomes[outcome.rule.id].append(outcome)
    return tuple(
        RuleJson(
            id=rule.id,
            name=rule.name,
            kind=rule.kind,
            severity=rule.severity,
            outcomes=dict(sorted(Counter(outcome.verdict.value for outcome in outcomes[rule.id]).items())),
            reasons=_reasons(outcomes[rule.id]),
        )
        for rule in audit.rules
    )


def _reasons(outcomes: list[Outcome]) -> tuple[ReasonJson, ...]:
    grouped: dict[tuple[str, str], list[str]] = {}
    for outcome in outcomes:
        if outcome.verdict in EXPLAINED:
            about = outcome.operands[0].ref if outcome.operands else outcome.about
            grouped.setdefault((outcome.verdict.value, outcome.reason), []).append(about)
    return tuple(
        ReasonJson(verdict, reason, len(places), tuple(place for place in places[:PLACES_NAMED] if place))
        for (verdict, reason), places in grouped.items()
    )
