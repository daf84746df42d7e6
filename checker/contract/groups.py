"""Observations with their findings: what a reviewer has to look into, each once, in the order to look at them in."""

from __future__ import annotations

import msgspec

from checker.contract.finding import FindingJson
from checker.contract.rule import RuleJson
from checker.contract.shape import FilingJson


class Group(msgspec.Struct, frozen=True):
    """The findings of one rule at one severity, in reading order; `first` speaks for all."""

    rule: RuleJson
    severity: str
    first: FindingJson
    findings: tuple[FindingJson, ...]

    @property
    def count(self) -> int:
        """How many places show it."""
        return len(self.findings)

    @property
    def others(self) -> tuple[FindingJson, ...]:
        """The findings but the first."""
        return tuple(finding for finding in self.findings if finding is not self.first)


def groups(filing: FilingJson) -> tuple[Group, ...]:
    """Return the findings that are not waived, those of one observation together."""
    rules = {rule.id: rule for rule in filing.rules}
    standing: dict[tuple[str, str], list[FindingJson]] = {}
    for finding in filing.standing:
        standing.setdefault((finding.rule, finding.severity), []).append(finding)
    found = []
    for each in filing.observations:
        findings = standing.pop((each.rule, each.severity), [])
        if findings:
            first = next((finding for finding in findings if finding.id == each.first), findings[0])
            found.append(Group(rules[each.rule], each.severity, first, tuple(findings)))
    return tuple(found)
