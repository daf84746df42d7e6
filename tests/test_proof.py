"""What the algebra of rules shows, on small invented packs: each defect is found, and named with its rules."""

from __future__ import annotations

from fractions import Fraction
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.ruleset.algebra import System, added, scaled
from checker.ruleset.load import compile_rules
from checker.ruleset.proof import Proved, Remark, prove
from checker.ruleset.rules import RuleSet
from tests.support.project import rules, vocabulary
from tests.test_cli import gouji
from tests.test_language import HEAD


def proved(tmp_path: Path, *slots: str) -> list[Remark]:
    """Return what is shown of rules T-1, T-2 … with these slots."""
    path = tmp_path / "pack.yaml"
    texts = [f"  - {{id: T-{number}, name: 甲, {slot}}}\n" for number, slot in zip(count(1), slots, strict=False)]
    path.write_text(HEAD + "".join(texts), encoding="utf-8")
    return [
        one for one in prove(compile_rules([path], vocabulary(), ""), vocabulary()) if one.proved is not Proved.LOOSE
    ]


def balance(equation: str, **more: str) -> str:
    return ", ".join([f"kind: balance, equation: '{equation}'", *(f"{name}: {text}" for name, text in more.items())])


def shown(remarks: list[Remark]) -> set[tuple[str, tuple[str, ...]]]:
    return {(one.proved.value, one.rules) for one in remarks}


INCOME = "收支总表[收入总计] = 收支总表[本年收入合计] + 收支总表[上年结转]"


def test_rules_that_say_different_things_of_different_figures_show_nothing(tmp_path):
    assert proved(tmp_path, balance(INCOME), balance("收支总表[收入总计] = 收支总表[支出总计, 合计]")) == []


def test_a_figure_that_two_rules_squeeze_to_zero(tmp_path):
    (remark,) = proved(tmp_path, balance(INCOME), balance("收支总表[收入总计] = 收支总表[本年收入合计]"))
    assert (remark.proved, remark.rules) == (Proved.ZERO, ("T-1", "T-2"))
    assert remark.about == "收支总表[上年结转, 金额]"
    assert remark.wrong


def test_a_sum_that_holds_its_own_total(tmp_path):
    (remark,) = proved(tmp_path, balance("收支总表[收入总计] = 收支总表[收入总计] + 收支总表[上年结转]"))
    assert (remark.proved, remark.rules) == (Proved.ZERO, ("T-1",))


def test_two_rules_that_force_different_signs(tmp_path):
    turned = INCOME.replace("+", "-")
    other = "收支总表[收入总计] = 收支总表[本年收入合计] - 收支总表[单位资金]"
    assert shown(proved(tmp_path, balance(INCOME), balance(other))) == {("opposite", ("T-1", "T-2"))}
    assert shown(proved(tmp_path, balance(INCOME), balance(turned))) == {("zero", ("T-1", "T-2"))}


def test_a_rule_that_says_itself_that_a_figure_is_zero_may(tmp_path):
    assert proved(tmp_path, balance("收支总表[上年结转] = 0"), balance(INCOME)) == []


def test_a_zero_that_is_a_condition_is_no_contradiction(tmp_path):
    unprinted = balance("收支总表[收入总计] = 收支总表[本年收入合计]", when="'收支总表[上年结转] = 0'")
    assert "zero" not in {one.proved.value for one in proved(tmp_path, balance(INCOME), unprinted)}


def test_an_equation_that_always_holds(tmp_path):
    remarks = proved(tmp_path, balance("收支总表[收入总计] = 收支总表[收入总计]"))
    assert shown(remarks) == {("empty", ("T-1",))}


def test_one_equation_written_twice(tmp_path):
    turned = "收支总表[本年收入合计] = 收支总表[收入总计] - 收支总表[上年结转]"
    assert ("twin", ("T-1", "T-2")) in shown(proved(tmp_path, balance(INCOME), balance(turned)))
    conditional = balance(turned, when="'收支总表[单位资金] ≠ 0'")
    assert "twin" not in {one.proved.value for one in proved(tmp_path, balance(INCOME), conditional)}


def test_a_corollary_names_what_it_follows_from(tmp_path):
    remarks = proved(
        tmp_path,
        balance("收支总表[收入总计] = 收支总表[支出总计, 合计]"),
        balance("收支总表[支出总计, 合计] = 支出总表[合计, 合计]"),
        balance("支出总表[合计, 合计] = 收支总表[收入总计]"),
        balance("收支总表[本年收入合计] ≤ 收支总表[收入总计]"),
    )
    assert {("corollary", ("T-3", "T-1", "T-2"))} <= shown(remarks)
    assert not any(one.wrong for one in remarks)


def test_a_corollary_needs_no_stronger_conditions_than_its_own(tmp_path):
    one = balance("收支总表[收入总计] = 收支总表[支出总计, 合计]", when="'收支总表[单位资金] = 0'")
    other = balance("收支总表[支出总计, 合计] = 支出总表[合计, 合计]")
    third = "支出总表[合计, 合计] = 收支总表[收入总计]"
    assert ("corollary", ("T-3", "T-1", "T-2")) not in shown(proved(tmp_path, one, other, balance(third)))
    limited = balance(third, when="'收支总表[单位资金] = 0'")
    assert ("corollary", ("T-3", "T-1", "T-2")) in shown(proved(tmp_path, one, other, limited))


def test_levels_and_keys_go_into_the_algebra(tmp_path):
    remarks = proved(
        tmp_path,
        "kind: rollup, table: 支出总表",
        "kind: tie, left: {table: 支出总表, rows: 类, columns: 合计}, "
        "right: {table: 收支总表, rows: 类, columns: 合计}",
        balance("收支总表[本年支出合计, 合计] = sum(收支总表[类, 合计])"),
        balance("支出总表[合计, 合计] = 收支总表[本年支出合计, 合计]"),
        "kind: across, table: 支出总表, equation: 合计 = 基本支出 + 项目支出",
    )
    assert ("corollary", ("T-4", "T-1", "T-2", "T-3")) in shown(remarks)


def test_figures_that_no_rule_looks_at(tmp_path):
    path = tmp_path / "pack.yaml"
    path.write_text(HEAD + f"  - {{id: T-1, name: 甲, {balance(INCOME)}}}\n", encoding="utf-8")
    told = prove(compile_rules([path], vocabulary(), ""), vocabulary())
    loose = [one.about for one in told if "shanxi" in one.layouts]
    income = next(about for about in loose if about.startswith("收支总表[") and about.endswith("金额]"))
    assert "政府性基金预算" in income
    assert "上年结转" not in income.split(";")[0].replace("上年结转安排", "")
    assert any(about.startswith("项目支出表[合计、任一单位、任一项目;") for about in loose)


def test_the_project_has_no_twins_and_no_empty_rules():
    remarks = prove(RuleSet(tuple(rules().values()), ""), vocabulary())
    assert [one for one in remarks if one.proved in {Proved.TWIN, Proved.EMPTY, Proved.OPPOSITE}] == []
    assert any(one.proved is Proved.COROLLARY for one in remarks)


def test_strict_lint_fails_on_a_contradiction(tmp_path):
    (tmp_path / "packs").mkdir()
    bad = balance("收支总表[收入总计] = 收支总表[本年收入合计]", message="'{subject}'", advice="乙")
    (tmp_path / "packs" / "x.yaml").write_text(HEAD + f"  - {{id: T-1, name: 甲, {bad}}}\n", encoding="utf-8")
    strict = gouji("rules", "lint", "--strict", "--rules", tmp_path)
    assert strict.returncode == 1
    assert "T-1" in next(line for line in strict.stdout.splitlines() if line.startswith("矛盾（shanxi）"))
    assert gouji("rules", "lint", "--rules", tmp_path).returncode == 0


vectors = st.dictionaries(st.sampled_from("abcde"), st.integers(-3, 3).filter(bool).map(Fraction), max_size=4)


@given(st.lists(vectors, max_size=5), st.lists(st.integers(-3, 3), min_size=5, max_size=5))
def test_what_is_made_of_equations_is_reduced_to_nothing_and_says_of_which(equations, weights):
    system = System[str]()
    for number, vector in enumerate(equations):
        system.add(vector, number)
    made: dict[str, Fraction] = {}
    for vector, weight in zip(equations, weights, strict=False):
        for symbol, part in vector.items():
            made[symbol] = made.get(symbol, Fraction(0)) + part * weight
    rest, used = system.reduce(made)
    assert rest == {}
    again: dict[str, Fraction] = {}
    for number, share in used.items():
        for symbol, part in equations[number].items():
            again[symbol] = again.get(symbol, Fraction(0)) + part * share
    assert {symbol: part for symbol, part in again.items() if part} == {s: part for s, part in made.items() if part}


@pytest.mark.parametrize("factor", [2, -1, Fraction(1, 3)])
def test_a_factor_makes_no_other_equation(factor):
    one = added([("a", 1), ("b", -1), ("c", -1)])
    assert scaled(one) == scaled({symbol: part * factor for symbol, part in one.items()})
    assert added([("a", 1), ("a", -1)]) == {}
