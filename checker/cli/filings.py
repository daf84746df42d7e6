"""Audited filings as `gouji baseline` and `gouji waivers` are given them: saved audits, or files to audit now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from checker.cli.words import give_up, say

if TYPE_CHECKING:
    from checker.contract.shape import FilingJson
    from checker.gate.settings import Settings

_SAVED = (".json", ".jsonl")


def waived_filings(paths: Sequence[Path], settings: Settings) -> Iterator[FilingJson]:
    """Yield the filings of some audits and paths with what is waived today marked."""
    from checker.cli.settings import gate_complaints
    from checker.gate.apply import open_gate

    with gate_complaints():
        gate = open_gate(waivers=settings.path("waivers"), today=today_here(), longest=settings.number("waiver-days"))
    for filing in audited(paths, settings):
        yield gate.apply(filing)


def today_here() -> str:
    """Return the day, as audits started now would be dated."""
    return datetime.now(UTC).date().isoformat()


def audited(paths: Sequence[Path], settings: Settings) -> Iterator[FilingJson]:
    """Yield the filings of saved audits (`*.json`, `*.jsonl`), and of files and folders, which are audited now.

    Files that cannot be read are named on the standard error, and the rest goes on.
    """
    for path in paths:
        if not path.exists():
            give_up(say("cli.no_path", path=path))
    from checker.cli.saved import saved_audit

    for path in paths:
        if path.suffix in _SAVED:
            yield from saved_audit(path).filings
    files = [path for path in paths if path.suffix not in _SAVED]
    if files:
        yield from _audited_now(files, settings)


def _audited_now(files: Sequence[Path], settings: Settings) -> Iterator[FilingJson]:
    from checker.cli.audit import check_rules
    from checker.cli.limits import parse_limits
    from checker.cli.run import tell_left_out
    from checker.cli.settings import check_lock
    from checker.contract.shape import UnreadableJson
    from checker.corpus.batch import Batch
    from checker.corpus.work import Order
    from checker.readers.parts import find_filings

    order = Order(tuple(settings.texts("rules")), settings.text("layout"), parse_limits(settings.texts("limits")))
    check_lock(settings, check_rules(order))
    reports: list[Path] = []
    groups = find_filings(files, order.grouping, reports)
    tell_left_out(reports)
    for _, results in Batch(order, settings.number("jobs")).results(groups):
        for result in results:
            if isinstance(result, UnreadableJson):
                typer.echo(say("gate.unreadable", path=result.path), err=True)
            else:
                yield result
