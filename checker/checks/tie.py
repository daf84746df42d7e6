"""`tie`: two tables agree key by key; keys that only one side has are listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from checker.equations import Absent, find_column, find_rows, find_table, weigh
from checker.model.filing import Filing
from checker.model.outcome import Outcome, Verdict
from checker.model.rule import RuleInfo
from checker.model.table import Operand
from checker.ruleset.expression import Comparison
from checker.ruleset.rules import Source, Tie

Keyed = dict[str, list[Operand]]


def check(info: RuleInfo, slots: Tie, filing: Filing) -> Iterator[Outcome]:
    """Compare the figures (or only the keys) of both sides, in the order of the left table."""
    levels = _shared_levels(slots, filing)
    if isinstance(levels, Absent):
        yield levels.outcome(info)
        return
    sides: list[Keyed] = []
    unsure: dict[str, str] = {}
    for source in (slots.left, *slots.right):
        keyed = _operands(filing, source, levels)
        if isinstance(keyed, Absent):
            yield keyed.outcome(info)
            return
        sides.append(keyed)
        unsure |= {key: source.table for key, operands in keyed.items() if key.isdigit() and _differ_in_name(operands)}
    left, right = sides[0], _merge(sides[1:])
    left, right = _by_names(left, right)
    comparison = Comparison.AT_MOST if slots.at_most else Comparison.EQUAL
    for key in dict.fromkeys([*left, *right]):
        mine, theirs = left.get(key, []), right.get(key, [])
        if not mine and not theirs:
            continue
        if key in unsure:
            reason = f"{unsure[key]}中有几行科目名称不同，科目编码都是{key}"
            yield Outcome(info, Verdict.UNASSESSED, reason=reason, about=key)
        elif slots.keys_only:
            yield from _compare_keys(info, slots, key, mine, theirs)
        elif slots.matched_only and not (mine and theirs):
            if any(operand.figure and operand.figure.minor for operand in (*mine, *theirs)):
                reason = f"“{key}”只见于{(mine or theirs)[0].table.form}，由核对科目是否齐全的规则处理"
                yield Outcome(info, Verdict.NOT_APPLICABLE, reason=reason, about=key)
        else:
            signs = [1] * len(mine) + [-1] * len(theirs)
            outcome = weigh(info, [*mine, *theirs], signs, comparison, about=key)
            if mine and theirs:
                yield outcome
            else:
                yield _unless_strange(outcome, filing, slots.right if mine else (slots.left,))


def _unless_strange(outcome: Outcome, filing: Filing, sources: Iterable[Source]) -> Outcome:
    """Return the outcome of a key that these tables lack; unassessed where they have rows that were not understood."""
    if outcome.verdict is not Verdict.DIFFERS:
        return outcome
    short = [table.shortfall() for source in sources for table in filing.tables_of(source.table) if table.strange_rows]
    return msgspec.structs.replace(outcome, verdict=Verdict.UNASSESSED, reason=short[0]) if short else outcome


def _differ_in_name(operands: list[Operand]) -> bool:
    """Say whether rows under one code have different names: a part of their codes was not read, or is misprinted."""
    return len({operand.table.rows[operand.row].name for operand in operands}) > 1


def _shared_levels(slots: Tie, filing: Filing) -> tuple[str, ...] | Absent:
    """Return the levels that both sides print: a table without 款 rows has no 款 to compare, and lacks none."""
    printed: list[set[str]] = []
    for sources in ((slots.left,), slots.right):
        levels = set(slots.left.rows)
        for source in sources:
            table = find_table(filing, source.table)
            if isinstance(table, Absent):
                return table
            levels -= {*filing.layout.omitted.get(source.table, ())}
            if not levels:
                reason = f"此版式的{source.table}不列{'、'.join(slots.left.rows)}级的行"
                return Absent(Verdict.NOT_APPLICABLE, reason)
            if not table.nil and len(table.rows) > 1:
                levels &= set(table.by_level)
        printed.append(levels)
    shared = tuple(level for level in slots.left.rows if level in printed[0] and level in printed[1])
    if shared:
        return shared
    missing = slots.right[0].table if printed[0] else slots.left.table
    return Absent(Verdict.UNASSESSED, f"{missing}没有{'、'.join(slots.left.rows)}级的行")


def _operands(filing: Filing, source: Source, levels: tuple[str, ...]) -> Keyed | Absent:
    """Return the cells of a source by key: the code of the row, or its name where it prints none."""
    table = find_table(filing, source.table)
    if isinstance(table, Absent):
        return table
    columns: list[int] = []
    for name in source.columns or table.columns:
        position = find_column(filing, table, name)
        if isinstance(position, Absent):
            if table.nil:
                return {}
            return position
        columns.append(position)
    columns = [column for column in columns if column in table.printed] or columns[:1]
    keyed: Keyed = {}
    for name in (level for level in source.rows if level in levels):
        for index in find_rows(table, name):
            row = table.rows[index]
            cells = row.cells
            operands = [
                Operand(table, index, column, cell) for column in columns if (cell := cells[column]) is not None
            ]
            key = row.code or row.name
            if key in keyed:
                keyed[key] += operands
            else:
                keyed[key] = operands
    return keyed


def _merge(sides: list[Keyed]) -> Keyed:
    if len(sides) == 1:
        return sides[0]
    merged: Keyed = {}
    for side in sides:
        for key, operands in side.items():
            merged.setdefault(key, []).extend(operands)
    return merged


def _by_names(left: Keyed, right: Keyed) -> tuple[Keyed, Keyed]:
    """Match by name what only one side gives a code: a class caption that the official list does not know."""
    for one, other in ((left, right), (right, left)):
        for key in [key for key in one if not key.isdigit() and key not in other]:
            names = {operand.table.rows[operand.row].name: code for code, cells in other.items() for operand in cells}
            if key in names:
                one[names[key]] = one.pop(key)
    return left, right


def _compare_keys(
    info: RuleInfo, slots: Tie, key: str, mine: list[Operand], theirs: list[Operand]
) -> Iterator[Outcome]:
    present = [operand for operand in (*mine, *theirs) if operand.figure and operand.figure.minor]
    if (mine and theirs) or (slots.one_way and theirs):
        if mine:
            yield Outcome(info, Verdict.AGREES if present else Verdict.NIL, about=key)
        return
    verdict = Verdict.DIFFERS if present else Verdict.NIL
    other = slots.right[0].table if mine else slots.left.table
    here = (mine or theirs)[0].table.form
    reason = f"“{key}”见于{here}，{other}没有"
    yield Outcome(info, verdict, tuple(present[:1]), (1,) * len(present[:1]), reason=reason, about=key)
