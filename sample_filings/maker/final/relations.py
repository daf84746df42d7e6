"""The relations of the rule catalogue over the nine tables of final accounts, worked out from printed figures alone."""

from collections.abc import Iterator, Sequence
from typing import Final

from maker.classification import CLASSES, ECONOMIC_CLASSES, ECONOMIC_ITEMS, FISCAL, STAFF_CLASSES
from maker.final.by_code import INCOME_COLUMNS, SPENDING_COLUMNS
from maker.final.printing import (
    CAPITAL,
    FISCAL_TOTALS,
    FORMS,
    FUND,
    GENERAL,
    INCOME_BY_CODE,
    ITEMS,
    SPENDING_BY_CODE,
    THREE_PUBLIC,
    TOTALS,
)
from maker.final.totals import INCOMES, OUTCOME
from maker.grid import INCOME, Line
from maker.ledger import NIL, Finding, Ledger, Ref, equation, read_ledger
from maker.relations import across, rollup

TOTAL: Final = "合计"
NATURES: Final = (TOTAL, "基本支出", "项目支出")
FUNDS: Final = tuple(f"{fund}财政拨款" for fund in FISCAL)
OPENING, CLOSING = "年初财政拨款结转和结余", "年末财政拨款结转和结余"
_FLOWS: Final = ("年初结转和结余", "本年收入", "本年支出", "基本支出", "项目支出", "年末结转和结余")
_NAMES: Final = dict(CLASSES)


def findings_of(lines: Sequence[Line]) -> list[Finding]:
    """Work out what the printed figures contradict."""
    book = read_ledger(lines)
    parts = (_missing, _totals, _income, _spending, _fiscal, _against_totals, _general, _items, _three_public, _small)
    return [finding for part in parts for finding in part(book)]


def _missing(book: Ledger) -> Iterator[Finding]:
    for form in FORMS:
        if form not in book.forms:
            yield Finding("PRE-2001", "error", form)


def _in_totals(row: str) -> Ref:
    return (TOTALS, row, OUTCOME)


def _lane(row: str) -> Ref:
    return (FISCAL_TOTALS, row, INCOME)


def _totals(book: Ledger) -> Iterator[Finding]:
    of = _in_totals
    income, spent = of("本年收入合计"), of("本年支出合计")
    yield from equation(book, "BAL-2101", [income], [of(kind) for kind in INCOMES])
    yield from equation(book, "BAL-2102", [spent], [of(name) for name in _classes(book, TOTALS)])
    before = [income, of("使用非财政拨款结余"), of("年初结转和结余")]
    yield from equation(book, "BAL-2103", [of("收入总计")], before)
    yield from equation(book, "BAL-2104", [of("支出总计")], [spent, of("结余分配"), of("年末结转和结余")])
    yield from equation(book, "BAL-2105", [of("收入总计")], [of("支出总计")])


def _income(book: Ledger) -> Iterator[Finding]:
    form, whole, fiscal = INCOME_BY_CODE, INCOME_COLUMNS[0], (INCOME_BY_CODE, TOTAL, "财政拨款收入")
    yield from across(book, "ACR-2201", form, whole, INCOME_COLUMNS[1:])
    yield from rollup(book, "ROL-2202", form, INCOME_COLUMNS)
    yield from equation(book, "BAL-2203", [(form, TOTAL, whole)], [_in_totals("本年收入合计")])
    for kind in INCOME_COLUMNS[2:]:
        yield from equation(book, "BAL-2204", [(form, TOTAL, kind)], [_in_totals(kind)])
    yield from equation(book, "BAL-2205", [fiscal], [_in_totals(kind) for kind in INCOMES[:3]])
    yield from equation(book, "BAL-2206", [fiscal], [_lane("本年收入合计")])


def _spending(book: Ledger) -> Iterator[Finding]:
    form, whole = SPENDING_BY_CODE, SPENDING_COLUMNS[0]
    yield from across(book, "ACR-2301", form, whole, SPENDING_COLUMNS[1:])
    yield from rollup(book, "ROL-2302", form, SPENDING_COLUMNS)
    yield from equation(book, "BAL-2303", [(form, TOTAL, whole)], [_in_totals("本年支出合计")])
    for code in _codes(book, form, 3):
        yield from equation(book, "TIE-2304", [(form, code, whole)], [_in_totals(_NAMES[code])])


def _fiscal(book: Ledger) -> Iterator[Finding]:
    form, spent, end = FISCAL_TOTALS, "本年支出合计", "支出总计"
    income, opening, whole = _lane("本年收入合计"), _lane(OPENING), _lane("收入总计")
    yield from equation(book, "BAL-2401", [income], [_lane(fund) for fund in FUNDS])
    yield from across(book, "ACR-2402", form, TOTAL, FUNDS)
    for column in (TOTAL, *FUNDS):
        classes = [(form, name, column) for name in _classes(book, form)]
        yield from equation(book, "BAL-2403", [(form, spent, column)], classes)
        ends = [(form, spent, column), (form, CLOSING, column)]
        yield from equation(book, "BAL-2406", [(form, end, column)], ends)
    yield from equation(book, "BAL-2404", [opening], [_lane(f"{OPENING}·{fund}") for fund in FUNDS])
    yield from equation(book, "BAL-2405", [whole], [income, opening])
    yield from equation(book, "BAL-2407", [whole], [(form, end, TOTAL)])
    for fund, kind in zip(FUNDS, INCOMES, strict=False):
        yield from equation(book, "BAL-2408", [(form, end, fund)], [_lane(fund), _lane(f"{OPENING}·{fund}")])
        yield from equation(book, "BAL-2409", [_lane(fund)], [_in_totals(kind)])


def _against_totals(book: Ledger) -> Iterator[Finding]:
    """No part of fiscal money is more than the whole."""
    form = FISCAL_TOTALS
    for name in _classes(book, form):
        yield from equation(book, "TIE-2410", [(form, name, TOTAL)], [_in_totals(name)], at_most=True)
    pairs = [
        ((form, "本年支出合计", TOTAL), "本年支出合计"),
        (_lane(OPENING), "年初结转和结余"),
        ((form, CLOSING, TOTAL), "年末结转和结余"),
    ]
    for part, row in pairs:
        yield from equation(book, "BAL-2411", [part], [_in_totals(row)], severity="warning", at_most=True)


def _general(book: Ledger) -> Iterator[Finding]:
    form = GENERAL
    yield from across(book, "ACR-2501", form, TOTAL, NATURES[1:])
    yield from rollup(book, "ROL-2502", form, NATURES)
    yield from equation(book, "BAL-2503", [(form, TOTAL, TOTAL)], [(FISCAL_TOTALS, "本年支出合计", FUNDS[0])])
    for code in _codes(book, form, 3):
        yield from equation(book, "TIE-2504", [(form, code, TOTAL)], [(FISCAL_TOTALS, _NAMES[code], FUNDS[0])])
    columns = zip(("TIE-2505", "TIE-2506", "TIE-2507"), NATURES, SPENDING_COLUMNS, strict=False)
    for rule, column, whole in columns:
        for code in _codes(book, form):
            part = (form, code, column)
            yield from equation(book, rule, [part], [(SPENDING_BY_CODE, code, whole)], at_most=True)
    if book.value((SPENDING_BY_CODE, TOTAL, SPENDING_COLUMNS[0])) == book.value((FISCAL_TOTALS, "本年支出合计", TOTAL)):
        for code in _codes(book, SPENDING_BY_CODE):
            columns_of = ((form, TOTAL), (FUND, "本年支出"), (CAPITAL, "本年支出"))
            parts = [(name, code, column) for name, column in columns_of if code in book.names(name)]
            yield from equation(book, "TIE-2508", [(SPENDING_BY_CODE, code, SPENDING_COLUMNS[0])], parts)


def _items(book: Ledger) -> Iterator[Finding]:
    def of(name: str) -> Ref:
        return (ITEMS, name, OUTCOME)

    present = set(book.names(ITEMS))
    classes = {**ECONOMIC_CLASSES, "310": "资本性支出"}
    listed = [(item.code, item.name) for item in ECONOMIC_ITEMS] + [
        ("31002", "办公设备购置"),
        ("31003", "专用设备购置"),
    ]
    for code, name in classes.items():
        items = [of(item) for item_code, item in listed if item_code.startswith(code) and item in present]
        yield from equation(book, "ROL-2601", [of(name)], items)
    staff, public = of("人员经费合计"), of("公用经费合计")
    yield from equation(
        book, "BAL-2602", [staff], [of(name) for code, name in classes.items() if code in STAFF_CLASSES]
    )
    others = [of(name) for code, name in classes.items() if code not in STAFF_CLASSES]
    yield from equation(book, "BAL-2603", [public], others)
    yield from equation(book, "BAL-2604", [(GENERAL, TOTAL, "基本支出")], [staff, public])


def _three_public(book: Ledger) -> Iterator[Finding]:
    abroad, cars, hosting = "因公出国（境）费", "公务用车购置及运行费", "公务接待费"
    buying, running = "公务用车购置费", "公务用车运行费"
    for when in ("预算数", "决算数"):
        whole = [(THREE_PUBLIC, row, when) for row in (abroad, cars, hosting)]
        yield from equation(book, "BAL-2701", [(THREE_PUBLIC, TOTAL, when)], whole)
        parts = [(THREE_PUBLIC, row, when) for row in (buying, running)]
        yield from equation(book, "BAL-2702", [(THREE_PUBLIC, cars, when)], parts)
    for item, row in ((hosting, hosting), ("公务用车运行维护费", running)):
        part, most = (ITEMS, item, OUTCOME), [(THREE_PUBLIC, row, "决算数")]
        yield from equation(book, "BAL-2703", [part], most, severity="warning", at_most=True)


def _small(book: Ledger) -> Iterator[Finding]:
    rules = {
        FUND: ("ACR-2801", "ACR-2802", "ROL-2803", "BAL-2804", "PRE-2014"),
        CAPITAL: ("ACR-2901", "ACR-2902", "ROL-2903", "BAL-2904", "PRE-2015"),
    }
    for (form, (flow, nature, roll, tie, nil)), fund in zip(rules.items(), FUNDS[1:], strict=True):
        opening, income, spent, _, _, closing = _FLOWS
        for row in book.names(form):
            sides = [(form, row, opening), (form, row, income)]
            yield from equation(book, flow, [(form, row, closing)], sides, [(form, row, spent)])
        yield from across(book, nature, form, spent, NATURES[1:])
        yield from rollup(book, roll, form, _FLOWS)
        others = {
            opening: _lane(f"{OPENING}·{fund}"),
            income: _lane(fund),
            spent: (FISCAL_TOTALS, "本年支出合计", fund),
            closing: (FISCAL_TOTALS, CLOSING, fund),
        }
        for column, other in others.items():
            yield from equation(book, tie, [(form, TOTAL, column)], [other])
        is_nil = book.value(_lane(fund)) == NIL and book.value((FISCAL_TOTALS, "本年支出合计", fund)) == NIL
        if form in book.forms and (form in book.notes) != (is_nil and not book.has_figures(form)):
            yield Finding(nil, "warning", form)


def _classes(book: Ledger, form: str) -> list[str]:
    names = set(_NAMES.values())
    return [row for row in book.names(form) if row in names]


def _codes(book: Ledger, form: str, length: int = 0) -> list[str]:
    return [row for row in book.names(form) if row.isdigit() and length in (0, len(row))]
