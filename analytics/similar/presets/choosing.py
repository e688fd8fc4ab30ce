"""Similar schools of one school by a preset, worked out when asked for: who, why, and how alike (METHODS 9.1).

Reads the published `school` table and changes nothing published. Missing is missing: a term that either school lacks is
dropped and the rest rescaled, except where a publisher's own rule stands (`fbit_pupil`: schools without one of its three
figures are left out here, where the tool itself puts in the middle value).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.similar import nearby, similarity
from analytics.similar.presets import fbit
from analytics.similar.presets.listing import FBIT_WEIGHTS, Own, Preset
from analytics.standardise import Array, Flags, Index

CALLIPER_SCHOOLS = 500  # schools of the stratum whose K-th neighbour sets the calliper, evenly by URN
SHOWN = (*similarity.VARIABLES, "roll_change_pct")  # circumstances set beside the set, whether they count or not


@dataclass(frozen=True, slots=True)
class Chosen:
    """A set and its reasons.

    `members`: comparator_urn, position, distance; nearest first. `pairs`: comparator_urn, variable, here, there, share (of
    the squared distance, 0-100; missing where the two do not differ at all), for each variable that counts and both have.
    `balance`: variable, counts, here, mean, difference (standardised), known (members with it). `missing`: variables that
    count but this school lacks. `beyond`: schools of the nearest K that were too far to count as close.
    """

    members: pd.DataFrame
    pairs: pd.DataFrame
    balance: pd.DataFrame
    quality: str
    mean_smd: float
    max_smd: float
    missing: tuple[str, ...]
    beyond: int


@dataclass(frozen=True, slots=True)
class _Space:
    """Schools of one pool (by URN) where distances are measured: scaled values, weights by column."""

    pool: pd.DataFrame
    x: Array
    names: tuple[str, ...]
    weights: Array
    least: int  # variables that two schools must both have

    def squares(self, at: int, rows: Index | slice = slice(None)) -> Array:
        """Weighted squared differences from row `at`, one column a variable; NaN where either lacks it."""
        return np.asarray(self.weights * (self.x[rows] - self.x[at]) ** 2)

    def distances(self, at: int) -> Array:
        """Distances from row `at`: sqrt of the sum of squares times total over available weight; infinite where too few."""
        squares = self.squares(at)
        there = np.isfinite(squares)
        enough = there.sum(axis=1) >= self.least
        available = there @ self.weights
        with np.errstate(divide="ignore", invalid="ignore"):
            far = np.sqrt(np.where(there, squares, 0).sum(axis=1) * self.weights.sum() / available)
        return np.asarray(np.round(np.where(enough & (available > 0), far, np.inf), 9), dtype=float)


def chosen(schools: pd.DataFrame, urn: int, preset: Preset, own: Own | None = None) -> Chosen:
    """The set of one school by a preset; `own` for `own`. `schools`: the published `school` table.

    KeyError where the school is not in the table. The published set of `alongside` is described by `published`.
    """
    if preset.key == "fbit_pupil":
        return _fbit(schools, urn)
    own = own or Own()
    count = own.members if preset.key == "own" else preset.members
    weights = dict(own.weights) if preset.key == "own" else preset.weights
    space, at = _placed(schools, urn, weights, raw=preset.scale == "raw")
    far = space.distances(at)
    far[at] = np.inf
    if preset.key == "own":
        far = np.where(_allowed(space.pool, at, own), far, np.inf)
    near = np.argsort(far, kind="stable")[:count]
    near = near[np.isfinite(far[near])]
    kept = near[far[near] <= _calliper(space, count)] if preset.calliper else near
    return _described(space, at, kept, far, weights, beyond=len(near) - len(kept), few=min(similarity.FEW, count))


def published(
    schools: pd.DataFrame, urn: int, comparator: pd.DataFrame, comparator_set: pd.DataFrame, preset: Preset
) -> Chosen:  # fmt: skip
    """The published set of one school, with its reasons. `comparator`, `comparator_set`: its rows of those tables.

    Distances are worked out anew and the published word for the set's quality stands; members outside the school's
    stratum are left out.
    """
    space, at = _placed(schools, urn, preset.weights, raw=False)
    place = {int(one): row for row, one in enumerate(space.pool["urn"])}
    listed = [place[int(one)] for one in comparator.sort_values("position")["comparator_urn"] if int(one) in place]
    found = _described(space, at, np.array(listed, dtype=int), space.distances(at), preset.weights)
    return replace(found, quality=str(comparator_set["quality"].iloc[0])) if len(comparator_set) else found


def _placed(schools: pd.DataFrame, urn: int, weights: Mapping[str, float], *, raw: bool) -> tuple[_Space, int]:
    space = _space(_stratum(schools, urn), weights, raw=raw)
    return space, int(np.flatnonzero(space.pool["urn"].to_numpy() == urn)[0])


def _stratum(schools: pd.DataFrame, urn: int) -> pd.DataFrame:
    """Schools of the same phase and type: infants, selective and independent schools apart (DOMAIN trap 13), by URN."""
    kind = similarity.stratum(schools)
    mine = kind[schools["urn"] == urn]
    if mine.empty:
        raise KeyError(urn)
    same = kind.eq(mine.iloc[0]) if pd.notna(mine.iloc[0]) else schools["urn"] == urn
    return schools[same.fillna(False).astype(bool)].sort_values("urn", ignore_index=True)


def _space(pool: pd.DataFrame, weights: Mapping[str, float], *, raw: bool) -> _Space:
    """Scaled values of the weighted variables that a tenth of the pool has; a raw scale only changes the unit of weights.

    Weights in raw units are turned into weights per standard deviation, so that rescaling for a missing term does not
    depend on the unit in which it is published.
    """
    some = max(2, len(pool) // 10)
    asked = [name for name, weight in weights.items() if weight]
    least = min(similarity.LEAST_VARIABLES, len(asked))
    names = tuple(name for name in asked if pool[name].notna().sum() >= some)
    each = np.array([weights[name] for name in names], dtype=float)
    if not names:
        return _Space(pool, np.empty((len(pool), 0)), names, each, least)
    values = pool[list(names)].to_numpy(float)
    if raw:
        sd = np.nanstd(values, axis=0)
        sd = np.where(sd > 0, sd, 1.0)
        return _Space(pool, values / sd, names, each * sd**2, least)
    return _Space(pool, similarity.scaled(pool, list(names))[0], names, each, least)


def _allowed(pool: pd.DataFrame, at: int, own: Own) -> Flags:
    """Who may stand in an own choice. What is not known of a school is never the same."""
    allowed = np.ones(len(pool), dtype=bool)
    for name in own.same:
        mine = pool[name].iloc[at]
        allowed &= pool[name].eq(mine).fillna(False).to_numpy(bool) if pd.notna(mine) else False
    if own.km is not None:
        near = nearby.within(pool, (int(pool["urn"].iloc[at]),), own.km)
        allowed &= pool["urn"].isin(list(near)).to_numpy()
    return allowed


def _calliper(space: _Space, count: int) -> float:
    """The 95th percentile of the distance to the K-th neighbour over the pool, or over an even sample of it."""
    at = np.unique(np.linspace(0, len(space.pool) - 1, min(len(space.pool), CALLIPER_SCHOOLS)).round().astype(int))
    k = min(count, len(space.pool) - 1)
    if k < 1:
        return np.inf
    kth = np.array([np.partition(np.delete(space.distances(i), i), k - 1)[k - 1] for i in at])
    kth = kth[np.isfinite(kth)]
    return float(np.percentile(kth, similarity.CALLIPER_PERCENTILE)) if len(kth) else np.inf


def _described(
    space: _Space, at: int, near: Index, far: Array, weights: Mapping[str, float], *, beyond: int = 0,
    few: int = similarity.FEW,
) -> Chosen:  # fmt: skip
    missing = tuple(name for name, weight in weights.items() if weight and pd.isna(space.pool[name].iloc[at]))
    urn = space.pool["urn"].to_numpy()
    members = pd.DataFrame(
        {"comparator_urn": urn[near], "position": np.arange(1, len(near) + 1), "distance": far[near]}
    )
    balance = _balance(space, at, near)
    used = balance.loc[balance["counts"], "difference"].abs().dropna()
    mean, most = (float(used.mean()), float(used.max())) if len(used) else (float("nan"), float("nan"))
    return Chosen(
        members, _pairs(space, at, near), balance, similarity.quality_of(len(near), mean, most, few), mean, most, missing,
        beyond,
    )  # fmt: skip


def _pairs(space: _Space, at: int, near: Index) -> pd.DataFrame:
    squares = space.squares(at, near)
    whole = np.nansum(squares, axis=1, keepdims=True)
    share = np.divide(100 * squares, whole, out=np.full(squares.shape, np.nan), where=whole > 0)
    urn, parts = space.pool["urn"].to_numpy(), []
    for place, name in enumerate(space.names):
        value = space.pool[name].to_numpy(float)
        both = np.isfinite(squares[:, place])
        parts.append(
            pd.DataFrame(
                {
                    "comparator_urn": urn[near][both], "variable": name, "here": value[at], "there": value[near][both],
                    "share": share[both, place],
                }
            )
        )  # fmt: skip
    columns = ["comparator_urn", "variable", "here", "there", "share"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _balance(space: _Space, at: int, near: Index) -> pd.DataFrame:
    names = [name for name in dict.fromkeys((*SHOWN, *space.names)) if name in space.pool]
    values = space.pool[names].to_numpy(float)
    own, there = values[at], values[near]
    known = np.isfinite(there).sum(axis=0)
    mean = np.divide(np.nansum(there, axis=0), known, out=np.full(len(names), np.nan), where=known > 0)
    some = np.isfinite(values).any(axis=0)
    difference = np.full(len(names), np.nan)
    difference[some] = similarity.standardised_difference(own[some], mean[some], values[:, some])
    return pd.DataFrame(
        {
            "variable": names, "counts": [name in space.names for name in names], "here": own, "mean": mean,
            "difference": difference, "known": known,
        }
    )  # fmt: skip


def sector_rows(schools: pd.DataFrame, sector: str) -> pd.DataFrame:
    """Our schools of one sector in the layout that `fbit` reads; index URN.

    Private finance, boarding and part-year returns are in no public file and count as absent; a school without pupils,
    free school meals or special needs has no comparator data. Pupils with special needs: a plan or SEN support.
    """
    mine = schools[schools["sector"] == sector].sort_values("urn").set_index("urn")
    sen = mine["ehcp_pct"] + mine["sen_support_pct"]
    there = mine["pupils"].notna() & mine["fsm6_pct"].notna() & sen.notna()
    return pd.DataFrame(
        {
            fbit.PUPILS: mine["pupils"], fbit.FSM: mine["fsm6_pct"], fbit.SEN: sen, fbit.PHASE: mine["phase"],
            fbit.REGION: mine["region"], fbit.BOARDERS: fbit.NOT_BOARDING, fbit.PFI: False, fbit.PART_YEAR: False,
            fbit.NOT_SUBMITTED: False, fbit.FINANCE: True, fbit.PRESENT["Pupil"]: there, fbit.PRESENT["Building"]: False,
        }
    )  # fmt: skip


def _fbit(schools: pd.DataFrame, urn: int) -> Chosen:
    own = schools.loc[schools["urn"] == urn]
    if own.empty:
        raise KeyError(urn)
    with_sen = schools.assign(sen_pct=schools["ehcp_pct"] + schools["sen_support_pct"])
    pool = with_sen[with_sen["sector"].eq(own["sector"].iloc[0]) & with_sen["phase"].eq(own["phase"].iloc[0])]
    pool = pool.sort_values("urn", ignore_index=True)
    found = fbit.sets(fbit.prepared(sector_rows(pool, str(own["sector"].iloc[0]))), kinds=("Pupil",), urns=[urn])
    listed = list(dict.fromkeys(found["ComparatorURN"]))[1:]
    width = np.array([pool[name].max() - pool[name].min() for name in FBIT_WEIGHTS])
    scaled = pool[list(FBIT_WEIGHTS)].to_numpy(float) / np.where(width > 0, width, 1.0)
    space = _Space(pool, scaled, tuple(FBIT_WEIGHTS), np.array(list(FBIT_WEIGHTS.values())), len(FBIT_WEIGHTS))
    place = {int(one): row for row, one in enumerate(pool["urn"])}
    at, near = place[urn], np.array([place[one] for one in listed], dtype=int)
    return _described(space, at, near, space.distances(at), FBIT_WEIGHTS)
