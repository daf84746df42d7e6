"""The relations of the rule catalogue over 收支总表 to 一般公共预算支出表, worked out from printed figures alone."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from maker.classification import CLASSES, FISCAL, SOURCES
from maker.grid import INCOME
from maker.ledger import NIL, Finding, Ledger, Ref, equation, place

T1, T2, T3, T4, T5 = "收支总表", "收入总表", "支出总表", "财政拨款收支总表", "一般公共预算支出表"
T8, T9, T12, T13 = "政府性基金支出表", "国有资本经营收支表", "项目支出表", "结转项目支出表"

LANE: Final = {T1: ("合计", "当年预算安排", "上年结转安排"), T4: ("合计", *FISCAL)}
CODE_COLUMNS: Final = {T2: ("合计", *SOURCES, "上年结转"), T3: ("合计", "基本支出", "项目支出")}
TOTAL = "合计"

Row = Callable[[str], Ref | None]


def front_tables(ledger: Ledger) -> Iterator[Finding]:
    """Yield the findings of the rules 101 to 507."""
    yield from _balance_sheet(ledger)
    yield from _income(ledger)
    yield from _spending(ledger)
    yield from _fiscal_sheet(ledger)
    yield from _fiscal_against_whole(ledger)
    yield from _general(ledger)


def no_own_money(ledger: Ledger) -> bool:
    """Say whether the filer has neither 财政专户管理资金 nor 单位资金."""
    return all(ledger.value((T1, source, INCOME)) == NIL for source in SOURCES[3:])


def only_general(ledger: Ledger) -> bool:
    """Say whether all of this year's income is general budget."""
    return all(ledger.value((T1, source, INCOME)) == NIL for source in SOURCES[1:])


def carried_is_projects(ledger: Ledger) -> bool:
    """Say whether all carry-over is listed as projects."""
    return ledger.value((T13, TOTAL, TOTAL)) == ledger.value((T1, "上年结转", INCOME))


def carried_no_basic(ledger: Ledger) -> bool:
    """Say whether nothing carried over is basic expenditure.

    What 专户 and 单位资金 pay beyond projects is basic expenditure of this year.
    """
    own = sum((ledger.value((T1, source, INCOME)) - ledger.value((T12, TOTAL, source)) for source in SOURCES[3:]), NIL)
    totals = ((T5, TOTAL), (T8, TOTAL), (T9, "支出合计"))
    basic = sum((ledger.value((form, row, "基本支出")) for form, row in totals), NIL)
    return ledger.value((T3, TOTAL, "基本支出")) == basic + own


def rollup(ledger: Ledger, rule: str, form: str, columns: Sequence[str], total: str = TOTAL) -> Iterator[Finding]:
    """Children add up to their parent: total and 类, 类 and 款, 款 and 项, in every column."""
    codes = [name for name in ledger.names(form) if name.isdigit() and (form != T9 or len(name) < 7 or name[0] == "2")]
    for parent in [total, *codes]:
        prefix, length = (parent, len(parent) + 2) if parent.isdigit() else ("", 3)
        children = [code for code in codes if len(code) == length and code.startswith(prefix)]
        for column in columns if children else ():
            yield from equation(ledger, rule, [(form, parent, column)], [(form, child, column) for child in children])


def across(ledger: Ledger, rule: str, form: str, whole: str, parts: Sequence[str]) -> Iterator[Finding]:
    """Every row that has the columns: whole = Σ parts."""
    for row, cells in ledger.rows.get(form, []):
        if whole in cells:
            yield from equation(ledger, rule, [(form, row, whole)], [(form, row, part) for part in parts])


def _balance_sheet(book: Ledger) -> Iterator[Finding]:
    def lane(row: str) -> Ref:
        return (T1, row, INCOME)

    yield from equation(book, "BAL-101", [lane("本年收入合计")], [lane(source) for source in SOURCES])
    for column in LANE[T1]:
        classes = [(T1, name, column) for _, name in CLASSES]
        yield from equation(book, "BAL-102", [(T1, "本年支出合计", column)], classes)
        ends = [(T1, "本年支出合计", column), (T1, "年终结转", column)]
        yield from equation(book, "BAL-105", [(T1, "支出总计", column)], ends)
    yield from across(book, "ACR-103", T1, *_whole_and_parts(LANE[T1]))
    yield from equation(book, "BAL-104", [lane("收入总计")], [lane("本年收入合计"), lane("上年结转")])
    yield from equation(book, "BAL-106", [lane("收入总计")], [(T1, "支出总计", TOTAL)])
    if _nothing_left(book):
        yield from equation(book, "BAL-107", [lane("本年收入合计")], [(T1, "本年支出合计", "当年预算安排")])
        yield from equation(book, "BAL-108", [lane("上年结转")], [(T1, "本年支出合计", "上年结转安排")])


def _income(book: Ledger) -> Iterator[Finding]:
    columns = CODE_COLUMNS[T2]
    yield from across(book, "ACR-201", T2, TOTAL, SOURCES)
    yield from rollup(book, "ROL-202", T2, columns)
    details = [code for code in book.names(T2) if len(code) == 7]
    for column in columns:
        yield from equation(book, "BAL-203", [(T2, TOTAL, column)], [(T2, code, column) for code in details])
    for source in SOURCES:
        yield from equation(book, "BAL-204", [(T1, source, INCOME)], [(T2, TOTAL, source)])
    yield from equation(book, "BAL-205", [(T1, "本年收入合计", INCOME)], [(T2, TOTAL, TOTAL)])
    yield from equation(book, "BAL-206", [(T1, "上年结转", INCOME)], [(T2, TOTAL, "上年结转")])
    if _nothing_left(book):
        yield from _tie(book, "TIE-207", _in_class(T1, "当年预算安排"), [_of_code(T2, TOTAL)], _classes())
        yield from _tie(book, "TIE-208", _in_class(T1, "上年结转安排"), [_of_code(T2, "上年结转")], _classes())
    yield from equation(book, "BAL-209", [(T1, "收入总计", INCOME)], [(T2, TOTAL, TOTAL), (T2, TOTAL, "上年结转")])


def _spending(book: Ledger) -> Iterator[Finding]:
    yield from across(book, "ACR-301", T3, TOTAL, ("基本支出", "项目支出"))
    yield from rollup(book, "ROL-302", T3, CODE_COLUMNS[T3])
    yield from equation(book, "BAL-303", [(T3, TOTAL, TOTAL)], [(T1, "本年支出合计", TOTAL)])
    yield from _tie(book, "TIE-304", _of_code(T3, TOTAL), [_in_class(T1, TOTAL)], _classes())
    codes = _codes(book, T3, T2)
    if _nothing_left(book):
        right = [_of_code(T2, TOTAL), _of_code(T2, "上年结转")]
        yield from _tie(book, "TIE-305", _of_code(T3, TOTAL), right, codes, listed_only=True)
    yield from _listed(book, "TIE-306", T3, T2)
    yield from _listed(book, "TIE-306", T2, T3)


def _fiscal_sheet(book: Ledger) -> Iterator[Finding]:
    def lane(row: str) -> Ref:
        return (T4, row, INCOME)

    yield from equation(book, "BAL-401", [lane("本年收入合计")], [lane(fund) for fund in FISCAL])
    yield from across(book, "ACR-402", T4, TOTAL, FISCAL)
    for column in LANE[T4]:
        classes = [(T4, name, column) for _, name in CLASSES]
        yield from equation(book, "BAL-403", [(T4, "本年支出合计", column)], classes)
        ends = [(T4, "本年支出合计", column), (T4, "年终结转", column)]
        yield from equation(book, "BAL-406", [(T4, "支出总计", column)], ends)
    yield from equation(book, "BAL-404", [lane("上年结转")], [lane(f"上年结转·{fund}") for fund in FISCAL])
    yield from equation(book, "BAL-405", [lane("收入总计")], [lane("本年收入合计"), lane("上年结转")])
    yield from equation(book, "BAL-407", [lane("收入总计")], [(T4, "支出总计", TOTAL)])
    for fund in FISCAL:
        yield from equation(book, "BAL-408", [(T4, "支出总计", fund)], [lane(fund), lane(f"上年结转·{fund}")])
        yield from equation(book, "BAL-409", [lane(fund)], [(T1, fund, INCOME)])


def _fiscal_against_whole(book: Ledger) -> Iterator[Finding]:
    carried, whole = (T4, "上年结转", INCOME), (T1, "上年结转", INCOME)
    own = [(T1, source, INCOME) for source in SOURCES[3:]]
    same = no_own_money(book) and book.value(carried) == book.value(whole)
    rule = "TIE-410" if same else "TIE-411"
    yield from _tie(book, rule, _in_class(T4, TOTAL), [_in_class(T1, TOTAL)], _classes(), at_most=not same)
    right = [(T1, "收入总计", INCOME), carried]
    yield from equation(book, "BAL-412", [(T4, "收入总计", INCOME)], right, [*own, whole])
    if no_own_money(book):
        yield from equation(book, "BAL-413", [carried], [whole], severity="warning")
    else:
        yield from equation(book, "BAL-414", [carried], [whole], at_most=True)
    before = _of_code(T2, "上年结转")
    if book.value((T4, f"上年结转·{FISCAL[0]}", INCOME)) == book.value(whole):
        yield from _tie(book, "TIE-415", _in_class(T4, FISCAL[0]), [_of_code(T5, TOTAL), before], _classes())
    if no_own_money(book):
        funds = [_if_listed(book, form, TOTAL) for form in (T8, T9)]
        right_hand = [_of_code(T5, TOTAL), *funds, before]
        yield from _tie(book, "TIE-416", _in_class(T4, TOTAL), right_hand, _classes())


def _general(book: Ledger) -> Iterator[Finding]:
    yield from across(book, "ACR-501", T5, TOTAL, ("基本支出", "项目支出"))
    yield from rollup(book, "ROL-502", T5, CODE_COLUMNS[T3])
    whole = (T5, TOTAL, TOTAL)
    for other in ((T1, FISCAL[0], INCOME), (T2, TOTAL, FISCAL[0]), (T4, FISCAL[0], INCOME)):
        yield from equation(book, "BAL-503", [whole], [other])
    yield from _tie(book, "TIE-504", _of_code(T5, TOTAL), [_of_code(T2, FISCAL[0])], _codes(book, T5, T2))
    yield from _listed(book, "TIE-505", T5, T3)
    codes = _codes(book, T3, T5)
    if only_general(book) and carried_is_projects(book):
        yield from _tie(book, "TIE-506", _of_code(T5, "基本支出"), [_of_code(T3, "基本支出")], codes)
    if no_own_money(book) and carried_is_projects(book):
        funds = [_if_listed(book, form, "项目支出") for form in (T8, T9)]
        right = [_of_code(T5, "项目支出"), _of_code(T2, "上年结转"), *funds]
        yield from _tie(book, "TIE-507", _of_code(T3, "项目支出"), right, codes)
    yield from parts_of_spending(book, T3, T5, T8)


def parts_of_spending(book: Ledger, spending: str, general: str, fund: str) -> Iterator[Finding]:
    """Where there is other money, no code spends more of one fund than in all; what one table lacks is passed over."""
    if not {spending, general} <= set(book.forms):
        return
    rules = zip(("TIE-5561", "TIE-5562", "TIE-5563"), CODE_COLUMNS[T3], strict=True)
    pairs = [(rule, general, column) for rule, column in rules]
    if book.value((spending, TOTAL, TOTAL)) == book.value((general, TOTAL, TOTAL)):
        pairs = []
    for rule, form, column in [*pairs, ("TIE-5564", fund, TOTAL)]:
        for code in _codes(book, form):
            if code.isdigit():
                yield from equation(book, rule, [(form, code, column)], [(spending, code, column)], at_most=True)


def _tie(
    book: Ledger,
    rule: str,
    left: Row,
    right: Sequence[Row],
    keys: Sequence[str],
    at_most: bool = False,
    listed_only: bool = False,
) -> Iterator[Finding]:
    """Judge one equation for every key; a code that a table does not list is no money there.

    `listed_only` passes over such codes: another rule says that they are missing.
    """
    for key in keys:
        terms = [term for term in (row(key) for row in right) if term]
        subject = left(key)
        assert subject is not None
        if not listed_only:
            terms = [term for term in terms if book.text(term) is not None]
            if book.text(subject) is None:
                printed = [term for term in terms if book.value(term)]
                if printed:
                    yield Finding(rule, "error", place(printed[0]))
                continue
        yield from equation(book, rule, [subject], terms, at_most=at_most)


def _listed(book: Ledger, rule: str, form: str, other: str) -> Iterator[Finding]:
    """Every code of `form` is in `other`; the place of one that is not is the first figure printed beside it."""
    known = set(book.names(other))
    for code, cells in book.rows.get(form, []) if other in book.forms else ():
        printed = [column for column, text in cells.items() if text]
        if code not in known and printed:
            yield Finding(rule, "error", place((form, code, printed[0])))


def _codes(book: Ledger, *forms: str) -> list[str]:
    return list(dict.fromkeys(name for form in forms for name in book.names(form)))


def _classes() -> list[str]:
    return [code for code, _ in CLASSES]


def _of_code(form: str, column: str) -> Row:
    return lambda code: (form, code, column)


def _if_listed(book: Ledger, form: str, column: str) -> Row:
    return lambda code: (form, code, column) if code in book.names(form) else None


def _in_class(form: str, column: str) -> Row:
    return lambda code: (form, dict(CLASSES)[code], column)


def _whole_and_parts(columns: Sequence[str]) -> tuple[str, Sequence[str]]:
    return columns[0], columns[1:]


def _nothing_left(book: Ledger) -> bool:
    return book.value((T1, "年终结转", TOTAL)) == NIL
