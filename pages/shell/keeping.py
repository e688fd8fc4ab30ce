"""At the foot of every page: the link to just this view, to copy; a name to keep it under; the words that the page uses.

The link holds everything that is chosen and the figures it was made on. What is saved is for the person alone
(`data.register.mine`). Refuses a view whose choices are too many for a saved one: its link can still be copied.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import streamlit as st

from data.access import permissions
from data.catalogue import AlongsideError
from data.register import mine
from data.register.rows import Entry
from data.store.engine import engine
from pages.components import glossary, words
from pages.shell import address, pinning, session
from pages.shell.door import identity
from pages.shell.registry import BY_KEY, DEFAULT
from pages.shell.session import OPENED, View

KEY = "saved_view"
NOWHERE = (DEFAULT, "own_schools", "saved")  # pages that are no view of anything
SAID = "view_saved"
FIELD_LINK, FIELD_NAME = "keep_link", "keep_name"
SENT = "Whoever opens it sees what their own role lets them see. The link itself says what is chosen here: pass it on as you would the page."
HERE = "It opens on this computer, where Alongside runs."


def foot() -> None:
    """Draw it under the page that was drawn just now; nothing under a page that stopped, or on the first screen."""
    found: tuple[str, View] | None = st.session_state.get(OPENED)
    if found is None or found[0] in NOWHERE:
        return
    key, view = found
    with st.container(key="foot_of_page"):
        glossary.on_page(key, address.link("how_it_works", view="words"))
        if view.has_figures and permissions.may(view.scope, "keep_own"):
            with st.expander("Save or send this view"):
                _send(key, view)
                _save(key, view)


def query_of(view: View) -> str:
    """Everything that is chosen, and the figures: what comes behind the question mark of a link to this view."""
    return urlencode({name: value for name, value in pinning.link_of(view.publication_id).items() if value})


def _send(key: str, view: View) -> None:
    here = getattr(st.context, "url", None) or ("./" + ("" if key == DEFAULT else BY_KEY[key].path))
    st.session_state[FIELD_LINK] = f"{here.split('?')[0]}?{query_of(view)}"
    st.text_input("The link to this view, to copy", key=FIELD_LINK)
    words.paragraph(
        f"{HERE if view.scope.owner else SENT} It keeps to the figures of {words.day(view.created)}.", quiet=True
    )


def _save(key: str, view: View) -> None:
    with st.form("keep_view", clear_on_submit=True, border=False):
        left, right = st.columns([3, 1.2], vertical_alignment="bottom")
        name = left.text_input("A name for this view", key=FIELD_NAME, max_chars=80, placeholder=BY_KEY[key].title)
        wanted = right.form_submit_button("Save this view", width="stretch")
    if not wanted:
        return
    values = {
        "name": name.strip() or BY_KEY[key].title, "page": key, "query": query_of(view), "figures": view.publication_id,
    }  # fmt: skip
    try:
        mine.keep(view.scope, engine(view.place), KEY, values, now=identity.now())
    except AlongsideError as error:
        words.problem(str(error))
        return
    words.note("Saved, for you alone.")
    session.go("saved", "Open my saved views")


def saved(view: View) -> tuple[Entry, ...]:
    """The person's own saved views, newest first, of pages that are still there."""
    found = mine.kept(view.scope, engine(view.place), KEY)
    return tuple(one for one in reversed(found) if one.values["page"] in BY_KEY)


def choices_of(one: Entry) -> dict[str, str]:
    """What a saved view chooses, for `session.go`."""
    return {name: value for name, value in parse_qsl(str(one.values["query"] or "")) if name not in ("key", "label")}
