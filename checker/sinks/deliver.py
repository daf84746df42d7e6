"""Audited filings → gate → sinks, one at a time; in the end, how the run went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from checker.contract.reading import ContractsJson
from checker.contract.shape import SCHEMA, AuditJson, FilingJson, RunJson, UnreadableJson
from checker.contract.waiver import WaiverJson
from checker.sinks import Sink


class Gate(Protocol):
    """What is between an audited filing and its outputs: comparison, baseline and waivers."""

    def apply(self, filing: FilingJson) -> FilingJson:
        """Return the filing with the states of its findings, and the verdict that follows."""

    def finish(self) -> tuple[WaiverJson, ...]:
        """Return what became of every waiver, when all filings have been seen."""


class Contracts(Protocol):
    """What looks at how filings were read, over the whole run."""

    def add(self, filing: FilingJson) -> None:
        """Take a filing."""

    def finish(self) -> ContractsJson | None:
        """Return what it found, when all filings have been seen."""


class Counter(Protocol):
    """Who counts filings, to decide how the run ends or to say how far it is."""

    def add(self, filing: FilingJson) -> None:
        """Count a filing that every output has taken."""

    def add_unreadable(self, file: UnreadableJson) -> None:
        """Count a file that could not be audited."""


def deliver(
    results: Iterable[FilingJson | UnreadableJson],
    run: RunJson,
    sinks: Sequence[Sink],
    gate: Gate | None = None,
    counters: Sequence[Counter] = (),
    contracts: Contracts | None = None,
) -> list[Path]:
    """Give every filing to every sink, close them, and return the files written.

    Whatever goes wrong on the way, every sink is abandoned before it is raised.

    Raises:
        OSError: when an output cannot be written.
    """
    unreadable: list[UnreadableJson] = []
    try:
        for result in results:
            if isinstance(result, UnreadableJson):
                unreadable.append(result)
                for counter in counters:
                    counter.add_unreadable(result)
            else:
                filing = gate.apply(result) if gate else result
                for sink in sinks:
                    sink.add(filing)
                if contracts:
                    contracts.add(filing)
                for counter in counters:
                    counter.add(filing)
        waivers = gate.finish() if gate else ()
        rest = AuditJson(SCHEMA, run, (), tuple(unreadable), waivers, contracts.finish() if contracts else None)
        return [path for sink in sinks for path in sink.close(rest)]
    except BaseException:
        for sink in sinks:
            sink.abandon()
        raise
