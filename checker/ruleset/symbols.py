"""Rules as linear equations over symbolic cells of one layout, as far as they are linear.

A cell stands for itself where its row is fixed. Of rows that only a filing knows there stand two kinds of symbols: the
sum of all rows of a level, and any one row of a level. `balance` relates cells and sums, `across` relates the columns
of each of them, `rollup` makes the sums of the levels and the total row equal, `tie` equates any one row of two tables
and, unless it leaves unmatched keys alone, their sums. Inequalities and products say nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from checker.forms.vocabulary import LEVELS, Form, Hierarchy, Lane, Layout, Vocabulary
from checker.model.filing import LayoutFacts
from checker.ruleset.algebra import Vector, added
from checker.ruleset.expression import Comparison, Reference, Relation
from checker.ruleset.names import EACH, not_printed, relations_of
from checker.ruleset.rules import THIS_ITEM, Across, Balance, Rollup, Rule, RuleSet, Shares, Source, Statement, Tie


class Symbol(NamedTuple):
    """A cell, the sum of the rows of a level, or any one row of it."""

    form: str
    row: str
    column: str

    def __str__(self) -> str:
        return f"{self.form}[{self.row}, {self.column}]"


Unprinted = frozenset[tuple[str, str]]
"""Rows and columns, by form, that a filing does not print though others of its layout do."""


class Equation(NamedTuple):
    """A linear form that a rule says is zero, when its conditions hold, and where these are not printed.

    `stated` counts its terms as written; the `optional` ones count as nothing where they are not printed; `assumed` are
    the figures that its conditions compare.
    """

    rule: str
    text: str
    vector: Vector[Symbol]
    conditions: frozenset[str]
    lacking: Unprinted
    stated: int
    optional: frozenset[Symbol]
    assumed: frozenset[Symbol]

    def where(self, unprinted: Unprinted) -> Equation | None:
        """Return what is left of the equation where rows or columns are not printed, if it still applies."""
        gone = {
            symbol for symbol in self.vector if {(symbol.form, symbol.row), (symbol.form, symbol.column)} & unprinted
        }
        if not gone:
            return self
        if gone - self.optional:
            return None
        return self._replace(vector={symbol: part for symbol, part in self.vector.items() if symbol not in gone})


class Page(NamedTuple):
    """What rules are read against: the forms, and what one layout prints of them."""

    vocabulary: Vocabulary
    layout: Layout
    facts: LayoutFacts

    def never(self, form: str, name: str) -> bool:
        """Say whether the layout never prints a row, a level or a column of a form; a claim it may."""
        if form not in self.facts.omitted:
            return form in self.vocabulary.forms
        return name in self.facts.omitted[form] and name not in self.facts.optional.get(form, ())


def page_of(layout: Layout, vocabulary: Vocabulary) -> Page:
    """Return what rules are read against in a layout."""
    return Page(vocabulary, layout, layout.facts(vocabulary.forms))


def equations(ruleset: RuleSet, page: Page) -> list[Equation]:
    """Return every linear equation that holds in a layout, rule by rule."""
    return [one for rule in applying(ruleset, page) for one in equations_of(rule, page)]


def applying(ruleset: RuleSet, page: Page) -> list[Rule]:
    """Return the rules that have something to say about filings of a layout."""
    forms = page.vocabulary.forms
    return [
        rule
        for rule in ruleset.of(page.layout.stage)
        if not not_printed(rule, page.layout, forms)
        and not any(_always(page, form, name) for form, name in rule.lacking.items())
    ]


def equations_of(rule: Rule, page: Page) -> Iterator[Equation]:
    """Yield the linear equations of one rule."""
    name, conditions, lacking = rule.info.id, conditions_of(rule), frozenset(rule.lacking.items())
    optional = {
        (one.table, one.row, one.column)
        for _, relation in relations_of(rule)
        for one in relation.references()
        if one.optional
    }
    assumed = frozenset(symbol for vector in condition_equations(rule, page) for symbol in vector)
    for text, terms in _terms(rule, page):
        free = frozenset(symbol for symbol, _ in terms if _is_one_of(symbol, optional))
        yield Equation(name, text, added(terms), conditions, lacking, len(terms), free, assumed)


def _is_one_of(symbol: Symbol, references: set[tuple[str, str, str]]) -> bool:
    """Say whether a symbol is what one of these references, with table, row and column or parts of them, names."""
    return any(
        table in {"", symbol.form} and row in {"", symbol.row, EACH} and column in {"", EACH, symbol.column}
        for table, row, column in references
    )


def conditions_of(rule: Rule) -> frozenset[str]:
    """Return what must hold for the rule to apply, in words."""
    titled = (f"{form}（{words}）" for form, words in rule.titled.items())
    return frozenset([*(relation.text for relation in rule.when), *titled])


def condition_equations(rule: Rule, page: Page) -> list[Vector[Symbol]]:
    """Return the conditions of a rule that are equations."""
    relations = [relation for relation in rule.when if relation.comparison is Comparison.EQUAL]
    return [added(terms) for relation in relations if (terms := _relation(relation, "", page)) is not None]


def loose_figures(ruleset: RuleSet, page: Page) -> list[Symbol]:
    """Return the figures that a layout always prints and no rule relates to another, form by form.

    Of rows that only a filing knows any one row of a level stands for all.
    """
    looked_at = {symbol for rule in applying(ruleset, page) for symbol in _looked_at(rule, page)}
    figures = [
        Symbol(form.form, row, column)
        for form in page.vocabulary.forms.values()
        for row, column in _printed(form, page)
    ]
    return [symbol for symbol in dict.fromkeys(figures) if symbol not in looked_at]


def _printed(form: Form, page: Page) -> Iterator[tuple[str, str]]:
    if form.form not in page.facts.columns:
        return
    omitted = page.facts.omitted[form.form]
    if form.card:
        yield from ((side, column) for side in form.card.sides for column in form.columns if column not in omitted)
    for lane in page_lanes(form, page):
        levels = [level for level in lane.all_levels if level not in omitted]
        rows = [*(row for row in _rows(lane) if row not in omitted), *map(_any, levels)]
        yield from ((row, column) for row in rows for column in lane.columns if column not in omitted)


def _looked_at(rule: Rule, page: Page) -> Iterator[Symbol]:
    """Yield the figures that a rule relates to others, whatever the relation; a sum looks at each of its rows."""
    slots = rule.slots
    match slots:
        case Balance(relations, columns):
            references = [
                (reference, column)
                for one in relations
                for reference in one.references()
                for column in columns or ("",)
            ]
            symbols = [_symbol(reference, column, page) for reference, column in references]
        case Across(table, relation):
            symbols = [
                symbol for terms in _across(slots, relation, page.vocabulary.forms[table], page) for symbol, _ in terms
            ]
        case Rollup(table, columns):
            symbols = [symbol for terms in _rollup(page.vocabulary.forms[table], columns, page) for symbol, _ in terms]
        case Tie(keys_only=False):
            symbols = [symbol for terms in _tie(slots, page) for symbol, _ in terms]
        case Statement() | Shares():
            told = [relation for slot, relation in relations_of(rule) if slot != "when"]
            named = [one for relation in told for one in relation.references() if one.table and one.row != THIS_ITEM]
            symbols = [_symbol(reference, "", page) for reference in named]
        case _:
            symbols = []
    for symbol in symbols:
        yield symbol
        if symbol.row.startswith("各"):
            yield Symbol(symbol.form, _any(symbol.row.removeprefix("各").removesuffix("之和")), symbol.column)


Terms = list[tuple[Symbol, int]]


def _always(page: Page, form: str, name: str) -> bool:
    return form in page.facts.omitted and name not in page.facts.omitted[form]


def _terms(rule: Rule, page: Page) -> Iterator[tuple[str, Terms]]:
    match rule.slots:
        case Balance(relations, columns):
            for relation in relations:
                if relation.comparison is Comparison.EQUAL:
                    each = columns if any(one.column == EACH for one in relation.references()) else ("",)
                    for column in each:
                        terms = _relation(relation, column, page)
                        if terms is not None:
                            yield relation.text, terms
        case Across(table, relation) if relation.comparison is Comparison.EQUAL and relation.terms is not None:
            yield from (
                (relation.text, terms) for terms in _across(rule.slots, relation, page.vocabulary.forms[table], page)
            )
        case Rollup(table, columns):
            for terms in _rollup(page.vocabulary.forms[table], columns, page):
                yield f"{table} {terms[0][0]} = {terms[1][0]}", terms
        case Tie() if not rule.slots.keys_only and not rule.slots.at_most:
            yield from ((rule.info.name, terms) for terms in _tie(rule.slots, page))
        case _:
            return


def _relation(relation: Relation, each: str, page: Page) -> Terms | None:
    """Return the terms of a relation between cells of named tables; None when it is not linear."""
    if relation.terms is None:
        return None
    terms: Terms = []
    for term in relation.terms:
        reference = term.reference
        names = (reference.row, reference.column)
        if reference.optional and any(page.never(reference.table, name) for name in names if name):
            continue
        terms.append((_symbol(reference, each, page), term.sign))
    return terms


def _symbol(reference: Reference, each: str, page: Page) -> Symbol:
    if reference.table not in page.vocabulary.forms:  # a claim of the prose
        return Symbol(reference.table, reference.row, reference.column)
    form = page.vocabulary.forms[reference.table]
    column = each if reference.column == EACH else reference.column
    if not column:
        lanes = [lane for lane in page_lanes(form, page) if len(lane.columns) == 1 and reference.row in _rows(lane)]
        column = lanes[0].columns[0] if lanes else ""
    fixed = reference.row in form.fixed_rows
    return Symbol(form.form, reference.row if fixed or not reference.summed else _all(reference.row), column)


def page_lanes(form: Form, page: Page) -> list[Lane]:
    """Return the halves of a form that the layout prints."""
    spec = next((spec for spec in page.layout.tables if spec.form == form.form), None)
    return list(spec.lanes_of(form)) if spec else []


def _rows(lane: Lane) -> tuple[str, ...]:
    return lane.rows if lane.hierarchy is Hierarchy.ROWS else (*lane.rows, lane.total)


def _all(level: str) -> str:
    """Name the sum of all rows of a level."""
    return f"各{level}之和"


def _any(level: str) -> str:
    """Name any one row of a level."""
    return f"任一{level}"


def _across(slots: Across, relation: Relation, form: Form, page: Page) -> Iterator[Terms]:
    signs = [
        (term.reference.column, term.sign)
        for term in relation.terms or ()
        if not (term.reference.optional and page.never(form.form, term.reference.column))
    ]
    columns = {column for column, _ in signs}
    rows: list[str] = []
    for lane in page_lanes(form, page):
        if columns <= set(lane.columns):
            levels = [level for level in lane.all_levels if not page.never(form.form, level)]
            rows += [*_rows(lane), *(name for level in levels for name in (_all(level), _any(level)))]
    if form.card:
        rows = list(form.card.sides)
    if any(slots.rows):
        wanted = {name for row in slots.rows for name in (row, _all(row), _any(row))}
        rows = [row for row in rows if row in wanted] or [row for row in slots.rows if row]
    if any(slots.below):
        rows = [f"{name}之下" for name in slots.below]
    for row in rows:
        if not page.never(form.form, row):
            yield [(Symbol(form.form, row, column), sign) for column, sign in signs]


def _rollup(form: Form, columns: tuple[str, ...], page: Page) -> Iterator[Terms]:
    for lane in page_lanes(form, page):
        if lane.hierarchy is Hierarchy.ROWS:
            continue
        levels = [*LEVELS[lane.hierarchy], *lane.levels]
        chain = [lane.total] if not page.never(form.form, lane.total) else []
        chain += [_all(level) for level in levels if not page.never(form.form, level)]
        for column in columns or lane.columns:
            if column in lane.columns and not page.never(form.form, column):
                for upper, lower in pairwise(chain):
                    yield [(Symbol(form.form, upper, column), 1), (Symbol(form.form, lower, column), -1)]


def _tie(slots: Tie, page: Page) -> Iterator[Terms]:
    for level in slots.left.rows:
        sources = (slots.left, *slots.right)
        if any(page.never(source.table, level) for source in sources):
            continue
        for name in (_any, *(() if slots.matched_only else (_all,))):
            yield [
                (Symbol(source.table, name(level), column), 1 if source is slots.left else -1)
                for source in sources
                if level in source.rows
                for column in _columns(source, page)
            ]


def _columns(source: Source, page: Page) -> list[str]:
    form = page.vocabulary.forms[source.table]
    return [column for column in source.columns or form.columns if not page.never(source.table, column)]
