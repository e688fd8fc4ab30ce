"""Data: what is here, how much of each file was kept, what is missing and where to get it."""

from __future__ import annotations

import json

import pandas as pd
import streamlit as st

from data.sources import SOURCES
from data.store import read
from data.store.engine import engine, holds_files
from pages.components import words
from pages.components.downloads import csv_button
from pages.components.tables import Link, html_table
from pages.shell import cached, session, waiting
from pages.shell.session import View

TITLES = {source.key: source.title for source in SOURCES}
INSTEAD = {"gias_search": "gias"}  # the search results stand in for the whole register
SHOWN = 20  # rejected rows on the screen; all of them in the download


def when(period: object, as_at: object) -> str:
    """The period or the date of a file, in words."""
    if not pd.isna(period):  # type: ignore[call-overload]
        return words.year(int(str(period)))
    return words.day(None if pd.isna(as_at) else pd.Timestamp(str(as_at)).date())  # type: ignore[call-overload]


def file_rows(files: pd.DataFrame) -> pd.DataFrame:
    """One row per live file, by source and period."""
    return pd.DataFrame(
        {
            "What": [TITLES.get(key, key) for key in files["source"]],
            "Year or date": [when(*pair) for pair in zip(files["time_period"], files["as_at"], strict=True)],
            "Release": files["release"].tolist(),
            "Rows read": files["rows_read"].tolist(),
            "Kept": files["rows_kept"].tolist(),
            "Left out": files["rows_rejected"].tolist(),
            "Schools matched": files["schools_matched"].tolist(),
            "File": files["file_name"].tolist(),
            "Received": [words.day(str(text)) for text in files["received"]],
        }
    )


def draw_files(files: pd.DataFrame) -> None:
    words.heading("What we have")
    table = file_rows(files)
    numbers = ("Rows read", "Kept", "Left out", "Schools matched")
    html_table(table, f"{words.count(len(table), 'file')} in use", numeric=numbers)
    csv_button(table, "files in use", key="files")


def draw_left_out(view: View, files: pd.DataFrame) -> None:
    words.heading("Rows that were left out, and why")
    kept_out = files[files["rows_rejected"] > 0]
    if kept_out.empty:
        words.paragraph("Every row of every file could be read.")
    for row in kept_out.itertuples():
        title = f"{TITLES.get(str(row.source), row.source)}, {when(row.time_period, row.as_at)}"
        with st.expander(f"{title}: {words.count(int(str(row.rows_rejected)), 'row')} left out"):
            reasons = json.loads(str(row.report)).get("reasons", {})
            counted = pd.DataFrame({"Reason": list(reasons), "Times": list(reasons.values())})
            html_table(counted, f"Why, in {row.file_name}", numeric=("Times",))
            if st.toggle("Show the rows", key=f"rejects-{row.source_file_id}"):
                rows = read.rejects(engine(view.place), int(str(row.source_file_id)))
                html_table(rows.head(SHOWN), f"The first {min(SHOWN, len(rows))} of {len(rows):,}", numeric=("row",))
                csv_button(rows, f"left out {row.source} {row.time_period}", key=f"rejects-{row.source_file_id}")


def draw_missing(files: pd.DataFrame) -> None:
    here = set(files["source"]) if not files.empty else set()
    missing = [source for source in SOURCES if source.key not in here and INSTEAD.get(source.key) not in here]
    words.heading("What is missing, and where to get it")
    if not missing:
        words.paragraph("Every kind of file that Alongside reads is here.")
        return
    table = pd.DataFrame(
        {
            "What": [source.title for source in missing],
            "Published by": [source.publisher for source in missing],
            "Where": [
                Link(source.landing_page, source.landing_page) if source.landing_page else "a table of your own"
                for source in missing
            ],
        }
    )
    html_table(table, f"{words.count(len(missing), 'kind')} of file not here yet")


def draw_figures(view: View, files: pd.DataFrame) -> None:
    """The figures in use, and whether files came in after them."""
    if not view.has_figures:
        words.note("The figures have not been made from these files yet.")
    else:
        behind = set(cached.table(view.publication_id, "source")["source_file_id"].astype(int))
        if behind == set(files["source_file_id"].astype(int)):
            words.paragraph(
                f"{words.figures_of(view.created or '')} The newest register or list is as at {words.day(view.as_at)}."
            )
            return
        words.note(
            f"{words.figures_of(view.created or '')} Files have changed since: the figures do not show them yet."
        )
    asked = st.button("Make the figures", type="primary")
    if asked and waiting.wait("publish", "--store", view.place.kind, "--json", lead="Making the figures"):
        st.rerun()


view = session.guard("data_page")
files = read.source_files(engine(view.place)) if holds_files(view.place) else pd.DataFrame()
left_out = int(files["rows_rejected"].sum()) if not files.empty else 0
if files.empty:
    words.finding("There are no data here yet")
    words.paragraph("Add published files, and this page says of each what it is and how much of it could be used.")
else:
    read_rows = int(files["rows_read"].sum())
    words.finding(f"{words.count(len(files), 'file')}: {read_rows:,} rows read, {left_out:,} left out with a reason")
    draw_figures(view, files)
session.go("own_schools", "Add files, or say which schools are ours", data="own")
if not files.empty:
    draw_files(files)
    draw_left_out(view, files)
draw_missing(files)
words.caveat(
    "which published files the figures rest on, and how much of each could be used.",
    "whether what was published is right; a school can ask its publisher to correct it.",
)
words.source_line("the publishers named above", created=view.created, sample=view.sample)
