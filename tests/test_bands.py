"""The three bands against brute force: exact amounts in 元, each rounded on its own to 万元 as budgets print them."""

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.bands import Band, judge, judge_identity, limit, sigmas_for

STEP = 100  # 0.01 万元 in 元
TRIALS = 4000


def printed(amount: int) -> int:
    """Return an amount in 元 as steps of 0.01 万元, rounded half up."""
    return (2 * amount + STEP) // (2 * STEP)


def sums(rows: int, draw: random.Random) -> list[int]:
    """Return the residuals of correct sums over `rows` rows, as printed."""
    residuals = []
    for _ in range(TRIALS):
        amounts = [draw.randrange(1, 10**8) for _ in range(rows)]
        residuals.append(printed(sum(amounts)) - sum(map(printed, amounts)))
    return residuals


@pytest.mark.parametrize("rows", [2, 3, 5, 8, 13, 30, 60, 200])
def test_bands_against_simulated_rounding(rows):
    residuals = sums(rows, random.Random(rows))
    figures = rows + 1
    bands = [judge(residual, figures, figures) for residual in residuals]
    false_alarms = sum(band is Band.DIFFERS for band in bands)
    fixed = sum(abs(residual) > 1 for residual in residuals)
    errors = range(1, 40)
    missed = {
        error: sum(judge(residual + error, figures, figures) is not Band.DIFFERS for residual in residuals) / TRIALS
        for error in errors
    }
    sure = next((error for error in errors if not missed[error]), None)
    measured = (
        f"{rows} rows: {false_alarms} false alarms in {TRIALS} correct sums (a fixed ±0.01 gives {fixed}); "
        f"an error of one step is missed in {missed[1]:.1%}, of five in {missed[5]:.1%}; "
        f"none is missed from {sure} steps"
    )
    assert false_alarms <= TRIALS / 1000, measured
    assert sure is not None, measured
    assert sure <= 2 * float(limit(figures, figures)) + 2, measured
    if rows >= 30:
        assert fixed > 20 * max(1, false_alarms), measured
        assert limit(figures, figures) < Fraction(figures, 2), measured


@given(st.integers(-50, 50), st.integers(0, 40))
def test_the_verdict_depends_on_the_size_of_the_residual_alone(residual, figures):
    assert judge(residual, figures, figures) is judge(-residual, figures, figures)
    if judge(residual, figures, figures) is Band.DIFFERS:
        assert judge(residual + (1 if residual > 0 else -1), figures, figures) is Band.DIFFERS


@given(st.integers(1, 300))
def test_the_limit_is_where_the_verdict_turns(figures):
    most = int(limit(figures, figures))
    assert judge(most, figures, figures) in {Band.AGREES, Band.ROUNDING}
    assert judge(most + 1, figures, figures) is Band.DIFFERS


def test_exact_figures_leave_no_room():
    assert judge(0, 0, 0) is Band.AGREES
    assert judge(1, 0, 0) is Band.DIFFERS


def test_two_printings_of_one_quantity():
    assert [judge_identity(residual) for residual in (0, 1, -1, 2)] == [Band.AGREES, Band.TAIL, Band.TAIL, Band.DIFFERS]


def test_a_coarse_figure_bounds_a_fine_one():
    coarse = 100  # 13.88 万元 against 138,800 元: steps of 100 元 and 1 元
    assert judge(50, coarse + 1, coarse**2 + 1) is Band.ROUNDING
    assert judge(51, coarse + 1, coarse**2 + 1) is Band.DIFFERS


def test_more_checks_need_more_sigmas():
    assert sigmas_for(1) == sigmas_for(1500) == 4
    assert Fraction(48, 10) < sigmas_for(10**6) < 5
    assert sigmas_for(10**9) > sigmas_for(10**6)
