"""Puts a filing of the city kind together: duties and terms first, then the account in prose, then the nine tables."""

from dataclasses import replace

from maker.books import CURRENT, Books
from maker.city import tables
from maker.city.prose import account, rest
from maker.city.tables import TITLES, body_of
from maker.classification import ORDINALS
from maker.grid import PROSE, Paper

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
    body, telling = body_of(books), books.story.telling[books.level]
    paper = Paper()
    _cover(paper, books)
    paper.say(f"{books.filer}（{body}）主要职能", telling.duties, f"{books.filer}（{body}）机构设置", telling.setup)
    paper.say("名词解释", *(f"（{ORDINALS[index]}）{term}：{text}" for index, (term, text) in enumerate(_TERMS)))
    account(paper, books)
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
    rest(paper, books)
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
