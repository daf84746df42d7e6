"""What stands around the tables of a drawn filing: its layout, its filer, year and level, its passages."""

from __future__ import annotations

import pytest

from checker.model.filing import Level
from checker.recognition import recognise
from tests.support.drawing import document, read
from tests.support.project import vocabulary


@pytest.mark.parametrize(
    ("layout", "cover", "title", "level", "filer"),
    [
        (
            "shanghai",
            "柳溪区2026年区级部门预算\n预算主管部门：柳溪区水务管理局",
            "2026年部门{}",
            Level.DEPARTMENT,
            "柳溪区水务管理局",
        ),
        (
            "shanghai",
            "柳溪区2026年区级单位预算\n预算单位：柳溪区防汛信息中心",
            "2026年单位{}",
            Level.UNIT,
            "柳溪区防汛信息中心",
        ),
        ("jiangsu", "2026年度\n青洲省水利规划中心部门预算公开", "{}", Level.DEPARTMENT, "青洲省水利规划中心"),
    ],
)
def test_whose_budget_it_is_of_which_year(layout: str, cover: str, title: str, level: Level, filer: str) -> None:
    drawing = f"""
{cover}

{title.format("支出预算总表")}
部门：{filer} 单位：万元
合计 | 基本支出 | 项目支出
9.00 | 4.00 | 5.00
"""
    filing = read(drawing, layout, merged=True)
    assert (filing.filer, filing.year, filing.level) == (filer, 2026, level)


@pytest.mark.parametrize(
    ("layout", "titles"),
    [
        (
            "shanghai",
            ["2026年部门财务收支预算总表", "2026年部门“三公”经费和机关运行经费预算表", "2026年部门支出预算总表"],
        ),
        ("jiangsu", ["财政拨款支出预算表（功能科目）", "“三公”经费、会议费、培训费支出预算表", "政府采购预算表"]),
        ("shanxi", ["2026年预算收支总表", "2026年政府性基金预算收入表（不含上年结转）", "2026年部门预算支出总表"]),
    ],
)
def test_the_layout_is_known_by_its_titles(layout: str, titles: list[str]) -> None:
    drawing = "\n\n".join(f"{title}\n单位：万元\n项目 | 科目编码 | 合计\n甲 | 乙 | 1.00" for title in titles)
    assert recognise(document(drawing, merged=False), vocabulary()).layout.name == layout


def test_passages_under_headings_without_numbers() -> None:
    drawing = """
柳溪区2026年区级部门预算
预算主管部门：柳溪区水务管理局
目 录
一、部门主要职能 ………………
二、部门机构设置 ………………
三、名词解释 ………………
四、部门预算编制说明 ………………
五、部门预算表 ………………
1. 2026年部门支出预算总表 ………………
六、其他相关情况说明 ………………
柳溪区水务管理局主要职能
柳溪区水务管理局主管全区的河道、供水和排水。
主要职能包括：
一、编制水务规划。
二、管理河道和泵站。
柳溪区水务管理局机构设置
本部门设三个科室。
名词解释
（一）财政拨款收入：本级财政当年拨付的资金。
2026年部门预算编制说明
2026年预算支出9.00万元。
2026年部门支出预算总表
编制部门：柳溪区水务管理局 单位：万元
合计 | 基本支出 | 项目支出
9.00 | 4.00 | 5.00

其他相关情况说明
一、2026年“三公”经费预算情况说明
2026年没有“三公”经费。
二、机关运行经费预算
2026年机关运行经费4.00万元。
"""
    filing = read(drawing, "shanghai", merged=True)
    told = {passage.name: [paragraph.text for paragraph in passage.paragraphs] for passage in filing.passages}
    assert told == {
        "部门职责": [
            "柳溪区水务管理局主管全区的河道、供水和排水。",
            "主要职能包括：",
            "一、编制水务规划。",
            "二、管理河道和泵站。",
        ],
        "机构设置": ["本部门设三个科室。"],
        "名词解释": ["（一）财政拨款收入：本级财政当年拨付的资金。"],
        "编制说明": ["2026年预算支出9.00万元。"],
        "其他说明": [],
        "三公经费说明": ["2026年没有“三公”经费。"],
        "机关运行经费说明": ["2026年机关运行经费4.00万元。"],
    }
    assert [table.form for table in filing.tables] == ["支出总表"]
    assert len(filing.contents) == 7
    assert filing.skipped == ()


def test_a_form_that_the_contents_list_and_a_line_titles_is_not_missing() -> None:
    drawing = """
目录
一、收支预算总表
二、政府采购预算表
三、政府性基金支出预算表

收支预算总表
部门：某局 单位：万元

收入 | < | 支出 | < | < | <
项目名称 | 金额 | 功能分类 | < | 支出用途 | <
^ | ^ | 功能科目名称 | 金额 | 项目名称 | 金额
一、财政拨款 | 10.00 | 一、一般公共服务支出 | 10.00 | 一、基本支出 | 10.00
收入合计 | 10.00 | 支出合计 | < | < | 10.00

政府采购预算表
本单位今年不编列采购。
"""
    filing = read(drawing, "jiangsu", True)
    assert [table.form for table in filing.tables] == ["收支总表"]
    assert "政府性基金支出表" in filing.promised
    assert "政府采购表" not in filing.promised
