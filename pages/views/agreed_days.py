"""Days by term: what each supporting school offered, agreed, is asked for and used; nobody goes over an offer without a word."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analytics.support import ledger
from analytics.support.ledger import Load
from analytics.support.services import later
from data.catalogue.terms import EASTER, Term, term_of, terms_between
from pages.charts.days import DayBar, day_bars
from pages.components import cards, ledger_tables, words
from pages.components.downloads import csv_button
from pages.components.palette import palette
from pages.components.picture import picture
from pages.components.tables import html_table
from pages.shell import address, inside, session
from pages.shell.agreed.looking import VIEWS, looking
from pages.shell.agreed.promised import promises
from pages.shell.agreed.reading import ledger_of

view = session.guard("agreed_days")

SHOWN = 16  # supporters in the picture; the table holds all
AHEAD = 12  # months ahead that can be looked at where nothing is agreed for longer
NUMBERS = (*ledger_tables.DAYS, *ledger_tables.ALSO)


def _terms() -> tuple[Term, ...]:
    """From the first day agreed or offered to the last, and a year ahead."""
    days = [look.today, *(one.starts for one in book.agreed), *(one.day for one in book.used)]
    ends = [later(look.today, AHEAD), *(one.ends for one in book.agreed)]
    return terms_between(
        max(min(days), date(look.today.year - 4, 9, 1)), min(max(ends), date(look.today.year + 4, 8, 31))
    )


def _term(terms: tuple[Term, ...]) -> Term:
    by_key = {term.key: term for term in reversed(terms)}
    lost = "The link asks for a term in which nothing is offered or agreed. This term is shown."
    key = address.settle("term", tuple(by_key), term_of(look.today).key, str, lost)
    place = st.columns([1, 2])[0]
    address.picker(place, "term", "Term", tuple(by_key), key, lambda one: by_key[one].words)
    return by_key[key]


def _bar(one: Load) -> DayBar:
    label = cards.short_name(book.supporter(one.supporter))
    return DayBar(label, one.offered, one.agreed + one.also, one.asked, one.used, ledger_tables.bar_words(one))


def _supporters() -> None:
    words.heading("Supporting schools")
    if not mine:
        words.paragraph("Nobody has offered or agreed days in this term.")
        return
    words.bullets(ledger_tables.beyond_lines(mine, book.supporter))
    words.paragraph(ledger_tables.spare_line(mine))
    words.paragraph(
        "Wide grey bar: days offered. Narrow bar: promised, here, to working groups or elsewhere; fainter: asked for, not answered "
        "yet. Line: used so far.",
        quiet=True,
    )
    order = sorted(mine, key=lambda one: (not one.beyond, -one.promised, -one.offered, book.supporter(one.supporter)))
    picture(
        day_bars([_bar(one) for one in order[:SHOWN]], palette()), ledger_tables.alt(order, term, book.supporter),
        ledger_tables.load_table(order, book.supporter), key="days", caption=f"Days of supporting schools, {term.words}",
        numeric=NUMBERS,
    )  # fmt: skip
    if len(order) > SHOWN:
        words.paragraph(f"{words.count(len(order) - SHOWN, 'more supporter')} in the table.", quiet=True)


def _every_term() -> None:
    with st.expander("Every term as a table, and download"):
        table = ledger_tables.load_table(every, book.supporter)
        html_table(table, f"Days of supporting schools of {look.whose}", numeric=NUMBERS)
        csv_button(table, f"Days by term {look.whose}", key="ledger")
        got = ledger_tables.received_table(received, look.label)
        html_table(got, f"Days of supported schools of {look.whose}", numeric=NUMBERS)
        csv_button(got, f"Days received by term {look.whose}", key="received")


look = looking(view)
book = ledger_of(look)
look = book.look
head = st.container()
inside.line("agreed_days", VIEWS)
terms = _terms()
term = _term(terms)
every = ledger.loads(book.offers, book.agreed, book.used, terms, promises=promises(book, terms))
received = ledger.received(book.agreed, book.used, terms)
mine = tuple(one for one in every if one.term == term)
with head:
    words.finding(ledger_tables.finding(mine, term))
    words.paragraph(
        "Days count as agreed: so many a term, in each term that an agreement touches. Days that a school is asked for count "
        "as promised until it answers. An offer has its days once: what other partnerships agreed of it counts, too, as a number."
    )
_supporters()
words.heading("Supported schools")
html_table(
    ledger_tables.received_table(sorted((one for one in received if one.term == term), key=lambda one: look.label(one.school)), look.label).drop(columns="Term"),
    f"Days of supported schools, {term.words}", numeric=NUMBERS,
)  # fmt: skip
if every or received:
    _every_term()
words.paragraph(EASTER, quiet=True)
words.caveat(
    "days that people entered: offered, agreed and used.",
    "what the days cost a school, and whether a school could spare more.",
)
words.source_line("what people entered here", created=view.created, sample=view.sample)
session.go("support_plan", "Next: plan with our days")
