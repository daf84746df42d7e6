"""`gouji rules diff`: what a change of rules changes over a folder of filings."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.folders import load_version
from checker.cli.words import LangOption, give_up, say, words
from checker.gate.policy import Exit

if TYPE_CHECKING:
    from checker.model.difference import Comparison


class DiffFailOn(StrEnum):
    """What ends a comparison with 1: any difference, or a finding added or raised to at least this severity."""

    ANY = "any"
    NOTICE = "notice"
    WARNING = "warning"
    ERROR = "error"
    NEVER = "never"


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help=say("help.rules.diff.old"))],
    new: Annotated[Path, typer.Argument(metavar="NEW", help=say("help.rules.diff.new"))],
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help=say("help.audit.paths"), show_default=False)],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE.json", help=say("help.rules.diff.output"))
    ] = None,
    fail_on: Annotated[
        DiffFailOn, typer.Option("--fail-on", metavar="CHANGE", help=say("help.rules.diff.fail_on"))
    ] = DiffFailOn.ANY,
    lang: LangOption = "zh",
) -> None:
    """Audit filings with two versions of the rules, and tell what the second says otherwise."""
    from checker.auditing import audit_versions
    from checker.model.difference import compare
    from checker.outputs.differences import as_json, as_text
    from checker.outputs.files import write_whole

    for path in paths:
        if not path.exists():
            give_up(say("cli.no_path", path=path))
    one, other = load_version([old]), load_version([new])
    ids = [frozenset(rule.info.id for rule in version.ruleset.rules) for version in (one, other)]
    found = compare(audit_versions((one, other), paths), (ids[0], ids[1]))
    if str(output) == "-":
        sys.stdout.buffer.write(as_json(found))
    else:
        typer.echo(as_text(found, words()), nl=False)
    if output is not None and str(output) != "-":
        write_whole(output, as_json(found))
        typer.echo(say("cli.wrote", path=output), err=True)
    raise typer.Exit(_end(found, fail_on))


def _end(found: Comparison, fail_on: DiffFailOn) -> Exit:
    from checker.model.rule import Severity

    if fail_on is DiffFailOn.ANY:
        failing = not found.same
    elif fail_on is DiffFailOn.NEVER:
        failing = False
    else:
        worst = Severity(fail_on.value).rank
        failing = any(one.worsens and one.after and one.after.rank <= worst for one in found.differences)
    if failing:
        return Exit.FINDINGS
    return Exit.CLEAN if found.filings else Exit.INCOMPLETE
