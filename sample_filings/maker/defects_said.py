"""The errors planted in the county's sentences and performance tables: figures, words, years, names.

What a wrong figure contradicts is worked out from the printed figures; what wrong words must be told is said here.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from maker.defects import Act, rewrite, same, swap, without
from maker.hand import Hand
from maker.ledger import Finding
from maker.prose import (
    FISCAL_MONEY,
    GENERAL,
    INCOMES,
    ITEMS,
    MOVES,
    PROPERTY,
    PURCHASES,
    RUNNING,
    SPENDING,
    TARGETS,
    THREE_PUBLIC,
)
from maker.said import AMOUNT, CHANGE, COUNT, NAMES, RATE, SHARE, TREND, money

DEPARTMENT: Final = "department"
UNIT: Final = "unit"
ERROR: Final = "error"
WARNING: Final = "warning"
NOTICE: Final = "notice"


def more(amount: str) -> Callable[[str], str]:
    """Make a change that adds to an amount with separators."""
    return lambda text: money(int((Decimal(text.replace(",", "")) + Decimal(amount)) * 10_000))


def worded(words: str, new: str, what: str, *told: Finding, passage: str = "", which: int = 0) -> Act:
    """Make an act that prints other words, and says what must be found because of them."""

    def act(hand: Hand) -> str:
        line = hand.reword(words, new, passage, which)
        hand.told += told
        return f"第{line}行{what}，“{words}”印成“{new}”"

    return act


def also(act: Act, *told: Finding) -> Act:
    """Make an act of which more must be told than the printed figures show."""

    def both(hand: Hand) -> str:
        hand.told += told
        return act(hand)

    return both


def sum_of(where: str) -> Finding:
    """Give the finding that a total written in one sentence is not the sum of what follows it."""
    return Finding("ARI-6503", WARNING, where)


def last_two(text: str) -> str:
    """Exchange the last two digits."""
    return text[:-2] + text[-1] + text[-2]


_WHOLE: Final = "一般公共预算支出"

DEFECTS: Final[dict[str, tuple[str, Act]]] = {
    "said-rate": (DEPARTMENT, rewrite(GENERAL, _WHOLE, RATE, "算错", same("3.22"))),
    "said-direction": (DEPARTMENT, rewrite(GENERAL, _WHOLE, TREND, "方向相反", same("增长"))),
    "said-change": (UNIT, rewrite(MOVES, "支出总计", CHANGE, "多印10万元", more("10.00"))),
    "said-share-of-other-whole": (DEPARTMENT, rewrite(INCOMES, "一般公共预算", SHARE, "按本年收入计算", same("84.36"))),
    "said-share-nil": (UNIT, rewrite(TARGETS, "公开项目", SHARE, "误作零", same("0"))),
    "said-names": (
        UNIT,
        rewrite(ITEMS, "公用经费", NAMES, "列入没有数字的项目", lambda text: text.replace("印刷费", "租赁费")),
    ),
    "said-three-public": (DEPARTMENT, rewrite(THREE_PUBLIC, "公务接待费", AMOUNT, "多0.30万元", more("0.30"))),
    "said-three-public-change": (DEPARTMENT, rewrite(THREE_PUBLIC, "三公经费", CHANGE, "两位数字颠倒", swap(0))),
    "said-purchases": (DEPARTMENT, rewrite(PURCHASES, "政府采购服务", AMOUNT, "少9万元", more("-9.00"))),
    "said-vehicles": (DEPARTMENT, rewrite(PROPERTY, "执法执勤用车", COUNT, "多1辆", same("6"))),
    "said-more-vehicles-than-allowed": (UNIT, rewrite(PROPERTY, "车辆编制", COUNT, "少1辆", same("2"))),
    "said-twice": (DEPARTMENT, rewrite(GENERAL, f"{_WHOLE}#2", AMOUNT, "与前一句不同", more("1.00"))),
    "said-carry-over": (DEPARTMENT, rewrite(FISCAL_MONEY, "上年结转", AMOUNT, "首两位颠倒", swap(0))),
    "said-basic": (UNIT, also(rewrite(SPENDING, "基本支出", AMOUNT, "末两位颠倒", last_two), sum_of(SPENDING))),
    "said-running": (DEPARTMENT, rewrite(RUNNING, "机关运行经费", AMOUNT, "少印1万元", more("-1.00"))),
    "said-projects": (DEPARTMENT, rewrite(TARGETS, "特定目标类项目", COUNT, "少1个", lambda text: str(int(text) - 1))),
    "said-project-money": (
        UNIT,
        also(rewrite(TARGETS, "其他运转类项目", AMOUNT, "多5万元", more("5.00")), sum_of(f"{TARGETS}·2")),
    ),
    "said-overall": (UNIT, also(rewrite(TARGETS, "整体绩效目标", AMOUNT, "漏一位数字", without(0)), sum_of(TARGETS))),
    "said-zero-base": (
        DEPARTMENT,
        worded(
            "（上年没有安排）", "，增长100.00%", "基数为零却写了增长率",
            Finding("STA-4205", WARNING, f"{THREE_PUBLIC}[公务用车购置费, {CHANGE}]"), passage=THREE_PUBLIC,
        ),
    ),
}  # fmt: skip
"""Folder name to the filing that carries the error, and the act that plants it: sentences whose figures are wrong."""
