"""Similar schools: who is like us, and does well what we find hard? And, as a second view, kinds of school."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analytics.results import (
    AreaScore,
    Comparator,
    ComparatorSet,
    Context,
    School,
    SchoolContext,
    SourceLine,
    Strength,
)
from analytics.similar import nearby, similarity
from pages.charts.maps import Spot, schools_map
from pages.components import cards, contact, measure_words, similar_words, words
from pages.components.downloads import csv_button
from pages.components.figures import kilometres
from pages.components.names import Names
from pages.components.palette import palette
from pages.components.picture import picture
from pages.components.sources import source_words
from pages.components.tables import html_table
from pages.shell import cached, session

view = session.guard("similar_schools")

PARTS: Mapping[str, str] = {"list": "List and map", "kinds": "Kinds of school"}
SHOWN = 6
EARTH_KM = 5000.0  # every school in the country


@dataclass(frozen=True, slots=True)
class Around:
    """The similar schools in the order of the page, what each does well, how far away, and their labels."""

    order: Sequence[School]
    strengths: Mapping[int, list[str]]
    km: Mapping[int, float]
    names: Names

    def does_well(self, urn: int) -> str:
        return words.listing(measure_words.area_words(area) for area in self.strengths.get(urn, ()))


def _part() -> str:
    asked = st.query_params.get("part", "list")
    if asked not in PARTS:
        words.note("The link asks for a view that is not here. The list is shown.")
    value = asked if asked in PARTS else "list"

    def switched() -> None:
        st.query_params["part"] = st.session_state["similar_part"] or "list"

    st.session_state["similar_part"] = value
    st.segmented_control(
        "What to look at", list(PARTS), format_func=PARTS.__getitem__, key="similar_part", on_change=switched,
        label_visibility="collapsed",
    )  # fmt: skip
    return value


def _strengths(urns: frozenset[int]) -> dict[int, list[str]]:
    """What each similar school does well: areas of this phase and year, in words."""
    found: dict[int, list[str]] = {}
    for row in cached.rows(view.publication_id, Strength, urn=urns):
        if row.basis != "contextual" or (row.phase == sc.phase and row.time_period == sc.time_period):
            found.setdefault(row.urn, []).append(row.area)
    return found


def _hard() -> frozenset[str]:
    """Areas in which this school may need support: read only inside its own partnership."""
    if sc.partnership is not None and sc.urn not in sc.members:
        return frozenset()
    rows = cached.rows(view.publication_id, AreaScore, urn=sc.urn, phase=sc.phase, time_period=sc.time_period)
    return frozenset(row.area for row in rows if row.tier == "may_need_support")


def _ordered(strengths: Mapping[int, list[str]], km: Mapping[int, float]) -> list[Comparator]:
    """Those who do well what is hard here first, then those with any strength, then by distance."""
    hard = _hard()
    return sorted(
        comparators,
        key=lambda row: (
            not hard & set(strengths.get(row.comparator_urn, ())),
            not strengths.get(row.comparator_urn),
            km.get(row.comparator_urn, EARTH_KM),
            row.comparator_urn,
        ),
    )


def _list() -> None:
    urns = frozenset(row.comparator_urn for row in comparators)
    strengths = _strengths(urns)
    sets = [row for row in cached.rows(view.publication_id, ComparatorSet, urn=sc.urn) if row.phase == sc.school.phase]
    with head:
        words.finding(similar_words.similar_finding(name, len(urns), len(strengths)))
        words.paragraph(
            "Alike in pupils, free school meals, language, special needs and deprivation; never chosen by results. "
            + similar_words.quality_words(sets[0] if sets else None)
        )
    if not urns:
        words.paragraph(
            "It would need published census figures for this school, and schools of its kind to compare it with."
        )
        return
    table = cached.table(view.publication_id, "school")
    table = table[table["urn"].isin([sc.urn, *urns])]
    km = nearby.within(table, (sc.urn,), EARTH_KM)
    schools = {row.urn: row for row in cached.rows(view.publication_id, School, urn=urns)}
    order = [schools[row.comparator_urn] for row in _ordered(strengths, km) if row.comparator_urn in schools]
    around = Around(order, strengths, km, sc.names.with_others(urns))
    left, right = st.columns([3, 2], gap="large")
    with left:
        words.heading("Whom you could phone")
        for school in order[:SHOWN]:
            _school(school, around, table)
    with right:
        _map(around)
    frame = _frame(around)
    with st.expander(f"All {len(frame)} as a table, and download"):
        html_table(frame, f"Schools similar to {name}")
        csv_button(frame, f"Schools similar to {name}", key="similar")


def _school(school: School, around: Around, table: pd.DataFrame) -> None:
    does_well = around.does_well(school.urn)
    reasons = similarity.explanation(sc.urn, school.urn, table)
    where = kilometres(around.km.get(school.urn)) + (f", {school.town}" if school.town and not sc.hide_names else "")
    with st.container(border=True):
        cards.card(
            "●" if does_well else "",
            (cards.Part(around.names.label(school.urn), "name"), cards.Part(f" · {where}", "quiet")),
            (
                f"Does well: {does_well}." if does_well else "No clear strength in published results: ask.",
                f"Why similar: {'; '.join(reasons[:3])}.",
            ),
            colour=palette().ours,
        )
        if not sc.hide_names:
            st.html(f'<p class="al-p" style="margin:0 0 .35rem">{contact.contact_markup(school)}</p>')


def _map(around: Around) -> None:
    spots = [
        Spot(school.latitude, school.longitude, "strength" if school.urn in around.strengths else "similar")
        for school in sorted(around.order, key=lambda one: one.urn)
        if school.latitude is not None and school.longitude is not None
    ]
    if sc.school.latitude is not None and sc.school.longitude is not None:
        spots.append(Spot(sc.school.latitude, sc.school.longitude, "ours", name))
    words.heading("Where they are")
    words.paragraph(
        "Large dot: your school. Dark: a strength to share. Green-blue: similar, no clear strength.", quiet=True
    )
    if not spots:
        words.paragraph("None of these schools has a place on the map.")
        return
    outlines = cached.table(view.publication_id, "boundary")
    alt = f"Map of {words.count(len(spots), 'school')}. The list beside it says the same in words."
    picture(
        schools_map(spots, list(outlines.loc[outlines["kind"] == "la", "geometry"])), alt,
        _frame(around)[["School", "Distance", "Does well"]], key="map", caption="Where they are",
    )  # fmt: skip


def _frame(around: Around) -> pd.DataFrame:
    shown = not sc.hide_names
    rows = [
        (
            around.names.label(school.urn), kilometres(around.km.get(school.urn)),
            around.does_well(school.urn) or "ask",
            "not known" if school.pupils is None else f"{school.pupils:,.0f}",
            school.phone or "" if shown else "",
            contact.web_address(school.website) or "" if shown else "",
        )
        for school in around.order
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["School", "Distance", "Does well", "Pupils", "Phone", "Website"])


def _kinds() -> None:
    own = [row for row in cached.rows(view.publication_id, SchoolContext, urn=sc.urn) if row.phase == sc.school.phase]
    kinds = [row for row in cached.rows(view.publication_id, Context) if row.phase == sc.school.phase]
    with head:
        words.finding(similar_words.kind_finding(name, own[0] if own else None))
        words.paragraph(
            "Kinds of school are drawn from circumstances only: pupils, deprivation, language and special needs."
        )
    if not own:
        words.paragraph("It would need published census figures, and enough schools of its phase to tell kinds apart.")
    else:
        words.bullets(similar_words.kind_lines(own[0], kinds))
    if kinds:
        frame = pd.DataFrame(
            {"Kind of school": [kind.label for kind in kinds], "Schools": [kind.schools for kind in kinds],
             "Yours": ["yes" if own and kind.context == own[0].context else "" for kind in kinds]}
        )  # fmt: skip
        html_table(frame, "Every kind of this phase", numeric=("Schools",))
        csv_button(frame, "Kinds of school", key="kinds")


sc = session.chosen_school(view)
name = cards.short_name(sc.names.label(sc.urn))
comparators = cached.rows(view.publication_id, Comparator, urn=sc.urn)
head = st.container()
part = _part()
{"list": _list, "kinds": _kinds}[part]()
words.caveat(
    "which schools have pupils and circumstances like yours, and what they do well in published results.",
    "whether they have the time, or would fit: a phone call does.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(source_words(lines, sc.phase, "census", "gias"), created=view.created, sample=view.sample)
session.go("my_school", "Next: back to your school", school=sc.urn)
