"""From sets to one effect: by hand, against slow twins, and what must not matter."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.regression.linear_model import WLS

from analytics.programmes import effects

NAN = np.nan


def test_differences_leave_missing_schools_aside() -> None:
    members = np.array([[70, 60, 64], [50, NAN, 40], [NAN, 60, 60], [55, NAN, NAN]])
    # 70 - (60 + 64) / 2; 50 - 40; the supported school missing; nobody to compare with
    assert effects.differences(members) == pytest.approx([8, 10, NAN, NAN], nan_ok=True)


def test_estimate_by_hand() -> None:
    found = effects.estimate(np.array([1.0, 2, 3, 6, NAN]))
    # mean 12/4 = 3; squares 4 + 1 + 0 + 9 = 14, sd = sqrt(14/3) = 2.1602, se = 1.0801; t.975 with 3 df = 3.1824
    assert (found.mean, found.sets) == (3.0, 4)
    assert found.se == pytest.approx(1.0801, abs=1e-4)
    assert (found.low, found.high) == pytest.approx((3 - 3.1824 * 1.0801, 3 + 3.1824 * 1.0801), abs=1e-3)


def test_one_set_has_no_interval() -> None:
    found = effects.estimate(np.array([5.0, NAN]))
    assert found.mean == 5 and np.isnan([found.se, found.low, found.high]).all() and found.sets == 1


def every_p(members: np.ndarray) -> float:
    """The slow twin: every choice of the supported school in each set, once; share with as large a studentised mean."""

    def t(d: list[float]) -> float:
        return abs(np.mean(d)) / (np.std(d, ddof=1) / np.sqrt(len(d)))

    rows = [row[np.isfinite(row)] for row in members]
    seen = t([float(row[0] - row[1:].mean()) for row in rows])
    count = [
        t([float(row[at] - np.delete(row, at).mean()) for row, at in zip(rows, chosen, strict=True)]) >= seen - 1e-9
        for chosen in product(*(range(len(row)) for row in rows))
    ]
    return float(np.mean(count))


@pytest.mark.parametrize("seed", range(4))
def test_permutation_p_is_near_that_of_every_permutation(seed: int) -> None:
    members = np.random.default_rng(seed).normal(0, 5, (6, 4)) + np.array([seed * 3, 0, 0, 0])
    members[2, 3] = members[4, 1] = NAN
    exact = every_p(members)
    found = effects.permutation_p(members, seed=1, permutations=20000)
    assert found == pytest.approx(exact, abs=4 * np.sqrt(exact * (1 - exact) / 20000) + 1e-3)


def test_p_is_never_nought_and_the_seed_fixes_it() -> None:
    members = np.column_stack([np.full(8, 90.0) + np.arange(8), np.random.default_rng(2).normal(50, 1, (8, 5))])
    assert effects.permutation_p(members, seed=3, permutations=99) == 0.01  # (1 + 0) / (99 + 1)
    other = np.random.default_rng(2).normal(50, 5, (8, 6))
    assert effects.permutation_p(other, seed=3) == effects.permutation_p(other, seed=3)


@given(st.integers(0, 10_000), st.floats(-50, 50))
def test_what_is_common_to_a_set_does_not_matter(seed: int, common: float) -> None:
    rng = np.random.default_rng(seed)
    members = rng.normal(60, 8, (7, 4))
    shifted = members + common * rng.normal(size=(7, 1))
    assert effects.differences(shifted) == pytest.approx(effects.differences(members), abs=1e-8)
    assert effects.permutation_p(shifted, seed=1, permutations=199) == effects.permutation_p(
        members, seed=1, permutations=199
    )


def test_what_is_left_over_is_that_of_weighted_least_squares() -> None:
    rng = np.random.default_rng(5)
    x, later = rng.normal(size=(40, 3)), rng.normal(60, 9, (40, 2))
    later[3, 1] = NAN  # one reference school without the second year
    design, weight = np.column_stack([np.ones(40), x]), rng.uniform(0.5, 2, 40)
    rows = np.arange(30)
    found = effects.left_over(later, effects.Reference(rows, design, weight[rows]))
    for year in (0, 1):
        seen = np.isfinite(later[:30, year])
        fit = WLS(later[:30, year][seen], design[:30][seen], weights=weight[:30][seen]).fit()
        assert found[:, year] == pytest.approx(later[:, year] - design @ fit.params, nan_ok=True)


def test_without_regression_years_are_taken_from_the_years_before_and_their_level_goes() -> None:
    later, base = np.array([[70.0, 75], [60, 65], [50, NAN]]), np.array([68.0, 60, 52])
    # changes: 2 7; 0 5; -2 -; reference rows 1 and 2: means (0 - 2)/2 = -1 and 5
    assert effects.since(later, base, np.array([1, 2])) == pytest.approx(
        np.array([[3, 2], [1, 0], [-1, NAN]]), nan_ok=True
    )


@pytest.mark.parametrize(
    ("schools", "pool", "whether"),
    [(10, 80, True), (11, 80, False), (6, 48, True), (6, 47, False), (1, 48, True), (1, 47, False)],
)
def test_no_regression_where_more_than_an_eighth_is_supported(schools: int, pool: int, whether: bool) -> None:
    assert effects.regresses(schools, pool) is whether


def test_members_average_the_years_that_count() -> None:
    rest = np.array([[1.0, 3], [5, 7], [NAN, 9]])
    sets, when = np.array([[0, 1, 2], [1, 2, -1]]), np.array([[True, True], [False, True]])
    # first set: both years (the third school has one); second: the last year alone, and nobody in third place
    assert effects.members(rest, sets, when) == pytest.approx(np.array([[2, 6, 9], [7, 9, NAN]]), nan_ok=True)


def test_the_smallest_effect_that_is_noticed() -> None:
    # ten schools: t.975 = 2.2622 and t.80 = 0.8834 with 9 df
    assert effects.detectable(3.0, 10) == pytest.approx(3 * (2.2622 + 0.8834), abs=1e-3)
    assert effects.detectable(1.0, 10_000) == pytest.approx(2.8016, abs=1e-3)  # reference: DOMAIN C11 (e)
    assert stats.t.ppf(0.8, 9) == pytest.approx(0.8834, abs=1e-4)
