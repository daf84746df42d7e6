"""Prints 收入支出决算总表, 财政拨款收入支出决算总表 and 三公经费支出决算表."""

from collections.abc import Sequence

from maker.books import paid_by, under
from maker.classification import FISCAL, ORDINALS
from maker.final.accounts import FINAL_CLASSES, Accounts
from maker.final.printing import FISCAL_TOTALS, THREE_PUBLIC, TOTALS, Press, sum_cell
from maker.grid import HEAD, INCOME, Cell, Paper, label

INCOMES = (
    "一般公共预算财政拨款收入",
    "政府性基金预算财政拨款收入",
    "国有资本经营预算财政拨款收入",
    "上级补助收入",
    "事业收入",
    "经营收入",
    "附属单位上缴收入",
    "其他收入",
)
"""The kinds of income; 财政专户管理资金 comes in as 事业收入 and 单位资金 as 其他收入."""

SOURCE_OF = dict(zip(INCOMES, (*FISCAL, "", "财政专户管理资金", "", "", "单位资金"), strict=True))

OUTCOME = "决算数"
"""The column of both lanes of 收入支出决算总表."""

THREE_PUBLIC_PARTS = ("因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费")


def income_of(accounts: Accounts, kind: str) -> int:
    """Give this year's income of a kind."""
    return accounts.total("income", paid_by(SOURCE_OF[kind]))


def totals(paper: Paper, accounts: Accounts, press: Press) -> None:
    """Print 收入支出决算总表."""
    form = TOTALS
    press.title(paper, accounts, form)
    paper.put(["收入", "", "支出", ""], HEAD, form)
    paper.put(["项目", "决算数", "项目", "决算数"], HEAD, form)
    for index, (code, caption) in enumerate(FINAL_CLASSES):
        lane = [label(""), label("")]
        if index < len(INCOMES):
            kind = INCOMES[index]
            lane = [label(f"{ORDINALS[index]}、{kind}"), sum_cell(income_of(accounts, kind), OUTCOME, kind)]
        spent = sum_cell(accounts.total("spent", under(code)), OUTCOME)
        paper.row(form, caption, [*lane, label(f"{ORDINALS[index]}、{caption}"), spent])
    flows = {flow: accounts.total(flow) for flow in ("opening", "income", "spent", "closing")}
    whole = flows["opening"] + flows["income"]
    closing = [
        ("本年收入合计", flows["income"], "本年支出合计", flows["spent"]),
        ("使用非财政拨款结余", 0, "结余分配", 0),
        ("年初结转和结余", flows["opening"], "年末结转和结余", flows["closing"]),
        ("总计", whole, "总计", whole),
    ]
    for left, first, right, second in closing:
        first_row, second_row = ("收入总计", "支出总计") if left == right else (left, right)
        cells = [label(left), sum_cell(first, OUTCOME, first_row), label(right), sum_cell(second, OUTCOME, second_row)]
        paper.row(form, second_row, cells)
    press.close(paper, accounts, form)


def fiscal_totals(paper: Paper, accounts: Accounts, press: Press) -> None:
    """Print 财政拨款收入支出决算总表."""
    form = FISCAL_TOTALS
    press.title(paper, accounts, form)
    funds = [f"{fund}财政拨款" for fund in FISCAL]
    paper.put(["收入", "", "支出", "", "", "", ""], HEAD, form)
    paper.put(["项目", "决算数", "项目", "合计", *funds], HEAD, form)

    def spread(flows: Sequence[str], code: str = "") -> list[Cell]:
        each = [sum(accounts.total(flow, under(code), paid_by(fund)) for flow in flows) for fund in FISCAL]
        return [sum_cell(sum(each), "合计"), *[sum_cell(one, f) for one, f in zip(each, funds, strict=True)]]

    def both(left: str, amount: int, key: str, right: str, cells: list[Cell], row: str = "") -> None:
        paper.row(form, row or right, [label(left), sum_cell(amount, INCOME, key), label(right), *cells])

    for index, (code, caption) in enumerate(FINAL_CLASSES):
        lane = [label(""), label("")]
        if index < len(FISCAL):
            amount = accounts.total("income", paid_by(FISCAL[index]))
            lane = [label(f"{ORDINALS[index]}、{funds[index]}"), sum_cell(amount, INCOME, funds[index])]
        paper.row(form, caption, [*lane, label(f"{ORDINALS[index]}、{caption}"), *spread(["spent"], code)])
    income, opening = (accounts.total(flow, paid_by(*FISCAL)) for flow in ("income", "opening"))
    both("本年收入合计", income, "本年收入合计", "本年支出合计", spread(["spent"]))
    both("年初财政拨款结转和结余", opening, "年初财政拨款结转和结余", "年末财政拨款结转和结余", spread(["closing"]))
    for index, fund in enumerate(FISCAL):
        caption = f"{ORDINALS[index]}、{funds[index]}"
        amount = accounts.total("opening", paid_by(fund))
        blanks = [label("") for _ in range(5)]
        paper.row(form, f"年初财政拨款结转和结余·{fund}财政拨款", [label(caption), sum_cell(amount, INCOME), *blanks])
    both("总计", income + opening, "收入总计", "总计", spread(["opening", "income"]), "支出总计")
    press.close(paper, accounts, form)


def three_public(paper: Paper, accounts: Accounts, press: Press) -> None:
    """Print 三公经费支出决算表: one row, budget beside outcome; in two blocks, or in pairs."""
    form = THREE_PUBLIC
    press.title(paper, accounts, form)
    abroad, buy, run, host = THREE_PUBLIC_PARTS
    columns = ("合计", abroad, "小计", buy, run, host)
    amounts: dict[tuple[str, str], int] = {}
    for when, source in (("预算数", accounts.books.three_public), ("决算数", accounts.three_public)):
        parts = {part: source(part) if part != abroad else 0 for part in THREE_PUBLIC_PARTS}
        cars = parts[buy] + parts[run]
        parts |= {"小计": cars, "合计": cars + parts[abroad] + parts[host]}
        amounts |= {(column, when): parts[column] for column in columns}
    group = "公务用车购置及运行维护费"
    if press.blocks:
        order = [(column, when) for when in ("预算数", "决算数") for column in columns]
        heads = [
            ["预算数", *[""] * 5, "决算数", *[""] * 5],
            ["合计", abroad, group, "", "", host] * 2,
            ["", "", "小计", buy, run, ""] * 2,
            [str(number) for number in range(1, 13)],
        ]
    else:
        order = [(column, when) for column in columns for when in ("预算数", "决算数")]
        heads = [
            ["合计", "", abroad, "", group, *[""] * 5, host, ""],
            ["", "", "", "", "小计", "", buy, "", run, "", "", ""],
            ["预算数", "决算数"] * 6,
        ]
    for head in heads:
        paper.put(head, HEAD, form)
    rows = {"小计": "公务用车购置及运行费", run: "公务用车运行费"}
    cells = [sum_cell(amounts[column, when], when, rows.get(column, column), nil="0.00") for column, when in order]
    paper.row(form, "金额", cells)
    press.close(paper, accounts, form)
