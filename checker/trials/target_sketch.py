"""The part of a sketch that only target forms have: labelled texts, and indicators with their two sides.

    项目绩效目标表〈河道管护〉
    @项目属性    | 延续性项目
                 | 资金总额 | 市县财政资金
    实施期       | 600,000  | 600,000
    年度         | 200,000  | 200,000
    ·产出/数量   | 管护河道长度 | ≥30公里 | ≥10公里
    ·产出/成本   | 日常管护费用 / 日常管 | ≤2万元/公里 | ×
    ·效益/生态效益

A field begins with `@`; 项目名称 is the subject of the form unless it is given. An indicator begins with `·` and gives
its levels, its name (of the annual side, where it is cut off, behind ` / `), its value of the period and of the year;
`×` says that this side does not have it. With nothing behind its levels it is a line left blank.

In cases `项目绩效目标表〈河道管护〉[数量·管护河道长度, 年度]` is a value, `[…, 名称]` the name, `[项目属性]` a field;
without a value's address, the form is without that side of it.
"""

from __future__ import annotations

import msgspec

from checker.indicators.lines import PERIOD, YEAR
from checker.model.place import LinePlace, Place
from checker.model.table import Cell, Indicator, Table

ABSENT = "×"
MARKS = ("@", "·")


def read_line(line: str, number: int, fields: dict[str, Cell], indicators: list[Indicator]) -> None:
    """Read a field or an indicator of a target form into what was read of it before."""
    head, *texts = (part.strip() for part in line.split("|"))
    if head.startswith("@"):
        fields[head[1:].strip()] = Cell(texts[0], LinePlace(number, 2))
        return
    first, _, second = head[1:].strip().partition("/")
    if not texts:
        blank = Cell("", LinePlace(number, 1))
        indicators += [Indicator(side, first, second, blank, None) for side in (PERIOD, YEAR)]
        return
    names, *values = texts
    whole, _, cut = names.partition(" / ")
    for column, (side, value) in enumerate(zip((PERIOD, YEAR), values, strict=True)):
        if value != ABSENT:
            name = Cell((cut or whole) if side == YEAR else whole, LinePlace(number, 2 * column + 2))
            printed = Cell(value, LinePlace(number, 2 * column + 3)) if value else None
            indicators.append(Indicator(side, first, second, name, printed))


def is_target(table: Table, row: str) -> bool:
    """Say whether an address names a field or an indicator of a target form."""
    return bool(table.indicators or table.fields) and ("·" in row or row in table.fields)


def changed_target(table: Table, row: str, column: str, text: str) -> Table:
    """Return a target form with another text in a field or an indicator.

    Raises:
        LookupError: when there is no such indicator, or it says so already.
    """
    if row in table.fields:
        old = table.fields[row]
        if old.text == text:
            raise LookupError(f"{row}原来就是“{text}”")
        return msgspec.structs.replace(table, fields={**table.fields, row: Cell(text, old.place)})
    found = [n for n in _numbers(table, row) if column in {"名称", table.indicators[n].side}]
    if not found:
        raise LookupError(f"{table.label}没有{row}的{column}")
    indicators = list(table.indicators)
    for number in found:
        old_one = indicators[number]
        assert old_one.name is not None
        if column == "名称":
            indicators[number] = msgspec.structs.replace(old_one, name=Cell(text, old_one.name.place))
        else:
            place: Place = old_one.value.place if old_one.value else old_one.name.place
            value = Cell(text, place) if text else None
            if old_one.value == value:
                raise LookupError(f"{row}的{column}原来就是“{text}”")
            indicators[number] = msgspec.structs.replace(old_one, value=value)
    return msgspec.structs.replace(table, indicators=tuple(indicators))


def without_target(table: Table, row: str, column: str) -> Table:
    """Return a target form without an indicator, or without one of its sides, or without a field."""
    if row in table.fields:
        fields = {name: cell for name, cell in table.fields.items() if name != row}
        return msgspec.structs.replace(table, fields=fields)
    gone = [n for n in _numbers(table, row) if not column or table.indicators[n].side == column]
    if not gone:
        raise LookupError(f"{table.label}没有{row}")
    kept = tuple(indicator for n, indicator in enumerate(table.indicators) if n not in gone)
    return msgspec.structs.replace(table, indicators=kept)


def _numbers(table: Table, row: str) -> list[int]:
    second, _, name = row.partition("·")
    period = {read.name.place.line for read in table.indicators if read.name and read.name.text == name}
    return [
        n
        for n, read in enumerate(table.indicators)
        if read.second == second and read.name is not None and read.name.place.line in period
    ]
