"""An audit beside the one before: which findings are new, which remain, which are gone, and which cannot be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePath

import msgspec

from checker.contract.finding import FindingJson, State
from checker.contract.printed import TableJson
from checker.contract.shape import AuditJson, FilingJson
from checker.gate.earlier import Earlier
from checker.gate.reach import reachable, refs_of

Subject = tuple[str, int, str, str]
"""Whose filing it is: filer, year, stage, level."""


def compare(filing: FilingJson, previous: AuditJson) -> FilingJson:
    """Return a filing with the state of each finding, and with those of the previous audit that are gone."""
    return Previous(previous).compare(filing)


class Previous:
    """An audit made before, to compare filings with one by one."""

    def __init__(self, audit: AuditJson) -> None:
        self._started = audit.run.started
        self._earlier = Earlier(audit)
        self._by_subject: dict[Subject, list[FilingJson]] = defaultdict(list)
        self._by_path: dict[str, list[FilingJson]] = defaultdict(list)
        self._by_hash: dict[str, list[FilingJson]] = defaultdict(list)
        for filing in audit.filings:
            # Only what a comparison needs is kept: the tables of ten thousand filings would not fit.
            kept = msgspec.structs.replace(filing, tables=_labels_only(filing), unticked=())
            self._by_subject[_subject(filing)].append(kept)
            self._by_path[PurePath(filing.path).as_posix()].append(kept)
            self._by_hash[filing.sha256].append(kept)

    def match(self, filing: FilingJson) -> FilingJson | None:
        """Return the same filing as it was audited before.

        It is known by filer, year, stage and level; where several are alike, or none is, by its path, then its bytes.
        A filing of another year that now stands under the same path is not the same filing.
        """
        path = PurePath(filing.path).as_posix()
        alike = self._by_subject.get(_subject(filing), []) if filing.filer else []
        if len(alike) == 1:
            return alike[0]
        if alike:
            return _same_file(alike, filing) or alike[0]
        named = [each for each in self._by_path.get(path, []) if _may_be(each, filing)]
        return next(iter([*named, *self._by_hash.get(filing.sha256, [])]), None)

    def compare(self, filing: FilingJson) -> FilingJson:
        """Return a filing with the state of each finding, and with the year before; unchanged when neither is known."""
        if earlier := self._earlier.of(filing):
            filing = msgspec.structs.replace(filing, earlier=earlier)
        before = self.match(filing)
        if before is None:
            return filing
        findings, gone = _paired(filing, before)
        labels = {table.label for table in before.tables} | {passage.name for passage in before.passages}
        fixed: list[FindingJson] = []
        unverified: list[FindingJson] = []
        for finding in gone:
            again = reachable(finding.rule, refs_of(finding), filing, labels, before.layout)
            (fixed if again else unverified).append(_without_ties(finding))
        return msgspec.structs.replace(
            filing,
            findings=findings,
            fixed=tuple(fixed),
            unverified=tuple(unverified),
            previous=self._started,
        )


def _labels_only(filing: FilingJson) -> tuple[TableJson, ...]:
    return tuple(msgspec.structs.replace(table, body=(), fields={}, indicators=()) for table in filing.tables)


def _subject(filing: FilingJson) -> Subject:
    return filing.filer, filing.year, filing.stage, filing.level


def _same_file(alike: Sequence[FilingJson], filing: FilingJson) -> FilingJson | None:
    """Return which of several filings of one subject is the same file: by path, by bytes, by the file's own name."""
    path = PurePath(filing.path)
    for same in (
        lambda each: PurePath(each.path) == path,
        lambda each: each.sha256 == filing.sha256,
        lambda each: PurePath(each.path).name == path.name,
    ):
        found = next(filter(same, alike), None)
        if found is not None:
            return found
    return None


def _may_be(before: FilingJson, filing: FilingJson) -> bool:
    """Say whether a file under the same path can be the same filing, read better or worse than before."""
    return before.stage == filing.stage and (before.year == filing.year or 0 in {before.year, filing.year})


def _paired(filing: FilingJson, before: FilingJson) -> tuple[tuple[FindingJson, ...], list[FindingJson]]:
    """Return the findings with their state, and those of before that are gone.

    A fingerprint can occur twice in a filing: so many remain as there were. Where filer or year were read otherwise,
    fingerprints differ throughout, and rule and place say what is the same.
    """
    by_id = (before.filer, before.year, before.stage) == (filing.filer, filing.year, filing.stage)
    waiting: dict[str, list[int]] = defaultdict(list)
    for number, finding in enumerate(before.findings):
        waiting[_identity(finding, by_id)].append(number)
    told: dict[int, FindingJson] = {}
    for exact in (True, False):
        for position, finding in enumerate(filing.findings):
            known = waiting[_identity(finding, by_id)]
            if position not in told:
                other = next((n for n in known if not exact or before.findings[n].values == finding.values), None)
                if other is not None:
                    known.remove(other)
                    told[position] = _remaining(finding, before.findings[other])
    findings = tuple(
        told.get(position) or msgspec.structs.replace(finding, state=State.NEW, before=None)
        for position, finding in enumerate(filing.findings)
    )
    left = sorted(number for known in waiting.values() for number in known)
    return findings, [before.findings[number] for number in left]


def _identity(finding: FindingJson, by_id: bool) -> str:
    return finding.id if by_id else f"{finding.rule}\x1f{finding.ref}"


def _remaining(finding: FindingJson, other: FindingJson) -> FindingJson:
    before = None if finding.values == other.values else other.difference or ""
    return msgspec.structs.replace(finding, state=State.REMAINING, before=before)


def _without_ties(finding: FindingJson) -> FindingJson:
    """Return a finding that is gone without what only held in its own audit: cells by position, state, waiver."""
    operands = tuple(msgspec.structs.replace(operand, address=()) for operand in finding.operands)
    return msgspec.structs.replace(
        finding, operands=operands, address=(), state=State.UNKNOWN, baselined=False, waived=None, before=None
    )
