"""What a clause of the prose can say of a quantity: the columns of a passage read as a table of claims."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Measure(StrEnum):
    """One thing said of a quantity.

    增减额 and 增减率 carry the sign of their own direction word; 占比, 增减率, 完成率 are shares. 重述 is the amount
    when one item states it a second time. 比较 is 1, 0 or -1 for 大于, 持平, 小于. 基数 and 口径 are words, what the
    share and the rate of completion are said to be of; 名单 is a list of names.
    """

    AMOUNT = "金额"
    COUNT = "数量"
    SHARE = "占比"
    BASE = "基数"
    CHANGE = "增减额"
    RATE = "增减率"
    PRIOR = "上年数"
    BUDGET = "预算数"
    COMPLETION = "完成率"
    SCOPE = "口径"
    COMPARISON = "比较"
    AGAIN = "重述"
    NAMES = "名单"


COLUMNS: Final = tuple(measure.value for measure in Measure)
"""The columns of every table of claims."""
WORDS: Final = frozenset({Measure.BASE, Measure.SCOPE, Measure.NAMES})
"""Measures that are words, not figures."""
ITEM: Final = "科目"
"""Level of a claim about an item of the classification, its path in `Row.names`."""
KNOWN: Final = "数"
"""Level of a claim about a quantity that the vocabulary names."""
OTHER: Final = "其他"
"""Level of a claim about something that neither knows."""
