"""Who is worth a call: two or three schools in like circumstances, why, how far, and how to reach them. Never a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from analytics.results import School
from analytics.similar import calling, nearby
from analytics.similar.nearby import Reader
from analytics.similar.presets import choosing
from analytics.similar.presets.listing import BY_KEY
from pages.components import cards, contact, measure_words, school_findings, similar_words, words
from pages.components.figures import kilometres
from pages.components.palette import palette
from pages.shell import cached, session
from pages.shell.school.reading import SchoolPage, strengths_of


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
    km = cached.worked_out(page.view.publication_id, nearby.away, page.sc.urn, page.others)
    hard = page.hard()
    chosen = calling.in_order(page.others, well, km, hard)[: calling.CALLS]
    schools = {row.urn: row for row in cached.rows(page.view.publication_id, School, urn=chosen)}
    names = page.sc.names.with_others(chosen)
    alike = cached.worked_out(page.view.publication_id, _alike, page.sc.urn, page.similar.intersection(chosen))
    return tuple(
        _call(schools[urn], names.label(urn), km.get(urn), (well.get(urn, ()), hard), alike.get(urn, "A school of your kind."))
        for urn in chosen
    )  # fmt: skip


def _call(school: School, label: str, km: float | None, areas: tuple[Sequence[str], frozenset[str]], why: str) -> Call:
    well, hard = areas
    answers = [area for area in well if area in hard]
    told = words.listing(measure_words.area_words(area) for area in dict.fromkeys(answers or well))
    return Call(school, label, km, told, bool(answers), why)


def _alike(read: Reader, urn: int, others: frozenset[int]) -> Mapping[int, str]:
    """URN -> in what a school of the published set is most alike, in words."""
    near, sets = read("comparator", {urn}), read("comparator_set", {urn})
    pairs = choosing.published(read("school"), urn, near, sets, BY_KEY["alongside"]).pairs
    return similar_words.alike_sentences(pairs, others)


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
