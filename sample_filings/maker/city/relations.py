"""The relations of the rule catalogue over the nine tables, worked out from printed figures alone."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from maker.city.tables import OTHER_INCOME, TITLES
from maker.classification import CLASSES, ECONOMIC_CLASSES, ECONOMIC_ITEMS, FISCAL, STAFF_CLASSES
from maker.grid import INCOME, Line
from maker.ledger import NIL, Finding, Ledger, Ref, equation, place, read_ledger
from maker.relations import across, parts_of_spending, rollup

OVERVIEW, INCOMES, SPENDING, FISCAL_SHEET, GENERAL, FUND, CAPITAL, ITEMS, PUBLIC = TITLES
TOTAL: Final = "合计"
NATURES: Final = (TOTAL, "基本支出", "项目支出")
_HALF_STEP: Final = Decimal("0.005")
_TOTAL_ROWS: Final = {GENERAL: TOTAL, FUND: TOTAL, CAPITAL: "支出合计"}


def findings_of(lines: Sequence[Line]) -> list[Finding]:
    """Work out what the printed figures contradict."""
    book = read_ledger(lines)
    parts = (_missing, _overview, _income, _spending, _fiscal, _general, _only_general, _by_fund, _items, _three_public)
    return [finding for part in parts for finding in part(book)]


def _missing(book: Ledger) -> Iterator[Finding]:
    for form in TITLES:
        if form not in book.forms:
            yield Finding("PRE-001", "error", form)


def _lane(row: str, form: str = OVERVIEW) -> Ref:
    return (form, row, INCOME)


def _overview(book: Ledger) -> Iterator[Finding]:
    whole, fiscal = _lane("收入总计"), _lane("财政拨款收入")
    yield from equation(book, "BAL-106", [whole], [_lane("支出总计")])
    yield from equation(book, "BAL-1501", [fiscal], [_lane(fund) for fund in FISCAL])
    yield from equation(book, "BAL-1502", [whole], [fiscal, *map(_lane, OTHER_INCOME)])
    yield from equation(book, "BAL-1503", [_lane("支出总计")], [_lane(name) for name in _classes(book, OVERVIEW)])
    for source in ("财政拨款收入", *OTHER_INCOME):
        yield from equation(book, "BAL-1506", [_lane(source)], [(INCOMES, TOTAL, source)])
    yield from equation(book, "BAL-1507", [whole], [(INCOMES, TOTAL, TOTAL)])
    yield from equation(book, "BAL-1508", [_lane("支出总计")], [(SPENDING, TOTAL, TOTAL)])


def _income(book: Ledger) -> Iterator[Finding]:
    columns = ("财政拨款收入", *OTHER_INCOME)
    yield from across(book, "ACR-1505", INCOMES, TOTAL, columns)
    yield from rollup(book, "ROL-202", INCOMES, (TOTAL, *columns))
    details = [(INCOMES, code, TOTAL) for code in book.names(INCOMES) if len(code) == 7]
    yield from equation(book, "BAL-203", [(INCOMES, TOTAL, TOTAL)], details)
    for code in _codes(book, INCOMES):
        pair = ([(INCOMES, code, TOTAL)], [(SPENDING, code, TOTAL)])
        yield from equation(book, "TIE-1509", *pair, severity="warning")


def _spending(book: Ledger) -> Iterator[Finding]:
    yield from across(book, "ACR-301", SPENDING, TOTAL, NATURES[1:])
    yield from rollup(book, "ROL-302", SPENDING, NATURES)
    names = dict(CLASSES)
    for code in _codes(book, SPENDING):
        if len(code) == 3:
            yield from equation(book, "TIE-304", [(SPENDING, code, TOTAL)], [_lane(names[code])])


def _fiscal(book: Ledger) -> Iterator[Finding]:
    form, end = FISCAL_SHEET, "支出总计"
    whole = _lane("收入总计", form)
    yield from across(book, "ACR-402", form, TOTAL, FISCAL)
    yield from equation(book, "BAL-1512", [whole], [_lane(fund, form) for fund in FISCAL])
    for column in (TOTAL, *FISCAL):
        classes = [(form, name, column) for name in _classes(book, form)]
        yield from equation(book, "BAL-1513", [(form, end, column)], classes)
    tables = dict(zip(FISCAL, _TOTAL_ROWS.items(), strict=True))
    for fund in FISCAL:
        spent = (form, end, fund)
        yield from equation(book, "BAL-1514", [_lane(fund, form)], [spent])
        yield from equation(book, "BAL-409", [_lane(fund, form)], [_lane(fund)])
        yield from equation(book, "BAL-1517", [spent], [(*tables[fund], TOTAL)])
    yield from equation(book, "BAL-1515", [whole], [_lane("财政拨款收入")])
    yield from equation(book, "BAL-407", [whole], [(form, end, TOTAL)])
    names = {name: code for code, name in CLASSES}
    for name in _classes(book, form):
        yield from equation(book, "TIE-1516", [(form, name, FISCAL[0])], [(GENERAL, names[name], TOTAL)])


def _general(book: Ledger) -> Iterator[Finding]:
    for other in (OVERVIEW, FISCAL_SHEET):
        yield from equation(book, "BAL-1618", [(GENERAL, TOTAL, TOTAL)], [_lane(FISCAL[0], other)])
    known = set(book.names(SPENDING))
    for code in _codes(book, GENERAL):
        if code not in known:
            yield Finding("TIE-505", "error", place((GENERAL, code, TOTAL)))
    yield from parts_of_spending(book, SPENDING, GENERAL, FUND)


def _only_general(book: Ledger) -> Iterator[Finding]:
    """Where all money is general budget, expenditure is the same in both tables, line by line."""
    fiscal = book.value(_lane("财政拨款收入"))
    if not book.value(_lane(FISCAL[0])) == fiscal == book.value(_lane("收入总计")):
        return
    for rule, column in zip(("TIE-1518", "TIE-1519", "TIE-1520"), NATURES, strict=True):
        for code in _codes(book, SPENDING):
            yield from equation(book, rule, [(SPENDING, code, column)], [(GENERAL, code, column)])
    yield from equation(book, "BAL-1521", [(ITEMS, TOTAL, TOTAL)], [(SPENDING, TOTAL, "基本支出")])


def _by_fund(book: Ledger) -> Iterator[Finding]:
    rules = {GENERAL: ("ACR-501", "ROL-502"), FUND: ("ACR-802", "ROL-803"), CAPITAL: ("ACR-903", "ROL-904")}
    for form, (row_rule, roll_rule) in rules.items():
        yield from across(book, row_rule, form, TOTAL, NATURES[1:])
        yield from rollup(book, roll_rule, form, NATURES, _TOTAL_ROWS[form])


def _items(book: Ledger) -> Iterator[Finding]:
    columns = (TOTAL, "人员经费", "公用经费")
    yield from across(book, "ACR-601", ITEMS, TOTAL, columns[1:])
    present = set(book.names(ITEMS))
    classes = {code: name for code, name in ECONOMIC_CLASSES.items() if name in present}
    for column in columns:
        yield from equation(
            book, "ROL-602", [(ITEMS, TOTAL, column)], [(ITEMS, name, column) for name in classes.values()]
        )
        for code, name in classes.items():
            items = [item.name for item in ECONOMIC_ITEMS if item.code.startswith(code) and item.name in present]
            yield from equation(book, "ROL-602", [(ITEMS, name, column)], [(ITEMS, item, column) for item in items])
    for column, is_staff in (("人员经费", True), ("公用经费", False)):
        part = [(ITEMS, name, TOTAL) for code, name in classes.items() if (code in STAFF_CLASSES) is is_staff]
        yield from equation(book, "BAL-603", [(ITEMS, TOTAL, column)], part, severity="warning")
    yield from equation(book, "BAL-604", [(ITEMS, TOTAL, TOTAL)], [(GENERAL, TOTAL, "基本支出")])
    codes = {
        name: code for code, name in [*ECONOMIC_CLASSES.items(), *[(one.code, one.name) for one in ECONOMIC_ITEMS]]
    }
    for name in present - {TOTAL}:
        staff = codes[name][:3] in STAFF_CLASSES
        rule, column = ("ACR-606", "公用经费") if staff else ("ACR-607", "人员经费")
        if book.value((ITEMS, name, column)) != NIL:
            yield Finding(rule, "warning", place((ITEMS, name, column)))


def _three_public(book: Ledger) -> Iterator[Finding]:
    def of(row: str) -> Ref:
        return (PUBLIC, row, TOTAL)

    abroad, hosting, cars = "因公出国（境）费", "公务接待费", "公务用车购置及运行费"
    buying, running = "公务用车购置费", "公务用车运行维护费"
    yield from equation(book, "BAL-1002", [of(TOTAL)], [of(abroad), of(hosting), of(cars)])
    yield from equation(book, "BAL-1003", [of(cars)], [of(buying), of(running)])
    for whole, part in ((cars, buying), (cars, running), (TOTAL, abroad), (TOTAL, hosting), (TOTAL, cars)):
        if book.value(of(part)) > book.value(of(whole)):
            yield Finding("BAL-1005", "error", place(of(whole)))
    # These two tables print different units: 元 inside the budget, 万元 here.
    for item in (running, hosting):
        if book.value((ITEMS, item, TOTAL)) / 10_000 - book.value(of(item)) > _HALF_STEP:
            yield Finding("BAL-1523", "warning", place((ITEMS, item, TOTAL)))
    if book.value(of("机关运行经费")) - book.value((ITEMS, TOTAL, "公用经费")) / 10_000 > _HALF_STEP:
        yield Finding("BAL-1525", "warning", place(of("机关运行经费")))


def _classes(book: Ledger, form: str) -> list[str]:
    names = {name for _, name in CLASSES}
    return [row for row in book.names(form) if row in names]


def _codes(book: Ledger, form: str) -> list[str]:
    return [row for row in book.names(form) if row.isdigit()]
