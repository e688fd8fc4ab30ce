"""An area: every school a row with its range, who could help, who may need support; from here to the schools and the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from analytics.results import AreaScore, SourceLine
from pages.charts.maps import Role, Spot, schools_map
from pages.charts.school_rows import school_rows
from pages.components import cards, measure_tables, near_words, one_area_words, words
from pages.components.measure_words import area_label, area_words, late_words
from pages.components.palette import palette
from pages.components.picture import picture
from pages.components.sources import source_words
from pages.shell import address, cached, inside, session
from pages.shell.choice import Choice
from pages.shell.fair import fairness, members

view = session.guard("overview_area")

LOST = "The link asks for an area in which these schools have no results. Another one is shown."
LISTED = 12  # schools in a list; the table holds all
ROLES: Mapping[str, Role] = {one_area_words.STRONG: "strength", one_area_words.NEED: "need"}


def _pick(areas: Sequence[str]) -> str:
    value = address.settle("area", tuple(areas), areas[0], str, LOST)
    return address.picker(st.columns([2, 3])[0], "area", "Area", tuple(areas), value, area_label)


def _rows(area: str) -> None:
    """The picture: a row per school, by name."""
    shown = one_area_words.drawn(rows)
    words.paragraph(one_area_words.READING)
    picture(
        school_rows(shown, {row.urn: cards.short_name(label(row.urn)) for row in shown}, one_area_words.values(shown), palette()),
        one_area_words.alternative(area, rows, label), measure_tables.area_table(rows, label), key="schools",
        caption=f"{area_label(area)}, school by school", numeric=("Pupils", "Years"),
    )  # fmt: skip
    for note in (one_area_words.left_out(rows), late_words(rows)):
        if note:
            words.paragraph(note, quiet=True)
    if found.others:
        words.paragraph(f"Not in this picture: {words.count(len(found.others), 'school')} of other phases.", quiet=True)
    session.go(
        "overview_funnel", "Small numbers: how far chance alone could carry each result", measure=rows[0].measure
    )


def _list(heading: str, listed: Sequence[AreaScore], nobody: str, glyph: str) -> None:
    words.heading(heading, glyph=glyph)
    if not listed:
        words.paragraph(nobody)
    for row in listed[:LISTED]:
        words.paragraph(
            " ".join(part for part in _said(row) if part),
            bold=label(row.urn),
        )
        session.go("my_school", f"Open {label(row.urn)}", school=row.urn)
    if len(listed) > LISTED:
        words.paragraph(f"{words.count(len(listed) - LISTED, 'more school')} in the table.", quiet=True)


def _said(row: AreaScore) -> tuple[str, str, str]:
    """The figure; where a need stands between the school and us; where it is counted."""
    stands = one_area_words.stands(row, found.needs, found.fair.state)
    return one_area_words.school_sentence(row), stands, one_area_words.elsewhere(row, found.needs)


def _map(area: str, choice: Choice) -> None:
    words.heading("Where they are")
    roles = {row.urn: ROLES.get(row.tier, "other") for row in rows}
    spots = [
        Spot(school.latitude, school.longitude, roles.get(school.urn, "other"))
        for school in found.schools
        if school.latitude is not None and school.longitude is not None
    ]
    if not spots:
        words.paragraph("No school here has a place on the map.")
        return
    tiers = {row.urn: words.tier(row.tier) for row in rows}
    table = pd.DataFrame(
        [(label(one.urn), tiers.get(one.urn, "no results"), one.town if not choice.hide_names else "") for one in sorted(found.schools, key=lambda one: label(one.urn))],
        columns=["School", "What it says", "Town"],
    )  # fmt: skip
    outlines = cached.table(view.publication_id, "boundary")
    words.paragraph(
        "● could share a strength. ○ may need support. Small dot: neither, or nothing can be said.", quiet=True
    )
    if outlines.empty:
        words.paragraph(near_words.NO_OUTLINES, quiet=True)
    picture(
        schools_map(spots, list(outlines.loc[outlines["kind"] == "la", "geometry"]), palette()),
        f"Map of {words.count(len(spots), 'school')} by what is said of {area_words(area)}. The table says the same in words.",
        table, key="map", caption=f"{area_label(area)}: where our schools are",
    )  # fmt: skip


choice = session.chosen(view)
label = choice.names.label
found = members.members_of(view, choice)
rows: tuple[AreaScore, ...] = ()
area = _pick(found.areas) if found.areas else ""
if area:
    rows = tuple(sorted((row for row in found.scores if row.area == area), key=lambda row: (label(row.urn), row.urn)))
    words.finding(one_area_words.finding(area, rows, len(found.schools), choice.phase))
    words.paragraph(one_area_words.line(area, rows, len(found.schools)), quiet=True)
else:
    words.finding("No area can be looked at for these schools")
    words.paragraph("No results of theirs are in these figures. Their own pages show more.")
inside.line("overview_area", inside.OVERVIEW)
if area:
    _rows(area)
    left, right = st.columns(2, gap="large")
    needed = one_area_words.of_tier(rows, one_area_words.NEED)
    with left:
        _list(
            "Could share a strength",
            one_area_words.of_tier(rows, one_area_words.STRONG),
            "No clear strength in published results: ask the schools.",
            "●",
        )
    with right:
        _list("May need support", needed, one_area_words.no_need(rows), "○")
    if not choice.hide_names:
        fairness.remember_opened(view, "overview_area", *(row.urn for row in needed))
    session.go("support_plan", f"Next: plan support in {area_words(area)}", area=area)
    session.go("support_who", "Next: who else could help, further away too", area=area)
    _map(area, choice)
words.caveat(
    "lasting differences in published results after intake, over the years pooled, school by school.",
    "why they differ, teaching, or this term; nor how a school sees it that has not been asked.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(source_words(lines, choice.phase, last=choice.time_period), created=view.created, sample=view.sample)
