"""Data: what is here, what is missing and where to get it, and whether the figures show it all."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.store import read
from data.store.engine import engine, holds_files
from pages.components import words
from pages.components.downloads import csv_button
from pages.components.tables import html_table
from pages.shell import session
from pages.shell.files import data_views, file_words, kinds, making
from pages.shell.session import View

MORE = "May be added"
MORE_WORDS = "Alongside reads these too: more to look up, or the same figures as published in another place."


def draw_figures(view: View) -> None:
    found = making.offer(view.scope, view.place, key="make_figures")
    if found.current:
        words.paragraph(
            f"{words.figures_of(found.created)} The newest register or list is as at {words.day(view.as_at)}."
        )


def draw_here(files: pd.DataFrame) -> None:
    words.heading("What we have")
    html_table(kinds.here(files), f"{words.count(files['source'].nunique(), 'kind')} of file")
    with st.expander(f"Every file in use ({len(files)}), and download"):
        html_table(file_words.history_rows(files), "Files in use")
        csv_button(file_words.download_rows(files), "files in use", key="files")
    left_out = file_words.reason_rows(files)
    with st.expander("What was left out, and why"):
        html_table(left_out, "Rows and cells left out, over all files", numeric=("Times",))
        session.go("data_history", "See the rows, file by file")


def draw_missing(files: pd.DataFrame) -> None:
    needed, more = kinds.missing(files["source"] if not files.empty else ())
    words.heading("What is missing, and where to get it")
    if needed:
        html_table(kinds.where_to_get(needed), f"{words.count(len(needed), 'kind')} of file not here yet")
    else:
        words.paragraph("Every kind of file that the pages rest on is here.")
    if more:
        with st.expander(f"{MORE} ({len(more)})"):
            words.paragraph(MORE_WORDS)
            html_table(kinds.where_to_get(more), "Further kinds of file")
    if not files.empty:
        with st.expander("Where to get the next ones of what we have"):
            html_table(kinds.where_to_get(kinds.known(files["source"])), "Kinds of file we have")
    words.paragraph(
        "Open the publisher's page, download the file, and add it here as it is. Address checked: the day on which we "
        "last saw a file's address work.",
        quiet=True,
    )


view = session.guard("data_page")
files = read.source_files(engine(view.place)) if holds_files(view.place) else pd.DataFrame()
if files.empty:
    words.finding("There are no data here yet")
    words.paragraph("Add published files, and this page says of each what it is and how much of it could be used.")
else:
    read_rows, left_out = int(files["rows_read"].sum()), int(files["rows_rejected"].sum())
    words.finding(f"{words.count(len(files), 'file')}: {read_rows:,} rows read, {left_out:,} left out with a reason")
data_views.draw("data_page")
draw_figures(view)
if not files.empty:
    draw_here(files)
draw_missing(files)
session.go("registers", "What people have entered here")
words.caveat(
    "which published files the figures rest on, and how much of each could be used.",
    "whether what was published is right; a school can ask its publisher to correct it.",
)
words.source_line("the publishers named above", created=view.created, sample=view.sample)
