"""`rollup`: children add up to their parent, level by level, to the total row."""

from __future__ import annotations

from collections.abc import Iterator

from checker.equations import Absent, find_column, no_table, unless_short, weigh
from checker.forms.vocabulary import TOTAL
from checker.model.filing import Filing
from checker.model.outcome import Outcome, Verdict
from checker.model.rule import RuleInfo
from checker.model.table import Operand, Table
from checker.ruleset.rules import Rollup

_TOPS = frozenset({"类", "单位", "大类"})
"""Levels that only a total row can stand above."""


def check(info: RuleInfo, slots: Rollup, filing: Filing) -> Iterator[Outcome]:
    """Compare every parent with the sum of its children, column by column."""
    tables = list(filing.tables_of(slots.table))
    if not tables:
        yield no_table(filing, slots.table).outcome(info)
    if len(tables) > 1 and not tables[0].subject:
        reason = f"文件中有{len(tables)}张{slots.table}，无法确定哪些行属于哪一张"
        yield Outcome(info, Verdict.UNASSESSED, about=slots.table, reason=reason)
        return
    for table in tables:
        if table.nil:
            yield Outcome(info, Verdict.NIL, about=table.label)
            continue
        columns = list(range(len(table.columns)))
        if slots.columns:
            found = [find_column(filing, table, column) for column in slots.columns]
            yield from (position.outcome(info, table.label) for position in found if isinstance(position, Absent))
            columns = [position for position in found if not isinstance(position, Absent)]
        untotalled = TOTAL in filing.layout.omitted.get(table.form, ())
        yield from _check_table(info, table, columns, untotalled)


def _check_table(info: RuleInfo, table: Table, columns: list[int], untotalled: bool) -> Iterator[Outcome]:
    if len(table.rows) == 1:
        yield Outcome(info, Verdict.NOT_APPLICABLE, about=table.label, reason=f"{table.form}只有合计，没有明细")
    elif not table.children:
        reason = f"{table.form}没有合计行，或没有可汇总的明细行"
        yield Outcome(info, Verdict.UNASSESSED, reason=reason, about=table.label)
    elif not untotalled and any(row.parent < 0 and row.level in _TOPS for row in table.rows):
        reason = f"{table.form}没有合计行，各{next(iter(_tops(table)))}无从汇总"
        yield Outcome(info, Verdict.UNASSESSED, reason=reason, about=table.label)
    for parent in sorted(table.children):
        children = table.children[parent]
        signs = (1,) + (-1,) * len(children)
        for column in columns:
            if column not in table.printed:
                yield Outcome(info, Verdict.NIL, (), (), table.rows[parent].key)
                continue
            operands = [
                Operand(table, row, column, cell)
                for row in (parent, *children)
                if (cell := table.rows[row].cells[column]) is not None
            ]
            if len(operands) == len(signs):
                yield unless_short(weigh(info, operands, signs, blank_total_open=True))


def _tops(table: Table) -> list[str]:
    return [row.level for row in table.rows if row.parent < 0 and row.level in _TOPS]
