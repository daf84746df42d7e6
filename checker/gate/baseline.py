"""The baseline: findings that were there when a repository of filings was put under the gate, `gouji/baseline/1`.

A finding is known by its fingerprint, which holds still when pages and figures move. One whose difference has grown
since is not let pass: that it was there before does not excuse that it is worse now.
"""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from decimal import Decimal
from functools import lru_cache
from glob import escape
from pathlib import Path, PurePath
from typing import Final

import msgspec

from checker.contract.finding import FindingJson
from checker.contract.shape import FilingJson
from checker.gate.reach import reachable
from checker.model.figure import UNITS

SCHEMA: Final = "gouji/baseline/1"
FILE: Final = "gouji-baseline.json"
"""The name of a baseline where no other is given."""
_TOLD: Final = 60
"""Characters of a finding's message that are kept, for people who read the file."""

_DIFFERENCE: Final = re.compile(r"(?:[+-]?[0-9]{1,60}(?:\.[0-9]{1,60})?)?", re.ASCII)


class NotABaseline(ValueError):
    """A file is no baseline; the message says why, in one line."""


class Entry(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A finding that is known: so many times, in the filing at a path (relative to the baseline's folder).

    `id` and `values` are the finding's hashes, `difference` in `unit` what it amounted to; `message` is for people.
    """

    filer: str
    year: int
    path: str
    rule: str
    ref: str
    id: str
    values: str
    stage: str = ""
    severity: str = ""
    difference: str = ""
    unit: str = ""
    count: int = 1
    message: str = ""

    @property
    def order(self) -> tuple[str, int, str, str, str, str, str, str]:
        """Where it stands in the file."""
        return self.filer, self.year, self.stage, self.path, self.rule, self.ref, self.id, self.values


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: str
    entries: tuple[Entry, ...] = ()


class Claim(msgspec.Struct, frozen=True):
    """A finding, and the entry that knows it (its position; None when none does); `worse` when it amounts to more."""

    finding: FindingJson
    entry: int | None
    worse: bool = False

    @property
    def accepted(self) -> bool:
        """Whether the baseline lets it pass."""
        return self.entry is not None and not self.worse


class Baseline:
    """Entries, and which of them have been found again so far."""

    def __init__(self, entries: tuple[Entry, ...], folder: Path) -> None:
        self.entries = tuple(sorted(entries, key=lambda entry: entry.order))
        self.claimed = Counter[int]()
        self._folder = folder.resolve()
        self._open: set[int] = set()
        self._gone: set[int] = set()
        self._by_id: dict[str, list[int]] = defaultdict(list)
        self._by_subject: dict[tuple[str, int, str], list[int]] = defaultdict(list)
        for position, entry in enumerate(self.entries):
            self._by_id[entry.id].append(position)
            self._by_subject[entry.filer, entry.year, entry.stage].append(position)
        self.is_there = lru_cache(maxsize=None)(self._is_there)

    def apply(self, filing: FilingJson) -> FilingJson:
        """Return a filing with the findings marked that the baseline knows."""
        findings = tuple(
            msgspec.structs.replace(
                claim.finding, baselined=claim.accepted, before=self._before(claim) or claim.finding.before
            )
            for claim in self.claims(filing)
        )
        return msgspec.structs.replace(filing, findings=findings)

    def claims(self, filing: FilingJson) -> list[Claim]:
        """Return each finding of a filing with the entry that knows it, and note which entries it leaves over.

        An entry knows a finding as often as it counts; first those with the same figures are given out.
        """
        path = self.place_of(filing)
        claims: dict[int, Claim] = {}
        for exact in (True, False):
            for position, finding in enumerate(filing.findings):
                entry = self._free(finding, path, exact) if position not in claims else None
                if entry is not None:
                    self.claimed[entry] += 1
                    claims[position] = Claim(finding, entry, _worse(finding, self.entries[entry]))
        self._note_left(filing, path)
        return [claims.get(number) or Claim(finding, None) for number, finding in enumerate(filing.findings)]

    def left(self, position: int) -> int:
        """Return how many findings of an entry were not found again, its filing audited and its rule applied."""
        if position not in self._gone or position in self._open:
            return 0
        return self.entries[position].count - self.claimed[position]

    def stale(self) -> tuple[Entry, ...]:
        """Return the entries of the audited filings whose findings are gone, with the count of those."""
        return tuple(
            msgspec.structs.replace(entry, count=self.left(position))
            for position, entry in enumerate(self.entries)
            if self.left(position)
        )

    def place_of(self, filing: FilingJson) -> str:
        """Return where a filing stands, from the baseline's folder."""
        try:
            return PurePath(os.path.relpath(Path(filing.path).resolve(), self._folder)).as_posix()
        except ValueError:  # another drive
            return PurePath(filing.path).as_posix()

    def _before(self, claim: Claim) -> str | None:
        if claim.entry is None:
            return None
        entry = self.entries[claim.entry]
        return None if entry.values == claim.finding.values else entry.difference

    def _free(self, finding: FindingJson, path: str, exact: bool) -> int | None:
        """Return an entry that still knows this finding: of the same file, or of one that has been moved here."""
        moved = None
        for position in self._by_id.get(finding.id, ()):
            entry = self.entries[position]
            if self.claimed[position] >= entry.count or (exact and entry.values != finding.values):
                continue
            if entry.path == path:
                return position
            if moved is None and not (self.is_there(entry.path) and self.is_there(path)):
                moved = position
        return moved

    def _note_left(self, filing: FilingJson, path: str) -> None:
        """Note which entries of this filing have findings left over, and of which of those nothing can be said."""
        for position in self._by_subject.get((filing.filer, filing.year, filing.stage), ()):
            entry = self.entries[position]
            if entry.path == path or not self.is_there(entry.path):
                self._gone.add(position)
                if self.claimed[position] < entry.count and not reachable(entry.rule, {entry.ref}, filing):
                    self._open.add(position)

    def _is_there(self, path: str) -> bool:
        """Say whether a filing still stands under its path, or the files do whose common name it is."""
        place = self._folder / path
        return place.exists() or (place.parent.is_dir() and any(place.parent.glob(f"{escape(place.name)}*")))


def entry_of(finding: FindingJson, filing: FilingJson, path: str, count: int = 1) -> Entry:
    """Return the entry for a finding."""
    return Entry(
        filer=filing.filer,
        year=filing.year,
        path=path,
        rule=finding.rule,
        ref=finding.ref,
        id=finding.id,
        values=finding.values,
        stage=filing.stage,
        severity=finding.severity,
        difference=finding.difference or "",
        unit=finding.unit,
        count=count,
        message=finding.message[:_TOLD],
    )


def read_baseline(path: Path) -> Baseline:
    """Return the baseline in a file.

    Raises:
        OSError: when it cannot be opened.
        NotABaseline: when it is none.
    """
    try:
        file = msgspec.json.decode(path.read_bytes(), type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotABaseline(f"{path}: {error}") from None
    if file.schema != SCHEMA:
        raise NotABaseline(f"{path}: {file.schema} ≠ {SCHEMA}")
    for number, entry in enumerate(file.entries):
        if entry.count < 1 or not _DIFFERENCE.fullmatch(entry.difference):
            raise NotABaseline(f"{path}: entries[{number}]: count={entry.count}, difference={entry.difference!r}")
    return Baseline(file.entries, path.parent)


def write_baseline(entries: tuple[Entry, ...]) -> bytes:
    """Return the file: sorted, an entry a line, so that a change of one finding is a change of one line."""
    lines = [msgspec.json.encode(entry) for entry in sorted(entries, key=lambda entry: entry.order)]
    body = b",\n".join(lines)
    return b'{"schema":%b,"entries":[\n%b\n]}\n' % (msgspec.json.encode(SCHEMA), body)


def _worse(finding: FindingJson, entry: Entry) -> bool:
    """Say whether a finding amounts to more than it did; where nothing is measured, only its figures are others."""
    if finding.values == entry.values or finding.difference is None or not entry.difference:
        return False
    return _amount(finding.difference, finding.unit) > _amount(entry.difference, entry.unit)


def _amount(difference: str, unit: str) -> Decimal:
    known = UNITS.get(unit)
    return abs(Decimal(difference)).scaleb(known.exponent if known else 0)
