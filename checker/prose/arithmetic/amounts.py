"""Amounts worked out of printed figures, with the rounding that their printing leaves.

Running text drops zeros: 2.5万元 beside 3万元 is a planned amount, exact as it stands, not 2.45 to 2.55. So an amount
of money in prose carries rounding only where its sum prints at least two decimals of 万元 (amounts taken from a system
and rounded there), and then every amount of that sum does, at the finest step printed. A stated result is always taken
as rounded to its last digit: 40.8万元 may be called 41万元.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

import msgspec

from checker.model.bands import FOUR_SIGMA, Band
from checker.model.figure import Figure, Unit

ROUNDED_DECIMALS = 2
"""Decimals of 万元 from which on an amount of running text is taken as rounded."""
ZERO = Fraction(0)


@lru_cache(maxsize=64)
def power(exponent: int) -> Fraction:
    """Return a power of ten, exactly."""
    return Fraction(10) ** exponent


class Amount(msgspec.Struct, frozen=True):
    """A value in the base unit, the most that rounding can be off, and the variance of that rounding."""

    value: Fraction
    radius: Fraction = ZERO
    variance: Fraction = ZERO

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.value + other.value, self.radius + other.radius, self.variance + other.variance)

    def __sub__(self, other: Amount) -> Amount:
        return Amount(self.value - other.value, self.radius + other.radius, self.variance + other.variance)

    def __mul__(self, other: Amount) -> Amount:
        radius = abs(self.value) * other.radius + abs(other.value) * self.radius + self.radius * other.radius
        variance = (
            self.value**2 * other.variance + other.value**2 * self.variance + self.variance * other.variance
        )  # of independent factors
        return Amount(self.value * other.value, radius, variance)

    def over(self, other: Amount) -> Amount | None:
        """Return the quotient, None where the divisor is zero or cannot be told from it."""
        if abs(other.value) <= other.radius:
            return None
        inverse = 1 / other.value
        furthest = 1 / (abs(other.value) - other.radius) - abs(inverse)
        return self * Amount(inverse, furthest, other.variance / other.value**4)

    def scaled(self, factor: Fraction) -> Amount:
        """Return the amount in another unit."""
        return Amount(self.value * factor, self.radius * factor, self.variance * factor**2)


def rounded_step(figures: Iterable[Figure]) -> int | None:
    """Return the power of ten that the amounts of money among the figures are rounded to, None where they are exact."""
    money = [figure for figure in figures if figure.unit.dimension == "money" and figure.unit.exponent > 0]
    if not any(figure.unit.exponent - figure.exponent >= ROUNDED_DECIMALS for figure in money):
        return None
    finest = min(figure.exponent for figure in money)
    return finest if finest > money[0].unit.indivisible else None


def amount_of(figure: Figure, step: int | None = None) -> Amount:
    """Return what a printed operand is worth; money in 万元 is rounded to `step` where there is one."""
    value = figure.minor * power(figure.exponent)
    if step is None or figure.unit.dimension != "money" or figure.unit.exponent <= 0:
        return Amount(value)
    return _rounded(value, step)


def stated(figure: Figure) -> Amount:
    """Return what a printed result is worth: rounded to its last digit."""
    value = figure.minor * power(figure.exponent)
    return Amount(value) if figure.exact else _rounded(value, figure.exponent)


def total(figures: Sequence[Figure]) -> Amount:
    """Return the sum of printed amounts."""
    step = rounded_step(figures)
    value = sums_of(figures)[-1]
    if step is None:
        return Amount(value)
    rounded = sum(figure.unit.dimension == "money" and figure.unit.exponent > 0 for figure in figures)
    one = _rounded(value, step)
    return Amount(value, one.radius * rounded, one.variance * rounded)


def sums_of(figures: Sequence[Figure]) -> list[Fraction]:
    """Return the sums of the first, the first two … of some figures, in their base unit."""
    finest = min([0, *(figure.exponent for figure in figures)])
    scale = 10**-finest
    minor, sums = 0, []
    for figure in figures:
        minor += figure.minor * 10 ** (figure.exponent - finest)
        sums.append(Fraction(minor, scale))
    return sums


def compare(one: Amount, other: Amount) -> Band:
    """Say whether two amounts are the same, or rounding can explain that they are not (bands of `model.bands`)."""
    difference = one - other
    if not difference.value:
        return Band.AGREES
    within = abs(difference.value) <= difference.radius and difference.value**2 <= FOUR_SIGMA**2 * difference.variance
    return Band.ROUNDING if within else Band.DIFFERS


def printed(value: Fraction, unit: Unit) -> str:
    """Return a value in a unit, as a decimal without needless zeros, six decimals at most."""
    shown = value / power(unit.exponent)
    scaled = round(shown * 10**6)
    text = f"{Decimal(scaled).scaleb(-6):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text or '0'}{unit.symbol}"


def _rounded(value: Fraction, exponent: int) -> Amount:
    step = power(exponent)
    return Amount(value, step / 2, step**2 / 12)
