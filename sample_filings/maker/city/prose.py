"""Writes the account in prose of the city kind: the budget as a whole item by item, and what else is to be said."""

from maker.books import PROJECT, Books, natured, paid_by
from maker.city.tables import OTHER_INCOME, body_of
from maker.classification import FISCAL, FUNCTIONS
from maker.grid import Paper
from maker.last_year import last_year
from maker.prose import PROPERTY, PURCHASES, RUNNING, TARGETS, THREE_PUBLIC, purchases, vehicles
from maker.said import CHANGE, COUNT, TURN, money, of, said
from maker.story import Telling

ACCOUNT = "编制说明"
_FUND_ROWS = dict(zip(FISCAL, ("一般公共预算支出", "政府性基金支出", "国有资本经营支出"), strict=True))


def account(paper: Paper, books: Books) -> None:
    """Print 编制说明: income and expenditure with their changes, then what every item pays for."""
    body, year, past = body_of(books), books.story.year, last_year(books)
    fiscal, whole = books.total(paid_by(*FISCAL)), books.total()
    before = past.total(paid_by(*FISCAL))
    others = "；".join(f"{name}{of(name, books.total(paid_by(*paid)))}" for name, paid in OTHER_INCOME.items())
    paper.say(f"{year}年{body}预算编制说明")
    paper.tell(
        ACCOUNT,
        f"{year}年，{books.filer}收入预算{of('收入总计', whole)}，其中：财政拨款收入{of('财政拨款收入', fiscal)}，"
        f"{moved('财政拨款收入', fiscal, before, year)}；{others}。",
    )
    funds = "；".join(
        f"{fund}拨款支出预算{of(row, books.total(paid_by(fund)))}，"
        f"{moved(row, books.total(paid_by(fund)), past.total(paid_by(fund)), year)}"
        for fund, row in _FUND_ROWS.items()
    )
    paper.tell(
        ACCOUNT,
        f"支出预算{of('支出总计', whole)}，其中：财政拨款支出预算{of('财政拨款支出', fiscal)}，"
        f"{moved('财政拨款支出', fiscal, before, year)}。财政拨款支出预算中，{funds}。",
    )
    paper.say("财政拨款收入支出变动的主要原因是工程项目按工期安排资金。", "财政拨款支出主要内容如下：")
    codes = [code for code in books.codes(paid_by(*FISCAL)) if len(code) == 7]
    for number, code in enumerate(codes, start=1):
        amount = books.total(paid_by(*FISCAL), lambda entry, code=code: entry.function == code)  # type: ignore[misc]
        names = [FUNCTIONS[code[:3]], FUNCTIONS[code[:5]], FUNCTIONS[code]]
        path = "".join(f"{name}（{level}）" for name, level in zip(names, "类款项", strict=True))
        paper.tell(
            ACCOUNT, f"{number}. “{path}”科目{of('-'.join(names), amount)}，主要用于{FUNCTIONS[code]}方面的开支。"
        )


def rest(paper: Paper, books: Books) -> None:
    """Print what stands behind the tables: 三公, running costs, procurement, targets, property."""
    body, year, telling = body_of(books), books.story.year, books.story.telling[books.level]
    paper.say("其他相关情况说明", f"一、{year}年“三公”经费预算情况说明")
    _three_public(paper, books, telling)
    running, offices = sum(books.running(unit) for unit in books.units), [u for u in books.units if u.is_office]
    others = len(books.units) - len(offices)
    paper.say("二、机关运行经费预算")
    paper.tell(
        RUNNING,
        f"{year}年{books.filer}{len(offices)}家机关和{others}家事业单位财政拨款的"
        f"机关运行经费预算为{of('机关运行经费', running)}。",
    )
    bought = telling.procurement
    small = sum(bought.values()) - bought["工程"]
    paper.say("三、政府采购预算情况")
    paper.tell(PURCHASES, f"{year}年本{body}{purchases(bought)}")
    paper.tell(
        PURCHASES,
        f"{year}年本{body}面向中小企业预留政府采购项目预算金额{of('预留中小企业', small)}，"
        f"其中，预留给小型和微型企业的政府采购项目预算为{of('预留小微企业', small // 2)}。",
    )
    projects = books.total(natured(PROJECT))
    count = said("二级项目", COUNT, str(len(books.projects)))
    paper.say("四、绩效目标设置情况")
    paper.tell(
        TARGETS,
        f"{year}年本{body}{len(books.units)}个预算单位编报了项目预算绩效目标，"
        f"编报绩效目标的项目{count}个，涉及项目预算资金{of('二级项目', projects)}。",
    )
    paper.say("五、国有资产占有使用情况")
    paper.tell(
        PROPERTY,
        f"截至{year - 1}年8月31日，{books.filer}{vehicles(telling.vehicles, '共有车辆')}；"
        f"单价100万元（含）以上设备（不含车辆）{telling.big_equipment[1]}台（套）。",
    )


def moved(row: str, now: int, before: int, year: int) -> str:
    """Say the change against last year's budget, without a rate, as this kind of filing does."""
    if now == before:
        return f"与{year - 1}年预算{said(row, CHANGE, '')}持平"
    verb = "增加" if now > before else "减少"
    return f"比{year - 1}年预算{said(row, TURN, verb)}{said(row, CHANGE, money(now - before))}万元"


def _three_public(paper: Paper, books: Books, telling: Telling) -> None:
    year = books.story.year
    abroad, hosting, driving, buying = telling.three_public.items()
    now = {name: books.three_public(name) if name != abroad[0] else 0 for name in telling.three_public}
    whole, change = sum(now.values()), sum(telling.three_public.values())

    def one(row: str, amount: int, more: int) -> str:
        return f"{of(row, amount)}，{moved(row, amount, amount - more, year)}"

    cars = now[driving[0]] + now[buying[0]]
    paper.tell(
        THREE_PUBLIC,
        f"{year}年“三公”经费预算数为{one('三公经费', whole, change)}，主要原因是{telling.reasons['三公原因']}。其中：",
    )
    paper.tell(THREE_PUBLIC, f"（一）因公出国（境）费{one(abroad[0], 0, 0)}。")
    paper.tell(
        THREE_PUBLIC,
        f"（二）公务用车购置及运行费{one('公务用车购置及运行费', cars, driving[1] + buying[1])}。"
        f"其中：公务用车购置费{one(buying[0], now[buying[0]], buying[1])}；"
        f"公务用车运行费{one('公务用车运行费', now[driving[0]], driving[1])}。",
    )
    paper.tell(THREE_PUBLIC, f"（三）公务接待费{one(hosting[0], now[hosting[0]], hosting[1])}。")
