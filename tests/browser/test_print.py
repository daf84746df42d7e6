"""On paper: three modes, each complete, with the margins that official documents have."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from tests.browser.conftest import put
from tests.browser.making import audit_of, crowded

A4 = (210, 297)
MODES = ("full", "opinion", "ledger")


def closed_up(text: str) -> str:
    """Return a text without spaces, line ends and the hyphens of broken lines, as a PDF does not keep them."""
    return re.sub(r"[\s\u00ad\ufffe\u200b]+", "", text)


def printed(page, mode: str):
    """Print a page as the browser would on paper, with its own page sizes."""
    page.evaluate("mode => { document.body.dataset.print = mode; }", mode)
    return pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=False))


def text_of(document) -> str:
    return closed_up("".join(page.get_textpage().get_text_range() for page in document))


def sizes(document) -> set[tuple[int, int]]:
    return {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document}


def text_box(document, number: int = 0) -> tuple[float, float]:
    """Return where the text of a page begins, in mm from the left and from the top."""
    page = document[number]
    text = page.get_textpage()
    boxes = [text.get_charbox(at) for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()]
    height = page.get_size()[1]
    return min(box[0] for box in boxes) / 72 * 25.4, (height - max(box[3] for box in boxes)) / 72 * 25.4


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def page(request, visit, page_file):
    return visit(page_file, java_script_enabled=request.param)


@pytest.mark.parametrize("mode", MODES)
def test_every_finding_is_on_paper(visit, page_file, rich, mode):
    text = text_of(printed(visit(page_file), mode))
    for finding in rich.findings:
        assert closed_up(finding.message) in text, finding.id


def test_everything_prints_without_scripts(visit, page_file, rich):
    page = visit(page_file, java_script_enabled=False)
    text = text_of(pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)))
    for finding in rich.findings:
        assert closed_up(finding.message) in text, finding.id
    for table in rich.tables:
        assert closed_up(table.title) in text
        for row in table.body[-1:]:
            assert closed_up(row.name) in text


def test_filters_never_keep_a_finding_from_paper(visit, page_file, rich):
    page = visit(page_file)
    page.select_option("#f-by-severity", "warning")
    text = text_of(printed(page, "full"))
    for finding in rich.findings:
        assert closed_up(finding.message) in text


def test_the_opinion_has_the_margins_of_an_official_document(visit, page_file):
    document = printed(visit(page_file), "opinion")
    assert sizes(document) == {A4}
    left, top = text_box(document)
    assert 27 <= left <= 32
    assert top >= 36


def test_the_ledger_lies_on_its_side(visit, page_file):
    assert sizes(printed(visit(page_file), "ledger")) == {(A4[1], A4[0])}


def test_marks_and_notes_are_printed(visit, page_file):
    page = visit(page_file)
    page.keyboard.press("n")
    page.keyboard.press("c")
    page.locator("[aria-current=true] [data-note]").click()
    page.keyboard.type("单位已确认抄写有误")
    page.locator("textarea:focus").blur()
    page.wait_for_timeout(50)
    text = text_of(printed(page, "full"))
    assert "处理：确认" in text and "单位已确认抄写有误" in text
    assert "导出标记" not in text


def test_two_thousand_findings_are_all_on_paper(visit, rich, tmp_path):
    filing = crowded(rich, 400)
    text = text_of(printed(visit(put(audit_of(filing), tmp_path, "many.html")), "ledger"))
    for finding in filing.findings:
        assert text.count(closed_up(finding.message)) >= 1
