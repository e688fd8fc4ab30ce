"""Near me: the nearest schools of any phase to a school, or to a postcode, with how to reach them."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analytics.results import School
from analytics.similar import nearby
from data.catalogue.vocabulary import PHASES
from pages.components import glossary, near_words, words
from pages.components.downloads import csv_button
from pages.components.tables import html_table
from pages.shell import address, cached, session

view = session.guard("near_schools")
MANY = 15
EVERY = "all"
LOST = "The link asks for a phase that no school here has. Every phase is shown."


def chosen_phase() -> str:
    """The phase that is looked for, kept in the address; every phase unless another is asked for."""
    there = cached.worked_out(view.publication_id, nearby.phases)
    options: Mapping[str, str] = {EVERY: "Every phase"} | {key: label for key, label in PHASES.items() if key in there}
    value = address.settle("near_phase", tuple(options), EVERY, str, LOST)
    return address.picker(right, "near_phase", "Phase", tuple(options), value, options.__getitem__)


def asked_postcode() -> str:
    def typed() -> None:
        st.query_params["near"] = st.session_state["pick_near"]

    st.session_state["pick_near"] = (address.given("near") or "")[:12]
    return str(
        left.text_input(
            "Near a postcode instead", key="pick_near", on_change=typed, placeholder="For example ZZ1 1AA", max_chars=12
        )
    )


def draw(place: str, at: tuple[float, float], without: tuple[int, ...], rests_on: str = "") -> None:
    asked = (None if phase == EVERY else phase, at, without, MANY)
    km = dict(cached.worked_out(view.publication_id, nearby.nearest_of, *asked))
    if not km:
        words.finding(near_words.nobody(place))
        return
    known = {row.urn: row for row in cached.rows(view.publication_id, School, urn=frozenset(km))}
    names = sc.names.with_others(km)
    first = next(iter(km))
    words.finding(near_words.finding(place, names.label(first), km[first]))
    if rests_on:
        words.paragraph(rests_on, quiet=True)
    links = {urn: session.link("my_school", school=urn, phase=None, near=None) for urn in km}
    frame = near_words.table([known[urn] for urn in km], km, names, links)
    html_table(frame, f"The {words.count(len(km), 'school')} nearest to {place}, in a straight line")
    glossary.meaning("straight_line", "What does in a straight line mean?")
    csv_button(frame.astype(str), f"Schools near {place}", key="near")


def unplaced() -> None:
    """No place, no distances: the schools of the same town by name, and what would give more."""
    town = None if sc.hide_names else sc.school.town
    same = nearby.of_town(schools if phase == EVERY else schools[schools["phase"] == phase], sc.urn, town)[:MANY]
    words.finding(near_words.NO_PLACE)
    words.paragraph(near_words.without_place(town, len(same)))
    if same:
        known = {row.urn: row for row in cached.rows(view.publication_id, School, urn=frozenset(same))}
        links = {urn: session.link("my_school", school=urn, phase=None, near=None) for urn in same}
        frame = near_words.table([known[urn] for urn in same], {}, sc.names.with_others(same), links)
        html_table(frame, f"{words.count(len(same), 'school')} in {town}, by name")
    session.go("data_add", "Add files")


sc = session.chosen_school(view, year=False)
schools = cached.table(view.publication_id, "school")
left, right = st.columns(2)
postcode = "" if sc.hide_names else asked_postcode()
phase = chosen_phase()
spot = nearby.spot(schools, postcode) if postcode else None
if postcode and spot is None:
    words.note(
        "No school is at that postcode or near it, or it is not a whole postcode. The school's own place is used."
    )
if spot is not None:
    draw(near_words.spot_place(spot), (spot.easting, spot.northing), (), near_words.spot_sentence(spot))
elif sc.school.easting is None or sc.school.northing is None:
    unplaced()
else:
    draw(sc.names.label(sc.urn), (sc.school.easting, sc.school.northing), (sc.urn,))
words.caveat(*near_words.CAVEAT)
words.source_line(near_words.REGISTER, created=view.created, sample=view.sample)
session.go("similar_schools", "Next: schools like yours, near and far", near=None, near_phase=None)
