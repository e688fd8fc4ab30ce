"""What the figures say of a school, as a mark: a school that was shown just this has read it; whatever changes it is new.

Words only (needs, tiers, signals, standings), never a number, so that figures that say the same give the same mark.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection

import pandas as pd

RESULTS = ("contextual", "absolute")  # bases of needs that belong to a year of results
Reader = Callable[[str], pd.DataFrame]


def marks(read: Reader, urns: Collection[int]) -> dict[int, str]:
    """URN -> a hash of everything derived that is said of it in the newest year. `read` gives a published table by name."""
    lines: dict[int, list[str]] = {urn: [] for urn in sorted(urns)}
    for name, frame in _statements(read, list(lines)).items():
        for urn, *rest in frame.itertuples(index=False):
            lines[int(urn)].append("|".join((name, *map(str, rest))))
    return {urn: hashlib.sha256("\n".join(sorted(set(one))).encode()).hexdigest() for urn, one in lines.items()}


def _statements(read: Reader, urns: Collection[int]) -> dict[str, pd.DataFrame]:
    """Table -> what it says of the schools, without numbers and without years."""

    def mine(name: str, *columns: str) -> pd.DataFrame:
        found = read(name)
        return found.loc[found["urn"].isin(urns), ["urn", *columns]].astype(object)

    years = read("area_score")[["phase", "time_period"]].drop_duplicates()
    newest = years.astype({"phase": object}).groupby("phase")["time_period"].max()
    needs = mine("need", "basis", "phase", "area", "particular", "scope", "reasons", "time_period")
    of_results = needs["basis"].isin(RESULTS)
    needs = needs[needs["scope"].eq("school") & (~of_results | _in_newest(needs, newest))]
    reasons = needs["reasons"].mask(needs["basis"].isin(RESULTS), "")
    areas = mine("area_score", "phase", "area", "tier", "time_period")
    domains = mine("domain_score", "phase", "domain", "tier", "time_period")
    domains = domains.sort_values("time_period", na_position="first").drop_duplicates(
        ["urn", "phase", "domain"], keep="last"
    )
    came = mine("came_through", "measure", "standing", "after_last")
    came = came.sort_values("after_last").drop_duplicates(["urn", "measure"], keep="last")
    return {
        "need": needs.assign(reasons=reasons)[["urn", "basis", "phase", "area", "particular", "reasons"]],
        "area": areas.loc[_in_newest(areas, newest), ["urn", "phase", "area", "tier"]],
        "domain": domains[["urn", "phase", "domain", "tier"]],
        "signal": mine("inspection_standing", "phase", "tier"),
        "came through": came[["urn", "measure", "standing"]],
    }


def _in_newest(frame: pd.DataFrame, newest: pd.Series) -> pd.Series:
    return frame["time_period"].eq(frame["phase"].map(newest))
