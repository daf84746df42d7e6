"""Filings → stacked tables: one DataFrame a suite, a row for each row of each table of its form."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, NamedTuple

from checker.contract.place import At
from checker.contract.printed import RowJson, TableJson, Ticked
from checker.contract.shape import FilingJson
from checker.expectations.demands import CENTS, FILINGS, INDICATORS, TABLES, Suite
from checker.forms.vocabulary import TOTAL, Form
from checker.model.figure import FEN, UNITS, Unit

if TYPE_CHECKING:
    import pandas

BEYOND: Final = 2**62
"""What stands for amounts that are too large for 64 bits; it is far beyond what any contract allows."""

Value = str | int | None


class Origin(NamedTuple):
    """What the columns of ORIGIN hold for the rows of one table."""

    filing: str
    filer: str | None
    year: int
    layout: str
    format: str


class Source(NamedTuple):
    """A filing as a stack knows it."""

    layout: str
    format: str


class Stack:
    """The rows of one suite, column by column, with the place of each."""

    def __init__(self, suite: Suite) -> None:
        self.suite = suite
        self.columns: dict[str, list[Value]] = {column.name: [] for column in suite.columns}
        self.places: list[At | None] = []
        self.cells: dict[tuple[int, str], At] = {}
        self.sources: dict[str, Source] = {}

    def __len__(self) -> int:
        return len(self.places)

    def add(self, origin: Origin, values: dict[str, Value], at: At | None) -> None:
        """Add a row; a column that it does not name stays empty there."""
        cells = origin._asdict() | values
        for name, column in self.columns.items():
            column.append(cells.get(name))
        self.places.append(at)
        self.sources[origin.filing] = Source(origin.layout, origin.format)

    def place(self, row: int, column: str) -> At | None:
        """Return where the cell of a row stands, or where the row does."""
        return self.cells.get((row, column.removesuffix(CENTS)), self.places[row])

    def frame(self) -> pandas.DataFrame:
        """Return the stacked table; whole numbers are `Int64`, all else text, None where there is nothing."""
        import pandas

        kinds = {column.name: "Int64" if column.whole else "object" for column in self.suite.columns}
        return pandas.DataFrame(
            {name: pandas.Series(values, dtype=kinds[name]) for name, values in self.columns.items()}
        )


class Stacks:
    """The stacked tables of some filings."""

    def __init__(self, suites: tuple[Suite, ...], forms: Mapping[str, Form]) -> None:
        self._forms = forms
        self.filings = 0
        self.by_suite = {suite.name: Stack(suite) for suite in suites}

    @property
    def rows(self) -> int:
        """How many rows of tables are stacked."""
        return sum(len(stack) for stack in self.by_suite.values())

    def add(self, filing: FilingJson) -> None:
        """Add the tables of a filing; nothing of the filing itself is kept but places."""
        self.filings += 1
        for number, table in enumerate(filing.tables):
            origin = _origin(filing, table)
            self.by_suite[TABLES].add(origin, _table(number, table), table.at)
            form = self._forms.get(table.form)
            if form is not None:
                self._add_rows(origin, number, table, form)
        files = {_format(filing, table) for table in filing.tables}
        origin = Origin(filing.path, filing.filer or None, filing.year, filing.layout, "+".join(sorted(files)))
        values: dict[str, Value] = {
            "tables": len(filing.tables),
            "missing": len(filing.missing),
            "unread": len(filing.unread),
        }
        self.by_suite[FILINGS].add(origin, values, filing.unread[0].at if filing.unread else None)

    def _add_rows(self, origin: Origin, number: int, table: TableJson, form: Form) -> None:
        stack = self.by_suite[form.form]
        unit = UNITS.get(table.unit)
        whose: dict[str, Value] = {
            "table": number,
            "nil": "yes" if table.nil else "no",
            "subject": table.subject or None,
        }
        for index, row in enumerate(table.body):
            size = len(stack)
            values = whose | _row(index, row)
            first: At | None = None
            for column, cell in zip(table.columns, row.cells, strict=False):
                if cell is None or column not in stack.columns:
                    continue
                first = first or cell.at
                if cell.value is not None:
                    values[column] = cell.value
                    values[column + CENTS] = fen(cell.value, unit)
                elif cell.mark is Ticked.UNREAD:
                    values[column] = cell.text
                    stack.cells[size, column] = cell.at
            stack.add(origin, values, first or table.at)
        if form.form + INDICATORS in self.by_suite:
            self._add_indicators(origin, number, table)

    def _add_indicators(self, origin: Origin, number: int, table: TableJson) -> None:
        stack = self.by_suite[table.form + INDICATORS]
        for each in table.indicators:
            name = each.name.text if each.name else ""
            value = each.value.text if each.value else ""
            printed = each.name or each.value
            if not name and not value:
                continue
            values: dict[str, Value] = {
                "table": number,
                "subject": table.subject or None,
                "side": each.side,
                "first": each.first or None,
                "second": each.second or None,
                "name": name or None,
                "value": value or None,
            }
            stack.add(origin, values, printed.at if printed else table.at)


def fen(value: str, unit: Unit | None) -> int | None:
    """Return an amount as whole 分, what is finer cut off; nothing when the unit is none of money.

    Amounts too large for 64 bits are BEYOND.
    """
    if unit is None or unit.dimension != "money":
        return None
    whole, _, decimals = value.partition(".")
    try:
        minor = int(whole + decimals)
    except ValueError:
        amount = int(Decimal(value).scaleb(unit.exponent - FEN))
    else:
        power = unit.exponent - FEN - len(decimals)
        amount = minor * 10**power if power >= 0 else minor // 10**-power
    return max(-BEYOND, min(BEYOND, amount))


def _origin(filing: FilingJson, table: TableJson) -> Origin:
    return Origin(filing.path, filing.filer or None, filing.year, filing.layout, _format(filing, table))


def _format(filing: FilingJson, table: TableJson) -> str:
    """Return the ending of the file that a table was read from."""
    name = table.at.file or (filing.files[0].path if filing.files else filing.path)
    return PurePath(name).suffix.removeprefix(".").lower()


def _table(number: int, table: TableJson) -> dict[str, Value]:
    return {
        "table": number,
        "form": table.form,
        "title": table.title or None,
        "unit": table.unit or None,
        "subject": table.subject or None,
        "nil": "yes" if table.nil else "no",
        "rows": len(table.body),
        "totals": sum(row.level == TOTAL for row in table.body),
        "figures": table.figures,
    }


def _row(index: int, row: RowJson) -> dict[str, Value]:
    return {
        "row": index,
        "key": row.key or None,
        "name": row.name or None,
        "role": row.role,
        "level": row.level or None,
        "code": row.code or None,
        "class": row.code[:3] or None,
    }
