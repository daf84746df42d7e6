"""The tables of a filing → where its money comes from and what it goes into, as amounts that add up.

Only printed amounts count. Parts are believed to be the parts of a total when they add up to it within what rounding
explains; otherwise they are still listed, but as what they are: amounts side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

import msgspec

from checker.contract.printed import CellJson, RowJson, TableJson, Ticked
from checker.contract.shape import AmountJson, FilingJson

OVERVIEWS: Final = ("收支总表", "收入支出决算总表")
INCOMES: Final = ("收入总表", "收入决算表")
EXPENDITURES: Final = ("支出总表", "支出决算表")
INCOME_TOTAL: Final = "收入总计"
EXPENDITURE_TOTAL: Final = "支出总计"
_APPROPRIATION: Final = "财政拨款收入"
_FUNDS: Final = frozenset({"一般公共预算", "政府性基金预算", "国有资本经营预算"})
_LEFT_OVER: Final = ("结转", "结余")
UNITS: Final = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}


class Part(StrEnum):
    """What a breakdown tells."""

    SOURCES = "sources"
    CLASSES = "classes"
    USES = "uses"


class Item(msgspec.Struct, frozen=True):
    """A printed amount: its name, its text and exact value in the unit of the breakdown, and its cell in `tables`."""

    name: str
    text: str
    value: Decimal
    address: tuple[int, int, int]
    failed: bool = False


class Breakdown(msgspec.Struct, frozen=True):
    """The parts of one side, other than zero, in printed order, and the total printed for them.

    `ties` says that they add up to it within what rounding explains.
    """

    part: Part
    form: str
    unit: str
    items: tuple[Item, ...]
    total: Item
    ties: bool

    def share(self, item: Item) -> str:
        """Return an item's share of the total in per cent, with one decimal; more than nothing never reads as 0."""
        share = item.value * 100 / self.total.value
        return "<0.1%" if 0 < share < Decimal("0.05") else f"{share.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def sources(filing: FilingJson) -> Breakdown | None:
    """Return where the money comes from, as the overview prints it, else as the total line of the income table does."""
    return _best(
        [
            *_halves(filing, Part.SOURCES, INCOME_TOTAL, _income_parts),
            *_total_lines(filing, Part.SOURCES, INCOMES, _income_parts),
        ]
    )


def classes(filing: FilingJson) -> Breakdown | None:
    """Return the functional classes that it is spent on, with what is left over at the end of the year."""
    return _best([*_halves(filing, Part.CLASSES, EXPENDITURE_TOTAL, _class_parts), *_class_lines(filing)])


def uses(filing: FilingJson) -> Breakdown | None:
    """Return what is spent on running (基本支出) and on projects (项目支出), and whatever else stands beside them."""
    return _best(
        [
            *_total_lines(filing, Part.USES, EXPENDITURES, lambda rows: [rows]),
            *_halves(filing, Part.USES, EXPENDITURE_TOTAL, _use_parts),
        ]
    )


def balanced(income: Breakdown | None, spent: Breakdown | None) -> bool:
    """Say whether one flow can be drawn: both sides add up, to the same total, and nothing is negative."""
    if income is None or spent is None or not (income.ties and spent.ties) or income.unit != spent.unit:
        return False
    positive = all(item.value > 0 for item in (*income.items, *spent.items))
    return positive and abs(income.total.value - spent.total.value) <= _slack([income.total, spent.total])


def amounts(filing: FilingJson) -> tuple[AmountJson, ...]:
    """Return what is compared from year to year: each total, with the parts behind it."""
    return tuple(
        AmountJson(found.part, name, item.text, str(item.value), found.unit)
        for found in (sources(filing), classes(filing), uses(filing))
        if found is not None
        for name, item in (("", found.total), *((item.name, item) for item in found.items))
    )


Named = tuple[str, str, Item]
"""Name, code and amount of a row or column."""


def _best(found: Sequence[Breakdown]) -> Breakdown | None:
    """Return the first that adds up, else the first."""
    return next((each for each in found if each.ties), found[0] if found else None)


def _halves(
    filing: FilingJson, part: Part, total: str, parts: Callable[[list[Named]], list[list[Named]]]
) -> Iterable[Breakdown]:
    """Yield readings of one half of the overview: the rows up to its income total, or those behind it."""
    for number, table in _tables(filing, OVERVIEWS):
        keys = [row.key for row in table.body]
        if INCOME_TOTAL not in keys or total not in keys:
            continue
        border = keys.index(INCOME_TOTAL) + 1
        rows = range(border) if total == INCOME_TOTAL else range(border, len(keys))
        named = [(row.key, row.code, item) for at in rows for row in [table.body[at]] if (item := _of(number, at, row))]
        whole = next((item for key, _, item in named if key == total), None)
        details = [(key, code, item) for key, code, item in named if table.body[item.address[1]].role != "total"]
        if whole is not None and whole.value:
            for choice in parts([each for each in details if "·" not in each[0]]):
                yield _breakdown(part, table, [item for *_, item in choice], whole)


def _total_lines(
    filing: FilingJson, part: Part, forms: Sequence[str], parts: Callable[[list[Named]], list[list[Named]]]
) -> Iterable[Breakdown]:
    """Yield readings of the total line of a table whose first column is the total of the others."""
    for number, table in _tables(filing, forms):
        at = next((at for at, row in enumerate(table.body) if row.role == "total" and not row.code), None)
        if at is None:
            continue
        row = table.body[at]
        items = [_item(name, cell, (number, at, column))
                 for column, (name, cell) in enumerate(zip(table.columns, row.cells, strict=False))]  # fmt: skip
        whole = items[0] if items else None
        if whole is not None and whole.value:
            for choice in parts([(item.name, "", item) for item in items[1:] if item]):
                yield _breakdown(part, table, [item for *_, item in choice], whole)


def _class_lines(filing: FilingJson) -> Iterable[Breakdown]:
    """Yield the classes (three digits) of the expenditure table under its total line."""
    for number, table in _tables(filing, EXPENDITURES):
        items = [(row, item) for at, row in enumerate(table.body) if (item := _of(number, at, row))]
        whole = next((item for row, item in items if row.role == "total" and not row.code), None)
        parts = [item for row, item in items if len(row.code) == 3]
        if whole is not None and whole.value and parts:
            yield _breakdown(Part.CLASSES, table, parts, whole)


def _income_parts(named: list[Named]) -> list[list[Named]]:
    """Return the ways to read sources: all are parts, or the appropriation is the sum of the three funds beside it."""
    without_sum = [each for each in named if each[0] != _APPROPRIATION]
    without_funds = [each for each in named if each[0] not in _FUNDS]
    return [named, without_sum, without_funds]


def _class_parts(named: list[Named]) -> list[list[Named]]:
    parts = [each for each in named if each[1] or any(word in each[0] for word in _LEFT_OVER)]
    return [parts] if any(code for _, code, _ in parts) else []


def _use_parts(named: list[Named]) -> list[list[Named]]:
    parts = [each for each in named if not each[1]]
    return [parts] if any(name == "基本支出" for name, *_ in parts) else []


def _breakdown(part: Part, table: TableJson, items: Sequence[Item], total: Item) -> Breakdown:
    kept = tuple(item for item in items if item.value)
    ties = bool(kept) and abs(sum((item.value for item in kept), Decimal()) - total.value) <= _slack([*kept, total])
    return Breakdown(part, table.form, table.unit, kept, total, ties)


def _slack(items: Sequence[Item]) -> Decimal:
    """Return how much rounding can make of so many amounts: half of the last printed digit each, none for one alone."""
    step = min(Decimal(1).scaleb(min(_exponent(item.value), 0)) for item in items)
    whole = all(item.value == item.value.to_integral_value() for item in items)
    return Decimal() if whole else step * len(items) / 2


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _tables(filing: FilingJson, forms: Sequence[str]) -> Iterable[tuple[int, TableJson]]:
    return ((number, table) for number, table in enumerate(filing.tables) if table.form in forms and table.body)


def _of(number: int, at: int, row: RowJson) -> Item | None:
    """Return the first amount of a row: that of its half, or its total."""
    for column, cell in enumerate(row.cells):
        if cell is not None:
            return _item(row.name or row.key, cell, (number, at, column))
    return None


def _item(name: str, cell: CellJson | None, address: tuple[int, int, int]) -> Item | None:
    if cell is None or cell.value is None:
        return None
    try:
        value = Decimal(cell.value)
    except InvalidOperation:
        return None
    return Item(name, cell.text, value, address, cell.mark is Ticked.FAILED)
