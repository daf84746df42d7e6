"""Pictures cut out of the original: at the figure, small, the same every time, and never of another file."""

from io import BytesIO
from shutil import copyfile

import pypdfium2
import pytest
from PIL import Image

from checker.contract.build import audit_json
from checker.originals.crops import crops
from checker.originals.printed import printed
from tests.conftest import SAMPLES

FAILING = SAMPLES / "formats" / "basic-total" / "unit.pdf"
RED = (0xC6, 0x28, 0x28)


@pytest.fixture(scope="module")
def filing(auditor):
    return audit_json(auditor.run([FAILING])).filings[0]


def text_within(page, box):
    """Return what PDFium itself says is written in a box."""
    left, top, right, bottom = box
    height = page.get_height()
    words = page.get_textpage().get_text_bounded(left - 0.5, height - bottom - 0.5, right + 0.5, height - top + 0.5)
    return "".join(words.split())


def test_the_figures_of_every_finding_are_found_on_their_pages(filing):
    pages = pypdfium2.PdfDocument(FAILING)
    seen = 0
    with printed(FAILING.read_bytes(), filing) as original:
        for finding in filing.findings:
            for operand in finding.operands:
                spots = original.spots(operand.at, operand.text)
                said = "".join(text_within(pages[spot.page - 1], spot.box) for spot in spots)
                assert said.rstrip("，。") == operand.text, operand.ref
                seen += 1
    assert seen > len(filing.findings)


def test_each_finding_has_a_small_picture_with_a_frame(filing):
    made = crops(filing)
    assert list(made) and set(made) == {finding.id for finding in filing.findings}
    for finding in filing.findings:
        crop = made[finding.id]
        picture = Image.open(BytesIO(crop.png))
        assert picture.size == (crop.width, crop.height)
        assert len(crop.png) < 15_000
        assert crop.at == finding.at
        points = picture.convert("RGB")
        red = [(x, y) for x in range(points.width) for y in range(points.height) if points.getpixel((x, y)) == RED]
        left, right = min(x for x, _ in red), max(x for x, _ in red)
        top, bottom = min(y for _, y in red), max(y for _, y in red)
        inside = points.crop((left + 3, top + 3, right - 3, bottom - 3)).convert("L")
        assert 10 < bottom - top < 40
        assert inside.getextrema()[0] < 100, "the frame is around ink"


def test_the_same_filing_gives_the_same_bytes(filing):
    assert crops(filing) == crops(filing)


def test_room_is_kept_to(filing):
    assert len(crops(filing, most=2)) == 2
    largest = max(len(crop.png) for crop in crops(filing).values())
    assert sum(len(crop.png) for crop in crops(filing, most_bytes=2 * largest).values()) <= 2 * largest


def test_no_picture_of_a_file_that_has_changed_or_is_gone(auditor, tmp_path):
    target = tmp_path / "unit.pdf"
    copyfile(FAILING, target)
    filing = audit_json(auditor.run([target])).filings[0]
    assert crops(filing)
    target.write_bytes(target.read_bytes() + b"\n%")
    assert not crops(filing)
    target.unlink()
    assert not crops(filing)


def test_a_page_that_is_no_pdf_has_none(auditor):
    assert not crops(audit_json(auditor.run([SAMPLES / "formats" / "basic-total" / "unit.html"])).filings[0])
