"""Rows as entries of a list of subjects, and what a check reports of them."""

from __future__ import annotations

from typing import NamedTuple

from checker.model.rule import Severity
from checker.model.table import Role, Row, Table
from checker.ruleset.codes import FIRST_DIGITS, CodeList

LEVELS = frozenset({"类", "款", "项"})
"""Levels of rows that name a subject."""


class Entry(NamedTuple):
    """A row that names a subject: its code and name as printed; without a code where only the name is printed."""

    table: Table
    position: int
    row: Row
    code: str
    name: str

    @property
    def words(self) -> str:
        """The subject as printed."""
        return f"{self.code} {self.name}".strip()

    @property
    def printed(self) -> bool:
        """Whether the row has a figure or any other word than its name."""
        return any(cell is not None and not cell.blank for cell in self.row.cells)


class Doubt(NamedTuple):
    """A row that is not as it should be, and why."""

    entry: Entry
    reason: str
    severity: Severity | None = None


class Report(NamedTuple):
    """What a check came to in one table: what it doubts, whether it verified anything, and what it could not."""

    doubts: list[Doubt]
    verified: bool
    unknown: list[str]


def entries_of(table: Table, codes: CodeList) -> list[Entry]:
    """Return the rows that name a subject of the list, and those whose number is no code at all."""
    digit = FIRST_DIGITS[codes]
    entries = []
    for index, row in enumerate(table.rows):
        if row.role is Role.TOTAL:
            continue
        if not row.printed:
            code, name = ("" if row.key == row.name else row.code), row.name
        else:
            code, name = row.printed
        if code[:1] == digit or 0 < len(code) < 3 or (not code and row.level in LEVELS):
            entries.append(Entry(table, index, row, code, name))
    return entries
