"""The rows of target forms → indicators, however their cells are shifted, merged or split."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.auditing import Auditor
from checker.checks import indicators as check_indicators
from checker.indicators.lines import lines_of
from checker.model.audit import FilingAudit
from checker.model.document import GridRow
from checker.model.figure import YUAN
from checker.model.outcome import Verdict
from checker.model.place import LinePlace
from checker.model.table import Cell, Indicator, Table
from checker.recognition.indicators import NO_HEADER, read_indicators
from checker.trials.sketch import filing_of
from tests.support.project import rules, vocabulary

TWO_SIDES = "绩效指标|一级指标|二级指标|三级指标|指标值|二级指标|三级指标|指标值"
ONE_SIDE = "绩效指标|一级指标|二级指标|三级指标|指标值"


def rows(text: str) -> list[GridRow]:
    made = []
    for line, row in enumerate(text.splitlines(), 1):
        texts = tuple(cell.strip() for cell in row.split("|"))
        made.append(GridRow(texts, tuple(LinePlace(line, column) for column in range(1, len(texts) + 1))))
    return made


def read(header: str, *lines: str) -> list[tuple[str, ...]]:
    found, remarks = read_indicators(rows("\n".join([header, *lines])))
    assert remarks == []
    return [
        (one.side, one.first, one.second, one.name.text if one.name else "", one.value.text if one.value else "")
        for one in found
        if one.value is not None
    ]


def test_both_sides_of_a_row() -> None:
    assert read(TWO_SIDES, "|产出指标|数量指标|修渠长度|≥3公里|数量指标|修渠长|≥3公里") == [
        ("实施期", "产出", "数量", "修渠长度", "≥3公里"),
        ("年度", "产出", "数量", "修渠长", "≥3公里"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "满意度指标|服务对象满意度|村民满意度|≥90%|服务对象满意度指|村民满意度|≥90%|",  # a column to the left
        "|满意度指标||服务对象满意度指标|村民满意度|≥90%|服务对象满意度指标|村民满意度|≥90%",  # a column to the right
        "|满意度指标|村民满意度|≥90%|满意度指标|村民满意度|≥90%||",  # the first level on both sides, no second
        "|满意度指标|服务对象满意度|村民满意度|≥90%||村民满意度|≥90%",  # the annual label merged with the other
        "|满意度指标|服务对象满意度 <td colspan='2'></td>|村民满意度|≥90%||村民满意度|≥90%",  # markup left over
    ],
)
def test_shifted_and_merged_labels(line: str) -> None:
    assert read(TWO_SIDES, line) == [
        ("实施期", "满意度", "服务对象满意度", "村民满意度", "≥90%"),
        ("年度", "满意度", "服务对象满意度", "村民满意度", "≥90%"),
    ]


def test_levels_hold_for_the_rows_below() -> None:
    assert [
        one[2] for one in read(TWO_SIDES, "|产出指标|质量指标|甲项|100%|质量指标|甲项|100%", "|||乙项|100%||乙项|100%")
    ] == ["质量"] * 4


def test_the_first_level_is_that_of_the_second() -> None:
    lines = ("|产出指标|时效指标|甲项|按时|时效指标|甲项|按时", "|效益指标|成本指标|造价|≤5万元|成本指标|造价|≤5万元")
    assert [one[1:3] for one in read(TWO_SIDES, *lines)] == [("产出", "时效")] * 2 + [("产出", "成本")] * 2


def test_cost_may_be_a_first_level() -> None:
    assert read(ONE_SIDE, "|成本指标|经济成本指标|造价|≤5万元", "||社会成本指标|占用农时|≤2天") == [
        ("年度", "成本", "经济成本", "造价", "≤5万元"),
        ("年度", "成本", "社会成本", "占用农时", "≤2天"),
    ]


def test_levels_without_the_word_indicator() -> None:
    lines = ("|产出指标|数量|修渠长度|≥3公里", "||质量|合格率|100%", "|满意度指标|服务对象满意度|满意度|≥90%")
    assert [one[2:4] for one in read(ONE_SIDE, *lines)] == [
        ("数量", "修渠长度"),
        ("质量", "合格率"),
        ("服务对象满意度", "满意度"),
    ]


def test_a_value_in_columns_of_its_own() -> None:
    header = "一级指标|二级指标|三级指标|指标性质|指标值|度量单位"
    lines = (
        "产出指标|数量指标|修渠长度|≥|3|公里",
        "|质量指标|合格率|＝|100|%",
        "效益指标|社会效益指标|出行条件|定性|有效改善|",
    )
    assert [one[3:] for one in read(header, *lines)] == [
        ("修渠长度", "≥3公里"),
        ("合格率", "＝100%"),
        ("出行条件", "有效改善"),
    ]


def test_a_header_in_other_words() -> None:
    assert read("一级指标|二级指标|指标名称|年度指标值", "产出指标|数量指标|修渠长度|3公里")[0][3:] == (
        "修渠长度",
        "3公里",
    )


def test_a_name_and_its_value_in_one_cell() -> None:
    assert read(ONE_SIDE, "|效益指标|社会效益指标|村民出行条件有效改善|") == [
        ("年度", "效益", "社会效益", "村民出行条件", "有效改善")
    ]


def test_a_value_on_the_line_below_its_name() -> None:
    assert read(ONE_SIDE, "|满意度指标|服务对象满意度指标|村民满意度|", "|||≥90%|") == [
        ("年度", "满意度", "服务对象满意度", "村民满意度", "≥90%")
    ]


def test_a_level_left_blank_keeps_its_place() -> None:
    (blank,) = (one for one in read_indicators(rows(f"{ONE_SIDE}\n|产出指标|成本指标||"))[0])
    assert (blank.second, blank.value, blank.name and blank.name.place.line) == ("成本", None, 2)


def test_what_cannot_be_taken_apart_is_said() -> None:
    assert read_indicators(rows(f"{ONE_SIDE}\n|产出指标|数量指标|甲|乙|丙"))[1] == ["第2行的绩效指标无法拆分"]
    assert read_indicators(rows("项目名称|修渠"))[1] == [NO_HEADER]


def test_a_line_printed_too_often_was_not_read_right() -> None:
    lines = ["|产出指标|质量指标|合格率|100%"] * 3
    assert "重复印出" in read_indicators(rows("\n".join([ONE_SIDE, *lines])))[1][0]


def form(*indicators: Indicator, garbled: str = "") -> Table:
    return Table(
        "项目绩效目标表", "", YUAN, (), (), LinePlace(1), subject="修渠", indicators=indicators, garbled=garbled
    )


def one(side: str, name: str, value: str, line: int) -> Indicator:
    return Indicator(side, "产出", "数量", Cell(name, LinePlace(line, 1)), Cell(value, LinePlace(line, 2)))


def test_the_sides_are_paired_by_the_beginning_of_the_name() -> None:
    table = form(
        one("实施期", "新建机井数量", "3眼", 1), one("年度", "维修机井数", "9眼", 1),
        one("实施期", "维修机井数量", "9眼", 2), one("年度", "新建机井数", "3眼", 2),
    )  # fmt: skip
    assert [(line.key, [read.value.text for read in line.reads]) for line in lines_of(table)] == [
        ("数量·新建机井数量", ["3眼", "3眼"]),
        ("数量·维修机井数量", ["9眼", "9眼"]),
    ]


def test_a_beginning_that_fits_two_names_pairs_on_its_own_line_or_not_at_all() -> None:
    twins = (one("实施期", "维修机井数量甲", "9眼", 1), one("实施期", "维修机井数量乙", "8眼", 2))
    same = lines_of(form(*twins, one("年度", "维修机井", "8眼", 2)))
    assert [len(line.reads) for line in same] == [1, 2]
    apart = lines_of(form(*twins, one("年度", "维修机井", "7眼", 3)))
    assert [len(line.reads) for line in apart] == [1, 1, 1]


def test_a_garbled_form_is_not_judged() -> None:
    table = form(one("年度", "修渠长度", "≥", 1), garbled="绩效指标重复印出")
    for name in ("IND-5014", "TGT-5111", "IND-5020"):
        rule = rules()[name]
        (outcome,) = check_indicators.check(rule.info, rule.slots, filing_of([table], vocabulary()))
        assert outcome.verdict is Verdict.UNASSESSED
        assert "重复印出" in outcome.reason


ONE_SIDED_FORM = """\
项目支出绩效目标申报表||||
（2025年度）||||
项目名称|公园绿地养护|项目类别|经常性项目|
主管部门|某区绿化局|实施单位|某区绿化所|
项目资金（元）|项目资金总额：|300000|年度资金申请总额：|100000
|其中：财政资金|300000|其中：当年财政拨款|100000
|其他资金|0|其他资金|0
绩效指标|一级指标|二级指标|三级指标|年度指标值
|产出指标|数量|养护面积|=35000平方米
||质量|养护合格率|≥95%
|成本指标|经济成本指标|每平方米养护成本|≥3元/平方米
|满意度指标|服务对象满意度|居民满意度|≥85
"""


def test_a_one_sided_form_of_another_layout_is_read_and_judged(tmp_path: Path) -> None:
    file = tmp_path / "targets.txt"
    file.write_text(ONE_SIDED_FORM.replace("|", "\t"), encoding="utf-8")
    audit = Auditor.load((), "shanghai").audit_file(file)
    assert isinstance(audit, FilingAudit)
    (table,) = audit.filing.tables
    assert [[cell.text if cell else None for cell in row.cells[:1]] for row in table.rows] == [["300000"], ["100000"]]
    found = {(finding.rule.id, finding.at.line) for finding in audit.findings if finding.rule.id[:3] == "IND"}
    assert found == {("IND-5001", 11), ("IND-5018", 12)}
    (dear,) = (finding for finding in audit.findings if finding.rule.id == "TGT-5124")
    assert "计 105000 元，超过资金总额 100000 元" in dear.message
