"""Privacy: what Alongside keeps about people, why and how long; one's own data to take away; export and erasing by request."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pandas as pd
import streamlit as st
from sqlalchemy import Engine

from data.access import accounts, persons
from data.access.accounts import Person
from data.access.persons import PERSONAL
from data.catalogue import AlongsideError
from data.register.free_text import free_text
from pages.components import downloads, words
from pages.components.privacy_words import ABOUT, COOKIES, COOKIES_ABOUT, NOT_KEPT, RIGHTS, TABLES
from pages.components.tables import html_table
from pages.shell import session
from pages.shell.entered import people_places
from pages.shell.files import data_views

SAID = "privacy_said"


def now() -> datetime:
    return datetime.now(UTC)


def draw_kept() -> None:
    words.heading("What is kept about people")
    rows = [(TABLES[one.table], one.what, one.why, one.how_long) for one in PERSONAL]
    table = pd.DataFrame(rows, columns=["In", "What", "Why", "How long"])
    html_table(
        table[["What", "Why", "How long", "In"]], "Everything that is kept about a person", by="In", wide=("Why",)
    )
    words.heading("What is not kept")
    words.bullets(NOT_KEPT)
    words.heading("Cookies")
    html_table(
        pd.DataFrame(COOKIES, columns=["Name", "What it holds", "What for", "Until"]), "Every cookie that is set"
    )
    words.paragraph(COOKIES_ABOUT, quiet=True)
    words.heading("What you can ask for")
    words.bullets(RIGHTS)


def exported(store: Engine, account_id: int) -> bytes:
    found = persons.export_person(view.scope, store, account_id, now=now())
    return json.dumps(found, indent=2, ensure_ascii=False).encode()


def draw_own(store: Engine, account_id: int) -> None:
    words.heading("Your own data")
    words.paragraph("Everything that is kept about you, in one file that people and programs can read.")
    downloads.button(
        "Download my data (JSON)",
        lambda: exported(store, account_id),
        "my-data.json",
        "application/json",
        key="my-data",
    )


def draw_others(store: Engine) -> None:
    """For whoever looks after people: one person's data, out or gone."""
    words.heading("When somebody asks for their data, or to be erased")
    people = {one.account_id: one for one in accounts.people(view.scope, store) if one.state != "erased"}
    if not people:
        words.paragraph("Nobody has an account, so nothing is kept about anybody.")
        return
    chosen = st.selectbox(
        "Who", list(people), index=None, key="privacy_who", placeholder="Choose a person",
        format_func=lambda number: f"{people[number].name or people[number].email} ({people[number].email})",
    )  # fmt: skip
    if chosen is None:
        return
    downloads.button(
        "Download this person's data (JSON)", lambda: exported(store, chosen), f"person-{chosen}.json",
        "application/json", key="person-data",
    )  # fmt: skip
    if session.may("erase_person"):
        draw_erase(store, people[chosen])


def draw_erase(store: Engine, one: Person) -> None:
    words.subheading("Erase this person")
    words.paragraph(
        "Name, address, roles and sign-ins go, and so do the words that the person entered, in every version. What was done "
        "stays under a number that leads to nobody. It cannot be taken back."
    )
    typed = st.text_input(words.md(f"To erase, type the address {one.email}"), key=f"privacy_typed_{one.account_id}")
    sure = typed.strip().casefold() == one.email
    if st.button("Erase for good", key="privacy_erase", disabled=not sure) and sure:
        try:
            persons.erase_person(view.scope, store, one.account_id, now=now(), free_text=free_text())
        except AlongsideError as error:
            words.problem(str(error)[:1].upper() + str(error)[1:])
            return
        st.session_state[SAID] = (
            "The person is erased here. Copies in backups stay until those are replaced; look through the registers for words "
            "that others wrote about them."
        )
        st.rerun()


view = session.guard("privacy")
words.finding("Privacy: what is kept about people, and why")
data_views.draw("privacy")
if said := st.session_state.pop(SAID, ""):
    words.note(said)
for line in ABOUT:
    words.paragraph(line)
store = people_places.ours()
if view.scope.account_id is not None and store is not None:
    draw_own(store, view.scope.account_id)
elif view.scope.owner:
    words.note(
        "Sign-in is not set up: nobody needs an account, and what is done here is noted without a name."
        if store is not None and accounts.people(view.scope, store)
        else "Sign-in is not set up and nobody has an account: what is done here is noted without a name."
    )
draw_kept()
if store is not None and session.may("export_person") and session.may("manage_people"):
    draw_others(store)
session.go("access_table", "Next: who may see what")
words.caveat(
    "every kind of thing that the program keeps about a person.",
    "what whoever runs Alongside for you keeps elsewhere, such as backups and the sign-in service.",
)
