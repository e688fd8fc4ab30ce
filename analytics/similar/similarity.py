"""Similar schools (METHODS 9.1): nearest by circumstances, never by results, inspection, spend or trust.

Distances are for display, for the "expectation unsure" check and for fit; tiers use the regression of `context`. A
similar school need not find this one similar in return.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.facts.circumstances import INFANT_TOP_AGE
from analytics.standardise import Array, Flags, Index, is_true

K = 50
WIDE = 100  # the larger number that the check of K tries (METHODS 9.1; DOMAIN C7)
FEW = 20  # fewer left within the calliper: "few close matches"
CALLIPER_PERCENTILE = 95.0
WINSOR = (1.0, 99.0)
GOOD_MEAN, GOOD_MAX, USABLE_MAX = 0.1, 0.25, 0.5
VARIABLES: Mapping[str, str] = {
    "pupils": "pupils",
    "fsm6_pct": "free school meals",
    "eal_pct": "English as an additional language",
    "ehcp_pct": "pupils with a plan",
    "sen_support_pct": "SEN support",
    "idaci_decile": "deprivation of the neighbourhood",
}
LEAST_VARIABLES = 3
CHUNK = 800


@dataclass(frozen=True, slots=True)
class Similar:
    """Frames for the tables `comparator`, `comparator_set`, and `scale` (stratum, variable, centre, spread, limits, d50).

    `wide`: urn and comparator_urn of the nearest WIDE, for the check of K; published nowhere.
    """

    comparator: pd.DataFrame
    comparator_set: pd.DataFrame
    scale: pd.DataFrame
    wide: pd.DataFrame


def stratum(schools: pd.DataFrame) -> pd.Series:
    """Schools compared with one another: phase, infants apart, selective schools apart; NA without a phase."""
    infant = schools["phase"].eq("primary") & schools["high_age"].le(INFANT_TOP_AGE)
    kind = schools["phase"].astype("string").where(~infant, "infant")
    kind = kind + np.where(is_true(schools["selective"]), ":selective", "")
    return kind + np.where(schools["sector"].eq("independent"), ":independent", "")


def similar(schools: pd.DataFrame) -> Similar:
    """Nearest K schools of each school within its stratum. `schools`: the published `school` table."""
    parts = [
        _stratum(part.sort_values("urn"), str(name)) for name, part in schools.groupby(stratum(schools), sort=True)
    ]
    return Similar(
        *(
            pd.concat([getattr(part, name) for part in parts], ignore_index=True)
            for name in ("comparator", "comparator_set", "scale", "wide")
        )
    )


def scaled(part: pd.DataFrame, names: list[str]) -> tuple[Array, pd.DataFrame]:
    """(x - median) / middle half, winsorised, of the schools of one stratum; and the scale (METHODS 9.1). NaN stays NaN."""
    raw = part[names].to_numpy(float)
    low, high = np.nanpercentile(raw, WINSOR[0], axis=0), np.nanpercentile(raw, WINSOR[1], axis=0)
    centre = np.nanmedian(raw, axis=0)
    spread = np.nanpercentile(raw, 75, axis=0) - np.nanpercentile(raw, 25, axis=0)
    spread = np.where(spread > 1e-9, spread, np.maximum(np.nanstd(raw, axis=0), 1e-9))
    scale = pd.DataFrame({"variable": names, "centre": centre, "spread": spread, "low": low, "high": high})
    return (np.clip(raw, low, high) - centre) / spread, scale


def distances(left: Array, right: Array) -> Array:
    """Euclidean distances over the variables both schools have, rescaled by total over available (METHODS 9.1).

    Rows are schools, columns variables; NaN = missing, never 0 nor the median. Infinite under LEAST_VARIABLES.
    """
    a, b = np.isfinite(left).astype(float), np.isfinite(right).astype(float)
    x, y = np.nan_to_num(left), np.nan_to_num(right)
    squared = (x**2) @ b.T + a @ (y**2).T - 2 * x @ y.T
    shared = a @ b.T
    with np.errstate(divide="ignore", invalid="ignore"):
        out = np.sqrt(np.maximum(squared, 0) * left.shape[1] / shared)
    return np.where(shared >= min(LEAST_VARIABLES, left.shape[1]), out, np.inf)


def _stratum(part: pd.DataFrame, name: str) -> Similar:
    names = [column for column in VARIABLES if part[column].notna().sum() >= max(2, len(part) // 10)]
    urn = part["urn"].to_numpy()
    if len(part) < 2 or len(names) < LEAST_VARIABLES:
        return _none(part)
    x, scale = scaled(part, names)
    wide, far_wide = _nearest(x)
    near, far = wide[:, :K], far_wide[:, :K]
    fiftieth = far[:, -1][np.isfinite(far[:, -1])]
    calliper = float(np.percentile(fiftieth, CALLIPER_PERCENTILE)) if len(fiftieth) else np.inf
    kept = np.isfinite(far) & (far <= calliper)
    source = np.repeat(np.arange(len(urn)), near.shape[1]).reshape(near.shape)
    reach = np.isfinite(far_wide) & (far_wide <= calliper)
    who = np.repeat(urn, wide.shape[1]).reshape(wide.shape)
    wider = pd.DataFrame({"urn": who[reach], "comparator_urn": urn[wide[reach]]})
    comparator = pd.DataFrame(
        {
            "urn": urn[source[kept]], "comparator_urn": urn[near[kept]],
            "position": (np.cumsum(kept, axis=1))[kept], "distance": np.round(far[kept], 9),
        }
    )  # fmt: skip
    middle = float(np.median(fiftieth)) if len(fiftieth) else float("nan")
    return Similar(
        comparator, _quality(part, names, near, kept), scale.assign(stratum=name, d50=middle, calliper=calliper), wider
    )


def _nearest(x: Array) -> tuple[Index, Array]:
    """Indices and distances of the WIDE nearest others, ties by lowest URN."""
    count = min(WIDE, len(x) - 1)
    near, far = np.empty((len(x), count), dtype=int), np.empty((len(x), count))
    for start in range(0, len(x), CHUNK):
        block = np.round(distances(x[start : start + CHUNK], x), 9)
        block[np.arange(len(block)), np.arange(start, start + len(block))] = np.inf
        reach = min(count + 10, len(x) - 1)  # a little more than wanted, so that ties at the edge are settled by URN
        some = np.sort(np.argpartition(block, reach - 1, axis=1)[:, :reach], axis=1)
        found = np.take_along_axis(block, some, axis=1)
        order = np.argsort(found, axis=1, kind="stable")[:, :count]
        near[start : start + CHUNK] = np.take_along_axis(some, order, axis=1)
        far[start : start + CHUNK] = np.take_along_axis(found, order, axis=1)
    return near, far


def _quality(part: pd.DataFrame, names: list[str], near: Index, kept: Flags) -> pd.DataFrame:
    """How well the set matches: standardised mean differences, school against the mean of its set."""
    raw = part[names].to_numpy(float)
    total = kept.sum(axis=1)
    smd = np.abs(standardised_difference(raw, _set_means(raw, near, kept), raw))
    there = np.isfinite(smd)
    mean_smd = np.where(
        there.any(axis=1), np.nansum(np.nan_to_num(smd), axis=1) / np.maximum(there.sum(axis=1), 1), np.nan
    )
    max_smd = np.where(there.any(axis=1), np.max(np.nan_to_num(smd), axis=1), np.nan)
    quality = np.array([quality_of(*one) for one in zip(total, mean_smd, max_smd, strict=True)], dtype=str)
    variables = ["|".join(n for n, here in zip(names, row, strict=True) if here) for row in np.isfinite(raw)]
    return pd.DataFrame(
        {
            "urn": part["urn"].to_numpy(), "phase": part["phase"].to_numpy(), "kept": total, "quality": quality,
            "mean_smd": mean_smd, "max_smd": max_smd, "variables": variables,
        }
    )  # fmt: skip


def standardised_difference(value: Array, mean: Array, spread: Array, *, ddof: int = 0) -> Array:
    """(value - mean) over the standard deviation of the columns of `spread`, whose missing values are left out.

    `ddof` 0 where `spread` is a whole nation, 1 where it is a sample (Austin 2009; Ho 2007). A column that never varies
    counts as it stands; NaN where a value or a mean is missing.
    """
    sd = np.nanstd(spread, axis=0, ddof=ddof)
    return np.asarray((value - mean) / np.where(sd > 0, sd, 1))


def quality_of(kept: int, mean_smd: float, max_smd: float, few: int = FEW) -> str:
    """The word for a set (METHODS 9.1): none, few, good, usable or poor, from standardised differences without sign."""
    if kept == 0:
        return "none"
    if kept < few:
        return "few"
    if mean_smd <= GOOD_MEAN and max_smd <= GOOD_MAX:
        return "good"
    return "usable" if max_smd <= USABLE_MAX else "poor"


def _set_means(raw: Array, near: Index, kept: Flags) -> Array:
    """Mean of each variable over each school's set, without its missing values; NaN for an empty set."""
    value, weight = np.zeros(raw.shape), np.zeros(raw.shape)
    for place in range(near.shape[1]):
        there = raw[near[:, place]]
        use = kept[:, place, None] & np.isfinite(there)
        value, weight = value + np.where(use, there, 0.0), weight + use
    return np.divide(value, weight, out=np.full(raw.shape, np.nan), where=weight > 0)


def _none(part: pd.DataFrame) -> Similar:
    sets = pd.DataFrame(
        {
            "urn": part["urn"].to_numpy(), "phase": part["phase"].to_numpy(), "kept": 0, "quality": "none",
            "mean_smd": np.nan, "max_smd": np.nan, "variables": "",
        }
    )  # fmt: skip
    comparator = pd.DataFrame({"urn": [], "comparator_urn": [], "position": [], "distance": []}).astype(
        {"urn": "int64", "comparator_urn": "int64", "position": "int64"}
    )
    words = {"variable": "str", "stratum": "str"}
    scale = pd.DataFrame(
        {name: [] for name in ("variable", "centre", "spread", "low", "high", "stratum", "d50", "calliper")}
    ).astype(words)
    return Similar(comparator, sets, scale, comparator[["urn", "comparator_urn"]])


def apart(left: pd.DataFrame, right: pd.DataFrame, scale: pd.DataFrame) -> Array:
    """Distances between two lists of schools in units of d50, by each left school's own scale; NaN where it has none.

    `left`, `right`: rows of the `school` table; `scale`: the `scale` table.
    """
    out = np.full((len(left), len(right)), np.nan)
    kinds = stratum(left).to_numpy(object)
    for name, own in scale.groupby("stratum", sort=True):
        mine = kinds == name
        if mine.any() and own["d50"].iloc[0] > 0:
            names, (low, high, centre, spread) = (
                list(own["variable"]),
                (own[c].to_numpy() for c in ("low", "high", "centre", "spread")),
            )
            a, b = ((np.clip(f[names].to_numpy(float), low, high) - centre) / spread for f in (left[mine], right))
            out[mine] = distances(a, b) / own["d50"].iloc[0]
    return out
