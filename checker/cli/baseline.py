"""`gouji baseline`: what was there when the gate was put up, made once and then only shrunk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.settings import BaselineOption, ConfigOption, WaiversOption, gate_complaints, settings_of
from checker.cli.words import LangOption, give_up, os_reason, say
from checker.gate.policy import Exit

if TYPE_CHECKING:
    from checker.contract.shape import FilingJson
    from checker.gate.baseline import Baseline
    from checker.gate.baseline_update import Change
    from checker.gate.settings import Settings

PathsArgument = Annotated[
    list[Path],
    typer.Argument(metavar="AUDIT.json|PATH", help=say("help.baseline.paths"), show_default=False),
]


def create(
    context: typer.Context,
    paths: PathsArgument,
    *,
    baseline: BaselineOption = None,
    waivers: WaiversOption = None,
    force: Annotated[bool, typer.Option("--force", help=say("help.baseline.force"))] = False,
    config: ConfigOption = None,
    lang: LangOption = "zh",
) -> None:
    """Write every present finding that is not waived as a baseline."""
    from checker.gate import baseline_update

    settings = settings_of(context, paths, config)
    target = _target(settings)
    if target.exists() and not force:
        give_up(say("gate.exists", path=target))
    filings = _Filings(paths, settings)
    change = baseline_update.create(filings, target.parent)
    filings.must_be_some()
    _write(target, change)
    typer.echo(say("gate.created", path=target, count=_count(change)), err=True)


def update(
    context: typer.Context,
    paths: PathsArgument,
    *,
    baseline: BaselineOption = None,
    waivers: WaiversOption = None,
    grow: Annotated[bool, typer.Option("--grow", help=say("help.baseline.grow"))] = False,
    config: ConfigOption = None,
    lang: LangOption = "zh",
) -> None:
    """Remove what is gone and record the rest as it is now; add nothing unless told to."""
    from checker.gate import baseline_update

    settings = settings_of(context, paths, config)
    target = _target(settings)
    known = _known(target)
    filings = _Filings(paths, settings)
    change = baseline_update.update(known, filings, grow)
    filings.must_be_some()
    _tell(target, known, change)
    if change.unknown:
        typer.echo(say("gate.unknown", count=change.unknown), err=True)
    if change.worse:
        typer.echo(say("gate.worse", count=change.worse), err=True)


def prune(
    context: typer.Context,
    paths: PathsArgument,
    *,
    baseline: BaselineOption = None,
    gone_files: Annotated[bool, typer.Option("--gone-files", help=say("help.baseline.gone_files"))] = False,
    config: ConfigOption = None,
    lang: LangOption = "zh",
) -> None:
    """Only remove what is gone."""
    from checker.gate import baseline_update

    settings = settings_of(context, paths, config)
    target = _target(settings)
    known = _known(target)
    filings = _Filings(paths, settings)
    change = baseline_update.prune(known, filings, gone_files)
    filings.must_be_some()
    _tell(target, known, change)


class _Filings:
    """The filings that some audits and paths hold, through the gate's waivers, one after another."""

    def __init__(self, paths: Sequence[Path], settings: Settings) -> None:
        from checker.cli.filings import waived_filings

        self._filings = waived_filings(paths, settings)
        self._any = False

    def __iter__(self) -> Iterator[FilingJson]:
        for filing in self._filings:
            self._any = True
            yield filing

    def must_be_some(self) -> None:
        """End when nothing was read: a baseline is not emptied by a mistyped folder."""
        if not self._any:
            typer.echo(say("gate.no_filing"), err=True)
            raise typer.Exit(Exit.INCOMPLETE)


def _target(settings: Settings) -> Path:
    """Return the file to write: the one that is named or found, else the default one beside `gouji.toml`, or here."""
    from checker.gate.baseline import FILE

    if not settings.lock.allows("baseline"):
        give_up(say("gate.lock.no_baseline", where=settings.lock.where("baseline")))
    return settings.path("baseline") or settings.home / FILE


def _known(target: Path) -> Baseline:
    from checker.gate.baseline import read_baseline

    if not target.exists():
        give_up(say("gate.no_file", path=target))
    with gate_complaints():
        return read_baseline(target)


def _tell(target: Path, known: Baseline, change: Change) -> None:
    """Write a baseline when it changes, and say what became of it."""
    if change.entries == known.entries:
        typer.echo(say("gate.unchanged", path=target, count=_count(change)), err=True)
        return
    _write(target, change)
    typer.echo(
        say("gate.updated", path=target, dropped=change.dropped, added=change.added, count=_count(change)), err=True
    )


def _write(target: Path, change: Change) -> None:
    from checker.gate.baseline import write_baseline
    from checker.outputs.files import write_whole

    try:
        write_whole(target, write_baseline(change.entries))
    except OSError as error:
        give_up(say("cli.cannot_write", path=target, reason=os_reason(error)))


def _count(change: Change) -> int:
    return sum(entry.count for entry in change.entries)
