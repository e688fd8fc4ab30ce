"""The pickers: which partnership, phase, year or school. Draws them in one row; reads published tables; computes nothing.

The address may ask for anything: what is not there is dropped with a sentence and the usual choice stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from analytics.results import Partnership, School
from data.access import private
from data.access.permissions import rule_of
from data.access.scope import Row, Scope
from data.catalogue import NotEnoughData
from data.catalogue.vocabulary import KINDS, PHASES
from data.store.engine import StorePlace, engine
from pages.components import words
from pages.components.names import Names
from pages.shell import address, cached, finding, sample_region
from pages.shell.shelf import Shelf

LOST = "The link asks for a partnership that is not in these figures. Another one is shown."
NOT_YOURS = "The link asks for a partnership that is not yours or not in these figures. Yours is shown."
Found = dict[str, tuple[Partnership, frozenset[int]]]  # uid -> partnership, members


def group_called(group: Partnership, names: Names) -> str:
    """A partnership's name for words and names of files; an authority is called after its area, never after a school."""
    return group.name if group.kind == "la" else names.group(group.name, KINDS.get(group.kind, "schools"))


@dataclass(frozen=True, slots=True)
class Choice:
    """A partnership in one phase and year. `members` are all its open schools, whatever their phase.

    `time_period` is 0 where no year was looked at. `kind_words`: "trust", "federation", "authority", "schools".
    """

    partnership: Partnership
    members: frozenset[int]
    phase: str
    time_period: int
    hide_names: bool
    names: Names

    @property
    def kind_words(self) -> str:
        return KINDS.get(self.partnership.kind, "schools")

    @property
    def called(self) -> str:
        """The partnership's name for words and names of files: withheld while names are hidden, where it would name a school."""
        return group_called(self.partnership, self.names)


@dataclass(frozen=True, slots=True)
class SchoolChoice:
    """One school in one of its phases and years, inside the partnership that was chosen before, if any."""

    school: School
    urn: int
    phase: str
    time_period: int
    hide_names: bool
    names: Names
    partnership: Partnership | None
    members: frozenset[int]
    inside: bool  # whether the person's roles reach what is derived of this school


def partnerships(publication_id: str, where: StorePlace, scope: Scope) -> Found:
    """uid -> (partnership, members). The user's own first, then by name; those of two schools or more.

    Of the published ones those over which the person holds a role, or of which their school is a member.
    """
    return _listed(publication_id, where, scope).found


@dataclass(frozen=True, slots=True)
class _Listed:
    """Partnerships, and each as it stands in the list of them. A nation has a thousand, and every click shows the list."""

    found: Found
    called: Mapping[str, str]

    @staticmethod
    def of(found: Found) -> _Listed:
        return _Listed(found, {uid: _called(group.name, len(urns)) for uid, (group, urns) in found.items()})


def _listed(publication_id: str, where: StorePlace, scope: Scope) -> _Listed:
    groups, memberships = private.own_partnerships(scope, engine(where))
    theirs: dict[str, list[int]] = {}
    for uid, urn in zip(memberships["uid"].tolist(), memberships["urn"].tolist(), strict=True):
        theirs.setdefault(uid, []).append(urn)
    names = zip(groups["uid"].tolist(), groups["name"].tolist(), strict=True)
    own = tuple((str(uid), str(name), frozenset(theirs.get(uid, ()))) for uid, name in names)
    if scope.owner:
        return _lists().kept(
            (publication_id, own), lambda: _Listed.of(_own(publication_id, own) | published(publication_id))
        )
    every = published(publication_id).items()
    reached = {uid: pair for uid, pair in every if uid in scope.uids or scope.schools & pair[1]}
    return _Listed.of(_own(publication_id, own) | reached)


def _own(publication_id: str, lists: tuple[tuple[str, str, frozenset[int]], ...]) -> Found:
    known, found = cached.school_names(publication_id), {}
    for uid, name, listed in lists:
        if urns := listed & known.keys():
            found[uid] = (Partnership(uid, name, "own", len(urns)), frozenset(urns))
    return found


@st.cache_resource(show_spinner=False)
def _lists() -> Shelf:
    return Shelf(8)


@st.cache_resource(show_spinner=False, max_entries=4)
def published(publication_id: str) -> Found:
    """uid -> (partnership, members), by name. An authority's are the schools it looks after: no independent ones in its area."""
    members, schools = cached.table(publication_id, "member"), cached.table(publication_id, "school")
    known = cached.school_names(publication_id)
    groups = sorted(cached.rows(publication_id, Partnership), key=lambda group: (group.name, group.uid))
    areas = [group.uid for group in groups if group.kind == "la"]
    independent = members["urn"].isin(schools.loc[schools["sector"] == "independent", "urn"])
    members = members[~(members["uid"].astype(str).isin(areas) & independent)]
    by_uid = {
        str(uid): frozenset(int(urn) for urn in urns) & known.keys() for uid, urns in members.groupby("uid")["urn"]
    }
    return {
        group.uid: (group, frozenset(by_uid[group.uid])) for group in groups if len(by_uid.get(group.uid, ())) >= 2
    }  # fmt: skip


def published_in(publication_id: str, phase_schools: frozenset[int]) -> tuple[tuple[str, str, frozenset[int]], ...]:
    """Of each published partnership its uid, its kind and those of its schools that are among these."""
    every = published(publication_id).items()
    return _lists().kept(
        (publication_id, phase_schools),
        lambda: tuple((uid, one.kind, members & phase_schools) for uid, (one, members) in every),
    )


def published_names(publication_id: str) -> Mapping[str, str]:
    """Each published partnership by its name, and how many schools it has."""
    every = published(publication_id).items()
    return _lists().kept(publication_id, lambda: {uid: f"{one.name} ({len(members)})" for uid, (one, members) in every})


def phases_of(publication_id: str, members: frozenset[int]) -> tuple[str, ...]:
    """The phases in which members are compared, most schools first; where none is, the phases that they have.

    Sixth forms are a choice only where enough of them are published to be compared.
    """
    schools = cached.rows(publication_id, School, urn=members)
    silent = () if cached.looked_at(publication_id, "sixteen_plus") else ("sixteen_plus",)
    compared = [stage for school in schools for stage in school.stages.split("|") if stage and stage not in silent]
    counts = Counter(compared or [school.phase for school in schools if school.phase])
    order = {phase: place for place, phase in enumerate(PHASES)}
    return tuple(sorted(counts, key=lambda phase: (-counts[phase], order.get(phase, 99)))) or ("primary",)


def chosen_for(
    publication_id: str, where: StorePlace, scope: Scope, *, sample: bool, phase: bool, year: bool
) -> Choice:  # fmt: skip
    listed = _listed(publication_id, where, scope)
    found, every = listed.found, listed.called
    if not scope.owner:  # a head's partnerships are chosen beside their school only
        found = {uid: pair for uid, pair in found.items() if uid in scope.uids}
    if not found and not scope.owner:
        raise NotEnoughData(
            "your role reaches no partnership of two or more schools in these figures",
            remedy="Ask whoever looks after Alongside for you which partnership your role is for.",
        )
    if not found:
        raise NotEnoughData(
            "no partnership of two or more schools is in these figures",
            remedy="Add the register of schools and its groups, or say which schools are yours.",
        )
    lost = LOST if scope.owner else NOT_YOURS
    uid = address.settle("partnership", found, None, str, lost) or usual(found, sample=sample)
    group, members = found[uid]
    row = st.columns([3, *([1.3] if phase else []), *([1.3] if year else []), 1.9], vertical_alignment="bottom")
    names = Names.of(address.wanted("hide") == "1", cached.school_names(publication_id), members)
    called = {**every, uid: _called(group_called(group, names), len(members))}
    address.picker(row[0], "partnership", "Partnership", tuple(found), uid, called.__getitem__)
    stage = _phase(row[1] if phase else None, phases_of(publication_id, members))
    period = _year(row[-2] if year else None, publication_id, stage)
    hide = _hide(row[-1])
    names = Names.of(hide, cached.school_names(publication_id), members)
    address.write(*(param for param in address.KEEP if param != "school"))
    return Choice(group, members, stage, period, hide, names)


def chosen_school_for(
    publication_id: str, where: StorePlace, scope: Scope, *, sample: bool, year: bool
) -> SchoolChoice:  # fmt: skip
    found = partnerships(publication_id, where, scope)
    names = cached.school_names(publication_id)
    asked = address.wanted("partnership")
    uid = asked if asked in found else usual(found, sample=sample) if found else None
    group, members = found[uid] if uid else (None, frozenset[int]())
    own = scope.schools & names.keys()  # a head looks at their own school, unless a link says another one
    opens_at = (sample_region.school(names) if sample and not own else None) or min(
        own or members or names, key=lambda urn: (names[urn], urn)
    )
    urn = address.settle(
        "school", names.keys(), opens_at, address.number,
        "The link asks for a school that is not in these figures. Another one is shown.",
    )  # fmt: skip
    (school,) = cached.rows(publication_id, School, urn=urn)
    stages = tuple(stage for stage in school.stages.split("|") if stage) or (school.phase or "primary",)
    two = len(stages) > 1
    hide = address.wanted("hide") == "1"
    widths = [2.6, *([] if hide else [2.2]), *([1.2] if two else []), *([1.2] if year else []), 1.7]
    row = st.columns(widths, vertical_alignment="bottom")
    hide = _hide(row[-1])
    shown = Names.of(hide, names, members | {urn})
    options = tuple(sorted(members | {urn}, key=lambda one: (shown.label(one), one)))
    address.picker(row[0], "school", "School", options, urn, shown.label)
    stage = _phase(row[-3 if year else -2] if two else None, stages)
    period = _year(row[-2] if year else None, publication_id, stage)
    if not hide:
        _find_school(publication_id, row[1])
    if uid:
        address.keep("partnership", uid)
    address.write(*address.KEEP)
    inside = (not members or urn in members) if scope.owner else scope.reaches(rule_of("read_statements"), Row(urn=urn))
    return SchoolChoice(school, urn, stage, period, hide, shown, group, members, inside)


def _called(name: str, schools: int) -> str:
    """A partnership as it stands in the list."""
    return f"{name} ({words.count(schools, 'school')})"


def usual(found: Found, *, sample: bool) -> str:
    """The user's own, else the sample's main trust, else the largest trust, else the largest of any kind. The mission that
    comes with the sample is nobody's own.
    """
    for uid, (group, _) in found.items():
        if group.kind == "own" and not (sample and uid == sample_region.MISSION):
            return uid
    first = sample_region.trust(found) if sample else None
    if first:
        return first
    trusts = {uid: pair for uid, pair in found.items() if pair[0].kind != "la"} or found
    return min(trusts, key=lambda uid: (-len(trusts[uid][1]), uid))


def _phase(place: Any, options: tuple[str, ...]) -> str:
    lost = "The link asks for a phase that these schools are not compared in. Another one is shown."
    value = address.settle("phase", options, options[0], str, lost)
    if place is None:
        return value
    return address.picker(place, "phase", "Phase", options, value, lambda key: PHASES.get(key, key))


def _year(place: Any, publication_id: str, phase: str) -> int:
    options = cached.years(publication_id, phase) or cached.years(publication_id)
    if not options:
        return 0
    lost = "The link asks for a year that is not in these figures. The newest one is shown."
    value = address.settle("year", options, options[0], address.number, lost)
    return value if place is None else address.picker(place, "year", "Year", options, value, words.year)


def _hide(place: Any) -> bool:
    def switched() -> None:
        address.pick("hide", "1" if st.session_state["pick_hide"] else "0")

    value = address.wanted("hide") == "1"
    st.session_state["pick_hide"] = value
    place.toggle("Hide school names", key="pick_hide", on_change=switched)
    if value:
        address.keep("hide", "1")
    return value


def _find_school(publication_id: str, place: Any) -> None:
    typed = finding.field(place, "Find another school", key="find_school")
    finding.draw(typed, finding.of_figures(publication_id), key="find", take=_take)


def _take(urn: int) -> None:
    address.pick("school", str(urn))
    st.session_state["find_school"] = ""
