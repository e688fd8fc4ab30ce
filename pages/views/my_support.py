"""One school: asked of us, offered by us, what we get, give and buy, in days and pounds; help that we ask for."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analytics.support import ledger, services
from data.catalogue.standings import DONE, STANDINGS
from data.catalogue.terms import EASTER, term_of, terms_between
from data.register.rows import Entry
from pages.components import agreed_package, agreed_words, cards, ledger_tables, reply_tables, service_words, words
from pages.components.measure_words import area_words
from pages.components.tables import html_table, stacked_table
from pages.shell import inside, session
from pages.shell.agreed import bought, own
from pages.shell.agreed.acts import may_answer
from pages.shell.agreed.looking import VIEWS, of_school
from pages.shell.agreed.promised import promises
from pages.shell.agreed.reading import ledger_of
from pages.shell.fair import replying

view = session.guard("my_support")


def _asked_of_us() -> list[tuple[Entry, str]]:
    """Agreements that wait for this school's own word."""
    found = []
    for one, row in mine:
        gives = row.standing == "giver_asked" and one.urn == look.school
        if gives or (row.standing == "receiver_asked" and one.other_urn == look.school):
            other = row.receiver if gives else row.giver
            found.append((one, agreed_package.asked_line(row.area, other, gives=gives)))
    return found


def _asked() -> None:
    words.heading("Asked of us" if own.ours(look) else "Asked of the school")
    for one, line in waiting:
        with st.container(border=True):
            words.paragraph(line)
            words.paragraph("No reason is needed for a no.", quiet=True)
            urn = one.urn if one.values["giver_says"] == "waiting" else one.other_urn
            session.go(
                "agreed_one",
                "Look at it and answer" if may_answer(look, one, urn) else "Look at it",
                agreement=one.entry_id,
            )
    for question in questions:
        values = question.values
        with st.container(border=True):
            words.paragraph(
                reply_tables.ask_lines(values, look.label(question.other_urn), "your partnership", question.created)[0]
            )
            session.go(
                "our_reply", f"Answer on what is said of us: {area_words(str(values['area']))}", school=look.school
            )
    if not waiting and not questions:
        words.paragraph("Nothing waits for an answer.")


def _offered() -> None:
    words.heading("Offered by us" if own.ours(look) else "Offered by the school")
    found = own.offers(book)
    for one, row in found:
        with st.container(border=True):
            words.paragraph(agreed_package.offer_line(row))
            with st.container(horizontal=True):
                own.draw_word(look, one)
            session.go("registers", "Change, pause or take it back", register="offer", row=one.entry_id)
    if not found:
        words.paragraph("No days have been offered.")
    with st.expander("Offer days", key="offer_days"):
        own.draw_add(look, "offer")


def _welcome() -> None:
    words.heading("Help that we ask for" if own.ours(look) else "Help that the school asks for")
    found = own.needs(look)
    for one, line in found:
        with st.container(border=True):
            words.paragraph(line)
            with st.container(horizontal=True):
                own.draw_word(look, one)
    if not found:
        words.paragraph("No help has been asked for.")
    with st.expander("Ask for support", key="ask_for_support"):
        own.draw_add(look, "stated_need")


def _package() -> None:
    words.heading("What we get, give and buy" if own.ours(look) else "What the school gets, gives and buys")
    for place, (large, line, quiet) in zip(
        st.columns(3), agreed_package.day_cards(now_gives, now_gets, totals), strict=True
    ):
        with place, st.container(border=True, height="stretch"):
            words.big_number(large, line, quiet)
    current = [row for _, row in mine if row.standing not in DONE]
    for row in current:
        session.go("agreed_one", f"{agreed_words.short(row)}: {STANDINGS[row.standing]}", agreement=row.number)
    if gives or gets:
        html_table(
            agreed_package.year_table(gives, gets, year), f"Days by term, {words.year(term.year)}",
            numeric=("We offer", "We give", "Given so far", "We get", "Used so far"),
        )  # fmt: skip
        words.bullets(ledger_tables.own_lines(gives))
        words.paragraph(EASTER, quiet=True)
    if paid:
        said = bought.said(look, entered)
        stacked_table(
            service_words.short_table(paid, said, look.names, everybody="all").drop(columns="For"),
            "Services of the school",
            wide=("What if it ends",),
        )
    session.go("services", "All services")


look = of_school(view)
book = ledger_of(look)
look = book.look
own.do_asked(look)
name = cards.short_name(look.label(look.school))
term = term_of(look.today)
year = terms_between(date(term.year // 100, 9, 1), date(term.year // 100 + 1, 8, 31))
mine = [(one, book.row(one)) for one in book.entries]
waiting = _asked_of_us()
questions = [
    one
    for one in replying.read(view, "ask", look.school or 0)
    if one.urn == look.school and one.values["answer"] == "waiting"
]
every = ledger.loads(book.offers, book.agreed, book.used, year, promises=promises(book, year))
gives = [one for one in every if one.supporter == look.school]
gets = [one for one in ledger.received(book.agreed, book.used, year) if one.school == look.school]
now_gives = next((one for one in gives if one.term == term), None)
now_gets = next((one for one in gets if one.term == term), None)
entered = bought.services(look)
paid = services.running(entered.services, look.today)
totals = services.totals(paid)
words.finding(agreed_package.finding(name, term, now_gives, now_gets, len(waiting) + len(questions)))
words.paragraph("What is asked of the school, what it offers, and what it gets, gives and buys.")
inside.line("my_support", VIEWS)
replying.tell()
_asked()
_package()
_offered()
_welcome()
words.caveat(
    "what the school and its partnership entered: days, services and questions.",
    "support that nobody entered, and what a day is worth.",
)
words.source_line("what people entered here", created=view.created, sample=view.sample)
session.go("support_groups", "Working groups that we have a part in")
session.go("my_school", "Back to the school", school=look.school)
