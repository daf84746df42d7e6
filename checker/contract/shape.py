"""The shape of the JSON audit, `gouji/audit/1`: what other programs rely on. Fields are added, never changed.

Added fields have defaults, so that audits written by earlier versions can still be read. What a filing consists of
stands beside this: `printed`, `rule`, `finding`, `waiver`, `unverified`, and `reading`.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

import msgspec

from checker.contract.finding import FindingJson, ObservationJson
from checker.contract.place import At
from checker.contract.printed import PassageJson, TableJson
from checker.contract.reading import ContractsJson
from checker.contract.rule import RuleJson
from checker.contract.unverified import SkippedJson, UnreadJson, UntickedJson
from checker.contract.waiver import WaiverJson

SCHEMA: Final = "gouji/audit/1"


class RunJson(msgspec.Struct, frozen=True):
    """What produced the audit; the only part that differs between two runs over the same files."""

    version: str
    rules: str
    started: str
    packs: tuple[str, ...] = ()


class CoverageJson(msgspec.Struct, frozen=True):
    """Assessed outcomes of applicable ones, and ticked figures of all numeric cells: [so many, of so many].

    `prose` counts the numbers of the narrative that a relation touches, of all that count or measure something.
    """

    outcomes: tuple[int, int]
    figures: tuple[int, int]
    prose: tuple[int, int] = (0, 0)


class AmountJson(msgspec.Struct, frozen=True):
    """A printed amount of the year: one of the sources, classes or uses (`part`), or their total, which has no name.

    `value` is exact, in `unit`.
    """

    part: str
    name: str
    text: str
    value: str
    unit: str


class EarlierJson(msgspec.Struct, frozen=True):
    """What the same filer published for an earlier year, as far as the years are compared."""

    year: int
    amounts: tuple[AmountJson, ...]


class FileJson(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file of a filing, and the name by which places refer to it (`at.file`), empty where it is the only one."""

    path: str
    name: str = ""


class FilingJson(msgspec.Struct, frozen=True):
    """One audited filing.

    `verdict` is the conclusion over the findings that are not waived; `complete` whether everything required was found
    and everything applicable assessed. `files` are what it was read from; `sha256` is that of the file, or that over
    the hashes of several. `fixed` are the findings of the previous audit that are gone, `unverified` those that are
    not found again only because this time their rule was not applied or their place not read; `previous` is when that
    audit was started. `waivers` are those for this filer and year, with what became of them in this filing. `earlier`
    is what the filer published for an earlier year, where the previous audit has it.
    """

    path: str
    sha256: str
    filer: str
    year: int
    stage: str
    level: str
    layout: str
    verdict: str
    coverage: CoverageJson
    tables: tuple[TableJson, ...]
    missing: tuple[str, ...]
    skipped: tuple[SkippedJson, ...]
    unread: tuple[UnreadJson, ...]
    unticked: tuple[UntickedJson, ...]
    outcomes: dict[str, int]
    findings: tuple[FindingJson, ...]
    rules: tuple[RuleJson, ...]
    layout_reason: str = ""
    observations: tuple[ObservationJson, ...] = ()
    layout_title: str = ""
    complete: bool = False
    files: tuple[FileJson, ...] = ()
    passages: tuple[PassageJson, ...] = ()
    fixed: tuple[FindingJson, ...] = ()
    previous: str = ""
    unverified: tuple[FindingJson, ...] = ()
    waivers: tuple[WaiverJson, ...] = ()
    earlier: EarlierJson | None = None

    @property
    def standing(self) -> tuple[FindingJson, ...]:
        """The findings that are not waived."""
        return tuple(finding for finding in self.findings if finding.waived is None)

    @property
    def waived(self) -> tuple[FindingJson, ...]:
        """The findings that somebody answers for; they count nowhere else."""
        return tuple(finding for finding in self.findings if finding.waived is not None)

    @property
    def severities(self) -> Counter[str]:
        """How many findings of each severity that are not waived."""
        return Counter(finding.severity for finding in self.standing)

    @property
    def legible(self) -> bool:
        """Whether every number was read, and every part but those known to be foreign."""
        return not self.unread and all(part.foreign for part in self.skipped)


class UnreadableJson(msgspec.Struct, frozen=True):
    """A file that could not be audited at all; `bug` when the program itself failed over it."""

    path: str
    reason: str
    sha256: str
    at: At | None
    bug: bool = False


class AuditJson(msgspec.Struct, frozen=True):
    """The whole audit; `contracts` only where the contracts on the reading were checked, too."""

    schema: str
    run: RunJson
    filings: tuple[FilingJson, ...]
    unreadable: tuple[UnreadableJson, ...]
    waivers: tuple[WaiverJson, ...] = ()
    contracts: ContractsJson | None = None
