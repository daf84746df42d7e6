"""`gouji layouts`: list, lint, and a first draft of one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.audit import load_auditor
from checker.cli.words import give_up, nearest, os_reason, say
from checker.gate.policy import Exit

if TYPE_CHECKING:
    from checker.forms.vocabulary import Vocabulary
    from checker.layouts.draft import Draft
    from checker.layouts.reach import Reach
    from checker.yaml_source import Complaint

Folders = Annotated[list[Path] | None, typer.Option("--rules", metavar="DIR", help=say("help.folder"))]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE.yaml", help=say("help.layouts.draft.output"))
]
_NAME = re.compile(r"\w[\w-]*")
UNNAMED = "draft"


def show_list(rules: Folders = None) -> None:
    """List the layouts: name, stage, number of tables, title."""
    layouts = load_auditor(rules or []).vocabulary.layouts
    width = max(map(len, layouts), default=0)
    for name, layout in sorted(layouts.items()):
        stage = say(f"stage.{layout.stage}")
        typer.echo(
            f"{name:<{width}}  {say('cli.layouts.entry', stage=stage, tables=len(layout.tables))}  {layout.name}"
        )


def lint(rules: Folders = None) -> None:
    """Check form and layout files; say which rules apply to each layout."""
    from checker.forms.load import vocabulary_files
    from checker.layouts.lint import lint as doubts_of
    from checker.layouts.reach import reach
    from checker.resources import rules_folder

    for folder in rules or []:
        if folder.is_dir() and not vocabulary_files([folder]):
            give_up(say("cli.layouts.no_files", path=folder))
    auditor = load_auditor(rules or [])
    vocabulary = auditor.vocabulary
    for layout in vocabulary.layouts.values():
        _tell_reach(reach(layout, auditor.ruleset, vocabulary))
    doubts = doubts_of([rules_folder(), *(rules or [])], vocabulary)
    for doubt in doubts:
        typer.echo(str(doubt))
    _end_lint(doubts, vocabulary)


def _tell_reach(found: Reach) -> None:
    name = found.layout.layout
    typer.echo(say("cli.layouts.reach", layout=name, applying=found.applying, silent=found.silent))
    for lacking, ids in found.lacking.items():
        typer.echo(say("cli.layouts.lacking", lacking=lacking, count=len(ids), rules="、".join(ids)))


def _end_lint(doubts: list[Complaint], vocabulary: Vocabulary) -> None:
    counts = {"forms": len(vocabulary.forms), "layouts": len(vocabulary.layouts)}
    if doubts:
        typer.echo(say("cli.layouts.doubts", count=len(doubts), **counts), err=True)
        raise typer.Exit(Exit.FINDINGS)
    typer.echo(say("cli.layouts.ok", **counts))


def draft(
    paths: Annotated[
        list[Path], typer.Argument(metavar="FILE", help=say("help.layouts.draft.path"), show_default=False)
    ],
    output: Output = None,
    like: Annotated[str, typer.Option("--like", metavar="LAYOUT", help=say("help.layouts.draft.like"))] = "",
    rules: Folders = None,
) -> None:
    """Propose a layout for a filing of an unknown publisher."""
    from checker.layouts.write import as_yaml
    from checker.outputs.files import write_whole

    vocabulary = load_auditor(rules or []).vocabulary
    if like and like not in vocabulary.layouts:
        hint = nearest(like, vocabulary.layouts)
        give_up(say("cli.layouts.unknown", name=like, hint=hint, known="、".join(sorted(vocabulary.layouts))))
    if output is not None and output.exists():
        give_up(say("cli.layouts.exists", path=output))
    stem = output.stem if output is not None else ""
    drafted = _draft(paths, vocabulary, stem if _NAME.fullmatch(stem) else UNNAMED, like)
    content = as_yaml(drafted)
    if output is None:
        typer.echo(content, nl=False)
    else:
        try:
            write_whole(output, content.encode())
        except OSError as error:
            give_up(say("cli.cannot_write", path=output, reason=os_reason(error)))
        typer.echo(say("cli.wrote", path=output), err=True)
    counts = {
        "seen": len(drafted.entries),
        "understood": drafted.understood,
        "figures": drafted.figures,
        "placed": drafted.placed,
        "open": drafted.open_points,
    }
    typer.echo(say("cli.layouts.drafted", **counts), err=True)


def _draft(paths: list[Path], vocabulary: Vocabulary, name: str, like: str) -> Draft:
    from checker.layouts.draft import NothingFound
    from checker.layouts.draft import draft as draft_of
    from checker.readers import Limits, Unreadable
    from checker.readers.together import read_together

    files = "、".join(map(str, paths))
    try:
        return draft_of(read_together(paths, Limits()), vocabulary, name, like)
    except Unreadable as error:
        where = f"{error.place.words()}：" if error.place else ""
        typer.echo(f"{files}: {where}{error.reason}", err=True)
        raise typer.Exit(Exit.INCOMPLETE) from error
    except NothingFound as error:
        typer.echo(f"{files}: {error}", err=True)
        raise typer.Exit(Exit.INCOMPLETE) from error
