"""The sample filings: the clean ones are clean, and every planted error is found at its place, and nothing else.

What must be found is worked out by the generator's own small checker, which knows nothing of this one.
"""

import subprocess
import sys

import msgspec
import pytest
import yaml

from checker.engine import judge
from checker.model.claim import COLUMNS
from checker.model.document import Skipped
from checker.model.place import LinePlace, PagePlace
from checker.model.rule import Severity
from tests.conftest import SAMPLES
from tests.support.printing import FAMILIES

EXPECTED = sorted(SAMPLES.rglob("*.expected.yaml"))


@pytest.mark.parametrize("file", EXPECTED, ids=lambda file: f"{file.parent.name}/{file.stem.partition('.')[0]}")
def test_exactly_what_was_planted_is_found(file, auditor):
    expected = yaml.safe_load(file.read_text(encoding="utf-8"))
    audit = auditor.audit_file(file.parent / expected["filing"])
    found = {(finding.rule.id, finding.severity.value, finding.ref) for finding in audit.findings}
    assert found == {(one["rule"], one["severity"], one["place"]) for one in expected["findings"]}
    assert not audit.filing.unread
    changed = expected.get("changed")
    for change in changed if isinstance(changed, list) else [changed] if changed else []:
        named = {(operand.at.line, operand.at.column) for finding in audit.findings for operand in finding.operands}
        if not change["from"] or change["to"].replace(".", "").replace("-", "").replace(",", "").isdigit():
            row = {place for place in named if place[0] == change["line"]}
            assert row, f"line {change['line']} is in no finding"


def test_there_are_many_kinds_of_planted_errors():
    slugs = {file.parent.name for file in EXPECTED} - {"clean"}
    rules = {one["rule"] for file in EXPECTED for one in yaml.safe_load(file.read_text(encoding="utf-8"))["findings"]}
    assert len(slugs) >= 20
    assert len(rules) >= 30


def test_many_errors_are_planted_in_sentences_and_targets():
    slugs = {file.parent.name for file in EXPECTED}
    assert len([slug for slug in slugs if slug.startswith(("said-", "worded-", "target-"))]) >= 40


@pytest.mark.parametrize(("family", "level"), [(name, level) for name in FAMILIES for level in ("department", "unit")])
def test_every_figure_of_the_narrative_is_heard(family, level, auditor):
    """The maker knows what each printed figure is said of; the auditor must have heard the same."""
    lines = FAMILIES[family].papers()[level].lines
    folder = SAMPLES if family == "county" else SAMPLES / family
    filing = auditor.read(folder / "clean" / f"{level}.txt")
    heard = {
        (table.form, row.key, column): cell.text
        for table in filing.statements
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
        if cell is not None
    }
    said = [(line.passage, cell) for line in lines if line.passage for cell in line.cells if cell.column in COLUMNS]
    assert len(said) > 50
    for passage, cell in said:
        assert cell.text in heard[passage, cell.row, cell.column], (passage, cell)


def test_the_files_are_what_the_generator_writes():
    done = subprocess.run(
        [sys.executable, SAMPLES / "generate.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_encodings_do_not_change_the_audit(auditor):
    plain, windows = (auditor.audit_file(SAMPLES / "clean" / name) for name in ("unit.txt", "unit_gb18030.txt"))
    assert plain.counts == windows.counts
    assert [table.rows for table in plain.filing.tables] == [table.rows for table in windows.filing.tables]


@pytest.mark.parametrize("name", ["department.txt", "unit.txt"])
def test_every_table_and_figure_is_recognised(name, auditor):
    audit = auditor.audit_file(SAMPLES / "clean" / name)
    numbers = [table.number for table in audit.filing.tables if table.number]
    assert numbers == list(range(1, 14))
    assert not audit.missing_forms
    assert not any(table.lacking or table.doubts for table in audit.filing.tables)
    assert audit.outcome_coverage.complete
    assert [operand.table.form for operand in audit.unchecked if operand.table.form != "整体绩效目标表"] == []
    assert audit.figure_coverage.whole - audit.figure_coverage.part == len(audit.unchecked)


@pytest.mark.parametrize(("opaque", "severity"), [(False, Severity.ERROR), (True, Severity.WARNING)])
def test_a_table_that_the_contents_promise_is_missing_unless_a_picture_may_show_it(auditor, opaque, severity):
    filing = auditor.read(SAMPLES / "defects" / "table-left-out" / "department.txt")
    assert "机关运行经费表" in filing.promised
    part = Skipped(LinePlace(1), "图片", foreign=True, opaque=opaque)
    audit = judge(msgspec.structs.replace(filing, skipped=(*filing.skipped, part)), auditor.ruleset)
    assert [found.severity for found in audit.findings if found.ref == "机关运行经费表"] == [severity]


def test_a_figure_made_out_in_a_picture_proves_no_error(auditor):
    filing = auditor.read(SAMPLES / "formats" / "basic-total" / "unit.pdf")
    found = [one for one in judge(filing, auditor.ruleset).findings if one.severity is Severity.ERROR]
    assert found
    pages = {operand.at.page for one in found for operand in one.operands}
    skipped = tuple(Skipped(PagePlace(1, page=page), "OCR", guessed=True) for page in pages)
    audit = judge(msgspec.structs.replace(filing, skipped=skipped), auditor.ruleset)
    again = [one for one in audit.findings if one.id in {one.id for one in found}]
    assert {one.severity for one in again} == {Severity.WARNING}
    assert len(again) == len(found)
