"""Writes the third part of final accounts: the national passages, every figure in them taken from the same accounts."""

from maker.books import BASIC, PROJECT, itemised, natured, paid_by, under
from maker.classification import ECONOMIC_ITEMS, FISCAL, FUNCTIONS, ORDINALS, STAFF_CLASSES
from maker.final.accounts import FINAL_CLASSES, Accounts, year_before
from maker.final.totals import INCOMES, THREE_PUBLIC_PARTS, income_of
from maker.grid import Paper
from maker.prose import (
    FISCAL_MONEY,
    GENERAL,
    ITEMS,
    PROPERTY,
    PURCHASES,
    RUNNING,
    SPENDING,
    TARGETS,
    THREE_PUBLIC,
    purchases,
    vehicles,
)
from maker.prose import INCOMES as INCOME
from maker.said import COUNT, DONE, NAMES, PLAN, change, done, of, percent, said, share

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

WHOLE = "一般公共预算支出"
MOVES, FUND, CAPITAL = "收支总体说明", "政府性基金说明", "国有资本经营说明"
_INCOME_ROWS = {"经营收入": "事业单位经营收入"}
_SMALL = {FISCAL[1]: FUND, FISCAL[2]: CAPITAL}
PUBLIC_ROWS = {"公务用车运行维护费": "公务用车运行费"}
_THEN, _BASE = "上年度决算数", "与上年度相比，"


def passages(paper: Paper, accounts: Accounts) -> None:
    """Print the third part."""
    writers = (
        _whole, _income, _spending, _fiscal, _general, _basic, _three_public, _fund, _capital, _running, _purchases,
        _property, _targets,
    )  # fmt: skip
    for ordinal, heading, write in zip(ORDINALS, PASSAGES, writers, strict=False):
        paper.say(f"{ordinal}、{heading}")
        write(paper, accounts)


def _start(accounts: Accounts) -> str:
    return f"{accounts.filer}{accounts.year}年度"


def _moved(row: str, now: int, before: int, what: str) -> str:
    """Say how a quantity has changed against the year before."""
    return change(row, now, before, _THEN, f"{_BASE}{what}")


def _whole(paper: Paper, accounts: Accounts) -> None:
    whole, before = (
        sum(one.total(flow) for flow in ("opening", "income")) for one in (accounts, year_before(accounts))
    )
    row = "收支总计"
    moved = _moved(row, whole, before, "收入支出总计")
    paper.tell(
        MOVES, f"{_start(accounts)}收入支出总计{of(row, whole)}。{moved}。主要原因是结转资金和水毁修复支出变动。"
    )


def _income(paper: Paper, accounts: Accounts) -> None:
    whole = accounts.total("income")
    fiscal = accounts.total("income", paid_by(*FISCAL))
    parts = [("财政拨款收入", fiscal), *[(kind, income_of(accounts, kind)) for kind in INCOMES[3:]]]
    listed = "；".join(
        f"{kind}{of(row, amount)}，{share(row, amount, whole)}"
        for kind, amount in parts
        for row in (_INCOME_ROWS.get(kind, kind),)
    )
    paper.tell(INCOME, f"本年收入合计{of('本年收入', whole)}，其中：{listed}。")


def _spending(paper: Paper, accounts: Accounts) -> None:
    whole = accounts.total("spent")
    parts = [(nature, accounts.total("spent", natured(nature))) for nature in (BASIC, PROJECT)]
    listed = "；".join(f"{nature}{of(nature, amount)}，{share(nature, amount, whole)}" for nature, amount in parts)
    paper.tell(SPENDING, f"本年支出合计{of('本年支出', whole)}，其中：{listed}。")


def _fiscal(paper: Paper, accounts: Accounts) -> None:
    fund, row = paid_by(*FISCAL), "财政拨款收支"
    opening, income, spent, closing = (accounts.total(flow, fund) for flow in ("opening", "income", "spent", "closing"))
    past = year_before(accounts)
    before = past.total("opening", fund) + past.total("income", fund)
    moved = _moved(row, opening + income, before, "财政拨款收入支出总计")
    paper.tell(
        FISCAL_MONEY,
        f"{_start(accounts)}财政拨款收入支出总计{of(row, opening + income)}。{moved}。"
        f"其中：本年收入{of('本年收入', income)}，年初结转和结余{of('上年结转', opening)}；"
        f"本年支出{of('本年支出', spent)}，年末结转和结余{of('结转下年', closing)}。",
    )


def _general(paper: Paper, accounts: Accounts) -> None:
    fund, row = paid_by(FISCAL[0]), WHOLE
    whole, all_spent = accounts.total("spent", fund), accounts.total("spent")
    name = "一般公共预算财政拨款支出"
    moved = _moved(row, whole, year_before(accounts).total("spent", fund), name)
    paper.say("（一）一般公共预算财政拨款支出决算总体情况")
    of_all = share(row, whole, all_spent).replace("占", "占本年支出合计的", 1)
    paper.tell(GENERAL, f"{_start(accounts)}{name}{of(row, whole)}，{of_all}。{moved}。")
    paper.say("（二）一般公共预算财政拨款支出决算结构情况")
    classes = [(kind, accounts.total("spent", fund, under(code))) for code, kind in FINAL_CLASSES]
    listed = "；".join(
        f"{kind}（类）支出{of(kind, amount)}，{share(kind, amount, whole)}" for kind, amount in classes if amount
    )
    paper.tell(GENERAL, f"{name}{of(f'{row}#2', whole)}，主要用于以下方面：{listed}。")
    paper.say("（三）一般公共预算财政拨款支出决算具体情况")
    plan = accounts.books.total(fund)
    third = f"{row}#3"
    paper.tell(
        GENERAL,
        f"{name}年初预算为{of(third, plan, PLAN)}，支出决算为{of(third, whole)}{done(third, whole, plan)}。其中：",
    )
    codes = [code for code in accounts.codes(["spent"], fund) if len(code) == 7]
    for number, code in enumerate(codes, start=1):
        _item(paper, accounts, number, code)


def _item(paper: Paper, accounts: Accounts, number: int, code: str) -> None:
    here = (paid_by(FISCAL[0]), under(code))
    spent, plan = accounts.total("spent", *here), accounts.books.total(*here)
    names = (FUNCTIONS[code[:3]], FUNCTIONS[code[:5]], FUNCTIONS[code])
    path = "".join(f"{name}（{level}）" for name, level in zip(names, "类款项", strict=True))
    row = "-".join(names)
    told = f"年初预算为{of(row, plan, PLAN)}，支出决算为{of(row, spent)}{done(row, spent, plan)}"
    paper.tell(GENERAL, f"{number}．{path}。主要用于：{names[2]}方面的开支。{told}。")


def _basic(paper: Paper, accounts: Accounts) -> None:
    fund = (paid_by(FISCAL[0]), natured(BASIC))
    spent = [(item, accounts.total("spent", *fund, itemised(item.code))) for item in ECONOMIC_ITEMS]
    whole = sum(amount for _, amount in spent)
    paper.tell(ITEMS, f"{_start(accounts)}一般公共预算财政拨款基本支出{of(BASIC, whole)}，其中：")
    for name, is_staff in (("人员经费", True), ("公用经费", False)):
        part = [(item, amount) for item, amount in spent if amount and (item.code[:3] in STAFF_CLASSES) is is_staff]
        listed = said(name, NAMES, "、".join(item.name for item, _ in part))
        paper.tell(ITEMS, f"{name}{of(name, sum(amount for _, amount in part))}，主要包括：{listed}。")


def _three_public(paper: Paper, accounts: Accounts) -> None:
    abroad, hosting = THREE_PUBLIC_PARTS[0], "公务接待费"
    planned = {part: accounts.books.three_public(part) if part != abroad else 0 for part in THREE_PUBLIC_PARTS}
    spent = {part: accounts.three_public(part) if part != abroad else 0 for part in THREE_PUBLIC_PARTS}
    cars = [part for part in THREE_PUBLIC_PARTS if part not in (abroad, hosting)]
    plan, whole = sum(planned.values()), sum(spent.values())
    rows = {
        abroad: (0, 0),
        "公务用车购置及运行费": (sum(planned[part] for part in cars), sum(spent[part] for part in cars)),
        hosting: (planned[hosting], spent[hosting]),
    }
    completed = "；".join(
        f"{name}支出决算为{of(name, paid)}" + (f"，完成预算的{said(name, DONE, percent(paid, due))}%" if due else "")
        for name, (due, paid) in rows.items()
    )
    paper.say("（一）“三公”经费财政拨款支出决算总体情况")
    paper.tell(
        THREE_PUBLIC,
        f"{_start(accounts)}“三公”经费财政拨款支出年初预算为{of('三公经费', plan, PLAN)}，"
        f"支出决算为{of('三公经费', whole)}，完成预算的{said('三公经费', DONE, percent(whole, plan))}%，"
        f"其中：{completed}。",
    )
    paper.say("（二）“三公”经费财政拨款支出决算具体情况")
    shares = "；".join(
        f"{name}支出决算{of(f'{name}#2', paid)}，{share(f'{name}#2', paid, whole)}" for name, (_, paid) in rows.items()
    )
    paper.tell(THREE_PUBLIC, f"“三公”经费财政拨款支出决算中，{shares}。具体情况如下：")
    parts = {part: f"{part.removesuffix('费')}支出{of(PUBLIC_ROWS.get(part, part), spent[part])}" for part in cars}
    total = of("公务用车购置及运行费#3", rows["公务用车购置及运行费"][1])
    paper.tell(THREE_PUBLIC, f"公务用车购置及运行维护费支出{total}。其中：{'；'.join(parts.values())}。")


def _fund(paper: Paper, accounts: Accounts) -> None:
    _small(paper, accounts, FISCAL[1])


def _capital(paper: Paper, accounts: Accounts) -> None:
    _small(paper, accounts, FISCAL[2])


def _small(paper: Paper, accounts: Accounts, source: str) -> None:
    flows = [accounts.total(flow, paid_by(source)) for flow in ("opening", "income", "spent", "closing")]
    passage = _SMALL[source]
    if not any(flows):
        paper.tell(passage, f"{_start(accounts)}没有{source}财政拨款收入和支出。")
        return
    opening, income, spent, closing = flows
    paper.tell(
        passage,
        f"{_start(accounts)}{source}财政拨款年初结转和结余{of('上年结转', opening)}，本年收入{of('本年收入', income)}，"
        f"本年支出{of('本年支出', spent)}，年末结转和结余{of('结转下年', closing)}。",
    )


def _running(paper: Paper, accounts: Accounts) -> None:
    names = {unit.name for unit in accounts.books.units if unit.is_office}
    if not names:
        paper.say("本单位是事业单位，没有机关运行经费支出。")
        return

    def goods(one: Accounts) -> int:
        office = (paid_by(FISCAL[0]), lambda entry: entry.unit in names and entry.item.startswith("302"))
        return one.total("spent", *office)

    row, now = "机关运行经费", goods(accounts)
    moved = change(row, now, goods(year_before(accounts)), _THEN, f"比{accounts.year - 1}年度")
    paper.tell(RUNNING, f"{accounts.year}年度机关运行经费支出{of(row, now)}，{moved}，主要原因是取暖和差旅开支变动。")


def _purchases(paper: Paper, accounts: Accounts) -> None:
    bought = accounts.books.story.telling[accounts.books.level].procurement
    paper.tell(PURCHASES, purchases(bought, "支出").replace("政府采购支出", "政府采购支出总额", 1))


def _property(paper: Paper, accounts: Accounts) -> None:
    kept = accounts.books.story.telling[accounts.books.level].vehicles
    paper.tell(PROPERTY, f"截至{accounts.year}年12月31日，{vehicles(kept, '共有车辆')}。")


def _targets(paper: Paper, accounts: Accounts) -> None:
    money = sum(project.amount for project in accounts.books.projects)
    count = len(accounts.books.projects)
    fair = count // 5
    grades = {
        "优": ("评优项目", count - fair),
        "良": ("评良项目", fair),
        "合格": ("合格项目", 0),
        "不合格": ("不合格项目", 0),
    }
    told = "；".join(f"绩效评级为“{grade}”的项目{said(row, COUNT, str(n))}个" for grade, (row, n) in grades.items())
    paper.tell(
        TARGETS,
        f"编报绩效目标的项目{said('二级项目', COUNT, str(count))}个，涉及预算金额{of('二级项目', money)}；"
        f"绩效自评的项目{said('自评项目', COUNT, str(count))}个，涉及预算金额{of('自评项目', money)}。其中，{told}。",
    )
