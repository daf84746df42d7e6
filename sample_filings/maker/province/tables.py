"""Prints the twelve tables; each is a list with one amount, but for the summaries."""

from collections.abc import Sequence
from typing import Final

from maker.books import BASIC, PROJECT, Books, itemised, natured, paid_by, under
from maker.classification import CLASSES, ECONOMIC_CLASSES, ECONOMIC_ITEMS, FISCAL, FUNCTIONS, ORDINALS
from maker.grid import HEAD, INCOME, NOTE, TITLE, Cell, Paper, figure, label

TITLES: Final[dict[str, str]] = {
    "收支总表": "收支预算总表",
    "收入来源表": "收入预算总表",
    "支出总表": "支出预算总表",
    "财政拨款收支总表": "财政拨款收支预算总表",
    "财政拨款支出表": "财政拨款支出预算表（功能科目）",
    "财政拨款基本支出表": "财政拨款基本支出预算表（经济科目）",
    "一般公共预算支出表": "一般公共预算支出预算表（功能科目）",
    "一般公共预算基本支出表": "一般公共预算基本支出预算表（经济科目）",
    "三公经费表": "“三公”经费、会议费、培训费支出预算表",
    "政府性基金支出表": "财政拨款政府性基金支出预算表",
    "机关运行经费支出表": "一般公共预算机关运行经费支出预算表",
    "政府采购表": "政府采购预算表",
}
"""The twelve forms in table order, with their titles."""

FUNDS: Final = FISCAL[:2]
"""The two funds of this layout, which has no place for 国有资本经营预算."""

USES: Final = ("基本支出", "项目支出", "单位预留机动经费")
PURCHASES: Final = {
    "货物": ("一、货物A", "办公设备更新", "办公设备购置", "台式计算机"),
    "工程": ("二、工程B", "水利设施修缮", "基础设施建设", "水利工程施工"),
    "服务": ("三、服务C", "日常运行保障", "物业管理费", "物业管理服务"),
}
"""What is bought: the printed group, the purpose, the economic item, the thing."""


def balance_sheet(paper: Paper, books: Books) -> None:
    """Print 收支总表: income, expenditure by function, and beside it expenditure by use."""
    form = "收支总表"
    _title(paper, books, form)
    paper.put(["收入", "", "支出", "", "", ""], HEAD, form)
    paper.put(["项目名称", "金额", "功能分类", "", "支出用途", ""], HEAD, form)
    paper.put(["", "", "功能科目名称", "金额", "项目名称", "金额"], HEAD, form)
    lane = [("一、财政拨款", "财政拨款收入", books.total(paid_by(*FUNDS)))]
    lane += [(f"{number}.{fund}", fund, books.total(paid_by(fund))) for number, fund in enumerate(FUNDS, start=1)]
    lane.append(("二、财政专户管理资金", "财政专户管理资金", books.total(paid_by("财政专户管理资金"))))
    lane.append(("三、其他资金", "其他资金", books.total(paid_by("单位资金"))))
    for index, (code, name) in enumerate(CLASSES):
        left, right = [label(""), label("")], [label(""), label("")]
        if index < len(lane):
            caption, row, amount = lane[index]
            left = [label(caption), figure(amount, INCOME, row)]
        if index < len(USES):
            right = [label(f"{ORDINALS[index]}、{USES[index]}"), figure(_use(books, USES[index]), INCOME, USES[index])]
        spent = figure(books.total(under(code)), INCOME, name)
        paper.row(form, name, [*left, label(f"{ORDINALS[index]}、{name}"), spent, *right])
    whole = books.total()
    closing = [
        ("当年收入小计", "本年收入合计", whole, "当年支出小计", "本年支出合计"),
        ("上年结转资金", "上年结转", 0, "结转下年资金", "年终结转"),
        ("收入合计", "收入总计", whole, "支出合计", "支出总计"),
    ]
    for left_text, left_row, amount, right_text, right_row in closing:
        cells = [label(left_text), figure(amount, INCOME, left_row), label(right_text), label(""), label("")]
        paper.row(form, right_row, [*cells, figure(amount, INCOME, right_row)])
    paper.blank()


def sources(paper: Paper, books: Books) -> None:
    """Print 收入来源表: every source with its parts below it."""
    form = "收入来源表"
    _title(paper, books, form)
    paper.put(["项目名称", "", "金额"], HEAD, form)
    general, fund, special, own = (books.total(paid_by(one)) for one in (*FUNDS, "财政专户管理资金", "单位资金"))
    groups = [
        ("一般公共预算资金", FUNDS[0], general, {"公共财政拨款（补助）资金": general, "专项收入": 0}),
        ("政府性基金", FUNDS[1], fund, {}),
        ("财政专户管理资金", "财政专户管理资金", special, {"专户管理教育收费": special, "其他非税收入": 0}),
        ("其他资金", "其他资金", own, {"事业收入": 0, "经营收入": 0, "其他收入": own}),
        ("上年结转和结余资金", "上年结转", 0, {"其中：动用上年结转和结余资金": 0}),
    ]
    rows = {"公共财政拨款（补助）资金": "公共财政拨款资金", "其中：动用上年结转和结余资金": "动用上年结转"}
    paper.row(form, "收入总计", [label("收入总计"), label(""), figure(books.total(), "金额")])
    for caption, row, amount, parts in groups:
        paper.row(form, row, [label(caption), label("小计"), figure(amount, "金额")])
        for part, share in parts.items():
            key = f"{row}·{rows.get(part, part)}"
            paper.row(form, key, [label(""), label(part), figure(share, "金额")])
    paper.blank()


def uses(paper: Paper, books: Books) -> None:
    """Print 支出总表: one row."""
    form = "支出总表"
    _title(paper, books, form)
    columns = ("合计", *USES, "结转下年")
    paper.put([*columns[:-1], "结转下年资金"], HEAD, form)
    amounts = [books.total(), *[_use(books, use) for use in USES], 0]
    paper.row(form, "合计", [figure(one, column) for one, column in zip(amounts, columns, strict=True)])
    paper.blank()


def fiscal_sheet(paper: Paper, books: Books) -> None:
    """Print 财政拨款收支总表: two funds against three uses."""
    form = "财政拨款收支总表"
    _title(paper, books, form)
    fiscal = _part(books, *FUNDS)
    paper.put(["收入", "", "支出", ""], HEAD, form)
    paper.put(["项目名称", "金额", "支出用途", ""], HEAD, form)
    paper.put(["", "", "项目名称", "金额"], HEAD, form)
    for index, use in enumerate(USES):
        left = [label(""), label("")]
        if index < len(FUNDS):
            fund = FUNDS[index]
            left = [label(f"{ORDINALS[index]}、{fund}"), figure(fiscal.total(paid_by(fund)), INCOME, fund)]
        paper.row(form, use, [*left, label(f"{ORDINALS[index]}、{use}"), figure(_use(fiscal, use), INCOME)])
    whole = fiscal.total()
    cells = [label("收入合计"), figure(whole, INCOME, "收入总计"), label("支出合计"), figure(whole, INCOME)]
    paper.row(form, "支出总计", cells)
    paper.blank()


def by_function(paper: Paper, books: Books) -> None:
    """Print the two tables of fiscal expenditure by function, and by item what is basic in them."""
    for functions, items, funds in (
        ("财政拨款支出表", "财政拨款基本支出表", FUNDS),
        ("一般公共预算支出表", "一般公共预算基本支出表", FUNDS[:1]),
    ):
        _functions(paper, books, functions, funds)
        _items(paper, books, items, "金额", tuple(ECONOMIC_CLASSES))


def fund(paper: Paper, books: Books) -> None:
    """Print 政府性基金支出表."""
    _functions(paper, books, "政府性基金支出表", FUNDS[1:])


def running(paper: Paper, books: Books) -> None:
    """Print 机关运行经费支出表: what offices spend on goods and services."""
    offices = {unit.name for unit in books.units if unit.is_office}
    entries = tuple(entry for entry in books.entries if entry.unit in offices)
    part = Books(books.story, books.filer, books.level, books.units, entries)
    _items(paper, part, "机关运行经费支出表", "机关运行经费支出", ("302",))


def three_public(paper: Paper, books: Books) -> None:
    """Print 三公经费表 with meetings and training beside it: one row."""
    form = "三公经费表"
    _title(paper, books, form)
    heads = [
        ["合计", "“三公”经费", "", "", "", "", "", "会议费", "培训费"],
        ["", "小计", "因公出国（境）费", "公务用车购置及运行维护费", "", "", "公务接待费", "", ""],
        ["", "", "", "小计", "公务用车购置费", "公务用车运行维护费", "", "", ""],
    ]
    for head in heads:
        paper.put(head, HEAD, form)
    buying, driving, hosting = (
        books.three_public(part) for part in ("公务用车购置费", "公务用车运行维护费", "公务接待费")
    )
    meetings, training = (books.total(paid_by(FUNDS[0]), itemised(code)) for code in ("30215", "30216"))
    amounts = {
        "总计": buying + driving + hosting + meetings + training,
        "合计": buying + driving + hosting,
        "因公出国（境）费": 0,
        "公务用车购置及运行费": buying + driving,
        "公务用车购置费": buying,
        "公务用车运行维护费": driving,
        "公务接待费": hosting,
        "会议费": meetings,
        "培训费": training,
    }
    paper.row(form, "金额", [figure(one, "合计", row) for row, one in amounts.items()])
    paper.blank()


def purchases(paper: Paper, books: Books) -> None:
    """Print 政府采购表: an outline of groups, purposes and things."""
    form = "政府采购表"
    _title(paper, books, form)
    paper.put(["采购品目大类", "专项名称", "经济科目", "采购物品名称", "采购组织形式", "总计"], HEAD, form)
    bought = books.story.telling[books.level].procurement
    blanks = [label("") for _ in range(4)]
    paper.row(form, "合计", [label("合计"), *blanks, figure(sum(bought.values()), "合计")])
    for kind, amount in bought.items():
        if not amount:
            continue
        group, purpose, item, thing = PURCHASES[kind]
        paper.row(form, group, [label(group), *[label("") for _ in range(4)], figure(amount, "合计")])
        cells = [label(""), label(purpose), label(item), label(""), label(""), figure(amount, "合计")]
        paper.row(form, f"{purpose}·{item}", cells)
        cells = [label(""), label(""), label(""), label(thing), label("集中采购"), figure(amount, "合计")]
        paper.row(form, thing, cells)
    paper.blank()


def body_of(books: Books) -> str:
    """Say what a filer of this level calls itself."""
    return "部门" if books.level == "department" else "单位"


def _title(paper: Paper, books: Books, form: str) -> None:
    paper.put([TITLES[form]], TITLE, form)
    paper.put([f"部门：{books.filer} 单位：万元"], TITLE, form)
    paper.blank(form)


def _use(books: Books, use: str) -> int:
    return books.total(natured(use)) if use in (BASIC, PROJECT) else 0


def _part(books: Books, *funds: str) -> Books:
    entries = tuple(entry for entry in books.entries if entry.source in funds)
    return Books(books.story, books.filer, books.level, books.units, entries)


def _functions(paper: Paper, books: Books, form: str, funds: Sequence[str]) -> None:
    _title(paper, books, form)
    paper.put(["功能科目编码", "功能科目名称", "金额"], HEAD, form)
    part = _part(books, *funds)
    for code in ["", *part.codes()]:
        name = FUNCTIONS[code] if code else "合计"
        paper.row(form, code or "合计", [label(code), label(name), figure(part.total(under(code)), "合计")])
    _close(paper, books, form, part.total())


def _items(paper: Paper, books: Books, form: str, column: str, kinds: Sequence[str]) -> None:
    _title(paper, books, form)
    paper.put(["科目编码", "科目名称", column], HEAD, form)
    part = _part(books, FUNDS[0])
    listed = [(code, name) for code, name in ECONOMIC_CLASSES.items() if code in kinds]
    listed += [(item.code, item.name) for item in ECONOMIC_ITEMS if item.code[:3] in kinds]
    whole = sum(part.total(natured(BASIC), itemised(kind)) for kind in kinds)
    paper.row(form, "合计", [label(""), label("合计"), figure(whole, "合计")])
    for code, name in sorted(listed):
        amount = part.total(natured(BASIC), itemised(code))
        if amount:
            paper.row(form, name, [label(code), label(name), Cell(figure(amount, "").text, None, "合计")])
    _close(paper, books, form, whole)


def _close(paper: Paper, books: Books, form: str, whole: int) -> None:
    if not whole:
        paper.put([f"注：本{body_of(books)}无相关收支项目"], NOTE, form)
    paper.blank()
