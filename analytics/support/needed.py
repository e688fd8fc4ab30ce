"""The needs that a plan is made for: what the figures say, what schools state themselves, and what waits (METHODS 10.1).

A need that the school sees differently is left out and listed, and where the school states one itself in that area its own
word counts alone; one under agreement has no place left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.support.wishes import Place, Wishes
from data.catalogue import AREAS

STATED: Mapping[str, float] = {"welcome": 0.25, "important": 0.5, "pressing": 1.0}  # severity of a need a school states
COLUMNS = ("urn", "phase", "area", "severity", "basis", "derived", "size", "wanted")


@dataclass(frozen=True, slots=True)
class Needed:
    """`needs`: one row per school and area, by URN and area: severity, basis (derived, stated, both), `derived` (what the
    figures rest on), `size` as stated ("" where it was not), and supporters `wanted`. The others are (school, area); `said`:
    what any school states, member or not, under agreement or not."""

    needs: pd.DataFrame
    differs: tuple[Place, ...]
    supported: tuple[Place, ...]
    said: frozenset[Place] = frozenset()


def open_needs(need: pd.DataFrame, members: frozenset[int], time_period: int) -> pd.DataFrame:
    """Derived needs of the members, one per school and area: of results in that year, of money and inspection as last known."""
    mine = need[need["urn"].isin(members) & need["scope"].eq("school") & (need["severity"] > 0)]
    current = mine["time_period"].eq(time_period) | mine["basis"].isin(("finance", "inspection"))
    order = mine[current].sort_values(["urn", "area", "severity"], ascending=[True, True, False])
    return order.drop_duplicates(["urn", "area"]).reset_index(drop=True)


def needed(tables: Mapping[str, pd.DataFrame], members: frozenset[int], stated: pd.DataFrame | None, *,
           time_period: int, wishes: Wishes) -> Needed:  # fmt: skip
    """Derived and stated needs as one list: the larger of the two severities counts.

    `stated`: urn, area and size (a key of STATED) of needs that schools have stated; those of others than the members only
    keep them from giving there.
    """
    derived = open_needs(tables["need"], members, time_period)[["urn", "phase", "area", "severity", "basis"]]
    derived = derived.rename(columns={"basis": "derived"})
    both = derived.merge(_stated(stated, members), on=["urn", "area"], how="outer", validate="one_to_one")
    school = tables["school"].set_index("urn")
    both = both[both["urn"].isin(school.index) & both["area"].isin(list(AREAS))].sort_values(["urn", "area"])
    says = both["size"].notna()
    keys = pd.MultiIndex.from_frame(both[["urn", "area"]])
    asked = keys.isin([(urn, area) for urn, area, _ in wishes.locked])
    otherwise = keys.isin(list(wishes.differs))
    waits = otherwise & ~says & ~asked
    alone = otherwise & says & ~asked
    both = both.assign(derived=both["derived"].mask(alone), severity=both["severity"].mask(alone))
    wanted = np.where(keys.isin(list(wishes.twice)), 2, 1) - keys.isin(list(wishes.supported))
    found = both.assign(
        phase=both["phase"].fillna(both["urn"].map(school["phase"])), severity=both[["severity", "said"]].max(axis=1),
        basis=np.select([says & both["derived"].notna(), says], ["both", "stated"], "derived"),
        derived=both["derived"].astype("object").fillna(""), size=both["size"].astype("object").fillna(""), wanted=wanted,
    )  # fmt: skip
    return Needed(
        found.loc[~waits & (wanted > 0), list(COLUMNS)].reset_index(drop=True),
        tuple(keys[waits]), tuple(keys[~waits & keys.isin(list(wishes.supported))]),
        frozenset() if stated is None else frozenset(zip(stated["urn"].tolist(), stated["area"].tolist(), strict=True)),
    )  # fmt: skip


def _stated(stated: pd.DataFrame | None, members: frozenset[int]) -> pd.DataFrame:
    """The largest size that each member states of an area, with its severity as `said`."""
    if stated is None or stated.empty:
        return pd.DataFrame({"urn": [], "area": [], "size": [], "said": []}).astype({"urn": "int64", "area": "object"})
    mine = stated.loc[stated["urn"].isin(members), ["urn", "area", "size"]]
    mine = mine.assign(said=mine["size"].map(STATED)).sort_values(["urn", "area", "said"])
    return mine.drop_duplicates(["urn", "area"], keep="last").astype({"urn": "int64"})
