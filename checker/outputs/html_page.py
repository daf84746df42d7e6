"""What the page of one filing shows, section by section, computed from its audit before any template is touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath

import msgspec

from checker.contract.finding import FindingJson
from checker.contract.printed import IndicatorJson, TableJson, Ticked
from checker.contract.rule import RuleJson
from checker.contract.shape import FilingJson, RunJson
from checker.contract.waiver import WaiverJson
from checker.model.conclusion import Conclusion
from checker.model.outcome import Verdict
from checker.model.rule import Severity
from checker.outputs.html_findings import MOST_DRAWN, CardGroup, Cards, Picture
from checker.outputs.html_gaps import Gaps, gaps_on_page
from checker.outputs.html_letter import Letter, letter_of
from checker.outputs.html_places import Places
from checker.outputs.html_prose import PassageSection, Said
from checker.outputs.html_rows import ledger_html
from checker.outputs.html_tables import PrintedTable, body_html, head_html, lay_out
from checker.outputs.names import rule_name
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


class IndicatorCell(msgspec.Struct, frozen=True):
    """An indicator with its own anchor, and that of the first finding about it."""

    indicator: IndicatorJson
    anchor: str
    finding: str


class Target(msgspec.Struct, frozen=True):
    """Two sides of one line of indicators, under the labels of the first and second level."""

    first: str
    second: str
    sides: tuple[IndicatorCell | None, ...]


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
    """One rule at its position in the audit: how many outcomes of each sort, and why some of them say nothing."""

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
    sentence: str
    standing: tuple[tuple[str, int], ...]
    bars: tuple[Bar, ...]
    gaps: Gaps
    groups: tuple[CardGroup, ...]
    brief_from: int
    tables: tuple[TableSection, ...]
    passages: tuple[PassageSection, ...]
    said: Mapping[str, int]
    packs: tuple[tuple[str, tuple[RuleLine, ...]], ...]
    waivers: tuple[WaiverJson, ...]
    waived_html: str
    waived_worked: bool
    fixed: tuple[FindingJson, ...]
    ledger_html: str
    letter: Letter


def page_of(
    filing: FilingJson,
    run: RunJson,
    words: Words,
    waivers: Sequence[WaiverJson] = (),
    pictures: Mapping[str, Picture] | None = None,
) -> Page:
    """Compute the page of a filing; `waivers` are those of the run, `pictures` stand beside findings by their ids."""
    printed = [lay_out(number, table) for number, table in enumerate(filing.tables)]
    places = Places(filing)
    said = Said(filing, places, words)
    cards = Cards(filing, places, printed, said, pictures or {}, words)
    passages = said.passages()
    gaps = gaps_on_page(filing, words)
    groups = cards.groups()
    return Page(
        filing=filing,
        run=run,
        tone=TONES[filing.verdict],
        facts=_facts(filing, run, words),
        manifest=(*manifest(run, words), *_sources(filing, words)),
        sentence=counts_sentence(filing, words),
        standing=_standing(filing),
        bars=coverage_bars(filing, words),
        gaps=gaps,
        groups=groups,
        brief_from=MOST_DRAWN + 1 if cards.many and len(groups) > MOST_DRAWN else 0,
        tables=tuple(_table_section(each, places, words) for each in printed),
        passages=passages,
        said=sum((each.counts for each in passages), Counter()),
        packs=_packs(filing, words),
        waivers=filing.waivers
        or tuple(each for each in waivers if (each.filer, each.year) == (filing.filer, filing.year)),
        waived_html=cards.waived(),
        waived_worked=any(each.waived is not None and each.expected is not None for each in filing.findings),
        fixed=filing.fixed,
        ledger_html=ledger_html(filing, places, words),
        letter=letter_of(filing, gaps, words),
    )


def manifest(run: RunJson, words: Words) -> tuple[Fact, ...]:
    """Return what produced the audit."""
    facts = [
        Fact(words("html.run.program"), f"gouji {run.version}"),
        Fact(words("html.run.rules"), "", run.rules),
        Fact(words("html.run.packs"), "、".join(run.packs)),
    ]
    return (*facts, Fact(words("html.run.started"), run.started)) if run.started else tuple(facts)


def _sources(filing: FilingJson, words: Words) -> tuple[Fact, ...]:
    """Return what the audit was made of."""
    files = [PurePath(file.path).name for file in filing.files] or [PurePath(filing.path).name]
    facts = [
        Fact(words("html.run.file"), "、".join(files)),
        Fact(words("html.run.sha256"), "", filing.sha256),
        Fact(words("html.run.layout"), filing.layout_title, filing.layout),
        Fact(words("html.run.layout-reason"), filing.layout_reason),
        Fact(words("html.run.previous"), filing.previous),
    ]
    return tuple(fact for fact in facts if fact.text or fact.code)


def _facts(filing: FilingJson, run: RunJson, words: Words) -> tuple[Fact, ...]:
    return (
        Fact(words("html.fact.level"), words(f"level.{filing.level}")),
        Fact(words("html.fact.layout"), filing.layout_title),
        Fact(words("html.fact.file"), PurePath(filing.path).name, filing.sha256[:12], f"sha256:{filing.sha256}"),
        Fact(words("html.fact.rules"), "", run.rules[:19], run.rules),
        Fact(words("html.fact.version"), f"gouji {run.version}"),
    )


def coverage_bars(filing: FilingJson, words: Words) -> tuple[Bar, ...]:
    """Return the coverage of outcomes, of figures, and of the numbers of the prose where there are any."""
    coverage = filing.coverage
    shares = {"outcomes": coverage.outcomes, "figures": coverage.figures}
    if coverage.prose[1]:
        shares["prose"] = coverage.prose
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


def _standing(filing: FilingJson) -> tuple[tuple[str, int], ...]:
    """Return how many findings are new, remaining, known to a baseline, waived, and gone; what is none is left out."""
    counts = Counter(finding.state.value for finding in filing.standing if finding.state)
    counts["baselined"] = sum(finding.baselined for finding in filing.standing)
    counts["waived"] = len(filing.waived)
    counts["fixed"], counts["lost"] = len(filing.fixed), len(filing.unverified)
    order = ("new", "remaining", "fixed", "lost", "baselined", "waived")
    return tuple((key, counts[key]) for key in order if counts[key])


def _table_section(printed: PrintedTable, places: Places, words: Words) -> TableSection:
    table = printed.table
    marks = [(cell.mark, cell.value is not None) for cell in table.cells()]
    sides, targets = _targets(printed.number, table, places)
    return TableSection(
        table=table,
        anchor=f"t-{printed.number}",
        at=where(table.at, words),
        counts=Counter(mark.value for mark, figure in marks if figure),
        open=any(mark is Ticked.FAILED for mark, _ in marks)
        or any(side and side.finding for each in targets for side in each.sides),
        head_html=head_html(printed, words),
        body_html=body_html(printed, places, words),
        sides=sides,
        targets=targets,
    )


def _targets(number: int, table: TableJson, places: Places) -> tuple[tuple[str, ...], tuple[Target, ...]]:
    """Return the sides that a target form prints, and its indicators with both sides of a line together."""
    sides = tuple(dict.fromkeys(indicator.side for indicator in table.indicators))
    lines: dict[tuple[object, ...], list[IndicatorCell | None]] = {}
    labels: dict[tuple[object, ...], tuple[str, str]] = {}
    for position, indicator in enumerate(table.indicators):
        key: tuple[object, ...] = (indicator.line,) if indicator.name or indicator.value else ("", position)
        side = sides.index(indicator.side)
        if key in lines and lines[key][side] is not None:
            key = (*key, position)
        cell = IndicatorCell(indicator, f"i-{number}-{position}", places.about(indicator))
        lines.setdefault(key, [None] * len(sides))[side] = cell
        labels.setdefault(key, (indicator.first, indicator.second))
    return sides, tuple(Target(*labels[key], tuple(pair)) for key, pair in lines.items())


def _packs(filing: FilingJson, words: Words) -> tuple[tuple[str, tuple[RuleLine, ...]], ...]:
    """Return the rules pack by pack, each with its counts; the order is that of the audit."""
    packs: dict[str, list[RuleLine]] = {}
    for position, rule in enumerate(filing.rules):
        reasons = tuple((reason.reason, reason.count) for reason in rule.reasons)
        packs.setdefault(rule.pack, []).append(RuleLine(rule, position, rule_name(rule, words), rule.outcomes, reasons))
    return tuple((pack, tuple(lines)) for pack, lines in packs.items())
