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
UNKNOWN_UNIT, UNLIKELY_UNIT, EMPTY_UNIT = 1, 6, 2
KNOWN_AS_PROJECT, BODY_AS_PROJECT, WRONG_SUM = 5, 2, 3


class _Reading(NamedTuple):
    cost: int
    root: int
    units: tuple[int, ...]


def sounds_like_body(name: str) -> bool:
    """Say whether a name ends as the names of public bodies do, brackets left aside."""
    plain = re.sub(r"[(][^()]*[)]", "", fold(name))
    return _BODY.fullmatch(plain) is not None and not is_total(plain)


def arrange_projects(table: Table, bodies: frozenset[str]) -> tuple[Row, ...]:
    """Return the rows of a project table with levels, keys and parents; `bodies` are the known names of units."""
    rows = list(table.rows)
    if not rows:
        return table.rows
    amounts = [_amount(row) for row in rows]
    reading = _read([row.name for row in rows], amounts, bodies)
    arranged: list[Row] = []
    unit, unit_name = -1, rows[reading.root].name if reading.root >= 0 else ""
    units = set(reading.units)
    for index, row in enumerate(rows):
        if index == reading.root:
            arranged.append(Row(TOTAL, row.name, Role.TOTAL, TOTAL, row.cells, row.place, parent=-1))
        elif index in units:
            unit, unit_name = index, row.name
            arranged.append(Row(row.name, row.name, Role.SUBTOTAL, "单位", row.cells, row.place, parent=reading.root))
        else:
            parent = unit if unit >= 0 else reading.root
            key = f"{unit_name}/{row.name}" if unit_name else row.name
            arranged.append(Row(key, row.name, Role.DETAIL, "项目", row.cells, row.place, parent=parent))
    return tuple(unique(arranged))


def _amount(row: Row) -> int:
    """Return the row's amount in steps: its total, or what else it prints."""
    return next((cell.figure.minor for cell in row.cells if cell is not None and cell.figure is not None), 0)


def _read(names: list[str], amounts: list[int], bodies: frozenset[str]) -> _Reading:
    last = len(names) - 1
    if is_total(names[last]) and last > 0:
        return _segment(names[:last], amounts[:last], bodies, 0, amounts[last])._replace(root=last)
    if len(names) == 1:
        return _Reading(0, 0, ())
    whole = _segment(names, amounts, bodies, 1, amounts[0])
    flat = _flat(names, amounts, bodies)
    return min(flat, whole, key=lambda reading: (reading.cost, len(reading.units)))


def _flat(names: list[str], amounts: list[int], bodies: frozenset[str]) -> _Reading:
    cost = sum(_as_project(name, bodies) for name in names[1:])
    return _Reading(cost + _sum_cost(amounts[0], sum(amounts[1:]), len(names) - 1), 0, ())


def _segment(names: list[str], amounts: list[int], bodies: frozenset[str], start: int, total: int) -> _Reading:
    """Cut the rows from `start` into units and their projects at the lowest cost.

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
    cost += _sum_cost(total, sum(amounts[unit] for unit in units), len(units))
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
