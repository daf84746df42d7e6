"""Mutation scores: a rule is tried on its passing cases with one thing misprinted; none may notice nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from checker.model.figure import WAN, read_figure
from checker.resources import rules_folder
from checker.trials.perturb import Slip, _slips_of, misprinted_words
from checker.trials.report import blind_spots, markdown
from checker.trials.score import Score, score, scores
from tests.support.project import cases, rules


@pytest.fixture(scope="module")
def told() -> list[Score]:
    return list(scores(rules(), cases()))


def of(name: str) -> Score:
    return score(rules()[name], [case for case in cases() if case.rule == name])


def test_no_rule_is_blind(told):
    assert [each.rule for each in told if each.blind] == []


def test_the_report_is_current(told):
    assert (rules_folder() / "MUTATION.md").read_text(encoding="utf-8") == markdown(told, rules())


@pytest.mark.parametrize(
    ("printed", "transposed", "digit", "sign", "unit"),
    [
        ("12.30", "21.30", "22.30", "-12.30", "123000.00"),
        ("0.05", "0.50", "0.06", "-0.05", "500.00"),
        ("-9.00", "-0.90", "-8.00", "9.00", "-90000.00"),
        ("1,100", "1010", "2100", "-1100", "11000000"),
    ],
)
def test_slips_make_the_numbers_that_a_pen_would(printed, transposed, digit, sign, unit):
    figure = read_figure(printed, WAN)
    assert figure is not None
    slips = dict(_slips_of(figure))
    assert slips.pop(Slip.BLANK) == ""
    assert slips == {Slip.TRANSPOSED: transposed, Slip.DIGIT: digit, Slip.SIGN: sign, Slip.UNIT: unit}
    assert all((other := read_figure(text, WAN)) and other.value != figure.value for text in slips.values())


def test_a_number_of_equal_digits_cannot_be_transposed():
    figure = read_figure("77", WAN)
    assert figure is not None and figure.value == Decimal(77)
    assert Slip.TRANSPOSED not in dict(_slips_of(figure))


def test_an_equation_of_totals_notices_everything():
    assert of("BAL-101").percent == 100


def test_an_inequality_sees_one_direction_and_says_so():
    one_sided = of("BAL-414")
    assert 0 < one_sided.percent < 100
    assert (Slip.DIGIT, 2, 4) in [spot[:3] for spot in blind_spots(one_sided)]
    assert "不等式" in next(
        line for line in markdown([one_sided], rules()).splitlines() if line.startswith("| BAL-414")
    )


def test_a_row_left_out_is_no_concern_of_its_own_columns():
    across = of("ACR-301")
    assert across.found[Slip.ROW] + across.told[Slip.ROW] == 0
    assert across.found[Slip.DIGIT] == across.tried[Slip.DIGIT]


def test_a_rule_on_names_is_tried_on_words():
    pairs = of("VAL-608")
    assert not pairs.figures
    assert Slip.NAME in pairs.found
    assert Slip.TABLE not in pairs.tried


def test_a_rule_without_a_passing_case_is_blind():
    assert score(rules()["VAL-608"], []).blind


def test_what_only_failing_cases_say_is_said_in_other_places():
    error = of("TXT-6051")
    assert error.found[Slip.PLANTED] > 10


def test_one_thing_is_changed_at_a_time():
    case = next(case for case in cases() if case.rule == "VAL-608" and case.outcome == "passes")
    for misprint in misprinted_words(case, ["一般公共预算基本支出表"]):
        same = sum(one is other for one, other in zip(case.tables, misprint.case.tables, strict=False))
        assert same >= len(case.tables) - 1 or misprint.slip is Slip.TABLE
