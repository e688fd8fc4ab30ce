"""Where a school stands among those inspected in the same era and phase (METHODS 6.1-6.2): a position, never a tier.

Judgements are never converted from one era to another, and nothing is adjusted for intake: beside it stands the share of
similar schools that have this grade or better.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from analytics import standardise
from analytics.scores.inspected import AREAS, CARDS
from analytics.scores.signals import order_of
from analytics.standardise import Array

HALF_LIFE = 4.0  # years in which a position loses half its weight (METHODS 6.2)
FEWEST = 30  # schools of one era and phase below which a position among them says nothing
QUANTILE_NODES = 48
GRADES = 4  # of the frameworks to November 2025; report cards have five words


def positions(latest: pd.DataFrame, phase: pd.Series) -> pd.DataFrame:
    """Where a school stands among those inspected in the same era and phase (METHODS 6.1-6.2).

    Adds `score`, `score_low`, `score_high` (50 = middle), `position` (rho z), `spread` (its SD) and `order` (larger =
    better, inside era and phase only). The interval says how far the position could have moved since, not how well it
    was measured. NaN without a grade, date or phase, and where fewer than FEWEST schools of the era and phase have one
    (then but for `order`).
    """
    ordered = _ordered(latest, phase)
    groups = ordered.groupby(["era", "phase"], sort=True)
    parts = [_block_positions(part) for _, part in groups if len(part) >= FEWEST]
    columns = ["position", "spread", "score", "score_low", "score_high"]
    there = pd.concat(parts)[columns] if parts else pd.DataFrame(columns=columns, dtype=float)
    return latest.join(there).join(ordered["order"])


def beside_similar(placed: pd.DataFrame, neighbours: pd.DataFrame, phase: pd.Series) -> pd.DataFrame:
    """Adds `similar_judged` and `similar_as_good`: similar schools that were judged under the same framework as the
    school, and those of them with its grade or better (METHODS 6.2). A school without a place has none of either.

    `placed`: as `positions`; `neighbours`: urn, comparator_urn. Of a framework without an overall grade, better means the
    mean place over the areas that a school has.
    """
    mine = placed.loc[placed["order"].notna(), ["urn", "era", "order"]].assign(phase=lambda f: f["urn"].map(phase))
    both = neighbours[["urn", "comparator_urn"]].merge(mine, on="urn", validate="many_to_one")
    theirs = mine.rename(columns={"urn": "comparator_urn", "order": "their_order"})
    both = both.merge(theirs, on=["comparator_urn", "era", "phase"], validate="many_to_one")
    good = (both["their_order"] >= both["order"]).groupby(both["urn"]).agg(["size", "sum"])
    count = good.reindex(placed["urn"]).fillna(0).astype("int64")
    judged, as_good = count["size"].to_numpy(), count["sum"].to_numpy()
    return placed.assign(similar_judged=judged, similar_as_good=as_good)


def _ordered(latest: pd.DataFrame, phase: pd.Series) -> pd.DataFrame:
    """Rows with a place in their era's order: `order`, larger = better."""
    table = latest.assign(phase=latest["urn"].map(phase))
    table = table[table["phase"].notna() & table["age_years"].notna()]
    order = pd.Series(np.nan, index=table.index)
    order = order.where(~table["era"].eq("E1"), -table["overall"].astype(float))
    for (era, _), part in table[~table["era"].eq("E1")].groupby(["era", "phase"]):
        order.loc[part.index] = _mean_ridit(part, cards=era == "E3")
    return table.assign(order=order)[order.notna()]


def _mean_ridit(part: pd.DataFrame, *, cards: bool) -> pd.Series:
    """Mean of Bross's ridit over the areas that a school has, to two decimals, so that schools fall into blocks."""
    columns = {}
    for area in CARDS if cards else AREAS:
        place = order_of(part[area]) if cards else part[area]
        place = place.dropna().astype(int)
        steps = 5 if cards else GRADES
        shares = np.array([(place == k).mean() for k in range(steps, 0, -1)]) if len(place) else np.zeros(steps)
        columns[area] = pd.Series(standardise.ridits((steps - place).to_numpy(np.intp), shares), index=place.index)
    return pd.DataFrame(columns).reindex(part.index).mean(axis=1).round(2)


def _block_positions(part: pd.DataFrame) -> pd.DataFrame:
    blocks, k = np.unique(part["order"].to_numpy(float), return_inverse=True)
    shares = np.bincount(k, minlength=len(blocks)) / len(k)
    z, edges = block_means(shares)
    rho = 2 ** (-part["age_years"].to_numpy(float) / HALF_LIFE)
    low, high = _moved(edges[k], edges[k + 1], np.round(rho, 3))
    inner = _block_variance(shares, z)[k]
    return part.assign(
        position=rho * z[k], spread=np.sqrt(rho**2 * inner + 1 - rho**2), score=50 + 10 * rho * z[k],
        score_low=np.clip(50 + 10 * low, 0, 100), score_high=np.clip(50 + 10 * high, 0, 100),
    )  # fmt: skip


def block_means(shares: Array) -> tuple[Array, Array]:
    """Mean normal score of each block, lowest first, and the cumulative shares at the blocks' edges (METHODS 6.1)."""
    edges = np.concatenate([[0.0], np.cumsum(shares)])
    edges[-1] = 1.0
    height = np.exp(-(special.ndtri(edges) ** 2) / 2) / np.sqrt(2 * np.pi)
    return (height[:-1] - height[1:]) / shares, edges


def _block_variance(shares: Array, z: Array) -> Array:
    edges = np.clip(np.concatenate([[0.0], np.cumsum(shares)]), 1e-12, 1 - 1e-12)
    cut = special.ndtri(edges)
    height = cut * np.exp(-(cut**2) / 2) / np.sqrt(2 * np.pi)
    return np.maximum(1 + (height[:-1] - height[1:]) / shares - z**2, 0.0)


def _moved(low_edge: Array, high_edge: Array, rho: Array) -> tuple[Array, Array]:
    """2.5 and 97.5% of rho Z + sqrt(1 - rho^2) eps, Z normal within its block, by halving on a grid of Z."""
    keys, back = np.unique(np.column_stack([low_edge, high_edge, rho]), axis=0, return_inverse=True)
    back = back.ravel()
    nodes = (np.arange(QUANTILE_NODES) + 0.5) / QUANTILE_NODES
    z = special.ndtri(keys[:, :1] + (keys[:, 1:2] - keys[:, :1]) * nodes)
    rest = np.sqrt(np.maximum(1 - keys[:, 2:] ** 2, 1e-6))
    out = []
    for share in (0.025, 0.975):
        lower, upper = np.full(len(keys), -6.0), np.full(len(keys), 6.0)
        for _ in range(40):
            middle = (lower + upper) / 2
            under = special.ndtr((middle[:, None] - keys[:, 2:] * z) / rest).mean(axis=1) < share
            lower, upper = np.where(under, middle, lower), np.where(under, upper, middle)
        out.append(((lower + upper) / 2)[back])
    return out[0], out[1]
