"""The contract: what it says of tables and of the narrative, and that it can be read back."""

import json
from itertools import pairwise

import msgspec
import pytest

from checker import Auditor
from checker.contract.build import audit_json, filing_json
from checker.contract.finding import WaivedJson
from checker.contract.groups import groups
from checker.contract.printed import Ticked
from checker.contract.read import NotAnAudit, read_audit
from checker.contract.shape import FilingJson
from checker.contract.write import render, render_lines
from checker.model.audit import Audit, Run
from tests.conftest import SAMPLES

RUN = Run("0", "sha256:0", "", ("甲", "乙"))


@pytest.fixture(scope="module")
def filing(auditor: Auditor) -> FilingJson:
    return filing_json(auditor.audit_file(SAMPLES / "defects" / "transposed-digits" / "unit.txt"))


@pytest.fixture(scope="module")
def department(auditor: Auditor) -> FilingJson:
    return filing_json(auditor.audit_file(SAMPLES / "clean" / "department.txt"))


def written(auditor, *paths):
    results = [auditor.audit_file(path) for path in paths]
    return audit_json(Audit(RUN, tuple(results)))


def test_it_can_be_read_back(auditor, tmp_path):
    audit = written(auditor, SAMPLES / "clean" / "unit.txt", SAMPLES / "defects" / "total-in-child" / "department.txt")
    file = tmp_path / "audit.json"
    file.write_bytes(render(audit))
    assert read_audit(file) == audit


def test_a_record_stands_on_a_line_of_its_own(auditor):
    audit = written(auditor, SAMPLES / "defects" / "transposed-digits" / "unit.txt")
    lines = render(audit).decode().splitlines()
    (filing,) = audit.filings
    for finding in filing.findings:
        assert sum(f'"id":"{finding.id}"' in line for line in lines) == 1
    rows = sum(len(table.body) for table in filing.tables)
    assert sum('"cells":[' in line for line in lines) == rows
    assert len([json.loads(line) for line in render_lines(audit).splitlines()]) == 1


def test_an_audit_of_an_earlier_version_can_be_read(auditor, tmp_path):
    added = {"layout_title", "complete", "files", "passages", "fixed", "previous"}
    told = json.loads(render(written(auditor, SAMPLES / "clean" / "unit.txt")))
    del told["waivers"], told["run"]["packs"]
    for filing in told["filings"]:
        for name in added:
            del filing[name]
        for table in filing["tables"]:
            del table["body"], table["headers"], table["columns"]
    (tmp_path / "old.json").write_text(json.dumps(told), encoding="utf-8")
    (filing,) = read_audit(tmp_path / "old.json").filings
    assert filing.passages == ()
    assert filing.tables[0].body == ()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"schema":"gouji/audit/1"}', b"\xff\xfe", b"null"])
def test_what_is_no_audit_is_refused_with_its_name(tmp_path, content):
    file = tmp_path / "no.json"
    file.write_bytes(content)
    with pytest.raises(NotAnAudit, match=r"no\.json"):
        read_audit(file)


def test_another_contract_is_refused(auditor, tmp_path):
    audit = msgspec.structs.replace(written(auditor, SAMPLES / "clean" / "unit.txt"), schema="gouji/audit/9")
    (tmp_path / "new.json").write_bytes(render(audit).replace(b"gouji/audit/1", b"gouji/audit/9"))
    with pytest.raises(NotAnAudit, match="gouji/audit/9"):
        read_audit(tmp_path / "new.json")


def test_every_cell_of_a_finding_is_where_its_address_says(filing):
    addressed = [operand for finding in filing.findings for operand in finding.operands if operand.address]
    assert addressed
    for operand in addressed:
        table, row, column = operand.address
        cell = filing.tables[table].body[row].cells[column]
        assert cell.text == operand.text
        assert cell.at == operand.at
        assert operand.ref.startswith(filing.tables[table].label)


def test_the_rules_of_a_cell_are_those_whose_findings_name_it(filing):
    for finding in filing.findings:
        for operand in finding.operands:
            if operand.address:
                table, row, column = operand.address
                cell = filing.tables[table].body[row].cells[column]
                assert cell.mark is Ticked.FAILED
                assert finding.rule in [filing.rules[position].id for position in cell.rules]


def test_marks_of_cells_add_up_to_the_coverage(department):
    marks = [cell.mark for table in department.tables for cell in table.cells() if cell.value is not None]
    touched = len(marks) - marks.count(Ticked.UNCHECKED)
    assert (touched, len(marks) + len(department.unread)) == department.coverage.figures


@pytest.mark.parametrize(
    ("printed", "value"), [("2,980,300元", "298.0300"), ("0.029803亿元", "298.03"), ("298.03%", "298.03")]
)
def test_a_cell_is_told_in_the_unit_of_its_table_unless_it_counts_something_else(tmp_path, auditor, printed, value):
    source = (SAMPLES / "clean" / "unit.txt").read_text(encoding="utf-8")
    row = "一、一般公共预算\t298.03\t"
    (tmp_path / "unit.txt").write_text(source.replace(row, row.replace("298.03", printed), 1), encoding="utf-8")
    filing = filing_json(auditor.audit_file(tmp_path / "unit.txt"))
    (cell,) = [cell for table in filing.tables for cell in table.cells() if cell.text == printed]
    assert cell.value == value


def test_numbers_of_the_narrative_are_told_apart(tmp_path, auditor):
    source = (SAMPLES / "clean" / "unit.txt").read_text(encoding="utf-8")
    paragraph = next(line for line in source.splitlines() if "收入" in line and "占" in line and "万元" in line)
    addition = "另有面积77.5平方米，编号20260102030405。"
    (tmp_path / "unit.txt").write_text(source.replace(paragraph, paragraph + addition), encoding="utf-8")
    filing = filing_json(auditor.audit_file(tmp_path / "unit.txt"))
    (told,) = [each for passage in filing.passages for each in passage.paragraphs if "编号2026" in each.text]
    marks = {told.text[number.start : number.end]: number.mark for number in told.numbers}
    assert marks["77.5平方米"] is Ticked.UNCHECKED
    assert not any("20260102030405" in text for text in marks)
    assert [mark for text, mark in marks.items() if text.endswith("万元")].count(Ticked.TICKED) >= 2
    tied = [number for number in told.numbers if number.mark is Ticked.TICKED]
    assert all(number.rules for number in tied)


def test_numbers_never_overlap_and_stand_in_their_paragraph(department, filing):
    for each in (department, filing):
        for passage in each.passages:
            for paragraph in passage.paragraphs:
                spans = [(number.start, number.end) for number in paragraph.numbers]
                assert spans == sorted(spans)
                assert all(start < end <= len(paragraph.text) for start, end in spans)
                assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_a_waived_finding_stands_in_no_group(filing):
    waived = WaivedJson("已与单位核实，系四舍五入", "王某", "2026-01-05", "2026-12-31")
    first, *others = filing.findings
    kept = msgspec.structs.replace(filing, findings=(msgspec.structs.replace(first, waived=waived), *others))
    assert [each for group in groups(filing) for each in group.findings if each.id == first.id]
    assert not [each for group in groups(kept) for each in group.findings if each.id == first.id]
    assert sum(kept.severities.values()) == len(filing.findings) - 1
