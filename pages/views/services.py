"""Services: what our schools are given, share and buy, for how much and until when; those that end soon stand first."""

from __future__ import annotations

import streamlit as st

from analytics.support import services
from data.register.declared import REGISTERS
from pages.components import service_words, words
from pages.components.downloads import csv_button
from pages.components.tables import html_table, stacked_table
from pages.shell import inside, session
from pages.shell.agreed import bought
from pages.shell.agreed.looking import VIEWS, book_of, looking
from pages.shell.entered import register_form

view = session.guard("services")

WIDE = ("What if it ends", "Terms")


def _block(heading: str, rows: tuple[services.Service, ...], caption: str) -> None:
    if rows:
        words.heading(heading)
        stacked_table(service_words.short_table(rows, said, look.names, everybody=everybody), caption, wide=WIDE)
        if any(said[one.number].link for one in rows):
            words.paragraph("The name of a service opens it for a change.", quiet=True)


def _totals() -> None:
    cards = service_words.total_cards(services.totals(running))
    if not cards:
        return
    words.heading("What it comes to in a year")
    for place, (large, line, quiet) in zip(st.columns(max(3, len(cards))), cards, strict=False):
        with place, st.container(border=True, height="stretch"):
            words.big_number(large, line, quiet)


def _all() -> None:
    """Everything that was entered, as a table to download; names of schools stay away where they are hidden."""
    table = service_words.table((*running, *past), said, look.names, everybody=everybody)
    if not table.empty:
        table = table.assign(Service=table["Service"].astype(str))
        with st.expander("All services, and download"):
            html_table(table, f"Services of {look.whose}", wide=WIDE)
            csv_button(table, f"Services {look.whose}", key="services")


look = looking(view)
every = bought.services(look)
look = look.naming(*(one.school for one in every.services), *every.givers)
said = bought.said(look, every)
running, past = services.running(every.services, look.today), services.past(every.services, look.today)
soon = services.ending(every.services, look.today)
later = tuple(one for one in running if one not in soon)
everybody = f"all of our {look.kind_words}" if look.kind_words != "schools" else "all our schools"
words.finding(service_words.finding(running, soon))
words.paragraph(
    "What schools are given by law, share or buy: who pays, how much, until when, and what happens if it ends."
)
inside.line("services", VIEWS)
with st.container():
    register_form.draw_told()
_block("Ending within 12 months", soon, "Services that end within 12 months, the first to end first")
words.bullets(service_words.together_lines(soon, look.names))
words.paragraph(service_words.silent_line(soon, said))
_totals()
_block("Later, or without an end", later, "Services that end later, or for which no end was entered")
_block("Ended", past, "Services that have ended, the latest first")
_all()
if look.scope.may(REGISTERS["service"].write):
    with st.expander("Add a service", key="service_add"):
        register_form.draw_add(book_of(look, "service"))
words.caveat(
    "what people entered about services: prices, days, ends.",
    "services that nobody entered, and whether one is worth its price.",
)
words.source_line("what people entered here", created=view.created, sample=view.sample)
session.go("registers", "Every service, its history, and tables to send in", register="service")
