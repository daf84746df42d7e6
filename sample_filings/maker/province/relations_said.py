"""What the narrative of the province kind contradicts."""

from collections.abc import Iterator
from typing import Final

from maker.classification import CLASSES, ECONOMIC_ITEMS, FUNCTIONS, STAFF_CLASSES
from maker.grid import INCOME
from maker.ledger import Finding, Ledger, Ref, equation, place
from maker.prose import (
    FISCAL_MONEY,
    GENERAL,
    INCOMES,
    ITEMS,
    MOVES,
    PURCHASES,
    RUNNING,
    SPENDING,
    TARGETS,
    THREE_PUBLIC,
)
from maker.province.prose import FISCAL_ITEMS, FISCAL_SPENDING, FUND
from maker.province.tables import FUNDS
from maker.relations_prose import Tick, changes, moved_together, names, shares, ticked, ticks
from maker.relations_said import purchased, vehicles
from maker.said import AMOUNT, CHANGE, NAMES, TURN

TOTAL: Final = "合计"
OVERVIEW, SOURCES, USES, FISCAL_SHEET = "收支总表", "收入来源表", "支出总表", "财政拨款收支总表"
BY_FUNCTION, BY_ITEM, GENERAL_TABLE, GENERAL_ITEMS = (
    "财政拨款支出表",
    "财政拨款基本支出表",
    "一般公共预算支出表",
    "一般公共预算基本支出表",
)
PUBLIC, FUND_TABLE, RUNNING_TABLE, BOUGHT = "三公经费表", "政府性基金支出表", "机关运行经费支出表", "政府采购表"


_SAME_CHANGE: Final = (
    ("STA-4762", (FISCAL_SPENDING, "财政拨款支出"), (FISCAL_MONEY, "财政拨款收支")),
    ("STA-4763", (GENERAL, "一般公共预算支出"), (MOVES, FUNDS[0])),
)
"""Quantities of two passages that change alike where their amounts are the same."""


def said_in_province(book: Ledger) -> Iterator[Finding]:
    """Yield the findings of the narrative."""
    for tick in (*_totals(), *_fiscal(book), *_themes()):
        yield from ticks(book, tick)
    yield from changes(book, (MOVES, FISCAL_MONEY, FISCAL_SPENDING, GENERAL, THREE_PUBLIC, FUND, RUNNING))
    wholes: dict[str, list[Ref]] = {
        INCOMES: [(INCOMES, "收入总计", AMOUNT)],
        SPENDING: [(SPENDING, "支出总计", AMOUNT)],
        FISCAL_SPENDING: [(USES, TOTAL, TOTAL)],
        THREE_PUBLIC: [(PUBLIC, TOTAL, TOTAL)],
    }
    yield from (one for one in shares(book, wholes) if not one.place.startswith(FISCAL_SPENDING))
    for rule, name, is_staff in (("STA-4117", "人员经费", True), ("STA-4118", "公用经费", False)):
        yield from names(book, rule, (ITEMS, name, NAMES), _items(book, is_staff))
    yield from purchased(book)
    yield from moved_together(book, "STA-4751", MOVES, "支出总计", ("收入总计",), "warning")
    for rule, one, other in _SAME_CHANGE:
        yield from _moved_alike(book, rule, one, other)
    yield from vehicles(book)
    most = [(USES, TOTAL, "项目支出")]
    yield from equation(book, "STA-4761", [(TARGETS, "二级项目", AMOUNT)], most, severity="warning", at_most=True)


def _totals() -> Iterator[Tick]:
    def lane(row: str) -> Ref:
        return (OVERVIEW, row, INCOME)

    both = f"{MOVES} {INCOMES}"
    yield ticked("STA-4003", MOVES, "收支总计", lane("收入总计"))
    yield ticked("STA-4001", both, "收入总计", lane("收入总计"))
    yield ticked("STA-4002", f"{MOVES} {SPENDING}", "支出总计", lane("支出总计"))
    yield ticked("STA-4006", MOVES, "上年结转", lane("上年结转"))
    for number, source in ((4010, FUNDS[0]), (4011, FUNDS[1]), (4013, "财政专户管理资金")):
        yield ticked(f"STA-{number}", both, source, lane(source), (SOURCES, source, INCOME))
    yield ticked("STA-4018", MOVES, "财政拨款收入", lane("财政拨款收入"), (FISCAL_SHEET, "收入总计", INCOME))
    yield ticked("STA-4757", both, "其他资金", lane("其他资金"), (SOURCES, "其他资金", INCOME))
    for rule, nature in (("STA-4007", "基本支出"), ("STA-4008", "项目支出")):
        yield ticked(rule, f"{MOVES} {SPENDING}", nature, (USES, TOTAL, nature))
    for _, name in CLASSES:
        yield ticked("STA-4119", MOVES, name, lane(name))


def _fiscal(book: Ledger) -> Iterator[Tick]:
    yield ticked("STA-4101", FISCAL_MONEY, "财政拨款收支", (FISCAL_SHEET, "收入总计", INCOME))
    whole = ((FISCAL_SHEET, "支出总计", TOTAL), (BY_FUNCTION, TOTAL, TOTAL))
    yield ticked("STA-4108", FISCAL_SPENDING, "财政拨款支出", *whole)
    for code in (code for code in FUNCTIONS if len(code) == 7 and code in book.names(BY_FUNCTION)):
        path = "-".join(FUNCTIONS[code[:length]] for length in (3, 5, 7))
        yield ticked("STA-4120", FISCAL_SPENDING, path, (BY_FUNCTION, code, TOTAL))
    yield ticked("STA-4109", GENERAL, "一般公共预算支出", (GENERAL_TABLE, TOTAL, TOTAL))
    fund = (FISCAL_SHEET, "支出总计", FUNDS[1])
    yield ticked("STA-4110", FUND, "政府性基金支出", (FUND_TABLE, TOTAL, TOTAL), fund)
    both = f"{FISCAL_ITEMS} {ITEMS}"
    general, fiscal = (
        {name: (form, name, TOTAL) for name in (TOTAL, "工资福利支出", "商品和服务支出", "对个人和家庭的补助")}
        for form in (GENERAL_ITEMS, BY_ITEM)
    )
    yield ticked("STA-4114", both, "基本支出", general[TOTAL], fiscal[TOTAL])
    staff = tuple(((1, rows["工资福利支出"]), (1, rows["对个人和家庭的补助"])) for rows in (general, fiscal))
    yield Tick("STA-4115", tuple(both.split()), "人员经费", staff)
    yield ticked("STA-4116", both, "公用经费", general["商品和服务支出"], fiscal["商品和服务支出"])


def _themes() -> Iterator[Tick]:
    rows = {
        "STA-4302": ("因公出国（境）费", "因公出国（境）费"),
        "STA-4303": ("公务接待费", "公务接待费"),
        "STA-4304": ("公务用车购置及运行费", "公务用车购置及运行费"),
        "STA-4305": ("公务用车购置费", "公务用车购置费"),
        "STA-4306": ("公务用车运行费", "公务用车运行维护费"),
        "STA-4307": ("会议费", "会议费"),
        "STA-4308": ("培训费", "培训费"),
    }
    for rule, (said, row) in rows.items():
        yield ticked(rule, THREE_PUBLIC, said, (PUBLIC, row, TOTAL))
    yield ticked("STA-4320", RUNNING, "机关运行经费", (RUNNING_TABLE, TOTAL, TOTAL))
    yield ticked("STA-4331", PURCHASES, "政府采购", (BOUGHT, TOTAL, TOTAL))


def _items(book: Ledger, is_staff: bool) -> list[tuple[str, Ref]]:
    codes = {item.name: item.code for item in ECONOMIC_ITEMS}
    listed = [(name, (GENERAL_ITEMS, name, TOTAL)) for name in book.names(GENERAL_ITEMS) if name in codes]
    return [(name, ref) for name, ref in listed if (codes[name][:3] in STAFF_CLASSES) is is_staff]


def _moved_alike(book: Ledger, rule: str, one: tuple[str, str], other: tuple[str, str]) -> Iterator[Finding]:
    if book.text((*one, AMOUNT)) != book.text((*other, AMOUNT)):
        return
    texts = [book.text((*said, CHANGE)) for said in (one, other)]
    ups = [(book.text((*said, TURN)) or "增加").startswith("增") for said in (one, other)]
    if None not in texts and (texts[0] != texts[1] or ups[0] != ups[1]):
        yield Finding(rule, "warning", place((*one, CHANGE)))
