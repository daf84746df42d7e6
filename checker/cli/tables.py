"""`gouji tables`: what the program saw."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from checker.cli.audit import load_auditor
from checker.cli.limits import LimitOption, parse_limits
from checker.cli.words import give_up, os_reason, say
from checker.gate.policy import Exit


def tables(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE", help=say("help.tables.path"), show_default=False)],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help=say("help.tables.output"))
    ] = None,
    layout: Annotated[str | None, typer.Option("--layout", metavar="NAME", help=say("help.audit.layout"))] = None,
    rules: Annotated[list[Path] | None, typer.Option("--rules", metavar="DIR", help=say("help.folder"))] = None,
    limit: LimitOption = None,
) -> None:
    """List every table recognised in a filing, cell by cell with its place, and what was not recognised."""
    from checker.outputs import tables as listing
    from checker.outputs.files import write_whole
    from checker.readers import Unreadable, find_documents
    from checker.readers.parts import filing_name
    from checker.recognition import NotRecognised

    for path in paths:
        if not path.exists():
            give_up(say("cli.no_path", path=path))
    if output is not None and output.suffix.lower() not in {".json", ".xlsx"}:
        give_up(say("cli.bad_listing", path=output))
    if output is not None and output.is_dir():
        give_up(say("cli.is_folder", path=output))
    auditor = load_auditor(rules or [], layout, parse_limits(limit))
    files = [file for path in paths for file in (find_documents([path]) if path.is_dir() else [path])]
    name = filing_name(files or paths)
    try:
        filing = auditor.read(*files)
    except Unreadable as error:
        where = f"{error.place.words()}：" if error.place else ""
        typer.echo(f"{name}: {where}{error.reason}", err=True)
        raise typer.Exit(Exit.INCOMPLETE) from error
    except NotRecognised as error:
        typer.echo(f"{name}: {error}", err=True)
        raise typer.Exit(Exit.INCOMPLETE) from error
    if output is None:
        sys.stdout.buffer.write(listing.as_json(filing))
        return
    as_json = output.suffix.lower() == ".json"
    try:
        write_whole(output, listing.as_json(filing) if as_json else listing.as_workbook(filing))
    except OSError as error:
        give_up(say("cli.cannot_write", path=output, reason=os_reason(error)))
    typer.echo(say("cli.wrote", path=output), err=True)
