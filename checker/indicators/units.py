"""Units of indicator values: what is counted, in which multiple, and for each of what.

`200元/人/天`, `200元/人·天` and `每人每天200元` are all 元 for each 人 and 天.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import msgspec

_SEPARATORS = re.compile(r"[/·•*每]+")
_MULTIPLES: Final = {"百万": 6, "千万": 7, "万": 4, "亿": 8, "千": 3, "百": 2}
_SHARES: Final = {"%": -2, "％": -2, "‰": -3, "个百分点": -2, "百分点": -2, "成": -1}
_TIMES: Final = frozenset(
    {
        "年",
        "月",
        "个月",
        "日",
        "天",
        "周",
        "小时",
        "时",
        "分钟",
        "秒",
        "季度",
        "个季度",
        "工作日",
        "个工作日",
        "星期",
        "年度",
        "学期",
    }
)
_SAME: Final = {
    "人民币": "元",
    "天": "日",
    "个月": "月",
    "年度": "年",
    "个工作日": "工作日",
    "星期": "周",
    "人员": "人",
    "名": "人",
}
"""Words for one thing, by the word that stands for it when units are compared."""


class Chain(msgspec.Struct, frozen=True, gc=False):
    """A unit: what is counted, times 10 ** `exponent`, for each of `per`."""

    counted: str = ""
    exponent: int = 0
    per: tuple[str, ...] = ()

    @property
    def dimension(self) -> str:
        """What is measured: 金额, 比率, 分值, 时间, or 数量; nothing where nothing is said to be counted (5万)."""
        if self.counted == "元":
            return "金额"
        if self.counted in _SHARES or self.counted == "%":
            return "比率"
        if self.counted == "分":
            return "分值"
        if self.counted in _TIMES and not self.per:
            return "时间"
        return "数量" if self.counted else ""

    @property
    def key(self) -> tuple[str, frozenset[str]]:
        """What two printings of one unit have in common: 元/人·天 and 元/天/人, 万元 and 元, 名 and 人."""
        return _SAME.get(self.counted, self.counted), frozenset(_SAME.get(name, name) for name in self.per)

    def __str__(self) -> str:
        multiple = next((word for word, exponent in _MULTIPLES.items() if exponent == self.exponent), "")
        return "/".join((multiple + self.counted, *self.per))


NO_UNIT: Final = Chain()


@lru_cache(maxsize=2048)
def read_chain(text: str) -> Chain:
    """Return the unit that a text of units and separators names.

    A multiple counts for the exponent (万元, 万人次, 万 alone); shares bring theirs along, so that 95 % is 0.95.
    """
    parts = [part for part in _SEPARATORS.split(text) if part]
    if not parts:
        return NO_UNIT
    counted, per = parts[0], tuple(parts[1:])
    if text[0] in "/每":
        counted, per = "", tuple(parts)
    if counted in _SHARES:
        return Chain(counted, _SHARES[counted], per)
    for multiple, exponent in _MULTIPLES.items():
        if counted.startswith(multiple):
            return Chain(counted[len(multiple) :], exponent, per)
    return Chain(counted, 0, per)
