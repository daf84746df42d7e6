"""The errors planted in the province kind of budget."""

from typing import Final

from maker.defects import Act, leave_out, plus, rewrite, same, swap
from maker.defects_said import more
from maker.grid import INCOME
from maker.prose import SPENDING, THREE_PUBLIC
from maker.province.prose import FISCAL_SPENDING
from maker.province.relations import BOUGHT, FISCAL, FISCAL_SHEET, ITEMS, OVERVIEW, PUBLIC, RUNNING, SOURCES, TOTAL
from maker.said import AMOUNT, RATE, SHARE

_GUARD: Final = "农林水支出-水利-水土保持"

DEFECTS: Final[dict[str, tuple[str, Act]]] = {
    "class-amount": ("department", rewrite(OVERVIEW, "卫生健康支出", INCOME, "少10万元", plus("-10.00"))),
    "function-digit": ("department", rewrite(FISCAL, "2130311", TOTAL, "多20万元", plus("20.00"))),
    "item-digit": ("unit", rewrite(ITEMS, "取暖费", TOTAL, "多1万元", plus("1.00"))),
    "purchase-group": ("department", rewrite(BOUGHT, "三、服务C", TOTAL, "两位数字颠倒", swap(0))),
    "running-total": ("department", rewrite(RUNNING, "商品和服务支出", TOTAL, "首两位颠倒", swap(0))),
    "said-item-rate": ("department", rewrite(FISCAL_SPENDING, _GUARD, RATE, "小数点错位", same("97.50"))),
    "said-share": ("department", rewrite(SPENDING, "项目支出", SHARE, "多10个百分点", same("48.09"))),
    "said-training": ("unit", rewrite(THREE_PUBLIC, "培训费", AMOUNT, "多1万元", more("1.00"))),
    "source-part": ("department", rewrite(SOURCES, "其他资金·其他收入", "金额", "小数点错位", same("319.60"))),
    "table-left-out": ("unit", leave_out(RUNNING)),
    "training-missing": ("department", rewrite(PUBLIC, "培训费", TOTAL, "漏印", same(""))),
    "use-of-fiscal": ("department", rewrite(FISCAL_SHEET, "项目支出", INCOME, "多30万元", plus("30.00"))),
}
"""Folder name to the filing that carries the error, and the act that plants it."""
