"""Sentences in which a printed figure knows what it is said of: the prose counterpart of the cells of a table.

A figure inside a sentence is marked with private characters while the sentence is put together, and becomes a cell of
its own when it is printed: its row is the quantity that is spoken of, its column what is said of it.
"""

from typing import Final

from maker.grid import CLOSE, NEXT, OPEN

AMOUNT: Final = "金额"
COUNT: Final = "数量"
SHARE: Final = "占比"
CHANGE: Final = "增减额"
RATE: Final = "增减率"
PLAN: Final = "预算数"
DONE: Final = "完成率"
COMPARED: Final = "比较"
NAMES: Final = "名单"
TURN, TREND = "增减额的方向", "增减率的方向"
"""The words that say whether a change and its rate go up or down."""


def said(row: str, column: str, text: str) -> str:
    """Mark what is printed as a measure of a quantity."""
    return f"{OPEN}{row}{NEXT}{column}{NEXT}{text}{CLOSE}"


def of(row: str, yuan: int, column: str = AMOUNT) -> str:
    """Say an amount of 元 in 万元."""
    return f"{said(row, column, money(yuan))}万元"


def share(row: str, part: int, whole: int) -> str:
    """Say what share of the whole a part is."""
    return f"占{said(row, SHARE, percent(part, whole))}%"


def change(row: str, now: int, before: int, then: str = "上年预算数", base: str = "比上年") -> str:
    """Say how much more or less than last year; a zero base carries no percentage."""
    moved = now - before
    if money(now) == money(before):
        return f"与{then}{said(row, CHANGE, '')}相同"
    verb, trend = ("增加", "增长") if moved > 0 else ("减少", "下降")
    amount = f"{base}{said(row, TURN, verb)}{of(row, abs(moved), CHANGE)}"
    if not before:
        return f"{amount}（上年没有安排）"
    return f"{amount}，{said(row, TREND, trend)}{said(row, RATE, percent(abs(moved), before))}%"


def done(row: str, spent: int, plan: int) -> str:
    """Say how much of the budget was spent, and whether it is above, below or level with it."""
    if spent == plan:
        told = f"决算数与预算数{said(row, COMPARED, '持平')}"
    else:
        word = "大于" if spent > plan else "小于"
        why = "年中按实际需要追加了经费" if spent > plan else "部分支出按实际进度结算"
        told = f"决算数{said(row, COMPARED, word)}预算数的主要原因是{why}"
    rate = f"，完成年初预算的{said(row, DONE, percent(spent, plan))}%" if plan else ""
    return f"{rate}。{told}"


def money(yuan: int) -> str:
    """Print 元 as 万元 the way prose does: thousands separated, 0 for nil."""
    if not yuan:
        return "0"
    steps = (abs(yuan) + 50) // 100
    return f"{steps // 100:,}.{steps % 100:02d}"


def percent(part: int, whole: int) -> str:
    """Print a percentage with two decimals, half up, without its sign; 0 for nil."""
    if not part:
        return "0"
    steps = (abs(part) * 20_000 + whole) // (2 * whole)
    return f"{steps // 100}.{steps % 100:02d}"
