"""Forms and layouts → contracts: nothing about a table is said here that the vocabulary does not say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from checker.expectations.demands import (
    CENTS,
    FILINGS,
    INDICATORS,
    ORIGIN,
    TABLES,
    Column,
    Demand,
    Kind,
    Relation,
    Suite,
    Within,
)
from checker.forms.vocabulary import FIXED, TOTAL, Form, Hierarchy, Lane, TableSpec, Vocabulary
from checker.model.figure import MOST_DECIMALS, MOST_DIGITS, UNITS
from checker.model.table import Role
from checker.outputs.contracts import demand as demand_words
from checker.outputs.words import Words

MOST_FEN: Final = 10**15
"""分 beyond which an amount is no line of a budget: ten trillion 元, a third of what the country spends in a year."""
MOST_ROWS: Final = 5000
"""Rows beyond which a table without a fixed number of rows is several read as one."""
YEARS: Final = (2000, 2099)
"""Years that a published budget is for."""

_ROW = (
    Column("table", whole=True),
    Column("row", whole=True),
    Column("nil"),
    Column("subject"),
    Column("key"),
    Column("name"),
    Column("role"),
    Column("level"),
    Column("code"),
    Column("class"),
)
_TABLE = (
    Column("table", whole=True),
    Column("form"),
    Column("title"),
    Column("unit"),
    Column("subject"),
    Column("nil"),
    Column("rows", whole=True),
    Column("totals", whole=True),
    Column("figures", whole=True),
)
_FILING = (Column("tables", whole=True), Column("missing", whole=True), Column("unread", whole=True))
_INDICATOR = (
    Column("table", whole=True),
    Column("subject"),
    Column("side"),
    Column("first"),
    Column("second"),
    Column("name"),
    Column("value"),
)
_NUMBER = rf"^-?[0-9]{{1,{MOST_DIGITS}}}(?:\.[0-9]{{1,{MOST_DECIMALS}}})?$"
_DIGITS: Final = {"类": 3, "款": 5, "项": 7}
"""How many digits the code of a subject of each level has."""
_CODED: Final = (Hierarchy.CODE, Hierarchy.ECONOMIC)
_NAMED_ONCE: Final = (Hierarchy.ROWS, Hierarchy.UNITS, *_CODED)
"""Hierarchies in which two rows of one key are one row read twice; projects and purchases may bear one name."""


def suites(vocabulary: Vocabulary) -> tuple[Suite, ...]:
    """Return the suites of every form, in the order of the forms, then those over all tables and filings."""
    found: list[Suite] = []
    for form in vocabulary.forms.values():
        found.append(_form_suite(form, vocabulary))
        if form.card is not None and form.card.indicators:
            found.append(_indicator_suite(form))
    return (*found, _tables_suite(vocabulary), _filings_suite())


def chosen(vocabulary: Vocabulary, forms: Iterable[str] = ()) -> tuple[Suite, ...]:
    """Return all suites, or those of some forms."""
    wanted = {name for form in forms for name in (form, form + INDICATORS)}
    return tuple(suite for suite in suites(vocabulary) if not wanted or suite.name in wanted)


def said(demand: Demand, words: Words) -> str:
    """Return what a contract demands, in words."""
    within = [(each.column, each.relation.value, each.values) for each in demand.within]
    return demand_words(demand.kind, demand.columns, demand.expected, within, words)


def row_columns(form: Form) -> tuple[Column, ...]:
    """Return the columns of the stacked rows of a form: whose row it is, and each figure as read and in 分."""
    figures = [Column(column) for column in form.columns]
    amounts = [Column(column + CENTS, whole=True) for column in form.columns]
    return (*ORIGIN, *_ROW, *figures, *amounts)


def _form_suite(form: Form, vocabulary: Vocabulary) -> Suite:
    columns = row_columns(form)
    demands = [
        Demand(Kind.COLUMNS, tuple(column.name for column in columns)),
        Demand(Kind.UNIQUE, ("filing", "table", "key")),
        Demand(Kind.FILLED, ("key",)),
        Demand(Kind.FILLED, ("name",)),
        Demand(Kind.ONE_OF, ("role",), values=tuple(Role)),
        *_subjects(form),
        *_levels(form),
        *_codes(form, vocabulary),
        *_figures(form),
        *_wholes(form),
    ]
    return Suite(form.form, columns, tuple(demands))


def _subjects(form: Form) -> Iterator[Demand]:
    if form.repeats:
        yield Demand(Kind.FILLED, ("subject",))
    if form.card is not None:
        yield Demand(Kind.ONE_OF, ("key",), values=form.card.sides)
    elif all(lane.hierarchy in _NAMED_ONCE for lane in form.lanes):
        yield Demand(Kind.ONCE, ("key",))


def _levels(form: Form) -> Iterator[Demand]:
    if form.card is None:
        fixed = [FIXED] if any(lane.rows or lane.hierarchy is Hierarchy.ROWS for lane in form.lanes) else []
        total = [TOTAL] if any(lane.hierarchy is not Hierarchy.ROWS for lane in form.lanes) else []
        levels = tuple(dict.fromkeys([*form.levels, *fixed, *total]))
        yield Demand(Kind.FILLED, ("level",))
        yield Demand(Kind.ONE_OF, ("level",), values=levels)


def _codes(form: Form, vocabulary: Vocabulary) -> Iterator[Demand]:
    coded = [lane for lane in form.lanes if lane.hierarchy in _CODED or lane.classes]
    levels = [level for level in form.levels if level in _DIGITS]
    if not coded:
        return
    for level in levels:
        within = (Within("level", Relation.IN, (level,)),)
        yield Demand(Kind.CODE, ("code",), pattern=f"^[0-9]{{{_DIGITS[level]}}}$", within=within)
    if all(lane.hierarchy is Hierarchy.CODE for lane in form.lanes):
        yield Demand(Kind.FILLED, ("code",), within=(Within("level", Relation.IN, tuple(levels)),))
    if not form.reading.revenue:
        economic = any(lane.hierarchy is Hierarchy.ECONOMIC for lane in coded)
        known = vocabulary.classification.economic if economic else vocabulary.classification.functions
        yield Demand(Kind.ONE_OF, ("class",), values=tuple(sorted(set(known.values()))))


def _figures(form: Form) -> Iterator[Demand]:
    signed_rows = tuple(row for row in form.reading.negative if row not in form.columns)
    within = (Within("key", Relation.NOT_IN, signed_rows),) if signed_rows else ()
    for column in form.columns:
        yield Demand(Kind.NUMBER, (column,), pattern=_NUMBER)
        if column in form.reading.negative:
            yield Demand(Kind.AMOUNT, (column + CENTS,), low=-MOST_FEN, high=MOST_FEN)
        else:
            yield Demand(Kind.AMOUNT, (column + CENTS,), low=0, high=MOST_FEN, within=within)
        if signed_rows and column not in form.reading.negative:
            signed = (Within("key", Relation.IN, signed_rows),)
            yield Demand(Kind.AMOUNT, (column + CENTS,), low=-MOST_FEN, high=MOST_FEN, within=signed)


def _wholes(form: Form) -> Iterator[Demand]:
    """Yield that totals are there where a table has figures, and that no part is more than its whole.

    A part may be more where one of the others may be negative.
    """
    for lane in form.lanes:
        for whole, parts in lane.sums.items():
            if lane.hierarchy is not Hierarchy.ROWS:
                within = (Within("key", Relation.IN, (lane.total,)), Within("nil", Relation.IN, ("no",)))
                yield Demand(Kind.FILLED, (whole,), within=within)
            if not form.reading.negative:
                for part in parts:
                    yield Demand(Kind.PART, (whole + CENTS, part + CENTS))
    if form.card is not None:
        for source in form.card.sources:
            yield Demand(Kind.PART, (form.card.total + CENTS, source + CENTS))


def _indicator_suite(form: Form) -> Suite:
    columns = (*ORIGIN, *_INDICATOR)
    demands = [Demand(Kind.COLUMNS, tuple(column.name for column in columns))]
    demands += [Demand(Kind.FILLED, (name,)) for name in ("subject", "first", "name", "value")]
    demands.append(Demand(Kind.ONE_OF, ("side",), values=form.card.sides if form.card else ()))
    return Suite(form.form + INDICATORS, columns, tuple(demands))


def _tables_suite(vocabulary: Vocabulary) -> Suite:
    columns = (*ORIGIN, *_TABLE)
    money = tuple(symbol for symbol, unit in UNITS.items() if unit.dimension == "money")
    demands = [
        Demand(Kind.COLUMNS, tuple(column.name for column in columns)),
        Demand(Kind.UNIQUE, ("filing", "table")),
        Demand(Kind.ONE_OF, ("form",), values=tuple(vocabulary.forms)),
        Demand(Kind.FILLED, ("title",)),
        Demand(Kind.FILLED, ("unit",)),
        Demand(Kind.ONE_OF, ("unit",), values=money),
    ]
    for form in vocabulary.forms.values():
        demands += _row_counts(form, vocabulary)
    return Suite(TABLES, columns, tuple(demands))


def _row_counts(form: Form, vocabulary: Vocabulary) -> Iterator[Demand]:
    """Yield how many rows, and how many rows of totals, a table of a form has that is not empty.

    The least is what every layout prints always, the most what any printing of the form can have.
    """
    within = (Within("form", Relation.IN, (form.form,)), Within("nil", Relation.IN, ("no",)))
    printed = [_printed(spec, form) for spec in _specs(form, vocabulary)]
    least, totals = (min(counts) for counts in zip(*printed, strict=True)) if printed else (0, 0)
    yield Demand(Kind.COUNT, ("rows",), low=max(least + totals, 1), high=_most_rows(form, vocabulary), within=within)
    summed = sum(lane.hierarchy is not Hierarchy.ROWS for lane in form.lanes)
    if summed:
        yield Demand(Kind.COUNT, ("totals",), low=totals, high=summed, within=within)


def _specs(form: Form, vocabulary: Vocabulary) -> Iterator[TableSpec]:
    for layout in vocabulary.layouts.values():
        yield from (spec for spec in layout.tables if spec.form == form.form)


def _printed(spec: TableSpec, form: Form) -> tuple[int, int]:
    """Return how many fixed rows, and how many totals, a layout always prints of a form."""
    omitted = set(spec.omits(form))
    lanes = spec.lanes_of(form)
    fixed = sum(row not in omitted for lane in lanes for row in lane.rows)
    totals = sum(lane.hierarchy is not Hierarchy.ROWS and lane.total not in omitted for lane in lanes)
    return fixed, totals


def _most_rows(form: Form, vocabulary: Vocabulary) -> int:
    if form.card is not None:
        return len(form.card.sides)
    if any(lane.hierarchy is not Hierarchy.ROWS for lane in form.lanes):
        return MOST_ROWS
    return sum(_most_of(lane, vocabulary) for lane in form.lanes)


def _most_of(lane: Lane, vocabulary: Vocabulary) -> int:
    return len(lane.rows) + (len(vocabulary.classification.functions) if lane.classes else 0)


def _filings_suite() -> Suite:
    columns = (*ORIGIN, *_FILING)
    demands = (
        Demand(Kind.COLUMNS, tuple(column.name for column in columns)),
        Demand(Kind.UNIQUE, ("filing",)),
        Demand(Kind.FILLED, ("filer",)),
        Demand(Kind.COUNT, ("year",), low=YEARS[0], high=YEARS[1]),
        Demand(Kind.COUNT, ("missing",), low=0, high=0),
        Demand(Kind.COUNT, ("unread",), low=0, high=0),
    )
    return Suite(FILINGS, columns, demands)
