"""Equations over recognised figures: bands, blanks, identities, products."""

import pytest

from checker.equations import CONDITION, holds, relate
from checker.forms.load import load_vocabulary
from checker.model.outcome import Verdict
from checker.model.rule import Severity
from checker.resources import rules_folder
from checker.ruleset.expression import parse_relation
from checker.trials import sketch

SKETCH = """
收支总表
             | 金额
一般公共预算 | {a}
本年收入合计 | {b}
上年结转     | {c}
收入总计     | {d}
"""


def filing_of(a="", b="", c="", d=""):
    vocabulary = load_vocabulary([rules_folder()], "test")
    return sketch.filing_of(sketch.read_sketch(SKETCH.format(a=a, b=b, c=c, d=d), vocabulary), vocabulary)


def outcome(text, **figures):
    return relate(CONDITION, filing_of(**figures), parse_relation(text))


SUM = "收支总表[收入总计] = 收支总表[本年收入合计] + 收支总表[上年结转]"


@pytest.mark.parametrize(
    ("b", "c", "d", "verdict", "severity"),
    [
        ("1.00", "2.00", "3.00", Verdict.AGREES, None),
        ("1.00", "2.00", "3.01", Verdict.ROUNDING, None),
        ("1.00", "2.00", "3.02", Verdict.DIFFERS, None),
        ("3.00", "", "3.01", Verdict.DIFFERS, Severity.NOTICE),
        ("3.00", "0.00", "3.01", Verdict.DIFFERS, Severity.NOTICE),
        ("3.00", "", "3.02", Verdict.DIFFERS, None),
        ("", "", "", Verdict.NIL, None),
        ("0.00", "", "0", Verdict.NIL, None),
        ("1.OO", "2.00", "3.00", Verdict.UNASSESSED, None),
        ("-1.00", "4.00", "3.00", Verdict.AGREES, None),
    ],
)
def test_the_bands_of_a_sum(b, c, d, verdict, severity):
    found = outcome(SUM, b=b, c=c, d=d)
    assert (found.verdict, found.severity) == (verdict, severity)


def test_two_figures_on_one_side_are_no_identity():
    assert outcome("收支总表[本年收入合计] + 收支总表[上年结转] = 0", b="1.00", c="-1.01").verdict is Verdict.ROUNDING


@pytest.mark.parametrize(
    ("text", "holds_"),
    [
        ("收支总表[上年结转] = 0", False),
        ("收支总表[上年结转] ≠ 0", True),
        ("收支总表[一般公共预算] = 0", True),
        ("收支总表[一般公共预算] ≠ 0", False),
        ("收支总表[本年收入合计] = 收支总表[收入总计]", True),
        ("收支总表[上年结转] ≤ 收支总表[收入总计]", True),
        ("收支总表[上年结转] ≥ 收支总表[收入总计]", False),
    ],
)
def test_conditions(text, holds_):
    assert holds(filing_of(b="3.00", c="2.00", d="3.01"), parse_relation(text)) is holds_


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("收支总表[一般公共预算] × 3 = 收支总表[本年收入合计]", Verdict.AGREES),
        ("收支总表[一般公共预算] = 收支总表[本年收入合计] ÷ 3", Verdict.AGREES),
        ("收支总表[一般公共预算] × 3 = 收支总表[上年结转]", Verdict.ROUNDING),
        ("收支总表[一般公共预算] × 3 = 收支总表[收入总计]", Verdict.DIFFERS),
        ("abs(收支总表[一般公共预算] - 收支总表[本年收入合计]) = 收支总表[一般公共预算] × 2", Verdict.AGREES),
    ],
)
def test_products_within_the_rounding_of_their_factors(text, verdict):
    assert outcome(text, a="10.00", b="30.00", c="30.02", d="30.03").verdict is verdict


PARTS = "收支总表[收入总计] = 收支总表[本年收入合计] + 收支总表[上年结转]"


@pytest.mark.parametrize(
    ("text", "verdict", "reason"),
    [
        (f"{PARTS} + 收支总表[财政拨款收入]?", Verdict.AGREES, ""),
        (f"{PARTS} - 收支总表[年终结转, 人员经费]?", Verdict.UNASSESSED, "收支总表没有“年终结转”行"),
        (f"{PARTS} + 收入来源表[收入总计]?", Verdict.AGREES, ""),
        (f"{PARTS} + 收支总表[财政拨款收入]", Verdict.NOT_APPLICABLE, "此版式的收支总表没有“财政拨款收入”行"),
        (f"{PARTS} + 收支总表[政府性基金预算]?", Verdict.UNASSESSED, "收支总表没有“政府性基金预算”行"),
        (f"{PARTS} + 支出总表[合计, 合计]?", Verdict.UNASSESSED, "未找到支出总表"),
        ("收支总表[收入总计] = 收支总表[财政拨款收入]? + 收支总表[事业收入]?", Verdict.NOT_APPLICABLE, "不印与之相加"),
        ("收支总表[收入总计] = 收支总表[财政拨款收入]?", Verdict.NOT_APPLICABLE, "不印与之相加"),
        ("收支总表[收入总计] = 收支总表[财政拨款收入]? + 收支总表[上年结转]", Verdict.DIFFERS, ""),
    ],
)
def test_what_a_layout_does_not_print_counts_as_nothing_where_the_rule_says_so(text, verdict, reason):
    found = outcome(text, b="3.00", c="2.00", d="5.00")
    assert found.verdict is verdict
    assert reason in found.reason


def test_what_is_printed_all_the_same_counts():
    text = SKETCH.format(a="", b="3.00", c="2.00", d="9.00") + "财政拨款收入 | 4.00\n"
    vocabulary = load_vocabulary([rules_folder()], "test")
    filing = sketch.filing_of(sketch.read_sketch(text, vocabulary), vocabulary)
    found = relate(CONDITION, filing, parse_relation(f"{PARTS} + 收支总表[财政拨款收入]?"))
    assert found.verdict is Verdict.AGREES
    assert len(found.operands) == 4


def test_an_optional_figure_left_blank_is_zero():
    found = outcome("收支总表[收入总计] = 收支总表[本年收入合计] + 收支总表[上年结转]?", b="3.00", c="", d="3.01")
    assert found.severity is Severity.NOTICE


@pytest.mark.parametrize(
    ("text", "holds_"),
    [
        ("收支总表[财政拨款收入]? = 0", True),
        ("收支总表[财政拨款收入]? ≠ 0", False),
        ("收入来源表[收入总计]? = 0", True),
        ("收支总表[上年结转]? = 0", False),
    ],
)
def test_a_condition_on_what_is_not_printed(text, holds_):
    assert holds(filing_of(b="3.00", c="2.00", d="5.00"), parse_relation(text)) is holds_


def test_a_divisor_that_may_be_zero_leaves_the_equation_unassessed():
    assert outcome("收支总表[上年结转] ÷ 收支总表[一般公共预算] = 1", a="0.00", c="1.00").verdict is Verdict.UNASSESSED


def test_an_optional_figure_of_a_table_that_holds_nothing_is_zero_and_not_left_out():
    vocabulary = load_vocabulary([rules_folder()], "test")
    text = SKETCH.format(a="", b="", c="", d="5.00") + "\n收入总表  本表无数据\n"
    filing = sketch.filing_of(sketch.read_sketch(text, vocabulary), vocabulary)
    relation = parse_relation("收支总表[收入总计] = 收入总表[合计, 一般公共预算]?")
    assert relate(CONDITION, filing, relation).verdict is Verdict.DIFFERS
