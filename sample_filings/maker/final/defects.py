"""The errors planted in final accounts."""

from typing import Final

from maker.defects import Act, leave_out, plus, rewrite, same, swap
from maker.defects_said import more
from maker.final.printing import (
    FISCAL_TOTALS,
    FUND,
    GENERAL,
    INCOME_BY_CODE,
    ITEMS,
    SPENDING_BY_CODE,
    THREE_PUBLIC,
    TOTALS,
)
from maker.final.prose import FUND as FUND_SAID
from maker.final.prose import WHOLE
from maker.final.relations import OPENING, TOTAL
from maker.final.totals import OUTCOME
from maker.grid import INCOME
from maker.prose import GENERAL as GENERAL_SAID
from maker.prose import TARGETS
from maker.prose import THREE_PUBLIC as THREE_PUBLIC_SAID
from maker.said import AMOUNT, COMPARED, COUNT, DONE, PLAN

_GUARD: Final = "农林水支出-水利-水土保持"

DEFECTS: Final[dict[str, tuple[str, Act]]] = {
    "closing-forgotten": ("department", rewrite(TOTALS, "年末结转和结余", OUTCOME, "漏印", same(""))),
    "fund-total": ("department", rewrite(FUND, TOTAL, "项目支出", "首两位颠倒", swap(0))),
    "general-subtotal": ("unit", rewrite(GENERAL, "20805", TOTAL, "多1万元", plus("1.00"))),
    "income-column": ("department", rewrite(INCOME_BY_CODE, "2130306", "其他收入", "两位数字颠倒", swap(0))),
    "item-digit": ("department", rewrite(ITEMS, "住房公积金", OUTCOME, "多10万元", plus("10.00"))),
    "opening-differs": ("department", rewrite(FISCAL_TOTALS, OPENING, INCOME, "首两位颠倒", swap(0))),
    "project-spending": ("department", rewrite(SPENDING_BY_CODE, "2130310", "项目支出", "少5万元", plus("-5.00"))),
    "said-above": ("department", rewrite(GENERAL_SAID, _GUARD, COMPARED, "说反", same("大于"))),
    "said-completion": ("unit", rewrite(GENERAL_SAID, f"{WHOLE}#3", DONE, "两位数字颠倒", swap(0))),
    "said-fund": ("department", rewrite(FUND_SAID, "本年支出", AMOUNT, "多10万元", more("10.00"))),
    "said-grade": ("department", rewrite(TARGETS, "评优项目", COUNT, "多1个", lambda text: str(int(text) + 1))),
    "said-plan": ("department", rewrite(THREE_PUBLIC_SAID, "三公经费", PLAN, "首位错", lambda text: "4" + text[1:])),
    "staff-total": ("unit", rewrite(ITEMS, "人员经费合计", OUTCOME, "少2万元", plus("-2.00"))),
    "table-left-out": ("unit", leave_out(FUND)),
    "three-public-outcome": ("department", rewrite(THREE_PUBLIC, "公务接待费", "决算数", "小数点错位", same("8.20"))),
}
"""Folder name to the filing that carries the error, and the act that plants it."""
