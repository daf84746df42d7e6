"""What is kept of a filing for the index of a batch: a line's worth, so that ten thousand filings fit in memory."""

from __future__ import annotations

from collections import Counter
from sys import intern

import msgspec

from checker.contract.finding import State
from checker.contract.order import WORST_FIRST
from checker.contract.shape import FilingJson
from checker.model.conclusion import Conclusion
from checker.model.outcome import Verdict
from checker.model.rule import Severity


class Noted(msgspec.Struct, frozen=True, gc=False):
    """What one rule found in a filing at one severity: how often, and where first (its semantic address).

    `theme` is the pack that the rule stands in.
    """

    rule: str
    name: str
    name_en: str
    theme: str
    severity: str
    count: int
    ref: str


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """One filing in a batch; findings that are waived are counted in `waived` and nowhere else.

    `link` is the address of its page as seen from the index, quoted; nothing where there is none.
    Coverage is [so many, of so many]; `noted` stands in the order in which to look at it.
    """

    path: str
    link: str
    filer: str
    year: int
    stage: str
    level: str
    layout: str
    layout_title: str
    verdict: str
    errors: int
    warnings: int
    notices: int
    unassessed: int
    outcomes: tuple[int, int]
    figures: tuple[int, int]
    noted: tuple[Noted, ...] = ()
    missing: tuple[str, ...] = ()
    waived: int = 0
    baselined: int = 0
    new: int = 0
    remaining: int = 0
    fixed: int = 0

    @property
    def severities(self) -> tuple[int, int, int]:
        """How many errors, warnings and notices."""
        return self.errors, self.warnings, self.notices

    @property
    def rank(self) -> tuple[int, int, int, int, int, str]:
        """The worst come first: by verdict, then by how many findings of each severity, then by what is unassessed."""
        verdict = WORST_FIRST.index(Conclusion(self.verdict))
        return verdict, -self.errors, -self.warnings, -self.notices, -self.unassessed, self.path


def summary_of(filing: FilingJson, link: str = "") -> Summary:
    """Return what the index of a batch needs of a filing; `link` leads from the index to its page."""
    severities = filing.severities
    states = Counter(finding.state for finding in filing.standing)
    return Summary(
        path=filing.path,
        link=link,
        filer=filing.filer,
        year=filing.year,
        stage=_kept(filing.stage),
        level=_kept(filing.level),
        layout=_kept(filing.layout),
        layout_title=_kept(filing.layout_title),
        verdict=_kept(filing.verdict),
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        notices=severities[Severity.NOTICE],
        unassessed=filing.outcomes.get(Verdict.UNASSESSED, 0) + filing.outcomes.get(Verdict.FAULT, 0),
        outcomes=filing.coverage.outcomes,
        figures=filing.coverage.figures,
        noted=_noted(filing),
        missing=tuple(map(_kept, filing.missing)),
        waived=len(filing.waived),
        baselined=sum(finding.baselined for finding in filing.standing),
        new=states[State.NEW],
        remaining=states[State.REMAINING],
        fixed=len(filing.fixed),
    )


def _noted(filing: FilingJson) -> tuple[Noted, ...]:
    """Return the standing findings, those of one rule and severity together, in the order of the observations."""
    rules = {rule.id: rule for rule in filing.rules}
    order = [(each.rule, each.severity) for each in filing.observations]
    counts = Counter((finding.rule, finding.severity) for finding in filing.standing)
    refs: dict[tuple[str, str], str] = {}
    for finding in filing.standing:
        refs.setdefault((finding.rule, finding.severity), finding.ref)
    found = []
    for rule, severity in dict.fromkeys([*order, *counts]):
        if count := counts[rule, severity]:
            known = rules.get(rule)
            name, name_en, theme = (known.name, known.name_en, known.pack) if known else ("", "", "")
            ref = refs[rule, severity]
            found.append(
                Noted(_kept(rule), _kept(name), _kept(name_en), _kept(theme), _kept(severity), count, _kept(ref))
            )
    return tuple(found)


def _kept(text: str) -> str:
    """Return the one copy of a text that many filings share."""
    return intern(str(text))
