"""England 2015/16 to 2017/18, as published: what two years say about the third (METHODS 13).

Everything fitted on schools' lasting differences comes from the first two years; the third year gives its own
expectation only. Reads `england_2018` where it is beside the project; keeps and writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from analytics import standardise
from analytics.facts import panel
from analytics.facts.panel import Panel
from analytics.scores import context, outcomes, screening
from analytics.scores.outcomes import NationalParams
from analytics.standardise import Z95, Array
from data.catalogue import MEASURES, Measure
from data.formats.extract import RawFile
from data.sources import read
from tests.benchmark.report import Bar, Figure

MEASURED = {
    "Reading": ("ks2_reading_expected_pct", "primary"), "Mathematics": ("ks2_mathematics_expected_pct", "primary"),
    "Grammar": ("ks2_grammar_expected_pct", "primary"), "Progress 8": ("ks4_progress8", "secondary"),
}  # fmt: skip
END, LATER = 201617, 201718
REGISTER = "england_2018/edubasealldata20180901.csv"
LINKS = "gias/links_edubasealldata20250422.csv"
RESULTS = (
    *(f"england_2018/{year}_england_ks{stage}final.csv" for stage in (2, 4) for year in ("2015-2016", "2016-2017", "2017-2018")),
    "england_2018/2018-2019_england_census.csv",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Forecast:
    """What two years said of the third, per school: differences from expectation, positive = good."""

    later: Array  # the third year's difference
    noise: Array  # its variance about the lasting level
    m: Array  # posterior mean of the lasting difference
    variance: Array
    unshrunk: Array
    unshrunk_variance: Array
    tier: np.ndarray


def england(folder: Path) -> Panel:
    """The panel of the real files under `folder` (realdata)."""
    extracts = [read(RawFile.from_path(folder / name)) for name in RESULTS]
    facts = pd.concat(
        [
            one.tables["measurement"][["urn", "measure", "value", "status", "numerator", "denominator"]].assign(
                time_period=one.time_period, release=one.release
            )
            for one in extracts
        ],
        ignore_index=True,
    )
    school = read(RawFile.from_path(folder / REGISTER)).tables["school"]
    return panel.panel(facts, school, read(RawFile.from_path(folder / LINKS)).tables["link"])


def forecast(whole: Panel, measure: Measure, phase: str) -> Forecast:
    """Fit on the years up to END, then meet LATER. Schools with an expectation and a result on both sides."""
    rows = panel.measure_panel(whole, measure)
    rows = rows[rows["phase"] == phase].reset_index(drop=True)
    params = outcomes.fit_national(rows[rows["time_period"] <= END].reset_index(drop=True), measure, phase, END)
    scored = outcomes.score_schools(rows, params)
    third = third_year(rows[rows["time_period"] == LATER].reset_index(drop=True), params)
    both = scored[scored["in_norm"]].merge(
        third[["urn", "d", "v"]], on="urn", suffixes=("", "_later"), validate="one_to_one"
    )
    tau, m, s = params.spread.tau, both["m"].to_numpy(float), both["s"].to_numpy(float)
    # Two years stand in for the three of a strength; its other conditions hold as they are.
    lasting = (both["least"] > 0) & (both["smallest"] >= screening.STRENGTH_COHORT)
    tier = screening.plain_tier(m, s, strength=lasting.to_numpy(bool))
    tier = np.where(both["pupils"] < screening.POOLED_PUPILS, "not_enough_data", tier)
    return Forecast(
        both["d"].to_numpy(float), both["v_later"].to_numpy(float), m * tau, (s * tau) ** 2, both["y"].to_numpy(float) * tau,
        both["v"].to_numpy(float) * tau**2, tier,
    )  # fmt: skip


def third_year(rows: pd.DataFrame, params: NationalParams) -> pd.DataFrame:
    """The third year's differences, from its own cross-fitted expectation and the earlier years' variances.

    One year stands alone, so the error of its expectation counts once, not `lean` times as in a pooled year.
    """
    target = standardise.to_scale(rows["value"].to_numpy(float), params.mode)
    unit = standardise.sampling_variance(
        np.full(len(rows), params.national), rows["pupils"].to_numpy(float), params.mode
    )
    fit = context.fit_year(rows, target, 1 / (params.phi * unit + params.omega2 + params.spread.tau**2))
    found = outcomes.residuals(rows, replace(params, fits={LATER: fit}, lean=1.0))
    return found[found["in_norm"] & np.isfinite(found["d"])]


def figures(folder: Path) -> tuple[list[Figure], tuple[str, ...]]:
    """The bars of METHODS 13's second paragraph, one column per measure."""
    whole = england(folder)
    found = [forecast(whole, MEASURES[key], phase) for key, phase in MEASURED.values()]
    return [
        _figure("two years cover the third, 95% interval", Bar(0.94, 0.97), [_covered(one) for one in found]),
        _figure("calibration slope", Bar(0.75, 1.0), [_slope(one) for one in found]),
        _figure("  standard error of the slope", Bar(), [_slope_error(one) for one in found]),
        _figure("excess squared error, shrunk against unshrunk", Bar(high=0.70), [_excess(one) for one in found]),
        _figure("  as the fitted model foresees it", Bar(), [_foreseen(one) for one in found]),
        _figure("needs on the same side a year later", Bar(0.73), [_side(one, "may_need_support", -1) for one in found]),
        _figure("strengths on the same side a year later", Bar(0.85), [_side(one, "strength_to_share", 1) for one in found]),
        _figure("schools", Bar(decimals=0), [float(len(one.later)) for one in found]),
        _figure("needs, per 100 schools", Bar(decimals=1), [100 * float(np.mean(one.tier == "may_need_support")) for one in found]),
        _figure("strengths, per 100 schools", Bar(decimals=1), [100 * float(np.mean(one.tier == "strength_to_share")) for one in found]),
    ], tuple(MEASURED)  # fmt: skip


def _figure(what: str, bar: Bar, seen: Sequence[float]) -> Figure:
    return Figure(what, bar, tuple(seen))


def _covered(one: Forecast) -> float:
    return float(np.mean(np.abs(one.later - one.m) <= Z95 * np.sqrt(one.variance + one.noise)))


def _slope(one: Forecast) -> float:
    """Regression of the third year's difference on what was expected of it."""
    return float(np.polyfit(one.m, one.later, 1)[0])


def _slope_error(one: Forecast) -> float:
    """Standard error of the slope, for unequal variances (White 1980)."""
    x = one.m - one.m.mean()
    rest = one.later - np.polyval(np.polyfit(one.m, one.later, 1), one.m)
    return float(np.sqrt(np.sum((x * rest) ** 2)) / np.sum(x**2))


def _foreseen(one: Forecast) -> float:
    """The same ratio were the fitted model exactly true: what shrinkage can gain at these cohorts."""
    return float(np.mean(one.variance) / np.mean(one.unshrunk_variance))


def _excess(one: Forecast) -> float:
    """Squared error beyond the third year's own noise, shrunk over unshrunk."""
    shrunk, bare = (float(np.mean((one.later - guess) ** 2 - one.noise)) for guess in (one.m, one.unshrunk))
    return shrunk / bare


def _side(one: Forecast, tier: str, sign: int) -> float:
    listed = one.tier == tier
    return float(np.mean(sign * one.later[listed] > 0)) if listed.any() else float("nan")
