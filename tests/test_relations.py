"""Every relation between the tables of one filing that the domain notes list, B01 to B82, is held by a rule."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from checker.model.filing import Stage
from checker.ruleset.names import tables_of
from checker.trials.sketch import LAYOUT
from tests.support.project import rules, vocabulary


class Relation(NamedTuple):
    """A relation of the domain notes: its number, the tables of a layout that it ties, and the rules that hold it."""

    number: str
    tables: tuple[int, ...]
    rules: tuple[str, ...]
    layout: str = LAYOUT


# fmt: off
RELATIONS = (
    # 收支总表
    Relation("B01", (1,), ("BAL-101",)),               # 本年收入合计 = 五项收入
    Relation("B02", (1,), ("BAL-102",)),               # 本年支出合计 = 各类，合计栏
    Relation("B03", (1,), ("BAL-102",)),               # 同上，当年预算安排栏
    Relation("B04", (1,), ("BAL-102",)),               # 同上，上年结转安排栏
    Relation("B05", (1,), ("ACR-103",)),               # 各类：合计 = 当年 + 结转
    Relation("B06", (1,), ("ACR-103",)),               # 合计行：合计 = 当年 + 结转
    Relation("B07", (1,), ("BAL-104",)),               # 收入总计 = 本年收入 + 上年结转
    Relation("B08", (1,), ("BAL-105",)),               # 支出总计 = 本年支出 + 年终结转
    Relation("B09", (1,), ("BAL-106",)),               # 收入总计 = 支出总计
    Relation("B10", (1,), ("BAL-107",)),               # 本年收入 = 当年支出
    Relation("B11", (1,), ("BAL-108",)),               # 上年结转 = 结转支出
    # 收入总表
    Relation("B12", (2,), ("ACR-201",)),               # 每行 = 五项来源
    Relation("B13", (2,), ("ROL-202",)),               # 合计 = 各类
    Relation("B14", (2,), ("ROL-202",)),               # 类 = 各款
    Relation("B15", (2,), ("ROL-202",)),               # 款 = 各项
    Relation("B16", (2,), ("BAL-203",)),               # 合计 = 各项级科目
    Relation("B17", (1, 2), ("BAL-204",)),             # 五项收入 = 合计行各栏
    Relation("B18", (1, 2), ("BAL-205",)),             # 本年收入合计 = 合计
    Relation("B19", (1, 2), ("BAL-206",)),             # 上年结转 = 上年结转栏
    Relation("B20", (1, 2), ("TIE-207",)),             # 各类当年 = 各类合计
    Relation("B21", (1, 2), ("TIE-208",)),             # 各类结转 = 各类上年结转
    Relation("B22", (1, 2), ("BAL-209",)),             # 收入总计 = 合计 + 上年结转
    # 支出总表
    Relation("B23", (3,), ("ACR-301",)),               # 每行 = 基本 + 项目
    Relation("B24", (3,), ("ROL-302",)),               # 合计 = 各类
    Relation("B25", (3,), ("ROL-302",)),               # 类 = 各款
    Relation("B26", (3,), ("ROL-302",)),               # 款 = 各项
    Relation("B27", (1, 3), ("BAL-303",)),             # 合计 = 本年支出合计
    Relation("B28", (1, 3), ("TIE-304",)),             # 各类 = 各类
    Relation("B29", (2, 3), ("TIE-305",)),             # 各科目 = 收入 + 结转
    Relation("B30", (2, 3), ("TIE-306",)),             # 科目相同
    # 财政拨款收支总表
    Relation("B31", (4,), ("BAL-401",)),               # 本年收入合计 = 三项
    Relation("B32", (4,), ("ACR-402",)),               # 每行小计 = 三项资金
    Relation("B33", (4,), ("BAL-403",)),               # 本年支出合计 = 各类
    Relation("B34", (4,), ("BAL-404",)),               # 上年财政拨款结转 = 三项
    Relation("B35", (4,), ("BAL-405",)),               # 收入总计 = 本年收入 + 结转
    Relation("B36", (4,), ("BAL-406",)),               # 支出总计 = 本年支出 + 年终结转
    Relation("B37", (4,), ("BAL-407",)),               # 收入总计 = 支出总计
    Relation("B38", (4,), ("BAL-408",)),               # 各项资金收入 + 结转 = 支出总计
    Relation("B39", (1, 4), ("BAL-409",)),             # 三项收入两表相同
    Relation("B40", (1, 4), ("TIE-410", "TIE-411")),   # 各类相等；有别的资金时不大于
    Relation("B41", (1, 4), ("BAL-412",)),             # 收入总计减去非财政拨款
    Relation("B42", (1, 4), ("BAL-413", "BAL-414")),   # 结转相等；有别的资金时不大于
    Relation("B43", (2, 4, 5), ("TIE-415", "TIE-416")),  # 各类 = 当年支出 + 结转
    # 一般公共预算支出表
    Relation("B44", (5,), ("ACR-501",)),               # 每行 = 基本 + 项目
    Relation("B45", (5,), ("ROL-502",)),               # 合计 = 各类
    Relation("B46", (5,), ("ROL-502",)),               # 类 = 各款
    Relation("B47", (5,), ("ROL-502",)),               # 款 = 各项
    Relation("B48", (1, 2, 4, 5), ("BAL-503",)),       # 合计 = 一般公共预算本年收入
    Relation("B49", (2, 5), ("TIE-504",)),             # 各科目 = 收入总表一般公共预算栏
    Relation("B50", (3, 5), ("TIE-505",)),             # 科目都在支出总表内
    Relation("B51", (3, 5), ("TIE-506",)),             # 基本支出 = 支出总表基本支出
    Relation("B52", (2, 3, 5, 8), ("TIE-507",)),       # 项目支出 = 当年项目 + 结转
    # 一般公共预算基本支出表
    Relation("B53", (6,), ("ACR-601",)),               # 每行 = 人员 + 公用
    Relation("B54", (6,), ("ROL-602",)),               # 合计 = 各类
    Relation("B55", (6,), ("ROL-602",)),               # 类 = 各款
    Relation("B56", (6,), ("BAL-603",)),               # 人员、公用 = 其经济分类
    Relation("B57", (3, 5, 6), ("BAL-604", "BAL-605")),  # 合计 = 基本支出
    Relation("B58", (6,), ("ACR-606", "ACR-607")),     # 人员的类不列公用，公用的类不列人员
    Relation("B59", (6,), ("VAL-608",)),               # 部门、政府科目对应
    Relation("B60", (6,), ("VAL-609",)),               # 一对只列一次
    # 政府性基金、国有资本经营预算
    Relation("B61", (2, 7), ("BAL-701",)),             # 基金收入 = 收入总表基金栏
    Relation("B62", (2, 8), ("BAL-801", "ACR-802", "ROL-803")),  # 基金支出 = 收入，每行，逐级
    Relation("B63", (1, 9), ("BAL-901", "BAL-902")),   # 国资收入、支出 = 收支总表
    Relation("B64", (1, 2, 7, 8, 9), ("PRE-711", "PRE-811", "PRE-911")),  # 无数据与来源一致
    # “三公”经费、机关运行经费
    Relation("B65", (10,), ("ACR-1001",)),             # 每行 = 三项资金
    Relation("B66", (10,), ("BAL-1002",)),             # 合计 = 出国 + 接待 + 公车
    Relation("B67", (10,), ("BAL-1003",)),             # 公车 = 购置 + 运行
    Relation("B68", (6, 10), ("BAL-1004",)),           # 基本支出中的三项不大于
    Relation("B69", (10,), ("BAL-1005",)),             # 上级不小于下级
    Relation("B70", (11,), ("ACR-1101", "ROL-1102")),  # 合计 = 各单位；每行 = 三项资金
    Relation("B71", (6, 11), ("BAL-1103",)),           # 不大于公用经费
    # 项目支出
    Relation("B72", (12,), ("ACR-1201", "ROL-1202")),  # 部门 = 单位 = 项目；每行 = 各项资金
    Relation("B73", (3, 12, 13), ("BAL-1203",)),       # 本年项目 = 全部项目 - 结转项目
    Relation("B74", (5, 8, 12), ("BAL-1204",)),        # 一般公共预算、基金项目
    Relation("B75", (5, 8, 9, 12), ("BAL-1204",)),     # 各项资金栏
    Relation("B76", (13,), ("ROL-1302",)),             # 部门 = 单位 = 项目
    Relation("B77", (1, 13), ("BAL-1303", "BAL-1305")),  # 合计 = 上年结转
    Relation("B78", (4, 13), ("BAL-1304",)),           # 三项资金 = 财政拨款结转
    Relation("B79", (1, 13), ("PRE-1311",)),           # 无数据与上年结转一致
    # 上海的九张表，江苏的十二张表
    Relation(                                          # 两张总表的总计；支出总表 = 一般公共预算；四张支出表
        "B80", (1, 3, 4, 5, 6, 7, 8),
        ("BAL-106", "BAL-407", "BAL-1515", "BAL-1517", "TIE-1518", "BAL-1521"), "shanghai",
    ),
    Relation("B81", (1, 8), ("BAL-1503", "ACR-1504", "BAL-1522"), "shanghai"),  # 人员 + 公用 + 项目
    Relation("B82", (1, 3), ("BAL-102", "BAL-1602", "BAL-1603", "ACR-301"), "jiangsu"),  # 功能 = 用途
)

SPOKEN = ("STA-", "SHA-", "TXT-", "ARI-", "IND-", "TGT-")
"""What rules on prose and targets begin with: `test_prose_relations` counts those through."""

BEYOND = {
    "PRE-001": "报表齐全，是对文本的要求，不是表间关系",
    "PRE-611": "B64 所说的空表，推及基本支出表",
    "PRE-1011": "B64 所说的空表，推及“三公”经费表",
    "PRE-1111": "B64 所说的空表，推及机关运行经费表",
    "ROL-702": "政府性基金收入表的逐级汇总，B61 只说合计",
    "TIE-804": "政府性基金支出逐科目核对，B62 只说合计",
    "ACR-903": "国有资本经营支出的每行，B63 只说合计",
    "ROL-904": "国有资本经营收支的逐级汇总，B63 只说合计",
    "ACR-1301": "结转项目的每行，B76 只说上下级",
    "ACR-1401": "绩效目标表，P01",
    "VAL-001": "工作簿里合计数显示的与存储的，不是表间关系",
    "BAL-1501": "财政拨款收入的各项，如 B31，在收支总表",
    "BAL-1502": "不分本年与结转的收入总计，如 B01 与 B07",
    "ACR-1505": "不分资金性质的收入总表，如 B12",
    "BAL-1506": "不分资金性质的收入总表，如 B17",
    "BAL-1507": "不分本年与结转的收入总计，如 B18",
    "BAL-1508": "不分本年与结转的支出总计，如 B27",
    "TIE-1509": "收支各科目相等，如 B29，没有结转",
    "TIE-1511": "各类的项目支出，B28 只说合计",
    "BAL-1512": "不分本年与结转的财政拨款总计，如 B31",
    "BAL-1513": "不分本年与结转的财政拨款总计，如 B33",
    "BAL-1514": "不分本年与结转的财政拨款总计，如 B38",
    "TIE-1516": "各类一般公共预算支出，如 B43，没有结转",
    "TIE-1519": "B80 的支出总表与一般公共预算支出表，基本支出栏",
    "TIE-1520": "B80 的支出总表与一般公共预算支出表，项目支出栏",
    "BAL-1523": "不分资金性质的“三公”经费表，如 B68，加上会议费、培训费",
    "BAL-1524": "会议费、培训费与“三公”经费印在一张表里",
    "BAL-1525": "机关运行经费不大于公用经费，如 B71",
    "BAL-1526": "本年收入合计，如 B01，不分资金性质",
    "PRE-1531": "B64 所说的空表，财政拨款收支总表为据",
    "PRE-1532": "B64 所说的空表，财政拨款收支总表为据",
    "BAL-1601": "本年收入合计，如 B01，按支出用途的版式",
    "BAL-1604": "支出总表与收支总表的总计，如 B27，含结转下年",
    "BAL-1605": "收入来源表，B12 与 B13 的另一种印法",
    "BAL-1606": "收入来源表的小计，如 B14",
    "BAL-1607": "收入来源表与收支总表，如 B17",
    "BAL-1608": "动用上年结转，是上年结转的一部分",
    "BAL-1609": "财政拨款的支出用途，B82 只说收支总表",
    "BAL-1610": "财政拨款是全部支出的一部分，如 B40",
    "BAL-1611": "财政拨款支出表的合计，B48 的另一种印法",
    "ROL-1612": "财政拨款支出表的逐级汇总，如 B45",
    "TIE-1613": "财政拨款支出表 = 一般公共预算 + 基金，如 B80",
    "TIE-1614": "财政拨款支出表的各类，如 B40",
    "ROL-1615": "财政拨款基本支出表的逐级汇总，如 B54",
    "BAL-1616": "财政拨款基本支出表的合计，如 B57",
    "TIE-1617": "两张基本支出表，没有基金时相同",
    "BAL-1618": "一般公共预算支出 = 收入，如 B48，没有结转",
    "ROL-1619": "按经济分类列示的机关运行经费，如 B54",
    "ROL-1620": "政府采购表的逐级汇总",
    "TIE-5561": "一般公共预算是全部支出的一部分，如 B40，逐科目",
    "TIE-5562": "基本支出也是",
    "TIE-5563": "项目支出也是",
    "TIE-5564": "政府性基金也是",
    "BAL-5565": "公务用车购置，如 B68",
    "PRE-5571": "B64 所说的空表，推及一般公共预算支出表",
    "PRE-5572": "B64 所说的空表，推及项目支出表",
    "PRE-5573": "B64 所说的空表，推及政府采购表",
    "PRE-5574": "B64 所说的空表，推及按经济分类的机关运行经费",
    "PRE-5575": "B64 所说的空表，推及财政拨款基本支出表",
    "COD-5551": "一般公共预算支出表的科目，不是表间关系",
    "COD-5553": "列到项级，是对文本的要求，不是表间关系",
    "COD-5555": "列到款级，是对文本的要求，不是表间关系",
    "COD-5557": "列到项级，是对文本的要求，不是表间关系",
    "COD-5558": "政府性基金支出表的科目，不是表间关系",
}
"""Rules that hold something else, and what."""
# fmt: on


def test_the_relations_are_counted_through() -> None:
    assert [relation.number for relation in RELATIONS] == [f"B{number:02}" for number in range(1, 83)]


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda relation: relation.number)
def test_a_rule_holds_the_relation(relation: Relation) -> None:
    assert relation.rules
    assert set(relation.rules) <= set(rules())


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda relation: relation.number)
def test_its_rules_look_at_the_tables_that_it_ties(relation: Relation) -> None:
    form_of = {spec.number: spec.form for spec in vocabulary().layouts[relation.layout].tables if spec.number}
    looked_at = {form for name in relation.rules for form in tables_of(rules()[name])}
    assert {form_of[number] for number in relation.tables} <= looked_at


def test_every_rule_of_the_tables_holds_a_relation_or_says_what_else() -> None:
    held = {name for relation in RELATIONS for name in relation.rules}
    assert held & set(BEYOND) == set()
    of_tables = {name for name, rule in rules().items() if rule.stage is Stage.BUDGET and not name.startswith(SPOKEN)}
    assert of_tables == held | set(BEYOND)
