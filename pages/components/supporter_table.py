"""Who could help, as a table: a school's strengths in published results and the days it offered. Computes nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from analytics.results import Strength
from pages.components import recovery_words
from pages.components.figures import kilometres
from pages.components.measure_words import area_label, area_words
from pages.components.names import Names

NO_STRENGTH = "no clear strength in published results"
BASIS: Mapping[str, str] = {"inspection": "at inspection", "finance": "in its accounts"}
FAR = float("inf")
ORGANISATION = "A partner organisation"


def helpers(
    rows: Sequence[Strength], days: Mapping[tuple[int, str], float], near: Mapping[int, float], members: Collection[int],
    names: Names, came: Mapping[int, Sequence[str]],
) -> pd.DataFrame:  # fmt: skip
    """A row per school, by URN, with a strength, an offer or both: `members` first, then by distance.

    `days`: (school, area) -> days offered a term; `near`: kilometres of schools outside; `came`: areas in which a school
    came through difficulty.
    """
    strong: dict[int, list[str]] = {}
    for row in rows:
        how = "" if row.basis == "contextual" else f" ({BASIS[row.basis]})"
        strong.setdefault(row.urn, []).append(f"{area_words(row.area)}{how}")
    offered: dict[int, list[str]] = {}
    for (urn, area), number in days.items():
        offered.setdefault(urn, []).append(f"{area_words(area)}, {number:g}")
    everyone = strong.keys() | offered.keys()
    others = names.with_others(everyone)
    order = sorted(everyone, key=lambda urn: (urn not in members, near.get(urn, FAR), others.label(urn)))
    return pd.DataFrame(
        [
            (
                others.label(urn), "ours" if urn in members else kilometres(near.get(urn)),
                "; ".join([*strong.get(urn, (NO_STRENGTH,)), *recovery_words.mark(came.get(urn, ()))]),
                "; ".join(offered.get(urn, ())) or "not asked",
            )
            for urn in order
        ],
        columns=["School", "Where", "Strength", "Days offered a term"], index=order,
    )  # fmt: skip


def organisations(offers: pd.DataFrame, *, hide: bool) -> pd.DataFrame:
    """Offers that no school gives: who, the area, days a term, and what it is. `offers` as `data.register.offers` lays them out."""
    ordered = offers.sort_values(["who", "area", "offer"])
    columns = (ordered[name] for name in ("who", "area", "days_per_term", "words"))
    rows = [
        (ORGANISATION if hide else str(who), area_label(str(area)), f"{days:g}", "" if hide or pd.isna(words) else str(words))
        for who, area, days, words in zip(*columns, strict=True)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["Who", "Area", "Days a term", "What it is"])
