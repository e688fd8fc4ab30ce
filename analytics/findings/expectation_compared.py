"""Regression against boosted trees, measure by measure: which foresees better the results of schools it was not fitted on.

On each measure's and phase's newest window, with the same schools, weights and groups left out. Trees are chosen only
where the error falls by more than `boosted.GAIN`: what cannot be repeated by hand must earn its place (METHODS 3).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from analytics import years
from analytics.facts.panel import Panel, measure_panel, scored_measures
from analytics.results import ExpectationCompared
from analytics.scores import boosted, context, outcomes
from analytics.scores.context import TreeFit, YearFit
from analytics.scores.outcomes import NationalParams
from analytics.standardise import Array, Flags
from data.catalogue import Measure, NotEnoughData


def compare(whole: Panel, progress: Callable[[float, str], None]) -> tuple[ExpectationCompared, ...]:
    """One row per measure and phase that can be fitted, in catalogue order."""
    out = []
    measures = scored_measures()
    for done, measure in enumerate(measures):
        progress(done / len(measures), f"Two ways to expect: {measure.label}")
        for phase, rows in measure_panel(whole, measure).groupby("phase", sort=True):
            found = compare_one(rows, measure, str(phase))
            out += [] if found is None else [found]
    return tuple(out)


def compare_one(rows: pd.DataFrame, measure: Measure, phase: str) -> ExpectationCompared | None:
    """The comparison of one measure and phase; None where no window of it can be fitted. `rows` as `measure_panel`'s."""
    rows = rows[rows["time_period"].isin(years.full_years(rows["time_period"].tolist()))].reset_index(drop=True)
    params = _newest(rows, measure, phase)
    if params is None:
        return None
    rows = rows[rows["time_period"].isin(params.window)].reset_index(drop=True)
    yearly = outcomes.residuals(rows, params)
    weight = 1 / (yearly["v"] - params.lean * yearly["unsure"] + params.spread.tau**2).to_numpy(float)
    fits = _trees(rows, yearly["scaled"].to_numpy(float), weight, params.window)
    about = (phase, measure.key, params.end, params.window[0])
    known = yearly["in_norm"].to_numpy() & np.isfinite(yearly["d"].to_numpy(float))
    if fits is None:
        return ExpectationCompared(
            *about, int(known.sum()), _error(yearly["d"], weight, known), None, None, "linear"
        )  # fmt: skip
    other = outcomes.residuals(rows, replace(params, fits=fits))
    known &= np.isfinite(other["d"].to_numpy(float))
    linear, trees = _error(yearly["d"], weight, known), _error(other["d"], weight, known)
    gain = 1 - trees / linear
    chosen = "boosted" if gain > boosted.GAIN else "linear"
    return ExpectationCompared(*about, int(known.sum()), linear, trees, gain, chosen)


def _newest(rows: pd.DataFrame, measure: Measure, phase: str) -> NationalParams | None:
    for end in sorted(rows["time_period"].unique(), reverse=True):
        try:
            return outcomes.fit_national(rows, measure, phase, int(end))
        except NotEnoughData:
            continue
    return None


def _trees(rows: pd.DataFrame, target: Array, weight: Array, window: tuple[int, ...]) -> dict[int, YearFit] | None:
    """Each year's trees; None where a year has too few schools. Schools without an expectation are not learnt from."""
    target = np.where(np.isfinite(weight), target, np.nan)
    sure = np.where(np.isfinite(weight), weight, 1.0)
    year = rows["time_period"].to_numpy()
    fits = {one: context.fit_trees(rows[year == one], target[year == one], sure[year == one]) for one in window}
    return fits if all(isinstance(fit, TreeFit) for fit in fits.values()) else None


def _error(difference: pd.Series, weight: Array, known: Flags) -> float:
    return float(np.sqrt(np.average(difference.to_numpy(float)[known] ** 2, weights=weight[known])))
