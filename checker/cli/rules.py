"""`gouji rules`: lint, list, and the generated index."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.audit import load_auditor
from checker.cli.generated import generated
from checker.cli.words import LangOption, give_up, say, words
from checker.gate.policy import Exit
from checker.outputs.names import rule_name

if TYPE_CHECKING:
    from checker.ruleset.proof import Remark
    from checker.ruleset.rules import Rule

Folders = Annotated[list[Path] | None, typer.Option("--rules", metavar="DIR", help=say("help.folder"))]


def lint(
    rules: Folders = None,
    strict: Annotated[bool, typer.Option("--strict", help=say("help.rules.lint.strict"))] = False,
    lang: LangOption = "zh",
) -> None:
    """Check every file under the rules folders, and what the equations of the rules come to together."""
    from checker.ruleset.names import not_printed
    from checker.ruleset.proof import prove

    auditor = load_auditor(rules or [])
    vocabulary = auditor.vocabulary
    for layout in vocabulary.layouts.values():
        for rule in auditor.ruleset.of(layout.stage):
            lacking = not_printed(rule, layout, vocabulary.forms)
            if lacking:
                typer.echo(say("cli.lint_lacking", layout=layout.layout, rule=rule.info.id, lacking="、".join(lacking)))
    remarks = prove(auditor.ruleset, vocabulary)
    for remark in remarks:
        typer.echo(_told(remark))
    counts = {"rules": len(auditor.ruleset.rules), "forms": len(vocabulary.forms), "layouts": len(vocabulary.layouts)}
    wrong = sum(remark.wrong for remark in remarks)
    if wrong:
        typer.echo(say("cli.lint_doubts", count=wrong, **counts))
        raise typer.Exit(Exit.FINDINGS if strict else Exit.CLEAN)
    typer.echo(say("cli.lint_ok", **counts))


def _told(remark: Remark) -> str:
    first, *others = remark.rules or ("",)
    together = "、".join(remark.rules)
    values = {"first": first, "others": "、".join(others), "rules": together, "about": remark.about}
    return say(f"cli.proved.{remark.proved}", layouts="、".join(remark.layouts), **values)


def show_list(
    words_in: Annotated[list[str] | None, typer.Argument(metavar="WORD", help=say("help.rules.list.words"))] = None,
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help=say("help.rules.list.kind"))] = "",
    severity: Annotated[str, typer.Option("--severity", metavar="SEVERITY", help=say("help.rules.list.severity"))] = "",
    stage: Annotated[str, typer.Option("--stage", metavar="STAGE", help=say("help.rules.list.stage"))] = "",
    pack: Annotated[str, typer.Option("--pack", metavar="PACK", help=say("help.rules.list.pack"))] = "",
    rules: Folders = None,
    lang: LangOption = "zh",
) -> None:
    """List the rules that have all these words and attributes: id, severity, name; and count them."""
    from checker.model.filing import Stage
    from checker.model.rule import Kind, Severity

    ruleset = load_auditor(rules or []).ruleset
    for option, value, known in (
        ("kind", kind, [*Kind]),
        ("severity", severity, [*Severity]),
        ("stage", stage, [*Stage]),
        ("pack", pack, ruleset.packs),
    ):
        if value and value not in known:
            give_up(say("cli.bad_choice", option=f"--{option}", text=value, known="、".join(map(str, known))))
    found = [
        rule
        for rule in ruleset.rules
        if (not kind or rule.info.kind == kind)
        and (not severity or rule.info.severity == severity)
        and (not stage or rule in ruleset.of(Stage(stage)))
        and (not pack or rule.info.pack == pack)
        and all(word.casefold() in _searched(rule) for word in words_in or ())
    ]
    for rule in found:
        typer.echo(f"{rule.info.id:<9} {say(f'severity.{rule.info.severity}')}  {rule_name(rule.info, words())}")
    _count(found, len(ruleset.rules))


def _searched(rule: Rule) -> str:
    """Return everything about a rule that a word may be looked for in."""
    from checker.ruleset.describe import describe

    info = rule.info
    texts = (info.id, info.name, info.name_en, info.basis.words(), info.message, info.advice, info.possible_false_alarm)
    return "\n".join([*texts, *describe(rule)]).casefold()


def _count(found: list[Rule], all_rules: int) -> None:
    kinds = Counter(rule.info.kind.value for rule in found)
    severities = Counter(rule.info.severity for rule in found)
    by_kind = "、".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
    by_severity = "、".join(f"{say(f'severity.{each}')} {count}" for each, count in sorted(severities.items()))
    values = {"found": len(found), "all": all_rules, "kinds": by_kind or "—", "severities": by_severity or "—"}
    typer.echo(say("cli.rules.count", **values), err=True)


def docs(
    rules: Folders = None,
    check: Annotated[bool, typer.Option("--check", help=say("help.rules.docs.check"))] = False,
) -> None:
    """Write INDEX.md into the rules folder, or check that it is current."""
    from checker.resources import rules_folder
    from checker.ruleset.describe import index

    folder = rules[0] if rules else rules_folder()
    generated(folder / "INDEX.md", index(load_auditor(rules or []).ruleset), check)
