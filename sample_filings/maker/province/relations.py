"""The relations of the rule catalogue over the twelve tables, worked out from printed figures alone."""

from collections.abc import Iterator, Sequence
from typing import Final

from maker.classification import CLASSES, ECONOMIC_CLASSES, ECONOMIC_ITEMS
from maker.grid import INCOME, Line
from maker.ledger import NIL, Finding, Ledger, Ref, equation, read_ledger
from maker.province.tables import FUNDS, PURCHASES, TITLES, USES
from maker.relations import across, rollup

(
    OVERVIEW,
    SOURCES,
    SPENDING,
    FISCAL_SHEET,
    FISCAL,
    FISCAL_ITEMS,
    GENERAL,
    ITEMS,
    PUBLIC,
    FUND,
    RUNNING,
    BOUGHT,
) = TITLES
TOTAL: Final = "合计"
_OWN: Final = ("财政专户管理资金", "其他资金")
_NAMES: Final = dict(CLASSES)


def findings_of(lines: Sequence[Line]) -> list[Finding]:
    """Work out what the printed figures contradict."""
    book = read_ledger(lines)
    parts = (_missing, _overview, _sources, _uses, _fiscal_sheet, _functions, _items, _three_public, _bought)
    return [finding for part in parts for finding in part(book)]


def _missing(book: Ledger) -> Iterator[Finding]:
    for form in TITLES:
        if form not in book.forms:
            yield Finding("PRE-001", "error", form)


def _lane(row: str, form: str = OVERVIEW) -> Ref:
    return (form, row, INCOME)


def _overview(book: Ledger) -> Iterator[Finding]:
    income, spent = _lane("本年收入合计"), _lane("本年支出合计")
    classes = [_lane(name) for _, name in CLASSES]
    yield from equation(book, "BAL-1501", [_lane("财政拨款收入")], [_lane(fund) for fund in FUNDS])
    yield from equation(book, "BAL-1601", [income], [_lane("财政拨款收入"), *map(_lane, _OWN)])
    yield from equation(book, "BAL-102", [spent], classes)
    yield from equation(book, "BAL-1602", [spent], [_lane(use) for use in USES])
    yield from equation(book, "BAL-104", [_lane("收入总计")], [income, _lane("上年结转")])
    yield from equation(book, "BAL-105", [_lane("支出总计")], [spent, _lane("年终结转")])
    yield from equation(book, "BAL-106", [_lane("收入总计")], [_lane("支出总计")])


def _sources(book: Ledger) -> Iterator[Finding]:
    def of(row: str) -> Ref:
        return (SOURCES, row, "金额")

    groups = (*FUNDS, *_OWN, "上年结转")
    yield from equation(book, "BAL-1605", [of("收入总计")], [of(group) for group in groups])
    for group in (FUNDS[0], *_OWN):
        parts = [of(row) for row in book.names(SOURCES) if row.startswith(f"{group}·")]
        yield from equation(book, "BAL-1606", [of(group)], parts)
    for row in ("收入总计", *groups):
        yield from equation(book, "BAL-1607", [of(row)], [_lane(row)])


def _uses(book: Ledger) -> Iterator[Finding]:
    yield from across(book, "ACR-301", SPENDING, TOTAL, (*USES, "结转下年"))
    for use in USES:
        yield from equation(book, "BAL-1603", [(SPENDING, TOTAL, use)], [_lane(use)])
    yield from equation(book, "BAL-1604", [(SPENDING, TOTAL, TOTAL)], [_lane("支出总计")])


def _fiscal_sheet(book: Ledger) -> Iterator[Finding]:
    form = FISCAL_SHEET
    income, spent = _lane("收入总计", form), _lane("支出总计", form)
    yield from equation(book, "BAL-1512", [income], [_lane(fund, form) for fund in FUNDS])
    yield from equation(book, "BAL-1515", [income], [_lane("财政拨款收入")])
    yield from equation(book, "BAL-407", [income], [spent])
    yield from equation(book, "BAL-1609", [spent], [_lane(use, form) for use in USES])
    for use in USES:
        yield from equation(book, "BAL-1610", [_lane(use, form)], [_lane(use)], at_most=True)
    for fund in FUNDS:
        yield from equation(book, "BAL-409", [_lane(fund, form)], [_lane(fund)])


def _functions(book: Ledger) -> Iterator[Finding]:
    for rule, form in (("ROL-1612", FISCAL), ("ROL-502", GENERAL), ("ROL-803", FUND)):
        yield from rollup(book, rule, form, (TOTAL,))
    whole = (FISCAL, TOTAL, TOTAL)
    yield from equation(book, "BAL-1611", [whole], [_lane("支出总计", FISCAL_SHEET)])
    for code in (row for row in book.names(FISCAL) if row.isdigit()):
        parts = [(form, code, TOTAL) for form in (GENERAL, FUND) if code in book.names(form)]
        yield from equation(book, "TIE-1613", [(FISCAL, code, TOTAL)], parts)
        if len(code) == 3:
            yield from equation(book, "TIE-1614", [(FISCAL, code, TOTAL)], [_lane(_NAMES[code])], at_most=True)
    for other in (OVERVIEW, FISCAL_SHEET):
        yield from equation(book, "BAL-1618", [(GENERAL, TOTAL, TOTAL)], [_lane(FUNDS[0], other)])


def _items(book: Ledger) -> Iterator[Finding]:
    for rule, form in (("ROL-1615", FISCAL_ITEMS), ("ROL-602", ITEMS), ("ROL-1619", RUNNING)):
        present = set(book.names(form))
        classes = {code: name for code, name in ECONOMIC_CLASSES.items() if name in present}
        if classes:
            yield from equation(book, rule, [(form, TOTAL, TOTAL)], [(form, name, TOTAL) for name in classes.values()])
        for code, name in classes.items():
            items = [item.name for item in ECONOMIC_ITEMS if item.code.startswith(code) and item.name in present]
            yield from equation(book, rule, [(form, name, TOTAL)], [(form, item, TOTAL) for item in items])
    yield from equation(book, "BAL-1616", [(FISCAL_ITEMS, TOTAL, TOTAL)], [_lane(USES[0], FISCAL_SHEET)])
    if book.value(_lane(FUNDS[1])) == NIL:
        for row in book.names(FISCAL_ITEMS):
            if row != TOTAL:
                yield from equation(book, "TIE-1617", [(FISCAL_ITEMS, row, TOTAL)], [(ITEMS, row, TOTAL)])


def _three_public(book: Ledger) -> Iterator[Finding]:
    def of(row: str) -> Ref:
        return (PUBLIC, row, TOTAL)

    abroad, hosting, cars = "因公出国（境）费", "公务接待费", "公务用车购置及运行费"
    buying, driving = "公务用车购置费", "公务用车运行维护费"
    yield from equation(book, "BAL-1002", [of(TOTAL)], [of(abroad), of(hosting), of(cars)])
    yield from equation(book, "BAL-1003", [of(cars)], [of(buying), of(driving)])
    yield from equation(book, "BAL-1524", [of("总计")], [of(TOTAL), of("会议费"), of("培训费")])
    for whole, part in ((cars, buying), (cars, driving), (TOTAL, abroad), (TOTAL, hosting), (TOTAL, cars)):
        if book.value(of(part)) > book.value(of(whole)):
            yield Finding("BAL-1005", "error", f"{PUBLIC}[{whole}, {TOTAL}]")
    for item in (driving, hosting, "会议费", "培训费"):
        yield from equation(book, "BAL-1523", [(ITEMS, item, TOTAL)], [of(item)], severity="warning", at_most=True)


def _bought(book: Ledger) -> Iterator[Finding]:
    present = book.names(BOUGHT)
    groups = [names for names in PURCHASES.values() if names[0] in present]
    if groups:
        yield from equation(book, "ROL-1620", [(BOUGHT, TOTAL, TOTAL)], [(BOUGHT, names[0], TOTAL) for names in groups])
    for group, purpose, item, thing in groups:
        middle = (BOUGHT, f"{purpose}·{item}", TOTAL)
        yield from equation(book, "ROL-1620", [(BOUGHT, group, TOTAL)], [middle])
        yield from equation(book, "ROL-1620", [middle], [(BOUGHT, thing, TOTAL)])
