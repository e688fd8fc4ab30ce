"""The list and map of similar schools: whom one could phone, what each does well, why it is similar. Computes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analytics.results import School
from pages.charts.maps import Spot, schools_map
from pages.components import cards, contact, measure_words, near_words, similar_words, words
from pages.components.downloads import csv_button
from pages.components.figures import kilometres
from pages.components.names import Names
from pages.components.palette import palette
from pages.components.picture import picture
from pages.components.tables import html_table

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Around:
    """The similar schools in the order of the page, what each does well, how far away, why similar, and their labels.

    `pairs`: comparator_urn, variable, here, there, share (see `choosing.Chosen`).
    """

    order: Sequence[School]
    strengths: Mapping[int, list[str]]
    km: Mapping[int, float]
    names: Names
    pairs: pd.DataFrame

    def does_well(self, urn: int) -> str:
        return words.listing(measure_words.area_words(area) for area in self.strengths.get(urn, ()))


def draw(name: str, school: School, around: Around, outlines: Sequence[str]) -> None:
    """Cards of the first few, the map, and all of them in a table to download."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        phones = around.names.hide or any(one.phone for one in around.order[:SHOWN])
        words.heading("Whom you could phone" if phones else "Whom you could ask")
        first = around.order[:SHOWN]
        alike = similar_words.alike_sentences(around.pairs, [one.urn for one in first], 3)
        for one in first:
            _card(one, around, alike[one.urn])
    frame = _frame(around)
    with right:
        _map(name, school, around, outlines, frame)
    with st.expander(f"All {len(frame)} as a table, and download"):
        html_table(frame, f"Schools similar to {name}")
        csv_button(frame, f"Schools similar to {name}", key="similar")


def _card(school: School, around: Around, alike: str) -> None:
    does_well, hidden = around.does_well(school.urn), around.names.hide
    town = school.town if not hidden else None
    pupils = words.count(round(school.pupils), "pupil") if school.pupils else None
    where = ", ".join(part for part in (kilometres(around.km.get(school.urn)), town, pupils) if part)
    with st.container(border=True):
        cards.card(
            "●" if does_well else "",
            (cards.Part(around.names.label(school.urn), "name"), cards.Part(f" · {where}", "quiet")),
            (
                f"Does well: {does_well}." if does_well else "No clear strength in published results: ask.",
                alike,
            ),
            colour=palette().ours,
        )
        if not hidden:
            contact.draw(school)


def _map(name: str, own: School, around: Around, outlines: Sequence[str], frame: pd.DataFrame) -> None:
    """`frame`: the schools as a table (`_frame`)."""
    spots = [
        Spot(school.latitude, school.longitude, "strength" if school.urn in around.strengths else "similar")
        for school in sorted(around.order, key=lambda one: one.urn)
        if school.latitude is not None and school.longitude is not None
    ]
    if own.latitude is not None and own.longitude is not None:
        spots.append(Spot(own.latitude, own.longitude, "ours", name))
    words.heading("Where they are")
    if not spots:
        words.paragraph("None of these schools has a place on the map.")
        return
    words.paragraph(
        "Largest dot: your school. Middle, blue: a strength to share. Small, green: similar, no clear strength.",
        quiet=True,
    )
    if not outlines:
        words.paragraph(near_words.NO_OUTLINES, quiet=True)
    alt = f"Map of {words.count(len(spots), 'school')}. The list beside it says the same in words."
    picture(
        schools_map(spots, list(outlines), palette()), alt, frame[["School", "Distance", "Does well"]], key="map",
        caption="Where they are",
    )  # fmt: skip


def _frame(around: Around) -> pd.DataFrame:
    shown = not around.names.hide
    rows = [
        (
            around.names.label(school.urn), kilometres(around.km.get(school.urn)),
            around.does_well(school.urn) or "ask",
            "not known" if school.pupils is None else f"{school.pupils:,.0f}",
            contact.spaced(school.phone or "") if shown else "",
            contact.web_address(school.website) or "" if shown else "",
        )
        for school in around.order
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["School", "Distance", "Does well", "Pupils", "Phone", "Website"])
