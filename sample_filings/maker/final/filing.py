"""Puts a filing of final accounts together: cover, contents, four parts."""

from maker.classification import ORDINALS
from maker.final import by_code, totals
from maker.final.accounts import Accounts
from maker.final.printing import CITY, FORMS, NATIONAL, title_of
from maker.final.prose import PASSAGES, passages
from maker.grid import PROSE, Paper

TERMS = (
    ("财政拨款收入", "本级财政部门当年拨付的资金。"),
    ("年初结转和结余", "以前年度没有用完、结转到本年仍按原用途使用的资金，以及以前年度的结余。"),
    ("年末结转和结余", "本年或者以前年度安排、没有用完而转到下一年度的资金。"),
    ("基本支出", "为维持正常运转和完成日常任务而发生的人员支出和公用支出。"),
    ("项目支出", "在基本支出以外，为完成特定任务而发生的支出。"),
)


def print_accounts(accounts: Accounts) -> Paper:
    """Print the filing; a department prints as most of the country does, a unit as a large city does."""
    press = NATIONAL if accounts.books.level == "department" else CITY
    paper = Paper()
    telling, year, body = accounts.books.story.telling[accounts.books.level], accounts.year, accounts.body
    parts = ("概况", f"{year}年度{body}决算表", f"{year}年度{body}决算情况说明", "名词解释")
    _cover(paper, accounts, parts)
    paper.say(f"第一部分 {parts[0]}", f"一、{body}职责", telling.duties, "二、机构设置", telling.setup)
    paper.say(f"第二部分 {parts[1]}")
    for print_table in (
        totals.totals,
        by_code.income,
        by_code.spending,
        totals.fiscal_totals,
        by_code.general,
        by_code.items,
        totals.three_public,
        by_code.small_budgets,
    ):
        print_table(paper, accounts, press)
    paper.say(f"第三部分 {parts[2]}")
    passages(paper, accounts)
    paper.say(f"第四部分 {parts[3]}")
    paper.say(*(f"{ORDINALS[index]}、{term}：{text}" for index, (term, text) in enumerate(TERMS)))
    return paper


def _cover(paper: Paper, accounts: Accounts, parts: tuple[str, ...]) -> None:
    paper.say(accounts.filer, f"{accounts.year}年度{accounts.body}决算", "目 录")
    entries = [(f"第一部分 {parts[0]}", 1), (f"一、{accounts.body}职责", 1), ("二、机构设置", 1)]
    entries.append((f"第二部分 {parts[1]}", 2))
    entries += [(f"{ORDINALS[index]}、{title_of(form)}", 2 + index) for index, form in enumerate(FORMS)]
    entries.append((f"第三部分 {parts[2]}", 12))
    entries += [(f"{ORDINALS[index]}、{title}", 12 + index // 4) for index, title in enumerate(PASSAGES)]
    entries.append((f"第四部分 {parts[3]}", 17))
    for entry, page in entries:
        paper.put([entry, str(page)], PROSE)
    paper.blank()
