"""Headers over several lines: what stands over a column, and what it is called."""

from __future__ import annotations

import pytest

from checker.model.document import GridRow
from checker.model.place import LinePlace
from checker.recognition.headers import labels_over, names_over, path_over


def rows(text: str, spread: str = "") -> list[GridRow]:
    printed = [tuple(cell.strip() for cell in line.split("|")) for line in text.strip("\n").splitlines()]
    whole = [tuple(cell.strip() for cell in line.split("|")) for line in spread.strip("\n").splitlines()]
    return [
        GridRow(texts, (LinePlace(1),) * len(texts), whole[number] if whole else ())
        for number, texts in enumerate(printed)
    ]


def over(header: list[GridRow]) -> list[str]:
    width = max(len(row.texts) for row in header)
    return ["<".join(label.text for label in labels) for labels in labels_over(header, width)]


CARS = """
三公 |      |      |      |      |
合计 | 公车 |      |      |      | 接待
     | 小计 |      | 购置 |      |
预算 | 预算 | 决算 | 预算 | 决算 | 预算
"""


def test_a_group_reaches_to_the_next_header_of_its_line_or_of_one_above() -> None:
    assert over(rows(CARS)) == [
        "预算<合计<三公",
        "预算<小计<公车<三公",
        "决算<小计<公车<三公",
        "预算<购置<公车<三公",
        "决算<购置<公车<三公",
        "预算<接待<三公",
    ]


def test_where_the_format_knows_merged_cells_it_is_believed() -> None:
    printed = "甲 | | 乙\n丙 | 丁 |"
    spread = "甲 | 甲 | 乙\n丙 | 丁 | 乙"
    assert over(rows(printed, spread)) == ["丙<甲", "丁<甲", "乙"]
    assert over(rows("甲 | | 乙\n丙 | 丁 |", "甲 | | 乙\n丙 | 丁 |")) == ["丙<甲", "丁", "乙"]


def test_what_is_printed_over_a_column_is_told_from_what_spans_it() -> None:
    labels = labels_over(rows("甲 |\n丙 | 丁"), 2)
    assert [[(label.text, label.own) for label in column] for column in labels] == [
        [("丙", True), ("甲", True)],
        [("丁", True), ("甲", False)],
    ]


def same(text: str) -> list[str]:
    return [text]


def names_of(*known: str):
    return lambda text: [text] if text in known else []


@pytest.mark.parametrize(
    ("header", "column", "name"),
    [
        ("本年支出 | |\n合计 | 基本支出 | 项目支出", 0, "本年支出"),  # a mere 合计 names its group
        ("本年支出 | |\n小计 | 基本支出 | 项目支出", 1, "基本支出"),
        ("合计 | 基本支出 | 项目支出", 0, "合计"),  # no group: its own name
        ("功能分类科目编码 | 本年支出\n合计 | 合计", 0, "功能分类科目编码"),  # the total row's label among the headers
        ("本年支出 | |\n合计 | 其他 | 项目支出", 1, ""),  # an unknown column is not its group
    ],
)
def test_the_name_of_a_column(header: str, column: int, name: str) -> None:
    known = names_of("本年支出", "基本支出", "项目支出", "合计", "功能分类科目编码")
    found = names_over(labels_over(rows(header), 3)[column], known)
    assert next(iter(found), "") == name


PATHS = ["公车·预算", "公车·决算", "购置·预算", "购置·决算", "合计·预算"]


@pytest.mark.parametrize("column", range(6))
def test_a_path_is_the_one_with_the_nearest_parts(column: int) -> None:
    labels = labels_over(rows(CARS), 6)[column]
    expected = ["合计·预算", "公车·预算", "公车·决算", "购置·预算", "购置·决算", ""]
    assert path_over(labels, same, PATHS) == expected[column]
    assert (names_over(labels, same, PATHS)[0] == expected[column]) is bool(expected[column])


def test_either_part_of_a_path_may_be_the_group() -> None:
    turned = labels_over(rows("预算 | | 决算 |\n公车 | 购置 | 公车 | 购置"), 4)
    assert [path_over(labels, same, PATHS) for labels in turned] == ["公车·预算", "购置·预算", "公车·决算", "购置·决算"]
