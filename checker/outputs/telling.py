"""What every format says of a finding beside its message: the worked line, how it stands, what was not verified."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from checker.contract.finding import FindingJson
from checker.contract.place import At
from checker.contract.rule import RuleJson
from checker.contract.shape import AuditJson, FilingJson
from checker.model.outcome import Verdict
from checker.model.rule import Severity
from checker.outputs.places import where
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


class Gap(msgspec.Struct, frozen=True):
    """Something that was not verified: of which sort, in a sentence, and where.

    `sort` is missing, unassessed, fault, unread, skipped; or doubt, about how a table was read, or foreign, a part that
    is none of the filing's own: the verification can be complete with these.
    """

    sort: str
    text: str
    at: At | None = None

    @property
    def grave(self) -> bool:
        """Whether the verification is incomplete for it."""
        return self.sort not in {"doubt", "foreign"}


def gaps(filing: FilingJson, words: Words) -> tuple[Gap, ...]:
    """Return all that could not be verified in a filing, each once."""
    return tuple(dict.fromkeys(_gaps(filing, words)))


def _gaps(filing: FilingJson, words: Words) -> Iterator[Gap]:
    if filing.missing:
        yield Gap("missing", words("console.missing", count=len(filing.missing), forms="、".join(filing.missing)))
    for rule in filing.rules:
        for reason in rule.reasons:
            if reason.outcome in {Verdict.UNASSESSED, Verdict.FAULT}:
                sort = "fault" if reason.outcome == Verdict.FAULT else "unassessed"
                at = next((place for place in reason.places if place), None)
                yield Gap(sort, plain(words("console.unassessed", rule=rule.id, reason=reason.reason)), at)
    for lost in filing.unread:
        text = words("console.unread", place=where(lost.at, words), text=lost.text, reason=lost.reason)
        yield Gap("unread", plain(text), lost.at)
    for table in filing.tables:
        for doubt in table.doubts:
            text = words("told.doubt", table=table.label, place=where(table.at, words), doubt=doubt)
            yield Gap("doubt", plain(text), table.at)
    for part in filing.skipped:
        text = words("console.skipped", place=where(part.at, words), reason=part.reason, lines=part.lines)
        yield Gap("foreign" if part.foreign else "skipped", plain(text), part.at)


def gap_lines(filing: FilingJson, words: Words, most: int = 0) -> tuple[str, ...]:
    """Return in a line each for what the verification is incomplete, at `most` so many (0: all) and how many more."""
    lines = [gap.text for gap in gaps(filing, words) if gap.grave]
    if most and len(lines) > most:
        lines[most:] = [words("console.more_doubts", count=len(lines) - most)]
    return tuple(lines)


def rule_name(rule: RuleJson, words: Words) -> str:
    """Return the name of a rule in the language of the report."""
    return rule.name_en if words.language == "en" and rule.name_en else rule.name


def filing_title(filing: FilingJson, words: Words) -> str:
    """Return whose filing it is, of which year and stage."""
    stage = words(f"stage.{filing.stage}")
    return plain(words("console.title", filer=filing.filer or "—", year=filing.year or "—", stage=stage))


def worked(finding: FindingJson, words: Words) -> str:
    """Return the worked line of a finding, or nothing when it compares no amounts."""
    if finding.actual is None or finding.expected is None:
        return ""
    key = "told.worked" if finding.difference is not None else "told.pair"
    return plain(
        words(
            key,
            actual=finding.actual,
            expected=finding.expected,
            difference=finding.difference,
            unit=finding.unit,
        )
    )


def unsaid(finding: FindingJson, words: Words) -> str:
    """Return the worked line where the message does not name both amounts itself; else nothing."""
    named = (text for text in (finding.actual, finding.expected) if text is not None)
    return "" if all(text.lstrip("+-") in finding.message for text in named) else worked(finding, words)


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
