"""A made-up nation for tests: schools with known intake, lasting differences, year shocks and binomial results."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.facts import intake
from analytics.scores import outcomes
from data.catalogue import MEASURES

YEARS = (202223, 202324, 202425)
MATHEMATICS = "ks2_mathematics_expected_pct"


def panel(
    seed: int, *, schools: int = 400, years: tuple[int, ...] = YEARS, tau: float = 7.0, level: float = 72.0
) -> pd.DataFrame:
    """Rows as `panel.measure_panel` gives them: one school in ten without its SEN figure, cohorts of 6 to 90."""
    rng = np.random.default_rng(seed)
    urn = 100000 + np.arange(schools)
    lasting, meals = rng.normal(0, tau, schools), rng.uniform(3, 60, schools)
    eal, plans, support = rng.uniform(0, 60, schools), rng.uniform(0, 8, schools), rng.uniform(5, 25, schools)
    support[rng.random(schools) < 0.1] = np.nan
    size = rng.integers(6, 91, schools)
    trust = pd.Series([f"T{k}" for k in rng.integers(0, schools // 4, schools)])
    frames = []
    for year in years:
        pupils = np.maximum(6, size + rng.integers(-2, 3, schools))
        expected = level - 0.35 * (meals - 30) + 0.03 * eal - 0.5 * plans
        truth = np.clip(expected + lasting + rng.normal(0, 4, schools), 3, 97)
        frames.append(
            pd.DataFrame(
                {
                    "urn": urn, "time_period": year, "value": 100 * rng.binomial(pupils, truth / 100) / pupils, "pupils": pupils.astype(float),
                    "release": "final", "as_predecessor": False, "in_norm": True, "fold": intake.fold_of(trust).to_numpy(), "fsm6": meals,
                    "eal": eal, "ehcp": plans, "sen_support": support, "prior": np.nan, "single_sex": 0.0, "selective": 0.0,
                }
            )
        )  # fmt: skip
    rows = intake.covariates(pd.concat(frames, ignore_index=True))
    return rows.assign(pattern=intake.patterns(rows)).sort_values(["urn", "time_period"], ignore_index=True)


def params(rows: pd.DataFrame, measure: str = MATHEMATICS) -> outcomes.NationalParams:
    return outcomes.fit_national(rows, MEASURES[measure], "primary", int(rows["time_period"].max()))
