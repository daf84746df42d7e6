"""Word documents: what is printed, where it stands, and every way of refusing."""

from __future__ import annotations

import struct
import time
import zipfile
from io import BytesIO

import docx as python_docx
import pytest

from checker.model.document import Paragraph
from checker.model.place import WordPlace
from checker.readers import Limits, Source, Unreadable
from checker.readers.docx import read as read_docx
from checker.readers.docx.numerals import numeral
from tests.support.word import docx, only_grid, p, packed, r, read, tbl, tc, texts, tr

SPAN = '<w:gridSpan w:val="{}"/>'.format
DOWN = '<w:vMerge w:val="restart"/>'
ON = "<w:vMerge/>"


def cells_of(table: str) -> list[list[str]]:
    return [list(row.texts) for row in only_grid(read(docx(table))).rows]


def line_of(*runs: str, properties: str = "", **parts: str) -> str:
    (block,) = read(docx(p(*runs, properties=properties), **parts)).blocks
    assert isinstance(block, Paragraph)
    return block.text


# --- order and addresses


def test_paragraphs_and_tables_in_reading_order_with_their_addresses():
    document = read(docx(p("前言") + p("") + tbl(tr("科目", "合计"), tr("", ""), tr("208", "1.00")) + p("后记")))
    before, grid, after = document.blocks
    assert document.format == "docx"
    assert before == Paragraph("前言", WordPlace(1, 0, paragraph=1))
    assert [row.texts for row in grid.rows] == [("科目", "合计"), ("208", "1.00")]
    assert grid.rows[1].places == (WordPlace(3, 1, table=1, row=3, cell=1), WordPlace(3, 2, table=1, row=3, cell=2))
    assert after == Paragraph("后记", WordPlace(4, 0, paragraph=3))


def test_an_address_leads_python_docx_to_the_same_words():
    made = python_docx.Document()
    for number in range(3):
        made.add_paragraph(f"第{number}段")
        table = made.add_table(4, 5)
        for row in range(4):
            for column in range(5):
                table.cell(row, column).text = f"{number}-{row}-{column}"
        table.cell(0, 1).merge(table.cell(0, 3))
        table.cell(1, 0).merge(table.cell(2, 0))
    buffer = BytesIO()
    made.save(buffer)
    document = read(buffer.getvalue())
    opened = python_docx.Document(BytesIO(buffer.getvalue()))
    checked = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            assert opened.paragraphs[block.place.paragraph - 1].text == block.text
            continue
        for row in block.rows:
            for text, place in zip(row.texts, row.places, strict=True):
                if text:
                    tr_ = opened.tables[place.table - 1]._tbl.tr_lst[place.row - 1]
                    words = "".join(t.text for t in tr_.tc_lst[place.cell - 1].iter("{*}t"))
                    assert words.replace("-", "") == text.replace("-", "").replace(" ", "")
                    checked += 1
    assert checked == 3 * (20 - 2 - 1)


# --- tables


def test_cells_merged_over_columns_and_rows():
    grid = only_grid(
        read(
            docx(
                tbl(
                    tr(tc("项目", DOWN), tc("本年", SPAN(2)), "上年"),
                    tr(tc("", ON), "基本", "项目支出", "合计"),
                    tr("208", "1", "2", "3"),
                )
            )
        )
    )
    assert [row.texts for row in grid.rows] == [
        ("项目", "本年", "", "上年"),
        ("", "基本", "项目支出", "合计"),
        ("208", "1", "2", "3"),
    ]
    assert [row.spread for row in grid.rows] == [
        ("项目", "本年", "本年", "上年"),
        ("项目", "基本", "项目支出", "合计"),
        (),
    ]
    assert [place.cell for place in grid.rows[0].places] == [1, 2, 2, 3]


def test_rows_that_begin_late_or_end_early_keep_their_columns():
    late = tr("丙", "丁", properties='<w:gridBefore w:val="1"/>')
    assert cells_of(tbl(tr("甲", "乙", "末"), late, tr("戊"))) == [["甲", "乙", "末"], ["", "丙", "丁"], ["戊", "", ""]]


def test_the_old_way_of_merging_over_columns():
    row = tr(tc("标题", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), "末")
    grid = only_grid(read(docx(tbl(row, tr("1", "2", "3")))))
    assert [row.texts for row in grid.rows] == [("标题", "", "末"), ("1", "2", "3")]
    assert grid.rows[0].spread == ("标题", "标题", "末")
    assert [place.cell for place in grid.rows[0].places] == [1, 1, 3]


def test_an_absurd_span_costs_nothing():
    grid = only_grid(read(docx(tbl(tr(tc("标题", SPAN(99_999_999_999)), "末"), tr("1", "2")))))
    assert [row.texts for row in grid.rows] == [("标题", "", "末"), ("1", "2", "")]


def test_a_continued_cell_without_a_beginning_keeps_its_words():
    assert cells_of(tbl(tr(tc("甲", ON), "乙"))) == [["甲", "乙"]]


def test_paragraphs_and_breaks_in_a_cell_are_one_text():
    broken = tc(p("一般公共", "<w:r><w:br/></w:r>", "预算") + p("财政拨款"))
    numbers = tc(p("1,234.") + p("56"))
    words = tc(p("12 kg") + p("34"))
    assert cells_of(tbl(tr(broken, numbers, words))) == [["一般公共预算财政拨款", "1,234.56", "12 kg 34"]]


def test_a_table_in_a_cell_follows_the_row_and_has_the_address_of_the_cell():
    inner = tbl(tr("甲", "1"), tr("乙", "2"))
    document = read(docx(tbl(tr("上", "下"), tr("外", tc(p("含") + inner + p("")), "末"), tr("x", "y", "z"))))
    assert texts(document) == [
        [["上", "下", ""], ["外", "含", "末"]],
        [["甲", "1"], ["乙", "2"]],
        [["x", "y", "z"]],
    ]
    assert document.blocks[1].rows[1].places[1] == WordPlace(4, 2, table=1, row=2, cell=2)
    assert document.blocks[2].place.line == 5


def test_a_table_that_only_frames_another_is_read_as_what_stands_in_it():
    inner = tbl(tr("科目", "合计"), tr("208", "1.00"))
    document = read(docx(tbl(tr(tc(p("标题") + inner + p("注：")), tc("")))))
    assert texts(document) == ["标题", [["科目", "合计"], ["208", "1.00"]], "注："]
    assert document.blocks[0].place == WordPlace(1, 0, table=1, row=1, cell=1)


def test_a_frame_of_one_cell_holds_paragraphs_and_one_in_a_cell_its_words():
    assert texts(read(docx(tbl(tr(tc(p("一段") + p("二段"))))))) == ["一段", "二段"]
    assert cells_of(tbl(tr("甲", tc(p("乙") + tbl(tr("丙")) + p("丁"))))) == [["甲", "乙丙丁"]]


def test_rows_and_cells_inside_controls():
    row = f"<w:sdt><w:sdtPr/><w:sdtContent>{tr('甲', '1')}</w:sdtContent></w:sdt>"
    cell = f"<w:sdt><w:sdtContent>{tc('2')}</w:sdtContent></w:sdt>"
    table = tbl(row, tr(tc("乙"), cell))
    wrapped = f"<w:sdt><w:sdtContent>{p('前')}{table}</w:sdtContent></w:sdt>"
    assert texts(read(docx(wrapped))) == ["前", [["甲", "1"], ["乙", "2"]]]


def test_hidden_rows_are_not_printed_and_said():
    document = read(docx(tbl(tr("甲", "1"), tr("乙", "2", properties="<w:hidden/>"))))
    assert texts(document) == [[["甲", "1"]]]
    (skipped,) = document.skipped
    assert skipped.foreign
    assert "隐藏的行 1 行" in skipped.reason


# --- words


def test_tracked_changes_are_read_as_accepted():
    inserted, deleted = f"<w:ins>{r('2')}</w:ins>", "<w:del><w:r><w:delText>3</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{r('4')}</w:moveFrom><w:moveTo>{r('5')}</w:moveTo>"
    assert line_of("1", inserted, deleted, moved, "6") == "1256"
    deleted_row = tr("乙", "2", properties="<w:del/>")
    inserted_row = tr("丙", "3", properties="<w:ins/>")
    grid = only_grid(read(docx(tbl(tr("甲", tc(p("1", deleted))), deleted_row, inserted_row))))
    assert [row.texts for row in grid.rows] == [("甲", "1"), ("丙", "3")]
    assert grid.rows[1].places[0].row == 3


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    assert line_of("收入", properties="<w:rPr><w:del/></w:rPr>") == "收入"
    joined = docx(p("本年收入", properties="<w:rPr><w:del/></w:rPr>") + p("合计") + p("末"))
    assert texts(read(joined)) == ["本年收入合计", "末"]


def test_a_text_box_is_read_once_whichever_branch_holds_it():
    box = f"<w:txbxContent>{p('框中')}</w:txbxContent>"
    both = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>'
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    only_fallback = both.replace(f"<wps:txbx>{box}</wps:txbx>", "")
    assert texts(read(docx(p("前", both, "后")))) == ["前后", "框中"]
    assert texts(read(docx(p("前", only_fallback)))) == ["前", "框中"]
    assert cells_of(tbl(tr("甲", tc(p("乙", both))))) == [["甲", "乙框中"]]


def test_a_table_in_a_text_box():
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{tbl(tr('甲', '1'))}</w:txbxContent></v:textbox></w:pict></w:r>"
    document = read(docx(p("前") + p(box)))
    assert texts(document) == ["前", [["甲", "1"]]]
    assert document.blocks[1].place == WordPlace(2, 1, paragraph=2)


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def test_of_a_field_only_its_result_is_printed():
    inner = mark("begin") + r("不印") + mark("separate") + r("也不") + mark("end")
    field = mark("begin") + "<w:r><w:instrText>SUM(A1)</w:instrText></w:r>" + inner + mark("separate") + r("42")
    assert line_of("合计", field, mark("end"), "万元") == "合计42万元"
    assert line_of("共", '<w:fldSimple w:instr="NUMPAGES">' + r("7") + "</w:fldSimple>", "页") == "共7页"


def test_marks_signs_and_hyphens():
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    assert line_of("100", reference, "万元") == "100万元"
    assert line_of("1", "<w:r><w:noBreakHyphen/></w:r>", "2") == "1-2"
    assert line_of("预", "<w:r><w:softHyphen/></w:r>", "算") == "预算"
    symbol = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'.format
    assert line_of(symbol("Symbol", "F0B3"), "5") == "≥5"
    assert line_of(symbol("Wingdings", "F0FE"), "是", symbol("Wingdings", "F0A8"), "否") == "☑是□否"
    assert line_of("甲", symbol("Wingdings", "F04A"), "乙", symbol("Arial", "2103")) == "甲乙℃"
    assert line_of("甲", symbol("Arial", "xyz"), symbol("Arial", "D800"), "乙") == "甲乙"


def test_footnotes_follow_at_the_end_with_the_address_of_their_mark():
    notes = (
        '<w:footnote w:id="-1">' + p("分隔") + '</w:footnote><w:footnote w:id="2">' + p("不含结转") + "</w:footnote>"
    )
    mark_of_note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    document = read(docx(tbl(tr("甲", tc(p("100", mark_of_note)))) + p("文", mark_of_note), footnotes=notes))
    assert texts(document) == [[["甲", "100"]], "文", "不含结转"]
    assert document.blocks[2].place == WordPlace(3, 0, table=1, row=1, cell=2)


def test_hidden_words_are_dropped_and_said():
    hidden = r("9", "<w:vanish/>")
    shown = r("2", '<w:vanish w:val="0"/>')
    document = read(docx(p("1", hidden, shown)))
    assert texts(document) == ["12"]
    assert [(part.foreign, part.place.paragraph) for part in document.skipped] == [(True, 1)]
    styles = '<w:style w:styleId="H"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>'
    assert line_of("1", r("9", '<w:rStyle w:val="H"/>'), styles=styles) == "1"


def test_links_smart_tags_and_formulas():
    assert line_of(f"<w:hyperlink>{r('甲')}</w:hyperlink>", f"<w:smartTag>{r('乙')}</w:smartTag>") == "甲乙"
    assert line_of("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", "=1") == "x=1"


def test_line_breaks_divide_a_paragraph():
    document = read(docx(p("一、概况", "<w:r><w:br/></w:r>", "本单位负责")))
    assert texts(document) == ["一、概况", "本单位负责"]
    assert [block.place for block in document.blocks] == [WordPlace(1, 0, paragraph=1), WordPlace(2, 0, paragraph=1)]


# --- lists


def level(position: int, style: str, pattern: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{position}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{pattern}"/>{more}</w:lvl>'
    )


LISTS = (
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "chineseCounting", "%1、", '<w:pStyle w:val="Head"/>')
    + level(1, "decimal", "（%2）")
    + level(2, "decimal", "%1.%3", "<w:isLgl/>")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="8">'
    + level(0, "bullet", "•")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
    "</w:lvlOverride></w:num>"
)


def item(text: str, position: int = 0, list_id: int = 1) -> str:
    number = f'<w:numPr><w:ilvl w:val="{position}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return p(text, properties=number)


def test_automatic_numbers_stand_before_their_words():
    body = (
        item("甲") + item("子", 1) + item("丑", 1) + item("乙") + item("寅", 1) + item("卯", 2) + item("点", 0, 2)
        + item("丙", 0, 3) + item("丁") + item("无", 0, 0)
    )  # fmt: skip
    assert texts(read(docx(body, numbering=LISTS))) == [
        "一、甲", "（1）子", "（2）丑", "二、乙", "（1）寅", "2.1 卯", "点", "五、丙", "六、丁", "无",
    ]  # fmt: skip


def test_numbers_that_come_with_a_style():
    styles = (
        '<w:style w:styleId="Base"><w:name w:val="base"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        '</w:style><w:style w:styleId="Head"><w:name w:val="heading 1"/><w:basedOn w:val="Base"/></w:style>'
    )
    body = p("概况", properties='<w:pStyle w:val="Head"/>') + p("说明", properties='<w:pStyle w:val="Head"/>')
    assert texts(read(docx(body, styles=styles, numbering=LISTS))) == ["一、概况", "二、说明"]


def test_a_style_based_on_itself_ends():
    styles = '<w:style w:styleId="A"><w:name w:val="a"/><w:basedOn w:val="A"/></w:style>'
    assert line_of("文", properties='<w:pStyle w:val="A"/>', styles=styles) == "文"


def test_row_numbers_made_by_a_list():
    table = tbl(tr(tc(item("", 1)), "甲"), tr(tc(item("", 1)), "乙"))
    grid = only_grid(read(docx(table, numbering=LISTS)))
    assert [row.texts for row in grid.rows] == [("（1）", "甲"), ("（2）", "乙")]


@pytest.mark.parametrize(
    ("number", "style", "written"),
    [
        (0, "decimal", "0"), (7, "decimalZero", "07"), (10, "chineseCounting", "十"), (11, "chineseCounting", "十一"),
        (20, "chineseCountingThousand", "二十"), (101, "chineseCountingThousand", "一百零一"),
        (110, "chineseCountingThousand", "一百一十"), (2024, "chineseCountingThousand", "二千零二十四"),
        (1001, "japaneseCounting", "一千零一"), (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "ideographTraditional", "丙"),
        (20, "decimalEnclosedCircle", "⑳"), (21, "decimalEnclosedCircle", "21"), (14, "lowerRoman", "xiv"),
        (1994, "upperRoman", "MCMXCIV"), (28, "lowerLetter", "bb"), (5, "decimalFullWidth", "５"), (3, "none", ""),
        (26, "upperLetter", "Z"), (99999, "chineseCounting", "99999"), (4, "unheardOf", "4"),
    ],
)  # fmt: skip
def test_numerals(number, style, written):
    assert numeral(number, style) == written


# --- tables without lines


TAB = "<w:r><w:tab/></w:r>"


def test_three_lines_with_the_same_tabs_are_a_table():
    document = read(docx(p("单位：万元") + p("科目", TAB, "合计") + p("208", TAB, "1.00") + p("209", TAB) + p("文")))
    assert texts(document) == ["单位：万元", [["科目", "合计"], ["208", "1.00"], ["209", ""]], "文"]
    assert document.blocks[1].rows[1].places[1] == WordPlace(3, 2, paragraph=3)


def test_other_tabs_are_spaces():
    assert texts(read(docx(p("部门", TAB, "水利局") + p("日期", TAB, "今日") + p("")))) == ["部门 水利局", "日期 今日"]
    assert texts(read(docx(p(TAB, "第一段") + p(TAB, "第二段") + p(TAB, "第三段")))) == ["第一段", "第二段", "第三段"]


def test_lines_of_contents_are_no_table():
    styles = '<w:style w:styleId="11"><w:name w:val="toc 1"/></w:style>'
    lines = "".join(p(f"第{n}部分", TAB, f"{n}", properties='<w:pStyle w:val="11"/>') for n in "123")
    assert texts(read(docx(lines, styles=styles))) == ["第1部分……1", "第2部分……2", "第3部分……3"]
    dotted = lines.replace('<w:pStyle w:val="11"/>', '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9"/></w:tabs>')
    assert texts(read(docx(dotted))) == ["第1部分……1", "第2部分……2", "第3部分……3"]


# --- what is not read is said


def picture(width: float, height: float) -> str:
    extent = f'<wp:extent cx="{int(width * 360000)}" cy="{int(height * 360000)}"/>'
    return f'<w:r><w:drawing><wp:inline>{extent}<a:graphic><a:blip r="x"/></a:graphic></wp:inline></w:drawing></w:r>'


def test_a_document_of_pictures_is_not_read_in_silence():
    document = read(docx(p(picture(15, 20)) + p(picture(2, 2))))
    assert not document.blocks
    assert [(part.reason, part.foreign) for part in document.skipped] == [("图片，未核验", False)] * 2


def test_a_large_picture_among_words_is_said_and_a_small_one_is_not():
    document = read(docx(p("表") + p(picture(15, 20)) + p(picture(2, 2))))
    assert [(part.place.paragraph, part.foreign) for part in document.skipped] == [(2, False)]


def test_embedded_objects_and_other_documents_are_said():
    document = read(docx(p("表", "<w:r><w:object/></w:r>") + "<w:altChunk/>"))
    assert [part.foreign for part in document.skipped] == [False, False]
    assert "对象" in document.skipped[0].reason
    assert "另一份文件" in document.skipped[1].reason


def test_nothing_at_all_is_refused():
    with pytest.raises(Unreadable, match="没有文字"):
        read(docx(p("") + tbl(tr("", ""))))


# --- hostile and broken files


def refused(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(Unreadable) as caught:
        read(content, limits)
    return caught.value.reason


GOOD = docx(p("文" * 1000) + tbl(*[tr("甲", "1") for _ in range(200)]))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_refused(share):
    assert "损坏" in refused(GOOD[: int(len(GOOD) * share)])


def test_every_damaged_byte_ends_in_a_document_or_a_refusal():
    for position in range(0, len(GOOD), 7):
        damaged = bytearray(GOOD)
        damaged[position] ^= 0xFF
        try:
            read_docx(bytes(damaged), Source("a", "", len(damaged)), Limits())
        except Unreadable as refusal:
            assert refusal.reason


def test_zip_bombs_are_refused_before_they_unfold():
    bomb = packed({"word/document.xml": b" " * 40_000_000})
    assert "压缩炸弹" in refused(bomb)
    assert "上限" in refused(bomb, Limits(inflated=1_000_000))
    many = packed({f"word/{number}.xml": b"" for number in range(30)})
    assert "上限 20 个" in refused(many, Limits(members=20))


def test_a_size_that_lies_is_refused():
    content = bytearray(packed({"word/document.xml": b" " * 10_000}))
    central = content.rindex(b"PK\x01\x02")
    content[central + 24 : central + 28] = struct.pack("<I", 100)
    assert "损坏" in refused(bytes(content))


def test_an_encrypted_member_is_refused():
    content = bytearray(packed({"word/document.xml": b"<a/>"}))
    central = content.rindex(b"PK\x01\x02")
    content[central + 8] |= 1
    assert "加密" in refused(bytes(content))


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


@pytest.mark.parametrize("where", ["<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", '<w:p w:x="&i;"/>', p("文")])
def test_entity_bombs_are_refused(where):
    plain = docx(where)
    xml = plain_part(plain, "word/document.xml").replace("?>", "?>" + LAUGHS, 1)
    assert "实体" in refused(packed({"word/document.xml": xml}))


def test_an_entity_that_reads_a_file_is_refused():
    xml = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    assert "实体" in refused(packed({"word/document.xml": xml}))


def plain_part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize("deep", ["<w:tbl><w:tr><w:tc>", "<w:sdt><w:sdtContent>", "<w:p><w:r><w:txbxContent>", "<w:x>"])
def test_deep_nesting_is_refused(deep):
    assert "嵌套过深" in refused(docx(deep * 100_000))


def test_tables_in_tables_up_to_the_limit():
    nested = tbl(tr("甲", "1"))
    for _ in range(20):
        nested = tbl(tr(tc(nested + p("")), ""))
    assert texts(read(docx(nested))) == [[["甲", "1"]]]
    assert "嵌套超过 10 层" in refused(docx(nested), Limits(nesting=10))


def test_too_many_cells_or_columns_are_refused():
    table = tbl(*[tr(*["1"] * 30) for _ in range(10)])
    assert "上限 200 格" in refused(docx(table), Limits(cells=200))
    assert "上限 20" in refused(docx(table), Limits(fields=20))


def test_words_outside_any_cell_do_no_harm():
    stray = "<w:tbl><w:t>游离</w:t><w:tr><w:t>游离</w:t><w:br/><w:tc><w:t>甲</w:t><w:gridSpan/></w:tc>" + tc("乙")
    assert texts(read(docx(stray + "</w:tr></w:tbl>"))) == [[["甲", "乙"]]]


@pytest.mark.parametrize("content", [packed({"word/other.xml": "<a/>"}), packed({"word/document.xml": ""})])
def test_a_package_without_a_document_is_refused(content):
    assert refused(content)


def test_names_that_point_outside_are_only_names():
    assert texts(read(packed({"../../word/x": "", "word\\document.xml": plain_part(GOOD, "word/document.xml")})))


def test_a_long_table_takes_time_in_proportion():
    def seconds(rows: int) -> float:
        content = docx(tbl(*[tr(f"{row:050}", "甲", "1") for row in range(rows)]))
        started = time.process_time()
        document = read(content)
        assert len(only_grid(document).rows) == rows
        assert only_grid(document).rows[-1].places[1] == WordPlace(rows, 2, table=1, row=rows, cell=2)
        return time.process_time() - started

    assert seconds(20_000) < 40 * max(seconds(2_000), 0.02)


def test_a_body_beyond_any_filing_is_refused(monkeypatch):
    monkeypatch.setattr("checker.readers.docx._LARGEST_BODY", 1_000)
    assert "上限 1,000 字节" in refused(GOOD)


def test_the_names_of_iso_29500_strict_are_read_too():
    xml = plain_part(docx(p("文")), "word/document.xml").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert texts(read(packed({"word/document.xml": xml}))) == ["文"]
