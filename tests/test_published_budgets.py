"""Published budgets of Shanghai and Jiangsu beside the project: all is read and ticked, nothing right is an error."""

import pytest

from checker.model.audit import FilingAudit
from checker.model.rule import Severity
from tests.conftest import PUBLISHED

FILINGS = PUBLISHED.parent
pytestmark = [
    pytest.mark.filings,
    pytest.mark.skipif(not FILINGS.is_dir(), reason="the published filings are not beside the project"),
]
TABLES = {"shanghai": 9, "jiangsu": 12}


@pytest.fixture(scope="module", params=list(TABLES))
def audits(request, auditor):
    run = auditor.run([FILINGS / request.param])
    assert run.unreadable == ()
    return [audit for audit in run.filings if audit.filing.layout.name == request.param]


def test_every_table_and_every_number_is_read_and_ticked(audits: list[FilingAudit]):
    assert len(audits) == 4
    for audit in audits:
        filing = audit.filing
        numbers = sorted(table.number for table in filing.tables)
        assert numbers == list(range(1, TABLES[filing.layout.name] + 1)), filing.path
        assert filing.unread == ()
        assert filing.legible
        assert audit.figure_coverage.complete, [operand.ref for operand in audit.unchecked]
        assert audit.outcome_coverage.complete


KNOWN_ERRORS = {
    ("STA-4206", "写作 352.67 万元，同一项前面写的是 350.35 万元"),
    ("STA-4201", "写作 1.66%，按同一段文字里的金额算，应为 1.6898%"),
    ("STA-4201", "写作 30%，按同一段文字里的金额算，应为 29.15%"),
}
"""Errors of the published budgets, each worked out by hand: the rule, and what it says."""


def test_nothing_else_is_an_error(audits):
    errors = [found for audit in audits for found in audit.findings if found.severity is Severity.ERROR]
    for found in errors:
        assert any(found.rule.id == rule and words in found.message for rule, words in KNOWN_ERRORS), found.message


def test_who_when_and_what_is_said_about(audits):
    for audit in audits:
        assert audit.filing.filer
        assert 2017 <= audit.filing.year <= 2025
        assert audit.filing.level != "unknown"
        names = {passage.name for passage in audit.filing.passages}
        assert {"机关运行经费说明", "政府采购", "部门职责"} <= names
        assert all(passage.paragraphs or passage.name == "其他说明" for passage in audit.filing.passages)
