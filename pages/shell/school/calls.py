"""Who is worth a call: two or three schools in like circumstances, why, how far, and how to reach them. Never a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from analytics.results import School
from analytics.similar import calling, nearby
from analytics.similar.presets.listing import Own
from pages.components import cards, contact, measure_words, school_findings, similar_words, words
from pages.components.figures import kilometres
from pages.components.names import Names
from pages.components.palette import palette
from pages.shell import cached, session
from pages.shell.school.reading import SchoolPage, strengths_of

EARTH_KM = 5000.0


@dataclass(frozen=True, slots=True)
class Call:
    """One school to phone. `does_well`: in words, "" for nothing published; `answers`: whether that is hard here."""

    school: School
    label: str
    km: float | None
    does_well: str
    answers: bool
    why: str

    @property
    def reason(self) -> str:
        if not self.does_well:
            return "No clear strength in published results: ask what works there."
        return f"Does well what is hard here: {self.does_well}." if self.answers else f"Does well: {self.does_well}."


def found(page: SchoolPage) -> tuple[Call, ...]:
    """The few to begin with: who does well what is hard here, else who does anything well, then the nearest."""
    well = {urn: [row.area for row in rows] for urn, rows in strengths_of(page.view, page.sc, page.others).items()}
    table = cached.table(page.view.publication_id, "school")
    km = nearby.within(table[table["urn"].isin([page.sc.urn, *page.others])], (page.sc.urn,), EARTH_KM)
    hard = page.hard()
    chosen = calling.in_order(page.others, well, km, hard)[: calling.CALLS]
    schools = {row.urn: row for row in cached.rows(page.view.publication_id, School, urn=chosen)}
    names = page.sc.names.with_others(chosen)
    return tuple(_call(page, schools[urn], names, km.get(urn), (well.get(urn, ()), hard)) for urn in chosen)


def _call(
    page: SchoolPage, school: School, names: Names, km: float | None, areas: tuple[Sequence[str], frozenset[str]]
) -> Call:
    well, hard = areas
    answers = [area for area in well if area in hard]
    told = words.listing(measure_words.area_words(area) for area in dict.fromkeys(answers or well))
    return Call(school, names.label(school.urn), km, told, bool(answers), _why(page, school.urn))


def _why(page: SchoolPage, urn: int) -> str:
    if urn not in page.similar:
        return "A school of your kind."
    pairs = cached.similar(page.view.publication_id, page.sc.urn, "alongside", Own()).pairs
    return similar_words.alike_sentence(calling.closest_first(pairs[pairs["comparator_urn"] == urn]))


def draw(page: SchoolPage, calls: Sequence[Call]) -> None:
    words.heading("Who is worth a call")
    if not calls:
        words.paragraph("No school in like circumstances is in these figures. The schools nearby may know more.")
    for place, one in zip(st.columns(calling.CALLS, gap="medium"), calls, strict=False):
        with place, st.container(border=True, height="stretch"):
            _card(one, hidden=page.sc.hide_names)
    with st.container(horizontal=True):
        session.go("similar_schools", "Next: schools like yours, and whom to phone", school=page.sc.urn)
        session.go("near_schools", "Schools nearby", school=page.sc.urn)


def _card(one: Call, *, hidden: bool) -> None:
    town = one.school.town if not hidden else None
    pupils = school_findings.pupils_words(one.school.pupils) if one.school.pupils else None
    where = ", ".join(part for part in (kilometres(one.km), town, pupils) if part)
    parts = (cards.Part(one.label, "name"), cards.Part(f" · {where}", "quiet"))
    cards.card("●" if one.does_well else "", parts, (one.reason, one.why), colour=palette().ours)
    if not hidden:
        contact.draw(one.school)


def on_paper(calls: Sequence[Call], *, hidden: bool) -> tuple[str, ...]:
    """The same as lines: "Withenby Primary, 6 km, 01632 960001: does well mathematics"."""
    return tuple(_line(one, hidden=hidden) for one in calls)


def _line(one: Call, *, hidden: bool) -> str:
    reach: Mapping[str, str | None] = {} if hidden else {
        "phone": contact.spaced(one.school.phone or ""), "website": (contact.web_address(one.school.website) or "").removeprefix("https://").removeprefix("www."),
    }  # fmt: skip
    kept = (found.replace(" ", "\u00a0") for found in reach.values() if found)  # a telephone number is not broken
    parts = [one.label, kilometres(one.km), *kept]
    return f"{', '.join(parts)}. {one.reason}"
