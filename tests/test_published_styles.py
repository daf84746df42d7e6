"""Tables as other bodies print them: what was not read is unassessed, and never a zero or a wrong figure."""

from __future__ import annotations

import pytest

from checker import Auditor
from checker.engine import judge
from checker.model.audit import FilingAudit
from checker.model.conclusion import Conclusion
from checker.model.rule import Severity
from tests.support.drawing import read

both = pytest.mark.parametrize("merged", [True, False], ids=["merged", "plain"])

FOURTH = """
2026年部门财政拨款收支预算总表
编制部门：柳溪区水务管理局 {unit}
财政拨款收入 | < | 财政拨款支出 | < | < | < | <
项目 | {amount} | 项目 | {total} | 一般公共预算 | 政府性基金预算 | 国有资本经营预算
一、一般公共预算资金 | 500,000 | 一、农林水支出 | 500,000 | 500,000 | |
二、政府性基金 | | | | | |
三、国有资本经营预算 | | | | | |
{income} | 500,000 | {spending} | 500,000 | 500,000 | |
"""
PLAIN = {
    "unit": "单位：元",
    "amount": "预算数",
    "total": "合计",
    "income": "收入总计",
    "spending": "支出总计",
}


def audit_of(auditor: Auditor, drawing: str, merged: bool = False) -> FilingAudit:
    return judge(read(drawing, "shanghai", merged), auditor.ruleset)


def errors(audit: FilingAudit) -> list[str]:
    return [finding.message for finding in audit.findings if finding.severity is Severity.ERROR]


@both
def test_amounts_under_an_unknown_header_are_not_zero(auditor: Auditor, merged: bool) -> None:
    audit = audit_of(auditor, FOURTH.format(**PLAIN | {"amount": "某数"}), merged=merged)
    assert [lost.cell.text for lost in audit.filing.unread] == ["500,000", "500,000"]
    assert errors(audit) == []
    assert audit.conclusion is Conclusion.INCOMPLETE


@pytest.mark.parametrize(
    "words",
    [
        {"amount": "本年预算数"},
        {"amount": "本年预算"},
        {"amount": "金额（元）"},
        {"amount": "2026年预算"},
        {"income": "总计", "spending": "总计"},
        {"income": "收 入 合 计", "spending": "支 出 合 计"},
    ],
)
@both
def test_the_same_table_in_other_words(words: dict[str, str], merged: bool) -> None:
    filing = read(FOURTH.format(**PLAIN | words), "shanghai", merged)
    (table,) = filing.tables
    assert filing.unread == ()
    assert table.columns == ("金额", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算")
    (income,) = [row for row in table.rows if row.key == "收入总计"]
    (spending,) = [row for row in table.rows if row.key == "支出总计"]
    assert [cell.text for cell in (income.cells[0], spending.cells[1]) if cell] == ["500,000", "500,000"]


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("单位：元", "元"),
        ("单位：人民币元", "元"),
        ("（单位：人民币万元）", "万元"),
        ("金额单位：人民币万元", "万元"),
        ("货币单位：万元", "万元"),
        ("", "元"),
    ],
)
def test_the_unit_of_a_table(line: str, unit: str) -> None:
    (table,) = read(FOURTH.format(**PLAIN | {"unit": line}), "shanghai", False).tables
    assert table.unit.symbol == unit


def test_a_table_without_unit_has_that_of_most_others() -> None:
    drawing = """
2026年部门支出预算总表
编制部门：柳溪区水务管理局 单位：万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
213 | 农林水支出 | 50.00 | 20.00 | 30.00
合计 | | 50.00 | 20.00 | 30.00

2026年部门一般公共预算支出功能分类预算表
编制部门：柳溪区水务管理局 单位：万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
213 | 农林水支出 | 50.00 | 20.00 | 30.00
合计 | | 50.00 | 20.00 | 30.00

2026年部门政府性基金预算支出功能分类预算表
编制部门：柳溪区水务管理局
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
212 | 城乡社区支出 | 8.00 | 0.00 | 8.00
合计 | | 8.00 | 0.00 | 8.00
"""
    assert {table.unit.symbol for table in read(drawing, "shanghai", False).tables} == {"万元"}


@pytest.mark.parametrize("number", ["附表5", "表五", "附表五 ", "公开05表", "附表5-1"])
def test_a_table_number_right_before_the_first_words_of_a_title(number: str) -> None:
    drawing = f"""
{number}一般公共预算财政拨款支出决算表
单位：万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
213 | 农林水支出 | 50.00 | 20.00 | 30.00
合计 | | 50.00 | 20.00 | 30.00
"""
    (table,) = read(drawing, "final-accounts", False).tables
    assert table.form == "一般公共预算财政拨款支出决算表"


def test_codes_read_in_part_are_not_added_up(auditor: Auditor) -> None:
    """The third and fourth columns of a code stand apart from the first: its parts are lost, and said to be."""
    rows = """
项目 | < | < | < | < | 支出预算 | < | <
功能分类科目编码 | < | < | < | 功能分类科目名称 | 合计 | 基本支出 | 项目支出
类 | | 款 | 项 | ^ | ^ | ^ | ^
213 | | | | 农林水支出 | 500,000 | 200,000 | 300,000
213 | | 03 | | 水利 | 500,000 | 200,000 | 300,000
213 | | 03 | 14 | 防汛 | 500,000 | 200,000 | 300,000
合计 | | | | | 500,000 | 200,000 | 300,000
"""
    title = "2026年部门支出预算总表\n单位：元"
    overview = FOURTH.format(**PLAIN)
    general = "2026年部门一般公共预算支出功能分类预算表\n单位：元"
    audit = audit_of(auditor, f"{title}{rows}\n{overview}\n{general}{rows.replace('支出预算', '一般公共预算支出')}")
    assert errors(audit) == []
    assert audit.conclusion is Conclusion.INCOMPLETE


def test_figures_that_no_sum_proves_are_not_moved() -> None:
    drawing = """
2026年部门支出预算总表
单位：万元
某某 | 基本支出 | 项目支出 | 单位预留机动经费 | 结转下年资金
90.00 | 50.00 | 30.00 | 10.00 |
"""
    filing = read(drawing, "jiangsu", False)
    (table,) = filing.tables
    printed = {
        name: cell.text for row in table.rows for name, cell in zip(table.columns, row.cells, strict=True) if cell
    }
    assert printed.get("基本支出", "50.00") == "50.00"
    assert "90.00" not in printed.values()
    assert "90.00" in [lost.cell.text for lost in filing.unread]


def test_a_form_with_an_amount_is_no_mere_list(auditor: Auditor) -> None:
    drawing = (
        FOURTH.format(**PLAIN)
        + """
2026年部门项目绩效情况
项目名称 | 河道疏浚
预期 | 完成三处
所需 | 1,200,000
"""
    )
    audit = audit_of(auditor, drawing)
    assert [(part.foreign, part.lines) for part in audit.filing.skipped] == [(False, 3)]
    assert audit.conclusion is Conclusion.INCOMPLETE


@pytest.mark.parametrize(
    "title",
    [
        "2026年部门一般公共预算基本支出\n部门预算经济分类预算表",
        "2026年部门一般公共预算基本支出部门预算经济分类预算\n表",
        "柳溪区水务管理局2026年部门\n一般公共预算基本支出部门预算经济分类预算表",
    ],
)
def test_a_title_over_two_lines(title: str) -> None:
    drawing = f"""
{title}
单位：元
科目编码 | 经济分类科目名称 | 合计 | 人员经费 | 公用经费
301 | 工资福利支出 | 90,000 | 90,000 | 0
30101 | 基本工资 | 90,000 | 90,000 | 0
合计 | | 90,000 | 90,000 | 0
"""
    filing = read(drawing, "shanghai", False)
    assert [table.form for table in filing.tables] == ["一般公共预算基本支出表"]
    assert filing.skipped == ()


def test_the_second_line_of_a_title_alone_may_name_another_form() -> None:
    drawing = FOURTH.format(**PLAIN).replace("部门财政拨款收支", "部门财政拨款\n收支")
    assert [table.form for table in read(drawing, "shanghai", False).tables] == ["财政拨款收支总表"]


@both
def test_three_public_expenses_one_below_the_other(merged: bool) -> None:
    drawing = """
2026年部门“三公”经费和机关运行经费预算表
单位：万元
项目 | 预算数
“三公”经费合计 | 4.10
1. 因公出国 (境) 费 | 0.70
2. 公务接待费 | 0.40
3. 公务用车购置及运行费 | 3.00
其中：购置费 | 2.00
运行费 | 1.00
机关运行经费 | 5.50
"""
    filing = read(drawing, "shanghai", merged)
    assert filing.unread == ()
    assert {row.key: cell.text for row in filing.tables[0].rows if (cell := row.cells[0])} == {
        "合计": "4.10", "因公出国（境）费": "0.70", "公务接待费": "0.40", "公务用车购置及运行费": "3.00",
        "公务用车购置费": "2.00", "公务用车运行维护费": "1.00", "机关运行经费": "5.50",
    }  # fmt: skip


def test_figures_below_a_title_that_are_no_rows_are_no_missing_table(auditor: Auditor) -> None:
    drawing = f"""
目录
1. 2026年部门支出预算总表
2. 2026年部门财政拨款收支预算总表
预算编制说明
2026年部门支出预算总表
213 农林水支出 500,000 200,000 300,000
21303 水利 500,000 200,000 300,000
2130314 防汛 500,000 200,000 300,000
{FOURTH.format(**PLAIN)}
"""
    audit = audit_of(auditor, drawing)
    assert "支出总表" not in audit.filing.promised
    assert errors(audit) == []
    assert [part.lines for part in audit.filing.skipped] == [3]
    assert audit.conclusion is Conclusion.INCOMPLETE


def test_a_table_right_behind_the_contents_that_number_it() -> None:
    fourth = FOURTH.format(**PLAIN)
    drawing = f"目录\n1. 2026年部门财政拨款收支预算总表\n2. 2026年部门收入预算总表\n{fourth}"
    assert [table.form for table in read(drawing, "shanghai", False).tables] == ["财政拨款收支总表"]


def test_a_class_whose_caption_ran_into_its_neighbour_is_not_missing(auditor: Auditor) -> None:
    overview = """
2026年部门财务收支预算总表
单位：元
本年收入 | < | 本年支出 | <
项目 | 预算数 | 项目 | 预算数
一、财政拨款收入 | 500,000 | 5一、卫生健康支出 | 20,000
1. 一般公共预算资金 | 500,000 | 二、农林水支出 | 480,000
收入总计 | 500,000 | 支出总计 | 500,000

2026年部门支出预算总表
单位：元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
210 | 卫生健康支出 | 20,000 | 20,000 | 0
213 | 农林水支出 | 480,000 | 180,000 | 300,000
合计 | | 500,000 | 200,000 | 300,000
"""
    audit = audit_of(auditor, overview)
    assert any(table.strange_rows for table in audit.filing.tables)
    assert errors(audit) == []
    assert audit.conclusion is Conclusion.INCOMPLETE


def test_an_entry_of_the_contents_over_two_lines_does_not_end_them() -> None:
    drawing = f"""
目录
一、部门主要职能
二、柳溪区水务管理局部门预
算编制说明
三、名词解释
柳溪区水务管理局主要职能
管水。
名词解释
（一）基本支出：日常的支出。
{FOURTH.format(**PLAIN)}
"""
    filing = read(drawing, "shanghai", False)
    assert filing.skipped == ()
    assert [passage.name for passage in filing.passages] == ["部门职责", "名词解释"]
    assert len(filing.tables) == 1


@pytest.mark.parametrize("nothing", ["", "0", "00"])
def test_a_part_of_a_code_that_is_zero_is_no_part(nothing: str) -> None:
    drawing = f"""
2026年部门支出预算总表
单位：元
功能分类科目编码 | < | < | 功能分类科目名称 | 合计 | 基本支出 | 项目支出
类 | 款 | 项 | ^ | ^ | ^ | ^
213 | {nothing} | {nothing} | 农林水支出 | 500,000 | 200,000 | 300,000
213 | 03 | {nothing} | 水利 | 500,000 | 200,000 | 300,000
213 | 03 | 14 | 防汛 | 500,000 | 200,000 | 300,000
合计 | < | < | < | 500,000 | 200,000 | 300,000
"""
    (table,) = read(drawing, "shanghai", False).tables
    assert [row.code for row in table.rows] == ["213", "21303", "2130314", ""]
