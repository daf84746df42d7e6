"""Figures are read exactly as printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.figure import UNITS, WAN, YUAN, is_blank, read_figure

amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False, allow_infinity=False)


@given(amounts)
def test_every_printing_of_an_amount_has_its_value(amount):
    full_width = str(abs(amount)).translate({ord(a): ord(a) + 0xFEE0 for a in "0123456789."})
    printings = [f"{amount}", f"{amount:,}", f" {amount} "]
    printings += (
        [f"({abs(amount)})", f"（{abs(amount):,}）", f"△{abs(amount)}", f"－{full_width}"]
        if amount < 0
        else [full_width]
    )
    for printing in printings:
        figure = read_figure(printing, WAN)
        assert figure is not None, printing
        assert figure.value == amount, printing
        assert figure.step == Decimal("0.01")
        assert figure.text == printing


def test_a_figure_counts_steps_of_its_last_digit():
    figure = read_figure("18,041.69", WAN)
    assert (figure.minor, figure.exponent) == (1804169, 2)  # steps of 100 元
    assert figure.exact is False
    assert read_figure("138,800.50", YUAN).exact is True


def test_the_tail_of_a_binary_fraction_is_rounded_off():
    assert read_figure("35.4100000000001", WAN).value == Decimal("35.41")
    assert read_figure("35.9999999999999", WAN).value == Decimal("36")
    assert read_figure(".35", WAN).value == Decimal("0.35")


@pytest.mark.parametrize(
    ("text", "unit", "minor", "exponent"),
    [("13.88万元", YUAN, 1388, 2), ("138,800元", WAN, 138800, 0), ("3.84%", WAN, 384, -4), ("1.5亿元", WAN, 15, 7)],
)
def test_a_unit_in_the_cell_wins(text, unit, minor, exponent):
    figure = read_figure(text, unit)
    assert (figure.minor, figure.exponent) == (minor, exponent)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "12,34",
        "1,2345",
        "1.2.3",
        "12O.5",
        "约12",
        "1-2",
        "(－5)",
        "2024年",
        "3 个",
        "１２．",
        "1e5",
        "①",
        "5²",
        "1" * 32,
        "九",
    ],
)
def test_what_is_not_one_number_is_no_figure(text):
    assert read_figure(text, WAN) is None


@pytest.mark.parametrize("text", ["", " ", "-", "--", "—", "——", "－", "　", "/", "无"])
def test_dashes_stand_for_nothing(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["0", "0.00", "x"])
def test_a_printed_zero_is_not_a_blank(text):
    assert not is_blank(text)


@given(amounts, st.integers(0, 6))
def test_restating_keeps_the_value(amount, finer):
    figure = read_figure(str(amount), WAN)
    assert figure.restated(figure.exponent - finer).value == amount


def test_restating_never_loses_digits():
    with pytest.raises(ValueError, match="cannot restate"):
        read_figure("1.25", WAN).restated(4)


def test_units_are_powers_of_ten_of_one_base():
    assert {unit.dimension for unit in UNITS.values()} == {"money", "share", "count"}
    assert UNITS["亿元"].exponent - UNITS["万元"].exponent == 4


@pytest.mark.parametrize(
    ("text", "printed", "other", "stated"),
    [
        ("13.88", WAN, YUAN, "138800"),
        ("138800", YUAN, WAN, "13.8800"),
        ("1元", WAN, WAN, "0.0001"),
        ("0.5亿元", WAN, WAN, "5000"),
        ("1元", WAN, UNITS["亿元"], "0.00000001"),
        ("0", WAN, YUAN, "0"),
    ],
)
def test_a_number_in_another_unit_of_its_dimension(text, printed, other, stated):
    assert f"{read_figure(text, printed).value_in(other):f}" == stated


def test_a_share_is_no_amount():
    with pytest.raises(ValueError, match="money"):
        read_figure("3.84%", WAN).value_in(WAN)
