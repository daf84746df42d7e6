"""`gouji rules explain`: what one rule says, where it applies, what holds it, and what it does not see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.folders import load_version
from checker.cli.trials import cases_of
from checker.cli.words import LangOption, give_up, nearest, say, words

if TYPE_CHECKING:
    from checker.auditing import Auditor
    from checker.ruleset.rules import Rule
    from checker.trials.cases import Case


def explain(
    id: Annotated[str, typer.Argument(metavar="ID", help=say("help.rules.id"))],
    rules: Annotated[
        list[Path] | None, typer.Option("--rules", metavar="DIR", help=say("help.rules.test.folder"))
    ] = None,
    lang: LangOption = "zh",
) -> None:
    """Say what one rule checks, on what basis, what it reports, which cases hold it, and what it does not see."""
    auditor = load_version(rules or [])
    known = {rule.info.id: rule for rule in auditor.ruleset.rules}
    if id not in known:
        give_up(say("cli.no_rule", id=id, hint=nearest(id, known)))
    rule = known[id]
    cases = [case for case in cases_of(rules or [], auditor.vocabulary) if case.rule == id]
    names = [rule.info.name, rule.info.name_en]
    typer.echo(f"{id}  " + "\n".join(filter(None, names if words().language == "zh" else names[::-1])) + "\n")
    for label, lines in (*_facts(rule), *_places(rule, auditor), *_held(rule, cases)):
        text = "\n      ".join(line for line in lines if line)
        if text:
            typer.echo(f"{say(f'cli.rule.{label}')}{say('cli.rule.colon')}{text}")


def _facts(rule: Rule) -> Iterator[tuple[str, list[str]]]:
    from checker.ruleset.describe import describe
    from checker.ruleset.describe_english import describe_english

    info = rule.info
    sort = [say(f"kind.{info.kind}"), say(f"severity.{info.severity}"), say(f"stage.{rule.stage or 'any'}"), info.pack]
    yield "sort", [" · ".join(sort)]
    yield "says", describe_english(rule) if words().language == "en" else describe(rule)
    conditions = [condition.text for condition in rule.when]
    conditions += [say("cli.rule.titled", table=table, words=text) for table, text in rule.titled.items()]
    conditions += [say("cli.rule.lacking", table=table, name=name) for table, name in rule.lacking.items()]
    yield "when", conditions
    yield "basis", [info.basis.words()]
    yield "message", [info.message]
    yield "advice", [info.advice]
    yield "caution", [info.possible_false_alarm]


def _places(rule: Rule, auditor: Auditor) -> Iterator[tuple[str, list[str]]]:
    """Yield the layouts that the rule applies to, and what the others of its stage lack."""
    from checker.ruleset.names import not_printed

    applying: list[str] = []
    lacking: list[str] = []
    for layout in auditor.vocabulary.layouts.values():
        if rule in auditor.ruleset.of(layout.stage):
            missing = not_printed(rule, layout, auditor.vocabulary.forms)
            if missing:
                lacking.append(say("cli.rule.lacks", layout=layout.layout, lacking="、".join(missing)))
            else:
                applying.append(layout.layout)
    yield "layouts", ["、".join(applying), *lacking]


def _held(rule: Rule, cases: list[Case]) -> Iterator[tuple[str, list[str]]]:
    """Yield the cases of the rule, its mutation score, and what it did not notice."""
    from checker.trials.report import blind_spots, one_sided
    from checker.trials.score import score

    counts = Counter(case.outcome for case in cases)
    summary = "、".join(f"{say(f'case.{outcome}')} {count}" for outcome, count in counts.items())
    yield "cases", [summary, *(f"{say(f'case.{case.outcome}')}: {case.says}" for case in cases)]
    result = score(rule, cases)
    values = {"percent": result.percent, "noticed": result.noticed, "tried": result.tried.total()}
    yield "score", [say("cli.rule.noticed" if result.figures else "cli.rule.words", **values)]
    spots = [
        say(
            "cli.rule.missed",
            slip=say(f"slip.{each.slip}"),
            missed=each.missed,
            tried=each.tried,
            refs="、".join(each.examples),
        )
        for each in blind_spots(result)
    ]
    yield "blind", [*([say("cli.rule.one-sided")] if one_sided(rule) else []), *spots]
