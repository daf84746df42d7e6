"""Which rows of a project table are units, and which their projects: nothing printed says so.

The first row is the body whose table it is; below it come its units, each above its projects — or, in a unit's own
filing, the projects at once. Names and sums both speak: a unit's name is known from elsewhere in the filing or sounds
like a body's, and its amount is the sum of what follows. The reading that contradicts fewest of them is taken; one
wrong digit then fails one sum, and does not turn the table inside out.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import NamedTuple

from checker.forms.vocabulary import TOTAL
from checker.model.table import Role, Row, Table
from checker.recognition.rows import unique
from checker.recognition.words import fold, is_total

_BODY = re.compile(
    r".*(?:局|委|委员会|院|所|中心|站|队|支队|大队|总队|办|办公室|学校|中学|小学|幼儿园|大学|学院|协会|公司|馆|社|处|科|厅|部|"
    r"管理处|医院|法院|检察院|政府|街道|镇|乡|人大|政协|联合会|工会|妇联|团委|党校|园|场|台|库|会|集团|本级|机关)"
)
UNKNOWN_UNIT, UNLIKELY_UNIT, EMPTY_UNIT = 1, 6, 3
KNOWN_AS_PROJECT, BODY_AS_PROJECT, WRONG_SUM, NO_TOTAL = 8, 2, 7, 8
"""What speaks against a reading, in points: names in the wrong role, sums that fail, no total row."""

_NUMBER = re.compile(
    r"^(?:[0-9]{3,6}[-—]?(?=[\u4e00-\u9fff])(?!年)|[一二三四五六七八九十]+、|[0-9]{1,2}[、.](?![0-9]))"
)


class _Reading(NamedTuple):
    """One way of reading the rows: which is the total, which are units, and what speaks against it."""

    cost: int
    root: int
    units: tuple[int, ...]
    passing: int = -1


def sounds_like_body(name: str) -> bool:
    """Say whether a name ends as the names of public bodies do, brackets left aside."""
    plain = re.sub(r"[(][^()]*[)]", "", fold(name))
    return _BODY.fullmatch(plain) is not None and not is_total(plain)


def arrange_projects(table: Table, bodies: frozenset[str]) -> tuple[tuple[Row, ...], str]:
    """Return the rows of a project table with levels, keys and parents, and what makes the levels doubtful.

    `bodies` are the known names of units.
    """
    rows = list(table.rows)
    if not rows:
        return table.rows, ""
    names = [_NUMBER.sub("", row.name) for row in rows]
    reading, other = _read(names, [_amount(row) for row in rows], bodies)
    arranged: list[Row] = []
    unit, unit_name = -1, rows[reading.root].name if reading.root >= 0 else ""
    units = set(reading.units)
    for index, row in enumerate(rows):
        name = row.name
        if index == reading.root:
            arranged.append(Row(TOTAL, name, Role.TOTAL, TOTAL, row.cells, row.place))
        elif index == reading.passing:
            arranged.append(Row(name, name, Role.SUBTOTAL, "部门", row.cells, row.place, parent=reading.root))
        elif index in units:
            unit, unit_name = index, name
            top = reading.passing if reading.passing >= 0 else reading.root
            arranged.append(Row(name, name, Role.SUBTOTAL, "单位", row.cells, row.place, parent=top))
        else:
            parent = next((above for above in (unit, reading.passing, reading.root) if above >= 0), -1)
            key = f"{unit_name}/{name}" if unit_name and not is_total(unit_name) else name
            arranged.append(Row(key, name, Role.DETAIL, "项目", row.cells, row.place, parent=parent))
    doubt = "项目表的部门、单位、项目层级无法确定" if other <= reading.cost or _strained(names, reading, bodies) else ""
    return tuple(unique(arranged)), doubt


def _strained(names: list[str], reading: _Reading, bodies: frozenset[str]) -> bool:
    """Say whether a reading takes some name for what it does not sound like; sums alone then prove nothing."""
    apart = {reading.root, reading.passing, *reading.units}
    return any(_as_unit(names[unit], bodies) > UNKNOWN_UNIT for unit in reading.units) or any(
        _as_project(name, bodies) > BODY_AS_PROJECT for index, name in enumerate(names) if index not in apart
    )


def _amount(row: Row) -> int:
    """Return the row's amount in steps: its total, or what else it prints."""
    return next((cell.figure.minor for cell in row.cells if cell is not None and cell.figure is not None), 0)


def _read(names: list[str], amounts: list[int], bodies: frozenset[str]) -> tuple[_Reading, int]:
    """Return the reading that the fewest names and sums speak against, and the cost of the next best."""
    last = len(names) - 1
    if len(names) == 1:
        return _Reading(0, 0, ()), WRONG_SUM
    if is_total(names[last]):
        reading, other = _read_below(names[:last], amounts[:last], bodies, amounts[last])
        return _shifted(reading, 0, last), other
    if is_total(names[0]):
        reading, other = _read_below(names[1:], amounts[1:], bodies, amounts[0])
        return _shifted(reading, 1, 0), other
    top = min(_as_unit(names[0], bodies), UNLIKELY_UNIT)
    readings = [
        _flat(names, amounts, bodies),
        _segment(names, amounts, bodies, 1, amounts[0]),
    ]
    if len(names) > 2 and amounts[1] == amounts[0]:
        inner = _segment(names, amounts, bodies, 2, amounts[0])
        readings.append(inner._replace(root=0, passing=1, cost=inner.cost + EMPTY_UNIT))
    readings = [reading._replace(cost=reading.cost + top) for reading in readings]
    readings.append(_segment(names, amounts, bodies, 0, None))
    readings.append(_Reading(sum(_as_project(name, bodies) for name in names) + NO_TOTAL, -1, ()))
    return _best(readings)


def _best(readings: list[_Reading]) -> tuple[_Reading, int]:
    ordered = sorted(readings, key=lambda reading: (reading.cost, len(reading.units)))
    different = [reading.cost for reading in ordered[1:] if reading[1:] != ordered[0][1:]]
    return ordered[0], min(different, default=ordered[0].cost + WRONG_SUM)


def _read_below(names: list[str], amounts: list[int], bodies: frozenset[str], total: int) -> tuple[_Reading, int]:
    """Read the rows below (or above) a printed 合计.

    The department may follow it with the same amount before its units do: such a row passes its children on.
    """
    readings = [
        _segment(names, amounts, bodies, 0, total),
        _Reading(sum(_as_project(name, bodies) for name in names) + _sum_cost(total, sum(amounts), len(names)), -1, ()),
    ]
    if len(names) > 1 and amounts[0] == total:
        below = _segment(names, amounts, bodies, 1, total)
        flat = _flat(names, amounts, bodies)
        inner = min(below, flat, key=lambda reading: reading.cost)
        readings.append(inner._replace(root=-1, passing=0))
    return _best(readings)


def _shifted(reading: _Reading, by: int, root: int) -> _Reading:
    """Return a reading of a part of the rows, counted in all of them, under its total row."""
    passing = reading.passing + by if reading.passing >= 0 else -1
    return _Reading(reading.cost, root, tuple(unit + by for unit in reading.units), passing)


def _flat(names: list[str], amounts: list[int], bodies: frozenset[str]) -> _Reading:
    cost = sum(_as_project(name, bodies) for name in names[1:])
    return _Reading(cost + _sum_cost(amounts[0], sum(amounts[1:]), len(names) - 1), 0, ())


def _segment(names: list[str], amounts: list[int], bodies: frozenset[str], start: int, total: int | None) -> _Reading:
    """Cut the rows from `start` into units and their projects at the lowest cost, under a total row if there is one.

    Dynamic programming over the positions at which a unit may begin; a row that neither sounds like a body nor equals
    the sum of rows after it is not tried.
    """
    sums = [0, *accumulate(amounts)]
    projects = [0, *accumulate(_as_project(name, bodies) for name in names)]
    end = len(names)
    starts = [n for n in range(start, end) if n == start or _as_unit(names[n], bodies) <= UNKNOWN_UNIT]
    best: dict[int, tuple[int, tuple[int, ...]]] = {end: (0, ())}
    for position in reversed(starts):
        options = []
        for after in (*[n for n in starts if n > position], end):
            if after not in best:
                continue
            count = after - position - 1
            cost = _as_unit(names[position], bodies) + projects[after] - projects[position + 1] + best[after][0]
            if count:
                cost += _sum_cost(amounts[position], sums[after] - sums[position + 1], count)
            else:
                cost += EMPTY_UNIT if amounts[position] else 0
            options.append((cost, (position, *best[after][1])))
        best[position] = min(options)
    cost, units = best[start]
    cost += NO_TOTAL if total is None else _sum_cost(total, sum(amounts[unit] for unit in units), len(units))
    return _Reading(cost, start - 1, units)


def _as_unit(name: str, bodies: frozenset[str]) -> int:
    if fold(name) in bodies:
        return 0
    return UNKNOWN_UNIT if sounds_like_body(name) else UNLIKELY_UNIT


def _as_project(name: str, bodies: frozenset[str]) -> int:
    if fold(name) in bodies:
        return KNOWN_AS_PROJECT
    return BODY_AS_PROJECT if sounds_like_body(name) else 0


def _sum_cost(total: int, parts: int, count: int) -> int:
    return 0 if abs(total - parts) <= (count + 1) // 2 else WRONG_SUM
