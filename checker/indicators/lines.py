"""The indicators of a target form, the two sides of each brought together."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

import msgspec

from checker.indicators.grammar import read_value
from checker.indicators.values import IndicatorValue
from checker.model.place import Place
from checker.model.table import Indicator, Table

PERIOD = "实施期"
YEAR = "年度"
SHORTEST_NAME = 4
"""Characters that the cut-off name of one side needs to be taken for the beginning of the other's."""


class Read(msgspec.Struct, frozen=True, gc=False):
    """One side of an indicator with its value taken apart; its name without spaces, in half-width."""

    indicator: Indicator
    value: IndicatorValue
    name: str
    dimension: str

    @property
    def place(self) -> Place:
        """Where the value stands, or the name where there is no value."""
        cell = self.indicator.value or self.indicator.name
        assert cell is not None
        return cell.place


class Line(msgspec.Struct, frozen=True, gc=False):
    """An indicator: its name as the side prints it that says most of it, and either side or both.

    `key` is its second level and name, unique in the form.
    """

    key: str
    name: str
    second: str
    reads: tuple[Read, ...]

    def side(self, name: str) -> Read | None:
        """Return one of its sides."""
        return next((read for read in self.reads if read.indicator.side == name), None)


@lru_cache(maxsize=256)
def lines_of(table: Table) -> tuple[Line, ...]:
    """Return the indicators of a form in the order in which they are printed.

    The names of the annual side are often cut off where their column ends: a name is then paired with the one that it
    begins. Of several such names the one on the same printed line is meant, or the one with the same value, or none.
    """
    reads = [
        _read(indicator)
        for indicator in table.indicators
        if indicator.value is not None or (indicator.name is not None and indicator.name.text)
    ]
    annual = [read for read in reads if read.indicator.side == YEAR]
    waiting = [read for read in reads if read.indicator.side != YEAR]
    pairs: list[tuple[Read, ...]] = []
    for same in (True, False):
        for read in list(annual):
            other = _counterpart(read, waiting, same)
            if other is not None:
                annual.remove(read)
                waiting.remove(other)
                pairs.append((other, read))
    pairs += [(read,) for read in (*waiting, *annual)]
    pairs.sort(key=lambda pair: pair[0].place.order)
    return tuple(_named(pairs))


def _counterpart(read: Read, waiting: list[Read], same: bool) -> Read | None:
    """Return the indicator of the other side, by the whole name if `same`, else by its beginning."""
    name = read.name
    if not name:
        return None
    if same:
        candidates = [other for other in waiting if other.name == name]
    else:
        candidates = [other for other in waiting if _begins(name, other.name)]
    for closer in (_same_line, _same_level, _same_value):
        if len(candidates) > 1:
            candidates = [other for other in candidates if closer(read, other)] or candidates
    return candidates[0] if len(candidates) == 1 else None


def _begins(name: str, other: str) -> bool:
    if len(name) < SHORTEST_NAME or len(other) < SHORTEST_NAME:
        return False
    return other.startswith(name) or name.startswith(other)


def _same_line(one: Read, other: Read) -> bool:
    return one.place.line == other.place.line and one.place.part == other.place.part


def _same_level(one: Read, other: Read) -> bool:
    return one.indicator.second == other.indicator.second


def _same_value(one: Read, other: Read) -> bool:
    return one.value.text == other.value.text


def _read(indicator: Indicator) -> Read:
    value = read_value(indicator.value.text if indicator.value else "")
    name = "".join(unicodedata.normalize("NFKC", indicator.name.text).split()) if indicator.name is not None else ""
    return Read(indicator, value, name, value.dimension)


def _named(pairs: list[tuple[Read, ...]]) -> list[Line]:
    counts: Counter[str] = Counter()
    named = []
    for pair in pairs:
        name = max((read.name for read in pair), key=len)
        second = pair[0].indicator.second or pair[-1].indicator.second
        key = f"{second or '指标'}·{name or '未写名称'}".translate(_NO_BRACKETS)
        counts[key] += 1
        named.append(Line(key if counts[key] == 1 else f"{key}#{counts[key]}", name, second, pair))
    return named


_NO_BRACKETS = str.maketrans("[]|", "()/")
