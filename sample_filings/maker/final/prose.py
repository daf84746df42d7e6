"""Writes the third part of final accounts: the national passages, every figure in them taken from the same accounts."""

from maker.books import BASIC, PROJECT, itemised, natured, paid_by, under
from maker.classification import ECONOMIC_ITEMS, FISCAL, FUNCTIONS, ORDINALS, STAFF_CLASSES
from maker.final.accounts import FINAL_CLASSES, Accounts
from maker.final.totals import INCOMES, THREE_PUBLIC_PARTS, income_of
from maker.grid import Paper
from maker.prose import change, money, rate

PASSAGES = (
    "收入支出决算总体情况说明",
    "收入决算情况说明",
    "支出决算情况说明",
    "财政拨款收入支出决算总体情况说明",
    "一般公共预算财政拨款支出决算情况说明",
    "一般公共预算财政拨款基本支出决算情况说明",
    "财政拨款“三公”经费支出决算情况说明",
    "政府性基金预算财政拨款收入支出决算情况说明",
    "国有资本经营预算财政拨款收入支出决算情况说明",
    "机关运行经费支出情况说明",
    "政府采购支出情况说明",
    "国有资产占用情况说明",
    "预算绩效情况说明",
)
"""The headings of the third part, in order."""


def passages(paper: Paper, accounts: Accounts) -> None:
    """Print the third part."""
    writers = (_whole, _income, _spending, _fiscal, _general, _basic, _three_public, _fund, _capital)
    for ordinal, heading, write in zip(ORDINALS, PASSAGES, writers, strict=False):
        paper.say(f"{ordinal}、{heading}")
        write(paper, accounts)
    _rest(paper, accounts)


def _start(accounts: Accounts) -> str:
    return f"{accounts.filer}{accounts.year}年度"


def _whole(paper: Paper, accounts: Accounts) -> None:
    whole = accounts.total("opening") + accounts.total("income")
    moved = accounts.books.story.telling[accounts.books.level].changes["收入总计"]
    told = change(moved, whole).replace("上年预算数", "上年度")
    paper.say(f"{_start(accounts)}收入支出总计{money(whole)}万元，{told}。主要原因是结转资金和水毁修复支出变动。")


def _income(paper: Paper, accounts: Accounts) -> None:
    whole = accounts.total("income")
    fiscal = accounts.total("income", paid_by(*FISCAL))
    parts = [("财政拨款收入", fiscal), *[(kind, income_of(accounts, kind)) for kind in INCOMES[3:]]]
    listed = "；".join(f"{kind}{money(amount)}万元，占{rate(amount, whole)}" for kind, amount in parts)
    paper.say(f"本年收入合计{money(whole)}万元，其中：{listed}。")


def _spending(paper: Paper, accounts: Accounts) -> None:
    whole = accounts.total("spent")
    parts = [(nature, accounts.total("spent", natured(nature))) for nature in (BASIC, PROJECT)]
    listed = "；".join(f"{nature}{money(amount)}万元，占{rate(amount, whole)}" for nature, amount in parts)
    paper.say(f"本年支出合计{money(whole)}万元，其中：{listed}。")


def _fiscal(paper: Paper, accounts: Accounts) -> None:
    fund = paid_by(*FISCAL)
    opening, income, spent, closing = (accounts.total(flow, fund) for flow in ("opening", "income", "spent", "closing"))
    paper.say(
        f"{_start(accounts)}财政拨款收入支出总计{money(opening + income)}万元。其中：本年收入{money(income)}万元，"
        f"年初结转和结余{money(opening)}万元；本年支出{money(spent)}万元，年末结转和结余{money(closing)}万元。"
    )


def _general(paper: Paper, accounts: Accounts) -> None:
    fund = paid_by(FISCAL[0])
    whole, all_spent = accounts.total("spent", fund), accounts.total("spent")
    paper.say("（一）一般公共预算财政拨款支出决算总体情况")
    paper.say(
        f"{_start(accounts)}一般公共预算财政拨款支出{money(whole)}万元，占本年支出合计的{rate(whole, all_spent)}。"
    )
    paper.say("（二）一般公共预算财政拨款支出决算结构情况")
    classes = [(name, accounts.total("spent", fund, under(code))) for code, name in FINAL_CLASSES]
    listed = "；".join(
        f"{name}（类）支出{money(amount)}万元，占{rate(amount, whole)}" for name, amount in classes if amount
    )
    paper.say(f"一般公共预算财政拨款支出{money(whole)}万元，主要用于以下方面：{listed}。")
    paper.say("（三）一般公共预算财政拨款支出决算具体情况")
    number = 0
    for code in accounts.codes(["spent"], fund):
        if len(code) < 7:
            continue
        number += 1
        spent = accounts.total("spent", fund, under(code))
        budget = accounts.total("opening", fund, under(code)) + accounts.total("income", fund, under(code))
        path = f"{FUNCTIONS[code[:3]]}（类）{FUNCTIONS[code[:5]]}（款）{FUNCTIONS[code]}（项）"
        done = f"支出决算为{money(spent)}万元，完成年初预算的{rate(spent, budget)}。"
        paper.say(f"{number}．{path}。年初预算为{money(budget)}万元，{done}")


def _basic(paper: Paper, accounts: Accounts) -> None:
    fund = (paid_by(FISCAL[0]), natured(BASIC))
    spent = [(item, accounts.total("spent", *fund, itemised(item.code))) for item in ECONOMIC_ITEMS]
    whole = sum(amount for _, amount in spent)
    paper.say(f"{_start(accounts)}一般公共预算财政拨款基本支出{money(whole)}万元，其中：")
    for name, is_staff in (("人员经费", True), ("公用经费", False)):
        part = [(item, amount) for item, amount in spent if amount and (item.code[:3] in STAFF_CLASSES) is is_staff]
        listed = "、".join(item.name for item, _ in part)
        paper.say(f"{name}{money(sum(amount for _, amount in part))}万元，主要包括：{listed}。")


def _three_public(paper: Paper, accounts: Accounts) -> None:
    planned = {
        part: accounts.books.three_public(part) if part != THREE_PUBLIC_PARTS[0] else 0 for part in THREE_PUBLIC_PARTS
    }
    spent = {part: accounts.three_public(part) if part != THREE_PUBLIC_PARTS[0] else 0 for part in THREE_PUBLIC_PARTS}
    plan, whole = sum(planned.values()), sum(spent.values())
    paper.say(
        f"{_start(accounts)}财政拨款“三公”经费支出预算为{money(plan)}万元，支出决算为{money(whole)}万元，"
        f"完成预算的{rate(whole, plan)}。"
    )
    paper.say(
        "其中："
        + "；".join(f"{part}支出决算{money(amount)}万元，占{rate(amount, whole)}" for part, amount in spent.items())
        + "。"
    )


def _fund(paper: Paper, accounts: Accounts) -> None:
    _small(paper, accounts, FISCAL[1])


def _capital(paper: Paper, accounts: Accounts) -> None:
    _small(paper, accounts, FISCAL[2])


def _small(paper: Paper, accounts: Accounts, source: str) -> None:
    flows = [accounts.total(flow, paid_by(source)) for flow in ("opening", "income", "spent", "closing")]
    if not any(flows):
        paper.say(f"{_start(accounts)}没有{source}财政拨款收入和支出。")
        return
    opening, income, spent, closing = map(money, flows)
    paper.say(
        f"{_start(accounts)}{source}财政拨款年初结转和结余{opening}万元，本年收入{income}万元，本年支出{spent}万元，"
        f"年末结转和结余{closing}万元。"
    )


def _rest(paper: Paper, accounts: Accounts) -> None:
    telling = accounts.books.story.telling[accounts.books.level]
    offices = [unit for unit in accounts.books.units if unit.is_office]
    names = {unit.name for unit in offices}
    running = accounts.total(
        "spent", paid_by(FISCAL[0]), lambda entry: entry.unit in names and entry.item.startswith("302")
    )
    paper.say(f"十、{PASSAGES[9]}")
    paper.say(f"机关运行经费支出{money(running)}万元。" if offices else "本单位是事业单位，没有机关运行经费支出。")
    bought = telling.procurement
    parts = "、".join(f"政府采购{kind}支出{money(amount)}万元" for kind, amount in bought.items())
    paper.say(f"十一、{PASSAGES[10]}", f"政府采购支出总额{money(sum(bought.values()))}万元，其中：{parts}。")
    cars = {kind: count for kind, count in telling.vehicles.items() if kind != "编制"}
    kinds = "、".join(f"{kind}{count}辆" for kind, count in cars.items())
    paper.say(
        f"十二、{PASSAGES[11]}", f"截至{accounts.year}年12月31日，共有车辆{sum(cars.values())}辆，其中：{kinds}。"
    )
    paper.say(f"十三、{PASSAGES[12]}", f"对{len(accounts.books.projects)}个项目开展了绩效自评。")
