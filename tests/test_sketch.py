"""A sketch says what an accountant reads in it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from checker.model.figure import YUAN
from checker.model.table import Role, Table
from checker.trials.sketch import SketchError, read_sketch
from checker.trials.sketch_changes import changed, replaced, retitled, without
from tests.support.project import vocabulary


def one(text: str) -> Table:
    (table,) = read_sketch(text, vocabulary())
    return table


def parents(table: Table) -> dict[str, str]:
    return {row.key: table.rows[row.parent].key if row.parent >= 0 else "" for row in table.rows}


EXPENDITURE = """
支出总表（不含上年结转）  单位：元
               | 合计  | 基本支出 | 项目支出
合计           | 3,000 | 1,000    | 2,000
208 社会保障   | 3,000 | 1,000    | 2,000
20805 养老     | 3,000 | 0        |
2080501 离退休 | 3,000 | 约一千   |
"""


def test_codes_give_levels_and_parents() -> None:
    table = one(EXPENDITURE)
    assert [row.level for row in table.rows] == ["合计", "类", "款", "项"]
    assert parents(table) == {"合计": "", "208": "合计", "20805": "208", "2080501": "20805"}
    assert table.rows[3].name == "离退休"


def test_a_title_gives_unit_and_qualifiers() -> None:
    table = one(EXPENDITURE)
    assert (table.unit, table.qualifiers, table.number) == (YUAN, ("不含上年结转",), 3)


def test_a_number_a_zero_a_blank_and_a_text_are_four_things() -> None:
    table = one(EXPENDITURE)
    third, fourth = table.rows[2].cells, table.rows[3].cells
    assert third[0] is not None and third[0].figure is not None and third[0].figure.value == Decimal(3000)
    assert third[1] is not None and third[1].figure is not None and third[1].figure.minor == 0
    assert third[2] is not None and third[2].blank
    assert fourth[1] is not None and fourth[1].unreadable


def test_two_halves_share_one_table_and_keep_their_own_columns() -> None:
    table = one("收支总表\n | 金额\n上年结转 | 2.00\n | 合计 | 当年预算安排\n农林水支出 | 5.00 | 3.00")
    assert table.columns == ("金额", "合计", "当年预算安排")
    assert table.lacking == ("上年结转安排",)
    assert [cell is None for cell in table.rows[0].cells] == [False, True, True]
    assert [cell is None for cell in table.rows[1].cells] == [True, False, False]
    assert table.rows[1].code == "213"


def test_a_caption_below_another_is_its_part() -> None:
    table = one("财政拨款收支总表\n | 金额\n一、一般公共预算 | 1.00\n上年结转 | 2.00\n一、一般公共预算 | 2.00")
    assert [row.key for row in table.rows] == ["一般公共预算", "上年结转", "上年结转·一般公共预算"]


def test_indentation_gives_units_and_projects() -> None:
    table = one("项目支出表\n | 合计\n水利局 | 3.00\n  机关 | 3.00\n    修渠 | 1.00\n    修渠 | 2.00")
    assert parents(table) == {"合计": "", "机关": "合计", "机关/修渠": "机关", "机关/修渠#2": "机关"}


def test_indentation_gives_the_levels_of_an_outline() -> None:
    text = "政府采购表\n | 合计\n合计 | 3.00\n货物 | 3.00\n  修缮/维修费 | 3.00\n    水泵 | 1.00\n    水管 | 2.00"
    (table,) = read_sketch(text, vocabulary(), "jiangsu")
    assert [row.level for row in table.rows] == ["合计", "大类", "专项", "品目", "品目"]
    assert parents(table) == {
        "合计": "", "货物": "合计", "修缮·维修费": "货物", "水泵": "修缮·维修费", "水管": "修缮·维修费",
    }  # fmt: skip


def test_the_name_of_a_half_tells_halves_of_one_column_apart() -> None:
    text = "收支总表\n支出 | 合计\n农林水支出 | 5.00\n支出用途 | 合计\n基本支出 | 3.00"
    (table,) = read_sketch(text, vocabulary(), "jiangsu")
    assert [(row.key, row.level) for row in table.rows] == [("农林水支出", "类"), ("基本支出", "行")]


def test_economic_items_hang_under_their_class() -> None:
    table = one("一般公共预算基本支出表\n | 合计\n合计 | 1.00\n工资福利支出 | 1.00\n基本工资/工资奖金津补贴 | 1.00")
    assert parents(table) == {"合计": "", "工资福利支出": "合计", "基本工资/工资奖金津补贴": "工资福利支出"}
    assert [row.role for row in table.rows] == [Role.TOTAL, Role.SUBTOTAL, Role.DETAIL]


def test_a_note_makes_an_empty_table() -> None:
    table = one("三公经费表  本表无数据")
    assert table.nil and table.nil_note is not None


@pytest.mark.parametrize(
    "text",
    [
        "支出表\n | 合计",  # no such form
        "支出总表\n | 总额",  # no such column
        "支出总表\n | 合计\n合计 | 1.00 | 2.00",  # a figure too many
        "支出总表\n合计 | 1.00",  # a row before its columns
        "三公经费表\n | 合计\n住宿费 | 1.00",  # a row that the form does not have
        "三公经费表  本表没有",  # no such note
    ],
)
def test_a_sketch_that_no_table_can_say_is_refused(text: str) -> None:
    with pytest.raises(SketchError):
        read_sketch(text, vocabulary())


def test_a_change_must_change_something() -> None:
    table = one(EXPENDITURE)
    assert changed([table], {"支出总表[208, 合计]": "4,000"})[0].rows[1].cells[0].text == "4,000"  # type: ignore[union-attr]
    for address, text in (("支出总表[208, 合计]", "3,000"), ("支出总表[209, 合计]", "1"), ("收入总表[208, 合计]", "1")):
        with pytest.raises(SketchError):
            changed([table], {address: text})


def test_what_stood_under_a_row_left_out_hangs_under_its_parent() -> None:
    (table,) = without([one(EXPENDITURE)], ["支出总表[20805]"])
    assert parents(table) == {"合计": "", "208": "合计", "2080501": "208"}
    assert without([table], ["支出总表"]) == ()
    with pytest.raises(SketchError):
        without([table], ["收入总表"])


def test_a_table_is_replaced_and_retitled_by_its_form() -> None:
    table = one(EXPENDITURE)
    (other,) = replaced([table], [one("支出总表  本表无数据")])
    assert other.nil
    (renamed,) = retitled([table], ["支出总表"], vocabulary())
    assert renamed.qualifiers == ()
    with pytest.raises(SketchError):
        replaced([table], [one("收入总表")])
