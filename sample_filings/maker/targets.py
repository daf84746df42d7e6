"""Prints the performance tables: one for every project of the year, and the department's own.

Extracted tables of this kind are ragged. Three shapes are used in turn: the columns stand elsewhere, brackets and
colons are half or full width, and the names of indicators are cut off on the annual side.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from maker.books import BASIC, CURRENT, Books, natured, of_year, paid_by
from maker.classification import FISCAL, SOURCES
from maker.grid import HEAD, PROSE, ROW, TITLE, Cell, Line, Paper, label, wan
from maker.story import Project

LEVELS: Final = ("中央财政资金", "省级财政资金", "市县财政资金", "单位自筹", "其他资金")

SECOND_LEVELS: Final = {
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the extractor put the columns of one performance table (0-based), and its punctuation."""

    width: int
    value: int
    funds: tuple[int, int, int, int]
    indicators: tuple[int, int, int, int, int, int, int]
    half_width: bool
    county_level: str
    cut_names: int


SHAPES: Final = (
    Shape(10, 3, (1, 3, 4, 6), (1, 2, 3, 4, 6, 7, 8), False, "市县（区）财政资金", 8),
    Shape(8, 2, (1, 2, 3, 4), (1, 2, 3, 4, 5, 6, 7), True, "市县(区)财政资金", 7),
    Shape(9, 2, (2, 4, 5, 7), (1, 2, 3, 4, 5, 6, 7), False, "市县（区）财政资 金", 40),
)


def project_targets(paper: Paper, books: Books) -> None:
    """Print 项目支出绩效目标表 for every project of the year."""
    for index, project in enumerate(books.projects):
        _target(paper, books, project, index)
        paper.blank()


def overall_targets(paper: Paper, books: Books) -> None:
    """Print 部门（单位）整体支出绩效目标表; amounts in 万元, by source and by direction."""
    form, story = "整体绩效目标表", books.story
    now = (of_year(CURRENT),)
    whole, basic = books.total(*now), books.total(*now, natured(BASIC))
    fiscal = books.total(*now, paid_by(*FISCAL))
    paper.put([f"{story.county}县级预算部门（单位）整体支出绩效目标表", "", "", "", ""], TITLE, form)
    paper.put([f"（{story.year}年度）", "", "", "", ""], TITLE, form)
    paper.put(["部门（单位）名称", books.filer, "", "", ""], HEAD, form)
    amounts = [
        ("年度资金总额：", "资金总额", whole),
        ("按资金来源分：财政拨款", "财政拨款", fiscal),
        (SOURCES[3], SOURCES[3], books.total(*now, paid_by(SOURCES[3]))),
        (SOURCES[4], SOURCES[4], books.total(*now, paid_by(SOURCES[4]))),
        ("按支出方向分：基本支出", "基本支出", basic),
        ("项目支出", "项目支出", whole - basic),
    ]
    for index, (caption, column, amount) in enumerate(amounts):
        head = "部门预算资金（万元）" if index == 0 else ""
        cells = [label(head), label(caption), Cell(wan(amount), column=column), label(""), label("")]
        paper.row(form, "年度", cells)
    goals = "61处集中供水工程正常供水，144套预警广播正常运行，末级渠系配套8.42公里，淤地坝和水库安全度汛。"
    paper.put(["年度总体目标", goals, "", "", ""], HEAD, form)
    paper.put(["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"], HEAD, form)
    rows = [
        ("产出指标", "数量指标", "管护淤地坝座数", "127座"),
        ("", "质量指标", "末梢水水质抽检达标率", "≥92%"),
        ("", "时效指标", "汛前准备工作完成时间", "2026年5月底前"),
        ("", "成本指标", "部门预算执行控制", "不超预算"),
        ("效益指标", "社会效益指标", "受益农村供水人口", "≥4.3万人"),
        ("", "生态效益指标", "河道岸线面貌", "持续改善"),
        ("满意度指标", "服务对象满意度指标", "用水户满意度", "≥88%"),
    ]
    for row in rows:
        paper.put(["", *row], PROSE, form)
    paper.blank()


def _target(paper: Paper, books: Books, project: Project, index: int) -> None:
    form, shape, story = f"项目绩效目标表〈{project.name}〉", SHAPES[index % len(SHAPES)], books.story

    def put(kind: str, cells: Mapping[int, str]) -> None:
        texts = [cells.get(column, "") for column in range(shape.width)]
        if shape.half_width:
            texts = [text.replace("：", ":").replace("（", "(").replace("）", ")") for text in texts]
        paper.put(texts, kind, form)

    paper.put([f"{story.county}县级预算部门（单位）项目支出绩效目标表", *[""] * (shape.width - 1)], TITLE, form)
    put(TITLE, {0: f"（{story.year}年度）"})
    right = shape.funds[2]
    term = f"{project.years}年" if "长期" not in project.attribute else "99年"
    put(HEAD, {0: "项目名称", shape.value: project.name})
    put(HEAD, {0: "主管部门及代码", shape.value: story.code, right: "实施单位", right + 2: project.unit})
    put(HEAD, {0: "项目属性", shape.value: project.attribute, right: "项目期", right + 2: term})
    _funds(paper, form, project, shape)
    put(PROSE, {0: "项目概况", shape.value: project.overview})
    put(PROSE, {0: "立项依据", shape.value: project.basis})
    put(PROSE, {0: "项目设立必要性", shape.value: project.need})
    put(PROSE, {0: "保证项目实施的制度、措施", shape.value: project.measures})
    put(PROSE, {0: "项目实施计划", shape.value: project.plan})
    put(PROSE, {0: "实施期目标", right: "年度目标"})
    put(PROSE, {0: "总体目标", 1: project.goal, right: project.goal})
    columns = shape.indicators
    heads = ("一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值")
    put(HEAD, {0: "绩效指标", **dict(zip(columns, heads, strict=True))})
    for first, kinds in SECOND_LEVELS.items():
        shown = first
        for kind in kinds:
            name = kind
            found = [(text, value) for second, text, value in project.indicators if second == kind] or [("", "")]
            for text, value in found:
                annual = text[: shape.cut_names]
                put(PROSE, dict(zip(columns, (shown, name, text, value, name, annual, value), strict=True)))
                shown = name = ""
    minutes, seconds = divmod(index * 457, 60)
    stamp = f"{story.year}0116{9 + minutes // 60:02d}{minutes % 60:02d}{seconds:02d}"
    put(PROSE, {0: "负责人：", 2: "经办人：", 4: "联系电话：", 6: "填报日期：", shape.width - 1: stamp})


def _funds(paper: Paper, form: str, project: Project, shape: Shape) -> None:
    """Print the six funding lines in 元, the whole term on the left and the year on the right."""
    first, money_first, second, money_second = shape.funds
    captions = ["资金总额", *LEVELS]
    for index, column in enumerate(captions):
        year = project.amount if index == 0 else project.levels.get(column, 0)
        caption = shape.county_level if column == "市县财政资金" else column
        left, right = caption, caption
        if index == 0:
            left, right = "实施期资金总额：", "年度资金总额："
        elif index == 1:
            left = right = f"其中：{caption}"
        if shape.half_width:
            left, right = left.replace("：", ":"), right.replace("：", ":")
        nil = "" if column == "其他资金" else "0"
        cells = [Cell("") for _ in range(shape.width)]
        cells[0].text = ("项目资金 (元)" if shape.half_width else "项目资金（元）") if index == 0 else ""
        cells[first].text, cells[second].text = left, right
        cells[money_first] = Cell(f"{year * project.years:,}" if year else nil, "实施期", column)
        cells[money_second] = Cell(f"{year:,}" if year else nil, "年度", column)
        paper.lines.append(Line(cells, ROW, form, column))
