"""How findings stand: whether they count, are new or remaining, known to a baseline, or waived; and how many do."""

from __future__ import annotations

from enum import StrEnum

from checker.contract.finding import FindingJson
from checker.contract.shape import AuditJson
from checker.model.rule import Severity
from checker.outputs.plain import plain
from checker.outputs.words import Words


class Standing(StrEnum):
    """Whether a finding counts: it does, a baseline knows it, or somebody answers for it."""

    OPEN = "open"
    BASELINED = "baselined"
    WAIVED = "waived"

    @classmethod
    def of(cls, finding: FindingJson) -> Standing:
        """Return how a finding stands; one that is waived and baselined is waived."""
        if finding.waived is not None:
            return cls.WAIVED
        return cls.BASELINED if finding.baselined else cls.OPEN


def remarks(finding: FindingJson, words: Words) -> tuple[str, ...]:
    """Return how a finding stands in words: new or remaining, with other figures, baselined, waived by whom and why."""
    told = [words(f"told.{finding.state}")] if finding.state else []
    if finding.before is not None:
        told.append(words("told.before", difference=finding.before or "—"))
    if finding.baselined:
        told.append(words("told.baselined"))
    if finding.waived is not None:
        told.append(waiver(finding, words))
    return tuple(map(plain, told))


def standing(finding: FindingJson, words: Words) -> str:
    """Return how a finding stands, in one line; nothing when there is nothing to say."""
    return words("worked.between").join(remarks(finding, words))


def waiver(finding: FindingJson, words: Words) -> str:
    """Return who answers for a waived finding, why, and until when; nothing when it is not waived."""
    given = finding.waived
    if given is None:
        return ""
    return plain(
        words(
            "told.waived",
            reason=given.reason,
            approver=given.approver,
            approved_on=given.approved_on,
            expires=given.expires,
        )
    )


def rank(finding: FindingJson) -> tuple[int, int, int]:
    """Return what sorts findings worst first: those that count, by severity, new ones before those that remain."""
    return list(Standing).index(Standing.of(finding)), Severity(finding.severity).rank, finding.state == "remaining"


def tally(audit: AuditJson) -> dict[str, int]:
    """Return how many findings of each severity count, how many are waived, and how many baselined among the first."""
    findings = [finding for filing in audit.filings for finding in filing.findings]
    standing = [finding for finding in findings if finding.waived is None]
    counts = {severity.value: sum(each.severity == severity for each in standing) for severity in Severity}
    counts["waived"] = len(findings) - len(standing)
    counts["baselined"] = sum(finding.baselined for finding in standing)
    return counts
