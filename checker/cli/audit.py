"""`gouji audit`: read, judge, report, and end with the code that says how it went."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from checker.cli.limits import LimitOption, parse_limits
from checker.cli.words import give_up, say, words
from checker.gate.policy import FailOn, decide

if TYPE_CHECKING:
    from checker.auditing import Auditor
    from checker.contract.shape import AuditJson
    from checker.readers import Limits
    from checker.readers.parts import Grouping
    from checker.yaml_source import SourceError

FORMATS = ("console", "json", "html")
DEFAULT_OUTPUTS = ["console", "json=gouji-audit.json", "html=gouji-audit.html"]


def audit(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help=say("help.audit.paths"), show_default=False)],
    *,
    output: Annotated[
        list[str] | None, typer.Option("-o", "--output", metavar="FORMAT[=FILE]", help=say("help.audit.output"))
    ] = None,
    layout: Annotated[str | None, typer.Option("--layout", metavar="NAME", help=say("help.audit.layout"))] = None,
    rules: Annotated[list[Path] | None, typer.Option("--rules", metavar="DIR", help=say("help.audit.rules"))] = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", metavar="SEVERITY", help=say("help.audit.fail_on"))
    ] = FailOn.ERROR,
    min_coverage: Annotated[
        int, typer.Option("--min-coverage", metavar="PERCENT", min=0, max=100, help=say("help.audit.min_coverage"))
    ] = 100,
    together: Annotated[bool, typer.Option("--together", help=say("help.audit.together"))] = False,
    separately: Annotated[bool, typer.Option("--separately", help=say("help.audit.separately"))] = False,
    limit: LimitOption = None,
    lang: Annotated[str, typer.Option("--lang", metavar="zh|en", help=say("help.lang"))] = "zh",
) -> None:
    """Audit files and folders; everything heavy is imported once the arguments are known to be right."""
    outputs = [_parse_output(text) for text in output or DEFAULT_OUTPUTS]
    for path in paths:
        if not path.exists():
            give_up(say("cli.no_path", path=path))
    if together and separately:
        give_up(say("cli.one_of_two", one="--together", other="--separately"))
    from checker.contract.write import audit_json

    limits = parse_limits(limit)
    auditor = load_auditor(rules or [], layout, limits)
    started = datetime.now(UTC).isoformat(timespec="seconds")
    result = auditor.run(paths, started, _progress(), _grouping(together, separately))
    told = audit_json(result)
    for kind, target in outputs:
        try:
            _write(kind, target, told)
        except OSError as error:
            give_up(say("cli.cannot_write", path=target, reason=error.strerror or error))
    decision = decide(told, fail_on, min_coverage)
    typer.echo(f"gouji: {say(decision.reason, **decision.values)}", err=True)
    raise typer.Exit(decision.code)


def load_auditor(rules: list[Path], layout: str | None = None, limits: Limits | None = None) -> Auditor:
    """Load rules and vocabulary, or end with every complaint about them."""
    from checker.auditing import Auditor
    from checker.yaml_source import SourceError

    for folder in rules:
        if not folder.is_dir():
            give_up(say("cli.no_path", path=folder))
    try:
        return Auditor.load(rules, layout, limits)
    except SourceError as error:
        complain(error)
    except LookupError as error:
        give_up(str(error.args[0]))


def complain(error: SourceError) -> NoReturn:
    """End with every complaint about files that do not say what they must."""
    for complaint in error.complaints:
        typer.echo(str(complaint), err=True)
    give_up(say("cli.rules_wrong", count=len(error.complaints)))


def _parse_output(text: str) -> tuple[str, str]:
    kind, _, target = text.partition("=")
    if kind not in FORMATS:
        give_up(say("cli.bad_output", text=text, known="、".join(FORMATS)))
    if kind == "html" and not target:
        give_up(say("cli.output_file", format=kind))
    return kind, target


def _write(kind: str, target: str, told: AuditJson) -> None:
    if kind == "console":
        from checker.outputs.console import Console

        _say_out(Console(words(), _width(), _takes_colour()).render(told))
    elif kind == "json":
        from checker.contract.write import render

        content = render(told)
        if target in {"", "-"}:
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
        else:
            from checker.outputs.files import write_whole

            write_whole(Path(target), content)
            typer.echo(say("cli.wrote", path=target), err=True)
    else:
        from checker.outputs import html

        paths = html.write(told, Path(target), words())
        typer.echo(say("cli.wrote", path=paths[0]), err=True)


def _say_out(text: str) -> None:
    typer.echo(text, nl=False, color=True)


def _width() -> int:
    import shutil

    return min(shutil.get_terminal_size((80, 24)).columns, 100)


def _takes_colour() -> bool:
    import os

    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _grouping(together: bool, separately: bool) -> Grouping:
    from checker.readers.parts import Grouping

    return Grouping.TOGETHER if together else Grouping.SEPARATELY if separately else Grouping.BY_NAME


def _progress() -> Callable[[int, int, Path], None] | None:
    """Return what to call with each filing: a counter on a terminal, when there is more than one; else nothing."""
    if not sys.stderr.isatty():
        return None

    def tell(number: int, total: int, path: Path) -> None:
        if total > 1:
            words = say("cli.reading", number=number, total=total, path=path.name)
            typer.echo(f"\r\x1b[K{words}", err=True, nl=False)

    return tell
