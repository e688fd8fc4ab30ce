"""Made-up regions of primary schools with several measures at once, whose truth is known: what composites, clusters and
the "expectation unsure" cap are held against (METHODS 4.2, 5.7 and 3, which METHODS 13 calls not simulated).

Three years of eight measures. Lasting differences go together by BETWEEN and drift; years add shocks that go together by
SHOCKS; pupils are drawn one by one, and whoever reads well writes well (PUPILS), so that chance goes together as well.
Disadvantaged pupils are some of the same pupils, and their figure is withheld where they are fewer than six. Draws nothing
without a seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import special, stats

from analytics import standardise
from analytics.facts import intake
from analytics.findings.areas import Fit, Stage
from analytics.scores import outcomes
from analytics.scores.composites import nearest_positive_definite
from analytics.standardise import Array
from data.catalogue import MEASURES
from tests.benchmark import regions
from tests.benchmark.regions import YEARS

Kind = Literal["apart", "none", "pocket"]
SMALLEST_PUBLISHED = 6  # disadvantaged pupils; fewer are withheld
WITHHELD = 0.03  # of school-years: the whole results of a year
WITHOUT_ATTENDANCE, WITHOUT_HIGHER = 0.05, 0.04  # of schools, every year
PUPILS_PER_COHORT = 7  # on roll, for absence
REACHABLE = {"binomial": (1.0, 99.0), "arcsine": (0.2, 99.8)}
TREND = 1.0  # points a year
POCKET = 1.5  # largest lack of the expectation, in between-school SDs


@dataclass(frozen=True, slots=True)
class Part:
    """One measure near its fit on england_2018, in points: `slope` is what intake takes, as a share of reading's.

    `noise`: factor on the binomial variance; for overall absence the SD between pupils. Absence and the disadvantaged
    are not in those files for comparable years: theirs are set by hand.
    """

    measure: str
    national: float
    tau: float
    omega: float
    slope: float
    noise: float = 1.15

    @property
    def polarity(self) -> int:
        return MEASURES[self.measure].polarity

    @property
    def mode(self) -> standardise.Mode:
        return standardise.mode_of(MEASURES[self.measure].kind, self.national)

    def scale(self, points: float) -> float:
        """Points of the measure on its modelling scale."""
        return standardise.sd_to_scale(points, self.national, self.mode)


PARTS = (
    Part("ks2_reading_expected_pct", 72.0, 8.2, 4.1, 1.0), Part("ks2_writing_expected_pct", 72.0, 8.6, 4.6, 1.0),
    Part("ks2_mathematics_expected_pct", 74.0, 9.6, 4.8, 0.9, 1.2), Part("ks2_grammar_expected_pct", 76.0, 8.2, 4.0, 0.9),
    Part("ks2_rwm_higher_pct", 8.3, 4.1, 1.6, 0.4), Part("ks2_rwm_disadvantaged_pct", 46.0, 9.0, 4.5, 0.5),
    Part("absence_overall_pct", 5.2, 0.7, 0.3, 0.06, 6.0), Part("absence_persistent_pct", 16.0, 3.5, 1.6, 0.4),
)  # fmt: skip
NAMES = tuple(part.measure for part in PARTS)
ATTENDANCE = slice(6, 8)


def _together(four: float, higher: float, poorer: float, both: float, away: float, attendance: float) -> Array:
    """A correlation matrix in the order of PARTS: within the four, of higher standard and of the disadvantaged with
    them, of these two, of attendance with results, and of the two measures of attendance."""
    out = np.full((len(PARTS), len(PARTS)), away)
    out[:4, :4] = four
    out[4, :4] = out[:4, 4] = higher
    out[5, :4] = out[:4, 5] = poorer
    out[4, 5] = out[5, 4] = both
    out[6, 7] = out[7, 6] = attendance
    np.fill_diagonal(out, 1.0)
    return nearest_positive_definite(out)


# METHODS 4.2: R_b .9 and R_w .55 for the four; higher standard .77 and .2 on england_2018; the rest set by hand
BETWEEN = _together(0.9, 0.77, 0.8, 0.65, 0.35, 0.93)
SHOCKS = _together(0.5, 0.35, 0.45, 0.3, 0.05, 0.7)
PUPILS = _together(0.74, 0.7, 0.7, 0.7, 0.0, 0.8)


@dataclass(frozen=True, slots=True)
class Several:
    """`rows` by measure: what `outcomes.fit_national` takes, with the true expectation (modelling scale) as `truth`.

    `theta`: true lasting differences, schools x measures x years, modelling scale, positive = good; `level`: the true
    expectation with them, larger = better. `schools`: what similar schools are found by.
    """

    rows: Mapping[str, pd.DataFrame]
    urn: np.ndarray
    theta: Array
    level: Array
    schools: pd.DataFrame


def several(schools: int, kind: Kind, rng: np.random.Generator) -> Several:
    """Simulate one region. `none`: no lasting differences. `pocket`: intake works where the regression cannot follow."""
    taken = regions.intakes(schools, rng)
    effect = regions._slope(taken)
    effect = effect - effect.mean()
    local = POCKET * pocket(taken) if kind == "pocket" else np.zeros(schools)
    expected = np.stack([_expected(part, effect, local) for part in PARTS], axis=1)
    spread = np.array([0.0 if kind == "none" else part.scale(part.tau) for part in PARTS])
    theta = _lasting(schools, rng) * spread[None, :, None]
    polarity = np.array([part.polarity for part in PARTS])[None, :, None]
    level = _reached(expected + polarity * theta)
    theta = polarity * (level - expected)
    size = np.exp(rng.normal(np.log(regions.COHORT_MEDIAN), regions.COHORT_SPREAD, schools))
    base = _base(taken, rng)
    found: dict[str, list[pd.DataFrame]] = {name: [] for name in NAMES}
    for at, year in enumerate(YEARS):
        wobble = np.exp(rng.normal(0, regions.COHORT_WOBBLE, schools))
        pupils = np.clip(np.round(size * wobble), *regions.COHORT).astype(int)
        for name, table in _results(level[:, :, at], pupils, taken["fsm6"].to_numpy(), rng).items():
            truth = expected[:, NAMES.index(name), at]
            found[name].append(base.assign(time_period=year, truth=truth, **table))
    return Several(_published(found, rng), base["urn"].to_numpy(), theta, polarity * level, _alike(base, size, rng))


def pocket(taken: pd.DataFrame) -> Array:
    """-1 to 1: many free school meals with few, or with many, pupils who learn English as another language.

    The first do worse and the second better than the two figures say when added: a regression that adds cannot follow.
    """
    poor = special.expit((taken["fsm6"].to_numpy() - 35) / 4)
    return np.asarray(poor * (1 - 2 * special.expit((15 - taken["eal"].to_numpy()) / 3)))


def _expected(part: Part, effect: Array, local: Array) -> Array:
    """Schools x years on the modelling scale."""
    trend = part.slope * TREND * (np.arange(len(YEARS)) - 1.0)
    middle = standardise.to_scale(np.array([part.national]), part.mode)[0]
    shift = part.polarity * (part.slope * effect + part.tau * local)
    return middle + part.scale(1.0) * (shift[:, None] + part.polarity * trend[None, :])


def _lasting(schools: int, rng: np.random.Generator) -> Array:
    """Stationary autoregression of SD 1 in every year: schools x measures x years."""
    root, rho = np.linalg.cholesky(BETWEEN), rng.uniform(*regions.DRIFT)
    steps = [rng.standard_normal((schools, len(PARTS))) @ root.T]
    for _ in YEARS[1:]:
        steps.append(rho * steps[-1] + np.sqrt(1 - rho**2) * rng.standard_normal((schools, len(PARTS))) @ root.T)
    return np.stack(steps, axis=2)


def _reached(level: Array) -> Array:
    """Levels that a share of pupils can have; overall absence is not below a half per cent."""
    out = level.copy()
    for at, part in enumerate(PARTS):
        low, high = (
            (0.5, 30.0) if part.mode == "mean" else standardise.to_scale(np.array(REACHABLE[part.mode]), part.mode)
        )
        out[:, at] = np.clip(level[:, at], low, high)
    return out


def _results(level: Array, pupils: np.ndarray, meals: Array, rng: np.random.Generator) -> dict[str, dict[str, Array]]:
    """One year's published values and the pupils behind them, by measure. Percentages are rounded as DfE rounds them."""
    schools = len(pupils)
    shock = rng.standard_normal((schools, len(PARTS))) @ np.linalg.cholesky(SHOCKS).T
    shock = shock * np.array([part.scale(part.omega) for part in PARTS])
    shares = np.column_stack([_share(part, level[:, at] + shock[:, at]) for at, part in enumerate(PARTS)])
    root, chance = np.linalg.cholesky(PUPILS), rng.standard_normal((schools, len(PARTS)))
    extra = chance @ root.T
    out: dict[str, dict[str, Array]] = {}
    who, start = np.repeat(np.arange(schools), pupils), np.concatenate([[0], np.cumsum(pupils)[:-1]])
    latent = rng.standard_normal((len(who), 6)) @ np.linalg.cholesky(PUPILS[:6, :6]).T
    poorer = rng.random(len(who)) < meals[who] / 100
    for at, part in enumerate(PARTS[:6]):
        counted = poorer if part.measure == "ks2_rwm_disadvantaged_pct" else np.ones(len(who), dtype=bool)
        behind = np.add.reduceat(counted.astype(float), start)
        share = shares[:, at] + extra[:, at] * np.sqrt(
            (part.noise - 1) * shares[:, at] * (1 - shares[:, at]) / np.maximum(behind, 1)
        )
        passed = latent[:, at] < special.ndtri(np.clip(share, 0.001, 0.999))[who]
        reached = np.add.reduceat((passed & counted).astype(float), start)
        out[part.measure] = {"pupils": behind, "value": np.round(100 * reached / np.maximum(behind, 1))}
    return {**out, **_attendance(level + shock, shares, extra, pupils)}


def _share(part: Part, level: Array) -> Array:
    return np.clip(standardise.from_scale(level, part.mode), *regions.REACHABLE) / 100 if part.mode != "mean" else level


def _attendance(level: Array, shares: Array, chance: Array, pupils: np.ndarray) -> dict[str, dict[str, Array]]:
    """Overall and persistent absence of everybody on roll."""
    roll = PUPILS_PER_COHORT * pupils.astype(float)
    overall = level[:, 6] + PARTS[6].noise * chance[:, 6] / np.sqrt(roll)
    often = stats.binom.ppf(
        np.clip(special.ndtr(np.sqrt(PARTS[7].noise) * chance[:, 7]), 1e-9, 1 - 1e-9), roll, shares[:, 7]
    )
    return {
        PARTS[6].measure: {"pupils": roll, "value": np.round(np.maximum(overall, 0.1), 1)},
        PARTS[7].measure: {"pupils": roll, "value": np.round(100 * often / roll, 1)},
    }


def _base(taken: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    schools = len(taken)
    trust = rng.integers(0, schools // 3 + 1, schools)  # trusts of three on average
    return taken.assign(
        urn=np.arange(1, schools + 1), fold=intake.fold_of(pd.Series([f"T{number}" for number in trust])).to_numpy(),
        release="final", as_predecessor=False, in_norm=True, single_sex=0.0, selective=0.0, prior=np.nan,
    )  # fmt: skip


def _published(found: Mapping[str, list[pd.DataFrame]], rng: np.random.Generator) -> dict[str, pd.DataFrame]:
    """Rows by measure, without what is withheld or missing."""
    schools = len(next(iter(found.values()))[0])
    away, higher = rng.random(schools) < WITHOUT_ATTENDANCE, rng.random(schools) < WITHOUT_HIGHER
    year = rng.random((len(YEARS), schools)) < WITHHELD
    out = {}
    for name, tables in found.items():
        absence = name.startswith("absence")
        gone = np.concatenate([away if absence else withheld for withheld in year])
        if name == "ks2_rwm_higher_pct":
            gone = gone | np.tile(higher, len(YEARS))
        rows = pd.concat(tables, ignore_index=True)
        rows = intake.covariates(rows[~gone & (rows["pupils"] >= SMALLEST_PUBLISHED)])
        out[name] = rows.assign(pattern=intake.patterns(rows)).sort_values(["urn", "time_period"], ignore_index=True)
    return out


def _alike(base: pd.DataFrame, size: Array, rng: np.random.Generator) -> pd.DataFrame:
    """The columns of the school table that similar schools are found by; deprivation goes with free school meals."""
    place = stats.rankdata(-base["fsm6"] + rng.normal(0, 12, len(base))) / len(base)
    return pd.DataFrame(
        {
            "urn": base["urn"], "phase": "primary", "sector": "state", "selective": False, "high_age": 11.0,
            "pupils": PUPILS_PER_COHORT * size, "fsm6_pct": base["fsm6"], "eal_pct": base["eal"], "ehcp_pct": base["ehcp"],
            "sen_support_pct": base["sen_support"], "idaci_decile": np.ceil(10 * place),
        }
    )  # fmt: skip


def stage(made: Several) -> Stage:
    """The region taken for a nation: every measure fitted and scored by the product."""
    return Stage("primary", YEARS[-1], {name: (_fit(made.rows[name], name),) for name in NAMES})


def _fit(rows: pd.DataFrame, name: str) -> Fit:
    """As `findings.fitting` makes it."""
    params = outcomes.fit_national(rows, MEASURES[name], "primary", YEARS[-1])
    yearly = outcomes.residuals(rows[rows["time_period"].isin(params.long_window)], params)
    tau = params.spread.tau
    yearly = yearly.assign(d=yearly["d"] / tau, v=yearly["v"] / tau**2)
    return Fit(params, outcomes.score_schools(rows, params), yearly)
