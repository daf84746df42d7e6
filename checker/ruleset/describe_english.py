"""What a rule says, in English: the sentence around its equations; tables, rows and columns keep their names."""

from __future__ import annotations

from checker.ruleset.describe import describe
from checker.ruleset.rules import (
    EVERY_TABLE,
    Across,
    Balance,
    Present,
    Rollup,
    Rule,
    Shares,
    Source,
    Statement,
    Tie,
    Values,
)
from checker.ruleset.wording import Text


def describe_english(rule: Rule) -> list[str]:
    """Return what a rule says: its equations, or the sentence that its slots make."""
    match rule.slots:
        case Balance(relations, columns):
            each = f" (* is each of {', '.join(columns)})" if columns else ""
            return [relation.text + each for relation in relations]
        case Across(table, relation, rows, below):
            of = f"in the rows {', '.join(rows)}" if any(rows) else "in every row"
            under = f" below {', '.join(below)}" if any(below) else ""
            return [f"{table}, {of}{under}: {relation.text}"]
        case Rollup(table, columns):
            return [f"{table}: a row is the sum of the rows below it, in {', '.join(columns) or 'every column'}"]
        case Tie(left, right):
            return [_tie(rule.slots, left, right)]
        case Present(matter=matter, mentions=mentions) if mentions:
            return [f"the narrative speaks of {matter} (one of: {', '.join(mentions)})"]
        case Present(forms, nil_table, nil_when):
            if forms:
                return [f"required: {', '.join(forms)}"]
            source = " and if: " + "; ".join(relation.text for relation in nil_when) if nil_when else ""
            return [f"{nil_table} says that it has no data if and only if it holds no figure{source}"]
        case Values(table, displayed=True):
            return [f"{'every table' if table == EVERY_TABLE else table}: totals display all that they store"]
        case Values(table, _, pairs, unique) if pairs or unique:
            return [f"{table}: {'the items are allowed pairs' if pairs else 'no pair of items stands twice'}"]
        case _:
            return _spoken(rule)


def _spoken(rule: Rule) -> list[str]:
    """Return what a rule says of the narrative; of a kind that is not known here, in Chinese."""
    match rule.slots:
        case Statement():
            return [_statement(rule.slots)]
        case Shares(passages, complete, _):
            says = (
                "the shares of all parts add up to 100 %" if complete else "a share is the ratio that it claims to be"
            )
            return [f"{', '.join(passages) or 'the narrative'}: {says}"]
        case Text(within, names, forbids, unless):
            where = ", ".join(within) + (f" ({', '.join(names)})" if names else "")
            if rule.slots.judges is not None:
                return [f"{where}: {rule.info.name_en or rule.slots.judges}"]
            excuse = f", unless {' or '.join(unless)} stands there" if unless else ""
            return [f"{where}: no {' or '.join(forbids)}{excuse}"]
        case _:
            return describe(rule)


def _statement(slots: Statement) -> str:
    where = ", ".join(slots.passages) or "the narrative"
    what = ", ".join(slots.subjects) or "every quantity"
    says = " or ".join(relation.text for relation in slots.relations)
    if slots.direction:
        says = f"the words for more and less agree with {', '.join(slots.direction)}"
    if slots.names:
        says = (
            f"the names listed are the rows of {slots.names.table} below {', '.join(slots.names.below)} with a figure"
        )
    if slots.parts:
        says = f"{slots.parts} is the sum of that of its parts"
    if slots.items_of:
        says = f"the item is one of {', '.join(slots.items_of)}"
    if slots.count:
        says = f"the count is the number of tables of {slots.count}"
    needs = f" (where {', '.join(slots.needs)} is stated)" if slots.needs else ""
    return f"{what} in {where}{needs}: {says}"


def _tie(tie: Tie, left: Source, right: tuple[Source, ...]) -> str:
    one, others = _source(left), " + ".join(map(_source, right))
    if tie.keys_only:
        return f"the codes of {one} are {'all among those' if tie.one_way else 'those'} of {others}"
    matched = ", where both have it" if tie.matched_only else ""
    return f"code by code{matched}: {one} {'≤' if tie.at_most else '='} {others}"


def _source(source: Source) -> str:
    columns = f", {' + '.join(source.columns)}" if source.columns else ""
    return f"{source.table}[{'/'.join(source.rows)}{columns}]"
