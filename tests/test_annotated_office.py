"""Annotated workbooks and Word documents: comments at the figures, and nothing else of the file changed."""

import re
import shutil
import subprocess
import zipfile
from io import BytesIO

import docx
import msgspec
import openpyxl
import pytest
import xlsxwriter
from docx.oxml.ns import qn
from lxml import etree
from openpyxl.comments import Comment

from checker.contract.build import audit_json
from checker.contract.place import At
from checker.originals.annotate import annotated
from checker.outputs.words import load_words
from checker.readers import read_document
from tests.conftest import SAMPLES

WORDS = load_words("zh")
BOOK = SAMPLES / "formats" / "basic-total" / "unit.xlsx"
LETTER = SAMPLES / "formats" / "basic-total" / "unit.docx"
OFFICE = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")


def audited(auditor, path):
    return audit_json(auditor.run([path])).filings[0]


def copy_of(auditor, path, words=WORDS):
    (copy,) = annotated(audited(auditor, path), words)
    assert not copy.reason
    return copy.content


def own(text):
    """Return what a note says about findings of its own place."""
    return text.partition("此处与下列各项对照")[0]


def converted(content, name, tmp_path, form):
    (tmp_path / name).write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(tmp_path / "out"), name]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    return tmp_path / "out" / f"{name.partition('.')[0]}.{form}"


def check_comments(filing, book):
    """Assert that the cell of every finding has a comment that tells it, and so has every figure compared with it."""
    for finding in filing.findings:
        cell = book[finding.at.sheet][finding.at.cell]
        assert f" {finding.rule} " in own(cell.comment.text)
        assert finding.message in cell.comment.text
        for operand in finding.operands:
            assert finding.rule in book[operand.at.sheet][operand.at.cell].comment.text


def test_comments_stand_at_the_cells_of_the_findings(auditor):
    filing = audited(auditor, BOOK)
    assert len(filing.findings) == 5
    book = openpyxl.load_workbook(BytesIO(copy_of(auditor, BOOK)))
    check_comments(filing, book)
    told = {
        (sheet.title, cell.coordinate) for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment
    }
    assert told == {(operand.at.sheet, operand.at.cell) for finding in filing.findings for operand in finding.operands}


def test_nothing_else_of_the_workbook_changes(auditor):
    before, after = zipfile.ZipFile(BOOK), zipfile.ZipFile(BytesIO(copy_of(auditor, BOOK)))
    assert set(before.namelist()) <= set(after.namelist())
    added = [name for name in after.namelist() if name not in before.namelist()]
    assert all(
        re.fullmatch(r"xl/(comments\d+\.xml|drawings/vmlDrawing\d+\.vml|worksheets/_rels/.*)", name) for name in added
    )
    same = [name for name in before.namelist() if before.read(name) == after.read(name)]
    assert {"xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"} <= set(same)
    one, two = openpyxl.load_workbook(BOOK), openpyxl.load_workbook(BytesIO(copy_of(auditor, BOOK)))
    for sheet in one:
        other = two[sheet.title]
        assert sheet.merged_cells.ranges == other.merged_cells.ranges
        for row in sheet.iter_rows():
            for cell in row:
                twin = other[cell.coordinate]
                assert (cell.value, cell.style_id) == (twin.value, twin.style_id)


def test_comments_that_were_there_stay(auditor, tmp_path):
    place = audited(auditor, BOOK).findings[0].at
    book = openpyxl.load_workbook(BOOK)
    book[place.sheet]["A1"].comment = Comment("表头已核对", "王五")
    book[place.sheet][place.cell].comment = Comment("待核实", "王五")
    source = tmp_path / "unit.xlsx"
    book.save(source)
    filing = audited(auditor, source)
    noted = openpyxl.load_workbook(BytesIO(copy_of(auditor, source)))
    assert noted[place.sheet]["A1"].comment.text == "表头已核对"
    text = noted[place.sheet][place.cell].comment.text
    assert text.startswith("待核实")
    assert filing.findings[0].message in text
    check_comments(filing, noted)


def test_a_drawing_of_comments_stands_before_what_must_follow_it(auditor):
    """A sheet in the wrong order is one that Excel finds damaged."""
    package = zipfile.ZipFile(BytesIO(copy_of(auditor, BOOK)))
    order = [
        "pageMargins",
        "pageSetup",
        "headerFooter",
        "drawing",
        "legacyDrawing",
        "legacyDrawingHF",
        "tableParts",
        "extLst",
    ]
    seen = 0
    for name in package.namelist():
        if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
            children = [etree.QName(child).localname for child in etree.fromstring(package.read(name))]
            known = [order.index(child) for child in children if child in order]
            assert known == sorted(known)
            seen += "legacyDrawing" in children
    assert seen >= 3


def test_tables_and_extensions_stay_behind_the_drawing(tmp_path):
    from checker.originals.notes import Writer, notes_of
    from checker.originals.xlsx import annotate

    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("表")
    sheet.merge_range("B2:C3", "合并")
    sheet.add_table("E1:F3", {"columns": [{"header": "甲"}, {"header": "乙"}]})
    sheet.conditional_format("A1:A5", {"type": "data_bar", "bar_solid": True})
    book.close()
    filing = filing_with(At(sheet="表", cell="C3"), At(sheet="没有", cell="B1"))
    content = annotate(buffer.getvalue(), filing, notes_of(filing), Writer(filing, WORDS))
    noted = openpyxl.load_workbook(BytesIO(content))["表"]
    assert "问题0" in noted["B2"].comment.text, "the first cell of a merged range is the one that is seen"
    assert "问题1" in noted["A1"].comment.text, "what is on no sheet stands at the beginning"
    children = [
        etree.QName(child).localname
        for child in etree.fromstring(zipfile.ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml"))
    ]
    assert children.index("legacyDrawing") < children.index("tableParts") < children.index("extLst")


def filing_with(*places):
    """Return a filing that is nothing but findings at places."""
    from checker.contract.finding import FindingJson
    from checker.contract.shape import CoverageJson, FilingJson

    findings = tuple(
        FindingJson(
            f"{number:016}", "", "TXT-1", "名称", "text", "error", f"问题{number}", "", "", "", at,
            None, None, None, None, "", "", (),
        )
        for number, at in enumerate(places)
    )  # fmt: skip
    return FilingJson(
        "x", "", "甲", 2026, "budget", "unit", "x", "建议退回", CoverageJson((0, 0), (0, 0)), (), (), (), (), (), {},
        findings, (),
    )  # fmt: skip


@OFFICE
def test_libreoffice_keeps_the_comments(auditor, tmp_path):
    filing = audited(auditor, BOOK)
    check_comments(filing, openpyxl.load_workbook(converted(copy_of(auditor, BOOK), "unit.xlsx", tmp_path, "xlsx")))


def commented(document):
    """Return by the id of each comment: its text, and the text between its marks."""
    texts = {comment.comment_id: comment.text for comment in document.comments}
    body = document.element.body
    found = {}
    for number, text in texts.items():
        inside, words = False, ""
        for element in body.iter():
            if element.get(qn("w:id")) == str(number):
                inside = element.tag == qn("w:commentRangeStart") or (inside and element.tag != qn("w:commentRangeEnd"))
            elif inside and element.tag == qn("w:t"):
                words += element.text or ""
        found[number] = (text, words)
    return found


def test_word_comments_are_anchored_at_the_figures(auditor):
    filing = audited(auditor, LETTER)
    assert len(filing.findings) == 5
    document = docx.Document(BytesIO(copy_of(auditor, LETTER)))
    notes = commented(document).values()
    for finding in filing.findings:
        (words,) = [words for text, words in notes if f" {finding.rule} " in own(text)]
        assert finding.operands[0].text in words
        for operand in finding.operands:
            assert any(finding.rule in text and operand.text in words for text, words in notes), operand.ref
    for finding in filing.findings:
        if finding.at.table:
            cell = document.tables[finding.at.table - 1].rows[finding.at.row - 1]._tr.tc_lst[finding.at.column - 1]
            assert cell.findall(f".//{qn('w:commentRangeStart')}")


def test_the_annotated_document_reads_as_the_original(auditor, tmp_path):
    target = tmp_path / "unit.docx"
    target.write_bytes(copy_of(auditor, LETTER))
    one, two = read_document(LETTER), read_document(target)
    assert one.blocks == two.blocks
    book = tmp_path / "unit.xlsx"
    book.write_bytes(copy_of(auditor, BOOK))
    assert read_document(BOOK).blocks == read_document(book).blocks


def test_word_comments_that_were_there_stay(auditor, tmp_path):
    document = docx.Document(LETTER)
    document.add_comment(document.paragraphs[0].runs, "封面已核对", author="王五")
    source = tmp_path / "unit.docx"
    document.save(source)
    noted = docx.Document(BytesIO(copy_of(auditor, source)))
    texts = [comment.text for comment in noted.comments]
    assert texts[0] == "封面已核对"
    assert len(texts) == len({comment.comment_id for comment in noted.comments}) > 5


@OFFICE
def test_libreoffice_opens_the_annotated_document(auditor, tmp_path):
    again = docx.Document(converted(copy_of(auditor, LETTER), "unit.docx", tmp_path, "docx"))
    assert {comment.author for comment in again.comments} == {"勾稽"}
    assert len(list(again.comments)) == len(list(docx.Document(BytesIO(copy_of(auditor, LETTER))).comments))


@pytest.mark.parametrize("source", [BOOK, LETTER])
def test_the_same_audit_gives_the_same_bytes(auditor, source):
    content = copy_of(auditor, source)
    assert copy_of(auditor, source) == content


@pytest.mark.parametrize("source", [BOOK, LETTER])
def test_what_a_filing_says_is_inert(auditor, source):
    filing = audited(auditor, source)
    hostile = "</t></text><x>&\x00\u202e=cmd|' /C calc'!A0"
    findings = tuple(msgspec.structs.replace(finding, message=hostile) for finding in filing.findings)
    (copy,) = annotated(msgspec.structs.replace(filing, findings=findings), WORDS)
    package = zipfile.ZipFile(BytesIO(copy.content))
    for name in package.namelist():
        if name.endswith((".xml", ".vml", ".rels")):
            etree.fromstring(package.read(name))
    shown = "</t></text><x>&=cmd|' /C calc'!A0"
    said = [
        "".join(etree.fromstring(package.read(name)).itertext())
        for name in package.namelist()
        if re.search(r"comments\d*\.xml$", name)
    ]
    assert any(shown in text for text in said)
