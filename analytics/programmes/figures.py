"""One measure of every school as arrays, and what was known of each school when a programme chose (METHODS 11.1).

A school without one of the figures is left aside, never filled in. Where a measure comes without its number of pupils
(absence) the school's roll says how large it is, which serves to match by size and to weigh, and for nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics import standardise, years
from analytics.scores import shrinkage
from analytics.standardise import Array, Flags, Index, is_true
from data.catalogue import MEASURES, Measure

COVARIATES = ("earlier", "selection", "need", "expected", "log_pupils")


@dataclass(frozen=True, slots=True)
class Nation:
    """What was fitted on the nation for one phase: on the modelling scale, as `national` publishes it."""

    mode: standardise.Mode
    slope: float  # phi, or sigma squared for means
    omega2: float
    tau: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Schools (rows, by URN) by `years`: published value, expectation and pupils; NaN where there is none.

    `group`: schools are set beside schools of the same phase and selection alone. `phase` as the measure compares it.
    """

    measure: Measure
    urn: Index
    phase: np.ndarray
    group: np.ndarray
    years: tuple[int, ...]
    value: Array
    expected: Array
    pupils: Array
    provisional: frozenset[int]  # years of which only provisional figures are there

    def at(self, year: int) -> int:
        return self.years.index(year)

    def rows(self, urns: Collection[int]) -> Flags:
        return np.isin(self.urn, np.fromiter(urns, dtype=np.int64, count=len(urns)))


@dataclass(frozen=True, slots=True)
class Known:
    """What was known of each school: COVARIATES (columns), the mean of the earlier years and the selection year, and the
    variance of one year's figure about the school's lasting one plus that between schools; `whole`: nothing is missing."""

    x: Array
    base: Array
    variance: Array
    whole: Flags


def figures(tables: Mapping[str, pd.DataFrame], measure: str) -> Figures:
    """One measure from the published tables `value` and `school`; the years in which most schools have it, in order."""
    one = MEASURES[measure]
    schools = _compared(tables["school"], one)
    value = tables["value"]
    mine = value[(value["measure"] == measure) & value["status"].isin(("ok", "low")) & value["value"].notna()]
    mine = mine[mine["urn"].isin(schools["urn"])]
    full = [year for year in years.full_years(mine["time_period"].tolist()) if one.segment(year) is not None]
    mine = mine[mine["time_period"].isin(full)]
    row = np.searchsorted(schools["urn"].to_numpy(), mine["urn"].to_numpy())
    column = np.searchsorted(np.array(full, dtype=np.int64), mine["time_period"].to_numpy())

    def wide(name: str) -> Array:
        out = np.full((len(schools), len(full)), np.nan)
        out[row, column] = mine[name].to_numpy(float)
        return out

    pupils = wide("pupils")
    counted = pupils if np.isfinite(pupils).any() else np.where(np.isfinite(wide("value")), _roll(schools), np.nan)
    early = mine.loc[mine["release"] == "provisional", "time_period"]
    return Figures(
        one, schools["urn"].to_numpy(np.int64), schools["stage"].to_numpy(object), schools["group"].to_numpy(object),
        tuple(full), wide("value"), wide("expected"), counted, frozenset(int(year) for year in early.unique()),
    )  # fmt: skip


def _roll(schools: pd.DataFrame) -> Array:
    return schools["pupils"].to_numpy(float)[:, None]


def _compared(schools: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Schools that the measure is compared among, by URN, with `stage` and `group`; selective schools stand by themselves."""
    stages = schools["stages"].fillna("").astype(str)
    there = {
        word: word != "" if measure.phase == "any" else measure.phase in word.split("|") for word in stages.unique()
    }
    compared = stages.map(there).astype(bool)
    if measure.phase == "any":
        compared &= schools["phase"].notna()
    kept = schools[compared].sort_values("urn", ignore_index=True)
    stage = kept["phase"].astype(str) if measure.phase == "any" else pd.Series(measure.phase, index=kept.index)
    return kept.assign(stage=stage, group=stage + np.where(is_true(kept["selective"]), ", selective", ""))


def earlier_years(found: Figures, selection_year: int, most: int) -> tuple[int, ...]:
    """The latest `most` years with figures before the selection year. They may lie before the pandemic, or before a change of
    definition: supported and comparison schools then both have figures of both kinds, and are only set beside each other."""
    return tuple(year for year in found.years if year < selection_year)[-most:]


def known(found: Figures, national: pd.DataFrame, selection_year: int, earlier: tuple[int, ...]) -> Known:
    """What was known of every school when the programme chose: nothing of later years goes in."""
    at = found.at(selection_year)
    before = found.value[:, [found.at(year) for year in earlier]]
    selection, expected = found.value[:, at], found.expected[:, at]
    need, variance = need_score(found, national, selection_year)
    size = np.log(np.where(found.pupils[:, at] > 0, found.pupils[:, at], np.nan))
    x = np.column_stack([before.mean(axis=1), selection, need, expected, size])
    base = np.column_stack([before, selection]).mean(axis=1)
    return Known(x, base, variance, np.isfinite(x).all(axis=1) & np.isfinite(variance))


def need_score(found: Figures, national: pd.DataFrame, year: int) -> tuple[Array, Array]:
    """m, the lasting difference from expectation up to `year` in between-school SDs (METHODS 2.4-2.5), and one year's variance.

    Pooled over the window that ends in `year` from the published values and expectations, with the noise and spread of the
    nearest year that they were fitted for; positive = good.
    """
    window = [found.at(one) for one in years.window(found.measure, found.years, year, years.WINDOW)]
    m, total = np.full(len(found.urn), np.nan), np.full(len(found.urn), np.nan)
    for phase in np.unique(found.phase):
        fitted = _nearest(national, found.measure.key, str(phase), year)
        if fitted is None or not window:
            continue
        mine = found.phase == phase
        expected = standardise.to_scale(found.expected[mine][:, window], fitted.mode)
        away = found.measure.polarity * (standardise.to_scale(found.value[mine][:, window], fitted.mode) - expected)
        noise = fitted.slope * standardise.sampling_variance(expected, found.pupils[mine][:, window], fitted.mode)
        weight = np.where(np.isfinite(away) & np.isfinite(noise), 1 / (noise + fitted.omega2), 0.0)
        whole = weight.sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            y = np.sum(weight * np.nan_to_num(away), axis=1) / whole
            mean, _ = shrinkage.posterior(y, 1 / whole, shrinkage.Spread(fitted.tau))
        m[mine], total[mine] = mean / fitted.tau, noise[:, -1] + fitted.omega2 + fitted.tau**2
    return m, total


def _nearest(national: pd.DataFrame, measure: str, phase: str, year: int) -> Nation | None:
    """The nation's figures fitted for the year nearest to `year`, the earlier of two; None where nothing was fitted."""
    mine = national[(national["measure"] == measure) & (national["phase"] == phase)]
    if mine.empty:
        return None
    away = (mine["time_period"] - year).abs()
    row = mine.assign(away=away).sort_values(["away", "time_period"]).iloc[0]
    slope = float(row["sigma"]) ** 2 if row["mode"] == "mean" else float(row["phi"])
    return Nation(row["mode"], slope, float(row["omega"]) ** 2, float(row["tau"]))
