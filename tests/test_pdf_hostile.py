"""PDFs that are broken or meant to harm: each ends as one clear refusal, or as a skip that names its page."""

from __future__ import annotations

import random

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption

from checker.readers import Limits, Unreadable
from tests.support.paper import Paper, paragraphs, read, steps


def plain(pages=1):
    paper = Paper()
    for _ in range(pages):
        paper.text(80, 100, "预算说明")
        paper.table([60, 200, 300], [120, 140], [["工资", "5.00"]])
        paper.turn_page()
    return paper.content()


def refused(content, limits=None):
    with pytest.raises(Unreadable) as caught:
        read(content, limits)
    return caught.value


def test_encrypted():
    paper = Paper(encrypt=StandardEncryption("secret", canPrint=0))
    paper.text(80, 100, "预算说明")
    assert "加密" in refused(paper.content()).reason


def test_encrypted_against_changes_only_is_read():
    paper = Paper(encrypt=StandardEncryption("", "owner", canModify=0))
    paper.text(80, 100, "预算说明")
    assert paragraphs(paper.read()) == ["预算说明"]


def test_truncated():
    content = plain()
    for share in (0.02, 0.2, 0.5):
        try:
            read(content[: int(len(content) * share)])
        except Unreadable as error:
            assert "损坏" in error.reason or "没有" in error.reason


def test_the_first_bytes_alone():
    assert "损坏" in refused(b"%PDF-1.7\n").reason


def test_no_page():
    objects = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    refused(b"%PDF-1.4\n" + objects + b"trailer<</Root 1 0 R/Size 3>>\n%%EOF")


def test_pages_that_hold_themselves():
    objects = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>endobj\n"
    refused(b"%PDF-1.4\n" + objects + b"trailer<</Root 1 0 R/Size 3>>\n%%EOF")


def test_an_empty_page():
    paper = Paper()
    paper.turn_page()
    assert "文字" in refused(paper.content()).reason


def test_flipped_bytes_never_crash():
    content = plain(2)
    chance = random.Random(7)
    for _ in range(60):
        broken = bytearray(content)
        for _ in range(20):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            read(bytes(broken))
        except Unreadable as error:
            assert error.reason


@pytest.mark.parametrize(
    ("limit", "words"),
    [({"pages": 2}, "页"), ({"page_characters": 10}, "字符"), ({"page_strokes": 3}, "线条"), ({"cells": 5}, "单元格")],
)
def test_limits(limit, words):
    error = refused(plain(3), Limits(**limit))
    assert words in error.reason
    assert error.place is not None


def test_a_drawing_of_very_many_lines_is_skipped_by_name():
    paper = Paper((2000, 2000))
    paper.text(80, 60, "预算说明")
    for step in steps(0, 5, 380):
        paper.line(20 + step, 20, 20 + step, 1920)
        paper.line(20, 20 + step, 1920, 20 + step)
    (skip,) = paper.read().skipped
    assert "图画" in skip.reason
    assert skip.place.page == 1


def test_forms_inside_forms_end():
    paper = Paper()
    paper.text(80, 100, "预算说明")
    for depth in range(100):
        paper.canvas.beginForm(f"form{depth}")
        if depth:
            paper.canvas.doForm(f"form{depth - 1}")
        paper.line(0, 0, 10, 10)
        paper.canvas.endForm()
    paper.canvas.doForm("form99")
    assert paragraphs(paper.read()) == ["预算说明"]


def drawn(page, fonts):
    """Return a PDF of one page: what is written on it, and its fonts F1, F2, … and what they need, from object 5 on."""
    names = b"".join(b"/F%d %d 0 R" % (at + 1, at + 5) for at in range(len(fonts)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<<%s>>>>>>" % names,
        b"<</Length %d>>stream\n%s\nendstream" % (len(page), page),
        *fonts,
    ]
    body = b"".join(b"%d 0 obj%s\nendobj\n" % (number, text) for number, text in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer<</Size %d/Root 1 0 R>>" % (len(objects) + 1)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"BT /F1 12 Tf 100 700 Td (12.34) Tj ET", "12.34"),
        (b"BT /F2 12 Tf 100 700 Td (3) Tj /F1 12 Tf (4.56) Tj ET", "\ufffd4.56"),
        (b"BT /F2 12 Tf 100 700 Td (123) Tj ET", "\ufffd\ufffd\ufffd"),
    ],
)
def test_a_digit_that_only_the_font_knows_is_no_digit(page, expected):
    """Its code is that of a digit, its shape may be any other."""
    plain = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    own = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 500 700]/FontMatrix[0.001 0 0 0.001 0 0]/FirstChar 49/LastChar 51"
        b"/Widths[500 500 500]/CharProcs<</g1 7 0 R/g2 7 0 R/g3 7 0 R>>"
        b"/Encoding<</Type/Encoding/Differences[49/g1/g2/g3]>>/Resources<<>>>>"
    )
    shape = b"<</Length 44>>stream\n500 0 0 0 500 700 d1 0 0 400 600 re f          \nendstream"
    assert paragraphs(read(drawn(page, [plain, own, shape]))) == [expected]
