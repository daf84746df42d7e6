"""Puts a filing of the province kind together; its tables are often a file of their own."""

from collections.abc import Sequence
from dataclasses import replace

from maker.books import CURRENT, Books
from maker.classification import ORDINALS
from maker.grid import PROSE, Line, Paper
from maker.province import tables
from maker.province.prose import passages
from maker.province.tables import FUNDS, TITLES, body_of


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
    passages(paper, books)
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
