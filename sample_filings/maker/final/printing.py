"""How the nine national tables of final accounts are printed: titles, what stands around them, amounts."""

from dataclasses import dataclass
from typing import Final

from maker.final.accounts import Accounts
from maker.grid import NOTE, REMARK, TITLE, Cell, Paper, wan

FORMS: Final[dict[str, str]] = {
    "收入支出决算总表": "本年度的总收支和年末结转结余情况",
    "收入决算表": "本年度取得的各项收入情况",
    "支出决算表": "本年度各项支出情况",
    "财政拨款收入支出决算总表": "本年度财政拨款总收支和结转结余情况",
    "一般公共预算财政拨款支出决算表": "本年度一般公共预算财政拨款支出情况",
    "一般公共预算财政拨款基本支出决算表": "本年度一般公共预算财政拨款基本支出明细情况",
    "财政拨款三公经费支出决算表": "本年度“三公”经费支出预决算情况",
    "政府性基金预算财政拨款收入支出决算表": "本年度政府性基金预算财政拨款收入支出及结转和结余情况",
    "国有资本经营预算财政拨款收入支出决算表": "本年度国有资本经营预算财政拨款收入支出及结转和结余情况",
}
"""The nine forms in table order, and what each says of itself."""

(
    TOTALS,
    INCOME_BY_CODE,
    SPENDING_BY_CODE,
    FISCAL_TOTALS,
    GENERAL,
    ITEMS,
    THREE_PUBLIC,
    FUND,
    CAPITAL,
) = FORMS


@dataclass(frozen=True, slots=True)
class Press:
    """The typesetting of one filing of final accounts."""

    numbered: bool
    ordinals: bool
    items_across: int
    blocks: bool

    def title(self, paper: Paper, accounts: Accounts, form: str) -> None:
        """Print what stands above a table."""
        if self.numbered:
            paper.put([f"公开{list(FORMS).index(form) + 1:02d}表"], TITLE, form)
        paper.put([title_of(form)], TITLE, form)
        if self.numbered:
            paper.put([f"{accounts.body}：{accounts.filer}"], TITLE, form)
        paper.put(["金额单位：万元" if self.numbered else "单位：万元"], TITLE, form)
        paper.blank(form)

    def close(self, paper: Paper, accounts: Accounts, form: str, nil: str = "") -> None:
        """Print what stands below a table; `nil` names what there was none of."""
        paper.put([f"注：本表反映{accounts.body}{FORMS[form]}。"], REMARK, form)
        if nil:
            paper.put([f"说明：{accounts.filer}本年度没有{nil}，故本表无数据。"], NOTE, form)
        paper.blank()


def title_of(form: str) -> str:
    """Say how the title of a form is printed."""
    return form.replace("三公", "“三公”")


NATIONAL: Final = Press(numbered=True, ordinals=True, items_across=3, blocks=True)
CITY: Final = Press(numbered=False, ordinals=False, items_across=2, blocks=False)


def sum_cell(amount: int, column: str, row: str | None = None, nil: str = "") -> Cell:
    """Make a cell that prints 元 as 万元, and `nil` for nothing."""
    return Cell(wan(amount) or nil, row, column)
