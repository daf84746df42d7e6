"""`values`: the names in a table lie in their domain; its totals display all that they store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from checker.equations import Absent, find_rows, find_table
from checker.model.filing import Filing
from checker.model.outcome import Outcome, Verdict
from checker.model.rule import RuleInfo
from checker.model.table import Operand, Role, Row, Table
from checker.ruleset.rules import EVERY_TABLE, Values


def check(info: RuleInfo, slots: Values, filing: Filing) -> Iterator[Outcome]:
    """Check each row's names against the allowed pairs, that no row's names stand twice, or what totals display."""
    if slots.displayed:
        yield from _check_displayed(info, slots, filing)
        return
    table = find_table(filing, slots.table)
    if isinstance(table, Absent):
        yield table.outcome(info, slots.table)
        return
    rows = [index for name in slots.rows for index in find_rows(table, name)]
    if slots.unique and not any(all(table.rows[index].names) for index in rows):
        yield Outcome(info, Verdict.NOT_APPLICABLE, about=table.form, reason="没有印政府预算经济科目")
        return
    if slots.unique:
        yield from _check_unique(info, table, rows)
    if slots.pairs:
        yield from _check_pairs(info, slots, table, rows)


def _check_unique(info: RuleInfo, table: Table, rows: list[int]) -> Iterator[Outcome]:
    counts = Counter(table.rows[index].names for index in rows)
    told: set[tuple[str, ...]] = set()
    for index in rows:
        row = table.rows[index]
        if counts[row.names] == 1:
            yield Outcome(info, Verdict.AGREES, about=row.key)
        elif row.names in told:
            reason = f"“{'/'.join(filter(None, row.names))}”出现{counts[row.names]}次"
            yield _differs(info, table, index, row, reason)
        told.add(row.names)


def _check_pairs(info: RuleInfo, slots: Values, table: Table, rows: list[int]) -> Iterator[Outcome]:
    for index in rows:
        row = table.rows[index]
        item, government = (*row.names, "", "")[:2]
        allowed = slots.pairs.get(item)
        if allowed is None or not government:
            reason = f"参考表中没有“{item}”，不核对" if allowed is None else "没有印政府预算经济科目"
            yield Outcome(info, Verdict.NOT_APPLICABLE, reason=reason, about=row.key)
        elif government in allowed:
            yield Outcome(info, Verdict.AGREES, about=row.key)
        else:
            reason = f"“{item}”通常对应“{'”或“'.join(allowed)}”，此处为“{government}”"
            yield _differs(info, table, index, row, reason)


def _check_displayed(info: RuleInfo, slots: Values, filing: Filing) -> Iterator[Outcome]:
    """Check that the totals of every table hide no decimals; only spreadsheets keep more than they display."""
    tables = filing.tables if slots.table == EVERY_TABLE else filing.tables_of(slots.table)
    if not any(cell.stored for table in tables for row in table.rows for cell in row.cells if cell is not None):
        yield Outcome(info, Verdict.NOT_APPLICABLE, reason="没有数字显示得比存储的少")
        return
    for table in tables:
        hiding = [
            Operand(table, index, column, cell)
            for index, row in enumerate(table.rows)
            if row.role is not Role.DETAIL
            for column, cell in enumerate(row.cells)
            if cell is not None and cell.stored
        ]
        if not hiding:
            yield Outcome(info, Verdict.AGREES, about=table.label)
            continue
        first = hiding[0]
        reason = (
            f"{len(hiding)}个合计数没有显示全部小数，如{first.ref}显示为 {first.text}，实际存储 {first.cell.stored}"
        )
        yield Outcome(
            info,
            Verdict.DIFFERS,
            tuple(hiding),
            (1,) * len(hiding),
            reason=reason,
            about=table.label,
            place=first.place,
        )


def _differs(info: RuleInfo, table: Table, index: int, row: Row, reason: str) -> Outcome:
    figures = [
        Operand(table, index, column, cell)
        for column, cell in enumerate(row.cells)
        if cell is not None and cell.figure is not None
    ]
    operands = tuple(figures[:1])
    return Outcome(info, Verdict.DIFFERS, operands, (1,) * len(operands), reason=reason, about=row.key, place=row.place)
