"""Observations: what a reviewer has to look into, each once, however many places show it.

Thirty projects that lack the same indicator are one observation with thirty places, not thirty lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import msgspec

from checker.model.figure import UNITS
from checker.model.finding import Finding
from checker.model.rule import RuleInfo, Severity

_TURN = {"present": 0, "values": 2, "text": 3}
"""Kinds in the order in which a reviewer cares: what is missing, then figures (1, any other kind), names, wording."""


class Observation(msgspec.Struct, frozen=True):
    """The findings of one rule at one severity in one filing, in reading order."""

    rule: RuleInfo
    severity: Severity
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that speaks for all: the largest difference, of equals the first printed."""
        return max(self.findings, key=amount)

    @property
    def count(self) -> int:
        """How many places show it."""
        return len(self.findings)


def observe(findings: Iterable[Finding]) -> tuple[Observation, ...]:
    """Group findings by rule and severity, in the order in which a reviewer should look at them.

    Worst first; within a severity what is missing, then figures by the largest amount of money at stake, then names and
    wording; of equals the first printed. A rule that finds at two severities (a last digit is a notice) makes two.
    """
    groups: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.severity, finding.rule.id), []).append(finding)
    observations = [Observation(group[0].rule, severity, tuple(group)) for (severity, _), group in groups.items()]
    return tuple(sorted(observations, key=_order))


def amount(finding: Finding) -> Decimal:
    """Return the difference of a finding in 元, without its sign; zero where no money was compared."""
    unit = UNITS.get(finding.unit)
    if finding.difference is None or unit is None or unit.dimension != "money":
        return Decimal(0)
    return abs(Decimal(finding.difference)).scaleb(unit.exponent)


def _order(observation: Observation) -> tuple[object, ...]:
    first = observation.findings[0]
    largest = amount(observation.first)
    turn = _TURN.get(observation.rule.kind.value, 1)
    return observation.severity.rank, turn, -largest, first.at.order, observation.rule.id
