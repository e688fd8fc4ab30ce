"""The gap between schools: noise taken out, nothing shrunk twice (METHODS 9.3)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analytics.scores import gap, shrinkage

READING, ABSENCE = "ks2_reading_expected_pct", "absence_persistent_pct"


def tables(
    y: list[float], v: float, tau: float = 7.0, *, expected: object = 60.0, year: int = 202425, first: int = 202223,
    measure: str = READING, **national: object,
) -> tuple[pd.DataFrame, pd.DataFrame]:  # fmt: skip
    """Scores from unshrunk differences `y` with variance `v`, both in units of tau."""
    scores = pd.DataFrame(
        {"urn": range(len(y)), "time_period": year, "first_year": first, "measure": measure, "phase": "primary",
         "y": y, "v": v, "expected": expected}
    )  # fmt: skip
    fitted = {"time_period": year, "measure": measure, "phase": "primary", "mode": "binomial", "mean": 70.0, "tau": tau}
    return scores, pd.DataFrame([fitted | national])


def found(*args: object, **kwargs: object) -> gap.Gap:
    made = gap.between_schools(*tables(*args, **kwargs))  # type: ignore[arg-type]
    assert made is not None
    return made


def test_equal_noise_by_hand() -> None:
    # var(y) of -1.5 .. 1.5 twice: 2*(2.25+.25)*2/7 = 10/7; less v .5: .928571; root .963624; times 7 points
    (point,) = found([-1.5, -0.5, 0.5, 1.5] * 2, 0.5).after_intake
    assert (point.tau, point.schools, point.time_period) == (pytest.approx(7 * (10 / 7 - 0.5) ** 0.5), 8, 202425)
    # Q profile: tau^2 + v = sum of squares / chi-squared quantile (7 degrees: 16.0128, 1.6899)
    assert point.low == pytest.approx(7 * (10 / 16.01276 - 0.5) ** 0.5, abs=1e-3)
    assert point.high == pytest.approx(7 * (10 / 1.68987 - 0.5) ** 0.5, abs=1e-3)


def test_published_gap_and_what_goes_with_intake_by_hand() -> None:
    # expectation 50, 54, 66, 70 twice, difference nought but for noise: levels have sum of squares 2*(100+36+36+100)=544
    made = found([0.0] * 8, 0.5, expected=[50.0, 54.0, 66.0, 70.0] * 2)
    assert made.published[0].tau == pytest.approx((544 / 7 - 0.5 * 49) ** 0.5)
    assert made.after_intake[0].tau == 0 and made.explained == 1


def test_intake_that_hides_differences_explains_less_than_nothing() -> None:
    # the schools with the highest expectation lie as far below it: levels are level
    made = found([-1.5, -0.5, 0.5, 1.5] * 2, 0.05, expected=[70.5, 63.5, 56.5, 49.5] * 2)
    assert made.published[0].tau == 0 and made.explained is None  # nothing to explain a share of
    more = found([-1.5, -0.5, 0.5, 1.5] * 2, 0.05, expected=[64.0, 61.0, 59.0, 56.0] * 2)
    assert more.explained is not None and more.explained < -0.5


def test_fewer_absences_are_good_on_both_lines() -> None:
    # polarity -1: level = -expected + y; expected rises by what y rises, so published levels are the same everywhere
    made = found([-1.5, -0.5, 0.5, 1.5] * 2, 0.05, 4.0, expected=[14.0, 18.0, 22.0, 26.0] * 2, measure=ABSENCE)
    assert made.published[0].tau == 0 and made.after_intake[0].tau > 3


def test_fewer_than_eight_schools_are_too_few() -> None:
    assert gap.between_schools(*tables([-1.5, -0.5, 0.5, 1.5, 0, 0, 0], 0.5)) is None


def test_schools_without_a_figure_are_left_out() -> None:
    scores, national = tables([-1.5, -0.5, 0.5, 1.5] * 2, 0.5)
    missing = scores.assign(urn=scores["urn"] + 100, y=np.nan, v=np.nan)
    assert gap.between_schools(pd.concat([scores, missing]), national) == gap.between_schools(scores, national)


def test_no_spread_beyond_noise_is_nought() -> None:
    (point,) = found([-0.4, 0.4] * 4, 0.5).after_intake  # Q = 8 * .16 / .5 = 2.56, under its 7 degrees
    assert (point.tau, point.low) == (0.0, 0.0) and point.high > 0


def test_radians_become_points_at_the_national_value() -> None:
    # at 10% the slope of 100 sin^2 is 100 * 2 * sqrt(.1 * .9) = 60 points a radian; tau .1 radians is 6 points
    (point,) = found([-1.5, -0.5, 0.5, 1.5] * 2, 0.5, 0.1, expected=10.0, mode="arcsine", mean=10.0).after_intake
    assert point.tau == pytest.approx(6 * (10 / 7 - 0.5) ** 0.5)
    made = found([-1.5, -0.5, 0.5, 1.5] * 2, 0.5, 0.1, expected=10.0, mode="arcsine", mean=10.0)
    assert made.published[0].tau == pytest.approx(point.tau)  # one expectation for all: nothing for intake to explain


def years(then: list[float], now: list[float], *, before: int = 201819, start: int = 202223, measure: str = READING) -> gap.Change:  # fmt: skip
    parts = [
        tables(then, 0.05, year=before, first=before - 202, measure=measure),
        tables(now, 0.05, first=start, measure=measure),
    ]
    scores, national = (pd.concat(frames, ignore_index=True) for frames in zip(*parts, strict=True))
    made = gap.between_schools(scores, national)
    assert made is not None
    return made.change


WIDE, NARROW = [-1.5, -0.5, 0.5, 1.5] * 4, [-0.3, -0.1, 0.1, 0.3] * 4


def test_a_change_is_told_only_where_it_is_clear() -> None:
    less, more, same = years(WIDE, NARROW), years(NARROW, WIDE), years(WIDE, WIDE)
    assert (less.verdict, less.since, less.schools) == ("smaller", 201819, 16) and less.p_smaller > 0.99
    assert more.verdict == "larger" and more.p_smaller == pytest.approx(1 - less.p_smaller)
    assert same.verdict == "cannot_tell" and same.p_smaller == pytest.approx(0.5, abs=1e-3)


def test_windows_that_share_years_are_not_compared() -> None:
    assert years(WIDE, NARROW, before=202324).verdict == "same_years"
    assert years(WIDE, NARROW, start=201819).verdict == "same_years"
    assert found(WIDE, 0.5).change == gap.Change("one_window")


def test_definitions_that_changed_are_not_compared() -> None:
    assert not gap.comparable("ks4_attainment8", 201617, 202425)  # another point scale
    assert not gap.comparable("ks4_attainment8", 202122, 202425)  # graded otherwise
    assert gap.comparable("ks4_attainment8", 201819, 202425) and gap.comparable(READING, 201617, 202425)
    assert years(WIDE, NARROW, before=201617, measure="ks4_attainment8").verdict == "one_window"


def test_drawn_gaps_are_the_profile_turned_round() -> None:
    rng = np.random.default_rng(3)
    v = rng.uniform(0.3, 2.0, 16)
    y = rng.normal(0, np.sqrt(1 + v))
    drawn = shrinkage.profile_draws(y, v, 20_000)
    assert (np.diff(drawn) <= 0).all()
    low, high = shrinkage.q_profile(y, v)
    assert np.sqrt(np.quantile(drawn, [0.025, 0.975])) == pytest.approx(np.sqrt([low, high]), rel=2e-3)
    # with equal noise tau^2 + v is the sum of squares over a chi-squared quantile
    equal = shrinkage.profile_draws(y, np.ones(16), 1001)
    middle = np.sum((y - y.mean()) ** 2) / stats.chi2.ppf(0.5, 15) - 1
    assert equal[500] == pytest.approx(max(middle, 0), rel=1e-4)


@pytest.mark.parametrize("schools", [5, 8, 16, 40])
def test_the_interval_holds_the_truth_nineteen_times_in_twenty(schools: int) -> None:
    """METHODS 9.3: Q-profile .93-.96 for 5 to 40 schools; two standard errors of 1,500 regions are .011."""
    rng, held = np.random.default_rng([9, schools]), 0
    for _ in range(1500):
        v = rng.uniform(0.3, 2.0, schools)
        low, high = shrinkage.q_profile(rng.normal(0, np.sqrt(1 + v)), v)
        held += low <= 1 <= high
    assert 0.93 <= held / 1500 <= 0.965


def test_with_no_change_one_claim_in_five_at_most() -> None:
    """What P >= .9 on either side costs where nothing changed: .20 of fresh schools, less where the same ones stay."""
    claims = {}
    for alike in (0.0, 0.8):
        rng, told = np.random.default_rng(5), 0
        for _ in range(400):
            then, v, w = rng.normal(0, 1, 16), rng.uniform(0.3, 1.5, 16), rng.uniform(0.3, 1.5, 16)
            now = alike * then + np.sqrt(1 - alike**2) * rng.normal(0, 1, 16)
            p = gap.p_smaller(then + rng.normal(0, np.sqrt(v)), v, now + rng.normal(0, np.sqrt(w)), w)
            told += p >= gap.SURE or p <= 1 - gap.SURE
        claims[alike] = told / 400
    assert claims[0.0] <= 0.24 and claims[0.8] <= claims[0.0]
