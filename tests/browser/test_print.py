"""On paper: three modes, each complete, with the margins that official documents have."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from checker.outputs.words import load_words
from tests.browser.conftest import put
from tests.browser.making import audit_of, crowded, numbered

ZH = load_words("zh")
UPRIGHT, LYING = (210, 297), (297, 210)


def closed_up(text: str) -> str:
    """Return a text without spaces, line ends and the hyphens of broken lines, as a PDF does not keep them."""
    return re.sub(r"[\s\u00ad\ufffe\u200b]+", "", text)


def printed(page, mode: str):
    """Print a page as the browser would on paper, with its own page sizes."""
    page.evaluate("mode => { document.body.dataset.print = mode; }", mode)
    return pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=False))


def text_of(document) -> str:
    """Return the text of all pages without their page numbers, which would stand within what goes on over the page."""
    parts = []
    for number, page in enumerate(document, 1):
        text = closed_up(page.get_textpage().get_text_range())
        for foot in (f"{number}/{len(document)}", f"—{number}—"):
            text = text.removesuffix(foot).removeprefix(foot)
        parts.append(text)
    return "".join(parts)


def sizes(document) -> set[tuple[int, int]]:
    return {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document}


def text_box(document, number: int = 0) -> tuple[float, float]:
    """Return where the text of a page begins, in mm from the left and from the top."""
    page = document[number]
    text = page.get_textpage()
    boxes = [text.get_charbox(at) for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()]
    height = page.get_size()[1]
    return min(box[0] for box in boxes) / 72 * 25.4, (height - max(box[3] for box in boxes)) / 72 * 25.4


@pytest.mark.parametrize("mode", ["opinion", "ledger"])
def test_every_finding_is_in_the_opinion_and_in_the_ledger(visit, page_file, rich, mode):
    document = printed(visit(page_file), mode)
    text = text_of(document)
    for finding in rich.findings:
        assert closed_up(finding.message) in text, finding.id
    upright = [page.get_size()[0] < page.get_size()[1] for page in document]
    assert {*sizes(document)} <= {UPRIGHT, LYING}
    if mode == "ledger":
        assert not any(upright)
    else:  # the letter, and the ledger enclosed
        assert upright[0] and not upright[-1]
        left, top = text_box(document)
        assert 27 <= left <= 32
        assert 36 <= top <= 60


def test_everything_prints_without_scripts(visit, page_file, rich):
    page = visit(page_file, java_script_enabled=False)
    text = text_of(pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)))
    for finding in rich.findings:
        assert closed_up(finding.message) in text, finding.id
    for table in rich.tables:
        assert closed_up(table.title) in text
        for row in table.body:
            assert closed_up(row.name) in text
    text = text.replace("✗", "")  # stands behind each number of the narrative that does not agree
    for passage in rich.passages:
        for paragraph in passage.paragraphs:
            assert closed_up(paragraph.text) in text


def test_a_filter_keeps_nothing_from_paper_and_marks_are_printed(visit, small_files, small):
    page = visit(small_files["zh"])
    page.keyboard.press("n")
    page.keyboard.press("c")
    page.locator("[aria-current=true] [data-note]").click()
    page.keyboard.type("单位已确认抄写有误")
    page.locator("textarea:focus").blur()
    page.fill("#f-by-text", "没有这样的话")
    page.wait_for_timeout(300)
    assert page.locator(".finding:not(.out)").count() == 0
    text = text_of(printed(page, "full"))
    for finding in small.findings:
        assert closed_up(finding.message) in text
    assert closed_up(ZH("script.mark.said", mark=ZH("script.mark.confirmed"))) in text
    assert "单位已确认抄写有误" in text
    assert ZH("script.export") not in text


def test_five_hundred_findings_are_all_on_paper(visit, small, tmp_path):
    filing = numbered(crowded(small, 500))
    text = text_of(printed(visit(put(audit_of(filing), tmp_path, "many.html")), "ledger"))
    for finding in filing.findings:
        assert closed_up(finding.message) in text
