"""How a baseline changes: made once, shrunk as findings go, and grown only when told to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from checker.contract.shape import FilingJson
from checker.gate.baseline import Baseline, Claim, Entry, entry_of


class Change(msgspec.Struct, frozen=True):
    """The entries of a baseline as they are to be, and how many findings were dropped, added and left out of it.

    `worse` counts those that have grown since and are still recorded as they were.
    """

    entries: tuple[Entry, ...]
    dropped: int = 0
    added: int = 0
    unknown: int = 0
    worse: int = 0


def create(filings: Iterable[FilingJson], folder: Path) -> Change:
    """Return a baseline of every finding that is not waived."""
    return update(Baseline((), folder), filings, grow=True)


def update(baseline: Baseline, filings: Iterable[FilingJson], grow: bool = False) -> Change:
    """Return a baseline without the findings that are gone, the others as they are now.

    What no audited filing could have is kept as it is; so is an entry whose rule was not applied this time. Unless it
    may `grow`, nothing is added, and a finding that has become worse keeps the difference it was known with.
    """
    kept: dict[int, list[Entry]] = {}
    added: list[Entry] = []
    unknown = worse = 0
    for filing in filings:
        path = baseline.place_of(filing)
        for claim in baseline.claims(filing):
            if claim.entry is not None:
                worse += claim.worse and not grow
                kept.setdefault(claim.entry, []).append(_renewed(baseline, claim, filing, path, grow))
            elif claim.finding.waived is None:
                if grow:
                    added.append(entry_of(claim.finding, filing, path))
                else:
                    unknown += 1
    entries: list[Entry] = added[:]
    dropped = 0
    for position, entry in enumerate(baseline.entries):
        entries += kept.get(position, [])
        gone = baseline.left(position)
        dropped += gone
        waiting = entry.count - baseline.claimed[position] - gone
        if waiting:
            entries.append(msgspec.structs.replace(entry, count=waiting))
    return Change(_counted(entries), dropped, len(added), unknown, worse)


def prune(baseline: Baseline, filings: Iterable[FilingJson], gone_files: bool = False) -> Change:
    """Return a baseline without the findings that are gone; every other entry stays as it is written.

    With `gone_files`, entries go, too, whose filing no longer stands where it stood and was not found elsewhere.
    """
    for filing in filings:
        baseline.claims(filing)
    left = [
        entry.count - baseline.claimed[position]
        if gone_files and not baseline.is_there(entry.path)
        else baseline.left(position)
        for position, entry in enumerate(baseline.entries)
    ]
    entries = [
        msgspec.structs.replace(entry, count=entry.count - gone)
        for entry, gone in zip(baseline.entries, left, strict=True)
        if entry.count > gone
    ]
    return Change(tuple(entries), sum(left))


def _renewed(baseline: Baseline, claim: Claim, filing: FilingJson, path: str, grow: bool) -> Entry:
    """Return the entry of a finding as it is now; one that has become worse is only moved, unless it may grow."""
    assert claim.entry is not None
    if claim.worse and not grow:
        return msgspec.structs.replace(baseline.entries[claim.entry], path=path, count=1)
    return entry_of(claim.finding, filing, path)


def _counted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries in their order, those that are alike as one."""
    counts: dict[Entry, int] = {}
    for entry in entries:
        alone = msgspec.structs.replace(entry, count=1)
        counts[alone] = counts.get(alone, 0) + entry.count
    found = (msgspec.structs.replace(entry, count=count) for entry, count in counts.items())
    return tuple(sorted(found, key=lambda entry: entry.order))
