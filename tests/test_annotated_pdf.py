"""Annotated PDFs: the original untouched, the notes at their figures however the page lies, opened by two readers."""

from io import BytesIO

import pypdf
import pypdfium2
import pytest
from pypdf.annotations import Link
from pypdf.generic import FloatObject, NameObject, RectangleObject

from checker.contract.build import audit_json
from checker.originals.annotate import Copies, annotated
from checker.outputs.words import load_words
from tests.conftest import SAMPLES

FAILING = SAMPLES / "formats" / "basic-total" / "unit.pdf"
TWO_FILES = SAMPLES / "province" / "formats" / "use-of-fiscal"
WORDS = load_words("zh")


def audited(auditor, *paths):
    return audit_json(auditor.run(paths)).filings[0]


def highlights(content):
    """Return (page number, quads, text of the note) of every highlight."""
    found = []
    for number, page in enumerate(pypdf.PdfReader(BytesIO(content)).pages):
        for each in page.get("/Annots", ()):
            note = each.get_object()
            if note["/Subtype"] == "/Highlight":
                values = [float(value) for value in note["/QuadPoints"]]
                quads = [values[at : at + 8] for at in range(0, len(values), 8)]
                found.append((number, quads, note["/Contents"]))
    return found


def words_under(document, number, quads):
    """Return what PDFium says is written under the quads, in the page's own coordinates."""
    text = document[number].get_textpage()
    said = ""
    for quad in quads:
        xs, ys = quad[0::2], quad[1::2]
        said += text.get_text_bounded(min(xs), min(ys), max(xs), max(ys))
    return "".join(said.split()).rstrip("，。")


def check_notes(filing, content):
    """Assert that a highlight over its figure names every finding, and that there are no others over findings."""
    document = pypdfium2.PdfDocument(content)
    told = [(words_under(document, number, quads), note) for number, quads, note in highlights(content)]
    for finding in filing.findings:
        over = {words for words, note in told if f" {finding.rule} " in note.partition("此处与下列")[0]}
        assert finding.operands[0].text in over, (finding.rule, over)
        for operand in finding.operands:
            assert any(words == operand.text and finding.rule in note for words, note in told), operand.ref


def changed(change):
    """Return the failing sample after `change` was done to each of its pages."""
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(FAILING))
    for page in writer.pages:
        change(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def offset(page):
    """Put the corner of the page elsewhere, and show less than all of it."""
    left, bottom, right, top = (float(value) for value in page.mediabox)
    page.mediabox = RectangleObject([FloatObject(v) for v in (left - 40, bottom - 25, right + 45, top + 58)])
    page.cropbox = RectangleObject([FloatObject(v) for v in (left - 13, bottom + 7, right + 5, top + 8)])


def offset_and_rotated(page):
    offset(page)
    page.rotate(270)


LAID = {
    "as it is": lambda page: None,
    "rotated 90": lambda page: page.rotate(90),
    "rotated 180": lambda page: page.rotate(180),
    "rotated 270": lambda page: page.rotate(270),
    "cropped": offset,
    "cropped and rotated": offset_and_rotated,
}


@pytest.mark.parametrize("laid", LAID)
def test_notes_stand_at_their_figures_however_the_page_lies(auditor, tmp_path, laid):
    source = tmp_path / "unit.pdf"
    source.write_bytes(changed(LAID[laid]))
    filing = audited(auditor, source)
    assert len(filing.findings) == 5
    (copy,) = annotated(filing, WORDS)
    assert not copy.reason
    check_notes(filing, copy.content)


def test_the_original_is_the_beginning_of_its_copy(auditor):
    filing = audited(auditor, FAILING)
    (copy,) = annotated(filing, WORDS)
    assert copy.content.startswith(FAILING.read_bytes())
    assert annotated(filing, WORDS)[0].content == copy.content
    pages = pypdf.PdfReader(BytesIO(copy.content))
    assert len(pages.pages) == len(pypdf.PdfReader(FAILING).pages)
    assert pages.metadata == pypdf.PdfReader(FAILING).metadata
    assert copy.notes == len({operand.at for finding in filing.findings for operand in finding.operands})


def test_the_notes_are_seen(auditor):
    """PDFium draws the appearance of each highlight: the framed figure has red around it that the original lacks."""
    (copy,) = annotated(audited(auditor, FAILING), WORDS)

    def reds(content):
        picture = pypdfium2.PdfDocument(content)[10].render(scale=2).to_pil().convert("RGB")
        return sum(
            red > 180 and green < 60 and blue < 60
            for red, green, blue in zip(*[iter(picture.tobytes())] * 3, strict=True)
        )

    assert reds(FAILING.read_bytes()) == 0
    assert reds(copy.content) > 100


def test_the_note_says_all_about_its_findings(auditor):
    filing = audited(auditor, FAILING)
    (copy,) = annotated(filing, WORDS)
    note = next(text for _, _, text in highlights(copy.content) if " ACR-601 " in text)
    finding = next(each for each in filing.findings if each.rule == "ACR-601")
    for said in (finding.message, finding.advice, finding.basis, "填报 207.91｜应为 207.20｜差额"):
        assert said in note
    english = annotated(filing, load_words("en"))[0].content
    assert any("stated 207.91 | expected 207.20" in text for _, _, text in highlights(english))


def test_annotations_that_were_there_stay(auditor, tmp_path):
    def link(page):
        page[NameObject("/Annots")] = pypdf.generic.ArrayObject(
            [Link(rect=(10, 10, 50, 50), url="https://example.org")]
        )

    source = tmp_path / "unit.pdf"
    source.write_bytes(changed(link))
    (copy,) = annotated(audited(auditor, source), WORDS)
    kinds = [each.get_object()["/Subtype"] for each in pypdf.PdfReader(BytesIO(copy.content)).pages[10]["/Annots"]]
    assert kinds[0] == "/Link"
    assert kinds.count("/Highlight") > 1


def test_each_file_of_a_filing_gets_its_own_notes(auditor, tmp_path):
    filing = audited(auditor, TWO_FILES)
    written = Copies(tmp_path, WORDS).write(filing)
    assert [each.target.name for each in written] == ["department-tables-批注.pdf"]
    check_notes(filing, written[0].target.read_bytes())


def test_a_file_with_damaged_references_is_written_anew(auditor, tmp_path):
    content = FAILING.read_bytes()
    at = content.rindex(b"startxref")
    source = tmp_path / "unit.pdf"
    source.write_bytes(content[:at] + b"startxref\n17\n%%EOF\n")
    filing = audited(auditor, source)
    (copy,) = annotated(filing, WORDS)
    assert not copy.reason
    check_notes(filing, copy.content)


def test_an_encrypted_file_is_said_to_be(auditor, tmp_path):
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(FAILING))
    writer.encrypt("", "owner", algorithm="RC4-128")
    source = tmp_path / "unit.pdf"
    writer.write(source)
    (copy,) = annotated(audited(auditor, source), WORDS)
    assert copy.content is None
    assert "加密" in copy.reason


def test_a_file_that_is_gone_or_changed_is_said_to_be(auditor, tmp_path):
    source = tmp_path / "unit.pdf"
    source.write_bytes(FAILING.read_bytes())
    filing = audited(auditor, source)
    source.write_bytes(FAILING.read_bytes() + b" ")
    assert "SHA-256" in annotated(filing, WORDS)[0].reason
    source.unlink()
    (written,) = Copies(tmp_path / "out", WORDS).write(filing)
    assert written.target is None
    assert "找不到原件" in written.reason
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "said"), [("formats/basic-total/unit.html", "网页"), ("defects/basic-total/unit.txt", "文本")]
)
def test_formats_that_hold_no_notes_are_named(auditor, name, said):
    (copy,) = annotated(audited(auditor, SAMPLES / name), WORDS)
    assert copy.content is None
    assert said in copy.reason


def test_copies_of_one_name_are_told_apart_and_never_replace_an_original(auditor, tmp_path):
    own = tmp_path / "unit-批注.pdf"
    own.write_bytes(FAILING.read_bytes())
    copies = Copies(tmp_path, WORDS)
    names = [copies.write(audited(auditor, path))[0].target.name for path in (FAILING, FAILING, own)]
    assert names == ["unit-批注.pdf", "unit-批注-2.pdf", "unit-批注-批注.pdf"]
    beside = Copies(tmp_path, WORDS).write(audited(auditor, tmp_path / "unit-批注.pdf"))
    assert beside[0].target.name != "unit-批注.pdf"


def test_a_filing_without_findings_needs_no_copy(auditor):
    (copy,) = annotated(audited(auditor, SAMPLES / "clean" / "unit.txt"), WORDS)
    assert copy.content is None
    assert copy.reason == WORDS("originals.nothing")


def test_the_command_line_puts_copies_into_a_folder_and_says_what_has_none(tmp_path):
    from typer.testing import CliRunner

    from checker.cli.app import app

    folder = tmp_path / "批注"
    command = ["audit", str(SAMPLES / "formats" / "basic-total"), "-o", f"annotated={folder}"]
    for _ in range(2):
        result = CliRunner().invoke(app, command)
        assert result.exit_code == 1
        assert sorted(path.name for path in folder.iterdir()) == ["unit-批注.docx", "unit-批注.pdf", "unit-批注.xlsx"]
        assert "unit.html：没有批注本" in result.stderr


def test_copies_beside_the_originals_are_not_audited_themselves(tmp_path):
    from typer.testing import CliRunner

    from checker.cli.app import app

    (tmp_path / "unit.pdf").write_bytes(FAILING.read_bytes())
    for _ in range(2):
        CliRunner().invoke(app, ["audit", str(tmp_path), "-o", f"annotated={tmp_path}"])
        assert sorted(path.name for path in tmp_path.iterdir()) == ["unit-批注.pdf", "unit.pdf"]
