"""The form that sets a programme down: what for, in which schools, looked at by what, and who starts first.

No form of Streamlit's own: what can be chosen next depends on what was chosen before. What was typed stays until it is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from analytics import years
from analytics.programmes.designs import measures
from analytics.results import School, rows
from data.catalogue import AREAS, MEASURES
from data.intake import find_schools
from data.register.declared import REGISTERS
from data.register.values import Value
from data.store.engine import engine
from pages.components import words
from pages.components.measure_words import area_label
from pages.shell import cached
from pages.shell.choice import Choice
from pages.shell.programmes import setting_down
from pages.shell.programmes.reading import KEY
from pages.shell.programmes.setting_down import Draft, Places
from pages.shell.session import View

AHEAD = 4  # school years after the selection year that a programme may start to show in
SORTS = REGISTERS[KEY].fields["sort"].choices
FEWER = (
    "If more schools want it than there are places, let a draw decide who starts first: it is fair, and nothing but chance then "
    "parts the schools that are compared."
)
LOST = "{} {} not in the draw, for figures that a comparison needs are missing:"
MISSION = (
    "A mission crosses authorities or trusts. Choose above the partnership that holds all its schools; where there is none yet, "
    "save a list of them as a partnership first."
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Which of these schools have published figures in which measure and years. `chosen_on`: years in which what was to be
    expected is published too, so that schools can be chosen on them."""

    years: Mapping[str, tuple[int, ...]]
    chosen_on: Mapping[str, tuple[int, ...]]
    schools: Mapping[str, frozenset[int]]

    @property
    def areas(self) -> tuple[str, ...]:
        return tuple(area for area in AREAS if self.measures(area))

    def measures(self, area: str) -> tuple[str, ...]:
        return tuple(one.key for one in measures(area) if one.key in self.chosen_on)


def figures(view: View, urns: Collection[int]) -> Figures:
    """Of the schools, out of the table of published values: those that a measure compares, in their phase."""
    return cached.worked_out(view.publication_id, _figures, frozenset(urns))


def _figures(read: cached.Reader, urns: frozenset[int]) -> Figures:
    value, schools = read("value"), read("school")
    mine = value[value["urn"].isin(urns) & value["value"].notna()]
    stages = {
        one.urn: one.stages.split("|") for one in rows(School, schools[schools["urn"].isin(urns)]) if one.stages
    }  # fmt: skip
    years_of: dict[str, tuple[int, ...]] = {}
    chosen_on: dict[str, tuple[int, ...]] = {}
    schools_of: dict[str, frozenset[int]] = {}
    for key, found in mine.groupby("measure", observed=True):
        phase = MEASURES[str(key)].phase if key in MEASURES else ""
        able = {urn for urn, of in stages.items() if phase == "any" or phase in of}
        found = found[found["urn"].isin(able)]
        if len(found):
            years_of[str(key)] = _newest_first(found["time_period"])
            schools_of[str(key)] = frozenset(int(one) for one in found["urn"].unique())
            if foreseen := _newest_first(found.loc[found["expected"].notna(), "time_period"]):
                chosen_on[str(key)] = foreseen
    return Figures(years_of, chosen_on, schools_of)


def _newest_first(periods: pd.Series) -> tuple[int, ...]:
    return tuple(sorted((int(one) for one in periods.unique()), reverse=True))


def ask(view: View, choice: Choice) -> Draft | None:
    """Everything that is set down; None until what the comparison needs is there."""
    known = figures(view, choice.members)
    if not known.areas:
        words.paragraph("None of these schools has published figures that a programme could be looked at by.")
        return None
    words.heading("1. What it is for")
    said = _aim()
    words.heading("2. What should change")
    said |= _measure(known)
    words.heading("3. Which schools")
    said["rule"] = st.text_area("How the schools were chosen: the rule, as it was", key="new_rule", height=100) or None
    schools = _schools(view, choice, str(said["measure"]), known)
    return _with_places(view, choice, Draft(said, schools)) if schools else None


def unfilled(draft: Draft) -> tuple[str, ...]:
    """Labels of what is still needed before it can be kept."""
    fields = REGISTERS[KEY].fields.values()
    return tuple(one.label for one in fields if one.required and not draft.said.get(one.key))


def _aim() -> dict[str, Value]:
    left, right = st.columns([3, 2])
    name = left.text_input("Name", key="new_name")
    sort = right.radio("Sort", list(SORTS), format_func=SORTS.__getitem__, horizontal=True, key="new_sort")
    if sort == "mission":
        words.paragraph(MISSION, quiet=True)
    aim = st.text_area("Aim: what should be different afterwards", key="new_aim", height=100)
    return {"name": name or None, "sort": sort, "aim": aim or None}


def _measure(known: Figures) -> dict[str, Value]:
    """Area, measure, the year that schools are chosen on and the first that could show support."""
    left, right = st.columns(2)
    area = left.selectbox("Area", known.areas, format_func=area_label, key="new_area")
    keys = known.measures(str(area))
    measure = str(right.selectbox("Measure that is looked at", keys, format_func=_label, key="new_measure"))
    chosen_on = left.selectbox(
        "Year that schools are chosen on", known.chosen_on[measure], format_func=words.year, key="new_selection"
    )
    selection = int(chosen_on or 0)
    first = right.selectbox("First year with support", _after(selection), format_func=words.year, key="new_first")
    if first in known.years[measure]:
        words.note(
            f"Results of {words.year(first)} are published already, so this looks back. Say how schools were chosen as it was then."
        )
    return {"area": area, "measure": measure, "selection_year": selection, "first_year": first}


def _after(selection: int) -> tuple[int, ...]:
    found = [selection]
    for _ in range(AHEAD):
        found.append(years.following(found[-1]))
    return tuple(found[1:])


def _label(key: str) -> str:
    return MEASURES[key].label


def _schools(view: View, choice: Choice, measure: str, known: Figures) -> frozenset[int]:
    """Picked from ours with figures, or pasted: names or URNs, one a line."""
    able = known.schools[measure]
    options = sorted(able, key=lambda urn: (choice.names.label(urn), urn))
    picked = st.multiselect(
        "Schools that would take part",
        options,
        format_func=choice.names.label,
        key="new_schools",
        placeholder="Choose schools",
    )
    with st.expander("Or paste a list"):
        text = st.text_area("Names or URNs, one a line", key="new_lines", height=140)
    pasted = _pasted(view, text, measure, able) if text.strip() else frozenset[int]()
    found = frozenset(picked) | pasted
    if found:
        words.paragraph(f"{words.count(len(found), 'school')} chosen.", quiet=True)
    return found


def _pasted(view: View, text: str, measure: str, able: frozenset[int]) -> frozenset[int]:
    """The schools that the lines mean; lines that mean none, or one that cannot take part, are named.

    Whoever may enter everything may take schools of others in, as a mission does.
    """
    lines = find_schools(engine(view.place), text)
    clear = lines[lines["found"] == "one"]
    urns = frozenset(int(urn) for urn in clear["urn"])
    if view.scope.owner:
        able |= figures(view, urns).schools.get(measure, frozenset())
    meant = set(clear.loc[clear["urn"].isin(able), "text"])
    if lost := [str(one) for one in lines["text"].unique() if one not in meant]:
        whose = "no school" if view.scope.owner else "no school of ours"
        words.problem(f"Not taken, for they are {whose} with figures in this measure: {words.listing(lost)}.")
    return urns & able


def _with_places(view: View, choice: Choice, draft: Draft) -> Draft:
    """Those that can be compared at all stand in a draw; the others are named."""
    able = setting_down.entrants(view, draft).able
    places = _places(able)
    if places is None:
        return draft
    if lost := draft.schools - able:
        names = choice.names.with_others(lost)
        told = words.listing(sorted(names.label(urn) for urn in lost))
        words.note(f"{LOST.format(words.count(len(lost), 'school'), 'is' if len(lost) == 1 else 'are')} {told}.")
    return replace(draft, schools=able, places=places)


def _places(schools: Collection[int]) -> Places | None:
    """Whether places are short, and then how many can start first."""
    words.paragraph(FEWER, quiet=True)
    if len(schools) < 2 or not st.checkbox(
        "There are fewer places than schools: draw who starts first", key="new_short"
    ):
        return None
    left, right = st.columns(2)
    first = left.number_input(
        "How many can start first",
        min_value=1,
        max_value=len(schools) - 1,
        value=max(1, len(schools) // 2),
        key="new_places",
    )
    later = right.radio(
        "The others", ("later", "compared"), key="new_others",
        format_func={"later": "start a year later, as many at a time", "compared": "do not start while it is looked at"}.__getitem__,
    )  # fmt: skip
    return Places(int(first), later == "later")
