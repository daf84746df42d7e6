"""What real filings do to their tables, one at a time."""

import pytest
from msgspec.structs import replace

from checker.model.document import Skipped
from checker.model.place import LinePlace
from checker.model.table import Role
from checker.readers import Limits, Source
from checker.readers.text import read
from checker.recognition import NotRecognised, recognise

PAGE = """
某县某局
2026年度部门预算公开

{title}

部门名称：某县某局

{unit}

{rows}

{after}
"""
ROWS = """\
项目||2026年预算数||
科目编码|科目名称|合计|基本支出|项目支出
|合计|30.00|10.00|20.00
208|社会保障和就业支出|30.00|10.00|20.00
20805|行政事业单位养老支出|30.00|10.00|20.00
2080505|养老保险|30.00|10.00|20.00"""


def filing_of(auditor, rows=ROWS, title="2026年预算支出总表", unit="单位：万元", after=""):
    text = PAGE.format(title=title, unit=unit, rows=rows, after=after).replace("|", "\t")
    return recognise(read(text.encode(), Source("t.txt", "", 0), Limits()), auditor.vocabulary)


def values(table):
    return {
        row.key: tuple(str(cell.figure.value) if cell and cell.figure else None for cell in row.cells)
        for row in table.rows
    }


PLAIN = dict.fromkeys(("合计", "208", "20805", "2080505"), ("30.00", "10.00", "20.00"))


def test_a_plain_table(auditor):
    filing = filing_of(auditor)
    (table,) = filing.tables
    assert (table.form, table.unit.symbol, table.body) == ("支出总表", "万元", "某县某局")
    assert values(table) == PLAIN
    assert [(row.level, row.role, row.parent) for row in table.rows] == [
        ("合计", Role.TOTAL, -1),
        ("类", Role.SUBTOTAL, 0),
        ("款", Role.SUBTOTAL, 1),
        ("项", Role.DETAIL, 2),
    ]
    assert (filing.filer, filing.year, filing.level) == ("某县某局", 2026, "department")
    assert not filing.unread


@pytest.mark.parametrize(
    "title",
    [
        "预算支出总表",
        "2026年度预算支出总表",
        "某县某局2026年预算支出总表",
        "表三 2026年预算支出总表",
        "预算公开表3：2026年部门预算支出总表",
        "2026 年 预 算 支 出 总 表",
        "２０２６年预算支出总表",
        "2026年预算支出总表||||",
    ],
)
def test_titles_as_they_are_printed(auditor, title):
    assert values(filing_of(auditor, title=title).tables[0]) == PLAIN


@pytest.mark.parametrize(
    "change",
    [
        ("20805|", "\n20805|"),
        ("20805|", "\n科目编码|科目名称|合计|基本支出|项目支出\n20805|"),
        ("20805|", "\n- 3 -\n\n20805|"),
        ("20805|", "1|2|3|4|5\n20805|"),
        ("20805|行政", "---|---|---|---|---\n20805|行政"),
        ("|合计|30.00", "合计||30.00"),
        ("208|社会保障和就业支出|", "208 |社会保障和就业支出|"),
        ("2080505|养老保险|30.00|10.00|20.00", "2080505|养老|30.00|10.00|20.00\n|保险|||"),
        ("基本支出|项目支出", "基本 支出|项目 支出"),
        ("科目编码|科目名称|合计|基本支出|项目支出", "科目编码|科目名称|合计|基本支出|项目支出|"),
    ],
)
def test_hazards_that_change_nothing(auditor, change):
    filing = filing_of(auditor, rows=ROWS.replace(*change, 1))
    assert values(filing.tables[0]) == PLAIN
    assert not filing.unread


def test_a_row_that_lost_its_blank_code_is_put_right_by_its_sums(auditor):
    filing = filing_of(auditor, rows=ROWS.replace("|合计|30.00", "合计|30.00", 1))
    assert values(filing.tables[0]) == PLAIN


def test_a_row_that_could_stand_in_two_ways_is_not_guessed(auditor):
    rows = "科目编码|科目名称|合计|基本支出|项目支出\n|合计|30.00|10.00|20.00\n208|社会保障和就业支出|30.00|10.00\n"
    filing = filing_of(auditor, rows=rows)
    assert "208" not in filing.tables[0].by_key
    assert [lost.cell.text for lost in filing.unread] == ["30.00", "10.00"]


def test_a_header_beside_its_figures_gives_way_to_the_data(auditor):
    rows = ROWS.replace("合计|基本支出|项目支出", "基本支出|合计|项目支出", 1)
    filing = filing_of(auditor, rows=rows)
    table = filing.tables[0]
    assert {key: dict(zip(table.columns, row, strict=True)) for key, row in values(table).items()}["208"] == {
        "合计": "30.00",
        "基本支出": "10.00",
        "项目支出": "20.00",
    }
    assert table.doubts


def test_what_is_no_number_is_listed(auditor):
    filing = filing_of(auditor, rows=ROWS.replace("2080505|养老保险|30.00", "2080505|养老保险|3O.00"))
    assert [(lost.cell.text, lost.where) for lost in filing.unread] == [("3O.00", "支出总表[2080505, 合计]")]


def test_dropped_zeros_do_not_make_a_figure_coarser(auditor):
    rows = ROWS.replace("30.00", "30.51").replace("10.00", "10.3").replace("20.00", "20.21")
    table = filing_of(auditor, rows=rows).tables[0]
    assert {cell.figure.exponent for row in table.rows for cell in row.cells} == {2}


def test_a_coarse_figure_beside_printed_zeros_stays_coarse(auditor):
    table = filing_of(auditor, rows=ROWS.replace("2080505|养老保险|30.00", "2080505|养老保险|30")).tables[0]
    assert table.rows[3].cells[0].figure.exponent == 4


@pytest.mark.parametrize(("unit", "symbol"), [("单位:元", "元"), ("金额单位：千元", "千元"), ("", "万元")])
def test_the_printed_unit_wins(auditor, unit, symbol):
    assert filing_of(auditor, unit=unit).tables[0].unit.symbol == symbol


def test_what_the_reader_skipped_is_said_and_leaves_the_filing_incomplete(auditor):
    text = PAGE.format(title="2026年预算支出总表", unit="单位：万元", rows=ROWS, after="").replace("|", "\t")
    document = read(text.encode(), Source("t.txt", "", 0), Limits())
    assert recognise(document, auditor.vocabulary).legible
    page = Skipped(LinePlace(1), "图片，未核验")
    filing = recognise(replace(document, skipped=(page,)), auditor.vocabulary)
    assert page in filing.skipped
    assert not filing.legible


def test_a_note_of_no_data(auditor):
    empty = "科目编码|科目名称|合计|基本支出|项目支出\n|合计|||\n"
    table = filing_of(
        auditor, rows=empty, title="2026年政府性基金预算支出表（不含上年结转）", after="注：本表无数据"
    ).tables[0]
    assert table.nil
    assert table.nil_note is not None
    assert table.qualifiers == ("不含上年结转",)


@pytest.mark.parametrize("title", ["某局人员情况表", "各位领导：", "一、说明"])
def test_a_table_without_a_known_title_is_no_table(auditor, title):
    with pytest.raises(NotRecognised, match="没有可识别的标题"):
        filing_of(auditor, title=title)


PROJECTS = """\
项目名称|合计|2026年财政拨款|||财政专户管理资金|单位资金
||一般公共预算|政府性基金预算|国有资本经营预算||
1|2|3|4|5|6|7
{rows}"""


def project_keys(auditor, *rows):
    lines = "\n".join(f"{name}|{amount}|{amount}||||" for name, amount in rows)
    filing = filing_of(auditor, rows=PROJECTS.format(rows=lines), title="2026年项目支出预算表（本年预算）")
    return [row.key for row in filing.tables[0].rows]


def test_projects_below_units_below_the_department(auditor):
    keys = project_keys(
        auditor,
        ("某县某局", "9.00"),
        ("某县某局", "4.00"),
        ("甲", "1.00"),
        ("乙", "3.00"),
        ("某县丙站", "5.00"),
        ("甲", "5.00"),
    )
    assert keys == ["合计", "某县某局", "某县某局/甲", "某县某局/乙", "某县丙站", "某县丙站/甲"]


def test_one_wrong_digit_does_not_turn_the_levels_inside_out(auditor):
    for wrong in range(6):
        amounts = ["9.00", "4.00", "1.00", "3.00", "5.00", "5.00"]
        amounts[wrong] = "7.00"
        names = ["某县某局", "某县某局", "甲", "乙", "某县丙站", "甲"]
        keys = project_keys(auditor, *zip(names, amounts, strict=True))
        assert keys == ["合计", "某县某局", "某县某局/甲", "某县某局/乙", "某县丙站", "某县丙站/甲"], wrong


def test_a_unit_lists_its_projects_at_once(auditor):
    assert project_keys(auditor, ("某县某局", "4.00"), ("甲", "1.00"), ("服务中心", "3.00")) == [
        "合计",
        "某县某局/甲",
        "某县某局/服务中心",
    ]


def test_a_year_in_a_project_name_stays(auditor):
    keys = project_keys(auditor, ("某县某局", "4.00"), ("2025年修渠尾款", "1.00"), ("317001-乙", "3.00"))
    assert keys == ["合计", "某县某局/2025年修渠尾款", "某县某局/317001-乙"]


def test_two_projects_of_one_name_keep_apart(auditor):
    assert project_keys(auditor, ("某县某局", "4.00"), ("甲", "1.00"), ("甲", "3.00")) == [
        "合计",
        "某县某局/甲",
        "某县某局/甲#2",
    ]


CARD = """\
某县县级预算部门（单位）项目支出绩效目标表|||||
(2026年度)|||||
项目名称||修渠||||
主管部门及代码||081-某县某局||实施单位|某县丙站
项目属性||一次性项目（1年结束）||项目期|1年
项目资金（{unit}）|{total}|{one}|年度资金总额:|{one}|
|其中:中央财政资金|0|其中:中央财政资金|0|
|省级财政资金|30,000|省级财政资金|30,000|
|市县（区）财政资 金|20,000|市县(区)财政资金|20,000|
|单位自筹||单位自筹||
|其他资金||其他资金||
项目概况||某事||||
实施期目标|||年度目标||
总体目标|甲|||乙|
绩效指标|一级指标|二级指标|三级指标|指标值|二级指标|三级指标|指标值
|产出指标|数量指标|修渠长度|≥3公里|数量指标|修渠长|≥3公里
||成本指标|造价|≤5万元|成本指标|造价|≤5万元
满意度指标|服务对象满意度|群众满意度|≥90%|服务对象满意度指|群众满意度|≥90%|
"""


@pytest.mark.parametrize("total", ["实施期资金总额：", "实施财政资金总额", "实施 期 资金总额:"])
def test_a_target_form(auditor, total):
    text = CARD.format(unit="元", total=total, one="50,000").replace("|", "\t")
    (table,) = recognise(read(text.encode(), Source("t.txt", "", 0), Limits()), auditor.vocabulary).tables
    assert values(table) == dict.fromkeys(("实施期", "年度"), ("50000", "0", "30000", "20000", None, None))
    assert (table.subject, table.body, table.unit.symbol) == ("修渠", "某县丙站", "元")
    assert table.fields["项目期"].text == "1年"
    assert [(one.side, one.first, one.second, one.name.text, one.value.text) for one in table.indicators] == [
        ("实施期", "产出", "数量", "修渠长度", "≥3公里"),
        ("年度", "产出", "数量", "修渠长", "≥3公里"),
        ("实施期", "产出", "成本", "造价", "≤5万元"),
        ("年度", "产出", "成本", "造价", "≤5万元"),
        ("实施期", "满意度", "服务对象满意度", "群众满意度", "≥90%"),
        ("年度", "满意度", "服务对象满意度", "群众满意度", "≥90%"),
    ]


def test_the_frame_has_values_and_places_in_parallel(auditor):
    from decimal import Decimal

    frame, places = filing_of(auditor).tables[0].frame()
    assert frame.loc["208", "合计"] == Decimal("30.00")
    assert places.loc["208", "合计"].line == 14
    assert places.loc["208", "合计"].column == 3
    assert list(frame.columns) == list(places.columns)


def test_a_row_whose_name_begins_like_a_signature_is_a_row(auditor):
    rows = (
        ROWS.replace("养老保险", "审核评估").replace("2080505|", "|") + "\n制表人：张三|||审核：李四|\n审核人|张三|||"
    )
    table = filing_of(auditor, rows).table("支出总表")
    assert [row.name for row in table.rows][3:] == ["审核评估"]
    assert table.strange_rows == ("审核评估",)
