"""Tables in PDFs, as they are drawn by the programs that offices use: each hazard on a page of its own."""

from __future__ import annotations

import itertools

import pytest
from reportlab.lib.colors import black, white

from tests.support.paper import Paper, grids, machine_has_font, paragraphs, steps

needs_font = pytest.mark.skipif(not machine_has_font(), reason="no Chinese font on this machine")

XS = [60.0, 140.0, 300.0, 380.0, 460.0]
ROWS = [
    ["编码", "名称", "预算数", "决算数"],
    ["301", "工资福利", "1,200.50", "1,100.00"],
    ["302", "办公费", "88.00", ""],
    ["", "合计", "1,288.50", "1,100.00"],
]
YS = steps(100, 20, 4)


def table(paper, xs=XS, ys=YS, rows=ROWS):
    paper.table(xs, ys, rows)


def test_a_ruled_table_with_its_addresses():
    paper = Paper()
    paper.text(200, 60, "收支情况表", 16)
    paper.text(60, 90, "部门：某局")
    paper.text(400, 90, "单位：万元")
    table(paper)
    document = paper.read()
    assert document.format == "pdf"
    assert grids(document) == [ROWS]
    assert paragraphs(document) == ["收支情况表", "部门：某局 单位：万元"]
    row = document.blocks[2].rows[1]
    assert [(place.line, place.column, place.page) for place in row.places] == [
        (4, column, 1) for column in (1, 2, 3, 4)
    ]
    for place, left, right in zip(row.places, XS, XS[1:], strict=False):
        assert place.box == pytest.approx((left, 120, right, 140), abs=1.1)


def strokes(paper):
    paper.rules(XS, YS)


def thin_bars(paper):
    for y in YS:
        paper.bar(XS[0], y - 0.3, XS[-1], y + 0.3)
    for x in XS:
        paper.bar(x - 0.3, YS[0], x + 0.3, YS[-1])


def own_frames(paper):
    """Each cell draws its own frame, not quite where its neighbour does."""
    for top, bottom in itertools.pairwise(YS):
        for left, right in itertools.pairwise(XS):
            paper.canvas.rect(left + 0.4, paper.height - bottom + 0.4, right - left - 0.8, bottom - top - 0.8)


def pieces(paper):
    """Each line is drawn cell by cell, as spreadsheets do."""
    for y in YS:
        for left, right in itertools.pairwise(XS):
            paper.line(left, y, right - 0.5, y)
    for x in XS:
        for top, bottom in itertools.pairwise(YS):
            paper.line(x, top + 0.5, x, bottom)


def dashes(paper):
    paper.canvas.setDash(2, 2)
    paper.rules(XS, YS)


def drawn_dashes(paper):
    """Dashes that are lines of their own."""
    for y in YS:
        for x in range(int(XS[0]), int(XS[-1]), 4):
            paper.line(x, y, x + 2.5, y)
    for x in XS:
        for y in range(int(YS[0]), int(YS[-1]), 4):
            paper.line(x, y, x, y + 2.5)


def dots(paper):
    for y in YS:
        for x in range(int(XS[0]), int(XS[-1]) + 1, 2):
            paper.bar(x, y - 0.4, x + 0.8, y + 0.4)
    for x in XS:
        for y in range(int(YS[0]), int(YS[-1]) + 1, 2):
            paper.bar(x - 0.4, y, x + 0.4, y + 0.8)


def double_lines(paper):
    paper.rules([x - 0.75 for x in XS], [y - 0.75 for y in YS])
    paper.rules([x + 0.75 for x in XS], [y + 0.75 for y in YS])


def thick_frame(paper):
    paper.canvas.setLineWidth(2.5)
    paper.canvas.rect(XS[0], paper.height - YS[-1], XS[-1] - XS[0], YS[-1] - YS[0])
    paper.canvas.setLineWidth(0.2)
    paper.rules(XS, YS)


def coloured(paper):
    paper.canvas.setStrokeColorRGB(0.2, 0.4, 0.9)
    paper.rules(XS, YS)


def one_path(paper):
    """All lines are one path, as print drivers write them."""
    path = paper.canvas.beginPath()
    for y in YS:
        path.moveTo(XS[0], paper.height - y)
        path.lineTo(XS[-1], paper.height - y)
    for x in XS:
        path.moveTo(x, paper.height - YS[0])
        path.lineTo(x, paper.height - YS[-1])
    paper.canvas.drawPath(path, stroke=1, fill=0)


def one_filled_path(paper):
    path = paper.canvas.beginPath()
    for y in YS:
        path.rect(XS[0], paper.height - y - 0.25, XS[-1] - XS[0], 0.5)
    for x in XS:
        path.rect(x - 0.25, paper.height - YS[-1], 0.5, YS[-1] - YS[0])
    paper.canvas.drawPath(path, stroke=0, fill=1)


def in_a_form(paper):
    """The lines stand in a form of their own that is placed, moved, on the page."""
    paper.canvas.beginForm("rules", 0, 0, 700, 900)
    paper.canvas.translate(-30, -40)
    paper.rules(XS, YS)
    paper.canvas.endForm()
    paper.canvas.saveState()
    paper.canvas.translate(30, 40)
    paper.canvas.doForm("rules")
    paper.canvas.restoreState()


def scaled(paper):
    paper.canvas.saveState()
    paper.canvas.scale(0.1, 0.1)
    paper.canvas.setLineWidth(5)
    for y in YS:
        paper.canvas.line(XS[0] * 10, (paper.height - y) * 10, XS[-1] * 10, (paper.height - y) * 10)
    for x in XS:
        paper.canvas.line(x * 10, (paper.height - YS[0]) * 10, x * 10, (paper.height - YS[-1]) * 10)
    paper.canvas.restoreState()


def without_sides(paper):
    for y in YS:
        paper.line(XS[0], y, XS[-1], y)
    for x in XS[1:-1]:
        paper.line(x, YS[0], x, YS[-1])


def shaded_head(paper):
    paper.canvas.setFillColorRGB(0.8, 0.85, 0.9)
    paper.bar(XS[0], YS[0], XS[-1], YS[1])
    paper.canvas.setFillColor(black)
    paper.rules(XS, YS)


def with_white_lines(paper):
    """Lines that cannot be seen cut nothing."""
    paper.canvas.setStrokeColor(white)
    paper.rules([100.0, 200.0, 340.0], [110.0, 130.0])
    paper.canvas.setStrokeColor(black)
    paper.rules(XS, YS)


def on_clipped_ground(paper):
    """A print driver clips to the page and fills it with white before it draws."""
    path = paper.canvas.beginPath()
    path.rect(20, 20, 550, 800)
    paper.canvas.clipPath(path, stroke=0, fill=0)
    paper.canvas.setFillColor(white)
    paper.bar(0, 0, paper.width, paper.height)
    paper.canvas.setFillColor(black)
    paper.rules(XS, YS)


DRAWN = [
    strokes, thin_bars, own_frames, pieces, dashes, drawn_dashes, dots, double_lines, thick_frame, coloured, one_path,
    one_filled_path, in_a_form, scaled, without_sides, shaded_head, with_white_lines, on_clipped_ground,
]  # fmt: skip


@pytest.mark.parametrize("draw", DRAWN, ids=lambda draw: draw.__name__)
def test_however_lines_are_drawn(draw):
    paper = Paper()
    draw(paper)
    paper.rows(XS, YS, ROWS)
    assert grids(paper.read()) == [ROWS]


def test_merged_cells_and_a_header_three_deep():
    paper = Paper()
    xs, ys = steps(60, 80, 5), steps(100, 20, 4)
    for y in (ys[0], ys[3], ys[4]):
        paper.line(xs[0], y, xs[-1], y)
    paper.line(xs[1], ys[1], xs[5], ys[1])
    paper.line(xs[2], ys[2], xs[4], ys[2])
    for x, top in zip(xs, (ys[0], ys[0], ys[1], ys[2], ys[1], ys[0]), strict=True):
        paper.line(x, top, x, ys[-1])
    paper.text(80, 133, "项目")
    paper.text(280, 113, "三公经费")
    paper.text(160, 143, "合计")
    paper.text(270, 133, "公务用车")
    paper.text(240, 153, "购置")
    paper.text(320, 153, "运行")
    paper.text(400, 143, "接待")
    paper.rows(xs, ys[3:], [["某局", "6.00", "1.00", "2.00", "3.00"]])
    document = paper.read()
    assert grids(document) == [
        [
            ["项目", "三公经费", "", "", ""],
            ["", "合计", "公务用车", "", "接待"],
            ["", "", "购置", "运行", ""],
            ["某局", "6.00", "1.00", "2.00", "3.00"],
        ]
    ]
    head = document.blocks[0].rows
    assert head[0].spread == ("项目", "三公经费", "三公经费", "三公经费", "三公经费")
    assert head[2].spread == ("项目", "合计", "购置", "运行", "接待")
    assert head[2].places[0].box == pytest.approx((60, 100, 140, 160), abs=1.1)
    assert head[0].places[4].box == pytest.approx((140, 100, 460, 120), abs=1.1)


def test_lines_of_a_cell_are_joined_without_a_space_between_characters():
    paper = Paper()
    xs, ys = [60.0, 130.0, 240.0], [100.0, 130.0, 160.0]
    paper.rules(xs, ys)
    paper.text(62, 112, "机关事业单位")
    paper.text(62, 124, "养老保险")
    paper.right(238, 118, "88.00")
    paper.text(62, 142, "Public Service", font="Helvetica")
    paper.text(62, 154, "Fund", font="Helvetica")
    paper.right(238, 148, "9.00")
    assert grids(paper.read()) == [[["机关事业单位养老保险", "88.00"], ["Public Service Fund", "9.00"]]]


def turned(paper, quarter):
    """Draw upright on a page that is shown turned clockwise (whose size is then swapped in the file)."""
    wide, high = paper.width, paper.height
    moves = {90: (0, 1, -1, 0, high, 0), 180: (-1, 0, 0, -1, wide, high), 270: (0, -1, 1, 0, 0, wide)}
    paper.canvas.setPageRotation(quarter)
    paper.canvas.transform(*moves[quarter])


@needs_font
@pytest.mark.parametrize("quarter", [90, 180, 270])
def test_a_page_shown_turned_is_read_as_it_is_shown(quarter):
    paper = Paper((842, 595))
    turned(paper, quarter)
    table(paper)
    document = paper.read()
    assert grids(document) == [ROWS]
    assert document.blocks[0].rows[1].places[1].box == pytest.approx((140, 120, 300, 140), abs=1.1)


@needs_font
def test_a_table_printed_sideways_is_read_and_addressed_where_it_stands():
    paper = Paper((595, 842))
    paper.height = 595
    paper.canvas.transform(0, 1, -1, 0, 595, 0)
    table(paper)
    document = paper.read()
    assert grids(document) == [ROWS]
    # 140–300 across and 120–140 down, on a page turned a quarter against the clock
    assert document.blocks[0].rows[1].places[1].box == pytest.approx((120, 542, 140, 702), abs=1.1)


def test_two_tables_side_by_side():
    paper = Paper((842, 595))
    left, right = [40.0, 160.0, 240.0], [300.0, 420.0, 500.0]
    paper.table(left, YS, [["收入", "金额"], ["税收", "5.00"], ["非税", "1.00"], ["合计", "6.00"]])
    paper.table(right, YS[:4], [["支出", "金额"], ["教育", "6.00"], ["合计", "6.00"]])
    first, second = grids(paper.read())
    assert [row[0] for row in first] == ["收入", "税收", "非税", "合计"]
    assert [row[0] for row in second] == ["支出", "教育", "合计"]


def rows_of(first, count):
    return [[str(number), f"第{number}项支出", f"{number}.50"] for number in range(first, first + count)]


CODES = [60.0, 110.0, 300.0, 400.0]


def long_table(paper, pages, per_page, **drawn):
    """Draw a table over pages, a page number at the foot of each."""
    for page in range(pages):
        top = 100.0 if page == 0 else 60.0
        if page == 0:
            paper.text(200, 80, "支出明细表", 16)
        rows = rows_of(page * per_page + 1, per_page)
        drawn.get("draw", paper.table)(CODES, steps(top, 20, per_page), rows)
        paper.text(290, 810, f"- {page + 1} -")
        paper.turn_page()
    return rows_of(1, pages * per_page)


def test_a_table_over_six_pages_is_one_table():
    paper = Paper()
    expected = long_table(paper, 6, 30)
    document = paper.read()
    assert grids(document) == [expected]
    assert paragraphs(document) == ["支出明细表"]
    places = [row.places[0] for row in document.blocks[1].rows]
    assert [place.line for place in places] == list(range(2, 182))
    assert [place.page for place in places] == [page for page in range(1, 7) for _ in range(30)]


def test_a_continuation_that_lost_column_rules():
    paper = Paper()
    paper.table(CODES, steps(600, 20, 5), rows_of(1, 5))
    paper.turn_page()
    ys = steps(60, 20, 3)
    paper.rules([CODES[0], CODES[2], CODES[3]], ys)
    paper.rows(CODES, ys, rows_of(6, 3))
    assert grids(paper.read()) == [rows_of(1, 8)]


def test_a_total_alone_on_the_last_page_keeps_its_columns():
    paper = Paper()
    paper.table(CODES, steps(600, 20, 5), rows_of(1, 5))
    paper.turn_page()
    paper.rules([CODES[0], *CODES[2:]], [60, 80])
    paper.text(150, 74, "合计")
    paper.right(CODES[3] - 2, 74, "17.50")
    assert grids(paper.read()) == [[*rows_of(1, 5), ["合计", "", "17.50"]]]


def test_a_title_between_separates_tables():
    paper = Paper()
    paper.table(CODES, steps(600, 20, 5), rows_of(1, 5))
    paper.turn_page()
    paper.text(200, 80, "另一张表", 16)
    paper.table(CODES, steps(100, 20, 5), rows_of(1, 5))
    assert grids(paper.read()) == [rows_of(1, 5), rows_of(1, 5)]


def test_other_column_edges_separate_tables():
    paper = Paper()
    paper.table(CODES, steps(600, 20, 5), rows_of(1, 5))
    paper.turn_page()
    paper.table([60.0, 180.0, 260.0, 400.0], steps(60, 20, 5), rows_of(1, 5))
    assert grids(paper.read()) == [rows_of(1, 5), rows_of(1, 5)]


def test_a_title_inside_the_frame_separates_tables():
    paper = Paper()
    paper.table(CODES, steps(600, 20, 5), rows_of(1, 5))
    paper.turn_page()
    paper.rules([CODES[0], CODES[-1]], [60, 80])
    paper.text(180, 74, "另一张表")
    paper.table(CODES, steps(80, 20, 2), rows_of(1, 2))
    assert grids(paper.read()) == [rows_of(1, 5), [["另一张表", "", ""], *rows_of(1, 2)]]


def test_a_row_cut_by_the_page_break_is_joined():
    paper = Paper()
    xs = [60.0, 131.0, 220.0]
    paper.table(xs, [760, 780], [["城乡居民基本", "8.00"]])
    paper.line(xs[0], 740, xs[-1], 740)
    paper.rules(xs, [740, 760])
    paper.rows(xs, [740, 760], [["公务接待", "2.00"]])
    paper.turn_page()
    paper.table(xs, [60, 80, 100], [["养老保险", ""], ["合计", "10.00"]])
    document = paper.read()
    assert grids(document) == [[["公务接待", "2.00"], ["城乡居民基本养老保险", "8.00"], ["合计", "10.00"]]]


def test_a_row_of_its_own_below_the_page_break_stays_one():
    paper = Paper()
    xs = [60.0, 131.0, 220.0]
    paper.table(xs, [740, 760, 780], [["公务接待", "2.00"], ["会议费", "8.00"]])
    paper.turn_page()
    paper.table(xs, [60, 80, 100], [["项目支出", ""], ["维修费", "10.00"]])
    (rows,) = grids(paper.read())
    assert [row[0] for row in rows] == ["公务接待", "会议费", "项目支出", "维修费"]


def test_rows_without_rules_between_them():
    paper = Paper()
    xs = [60.0, 200.0, 300.0]
    paper.rules(xs, [100, 180])
    paper.rows(xs, steps(100, 20, 4), [["项目", "金额"], ["工资", "5.00"], ["会议", "1.25"], ["合计", "6.25"]])
    assert grids(paper.read()) == [[["项目", "金额"], ["工资", "5.00"], ["会议", "1.25"], ["合计", "6.25"]]]


def test_an_amount_broken_in_a_narrow_cell_is_one_amount():
    paper = Paper()
    xs = [60.0, 130.0, 154.0, 178.0]
    paper.rules(xs, [100, 145, 190])
    for top, name, left, right in (
        (100, "本年收入合计", ("203", "4.0", "0"), ("237", "5.2", "0")),
        (145, "总计", ("189,", "767"), ("12", ".50")),
    ):
        paper.text(62, top + 18, name)
        for column, pieces in ((152, left), (176, right)):
            for line, piece in enumerate(pieces):
                paper.right(column, top + 12 + 12 * line, piece)
    assert grids(paper.read()) == [[["本年收入合计", "2034.00", "2375.20"], ["总计", "189,767", "12.50"]]]


def test_a_name_on_two_lines_beside_one_figure_stays_one_row():
    paper = Paper()
    xs = [60.0, 130.0, 240.0, 300.0]
    paper.rules(xs, [100, 130, 160])
    for top, code, names, amount in (
        (100, "2080505", ("机关事业单位", "基本养老"), "1.25"),
        (130, "2080506", ("机关事业单位", "职业年金"), "2.50"),
    ):
        paper.text(62, top + 18, code)
        paper.text(132, top + 12, names[0])
        paper.text(132, top + 24, names[1])
        paper.right(298, top + 18, amount)
    assert grids(paper.read()) == [
        [["2080505", "机关事业单位基本养老", "1.25"], ["2080506", "机关事业单位职业年金", "2.50"]]
    ]


def test_closing_punctuation_that_hangs_over_stays_with_its_word():
    paper = Paper()
    xs, ys = [60.0, 112.0, 200.0], [100.0, 120.0, 140.0]
    paper.rules(xs, ys)
    paper.text(62, 113, "因公出国、")
    paper.right(198, 113, "40.00")
    paper.rows(xs, ys[1:], [["合计", "40.00"]])
    assert grids(paper.read()) == [[["因公出国、", "40.00"], ["合计", "40.00"]]]


def test_a_figure_that_reaches_over_its_cell_stays_whole():
    paper = Paper()
    xs, ys = [60.0, 120.0, 160.0, 220.0], [100.0, 120.0]
    paper.rules(xs, ys)
    paper.text(62, 113, "合计")
    paper.text(118, 113, "123,456.78")
    paper.right(218, 113, "9.00")
    assert grids(paper.read()) == [[["合计", "123,456.78", "9.00"]]]


def test_neighbours_that_nearly_touch_are_two():
    paper = Paper()
    xs, ys = [60.0, 120.0, 180.0], [100.0, 120.0, 140.0]
    paper.rules(xs, ys)
    paper.right(119, 113, "1,234.00")
    paper.text(121.5, 113, "5,678.00")
    paper.text(68, 133, "城乡社区支")
    paper.text(121.5, 133, "8.00")
    assert grids(paper.read()) == [[["1,234.00", "5,678.00"], ["城乡社区支", "8.00"]]]


def test_only_columns_are_ruled():
    paper = Paper()
    xs, ys = [60.0, 200.0, 300.0], steps(100, 20, 4)
    rows = [["项目", "金额"], ["工资", "5.00"], ["会议", "1.25"], ["合计", "6.25"]]
    for x in xs:
        paper.line(x, 100, x, 180)
    paper.rows(xs, ys, rows)
    assert grids(paper.read()) == [rows]


def test_only_a_frame_is_ruled():
    paper = Paper()
    xs, ys = [60.0, 200.0, 300.0], steps(100, 20, 4)
    rows = [["项目", "金额"], ["工资", "5.00"], ["会议", "1.25"], ["合计", "6.25"]]
    paper.rules([60, 300], [100, 180])
    paper.rows(xs, ys, rows)
    assert grids(paper.read()) == [rows]


@pytest.mark.parametrize("rule", [False, True], ids=["nothing ruled", "ruled across"])
def test_columns_that_are_only_aligned(rule):
    paper = Paper()
    xs, ys = [60.0, 200.0, 300.0, 420.0], steps(100, 20, 5)
    rows = [
        ["项目", "预算数", "决算数"],
        ["工资福利支出", "5.00", "4,120.00"],
        ["商品和服务", "1.25", ""],
        ["其中：办公费", "", "1.00"],
        ["合计", "6.25", "4,121.00"],
    ]
    paper.text(180, 60, "收支情况表", 16)
    paper.text(60, 90, "编制部门：某局")
    paper.text(360, 90, "单位：万元")
    paper.rows(xs, ys, rows)
    for y in ys if rule else []:
        paper.line(60, y, 420, y)
    paper.text(60, 230, "注：以上数据取自批复。")
    document = paper.read()
    assert grids(document) == [rows]
    assert paragraphs(document) == ["收支情况表", "编制部门：某局 单位：万元", "注：以上数据取自批复。"]


def test_contents_and_prose_are_no_tables():
    paper = Paper()
    paper.text(250, 60, "目 录", 16)
    for number, name in enumerate(["概况", "预算表", "情况说明", "名词解释"]):
        paper.text(80, 100 + 20 * number, f"第{number + 1}部分 {name}")
        paper.right(500, 100 + 20 * number, str(2 + 3 * number))
    for number, amount in enumerate(["1,200.00", "35.00", "400.00", "8.50"]):
        paper.text(80, 300 + 20 * number, f"第{number}项支出")
        paper.text(140, 300 + 20 * number, f"{amount}万元，比上年增加")
        paper.text(240, 300 + 20 * number, f"{number}.20万元。")
    assert grids(paper.read()) == []


def test_a_name_that_overflows_its_cell_stays_in_it():
    paper = Paper()
    xs, ys = [60.0, 110.0, 200.0], [100.0, 120.0, 140.0]
    paper.rules(xs, ys)
    paper.rows(xs, ys, [["机关事业单位基本养老保险缴费支出", "40.00"], ["合计", "40.00"]])
    assert grids(paper.read()) == [[["机关事业单位基本养老保险缴费支出", "40.00"], ["合计", "40.00"]]]


def test_a_table_inside_a_cell_is_a_table():
    paper = Paper()
    xs, ys = [60.0, 120.0, 400.0], [100.0, 120.0, 240.0]
    paper.table(xs, ys, [["项目", "明细"], ["", ""]])
    paper.text(62, 180, "工资")
    paper.table([140, 220, 300], [140, 160, 180], [["基本", "5.00"], ["津贴", "6.00"]])
    outer, inner = grids(paper.read())
    assert outer == [["项目", "明细"], ["工资", ""]]
    assert inner == [["基本", "5.00"], ["津贴", "6.00"]]


def test_prose_in_a_cell_cut_by_the_page_break_is_joined():
    paper = Paper()
    xs = [60.0, 131.0, 272.0]
    paper.table(xs, [760, 780], [["项目概况", "维修养护水源工程并优先安排"]])
    paper.turn_page()
    paper.table(xs, [60, 80, 100], [["", "缺水村组。"], ["资金来源", "县级财政"]])
    assert grids(paper.read()) == [[["项目概况", "维修养护水源工程并优先安排缺水村组。"], ["资金来源", "县级财政"]]]
