"""Puts a filing of the city kind together: duties and terms first, then the account in prose, then the nine tables."""

from dataclasses import replace

from maker.books import CURRENT, Books, natured, paid_by
from maker.books import PROJECT as PROJECTS
from maker.city import tables
from maker.city.tables import OTHER_INCOME, TITLES, body_of
from maker.classification import FISCAL, FUNCTIONS, ORDINALS
from maker.grid import PROSE, Paper
from maker.prose import change, money

_TERMS = (
    ("财政拨款收入", "本年度从本级财政部门取得的一般公共预算、政府性基金预算和国有资本经营预算资金。"),
    ("事业收入", "事业单位开展专业业务活动及其辅助活动取得的收入。"),
    ("其他收入", "财政拨款收入、事业收入和事业单位经营收入以外的收入。"),
    ("基本支出预算", "为保障机构正常运转、完成日常工作任务而编制的年度支出计划。"),
    ("项目支出预算", "为完成特定任务或者事业发展目标，在基本支出之外编制的年度支出计划。"),
)


def without_carried(books: Books) -> Books:
    """Leave out what was carried over: these budgets account for the year's own money."""
    return replace(books, entries=tuple(entry for entry in books.entries if entry.year == CURRENT))


def print_city(whole: Books) -> Paper:
    """Print the filing that the books account for, without what they carry over."""
    books = without_carried(whole)
    body, year = body_of(books), books.story.year
    telling = books.story.telling[books.level]
    paper = Paper()
    _cover(paper, books)
    paper.say(f"{books.filer}（{body}）主要职能", telling.duties, f"{books.filer}（{body}）机构设置", telling.setup)
    paper.say("名词解释", *(f"（{ORDINALS[index]}）{term}：{text}" for index, (term, text) in enumerate(_TERMS)))
    _account(paper, books)
    for print_table in (
        tables.balance_sheet,
        tables.income,
        tables.spending,
        tables.fiscal_sheet,
        tables.by_fund,
        tables.items,
        tables.three_public,
    ):
        print_table(paper, books)
    _rest(paper, books, body, year)
    return paper


def _cover(paper: Paper, books: Books) -> None:
    body, year = body_of(books), books.story.year
    paper.say(
        f"{books.story.county}{year}年县级{body}预算",
        f"预算{'主管部门' if body == '部门' else '单位'}：{books.filer}",
        "目 录",
    )
    entries = [
        f"一、{body}主要职能",
        f"二、{body}机构设置",
        "三、名词解释",
        f"四、{body}预算编制说明",
        f"五、{body}预算表",
    ]
    entries += [f"{number}. {year}年{body}{title}" for number, title in enumerate(TITLES.values(), start=1)]
    entries.append("六、其他相关情况说明")
    for number, entry in enumerate(entries):
        paper.put([f"{entry}………………", str(1 + number)], PROSE)
    paper.blank()


def _account(paper: Paper, books: Books) -> None:
    body, year = body_of(books), books.story.year
    fiscal, whole = books.total(paid_by(*FISCAL)), books.total()
    others = "；".join(f"{name}{money(books.total(paid_by(*sources)))}万元" for name, sources in OTHER_INCOME.items())
    paper.say(f"{year}年{body}预算编制说明")
    paper.say(f"{year}年，{books.filer}收入预算{money(whole)}万元，其中：财政拨款收入{money(fiscal)}万元；{others}。")
    funds = "；".join(f"{fund}拨款支出预算{money(books.total(paid_by(fund)))}万元" for fund in FISCAL)
    paper.say(f"支出预算{money(whole)}万元，其中：财政拨款支出预算{money(fiscal)}万元。财政拨款支出预算中，{funds}。")
    paper.say("财政拨款支出主要内容如下：")
    codes = [code for code in books.codes(paid_by(*FISCAL)) if len(code) == 7]
    for number, code in enumerate(codes, start=1):
        amount = books.total(paid_by(*FISCAL), lambda entry, code=code: entry.function == code)  # type: ignore[misc]
        path = f"{FUNCTIONS[code[:3]]}（类）{FUNCTIONS[code[:5]]}（款）{FUNCTIONS[code]}（项）"
        paper.say(f"{number}. “{path}”科目{money(amount)}万元，主要用于{FUNCTIONS[code]}。")


def _rest(paper: Paper, books: Books, body: str, year: int) -> None:
    telling = books.story.telling[books.level]
    three = {part: books.three_public(part) for part in ("公务用车购置费", "公务用车运行维护费", "公务接待费")}
    whole = sum(three.values())
    paper.say("其他相关情况说明", f"一、{year}年“三公”经费预算情况说明")
    reason = telling.reasons["三公原因"]
    changed = change(telling.changes["三公"], whole)
    paper.say(f"{year}年“三公”经费预算数为{money(whole)}万元，{changed}，主要原因是{reason}。其中：")
    paper.say(f"（一）因公出国（境）费0万元。（二）公务接待费{money(three['公务接待费'])}万元。")
    running = sum(books.running(unit) for unit in books.units)
    paper.say("二、机关运行经费预算", f"{year}年机关运行经费预算为{money(running)}万元。")
    bought = telling.procurement
    parts = "、".join(f"政府采购{kind}预算{money(amount)}万元" for kind, amount in bought.items())
    paper.say("三、政府采购预算情况", f"{year}年本{body}政府采购预算{money(sum(bought.values()))}万元，其中：{parts}。")
    projects = books.total(natured(PROJECTS))
    paper.say(
        "四、绩效目标设置情况", f"编报绩效目标的项目{len(books.projects)}个，涉及项目预算资金{money(projects)}万元。"
    )
    cars = {kind: count for kind, count in telling.vehicles.items() if kind != "编制"}
    kinds = "、".join(f"{kind}{count}辆" for kind, count in cars.items())
    paper.say("五、国有资产占有使用情况", f"共有车辆{sum(cars.values())}辆，其中：{kinds}。")
