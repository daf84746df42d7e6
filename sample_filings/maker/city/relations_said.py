"""What the narrative of the city kind contradicts; its tables print 元, its sentences 万元."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from maker.city.prose import ACCOUNT
from maker.city.relations import CAPITAL, FISCAL_SHEET, FUND, GENERAL, INCOMES, OVERVIEW, PUBLIC, SPENDING, TOTAL
from maker.classification import FISCAL, FUNCTIONS
from maker.grid import INCOME
from maker.ledger import Finding, Ledger, Ref, amount, equation, place
from maker.prose import PURCHASES, RUNNING, TARGETS, THREE_PUBLIC
from maker.relations_prose import Tick, judge_printed, moved_together, ticked, ticks
from maker.relations_said import purchased, vehicles
from maker.said import AMOUNT

_YUAN: Final = Decimal("0.0001")


def scale_of(form: str) -> Decimal:
    """Say how many 万元 a figure of a form counts."""
    return Decimal(1) if form == PUBLIC else _YUAN


def said_in_city(book: Ledger) -> Iterator[Finding]:
    """Yield the findings of the narrative."""
    for tick in (*_account(), *_items(book), *_themes()):
        yield from ticks(book, tick, scale_of)
    yield from purchased(book)
    small, tiny = ((PURCHASES, row, AMOUNT) for row in ("预留中小企业", "预留小微企业"))
    yield from equation(book, "STA-4332", [small], [(PURCHASES, "政府采购", AMOUNT)], at_most=True)
    yield from equation(book, "STA-4333", [tiny], [small], severity="warning", at_most=True)
    cars = ("公务用车购置费", "公务用车运行费")
    vehicle = "公务用车购置及运行费"
    parts = ("因公出国（境）费", "公务接待费", vehicle)
    yield from moved_together(book, "STA-4309", THREE_PUBLIC, "三公经费", parts)
    yield from moved_together(book, "STA-4310", THREE_PUBLIC, vehicle, cars)
    yield from moved_together(book, "STA-4752", THREE_PUBLIC, "三公经费", (*parts[:2], *cars))
    yield from vehicles(book)
    yield from _at_most_projects(book)


def _account() -> Iterator[Tick]:
    def lane(row: str, form: str = OVERVIEW) -> Ref:
        return (form, row, INCOME)

    yield ticked("STA-4001", ACCOUNT, "收入总计", lane("收入总计"))
    yield ticked("STA-4002", ACCOUNT, "支出总计", lane("支出总计"))
    for rule, row in (("STA-4015", "事业收入"), ("STA-4016", "事业单位经营收入"), ("STA-4017", "其他收入")):
        yield ticked(rule, ACCOUNT, row, lane(row), (INCOMES, TOTAL, row))
    yield ticked("STA-4018", ACCOUNT, "财政拨款收入", lane("财政拨款收入"), lane("收入总计", FISCAL_SHEET))
    yield ticked("STA-4108", ACCOUNT, "财政拨款支出", (FISCAL_SHEET, "支出总计", TOTAL))
    yield ticked("STA-4109", ACCOUNT, "一般公共预算支出", (GENERAL, TOTAL, TOTAL))
    fund = (FISCAL_SHEET, "支出总计", FISCAL[1])
    yield ticked("STA-4110", ACCOUNT, "政府性基金支出", (FUND, TOTAL, TOTAL), fund)
    yield ticked("STA-4111", ACCOUNT, "国有资本经营支出", (CAPITAL, "支出合计", TOTAL))


def _items(book: Ledger) -> Iterator[Tick]:
    """Every item that the account names is the row of its code, in whichever tables have it."""
    for code in (code for code in FUNCTIONS if len(code) == 7):
        path = "-".join(FUNCTIONS[code[:length]] for length in (3, 5, 7))
        tables = [form for form in (SPENDING, GENERAL, FUND) if code in book.names(form)]
        if tables:
            yield ticked("STA-4113", ACCOUNT, path, *((form, code, TOTAL) for form in tables))


def _themes() -> Iterator[Tick]:
    rows = {
        "STA-4301": ("三公经费", TOTAL),
        "STA-4302": ("因公出国（境）费", "因公出国（境）费"),
        "STA-4303": ("公务接待费", "公务接待费"),
        "STA-4304": ("公务用车购置及运行费", "公务用车购置及运行费"),
        "STA-4305": ("公务用车购置费", "公务用车购置费"),
        "STA-4306": ("公务用车运行费", "公务用车运行维护费"),
    }
    for rule, (said, row) in rows.items():
        yield ticked(rule, THREE_PUBLIC, said, (PUBLIC, row, TOTAL))
    yield ticked("STA-4320", RUNNING, "机关运行经费", (PUBLIC, "机关运行经费", TOTAL))


def _at_most_projects(book: Ledger) -> Iterator[Finding]:
    said, most = (TARGETS, "二级项目", AMOUNT), book.text((SPENDING, TOTAL, "项目支出"))
    text = book.text(said)
    if not text or most is None:
        return
    excess = amount(text) - amount(most) * _YUAN
    if excess > 0 and judge_printed(excess, [text, most], scales=[Decimal(1), _YUAN]):
        yield Finding("STA-4761", "warning", place(said))
