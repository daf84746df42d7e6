"""How a filing is printed: where page breaks fall, which tables carry a number, where 单位：万元 stands.

Real filings differ in these things even inside one document. None of them changes what a table says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from maker.books import Books
from maker.grid import TITLE, Paper

TITLES: Final[dict[str, str]] = {
    "收支总表": "预算收支总表",
    "收入总表": "预算收入总表",
    "支出总表": "预算支出总表",
    "财政拨款收支总表": "财政拨款收支总表",
    "一般公共预算支出表": "一般公共预算支出预算表（不含上年结转）",
    "一般公共预算基本支出表": "一般公共预算安排基本支出分经济科目表（不含上年结转）",
    "政府性基金收入表": "政府性基金预算收入表（不含上年结转）",
    "政府性基金支出表": "政府性基金预算支出表（不含上年结转）",
    "国有资本经营收支表": "国有资本经营预算收支预算表（不含上年结转）",
    "三公经费表": "财政拨款安排“三公”经费支出预算表",
    "机关运行经费表": "财政拨款安排机关运行经费预算表",
    "项目支出表": "项目支出预算表（本年预算）",
    "结转项目支出表": "项目支出预算表（上年结转）",
}
"""The thirteen forms in table order, with the title that follows the year."""

FORMS: Final = tuple(TITLES)


@dataclass(frozen=True, slots=True)
class Style:
    """The typesetting of one filing."""

    body: str
    numbered: Mapping[str, str]
    unit_beside: frozenset[str]
    half_width_unit: frozenset[str]
    total_beside_codes: frozenset[str]
    breaks: Mapping[str, tuple[int, ...]]
    repeats_heads: frozenset[str]
    ruled_off: frozenset[str]
    broken_heads: tuple[str, str]
    dots: str

    def title(self, paper: Paper, books: Books, form: str) -> None:
        """Print what stands above a table: its number where it has one, its title, the filer and the unit of money."""
        if form in self.numbered:
            paper.put([self.numbered[form]], TITLE, form)
            paper.blank(form)
        paper.put([f"{books.story.year}年{TITLES[form]}"], TITLE, form)
        paper.blank(form)
        name = f"{self.body}名称：{books.filer}"
        money = "单位:万元" if form in self.half_width_unit else "单位：万元"
        if form in self.unit_beside:
            paper.put([f"{name} {money}"], TITLE, form)
        else:
            paper.put([name], TITLE, form)
            paper.blank(form)
            paper.put([money], TITLE, form)
        paper.blank(form)


DEPARTMENT: Final = Style(
    body="部门",
    numbered={
        "收支总表": "预算公开表1",
        "收入总表": "预算公开表2",
        "一般公共预算基本支出表": "预算公开表6",
        "国有资本经营收支表": "部门公开表9",
        "三公经费表": "预算公开表10",
    },
    unit_beside=frozenset({"国有资本经营收支表", "三公经费表"}),
    half_width_unit=frozenset({"机关运行经费表"}),
    total_beside_codes=frozenset({"收入总表", "支出总表"}),
    breaks={
        "收支总表": (27,),
        "收入总表": (21, 38),
        "支出总表": (24,),
        "财政拨款收支总表": (28,),
        "一般公共预算支出表": (19,),
        "一般公共预算基本支出表": (33,),
        "项目支出表": (14,),
        "结转项目支出表": (6,),
    },
    repeats_heads=frozenset({"支出总表"}),
    ruled_off=frozenset({"结转项目支出表"}),
    broken_heads=("国有资本经营 预算", "财政专户管理 资金"),
    dots=".....",
)

UNIT: Final = Style(
    body="单位",
    numbered={
        "收支总表": "预算公开表1",
        "财政拨款收支总表": "预算公开表4",
        "一般公共预算基本支出表": "预算公开表6",
        "国有资本经营收支表": "部门公开表9",
        "项目支出表": "预算公开表12",
    },
    unit_beside=frozenset({"收入总表"}),
    half_width_unit=frozenset({"政府性基金收入表", "政府性基金支出表", "机关运行经费表"}),
    total_beside_codes=frozenset({"一般公共预算支出表", "国有资本经营收支表"}),
    breaks={"收支总表": (28,), "财政拨款收支总表": (26,), "一般公共预算基本支出表": (17,)},
    repeats_heads=frozenset(),
    ruled_off=frozenset(),
    broken_heads=("国有资本经营预算", "财政专户管理资金"),
    dots="",
)
