"""The errors planted in the city kind of budget."""

from typing import Final

from maker.city.relations import CAPITAL, FISCAL_SHEET, GENERAL, INCOMES, ITEMS, OVERVIEW, PUBLIC, SPENDING, TOTAL
from maker.defects import Act, leave_out, plus_yuan, rewrite, same, swap
from maker.grid import INCOME

DEFECTS: Final[dict[str, tuple[str, Act]]] = {
    "class-digit": ("department", rewrite(OVERVIEW, "住房保障支出", INCOME, "错一位数字", plus_yuan(-300_000))),
    "fiscal-income": ("unit", rewrite(FISCAL_SHEET, "收入总计", INCOME, "多印1万元", plus_yuan(10_000))),
    "item-transposed": ("department", rewrite(ITEMS, "差旅费", TOTAL, "两位数字颠倒", swap(4))),
    "other-income": ("department", rewrite(INCOMES, "2130306", "其他收入", "少印一位", same("63,920"))),
    "project-column": ("department", rewrite(SPENDING, "2130314", "项目支出", "多印5万元", plus_yuan(50_000))),
    "subtotal": ("unit", rewrite(GENERAL, "20805", TOTAL, "多印1万元", plus_yuan(10_000))),
    "table-left-out": ("department", leave_out(CAPITAL)),
    "three-public-total": ("department", rewrite(PUBLIC, TOTAL, TOTAL, "末两位颠倒", swap(3))),
    "vehicles-in-yuan": ("department", rewrite(PUBLIC, "公务用车购置费", TOTAL, "误用元为单位", same("179800"))),
}
"""Folder name to the filing that carries the error, and the act that plants it."""
