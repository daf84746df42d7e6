"""`gouji rules`: lint, list, explain, and the generated index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.audit import load_auditor
from checker.cli.generated import generated
from checker.cli.words import give_up, say, words

if TYPE_CHECKING:
    from checker.ruleset.rules import Rule

Folders = Annotated[list[Path] | None, typer.Option("--rules", metavar="DIR", help=say("help.folder"))]


def lint(rules: Folders = None) -> None:
    """Check every file under the rules folders."""
    from checker.ruleset.names import not_printed

    auditor = load_auditor(rules or [])
    vocabulary = auditor.vocabulary
    for layout in vocabulary.layouts.values():
        for rule in auditor.ruleset.of(layout.stage):
            lacking = not_printed(rule, layout, vocabulary.forms)
            if lacking:
                typer.echo(say("cli.lint_lacking", layout=layout.layout, rule=rule.info.id, lacking="、".join(lacking)))
    counts = {"rules": len(auditor.ruleset.rules), "forms": len(vocabulary.forms), "layouts": len(vocabulary.layouts)}
    typer.echo(say("cli.lint_ok", **counts))


def show_list(rules: Folders = None) -> None:
    """List the rules: id, severity, name."""
    english = words().language == "en"
    for rule in load_auditor(rules or []).ruleset.rules:
        name = rule.info.name_en if english and rule.info.name_en else rule.info.name
        typer.echo(f"{rule.info.id:<9} {say(f'severity.{rule.info.severity}')}  {name}")


def explain(id: Annotated[str, typer.Argument(metavar="ID", help=say("help.rules.id"))], rules: Folders = None) -> None:
    """Say what one rule checks, on what basis, and what it reports."""
    from checker.ruleset.describe import describe
    from checker.yaml_source import did_you_mean

    known = {rule.info.id: rule for rule in load_auditor(rules or []).ruleset.rules}
    if id not in known:
        give_up(say("cli.no_rule", id=id, hint=did_you_mean(id, known)))
    rule = known[id]
    typer.echo(f"{id}  {rule.info.name}\n{rule.info.name_en}\n")
    for label, text in _facts(rule, describe(rule)):
        if text:
            typer.echo(f"{say(f'cli.rule.{label}')}：{text}")


def _facts(rule: Rule, says: list[str]) -> list[tuple[str, str]]:
    return [
        ("says", "；\n      ".join(says)),
        ("when", "；".join([*(condition.text for condition in rule.when), *rule.titled.values()])),
        ("basis", rule.info.basis.words()),
        ("message", rule.info.message),
        ("advice", rule.info.advice),
        ("caution", rule.info.possible_false_alarm),
    ]


def docs(
    rules: Folders = None,
    check: Annotated[bool, typer.Option("--check", help=say("help.rules.docs.check"))] = False,
) -> None:
    """Write INDEX.md into the rules folder, or check that it is current."""
    from checker.resources import rules_folder
    from checker.ruleset.describe import index

    folder = rules[0] if rules else rules_folder()
    generated(folder / "INDEX.md", index(load_auditor(rules or []).ruleset), check)
