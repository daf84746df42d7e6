"""`gouji expectations`: the contracts on the reading — list them, export them for great-expectations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.audit import load_auditor
from checker.cli.saved import saved_audit
from checker.cli.words import LangOption, give_up, nearest, os_reason, say, words

if TYPE_CHECKING:
    from checker.expectations.demands import Suite
    from checker.expectations.frames import Stacks
    from checker.forms.vocabulary import Vocabulary

FormOption = Annotated[
    list[str] | None, typer.Option("--form", metavar="FORM", help=say("help.expectations.form"), show_default=False)
]
Folders = Annotated[list[Path] | None, typer.Option("--rules", metavar="DIR", help=say("help.folder"))]


def show_list(form: FormOption = None, rules: Folders = None, lang: LangOption = "zh") -> None:
    """List the contracts in words, suite by suite; great-expectations is not needed for that."""
    from checker.expectations.derive import said
    from checker.outputs.contracts import suite as suite_words

    picked = _picked(load_auditor(rules or []).vocabulary, form)
    for suite in picked:
        name = suite_words(suite.name, words())
        typer.echo(say("cli.expectations.suite", suite=name, count=len(suite.demands)))
        for demand in suite.demands:
            typer.echo(f"  {said(demand, words())}")
    count = sum(len(suite.demands) for suite in picked)
    typer.echo(say("cli.expectations.total", suites=len(picked), count=count), err=True)


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("help.expectations.dir"), show_default=False)],
    audits: Annotated[
        list[Path] | None,
        typer.Argument(metavar="AUDIT.json", help=say("help.expectations.audits"), show_default=False),
    ] = None,
    *,
    form: FormOption = None,
    data_docs: Annotated[
        Path | None,
        typer.Option("--data-docs", metavar="DIR", help=say("help.expectations.data_docs"), show_default=False),
    ] = None,
    rules: Folders = None,
    lang: LangOption = "zh",
) -> None:
    """Write the suites as a project of great-expectations, with stacked tables and its own pages when asked for."""
    from checker import __version__
    from checker.expectations import export as exporting
    from checker.expectations.data_docs import data_docs as write_docs
    from checker.expectations.quiet import NotInstalled

    for path in filter(None, (folder, data_docs)):
        if path.exists() and (not path.is_dir() or _foreign(path)):
            give_up(say("cli.expectations.not_empty", path=path))
    vocabulary = load_auditor(rules or []).vocabulary
    picked = _picked(vocabulary, form)
    read = [saved_audit(path) for path in audits or []]
    stacks: Stacks | None = None
    if read:
        stacks = exporting.stacked((filing for audit in read for filing in audit.filings), vocabulary)
    try:
        done = exporting.export(folder, picked, stacks, words(), __version__)
        counts = {"suites": len(done.suites), "count": done.demands, "tables": done.tables}
        typer.echo(say("cli.expectations.exported", path=folder, **counts), err=True)
        if data_docs is not None:
            started = read[0].run.started if read else ""
            write_docs(data_docs, picked, stacks, words(), __version__, started)
            typer.echo(say("cli.expectations.docs", path=data_docs / "index.html"), err=True)
    except NotInstalled as error:
        give_up(say("cli.expectations.not_installed", reason=error))
    except OSError as error:
        give_up(say("cli.cannot_write", path=error.filename or folder, reason=os_reason(error)))


_OURS = frozenset({"gx", "tables", "README.md", "expectations", "results", "index.html", "style.css"})


def _foreign(folder: Path) -> bool:
    """Say whether a folder holds anything that an export does not write."""
    return any(each.name not in _OURS for each in folder.iterdir())


def _picked(vocabulary: Vocabulary, forms: list[str] | None) -> tuple[Suite, ...]:
    from checker.expectations.derive import chosen

    for name in forms or []:
        if name not in vocabulary.forms:
            give_up(say("cli.expectations.no_form", name=name, hint=nearest(name, vocabulary.forms)))
    return chosen(vocabulary, forms or [])
