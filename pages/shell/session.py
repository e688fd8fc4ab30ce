"""Who looks, at which store, and what is chosen. Every view begins with `view = session.guard(KEY)`.

The guard turns away whoever may not come in, or may not open this page, before anything is read; it refuses pages that
the registry does not know and sends to the first screen where there are no figures. With sign-in it serves our own store
only, never the sample's.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NoReturn

import pandas as pd
import streamlit as st
from streamlit.errors import StreamlitAPIException

from data.access import permissions
from data.access.scope import Scope, nobody
from data.catalogue import AlongsideError, PermissionDenied
from data.store import publish
from data.store.engine import StorePlace, default_place, engine, holds_files, place
from data.store.nature import stored_nature
from pages.components import downloads, style, words
from pages.shell import address, cached, pinning, watching
from pages.shell.address import link
from pages.shell.choice import Choice, SchoolChoice, chosen_for, chosen_school_for
from pages.shell.door import entrance, identity, witness
from pages.shell.registry import BY_KEY, DEFAULT

__all__ = [
    "Choice",
    "SchoolChoice",
    "Scope",
    "View",
    "arrive",
    "chosen",
    "chosen_school",
    "edge",
    "go",
    "guard",
    "link",
    "may",
    "open_new",
    "store_in_use",
    "switch",
]  # fmt: skip
log = logging.getLogger("alongside.pages")
WATCHED_ON = ("my_school",)  # pages with the button that watches their school
ARRIVED = "who_arrived"  # from app.py to the guard, within one run
PRESENT = "who_is_present"  # of the last run that got past the guard: for what is drawn on the page
OPENED = "page_that_is_open"  # its key and what it looks at: for what stands at the foot of every page


@dataclass(frozen=True, slots=True)
class View:
    """What a page looks at: a store and its figures. `publication_id` is "" where there are no figures yet.

    `created`: when the figures were made. `as_at`: the newest date among the snapshots behind them, None if unknown.
    `older`: they are not the newest, but those that the link asks for.
    """

    scope: Scope
    place: StorePlace
    publication_id: str
    created: datetime | None
    as_at: date | None
    sample: bool
    older: bool = False

    @property
    def has_figures(self) -> bool:
        return bool(self.publication_id)


def arrive() -> Scope | None:
    """Find out who is there, once in a run: `app.py` asks for its menu, then the guard of the page. None: turned away."""
    try:
        found: Scope | AlongsideError = identity.present()
    except AlongsideError as error:
        found = error
    st.session_state[ARRIVED] = found
    st.session_state.pop(OPENED, None)
    return found if isinstance(found, Scope) else None


def _there() -> Scope:
    """Who is there in this run. Stops here, with the sign-in page or a reason, where nobody is who may come in."""
    if ARRIVED not in st.session_state:  # a view asked for without app.py
        arrive()
    found = st.session_state.pop(ARRIVED)
    if not isinstance(found, Scope):
        entrance.turn_away(found)
    st.session_state[PRESENT] = found
    return found


def may(key: str) -> bool:
    """Whether whoever is there may open the page or do the action at all."""
    return permissions.may(st.session_state.get(PRESENT, nobody()), key)


def guard(key: str) -> View:
    """Open a page: see who is there and whether it is theirs, find the store and its figures; stop where it cannot be shown.

    Raises PermissionDenied for a page that is not in the registry.
    """
    if key not in BY_KEY:
        raise PermissionDenied("this page does not exist", remedy="Choose a page from the menu.")
    style.draw()
    scope = _there()
    if not permissions.may(scope, key):
        entrance.not_theirs(key, scope)
    if not scope.owner:
        entrance.watch(scope)
    try:
        view = _view(store_in_use(scope), scope, key)
    except AlongsideError as error:
        words.problem(str(error))
        st.stop()
    st.session_state[downloads.WITNESS] = witness.of(scope, view.place, key)
    if BY_KEY[key].needs_figures and not view.has_figures:
        _send_to_start(BY_KEY[key].title, view.place.kind)
    if view.has_figures:
        address.keep("data", view.place.kind)
    st.session_state[OPENED] = (key, view)
    st.session_state[words.TO_CORRECT] = (lambda: link("data_corrections")) if key != "data_corrections" else None
    if not BY_KEY[key].needs_figures and key != DEFAULT:
        address.write(
            "data", "who", pinning.PARAM
        )  # pages that choose a partnership or a school write all of it at once
    return view


def store_in_use(scope: Scope) -> StorePlace:
    """The store that the address or this session asks for, else our own where it holds files, else the sample.

    With sign-in always our own: the sample is for looking round on one's own computer.
    """
    asked = address.given("data")
    if not scope.owner:
        if asked not in (None, "own"):
            words.note("The link asks for other data than those of your schools. These are the data of your schools.")
        return place("own")
    if asked is not None and asked not in ("own", "sample"):
        words.note("The link asks for data that Alongside does not keep. This is what it keeps.")
    kind = asked if asked in ("own", "sample") else address.remembered("data")
    return place("own") if kind == "own" else place("sample") if kind == "sample" else default_place()


def _view(where: StorePlace, scope: Scope, key: str) -> View:
    info, told, wanted = pinning.chosen(publish.listing(engine(where)) if holds_files(where) else ())
    # The sample's files may be asked into our own store too; what is fictional is said wherever it lies.
    sample = where.kind == "sample" or (info is not None and stored_nature(engine(where)) == "sample")
    if info is None:
        return View(scope, where, "", None, None, sample)
    as_at = cached.worked_out(info.publication_id, _as_at)
    if pinning.say(told, info, wanted):
        go(key, "See the newest figures", figures=pinning.NEWEST)
    created = datetime.fromisoformat(str(info.created))
    return View(scope, where, info.publication_id, created, as_at, sample, older=told == "earlier")


def _as_at(read: cached.Reader) -> date | None:
    newest = pd.to_datetime(read("source")["as_at"]).max()
    return None if pd.isna(newest) else newest.date()


def _send_to_start(title: str, kind: str) -> None:
    """To the first screen, of the same store: whoever asked for their own schools is not made to wait for the sample."""
    try:
        st.switch_page(str(BY_KEY[DEFAULT].script), query_params={"data": kind})
    except StreamlitAPIException:  # asked for without app.py: there is no menu to switch in
        words.finding(title)
        words.paragraph(
            "There are no figures yet. Start Alongside and it will make the sample region, or add your files."
        )
        words.links({"Start": link(DEFAULT)}, lead="")
        st.stop()


@contextmanager
def edge() -> Iterator[None]:
    """The page edge, around every page: known errors become their sentence, bugs are logged and said in plain words."""
    try:
        yield
    except AlongsideError as error:
        words.problem(str(error))
    except Exception:
        log.exception("a page could not be drawn")
        words.problem(
            "Something went wrong in Alongside itself; your data are as they were. Open the page again. If it happens "
            "again, the log of the program says what happened, for whoever looks after it."
        )


def chosen(view: View, *, phase: bool = True, year: bool = True) -> Choice:
    """Draw the pickers (partnership, phase, year, hide names) in one row; what is chosen stays in the address."""
    return chosen_for(view.publication_id, view.place, view.scope, sample=view.sample, phase=phase, year=year)


def chosen_school(view: View, *, year: bool = True) -> SchoolChoice:
    """Draw the pickers for one school (school, phase where it has two, year, hide names), and the field to find another."""
    choice = chosen_school_for(view.publication_id, view.place, view.scope, sample=view.sample, year=year)
    if st.session_state.get(OPENED, ("",))[0] in WATCHED_ON:
        watching.draw(view, choice.urn)
    return choice


def go(key: str, label: str, **params: Any) -> None:
    """A link to another view that keeps the present choice; nothing where the person may not open it. None drops a parameter."""
    if not may(key):
        return
    params_now = address.merged(params)
    try:
        st.page_link(address.page_of(key), label=words.md(label), query_params=params_now)
    except StreamlitAPIException:  # a view asked for without app.py
        words.links({label: link(key, **params)}, lead="")


def switch(key: str, **params: Any) -> NoReturn:
    """Go to another view now, within this session, keeping the choice. Not in callbacks; nothing after it runs."""
    st.switch_page(str(BY_KEY[key].script), query_params=address.merged(params))


def open_new(key: str, **params: Any) -> NoReturn:
    """Go to another view now with these choices only: what was chosen before is let go of."""
    address.forget(*address.KEEP)
    st.switch_page(str(BY_KEY[key].script), query_params={name: str(value) for name, value in params.items()})
