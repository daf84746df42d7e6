"""What the page of one filing shows, section by section, computed from its audit before any template is touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import PurePath

import msgspec

from checker.contract.place import at
from checker.model.audit import Conclusion, FilingAudit, Mark, Run, Share
from checker.model.outcome import Outcome, Verdict
from checker.model.rule import RuleInfo, Severity
from checker.model.table import Indicator, Table
from checker.outputs.html_findings import Group, Locator, groups, rule_name, subject_links
from checker.outputs.html_tables import Address, PrintedTable, body_html, cell_id, head_html, lay_out
from checker.outputs.places import where
from checker.outputs.words import Words

TONES = {
    Conclusion.CLEAN: "clean",
    Conclusion.REVISE: "revise",
    Conclusion.RETURN: "return",
    Conclusion.INCOMPLETE: "incomplete",
}
"""The style class of a verdict; its words and its mark say the same without colour."""


class Fact(msgspec.Struct, frozen=True):
    """A label with a text, and a code whose full form is `full` where it is shortened."""

    label: str
    text: str
    code: str = ""
    full: str = ""


class Bar(msgspec.Struct, frozen=True):
    """A coverage with its numbers and its percentage, rounded down so that only the whole is ever 100."""

    label: str
    share: Share
    percent: str


class Gap(msgspec.Struct, frozen=True):
    """Outcomes of one rule that could not be assessed for one reason, and what they were about."""

    rule: RuleInfo
    name: str
    reason: str
    about: tuple[str, ...]

    @property
    def times(self) -> int:
        """How many outcomes these are."""
        return len(self.about)


class Remark(msgspec.Struct, frozen=True):
    """Something not read or not audited: what, where, why; `anchor` leads to it when the page shows it."""

    what: str
    at: str
    reason: str = ""
    text: str | None = None
    anchor: str = ""


class Gaps(msgspec.Struct, frozen=True):
    """All that could not be verified."""

    missing: tuple[str, ...]
    unassessed: tuple[Gap, ...]
    faults: tuple[Gap, ...]
    unread: tuple[Remark, ...]
    tables: tuple[Remark, ...]
    skipped: tuple[Remark, ...]
    unchecked: tuple[Remark, ...]

    @property
    def nothing(self) -> bool:
        """Whether everything was read and assessed."""
        return not any((self.missing, self.unassessed, self.faults, self.unread, self.tables, self.skipped))


class Target(msgspec.Struct, frozen=True):
    """Two sides of one line of indicators, under the labels of the first and second level."""

    first: str
    second: str
    sides: tuple[Indicator | None, ...]


class TableSection(msgspec.Struct, frozen=True):
    """One table with its figures marked; `open` when a finding stands in it."""

    table: Table
    anchor: str
    at: str
    counts: Mapping[str, int]
    open: bool
    head_html: str
    body_html: str
    sides: tuple[str, ...]
    targets: tuple[Target, ...]


class RuleLine(msgspec.Struct, frozen=True):
    """One rule with the count of each sort of outcome, and the reasons of those that say nothing."""

    rule: RuleInfo
    name: str
    counts: Mapping[Verdict, int]
    reasons: tuple[tuple[str, int], ...]


class Page(msgspec.Struct, frozen=True):
    """Everything that the page of one filing shows."""

    audit: FilingAudit
    run: Run
    tone: str
    facts: tuple[Fact, ...]
    manifest: tuple[Fact, ...]
    bars: tuple[Bar, ...]
    gaps: Gaps
    groups: tuple[Group, ...]
    tables: tuple[TableSection, ...]
    packs: tuple[tuple[str, tuple[RuleLine, ...]], ...]


def page_of(audit: FilingAudit, run: Run, words: Words) -> Page:
    """Compute the page of a filing."""
    printed = [lay_out(number, table) for number, table in enumerate(audit.filing.tables)]
    locator = Locator(audit.filing.tables)
    links = subject_links(audit.findings, locator)
    concerned = frozenset(address[0] for address, mark in audit.marks.items() if mark is Mark.FAILED)
    return Page(
        audit=audit,
        run=run,
        tone=TONES[audit.conclusion],
        facts=_facts(audit, run, words),
        manifest=(
            *manifest(run, words),
            Fact(words("html.run.file"), PurePath(audit.filing.path).name),
            Fact(words("html.run.sha256"), "", audit.filing.sha256),
            Fact(words("html.run.layout"), audit.filing.layout.title, audit.filing.layout.name),
        ),
        bars=coverage_bars(audit, words),
        gaps=_gaps(audit, words),
        groups=groups(audit, printed, locator, words),
        tables=tuple(_table_section(each, audit.marks, links, concerned, words) for each in printed),
        packs=_packs(audit, words),
    )


def manifest(run: Run, words: Words) -> tuple[Fact, ...]:
    """Return what produced the audit."""
    facts = [
        Fact(words("html.run.program"), f"gouji {run.version}"),
        Fact(words("html.run.rules"), "", run.rules),
        Fact(words("html.run.packs"), "、".join(run.packs)),
    ]
    return (*facts, Fact(words("html.run.started"), run.started)) if run.started else tuple(facts)


def _facts(audit: FilingAudit, run: Run, words: Words) -> tuple[Fact, ...]:
    filing = audit.filing
    return (
        Fact(words("html.fact.level"), words(f"level.{filing.level}")),
        Fact(words("html.fact.layout"), filing.layout.title),
        Fact(words("html.fact.file"), PurePath(filing.path).name, filing.sha256[:12], f"sha256:{filing.sha256}"),
        Fact(words("html.fact.rules"), "", run.rules[:19], run.rules),
        Fact(words("html.fact.version"), f"gouji {run.version}"),
    )


def coverage_bars(audit: FilingAudit, words: Words) -> tuple[Bar, ...]:
    """Return the coverage of outcomes and of figures."""
    shares = {"outcomes": audit.outcome_coverage, "figures": audit.figure_coverage}
    return tuple(Bar(words(f"html.coverage.{name}"), share, percent(share)) for name, share in shares.items())


def percent(share: Share) -> str:
    """Return a share in per cent with one decimal, rounded down: 999 of 1000 must not read as the whole."""
    tenths = share.part * 1000 // share.whole if share.whole else 0
    return "100" if share.whole and tenths == 1000 else f"{tenths // 10}.{tenths % 10}"


def counts_sentence(audit: FilingAudit, words: Words) -> str:
    """Return the sentence that gives the verdict its numbers."""
    counts = audit.counts
    return words(
        "html.verdict.counts",
        errors=audit.severities[Severity.ERROR],
        warnings=audit.severities[Severity.WARNING],
        notices=audit.severities[Severity.NOTICE],
        agrees=counts[Verdict.AGREES],
        rounding=counts[Verdict.ROUNDING],
        unassessed=counts[Verdict.UNASSESSED] + counts[Verdict.FAULT],
    )


def _gaps(audit: FilingAudit, words: Words) -> Gaps:
    filing = audit.filing
    return Gaps(
        missing=audit.missing_forms,
        unassessed=_unassessed(audit, Verdict.UNASSESSED, words),
        faults=_unassessed(audit, Verdict.FAULT, words),
        unread=tuple(
            Remark(item.where, where(at(item.cell.place), words), item.reason, item.cell.text) for item in filing.unread
        ),
        tables=tuple(_table_remarks(audit, words)),
        skipped=tuple(
            Remark(
                item.title or words("html.gaps.untitled"),
                where(at(item.place), words),
                f"{item.reason}{words('html.gaps.lines', lines=item.lines) if item.lines else ''}",
            )
            for item in filing.skipped
        ),
        unchecked=_unchecked(audit, words),
    )


def _unassessed(audit: FilingAudit, verdict: Verdict, words: Words) -> tuple[Gap, ...]:
    """Return the outcomes of a sort, those of one rule and one reason together."""
    groups: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in audit.outcomes:
        if outcome.verdict is verdict:
            groups.setdefault((outcome.rule.id, outcome.reason), []).append(outcome)
    return tuple(
        Gap(
            outcomes[0].rule,
            rule_name(outcomes[0].rule.name, outcomes[0].rule.name_en, words),
            reason,
            tuple(_about(outcome, words) for outcome in outcomes),
        )
        for (_, reason), outcomes in groups.items()
    )


def _about(outcome: Outcome, words: Words) -> str:
    """Say what an outcome is about: its own words, else its subject and place, else the whole rule."""
    subject = outcome.operands[0] if outcome.operands else None
    about = outcome.about or (subject.ref if subject else words("html.gaps.whole-rule"))
    place = outcome.place or (subject.place if subject else None)
    return words("html.gaps.about", what=about, at=where(at(place), words)) if place else about


def _table_remarks(audit: FilingAudit, words: Words) -> list[Remark]:
    remarks = []
    for number, table in enumerate(audit.filing.tables):
        reasons = [words("html.gaps.lacking", columns="、".join(table.lacking))] if table.lacking else []
        reasons += table.doubts
        if reasons:
            remarks.append(Remark(table.label, where(at(table.place), words), "；".join(reasons), anchor=f"t-{number}"))
    return remarks


def _unchecked(audit: FilingAudit, words: Words) -> tuple[Remark, ...]:
    numbers = {id(table): number for number, table in enumerate(audit.filing.tables)}
    return tuple(
        Remark(
            operand.ref,
            where(at(operand.place), words),
            text=operand.text,
            anchor=cell_id((numbers[id(operand.table)], operand.row, operand.column)),
        )
        for operand in audit.unchecked
    )


def _table_section(
    printed: PrintedTable,
    marks: Mapping[Address, Mark],
    links: Mapping[Address, str],
    concerned: frozenset[int],
    words: Words,
) -> TableSection:
    table, number = printed.table, printed.number
    counts = Counter(
        marks.get((number, operand.row, operand.column), Mark.UNCHECKED).value for operand in table.figures()
    )
    sides, targets = _targets(table)
    return TableSection(
        table=table,
        anchor=f"t-{number}",
        at=where(at(table.place), words),
        counts=counts,
        open=number in concerned,
        head_html=head_html(printed, words),
        body_html=body_html(printed, marks, links, words),
        sides=sides,
        targets=targets,
    )


def _targets(table: Table) -> tuple[tuple[str, ...], tuple[Target, ...]]:
    """Return the sides that a target form prints, and its indicators with both sides of a line together."""
    sides = tuple(dict.fromkeys(indicator.side for indicator in table.indicators))
    lines: dict[tuple[object, ...], list[Indicator | None]] = {}
    labels: dict[tuple[object, ...], tuple[str, str]] = {}
    for number, indicator in enumerate(table.indicators):
        cell = indicator.name or indicator.value
        key: tuple[object, ...] = (cell.place.line,) if cell else ("", number)
        side = sides.index(indicator.side)
        if key in lines and lines[key][side] is not None:
            key = (*key, number)
        lines.setdefault(key, [None] * len(sides))[side] = indicator
        labels.setdefault(key, (indicator.first, indicator.second))
    return sides, tuple(Target(*labels[key], tuple(pair)) for key, pair in lines.items())


def _packs(audit: FilingAudit, words: Words) -> tuple[tuple[str, tuple[RuleLine, ...]], ...]:
    """Return the rules pack by pack, each with its counts; the order is that of the audit."""
    counts: dict[str, Counter[Verdict]] = {}
    reasons: dict[str, Counter[str]] = {}
    for outcome in audit.outcomes:
        counts.setdefault(outcome.rule.id, Counter())[outcome.verdict] += 1
        if outcome.reason and outcome.verdict not in {Verdict.DIFFERS, Verdict.AGREES}:
            reasons.setdefault(outcome.rule.id, Counter())[outcome.reason] += 1
    packs: dict[str, list[RuleLine]] = {}
    for rule in audit.rules:
        packs.setdefault(rule.pack, []).append(
            RuleLine(
                rule,
                rule_name(rule.name, rule.name_en, words),
                counts.get(rule.id, Counter()),
                tuple(reasons.get(rule.id, Counter()).items()),
            )
        )
    return tuple((pack, tuple(lines)) for pack, lines in packs.items())
