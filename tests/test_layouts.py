"""Tables as Shanghai and Jiangsu print them, drawn small: with the merged cells that a format knows, and without."""

from __future__ import annotations

import pytest

from checker.model.table import Role, Table
from tests.support.drawing import read


def the_table(drawing: str, layout: str, merged: bool) -> Table:
    """Return the one table of a drawing, every number of which must have been read."""
    filing = read(drawing, layout, merged)
    assert [lost.reason for lost in filing.unread] == []
    assert filing.skipped == ()
    (table,) = filing.tables
    assert table.doubts == ()
    return table


def printed(table: Table) -> dict[str, tuple[str, ...]]:
    """Return the printed texts of each row, `-` for a blank and nothing where its half has no such column."""
    return {row.key: tuple(cell.text or "-" for cell in row.cells if cell is not None) for row in table.rows}


def parents(table: Table) -> dict[str, str]:
    return {row.key: table.rows[row.parent].key if row.parent >= 0 else "" for row in table.rows}


both = pytest.mark.parametrize("merged", [True, False], ids=["merged", "plain"])

CASCADE = """
2026年部门支出预算总表
编制部门：临溪县水利局 | < | < | < | < | 单位：元
项目 | < | < | < | 支出预算 | <
功能分类科目编码 | < | < | 功能分类科目名称 | 合计 | 基本支出
类 | 款 | 项 | ^ | ^ | ^
208 | | | 社会保障和就业支出 | 300 | 300
{first} | 05 | | 行政事业单位养老支出 | 300 | 300
{first} | {second} | 05 | 基本养老保险缴费支出 | 200 | 200
{first} | {second} | 06 | 职业年金缴费支出 | 100 | 100
213 | | | 农林水支出 | 50 | 50
合计 | < | < | < | 350 | 350
"""


@pytest.mark.parametrize(("first", "second"), [("", ""), ("^", "^"), ("208", ""), ("208", "05")])
@both
def test_the_upper_parts_of_a_code_may_be_printed_once(first: str, second: str, merged: bool) -> None:
    table = the_table(CASCADE.format(first=first, second=second), "shanghai", merged)
    assert [row.code for row in table.rows] == ["208", "20805", "2080505", "2080506", "213", ""]
    assert [table.rows[row.parent].key for row in table.rows[:-1]] == ["合计", "208", "20805", "20805", "合计"]


THREE_CODES = """
2026年部门支出预算总表
编制部门：柳溪区水务管理局 单位：元
项目 | < | < | < | 支出预算 | < | <
功能分类科目编码 | < | < | 功能分类科目名称 | 合计 | 基本支出 | 项目支出
类 | 款 | 项 | ^ | ^ | ^ | ^
208 | | | 社会保障和就业支出 | 220,000 | 220,000 | 0
208 | {k5} | | 行政事业单位养老支出 | 220,000 | 220,000 | 0
208 | {k5} | {x2} | 事业单位离退休 | 90,000 | 90,000 | 0
208 | {k5} | {x5} | 基本养老保险缴费 | 130,000 | 130,000 | 0
213 | | | 农林水支出 | 621,000 | 300,000 | 321,000
213 | {k3} | | 水利 | 621,000 | 300,000 | 321,000
213 | {k3} | 14 | 防汛 | 621,000 | 300,000 | 321,000
合计 | < | < | < | 841,000 | 520,000 | 321,000
"""


@both
@pytest.mark.parametrize("zeros", [True, False], ids=["zeros", "dropped"])
def test_a_code_printed_in_three_columns_is_one_code(zeros: bool, merged: bool) -> None:
    full = {"k5": "05", "x2": "02", "x5": "05", "k3": "03"}
    parts = full if zeros else {name: part.lstrip("0") for name, part in full.items()}
    table = the_table(THREE_CODES.format(**parts), "shanghai", merged)
    assert (table.form, table.unit.symbol, table.body) == ("支出总表", "元", "柳溪区水务管理局")
    assert table.columns == ("合计", "基本支出", "项目支出")
    assert table.lacking == ()
    assert printed(table) == {
        "208": ("220,000", "220,000", "0"),
        "20805": ("220,000", "220,000", "0"),
        "2080502": ("90,000", "90,000", "0"),
        "2080505": ("130,000", "130,000", "0"),
        "213": ("621,000", "300,000", "321,000"),
        "21303": ("621,000", "300,000", "321,000"),
        "2130314": ("621,000", "300,000", "321,000"),
        "合计": ("841,000", "520,000", "321,000"),
    }
    assert parents(table) == {
        "208": "合计", "20805": "208", "2080502": "20805", "2080505": "20805",
        "213": "合计", "21303": "213", "2130314": "21303", "合计": "",
    }  # fmt: skip
    assert [row.name for row in table.rows][:3] == ["社会保障和就业支出", "行政事业单位养老支出", "事业单位离退休"]


@both
@pytest.mark.parametrize("part", ["07", "7"])
def test_an_economic_code_printed_in_two_columns_is_one_code(part: str, merged: bool) -> None:
    drawing = f"""
2026年部门一般公共预算基本支出部门预算经济分类预算表
编制部门：柳溪区水务管理局 单位：元
项目 | < | < | 一般公共预算基本支出 | < | <
部门预算经济分类科目编码 | < | 经济分类科目名称 | 合计 | 人员经费 | 公用经费
类 | 款 | ^ | ^ | ^ | ^
301 | | 工资福利支出 | 90,000 | 90,000 | 0
301 | {part} | 绩效工资 | 90,000 | 90,000 | 0
302 | | 商品和服务支出 | 20,000 | 0 | 20,000
302 | 17 | 公务接待费 | 20,000 | 0 | 20,000
合计 | < | < | 110,000 | 90,000 | 20,000
"""
    table = the_table(drawing, "shanghai", merged)
    assert table.form == "一般公共预算基本支出表"
    assert [(row.key, row.code) for row in table.rows if row.code] == [
        ("工资福利支出", "301"), ("绩效工资", "30107"), ("商品和服务支出", "302"), ("公务接待费", "30217"),
    ]  # fmt: skip
    assert parents(table)["公务接待费"] == "商品和服务支出"
    assert printed(table)["合计"] == ("110,000", "90,000", "20,000")


@both
def test_a_total_without_carry_over_and_expenditure_in_three_kinds(merged: bool) -> None:
    drawing = """
2026年单位财务收支预算总表
编制单位：柳溪区防汛信息中心 单位：元
本年收入 | < | 本年支出 | < | < | < | <
项目 | 预算数 | 项目 | 预算数 | < | < | <
^ | ^ | ^ | 合计 | 基本支出 | < | 项目支出
^ | ^ | ^ | ^ | 人员经费 | 公用经费 | ^
一、财政拨款收入 | 500,000 | 一、社会保障和就业支出 | 60,000 | 60,000 | |
1. 一般公共预算资金 | 500,000 | 二、农林水支出 | 450,000 | 205,000 | 55,000 | 190,000
2. 政府性基金 | | | | | |
3. 国有资本经营预算 | | | | | |
二、事业收入 | 10,000 | | | | |
三、事业单位经营收入 | | | | | |
四、其他收入 | | | | | |
收入总计 | 510,000 | 支出总计 | 510,000 | 265,000 | 55,000 | 190,000
"""
    table = the_table(drawing, "shanghai", merged)
    assert table.form == "收支总表"
    assert table.columns == ("金额", "合计", "人员经费", "公用经费", "项目经费")
    assert printed(table) == {
        "财政拨款收入": ("500,000",),
        "一般公共预算": ("500,000",),
        "政府性基金预算": ("-",),
        "国有资本经营预算": ("-",),
        "事业收入": ("10,000",),
        "事业单位经营收入": ("-",),
        "其他收入": ("-",),
        "收入总计": ("510,000",),
        "社会保障和就业支出": ("60,000", "60,000", "-", "-"),
        "农林水支出": ("450,000", "205,000", "55,000", "190,000"),
        "支出总计": ("510,000", "265,000", "55,000", "190,000"),
    }
    assert [row.code for row in table.rows if row.level == "类"] == ["208", "213"]


NINTH = """
2026年部门“三公”经费和机关运行经费预算表
编制部门：柳溪区水务管理局 单位：万元
2026年“三公”经费预算数 | < | < | < | < | < | 机关运行经费预算数
合计 | 因公出国（境）费 | 公务接待费 | 公务用车购置及运行费 | < | < | ^
^ | ^ | ^ | 小计 | 购置费 | 运行费 | ^
{lines}
"""


@both
def test_a_transposed_table_with_nested_headers(merged: bool) -> None:
    table = the_table(NINTH.format(lines="4.10 | 0.70 | 0.40 | 3.00 | 2.00 | 1.00 | 5.50"), "shanghai", merged)
    assert (table.form, table.unit.symbol, table.columns) == ("三公经费表", "万元", ("合计",))
    assert printed(table) == {
        "合计": ("4.10",),
        "因公出国（境）费": ("0.70",),
        "公务接待费": ("0.40",),
        "公务用车购置及运行费": ("3.00",),
        "公务用车购置费": ("2.00",),
        "公务用车运行维护费": ("1.00",),
        "机关运行经费": ("5.50",),
    }
    assert [row.key for row in table.rows if row.role is Role.TOTAL] == ["合计"]


@both
def test_a_transposed_table_of_meetings_and_training_too(merged: bool) -> None:
    drawing = """
“三公”经费、会议费、培训费支出预算表
部门：青洲省水利规划中心 单位：万元
合计 | “三公”经费 | < | < | < | < | < | 会议费 | 培训费
^ | 小计 | 因公出国（境）费 | 公务用车购置及运行维护费 | < | < | 公务接待费 | ^ | ^
^ | ^ | ^ | 小计 | 公务用车购置费 | 公务用车运行维护费 | ^ | ^ | ^
6.30 | 4.60 | 0.90 | 3.10 | 2.00 | 1.10 | 0.60 | 1.00 | 0.70
"""
    table = the_table(drawing, "jiangsu", merged)
    assert printed(table) == {
        "总计": ("6.30",),
        "合计": ("4.60",),
        "因公出国（境）费": ("0.90",),
        "公务用车购置及运行费": ("3.10",),
        "公务用车购置费": ("2.00",),
        "公务用车运行维护费": ("1.10",),
        "公务接待费": ("0.60",),
        "会议费": ("1.00",),
        "培训费": ("0.70",),
    }


@both
def test_two_lines_of_figures_under_transposed_headers_are_not_guessed_at(merged: bool) -> None:
    lines = "4.10 | 0.70 | 0.40 | 3.00 | 2.00 | 1.00 | 5.50\n1.00 | 0.00 | 1.00 | 0.00 | 0.00 | 0.00 | 2.00"
    filing = read(NINTH.format(lines=lines), "shanghai", merged)
    assert filing.tables[0].rows == ()
    assert len(filing.unread) == 14


@both
def test_a_transposed_table_without_figures_is_nil(merged: bool) -> None:
    lines = " | | | | | |\n\n注：本部门2026年无此项预算，故本表为空表。"
    table = the_table(NINTH.format(lines=lines), "shanghai", merged)
    assert table.nil
    assert table.nil_note is not None


THREE_HALVES = """
收支预算总表
部门：青洲省水利规划中心 单位：万元
收入 | < | 支出 | < | < | <
项目名称 | 金额 | 功能分类 | < | 支出用途 | <
^ | ^ | 功能科目名称 | 金额 | 项目名称 | 金额
一、财政拨款 | 95.00 | 一、社会保障和就业支出 | 25.00 | 一、基本支出 | 50.00
1.一般公共预算 | 80.00 | 二、城乡社区支出 | 17.00 | 二、项目支出 | 66.00
2.政府性基金预算 | 15.00 | 三、农林水支出 | 78.00 | 三、单位预留机动经费 | 4.00
二、财政专户管理资金 | 12.00 | | | |
三、其他资金 | 8.00 | | | |
当年收入小计 | 115.00 | 当年支出小计 | < | < | 120.00
上年结转资金 | 10.00 | 结转下年资金 | < | < | 5.00
收入合计 | 125.00 | 支出合计 | < | < | 125.00
"""


@both
def test_three_halves_that_share_one_merged_subtotal(merged: bool) -> None:
    table = the_table(THREE_HALVES, "jiangsu", merged)
    assert (table.form, table.unit.symbol, table.columns) == ("收支总表", "万元", ("金额", "合计"))
    assert printed(table) == {
        "财政拨款收入": ("95.00",),
        "一般公共预算": ("80.00",),
        "政府性基金预算": ("15.00",),
        "财政专户管理资金": ("12.00",),
        "其他资金": ("8.00",),
        "本年收入合计": ("115.00",),
        "上年结转": ("10.00",),
        "收入总计": ("125.00",),
        "社会保障和就业支出": ("25.00",),
        "城乡社区支出": ("17.00",),
        "农林水支出": ("78.00",),
        "基本支出": ("50.00",),
        "项目支出": ("66.00",),
        "单位预留机动经费": ("4.00",),
        "本年支出合计": ("120.00",),
        "年终结转": ("5.00",),
        "支出总计": ("125.00",),
    }
    assert [row.code for row in table.rows if row.level == "类"] == ["208", "212", "213"]


@both
def test_an_empty_carry_over_is_a_blank_row_and_no_missing_one(merged: bool) -> None:
    drawing = THREE_HALVES.replace("结转下年资金 | < | < | 5.00", "结转下年资金 | < | < |").replace("125.00", "120.00")
    table = the_table(drawing, "jiangsu", merged)
    assert printed(table)["年终结转"] == ("-",)


@both
def test_a_list_of_sources_in_groups(merged: bool) -> None:
    drawing = """
收入预算总表
部门：青洲省水利规划中心 单位：万元
项目名称 | < | 金额
收入总计 | < | 125.00
一般公共预算资金 | 小计 | 80.00
^ | 公共财政拨款（补助）资金 | 73.00
^ | 专项收入 | 7.00
政府性基金 | 小计 | 15.00
财政专户管理资金 | 小计 | 12.00
^ | 专户管理教育收费 | 9.00
^ | 其他非税收入 | 3.00
其他资金 | 小计 | 8.00
^ | 事业收入 | 4.00
^ | 经营收入 | 2.50
^ | 其他收入 | 1.50
上年结转和结余资金 | 小计 | 10.00
^ | 其中：动用上年结转和结余资金 | 6.00
"""
    table = the_table(drawing, "jiangsu", merged)
    assert (table.form, table.columns) == ("收入来源表", ("金额",))
    assert printed(table) == {
        "收入总计": ("125.00",),
        "一般公共预算": ("80.00",),
        "一般公共预算·公共财政拨款资金": ("73.00",),
        "一般公共预算·专项收入": ("7.00",),
        "政府性基金预算": ("15.00",),
        "财政专户管理资金": ("12.00",),
        "财政专户管理资金·专户管理教育收费": ("9.00",),
        "财政专户管理资金·其他非税收入": ("3.00",),
        "其他资金": ("8.00",),
        "其他资金·事业收入": ("4.00",),
        "其他资金·经营收入": ("2.50",),
        "其他资金·其他收入": ("1.50",),
        "上年结转": ("10.00",),
        "上年结转·动用上年结转": ("6.00",),
    }


@both
def test_a_table_of_one_line_is_its_total(merged: bool) -> None:
    drawing = """
支出预算总表
部门：青洲省水利规划中心 单位：万元
合计 | 基本支出 | 项目支出 | 单位预留机动经费 | 结转下年资金
125.00 | 50.00 | 66.00 | 4.00 | 5.00
"""
    table = the_table(drawing, "jiangsu", merged)
    assert table.columns == ("合计", "基本支出", "项目支出", "单位预留机动经费", "结转下年")
    assert printed(table) == {"合计": ("125.00", "50.00", "66.00", "4.00", "5.00")}
    assert table.rows[0].role is Role.TOTAL


@both
def test_an_outline_of_procurement(merged: bool) -> None:
    drawing = """
2026年政府采购预算表
部门：青洲省水利规划中心 单位：万元
采购品目大类 | 专项名称 | 经济科目 | 采购物品名称 | 采购组织形式 | 总计
合计 | | | | | 20.00
一、货物A | | | | | 12.00
 | 信息化运行费 | 办公设备购置 | | | 7.00
 | | | 台式计算机 | 政府集中采购 | 4.00
 | | | 打印设备 | 分散采购 | 3.00
 | | 维修费 | | | 5.00
 | | | 打印设备 | 分散采购 | 5.00
三、服务C | | | | | 8.00
 | 物业管理费 | 物业管理费 | | | 8.00
"""
    table = the_table(drawing, "jiangsu", merged)
    assert table.form == "政府采购表"
    assert [(row.key, row.level, row.cells[0].text) for row in table.rows if row.cells[0]] == [
        ("合计", "合计", "20.00"),
        ("一、货物A", "大类", "12.00"),
        ("信息化运行费·办公设备购置", "专项", "7.00"),
        ("台式计算机", "品目", "4.00"),
        ("打印设备", "品目", "3.00"),
        ("维修费", "专项", "5.00"),
        ("打印设备#2", "品目", "5.00"),
        ("三、服务C", "大类", "8.00"),
        ("物业管理费·物业管理费", "专项", "8.00"),
    ]
    assert parents(table) == {
        "合计": "", "一、货物A": "合计", "信息化运行费·办公设备购置": "一、货物A",
        "台式计算机": "信息化运行费·办公设备购置", "打印设备": "信息化运行费·办公设备购置",
        "维修费": "一、货物A", "打印设备#2": "维修费", "三、服务C": "合计", "物业管理费·物业管理费": "三、服务C",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("layout", "title", "note"),
    [
        ("shanghai", "2026年部门政府性基金预算支出功能分类预算表", "注：本部门2026年无政府性基金预算，故本表为空表。"),
        ("shanghai", "2026年部门政府性基金预算支出功能分类预算表", "注：本单位没有此项支出，故本表无数据。"),
        ("jiangsu", "财政拨款政府性基金支出预算表（功能科目）", "注：本部门无相关收支项目"),
        ("jiangsu", "财政拨款政府性基金支出预算表", "本单位无此项预算"),
    ],
)
@both
def test_an_empty_table_that_says_so(layout: str, title: str, note: str, merged: bool) -> None:
    header = (
        "功能科目编码 | 功能科目名称 | 合计 | 基本支出 | 项目支出"
        if layout == "shanghai"
        else "功能科目编码 | 功能科目名称 | 金额"
    )
    blank = " | " * header.count("|")
    drawing = f"{title}\n部门：某局 单位：万元\n{header}\n合计{blank}\n{blank}\n\n{note}\n"
    table = the_table(drawing, layout, merged)
    assert table.form == "政府性基金支出表"
    assert table.nil
    assert table.nil_note is not None
