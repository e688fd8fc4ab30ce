"""Who the members of a partnership are, by the register, and of which of them no figures of a kind are there. Fills nothing in."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.results import School, rows

KINDS = ("results", "attendance", "census", "accounts", "inspection")
Reader = Callable[[str], pd.DataFrame]  # a published table by its name


@dataclass(frozen=True, slots=True)
class Member:
    """One open school of a partnership. `joined` None where the register does not say; `without`: of KINDS, what is not there."""

    school: School
    joined: date | None
    without: tuple[str, ...]


def members(read: Reader, uid: str, urns: Collection[int]) -> tuple[Member, ...]:
    """The schools `urns` of the partnership `uid`, by URN. A school outside the figures is left out."""
    there = {kind: _there(read, kind, urns) for kind in KINDS}
    joined = _joined(read("member"), uid)
    table = read("school")
    mine = table[table["urn"].isin(list(urns))].sort_values("urn", kind="stable")
    return tuple(
        Member(school, joined.get(school.urn), tuple(kind for kind in KINDS if school.urn not in there[kind]))
        for school in rows(School, mine)
    )


def _there(read: Reader, kind: str, urns: Collection[int]) -> frozenset[int]:
    """The schools of which at least one figure of the kind was published, or a judgement."""
    if kind == "census":
        table = read("school")
        table = table[table["context_year"].notna()]
    elif kind == "accounts":
        table = read("finance")
    elif kind == "inspection":
        table = read("inspection")
    else:
        table = read("value")
        table = table[table["urn"].isin(list(urns)) & table["value"].notna()]
        about = ("absence",) if kind == "attendance" else ("ks2_", "ks4_", "ks5_")
        table = table[table["measure"].str.startswith(about)]
    return frozenset(int(urn) for urn in table.loc[table["urn"].isin(list(urns)), "urn"])


def _joined(table: pd.DataFrame, uid: str) -> dict[int, date]:
    mine = table[(table["uid"].astype(str) == uid) & table["joined"].notna()]
    return {int(urn): pd.Timestamp(day).date() for urn, day in zip(mine["urn"], mine["joined"], strict=True)}
