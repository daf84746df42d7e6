"""What a printed indicator value turned out to say."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

import msgspec

from checker.indicators.units import NO_UNIT, Chain


class ValueKind(StrEnum):
    """The kinds of indicator values."""

    NUMBER = "数值"
    RANGE = "区间"
    TIME = "时间"
    WORDS = "文字"
    SEVERAL = "多项"
    BLANK = "空白"
    UNREADABLE = "无法读懂"


class Comparator(StrEnum):
    """How an actual figure compares with the target; NONE where nothing says so."""

    AT_LEAST = "≥"
    AT_MOST = "≤"
    MORE = ">"
    LESS = "<"
    EQUAL = "="
    ABOUT = "≈"
    NONE = ""


class IndicatorValue(msgspec.Struct, frozen=True, gc=False):
    """An indicator value taken apart.

    `low` and `high` are its bounds as printed, in `unit` (the same number, but for a range); `words` what stands about
    the number, or the whole of a value in words; `note` what stands in brackets behind it; `parts` the values where
    several are named; `reason` why one cannot be read.
    """

    kind: ValueKind
    text: str
    comparator: Comparator = Comparator.NONE
    low: Decimal | None = None
    high: Decimal | None = None
    unit: Chain = NO_UNIT
    words: str = ""
    note: str = ""
    years: tuple[int, ...] = ()
    parts: tuple[IndicatorValue, ...] = ()
    reason: str = ""

    @property
    def dimension(self) -> str:
        """What is measured: 金额 比率 分值 时间 数量 文字, 无单位 (a bare number); else nothing."""
        if self.kind in {ValueKind.NUMBER, ValueKind.RANGE}:
            return self.unit.dimension or "无单位"
        if self.kind is ValueKind.TIME:
            return "时间"
        if self.kind is ValueKind.SEVERAL:
            dimensions = {part.dimension for part in self.parts}
            return dimensions.pop() if len(dimensions) == 1 else ""
        return "文字" if self.kind is ValueKind.WORDS else ""

    @property
    def size(self) -> Decimal | None:
        """The lower bound in the base unit: 元, one, or 1 for a share of 100 %."""
        return None if self.low is None else self.low.scaleb(self.unit.exponent)
