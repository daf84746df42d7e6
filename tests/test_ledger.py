"""整改台账 as a workbook: every finding a row, exact amounts, nothing executable, opened by two programs."""

import shutil
import subprocess
from decimal import Decimal
from io import BytesIO

import msgspec
import openpyxl
import pytest

from checker.contract.build import audit_json
from checker.contract.finding import State, WaivedJson
from checker.outputs.formats import renderer
from checker.outputs.ledger import exact
from checker.outputs.words import load_words
from tests.conftest import SAMPLES

WORDS = load_words("zh")
HEADINGS = [
    "序号", "单位名称", "年度", "文件", "级别", "规则", "问题", "位置", "填报数", "应为", "差额", "计量单位", "依据",
    "建议", "状态", "责任单位", "责任人", "整改措施", "整改时限", "整改结果", "销号", "问题编号",
]  # fmt: skip


@pytest.fixture(scope="module")
def audit(auditor, tmp_path_factory):
    folder = tmp_path_factory.mktemp("empty")
    (folder / "empty.txt").write_bytes(b"")
    return audit_json(
        auditor.run([SAMPLES / "defects" / "basic-total", SAMPLES / "clean", folder], "2026-03-01T08:00:00")
    )


def made(audit, language="zh"):
    return renderer("xlsx")(audit, load_words(language))


def opened(audit, language="zh"):
    return openpyxl.load_workbook(BytesIO(made(audit, language)))


def rows(sheet):
    head = [cell.value for cell in sheet[3]]
    return [dict(zip(head, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=4)]


def changed(audit, **changes):
    """Return the audit with its first finding and filing changed."""
    filing = audit.filings[0]
    finding = msgspec.structs.replace(filing.findings[0], **changes)
    filing = msgspec.structs.replace(filing, findings=(finding, *filing.findings[1:]))
    return msgspec.structs.replace(audit, filings=(filing, *audit.filings[1:]))


def test_a_row_for_every_finding(audit):
    sheet = opened(audit)["整改台账"]
    assert [cell.value for cell in sheet[3]] == HEADINGS
    findings = [(filing, finding) for filing in audit.filings for finding in filing.findings]
    assert len(findings) == 5
    for row, (filing, finding) in zip(rows(sheet), findings, strict=True):
        assert row["单位名称"] == filing.filer
        assert row["年度"] == filing.year
        assert row["问题"] == finding.message
        assert row["规则"] == f"{finding.rule} {finding.name}"
        assert row["级别"] == "错误"
        assert row["问题编号"] == finding.id
        assert Decimal(str(row["填报数"])) == Decimal(finding.actual)
        assert Decimal(str(row["差额"])) == Decimal(finding.difference)
        assert [row[heading] for heading in HEADINGS[15:21]] == [None] * 6
    assert [row["序号"] for row in rows(sheet)] == [1, 2, 3, 4, 5]


def test_it_is_made_to_be_worked_with_and_printed(audit):
    sheet = opened(audit)["整改台账"]
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref == "A3:V8"
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize) == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert int(sheet.page_setup.fitToHeight) == 0, "as many pages down as there are; one across is the default"
    assert sheet.print_title_rows == "$3:$3"
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation if each.type == "list"}
    assert lists == {"T4:T8": '"已整改,部分整改,已说明,未整改"', "U4:U8": '"已销号,未销号"'}


def test_how_each_filing_came_out_and_what_was_not_verified(audit):
    book = opened(audit)
    told = rows(book["概况"])
    assert [row["结论"] for row in told] == [*(WORDS(f"verdict.{each.verdict}") for each in audit.filings), "无法核验"]
    for row, filing in zip(told, audit.filings, strict=False):
        assert (row["错误"], row["疑点"], row["提示"]) == tuple(
            filing.severities[s] for s in ("error", "warning", "notice")
        )
        assert row["数字已勾对/全部"] == "/".join(map(str, filing.coverage.figures))
    assert rows(book["未能核验"])[0]["原因"] == "文件为空"


def test_waived_and_known_findings_are_marked(audit):
    waived = WaivedJson("上级同意按原口径公开", "张三", "2026-01-01", "2026-12-31")
    row = rows(opened(changed(audit, waived=waived))["整改台账"])[0]
    assert row["状态"] == "已豁免：上级同意按原口径公开（张三 2026-01-01 批准，2026-12-31 到期）"
    assert rows(opened(changed(audit, waived=waived))["概况"])[0]["已豁免"] == 1
    assert rows(opened(changed(audit, state=State.NEW))["整改台账"])[0]["状态"] == "新增"


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-2", "http://example.org/", "\x01\u202eabc</t>"]
)
def test_what_a_filing_says_is_text(audit, text):
    book = openpyxl.load_workbook(BytesIO(made(changed(audit, message=text, advice=text, unit=text))))
    cell = book["整改台账"]["G4"]
    assert cell.data_type == "s"
    assert cell.value == text.replace("\x01", "").replace("\u202e", "")
    assert cell.hyperlink is None


@pytest.mark.parametrize("text", ["0.1", "17171.84", "-0.36", "0", "123456789012.34", "0.00"])
def test_amounts_that_survive_are_numbers(text):
    assert exact(text) == Decimal(text)
    assert Decimal(repr(float(exact(text)))) == Decimal(text)


@pytest.mark.parametrize("text", ["1234567890123456.78", "99999999999999.991", "NaN", "1/3", "Infinity"])
def test_amounts_that_would_be_distorted_stay_text(audit, text):
    assert exact(text) == text
    assert rows(opened(changed(audit, actual=text))["整改台账"])[0]["填报数"] == text


def test_decimals_are_shown_as_printed(audit):
    sheet = opened(changed(audit, actual="207.10", expected="207"))["整改台账"]
    assert sheet["I4"].number_format == "#,##0.00"
    assert sheet["J4"].number_format == "#,##0"


def test_english(audit):
    book = opened(audit, "en")
    assert book.sheetnames == ["Ledger", "Filings", "Not verified"]
    assert book["Ledger"]["E4"].value == "error"


def test_the_same_audit_gives_the_same_bytes(audit):
    assert made(audit) == made(audit)


def test_an_audit_without_findings(auditor):
    audit = audit_json(auditor.run([SAMPLES / "clean" / "unit.txt"]))
    assert opened(audit)["整改台账"]["A4"].value == "没有发现不符之处"


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_libreoffice_opens_and_prints_it(audit, tmp_path):
    (tmp_path / "ledger.xlsx").write_bytes(made(audit))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "ledger.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    import pypdfium2

    pages = pypdfium2.PdfDocument(tmp_path / "ledger.pdf")
    first = "".join(pages[0].get_textpage().get_text_range().split())
    assert "销号" in first
    for finding in audit.filings[0].findings + audit.filings[1].findings + audit.filings[2].findings:
        assert finding.rule in "".join(page.get_textpage().get_text_range() for page in pages)
    assert pages[0].get_width() > pages[0].get_height()
