"""Prints the tables without function codes: two-sided summaries, economic items, 三公, 机关运行, projects."""

from collections.abc import Callable, Iterable, Sequence

from maker.books import CARRIED, CURRENT, Books, Condition, Entry, itemised, of_year, paid_by, under
from maker.classification import CLASSES, ECONOMIC_CLASSES, ECONOMIC_ITEMS, FISCAL, ORDINALS, SOURCES, STAFF_CLASSES
from maker.function_tables import NO_DATA
from maker.grid import HEAD, INCOME, NOTE, Cell, Paper, figure, label
from maker.style import Style

Spending = Callable[..., list[Cell]]
"""Given conditions on the entries, the figure cells of a row of the expenditure lane."""


def balance_sheet(paper: Paper, books: Books, style: Style) -> None:
    """Print 收支总表: income on the left, the thirty classes on the right."""
    form, year = "收支总表", books.story.year
    style.title(paper, books, form)
    paper.put(["收入", "", "支出", "", "", ""], HEAD, form)
    paper.put(["项目", f"{year}年", "项目", f"{year}年合计", "当年预算安排", "上年结转安排"], HEAD, form)

    def spending(*conditions: Condition) -> list[Cell]:
        now, before = (books.total(*conditions, of_year(when)) for when in (CURRENT, CARRIED))
        return [figure(now + before, "合计"), figure(now, "当年预算安排"), figure(before, "上年结转安排")]

    _classes(paper, form, style, [(s, books.total(of_year(CURRENT), paid_by(s))) for s in SOURCES], spending)
    now, before = books.total(of_year(CURRENT)), books.total(of_year(CARRIED))
    _both(paper, form, ("本年收入合计", now), ("本年支出合计", spending()))
    _both(paper, form, ("上年结转", before), ("年终结转", _nothing(spending())))
    _both(paper, form, ("收入总计", now + before), ("支出总计", spending()))


def fiscal_balance_sheet(paper: Paper, books: Books, style: Style) -> None:
    """Print 财政拨款收支总表: the same for the three budgets, with carry-over listed by budget."""
    form = "财政拨款收支总表"
    style.title(paper, books, form)
    paper.put(["收入", "", "支出", "", "", "", ""], HEAD, form)
    paper.put(["项目", "金额", "项目", "金额", "", "", ""], HEAD, form)
    paper.put(["", "", "", "小计", "一般公共预算", "政府性基金预算", "国有资本经营预算"], HEAD, form)

    def spending(*conditions: Condition) -> list[Cell]:
        whole = figure(books.total(*conditions, paid_by(*FISCAL)), "合计")
        return [whole, *[figure(books.total(*conditions, paid_by(fund)), fund) for fund in FISCAL]]

    def income(when: str, *funds: str) -> int:
        return books.total(of_year(when), paid_by(*funds))

    _classes(paper, form, style, [(fund, income(CURRENT, fund)) for fund in FISCAL], spending)
    now, before = income(CURRENT, *FISCAL), income(CARRIED, *FISCAL)
    _both(paper, form, ("本年收入合计", now), ("本年支出合计", spending()))
    _both(paper, form, ("上年结转", before), ("年终结转", _nothing(spending())), "上年财政拨款结转")
    for ordinal, fund in zip(ORDINALS, FISCAL, strict=False):
        row = f"上年结转·{fund}"
        blanks = [label("") for _ in range(5)]
        paper.row(form, row, [label(f"{ordinal}、{fund}"), figure(income(CARRIED, fund), INCOME), *blanks])
    _both(paper, form, ("收入总计", now + before), ("支出总计", spending()))


def basic_by_item(paper: Paper, books: Books, style: Style) -> None:
    """Print 一般公共预算基本支出表: pairs of economic items; a class row leaves the government item blank."""
    form = "一般公共预算基本支出表"
    style.title(paper, books, form)
    heads = [
        ["部门预算支出经济科目名称", "政府预算支出经济科目名称", f"{books.story.year}年预算数", "", ""],
        ["", "", "合计", "人员经费", "公用经费"],
    ]
    for head in heads:
        paper.put(head, HEAD, form)
    offices = {unit.name for unit in books.units if unit.is_office}
    rows: list[tuple[str, str, int, int]] = []
    for code, caption in ECONOMIC_CLASSES.items():
        rows.append((caption, "", *_split(code, books.total(itemised(code)))))
        for item in ECONOMIC_ITEMS:
            if not item.code.startswith(code):
                continue
            office = books.total(itemised(item.code), lambda entry: entry.unit in offices)
            institution = books.total(itemised(item.code)) - office
            if item.office == item.institution:
                office, institution = office + institution, 0
            for government, amount in ((item.office, office), (item.institution, institution)):
                if amount:
                    rows.append((item.name, government, *_split(code, amount)))
    captions = [(staff, public) for _, government, staff, public in rows if not government]
    whole = ("合计", "", sum(staff for staff, _ in captions), sum(public for _, public in captions))
    for index, (name, government, staff, public) in enumerate([whole, *rows]):
        if index in style.breaks.get(form, ()):
            paper.blank(form)
        key = f"{name}/{government}" if government else name
        cells = [figure(staff + public, "合计"), figure(staff, "人员经费"), figure(public, "公用经费")]
        paper.row(form, key, [label(name), label(government), *cells])


def three_public(paper: Paper, books: Books, style: Style) -> None:
    """Print 三公经费表; all of the invented 三公 money is general budget."""
    form = "三公经费表"
    style.title(paper, books, form)
    paper.put(["项目", f"{books.story.year}年预算数", "", "", ""], HEAD, form)
    paper.put(["", "合计", *FISCAL], HEAD, form)
    parts = {name: books.three_public(name) for name in ("公务接待费", "公务用车购置费", "公务用车运行维护费")}
    cars = parts["公务用车购置费"] + parts["公务用车运行维护费"]
    rows = [
        ("因公出国（境）费", "因公出国（境）费", 0),
        ("公务接待费", "公务接待费", parts["公务接待费"]),
        ("公务用车购置及运行费", "公务用车购置及运行费", cars),
        ("①公务用车购置费", "公务用车购置费", parts["公务用车购置费"]),
        ("②公务用车运行维护费", "公务用车运行维护费", parts["公务用车运行维护费"]),
        ("合计", "合计", cars + parts["公务接待费"]),
    ]
    for caption, row, amount in rows:
        paper.row(form, row, [label(caption), *_general(amount)])


def agency_running(paper: Paper, books: Books, style: Style) -> None:
    """Print 机关运行经费表: a line for each 行政 or 参公 unit."""
    form = "机关运行经费表"
    style.title(paper, books, form)
    paper.put(["单位名称", f"{books.story.year}预算数", "", "", ""], HEAD, form)
    paper.put(["", "合计", *FISCAL], HEAD, form)
    running = {unit.name: books.running(unit) for unit in books.units if unit.is_office}
    paper.row(form, "合计", [label("部门合计"), *_general(sum(running.values()))])
    for name, amount in running.items():
        paper.row(form, name, [label(name), *_general(amount)])
    if not running:
        paper.blank(form)
        paper.put([NO_DATA], NOTE, form)


def projects(paper: Paper, books: Books, style: Style) -> None:
    """Print 项目支出表 and 结转项目支出表: the filer, its units, their projects."""
    for form, when, sources in (("项目支出表", CURRENT, SOURCES), ("结转项目支出表", CARRIED, FISCAL)):
        style.title(paper, books, form)
        paper.put(["项目名称", "合计", f"{books.story.year}年财政拨款", "", "", *sources[3:]], HEAD, form)
        paper.put(["", "", *FISCAL, *[""] * len(sources[3:])], HEAD, form)
        paper.put([str(number + 1) for number in range(len(sources) + 2)], HEAD, form)
        rows = _project_rows(books, when, form == "项目支出表" and books.level == "unit")
        for index, (row, caption, entries) in enumerate(rows):
            if index in style.breaks.get(form, ()):
                paper.blank(form)
            parts = [figure(_add(entry for entry in entries if entry.source == source), source) for source in sources]
            paper.row(form, row, [label(caption), figure(_add(entries), "合计"), *parts])
        if form in style.ruled_off:
            paper.put(["---------", "------", "------", "------", "--"], form=form)
        paper.blank(form)


def _project_rows(books: Books, when: str, alone: bool) -> list[tuple[str, str, list[Entry]]]:
    """List root, units and projects as (row, caption, entries); a unit that stands alone is its own root."""
    lines = [entry for entry in books.entries if entry.project and entry.year == when]
    rows = [("合计", books.filer if alone else books.story.department, lines)]
    for unit in (unit for unit in books.units if any(entry.unit == unit.name for entry in lines)):
        mine = [entry for entry in lines if entry.unit == unit.name]
        if not alone:
            rows.append((unit.name, unit.name, mine))
        for name in dict.fromkeys(entry.project for entry in mine):
            rows += [(f"{unit.name}/{name}", name, [entry for entry in mine if entry.project == name])]
    return rows


def _add(entries: Iterable[Entry]) -> int:
    return sum(entry.amount for entry in entries)


def _classes(paper: Paper, form: str, style: Style, incomes: Sequence[tuple[str, int]], spending: Spending) -> None:
    for index, (code, caption) in enumerate(CLASSES):
        if index in style.breaks.get(form, ()):
            paper.blank(form)
        lane = [label(""), label("")]
        if index < len(incomes):
            source, amount = incomes[index]
            lane = [label(f"{ORDINALS[index]}、{source}"), figure(amount, INCOME, source)]
        paper.row(form, caption, [*lane, label(f"{ORDINALS[index]}、{caption}"), *spending(under(code))])


def _both(
    paper: Paper, form: str, income: tuple[str, int], spending: tuple[str, list[Cell]], caption: str = ""
) -> None:
    lane = [label(caption or income[0]), figure(income[1], INCOME, income[0])]
    paper.row(form, spending[0], [*lane, label(spending[0]), *spending[1]])


def _nothing(cells: list[Cell]) -> list[Cell]:
    return [Cell("", column=cell.column) for cell in cells]


def _split(code: str, amount: int) -> tuple[int, int]:
    """Say how much of an item is 人员经费 and how much 公用经费."""
    return (amount, 0) if code[:3] in STAFF_CLASSES else (0, amount)


def _general(amount: int) -> list[Cell]:
    return [figure(amount, "合计"), figure(amount, FISCAL[0]), *[figure(0, fund) for fund in FISCAL[1:]]]
