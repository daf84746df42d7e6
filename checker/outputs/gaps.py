"""What could not be verified of a filing: never left out of any report that says how it came out.

The values are here, in no language; `gap_words` has them in sentences and rows, `html_gaps` for the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from checker.contract.place import At
from checker.contract.rule import ReasonJson, RuleJson
from checker.contract.shape import FilingJson
from checker.model.outcome import Verdict


class Sort(StrEnum):
    """What sort of thing was not verified.

    A form that is not there · outcomes that could not be assessed, by a rule that failed or for other reasons · a cell
    not read · a doubt about how a table was read · a part that was not audited · one that is none of the filing's own ·
    a finding of the previous audit that is not found again only because it was not looked for this time.
    """

    MISSING = "missing"
    FAULT = "fault"
    UNASSESSED = "unassessed"
    UNREAD = "unread"
    DOUBT = "doubt"
    SKIPPED = "skipped"
    FOREIGN = "foreign"
    UNVERIFIED = "unverified"


_HARMLESS = frozenset({Sort.DOUBT, Sort.FOREIGN, Sort.UNVERIFIED})


class Subject(msgspec.Struct, frozen=True):
    """What an outcome that could not be assessed is about, and where that stands."""

    what: str
    at: At | None


class Gap(msgspec.Struct, frozen=True):
    """Something that was not verified.

    `what` is the form, the place in a table, the table, the title of a part, or the message of a finding; `text` what
    is printed there. Outcomes of one `rule` that have one reason are one gap: `count` of them, about `subjects` as far
    as these are known. `count` of a part are its lines; `table` is the number of the table that a doubt is about;
    the `reason` of a finding is its rule.
    """

    sort: Sort
    what: str = ""
    reason: str = ""
    at: At | None = None
    text: str = ""
    count: int = 1
    rule: RuleJson | None = None
    subjects: tuple[Subject, ...] = ()
    table: int = -1

    @property
    def grave(self) -> bool:
        """Whether the verification is incomplete for it."""
        return self.sort not in _HARMLESS


def gaps_of(filing: FilingJson) -> Iterator[Gap]:
    """Yield what was not verified: forms missing, outcomes not assessed, cells unread, doubts, parts, findings."""
    for form in filing.missing:
        yield Gap(Sort.MISSING, form)
    for rule in filing.rules:
        for reason in rule.reasons:
            if reason.outcome in {Verdict.UNASSESSED, Verdict.FAULT}:
                yield _unassessed(rule, reason)
    for lost in filing.unread:
        yield Gap(Sort.UNREAD, lost.where, lost.reason, lost.at, lost.text)
    for number, table in enumerate(filing.tables):
        for doubt in table.doubts:
            yield Gap(Sort.DOUBT, table.label, doubt, table.at, table=number)
    for part in filing.skipped:
        sort = Sort.FOREIGN if part.foreign else Sort.SKIPPED
        yield Gap(sort, part.title, part.reason, part.at, count=part.lines)
    for finding in filing.unverified:
        yield Gap(Sort.UNVERIFIED, finding.message, finding.rule, finding.at)


def _unassessed(rule: RuleJson, reason: ReasonJson) -> Gap:
    places = reason.places or (None,) * len(reason.about)
    subjects = tuple(Subject(about, place) for about, place in zip(reason.about, places, strict=False))
    first = next((place for place in reason.places if place), None)
    return Gap(Sort(reason.outcome), "", reason.reason, first, count=reason.count, rule=rule, subjects=subjects)
