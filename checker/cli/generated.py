"""Documents that are made from the rules: written, or only compared with what is there."""

from __future__ import annotations

from pathlib import Path

import typer

from checker.cli.words import say
from checker.gate.policy import Exit


def generated(target: Path, content: str, check: bool) -> None:
    """Write a generated document unless it is current; with `check`, end with 1 if it is not."""
    from checker.outputs.files import write_whole

    data = content.encode()
    if target.exists() and target.read_bytes() == data:
        typer.echo(say("cli.docs_current", path=target))
    elif check:
        typer.echo(say("cli.docs_stale", path=target), err=True)
        raise typer.Exit(Exit.FINDINGS)
    else:
        write_whole(target, data)
        typer.echo(say("cli.wrote", path=target))
