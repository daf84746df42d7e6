"""The errors planted in the city kind of budget."""

from typing import Final

from maker.city.prose import ACCOUNT
from maker.city.relations import CAPITAL, FISCAL_SHEET, GENERAL, INCOMES, ITEMS, OVERVIEW, PUBLIC, SPENDING, TOTAL
from maker.defects import Act, leave_out, plus_yuan, rewrite, same, swap
from maker.defects_said import more
from maker.grid import INCOME
from maker.prose import PURCHASES, THREE_PUBLIC
from maker.said import AMOUNT, CHANGE

_HOUSING: Final = "住房保障支出-住房改革支出-住房公积金"

DEFECTS: Final[dict[str, tuple[str, Act]]] = {
    "class-digit": ("department", rewrite(OVERVIEW, "住房保障支出", INCOME, "错一位数字", plus_yuan(-300_000))),
    "fiscal-income": ("unit", rewrite(FISCAL_SHEET, "收入总计", INCOME, "多印1万元", plus_yuan(10_000))),
    "item-transposed": ("department", rewrite(ITEMS, "差旅费", TOTAL, "两位数字颠倒", swap(4))),
    "other-income": ("department", rewrite(INCOMES, "2130306", "其他收入", "少印一位", same("63,920"))),
    "project-column": ("department", rewrite(SPENDING, "2130314", "项目支出", "多印5万元", plus_yuan(50_000))),
    "said-item": ("unit", rewrite(ACCOUNT, _HOUSING, AMOUNT, "多印1万元", more("1.00"))),
    "said-public-change": ("department", rewrite(THREE_PUBLIC, "公务用车购置及运行费", CHANGE, "首两位颠倒", swap(0))),
    "said-small-firms": ("department", rewrite(PURCHASES, "预留中小企业", AMOUNT, "多印400万元", more("400.00"))),
    "subtotal": ("unit", rewrite(GENERAL, "20805", TOTAL, "多印1万元", plus_yuan(10_000))),
    "table-left-out": ("department", leave_out(CAPITAL)),
    "three-public-total": ("department", rewrite(PUBLIC, TOTAL, TOTAL, "末两位颠倒", swap(3))),
    "vehicles-in-yuan": ("department", rewrite(PUBLIC, "公务用车购置费", TOTAL, "误用元为单位", same("179800"))),
}
"""Folder name to the filing that carries the error, and the act that plants it."""
