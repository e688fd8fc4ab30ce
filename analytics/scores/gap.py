"""The gap between schools: their true spread after sampling noise is taken out (METHODS 9.3). Never the raw SD."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.scores import shrinkage

FEWEST_SCHOOLS = 8


@dataclass(frozen=True, slots=True)
class GapPoint:
    """Between-school SD in the measure's units with its interval, for the years pooled up to `time_period`."""

    time_period: int
    tau: float
    low: float
    high: float
    schools: int


def between_schools(area_scores: pd.DataFrame, national: pd.DataFrame) -> tuple[GapPoint, ...]:
    """The gap between the given schools in one area, for each year with at least FEWEST_SCHOOLS of them.

    `area_scores`: AreaScore rows of one area, phase and partnership, all years; `national`: NationalFigure rows. The
    unshrunk differences come back out of each posterior, so that spread is not shrunk twice. Interval by Q profile.
    """
    points = []
    for year, measure in sorted(set(zip(area_scores["time_period"], area_scores["measure"], strict=True))):
        rows = area_scores[(area_scores["time_period"] == year) & (area_scores["measure"] == measure)]
        phase = rows["phase"].iloc[0]
        fitted = national[
            (national["time_period"] == year) & (national["measure"] == measure) & (national["phase"] == phase)
        ]
        rows = rows[rows["s"].notna() & (rows["s"] < 1)]
        if len(rows) < FEWEST_SCHOOLS or fitted.empty or fitted["mode"].iloc[0] == "arcsine":
            continue
        pull = 1 - rows["s"].to_numpy(float) ** 2
        y, v = rows["m"].to_numpy(float) / pull, rows["s"].to_numpy(float) ** 2 / pull
        unit = float(fitted["tau"].iloc[0])
        low, high = shrinkage.q_profile(y, v)
        tau = np.sqrt(shrinkage.paule_mandel(y, v, mean_known=False))
        points.append(
            GapPoint(int(year), float(tau) * unit, float(np.sqrt(low)) * unit, float(np.sqrt(high)) * unit, len(rows))
        )
    return tuple(points)
