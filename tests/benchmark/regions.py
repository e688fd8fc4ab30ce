"""Made-up regions of primary schools with a known truth: what METHODS 13 measures the scores against.

Three years of one measure. A school's lasting difference drifts from year to year (an autoregression), each year adds a
shock, and pupils are drawn from the share that results, a little more alike within a school than chance (beta-binomial).
Published percentages are rounded, as DfE rounds them. Several measures at once are in `several`, money and inspection in
`money_inspection`. Draws nothing without a seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analytics.facts import intake
from analytics.scores import outcomes, screening
from analytics.scores.outcomes import NationalParams
from analytics.standardise import Array
from data.catalogue import MEASURES

YEARS = (202223, 202324, 202425)
COHORT = (6, 120)  # pupils a year, smallest and largest (METHODS 13)
COHORT_MEDIAN, COHORT_SPREAD, COHORT_WOBBLE = 32.0, 0.65, 0.08  # log-normal between schools and between years
DRIFT = (0.9, 1.0)  # a year, drawn once per region (METHODS 13)
T_DEGREES = 5
REACHABLE = (1.0, 99.0)  # a school's own share of pupils stays within these
Effects = Literal["normal", "t5", "none"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One measure as england_2018 has it: percentage points, `phi` as a factor on the binomial variance."""

    name: str
    measure: str
    national: float  # per cent reaching the standard
    tau: float  # SD between schools of the lasting difference in one year
    omega: float  # SD of the year shock; drift adds to what is seen from year to year
    phi: float


# tau and omega near the fit on england_2018; national values are its averages of three years
SETTINGS = (
    Setting("Reading", "ks2_reading_expected_pct", 71.0, 8.1, 4.2, 1.15),
    Setting("Mathematics", "ks2_mathematics_expected_pct", 73.0, 9.5, 5.0, 1.2),
    Setting("Grammar", "ks2_grammar_expected_pct", 76.0, 8.1, 3.9, 1.15),
)


@dataclass(frozen=True, slots=True)
class Region:
    """`rows`: what `outcomes.fit_national` takes. `theta`: the true lasting difference by school (rows) and year.

    `centre`: what its intake takes from results on average, in points.
    """

    rows: pd.DataFrame
    urn: np.ndarray
    theta: Array
    centre: float


@dataclass(frozen=True, slots=True)
class Judged:
    """Each scored school of one region beside the truth, all in percentage points."""

    theta: Array  # average over the pooled years, the norm schools' mean taken out
    estimate: Array  # shrunk
    sd: Array
    unshrunk: Array
    cohort: Array  # pupils a year
    tier: np.ndarray
    params: NationalParams


def region(
    setting: Setting, schools: int, effects: Effects, rng: np.random.Generator, nation: Region | None = None
) -> Region:
    """Simulate one region. `none`: no school differs from its expectation; chance and year shocks remain.

    With `nation` the same intake leads to the same expectation as there; without, the region is a nation of its own.
    """
    taken = intakes(schools, rng)
    theta = _lasting(setting.tau, schools, effects, rng)
    return results(setting, taken, theta, rng, centre=None if nation is None else nation.centre)


def results(setting: Setting, intake: pd.DataFrame, theta: Array, rng: np.random.Generator, *,
            years: tuple[int, ...] = YEARS, centre: float | None = None) -> Region:  # fmt: skip
    """Published results of schools with this intake and these lasting differences (schools by years, changed in place)."""
    schools = len(intake)
    urn, slope = np.arange(1, schools + 1), _slope(intake)
    centre = float(slope.mean()) if centre is None else centre
    size = np.exp(rng.normal(np.log(COHORT_MEDIAN), COHORT_SPREAD, schools))
    parts = []
    for at, year in enumerate(years):
        pupils = np.clip(np.round(size * np.exp(rng.normal(0, COHORT_WOBBLE, schools))), *COHORT)
        expected = setting.national + 1.0 * (at - 1) + slope - centre
        level = np.clip(expected + theta[:, at], *REACHABLE)
        theta[:, at] = level - expected  # a share cannot pass 100: what a school truly lacks or adds ends there
        share = np.clip(level + rng.normal(0, setting.omega, schools), *REACHABLE) / 100
        reached = rng.binomial(pupils.astype(int), _alike(share, pupils, setting.phi, rng))
        parts.append(intake.assign(urn=urn, time_period=year, pupils=pupils, value=np.round(100 * reached / pupils)))
    return Region(_panel(pd.concat(parts, ignore_index=True), rng), urn, theta, centre)


def intakes(schools: int, rng: np.random.Generator) -> pd.DataFrame:
    """Shares of pupils 0-100, about as spread as England's primaries."""
    return pd.DataFrame(
        {
            "fsm6": 100 * rng.beta(1.7, 5.3, schools), "eal": 100 * rng.beta(0.6, 2.4, schools),
            "ehcp": 100 * rng.beta(2.0, 80.0, schools), "sen_support": 100 * rng.beta(6.0, 42.0, schools),
        }
    )  # fmt: skip


def _slope(intake: pd.DataFrame) -> Array:
    """What intake takes from results, in points: linear with a bend, as the expectation allows."""
    raw = (
        -0.28 * intake["fsm6"]
        - 0.8 * np.sqrt(intake["fsm6"])
        + 0.5 * np.sqrt(intake["eal"])
        - 0.35 * intake["sen_support"]
        - 0.6 * intake["ehcp"]
    )
    return np.asarray(raw, dtype=float)


def _lasting(tau: float, schools: int, effects: Effects, rng: np.random.Generator) -> Array:
    """Stationary autoregression with SD tau in every year, schools by years."""

    def drawn() -> Array:
        if effects == "t5":
            return rng.standard_t(T_DEGREES, schools) * np.sqrt((T_DEGREES - 2) / T_DEGREES)
        return rng.normal(0, 1, schools)

    rho, spread = rng.uniform(*DRIFT), 0.0 if effects == "none" else tau
    steps = [drawn()]
    for _ in YEARS[1:]:
        steps.append(rho * steps[-1] + np.sqrt(1 - rho**2) * drawn())
    return spread * np.column_stack(steps)


def _alike(share: Array, pupils: Array, phi: float, rng: np.random.Generator) -> Array:
    """Shares drawn so that the count has phi times the binomial variance (beta-binomial)."""
    within = (phi - 1) / (pupils - 1)
    total = 1 / np.maximum(within, 1e-9) - 1
    return rng.beta(share * total, (1 - share) * total)


def _panel(rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    trust = rng.integers(0, rows["urn"].nunique() // 3 + 1, rows["urn"].nunique())  # trusts of three on average
    fold = intake.fold_of(pd.Series([f"T{number}" for number in trust]))
    rows = rows.assign(
        release="final", as_predecessor=False, in_norm=True, single_sex=0.0, selective=0.0, prior=np.nan,
        fold=fold.to_numpy()[rows["urn"].to_numpy() - 1],
    )  # fmt: skip
    rows = intake.covariates(rows)
    return rows.assign(pattern=intake.patterns(rows)).sort_values(["urn", "time_period"], ignore_index=True)


def fitted(made: Region, setting: Setting) -> NationalParams:
    """The parameters of a region taken for a nation."""
    return outcomes.fit_national(made.rows, MEASURES[setting.measure], "primary", YEARS[-1])


def judged(made: Region, setting: Setting, nation: tuple[Region, NationalParams] | None = None) -> Judged:
    """Score a region's schools and set each beside its truth; by parameters of its own, or those of a nation it is in."""
    norm, params = nation or (made, fitted(made, setting))
    scored = outcomes.score_schools(made.rows, params)
    truth = pd.Series((made.theta - norm.theta.mean(axis=0)).mean(axis=1), index=made.urn)
    ones = np.ones(len(scored), dtype=bool)
    m, s = scored["m"].to_numpy(float), scored["s"].to_numpy(float)
    evidence = screening.Evidence(
        m, s, scored["pupils"].to_numpy(float), scored["years"].to_numpy(float), scored["least"].to_numpy(float),
        scored["smallest"].to_numpy(float), ones.astype(float), ones, ~ones,
    )  # fmt: skip
    tau = params.spread.tau
    return Judged(
        truth.loc[scored["urn"]].to_numpy(float), m * tau, s * tau, scored["y"].to_numpy(float) * tau,
        (scored["pupils"] / scored["years"]).to_numpy(float), screening.tiers(evidence).tier, params,
    )  # fmt: skip
