"""Tiers that moved between two publications, each with why: a new year, figures published again, intake, method, or others.

Compares the newest year of each with the newest year of the other; earlier years that were worked out anew are no news. Areas
of practice and money only: composites have no tier of their own to tell, and inspection is told as it was published.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from analytics.since.change import Change, Reader, Why
from data.catalogue import MEASURES

CLOSE = 0.05  # a tier that moved while neither chance behind it moved by so much lay close to the limit
AREA_KEY = ["urn", "phase", "area"]
CHANCES = ("p_below", "p_above")


def moves(before: Reader, now: Reader, urns: Collection[int], why: Mapping[tuple[int, str], frozenset[Why]], *, method: bool) -> list[Change]:  # fmt: skip
    """Tiers that both publications have for a school and area, and that differ.

    `why`: (URN, area, or "" for any area) -> what changed of the school's own; `method`: whether the way of working it out
    changed too. Where nothing of its own did, the figures of others moved what an intake leads one to expect.
    """
    found = []
    for area, old, new in (("", _areas(before, urns), _areas(now, urns)), ("finance", _money(before, urns), _money(now, urns))):  # fmt: skip
        both = old.merge(new, on=AREA_KEY, suffixes=("_was", ""), validate="one_to_one")
        apart = both[both["tier_was"] != both["tier"]]
        found += [_move(row, why, method=method, money=bool(area)) for row in apart.to_dict("records")]
    return found


def _areas(read: Reader, urns: Collection[int]) -> pd.DataFrame:
    """The newest year of each phase, among all schools."""
    table = read("area_score")
    newest = table.groupby("phase", observed=True)["time_period"].max()
    mine = table[table["urn"].isin(list(urns))]
    mine = mine[mine["time_period"].eq(mine["phase"].astype(object).map(newest))]
    return mine[[*AREA_KEY, "time_period", "tier", *CHANCES]].astype({"phase": object, "area": object, "tier": object})


def _money(read: Reader, urns: Collection[int]) -> pd.DataFrame:
    """The newest accounts of each school."""
    table = read("domain_score")
    mine = table[table["urn"].isin(list(urns)) & table["domain"].eq("finance") & table["time_period"].notna()]
    mine = mine.sort_values("time_period", kind="stable").drop_duplicates(["urn", "phase"], keep="last")
    mine = mine.assign(area="finance")[[*AREA_KEY, "time_period", "tier", *CHANCES]]
    return mine.astype({"phase": object, "tier": object})


def _move(row: dict[Any, Any], why: Mapping[tuple[int, str], frozenset[Why]], *, method: bool, money: bool) -> Change:
    urn, area, year = int(row["urn"]), str(row["area"]), int(row["time_period"])
    reasons: list[Why] = ["new_year"] if year != int(row["time_period_was"]) else []
    own = why.get((urn, area), frozenset()) | (frozenset() if money else why.get((urn, ""), frozenset()))
    reasons += [one for one in ("reissued", "corrected", "intake") if one in own]
    if method:
        reasons.append("method")
    chances = [(row[name], row[f"{name}_was"]) for name in CHANCES]
    close = all(pd.notna(new) and pd.notna(old) and abs(new - old) < CLOSE for new, old in chances)
    return Change(
        "findings", "moved", urn, time_period=year, phase=str(row["phase"]), subject=area, was=str(row["tier_was"]),
        now=str(row["tier"]), why=tuple(reasons or ["others"]), close=close and not {"new_year", "method"} & set(reasons),
    )  # fmt: skip


def own_reasons(found: Collection[Change]) -> dict[tuple[int, str], frozenset[Why]]:
    """What changed of each school's own figures: (URN, area) -> why; (URN, "") for its intake, which bears on every area."""
    reasons: dict[tuple[int, str], frozenset[Why]] = {}

    def add(urn: int, area: str, why: Why) -> None:
        reasons[urn, area] = reasons.get((urn, area), frozenset()) | {why}

    for one in found:
        if one.urn is None or one.what not in ("reissued", "firmer", "corrected", "gone", "earlier"):
            continue
        if one.kind == "intake":
            add(one.urn, "", "intake")
        elif one.kind == "money":
            add(one.urn, "finance", "reissued")
        elif not one.figures and one.number:  # figures gone or come in: of which measures is not kept
            for area in {MEASURES[key].area for key in MEASURES if MEASURES[key].role == "scored"}:
                add(one.urn, area, "reissued")
        for figure in one.figures:
            if figure.measure in MEASURES and one.kind != "intake":
                add(one.urn, MEASURES[figure.measure].area, "corrected" if one.what == "corrected" else "reissued")
    return reasons
