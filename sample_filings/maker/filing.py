"""Puts a whole filing together: cover, contents, four parts, and an appendix that is not the filing's own table."""

from maker import function_tables, summary_tables
from maker.books import Books
from maker.classification import ORDINALS
from maker.grid import PROSE, Paper
from maker.prose import FIRST_SECTIONS, passages_after_targets, passages_before_targets
from maker.style import DEPARTMENT, TITLES, UNIT, Style
from maker.targets import overall_targets, project_targets

TERMS = (
    ("基本支出", "单位为维持正常运转、履行日常职责而安排的人员经费和公用经费。"),
    ("项目支出", "单位为完成专门任务或者事业发展目标，在基本支出以外安排的支出。"),
    ("“三公”经费", "用财政拨款安排的因公出国（境）费、公务用车购置及运行费和公务接待费。"),
    ("机关运行经费", "行政单位和参照公务员法管理的事业单位，用财政拨款安排的基本支出中的公用经费。"),
    ("财政专户管理资金", "缴入财政专户、实行专项管理的教育收费。"),
    ("单位资金", "政府预算资金和财政专户管理资金以外，单位依法取得的事业收入、经营收入和其他收入。"),
    ("上年结转", "以前年度安排、当年没有用完，本年仍按原用途使用的资金。"),
    ("财政拨款", "一般公共预算、政府性基金预算和国有资本经营预算安排的资金。"),
)

CATALOGUE = (
    ("编码", "品目名称", "备注"),
    ("A", "货物", "同一品目全年30万元以下的可以通过框架协议采购。"),
    ("A02010105", "台式计算机", ""),
    ("A02020400", "多功能一体机", ""),
    ("A02061804", "空调机", "限办公场所使用"),
    ("C", "服务", ""),
    ("C21040000", "物业管理服务", "县城范围内适用"),
    ("C23120302", "车辆加油、添加燃料服务", "50"),
)


def print_filing(books: Books) -> Paper:
    """Print the filing that the books account for."""
    style = DEPARTMENT if books.level == "department" else UNIT
    paper = Paper()
    _cover(paper, books, style)
    telling, year = books.story.telling[books.level], books.story.year
    paper.say("第一部分 概况", f"一、本{style.body}职责", telling.duties, "二、机构设置情况", telling.setup)
    paper.say(f"第二部分 {year}年{style.body}预算报表")
    for print_table in (
        summary_tables.balance_sheet,
        function_tables.income_by_function,
        function_tables.spending_by_function,
        summary_tables.fiscal_balance_sheet,
        function_tables.general_spending,
        summary_tables.basic_by_item,
        function_tables.fund_income,
        function_tables.fund_spending,
        function_tables.capital_budget,
        summary_tables.three_public,
        summary_tables.agency_running,
        summary_tables.projects,
    ):
        print_table(paper, books, style)
        paper.blank()
    paper.put([" "])
    paper.say(f"第三部分 {year}年度{style.body}预算情况说明")
    passages_before_targets(paper, books)
    project_targets(paper, books)
    if books.level == "department":
        overall_targets(paper, books)
    passages_after_targets(paper, books)
    if books.level == "department":
        _appendix(paper, books)
    paper.say("第四部分 名词解释")
    paper.say(*(f"{ORDINALS[index]}、{term}：{text}" for index, (term, text) in enumerate(TERMS)))
    return paper


def _cover(paper: Paper, books: Books, style: Style) -> None:
    year, body = books.story.year, style.body
    paper.blank()
    paper.blank()
    paper.say(books.filer, f"{year}年度{body}预算公开", "目 录")
    entries = [("第一部分 概况", 1), (f"一、本{body}职责", 1), ("二、机构设置情况", 1)]
    entries.append((f"第二部分 {year}年{body}预算报表", 2))
    for index, title in enumerate(TITLES.values()):
        entries.append((f"表{ORDINALS[index]}{year}年{title}", 2 + index * 3 // 2))
    entries.append((f"第三部分 {year}年度{body}预算情况说明", 22))
    for index, section in enumerate(FIRST_SECTIONS):
        page = 22 + index // 3 if index < 10 else 44
        entries.append((f"{ORDINALS[index]}、{body if index == 0 else ''}{section}", page))
    entries += [("（一）政府购买服务指导性目录", 44), ("（二）其他", 44), ("第四部分 名词解释", 46)]
    for index, (entry, page) in enumerate(entries):
        if index == 28:
            paper.blank()
        paper.put([f"{entry}{style.dots}", str(page)], PROSE)
    paper.blank()


def _appendix(paper: Paper, books: Books) -> None:
    """Print an extract from a purchasing catalogue: figures in it are nobody's budget."""
    paper.say("附件", f"{books.story.county}集中采购目录（节选）")
    for row in CATALOGUE:
        paper.put(row)
    paper.blank()
    paper.say("注：本目录由县财政部门另行发布，此处仅节选与本部门有关的品目。")
