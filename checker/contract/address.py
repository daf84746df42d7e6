"""Semantic addresses → positions: which cell of which table a reference means."""

from __future__ import annotations

from collections.abc import Sequence

from checker.model.place import Place
from checker.model.table import Table

Address = tuple[int, ...]
"""A table, a table and a row, or a table, a row and a column, each counted from 0; nothing for what is in no table."""


class Locator:
    """Finds the cells that findings name by their semantic address."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._tables = tables
        self._cells: dict[int, dict[str, Address]] = {}

    def cell(self, ref: str, at: Place | None = None) -> Address:
        """Return the address of a cell; its place decides where two tables bear the same label."""
        found: Address = ()
        for number, table in enumerate(self._tables):
            address = self._within(number).get(ref) if ref.startswith(f"{table.label}[") else None
            if address is None:
                continue
            cell = table.rows[address[1]].cells[address[2]]
            if at is None or (cell is not None and cell.place == at):
                return address
            found = found or address
        return found

    def table(self, ref: str) -> Address:
        """Return the address of the table that a reference means as a whole."""
        return next(((number,) for number, table in enumerate(self._tables) if ref in {table.label, table.form}), ())

    def _within(self, number: int) -> dict[str, Address]:
        """Return the addresses of a table's cells by their semantic address, worked out when first asked for."""
        if number not in self._cells:
            table = self._tables[number]
            pairs = ((row, column) for row in range(len(table.rows)) for column in range(len(table.columns)))
            operands = (table.operand(row, column) for row, column in pairs)
            self._cells[number] = {each.ref: (number, each.row, each.column) for each in operands if each}
        return self._cells[number]
