"""Prints the tables of final accounts that list codes: by function, by economic item, and the two small budgets."""

from collections.abc import Callable, Sequence

from maker.books import BASIC, PROJECT, itemised, natured, paid_by, under
from maker.classification import ECONOMIC_CLASSES, ECONOMIC_ITEMS, FISCAL, FUNCTIONS
from maker.final.accounts import Accounts
from maker.final.printing import (
    CAPITAL,
    FUND,
    GENERAL,
    INCOME_BY_CODE,
    ITEMS,
    SPENDING_BY_CODE,
    Press,
    sum_cell,
)
from maker.grid import HEAD, Cell, Paper, label

INCOME_COLUMNS = (
    "本年收入合计",
    "财政拨款收入",
    "上级补助收入",
    "事业收入",
    "经营收入",
    "附属单位上缴收入",
    "其他收入",
)
SPENDING_COLUMNS = ("本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")
_SOURCES = {"财政拨款收入": FISCAL, "事业收入": ("财政专户管理资金",), "其他收入": ("单位资金",)}
_FLOWS = ("opening", "income", "spent", "closing")

Figures = Callable[[str], list[Cell]]


def income(paper: Paper, accounts: Accounts, press: Press) -> None:
    """Print 收入决算表."""

    def figures(code: str) -> list[Cell]:
        parts = [accounts.total("income", under(code), paid_by(*_SOURCES.get(kind, ()))) for kind in INCOME_COLUMNS[1:]]
        return [sum_cell(amount, kind) for amount, kind in zip([sum(parts), *parts], INCOME_COLUMNS, strict=True)]

    _listed(paper, accounts, press, INCOME_BY_CODE, INCOME_COLUMNS, accounts.codes(["income"]), figures)


def spending(paper: Paper, accounts: Accounts, press: Press) -> None:
    """Print 支出决算表."""

    def figures(code: str) -> list[Cell]:
        parts = [accounts.total("spent", under(code), natured(nature)) for nature in (BASIC, PROJECT)]
        amounts = [sum(parts), *parts, 0, 0, 0]
        return [
            sum_cell(one, name, nil="0.00" if name in SPENDING_COLUMNS[:3] else "")
            for one, name in zip(amounts, SPENDING_COLUMNS, strict=True)
        ]

    _listed(paper, accounts, press, SPENDING_BY_CODE, SPENDING_COLUMNS, accounts.codes(["spent"]), figures)


def general(paper: Paper, accounts: Accounts, press: Press) -> None:
    """Print 一般公共预算财政拨款支出决算表."""
    fund = paid_by(FISCAL[0])

    def figures(code: str) -> list[Cell]:
        parts = [accounts.total("spent", under(code), natured(nature), fund) for nature in (BASIC, PROJECT)]
        amounts = zip([sum(parts), *parts], ("合计", BASIC, PROJECT), strict=True)
        return [sum_cell(amount, column, nil="0.00") for amount, column in amounts]

    columns = ("合计" if not press.numbered else "本年支出合计", BASIC, PROJECT)
    _listed(paper, accounts, press, GENERAL, columns, accounts.codes(["spent"], fund), figures)


def items(paper: Paper, accounts: Accounts, press: Press) -> None:
    """Print 一般公共预算财政拨款基本支出决算表: one list of economic items, continued beside itself."""
    form = ITEMS
    press.title(paper, accounts, form)
    general_basic = (paid_by(FISCAL[0]), natured(BASIC))

    def entries(classes: Sequence[str]) -> list[list[Cell]]:
        listed: list[list[Cell]] = []
        names = ECONOMIC_CLASSES | {"310": "资本性支出"}
        for kind in classes:
            lines = [(kind, names[kind]), *[(one.code, one.name) for one in ECONOMIC_ITEMS if one.code[:3] == kind]]
            lines += [("31002", "办公设备购置"), ("31003", "专用设备购置")] if kind == "310" else []
            for code, name in lines:
                amount = accounts.total("spent", *general_basic, itemised(code))
                listed.append([label(code), label(name), sum_cell(amount, "决算数", name, nil="0.00")])
        return listed

    staff, public = entries(["301", "303"]), entries(["302", "310"])
    lanes = [staff, public]
    if press.items_across == 3:
        lanes = [staff, public[: len(staff)], public[len(staff) :]]
        paper.put(["人员经费", "", "", "公用经费", "", "", "", "", ""], HEAD, form)
    paper.put(["科目编码", "科目名称", "决算数"] * len(lanes), HEAD, form)
    blank = [label(""), label(""), label("")]
    for number in range(max(map(len, lanes))):
        cells = [cell for lane in lanes for cell in (lane[number] if number < len(lane) else blank)]
        paper.row(form, cells[0].text or cells[3].text, [Cell(cell.text, cell.row, cell.column) for cell in cells])
    whole = [
        accounts.total("spent", *general_basic, lambda entry, kinds=kinds: entry.item[:3] in kinds)  # type: ignore[misc]
        for kinds in (("301", "303"), ("302", "310"))
    ]
    cells = [label("人员经费合计"), label(""), sum_cell(whole[0], "决算数", "人员经费合计", nil="0.00")]
    cells += [label("公用经费合计"), *[label("") for _ in range(3 * len(lanes) - 5)]]
    cells += [sum_cell(whole[1], "决算数", "公用经费合计", nil="0.00")]
    paper.row(form, "合计", cells)
    press.close(paper, accounts, form)


def small_budgets(paper: Paper, accounts: Accounts, press: Press) -> None:
    """Print the tables of 政府性基金 and 国有资本经营: opening, income, spending, closing."""
    for form, source in ((FUND, FISCAL[1]), (CAPITAL, FISCAL[2])):
        press.title(paper, accounts, form)
        fund = paid_by(source)
        codes = accounts.codes(_FLOWS, fund)
        heads = [
            ["项目", "", "年初结转和结余", "本年收入", "本年支出", "", "", "年末结转和结余"],
            ["功能分类科目编码", "科目名称", "", "", "合计" if not press.numbered else "小计", BASIC, PROJECT, ""],
        ]
        if press.ordinals:
            heads.append(["栏次", "", *map(str, range(1, 7))])
        for head in heads:
            paper.put(head, HEAD, form)
        for code in ["", *codes]:
            opening, earned, spent, closing = (accounts.total(flow, fund, under(code)) for flow in _FLOWS)
            basic, project = (accounts.total("spent", fund, under(code), natured(one)) for one in (BASIC, PROJECT))
            amounts = [opening, earned, spent, basic, project, closing]
            columns = ("年初结转和结余", "本年收入", "本年支出", BASIC, PROJECT, "年末结转和结余")
            figures = [sum_cell(amount, column) for amount, column in zip(amounts, columns, strict=True)]
            name = FUNCTIONS[code] if code else ""
            paper.row(form, code or "合计", [label(code or "合计"), label(name), *figures])
        press.close(paper, accounts, form, "" if codes else f"{source}财政拨款收入和支出")


def _listed(
    paper: Paper,
    accounts: Accounts,
    press: Press,
    form: str,
    columns: Sequence[str],
    codes: Sequence[str],
    figures: Figures,
) -> None:
    press.title(paper, accounts, form)
    paper.put(["项目", "", *columns], HEAD, form)
    paper.put(["功能分类科目编码", "科目名称", *[""] * len(columns)], HEAD, form)
    if press.ordinals:
        paper.put(["栏次", "", *map(str, range(1, len(columns) + 1))], HEAD, form)
    for code in ["", *codes]:
        cells = [label(code or "合计"), label(FUNCTIONS[code] if code else "")]
        paper.row(form, code or "合计", [*cells, *figures(code)])
    press.close(paper, accounts, form)
