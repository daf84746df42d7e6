"""Web pages: what a browser shows, where it stands, and every way of refusing."""

from __future__ import annotations

import time

import pytest
from lxml import html as lxml_html
from selectolax.lexbor import LexborHTMLParser

from checker.model.document import Paragraph
from checker.model.place import MarkupPlace
from checker.readers import Limits, Source, Unreadable
from checker.readers.html import read as read_page
from tests.support.word import only_grid, texts


def read(page: str | bytes, limits: Limits | None = None):
    content = page.encode() if isinstance(page, str) else page
    return read_page(content, Source("a", "", len(content)), limits or Limits())


def rows_of(page: str) -> list[list[str]]:
    return [list(row.texts) for row in only_grid(read(page)).rows]


# --- order and addresses


def test_headings_paragraphs_lists_and_tables_in_reading_order():
    page = (
        "<h1>标题</h1>散文<p>一<b>二</b>三</p><ul><li>甲<li>乙</ul><div>外<p>内</p>尾</div>"
        "<table><tr><td>科目<td>合计<tr><td>208<td>1.00</table>末"
    )
    document = read(page)
    assert document.format == "html"
    assert texts(document) == [
        "标题", "散文", "一二三", "甲", "乙", "外", "内", "尾", [["科目", "合计"], ["208", "1.00"]], "末",
    ]  # fmt: skip
    assert [block.place.line for block in document.blocks] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 11]


def test_an_address_is_the_xpath_in_the_tree_that_a_browser_builds():
    document = read("<p>前<table><tr><td>科目<td>合计<tr><td>208<td>1.00</table><div><p>甲<p>乙</div>")
    assert document.blocks[0].place == MarkupPlace(1, 0, xpath="/html/body/p[1]")
    assert document.blocks[1].rows[1].places[1] == MarkupPlace(
        3, 2, xpath="/html/body/p[1]/table[1]/tbody[1]/tr[2]/td[2]"
    )
    assert document.blocks[3].place.xpath == "/html/body/div[1]/p[2]"


MESSY = """<!doctype html><title>题</title><body><div><span>一</span><p>二<p>三<font>四</font></div>
<table><caption>表题</caption><thead><tr><th>科目<th colspan=2>金额</thead><tr><td rowspan=2>甲<td>1<td>2
<tr><td>3<td>4<tr style="display:none"><td>x<td>y<td>z<tr><td>乙<td>5<td>6</table>
<section><center>五<br>六</center></section><ol><li>七</ol>"""


def test_every_address_leads_another_parser_to_the_same_words():
    tree = lxml_html.fromstring(LexborHTMLParser(MESSY).html)
    document = read(MESSY)
    found = 0
    for block in document.blocks:
        fields = [(block.text, block.place)] if isinstance(block, Paragraph) else [
            (text, place) for row in block.rows for text, place in zip(row.texts, row.places, strict=True)
        ]  # fmt: skip
        for text, place in fields:
            (element,) = tree.xpath(place.xpath)
            assert text in "".join(element.itertext())
            found += bool(text)
    assert found == len(["一", "二", "三四", "表题", "五", "六", "七"]) + (2 + 3 + 2 + 3)


# --- tables


def test_cells_merged_over_columns_and_rows():
    page = (
        "<table><tr><td rowspan=2>项目<td colspan=2>本年<td>上年<tr><td>基本<td>项目支出<td>合计"
        "<tr><td>208<td>1<td>2<td>3</table>"
    )
    grid = only_grid(read(page))
    assert [row.texts for row in grid.rows] == [
        ("项目", "本年", "", "上年"), ("", "基本", "项目支出", "合计"), ("208", "1", "2", "3"),
    ]  # fmt: skip
    assert [row.spread for row in grid.rows] == [
        ("项目", "本年", "本年", "上年"), ("项目", "基本", "项目支出", "合计"), (),
    ]  # fmt: skip
    assert grid.rows[1].places[0].xpath.endswith("/tr[1]/td[1]")


def test_head_body_and_foot_come_in_the_order_that_is_shown():
    page = (
        "<table><tfoot><tr><td>合计<td>3</tfoot><tbody><tr><td>甲<td>1</tbody>"
        "<thead><tr><td>科目<td>金额</thead><tbody><tr><td>乙<td>2</table>"
    )
    assert rows_of(page) == [["科目", "金额"], ["甲", "1"], ["乙", "2"], ["合计", "3"]]


def test_a_span_ends_with_its_part_of_the_table():
    page = "<table><thead><tr><td rowspan=9>甲<td>乙</thead><tbody><tr><td>1<td>2</table>"
    assert rows_of(page) == [["甲", "乙"], ["1", "2"]]
    assert rows_of("<table><tr><td rowspan=0>甲<td>1<tr><td>2<tr><td>3</table>") == [["甲", "1"], ["", "2"], ["", "3"]]


@pytest.mark.parametrize("absurd", ["999999999", "500", "2", "-1", "0", "x", "", " 2 ", "2.5", "99999999999999999999"])
def test_absurd_spans_leave_no_trace(absurd):
    page = f"<table><tr><td colspan='{absurd}' rowspan='1'>表题<tr><td>甲<td>1<tr><td>乙<td>2</table>"
    assert rows_of(page) == [["表题", ""], ["甲", "1"], ["乙", "2"]]
    reaching = f"<table><tr><td rowspan='99999999999'>甲<td>1<td rowspan='{absurd}'>丙</table>"
    assert rows_of(reaching) == [["甲", "1", "丙"]]


def test_many_absurd_spans_end_in_reasonable_time():
    started = time.process_time()
    page = "<table>" + ("<tr>" + "<td colspan=1000 rowspan=60000>1" * 10) * 1000 + "</table>"
    with pytest.raises(Unreadable, match="上限"):
        read(page)
    assert time.process_time() - started < 5


def test_breaks_blocks_and_source_lines_in_a_cell():
    page = (
        "<table><tr><td>一般公共<br>预算<td><p>财政</p><p>拨款</p><td>政府\n   性基金<td>1,234&nbsp;"
        "<td>ab\ncd<td><pre>x</pre>y</table>"
    )
    assert rows_of(page) == [["一般公共预算", "财政拨款", "政府 性基金", "1,234", "ab cd", "x y"]]


def test_missing_end_tags_and_stray_ones():
    page = "<table><tr><td>甲</b></p><td>1</div><tr></td><td>乙<td>2</table></table></td>"
    assert rows_of(page)[0][0] == "甲"
    assert [row[-1] for row in rows_of(page)] == ["1", "2"]


def test_layout_tables_are_read_as_what_stands_in_them():
    data = "<table><tr><td>科目<td>合计<tr><td>208<td>1.00</table>"
    page = f"<table><tr><td>导航<td><p>标题</p>{data}注<tr><td>版权<td>页脚</table>"
    document = read(page)
    assert texts(document) == ["导航", "标题", [["科目", "合计"], ["208", "1.00"]], "注", "版权", "页脚"]
    assert document.blocks[2].rows[1].places[1].xpath == (
        "/html/body/table[1]/tbody[1]/tr[1]/td[2]/table[1]/tbody[1]/tr[2]/td[2]"
    )
    article = "".join(f"<p>{'文' * 80}{number}</p>" for number in range(6))
    assert len(read(f"<table><tr><td>导航<td>{article}</table>").blocks) == 7
    assert texts(read("<table><tr><td><p>一</p><p>二</p></table>")) == ["一", "二"]


def test_a_data_table_keeps_its_rows_around_a_table_in_a_cell():
    rows = "".join(f"<tr><td>{name}<td>{number}" for number, name in enumerate("甲乙丙丁"))
    page = f"<table>{rows}<tr><td>戊<td>5<div><table><tr><td>子<td>6</table></div><tr><td>己<td>7</table>"
    document = read(page)
    assert texts(document)[1:] == [[["子", "6"]], [["己", "7"]]]
    assert texts(document)[0][-1] == ["戊", "5"]


def test_a_workbook_saved_as_a_web_page():
    page = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset=gb2312><style>td{}</style></head>'
        "<body><!--[if gte mso 9]><xml>不印</xml><![endif]--><table><col width=72><tr height=18><td>科目</td>"
        '<td class=xl65 x:num="1234.567">1,234.57</td><td x:num="2">2.00</td><td x:num>3</td><td x:num="x">4</td>'
        '<td x:num="-1.5E-3">0</td></tr><![if supportMisalignedColumns]><tr height=0 '
        "style='display:none'><td width=72></td></tr><![endif]></table></body></html>"
    )
    document = read(page.encode("gb18030"))
    assert texts(document) == [[["科目", "1,234.57", "2.00", "3", "4", "0"]]]
    assert only_grid(document).rows[0].stored == ("", "1234.567", "", "", "", "-0.0015")


# --- what is not shown


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>9</script>", "<style>9</style>", "<template>9</template>", "<p hidden>9</p>", "<!-- 9 -->",
        '<p style="color:red; DISPLAY : none">9</p>', "<noscript>9</noscript>", "<select><option>9</select>",
        "<textarea>9</textarea>", '<span style="visibility:hidden">9</span>', "<title>9</title>", "<svg><text>9</svg>",
        '<table hidden><tr><td>9<td>9</table>',
    ],
)  # fmt: skip
def test_what_is_not_shown_is_not_read(unseen):
    assert texts(read(f"<p>前</p>{unseen}<p>后</p>")) == ["前", "后"]
    assert rows_of(f"<table><tr><td>甲{unseen}<td>1</table>") == [["甲", "1"]]


def test_hidden_cells_take_no_column():
    assert rows_of("<table><tr><td>甲<td hidden>9<td>1<tr hidden><td>9<tr><td>乙<td>2</table>") == [
        ["甲", "1"],
        ["乙", "2"],
    ]


def test_hidden_rows_and_cells_are_said():
    blank = "<tr hidden><td></td></tr>"
    page = f"<table><tr><td>甲<td hidden>9<td>1<tr hidden><td>9<td>8<tr><td>乙<td>2{blank}</table>"
    (part,) = read(page).skipped
    assert (part.lines, part.foreign, part.place.xpath) == (1, True, "/html/body/table[1]")
    assert "1 行、1 格" in part.reason
    assert not read(f"<table><tr><td>甲<td>1<tr><td>乙<td>2{blank}</table>").skipped


def test_a_hidden_table_is_said():
    rows = "<tr><td>甲<td>1" * 3
    document = read(f"<p>前</p><div hidden><table>{rows}</table></div><p hidden>x</p>")
    assert [(part.foreign, part.place.xpath) for part in document.skipped] == [(False, "/html/body/div[1]")]


def test_pages_within_a_page_are_said():
    (part,) = read('<p>公开</p><iframe src="table.html"></iframe><iframe></iframe>').skipped
    assert (part.reason, part.foreign) == ("框架 1 个，内容在另外的网页里，未核验", False)


def test_attachments_frames_and_pictures_are_said():
    page = '<p>公开<a href="../x/%E8%A1%A8.PDF?a=1">表</a><a href="http://[">坏</a><iframe src="a.pdf"></iframe><img>'
    document = read(page)
    assert [part.foreign for part in document.skipped] == [False, False]
    assert "附件 2 个（表.PDF、a.pdf）" in document.skipped[0].reason
    assert "图片 1 张" in document.skipped[1].reason
    beside_tables = read(page + "<table><tr><td>甲<td>1</table>")
    assert all(part.opaque for part in (*document.skipped, *beside_tables.skipped))
    assert [part.foreign for part in beside_tables.skipped] == [True, True]


# --- encodings

WORDS = "预算公开：临溪县水利局二〇二六年部门预算，“三公”经费①"


@pytest.mark.parametrize(
    ("encoding", "declared", "known"),
    [
        ("gb18030", "gb2312", "gb18030"), ("gbk", "GBK", "gb18030"), ("gb18030", "", "gb18030"),
        ("utf-8", "utf-8", "utf-8"), ("utf-8", "", "utf-8"), ("utf-8", "gb2312", "utf-8"),
        ("gb18030", "utf-8", "gb18030"), ("gb18030", "iso-8859-1", "gb18030"), ("gb18030", "utf-16", "gb18030"),
        ("utf-8-sig", "gbk", "utf-8"), ("utf-16", "utf-16", "utf-16"), ("utf-16", "gbk", "utf-16"),
        ("gb18030", "rot13", "gb18030"), ("gb18030", "no-such", "gb18030"),
    ],
)  # fmt: skip
def test_encodings(encoding, declared, known):
    for meta in (
        f"<meta charset='{declared}'>",
        f'<META http-equiv=Content-Type content="text/html; charset={declared}">',
    ):
        document = read(f"<html><head>{meta}</head><p>{WORDS}".encode(encoding))
        assert texts(document) == [WORDS]
        assert document.encoding == known
        assert not document.skipped


def test_traditional_characters():
    assert texts(read("<meta charset=big5><p>預算公開總表".encode("big5"))) == ["預算公開總表"]


def test_a_page_cut_within_a_character_is_read_and_said():
    content = f"<meta charset=utf-8><p>{WORDS}".encode()[:-1]
    document = read(content)
    assert texts(document)[0].startswith(WORDS[:-1])
    assert "1 处字节无法解码" in document.skipped[0].reason


def test_bytes_in_no_encoding_are_refused():
    with pytest.raises(Unreadable, match="编码"):
        read(b"<meta charset=utf-8><p>" + b"\xff\xfe\xfd\x80" * 100)


# --- hostile and broken pages


@pytest.mark.parametrize(
    "deep", ["<div>", "<span>", "<table><tr><td>", "<b>", "<ul><li>", "<blockquote>", "<a><div>", "<q>"]
)
def test_deep_nesting_is_refused_in_reasonable_time(deep):
    started = time.process_time()
    with pytest.raises(Unreadable, match="嵌套超过"):
        read(deep * 100_000 + "文")
    assert time.process_time() - started < 5


def test_tables_in_tables_up_to_the_limit():
    page = "<table><tr><td>" * 20 + "甲" + "</table>" * 20
    assert texts(read(page)) == ["甲"]
    with pytest.raises(Unreadable, match="嵌套超过 10 层"):
        read(page, Limits(nesting=10))


def test_too_many_cells_or_columns_are_refused():
    page = "<table>" + ("<tr>" + "<td>1" * 30) * 10 + "</table>"
    assert len(only_grid(read(page)).rows) == 10
    with pytest.raises(Unreadable, match="200 格"):
        read(page, Limits(cells=200))
    with pytest.raises(Unreadable, match="20"):
        read(page, Limits(fields=20))


@pytest.mark.parametrize("page", ["<html></html>", "<body>&nbsp;</body>", "<table><tr><td></table>", "<p hidden>x</p>"])
def test_a_page_that_shows_nothing_is_refused(page):
    with pytest.raises(Unreadable, match="没有文字"):
        read(page)


def test_every_cut_page_is_read_or_refused():
    content = MESSY.encode("gb18030")
    for end in range(1, len(content)):
        try:
            read(content[:end])
        except Unreadable as refusal:
            assert refusal.reason
