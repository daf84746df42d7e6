"""`gouji rules test`: whether the rules say what their cases expect."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checker.cli.audit import complain
from checker.cli.folders import load_version
from checker.cli.generated import generated
from checker.cli.words import LangOption, give_up, nearest, say
from checker.gate.policy import Exit

if TYPE_CHECKING:
    from checker.forms.vocabulary import Vocabulary
    from checker.ruleset.rules import Rule
    from checker.trials.cases import Case
    from checker.trials.run import Trial

MOST_TOLD = 50
"""Failed cases told one by one."""


def test(
    ids: Annotated[list[str] | None, typer.Argument(metavar="ID", help=say("help.rules.ids"))] = None,
    rules: Annotated[
        list[Path] | None, typer.Option("--rules", metavar="DIR", help=say("help.rules.test.folder"))
    ] = None,
    lang: LangOption = "zh",
) -> None:
    """Run the cases of the rules: all of a folder, or those of some rules."""
    from checker.trials.run import run, without_cases

    folders = rules or []
    auditor = load_version(folders)
    known = {rule.info.id: rule for rule in auditor.ruleset.rules}
    _check_ids(ids or [], known)
    wanted = set(ids or _ids_in(folders) or known)
    cases = [case for case in cases_of(folders, auditor.vocabulary) if not ids or case.rule in wanted]
    trials = run(cases, known)
    untried = without_cases(cases, [rule for name, rule in known.items() if name in wanted])
    _tell(trials, untried)
    raise typer.Exit(Exit.CLEAN if all(trial.passed for trial in trials) and not untried else Exit.FINDINGS)


def mutate(
    ids: Annotated[list[str] | None, typer.Argument(metavar="ID", help=say("help.rules.ids"))] = None,
    rules: Annotated[
        list[Path] | None, typer.Option("--rules", metavar="DIR", help=say("help.rules.test.folder"))
    ] = None,
    write: Annotated[bool, typer.Option("--write", help=say("help.rules.mutate.write"))] = False,
    check: Annotated[bool, typer.Option("--check", help=say("help.rules.docs.check"))] = False,
    lang: LangOption = "zh",
) -> None:
    """Misprint the passing cases of rules, and say how much each rule notices."""
    from checker.resources import rules_folder
    from checker.trials.report import markdown
    from checker.trials.score import scores

    folders = rules or []
    auditor = load_version(folders)
    known = {rule.info.id: rule for rule in auditor.ruleset.rules}
    _check_ids(ids or [], known)
    wanted = set(ids or _ids_in(folders) or known)
    cases = cases_of(folders, auditor.vocabulary)
    told = list(scores({name: rule for name, rule in known.items() if name in wanted}, cases))
    if write or check:
        generated((folders[0] if folders else rules_folder()) / "MUTATION.md", markdown(told, known), check)
    else:
        typer.echo(markdown(told, known), nl=False)
    blind = [score.rule for score in told if score.blind]
    if blind:
        typer.echo(say("cli.mutate.blind", rules="、".join(blind)), err=True)
        raise typer.Exit(Exit.FINDINGS)


def cases_of(folders: list[Path], vocabulary: Vocabulary) -> tuple[Case, ...]:
    """Return the cases of rules folders (none: the project's own), or end with every complaint about them."""
    from checker.resources import cases_folder
    from checker.trials.cases import read_cases
    from checker.yaml_source import SourceError

    places = [folder / "cases" for folder in folders] or [cases_folder()]
    try:
        return read_cases(places, vocabulary, cases_folder())
    except SourceError as error:
        complain(error)


def _ids_in(folders: list[Path]) -> frozenset[str]:
    from checker.ruleset.load import rule_ids

    return frozenset().union(*map(rule_ids, folders))


def _tell(trials: list[Trial], untried: list[Rule]) -> None:
    failed = [trial for trial in trials if not trial.passed]
    for trial in failed[:MOST_TOLD]:
        case = trial.case
        typer.echo(say("cli.test.failed", at=case.at, rule=case.rule, outcome=case.outcome, says=case.says))
        for complaint in trial.complaints:
            typer.echo(f"    {complaint}")
    if len(failed) > MOST_TOLD:
        typer.echo(say("cli.test.more", count=len(failed) - MOST_TOLD))
    if untried:
        typer.echo(say("cli.test.untried", count=len(untried), rules="、".join(rule.info.id for rule in untried)))
    rules = len({trial.case.rule for trial in trials})
    passed = len(trials) - len(failed)
    typer.echo(say("cli.test.total", rules=rules, cases=len(trials), passed=passed, failed=len(failed)), err=True)


def _check_ids(ids: list[str], known: dict[str, Rule]) -> None:
    for id in ids:
        if id not in known:
            give_up(say("cli.no_rule", id=id, hint=nearest(id, known)))
