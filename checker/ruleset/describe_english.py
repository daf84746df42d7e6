"""What a rule says, in English: the sentence around its equations; tables, rows and columns keep their names."""

from __future__ import annotations

from checker.ruleset.describe import describe
from checker.ruleset.rules import EVERY_TABLE, Across, Balance, Present, Rollup, Rule, Source, Tie, Values


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
            return describe(rule)


def _tie(tie: Tie, left: Source, right: tuple[Source, ...]) -> str:
    one, others = _source(left), " + ".join(map(_source, right))
    if tie.keys_only:
        return f"the codes of {one} are {'all among those' if tie.one_way else 'those'} of {others}"
    matched = ", where both have it" if tie.matched_only else ""
    return f"code by code{matched}: {one} {'≤' if tie.at_most else '='} {others}"


def _source(source: Source) -> str:
    columns = f", {' + '.join(source.columns)}" if source.columns else ""
    return f"{source.table}[{'/'.join(source.rows)}{columns}]"
