"""Every rule is held by cases that an accountant can check by hand: `tests/rules/**.yaml`."""

from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from checker.engine import judge
from checker.model.claim import Measure
from checker.model.outcome import Outcome, Verdict
from checker.model.rule import Kind
from checker.resources import cases_folder, rules_folder
from checker.ruleset.expression import Comparison, Relation
from checker.ruleset.load import compile_rules, pack_files
from checker.ruleset.rules import Across, Balance, Present, Rule, RuleSet, Statement, Tie
from checker.ruleset.targets import Says, Sides, TargetTie
from checker.trials.cases import Case, case_files, complaints, layout_of, shown
from checker.trials.sketch import filing_of
from tests.support.mutants import mutants
from tests.support.project import cases, rules, sketches, vocabulary

WRITTEN = cases()
FILINGS = sketches().names


def by_rule() -> dict[str, list[Case]]:
    """Return the cases by the rule that they are about."""
    grouped: dict[str, list[Case]] = defaultdict(list)
    for case in WRITTEN:
        grouped[case.rule].append(case)
    return grouped


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in WRITTEN])
def test_the_rule_says_what_the_case_expects(case: Case) -> None:
    rule = rules()[case.rule]
    assert complaints(case, rule, shown(case, rule)) == []


def test_no_case_is_about_an_unknown_rule() -> None:
    assert {case.rule for case in WRITTEN} - set(rules()) == set()


def test_no_two_cases_of_a_rule_have_one_name() -> None:
    names = [case.name for case in WRITTEN]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize("name", list(rules()))
def test_every_rule_has_its_cases(name: str) -> None:
    rule = rules()[name]
    mine = by_rule()[name]
    outcomes = {case.outcome for case in mine}
    assert {"passes", "fails"} <= outcomes
    assert outcomes & {"unassessed", "not_applicable"}
    if rounds(rule):
        notices = any(line.startswith("提示 ") for case in mine for line in case.text.finds)
        assert "rounding" in outcomes or notices, "没有舍入边界的用例"


def rounds(rule: Rule) -> bool:
    """Say whether rounding can come into a rule: it compares figures with figures, none of them counts."""
    match rule.slots:
        case Tie(keys_only=True):
            return False
        case Across(relation=relation):
            return len(relation.terms or ()) > 1
        case Statement(relations=relations) | Balance(relations=relations) if relations:
            return any(_measured(relation) for relation in relations)
        case Statement(parts=parts) if parts:
            return parts != Measure.COUNT
        case Sides() | TargetTie() if not _adds_up(rule.slots):
            return False
    return rule.info.kind in {Kind.BALANCE, Kind.ROLLUP, Kind.TIE, Kind.SHARE}


def _measured(relation: Relation) -> bool:
    """Say whether a relation compares figures that may have been rounded."""
    figures = relation.references()
    return len(figures) > 1 and relation.comparison is not Comparison.UNEQUAL and figures[0].column != Measure.COUNT


def _adds_up(slots: Sides | TargetTie) -> bool:
    """Say whether a rule about targets compares figures that may be printed at different precisions."""
    return isinstance(slots, TargetTie) and slots.says is Says.AMOUNT


@pytest.mark.parametrize("name", FILINGS)
def test_a_correct_filing_gives_no_finding(name: str) -> None:
    ruleset = RuleSet(tuple(rules().values()), "")
    audit = judge(filing_of(sketches().tables(name), vocabulary(), layout_of(name), sketches().passages(name)), ruleset)
    assert [finding.message for finding in audit.findings] == []
    correct = {Verdict.AGREES, Verdict.NIL, Verdict.NOT_APPLICABLE}
    assert [outcome for outcome in audit.outcomes if outcome.verdict not in correct and not _is_share(outcome)] == []


def _is_share(outcome: Outcome) -> bool:
    """Say whether what was judged is a printed percentage: hardly one is without rounding."""
    figure = outcome.operands[0].figure if outcome.verdict is Verdict.ROUNDING else None
    return figure is not None and figure.unit.dimension == "share"


@pytest.mark.parametrize("name", list(rules()))
def test_the_cases_notice_a_rule_that_was_changed(name: str) -> None:
    rule = rules()[name]
    filings = [(case, shown(case, rule)) for case in by_rule()[name]]
    survivors = [
        words
        for words, mutant in mutants(rule, vocabulary(), {case.layout for case, _ in filings})
        if not any(complaints(case, mutant, filing) for case, filing in filings)
    ]
    assert survivors == [], f"{name} 改成这样，没有一个用例看得出来"


def test_a_sign_turned_in_a_pack_is_noticed(tmp_path: Path) -> None:
    folder = shutil.copytree(rules_folder(), tmp_path / "rules")
    pack = folder / "packs" / "budget" / "overview.yaml"
    text = pack.read_text(encoding="utf-8")
    right = "收支总表[收入总计] = 收支总表[本年收入合计] + 收支总表[上年结转]"
    assert text.count(right) == 1
    pack.write_text(text.replace(right, right.replace("+", "-")), encoding="utf-8")
    wrong = {rule.info.id: rule for rule in compile_rules(pack_files([folder]), vocabulary(), "").rules}

    def noticed(name: str) -> bool:
        return any(complaints(case, wrong[name], shown(case, wrong[name])) for case in by_rule()[name])

    assert noticed("BAL-104")
    assert not noticed("BAL-101")


def test_every_pack_has_its_file_of_cases() -> None:
    packs = {path.relative_to(rules_folder() / "packs") for path in pack_files([rules_folder()])}
    written = {path.relative_to(cases_folder()) for path in case_files(cases_folder())}
    assert written == packs


def test_a_present_rule_sees_the_whole_filing() -> None:
    assert isinstance(rules()["PRE-001"].slots, Present)
    case = by_rule()["PRE-001"][0]
    assert shown(case, rules()["PRE-001"]).tables == case.tables
