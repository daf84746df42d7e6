"""Workbooks → Document. openpyxl, which shares no code with the reader, is the oracle for values and addresses."""

import io
import random
from datetime import date

import openpyxl
import pytest
from openpyxl.worksheet.dimensions import ColumnDimension

from checker.model.document import Paragraph
from checker.model.place import SheetPlace
from checker.readers import Unreadable
from checker.readers.packed import parse_events, parse_xml
from tests.support.workbooks import MAIN, OFFICE, handmade, packed, read, rows, sheet, texts, workbook

TWO_STYLES = (
    '<numFmts><numFmt numFmtId="176" formatCode="#,##0.00_ "/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="2"/><xf numFmtId="176"/></cellXfs>'
)


def ledger(book):
    """Write a table with a merged title, a merged header, numbers under formats, and blanks that only have borders."""
    money = book.add_format({"num_format": "#,##0.00", "border": 1})
    page = book.add_worksheet("收支总表")
    page.merge_range("A1:D1", "部门收支总表", money)
    page.write("D2", "单位：万元")
    page.merge_range("A3:A4", "项目", money)
    page.merge_range("B3:D3", "金额", money)
    for column, text in enumerate(("合计", "基本支出", "项目支出"), start=1):
        page.write(3, column, text, money)
    page.write("A5", "一般公共服务\n支出", money)
    for column, number in enumerate((1234.5, 0.1 + 0.2, 12.3456), start=1):
        page.write_number(4, column, number, money)
    page.write("A7", "合计")
    page.write_blank("B7", None, money)
    page.write_blank("J500", None, money)
    page.write_number("C7", 3, money)


def test_displayed_numbers_merged_cells_and_addresses():
    document = read(workbook(ledger))
    assert document.format == "xlsx"
    title, unit, grid = document.blocks
    assert title == Paragraph("部门收支总表", SheetPlace(1, 0, sheet="收支总表", cell="A1"))
    assert unit == Paragraph("单位：万元", SheetPlace(2, 0, sheet="收支总表", cell="D2"))
    assert [row.texts for row in grid.rows] == [
        ("项目", "金额", "", ""),
        ("", "合计", "基本支出", "项目支出"),
        ("一般公共服务支出", "1,234.50", "0.30", "12.35"),
        ("合计", "", "3.00", ""),
    ]
    assert grid.rows[0].spread == ("项目", "金额", "金额", "金额")
    assert grid.rows[1].spread == ("项目", "合计", "基本支出", "项目支出")
    assert grid.rows[2].spread == ()
    assert grid.rows[2].stored == ("", "", "", "12.3456")
    assert grid.rows[3].stored == ()
    assert grid.rows[3].places[2] == SheetPlace(7, 3, sheet="收支总表", cell="C7")
    assert not document.skipped


def test_lines_count_on_from_sheet_to_sheet_and_sheets_without_a_title_give_their_name():
    def fill(book):
        for name in ("甲表", "乙表"):
            page = book.add_worksheet(name)
            page.write_row("B2", ["科目", "金额"])
            page.write_row("B3", ["教育", 1])

    blocks = read(workbook(fill)).blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == ["甲表", "乙表"]
    lines = [block.place.line for block in blocks]
    assert lines == sorted(lines)
    assert blocks[1].rows[0].places[0] == SheetPlace(2, 2, sheet="甲表", cell="B2")
    assert blocks[3].rows[0].places[0].cell == "B2"
    assert blocks[3].rows[0].place.line > blocks[1].rows[-1].place.line


def test_what_is_hidden_is_left_out_and_listed():
    def fill(book):
        page = book.add_worksheet("表")
        page.merge_range("A1:C1", "标题", book.add_format())
        for row in range(1, 5):
            page.write_row(row, 0, [f"编码{row}", f"名称{row}", row])
        page.set_column("A:A", None, None, {"hidden": True})
        page.set_row(3, None, None, {"hidden": True})
        book.add_worksheet("底稿").write("A1", "草稿")
        book.worksheets()[1].hide()
        book.add_worksheet("更深").write("A1", "草稿")
        book.worksheets()[2].very_hidden()

    document = read(workbook(fill))
    assert texts(document) == [["标题"], ["名称1", "1"], ["名称2", "2"], ["名称4", "4"]]
    assert document.blocks[0].place.cell == "B1"
    reasons = [skipped.reason for skipped in document.skipped]
    assert reasons == [
        "工作表“表”隐藏的 1 行，未核验",
        "工作表“表”隐藏的 1 列（A），未核验",
        "隐藏的工作表“底稿”，未核验",
        "隐藏的工作表“更深”，未核验",
    ]
    assert all(skipped.foreign for skipped in document.skipped)


def test_formulas_show_their_cached_values_and_those_without_are_told():
    def fill(book):
        page = book.add_worksheet("表")
        page.write_row("A1", ["科目", "合计", "说明"])
        page.write("A2", "教育")
        page.write_formula("B2", "=SUM(1,2)", book.add_format({"num_format": "0.00"}), 3)
        page.write_formula("C2", '="无"', None, "无")
        page.write_formula("B3", "=1/0", None, "#DIV/0!")
        page.write_formula("C3", "=TRUE()", None, True)

    document = read(workbook(fill))
    assert texts(document)[1:] == [["科目", "合计", "说明"], ["教育", "3.00", "无"], ["", "#DIV/0!", "TRUE"]]
    assert not document.skipped
    empty = '<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><f>1+1</f><v>2</v></c></row>'
    assert not read(handmade(sheet(empty))).skipped


def test_formulas_without_a_cached_value_are_told():
    uncached = openpyxl.Workbook()
    uncached.active.append(["科目", "合计"])
    uncached.active.append(["教育", "=SUM(1,2)"])
    uncached.active["B3"] = "=B2<3"
    stream = io.BytesIO()
    uncached.save(stream)
    document = read(stream.getvalue())
    (skipped,) = document.skipped
    assert "公式没有缓存值" in skipped.reason
    assert "2个" in skipped.reason
    assert skipped.place.cell == "B2"
    assert not skipped.foreign
    assert texts(document)[-1] == ["教育", ""]


def test_dates_booleans_and_rich_texts():
    def fill(book):
        page = book.add_worksheet("表")
        page.write_row("A1", ["类", "值"])
        page.write_row("A2", ["日期"])
        page.write_datetime("B2", date(2024, 3, 1), book.add_format({"num_format": 'yyyy"年"m"月"d"日"'}))
        page.write_row("A3", ["逻辑", True])
        page.write("A4", "文字")
        page.write_rich_string("B4", "一般", book.add_format({"bold": True}), "公共", "预算")
        page.write("A5", "编码")
        page.write_string("B5", "0201")
        page.write("A6", "补零")
        page.write_number("B6", 7, book.add_format({"num_format": "000"}))

    assert texts(read(workbook(fill)))[2:] == [
        ["日期", "2024年3月1日"], ["逻辑", "TRUE"], ["文字", "一般公共预算"], ["编码", "0201"], ["补零", "007"],
    ]  # fmt: skip


def test_readings_above_characters_and_escapes_are_no_text():
    strings = (
        '<si><t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh></si><si><r><t>合</t></r><r><t xml:space="preserve">计 </t></r>'
        "<rPh sb='0' eb='1'><t>x</t></rPh></si><si><t>a_x000D__x000A_b &amp; c</t></si><si/><si><t/></si>"
    )
    cells = "".join(f'<c r="{letter}1" t="s"><v>{number}</v></c>' for number, letter in enumerate("ABCDE"))
    document = read(handmade(sheet(f'<row r="1">{cells}</row>'), strings))
    assert texts(document)[-1] == ["課", "合计", "a b & c"]


PLAIN = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>科目</t></is></c><c r="B1" t="str"><v>金额</v></c></row>'
    '<row r="3"><c r="A3" t="inlineStr"><is><t>教育</t></is></c><c r="B3" s="1"><v>12.345</v></c></row>'
)


@pytest.mark.parametrize(
    "xml",
    [
        sheet(PLAIN),
        '\ufeff<?xml version="1.0" encoding="UTF-8"?>\r\n' + sheet(PLAIN.replace("</row>", "</row>\n  ")),
        sheet(PLAIN.replace(' s="1"', "").replace("<c r=", '<c s="1" r=')),
        sheet(PLAIN.replace('"', "'")),
        sheet(PLAIN.replace("><v>", "> <v>").replace("</v><", "</v> <")),
        sheet(PLAIN.replace("<v>", '<v xml:space="preserve">')),
        sheet(PLAIN.replace(' r="A1"', "").replace(' r="B1"', "").replace(' r="A3"', "").replace(' r="B3"', "")),
        sheet(PLAIN.replace("教育", "教<!-- 注 -->育")),
        sheet(PLAIN.replace("教育", "<![CDATA[教育]]>")),
        sheet(PLAIN.replace("<t>教育</t>", "<r><t>教</t></r><r><t>育</t></r><rPh><t>x</t></rPh>")),
        sheet(PLAIN.replace("教育", "&#25945;&#x80b2;")),
        sheet(PLAIN).replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x="),
        sheet(PLAIN).replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        ('<?xml version="1.0" encoding="UTF-16"?>' + sheet(PLAIN)).encode("utf-16"),
        ('<?xml version="1.0" encoding="GB18030"?>' + sheet(PLAIN)).encode("gb18030"),
    ],
    ids=lambda xml: None,
)
def test_every_shape_of_the_same_sheet_reads_the_same(xml):
    document = read(handmade(xml, styles=TWO_STYLES))
    assert [(row.texts, row.stored, row.places[1].cell) for row in rows(document)] == [
        (("科目", "金额"), (), "B1"),
        (("教育", "12.35"), ("", "12.345"), "B3"),
    ]


def test_the_digits_of_the_file_are_kept():
    cells = '<row r="1"><c r="A1" s="1"><v>12.34567890123456789</v></c><c r="B1" s="2"><v>1.5E-3</v></c></row>'
    (row,) = rows(read(handmade(sheet(cells + cells.replace("1", "2")[:0]), styles=TWO_STYLES)))
    assert row.texts == ("12.35", "0.00")
    assert row.stored == ("12.34567890123456789", "0.0015")


def test_prose_below_a_table_is_text_and_rows_without_figures_are_rows():
    def fill(book):
        border = book.add_format({"border": 1})
        for name, lines in (("有文", ["二、说明", "合计与上年持平。"]), ("无文", ["住房保障支出", "合计"])):
            page = book.add_worksheet(name)
            page.write("A1", "标题")
            page.write_row("A2", ["科目", "金额"], border)
            page.write("A3", "卫生支出", border)
            page.write_blank("B3", None, border)
            for row, line in enumerate(lines, start=3):
                page.write(row, 0, line)

    blocks = read(workbook(fill)).blocks
    said = [block.text if isinstance(block, Paragraph) else [row.texts[0] for row in block.rows] for block in blocks]
    assert said == [
        "标题", ["科目", "卫生支出"], "二、说明", "合计与上年持平。",
        "标题", ["科目", "卫生支出", "住房保障支出", "合计"],
    ]  # fmt: skip


def test_what_stands_under_a_merged_cell_is_not_displayed():
    merged = sheet('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>',
                   after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')  # fmt: skip
    (row,) = rows(read(handmade(merged)))
    assert row.texts == ("1", "", "3")
    assert row.spread == ("1", "1", "3")


def test_dimensions_that_lie_and_cells_of_borders_only_cost_nothing():
    borders = "".join(f'<row r="{row}"><c r="XFD{row}" s="1"/></row>' for row in (10, 1_048_576))
    lying = sheet(
        PLAIN + borders,
        '<dimension ref="A1:XFD1048576"/>',
        '<mergeCells><mergeCell ref="A3:A1048576"/><mergeCell ref="C1:XFD1048576"/></mergeCells>',
    )
    document = read(handmade(lying, styles=TWO_STYLES))
    assert [len(row.texts) for row in rows(document)] == [2, 2]
    assert rows(document)[1].spread == ("教育", "12.35")


def test_merges_that_cover_each_other_end():
    merges = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 3000 + "</mergeCells>"
    many = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}"><v>1</v></c></row>' for row in range(1, 2000)
    )
    with pytest.raises(Unreadable, match="合并单元格"):
        read(handmade(sheet(many, after=merges)), cells=100_000)


def test_only_pictures_is_told_and_charts_are_not():
    picture = (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
        b"\x00\x00\x00\rIDATx\x9cc\xf8\x0f\x00\x00\x01\x01\x00\x05\x18\xd8N\x00\x00\x00\x00IEND\xaeB`\x82"
    )

    def fill(book):
        book.add_worksheet("扫描件").insert_image("A1", "x.png", {"image_data": io.BytesIO(picture)})
        page = book.add_worksheet("表")
        page.write_row("A1", ["科目", 1])
        book.add_worksheet("附图").write_row("A1", ["科目", 2])
        book.get_worksheet_by_name("附图").insert_image("A3", "x.png", {"image_data": io.BytesIO(picture)})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=表!$B$1:$B$1"})
        book.add_chartsheet("图").set_chart(chart)
        book.add_worksheet("空")

    document = read(workbook(fill))
    assert [(skipped.reason, skipped.foreign) for skipped in document.skipped] == [
        ("工作表“扫描件”没有单元格内容，只有图片", False),
        ("工作表“附图”有图片，其中的内容未核验", True),
    ]
    assert all(skipped.opaque for skipped in document.skipped)
    assert len(rows(document)) == 2


def test_openpyxl_sees_the_same_values_in_the_same_cells():
    draw = random.Random(3)

    def fill(book):
        formats = [book.add_format({"num_format": code}) for code in ("0.00", "#,##0.00", "General", "0")]
        for name in ("一", "二", "三"):
            page = book.add_worksheet(name)
            for row in range(60):
                for column in draw.sample(range(8), 5):
                    if draw.random() < 0.3:
                        page.write_string(row, column, f"文字{draw.randrange(50)}")
                    else:
                        page.write_number(row, column, round(draw.uniform(-9999, 9999), 2), draw.choice(formats[:3]))

    content = workbook(fill)
    document = read(content)
    ours = {}
    for row in rows(document):
        for position, text in enumerate(row.texts):
            place = row.places[position]
            if text:
                ours[place.sheet, place.cell] = text.replace(",", "")
    theirs = {
        (page.title, cell.coordinate): cell.value
        for page in openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        for line in page.iter_rows()
        for cell in line
        if cell.value is not None
    }
    assert ours.keys() == theirs.keys()
    for address, value in theirs.items():
        assert ours[address] == value or float(ours[address]) == pytest.approx(value, abs=1e-9), address


@pytest.mark.parametrize("write_only", [False, True])
def test_workbooks_of_openpyxl_are_read(write_only):
    book = openpyxl.Workbook(write_only=write_only)
    page = book.create_sheet("表") if write_only else book.active
    page.append(["科目", "金额"])
    page.append(["教育", 12.5])
    if not write_only:
        page.column_dimensions["D"] = ColumnDimension(page, "D", hidden=True)
        page["D2"] = "藏"
    stream = io.BytesIO()
    book.save(stream)
    assert texts(read(stream.getvalue()))[1:] == [["科目", "金额"], ["教育", "12.5"]]


def test_a_hundred_thousand_rows():
    lines = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}" s="1"><v>1.5</v></c></row>'
        for row in range(1, 100_001)
    )
    document = read(handmade(sheet(lines), styles=TWO_STYLES))
    assert len(rows(document)) == 100_000
    assert rows(document)[-1].texts == ("100000", "1.50")


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>' + sheet(
    '<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>'
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (handmade(BOMB), "实体|DTD"),
        (handmade(sheet(PLAIN), strings="x").replace(b"PK\x05\x06", b"PK\x05\x00"), "损坏|不完整"),
        (handmade(sheet(PLAIN)[:-30]), "损坏"),
        (handmade(sheet(PLAIN.replace("</v>", "", 1))), "损坏"),
        (handmade(sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'), strings="<si><t>x</t></si>"), "单元格 A1"),
        (handmade("<html>not a sheet</html>" * 0 + "no xml"), "损坏"),
        (handmade(sheet(PLAIN), strings="<si><t>x"), "损坏"),
        (handmade("<worksheet>" + "<x>" * 5000 + "</x>" * 5000 + "</worksheet>"), "嵌套"),
        (packed({"xl/workbook.bin": b"\0" * 100, "[Content_Types].xml": "<Types/>"}), "xlsb"),
        (packed({"xl/other.xml": "<x/>"}), "缺少"),
        (handmade(sheet(PLAIN), **{"xl/_rels/workbook.xml.rels": "<Relationships/>"}), "找不到工作表"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_damaged_is_refused_with_a_reason(content, reason):
    with pytest.raises(Unreadable, match=reason):
        read(content)


def test_a_part_whose_tree_would_fill_the_memory_is_refused():
    crowd = b"<a>" + b"<x/>" * 8_000_001 + b"</a>"
    with pytest.raises(Unreadable, match="标记"):
        parse_xml(crowd, "styles.xml")
    with pytest.raises(Unreadable, match="标记"):
        next(parse_events(crowd, ["{*}x"], "sheet1.xml"))


def test_workbooks_in_one_xml_file_are_refused_by_name():
    content = (
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table/></Worksheet></Workbook>'
    )
    with pytest.raises(Unreadable, match="XML 表格 2003"):
        read(content)


def test_a_truncated_or_scrambled_workbook_never_crashes():
    content = workbook(ledger)
    draw = random.Random(5)
    for _ in range(60):
        damaged = bytearray(content)
        for _ in range(draw.randrange(1, 20)):
            damaged[draw.randrange(len(damaged))] = draw.randrange(256)
        try:
            read(bytes(damaged[: draw.choice([len(damaged), draw.randrange(1, len(damaged))])]))
        except Unreadable as error:
            assert error.reason


WIDE = sheet('<row r="1">' + '<c r="A1"><v>1</v></c>' + '<c r="ZZ1"><v>2</v></c></row>')
LONG = sheet("".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 200)))
HUGE = sheet(f"<row r='1'><c r='A1' t='str'><v>{' ' * 20_000_000}</v></c></row>")


@pytest.mark.parametrize(
    ("content", "limits", "reason"),
    [
        (handmade(WIDE), {}, "栏"),
        (handmade(LONG), {"cells": 100}, "单元格"),
        (handmade(sheet(PLAIN), strings="<si><t>x</t></si>" * 200), {"cells": 100}, "段文字"),
        (workbook(lambda book: [book.add_worksheet() for _ in range(4)]), {"sheets": 3}, "张工作表"),
        (handmade(LONG), {"members": 3}, "个文件"),
        (handmade(HUGE), {}, "压缩炸弹"),
        (handmade(LONG), {"inflated": 1000}, "解压后"),
    ],
    ids=["fields", "cells", "strings", "sheets", "members", "ratio", "inflated"],
)
def test_limits(content, limits, reason):
    with pytest.raises(Unreadable, match=reason):
        read(content, **limits)


def test_a_sheet_in_a_part_of_its_own_name_and_in_strict_format():
    strict = packed(
        {
            "_rels/.rels": "<Relationships>"
            f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="/xl/book.xml"/></Relationships>',
            "xl/book.xml": '<workbook xmlns="x" xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships"><sheets>'
            '<sheet name="表" r:id="s"/></sheets></workbook>',
            "xl/_rels/book.xml.rels": "<Relationships>"
            '<Relationship Id="s" Type="x/worksheet" Target="/xl/some/where.xml"/></Relationships>',
            "xl/some/where.xml": sheet(PLAIN),
        }
    )
    assert texts(read(strict)) == [["表"], ["科目", "金额"], ["教育", "12.345"]]


@pytest.mark.parametrize("value", ["1e999999999", "-1e999999999", "9" * 5000, "9" * 5000 + ".5"])
@pytest.mark.parametrize("code", ["General", "#,##0", "#,##0.00", "0%", "yyyy"])
def test_numbers_beyond_all_measure_are_shown_as_they_are_written(value, code):
    styles = (
        f'<numFmts count="1"><numFmt numFmtId="200" formatCode="{code}"/></numFmts>'
        '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs>'
    )
    cells = f'<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"><v>{value}</v></c></row>'
    shown = texts(read(handmade(sheet(cells), styles=styles)))[-1][1]
    assert shown.replace(",", "").startswith(value[:12])


def test_absurd_styles_and_rows_do_no_harm():
    many = "9" * 5000
    cells = f'<row r="{many}"><c r="A1" s="{many}"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    assert texts(read(handmade(sheet(f'<cols><col min="{many}" max="{many}" hidden="1"/></cols>' + cells))))
