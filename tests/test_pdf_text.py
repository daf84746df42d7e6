"""Running text in PDFs: words, lines, paragraphs, what runs over the pages, what cannot be read."""

from __future__ import annotations

import pytest
from reportlab.lib.utils import ImageReader

from checker.readers.pdf import ocr
from tests.support.paper import CJK, Paper, grids, machine_has_font, paragraphs, read

needs_font = pytest.mark.skipif(not machine_has_font(), reason="no Chinese font on this machine")

SENTENCE = "本单位按照统一部署编制预算并接受监督，所列各项收支均依据批复填列，"
FULL = (SENTENCE * 3)[:40]
"""Forty characters: as many as stand on a line of 400 points."""


def body(paper, lines, top=100.0, size=10.0, left=80.0):
    for number, text in enumerate(lines):
        paper.text(left + (2 * size if text.startswith("　　") else 0), top + 20 * number, text.strip("　"), size)


def test_lines_that_are_full_go_on():
    paper = Paper()
    body(paper, ["　　" + FULL[:38], FULL, "合计12.50万元。", "　　" + FULL[:38], FULL, "结束。"])
    assert paragraphs(paper.read()) == [FULL[:38] + FULL + "合计12.50万元。", FULL[:38] + FULL + "结束。"]


def test_a_figure_that_had_no_room_on_the_line_above():
    paper = Paper()
    body(paper, ["　　" + FULL[:38], FULL, FULL[:34], "12,345,678.90万元。", "　　" + FULL[:38], FULL])
    assert paragraphs(paper.read())[0] == FULL[:38] + FULL + FULL[:34] + "12,345,678.90万元。"


def test_a_short_line_ends_its_paragraph_and_headings_stay_alone():
    paper = Paper()
    paper.text(220, 60, "编制情况说明", 16)
    body(
        paper,
        ["　　" + FULL[:38], FULL, "如上。", "一、收入", "无缩进的一段。", "二、支出", "1．基本支出", "2．项目支出"],
    )
    assert paragraphs(paper.read()) == [
        "编制情况说明", FULL[:38] + FULL + "如上。",
        "一、收入", "无缩进的一段。", "二、支出", "1．基本支出", "2．项目支出",
    ]  # fmt: skip


def test_a_heading_after_a_full_line_stays_alone():
    paper = Paper()
    body(paper, ["　　" + FULL[:38], FULL, FULL, "（二）支出情况", FULL, FULL])
    assert paragraphs(paper.read())[1].startswith("（二）支出情况")


@needs_font
def test_a_sentence_goes_on_across_pages_without_the_page_number():
    paper = Paper()
    for page in range(4):
        paper.text(240, 40, "某局预算说明")
        first = ["　　" + FULL[:38]] if page == 0 else [FULL]
        body(paper, [*first, *[FULL] * 30, FULL if page < 3 else "完。"], top=100)
        paper.text(290, 815, f"{page + 1}")
        paper.turn_page()
    assert paragraphs(paper.read()) == [FULL[:38] + FULL * 126 + "完。"]


@pytest.mark.parametrize(
    "shape", ["{}", "- {} -", "—{}—", "第{}页", "第 {} 页 共 4 页", "{}/4", "第{}页，共4页", "· {} ·", "Page {} of 4"]
)
def test_page_numbers_however_they_are_written(shape):
    paper = Paper()
    for page in range(1, 5):
        body(paper, ["　　第几段文字。"])
        paper.text(280, 815, shape.format(page))
        paper.turn_page()
    assert paragraphs(paper.read()) == ["第几段文字。"] * 4


def test_a_figure_at_the_foot_is_no_page_number():
    paper = Paper()
    for amount in ("2024", "17", "9"):
        body(paper, ["　　合计如下："])
        paper.text(280, 780, amount)
        paper.turn_page()
    assert paragraphs(paper.read()) == ["合计如下：", "2024", "合计如下：", "17", "合计如下：", "9"]


def test_the_unit_above_each_table_is_no_header():
    paper = Paper()
    for number in range(1, 5):
        paper.text(60, 50, f"表{number} 支出表")
        paper.text(400, 60, "单位：万元")
        paper.table([60, 200, 300], [70, 90, 110], [["项目", "金额"], ["工资", "5.00"]])
        paper.turn_page()
    document = paper.read()
    assert len(grids(document)) == 4
    assert [text for text in paragraphs(document) if "单位：万元" in text] != []
    assert sum("单位：万元" in text for text in paragraphs(document)) == 4


def test_words_on_another_baseline_stand_on_their_line():
    paper = Paper()
    paper.text(80, 100, "预算数为")
    paper.text(120, 101.5, "1,234.56", font="Helvetica")
    paper.text(160, 100, "万元。")
    assert paragraphs(paper.read()) == ["预算数为1,234.56万元。"]


@needs_font
def test_text_drawn_twice_is_read_once():
    paper = Paper()
    for shift in (0.0, 0.3):
        paper.text(80 + shift, 100, "财务收支总表", 16)
    for character, x in zip("逐字加粗", range(80, 144, 16), strict=True):
        for shift in (0.0, 0.4):
            paper.text(x + shift, 140, character, 16)
    paper.text(80, 180, "人人都看得见的大大小小")
    assert paragraphs(paper.read()) == ["财务收支总表", "逐字加粗", "人人都看得见的大大小小"]


def test_figures_that_repeat_a_digit_keep_it():
    paper = Paper()
    x = 80.0
    for digit in "11,222.33":
        paper.text(x, 100, digit)
        x += paper.canvas.stringWidth(digit, CJK, 10)
    assert paragraphs(paper.read()) == ["11,222.33"]


def test_what_stands_outside_the_page_is_not_there():
    paper = Paper()
    paper.text(80, 100, "页内")
    paper.text(80, -40, "页外")
    paper.text(900, 100, "页外")
    assert paragraphs(paper.read()) == ["页内"]


def test_spaces_between_words_of_latin_letters_only():
    paper = Paper()
    paper.text(80, 100, "Gross Domestic Product", font="Helvetica")
    paper.text(80, 130, "目    录")
    assert paragraphs(paper.read()) == ["Gross Domestic Product", "目 录"]


def test_a_watermark_is_named_and_left_out():
    paper = Paper()
    body(paper, ["　　预算说明。"])
    paper.canvas.saveState()
    paper.canvas.translate(150, 300)
    paper.canvas.rotate(45)
    paper.canvas.setFont("STSong-Light", 60)
    paper.canvas.drawString(0, 0, "内部资料")
    paper.canvas.restoreState()
    document = paper.read()
    assert paragraphs(document) == ["预算说明。"]
    (skip,) = document.skipped
    assert skip.foreign
    assert skip.place.page == 1
    assert "水印" in skip.reason
    assert skip.title == "内部资料"


def picture(width=200, height=280):
    from PIL import Image

    return ImageReader(Image.effect_noise((width, height), 60))


def test_a_scanned_page_is_not_passed_over(monkeypatch):
    monkeypatch.setattr("checker.readers.pdf.ocr.available", lambda: False)
    paper = Paper()
    body(paper, ["　　第一页有文字。"])
    paper.turn_page()
    paper.canvas.drawImage(picture(), 0, 0, 595, 842)
    document = paper.read()
    (skip,) = document.skipped
    assert not skip.foreign
    assert skip.place.page == 2
    assert "扫描" in skip.reason


def test_an_ocr_that_cannot_run_is_none(monkeypatch):
    def broken():
        raise ImportError("libGL.so.1")

    monkeypatch.setattr("checker.readers.pdf.ocr.find_spec", lambda name: object())
    monkeypatch.setattr("checker.readers.pdf.ocr._engine", broken)
    ocr.available.cache_clear()
    try:
        assert not ocr.available()
    finally:
        ocr.available.cache_clear()


def test_a_picture_beside_text_is_no_scan_and_a_large_one_is_said():
    paper = Paper()
    body(paper, ["　　说明文字。"] * 10)
    paper.canvas.drawImage(picture(), 80, 20, 400, 400)
    paper.turn_page()
    body(paper, ["　　说明文字。"] * 10)
    paper.canvas.drawImage(picture(), 80, 100, 200, 200)
    document = paper.read()
    assert len(paragraphs(document)) == 20
    (skip,) = document.skipped
    assert (skip.foreign, skip.place.page) == (True, 1)
    assert "图片" in skip.reason


def test_a_picture_of_most_of_a_page_below_its_text_is_said():
    paper = Paper()
    body(paper, ["表五　一般公共预算支出表", "单位：万元"])
    paper.canvas.drawImage(picture(), 40, 40, 515, 640)
    (skip,) = paper.read().skipped
    assert (skip.foreign, skip.opaque) == (True, True)


def test_a_frame_around_the_page_is_no_table():
    paper = Paper()
    paper.canvas.rect(30, 30, 535, 782)
    body(paper, ["　　说明文字。", "　　" + FULL[:38], "如上。"])
    document = paper.read()
    assert grids(document) == []
    assert len(paragraphs(document)) == 2


def test_a_cover_with_a_picture_behind_it_is_read():
    paper = Paper()
    paper.canvas.drawImage(picture(), 0, 0, 595, 842)
    paper.text(100, 300, "某市某局二〇二五年度部门预算公开", 24)
    document = paper.read()
    assert paragraphs(document) == ["某市某局二〇二五年度部门预算公开"]
    assert not document.skipped


def test_a_scan_with_its_own_recognised_text_says_so():
    paper = Paper()
    paper.canvas.drawImage(picture(), 0, 0, 595, 842)
    text = paper.canvas.beginText(80, 600)
    text.setFont(CJK, 12)
    text.setTextRenderMode(3)
    text.textLine("预算收入总计12.50万元，比上年增加。")
    paper.canvas.drawText(text)
    document = paper.read()
    assert paragraphs(document) == ["预算收入总计12.50万元，比上年增加。"]
    (skip,) = document.skipped
    assert not skip.foreign, "what a machine has guessed from a picture is no reading to stand on"
    assert "人工核对" in skip.reason


def test_characters_without_unicode_are_not_guessed():
    paper = Paper()
    body(paper, ["　　第一页可读。"])
    paper.turn_page()
    body(paper, ["　　第二页写预算12.50万元。"])
    content = paper.content()
    assert not read(content).skipped
    # An encoding by glyph numbers of an unknown collection leads to no Unicode.
    for known, unknown in ((b"/UniGB-UCS2-H", b"/Identity-H  "), (b"(GB1)", b"(XX1)")):
        assert known in content
        content = content.replace(known, unknown)
    document = read(content)
    assert paragraphs(document) == []
    assert [skip.place.page for skip in document.skipped] == [1, 2]
    assert all("编码" in skip.reason and not skip.foreign for skip in document.skipped)


def test_lines_that_are_not_justified_go_on():
    paper = Paper()
    paper.text(80, 100, FULL)
    for number, length in enumerate((39, 40, 38)):
        paper.text(80, 140 + 15 * number, FULL[:length])
    paper.text(80, 185, "完。")
    paper.text(80, 215, "另起一段，与上文隔开。")
    assert paragraphs(paper.read()) == [FULL, FULL[:39] + FULL + FULL[:38] + "完。", "另起一段，与上文隔开。"]


def test_a_scanned_table_is_read_where_the_extra_is_installed():
    pytest.importorskip("rapidocr_onnxruntime")
    import pypdfium2

    xs, ys = [60.0, 220.0, 340.0], [100.0, 130.0, 160.0, 190.0]
    rows = [["项目名称", "金额"], ["基本支出", "1,234.56"], ["项目支出", "88.00"]]
    drawn = Paper()
    drawn.rules(xs, ys)
    drawn.rows(xs, ys, rows, size=14)
    picture = pypdfium2.PdfDocument(drawn.content())[0].render(scale=200 / 72).to_pil()
    paper = Paper()
    paper.canvas.drawImage(ImageReader(picture.convert("L")), 0, 0, 595, 842)
    document = paper.read()
    assert grids(document) == [rows]
    (skip,) = document.skipped
    assert "人工核对" in skip.reason
    assert not skip.foreign
    assert document.blocks[0].rows[1].places[1].box == pytest.approx((220, 130, 340, 160), abs=2)


def test_text_that_cannot_be_had_is_said():
    paper = Paper()
    body(paper, ["　　第一页可读。"])
    paper.turn_page()
    body(paper, ["页外的文字"] * 20, left=900)
    (skip,) = paper.read().skipped
    assert skip.place.page == 2
    assert not skip.foreign


def test_an_empty_page_between_is_nothing_to_say():
    paper = Paper()
    body(paper, ["　　第一页可读。"])
    paper.turn_page()
    paper.text(80, 100, " ")
    assert not paper.read().skipped


def test_a_picture_among_text_is_told_as_what_may_hide_a_table():
    paper = Paper()
    paper.text(100, 100, "某市某局二〇二五年度部门预算公开", 16)
    paper.canvas.drawImage(picture(), 100, 300, 300, 200)
    (skip,) = paper.read().skipped
    assert "图片" in skip.reason
    assert (skip.foreign, skip.opaque) == (True, True)
    paper = Paper()
    paper.text(100, 100, "某市某局二〇二五年度部门预算公开", 16)
    paper.canvas.drawImage(picture(), 100, 300, 60, 60)
    assert paper.read().skipped == ()
