"""Forms of the page People: invite, give and take back roles, close and open accounts, tables in and out.

Every change is one call of `data.access`, which asks for the permission itself; what it refuses is shown as its sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import streamlit as st
from sqlalchemy import Engine

from data.access import accounts, limits, sign_ins
from data.access.accounts import OVER, Person
from data.access.people_table import COLUMNS, LONGEST, TableRefused, csv_out, take_in
from data.access.scope import ROLES, Scope
from data.catalogue import AlongsideError
from data.store.engine import engine, place
from pages.components import downloads, people_words, words
from pages.components.role_words import ONE
from pages.components.tables import html_table
from pages.shell.entered import people_places

SAID = "people_said"  # what the last change did, drawn above the table once the page is drawn anew
ROUND = "people_round"  # counts changes, so that forms are empty again afterwards
MEANS = {
    "invited": "Invited: the next verified sign-in with this address is theirs.",
    "active": "In use: the person has signed in.",
    "closed": "Closed: nobody can sign in with it.",
}
Over = tuple[str, str | None, int | None]


def now() -> datetime:
    return datetime.now(UTC)


def draw_said() -> None:
    """What was just changed, once."""
    if said := st.session_state.pop(SAID, ""):
        words.note(said)


def done(what: Callable[[], object], said: str) -> None:
    """Do it, remember what to say, and draw the page anew; what cannot be is said here."""
    try:
        what()
    except AlongsideError as error:
        text = str(error)
        words.problem(text[:1].upper() + text[1:])
        return
    st.session_state[SAID] = said
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.rerun()


def key_of(name: str) -> str:
    return f"people_{name}_{st.session_state.get(ROUND, 0)}"


def choose_role(store: Engine | None, name: str) -> Over:
    """A role and what it is over, as chosen so far: ("", None, None) before anything is."""
    role = st.selectbox(
        "Role",
        list(ROLES),
        index=None,
        format_func=ONE.__getitem__,
        key=key_of(f"{name}_role"),
        placeholder="No role yet",
    )
    if role is None:
        return "", None, None
    means = dict(people_words.WHO_EACH_IS)[role]
    words.paragraph(f"{means[:1].upper()}{means[1:]}.", quiet=True)
    if OVER[role] and store is None:
        words.paragraph("Add the register of schools first: then partnerships and schools can be found here.")
        return role, None, None
    if OVER[role] == "uid" and store is not None:
        return role, people_places.choose_partnership(store, key_of(name)), None
    if OVER[role] == "urn" and store is not None:
        return role, None, people_places.choose_school(store, key_of(name))
    return role, None, None


def draw_invite(scope: Scope, store: Engine | None) -> None:
    words.heading("Invite somebody")
    email = st.text_input("Email address that they sign in with", key=key_of("email"))
    name = st.text_input("Name, as others will read it", key=key_of("name"))
    role, uid, urn = choose_role(store, "invite")
    if st.button("Invite", type="primary", key="people_invite", disabled=not email.strip()):
        done(
            lambda: accounts.add(scope, engine(place("own")), email, role, name=name, uid=uid, urn=urn, now=now()),
            f"{name.strip() or email.strip()} can sign in now. Alongside sends no letters: tell them yourself.",
        )


def draw_change(scope: Scope, store: Engine, people: list[Person], roles: dict[int, list[str]]) -> None:
    """One person's roles, sign-ins and account. `roles`: account -> the roles held, in words and in their order."""
    words.heading("Change somebody's roles or account")
    named = {one.account_id: f"{one.name or f'account {one.account_id}'}, {one.email}" for one in people}
    chosen = st.selectbox(
        "Who", list(named), index=None, format_func=named.__getitem__, key="people_who", placeholder="Choose a person"
    )
    if chosen is None:
        return
    one = next(person for person in people if person.account_id == chosen)
    called = one.name or one.email
    for held, said in zip(one.holds, roles[chosen], strict=True):
        if st.button(words.md(f"Take back: {said}"), key=f"people_take_{held.grant_id}"):
            taken = partial(accounts.take_back, scope, store, held.grant_id, now=now())
            done(taken, f"{called} is no longer {said}.")
    if one.state != "closed":
        _draw_give(scope, store, one)
    _draw_account(scope, store, one)
    _draw_correct(scope, store, one)


def _draw_correct(scope: Scope, store: Engine, one: Person) -> None:
    words.subheading("Name and address")
    name = st.text_input("Name", one.name, key=key_of(f"name_{one.account_id}"))
    email = st.text_input("Email address", one.email, key=key_of(f"address_{one.account_id}"))
    if st.button("Put right", key="people_correct", disabled=(name, email) == (one.name, one.email)):
        done(
            lambda: accounts.correct(scope, store, one.account_id, name=name, email=email, now=now()),
            f"{name.strip() or email.strip()}: put right.",
        )


def _draw_give(scope: Scope, store: Engine, one: Person) -> None:
    words.subheading("Give one more role")
    role, uid, urn = choose_role(store, f"give_{one.account_id}")
    if st.button("Give this role", key="people_give", disabled=not role):
        done(
            lambda: accounts.give(scope, store, one.account_id, role, uid=uid, urn=urn, now=now()),
            f"{one.name or one.email} has one more role: {ONE.get(role, '')}.",
        )


def _draw_account(scope: Scope, store: Engine, one: Person) -> None:
    words.subheading("Account")
    called, number = one.name or one.email, one.account_id
    words.paragraph(MEANS[one.state], quiet=True)
    with st.container(horizontal=True):
        if one.state == "closed":
            if st.button("Open it again, with its roles", key="people_reopen"):
                done(lambda: accounts.reopen(scope, store, number, now=now()), f"{called} can sign in again.")
            return
        if st.button("Close the account", key="people_close"):
            done(lambda: accounts.close(scope, store, number, now=now()), f"The account of {called} is closed.")
        if one.state == "active":
            if st.button("Sign them out everywhere", key="people_end"):
                done(lambda: sign_ins.end_all(scope, store, number, now=now()), f"{called} is signed out everywhere.")
            if st.button("Let them sign in with another account", key="people_unbind"):
                said = f"The next sign-in with the address {one.email} will be {called}."
                done(lambda: accounts.unbind(scope, store, number, now=now()), said)


def draw_tables(scope: Scope, store: Engine | None) -> None:
    words.heading("Many at once, as a table")
    words.paragraph(
        "A CSV file with the columns email, name, role, partnership and school, one row for each role. Partnerships are given "
        "by their number (LA850 for an authority), schools by their URN. A table adds people and roles; it takes none away. "
        "It goes in whole or not at all."
    )
    with st.container(horizontal=True):
        if store is not None:
            downloads.button("People and roles (CSV)", lambda: csv_out(scope, store), "people.csv", key="people")
        blank = (",".join(COLUMNS) + "\r\n").encode()
        downloads.button("Blank table (CSV)", lambda: blank, "people-blank.csv", key="people-blank", type="tertiary")
    file = st.file_uploader("A table of people", type="csv", key=key_of("file"), max_upload_size=1)
    if file is not None and st.button("Take this table in", type="primary", key="people_take_in"):
        _take_in(scope, file.getvalue()[: LONGEST + 1])


def _take_in(scope: Scope, content: bytes) -> None:
    opened = engine(place("own"))
    try:
        limits.take(opened, scope, "upload", now=now())
        taken = take_in(scope, opened, content, now=now())
    except TableRefused as refused:
        words.problem("Nothing was taken in. Mend these cells and send the table again.")
        html_table(people_words.bad_cells(refused.bad), "Cells that cannot be used", wide=("What is wrong",))
        return
    except AlongsideError as error:
        words.problem(str(error))
        return
    st.session_state[SAID] = (
        f"{words.count(taken.invited, 'person', 'people')} invited, {words.count(taken.given, 'role')} given."
    )
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.rerun()
