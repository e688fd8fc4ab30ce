"""Came through difficulty (METHODS 8): posteriors of two windows by hand and against an oracle, and every reason why not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.findings import recoveries
from analytics.findings.areas import Fit
from analytics.scores import recovery
from analytics.scores.outcomes import NationalParams
from analytics.scores.shrinkage import Spread
from analytics.standardise import Mode
from data.catalogue import NotEnoughData

BEFORE, AFTER = (201617, 201718, 201819), (202223, 202324, 202425)
MEASURE = "ks2_mathematics_expected_pct"


def params(window: tuple[int, ...], *, tau: float = 8.0, mode: Mode = "binomial", polarity: int = 1) -> NationalParams:
    return NationalParams(
        "primary", MEASURE, polarity, mode, window, window, {}, 1.0, 16.0, Spread(tau), 72.0, 60.0, 0.4, 400, "final"
    )


def fit(window: tuple[int, ...], *, y: list[float], v: list[float], smallest: float = 30, yearly: list[list[float]] | None = None,
        **more: object) -> Fit:  # fmt: skip
    """Schools 1, 2, ...: pooled difference and variance in tau units; every year as the pooled one unless given."""
    urn = np.arange(1, len(y) + 1)
    scored = pd.DataFrame(
        {"urn": urn, "years": len(window), "first_year": window[0], "smallest": float(smallest), "y": y, "v": v, "expected_scaled": 70.0,
         "as_predecessor": False, "in_norm": True}
    )  # fmt: skip
    table = [
        (u, year, d)
        for u, days in zip(urn, yearly or [[one] * len(window) for one in y], strict=True)
        for year, d in zip(window, days, strict=True)
    ]
    return Fit(params(window, **more), scored, pd.DataFrame(table, columns=["urn", "time_period", "d"]))  # type: ignore[arg-type]


def pair(c: float = 0.6, **more: object) -> recovery.CrossWindow:
    return recovery.CrossWindow(params(BEFORE, **more), params(AFTER, **more), c, 400)  # type: ignore[arg-type]


def judged(before: Fit, after: Fit, c: float = 0.6) -> pd.DataFrame:
    one = recovery.CrossWindow(before.params, after.params, c, 400)
    return recovery.score_schools(before.scored, before.yearly, after.scored, one).set_index("urn")


def seen(before: float, before_variance: float, after: float, after_variance: float) -> recovery.Seen:
    return recovery.Seen(*(np.array([one]) for one in (before, before_variance, after, after_variance)))


def test_posterior_by_hand() -> None:
    # c .6, v .5 and .5: determinant 1.5^2 - .36 = 1.89; own weight (1.5 - .36)/1.89 = .60317, lent .6*.5/1.89 = .15873
    found = recovery.posterior(seen(-1.5, 0.5, 0.75, 0.5), 0.6)
    assert found.before == pytest.approx([-0.785714], abs=1e-6)  # .60317*-1.5 + .15873*.75
    assert found.after == pytest.approx([0.214286], abs=1e-6)  # .15873*-1.5 + .60317*.75
    assert found.before_variance == pytest.approx([0.301587], abs=1e-6)
    assert found.after_variance == pytest.approx([0.301587], abs=1e-6)
    assert found.covariance == pytest.approx([0.079365], abs=1e-6)


@given(st.floats(-3, 3), st.floats(0.02, 5), st.floats(-3, 3), st.floats(0.02, 5), st.floats(0, recovery.HIGHEST))
def test_posterior_is_multivariate_normal_conditioning(yb: float, vb: float, ya: float, va: float, c: float) -> None:
    """Oracle: (theta, y) is jointly normal; condition theta on y by matrices."""
    prior, noise = np.array([[1, c], [c, 1]]), np.diag([vb, va])
    gain = prior @ np.linalg.inv(prior + noise)
    mean, variance = gain @ np.array([yb, ya]), prior - gain @ prior
    found = recovery.posterior(seen(yb, vb, ya, va), c)
    assert [found.before[0], found.after[0]] == pytest.approx(mean, abs=1e-7)
    assert [found.before_variance[0], found.after_variance[0], found.covariance[0]] == pytest.approx(
        [variance[0, 0], variance[1, 1], variance[0, 1]], abs=1e-7
    )


def test_chances_are_those_of_draws() -> None:
    rng = np.random.default_rng(8)
    c, v = 0.7, 0.35
    found = judged(fit(BEFORE, y=[-1.8], v=[v]), fit(AFTER, y=[1.0], v=[v]), c).loc[1]
    prior = np.array([[1, c], [c, 1]])
    gain = prior @ np.linalg.inv(prior + v * np.eye(2))
    then, now = rng.multivariate_normal(gain @ [-1.8, 1.0], prior - gain @ prior, 400_000).T
    wanted = [float(np.mean(one)) for one in (then < -0.25, now > -0.25, now > then)]
    assert [found[name] for name in ("p_before", "p_after", "p_better")] == pytest.approx(wanted, abs=0.003)


def test_covariance_by_hand_and_within_its_bounds() -> None:
    one = np.ones(2)
    # v 1 and 3 before, 1 after: weights 1/4 and 1/8; products 2 and .5: (2/4 + .5/8)/(3/8) = 1.5, kept below one
    before, noise = np.array([2.0, 0.5]), np.array([1.0, 3.0])
    assert recovery.covariance(recovery.Seen(before, noise, one, one)) == recovery.HIGHEST
    assert recovery.covariance(recovery.Seen(before / 4, noise, one, one)) == pytest.approx(0.375)
    assert recovery.covariance(recovery.Seen(before, noise, -one, one)) == 0.0


@pytest.mark.parametrize("c", [0.4, 0.8])
@pytest.mark.parametrize("schools", [250, 20_000])
def test_the_nations_covariance_comes_back(c: float, schools: int) -> None:
    rng = np.random.default_rng(5)
    theta = rng.multivariate_normal([0, 0], [[1, c], [c, 1]], schools)
    v = rng.uniform(0.1, 0.8, (schools, 2))
    y = theta + rng.normal(0, np.sqrt(v))
    before, after = (fit(w, y=y[:, k].tolist(), v=v[:, k].tolist()) for k, w in enumerate((BEFORE, AFTER)))
    found = recovery.fit_national(before, after)
    assert found.schools == schools and found.covariance == pytest.approx(c, abs=0.02 if schools > 300 else 0.15)
    assert bool(found.grid) == (schools < 300)  # a small stratum keeps its doubt
    if found.grid:
        assert sum(found.weights) == pytest.approx(1) and max(found.grid) == recovery.HIGHEST


def test_a_doubtful_covariance_is_averaged_over() -> None:
    before, after = fit(BEFORE, y=[-1.8], v=[0.3]), fit(AFTER, y=[1.0], v=[0.3])
    mixed = replace(pair(0.5), grid=(0.2, 0.8), weights=(0.5, 0.5))
    ends = [float(judged(before, after, c)["p_after"].iloc[0]) for c in (0.2, 0.8)]
    found = recovery.score_schools(before.scored, before.yearly, after.scored, mixed)
    assert found["p_after"].tolist() == pytest.approx([sum(ends) / 2])
    sure = recovery.score_schools(before.scored, before.yearly, after.scored, replace(mixed, weights=(1.0, 0.0)))
    shown = ["before", "before_low"]
    assert sure[shown].iloc[0].tolist() == pytest.approx(judged(before, after, 0.2)[shown].iloc[0].tolist())


def test_every_standing_and_its_reason() -> None:
    """Schools of 250 pupils, v = .1; what is seen is nearly the truth."""
    before = fit(
        BEFORE, y=[-2, 0, -1.2, -2, -1.0, -2, -2], v=[0.1] * 7,
        yearly=[[-2, -2, -2], [0, 0, 0], [0.2, 0.2, -4], [-2, -2, -2], [-1, -1, -1], [-2, -2, -2], [-2, -2, -2]],
    )  # fmt: skip
    after = fit(AFTER, y=[1, 1, 1, -2, 0.1, 1, 1], v=[0.1] * 7)
    scored = before.scored.assign(
        smallest=[30.0] * 5 + [19.0, 30.0], years=[3] * 6 + [2], first_year=[201617] * 6 + [201718]
    )
    found = recovery.score_schools(scored, before.yearly, after.scored, pair(0.2)).set_index("urn")
    assert found["standing"].tolist() == ["came_through", "not", "not", "not", "came_through", "small_cohort", "not_enough_years"]  # fmt: skip
    assert found["reason"].tolist() == ["", "not_low", "one_bad_year", "still_low", "", "small_cohort", "year_missing"]
    assert found.loc[[6, 7], ["before", "p_before", "change", "usual_change"]].isna().all(axis=None)
    assert found.loc[3, "worst_left_out"] == pytest.approx(0.2 * 8)


def test_not_higher_is_said() -> None:
    # v .02, c 0: m = y/1.02, sd .14; both sides lie .85 sd from -delta (P .80), so 1.2 sd of the difference apart: P .885
    found = judged(fit(BEFORE, y=[-0.3764], v=[0.02]), fit(AFTER, y=[-0.1336], v=[0.02]), 0.0).loc[1]
    assert found["p_before"] >= 0.8 and found["p_after"] >= 0.8 and found["p_better"] == pytest.approx(0.885, abs=0.003)
    assert (found["standing"], found["reason"]) == ("not", "not_higher")


def test_a_school_without_earlier_results_is_no_less() -> None:
    before, after = fit(BEFORE, y=[-2.0], v=[0.1]), fit(AFTER, y=[1.0, 1.0], v=[0.1, 0.1])
    found = judged(before, after)
    assert found["standing"].tolist() == ["came_through", "not_enough_years"]
    assert found.loc[2, "reason"] == "year_missing"


def test_one_school_is_judged_from_its_own_rows() -> None:
    rng = np.random.default_rng(3)
    before = fit(BEFORE, y=rng.normal(-1, 1, 40).tolist(), v=rng.uniform(0.1, 0.6, 40).tolist())
    after = fit(AFTER, y=rng.normal(0, 1, 40).tolist(), v=rng.uniform(0.1, 0.6, 40).tolist())
    together = recovery.score_schools(before.scored, before.yearly, after.scored, pair())
    alone = [
        recovery.score_schools(
            before.scored[before.scored["urn"] == urn],
            before.yearly[before.yearly["urn"] == urn],
            after.scored[after.scored["urn"] == urn],
            pair(),
        )
        for urn in range(40, 0, -1)
    ]
    pd.testing.assert_frame_equal(pd.concat(alone[::-1], ignore_index=True), together)


def test_figures_in_the_measures_own_units() -> None:
    # tau 8: pooled -1.5 is 12 points below; v .5: 1/1.5 of it stays by chance alone, .6/1.5 on average of all such schools
    found = judged(fit(BEFORE, y=[-1.5], v=[0.5]), fit(AFTER, y=[0.75], v=[0.5])).loc[1]
    assert found["before"] == pytest.approx(8 * -0.785714, abs=1e-4) and found["after"] == pytest.approx(8 * 0.214286, abs=1e-4)  # fmt: skip
    assert found["before_high"] - found["before"] == pytest.approx(8 * 1.959964 * np.sqrt(0.301587), abs=1e-4)
    assert (found["before_seen"], found["after_seen"], found["change"]) == pytest.approx((-12, 6, 18))
    assert found["chance_change"] == pytest.approx(12 - 12 / 1.5)  # 4
    assert found["usual_change"] == pytest.approx(12 - 0.6 * 12 / 1.5)  # 7.2


def test_less_is_better_and_other_scales() -> None:
    before, after = fit(BEFORE, y=[-1.5], v=[0.5], polarity=-1), fit(AFTER, y=[0.75], v=[0.5], polarity=-1)
    found = judged(before, after).loc[1]
    assert found["before"] > 0 > found["after"] and found["before_low"] < found["before"] < found["before_high"]
    assert found["change"] == pytest.approx(-18)
    arcsine = fit(BEFORE, y=[-1.0], v=[1e-9], tau=0.05, mode="arcsine")
    arcsine = Fit(arcsine.params, arcsine.scored.assign(expected_scaled=np.arcsin(np.sqrt(0.2))), arcsine.yearly)
    away = judged(arcsine, fit(AFTER, y=[0.0], v=[1e-9])).loc[1]
    # 100 sin^2(arcsin(sqrt .2) - .05) - 20 = -3.850
    assert away["before"] == pytest.approx(-3.850, abs=0.01)


@pytest.mark.parametrize(("pupils", "points"), [(15, 16.5), (30, 9.8), (60, 5.4), (120, 2.9)])
def test_the_rebound_of_the_lowest_tenth(pupils: int, points: float) -> None:
    """DOMAIN C9: at 62%, between-school SD 11 points."""
    assert recovery.expected_rebound(0.1, 11, 62 * 38 / pupils) == pytest.approx(points, abs=0.05)


def test_the_rebound_is_what_chosen_schools_show() -> None:
    rng = np.random.default_rng(1)
    theta = rng.normal(0, 11, 400_000)
    then, now = (theta + rng.normal(0, np.sqrt(62 * 38 / 30), theta.size) for _ in range(2))
    low = then <= np.quantile(then, 0.1)
    assert (now - then)[low].mean() == pytest.approx(recovery.expected_rebound(0.1, 11, 62 * 38 / 30), abs=0.15)


def test_usual_after_is_what_such_schools_reach() -> None:
    rng = np.random.default_rng(2)
    theta = rng.multivariate_normal([0, 0], [[1, 0.7], [0.7, 1]], 400_000)
    then, now = (theta + rng.normal(0, np.sqrt(0.4), theta.shape)).T
    near = np.abs(then + 1.5) < 0.05
    assert now[near].mean() == pytest.approx(recovery.usual_after(seen(-1.5, 0.4, 0.0, 0.4), 0.7)[0], abs=0.02)


def test_the_windows_follow_one_rule() -> None:
    ends = {201718: BEFORE[:2], 201819: BEFORE, 202324: AFTER[:2], 202425: AFTER}
    fits = {(MEASURE, "primary", end): fit(window, y=[0.0], v=[1.0]) for end, window in ends.items()}
    before, after = recoveries.windows(fits, MEASURE, "primary")
    assert before is not None and (before.params.window, after.params.window) == (BEFORE, AFTER)
    # later: the latest window that ends before 2025/26 begins, though older ones are there
    fits |= {
        (MEASURE, "primary", 202526): fit((202324, 202425, 202526), y=[0.0], v=[1.0]),
        (MEASURE, "primary", 202728): fit((202526, 202627, 202728), y=[0.0], v=[1.0]),
    }
    before, after = recoveries.windows(fits, MEASURE, "primary")
    assert before is not None and (before.params.end, after.params.end) == (202425, 202728)
    del fits[(MEASURE, "primary", 202425)], fits[(MEASURE, "primary", 202526)]
    before, _ = recoveries.windows(fits, MEASURE, "primary")
    assert before is not None and before.params.end == 201819  # 2023/24 has two years only


@pytest.mark.parametrize(
    ("windows", "reason"),
    [((AFTER,), "few_years_before"), ((BEFORE, AFTER[:2]), "few_years_after"), ((BEFORE, AFTER), "few_schools")],
)
def test_why_nobody_is_told(windows: tuple[tuple[int, ...], ...], reason: str) -> None:
    fits = {(MEASURE, "primary", window[-1]): fit(window, y=[0.0] * 50, v=[1.0] * 50) for window in windows}
    found = recoveries.tables(fits)
    assert found["came_through"].empty and found["window_pair"]["reason"].tolist() == [reason]
    before, after = recoveries.windows(fits, MEASURE, "primary")
    if before is not None:
        with pytest.raises(NotEnoughData, match=recovery.REASONS[reason][:20]):
            recovery.fit_national(before, after)


def test_an_area_of_several_measures_needs_all_that_can_be_told() -> None:
    rows = [
        (1, "attendance", "came_through"), (1, "attendance", "not"), (2, "attendance", "came_through"),
        (2, "attendance", "not_enough_years"), (3, "attendance", "small_cohort"), (3, "reading", "came_through"),
    ]  # fmt: skip
    found = recovery.by_area(pd.DataFrame(rows, columns=["urn", "area", "standing"]))
    assert found.values.tolist() == [
        [1, "attendance", "not"], [2, "attendance", "came_through"], [3, "attendance", "unknown"], [3, "reading", "came_through"],
    ]  # fmt: skip
