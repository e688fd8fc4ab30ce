"""Agreed support: what schools have agreed, where each agreement stands, what is next and for whom."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data.catalogue.standings import DONE
from pages.components import agreed_blocks, agreed_words, words
from pages.components.agreed_words import Row
from pages.components.downloads import csv_button
from pages.components.palette import palette
from pages.components.tables import html_table
from pages.shell import inside, session
from pages.shell.agreed.looking import VIEWS, looking
from pages.shell.agreed.reading import ledger_of

view = session.guard("agreed")


def _opened(row: Row) -> None:
    session.go("agreed_one", f"Open {agreed_words.short(row)}", agreement=row.number)


def _link(number: int) -> str:
    return session.link("agreed_one", agreement=number)


def _earlier() -> None:
    done = [row for row in rows if row.standing in DONE]
    if done:
        words.heading("Earlier")
        words.bullets(agreed_words.earlier(row) for row in done)


def _all() -> None:
    with st.expander("All agreements as a table, and download"):
        html_table(agreed_blocks.table(rows, _link), f"Agreed support of {whose}", wide=("Next",))
        csv_button(agreed_blocks.table(rows), f"Agreed support {whose}", key="agreed")


look = looking(view)
book = ledger_of(look)
whose = book.look.whose
rows = [replace(book.row(one), asks=book.asks(one)) for one in reversed(book.entries)]
words.finding(agreed_words.finding(rows))
words.paragraph(
    "What schools agreed, what is next and for whom. The supporting school is asked first. An agreement belongs to the "
    "schools, not to persons."
)
inside.line("agreed", VIEWS)
if not rows:
    words.paragraph("A plan proposes; schools agree. Proposals become agreements on Plan with our days.")
agreed_blocks.groups(rows, colour=palette().support, opened=_opened)
_earlier()
if rows:
    _all()
session.go("support_plan", "Next: plan with our days")
session.go("registers", "Every version, and tables to send in", register="agreement")
words.caveat(
    "what schools and the partnership entered: days agreed and used, and where each agreement stands.",
    "whether the support helped. That is asked of whole programmes on Did it help?",
)
words.source_line("what people entered here", created=view.created, sample=view.sample)
