"""What a layout says that it prints of a form: halves, columns, rows and levels of rows."""

from __future__ import annotations

import pytest

from checker.forms.vocabulary import Form, Hierarchy, Lane, TableSpec
from tests.support.project import vocabulary

FORM = Form(
    "甲表",
    "万元",
    lanes=(
        Lane(("项目",), ("金额",), lane="左", rows=("一", "二", "总计")),
        Lane(("项目",), ("合计", "明细"), lane="右", classes=True, rows=("总计",)),
        Lane(("编码",), ("合计",), lane="下", hierarchy=Hierarchy.CODE, total="共计"),
    ),
)


@pytest.mark.parametrize(
    ("slots", "columns", "omitted"),
    [
        ({}, ("金额", "合计", "明细"), ()),
        ({"lacks": ("二", "明细")}, ("金额", "合计"), ("明细", "二")),
        ({"may_print": ("二", "明细")}, ("金额", "合计"), ("明细", "二")),
        ({"prints": ("金额", "合计", "总计")}, ("金额", "合计"), ("明细", "一", "二", "共计")),
        ({"prints": ("金额", "合计", "总计"), "lacks": ("合计",)}, ("金额",), ("合计", "明细", "一", "二", "共计")),
        ({"lanes": ("左",)}, ("金额",), ("合计", "明细", "共计", "类", "款", "项")),
        ({"lanes": ("右", "下")}, ("合计", "明细"), ("金额", "一", "二")),
        ({"lanes": ("左", "右")}, ("金额", "合计", "明细"), ("共计", "款", "项")),
        ({"lacks": ("款", "项")}, ("金额", "合计", "明细"), ("款", "项")),
    ],
)
def test_what_a_layout_says_it_prints(
    slots: dict[str, tuple[str, ...]], columns: tuple[str, ...], omitted: tuple[str, ...]
) -> None:
    spec = TableSpec("甲表", ("甲表",), **slots)  # type: ignore[arg-type]
    assert spec.columns_of(FORM) == columns
    assert spec.omits(FORM) == omitted


def test_an_outline_names_its_own_levels() -> None:
    form = vocabulary().forms["政府采购表"]
    assert form.levels == ("大类", "专项", "品目")
    assert form.fixed_rows == ("合计",)
