"""The index of money and its posterior (METHODS 7.1): normal scores of what is left after intake, shrunk once.

Noise is the movement from year to year. It is measured on single years (reserve, balance, staff) and carried through the
averaging: means of three years overlap, so the differences between adjacent means would understate it about threefold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics import standardise, years
from analytics.scores import context, screening, shrinkage
from analytics.standardise import Array
from data.catalogue import NotEnoughData

RESERVE_CAP = 20.0  # % of income above which more is not better
STAFF_FLOOR_PERCENTILE = 25.0  # staff shares below this count as it
WEIGHTS: Mapping[str, float] = {"reserve": 0.5, "balance": 0.25, "staff": 0.25}
PARTS = tuple(WEIGHTS)
BALANCE_YEARS = 3
TAU_FLOOR = 0.1
FEWEST = 60  # schools of one group, phase and year below which nothing is compared


def posteriors(rows: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Columns m and s by URN: the lasting position among those compared, in between-school SDs.

    `rows`: one per URN and year with reserve_pct, balance_pct, balance_mean, staff_pct, the columns of the expectation
    and those of `by`, inside which schools are compared. Schools that cannot be compared are absent.
    """
    parts = [posterior(indexed(part)) for _, part in rows.groupby(list(by), sort=True)]
    parts = [part for part in parts if len(part)]
    return pd.concat(parts) if parts else pd.DataFrame({"m": [], "s": []}, dtype=float)


def indexed(rows: pd.DataFrame) -> pd.DataFrame:
    """Adds, year by year, the parts as normal scores (z_reserve, z_balance, z_staff; positive = good), `flow` (the single
    year's balance after intake, in % of income), `slope` (normal scores of the three-year mean per % of income),
    `leverage` (variance of the expectation, in variances of the rest) and `index`.
    """
    empty = rows.assign(
        **dict.fromkeys(("z_reserve", "z_balance", "z_staff", "flow", "slope", "leverage", "index"), np.nan)
    )
    parts = [_one_year(part) for _, part in empty.groupby("time_period", sort=True)]
    return pd.concat(parts) if parts else empty


def _one_year(part: pd.DataFrame) -> pd.DataFrame:
    if len(part) < FEWEST or part["pattern"].isna().all() or part["reserve_pct"].notna().sum() < FEWEST:
        return part
    floor = np.nanpercentile(part["staff_pct"], STAFF_FLOOR_PERCENTILE) if part["staff_pct"].notna().any() else np.nan
    reserve, leverage = _after_intake(part, part["reserve_pct"].clip(upper=RESERVE_CAP))
    mean, _ = _after_intake(part, part["balance_mean"])
    staff, _ = _after_intake(part, -part["staff_pct"].clip(lower=floor))
    flow, _ = _after_intake(part, part["balance_pct"])
    z = {name: standardise.normal_scores(rest) for name, rest in zip(PARTS, (reserve, mean, staff), strict=True)}
    there = np.isfinite(mean)
    slope = float(np.sum(z["balance"][there] * mean[there]) / np.sum(mean[there] ** 2)) if there.any() else np.nan
    return part.assign(
        **{f"z_{name}": z[name] for name in PARTS}, flow=flow, slope=slope, leverage=leverage,
        index=combined(z),
    )  # fmt: skip


def combined(z: Mapping[str, Array]) -> Array:
    """The parts' normal scores as one, by WEIGHTS over those a school has; NaN without a reserve or under COVERAGE."""
    total = sum(WEIGHTS[name] * np.nan_to_num(z[name]) for name in PARTS)
    weight = sum(WEIGHTS[name] * np.isfinite(z[name]) for name in PARTS)
    usable = np.isfinite(z["reserve"]) & (weight >= screening.COVERAGE)
    return np.where(usable, total / np.maximum(weight, 1e-9), np.nan)


def _after_intake(part: pd.DataFrame, ratio: pd.Series) -> tuple[Array, Array]:
    """What is left of a ratio after intake, and the leverage behind it; NaN where fewer than FEWEST have one."""
    value = ratio.to_numpy(float)
    there = np.isfinite(value)
    if there.sum() < FEWEST:
        return np.full(len(value), np.nan), np.full(len(value), np.nan)
    expected, leverage = context.foreseen(part, context.fit_year(part[there], value[there], np.ones(there.sum())))
    return value - expected, leverage


@dataclass(frozen=True, slots=True)
class Judged:
    """Those compared, by URN: m and s in between-school SDs (`tau` of the index), and the noise behind each pooled index."""

    urn: pd.Index
    m: Array
    s: Array
    noise: Array
    tau: float


def posterior(rows: pd.DataFrame) -> pd.DataFrame:
    """m and s by URN from rows as `indexed` gives them; empty where noise or spread cannot be told."""
    found = judged(rows)
    if found is None:
        return pd.DataFrame({"m": [], "s": []}, dtype=float)
    return pd.DataFrame({"m": found.m, "s": found.s}, index=found.urn)


def judged(rows: pd.DataFrame) -> Judged | None:
    """The posterior of those compared; None where noise or spread cannot be told. Rows as `indexed` gives them."""
    have = rows[rows["index"].notna()].sort_values(["urn", "time_period"])
    window = sorted(have["time_period"].unique())[-years.WINDOW :]
    have = have[have["time_period"].isin(window)]
    if have.empty:
        return None
    shocks = yearly_noise(rows, float(have.drop_duplicates("time_period")["slope"].mean()))  # of years that have one
    if shocks is None:
        return None
    pooled = have.groupby("urn").agg(y=("index", "mean"), leverage=("leverage", "mean"))
    y = pooled["y"].to_numpy(float)
    noise = averaged_noise(have, pooled.index, shocks)
    variance = noise + pooled["leverage"].to_numpy(float) * float(np.var(y))
    try:
        between = shrinkage.spread(y, variance, TAU_FLOOR)
    except NotEnoughData:
        return None
    mean, spread = shrinkage.posterior(y, variance, between)
    return Judged(pooled.index, mean / between.tau, np.sqrt(spread) / between.tau, noise, between.tau)


def yearly_noise(rows: pd.DataFrame, slope: float) -> Array | None:
    """Covariance of one year's shock in (reserve, balance, staff): half the mean product of adjacent-year differences
    (METHODS 2.3, the constant alone). `slope`: normal scores of balance per % of income; NaN: no balance in any index.
    """
    table = rows[["urn", "time_period", "z_reserve", "z_staff"]].assign(
        z_flow=rows["flow"] * slope if np.isfinite(slope) else 0.0
    )
    order = ["z_reserve", "z_flow", "z_staff"]
    following = table.assign(time_period=table["time_period"].map(years.following))
    pairs = table.merge(following, on=["urn", "time_period"], suffixes=("", "_before"), validate="one_to_one")
    moved = pairs[order].to_numpy(float) - pairs[[f"{name}_before" for name in order]].to_numpy(float)
    moved = moved[np.isfinite(moved).all(axis=1)]
    return moved.T @ moved / len(moved) / 2 if len(moved) >= shrinkage.FEWEST_PAIRS else None


def averaged_noise(have: pd.DataFrame, urn: pd.Index, noise: Array) -> Array:
    """Variance of each school's mean index over its years, from the shocks of single years.

    A year's index holds the reserve and staff of that year and the balance of three; the mean over overlapping years
    counts a middle year's balance more often than an outer one's.
    """
    start = (have["time_period"] // 100).to_numpy()
    first = start.min() - (BALANCE_YEARS - 1)
    at, row = start - first, urn.get_indexer(pd.Index(have["urn"]))
    there = np.column_stack([have[f"z_{name}"].notna() for name in PARTS]) * np.array([WEIGHTS[name] for name in PARTS])
    share = there / there.sum(axis=1, keepdims=True) / np.bincount(row, minlength=len(urn))[row][:, None]
    counts = np.zeros((len(urn), start.max() - first + 1, len(PARTS)))
    for part, name in enumerate(PARTS):
        for back in range(BALANCE_YEARS if name == "balance" else 1):
            spread = share[:, part] / (BALANCE_YEARS if name == "balance" else 1)
            np.add.at(counts[:, :, part], (row, at - back), spread)
    return np.asarray(np.einsum("nup,pq,nuq->n", counts, noise, counts))
