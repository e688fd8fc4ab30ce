"""Came through difficulty (METHODS 8): clearly low before, clearly not low afterwards, and clearly higher than before.

Two windows of three comparable years, disjoint, of one measure; both lasting differences are judged together, for a
school that stood low was partly unlucky and would stand higher afterwards without anybody's doing. Refuses to speak of
fewer years or of small cohorts: that is "not enough years", never a mark against a school. Everything here is in
between-school SDs of each window (tau units), positive = good, where it is not said otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
from scipy import special

from analytics import standardise, years
from analytics.scores.outcomes import NationalParams
from analytics.scores.screening import DELTA
from analytics.scores.shrinkage import FEW_SCHOOLS, GRID_POINTS
from analytics.standardise import Array, Flags, Words
from data.catalogue import NotEnoughData

SMALLEST_COHORT = 20  # pupils in each year of both windows (METHODS 8)
SURE_LOW = 0.80  # P(before < -delta)
SURE_AFTER = 0.80  # P(after > -delta)
SURE_HIGHER = 0.90  # P(after > before)
HIGHEST = 0.999  # correlation of the two windows is kept below one, so that the matrix stays positive definite
FEWEST_SCHOOLS = 100  # schools with both windows below which the nation's correlation is not told

REASONS = {
    "few_years_before": "there are no three comparable years before the latest three",
    "few_years_after": "the latest comparable years are fewer than three",
    "few_schools": "too few schools have figures in both windows",
    "year_missing": "one of the years has no published figure for the school",
    "small_cohort": f"fewer than {SMALLEST_COHORT} pupils in one of the years",
    "not_low": "its earlier years were not clearly below",
    "one_bad_year": "without its lowest year the earlier years were not below",
    "still_low": "its later years are not clearly back at what its intake leads one to expect",
    "not_higher": "the later years are not clearly higher than the earlier ones",
}


class Window(Protocol):
    """One measure over one window: `findings.areas.Fit`, of which this reads the parameters and two frames.

    `scored`: urn, years, first_year, smallest, y, v, expected_scaled, as_predecessor, in_norm; `yearly`: urn,
    time_period, d.
    """

    @property
    def params(self) -> NationalParams: ...
    @property
    def scored(self) -> pd.DataFrame: ...
    @property
    def yearly(self) -> pd.DataFrame: ...


@dataclass(frozen=True, slots=True)
class CrossWindow:
    """What was fitted on the nation for two windows: their parameters and how lasting differences go together."""

    before: NationalParams
    after: NationalParams
    covariance: float  # of the lasting differences, in tau units: their correlation
    schools: int  # that it was fitted on
    grid: tuple[float, ...] = ()  # covariances and their weights where a stratum is small
    weights: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """Pooled differences of schools in both windows and their variances, in tau units."""

    before: Array
    before_variance: Array
    after: Array
    after_variance: Array


@dataclass(frozen=True, slots=True)
class Together:
    """Posterior of (before, after) of each school: means, variances and the covariance between the two."""

    before: Array
    after: Array
    before_variance: Array
    after_variance: Array
    covariance: Array


def whole(window: Window) -> pd.DataFrame:
    """The schools pooled over exactly the years of the window, one row per URN, indexed by it."""
    return window.scored[_complete(window.scored, window.params)].set_index("urn").sort_index()


def _complete(scored: pd.DataFrame, params: NationalParams) -> pd.Series:
    every = (scored["years"] == len(params.window)) & (scored["first_year"] == params.window[0])
    return every & np.isfinite(scored["y"])


def covariance(seen: Seen) -> float:
    """Covariance of lasting differences from the products of what was seen: noise of disjoint windows is independent.

    Weights 1/((1+v)(1+v)), the inverse variance of a product where the two have nothing in common. Kept within
    [0, HIGHEST].
    """
    weight = 1 / ((1 + seen.before_variance) * (1 + seen.after_variance))
    return float(np.clip(np.sum(weight * seen.before * seen.after) / np.sum(weight), 0.0, HIGHEST))


def why_not(before: Window | None, after: Window) -> str:
    """The code of REASONS that stands in the way of telling this measure of anybody; "" where nothing does."""
    if len(after.params.window) < years.WINDOW:
        return "few_years_after"
    if before is None or len(before.params.window) < years.WINDOW or before.params.end >= after.params.window[0]:
        return "few_years_before"
    return "few_schools" if len(_in_both(before, after)) < FEWEST_SCHOOLS else ""


def fit_national(before: Window, after: Window) -> CrossWindow:
    """Fit the nation's cross-window covariance; under FEW_SCHOOLS schools its likelihood on a grid goes with it.

    Raises NotEnoughData where `why_not` has a reason.
    """
    if reason := why_not(before, after):
        raise NotEnoughData(REASONS[reason])
    both = _in_both(before, after)
    seen = _seen(both)
    if len(both) >= FEW_SCHOOLS:
        return CrossWindow(before.params, after.params, covariance(seen), len(both))
    grid = np.linspace(0.0, HIGHEST, GRID_POINTS)
    height = np.array([_log_likelihood(c, seen) for c in grid])
    weight = np.exp(height - height.max())
    weight = weight / weight.sum()
    return CrossWindow(
        before.params, after.params, float(weight @ grid), len(both), tuple(grid.tolist()), tuple(weight.tolist())
    )


def _seen(both: pd.DataFrame) -> Seen:
    return Seen(*(both[name].to_numpy(float) for name in ("y_before", "v_before", "y_after", "v_after")))


def _in_both(before: Window, after: Window) -> pd.DataFrame:
    """The schools of the norms that are whole in both windows."""
    both = whole(before).merge(whole(after), left_index=True, right_index=True, suffixes=("_before", "_after"),
                               validate="one_to_one")  # fmt: skip
    return both[both["in_norm_before"] & both["in_norm_after"]]


def _log_likelihood(c: float, seen: Seen) -> float:
    a, b = 1 + seen.before_variance, 1 + seen.after_variance
    determinant = a * b - c**2
    square = (b * seen.before**2 - 2 * c * seen.before * seen.after + a * seen.after**2) / determinant
    return float(-0.5 * np.sum(np.log(determinant) + square))


def posterior(seen: Seen, c: float) -> Together:
    """Both lasting differences given both pooled ones: prior N(0, [[1, c], [c, 1]]), noise N(0, v) in each window."""
    then, now = seen.before_variance, seen.after_variance
    determinant = (1 + then) * (1 + now) - c**2
    own_before, own_after = (1 + now - c**2) / determinant, (1 + then - c**2) / determinant
    lent_before, lent_after = c * then / determinant, c * now / determinant
    return Together(
        own_before * seen.before + lent_before * seen.after,
        lent_after * seen.before + own_after * seen.after,
        own_before * then,
        own_after * now,
        lent_before * now,
    )


def score_schools(before: pd.DataFrame, yearly: pd.DataFrame, after: pd.DataFrame, pair: CrossWindow) -> pd.DataFrame:
    """Every school of `after`, judged from its own rows and the pair alone; one row per URN, sorted.

    `before`, `after`: rows of `scored`; `yearly`: the before-window's. Columns: standing (came_through, not,
    not_enough_years, small_cohort), reason (a code of REASONS), p_before, p_after, p_better, and in the measure's own
    units, positive = the value lies above what the intake leads one to expect: before and after with their ranges
    (chance taken out); before_seen, after_seen, change and worst_left_out as published; usual_change and chance_change. NaN where not told.
    """
    then = _in_window(before, pair.before)
    found = _in_window(after, pair.after).merge(then, on="urn", how="left", suffixes=("_after", "_before"),
                                                validate="one_to_one").sort_values("urn", ignore_index=True)  # fmt: skip
    complete = standardise.is_true(found["complete_after"]) & standardise.is_true(found["complete_before"])
    large = (found[["smallest_before", "smallest_after"]] >= SMALLEST_COHORT).all(axis=1)
    rest = found["urn"].map(without_worst(yearly[yearly["time_period"].isin(pair.before.window)]))
    seen = _seen(found)
    p_before, p_after, p_better, together = probabilities(seen, pair)
    told = complete & large.to_numpy()
    standing, reason = _standing(told, complete, p_before, rest.to_numpy(float), p_after, p_better)
    numbers = {
        "p_before": p_before,
        "p_after": p_after,
        "p_better": p_better,
        **_published(found, together, seen, rest, pair),
    }
    return pd.DataFrame(
        {
            "urn": found["urn"], "standing": standing, "reason": reason,
            **{name: np.where(told, values, np.nan) for name, values in numbers.items()},
            "as_predecessor": standardise.is_true(found["as_predecessor_before"]) | standardise.is_true(found["as_predecessor_after"]),
        }
    )  # fmt: skip


def _in_window(scored: pd.DataFrame, params: NationalParams) -> pd.DataFrame:
    columns = ["urn", "smallest", "y", "v", "expected_scaled", "as_predecessor"]
    return scored[columns].assign(complete=_complete(scored, params))


def without_worst(yearly: pd.DataFrame) -> pd.Series:
    """Mean of each school's yearly differences without its worst year, by URN; NaN for a single year."""
    years_of = yearly[np.isfinite(yearly["d"])].groupby("urn")["d"].agg(["sum", "min", "size"])
    return ((years_of["sum"] - years_of["min"]) / (years_of["size"] - 1)).where(years_of["size"] > 1)


def probabilities(seen: Seen, pair: CrossWindow) -> tuple[Array, Array, Array, Together]:
    """P(before < -delta), P(after > -delta), P(after > before) and the posterior, averaged over the grid of covariances
    where the stratum is small."""
    points = tuple(zip(pair.grid, pair.weights, strict=True)) or ((pair.covariance, 1.0),)
    parts = [(weight, posterior(seen, c)) for c, weight in points]
    low, level, higher = np.zeros((3, len(seen.before)))
    for weight, one in parts:
        low = low + weight * special.ndtr((-DELTA - one.before) / np.sqrt(one.before_variance))
        level = level + weight * special.ndtr((DELTA + one.after) / np.sqrt(one.after_variance))
        apart = one.before_variance + one.after_variance - 2 * one.covariance
        higher = higher + weight * special.ndtr((one.after - one.before) / np.sqrt(apart))
    return low, level, higher, _mixed(parts)


def _mixed(parts: list[tuple[float, Together]]) -> Together:
    before = sum((w * one.before for w, one in parts), np.zeros(1))
    after = sum((w * one.after for w, one in parts), np.zeros(1))
    return Together(
        before,
        after,
        sum((w * (one.before_variance + (one.before - before) ** 2) for w, one in parts), np.zeros(1)),
        sum((w * (one.after_variance + (one.after - after) ** 2) for w, one in parts), np.zeros(1)),
        sum((w * (one.covariance + (one.before - before) * (one.after - after)) for w, one in parts), np.zeros(1)),
    )


def _standing(told: Flags, complete: Flags, p_before: Array, rest: Array, p_after: Array, p_better: Array) -> tuple[Words, Words]:  # fmt: skip
    steps = {
        "year_missing": ~complete, "small_cohort": ~told, "not_low": ~(p_before >= SURE_LOW), "one_bad_year": ~(rest < 0),
        "still_low": ~(p_after >= SURE_AFTER), "not_higher": ~(p_better >= SURE_HIGHER),
    }  # fmt: skip
    reason = np.select(list(steps.values()), list(steps), "").astype(object)
    standing = np.select([~complete, ~told, reason == ""], ["not_enough_years", "small_cohort", "came_through"], "not")
    return standing.astype(object), reason


def _published(found: pd.DataFrame, together: Together, seen: Seen, rest: pd.Series, pair: CrossWindow) -> dict[str, Array]:  # fmt: skip
    """In the measure's own units, from each window's scale and expectation."""

    def then(m: Array) -> Array:
        return _difference(m, found["expected_scaled_before"].to_numpy(float), pair.before)

    def now(m: Array) -> Array:
        return _difference(m, found["expected_scaled_after"].to_numpy(float), pair.after)

    out: dict[str, Array] = {"worst_left_out": then(rest.to_numpy(float))}
    for name, mean, variance, shown in (
        ("before", together.before, together.before_variance, then),
        ("after", together.after, together.after_variance, now),
    ):
        half = standardise.Z95 * np.sqrt(variance)
        ends = shown(mean - half), shown(mean + half)
        out |= {name: shown(mean), f"{name}_low": np.minimum(*ends), f"{name}_high": np.maximum(*ends)}
    stood, stands = then(seen.before), now(seen.after)
    return out | {
        "before_seen": stood,
        "after_seen": stands,
        "change": stands - stood,
        "usual_change": now(usual_after(seen, pair.covariance)) - stood,
        "chance_change": now(usual_after(seen, 1.0)) - stood,
    }


def _difference(m: Array, expected: Array, params: NationalParams) -> Array:
    """A difference in tau units as one in published units, positive = the value lies above."""
    level = expected + params.polarity * params.spread.tau * m
    return standardise.from_scale(level, params.mode) - standardise.from_scale(expected, params.mode)


def usual_after(seen: Seen, c: float) -> Array:
    """Where schools with the same figures before stand later on average: E[y_a | y_b] = c y_b / (1 + v_b), tau units.

    With c = 1 nothing has truly changed, and what is left of the difference is chance alone.
    """
    return c * seen.before / (1 + seen.before_variance)


def expected_rebound(lowest_share: float, between_sd: float, sampling_variance: float) -> float:
    """How much higher the lowest `lowest_share` of schools stand the next time, with no help at all.

    (1 - rho) sigma phi(z_q) / q with rho = between / (between + sampling) and sigma the SD of what is seen (Davis 1976;
    Barnett et al. 2005). Same units as `between_sd`; `sampling_variance` in their square.
    """
    total = between_sd**2 + sampling_variance
    z = special.ndtri(lowest_share)
    return float(sampling_variance / np.sqrt(total) * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi) / lowest_share)


def areas_come_through(
    read: Callable[..., pd.DataFrame], urns: frozenset[int], phase: str, last: int
) -> Mapping[int, tuple[str, ...]]:
    """URN -> the areas in which a school came through difficulty, told of years no later than `last`; only schools with any.

    `read` gives the published table `came_through` of the schools.
    """
    told = read("came_through", urns)
    known = by_area(told[told["phase"].eq(phase) & (told["after_last"] <= last)])
    through = known[known["standing"].eq("came_through")]
    found: dict[int, tuple[str, ...]] = {}
    for urn, area in zip(through["urn"].tolist(), through["area"].tolist(), strict=True):
        found[int(urn)] = (*found.get(int(urn), ()), str(area))
    return found


def by_area(came_through: pd.DataFrame) -> pd.DataFrame:
    """Each school's standing in an area: urn, area, standing (came_through, not, unknown); one row each, sorted.

    An area of several measures was come through where every measure that can be told says so: more looks would mean
    more false ones. `came_through`: rows of the published table.
    """
    told = came_through.assign(yes=came_through["standing"].eq("came_through"), no=came_through["standing"].eq("not"))
    grouped = told.groupby(["urn", "area"], sort=True)[["yes", "no"]].any().reset_index()
    standing = np.select([grouped["no"], grouped["yes"]], ["not", "came_through"], "unknown")
    return grouped[["urn", "area"]].assign(standing=standing)
