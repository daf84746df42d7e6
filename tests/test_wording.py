"""Wording: what a filing says outside its tables is kept with its place, and what is known to be wrong is told."""

import csv

import pytest

from checker.model.rule import Kind
from checker.model.wording import Scope
from checker.readers.parts import find_filings
from checker.ruleset.load import compile_rules
from checker.yaml_source import SourceError
from tests.conftest import PUBLISHED
from tests.support.drawing import read
from tests.support.project import vocabulary

KNOWN = PUBLISHED.parent.parent / "known"
TOLD_BY = {
    "text.year": {"TXT-6001", "TXT-6002"},
    "text.docno_year": {"TXT-6007"},
    "percent_sign_missing": {"TXT-6071"},
    "placeholder": {"TXT-6052"},
    "wrong_year": {"TXT-6004", "TXT-6006"},
    "punctuation": {"TXT-6078"},
    "template_residue": {"TXT-6053"},
}
PACK = """pack: 试验
stage: any
rules:
  - id: TXT-1
    name: 试验
    kind: text
    severity: notice
    basis: {{document: 甲}}
    message: 乙
    advice: 丙
    text:
      within: [正文]
      {slot}
"""


def complaints(tmp_path, slot):
    """Return what is said of a rule about wording with such a slot, with the lines that it is said of."""
    file = tmp_path / "own.yaml"
    file.write_text(PACK.format(slot=slot), encoding="utf-8")
    try:
        compile_rules([file], vocabulary(), "")
    except SourceError as error:
        return [(one.line, one.message) for one in error.complaints]
    return []


@pytest.mark.parametrize(
    ("slot", "message"),
    [
        ("forbids: ['草稿(']", "不是 RE2 的正则表达式"),
        (r"forbids: ['(甲)\1']", "不是 RE2 的正则表达式"),
        ("forbids: ['(?=甲)乙']", "不是 RE2 的正则表达式"),
        ("forbids: ['(?:甲)*']", "与空文字相符"),
        ("names: [国有资产]", "没有写明不许什么"),
        ("judges: planned_years", "planned_year"),
    ],
)
def test_a_pattern_that_cannot_be_run_is_said_with_its_place(tmp_path, slot, message):
    found = complaints(tmp_path, slot)
    assert any(message in text and line >= 11 for line, text in found), found


def test_a_passage_that_no_layout_has_is_said_with_a_guess(tmp_path):
    found = complaints(tmp_path, "forbids: [甲]\n      names: [国有资产, 三公经费说名]")
    assert [line for line, _ in found] == [14]
    assert "“三公经费说明”" in found[0][1]


def test_a_rule_about_wording_may_be_for_any_stage(tmp_path):
    file = tmp_path / "own.yaml"
    file.write_text(PACK.format(slot="forbids: ['(甲+)+$']"), encoding="utf-8")
    ruleset = compile_rules([file], vocabulary(), "")
    assert {rule.stage for rule in ruleset.rules} == {None}


DRAWING = """
目录
第一部分 概况
一、主要职责
第二部分 情况说明

第一部分 概况
一、主要职责
柳溪区水务管理局主管全区的河道。
第二部分 部门决算表
收入支出决算总表
单位：万元
收入 | < | 支出 | <
项目 | 决算数 | 项目 | 决算数
一、一般公共预算财政拨款收入 | 9.00 | 一、一般公共服务支出 | 9.00
本年收入合计 | 9.00 | 本年支出合计 | 9.00
总计 | 9.00 | 总计 | 9.00

第三部分 2026年度部门决算情况说明
一、收入支出决算总体情况说明
2026年度收入总计9.00万元。
第四部分 名词解释
基本支出：指保障机构运转的支出。
"""


def test_what_stands_outside_passages_and_tables_is_kept():
    filing = read(DRAWING, "final-accounts", merged=True)
    assert [line.text for line in filing.headings] == [
        "第一部分 概况",
        "第二部分 部门决算表",
        "第三部分 2026年度部门决算情况说明",
        "第四部分 名词解释",
    ]
    assert "基本支出：指保障机构运转的支出。" in [line.text for line in filing.loose]
    titles = [line.text for line in filing.lines[Scope.HEADING]]
    assert titles == [
        "第一部分 概况",
        "一、主要职责",
        "第二部分 部门决算表",
        "收入支出决算总表",
        "第三部分 2026年度部门决算情况说明",
        "一、收入支出决算总体情况说明",
        "第四部分 名词解释",
    ]


@pytest.fixture(scope="module")
def findings(auditor):
    groups = find_filings([PUBLISHED.parent])
    audits = [(group, auditor.audit_file(*group)) for group in groups]
    return {path.name: audit.findings for group, audit in audits for path in group}


@pytest.mark.filings
@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="the published filings are not beside the project")
class TestPublished:
    def test_what_is_known_to_be_wrong_is_told_at_its_place(self, findings):
        with (KNOWN / "defects.csv").open(encoding="utf-8-sig", newline="") as stream:
            rows = [row for row in csv.DictReader(stream) if row["kind"] in TOLD_BY]
        assert len(rows) >= 15
        for row in rows:
            found = [one for one in findings[row["filing"].rpartition("/")[2]] if one.rule.id in TOLD_BY[row["kind"]]]
            if row["at"].startswith("line "):
                found = [one for one in found if one.at.line == int(row["at"].removeprefix("line "))]
            assert found, row

    def test_no_error_of_wording_but_what_is_unmistakable(self, findings):
        errors = {
            one.rule.id
            for told in findings.values()
            for one in told
            if one.rule.kind is Kind.TEXT and one.severity == "error"
        }
        assert errors <= {"TXT-6004", "TXT-6006", "TXT-6052", "TXT-6053", "TXT-6071", "TXT-6078"}
