"""The published filings beside the project, where they are there: what is known of them must come out."""

import csv

import pytest

from checker.model.outcome import Verdict
from checker.model.rule import Kind, Severity
from tests.conftest import PUBLISHED

pytestmark = [
    pytest.mark.filings,
    pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published filings are not beside the project"),
]
KNOWN = PUBLISHED.parent.parent / "known" / "must-not-flag.csv"
QUESTIONS = frozenset({"TGT-5101", "ARI-6511", "ARI-6520"})
"""Ask, at three lines that are right in another way, why a year is not the whole term, or what a sum is made of."""
TARGETS = {"department": 41, "hospital": 8, "medical-affairs": 2, "enforcement": 6}


@pytest.fixture(scope="module")
def audits(auditor):
    return {path.name: auditor.audit_file(path) for path in sorted(PUBLISHED.glob("*.txt"))}


def full(audits):
    return {name: audit for name, audit in audits.items() if "targets" not in name}


def test_thirteen_tables_in_each_full_filing(audits):
    for name, audit in full(audits).items():
        assert [table.number for table in audit.filing.tables if table.number] == list(range(1, 14)), name
        assert not audit.filing.unread, name
        assert not audit.missing_forms, name


def test_target_forms_with_their_funding(audits):
    for part, count in TARGETS.items():
        (audit,) = (audit for name, audit in audits.items() if part in name)
        tables = [table for table in audit.filing.tables if table.form == "项目绩效目标表"]
        assert len(tables) == count, part
        for table in tables:
            for row in table.rows:
                amounts = [cell.figure.minor if cell.figure else 0 for cell in row.cells]
                assert amounts[0] == sum(amounts[1:]), (table.label, row.key)
            assert {"项目名称", "主管部门", "实施单位", "项目属性", "项目期"} <= set(table.fields), table.label
            assert table.indicators, table.label


def test_all_tables_agree(audits):
    for name, audit in full(audits).items():
        errors = {finding.rule.id for finding in audit.findings if finding.severity is Severity.ERROR}
        assert errors <= {"SHA-4250"}, name  # one filing says 0 % where its own amounts say 100 %
        assert not audit.counts[Verdict.FAULT], name
    outcomes = [outcome for audit in full(audits).values() for outcome in audit.outcomes]
    of_tables = [
        outcome for outcome in outcomes if outcome.rule.kind not in {Kind.STATEMENT, Kind.SHARE, Kind.ARITHMETIC}
    ]
    assert 35 <= sum(outcome.verdict is Verdict.ROUNDING for outcome in of_tables) <= 65
    assert max(audit.counts[Verdict.AGREES] for audit in audits.values()) >= 500


def test_nothing_that_is_right_is_flagged(audits):
    with KNOWN.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["filing"].startswith("shanxi/")]
    assert rows
    for row in rows:
        audit = audits[row["filing"].partition("/")[2]]
        line = int("".join(character for character in row["at"] if character.isdigit()))
        there = [finding for finding in audit.findings if finding.at.line == line]
        assert not [finding for finding in there if finding.severity is Severity.ERROR], row
        asked = [finding for finding in there if finding.severity is Severity.WARNING]
        assert all(finding.rule.id in QUESTIONS for finding in asked), row


def test_known_rounding_comes_out_as_rounding(audits):
    with KNOWN.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if "四舍五入尾差" in row["why_it_is_right"]]
    for row in rows:
        audit = audits[row["filing"].partition("/")[2]]
        line = int("".join(character for character in row["at"] if character.isdigit()))
        rounded = [
            one for one in audit.outcomes if one.verdict is Verdict.ROUNDING and one.operands[0].place.line == line
        ]
        assert rounded, row


def test_every_rule_has_an_outcome(audits):
    for name, audit in audits.items():
        assert {outcome.rule.id for outcome in audit.outcomes} == {rule.id for rule in audit.rules}, name


def test_appendices_are_skipped_and_listed(audits):
    (hospital,) = (audit for name, audit in audits.items() if "hospital" in name)
    assert any(part.lines > 20 for part in hospital.filing.skipped)


def test_a_fragment_is_incomplete_not_full_of_missing_tables(audits):
    (fragment,) = (audit for name, audit in audits.items() if "targets" in name)
    assert not [finding for finding in fragment.findings if finding.rule.kind is Kind.PRESENT]
    assert not fragment.complete
