"""A change of rules is reviewed by what it changes over a folder of filings."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from checker import auditing
from checker.auditing import Auditor, audit_versions
from checker.model.difference import Change, compare, differences
from checker.resources import rules_folder
from tests.conftest import SAMPLES
from tests.test_cli import gouji

WRONG = SAMPLES / "defects" / "transposed-digits" / "unit.txt"
CLEAN = SAMPLES / "clean" / "unit.txt"
OVERVIEW, EXPENDITURE = "packs/budget/overview.yaml", "packs/budget/expenditure.yaml"


def version(folder: Path, file: str, old: str, new: str) -> Path:
    """Return a copy of the project's rules in which one text of one file is another."""
    copy = shutil.copytree(rules_folder(), folder / f"rules-{len(list(folder.iterdir()))}")
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


@pytest.fixture
def milder(tmp_path):
    return version(tmp_path, EXPENDITURE, "severity: error", "severity: warning")


def said(old: Path | None, new: Path | None, *paths: Path) -> list[tuple[Change, str]]:
    one, other = (Auditor.load([folder], alone=True) if folder else Auditor.load() for folder in (old, new))
    found = compare(audit_versions((one, other), paths), (frozenset(), frozenset()))
    return [(difference.change, difference.rule.id) for difference in found.differences]


def test_the_same_rules_say_the_same():
    assert said(None, None, SAMPLES / "defects") == []


def test_another_severity_is_told_once_per_finding(milder):
    assert said(None, milder, WRONG) == [(Change.RERATED, "ACR-301"), (Change.RERATED, "ROL-302")]


def test_a_wrong_equation_adds_findings_and_the_way_back_removes_them(tmp_path):
    right = "收支总表[收入总计] = 收支总表[本年收入合计] + 收支总表[上年结转]"
    wrong = version(tmp_path, OVERVIEW, right, right.replace("+", "-"))
    assert said(None, wrong, CLEAN) == [(Change.ADDED, "BAL-104")]
    assert said(wrong, None, CLEAN) == [(Change.REMOVED, "BAL-104")]


def test_what_is_no_longer_assessed_is_told(auditor):
    audit = auditor.audit_file(CLEAN)
    outcome = next(one for one in audit.outcomes if one.rule.id == "BAL-104")
    import msgspec

    from checker.model.audit import FilingAudit
    from checker.model.outcome import Verdict

    lost = msgspec.structs.replace(outcome, verdict=Verdict.UNASSESSED, reason="读不出")
    outcomes = tuple(lost if one is outcome else one for one in audit.outcomes)
    other = FilingAudit(audit.filing, audit.rules, outcomes, audit.findings)
    (found,) = differences(audit, other)
    assert (found.change, found.rule.id, found.text) == (Change.UNASSESSED, "BAL-104", "读不出")
    assert not found.worsens
    assert differences(other, audit) == []


def test_files_are_read_once_for_both_versions(milder, monkeypatch):
    read: list[str] = []
    original = auditing.read_together

    def counting(paths, limits):
        read.append(str(paths))
        return original(paths, limits)

    monkeypatch.setattr(auditing, "read_together", counting)
    versions = (Auditor.load(), Auditor.load([milder], alone=True))
    assert len(list(audit_versions(versions, [SAMPLES / "clean"]))) == len(read) == 3


def test_the_command_tells_by_rule_and_ends_with_one(milder, tmp_path):
    done = gouji("rules", "diff", "-", milder, WRONG, "-o", tmp_path / "d.json")
    assert done.returncode == 1
    assert "ROL-302  支出总表逐级汇总  改变级别 1 条" in done.stdout
    assert "错误 → 疑点" in done.stdout
    told = json.loads((tmp_path / "d.json").read_text(encoding="utf-8"))
    assert [(one["rule"], one["before"], one["after"]) for one in told["differences"]] == [
        ("ACR-301", "error", "warning"),
        ("ROL-302", "error", "warning"),
    ]
    assert all(one["at"]["line"] for one in told["differences"])


@pytest.mark.parametrize(("turned", "fail_on", "code"), [(False, "warning", 0), (True, "error", 1), (True, "never", 0)])
def test_what_fails_is_chosen(milder, turned, fail_on, code):
    versions = (milder, "-") if turned else ("-", milder)
    assert gouji("rules", "diff", *versions, WRONG, "--fail-on", fail_on).returncode == code


def test_nothing_read_is_no_agreement(tmp_path):
    (tmp_path / "x.txt").write_text("只有一句话，没有表格。", encoding="utf-8")
    done = gouji("rules", "diff", "-", "-", tmp_path / "x.txt")
    assert done.returncode == 3
    assert "另有 1 份读不了" in done.stdout
    assert gouji("rules", "diff", "-", "none", CLEAN).returncode == 2
