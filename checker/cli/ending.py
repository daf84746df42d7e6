"""The last line of a run, and what is to be said before it of the baseline and the waivers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from checker.cli.words import say
from checker.gate.policy import Decision, Exit

if TYPE_CHECKING:
    from checker.contract.waiver import WaiverJson
    from checker.gate.baseline import Entry

MOST: Final = 5
"""Waivers, or entries of the baseline, that are named; the others are counted."""


def ending(decision: Decision) -> str:
    """Return how a run ended and why, and how many findings were let pass by what."""
    values = dict(decision.values)
    if decision.code is Exit.FINDINGS:
        counts = {severity: values.pop(f"{severity}s") for severity in ("error", "warning", "notice")}
        parts = [say("exit.severity", severity=say(f"severity.{each}"), count=n) for each, n in counts.items() if n]
        values["severities"] = say("exit.and").join(parts)
    line = say(decision.reason, **values)
    accepted = [say(f"exit.{name}", count=count) for name, count in decision.accepted.items()]
    return line + (say("exit.accepted", parts=say("exit.and").join(accepted)) if accepted else "")


def remarks(waivers: Iterable[WaiverJson], stale: Iterable[Entry]) -> Iterator[str]:
    """Yield what is to be looked after: waivers that waive nothing any more, and what the baseline need not know."""
    idle = [waiver for waiver in waivers if waiver.state != "used"]
    for waiver in idle[:MOST]:
        yield say(
            f"gate.waiver.{waiver.state}",
            rule=waiver.rule,
            filer=waiver.filer,
            year=waiver.year,
            expires=waiver.expires,
            lapsed=len(waiver.lapsed),
        )
    if len(idle) > MOST:
        yield say("gate.more", count=len(idle) - MOST)
    gone = sum(entry.count for entry in stale)
    if gone:
        yield say("gate.stale", count=gone)
