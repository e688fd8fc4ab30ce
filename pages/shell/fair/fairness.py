"""When a school may be named beside what is derived of it: what is said of it now, whether it was shown just that and for
how long, and what it has agreed to. Also writes what was shown, and who opened a school's private pages.

Reads showings and states for the program, whoever asks, and gives out only what follows for the person who asks: a set of
schools, a day, a state of a need that may be named. Draws nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

import streamlit as st

from analytics.findings.said import marks
from data.access import audit, fair
from data.access.fair import Showing
from data.access.heads import led_schools
from data.access.permissions import rule_of
from data.access.scope import Row, everything
from data.access.settings import settings
from data.register import rows
from data.register.rows import EditConflict, Entry
from data.register.shown import showings
from data.store import dialect
from data.store.engine import engine
from pages.components.state_words import NOT_DISCUSSED, State
from pages.shell import cached
from pages.shell.choice import Choice, SchoolChoice
from pages.shell.session import View
from pages.shell.shelf import Shelf

Place = tuple[int, str]  # a school and an area


def now() -> datetime:
    """The time, in one place, so that tests can move it."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Fairness:
    """What one person may be told. `named`: schools of which everything is told; `agreed`: (school, area) of other schools
    that agreed to be named there; `shown`: when a school was first shown what is said of it now; `states`: what schools said
    of needs that may be named. `held`: the schools asked about of which only what anybody may see is told.
    """

    named: frozenset[int]
    agreed: frozenset[Place]
    shown: Mapping[int, date]
    states: Mapping[Place, State]
    held: frozenset[int]

    def tells(self, urn: int, area: str) -> bool:
        """Whether what is derived of the school in the area may be told."""
        return urn in self.named or (urn, area) in self.agreed

    def state(self, urn: int, area: str) -> State:
        """Where a need stands that may be named: the school's word on it, else when it was shown."""
        if (urn, area) in self.states:
            return self.states[urn, area]
        return State("shown", self.shown[urn]) if urn in self.named and urn in self.shown else NOT_DISCUSSED


def of(view: View, uid: str, urns: Collection[int]) -> Fairness:
    """What the person may be told of these schools, inside the partnership `uid`."""
    says, today = said(view.publication_id, urns), now().date()
    showings = _showings(view, urns)
    days_ahead = settings().days_ahead
    named = fair.named(view.scope, uid, says, showings, today=today, days_ahead=days_ahead)
    shown = fair.shown_on(uid, says, showings)
    told = _told(view, urns)
    ready = {urn for urn, day in shown.items() if (today - day).days >= days_ahead}
    agreed = frozenset(
        (urn, area)
        for (urn, area), state in told.items()
        if state.kind == "agreed" and urn not in named and view.scope.reaches(rule_of("read_agreed"), Row(uid, urn))
        and urn in shown and (urn in ready or (state.day is not None and state.day >= shown[urn]))
    )  # fmt: skip
    states = {place: state for place, state in told.items() if place[0] in named or place in agreed}
    # A governor is told nothing of the days on which schools were shown: those are for the partnership's own work.
    days = shown if view.scope.may(rule_of("show_to_schools")) else {urn: shown[urn] for urn in named & shown.keys()}
    return Fairness(named, agreed, days, states, frozenset(says) - named)


def of_school(view: View, sc: SchoolChoice) -> Fairness:
    """What the person may be told of one school: by any role of theirs over a partnership that it is in, or as its head."""
    uids = [sc.partnership.uid] if sc.partnership is not None and view.scope.owner else []
    uids += sorted(grant.uid for grant in view.scope.grants if grant.uid and sc.urn in grant.members)
    every = [of(view, uid, (sc.urn,)) for uid in uids or [""]]
    first = every[0]
    if not sc.inside:
        return Fairness(frozenset(), frozenset(), {}, {}, frozenset((sc.urn,)))
    return next((one for one in every if sc.urn in one.named), first)


def said(publication_id: str, urns: Collection[int]) -> Mapping[int, str]:
    """A mark of everything derived that is said of each school now (`analytics.findings.said`)."""
    asked = tuple(sorted(urns))
    return _said().kept((publication_id, asked), lambda: marks(partial(cached.any_table, publication_id), asked))


@st.cache_resource(show_spinner=False)
def _said() -> Shelf:
    return Shelf(64)


def _showings(view: View, urns: Collection[int]) -> list[Showing]:
    return showings(engine(view.place), urns)


def _told(view: View, urns: Collection[int]) -> dict[Place, State]:
    """What schools say of their needs: the newest word on each; "not yet discussed" is no word."""
    found: dict[Place, State] = {}
    for one in sorted(
        rows.entries(everything(), engine(view.place), "need_state"), key=lambda row: (row.changed, row.entry_id)
    ):
        state = str(one.values["state"])
        if one.urn is None or one.urn not in urns:
            continue
        place = (one.urn, str(one.values["area"]))
        if state in ("agreed", "differs"):
            when = datetime.fromisoformat(one.changed).date()
            found[place] = State("agreed" if state == "agreed" else "differs", when, str(one.values["words"] or ""))
        else:
            found.pop(place, None)
    return found


def may_show(view: View, choice: Choice) -> frozenset[int]:
    """Members of whom the person may record that they were shown what is said of them; none on earlier figures, which say
    something else by now.
    """
    if view.older:
        return frozenset()
    rule = rule_of("show_to_schools")
    return frozenset(urn for urn in choice.members if view.scope.reaches(rule, Row(choice.partnership.uid, urn)))


def able_to_look(view: View, urns: Collection[int]) -> frozenset[int]:
    """Schools whose head has an account, and so can read what is said of them; all, where the person here shows it."""
    return frozenset(urns) if view.scope.owner else frozenset(urns) & led_schools(engine(view.place))


def show_to_schools(view: View, choice: Choice, urns: Collection[int]) -> tuple[Entry, ...]:
    """Record that these members were shown today what is said of them now; those that were stay as they are, and so do those
    that nobody could show it to. The new rows. Raises PermissionDenied.
    """
    uid, rule = choice.partnership.uid, rule_of("show_to_schools")
    view.scope.demand(rule, Row(uid), what="show these schools what is said of them")
    says = said(view.publication_id, able_to_look(view, may_show(view, choice) & frozenset(urns)))
    new = sorted(says.keys() - fair.shown_on(uid, says, _showings(view, says)).keys())
    return tuple(_record(view, urn, says[urn], how="told", uid=uid) for urn in new)


def take_back_showings(view: View, made: Collection[Entry]) -> int:
    """Withdraw these rows, noted by mistake; what a head looked at stays noted. How many were. Raises PermissionDenied."""
    left = 0
    for one in made:
        try:
            rows.withdraw(view.scope, engine(view.place), one.entry_id, version=one.version, now=now())
        except EditConflict:  # withdrawn in the register already
            left += 1
    return len(made) - left


def remember_looked(view: View, urn: int) -> None:
    """The head of the school looks at what is said of it: kept once for what is said now."""
    if urn not in view.scope.schools:
        return
    what = said(view.publication_id, (urn,))[urn]
    if not any(one.uid is None and one.said == what for one in _showings(view, (urn,))):
        _record(view, urn, what, how="looked", uid=None)


def remember_answered(view: View, urn: int) -> None:
    """Whoever answers for a school at this computer has shown it what is said of it now, whether or not that was kept."""
    if not view.scope.owner:
        remember_looked(view, urn)
        return
    what = said(view.publication_id, (urn,))[urn]
    if not any(one.said == what for one in _showings(view, (urn,))):
        _record(view, urn, what, how="told", uid=None)


def _record(view: View, urn: int, what: str, *, how: str, uid: str | None) -> Entry:
    at = now()
    values = {"said": what, "how": how, "shown_on": at.date()}
    return rows.add(view.scope, engine(view.place), "showing", values, uid=uid, urn=urn, now=at)


def remember_opened(view: View, page: str, *urns: int) -> None:
    """Somebody other than its head read on a page what is derived of a school by name: in the audit, once a day for a session,
    page and school; of many schools in one transaction.

    Not for the person at this computer, who is nobody in particular.
    """
    if view.scope.owner:
        return
    at = now()
    known = st.session_state.setdefault("opened_schools", set())
    new = sorted({urn for urn in urns if urn not in view.scope.schools and (page, urn, at.date()) not in known})
    if not new:
        return
    opened = engine(view.place)
    with dialect.writing(opened) as connection:
        for urn in new:
            uid = next((grant.uid for grant in view.scope.grants if grant.uid and urn in grant.members), None)
            audit.record(opened, view.scope, "opened_school", page, uid=uid, urn=urn, now=at, connection=connection)
    known.update((page, urn, at.date()) for urn in new)
