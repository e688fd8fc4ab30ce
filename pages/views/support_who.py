"""Who could help: strengths in published results, and days that were offered, in our schools and near us."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from analytics.results import School, SourceLine, Strength
from analytics.scores import recovery, screening
from analytics.support.usual import MAX_KM
from data.catalogue import AREAS
from data.register.offers import in_force
from pages.components import contact, recovery_words, support_findings, supporter_table, words
from pages.components.downloads import csv_button
from pages.components.sources import source_words
from pages.components.tables import html_table
from pages.shell import cached, session
from pages.shell.door import identity
from pages.shell.fair import members, private
from pages.shell.planning import views
from pages.shell.planning.views import EVERY

view = session.guard("support_who")
NEAREST = 25


def _strengths() -> list[Strength]:
    area = needed or tuple(AREAS)
    rows = cached.rows(view.publication_id, Strength, area=area, phase=choice.phase, urn=[*choice.members, *near])
    return [row for row in rows if row.basis != "contextual" or row.time_period == choice.time_period]


def _days(area: str) -> dict[tuple[int, str], float]:
    """Days offered a term by school and area, of schools that are ours or near."""
    mine = offers[offers["urn"].isin([*choice.members, *near])]
    listed = zip(mine["urn"], mine["area"], mine["days_per_term"], strict=True)
    found: dict[tuple[int, str], float] = {}
    for urn, offered, days in listed:
        if area in (EVERY, offered):
            found[int(urn), str(offered)] = found.get((int(urn), str(offered)), 0.0) + float(days)
    return found


def _chance(rows: Sequence[Strength]) -> None:
    """How many of a list are expected not to belong there (METHODS 5.3)."""
    sure = np.array([row.p for row in rows if row.p is not None])
    words.paragraph(support_findings.chance_sentence(screening.false_share(sure)), quiet=True)


def _organisations(area: str) -> None:
    """Organisations, teams and specialists that no school gives."""
    theirs = offers[offers["urn"].isna()]
    theirs = theirs[theirs["area"].eq(area)] if area != EVERY else theirs
    if len(theirs):
        html_table(
            supporter_table.organisations(theirs, hide=choice.hide_names), "Partner organisations and specialists"
        )


def _finding(area: str, shown: Sequence[Strength]) -> None:
    """Of every area who has a strength in what may be needed; of one area, who has one in it."""
    ours = {row.urn for row in shown if row.urn in choice.members}
    with head:
        if area == EVERY:
            words.finding(support_findings.helpers_finding(len(ours), needed=bool(needed)))
            return
        outside = {row.urn for row in shown} - ours
        offered = {urn for urn, _ in _days(area) if urn in choice.members} - ours
        words.finding(support_findings.helpers_in_area(area, len(ours), len(outside), km=MAX_KM, offered=len(offered)))


def _reached(table: pd.DataFrame) -> pd.DataFrame:
    """Whom to phone, next to each school, for a small screen cuts what stands further on; nothing while names are hidden."""
    if choice.hide_names or table.empty:
        return table
    found = {row.urn: row.phone for row in cached.rows(view.publication_id, School, urn=list(table.index))}
    if not any(found.values()):
        return table
    phones = [contact.phone_link(found.get(urn)) or "not in the register" for urn in table.index]
    shown = table.assign(Phone=pd.Series(phones, table.index, dtype=object))
    return shown[["School", "Phone", *table.columns.drop("School")]]


def _draw() -> None:
    area = views.pick_area(
        st.columns([1, 2])[0], views.areas_of([*(row.area for row in rows), *offers.loc[offers["urn"].isna(), "area"]])
    )
    shown = [row for row in rows if area in (EVERY, row.area)]
    _finding(area, shown)
    asked = (frozenset({*choice.members, *near}), choice.phase, choice.time_period)
    came = cached.worked_out(view.publication_id, recovery.areas_come_through, *asked)
    table = supporter_table.helpers(shown, _days(area), near, choice.members, choice.names, came)
    html_table(table[table["Where"] == "ours"].drop(columns="Where"), f"In our {choice.kind_words}")
    _chance([row for row in shown if row.urn in choice.members])
    ours_through = {choice.names.label(urn): areas for urn, areas in came.items() if urn in choice.members}
    words.paragraph(recovery_words.supporters(ours_through) if came else "")
    nearest = table[table["Where"] != "ours"].head(NEAREST)
    html_table(_reached(nearest), "Near us, nearest first")
    _chance([row for row in shown if row.urn in nearest.index])
    _organisations(area)
    csv_button(table, f"Who could help {choice.called}", key="who")


choice = session.chosen(view)
needed = views.areas_of(need.area for need in members.members_of(view, choice).needs)
near = cached.near(view.publication_id, choice.members, MAX_KM)
rows = _strengths()
today = identity.now().date()
offers = in_force(private.offers(view), today, today)
offers = offers[offers["state"].eq("offered")]
head = st.container()
words.paragraph(
    f"Strengths in published results, and offers that were made, in our schools and within {MAX_KM:.0f} km."
)
views.draw("support_who")
_draw()
words.caveat(
    "who has results to share, and who has offered days.",
    "whether a school has the time, and whether its support would work.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(
    source_words(lines, choice.phase, "ofsted", "cfr", "aar", last=choice.time_period),
    created=view.created,
    sample=view.sample,
)
views.draw_next("support_who")
