"""`across`: every row of a table satisfies an equation between its columns."""

from __future__ import annotations

from collections.abc import Iterator

from checker.equations import Absent, find_column, find_rows, no_table, unless_short, weigh
from checker.model.filing import Filing
from checker.model.outcome import Outcome, Verdict
from checker.model.rule import RuleInfo
from checker.model.table import Operand, Table
from checker.ruleset.rules import Across

FEW_ROWS = 4
"""Rows up to which it does not pay to look for columns that print nothing."""


def check(info: RuleInfo, slots: Across, filing: Filing) -> Iterator[Outcome]:
    """Apply the equation to the rows of every table of the form that have its columns."""
    tables = list(filing.tables_of(slots.table))
    if not tables:
        yield no_table(filing, slots.table).outcome(info)
    known: dict[tuple[str, ...], list[tuple[int, int]] | Absent] = {}
    for table in tables:
        if table.nil and (table.nil_note is not None or not table.lacking):
            yield Outcome(info, Verdict.NIL, about=table.label)
            continue
        columns = known.get(table.columns)
        if columns is None:
            columns = known[table.columns] = _columns(slots, filing, table)
        if isinstance(columns, Absent):
            yield columns.outcome(info, table.label)
        else:
            yield from _check_table(info, slots, table, columns)


def _columns(slots: Across, filing: Filing, table: Table) -> list[tuple[int, int]] | Absent:
    """Return the positions of the equation's columns with their signs, in its order, without those left out."""
    columns: list[tuple[int, int]] = []
    for term in slots.relation.terms or ():
        position = find_column(filing, table, term.reference.column)
        if not isinstance(position, Absent):
            columns.append((position, term.sign))
        elif not (term.reference.optional and position.verdict is Verdict.NOT_APPLICABLE):
            return position
    if len(columns) < 2 < len(slots.relation.terms or ()):
        return Absent(Verdict.NOT_APPLICABLE, f"此版式的{table.form}不印与之相加的各栏")
    return columns


def _check_table(info: RuleInfo, slots: Across, table: Table, terms: list[tuple[int, int]]) -> Iterator[Outcome]:
    columns, signs = [position for position, _ in terms], tuple([sign for _, sign in terms])
    if len(table.rows) > FEW_ROWS:
        kept = [n for n, column in enumerate(columns) if column in table.printed or not n]
        columns, signs = [columns[n] for n in kept], tuple([signs[n] for n in kept])
    comparison, several = slots.relation.comparison, len(terms) > 1
    rows = _rows(table, slots) if any(slots.rows) or any(slots.below) else range(len(table.rows))
    for row in rows:
        cells = table.rows[row].cells
        operands = [Operand(table, row, column, cell) for column in columns if (cell := cells[column]) is not None]
        if len(operands) == len(columns):
            outcome = weigh(info, operands, signs, comparison, blank_total_open=several, exact=slots.exact)
            yield unless_short(outcome) if table.strange_columns else outcome
        elif any(operand.cell.figure and operand.cell.figure.minor for operand in operands):
            reason = f"{operands[0].ref} 一行缺少相加的栏，无法核对"
            yield Outcome(info, Verdict.UNASSESSED, tuple(operands), (1,) * len(operands), reason=reason)


def _rows(table: Table, slots: Across) -> list[int]:
    rows = list(range(len(table.rows)))
    if any(slots.rows):
        wanted = {row for name in slots.rows for row in find_rows(table, name)}
        rows = [row for row in rows if row in wanted]
    if any(slots.below):
        tops = {row for name in slots.below for row in find_rows(table, name)}
        rows = [row for row in rows if row in tops or table.rows[row].parent in tops]
    return rows
