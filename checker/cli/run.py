"""One run of an audit: files → batch → gate → outputs → exit code."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
import typer

from checker.cli.ending import ending, remarks
from checker.cli.outputs import Output, check_pages, open_sinks, own_files
from checker.cli.progress import Progress
from checker.cli.words import give_up, os_reason, say
from checker.gate.policy import Decision, Policy, Tally

if TYPE_CHECKING:
    from checker.contract.shape import FilingJson, RunJson, UnreadableJson
    from checker.corpus.batch import Batch
    from checker.corpus.pieces import Files
    from checker.forms.vocabulary import Vocabulary
    from checker.gate.apply import Gate
    from checker.sinks.deliver import Contracts
    from checker.sinks.deliver import Gate as Passing


INTERRUPTED: Final = 130
"""The exit code of a run that was interrupted from the keyboard, as shells have it."""
TERMINATED: Final = 143
"""The exit code of a run that was told to end by the system."""


class Job(msgspec.Struct, frozen=True):
    """What one run is asked to do; `gate` makes the gate for it, given when the run was started.

    `contracts` asks for the contracts on the reading, too; `watched` are the files and folders that decide on the
    result beside `paths`.
    """

    paths: Sequence[Path]
    outputs: Sequence[Output]
    batch: Batch
    policy: Policy = Policy()
    gate: Callable[[RunJson], Gate | None] = lambda run: None
    contracts: bool = False
    watched: tuple[Path, ...] = ()


def run_once(job: Job) -> Decision:
    """Audit everything once, write every output, and say how it ended on the last line."""
    from checker.corpus.work import auditor_of

    run = _manifest(job.batch)
    gate = job.gate(run)
    groups = find_groups(job)
    progress = Progress(len(groups))
    tally = Tally(job.policy)
    contracts = contracts_of(auditor_of(job.batch.order).vocabulary) if job.contracts else None
    write_outputs(_results(job.batch, groups, progress), run, job.outputs, gate, (tally, progress), contracts)
    if job.batch.order.cached:
        from checker.cache import tidy

        tidy()
    tell_remarks(gate)
    return conclude(tally)


def find_groups(job: Job) -> list[Files]:
    """Return the files of each filing, without those that this run writes itself."""
    from checker.readers.parts import find_filings

    is_own = own_files(job.outputs)
    reports: list[Path] = []
    found = find_filings(job.paths, job.batch.order.grouping, reports)
    tell_left_out([path for path in reports if not is_own(path)])
    kept = (tuple(path for path in files if not is_own(path)) for files in found)
    groups = [files for files in kept if files]
    check_pages(job.outputs, groups)
    return groups


def tell_left_out(reports: Sequence[Path]) -> None:
    """Say which files in the folders are reports of ours, and were not audited as filings."""
    if reports:
        names = [*map(str, reports[:3]), *(["…"] if len(reports) > 3 else [])]
        typer.echo(say("cli.own_reports", count=len(reports), names=say("exit.and").join(names)), err=True)


def write_outputs(
    results: Iterable[FilingJson | UnreadableJson],
    run: RunJson,
    outputs: Sequence[Output],
    gate: Passing | None,
    counters: tuple[Tally, Progress],
    contracts: Contracts | None = None,
) -> None:
    """Send results through the gate to every output, and count them."""
    from checker.sinks.deliver import deliver

    progress = counters[-1]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))  # whatever is half-written is removed on the way
    try:
        sinks = open_sinks(outputs, run, progress.clear)
        written = deliver(results, run, sinks, gate, counters, contracts)
    except OSError as error:
        progress.clear()
        give_up(say("cli.cannot_write", path=error.filename2 or error.filename or "-", reason=os_reason(error)))
    except KeyboardInterrupt:
        progress.clear()
        typer.echo(f"gouji: {say('exit.interrupted')}", err=True)
        raise typer.Exit(INTERRUPTED) from None
    progress.clear()
    for path in written:
        typer.echo(say("cli.wrote", path=path), err=True)


def contracts_of(vocabulary: Vocabulary) -> Contracts:
    """Return what holds the contracts on the reading over a run, or end saying what is not installed for that."""
    from checker.expectations.contracts import Contracts as OfForms
    from checker.expectations.quiet import NotInstalled

    try:
        return OfForms(vocabulary)
    except NotInstalled as error:
        give_up(say("cli.expectations.not_installed", reason=error))


def tell_remarks(gate: Gate | None) -> None:
    """Say on the standard error which waivers and entries of the baseline are to be looked after."""
    for remark in remarks(gate.finish(), gate.stale()) if gate else ():
        typer.echo(remark, err=True)


def conclude(tally: Tally) -> Decision:
    """Say on the last line of the standard error how a run ended, and return it."""
    decision = tally.decide()
    typer.echo(f"gouji: {ending(decision)}", err=True)
    return decision


def _manifest(batch: Batch) -> RunJson:
    """Return what this run is made with; the clock is read here and nowhere else."""
    from checker import __version__
    from checker.contract.shape import RunJson
    from checker.corpus.work import auditor_of

    rules = auditor_of(batch.order).ruleset
    started = datetime.now(UTC).isoformat(timespec="seconds")
    return RunJson(__version__, f"sha256:{rules.digest}", started, rules.packs)


def _results(batch: Batch, groups: Sequence[Files], progress: Progress) -> Iterator[FilingJson | UnreadableJson]:
    with contextlib.closing(batch.results(groups)) as done:
        for _, results in done:
            progress.group_done()
            yield from results
