"""A filing as a workbook is audited like the same filing as text; what its totals hide is told."""

import re

import pytest

from checker.model.document import Grid
from checker.model.outcome import Verdict
from checker.readers import read_document
from tests.conftest import SAMPLES
from tests.support.workbooks import workbook

AMOUNT = re.compile(r"-?[0-9,]+\.[0-9]{2}")


def as_workbook(path, hidden=0.0):
    """Write the blocks of a text filing as sheets, a new one for every block of text; `hidden` is added to totals."""

    def fill(book):
        money = book.add_format({"num_format": "#,##0.00"})
        page, line, filled = book.add_worksheet(), 0, False
        for block in read_document(path).blocks:
            if not isinstance(block, Grid):
                if filled:
                    page, line, filled = book.add_worksheet(), 0, False
                page.write_string(line, 0, block.text)
                line += 1
                continue
            filled = True
            for row in block.rows:
                for column, printed in enumerate(row.texts):
                    if AMOUNT.fullmatch(printed):
                        more = hidden if row.texts[0] == "合计" else 0
                        page.write_number(line, column, float(printed.replace(",", "")) + more, money)
                    elif printed:
                        page.write_string(line, column, printed)
                line += 1

    return workbook(fill)


@pytest.fixture(scope="module")
def audits(auditor, tmp_path_factory):
    folder = tmp_path_factory.mktemp("excel")
    clean = SAMPLES / "clean" / "department.txt"
    for name, hidden in (("same", 0.0), ("hiding", 0.0012)):
        (folder / f"{name}.xlsx").write_bytes(as_workbook(clean, hidden))
    return auditor.audit_file(clean), *(auditor.audit_file(folder / f"{name}.xlsx") for name in ("same", "hiding"))


def figures(audit):
    return [
        (operand.ref, operand.figure.value, operand.figure.step)
        for table in audit.filing.tables
        for operand in table.figures()
    ]


def test_a_workbook_gives_the_same_figures_and_findings(audits):
    text, same, _ = audits
    assert figures(same) == figures(text)
    assert [finding.id for finding in same.findings] == [finding.id for finding in text.findings]
    assert same.counts[Verdict.AGREES] == text.counts[Verdict.AGREES]
    assert all(operand.place.cell for table in same.filing.tables for operand in table.figures())


def test_totals_that_hide_decimals_are_a_notice_per_table(audits):
    _, same, hiding = audits
    assert not [finding for finding in same.findings if finding.rule.id == "VAL-001"]
    found = [finding for finding in hiding.findings if finding.rule.id == "VAL-001"]
    assert len(found) > 3
    assert {finding.severity for finding in found} == {"notice"}
    assert all(finding.operands for finding in found)
    assert figures(hiding) == figures(same)
