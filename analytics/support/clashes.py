"""Pairs that people asked for: which of them the plan can keep, and a sentence for each that it cannot (METHODS 10.1).

Nothing is overruled: a pair that a rule forbids is not planned, whoever asked for it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.support import givers, reasons
from analytics.support.assignment import NONE, Index
from analytics.support.candidates import Candidates
from analytics.support.needed import Needed
from analytics.support.plans import Clash
from analytics.support.wishes import Pair, Wishes


@dataclass(frozen=True, slots=True)
class Locks:
    """Positions of the candidate pairs that must be, and what could not be kept."""

    pairs: Index
    clashes: tuple[Clash, ...]


def locks(wanted: Needed, giver: pd.DataFrame, found: Candidates, wishes: Wishes, *, max_km: float) -> Locks:
    """The gravest needs first where places do not last; several offers of one supporter are used in their order."""
    if not wishes.locked:
        return Locks(NONE, ())
    needs = {
        (int(urn), str(area)): k
        for k, (urn, area) in enumerate(zip(wanted.needs["urn"], wanted.needs["area"], strict=True))
    }
    severity = wanted.needs["severity"].to_numpy(float)
    left = dict(zip(giver["pool"].tolist(), giver["slots"].tolist(), strict=True))
    kept, said = [], []
    for pair in sorted(wishes.locked, key=lambda one: (-severity[needs[one[:2]]] if one[:2] in needs else 0.0, one)):
        why, days = _missing(pair, needs, giver, wanted), (0.0, 0.0)
        if not why:
            position, why = _position(pair, needs[pair[:2]], giver, found, left)
            if position is not None:
                kept.append(position)
                left[found.pairs["pool"].tolist()[position]] -= 1
                continue
            if why == "full":
                why, *numbers = _short(pair, giver)
                days = numbers[0], numbers[1]
        said.append(Clash(*pair, reasons.clash(pair[1], why, max_km=max_km, days=days)))
    return Locks(
        np.array(sorted(kept), dtype=np.int64),
        tuple(sorted(said, key=lambda one: (one.need_urn, one.area, one.supporter_urn))),
    )


def seconds(needs: pd.DataFrame, chosen: pd.DataFrame) -> tuple[Clash, ...]:
    """Needs that would like two supporters and have one: the floor of fit holds for a second supporter too (METHODS 10.3)."""
    found = []
    for k, need in enumerate(needs.to_dict("records")):
        mine = chosen.loc[chosen["k"].eq(k), "supporter"].tolist()
        if need["wanted"] > len(mine) == 1:
            found.append(
                Clash(
                    int(need["urn"]),
                    str(need["area"]),
                    int(mine[0]),
                    reasons.clash(str(need["area"]), "second", max_km=0),
                )
            )
    return tuple(found)


def _missing(pair: Pair, needs: dict[tuple[int, str], int], giver: pd.DataFrame, wanted: Needed) -> str:
    """Why the pair cannot even be considered; "" where it can."""
    if pair[:2] not in needs:
        return "supported" if pair[:2] in wanted.supported else "no_need"
    return "" if (giver["supporter"].eq(pair[2]) & giver["area"].eq(pair[1])).any() else "no_days"


def _short(pair: Pair, giver: pd.DataFrame) -> tuple[str, float, float]:
    """Why there is no place: others asked for take it, agreements use the days, or the days make none."""
    room, days, place = givers.room(giver[giver["supporter"].eq(pair[2]) & giver["area"].eq(pair[1])])
    return {"taken": "full", "agreed": "agreed_days"}.get(room, room), days, place


def _position(
    pair: Pair, k: int, giver: pd.DataFrame, found: Candidates, left: dict[int, int]
) -> tuple[int | None, str]:
    """Where the pair stands among the candidates, with a place left; or why there is none."""
    mine = found.pairs["k"].eq(k) & found.pairs["supporter"].eq(pair[2])
    positions = np.flatnonzero(mine).tolist()
    pools = found.pairs["pool"].tolist()
    free = [at for at in positions if left[pools[at]] > 0]
    if free:
        return free[0], ""
    if len(positions):
        return None, "full"
    theirs = giver.index[giver["supporter"].eq(pair[2]) & giver["area"].eq(pair[1])]
    refused = found.refused[found.refused["k"].eq(k) & found.refused["j"].isin(theirs)]
    return None, str(refused["why"].iloc[0]) if len(refused) else "itself"
