"""Old workbooks → Document; xlwt writes them."""

import io
import random
from datetime import date

import pytest
import xlwt

from checker.model.document import Paragraph
from checker.model.place import SheetPlace
from checker.readers import Unreadable
from tests.support.workbooks import read, rows, texts


def workbook(fill) -> bytes:
    book = xlwt.Workbook()
    fill(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def style(code):
    return xlwt.easyxf(num_format_str=code)


def ledger(book):
    page = book.add_sheet("收支总表")
    page.write_merge(0, 0, 0, 2, "部门收支总表")
    page.write_merge(1, 2, 0, 0, "项目")
    page.write_merge(1, 1, 1, 2, "金额")
    page.write(2, 1, "合计")
    page.write(2, 2, "基本支出")
    page.write(3, 0, "教育\n支出")
    page.write(3, 1, 0.1 + 0.2, style("0.00"))
    page.write(3, 2, 1234.5678, style("#,##0.00"))
    page.write(5, 0, "合计")
    page.write(5, 1, 7, style("000"))
    page.write(5, 2, 0, style('#,##0.00;-#,##0.00;"-"'))


def test_displayed_numbers_merged_cells_and_addresses():
    document = read(workbook(ledger))
    assert document.format == "xls"
    title, grid = document.blocks
    assert title == Paragraph("部门收支总表", SheetPlace(1, 0, sheet="收支总表", cell="A1"))
    assert [row.texts for row in grid.rows] == [
        ("项目", "金额", ""), ("", "合计", "基本支出"), ("教育支出", "0.30", "1,234.57"), ("合计", "007", "-"),
    ]  # fmt: skip
    assert grid.rows[0].spread == ("项目", "金额", "金额")
    assert grid.rows[1].spread == ("项目", "合计", "基本支出")
    assert grid.rows[2].stored == ("", "", "1234.5678")
    assert grid.rows[3].places[1] == SheetPlace(6, 2, sheet="收支总表", cell="B6")


def test_dates_booleans_and_what_is_hidden():
    def fill(book):
        page = book.add_sheet("表")
        page.write(0, 0, "日期")
        page.write(0, 1, date(2024, 3, 1), style('yyyy"年"m"月"d"日"'))
        page.write(1, 0, "逻辑")
        page.write(1, 1, True)
        page.write(3, 0, "隐藏行")
        page.row(3).hidden = True
        page.write(0, 2, "隐藏列")
        page.col(2).hidden = True
        book.add_sheet("底稿").write(0, 0, "草稿")
        book.get_sheet(1).visibility = 1

    document = read(workbook(fill))
    assert texts(document)[1:3] == [["日期", "2024年3月1日"], ["逻辑", "TRUE"]]
    assert [skipped.reason for skipped in document.skipped] == [
        "工作表“表”隐藏的 1 行，未核验",
        "工作表“表”隐藏的 1 列（C），未核验",
        "隐藏的工作表“底稿”，未核验",
    ]


def test_numbers_come_out_with_the_digits_of_the_binary_number():
    draw = random.Random(2)
    numbers = [round(draw.uniform(-1e6, 1e6), draw.randrange(6)) for _ in range(200)]

    def fill(book):
        page = book.add_sheet("表")
        for row, number in enumerate(numbers):
            page.write(row, 0, "项")
            page.write(row, 1, number, style("0"))

    for row, number in zip(rows(read(workbook(fill))), numbers, strict=True):
        assert float(row.stored[1] if row.stored else row.texts[1]) == number


def test_limits():
    def fill(book):
        for name in "甲乙":
            page = book.add_sheet(name)
            for row in range(50):
                page.write(row, 0, row)
                page.write(row, 1, row)

    content = workbook(fill)
    for limits, reason in (({"cells": 60}, "单元格"), ({"cells": 150}, "单元格"), ({"sheets": 1}, "张工作表")):
        with pytest.raises(Unreadable, match=reason):
            read(content, **limits)


def test_damaged_and_truncated_workbooks_never_crash():
    content = workbook(ledger)
    draw = random.Random(4)
    refused = 0
    for _ in range(150):
        damaged = bytearray(content)
        for _ in range(draw.randrange(1, 30)):
            damaged[draw.randrange(512, len(damaged))] = draw.randrange(256)
        try:
            read(bytes(damaged[: draw.choice([len(damaged), draw.randrange(600, len(damaged))])]))
        except Unreadable as error:
            refused += 1
            assert error.reason
    assert refused > 20


def test_an_encrypted_workbook_is_refused():
    content = workbook(ledger)
    # A FILEPASS record (0x002F) says that a workbook is encrypted; here it takes the place of WRITEACCESS (0x005C).
    at = content.index(b"\x5c\x00\x70\x00")
    with pytest.raises(Unreadable, match="加密"):
        read(content[:at] + b"\x2f\x00" + content[at + 2 :])
