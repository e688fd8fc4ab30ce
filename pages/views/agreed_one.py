"""One agreement: what was agreed and why, days and log, what is next, and published results beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from analytics.support import followed, ledger
from data.catalogue.standings import WAITING
from data.catalogue.terms import EASTER, terms_between
from data.register.declared import REGISTERS
from data.register.rows import Entry
from pages.components import agreed_words, followed_tables, ledger_tables, words
from pages.components.downloads import csv_button
from pages.components.measure_words import area_words
from pages.components.tables import html_table
from pages.shell import address, cached, inside, session
from pages.shell.agreed import acts, described, forms, gone
from pages.shell.agreed.looking import VIEWS, looking
from pages.shell.agreed.reading import agreed, ledger_of, of_agreement
from pages.shell.entered import register_form
from pages.shell.entered.register_rows import book as register_book

view = session.guard("agreed_one")

WORDED = ("objectives", "milestones", "decided_by", "why", "starts", "ends", "days", "offer", "programme")


def _chosen() -> Entry | None:
    """The agreement that the address asks for, else the newest one, with the list to choose from."""
    by_number = {one.entry_id: one for one in reversed(book.entries)}
    if not by_number:
        return None
    lost = "The link asks for an agreement that is not here, or not yours to read."
    number = address.settle("agreement", tuple(by_number), next(iter(by_number)), address.number, lost)
    address.picker(picker, "agreement", "Agreement", tuple(by_number), number, lambda one: f"{one}: {book.words(by_number[one])}")  # fmt: skip
    return by_number[number]


def _days(entry: Entry) -> None:
    made = agreed(entry, look.today)
    mine = [one for one in book.used if one.agreement == entry.entry_id]
    by_term = ledger.received([made], mine, terms_between(made.starts, max(made.ends, look.today)))
    words.heading("Days")
    words.big_number(*agreed_words.days_card(row))
    if not waits:
        words.paragraph(agreed_words.over_line(row))
    if by_term:
        html_table(
            ledger_tables.agreement_table(by_term, waits=waits), "Days by term", numeric=("Asked for", "Agreed", "Used")
        )
        words.paragraph(EASTER, quiet=True)


def _log(entry: Entry) -> None:
    words.heading("What was done")
    lines = described.log_lines(look, of_agreement(book.log, entry.entry_id))
    if not lines:
        words.paragraph("Nothing has been logged yet.")
    for day, text in lines:
        words.paragraph(text, bold=day)
    forms.draw_log(look, entry, row)


def _followed(entry: Entry) -> None:
    """Both schools': the supported one's results, and the supporting one's, for nobody is to be drained."""
    if waits:
        return
    words.heading("Published results beside it")
    values, found = cached.table(view.publication_id, "value"), {}
    sides = {urn: name for urn, name in ((entry.other_urn, row.receiver), (entry.urn, row.giver)) if urn is not None}
    for urn in sides:
        of_school = values[values["urn"] == urn]
        found[urn] = followed.followed(of_school, row.area, row.starts, row.ended_on or row.ends)
    words.paragraph(followed_tables.CANNOT if any(found.values()) else followed_tables.nothing(row.area))
    for urn, rows in found.items():
        _beside(sides[urn], urn, rows)


def _beside(name: str, urn: int, rows: tuple[followed.Followed, ...]) -> None:
    if rows:
        words.paragraph(followed_tables.silent(rows, name))
        caption = f"{name}, {area_words(row.area)}, as published"
        html_table(followed_tables.table(rows), caption)
        csv_button(followed_tables.table(rows), caption, key=f"followed-{urn}")


def _words(entry: Entry) -> None:
    """Change what was agreed in words, dates and days; its versions."""
    found = register_book(view, REGISTERS["agreement"])
    worded = {key: one for key, one in found.register.fields.items() if key in WORDED}
    with st.expander("Change what was agreed", expanded=register_form.held() == entry.entry_id, key="agreed_words"):
        register_form.draw_told()
        register_form.draw_row(replace(found, register=replace(found.register, fields=worded)), entry)
    with st.expander("History", key="agreed_history"):
        words.bullets(["Not shown while school names are hidden."] if look.names.hide else found.history(entry))


def _questions(entry: Entry) -> None:
    """What is asked of somebody now."""
    forms.draw_answers(look, entry, row)
    if row.standing != "over" and (asks := book.asks(entry)):
        forms.draw_review(look, entry, asks)
    if gone.asked(look, entry):
        now = view.created.date() if view.created is not None else date.min
        forms.draw_gone(look, entry, agreed_words.gone_words(now, row.receiver, row.area))


look = looking(view)
top = st.container()
inside.line("agreed_one", VIEWS)
picker = st.container()
acts.do_asked(look, view.publication_id)
book = ledger_of(look)
look = book.look
entry = _chosen()
if entry is None:
    with top:
        words.finding("No support has been agreed yet")
else:
    row = book.row(entry)
    waits = row.standing in (*WAITING, "declined")
    with top:
        words.finding(agreed_words.title(row))
        words.paragraph(agreed_words.about(row))
    if not acts.draw_both(look, entry, view.publication_id):
        for line in book.closed(entry):
            words.note(line)
        _questions(entry)
        left, right = st.columns([3, 2], gap="large")
        with left:
            words.heading("What is proposed" if waits else "What was agreed")
            for label, text in described.lines(book, entry):
                words.paragraph(text, bold=f"{label}:")
            words.paragraph(agreed_words.figures_words(gone.made(look, entry)), quiet=True)
        with right:
            _days(entry)
        if not waits:
            _log(entry)
        forms.draw_course(look, entry, row)
        _followed(entry)
        _words(entry)
session.go("agreed", "Back to all agreements")
words.caveat(
    "what the two schools agreed and did, in their own words and days, with published results beside it.",
    "whether the support did it: no single school can show that.",
)
words.source_line("what people entered here, and published results", created=view.created, sample=view.sample)
