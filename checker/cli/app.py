"""The commands, by name."""

from __future__ import annotations

from typing import Annotated

import typer

from checker import __version__
from checker.cli import (
    audit,
    baseline,
    cache,
    expectations,
    explain,
    layouts,
    report,
    rule_diff,
    rules,
    settings,
    tables,
    trials,
    waivers,
)
from checker.cli.help_text import install
from checker.cli.words import say

install()
app = typer.Typer(
    name="gouji",
    help=say("help.app"),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gouji {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help=say("help.version"))
    ] = False,
    lang: Annotated[str, typer.Option("--lang", metavar="zh|en", help=say("help.lang"))] = "zh",
) -> None:
    """Options that every command takes; `--lang` has been read before parsing."""


app.command("audit", help=say("help.audit"))(audit.audit)
app.command("report", help=say("help.report"))(report.report)
app.command("tables", help=say("help.tables"))(tables.tables)
cache_app = typer.Typer(help=say("help.cache"), no_args_is_help=True, rich_markup_mode=None)
cache_app.command("info", help=say("help.cache.info"))(cache.info)
cache_app.command("clear", help=say("help.cache.clear"))(cache.clear)
app.add_typer(cache_app, name="cache")
rules_app = typer.Typer(help=say("help.rules"), no_args_is_help=True, rich_markup_mode=None)
rules_app.command("lint", help=say("help.rules.lint"))(rules.lint)
rules_app.command("list", help=say("help.rules.list"))(rules.show_list)
rules_app.command("explain", help=say("help.rules.explain"))(explain.explain)
rules_app.command("test", help=say("help.rules.test"))(trials.test)
rules_app.command("mutate", help=say("help.rules.mutate"))(trials.mutate)
rules_app.command("diff", help=say("help.rules.diff"))(rule_diff.diff)
rules_app.command("docs", help=say("help.rules.docs"))(rules.docs)
app.add_typer(rules_app, name="rules")
baseline_app = typer.Typer(help=say("help.baseline"), no_args_is_help=True, rich_markup_mode=None)
baseline_app.command("create", help=say("help.baseline.create"))(baseline.create)
baseline_app.command("update", help=say("help.baseline.update"))(baseline.update)
baseline_app.command("prune", help=say("help.baseline.prune"))(baseline.prune)
app.add_typer(baseline_app, name="baseline")
waivers_app = typer.Typer(help=say("help.waivers"), no_args_is_help=True, rich_markup_mode=None)
waivers_app.command("add", help=say("help.waivers.add"))(waivers.add)
waivers_app.command("list", help=say("help.waivers.list"))(waivers.show_list)
waivers_app.command("check", help=say("help.waivers.check"))(waivers.check)
app.add_typer(waivers_app, name="waivers")
config_app = typer.Typer(help=say("help.config"), no_args_is_help=True, rich_markup_mode=None)
config_app.command("show", help=say("help.config.show"))(settings.show)
app.add_typer(config_app, name="config")
layouts_app = typer.Typer(help=say("help.layouts"), no_args_is_help=True, rich_markup_mode=None)
layouts_app.command("list", help=say("help.layouts.list"))(layouts.show_list)
layouts_app.command("lint", help=say("help.layouts.lint"))(layouts.lint)
layouts_app.command("draft", help=say("help.layouts.draft"))(layouts.draft)
app.add_typer(layouts_app, name="layouts")
expectations_app = typer.Typer(help=say("help.expectations"), no_args_is_help=True, rich_markup_mode=None)
expectations_app.command("list", help=say("help.expectations.list"))(expectations.show_list)
expectations_app.command("export", help=say("help.expectations.export"))(expectations.export)
app.add_typer(expectations_app, name="expectations")
