"""Every relation between the nine tables of final accounts in the domain notes, D01 to D18, is held by a rule."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from checker.model.filing import Stage
from checker.ruleset.names import tables_of
from tests.support.project import rules, vocabulary
from tests.test_relations import SPOKEN


class Relation(NamedTuple):
    """A relation of the domain notes: its number, the tables that it ties (1 to 9), and the rules that hold it."""

    number: str
    tables: tuple[int, ...]
    rules: tuple[str, ...]


# fmt: off
RELATIONS = (
    Relation("D01", (1,), ("BAL-2105",)),                          # 收入总计 = 支出总计
    Relation("D02", (1,), ("BAL-2101",)),                          # 本年收入合计 = 八项收入
    Relation("D03", (1,), ("BAL-2103",)),                          # 总计 = 本年收入 + 使用结余 + 年初
    Relation("D04", (1,), ("BAL-2104",)),                          # 总计 = 本年支出 + 结余分配 + 年末
    Relation("D05", (1,), ("BAL-2102",)),                          # 本年支出合计 = 各类
    Relation("D06", (1, 2), ("BAL-2203", "BAL-2204", "BAL-2205", "ACR-2201", "ROL-2202")),
    Relation("D07", (2, 4), ("BAL-2206",)),                        # 财政拨款收入 = 财政拨款本年收入
    Relation("D08", (1, 3), ("BAL-2303", "ACR-2301", "ROL-2302", "TIE-2304")),
    Relation("D09", (1, 4), ("BAL-2401", "BAL-2404", "BAL-2405", "BAL-2406", "BAL-2407", "BAL-2408", "BAL-2409")),
    Relation("D10", (4,), ("ACR-2402", "BAL-2403")),               # 各类 = 三项资金
    Relation("D11", (4, 5), ("BAL-2503", "TIE-2504", "ACR-2501", "ROL-2502")),
    Relation("D12", (5, 6), ("BAL-2602", "BAL-2603", "BAL-2604")),  # 人员、公用，合起来是基本支出
    Relation("D13", (6,), ("ROL-2601",)),                          # 类 = 各款
    Relation("D14", (7,), ("BAL-2701", "BAL-2702")),               # 合计 = 三项；公车 = 购置 + 运行
    Relation("D15", (6, 7), ("BAL-2703",)),                        # 基本支出中的三项不大于
    Relation("D16", (4, 8), ("ACR-2801", "ACR-2802", "ROL-2803", "BAL-2804")),
    Relation("D17", (4, 9), ("ACR-2901", "ACR-2902", "ROL-2903", "BAL-2904")),
    Relation("D18", (8, 9), ("PRE-2014", "PRE-2015")),             # 没有数据的表注明
)

BEYOND = {
    "PRE-2001": "报表齐全，是对文本的要求，不是表间关系",
    "PRE-2011": "D18 所说的空表，推及一般公共预算支出决算表",
    "PRE-2012": "D18 所说的空表，推及基本支出决算表",
    "PRE-2013": "D18 所说的空表，推及“三公”经费决算表",
    "TIE-2410": "财政拨款各类支出是全部支出的一部分",
    "BAL-2411": "财政拨款的支出、年初、年末是全部的一部分",
    "TIE-2505": "一般公共预算各科目支出是全部支出的一部分",
    "TIE-2506": "基本支出也是",
    "TIE-2507": "项目支出也是",
    "COD-5552": "一般公共预算支出决算表的科目，不是表间关系",
    "COD-5554": "列到项级，是对文本的要求，不是表间关系",
    "COD-5556": "列到款级，是对文本的要求，不是表间关系",
    "COD-5559": "政府性基金决算表的科目，不是表间关系",
    "TIE-2508": "全部是财政拨款时，各科目等于三项资金之和",
}
"""Rules that hold something else, and what."""
# fmt: on


def test_the_relations_are_counted_through() -> None:
    assert [relation.number for relation in RELATIONS] == [f"D{number:02}" for number in range(1, 19)]


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda relation: relation.number)
def test_its_rules_look_at_the_tables_that_it_ties(relation: Relation) -> None:
    form_of = {spec.number: spec.form for spec in vocabulary().layouts["final-accounts"].tables}
    looked_at = {form for name in relation.rules for form in tables_of(rules()[name])}
    assert {form_of[number] for number in relation.tables} <= looked_at


def test_every_rule_holds_a_relation_or_says_what_else() -> None:
    held = {name for relation in RELATIONS for name in relation.rules}
    assert held & set(BEYOND) == set()
    final = {name for name, rule in rules().items() if rule.stage is Stage.FINAL_ACCOUNTS}
    assert {name for name in final if not name.startswith(SPOKEN)} == held | set(BEYOND)
