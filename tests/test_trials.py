"""What those who write rules have beside pytest: cases run from the command line, on any rules folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from checker.resources import cases_folder, rules_folder
from checker.trials.cases import read_cases
from checker.yaml_source import SourceError
from tests.support.project import vocabulary
from tests.test_cli import gouji

PACK = """
pack: 本地
stage: budget
rules:
  - id: BAL-9001
    name: 收入总计不小于本年收入
    name_en: Total income is at least current income
    kind: balance
    severity: error
    basis: {document: 地方预决算公开操作规程（财预〔2016〕143号）}
    message: '{subject} 为 {actual} {unit}，小于 {expected} {unit}。'
    advice: 请核对。
    equation: 收支总表[收入总计] ≥ 收支总表[本年收入合计]
"""
CASES = """
filing: every-fund
rules:
  BAL-9001:
    - passes: 总计大
    - fails: 总计小
      change:
        收支总表[收入总计]: 99.00
      finds: ['收支总表[收入总计] 填报 99.00，应不小于 100.00，差 -1.00']
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A rules folder of one pack with its cases."""
    for name, text in (("packs/local.yaml", PACK), ("cases/local.yaml", CASES)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def wrong(folder: Path, text: str) -> str:
    """Return the complaints about a file of cases."""
    (folder / "cases" / "local.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        read_cases([folder / "cases"], vocabulary(), cases_folder())
    return str(caught.value)


def test_the_cases_of_a_folder_are_its_own(folder):
    done = gouji("rules", "test", "--rules", folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert "1 条规则的 2 个用例：通过 2 个" in done.stderr


def test_what_was_expected_and_what_came_of_it_are_told(folder):
    (folder / "cases" / "local.yaml").write_text(CASES.replace("差 -1.00", "差 -2.00"), encoding="utf-8")
    done = gouji("rules", "test", "--rules", folder)
    assert done.returncode == 1
    assert f"{folder / 'cases' / 'local.yaml'}:6: BAL-9001 fails：总计小" in done.stdout
    assert "差 -2.00”，实为“" in done.stdout
    assert "没有通过 1 个" in done.stderr


def test_a_rule_without_a_case_does_not_pass(folder):
    shutil.rmtree(folder / "cases")
    done = gouji("rules", "test", "--rules", folder)
    assert done.returncode == 1
    assert "1 条规则没有用例：BAL-9001" in done.stdout


def test_some_rules_of_the_project():
    done = gouji("rules", "test", "BAL-101", "BAL-104", "--lang", "en")
    assert done.returncode == 0
    assert "of 2 rules" in done.stderr
    unknown = gouji("rules", "test", "BAL-10")
    assert unknown.returncode == 2
    assert "是否为" in unknown.stderr


def test_another_version_of_the_rules_stands_in_their_place(tmp_path):
    folder = shutil.copytree(rules_folder(), tmp_path / "rules")
    shutil.copytree(cases_folder(), folder / "cases")
    pack = folder / "packs" / "budget" / "overview.yaml"
    text = pack.read_text(encoding="utf-8")
    right = "收支总表[收入总计] = 收支总表[本年收入合计] + 收支总表[上年结转]"
    pack.write_text(text.replace(right, right.replace("+", "-")), encoding="utf-8")
    done = gouji("rules", "test", "BAL-104", "--rules", folder)
    assert done.returncode == 1
    assert "BAL-104 passes" in done.stdout
    assert gouji("rules", "test", "BAL-101", "--rules", folder).returncode == 0


def test_a_case_says_exactly_one_thing(folder):
    both = CASES.replace("passes: 总计大", "passes: 总计大\n      fails: 总计小")
    assert "这里有 2 种" in wrong(folder, both)
    assert "fails 的用例写明 finds" in wrong(folder, CASES.replace("passes: 总计大", "fails: 总计大"))
    assert "写明 reason" in wrong(folder, CASES.replace("passes: 总计大", "unassessed: 总计大"))


def test_what_a_case_changes_must_be_there(folder):
    assert "local.yaml:6:" in wrong(folder, CASES.replace("收支总表[收入总计]: 99.00", "收支总表[总收入]: 99.00"))
    assert "没有底稿“every-funds”，是否为“every-fund”？" in wrong(folder, CASES.replace("every-fund", "every-funds"))


def test_a_rule_is_explained_with_its_layouts_its_cases_and_its_blind_spots():
    told = gouji("rules", "explain", "BAL-414").stdout
    assert "版式：shanxi\n" in told
    assert "jiangsu 不适用：没有 收支总表[单位资金]" in told
    assert "用例：相符 1、不符 2、舍入差 1、不适用 1" in told
    assert "不符: 大两个末位" in told
    assert "看不出：不等式" in told


def test_a_rule_is_explained_in_english():
    told = gouji("rules", "explain", "TIE-305", "--lang", "en").stdout
    assert told.startswith("TIE-305  Expenditure by code equals income plus carry-over by code\n")
    assert "says: code by code, where both have it: 支出总表[类/款/项, 合计]" in told
    assert "row left out or doubled" in told


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--kind", "tie", "--pack", "支出总表"], ["TIE-304", "TIE-305", "TIE-306"]),
        (["逐级汇总", "--stage", "budget", "支出总表"], ["ROL-302"]),
        (["--severity", "notice", "--pack", "显示与存储"], ["VAL-001"]),
        (["没有这样的词"], []),
    ],
)
def test_rules_are_listed_by_words_and_attributes(options, expected):
    done = gouji("rules", "list", *options)
    listed = [line.split()[0] for line in done.stdout.splitlines()]
    assert set(expected) <= set(listed)
    assert len(listed) <= len(expected) + 3
    assert f"{len(listed)} 条（全部" in done.stderr


def test_an_unknown_attribute_is_refused():
    done = gouji("rules", "list", "--kind", "ties")
    assert done.returncode == 2
    assert "tie" in done.stderr


def test_every_sort_of_thing_has_its_word_in_both_languages():
    from checker.model.filing import Stage
    from checker.model.rule import Kind
    from checker.outputs.words import load_words
    from checker.trials.cases import OUTCOMES
    from checker.trials.perturb import Slip
    from checker.trials.report import SLIPS

    assert set(SLIPS) == set(Slip)
    for language in ("zh", "en"):
        words = load_words(language)
        for prefix, names in (("kind", Kind), ("stage", Stage), ("slip", Slip), ("case", OUTCOMES)):
            assert all(words(f"{prefix}.{name}") for name in names)
