"""What stands at the door: the sign-in page, a refusal in words, a page of others' roles, the name and sign-out in the menu.

Draws no data, no names of schools and no counts. Whoever is turned away sees nothing else on any page.
"""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from data.access.permissions import rule_of
from data.access.scope import Scope
from data.access.sign_ins import NotSignedIn
from data.catalogue import AlongsideError
from pages.components import role_words, words
from pages.shell.door import identity
from pages.shell.registry import BY_KEY

LOOK = 60  # seconds between two looks whether a page that was left open should go on standing there
DRAWN = "who_was_looked_at"
COME_BACK = ("nobody", "signed_out", "idle", "too_long", "old", "ended")  # signing in again is all that is needed


def turn_away(error: AlongsideError) -> NoReturn:
    """Draw why the person may not come in and what to do, and stop: nothing of the page is drawn."""
    for kept in [key for key in st.session_state if not str(key).startswith("sign_")]:
        del st.session_state[kept]  # nothing of whoever was here stays in the session
    if not isinstance(error, NotSignedIn):
        words.finding("Alongside shows nothing here")
        words.problem(_sentence(error))
    elif error.reason in COME_BACK:
        _sign_in(error)
    else:
        words.finding("You are signed in, but Alongside is not open to you")
        words.problem(_sentence(error))
        if st.button("Sign out", type="primary", key="sign_out_refused"):
            st.logout()
    st.stop()


def _sign_in(error: NotSignedIn) -> None:
    words.finding("Sign in to Alongside")
    if error.reason != "nobody":
        words.note(_sentence(error))
    words.paragraph(
        "Alongside shows the people of a partnership of schools where one school can best support another. What you see "
        "depends on your role. Sign in with the account that you use at work."
    )
    for label, provider in identity.providers().items():
        if st.button(words.md(label), type="primary", key=f"sign_in_{provider or ''}"):
            st.login(provider)


def _sentence(error: AlongsideError) -> str:
    text = str(error)
    return text[:1].upper() + text[1:]


def not_theirs(key: str, scope: Scope) -> NoReturn:
    """Say whose page this is, and nothing of what is on it."""
    if not scope.roles:
        words.finding("You have no role here yet")
        words.paragraph("You are signed in. What you see depends on your role, and you hold none.")
        words.paragraph("Ask whoever looks after Alongside for you to give you one, then open the page again.")
        st.stop()
    words.finding("This page is not among yours")
    whose = [role for role, reach in rule_of(key).items() if reach != "none"]
    who = f"is for {role_words.holders(whose)}" if whose else "is open to nobody"
    words.paragraph(f'The page "{BY_KEY[key].title}" {who}. You are signed in as {role_words.held(scope.roles)}.')
    words.paragraph("If you need it, ask whoever looks after Alongside for you.", quiet=True)
    st.stop()


def draw_person(scope: Scope) -> None:
    """In the menu: who is signed in, as what, and the way out."""
    with st.sidebar:
        words.paragraph(f"{role_words.held(scope.roles)}", bold=f"{scope.name}:" if scope.name else "", quiet=True)
        if st.button("Sign out", key="sign_out", width="stretch"):
            try:
                identity.end(scope)
            finally:
                st.logout()
            st.stop()  # the browser is on its way out: nothing more is drawn


def watch(scope: Scope) -> None:
    """Take a page that was left open off the screen once its sign-in has ended. Looking is no activity."""
    st.session_state[DRAWN] = True  # the guard has just looked
    _look(scope)


@st.fragment(run_every=LOOK)
def _look(scope: Scope) -> None:
    if st.session_state.pop(DRAWN, False):
        return
    try:
        theirs = identity.still_open(scope)
    except AlongsideError:
        theirs = False
    if not theirs:
        st.rerun()
