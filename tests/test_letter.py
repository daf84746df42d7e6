"""审核意见书 as a Word document: the page of an official letter, every finding, nothing else of the filing's making."""

import re
import shutil
import subprocess
import zipfile
from io import BytesIO

import docx
import msgspec
import pypdfium2
import pytest

from checker.contract.build import audit_json
from checker.contract.finding import State, WaivedJson
from checker.contract.shape import FilingJson
from checker.outputs.formats import renderer
from checker.outputs.words import load_words
from tests.conftest import SAMPLES


@pytest.fixture(scope="module")
def audit(auditor):
    return audit_json(auditor.run([SAMPLES / "defects" / "basic-total", SAMPLES / "formats" / "vehicle-purchase"]))


def made(audit, language="zh"):
    return renderer("docx")(audit, load_words(language))


def opened(audit, language="zh"):
    return docx.Document(BytesIO(made(audit, language)))


def body(document):
    return [paragraph.text for paragraph in document.paragraphs]


def only(audit, **changes):
    """Return the audit of its first filing alone, changed."""
    filing = msgspec.structs.replace(audit.filings[0], **changes)
    return msgspec.structs.replace(audit, filings=(filing,))


def test_the_page_is_that_of_an_official_letter(audit):
    letter, annex = list(opened(only(audit)).sections)
    assert [round(length.mm) for length in (letter.page_width, letter.page_height)] == [210, 297]
    margins = (letter.top_margin, letter.bottom_margin, letter.left_margin, letter.right_margin)
    assert [round(length.mm) for length in margins] == [37, 35, 28, 26]
    assert annex.page_width > annex.page_height
    assert letter.footer.paragraphs[0].text == "—  —", "the number stands between the dashes, as a field"


def test_every_finding_is_told_with_place_figures_and_advice(audit):
    for filing in audit.filings:
        text = "\n".join(body(opened(msgspec.structs.replace(audit, filings=(filing,)))))
        assert f"{filing.filer}：" in text
        assert filing.sha256 in text
        for number, finding in enumerate(filing.findings, start=1):
            assert f"第 {number} 项" in text
            assert finding.message in text
            assert f"应为 {finding.expected}" in text
            assert finding.advice in text
            assert finding.basis in text


def test_it_is_in_order_and_leaves_what_others_decide_blank(audit):
    text = body(opened(only(audit)))
    headings = ["一、核验结论", "二、发现的问题", "三、未能核验的事项", "四、有关要求", "附件：整改台账"]
    assert [line for line in text if line in headings] == headings
    assert text[0] == f"关于{audit.filings[0].filer}2026年度预算公开文本的审核意见书"
    assert "　　　　年　　月　　日" in text


def test_the_annex_has_a_row_for_every_finding(audit):
    document = opened(audit)
    assert len(document.tables) == len(audit.filings)
    for table, filing in zip(document.tables, audit.filings, strict=True):
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        assert rows[0][2] == "问题"
        assert [row[2] for row in rows[1:]] == [finding.message for finding in filing.findings]
        assert [row[5] for row in rows[1:]] == [finding.expected for finding in filing.findings]


def test_what_is_waived_is_listed_apart_and_not_counted(audit):
    first, *rest = audit.filings[0].findings
    waived = msgspec.structs.replace(first, waived=WaivedJson("口径一致", "李四", "2026-01-01", "2026-12-31"))
    text = "\n".join(body(opened(only(audit, findings=(waived, *rest)))))
    assert f"错误 {len(rest)} 处" in text
    assert "另有 1 处经批准豁免" in text
    assert "已豁免：口径一致（李四 2026-01-01 批准" in text


def test_what_became_of_the_last_findings_is_told(audit):
    findings = audit.filings[0].findings
    changed = only(
        audit,
        findings=tuple(msgspec.structs.replace(finding, state=State.REMAINING) for finding in findings),
        fixed=findings[:2],
        previous="2026-01-01",
    )
    assert f"已消除 2 处，仍存在 {len(findings)} 处" in "\n".join(body(opened(changed)))


def test_many_places_of_one_observation_are_cut_in_the_letter_and_whole_in_the_annex(audit):
    filing: FilingJson = audit.filings[0]
    first = filing.findings[0]
    many = tuple(msgspec.structs.replace(first, id=f"{number:016}", message=f"其{number}") for number in range(2000))
    document = opened(only(audit, findings=many))
    assert "其余 1985 处见附件。" in body(document)
    assert len(document.tables[0].rows) == 2001


def test_what_was_not_verified_is_said(auditor):
    left_out = audit_json(auditor.run([SAMPLES / "city" / "defects" / "table-left-out"]))
    text = "\n".join(body(opened(left_out)))
    assert "本意见不包括它们" in text
    for form in left_out.filings[0].missing:
        assert form in text


def test_a_filing_without_findings(auditor):
    text = "\n".join(body(opened(audit_json(auditor.run([SAMPLES / "clean" / "unit.txt"])))))
    assert "没有发现不符之处。" in text
    assert "未发现问题。核验发现错误 0 处" in text


def test_what_a_filing_says_is_inert(audit):
    hostile = "</w:t><script>\x00\x0b\u202e=cmd|'/C calc'!A0"
    content = made(only(audit, filer=hostile, path=f"/tmp/{hostile}.pdf"))
    package = zipfile.ZipFile(BytesIO(content))
    main = package.read("word/document.xml").decode()
    assert "<script>" not in main
    assert not re.search("[\x00-\x08\x0b\u202e]", main)
    assert "&lt;script&gt;" in main


def test_english(audit):
    text = "\n".join(body(opened(only(audit), "en")))
    assert "2. Findings" in text
    assert "stated 207.91 | expected 207.20" in text


def test_the_same_audit_gives_the_same_bytes(audit):
    content = made(audit)
    assert made(audit) == content
    assert {info.date_time[0] for info in zipfile.ZipFile(BytesIO(content)).infolist()} == {1980}


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_libreoffice_opens_and_prints_it(audit, tmp_path):
    (tmp_path / "letter.docx").write_bytes(made(audit))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "letter.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "letter.pdf")]
    text = "".join("".join(pages).split())
    for filing in audit.filings:
        for finding in filing.findings:
            assert "".join(finding.message.split()) in text
    assert [re.search(r"— (\d+) —", page)[1] for page in pages][:2] == ["1", "2"]
