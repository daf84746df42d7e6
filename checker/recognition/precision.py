"""How precisely is a table printed? Spreadsheets drop trailing zeros, and 19155.7 beside 18041.69 means 19155.70."""

from __future__ import annotations

from checker.model.table import Cell, Row


def settle_precision(rows: list[Row]) -> list[Row]:
    """Return the rows with figures restated to the table's precision where trailing zeros were dropped.

    They were dropped when decimals are mixed and no figure with the most decimals ends in a zero; when some do, a
    figure with fewer decimals is coarser, and keeps the step that it was printed with.
    """
    figures = [cell.figure for row in rows for cell in row.cells if cell is not None and cell.figure is not None]
    exponents = {figure.exponent for figure in figures if figure.minor}
    if len(exponents) < 2:
        return rows
    finest = min(exponents)
    if any(figure.exponent == finest and figure.minor and figure.minor % 10 == 0 for figure in figures):
        return rows
    return [_restate(row, finest) for row in rows]


def _restate(row: Row, finest: int) -> Row:
    cells = tuple(
        Cell(cell.text, cell.place, cell.figure.restated(finest), cell.stored)
        if cell is not None and cell.figure is not None and cell.figure.exponent > finest
        else cell
        for cell in row.cells
    )
    return Row(row.key, row.name, row.role, row.level, cells, row.place, row.code, row.names, row.parent, row.printed)
