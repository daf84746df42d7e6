"""What the page of one filing shows, section by section, computed from its audit before any template is touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import PurePath

import msgspec

from checker.contract.shape import (
    FilingJson,
    IndicatorJson,
    ReasonJson,
    RuleJson,
    RunJson,
    TableJson,
    Ticked,
)
from checker.model.audit import Conclusion
from checker.model.outcome import Verdict
from checker.model.rule import Severity
from checker.outputs.html_findings import CardGroup, groups, rule_name, subject_links
from checker.outputs.html_tables import Address, PrintedTable, body_html, cell_id, head_html, lay_out
from checker.outputs.places import where
from checker.outputs.words import Words

TONES: dict[str, str] = {
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
    part: int
    whole: int
    percent: str

    @property
    def complete(self) -> bool:
        """Whether nothing is left out."""
        return self.part == self.whole


class Gap(msgspec.Struct, frozen=True):
    """Outcomes of one rule that could not be assessed for one reason, and what they were about."""

    rule: RuleJson
    name: str
    reason: str
    times: int
    about: tuple[str, ...]


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
    sides: tuple[IndicatorJson | None, ...]


class TableSection(msgspec.Struct, frozen=True):
    """One table with its figures marked; `open` when a finding stands in it."""

    table: TableJson
    anchor: str
    at: str
    counts: Mapping[str, int]
    open: bool
    head_html: str
    body_html: str
    sides: tuple[str, ...]
    targets: tuple[Target, ...]


class RuleLine(msgspec.Struct, frozen=True):
    """One rule at its position in the audit: the count of each sort of outcome, the reasons of those that say nothing."""

    rule: RuleJson
    position: int
    name: str
    counts: Mapping[str, int]
    reasons: tuple[tuple[str, int], ...]


class Page(msgspec.Struct, frozen=True):
    """Everything that the page of one filing shows."""

    filing: FilingJson
    run: RunJson
    tone: str
    facts: tuple[Fact, ...]
    manifest: tuple[Fact, ...]
    bars: tuple[Bar, ...]
    gaps: Gaps
    groups: tuple[CardGroup, ...]
    tables: tuple[TableSection, ...]
    packs: tuple[tuple[str, tuple[RuleLine, ...]], ...]


def page_of(filing: FilingJson, run: RunJson, words: Words) -> Page:
    """Compute the page of a filing."""
    printed = [lay_out(number, table) for number, table in enumerate(filing.tables)]
    links = subject_links(filing.findings)
    return Page(
        filing=filing,
        run=run,
        tone=TONES[filing.verdict],
        facts=_facts(filing, run, words),
        manifest=(
            *manifest(run, words),
            Fact(words("html.run.file"), PurePath(filing.path).name),
            Fact(words("html.run.sha256"), "", filing.sha256),
            Fact(words("html.run.layout"), filing.layout_title, filing.layout),
        ),
        bars=coverage_bars(filing, words),
        gaps=_gaps(filing, words),
        groups=groups(filing, printed, words),
        tables=tuple(_table_section(each, links, words) for each in printed),
        packs=_packs(filing, words),
    )


def manifest(run: RunJson, words: Words) -> tuple[Fact, ...]:
    """Return what produced the audit."""
    facts = [
        Fact(words("html.run.program"), f"gouji {run.version}"),
        Fact(words("html.run.rules"), "", run.rules),
        Fact(words("html.run.packs"), "、".join(run.packs)),
    ]
    return (*facts, Fact(words("html.run.started"), run.started)) if run.started else tuple(facts)


def _facts(filing: FilingJson, run: RunJson, words: Words) -> tuple[Fact, ...]:
    return (
        Fact(words("html.fact.level"), words(f"level.{filing.level}")),
        Fact(words("html.fact.layout"), filing.layout_title),
        Fact(words("html.fact.file"), PurePath(filing.path).name, filing.sha256[:12], f"sha256:{filing.sha256}"),
        Fact(words("html.fact.rules"), "", run.rules[:19], run.rules),
        Fact(words("html.fact.version"), f"gouji {run.version}"),
    )


def coverage_bars(filing: FilingJson, words: Words) -> tuple[Bar, ...]:
    """Return the coverage of outcomes and of figures."""
    coverage = filing.coverage
    shares = {"outcomes": coverage.outcomes, "figures": coverage.figures}
    return tuple(Bar(words(f"html.coverage.{name}"), *share, percent(*share)) for name, share in shares.items())


def percent(part: int, whole: int) -> str:
    """Return a share in per cent with one decimal, rounded down: 999 of 1000 must not read as the whole."""
    tenths = part * 1000 // whole if whole else 0
    return "100" if whole and tenths == 1000 else f"{tenths // 10}.{tenths % 10}"


def counts_sentence(filing: FilingJson, words: Words) -> str:
    """Return the sentence that gives the verdict its numbers."""
    counts, severities = filing.outcomes, filing.severities
    return words(
        "html.verdict.counts",
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        notices=severities[Severity.NOTICE],
        agrees=counts[Verdict.AGREES],
        rounding=counts[Verdict.ROUNDING],
        unassessed=counts[Verdict.UNASSESSED] + counts[Verdict.FAULT],
    )


def _gaps(filing: FilingJson, words: Words) -> Gaps:
    return Gaps(
        missing=filing.missing,
        unassessed=_unassessed(filing, Verdict.UNASSESSED, words),
        faults=_unassessed(filing, Verdict.FAULT, words),
        unread=tuple(Remark(item.where, where(item.at, words), item.reason, item.text) for item in filing.unread),
        tables=tuple(_table_remarks(filing, words)),
        skipped=tuple(
            Remark(
                item.title or words("html.gaps.untitled"),
                where(item.at, words),
                f"{item.reason}{words('html.gaps.lines', lines=item.lines) if item.lines else ''}",
            )
            for item in filing.skipped
        ),
        unchecked=tuple(
            Remark(
                each.ref, where(each.at, words), text=each.text, anchor=cell_id(each.address) if each.address else ""
            )
            for each in filing.unticked
        ),
    )


def _unassessed(filing: FilingJson, verdict: Verdict, words: Words) -> tuple[Gap, ...]:
    """Return the outcomes of a sort, those of one rule and one reason together."""
    return tuple(
        Gap(rule, rule_name(rule.name, rule.name_en, words), reason.reason, reason.count, _about(reason, words))
        for rule in filing.rules
        for reason in rule.reasons
        if reason.outcome == verdict
    )


def _about(reason: ReasonJson, words: Words) -> tuple[str, ...]:
    """Say what outcomes are about: their own words or subjects, with their places, else the whole rule."""
    if not reason.about:
        return (words("html.gaps.whole-rule"),)
    places = reason.places or (None,) * len(reason.about)
    return tuple(
        words("html.gaps.about", what=about, at=where(place, words)) if place else about
        for about, place in zip(reason.about, places, strict=True)
    )


def _table_remarks(filing: FilingJson, words: Words) -> list[Remark]:
    remarks = []
    for number, table in enumerate(filing.tables):
        reasons = [words("html.gaps.lacking", columns="、".join(table.lacking))] if table.lacking else []
        reasons += table.doubts
        if reasons:
            remarks.append(Remark(table.label, where(table.at, words), "；".join(reasons), anchor=f"t-{number}"))
    return remarks


def _table_section(printed: PrintedTable, links: Mapping[Address, str], words: Words) -> TableSection:
    table = printed.table
    marks = [(cell.mark, cell.value is not None) for cell in table.cells()]
    sides, targets = _targets(table)
    return TableSection(
        table=table,
        anchor=f"t-{printed.number}",
        at=where(table.at, words),
        counts=Counter(mark.value for mark, figure in marks if figure),
        open=any(mark is Ticked.FAILED for mark, _ in marks),
        head_html=head_html(printed, words),
        body_html=body_html(printed, links, words),
        sides=sides,
        targets=targets,
    )


def _targets(table: TableJson) -> tuple[tuple[str, ...], tuple[Target, ...]]:
    """Return the sides that a target form prints, and its indicators with both sides of a line together."""
    sides = tuple(dict.fromkeys(indicator.side for indicator in table.indicators))
    lines: dict[tuple[object, ...], list[IndicatorJson | None]] = {}
    labels: dict[tuple[object, ...], tuple[str, str]] = {}
    for number, indicator in enumerate(table.indicators):
        key: tuple[object, ...] = (indicator.line,) if indicator.name or indicator.value else ("", number)
        side = sides.index(indicator.side)
        if key in lines and lines[key][side] is not None:
            key = (*key, number)
        lines.setdefault(key, [None] * len(sides))[side] = indicator
        labels.setdefault(key, (indicator.first, indicator.second))
    return sides, tuple(Target(*labels[key], tuple(pair)) for key, pair in lines.items())


def _packs(filing: FilingJson, words: Words) -> tuple[tuple[str, tuple[RuleLine, ...]], ...]:
    """Return the rules pack by pack, each with its counts; the order is that of the audit."""
    packs: dict[str, list[RuleLine]] = {}
    for position, rule in enumerate(filing.rules):
        packs.setdefault(rule.pack, []).append(
            RuleLine(
                rule,
                position,
                rule_name(rule.name, rule.name_en, words),
                rule.outcomes,
                tuple((reason.reason, reason.count) for reason in rule.reasons),
            )
        )
    return tuple((pack, tuple(lines)) for pack, lines in packs.items())
