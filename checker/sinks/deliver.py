"""Audited filings → gate → sinks, one at a time; in the end, how the run went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from checker.contract.brief import bare
from checker.contract.shape import SCHEMA, AuditJson, FilingJson, RunJson, UnreadableJson, WaiverJson
from checker.sinks import Sink


class Gate(Protocol):
    """What is between an audited filing and its outputs: comparison, baseline and waivers."""

    def apply(self, filing: FilingJson) -> FilingJson:
        """Return the filing with the states of its findings, and the verdict that follows."""

    def finish(self) -> tuple[WaiverJson, ...]:
        """Return what became of every waiver, when all filings have been seen."""


class Delivered(Protocol):
    """Who is told of each filing."""

    def __call__(self, result: FilingJson | UnreadableJson) -> None:
        """Hear of a filing that every output has taken."""


def deliver(
    results: Iterable[FilingJson | UnreadableJson],
    run: RunJson,
    sinks: Sequence[Sink],
    gate: Gate | None = None,
    told: Delivered | None = None,
) -> tuple[AuditJson, list[Path]]:
    """Give every filing to every sink, and close them.

    Return an audit of bare filings, which is enough to decide how the run ends, and the files written. Whatever goes
    wrong on the way, every sink is abandoned before it is raised.

    Raises:
        OSError: when an output cannot be written.
    """
    filings: list[FilingJson] = []
    unreadable: list[UnreadableJson] = []
    try:
        for result in results:
            if isinstance(result, UnreadableJson):
                unreadable.append(result)
            else:
                result = gate.apply(result) if gate else result
                for sink in sinks:
                    sink.add(result)
                filings.append(bare(result))
            if told:
                told(result)
        rest = AuditJson(SCHEMA, run, (), tuple(unreadable), gate.finish() if gate else ())
        return _with(rest, filings), _close(sinks, rest)
    except BaseException:
        for sink in sinks:
            sink.abandon()
        raise


def _with(rest: AuditJson, filings: list[FilingJson]) -> AuditJson:
    return AuditJson(rest.schema, rest.run, tuple(filings), rest.unreadable, rest.waivers)


def _close(sinks: Sequence[Sink], rest: AuditJson) -> list[Path]:
    return [path for sink in sinks for path in sink.close(rest)]
