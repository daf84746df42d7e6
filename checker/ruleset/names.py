"""Do the names in a rule exist? Tables, rows and columns against the forms; and in which layouts they are printed."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.forms.vocabulary import Form, Hierarchy, Layout, Vocabulary
from checker.model.claim import COLUMNS
from checker.ruleset.arithmetic import Arithmetic, faults
from checker.ruleset.codes import Codes
from checker.ruleset.expression import Reference, Relation
from checker.ruleset.rules import (
    EVERY_TABLE,
    ITEMS,
    THIS_ITEM,
    Across,
    Balance,
    Names,
    Present,
    Rollup,
    Rule,
    SaidTargets,
    Shares,
    Statement,
    Tie,
    Values,
)
from checker.ruleset.targets import Indicators, Parts, Sides, TargetTie
from checker.ruleset.wording import Text
from checker.yaml_source import did_you_mean

EACH = "*"
"""Stands for each of a rule's columns."""

DETAIL = "明细"
"""Names the rows that no other row adds up into."""


def relations_of(rule: Rule) -> Iterator[tuple[str, Relation]]:
    """Yield every relation of a rule with the slot that it stands in."""
    for relation in rule.when:
        yield "when", relation
    match rule.slots:
        case Balance(relations, _):
            for relation in relations:
                yield "equation", relation
        case Across(_, relation):
            yield "equation", relation
        case Statement(relations):
            for relation in relations:
                yield "equation", relation
        case Shares(_, _, bases):
            for name, relation in bases.items():
                yield f"bases.{name}", relation
        case Present(_, _, relations):
            for relation in relations:
                yield "nil_when", relation
        case Parts(against=relations):
            for relation in relations:
                yield "against", relation


def tables_of(rule: Rule) -> list[str]:
    """Return the forms that a rule needs, the subject's first."""
    names: list[str] = []
    match rule.slots:
        case Across(table) | Rollup(table, _) | Values(table) | Codes(table=table) if table != EVERY_TABLE:
            names.append(table)
        case Tie(left, right):
            names += [left.table, *(source.table for source in right)]
        case Present(_, table, _) if table:
            names.append(table)
        case Statement(names=Names(table)) | Statement(count=table) if table:
            names.append(table)
        case SaidTargets(table):
            names.append(table)
        case Statement(items_of=tables):
            names += tables
        case Indicators(table) | Sides(table) | Parts(table):
            names.append(table)
        case TargetTie(table, current, carried):
            names += [table, current, carried]
        case Arithmetic() if rule.slots.form:
            names.append(rule.slots.form)
    for _, relation in relations_of(rule):
        names += [reference.table for reference in relation.references() if reference.table]
    return list(dict.fromkeys([*names, *rule.titled, *rule.lacking]))


def columns_of(rule: Rule) -> set[tuple[str, str]]:
    """Return the (form, column) pairs that a rule names."""
    pairs: set[tuple[str, str]] = set()
    each: tuple[str, ...] = ()
    match rule.slots:
        case Balance(_, columns):
            each = columns
        case Across(table, relation):
            pairs |= {
                (table, reference.column)
                for reference in relation.references()
                if not reference.table and not reference.optional
            }
        case Rollup(table, columns) | Sides(table, _, columns):
            pairs |= {(table, column) for column in columns}
        case Tie(left, right):
            pairs |= {(source.table, column) for source in (left, *right) for column in source.columns}
    for _, relation in relations_of(rule):
        for reference in relation.references():
            if reference.table and reference.column and not reference.optional:
                named = each if reference.column == EACH else (reference.column,)
                pairs |= {(reference.table, column) for column in named}
    return pairs


def rows_of(rule: Rule) -> set[tuple[str, str]]:
    """Return the (form, row) pairs that a rule cannot do without."""
    return {
        (reference.table, reference.row)
        for _, relation in relations_of(rule)
        for reference in relation.references()
        if reference.table and not reference.summed and not reference.optional and reference.row != THIS_ITEM
    }


def not_printed(rule: Rule, layout: Layout, forms: dict[str, Form]) -> list[str]:
    """Return what a rule names that a layout does not print; the rule is not applicable there.

    A table that the rule only asks to lack something is not needed: a layout without it lacks all of it.
    """
    facts = layout.facts(forms)
    never = {form: {*names} - {*facts.optional.get(form, ())} for form, names in facts.omitted.items()}
    needed = tables_of(msgspec.structs.replace(rule, lacking={}))
    lacking = [table for table in needed if table not in never]
    return lacking + [
        f"{table}[{name}]"
        for table, name in sorted({*columns_of(rule), *rows_of(rule)})
        if name in never.get(table, ())
    ]


def check_names(  # noqa: PLR0912 - one branch for each kind of rule
    rule: Rule, vocabulary: Vocabulary
) -> Iterator[tuple[str, str]]:
    """Yield (slot, complaint) for every name that does not exist."""
    forms = vocabulary.forms
    each = rule.slots.columns if isinstance(rule.slots, Balance) else ()
    match rule.slots:
        case Present(names, _, _):
            yield from (
                ("forms", f"未知的表式“{name}”{did_you_mean(name, forms)}") for name in names if name not in forms
            )
        case Across(table, relation, rows, below):
            yield from _check_across(table, relation, rows, below, vocabulary)
        case Rollup(table, columns) if table in forms:
            yield from _check_columns("columns", forms[table], columns)
        case Tie(left, right):
            for slot, source in (("left", left), *(("right", source) for source in right)):
                if source.table in forms:
                    yield from _check_columns(slot, forms[source.table], source.columns)
                    yield from _check_rows(slot, forms[source.table], source.rows, vocabulary)
        case Text():
            yield from _check_wording(rule.slots, vocabulary)
    yield from _check_spoken(rule, vocabulary)
    spoken = passages_of(vocabulary)
    for table in tables_of(rule):
        if table not in forms and table not in spoken:
            yield _slot_of(rule, table), f"未知的表式“{table}”{did_you_mean(table, forms)}"
    yield from _check_lacking(rule, forms)
    bare = rule.slots if isinstance(rule.slots, Across | Statement | Shares) else None
    yield from faults(rule.slots, forms)
    for slot, relation in relations_of(rule):
        for reference in relation.references():
            if reference.table in forms:
                yield from _check_reference(slot, reference, each, vocabulary)
            elif reference.table in spoken:
                yield from _check_claim(slot, reference, vocabulary)
            elif not reference.table and bare is None:
                yield slot, f"“{reference.column}”没有写明是哪张表的哪一行"


def _slot_of(rule: Rule, table: str) -> str:
    """Return the slot in which a rule names a table."""
    if (
        isinstance(rule.slots, (Across, Rollup, Values, Codes, Indicators, Sides, Parts, TargetTie))
        and rule.slots.table == table
    ):
        return "table"
    if isinstance(rule.slots, Arithmetic):
        return "arithmetic"
    return next((slot for slot in ("lacking", "titled") if table in getattr(rule, slot)), "equation")


def _check_lacking(rule: Rule, forms: dict[str, Form]) -> Iterator[tuple[str, str]]:
    for table, name in rule.lacking.items():
        if table in forms and name not in (known := {*forms[table].columns, *forms[table].fixed_rows}):
            yield "lacking", f"{table} 没有“{name}”{did_you_mean(name, known)}"


def passages_of(vocabulary: Vocabulary) -> set[str]:
    """Return the passages that some layout knows: their claims can be referred to as those of a table."""
    return {spec.passage for layout in vocabulary.layouts.values() for spec in layout.passages}


def _check_claim(slot: str, reference: Reference, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Check a reference to what a passage says: 政府采购[政府采购货物, 金额]; `#2` is said a second time."""
    name = reference.row.partition("#")[0]
    if name not in vocabulary.wording.quantities:
        yield slot, f"未知的数“{name}”{did_you_mean(name, vocabulary.wording.quantities)}"
    if reference.column not in COLUMNS:
        yield slot, f"文字里没有“{reference.column}”这样的数{did_you_mean(reference.column, COLUMNS)}"


def _check_wording(text: Text, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Check the passages and fields that a rule about wording looks at."""
    fields = {name for form in vocabulary.forms.values() if form.card for name in form.card.fields}
    known = fields | passages_of(vocabulary)
    for number, name in enumerate(text.names):
        if name not in known:
            yield f"text.names.{number}", f"没有版式有“{name}”段落或栏目{did_you_mean(name, known)}"


def _check_spoken(rule: Rule, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Check the names that only the prose has: passages, quantities, measures."""
    if not isinstance(rule.slots, Statement | SaidTargets | Shares):
        return
    passages = passages_of(vocabulary)
    for name in rule.slots.passages:
        if name not in passages:
            yield "passages", f"没有版式有“{name}”段落{did_you_mean(name, passages)}"
    quantities = {*vocabulary.wording.quantities, ITEMS}
    named = rule.slots.subjects if isinstance(rule.slots, Statement) else ()
    named += tuple(rule.slots.bases) if isinstance(rule.slots, Shares) else ()
    for name in named:
        if name not in quantities:
            yield "subject", f"未知的数“{name}”{did_you_mean(name, quantities)}"
    for slot, relation in relations_of(rule):
        for reference in relation.references():
            if not reference.table and reference.column not in COLUMNS:
                yield slot, f"文字里没有“{reference.column}”这样的数{did_you_mean(reference.column, COLUMNS)}"
    if isinstance(rule.slots, Statement):
        for slot in ("needs", "direction"):
            for name in getattr(rule.slots, slot):
                if name not in COLUMNS:
                    yield slot, f"文字里没有“{name}”这样的数{did_you_mean(name, COLUMNS)}"


def _check_across(
    table: str, relation: Relation, rows: tuple[str, ...], below: tuple[str, ...], vocabulary: Vocabulary
) -> Iterator[tuple[str, str]]:
    form = vocabulary.forms.get(table)
    if form is None:
        return
    names = tuple(reference.column for reference in relation.references() if not reference.table)
    yield from _check_columns("equation", form, names)
    yield from _check_rows("rows", form, rows, vocabulary)
    yield from _check_rows("below", form, below, vocabulary)
    lanes = [set(lane.columns) for lane in form.lanes] or [set(form.columns)]
    if set(names) <= set(form.columns) and not any(set(names) <= lane for lane in lanes):
        yield "equation", f"{form.form} 的{'、'.join(names)}不在同一半表内"


def _check_columns(slot: str, form: Form, columns: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for column in columns:
        if column not in form.columns:
            yield slot, f"{form.form} 没有栏“{column}”{did_you_mean(column, form.columns)}"


def _check_rows(slot: str, form: Form, rows: tuple[str, ...], vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    known = {*form.fixed_rows, *form.levels, DETAIL}
    if any(lane.hierarchy is Hierarchy.ECONOMIC for lane in form.lanes):
        official = vocabulary.classification
        known |= {*official.economic, *official.items.values(), *official.pairs}
    for row in rows:
        if row not in known:
            yield slot, f"{form.form} 没有行“{row}”{did_you_mean(row, known)}"


def _check_reference(
    slot: str, reference: Reference, each: tuple[str, ...], vocabulary: Vocabulary
) -> Iterator[tuple[str, str]]:
    form = vocabulary.forms[reference.table]
    if form.repeats:
        yield slot, f"{form.form} 一份文件有多张，不能用 {reference} 引用其中一个数字"
        return
    if reference.row != THIS_ITEM:
        yield from _check_rows(slot, form, (reference.row,), vocabulary)
    if reference.row in {*form.levels, DETAIL} and not reference.summed:
        yield slot, f"{reference} 指的是许多行，应写作 sum({reference})"
    if reference.column == EACH:
        if not each:
            yield slot, f"{reference} 用了 *，规则须写明 columns"
        yield from _check_columns("columns", form, each)
    elif reference.column:
        yield from _check_columns(slot, form, (reference.column,))
    elif not any(len(lane.columns) == 1 for lane in form.lanes):
        yield slot, f"{reference} 没有写明哪一栏"
