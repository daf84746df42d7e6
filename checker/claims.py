"""Claims of the prose as operands: which are meant, what they say, and which row of a table their item is."""

from __future__ import annotations

from collections.abc import Iterator

from checker.equations import Absent, find_column, find_table
from checker.model.claim import COLUMNS, ITEM, Measure
from checker.model.filing import Filing
from checker.model.outcome import Verdict
from checker.model.table import Operand, Row, Table
from checker.ruleset.expression import Reference
from checker.ruleset.rules import ITEMS, THIS_ITEM

POSITIONS = {name: position for position, name in enumerate(COLUMNS)}
"""Where each measure stands in a table of claims."""


def claims(filing: Filing, passages: tuple[str, ...], subjects: tuple[str, ...]) -> Iterator[tuple[Table, int]]:
    """Yield the claims of some passages about some subjects, none meaning all."""
    for table in filing.statements:
        if passages and table.form not in passages:
            continue
        for index, row in enumerate(table.rows):
            if not subjects or row.name in subjects or (ITEMS in subjects and row.level == ITEM):
                yield table, index


class Claimed:
    """Answers what a claim says: the measures by their bare names, and the row of its item in a table."""

    def __init__(self, filing: Filing, table: Table, index: int, amount: Operand | None = None) -> None:
        self.filing, self.table, self.index = filing, table, index
        self.row = table.rows[index]
        self.amount = amount

    def __call__(self, reference: Reference) -> list[Operand] | Absent | None:
        """Return the operands of a reference that only the claim can resolve."""
        if not reference.table:
            if reference.column == Measure.AMOUNT and self.amount is not None:
                return [self.amount]
            operand = self.table.operand(self.index, POSITIONS[reference.column])
            return [operand] if operand is not None else UNSAID
        if reference.row != THIS_ITEM:
            return None
        table = find_table(self.filing, reference.table)
        if isinstance(table, Absent):
            return table
        row = item_row(table, self.row.names)
        column = find_column(self.filing, table, reference.column)
        if row is None or isinstance(column, Absent):
            return column if isinstance(column, Absent) else Absent(Verdict.NOT_APPLICABLE, _not_there(table, self.row))
        operand = table.operand(row, column)
        return [operand] if operand is not None else UNSAID

    def measure(self, name: str) -> Operand | None:
        """Return what the claim says of a measure, if it does."""
        return self.table.operand(self.index, POSITIONS[name])


UNSAID = Absent(Verdict.NOT_APPLICABLE, "文字里没有说")
"""The claim does not state what a relation needs: there is nothing to compare."""


def item_row(table: Table, names: tuple[str, ...]) -> int | None:
    """Return the one row of a table that a path of names leads to, None when there is none or more than one."""
    if not names:
        return None
    wanted = [bare_name(name) for name in names]
    level = ("类", "款", "项")[len(wanted) - 1] if len(wanted) <= 3 else ""
    rows = [index for index, row in enumerate(table.rows) if row.level == level and bare_name(row.name) == wanted[-1]]
    exact = [index for index in rows if path_of(table, index) == wanted]
    if exact:
        return exact[0] if len(exact) == 1 else None
    return rows[0] if len(rows) == 1 and len(wanted) > 1 and path_of(table, rows[0])[0] == wanted[0] else None


def path_of(table: Table, index: int) -> list[str]:
    """Return the path of a row as names compare: without brackets' widths and the word 支出."""
    path: list[str] = []
    while index >= 0 and table.rows[index].level in {"类", "款", "项"}:
        path.append(bare_name(table.rows[index].name))
        index = table.rows[index].parent
    return path[::-1]


_BRACKETS = str.maketrans("（）", "()")


def bare_name(name: str) -> str:
    """Return the name of an item as names compare."""
    return name.translate(_BRACKETS).replace(" ", "").removesuffix("支出")


def printed_path(table: Table, index: int) -> str:
    """Return the path of a row in the words of the table."""
    names: list[str] = []
    while index >= 0 and table.rows[index].level in {"类", "款", "项"}:
        names.append(table.rows[index].name)
        index = table.rows[index].parent
    return "-".join(reversed(names))


def _not_there(table: Table, row: Row) -> str:
    return f"{table.form}里没有“{row.name}”"
