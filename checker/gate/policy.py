"""Exit codes, and the sentence that says why."""

from __future__ import annotations

from enum import IntEnum, StrEnum

import msgspec

from checker.contract.shape import AuditJson, FilingJson
from checker.model.outcome import Verdict
from checker.model.rule import Severity


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
    """An exit code, and the message key and values that say why."""

    code: Exit
    reason: str
    values: dict[str, object] = {}


def decide(audit: AuditJson, fail_on: FailOn = FailOn.ERROR, min_coverage: int = 100) -> Decision:
    """Return how a run ends.

    `min_coverage` is the least share of applicable outcomes, in percent, that each filing must have had assessed.
    """
    faults = sum(filing.outcomes[Verdict.FAULT] for filing in audit.filings)
    faults += sum(file.bug for file in audit.unreadable)
    if faults:
        return Decision(Exit.BROKEN, "exit.fault", {"count": faults})
    failing = sum(count_failing(filing, fail_on) for filing in audit.filings)
    if failing:
        return Decision(Exit.FINDINGS, "exit.findings", {"count": failing})
    if not audit.filings and not audit.unreadable:
        return Decision(Exit.INCOMPLETE, "exit.nothing")
    if audit.unreadable:
        return Decision(Exit.INCOMPLETE, "exit.unreadable", {"count": len(audit.unreadable)})
    missing = [filing for filing in audit.filings if filing.missing]
    if missing:
        return Decision(Exit.INCOMPLETE, "exit.missing", {"count": len(missing)})
    low = [filing for filing in audit.filings if not covered(filing, min_coverage)]
    if low:
        return Decision(Exit.INCOMPLETE, "exit.coverage", {"count": len(low), "percent": min_coverage})
    milder = sum(len(filing.standing) for filing in audit.filings)
    return Decision(Exit.CLEAN, "exit.milder", {"count": milder}) if milder else Decision(Exit.CLEAN, "exit.clean")


def count_failing(filing: FilingJson, fail_on: FailOn) -> int:
    """Return how many findings are at or above the severity that fails a run."""
    if fail_on is FailOn.NEVER:
        return 0
    worst = Severity(fail_on).rank
    return sum(Severity(each.severity).rank <= worst for each in filing.standing if not each.baselined)


def covered(filing: FilingJson, min_coverage: int) -> bool:
    """Say whether enough of a filing was assessed; a number or a part that could not be read counts against 100 %."""
    if min_coverage >= 100 and not filing.legible:
        return False
    assessed, applicable = filing.coverage.outcomes
    return assessed * 100 >= applicable * min_coverage
