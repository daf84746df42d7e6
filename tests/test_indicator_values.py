"""Printed indicator values → what they say; the forms stand in `tests/indicators/values.txt`."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.indicators.grammar import read_value
from checker.indicators.numerals import read_numeral
from checker.indicators.units import read_chain
from checker.indicators.values import IndicatorValue, ValueKind

FORMS = [
    tuple(part.strip() for part in line.rsplit("|", 3))
    for line in (Path(__file__).parent / "indicators" / "values.txt").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]


def measure(value: IndicatorValue) -> str:
    """Return comparator, number and unit as the table of forms writes them."""
    if value.low is None or value.high is None:
        return str(value.comparator)
    low, high = (
        f"{number:.2f}".removesuffix(".00") if value.words == "比" else f"{number}"
        for number in (value.low, value.high)
    )
    number = low if low == high else f"{low}~{high}"
    return " ".join(filter(None, [value.comparator, number, str(value.unit)]))


def test_the_table_has_two_hundred_forms() -> None:
    printed = [form[0] for form in FORMS]
    assert len(set(printed)) == len(printed) >= 200


@pytest.mark.parametrize(("printed", "kind", "says", "dimension"), FORMS, ids=[form[0] for form in FORMS])
def test_a_form_is_read(printed: str, kind: str, says: str, dimension: str) -> None:
    value = read_value(printed)
    assert (value.kind.value, measure(value), value.dimension or "-") == (kind, says, dimension)
    assert bool(value.reason) == (value.kind is ValueKind.UNREADABLE)
    assert value.text == printed


def test_years_are_told() -> None:
    assert read_value("2025年完成支付").years == (2025,)
    assert read_value("2024年1月至2025年3月").years == (2024, 2025)
    assert read_value("≥2025人").years == ()


def test_what_stands_about_a_number_is_kept() -> None:
    assert read_value("100%及时").words == "及时"
    assert read_value("3个（含续建1个）").note == "含续建1个"
    assert [part.words for part in read_value("桌子3张、椅子6把").parts] == ["桌子", "椅子"]


@pytest.mark.parametrize(
    ("one", "other"), [("元/人·天", "元/天/人"), ("万元", "元"), ("名", "人"), ("个月", "月"), ("人/次", "人/次")]
)
def test_one_unit_in_two_printings(one: str, other: str) -> None:
    assert read_chain(one).key == read_chain(other).key


@pytest.mark.parametrize(("one", "other"), [("人", "次"), ("元/人", "元"), ("元/人/月", "人/月"), ("%", "分")])
def test_two_units(one: str, other: str) -> None:
    assert read_chain(one).key != read_chain(other).key


@pytest.mark.parametrize(
    ("words", "number"),
    [("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("两百", 200), ("一千零五十", 1050), ("一万二千", 12000),
     ("三百二十万", 3200000)],
)  # fmt: skip
def test_numerals(words: str, number: int) -> None:
    assert read_numeral(words) == number


@pytest.mark.parametrize("words", ["", "三四", "十百", "甲"])
def test_what_is_no_numeral(words: str) -> None:
    assert read_numeral(words) is None


@given(st.text(alphabet="≥≤<>=≈0123456789.,，、%％元人/·每年月日万以上内至到-~（）<>td 三百 ", max_size=30))
def test_no_text_is_too_strange(text: str) -> None:
    value = read_value(text)
    assert (value.low is None) == (value.high is None)
    assert value.kind is not ValueKind.UNREADABLE or value.reason
