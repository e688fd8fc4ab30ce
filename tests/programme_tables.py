"""Published tables of a few made-up schools for tests of programmes: value, school, national."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

MEASURE = "ks2_mathematics_expected_pct"
YEARS = (201617, 201718, 201819, 202223, 202324, 202425)
SELECTION, FIRST = 202223, 202324
NATIONAL = {
    "measure": MEASURE,
    "phase": "primary",
    "mode": "binomial",
    "phi": 1.0,
    "sigma": np.nan,
    "omega": 4.0,
    "tau": 7.0,
}


def tables(
    seed: int, schools: int = 120, *, years: Sequence[int] = YEARS, lifted: Mapping[int, float] | None = None
) -> dict[str, pd.DataFrame]:
    """`schools` primaries from URN 100001, lasting SD 7, shocks 4, 40 pupils; `lifted`: points added from FIRST on, by URN."""
    rng = np.random.default_rng(seed)
    urn = 100001 + np.arange(schools)
    expected = rng.uniform(60, 85, schools)
    level = expected + rng.normal(0, 7, schools)
    parts = []
    for year in years:
        value = np.round(np.clip(level + rng.normal(0, 8, schools), 0, 100), 0)
        more = np.array([(lifted or {}).get(int(one), 0.0) for one in urn]) * (year >= FIRST)
        parts.append(
            pd.DataFrame({"urn": urn, "time_period": year, "value": value + more, "pupils": rng.integers(20, 61, schools).astype(float),
                          "expected": expected, "measure": MEASURE, "status": "ok", "release": "final"})
        )  # fmt: skip
    school = pd.DataFrame({"urn": urn, "stages": "primary", "phase": "primary", "selective": False, "pupils": 280.0})
    national = pd.DataFrame([{**NATIONAL, "time_period": year} for year in years])
    return {"value": pd.concat(parts, ignore_index=True), "school": school, "national": national}


def lowest(found: Mapping[str, pd.DataFrame], count: int, *, among: int = 60, year: int = SELECTION) -> tuple[int, ...]:
    """The `count` schools with the lowest figure of a year among the first `among`."""
    value = found["value"]
    mine = value[(value["time_period"] == year) & (value["urn"] <= 100000 + among)]
    return tuple(int(urn) for urn in mine.sort_values(["value", "urn"])["urn"].head(count))


def outside(found: Mapping[str, pd.DataFrame], *, among: int = 60) -> frozenset[int]:
    """The schools that are not among the first `among`."""
    return frozenset(int(urn) for urn in found["school"]["urn"] if urn > 100000 + among)
