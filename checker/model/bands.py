"""Can rounding alone explain a residual? The three bands of an equation between printed figures.

Each printed figure is off its exact value by at most half a step, evenly spread. Over n figures the worst case is
B = sum of half-steps; the noise has the deviation sigma = sqrt(sum of step squared / 12). A fixed tolerance is wrong
at both ends: 0.01 万元 false-alarms on a third of correct 30-row sums, while the worst case alone lets 1 万元 through a
200-row column. Hence |r| <= min(B, k sigma).
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from math import isqrt
from typing import Final

FOUR_SIGMA: Final = Fraction(4)
"""Default multiple of the rounding noise: one false alarm in 16,000 correct equations."""


class Band(StrEnum):
    """What a residual says of its equation."""

    AGREES = "agrees"
    ROUNDING = "rounding"
    TAIL = "tail"
    DIFFERS = "differs"


def judge(residual: int, steps: int, squares: int, sigmas: Fraction = FOUR_SIGMA) -> Band:
    """Say whether rounding alone can explain `residual`.

    All three are counted in the finest step of the equation: `steps` is the sum of the steps of the figures that carry
    rounding (so B = steps / 2), `squares` the sum of their squares (so sigma = sqrt(squares / 12)). Compared in whole
    numbers, without a square root.
    """
    if residual == 0:
        return Band.AGREES
    if 2 * abs(residual) > steps:
        return Band.DIFFERS
    within_noise = 12 * residual * residual * sigmas.denominator**2 <= sigmas.numerator**2 * squares
    return Band.ROUNDING if within_noise else Band.DIFFERS


def judge_identity(residual: int) -> Band:
    """Judge two printings of one quantity at one precision: they come from one exact value and must be identical.

    One last digit apart is a tail difference (尾差), which final accounts do show; more differs.
    """
    if residual == 0:
        return Band.AGREES
    return Band.TAIL if abs(residual) == 1 else Band.DIFFERS


def sigmas_for(checks: int) -> Fraction:
    """Return the multiple of sigma that keeps the expected number of false alarms in `checks` equations below one.

    Never below four; two decimals, rounded up.
    """
    if checks < 1:
        return FOUR_SIGMA
    from statistics import NormalDist

    exact = NormalDist().inv_cdf(1 - 1 / (2 * (checks + 1)))
    return max(FOUR_SIGMA, Fraction(int(exact * 100) + 1, 100))


def limit(steps: int, squares: int, sigmas: Fraction = FOUR_SIGMA) -> Fraction:
    """Return the largest residual, in finest steps, that rounding can explain: min(B, k sigma), in tenths of a step."""
    worst = Fraction(steps, 2)
    tenths = isqrt(100 * sigmas.numerator**2 * squares // (12 * sigmas.denominator**2))
    return min(worst, Fraction(tenths, 10))
