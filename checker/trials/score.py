"""How well a rule notices what is wrong: its passing cases are misprinted, one thing at a time, and judged again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from checker.engine import apply
from checker.model.outcome import Verdict
from checker.model.table import Operand
from checker.ruleset.names import tables_of
from checker.ruleset.rules import Rule
from checker.trials.cases import Case, shown
from checker.trials.perturb import (
    Misprint,
    Slip,
    filled_blanks,
    misprinted_claims,
    misprinted_figures,
    misprinted_words,
    planted,
)

MOST_SHOWN = 2
"""Passing cases of a rule on words whose words are misprinted, all of them in every way."""
MOST_MISSED = 3
"""Misprints of a kind named as examples of what a rule did not notice."""


class Score(msgspec.Struct, frozen=True):
    """What a rule made of its misprinted cases.

    `found` counts by slip those that it reported, `told` those over which it said that it could not assess them,
    `tried` all; `missed` names examples of what it passed in silence. `figures` says whether figures were misprinted,
    or words: of those only the slips count that the rule notices at all, for no rule on names minds a row left out.
    """

    rule: str
    figures: bool
    tried: Counter[Slip]
    found: Counter[Slip]
    told: Counter[Slip]
    missed: dict[Slip, tuple[str, ...]]

    @property
    def noticed(self) -> int:
        """How many were reported or said to be unassessed."""
        return self.found.total() + self.told.total()

    @property
    def blind(self) -> bool:
        """Whether the rule noticed nothing of what it should have.

        A rule on words may have none that these misprints touch: then only its cases hold it.
        """
        return self.figures and not self.noticed

    @property
    def percent(self) -> int:
        """Share noticed, in whole percent, rounded down."""
        return 100 * self.noticed // self.tried.total() if self.tried else 0


def score(rule: Rule, cases: Iterable[Case]) -> Score:
    """Misprint the passing cases of a rule and count what it notices.

    A rule that looks at figures is tried on those that took part; one that looks at none, on blanks that should stay
    so, on the words that it is shown, and on what its failing cases say, said in other places.

    A rule without passing cases is blind.

    Raises:
        RuntimeError: when the rule itself fails over a misprint.
    """
    cases = list(cases)
    passing = [case for case in cases if case.outcome in {"passes", "rounding"}]
    if not passing:
        return Score(rule.info.id, True, Counter(), Counter(), Counter(), {})
    misprints = [misprint for case in passing for misprint in _figures(rule, case)]
    figures = bool(misprints) and any(
        Verdict.DIFFERS in _verdicts(rule, misprint) for misprint in misprints
    )  # else it looks at the name beside a figure
    misprints = misprints if figures else []
    for case in () if figures else passing[:MOST_SHOWN]:
        misprints += filled_blanks(case, _operands(rule, case))
        misprints += misprinted_words(case, tables_of(rule))
    if not figures:
        misprints += planted(passing[0], [case for case in cases if case.outcome == "fails"])
    tally = _tally(rule, misprints)
    if figures:
        return tally
    concern = set(tally.found)
    return msgspec.structs.replace(
        tally,
        figures=False,
        tried=Counter({slip: count for slip, count in tally.tried.items() if slip in concern}),
        told=Counter({slip: count for slip, count in tally.told.items() if slip in concern}),
        missed={slip: refs for slip, refs in tally.missed.items() if slip in concern},
    )


def _tally(rule: Rule, misprints: Iterable[Misprint]) -> Score:
    tried, found, told = Counter[Slip](), Counter[Slip](), Counter[Slip]()
    missed: dict[Slip, dict[str, None]] = {}
    for misprint in misprints:
        tried[misprint.slip] += 1
        verdicts = _verdicts(rule, misprint)
        if Verdict.DIFFERS in verdicts:
            found[misprint.slip] += 1
        elif Verdict.UNASSESSED in verdicts:
            told[misprint.slip] += 1
        else:
            missed.setdefault(misprint.slip, {})[misprint.ref] = None
    examples = {slip: tuple(refs)[:MOST_MISSED] for slip, refs in missed.items()}
    return Score(rule.info.id, True, tried, found, told, examples)


def scores(rules: Mapping[str, Rule], cases: Iterable[Case]) -> Iterator[Score]:
    """Yield the score of every rule, in their order."""
    by_rule: dict[str, list[Case]] = {}
    for case in cases:
        by_rule.setdefault(case.rule, []).append(case)
    for name, rule in rules.items():
        yield score(rule, by_rule.get(name, ()))


def _figures(rule: Rule, case: Case) -> Iterator[Misprint]:
    """Yield the misprints of the figures that took part, in tables and in sentences."""
    operands = list(_operands(rule, case))
    if operands:
        yield from misprinted_figures(case, operands)
        yield from misprinted_claims(case, operands)


def _operands(rule: Rule, case: Case) -> Iterator[Operand]:
    for outcome in apply(rule, shown(case, rule)):
        if outcome.verdict in {Verdict.AGREES, Verdict.ROUNDING, Verdict.NIL}:
            yield from outcome.operands


def _verdicts(rule: Rule, misprint: Misprint) -> set[Verdict]:
    outcomes = apply(rule, shown(misprint.case, rule))
    fault = next((outcome for outcome in outcomes if outcome.verdict is Verdict.FAULT), None)
    if fault is not None:
        raise RuntimeError(f"{rule.info.id}：{misprint.slip} {misprint.ref}：{fault.reason}")
    return {outcome.verdict for outcome in outcomes}
