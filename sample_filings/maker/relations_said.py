"""What the narrative of the county's own layout contradicts, passage by passage."""

from collections.abc import Iterator
from typing import Final

from maker.classification import CLASSES, ECONOMIC_ITEMS, FISCAL, SOURCES, STAFF_CLASSES
from maker.grid import INCOME
from maker.ledger import Finding, Ledger, Ref, equation, place
from maker.prose import (
    FISCAL_MONEY,
    GENERAL,
    INCOMES,
    ITEMS,
    MOVES,
    PROJECT_KINDS,
    PROPERTY,
    PURCHASES,
    RUNNING,
    SPENDING,
    TARGETS,
    THREE_PUBLIC,
)
from maker.relations import T1, T3, T4, T5, T12, T13, TOTAL
from maker.relations_detail import T6, T10, T11
from maker.relations_prose import Tick, changes, counted, moved_together, names, shares, ticked, ticks
from maker.said import AMOUNT, COUNT, NAMES

VEHICLES: Final = (
    "领导用车", "机要通信用车", "应急保障用车", "执法执勤用车", "特种专业技术用车", "事业单位业务用车", "其他公务用车",
)  # fmt: skip
PURCHASED: Final = ("政府采购货物", "政府采购工程", "政府采购服务")
_PUBLIC: Final = {
    "STA-4302": ("因公出国（境）费", "因公出国（境）费"),
    "STA-4303": ("公务接待费", "公务接待费"),
    "STA-4305": ("公务用车购置费", "公务用车购置费"),
    "STA-4306": ("公务用车运行费", "公务用车运行维护费"),
}
_WHOLE: Final = "一般公共预算支出"
_BASIC: Final = "基本支出"
_PROJECT: Final = "项目支出"


def said_in_county(book: Ledger) -> Iterator[Finding]:
    """Yield the findings of the narrative."""
    for tick in (*_totals(), *_fiscal(), *_themes()):
        yield from ticks(book, tick)
    yield from changes(book, (MOVES, GENERAL, THREE_PUBLIC, RUNNING))
    wholes = {
        INCOMES: [(INCOMES, "收入总计", AMOUNT)],
        SPENDING: [(SPENDING, "支出总计", AMOUNT)],
        GENERAL: [(GENERAL, f"{_WHOLE}#2", AMOUNT)],
        TARGETS: [(TARGETS, _PROJECT, AMOUNT), (T3, TOTAL, _PROJECT)],
    }
    yield from shares(book, wholes)
    for rule, name, is_staff in (("STA-4117", "人员经费", True), ("STA-4118", "公用经费", False)):
        yield from names(book, rule, (ITEMS, name, NAMES), _items(book, is_staff))
    yield from _together(book)
    yield from _projects(book)
    yield from vehicles(book)


def purchased(book: Ledger, rule: str = "STA-4330") -> Iterator[Finding]:
    """Judge what is bought in all: it is the sum of goods, works and services."""
    parts = [(PURCHASES, part, AMOUNT) for part in PURCHASED]
    yield from equation(book, rule, [(PURCHASES, "政府采购", AMOUNT)], parts)


def vehicles(book: Ledger, rule: str = "STA-4350") -> Iterator[Finding]:
    """Vehicles are the sum of their kinds, and no more than are allowed."""
    yield from counted(book, rule, PROPERTY, "车辆", VEHICLES)
    kept, allowed = (book.text((PROPERTY, row, COUNT)) for row in ("车辆", "车辆编制"))
    if kept and allowed and int(kept) > int(allowed):
        yield Finding("STA-4351", "warning", place((PROPERTY, "车辆", COUNT)))


def lane(row: str) -> Ref:
    """Give the figure of a row in the income lane of 收支总表."""
    return (T1, row, INCOME)


def _totals() -> Iterator[Tick]:
    yield ticked("STA-4001", f"{MOVES} {INCOMES}", "收入总计", lane("收入总计"))
    yield ticked("STA-4002", f"{MOVES} {SPENDING}", "支出总计", (T1, "支出总计", TOTAL))
    yield ticked("STA-4004", MOVES, "本年收入", lane("本年收入合计"), ("收入总表", TOTAL, TOTAL), lane("收入总计"))
    yield ticked("STA-4005", MOVES, "本年支出", (T1, "本年支出合计", "当年预算安排"), (T3, TOTAL, TOTAL))
    yield ticked("STA-4006", f"{MOVES} {INCOMES}", "上年结转", lane("上年结转"))
    yield ticked("STA-4007", SPENDING, _BASIC, (T3, TOTAL, _BASIC))
    yield ticked("STA-4008", SPENDING, _PROJECT, (T3, TOTAL, _PROJECT))
    for number, source in enumerate(SOURCES):
        yield ticked(f"STA-{4010 + number}", INCOMES, source, lane(source), ("收入总表", TOTAL, source))


def _fiscal() -> Iterator[Tick]:
    def fiscal(row: str) -> Ref:
        return (T4, row, INCOME)

    yield ticked("STA-4101", FISCAL_MONEY, "财政拨款收支", fiscal("收入总计"))
    for number, fund in enumerate(FISCAL):
        yield ticked(f"STA-{4102 + number}", FISCAL_MONEY, fund, (T4, "支出总计", fund), fiscal(fund))
    yield ticked("STA-4105", FISCAL_MONEY, "当年拨款收入", fiscal("本年收入合计"))
    yield ticked("STA-4106", FISCAL_MONEY, "上年结转", fiscal("上年结转"))
    for code, name in CLASSES:
        yield ticked("STA-4107", FISCAL_MONEY, name, (T4, name, TOTAL))
        yield ticked("STA-4112", GENERAL, name, (T5, code, TOTAL))
    yield ticked("STA-4109", GENERAL, _WHOLE, (T5, TOTAL, TOTAL))
    yield ticked("STA-4114", ITEMS, _BASIC, (T6, TOTAL, TOTAL))
    goods, staff, help_to = ((T6, name, TOTAL) for name in ("商品和服务支出", "工资福利支出", "对个人和家庭的补助"))
    both = ((1, staff), (1, help_to))
    yield Tick("STA-4115", (ITEMS,), "人员经费", (((1, (T6, TOTAL, "人员经费")),), both))
    yield ticked("STA-4116", ITEMS, "公用经费", (T6, TOTAL, "公用经费"), goods)


def _themes() -> Iterator[Tick]:
    yield ticked("STA-4301", THREE_PUBLIC, "三公经费", (T10, TOTAL, TOTAL))
    for rule, (said, row) in _PUBLIC.items():
        yield ticked(rule, THREE_PUBLIC, said, (T10, row, TOTAL))
    yield ticked("STA-4320", RUNNING, "机关运行经费", (T11, TOTAL, TOTAL))
    projects, spent = (T12, TOTAL, TOTAL), (T3, TOTAL, _PROJECT)
    of_both = ((1, projects), (1, (T13, TOTAL, TOTAL)))
    yield Tick("STA-4753", (TARGETS,), "二级项目", (((1, projects),), of_both), severity="notice")
    totals = (lane("本年收入合计"), lane("收入总计"), spent, projects)
    yield ticked("STA-4754", TARGETS, "整体绩效目标", *totals, severity="warning")
    basic = ((T3, TOTAL, _BASIC), (T5, TOTAL, _BASIC))
    yield ticked("STA-4755", TARGETS, _BASIC, *basic, severity="warning")
    yield ticked("STA-4756", TARGETS, _PROJECT, projects, spent, (T5, TOTAL, _PROJECT), severity="warning")


def _items(book: Ledger, is_staff: bool) -> list[tuple[str, Ref]]:
    codes = {item.name: item.code for item in ECONOMIC_ITEMS}
    listed = [(row.partition("/")[0], (T6, row, TOTAL)) for row in book.names(T6) if "/" in row]
    return [(name, ref) for name, ref in listed if (codes[name][:3] in STAFF_CLASSES) is is_staff]


def _together(book: Ledger) -> Iterator[Finding]:
    """Judge what is said twice, and what moves with its parts."""
    yield from purchased(book)
    yield from moved_together(book, "STA-4751", MOVES, "支出总计", ("收入总计",), "warning")
    yield from moved_together(book, "STA-4752", THREE_PUBLIC, "三公经费", tuple(said for said, _ in _PUBLIC.values()))


def _projects(book: Ledger) -> Iterator[Finding]:
    """Judge counts and sums of the projects under performance management."""
    kinds = tuple(f"{kind}项目" for kind in PROJECT_KINDS)
    for rule, whole, mark in (("STA-4340", "二级项目", ""), ("STA-4342", "公开项目", "#2")):
        parts = tuple(f"{kind}{mark}" for kind in kinds)
        yield from counted(book, rule, TARGETS, whole, parts)
        money = f"STA-{int(rule[-4:]) + 1}"
        yield from equation(book, money, [(TARGETS, whole, AMOUNT)], [(TARGETS, part, AMOUNT) for part in parts])
    for column in (COUNT, AMOUNT):
        most = [(TARGETS, "二级项目", column)]
        yield from equation(book, "STA-4344", [(TARGETS, "公开项目", column)], most, severity="warning", at_most=True)
    overall = (TARGETS, "整体绩效目标", AMOUNT)
    yield from equation(book, "STA-4345", [overall], [(TARGETS, _BASIC, AMOUNT), (TARGETS, _PROJECT, AMOUNT)])
    shown, listed = (book.text((TARGETS, row, COUNT)) for row in ("公开项目", "二级项目"))
    for rule, kind in zip(("STA-4759", "STA-4760"), kinds, strict=True):
        if shown == listed:
            yield from equation(
                book, rule, [(TARGETS, f"{kind}#2", AMOUNT)], [(TARGETS, kind, AMOUNT)], severity="warning"
            )
    cards = [rows for form, rows in book.rows.items() if form.startswith("项目绩效目标表")]
    forms = sum(row == "年度" and "资金总额" in cells for rows in cards for row, cells in rows)
    if shown and int(shown) != forms:
        yield Finding("STA-4346", "warning", place((TARGETS, "公开项目", COUNT)))
