"""The relations of the rule catalogue over the other tables, and over which tables must be there at all."""

from collections.abc import Iterator, Sequence

from maker.classification import ECONOMIC_CLASSES, ECONOMIC_ITEMS, FISCAL, SOURCES, STAFF_CLASSES
from maker.grid import INCOME
from maker.ledger import NIL, Finding, Ledger, Ref, equation, place
from maker.relations import (
    T1,
    T2,
    T3,
    T4,
    T5,
    T8,
    T9,
    T12,
    T13,
    TOTAL,
    across,
    carried_is_projects,
    carried_no_basic,
    no_own_money,
    only_general,
    rollup,
)
from maker.story import read_story
from maker.style import FORMS
from maker.targets import LEVELS

T6, T7, T10, T11 = "一般公共预算基本支出表", "政府性基金收入表", "三公经费表", "机关运行经费表"
NATURES = ("合计", "基本支出", "项目支出")
STAFF, PUBLIC = "人员经费", "公用经费"


def back_tables(ledger: Ledger) -> Iterator[Finding]:
    """Yield the findings of PRE-001 and of the rules 601 to 1401."""
    yield from _missing(ledger)
    yield from _basic(ledger)
    yield from _basic_pairs(ledger)
    yield from _funds(ledger)
    yield from _three_public(ledger)
    yield from _running(ledger)
    yield from _projects(ledger)
    yield from _targets(ledger)
    yield from _overall(ledger)


def _missing(book: Ledger) -> Iterator[Finding]:
    """Forms that are not there, and notes 本表无数据 that contradict the table or its source."""
    for form in FORMS:
        if form not in book.forms:
            yield Finding("PRE-001", "error", form)
    sources: dict[str, tuple[str, Ref | None]] = {
        "PRE-611": (T6, (T5, TOTAL, "基本支出")),
        "PRE-711": (T7, (T2, TOTAL, FISCAL[1])),
        "PRE-811": (T8, (T2, TOTAL, FISCAL[1])),
        "PRE-911": (T9, (T1, FISCAL[2], INCOME)),
        "PRE-1011": (T10, None),
        "PRE-1111": (T11, None),
        "PRE-1311": (T13, (T1, "上年结转", INCOME)),
    }
    for rule, (form, source) in sources.items():
        if form not in book.forms:
            continue
        empty, noted = not book.has_figures(form), form in book.notes
        if (noted and not empty) or (empty and source is not None and book.value(source) != NIL):
            yield Finding(rule, "warning", form)
        elif empty and not noted:
            yield Finding(rule, "notice", form)


def _basic(book: Ledger) -> Iterator[Finding]:
    columns = (TOTAL, STAFF, PUBLIC)
    yield from across(book, "ACR-601", T6, TOTAL, (STAFF, PUBLIC))
    captions = [name for name in book.names(T6) if name in ECONOMIC_CLASSES.values()]
    for column in columns:
        yield from equation(book, "ROL-602", [(T6, TOTAL, column)], [(T6, name, column) for name in captions])
        for caption in captions:
            items = [cells[column] for owner, _, cells in _items(book) if owner == caption]
            if not book.text((T6, caption, column)):
                continue  # a subtotal left blank is not zero
            yield from _sum_of(book, "ROL-602", (T6, caption, column), items)
    for column, staff in ((STAFF, True), (PUBLIC, False)):
        names = [name for code, name in ECONOMIC_CLASSES.items() if (code in STAFF_CLASSES) == staff]
        shown = [(T6, name, column) for name in names if name in captions]
        yield from equation(book, "BAL-603", [(T6, TOTAL, column)], shown)
    yield from equation(book, "BAL-604", [(T6, TOTAL, TOTAL)], [(T5, TOTAL, "基本支出")])
    if only_general(book) and carried_is_projects(book):
        yield from equation(book, "BAL-605", [(T6, TOTAL, TOTAL)], [(T3, TOTAL, "基本支出")])


def _basic_pairs(book: Ledger) -> Iterator[Finding]:
    staff = {ECONOMIC_CLASSES[code] for code in STAFF_CLASSES}
    allowed = {(item.name, side) for item in ECONOMIC_ITEMS for side in (item.office, item.institution) if side}
    seen: set[str] = set()
    for owner, row, cells in _items(book):
        wrong = PUBLIC if owner in staff else STAFF
        if cells[wrong]:
            rule = "ACR-606" if owner in staff else "ACR-607"
            yield Finding(rule, "warning", place((T6, row, wrong)))
        name, _, government = row.partition("/")
        if (name, government) not in allowed:
            yield Finding("VAL-608", "warning", place((T6, row, "")))
        if row in seen:
            yield Finding("VAL-609", "warning", place((T6, f"{row}#2", "")))
        seen.add(row)
    cars, guests, abroad = "公务用车运行维护费", "公务接待费", "因公出国（境）费"
    for item, whole in ((cars, cars), (guests, guests), (f"{abroad}用", abroad)):
        parts = [(T6, row, TOTAL) for _, row, _ in _items(book) if row.startswith(f"{item}/")]
        if parts:
            yield from equation(book, "BAL-1004", parts, [(T10, whole, TOTAL)], severity="warning", at_most=True)


def _funds(book: Ledger) -> Iterator[Finding]:
    fund = (T2, TOTAL, FISCAL[1])
    yield from equation(book, "BAL-701", [(T7, TOTAL, "金额")], [fund])
    details = [(T7, code, "金额") for code in book.names(T7) if code.isdigit()]
    if details:
        yield from equation(book, "ROL-702", [(T7, TOTAL, "金额")], details)
    yield from equation(book, "BAL-801", [(T8, TOTAL, TOTAL)], [fund])
    yield from across(book, "ACR-802", T8, TOTAL, NATURES[1:])
    yield from rollup(book, "ROL-803", T8, NATURES)
    capital = (T1, FISCAL[2], INCOME)
    yield from equation(book, "BAL-901", [(T9, "收入合计", "金额")], [capital])
    yield from equation(book, "BAL-902", [(T9, "支出合计", TOTAL)], [capital])
    yield from across(book, "ACR-903", T9, TOTAL, NATURES[1:])
    yield from rollup(book, "ROL-904", T9, NATURES, total="支出合计")


def _three_public(book: Ledger) -> Iterator[Finding]:
    abroad, guests, cars = "因公出国（境）费", "公务接待费", "公务用车购置及运行费"
    bought, run = "公务用车购置费", "公务用车运行维护费"
    yield from across(book, "ACR-1001", T10, TOTAL, FISCAL)
    for column in (TOTAL, *FISCAL):
        whole = (T10, TOTAL, column)
        yield from equation(book, "BAL-1002", [whole], [(T10, row, column) for row in (abroad, guests, cars)])
        yield from equation(book, "BAL-1003", [(T10, cars, column)], [(T10, row, column) for row in (bought, run)])
        for parent, parts in ((cars, (bought, run)), (TOTAL, (abroad, guests, cars))):
            for part in parts:
                if book.value((T10, part, column)) > book.value((T10, parent, column)):
                    yield Finding("BAL-1005", "error", place((T10, parent, column)))


def _running(book: Ledger) -> Iterator[Finding]:
    yield from across(book, "ACR-1101", T11, TOTAL, FISCAL)
    units = [name for name in book.names(T11) if name != TOTAL]
    for column in (TOTAL, *FISCAL) if units else ():
        yield from equation(book, "ROL-1102", [(T11, TOTAL, column)], [(T11, unit, column) for unit in units])
    right = [(T6, TOTAL, PUBLIC)]
    yield from equation(book, "BAL-1103", [(T11, TOTAL, FISCAL[0])], right, severity="warning", at_most=True)


def _projects(book: Ledger) -> Iterator[Finding]:
    for form, rules, sources in ((T12, ("ACR-1201", "ROL-1202"), SOURCES), (T13, ("ACR-1301", "ROL-1302"), FISCAL)):
        yield from across(book, rules[0], form, TOTAL, sources)
        for parent, children in _levels(book.names(form)):
            for column in (TOTAL, *sources):
                right = [(form, child, column) for child in children]
                yield from equation(book, rules[1], [(form, parent, column)], right)
    yield from equation(book, "BAL-1203", [(T12, TOTAL, TOTAL)], [(T3, TOTAL, "项目支出")], [(T13, TOTAL, TOTAL)])
    for fund, other in zip(FISCAL, ((T5, TOTAL), (T8, TOTAL), (T9, "支出合计")), strict=True):
        yield from equation(book, "BAL-1204", [(T12, TOTAL, fund)], [(*other, "项目支出")])
        if carried_no_basic(book):
            yield from equation(book, "BAL-1304", [(T13, TOTAL, fund)], [(T4, f"上年结转·{fund}", INCOME)])
    if carried_no_basic(book):
        yield from equation(book, "BAL-1305", [(T13, TOTAL, TOTAL)], [(T4, "上年结转", INCOME)])
        if no_own_money(book):
            carried = [(T1, "上年结转", INCOME)]
            yield from equation(book, "BAL-1303", [(T13, TOTAL, TOTAL)], carried, severity="warning")


def _overall(book: Ledger) -> Iterator[Finding]:
    """Judge the department's own target: it is about the year's budget, or about all its money."""
    said = ("整体绩效目标表", "年度", "资金总额")
    totals = [(T1, "本年收入合计", INCOME), (T1, "收入总计", INCOME)]
    if book.text(said) and all(book.value(said) != book.value(total) for total in totals):
        yield Finding("TGT-5132", "warning", f"整体绩效目标表〈{read_story().department}〉[年度, 资金总额]")


def _targets(book: Ledger) -> Iterator[Finding]:
    once = {f"项目绩效目标表〈{project.name}〉" for project in read_story().projects if "1年" in project.attribute}
    for form in book.rows:
        if form in once and book.value((form, "年度", "资金总额")) == book.value((form, "实施期", "资金总额")):
            for level in LEVELS:
                sides = [(form, "年度", level)], [(form, "实施期", level)]
                yield from equation(book, "TGT-5102", *sides, severity="warning")
        if form.startswith("项目绩效目标表"):
            for row in ("实施期", "年度"):
                right = [(form, row, level) for level in LEVELS]
                yield from equation(book, "ACR-1401", [(form, row, "资金总额")], right)


def _items(book: Ledger) -> Iterator[tuple[str, str, dict[str, str]]]:
    """List the item rows of 一般公共预算基本支出表 with the class row they stand under."""
    owner = ""
    for row, cells in book.rows.get(T6, []):
        if "/" in row:
            yield owner, row, cells
        else:
            owner = row


def _sum_of(book: Ledger, rule: str, parent: Ref, items: Sequence[str]) -> Iterator[Finding]:
    """Judge a parent against texts rather than places, because a duplicate pair has one place for two rows."""
    rows = {"": [(str(index), {"": text}) for index, text in enumerate(items)], parent[0]: book.rows[parent[0]]}
    loose = Ledger(rows, book.forms, book.notes)
    yield from equation(loose, rule, [parent], [("", str(index), "") for index in range(len(items))])


def _levels(names: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Pair the root with its units and each unit with its projects; a lone unit prints no row of its own."""
    units = [name for name in names if name != TOTAL and "/" not in name]
    projects = [name for name in names if "/" in name]
    if names:
        yield TOTAL, units or projects
    for unit in units:
        yield unit, [name for name in projects if name.startswith(f"{unit}/")]
