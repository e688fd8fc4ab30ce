"""What happened to schools between two publications: inspections, who joined and left, corrections. Facts as published.

A judgement is never put on a scale here, and none is set beside another: what is new is named, with its day.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pandas as pd

from analytics.results import Correction, rows
from analytics.since.change import Change, Figure, Reader
from analytics.since.figures import KEY, kind_of

GRADES = (
    "overall", "quality_of_education", "behaviour_and_attitudes", "personal_development", "leadership_and_management",
    "early_years", "sixth_form", "safeguarding", "category_of_concern", "outcome", "inclusion", "curriculum_and_teaching",
    "achievement", "attendance_and_behaviour", "personal_development_and_wellbeing", "leadership_and_governance",
    "early_years_card", "post_16_card",
)  # fmt: skip
SAME_EVENT = {"previous_graded": "graded"}  # the same visit, once a newer one has taken its place


def inspections(before: Reader, now: Reader, urns: Collection[int]) -> list[Change]:
    """Visits that were not in the earlier figures, that say something else there, or that are gone. One without a day is left out."""
    old, new = _visits(before("inspection"), urns), _visits(now("inspection"), urns)
    found = []
    for key in sorted(old.keys() | new.keys()):
        urn, event, day = key
        what = "inspected" if key not in old else "inspection_gone" if key not in new else "inspection_differs"
        if key in old and key in new and old[key] == new[key]:
            continue
        found.append(Change("inspection", what, urn, subject=event, on=date.fromisoformat(day)))  # type: ignore[arg-type]
    return found


def _visits(table: pd.DataFrame, urns: Collection[int]) -> dict[tuple[int, str, str], tuple[str, ...]]:
    """(URN, event, day) -> what was said, as text."""
    mine = table[table["urn"].isin(list(urns)) & table["start_date"].notna()]
    event = mine["event"].astype(object).replace(SAME_EVENT)
    days = pd.to_datetime(mine["start_date"]).dt.strftime("%Y-%m-%d")
    said = mine.reindex(columns=list(GRADES)).astype(object).where(lambda frame: frame.notna(), "")
    return {
        (int(urn), str(what), str(day)): tuple(map(_text, row))
        for urn, what, day, row in zip(mine["urn"], event, days, said.itertuples(index=False), strict=True)
    }


def _text(value: object) -> str:
    """A grade is the same whether its column holds whole numbers or, beside missing ones, others."""
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def comings_and_goings(before: Reader, now: Reader, urns: Collection[int], uid: str) -> list[Change]:
    """Who joined and left the partnership `uid`, and which of its schools opened, closed or took another name.

    `uid` "" or a partnership that a publication does not know (the user's own list): nobody joined or left.
    """
    old_names, names = _names(before("school")), _names(now("school"))
    there, here = _members(before("member"), uid), _members(now("member"), uid)
    found: list[Change] = []
    if there and here:
        gone = there.keys() - here.keys()
        found += [_school("joined", urn, uid, on=here[urn]) for urn in here.keys() - there.keys() if urn in old_names]
        found += [_school("left", urn, uid, was=old_names.get(urn, "")) for urn in gone if urn in names]
    mine = set(urns) | there.keys()
    for urn in mine:
        if urn in names and urn not in old_names:
            found.append(_school("opened", urn, uid, now=names[urn], on=here.get(urn)))
        if urn in old_names and urn not in names:
            found.append(_school("closed", urn, uid, was=old_names[urn]))
        if urn in urns and urn in names and urn in old_names and names[urn] != old_names[urn]:
            found.append(_school("renamed", urn, uid, was=old_names[urn], now=names[urn]))
    return found


def _school(what: str, urn: int, uid: str, *, was: str = "", now: str = "", on: date | None = None) -> Change:
    return Change("schools", what, urn, uid or None, was=was, now=now, on=on)  # type: ignore[arg-type]


def _names(table: pd.DataFrame) -> dict[int, str]:
    return {int(urn): str(name) for urn, name in zip(table["urn"].tolist(), table["name"].tolist(), strict=True)}


def _members(table: pd.DataFrame, uid: str) -> dict[int, date | None]:
    """URN -> the day on which it joined, where that is known."""
    mine = table[table["uid"].astype(str) == uid]
    return {
        int(urn): None if pd.isna(joined) else pd.Timestamp(joined).date()
        for urn, joined in zip(mine["urn"], mine["joined"], strict=True)
    }


def corrections(before: pd.DataFrame, now: pd.DataFrame, urns: Collection[int]) -> tuple[list[Change], pd.DataFrame]:
    """Corrections that are new or say something else, and the KEY of every figure that a correction changed or let go.

    `was` of the figure is what was published; a correction taken back is told as a figure that differs.
    """
    old = {_place(one): one for one in rows(Correction, before[before["urn"].isin(list(urns))])}
    new = {_place(one): one for one in rows(Correction, now[now["urn"].isin(list(urns))])}
    found = [
        Change(
            kind_of(one.measure), "corrected", one.urn, time_period=one.time_period, now=one.release,
            figures=(Figure(one.measure, one.published, one.published_status, one.value, one.status),),
            note=one.reason, link=one.link,
        )
        for place, one in new.items()
        if old.get(place) != one
    ]  # fmt: skip
    told = [(one.urn, one.measure, one.time_period) for place, one in new.items() if old.get(place) != one]
    return found, pd.DataFrame(told, columns=KEY)


def _place(one: Correction) -> tuple[int, str, int, str]:
    return one.urn, one.measure, one.time_period, one.release
