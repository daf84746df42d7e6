"""What the narrative of final accounts contradicts."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from maker.classification import ECONOMIC_ITEMS, FUNCTIONS, STAFF_CLASSES
from maker.final.accounts import FINAL_CLASSES
from maker.final.printing import CAPITAL as CAPITAL_TABLE
from maker.final.printing import FISCAL_TOTALS, GENERAL, INCOME_BY_CODE, ITEMS, SPENDING_BY_CODE, THREE_PUBLIC, TOTALS
from maker.final.printing import FUND as FUND_TABLE
from maker.final.prose import CAPITAL, FUND, MOVES, WHOLE
from maker.final.relations import CLOSING, FUNDS, OPENING, TOTAL
from maker.final.totals import OUTCOME
from maker.grid import INCOME
from maker.ledger import Finding, Ledger, Ref, amount, equation, place
from maker.prose import FISCAL_MONEY, RUNNING, SPENDING, TARGETS
from maker.prose import GENERAL as GENERAL_SAID
from maker.prose import INCOMES as INCOMES_SAID
from maker.prose import ITEMS as ITEMS_SAID
from maker.prose import THREE_PUBLIC as PUBLIC_SAID
from maker.relations_prose import Tick, changes, counted, names, ratio_of, shares, ticked, ticks
from maker.relations_said import purchased, vehicles
from maker.said import AMOUNT, COMPARED, COUNT, DONE, NAMES, PLAN

_INCOMES: Final = {
    "STA-4503": ("财政拨款收入", "财政拨款收入"),
    "STA-4504": ("上级补助收入", "上级补助收入"),
    "STA-4505": ("事业收入", "事业收入"),
    "STA-4506": ("事业单位经营收入", "经营收入"),
    "STA-4507": ("附属单位上缴收入", "附属单位上缴收入"),
    "STA-4508": ("其他收入", "其他收入"),
}
_PUBLIC: Final = {
    "STA-4540": ("三公经费", TOTAL),
    "STA-4542": ("因公出国（境）费", "因公出国（境）费"),
    "STA-4543": ("公务用车购置及运行费", "公务用车购置及运行费"),
    "STA-4544": ("公务用车购置费", "公务用车购置费"),
    "STA-4545": ("公务用车运行费", "公务用车运行费"),
    "STA-4546": ("公务接待费", "公务接待费"),
}
_FLOWS: Final = ("上年结转", "本年收入", "本年支出", "结转下年")
_WORDS: Final = {"大于": 1, "持平": 0, "小于": -1}


def said_in_accounts(book: Ledger) -> Iterator[Finding]:
    """Yield the findings of the narrative."""
    for tick in (*_totals(), *_general(book), *_themes(), *_small()):
        yield from ticks(book, tick)
    yield from changes(book, (MOVES, FISCAL_MONEY, GENERAL_SAID, RUNNING))
    wholes: dict[str, list[Ref]] = {
        INCOMES_SAID: [(INCOMES_SAID, "本年收入", AMOUNT)],
        SPENDING: [(SPENDING, "本年支出", AMOUNT)],
        PUBLIC_SAID: [(PUBLIC_SAID, "三公经费", AMOUNT)],
    }
    yield from shares(book, wholes)
    yield from _shares_of_general(book)
    for rule, name, is_staff in (("STA-4526", "人员经费", True), ("STA-4527", "公用经费", False)):
        yield from names(book, rule, (ITEMS_SAID, name, NAMES), _items(book, is_staff))
    yield from _completed(book)
    yield from purchased(book, "STA-4560")
    yield from vehicles(book, "STA-4561")
    yield from counted(book, "STA-4783", TARGETS, "自评项目", ("评优项目", "评良项目", "合格项目", "不合格项目"))
    for rule, column in (("STA-4784", AMOUNT), ("STA-4785", COUNT)):
        sides = [(TARGETS, "自评项目", column)], [(TARGETS, "二级项目", column)]
        yield from equation(book, rule, *sides, severity="notice")
    most = [(ITEMS, "公用经费合计", OUTCOME)]
    running = [(RUNNING, "机关运行经费", AMOUNT)]
    yield from equation(book, "STA-4562", running, most, severity="warning", at_most=True)


def _totals() -> Iterator[Tick]:
    whole = (TOTALS, "收入总计", OUTCOME)
    yield ticked("STA-4501", MOVES, "收支总计", whole)
    income, spent = (TOTALS, "本年收入合计", OUTCOME), (TOTALS, "本年支出合计", OUTCOME)
    yield ticked("STA-4502", INCOMES_SAID, "本年收入", income, (INCOME_BY_CODE, TOTAL, "本年收入合计"))
    for rule, (said, column) in _INCOMES.items():
        yield ticked(rule, INCOMES_SAID, said, (INCOME_BY_CODE, TOTAL, column))
    yield ticked("STA-4510", SPENDING, "本年支出", spent, (SPENDING_BY_CODE, TOTAL, "本年支出合计"))
    for rule, nature in (("STA-4511", "基本支出"), ("STA-4512", "项目支出")):
        yield ticked(rule, SPENDING, nature, (SPENDING_BY_CODE, TOTAL, nature))


def _general(book: Ledger) -> Iterator[Tick]:
    yield ticked("STA-4521", GENERAL_SAID, WHOLE, (GENERAL, TOTAL, TOTAL))
    paths = {name: code for code, name in FINAL_CLASSES}
    paths |= {"-".join(FUNCTIONS[code[:end]] for end in (3, 5, 7)): code for code in FUNCTIONS if len(code) == 7}
    for path, code in paths.items():
        yield ticked("STA-4522", GENERAL_SAID, path, (GENERAL, code, TOTAL))
    yield ticked("STA-4523", ITEMS_SAID, "基本支出", (GENERAL, TOTAL, "基本支出"))
    for rule, name in (("STA-4524", "人员经费"), ("STA-4525", "公用经费")):
        yield ticked(rule, ITEMS_SAID, name, (ITEMS, f"{name}合计", OUTCOME))


def _themes() -> Iterator[Tick]:
    for rule, (said, row) in _PUBLIC.items():
        yield ticked(rule, PUBLIC_SAID, said, (THREE_PUBLIC, row, "决算数"))
    planned = (((1, (THREE_PUBLIC, TOTAL, PLAN)),),)
    yield Tick("STA-4541", (PUBLIC_SAID,), "三公经费", planned, PLAN)


def _small() -> Iterator[Tick]:
    lane = {
        "上年结转": [(FISCAL_TOTALS, row, INCOME) for row in (OPENING, *(f"{OPENING}·{fund}" for fund in FUNDS))],
        "本年收入": [(FISCAL_TOTALS, row, INCOME) for row in ("本年收入合计", *FUNDS)],
        "本年支出": [(FISCAL_TOTALS, "本年支出合计", column) for column in (TOTAL, *FUNDS)],
        "结转下年": [(FISCAL_TOTALS, CLOSING, column) for column in (TOTAL, *FUNDS)],
    }
    yield ticked("STA-4520", FISCAL_MONEY, "财政拨款收支", (FISCAL_TOTALS, "收入总计", INCOME))
    columns = dict(zip(_FLOWS, ("年初结转和结余", "本年收入", "本年支出", "年末结转和结余"), strict=True))
    for number, row in enumerate(_FLOWS):
        yield ticked(f"STA-{4771 + number}", FISCAL_MONEY, row, *lane[row])
        yield ticked(f"STA-{4775 + number}", FUND, row, (FUND_TABLE, TOTAL, columns[row]), severity="warning")
        yield ticked(f"STA-{4779 + number}", CAPITAL, row, (CAPITAL_TABLE, TOTAL, columns[row]), severity="warning")


def _shares_of_general(book: Ledger) -> Iterator[Finding]:
    """Judge the shares of two wholes: the first amount is a part of all expenditure, the classes of the second."""
    of_all = {GENERAL_SAID: [(SPENDING, "本年支出", AMOUNT)]}
    of_general = {GENERAL_SAID: [(GENERAL_SAID, f"{WHOLE}#2", AMOUNT)]}
    whole = f"{GENERAL_SAID}[{WHOLE}, "
    classes = Ledger(
        {GENERAL_SAID: [one for one in book.rows.get(GENERAL_SAID, []) if one[0] != WHOLE]}, frozenset(), frozenset()
    )
    yield from (one for one in shares(book, of_all) if one.place.startswith(whole))
    yield from shares(classes, of_general)


def _items(book: Ledger, is_staff: bool) -> list[tuple[str, Ref]]:
    codes = {item.name: item.code for item in ECONOMIC_ITEMS}
    listed = [(name, (ITEMS, name, OUTCOME)) for name in book.names(ITEMS) if name in codes]
    return [(name, ref) for name, ref in listed if (codes[name][:3] in STAFF_CLASSES) is is_staff]


def _completed(book: Ledger) -> Iterator[Finding]:
    """Rates of completion, and whether the outcome is above, below or level with the budget."""
    for passage in (GENERAL_SAID, PUBLIC_SAID):
        for row in dict.fromkeys(book.names(passage)):
            now, plan, rate = (book.text((passage, row, column)) for column in (AMOUNT, PLAN, DONE))
            if now is None or plan is None:
                continue
            if rate and (verdict := ratio_of(rate, now, plan)):
                yield Finding("STA-4550", verdict, place((passage, row, DONE)))
            word = book.text((passage, row, COMPARED))
            if word is not None and _WORDS[word] != _sign(amount(now) - amount(plan)):
                yield Finding("STA-4552", "error", place((passage, row, COMPARED)))
    for rule, row in (("STA-4553", "公务接待费"), ("STA-4554", "公务用车购置及运行费")):
        rate = book.text((PUBLIC_SAID, row, DONE))
        texts = [book.text((THREE_PUBLIC, row, column)) for column in ("决算数", PLAN)]
        if rate and None not in texts and (found := ratio_of(rate, texts[0] or "", texts[1] or "")):
            yield Finding(rule, found, place((PUBLIC_SAID, row, DONE)))


def _sign(value: Decimal) -> int:
    return (value > 0) - (value < 0)
