"""Funnels: how far results may lie from expectation by chance and usual spread, by number of pupils (METHODS 5.3).

Pictures only: they name schools outside the limits and give no tier. Schools differ by more than chance, so the limits
are widened by the spread between schools (tau^2); without it half the country would lie outside.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import special, stats

from analytics import standardise, years
from analytics.scores import gap
from analytics.standardise import Array, Mode
from data.catalogue import MEASURES

Z998 = 3.090232306167813  # 99.8% limits (Spiegelhalter 2005)
WINSOR = 0.10  # of the z values at each end, before the overdispersion is worked out
CURVE = 160  # numbers of pupils at which the limits are worked out for a picture

Side = Literal["below", "inside", "above"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Lower and upper limit at each number of pupils, as differences from what is expected; NaN where unknown."""

    pupils: Array
    low: Array
    high: Array


def poisson_limits(expected: Array, z: float) -> tuple[Array, Array]:
    """Exact limits of observed / expected counts about 1: chi-squared quantiles over twice the expected count.

    `z`: 1.96 for 95%, Z998 for 99.8%. Reference: FunnelPlotR's own tests.
    """
    tail = float(stats.norm.sf(z))
    return (
        stats.chi2.ppf(tail, 2 * expected) / 2 / expected,
        stats.chi2.isf(tail, 2 * (expected + 1)) / 2 / expected,
    )


def binomial_limits(share: float, pupils: Array, z: float) -> tuple[Array, Array]:
    """Exact limits, in %, of an observed percentage whose true value is `share` (0-100).

    A number of pupils lies outside where so few, or so many, are less likely than the tail of `z`; between whole pupils
    the limit follows the distribution function smoothly (incomplete beta; Spiegelhalter 2005 draws it straight).
    """
    low, high = (special.bdtrik(float(tail), pupils, share / 100) for tail in (stats.norm.sf(z), stats.norm.cdf(z)))
    low, high = np.nan_to_num(low), np.nan_to_num(high) + 1  # not a number: even none is likelier than the tail
    return np.clip(100 * low / pupils, 0, 100), np.clip(100 * high / pupils, 0, 100)


def left_by_winsorising() -> float:
    """Share of a normal distribution's variance that is left when WINSOR at each end is held at its edge."""
    if not WINSOR:
        return 1.0
    edge = float(stats.norm.isf(WINSOR))
    return 1 - 2 * WINSOR - 2 * edge * float(stats.norm.pdf(edge)) + 2 * WINSOR * edge**2


def overdispersion(difference: Array, variance: Array) -> float:
    """tau^2 by which limits are widened: DerSimonian and Laird's on winsorised z values (Spiegelhalter 2005).

    The sum of squares is divided by what winsorising leaves of it under a normal distribution; undivided the limits would
    leave 15 schools in a thousand outside where they promise two (DECISIONS.md). `difference` from expectation with its
    `variance` by chance, one per school. Nought where schools vary no more than chance. NaN values are left aside.
    """
    there = np.isfinite(difference) & np.isfinite(variance) & (variance > 0)
    z, weight = difference[there] / np.sqrt(variance[there]), 1 / variance[there]
    if len(z) < 2:
        return 0.0
    z = np.clip(z, *np.quantile(z, [WINSOR, 1 - WINSOR]))
    excess = float(np.sum(z**2)) / left_by_winsorising() - (len(z) - 1)
    return max(0.0, excess / float(weight.sum() - (weight**2).sum() / weight.sum()))


@dataclass(frozen=True, slots=True)
class Usual:
    """A measure of the nation as fitted, in points of the measure: `slope` is phi, or sigma^2 for what is no share."""

    proportion: bool
    national: float
    slope: float
    omega: float
    years: int
    tau2: float  # by which the limits are widened


def limits(pupils: Array, usual: Usual, z: float = Z998) -> Limits:
    """Limits of the unshrunk difference (value less expected) of a school with so many pupils over the years pooled.

    Half-width z sqrt(s^2 + tau^2), s^2 = slope / n + omega^2 / years. Of a percentage each side is its own: the exact
    binomial limit, widened by what is not binomial, h^2 = (limit - national)^2 + z^2 ((slope - 1) u / n + omega^2 / years
    + tau^2) with u = p (100 - p).
    """
    shared = usual.omega**2 / usual.years + usual.tau2
    if not usual.proportion:
        half = z * np.sqrt(usual.slope / pupils + shared)
        return Limits(pupils, -half, half)
    low, high = binomial_limits(usual.national, pupils, z)
    rest = z**2 * (shared + (usual.slope - 1) * usual.national * (100 - usual.national) / pupils)
    return Limits(pupils, -np.sqrt((low - usual.national) ** 2 + rest), np.sqrt((high - usual.national) ** 2 + rest))


@dataclass(frozen=True, slots=True)
class Place:
    """One school: pupils over the years pooled, and its difference in points before shrinkage, positive = good."""

    urn: int
    pupils: float
    difference: float
    side: Side


@dataclass(frozen=True, slots=True)
class Funnel:
    """One measure of several schools beside the nation's limits; `places` by URN, `limits` at many numbers of pupils.

    `years`: how many the limits are drawn for, from `first_year` to `last_year`, which lies before the year asked for
    where a measure is published years behind; `left_out`: schools asked for without a figure.
    """

    measure: str
    first_year: int
    last_year: int
    years: int
    places: tuple[Place, ...]
    limits: Limits
    left_out: int

    def of(self, side: Side) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.side == side)


def funnel(measure_scores: pd.DataFrame, national: pd.DataFrame, urns: Collection[int]) -> Funnel | None:
    """Where `urns` stand in one measure, phase and year; None where none of them has a figure or nothing was fitted.

    `measure_scores`: MeasureScore rows of that measure, phase and year, of all schools: their spread widens the limits;
    `national`: NationalFigure rows. Limits are those of a school at the national value with all years.
    """
    rows = gap.levels(measure_scores, national)
    mine = rows[rows["urn"].isin(list(urns))].sort_values("urn")
    if mine.empty:
        return None
    fitted = national.merge(rows[["phase", "measure", "time_period"]].head(1), how="inner").iloc[0]
    polarity = MEASURES[str(fitted["measure"])].polarity
    usual = _usual(fitted, overdispersion(rows["difference"].to_numpy(float), rows["variance"].to_numpy(float)))
    pupils = mine["urn"].map(measure_scores.drop_duplicates("urn").set_index("urn")["pupils"]).to_numpy(float)
    edge, difference = _good(limits(pupils, usual), polarity), mine["difference"].to_numpy(float)
    sides = np.select([difference < edge.low, difference > edge.high], ["below", "above"], "inside")
    many = np.geomspace(years.SMALLEST_COHORT, max(pupils.max() * 1.1, years.FEW_PUPILS), CURVE)
    return Funnel(
        str(fitted["measure"]), int(fitted["first_year"]), int(fitted["time_period"]), usual.years,
        tuple(Place(*one) for one in zip(mine["urn"].tolist(), pupils.tolist(), difference.tolist(), sides.tolist(), strict=True)),
        _good(limits(many, usual), polarity), len(set(urns)) - len(mine),
    )  # fmt: skip


def published(
    read: Callable[[str], pd.DataFrame], phase: str, time_period: int, measure: str, urns: frozenset[int]
) -> Funnel | None:
    """`funnel` from the published tables: `read` gives one by its name."""
    scores = read("measure_score")
    here = scores["time_period"].eq(time_period) & scores["measure"].eq(measure) & scores["phase"].eq(phase)
    return funnel(scores[here], read("national"), urns)


def _usual(fitted: pd.Series, tau2: float) -> Usual:
    """In points: on the arcsine scale a difference counts by the slope at the national value, which makes 1/4n the
    variance p(100-p)/n."""
    mode: Mode = fitted["mode"]
    mean, omega = float(fitted["mean"]), float(fitted["omega"])
    slope = float(fitted["sigma"]) ** 2 if mode == "mean" else float(fitted["phi"])
    return Usual(mode != "mean", mean, slope, standardise.sd_from_scale(omega, mean, mode), int(fitted["years"]), tau2)


def _good(found: Limits, polarity: int) -> Limits:
    """The same with positive = good."""
    return found if polarity >= 0 else Limits(found.pupils, -found.high, -found.low)
