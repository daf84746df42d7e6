"""Exit codes, and the sentence that says why."""

from __future__ import annotations

from collections import Counter
from enum import IntEnum, StrEnum
from typing import Final

import msgspec

from checker.contract.finding import FindingJson, State
from checker.contract.shape import AuditJson, FilingJson, UnreadableJson
from checker.model.outcome import Verdict
from checker.model.rule import Kind, Severity


class Exit(IntEnum):
    """What the process returns; of several that apply the order of precedence is BROKEN, FINDINGS, INCOMPLETE."""

    CLEAN = 0
    FINDINGS = 1
    BROKEN = 2
    INCOMPLETE = 3


class FailOn(StrEnum):
    """The mildest severity that fails a run."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"
    NEVER = "never"


class Decision(msgspec.Struct, frozen=True):
    """An exit code, and the message key and values that say why; `accepted` counts what was let pass, and by what."""

    code: Exit
    reason: str
    values: dict[str, object] = {}
    accepted: dict[str, int] = {}


class Policy(msgspec.Struct, frozen=True):
    """What fails a run.

    `min_coverage` is the least share of applicable outcomes, in percent, that each filing must have had assessed.
    `new_only` lets findings pass that the previous audit had already.
    """

    fail_on: FailOn = FailOn.ERROR
    min_coverage: int = 100
    new_only: bool = False


class Tally:
    """Counts filings as they come, and decides at the end: nothing of them is kept."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._faults = self._filings = self._unreadable = 0
        self._missing = self._low = self._milder = 0
        self._lowest = 100
        self._failing = Counter[str]()
        self._accepted = Counter[str]()

    def add(self, filing: FilingJson) -> None:
        """Count a filing, after the gate said what is baselined and waived in it."""
        self._filings += 1
        self._faults += filing.outcomes.get(Verdict.FAULT, 0)
        self._missing += bool(lacking(filing))
        if not covered(filing, self.policy.min_coverage):
            self._low += 1
            self._lowest = min(self._lowest, percent_covered(filing))
        for finding in filing.findings:
            accepted = accepted_by(finding, self.policy.new_only)
            if not is_grave(finding, self.policy.fail_on):
                self._milder += finding.waived is None
            elif accepted:
                self._accepted[accepted] += 1
            else:
                self._failing[finding.severity] += 1

    def add_unreadable(self, file: UnreadableJson) -> None:
        """Count a file that could not be audited."""
        self._unreadable += 1
        self._faults += file.bug

    def decide(self) -> Decision:
        """Return how the run ends."""
        if self._faults:
            return self._decision(Exit.BROKEN, "exit.fault", count=self._faults)
        if self._failing:
            counts = {f"{severity}s": self._failing[severity] for severity in Severity}
            return self._decision(Exit.FINDINGS, "exit.findings", count=self._failing.total(), **counts)
        if not self._filings and not self._unreadable:
            return self._decision(Exit.INCOMPLETE, "exit.nothing")
        if self._unreadable:
            return self._decision(Exit.INCOMPLETE, "exit.unreadable", count=self._unreadable)
        if self._missing:
            return self._decision(Exit.INCOMPLETE, "exit.missing", count=self._missing)
        if self._low:
            return self._decision(
                Exit.INCOMPLETE, "exit.coverage", count=self._low, percent=self.policy.min_coverage, lowest=self._lowest
            )
        if self._milder:
            never = self.policy.fail_on is FailOn.NEVER
            return self._decision(Exit.CLEAN, "exit.never" if never else "exit.milder", count=self._milder)
        return self._decision(Exit.CLEAN, "exit.clean")

    def _decision(self, code: Exit, reason: str, **values: object) -> Decision:
        return Decision(code, reason, values, {name: self._accepted[name] for name in ACCEPTED if self._accepted[name]})


ACCEPTED: Final = ("baselined", "waived", "remaining")
"""What can let a finding pass, as messages count it: the baseline, a waiver, the previous audit (with `new_only`)."""


def decide(
    audit: AuditJson, fail_on: FailOn = FailOn.ERROR, min_coverage: int = 100, new_only: bool = False
) -> Decision:
    """Return how a run ends, its filings all at hand."""
    tally = Tally(Policy(fail_on, min_coverage, new_only))
    for filing in audit.filings:
        tally.add(filing)
    for file in audit.unreadable:
        tally.add_unreadable(file)
    return tally.decide()


def is_grave(finding: FindingJson, fail_on: FailOn) -> bool:
    """Say whether a finding is at or above the severity that fails a run."""
    return fail_on is not FailOn.NEVER and Severity(finding.severity).rank <= Severity(fail_on).rank


def accepted_by(finding: FindingJson, new_only: bool = False) -> str:
    """Return what lets a finding pass, one of `ACCEPTED`; nothing when it counts."""
    if finding.waived is not None:
        return "waived"
    if finding.baselined:
        return "baselined"
    return "remaining" if new_only and finding.state is State.REMAINING else ""


def lacking(filing: FilingJson) -> tuple[str, ...]:
    """Return the required forms that are missing, but for those whose absence was baselined or waived as a finding."""
    accepted = {finding.ref for finding in filing.findings if finding.kind == Kind.PRESENT and accepted_by(finding)}
    return tuple(form for form in filing.missing if form not in accepted)


def covered(filing: FilingJson, min_coverage: int) -> bool:
    """Say whether enough of a filing was assessed; a number or a part that could not be read counts against 100 %."""
    return percent_covered(filing) >= min_coverage


def percent_covered(filing: FilingJson) -> int:
    """Return the share of a filing that was assessed, in whole percent; 100 only when it was read completely, too."""
    assessed, applicable = filing.coverage.outcomes
    percent = assessed * 100 // applicable if applicable else 100
    return percent if filing.legible else min(percent, 99)
