"""Writes the third part of the province kind: fourteen passages, each figure with its change against last year."""

from maker.books import BASIC, PROJECT, Books, Condition, itemised, natured, paid_by, under
from maker.classification import CLASSES, FUNCTIONS, ORDINALS
from maker.grid import Paper
from maker.last_year import last_year
from maker.prose import (
    FISCAL_MONEY,
    GENERAL,
    INCOMES,
    ITEMS,
    MOVES,
    PROPERTY,
    PURCHASES,
    RUNNING,
    SPENDING,
    TARGETS,
    THREE_PUBLIC,
    named_items,
    purchases,
    vehicles,
)
from maker.province.tables import FUNDS, body_of
from maker.said import COUNT, NAMES, change, of, said, share

PASSAGES = (
    "收支预算总体情况说明",
    "收入预算情况说明",
    "支出预算情况说明",
    "财政拨款收支预算总体情况说明",
    "财政拨款支出预算情况说明",
    "财政拨款基本支出预算情况说明",
    "一般公共预算支出预算情况说明",
    "一般公共预算基本支出预算情况说明",
    "一般公共预算“三公”经费、会议费、培训费支出预算情况说明",
    "政府性基金预算支出预算情况说明",
    "一般公共预算机关运行经费支出预算情况说明",
    "政府采购支出预算情况说明",
    "国有资产占用情况",
    "预算绩效目标设置情况说明",
)
"""The headings of the third part, in order."""

FISCAL_SPENDING, FISCAL_ITEMS, FUND = "财政拨款支出说明", "财政拨款基本支出说明", "政府性基金说明"
_THEN, _BASE = "上年预算数", "与上年相比"


def passages(paper: Paper, books: Books) -> None:
    """Print the third part."""
    writers = (
        _moves, _incomes, _spending, _fiscal, _fiscal_spending, _fiscal_items, _general, _general_items,
        _three_public, _fund, _running, _purchases, _property, _targets,
    )  # fmt: skip
    for ordinal, heading, write in zip(ORDINALS, PASSAGES, writers, strict=False):
        paper.say(f"{ordinal}、{heading}")
        write(paper, books)


def _who(books: Books) -> str:
    return f"{books.filer}{books.story.year}年度"


def _moved(row: str, books: Books, *conditions: Condition) -> str:
    """Say an amount and how it has changed."""
    now, before = books.total(*conditions), last_year(books).total(*conditions)
    return f"{of(row, now)}，{change(row, now, before, _THEN, _BASE)}"


def _moves(paper: Paper, books: Books) -> None:
    whole, before = books.total(), last_year(books).total()
    row = "收支总计"
    moved = change(row, whole, before, _THEN, f"{_BASE}收、支预算总计各")
    paper.tell(MOVES, f"{_who(books)}收入、支出预算总计{of(row, whole)}，{moved}。其中：")
    paper.tell(MOVES, f"（一）收入预算总计{of('收入总计', whole)}。包括：")
    paper.tell(MOVES, f"1．财政拨款收入预算总计{of('财政拨款收入', books.total(paid_by(*FUNDS)))}。")
    for number, (fund, name) in enumerate(zip(FUNDS, ("一般公共预算", "政府性基金"), strict=True), start=1):
        paper.tell(MOVES, f"（{number}）{name}收入预算{_moved(fund, books, paid_by(fund))}。")
    special = _moved("财政专户管理资金", books, paid_by("财政专户管理资金"))
    paper.tell(MOVES, f"2．财政专户管理资金收入预算总计{special}。")
    paper.tell(MOVES, f"3．其他资金收入预算总计{_moved('其他资金', books, paid_by('单位资金'))}。")
    paper.tell(MOVES, f"4．上年结转资金预算为{of('上年结转', 0)}，{change('上年结转', 0, 0, _THEN)}。")
    paper.tell(MOVES, f"（二）支出预算总计{of('支出总计', whole)}。包括：")
    used = [(code, name) for code, name in CLASSES if books.total(under(code))]
    for number, (code, name) in enumerate(used, start=1):
        short = name.removesuffix("支出")
        told = f"{of(name, books.total(under(code)))}，主要用于{short}方面的工作。"
        moved = change(name, books.total(under(code)), last_year(books).total(under(code)), _THEN, _BASE)
        paper.tell(MOVES, f"{number}．{short}（类）支出{told}{moved}。")
    paper.tell(MOVES, f"此外，基本支出预算数为{_moved(BASIC, books, natured(BASIC))}。")
    paper.tell(MOVES, f"项目支出预算数为{_moved(PROJECT, books, natured(PROJECT))}。")


def _incomes(paper: Paper, books: Books) -> None:
    whole = books.total()
    paper.tell(INCOMES, f"{_who(books)}收入预算合计{of('收入总计', whole)}，其中：")
    rows = {FUNDS[0]: "一般公共预算收入", FUNDS[1]: "政府性基金收入", "财政专户管理资金": "财政专户管理资金收入"}
    for fund, name in rows.items():
        amount = books.total(paid_by(fund))
        paper.tell(INCOMES, f"{name}{of(fund, amount)}，{share(fund, amount, whole)}；")
    own = books.total(paid_by("单位资金"))
    paper.tell(INCOMES, f"其他资金{of('其他资金', own)}，{share('其他资金', own, whole)}。")


def _spending(paper: Paper, books: Books) -> None:
    whole = books.total()
    paper.tell(SPENDING, f"{_who(books)}支出预算合计{of('支出总计', whole)}，其中：")
    for nature, end in ((BASIC, "；"), (PROJECT, "。")):
        amount = books.total(natured(nature))
        paper.tell(SPENDING, f"{nature}{of(nature, amount)}，{share(nature, amount, whole)}{end}")


def _fiscal(paper: Paper, books: Books) -> None:
    row, fund = "财政拨款收支", paid_by(*FUNDS)
    moved = change(row, books.total(fund), last_year(books).total(fund), _THEN, f"{_BASE}，财政拨款收、支总计各")
    paper.tell(FISCAL_MONEY, f"{_who(books)}财政拨款收、支总预算{of(row, books.total(fund))}。{moved}。")


def _fiscal_spending(paper: Paper, books: Books) -> None:
    row, fund = "财政拨款支出", paid_by(*FUNDS)
    spent = books.total(fund)
    moved = change(row, spent, last_year(books).total(fund), _THEN, f"{_BASE}，财政拨款支出")
    start = f"{_who(books)}财政拨款预算支出{of(row, spent)}"
    paper.tell(FISCAL_SPENDING, f"{start}，占本年支出合计的{share(row, spent, books.total())[1:]}。{moved}。其中：")
    part = [code for code in books.codes(fund) if len(code) in (3, 7)]
    ordinals = iter(ORDINALS)
    number = 0
    for code in part:
        if len(code) == 3:
            paper.say(f"（{next(ordinals)}）{FUNCTIONS[code]}（类）")
            number = 0
            continue
        number += 1
        names = (FUNCTIONS[code[:3]], FUNCTIONS[code[:5]], FUNCTIONS[code])
        told = _moved("-".join(names), books, fund, under(code))
        paper.tell(FISCAL_SPENDING, f"{number}．{names[1]}（款）{names[2]}（项）支出{told}。")


def _fiscal_items(paper: Paper, books: Books) -> None:
    _named(paper, books, FISCAL_ITEMS, "财政拨款基本支出预算")


def _general_items(paper: Paper, books: Books) -> None:
    _named(paper, books, ITEMS, "一般公共预算财政拨款基本支出预算")


def _named(paper: Paper, books: Books, passage: str, caption: str) -> None:
    parts = named_items(books)
    paper.tell(passage, f"{_who(books)}{caption}{of(BASIC, sum(amount for _, _, amount in parts))}，其中：")
    for ordinal, (name, listed, amount) in zip(ORDINALS, parts, strict=False):
        paper.tell(passage, f"（{ordinal}）{name}{of(name, amount)}。主要包括：{said(name, NAMES, listed)}。")


def _general(paper: Paper, books: Books) -> None:
    told = _moved("一般公共预算支出", books, paid_by(FUNDS[0]))
    paper.tell(GENERAL, f"{_who(books)}一般公共预算财政拨款支出预算{told}，主要原因是项目按进度安排。")


def _three_public(paper: Paper, books: Books) -> None:
    who, telling = _who(books), books.story.telling[books.level]
    why = telling.reasons["三公原因"]
    abroad, hosting, driving, buying = (
        (name, books.three_public(name), more) for name, more in telling.three_public.items()
    )
    cars = driving[1] + buying[1]
    whole = hosting[1] + cars
    rows = ((abroad[0], 0), ("公务用车购置及运行费", cars), (hosting[0], hosting[1]))
    shares = "；".join(
        f"{name}支出{of(name, amount)}，占“三公”经费的{share(name, amount, whole)[1:]}" for name, amount in rows
    )
    paper.tell(THREE_PUBLIC, f"{who}一般公共预算拨款安排的“三公”经费预算支出中，{shares}。具体情况如下：")

    def one(row: str, amount: int, more: int) -> str:
        told = f"{of(f'{row}#2', amount)}，{change(f'{row}#2', amount, amount - more)}"
        return f"{told}，主要原因是{why}。" if more else f"{told}。"

    paper.tell(THREE_PUBLIC, f"1．因公出国（境）费预算支出{one(*abroad)}")
    paper.tell(THREE_PUBLIC, f"2．公务用车购置及运行费预算支出{of('公务用车购置及运行费#2', cars)}。其中：")
    for number, (name, amount, more) in enumerate((buying, driving), start=1):
        row = "公务用车运行费" if name == driving[0] else name
        told = f"{of(row, amount)}，{change(row, amount, amount - more)}" + (f"，主要原因是{why}" if more else "")
        paper.tell(THREE_PUBLIC, f"（{number}）{name.removesuffix('费')}预算支出{told}。")
    paper.tell(THREE_PUBLIC, f"3．公务接待费预算支出{one(*hosting)}")
    for name, code in (("会议费", "30215"), ("培训费", "30216")):
        told = _moved(name, books, paid_by(FUNDS[0]), itemised(code))
        paper.tell(THREE_PUBLIC, f"{who}一般公共预算拨款安排的{name}预算支出{told}。")


def _fund(paper: Paper, books: Books) -> None:
    told = _moved("政府性基金支出", books, paid_by(FUNDS[1]))
    paper.tell(FUND, f"{_who(books)}政府性基金支出预算支出{told}。")


def _running(paper: Paper, books: Books) -> None:
    running, more = (
        sum(books.running(unit) for unit in books.units),
        books.story.telling[books.level].changes["机关运行"],
    )
    row = "机关运行经费"
    told = f"{of(row, running)}，{change(row, running, running - more, _THEN, _BASE)}"
    why = books.story.telling[books.level].reasons["机关运行原因"]
    told += f"，主要原因是{why}" if more and running else ""
    paper.tell(RUNNING, f"{books.story.year}年本{body_of(books)}一般公共预算机关运行经费预算支出{told}。")


def _purchases(paper: Paper, books: Books) -> None:
    bought = books.story.telling[books.level].procurement
    paper.tell(
        PURCHASES, f"{books.story.year}年度{purchases(bought).replace('政府采购预算', '政府采购支出预算总额', 1)}"
    )


def _property(paper: Paper, books: Books) -> None:
    telling = books.story.telling[books.level]
    more = f"单价50万元（含）以上的设备{telling.big_equipment[0]}台（套）"
    paper.tell(PROPERTY, f"本{body_of(books)}{vehicles(telling.vehicles, '共有车辆')}。{more}。")


def _targets(paper: Paper, books: Books) -> None:
    names = {(entry.unit, entry.project) for entry in books.entries if entry.project}
    count = said("二级项目", COUNT, str(len(names)))
    money = books.total(natured(PROJECT))
    paper.tell(
        TARGETS,
        f"{books.story.year}年本{body_of(books)}共{count}个项目实行绩效目标管理，"
        f"涉及财政性资金合计{of('二级项目', money)}。",
    )
