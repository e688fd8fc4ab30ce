"""Similar schools: who is like us, and does well what we find hard? Views inside: how alike, spending, kinds of school."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from analytics.results import AreaScore, Context, School, SchoolContext, SourceLine, Strength
from analytics.similar import calling, nearby
from analytics.similar.calling import Wanted
from analytics.similar.presets.choosing import Chosen
from pages.components import (
    cards,
    kind_blocks,
    similar_alike,
    similar_list,
    similar_spending,
    similar_words,
    words,
)
from pages.components.downloads import csv_button
from pages.components.similar_list import Around
from pages.components.sources import source_words
from pages.components.tables import html_table
from pages.shell import address, cached, session, similar_choice, similar_narrow
from pages.shell.fair import fairness

view = session.guard("similar_schools")

PARTS: Mapping[str, str] = {
    "list": "List and map",
    "alike": "How alike they are",
    "spending": "Spending beside them",
    "kinds": "Kinds of school",
}


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
    """Areas in which this school may need support: read only by those who may be told of them."""
    if sc.urn not in fairness.of_school(view, sc).named:
        return frozenset()
    rows = cached.rows(view.publication_id, AreaScore, urn=sc.urn, phase=sc.phase, time_period=sc.time_period)
    return frozenset(row.area for row in rows if row.tier == "may_need_support")


def _chosen() -> tuple[similar_choice.Asked, Chosen]:
    asked = similar_choice.asked(sc.school)
    return asked, cached.similar(view.publication_id, sc.urn, asked.preset.key, asked.own)


def _lead(asked: similar_choice.Asked, found: Chosen) -> None:
    """How the schools were chosen and how good the set is."""
    narrowed = bool(asked.preset.key == "own" and (asked.own.same or asked.own.km))
    words.paragraph(f"{asked.preset.words} {similar_words.quality_words(found.quality, filtered=narrowed)}")
    lines = similar_words.left_out(found.missing, found.beyond)
    if sc.school.selective:
        lines += (
            ("Selective schools are set beside all schools of their phase: the tool does not tell them apart.",)
            if asked.preset.key == "fbit_pupil" else ("Only other selective schools are compared with yours.",)
        )  # fmt: skip
    else:
        lines += kind_blocks.selection_lines(sc.school, sc.phase)
    if lines:
        words.paragraph(" ".join(lines), quiet=True)


def _list() -> None:
    asked, found = _chosen()
    every = frozenset(int(urn) for urn in found.members["comparator_urn"])
    strengths = _strengths(every)
    km = cached.worked_out(view.publication_id, nearby.away, sc.urn, every)
    schools = {row.urn: row for row in cached.rows(view.publication_id, School, urn=every)}
    wanted = similar_narrow.wanted() if every else Wanted()
    pupils = {urn: row.pupils for urn, row in schools.items() if row.pupils is not None}
    urns = calling.narrowed(every, wanted, pupils, here=sc.school.pupils, km=km, does_well=strengths)
    with head:
        words.finding(
            similar_words.similar_finding(name, len(every), len(strengths)) if wanted == Wanted()
            else similar_words.narrowed_finding(name, len(urns), len(every), wanted)
        )  # fmt: skip
        _lead(asked, found)
    if not every:
        _nobody(asked)
    elif not urns:
        words.paragraph("None of them is all of that: take one away, or choose similar schools in another way.")
    else:
        order = [schools[urn] for urn in calling.in_order(urns, strengths, km, _hard())]
        outlines = cached.table(view.publication_id, "boundary")
        around = Around(order, strengths, km, sc.names.with_others(urns), found.pairs)
        similar_list.draw(name, sc.school, around, list(outlines.loc[outlines["kind"] == "la", "geometry"]))
    similar_choice.about()


def _nobody(asked: similar_choice.Asked) -> None:
    if asked.preset.key == "own":
        words.paragraph("Nobody fits: give something a weight, or ask for less to be the same.")
    else:
        words.paragraph(
            "It would need published census figures for this school, and schools of its kind to compare it with."
        )


def _alike() -> None:
    asked, found = _chosen()
    with head:
        words.finding(similar_words.alike_finding(name, found.quality, len(found.members)))
        _lead(asked, found)
    if found.members.empty:
        _nobody(asked)
    else:
        similar_alike.draw_alike(name, found.balance)
        words.heading("One of them beside you")
        urns = [int(urn) for urn in found.members["comparator_urn"]]
        names = sc.names.with_others(urns)
        urn = _other(sorted(urns, key=lambda one: (names.label(one), one)), names.label, urns[0])
        similar_alike.draw_pair(names.label(urn), found.pairs[found.pairs["comparator_urn"] == urn])
    similar_choice.about()


def _other(urns: list[int], label: Callable[[int], str], nearest: int) -> int:
    """The school of the set that the address asks for, else the nearest."""
    text = address.given("beside")
    wanted = address.number(text) if text else None
    if text and wanted not in urns:
        words.note("The link asks for a school that is not in this set. The nearest one is shown.")
    value = wanted if wanted in urns else nearest

    def picked() -> None:
        st.query_params["beside"] = str(st.session_state["pick_beside"])

    st.session_state["pick_beside"] = value
    st.selectbox("Which school", urns, key="pick_beside", format_func=label, on_change=picked)
    return int(value or nearest)


def _spending() -> None:
    found = cached.spending(view.publication_id, sc.urn)
    with head:
        if found is None:
            words.finding(f"{name}: no lines of spending to set beside other schools")
            words.paragraph(similar_spending.why_none(sc.school))
        else:
            words.finding(similar_spending.finding(name, found.table))
    if found is not None:
        similar_spending.draw(name, found)


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
head = st.container()
part = _part()
{"list": _list, "alike": _alike, "spending": _spending, "kinds": _kinds}[part]()
words.caveat(*(similar_spending.CAVEAT if part == "spending" else similar_words.CAVEAT))
lines = cached.rows(view.publication_id, SourceLine)
sources = (
    source_words(lines, "money", "gias") if part == "spending" else source_words(lines, sc.phase, "census", "gias")
)
words.source_line(sources, created=view.created, sample=view.sample)
with st.container(horizontal=True):
    session.go("my_school", "Next: back to your school", school=sc.urn)
    session.go("near_schools", "Schools nearby, of any phase", school=sc.urn)
