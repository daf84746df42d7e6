"""The JSON audit against its published schema, and against the audit it tells."""

import json

import jsonschema

from checker import audit
from checker.contract.build import audit_json
from checker.contract.schema import json_schema
from checker.contract.write import render
from tests.conftest import ROOT, SAMPLES

PUBLISHED_SCHEMA = ROOT / "reports" / "schema" / "audit-1.json"


def test_the_published_schema_is_the_one_in_force():
    assert PUBLISHED_SCHEMA.read_bytes() == json_schema()


def test_an_audit_is_valid_and_complete(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    result = audit(SAMPLES / "defects", tmp_path)
    told = json.loads(render(audit_json(result)))
    jsonschema.validate(told, json.loads(json_schema()))
    assert len(told["filings"]) == len(result.filings)
    assert told["unreadable"][0]["reason"] == "文件为空"
    for filing, source in zip(told["filings"], result.filings, strict=True):
        assert sum(filing["outcomes"].values()) == len(source.outcomes)
        assert sum(sum(rule["outcomes"].values()) for rule in filing["rules"]) == len(source.outcomes)
        assert [finding["id"] for finding in filing["findings"]] == [finding.id for finding in source.findings]
        assert len({finding["id"] for finding in filing["findings"]}) == len(filing["findings"])


def test_the_worked_line_adds_up():
    from decimal import Decimal

    for filing in audit(SAMPLES / "defects").filings:
        for finding in filing.findings:
            if finding.actual is not None:
                assert Decimal(finding.actual) - Decimal(finding.expected) == Decimal(finding.difference)


def test_identities_hold_still_when_lines_and_figures_move(tmp_path, auditor):
    original = SAMPLES / "defects" / "transposed-digits" / "unit.txt"
    moved = tmp_path / "unit.txt"
    moved.write_text("\n\n\n" + original.read_text(encoding="utf-8"), encoding="utf-8")
    one, other = auditor.audit_file(original), auditor.audit_file(moved)
    assert [finding.id for finding in one.findings] == [finding.id for finding in other.findings]
    assert [finding.values for finding in one.findings] == [finding.values for finding in other.findings]
    assert [finding.at.line + 3 for finding in one.findings] == [finding.at.line for finding in other.findings]
