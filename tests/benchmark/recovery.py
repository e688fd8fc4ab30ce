"""Came through difficulty on made-up nations whose truth is known (METHODS 8), through the whole path of the product.

Six years of one measure, two windows of three: each school's lasting difference is the same within a window and goes
with that of the other by a given correlation. Intake, cohorts, year shocks and pupils' chance as in `regions`. Draws
nothing without a seed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.findings.areas import Fit
from analytics.scores import outcomes, recovery
from analytics.scores.recovery import CrossWindow
from analytics.standardise import Array
from data.catalogue import MEASURES
from tests.benchmark.regions import SETTINGS, Setting, intakes, results
from tests.benchmark.report import Bar, Figure

BEFORE, AFTER = (201617, 201718, 201819), (202223, 202324, 202425)
CORRELATIONS = (0.999, 0.8, 0.6, 0.4)
SCHOOLS = 1000
# METHODS 8 saw 0, 1.3, 13 and 31 per 1,000, and .97 to .99 of them right
FLAGS = {
    0.999: Bar(high=0.2, decimals=2),
    0.8: Bar(high=3.0, decimals=2),
    0.6: Bar(high=20.0, decimals=1),
    0.4: Bar(high=40.0, decimals=1),
}
RIGHT = Bar(0.96)


@dataclass(frozen=True, slots=True)
class Nation:
    """One made-up nation judged: who could be told, who was flagged, and the truth in points."""

    told: np.ndarray
    flagged: np.ndarray
    before: Array
    after: Array
    apart: np.ndarray  # flagged, had the two windows been judged as if they had nothing in common
    covariance: float
    tau: float


def nation(setting: Setting, correlation: float, schools: int, rng: np.random.Generator) -> Nation:
    """Simulate, fit both windows, judge. Flags are among the schools that can be told."""
    theta = setting.tau * rng.multivariate_normal([0, 0], [[1, correlation], [correlation, 1]], schools)
    made = results(setting, intakes(schools, rng), theta.repeat(3, axis=1), rng, years=(*BEFORE, *AFTER))
    before, after = (_fit(made.rows, setting, window) for window in (BEFORE, AFTER))
    pair = recovery.fit_national(before, after)
    alone = replace(pair, covariance=0.0, grid=(), weights=())
    found, independent = (_judged(before, after, one) for one in (pair, alone))
    told = found["standing"].isin(("came_through", "not")).to_numpy()
    truth = pd.DataFrame(
        {"before": made.theta[:, :3].mean(axis=1), "after": made.theta[:, 3:].mean(axis=1)}, index=made.urn
    )
    truth = (truth - truth.mean()).loc[found["urn"]]
    flags = [table["standing"].eq("came_through").to_numpy() for table in (found, independent)]
    return Nation(
        told, flags[0], truth["before"].to_numpy(float), truth["after"].to_numpy(float), flags[1], pair.covariance, setting.tau
    )  # fmt: skip


def _fit(rows: pd.DataFrame, setting: Setting, window: tuple[int, ...]) -> Fit:
    params = outcomes.fit_national(rows, MEASURES[setting.measure], "primary", window[-1])
    yearly = outcomes.residuals(rows[rows["time_period"].isin(params.long_window)], params)
    yearly = yearly.assign(d=yearly["d"] / params.spread.tau)
    return Fit(params, outcomes.score_schools(rows, params), yearly)


def _judged(before: Fit, after: Fit, pair: CrossWindow) -> pd.DataFrame:
    return recovery.score_schools(before.scored, before.yearly, after.scored, pair)


def figures(nations: int, *, seed: int) -> list[Figure]:
    """METHODS 8 on made-up nations, one column per setting: flags per 1,000 schools, and how many of them are right."""
    columns = {
        correlation: [
            [
                nation(one, correlation, SCHOOLS, np.random.default_rng([seed, 8, k, at, number]))
                for number in range(nations)
            ]
            for at, one in enumerate(SETTINGS)
        ]
        for k, correlation in enumerate(CORRELATIONS)
    }
    found = [figure for correlation in CORRELATIONS for figure in _of(correlation, columns[correlation])]
    moved = [[one for c in CORRELATIONS[1:] for one in columns[c][at]] for at in range(len(SETTINGS))]
    same = columns[CORRELATIONS[0]]
    return [
        *found,
        Figure("came through: truly higher than before", RIGHT, tuple(_right(column, "flagged") for column in moved)),
        Figure("  found, of those truly below -tau before and above 0 since", Bar(), tuple(map(_found, moved))),
        Figure("  schools large enough to tell, share", Bar(), tuple(_mean(column, "told") for column in moved)),
        Figure(
            "nothing changes, windows judged apart: flags per 1,000",
            Bar(decimals=1),
            tuple(1000 * _mean(one, "apart") for one in same),
        ),
        Figure("  of these truly higher", Bar(), tuple(_right(column, "apart") for column in same)),
    ]


def _of(correlation: float, columns: list[list[Nation]]) -> tuple[Figure, Figure]:
    flags = tuple(1000 * _mean(column, "flagged") for column in columns)
    fitted = tuple(float(np.mean([one.covariance for one in column])) for column in columns)
    return (
        Figure(f"came through, correlation {correlation:g}: flags per 1,000 schools", FLAGS[correlation], flags),
        Figure("  correlation fitted", Bar(), fitted),
    )


def _mean(column: list[Nation], name: str) -> float:
    return float(np.mean([getattr(one, name).mean() for one in column]))


def _right(column: list[Nation], name: str) -> float:
    higher = np.concatenate([(one.after > one.before)[getattr(one, name)] for one in column])
    return float(higher.mean()) if len(higher) else float("nan")


def _found(column: list[Nation]) -> float:
    """Among schools that can be told."""
    flags = [one.flagged[one.told & (one.before < -one.tau) & (one.after > 0)] for one in column]
    return float(np.concatenate(flags).mean())
