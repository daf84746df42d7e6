"""Prints the nine tables: amounts in whole 元 with separators, codes in three columns, the totals at the foot."""

from collections.abc import Callable, Sequence
from typing import Final

from maker.books import BASIC, PROJECT, Books, itemised, natured, paid_by, under
from maker.classification import CLASSES, ECONOMIC_CLASSES, ECONOMIC_ITEMS, FISCAL, FUNCTIONS, ORDINALS, STAFF_CLASSES
from maker.grid import HEAD, INCOME, NOTE, TITLE, Cell, Paper, label, wan

TITLES: Final[dict[str, str]] = {
    "收支总表": "财务收支预算总表",
    "收入总表": "收入预算总表",
    "支出总表": "支出预算总表",
    "财政拨款收支总表": "财政拨款收支预算总表",
    "一般公共预算支出表": "一般公共预算支出功能分类预算表",
    "政府性基金支出表": "政府性基金预算支出功能分类预算表",
    "国有资本经营收支表": "国有资本经营预算支出功能分类预算表",
    "一般公共预算基本支出表": "一般公共预算基本支出部门预算经济分类预算表",
    "三公经费表": "“三公”经费和机关运行经费预算表",
}
"""The nine forms in table order, with the title that follows the year and the body."""

OTHER_INCOME: Final = {"事业收入": ("财政专户管理资金",), "事业单位经营收入": (), "其他收入": ("单位资金",)}
"""The income beside 财政拨款, and which of the books' sources it is."""

Amounts = Callable[[str], list[Cell]]


def yuan(amount: int, column: str, row: str | None = None, nil: str = "") -> Cell:
    """Make a cell that prints whole 元: 1_234_567 is '1,234,567'."""
    return Cell(f"{amount:,}" if amount else nil, row, column)


def body_of(books: Books) -> str:
    """Say what a filer of this level calls itself."""
    return "部门" if books.level == "department" else "单位"


def balance_sheet(paper: Paper, books: Books) -> None:
    """Print 收支总表: only classes that are used are listed, numbered one after the other."""
    form = "收支总表"
    _title(paper, books, form)
    paper.put(["本年收入", "", "本年支出", ""], HEAD, form)
    paper.put(["项目", "预算数", "项目", "预算数"], HEAD, form)
    lane = [("一、财政拨款收入", "财政拨款收入", books.total(paid_by(*FISCAL)))]
    names = ("一般公共预算资金", "政府性基金", "国有资本经营预算")
    for number, (name, fund) in enumerate(zip(names, FISCAL, strict=True), start=1):
        lane.append((f"{number}. {name}", fund, books.total(paid_by(fund))))
    for ordinal, (name, sources) in zip(ORDINALS[1:], OTHER_INCOME.items(), strict=False):
        lane.append((f"{ordinal}、{name}", name, books.total(paid_by(*sources))))
    classes = _used_classes(books)
    for index in range(max(len(lane), len(classes))):
        left, right = [label(""), label("")], [label(""), label("")]
        if index < len(lane):
            caption, row, amount = lane[index]
            left = [label(caption), yuan(amount, INCOME, row)]
        if index < len(classes):
            code, name = classes[index]
            right = [label(f"{ORDINALS[index]}、{name}"), yuan(books.total(under(code)), INCOME, name)]
        paper.row(form, classes[index][1] if index < len(classes) else lane[index][1], [*left, *right])
    whole = books.total()
    cells = [label("收入总计"), yuan(whole, INCOME, "收入总计"), label("支出总计"), yuan(whole, INCOME)]
    paper.row(form, "支出总计", cells)
    paper.blank()


def income(paper: Paper, books: Books) -> None:
    """Print 收入总表."""
    columns = ("合计", "财政拨款收入", *OTHER_INCOME)

    def amounts(code: str) -> list[Cell]:
        parts = [books.total(under(code), paid_by(*FISCAL))]
        parts += [books.total(under(code), paid_by(*sources)) for sources in OTHER_INCOME.values()]
        return [yuan(one, column, nil="0") for one, column in zip([sum(parts), *parts], columns, strict=True)]

    _by_function(paper, books, "收入总表", "收入预算", columns, amounts)


def spending(paper: Paper, books: Books) -> None:
    """Print 支出总表."""
    _natures(paper, books, "支出总表", "支出预算", books)


def fiscal_sheet(paper: Paper, books: Books) -> None:
    """Print 财政拨款收支总表."""
    form = "财政拨款收支总表"
    _title(paper, books, form)
    paper.put(["财政拨款收入", "", "财政拨款支出", "", "", "", ""], HEAD, form)
    paper.put(["项目", "预算数", "项目", "合计", *FISCAL], HEAD, form)
    names = ("一般公共预算资金", "政府性基金", "国有资本经营预算")

    def amounts(code: str) -> list[Cell]:
        whole = yuan(books.total(under(code), paid_by(*FISCAL)), "合计")
        return [whole, *[yuan(books.total(under(code), paid_by(fund)), fund) for fund in FISCAL]]

    classes = [(code, name) for code, name in _used_classes(books) if books.total(under(code), paid_by(*FISCAL))]
    for index, (code, name) in enumerate(classes):
        left = [label(""), label("")]
        if index < len(FISCAL):
            fund = FISCAL[index]
            left = [label(f"{ORDINALS[index]}、{names[index]}"), yuan(books.total(paid_by(fund)), INCOME, fund)]
        paper.row(form, name, [*left, label(f"{ORDINALS[index]}、{name}"), *amounts(code)])
    left = [label("收入总计"), yuan(books.total(paid_by(*FISCAL)), INCOME, "收入总计")]
    paper.row(form, "支出总计", [*left, label("支出总计"), *amounts("")])
    paper.blank()


def by_fund(paper: Paper, books: Books) -> None:
    """Print the three tables of expenditure by function, one for each fund; an empty one says so."""
    forms = ("一般公共预算支出表", "政府性基金支出表", "国有资本经营收支表")
    for form, fund in zip(forms, FISCAL, strict=True):
        part = Books(
            books.story, books.filer, books.level, books.units, tuple(e for e in books.entries if e.source == fund)
        )
        _natures(paper, part, form, f"{fund}支出", books)


def items(paper: Paper, books: Books) -> None:
    """Print 一般公共预算基本支出表: economic items in two columns of codes."""
    form = "一般公共预算基本支出表"
    _title(paper, books, form)
    paper.put(["项目", "", "", "一般公共预算基本支出", "", ""], HEAD, form)
    paper.put(["部门预算经济分类科目编码", "", "经济分类科目名称", "合计", "人员经费", "公用经费"], HEAD, form)
    paper.put(["类", "款", "", "", "", ""], HEAD, form)
    fund = (paid_by(FISCAL[0]), natured(BASIC))
    listed = [(code, name) for code, name in ECONOMIC_CLASSES.items()]
    listed += [(item.code, item.name) for item in ECONOMIC_ITEMS]

    def amounts(*kinds: str) -> list[Cell]:
        staff, public = (
            sum(books.total(*fund, itemised(kind)) for kind in kinds if (kind[:3] in STAFF_CLASSES) is is_staff)
            for is_staff in (True, False)
        )
        columns = ("合计", "人员经费", "公用经费")
        return [
            yuan(one, column, nil="0") for one, column in zip((staff + public, staff, public), columns, strict=True)
        ]

    for code, name in sorted(listed):
        if books.total(*fund, itemised(code)):
            paper.row(form, name, [label(code[:3]), label(code[3:]), label(name), *amounts(code)])
    paper.row(form, "合计", [label("合计"), label(""), label(""), *amounts(*ECONOMIC_CLASSES)])
    paper.blank()


def three_public(paper: Paper, books: Books) -> None:
    """Print 三公经费表: one row, in 万元."""
    form = "三公经费表"
    _title(paper, books, form, "万元")
    heads = [
        ["“三公”经费预算数", "", "", "", "", "", "机关运行经费预算数"],
        ["合计", "因公出国（境）费", "公务接待费", "公务用车购置及运行费", "", "", ""],
        ["", "", "", "小计", "购置费", "运行费", ""],
    ]
    for head in heads:
        paper.put(head, HEAD, form)
    hosting, buying, running = (
        books.three_public(part) for part in ("公务接待费", "公务用车购置费", "公务用车运行维护费")
    )
    amounts = {
        "合计": hosting + buying + running,
        "因公出国（境）费": 0,
        "公务接待费": hosting,
        "公务用车购置及运行费": buying + running,
        "公务用车购置费": buying,
        "公务用车运行维护费": running,
        "机关运行经费": sum(books.running(unit) for unit in books.units),
    }
    paper.row(form, "金额", [Cell(wan(one) or "0", row, "合计") for row, one in amounts.items()])
    paper.blank()


def _title(paper: Paper, books: Books, form: str, unit: str = "元") -> None:
    paper.put([f"{books.story.year}年{body_of(books)}{TITLES[form]}"], TITLE, form)
    paper.put([f"编制{body_of(books)}：{books.filer} 单位：{unit}"], TITLE, form)
    paper.blank(form)


def _used_classes(books: Books) -> list[tuple[str, str]]:
    return [(code, name) for code, name in CLASSES if books.total(under(code))]


def _natures(paper: Paper, part: Books, form: str, group: str, books: Books) -> None:
    def amounts(code: str) -> list[Cell]:
        parts = [part.total(under(code), natured(nature)) for nature in (BASIC, PROJECT)]
        columns = ("合计", BASIC, PROJECT)
        nil = "0" if part.total() else ""
        return [yuan(one, column, nil=nil) for one, column in zip([sum(parts), *parts], columns, strict=True)]

    _by_function(paper, part, form, group, ("合计", BASIC, PROJECT), amounts)
    if not part.total():
        paper.lines.pop()
        who = f"本{body_of(books)}{books.story.year}年"
        paper.put([f"注：{who}无{group.removesuffix('支出')}财政拨款安排的预算，故本表为空表。"], NOTE, form)
        paper.blank()


def _by_function(paper: Paper, books: Books, form: str, group: str, columns: Sequence[str], amounts: Amounts) -> None:
    _title(paper, books, form)
    blanks = [""] * (len(columns) - 1)
    paper.put(["项目", "", "", "", group, *blanks], HEAD, form)
    paper.put(["功能分类科目编码", "", "", "功能分类科目名称", *columns], HEAD, form)
    paper.put(["类", "款", "项", "", "", *blanks], HEAD, form)
    for code in books.codes():
        keys = [label(code[:3]), label(code[3:5]), label(code[5:]), label(FUNCTIONS[code])]
        paper.row(form, code, [*keys, *amounts(code)])
    total = "支出合计" if form == "国有资本经营收支表" else "合计"
    paper.row(form, total, [label("合计"), label(""), label(""), label(""), *amounts("")])
    paper.blank()
