"""Which closed school a present one continues, where that is one-to-one. Mergers and splits are never joined.

A school that converted has a new URN. Its earlier results are joined and marked "as predecessor"; where two schools
became one, or one became two, nothing is joined, for nobody can say whose results they were.
"""

from __future__ import annotations

import pandas as pd

PLAIN = ("Successor", "Predecessor")
SUCCESSION = ("Successor", "Predecessor", "Result of Amalgamation")  # with any "- merged", "- Split School" after it


def _edges(link: pd.DataFrame) -> pd.DataFrame:
    """Succession links as old -> new, each once: whether a plain one says so, and the earliest day that either side names."""
    kinds = link["link_type"].astype(str).str.strip()
    about = link[kinds.str.startswith(SUCCESSION)].assign(kind=kinds)
    backward = about["kind"].str.startswith(("Predecessor", "Result"))
    edges = pd.DataFrame(
        {
            "old": about["urn"].where(~backward, about["link_urn"]).astype("int64"),
            "new": about["link_urn"].where(~backward, about["urn"]).astype("int64"),
            "plain": about["kind"].isin(PLAIN),
            "established": pd.to_datetime(about["established"]) if "established" in about else pd.NaT,
        }
    )
    pairs = edges[edges["old"] != edges["new"]].groupby(["old", "new"])
    return pairs.agg(plain=("plain", "all"), established=("established", "min")).reset_index()


def predecessors(link: pd.DataFrame, school: pd.DataFrame) -> pd.Series:
    """Old URN -> the URN that continues it, over chains of one-to-one successions; an open school is never an old one.

    `link`: urn, link_urn, link_type as published (each succession may stand twice); `school`: urn, status.
    """
    if link.empty:
        return pd.Series(dtype="int64", name="new")
    edges = _edges(link)
    single = ~edges["old"].duplicated(keep=False) & ~edges["new"].duplicated(keep=False) & edges["plain"]
    open_now = set(school.loc[school["status"].isin(("open", "open_proposed_to_close")), "urn"])
    step = {
        old: new
        for old, new in edges.loc[single, ["old", "new"]].itertuples(index=False, name=None)
        if old not in open_now
    }
    final = {old: _end(old, step) for old in sorted(step)}
    return pd.Series({old: new for old, new in final.items() if new is not None}, dtype="int64", name="new")


def origins(link: pd.DataFrame, school: pd.DataFrame, present: pd.Series) -> pd.DataFrame:
    """Where each open school comes from: urn, old_urn, old_name (NA: not in the register), established, joined, reason.

    `present` is what `predecessors` gives. `reason` says why results are not joined: several_into_one, one_into_several,
    still_open, or worded (the register calls it a merger, an amalgamation or a split); "" where they are.
    """
    columns = ["urn", "old_urn", "old_name", "established", "joined", "reason"]
    if link.empty:
        return pd.DataFrame({name: pd.Series(dtype="object") for name in columns})
    edges = _edges(link)
    is_open = school["status"].isin(("open", "open_proposed_to_close"))
    open_now = set(school.loc[is_open, "urn"])
    joined = edges["old"].map(present)
    reason = pd.Series("worded", index=edges.index)
    reason = reason.mask(edges["old"].isin(open_now), "still_open")
    reason = reason.mask(edges["old"].duplicated(keep=False), "one_into_several")
    reason = reason.mask(edges["new"].duplicated(keep=False), "several_into_one")
    found = edges.assign(
        urn=joined.fillna(edges["new"]).astype("int64"), old_urn=edges["old"], joined=joined.notna(),
        reason=reason.mask(joined.notna(), ""), old_name=edges["old"].map(school.set_index("urn")["name"]),
    )  # fmt: skip
    found = found[found["urn"].isin(open_now)]
    return found.sort_values(["urn", "established", "old_urn"], ignore_index=True)[columns]


def _end(old: int, step: dict[int, int]) -> int | None:
    seen, here = {old}, step[old]
    while here in step:
        if here in seen:  # a circle of links says nothing
            return None
        seen.add(here)
        here = step[here]
    return here


def continued(rows: pd.DataFrame, new_urn: pd.Series, keys: list[str]) -> pd.DataFrame:
    """Rows under the present URN, with `as_predecessor`; a school's own row wins over its predecessor's of the same key.

    `rows` has `urn` and `keys`; `new_urn` maps old to present URNs.
    """
    present = rows["urn"].map(new_urn)
    moved = rows.assign(as_predecessor=present.notna(), urn=present.fillna(rows["urn"]).astype("int64"))
    return (
        moved.sort_values(["as_predecessor"], kind="stable")
        .drop_duplicates(["urn", *keys])
        .sort_values(["urn", *keys], ignore_index=True)
    )
