"""`gouji audit --watch`: audit again whenever a file, a rule or a setting changes, until it is interrupted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from checker.cli.words import say

if TYPE_CHECKING:
    from watchfiles import Change

    from checker.cli.run import Job

SETTLED: Final = 400
"""Milliseconds in which changes are taken together: editors and office programs write a file in several steps."""
_SETTINGS: Final = frozenset({".yaml", ".yml", ".csv", ".toml", ".json"})
"""What rules, waivers, baselines and configuration are written in."""


def keep_auditing(prepare: Callable[[], Job]) -> int:
    """Audit now and after every change; return the exit code of the last run when interrupted.

    What is wrong in rules or settings is said, and tried again when they change.
    """
    from watchfiles import watch

    job: Job | None = None
    code = 0
    while True:
        job, code = _once(prepare, job, code)
        if job is None:  # nothing is known yet that could be watched
            return code
        typer.echo(say("cli.watching"), err=True)
        concerned = _concerned(job)
        changes = watch(*_roots([*job.paths, *job.watched]), watch_filter=concerned, debounce=SETTLED)
        try:
            changed = next(iter(changes))
        except (KeyboardInterrupt, StopIteration):
            return code
        _clear_screen()
        names = sorted({Path(path).name for _, path in changed})
        typer.echo(say("cli.changed", names="、".join(names[:3]), count=len(names)), err=True)


def _once(prepare: Callable[[], Job], before: Job | None, code: int) -> tuple[Job | None, int]:
    """Audit once; return what was asked for and the exit code. After a complaint the job of before stays in force."""
    from checker.cli.run import INTERRUPTED, run_once
    from checker.corpus.work import auditor_of, results_of

    auditor_of.cache_clear()
    results_of.cache_clear()
    try:
        job = prepare()
    except typer.Exit as failed:
        return before, failed.exit_code
    try:
        return job, run_once(job).code
    except typer.Exit as failed:
        if failed.exit_code == INTERRUPTED:
            raise typer.Exit(code) from None
        return job, failed.exit_code


def _concerned(job: Job) -> Callable[[Change, str], bool]:
    """Return what tells the changes that matter: a document that is audited, or what it is audited by."""
    from checker.cli.outputs import own_files
    from checker.readers import DOCUMENT_SUFFIXES, is_debris

    is_own = own_files(job.outputs)
    inputs = [path.resolve() for path in job.paths]
    others = [path.resolve() for path in job.watched]

    def concerned(change: Change, name: str) -> bool:
        path = Path(name)
        if is_own(path) or is_debris(path.name) or path.name.startswith("."):
            return False
        if any(path == given or given in path.parents for given in inputs):
            return path in inputs or path.suffix.lower() in DOCUMENT_SUFFIXES
        within = any(path == given or given in path.parents for given in others)
        return within and path.suffix.lower() in _SETTINGS

    return concerned


def _roots(paths: Iterable[Path]) -> Sequence[Path]:
    """Return what to watch: folders with all that is in them, and single files, but none that a folder holds."""
    wanted = {path.resolve() for path in paths if path.exists()}
    return sorted(path for path in wanted if not any(other in path.parents for other in wanted))


def _clear_screen() -> None:
    if sys.stdout.isatty():
        sys.stdout.write("\x1b[2J\x1b[H")
        sys.stdout.flush()
