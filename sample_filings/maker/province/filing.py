"""Puts a filing of the province kind together; its tables are often a file of their own."""

from collections.abc import Sequence
from dataclasses import replace

from maker.books import BASIC, CURRENT, PROJECT, Books, natured, paid_by
from maker.classification import ORDINALS
from maker.grid import PROSE, Line, Paper
from maker.prose import change, money
from maker.province import tables
from maker.province.tables import FUNDS, TITLES, body_of

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
)
"""The headings of the third part, in order."""


def print_province(whole: Books) -> Paper:
    """Print the filing that the books account for, without carry-over and the fund that the layout has no place for."""
    kept = tuple(e for e in whole.entries if e.year == CURRENT and e.source in (*FUNDS, "财政专户管理资金", "单位资金"))
    books = replace(whole, entries=kept)
    body, year = body_of(books), books.story.year
    telling = books.story.telling[books.level]
    paper = Paper()
    parts = (f"{body}概况", f"{year}年度{body}预算表", f"{year}年度{body}预算情况说明", "名词解释")
    _cover(paper, books, parts)
    paper.say(
        f"第一部分 {parts[0]}", "一、主要职能", telling.duties, f"二、{body}机构设置及预算单位构成情况", telling.setup
    )
    paper.say(f"第二部分 {parts[1]}")
    for print_table in (
        tables.balance_sheet,
        tables.sources,
        tables.uses,
        tables.fiscal_sheet,
        tables.by_function,
        tables.three_public,
        tables.fund,
        tables.running,
        tables.purchases,
    ):
        print_table(paper, books)
    paper.say(f"第三部分 {parts[2]}")
    for ordinal, heading, text in zip(ORDINALS, PASSAGES, _texts(books), strict=False):
        paper.say(f"{ordinal}、{heading}", text)
    paper.say(f"第四部分 {parts[3]}", "一、财政拨款：一般公共预算和政府性基金预算安排的资金。")
    return paper


def part_in_two(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Part a filing into what it says and its tables, which this kind of publisher prints as two files."""
    return [line for line in lines if not line.form], [line for line in lines if line.form]


def _cover(paper: Paper, books: Books, parts: Sequence[str]) -> None:
    paper.say(f"{books.filer}{books.story.year}年度{body_of(books)}预算公开", "目 录")
    entries = [f"第一部分 {parts[0]}", f"第二部分 {parts[1]}"]
    entries += [f"{ORDINALS[index]}、{title}" for index, title in enumerate(TITLES.values())]
    entries += [f"第三部分 {parts[2]}", f"第四部分 {parts[3]}"]
    for number, entry in enumerate(entries, start=1):
        paper.put([entry, str(number)], PROSE)
    paper.blank()


def _texts(books: Books) -> list[str]:
    who = f"{books.filer}{books.story.year}年度"
    telling = books.story.telling[books.level]
    whole, fiscal = books.total(), books.total(paid_by(*FUNDS))
    basic, project = (books.total(natured(nature)) for nature in (BASIC, PROJECT))
    general = books.total(paid_by(FUNDS[0]))
    items = books.total(paid_by(FUNDS[0]), natured(BASIC))
    public = sum(books.three_public(part) for part in ("公务用车购置费", "公务用车运行维护费", "公务接待费"))
    fund, running = books.total(paid_by(FUNDS[1])), sum(books.running(unit) for unit in books.units)
    bought = telling.procurement
    moved = change(telling.changes["收入总计"], whole)
    fund_text = f"{who}政府性基金支出预算支出{money(fund)}万元。" if fund else f"{who}没有政府性基金预算支出。"
    return [
        f"{who}收入、支出预算总计{money(whole)}万元，{moved}。",
        f"{who}收入预算合计{money(whole)}万元，其中：财政拨款收入{money(fiscal)}万元。",
        f"{who}支出预算合计{money(whole)}万元，其中：基本支出{money(basic)}万元；项目支出{money(project)}万元。",
        f"{who}财政拨款收、支总预算{money(fiscal)}万元。",
        f"{who}财政拨款预算支出{money(fiscal)}万元。",
        f"{who}财政拨款基本支出预算{money(items)}万元。",
        f"{who}一般公共预算财政拨款支出预算{money(general)}万元。",
        f"{who}一般公共预算财政拨款基本支出预算{money(items)}万元。",
        f"{who}“三公”经费预算支出{money(public)}万元。",
        fund_text,
        f"{who}一般公共预算机关运行经费预算支出{money(running)}万元。",
        f"{who}政府采购支出预算总额{money(sum(bought.values()))}万元。",
    ]
