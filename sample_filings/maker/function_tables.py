"""Prints the tables that list function codes: income, spending, general budget, and the two small budgets."""

from collections.abc import Callable, Sequence

from maker.books import BASIC, CARRIED, CURRENT, PROJECT, Books, natured, of_year, paid_by, under
from maker.classification import FISCAL, FUNCTIONS, SOURCES
from maker.grid import HEAD, NOTE, Cell, Paper, figure, label
from maker.style import Style

NO_DATA = "注：本表无数据"

Figures = Callable[[str], list[Cell]]
"""The figure cells of the row of a code; the empty code is the total row."""


def income_by_function(paper: Paper, books: Books, style: Style) -> None:
    """Print 收入总表: this year's income by source, and the carry-over outside its total."""
    form = "收入总表"
    style.title(paper, books, form)
    heads = [
        ["项目", "", "本年收入", "", "", "", "", "", "上年结转"],
        ["科目编码", "科目名称", "合计", "一般公共预算", "政府性基金", *style.broken_heads, "单位资金", ""],
    ]

    def figures(code: str) -> list[Cell]:
        here, now = under(code), of_year(CURRENT)
        sources = [figure(books.total(here, now, paid_by(source)), source) for source in SOURCES]
        carried = figure(books.total(here, of_year(CARRIED)), "上年结转")
        return [figure(books.total(here, now), "合计"), *sources, carried]

    _by_code(paper, form, style, heads, books.codes(), figures)


def spending_by_function(paper: Paper, books: Books, style: Style) -> None:
    """Print 支出总表: everything that is spent, carry-over included."""
    form = "支出总表"
    style.title(paper, books, form)
    _by_code(paper, form, style, _spending_heads(books), books.codes(), _natures(books, (CURRENT, CARRIED), SOURCES))


def general_spending(paper: Paper, books: Books, style: Style) -> None:
    """Print 一般公共预算支出表: this year's general budget, without carry-over."""
    form = "一般公共预算支出表"
    style.title(paper, books, form)
    codes = books.codes(of_year(CURRENT), paid_by(FISCAL[0]))
    _by_code(paper, form, style, _spending_heads(books), codes, _natures(books, (CURRENT,), FISCAL[:1]))


def fund_income(paper: Paper, books: Books, style: Style) -> None:
    """Print 政府性基金收入表: the fund's income by income code."""
    form = "政府性基金收入表"
    style.title(paper, books, form)
    paper.put(["项目", "", "政府性基金收入预算"], HEAD, form)
    paper.put(["收入科目编码", "科目名称", ""], HEAD, form)
    fund = (of_year(CURRENT), paid_by(FISCAL[1]))
    whole = books.total(*fund)
    paper.row(form, "合计", [label("合计"), label(""), figure(whole, "金额")])
    for income in books.story.fund_income:
        amount = books.total(*fund, under(income.functions))
        if amount:
            paper.row(form, income.code, [label(income.code), label(income.name), figure(amount, "金额")])
    _close(paper, form, whole)


def fund_spending(paper: Paper, books: Books, style: Style) -> None:
    """Print 政府性基金支出表."""
    form = "政府性基金支出表"
    style.title(paper, books, form)
    fund = (of_year(CURRENT), paid_by(FISCAL[1]))
    heads = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]
    _by_code(paper, form, style, heads, books.codes(*fund), _natures(books, (CURRENT,), FISCAL[1:2]))
    _close(paper, form, books.total(*fund))


def capital_budget(paper: Paper, books: Books, style: Style) -> None:
    """Print 国有资本经营收支表: income on the left, spending by function on the right."""
    form = "国有资本经营收支表"
    style.title(paper, books, form)
    paper.put(["国有资本经营预算收入", "", "", "国有资本经营预算支出", "", "", "", ""], HEAD, form)
    heads = ["项目", "", "国有资本经营收入预算", "科目编码", "科目名称", "合计", "基本支出", "项目支出"]
    paper.put(heads, HEAD, form)
    paper.put(["收入科目编码", "科目名称", "", "", "", "", "", ""], HEAD, form)
    capital = (of_year(CURRENT), paid_by(FISCAL[2]))
    whole, codes = books.total(*capital), books.codes(*capital)
    code, name = books.story.capital_income
    left = [("", "合计", "收入合计"), (code, name, code)][: 2 if whole else 1]
    natures = {"合计": (BASIC, PROJECT), "基本支出": (BASIC,), "项目支出": (PROJECT,)}
    for index, right in enumerate(["", *codes]):
        lane = [label(""), label(""), label("")]
        if index < len(left):
            lane = [label(left[index][0]), label(left[index][1]), figure(whole, "金额", left[index][2])]
        name = FUNCTIONS.get(right, "合计") if whole else ""
        spending = [
            figure(books.total(*capital, under(right), natured(*kinds)), column) for column, kinds in natures.items()
        ]
        paper.row(form, right or "支出合计", [*lane, label(right), label(name), *spending])
    _close(paper, form, whole)


def _spending_heads(books: Books) -> list[list[str]]:
    return [
        ["项目", "", f"{books.story.year}年预算数", "", ""],
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ]


def _natures(books: Books, years: Sequence[str], sources: Sequence[str]) -> Figures:
    def figures(code: str) -> list[Cell]:
        def amount(*natures: str) -> int:
            return sum(books.total(under(code), of_year(y), paid_by(*sources), natured(*natures)) for y in years)

        whole = figure(amount(BASIC, PROJECT), "合计")
        return [whole, figure(amount(BASIC), "基本支出"), figure(amount(PROJECT), "项目支出")]

    return figures


def _by_code(
    paper: Paper, form: str, style: Style, heads: list[list[str]], codes: Sequence[str], figures: Figures
) -> None:
    for head in heads:
        paper.put(head, HEAD, form)
    caption = ("合计", "") if form in style.total_beside_codes else ("", "合计")
    for index, code in enumerate(["", *codes]):
        if index in style.breaks.get(form, ()):
            paper.blank(form)
            if form in style.repeats_heads:
                for head in heads:
                    paper.put(head, HEAD, form)
        key, name = (code, FUNCTIONS[code]) if code else caption
        paper.row(form, code or "合计", [label(key), label(name), *figures(code)])


def _close(paper: Paper, form: str, whole: int) -> None:
    """Close an empty table with the note that it is empty, after a blank line."""
    if not whole:
        paper.blank(form)
        paper.put([NO_DATA], NOTE, form)
