"""What the algebra of the rules shows before any filing is read: contradictions, twins, corollaries, loose figures.

Each layout is looked at by itself, since another layout prints other figures and so has other equations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

import msgspec

from checker.forms.vocabulary import Vocabulary
from checker.ruleset.algebra import Combination, System, scaled
from checker.ruleset.rules import RuleSet
from checker.ruleset.symbols import (
    Equation,
    Page,
    Symbol,
    Unprinted,
    applying,
    condition_equations,
    conditions_of,
    equations_of,
    loose_figures,
    page_of,
)


class Proved(StrEnum):
    """What was shown of some rules."""

    ZERO = "zero"
    OPPOSITE = "opposite"
    EMPTY = "empty"
    TWIN = "twin"
    COROLLARY = "corollary"
    LOOSE = "loose"


WRONG = frozenset({Proved.ZERO, Proved.OPPOSITE, Proved.EMPTY, Proved.TWIN})
"""What no set of rules should have; the others are worth knowing."""


class Remark(msgspec.Struct, frozen=True):
    """Something shown of rules, in some layouts.

    `zero`: together they force the figures in `about` to be zero; `opposite`: to have opposite signs, or be zero all;
    `empty`: the equation in `about` says nothing; `twin`: they state one equation twice; `corollary`: the first of them
    follows from the others; `loose`: no rule looks at the figures in `about`.
    """

    proved: Proved
    rules: tuple[str, ...]
    about: str
    layouts: tuple[str, ...]

    @property
    def wrong(self) -> bool:
        """Whether something must be put right."""
        return self.proved in WRONG


def prove(ruleset: RuleSet, vocabulary: Vocabulary) -> list[Remark]:
    """Return what the algebra shows in all layouts, the same remark once with the layouts in which it holds."""
    found: dict[tuple[Proved, tuple[str, ...], str], list[str]] = {}
    for name in sorted(vocabulary.layouts):
        page = page_of(vocabulary.layouts[name], vocabulary)
        for proved, rules, about in dict.fromkeys(_prove_in(ruleset, page)):
            found.setdefault((proved, rules, about), []).append(name)
    order = list(Proved)
    remarks = [Remark(*key, tuple(layouts)) for key, layouts in found.items()]
    return sorted(
        remarks, key=lambda one: (order.index(one.proved), one.layouts[:1] if not one.rules else (), one.rules)
    )


Shown = tuple[Proved, tuple[str, ...], str]


def _prove_in(ruleset: RuleSet, page: Page) -> Iterator[Shown]:
    written = [one for rule in applying(ruleset, page) for one in equations_of(rule, page)]
    yield from _empty(written)
    yield from _twins(written)
    yield from _forced(written)
    yield from _corollaries(ruleset, page, written)
    for form, figures in groupby(loose_figures(ruleset, page), key=lambda symbol: symbol.form):
        yield from _loose(form, list(figures))


def _empty(written: Iterable[Equation]) -> Iterator[Shown]:
    for one in written:
        if one.stated and not one.vector:
            yield Proved.EMPTY, (one.rule,), one.text


def _twins(written: Iterable[Equation]) -> Iterator[Shown]:
    """Find one equation that stands in two rules under the same conditions."""
    first: dict[tuple[object, ...], Equation] = {}
    for one in written:
        known = first.setdefault((scaled(one.vector), one.conditions, one.lacking), one)
        if one.vector and known.rule != one.rule:
            yield Proved.TWIN, (known.rule, one.rule), one.text


def _forced(written: list[Equation]) -> Iterator[Shown]:
    """Find what rules force together though none of them says so: a zero, or opposite signs.

    Rules that say themselves that a figure is zero are left out, with what follows from them. Each set of conditions
    is looked at with the rules that hold under it.
    """
    contexts = {(one.conditions, one.lacking) for one in written}
    shown: dict[tuple[str, ...], Shown] = {}
    for conditions, lacking in sorted(contexts, key=lambda context: (sorted(context[0]), sorted(context[1]))):
        here = [one for one in holding(written, conditions, lacking) if one.stated > 1]
        system = System[Symbol]()
        for number, one in enumerate(here):
            system.add(one.vector, number)
        for proved, used, about in _absurd(system, here, _granted(here)):
            rules = _rules(used, here)
            shown.setdefault(rules, (proved, rules, about))
    for rules in sorted(shown, key=lambda names: (len(names), names)):
        if not any(set(fewer) < set(rules) for fewer in shown):
            yield shown[rules]


def holding(written: Iterable[Equation], conditions: frozenset[str], lacking: Unprinted) -> list[Equation]:
    """Return the equations that hold under these conditions, where these rows and columns are not printed."""
    valid = (one for one in written if one.conditions <= conditions and one.lacking <= lacking)
    return [left for one in valid if (left := one.where(lacking)) is not None]


def _granted(here: list[Equation]) -> System[Symbol]:
    """Return what the conditions themselves say: figures that are zero, and what is zero with them."""
    assumed = {symbol for one in here for symbol in one.assumed}
    system = System[Symbol]()
    for number, vector in enumerate({symbol: Fraction(1)} for symbol in assumed):
        system.add(vector, number)
    for number, one in enumerate(here, len(assumed)):
        if assumed & set(one.vector):
            system.add(one.vector, number)
    return system


def _absurd(
    system: System[Symbol], here: list[Equation], granted: System[Symbol]
) -> Iterator[tuple[Proved, Combination, str]]:
    """Yield each symbol that must be zero, and each two with opposite signs, though no condition grants it."""
    leads: dict[frozenset[tuple[Symbol, Fraction]], tuple[Symbol, Fraction, Combination]] = {}
    for symbol in dict.fromkeys(symbol for one in here for symbol in one.vector):
        rest, used = system.reduce({symbol: Fraction(1)})
        if not rest:
            if granted.reduce({symbol: Fraction(1)})[0]:
                yield Proved.ZERO, used, str(symbol)
            continue
        lead = rest[min(rest, key=str)]
        other, first, share = leads.setdefault(scaled(rest), (symbol, lead, used))
        if first * lead < 0 and granted.reduce({other: -lead, symbol: first})[0]:
            both = {number: Fraction(1) for number in {*used, *share}}
            yield Proved.OPPOSITE, both, f"{other}、{symbol}"
    for number, one in enumerate(here):
        if len(one.vector) > 1 and len({part > 0 for part in one.vector.values()}) == 1:
            yield Proved.OPPOSITE, {number: Fraction(1)}, "、".join(map(str, one.vector))


def _rules(used: Combination, here: list[Equation]) -> tuple[str, ...]:
    return tuple(sorted({here[number].rule for number in used}))


def _corollaries(ruleset: RuleSet, page: Page, written: list[Equation]) -> Iterator[Shown]:
    """Find the rules all of whose equations follow from other rules that hold whenever they do."""
    for rule in applying(ruleset, page):
        mine = [one for one in written if one.rule == rule.info.id]
        if not mine:
            continue
        lacking = frozenset(rule.lacking.items())
        others = [one for one in holding(written, conditions_of(rule), lacking) if one.rule != rule.info.id]
        assumed = condition_equations(rule, page)
        shared = {symbol for one in mine for symbol in one.vector}
        if not shared <= {symbol for one in others for symbol in one.vector} | {
            s for vector in assumed for s in vector
        }:
            continue
        system = System[Symbol]()
        for number, vector in enumerate([*(one.vector for one in others), *assumed]):
            system.add(vector, number)
        reduced = [system.reduce(one.vector) for one in mine if one.vector]
        if reduced and not any(rest for rest, _ in reduced):
            used = {number for _, parts in reduced for number in parts if number < len(others)}
            from_rules = tuple(sorted({others[number].rule for number in used}))
            if from_rules:
                yield Proved.COROLLARY, (rule.info.id, *from_rules), ""


def _loose(form: str, figures: list[Symbol]) -> Iterator[Shown]:
    """Tell the figures of a form that no rule looks at: rows that have the same loose columns together."""
    by_row: dict[str, list[str]] = {}
    for symbol in figures:
        by_row.setdefault(symbol.row, []).append(symbol.column)
    by_columns: dict[tuple[str, ...], list[str]] = {}
    for row, columns in by_row.items():
        by_columns.setdefault(tuple(columns), []).append(row)
    for loose, rows in by_columns.items():
        yield Proved.LOOSE, (), f"{form}[{'、'.join(rows)}; {'、'.join(loose)}]"
