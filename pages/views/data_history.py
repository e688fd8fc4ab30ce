"""Every file ever taken in: its number, state and whole report; and taking one back, once it is said what that changes."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import streamlit as st

from data import intake
from data.access.permissions import may
from data.catalogue import AlongsideError
from data.store import read
from data.store.engine import engine
from data.store.undo import Undone
from pages.components import words
from pages.components.downloads import csv_button
from pages.components.names import Names
from pages.components.tables import html_table
from pages.shell import address, session
from pages.shell.files import data_views, file_words, kinds, making
from pages.shell.session import View

ASKED, DONE = "undo_asked", "undo_done"
SHOWN = 20  # rows on the screen; all of them in the download
NEWEST = 8  # files on the screen at once


def draw_list(files: pd.DataFrame) -> None:
    table = file_words.history_rows(files)
    html_table(table.head(NEWEST), f"Files taken in, newest first ({min(len(files), NEWEST)} of {len(files)})")
    with st.expander(f"All {len(files)} as a table, and download" if len(files) > NEWEST else "Download the list"):
        if len(files) > NEWEST:
            html_table(table, "Files taken in, newest first")
        csv_button(file_words.download_rows(files), "files taken in", key="history")


def draw_report(view: View, file: Any) -> None:
    """The whole quality report of one file, as it was kept when the file came in."""
    report = json.loads(file.report)
    words.heading(file_words.named(file))
    words.paragraph(file_words.state_line(file))
    words.paragraph(f"{file_words.rows_line(file)} {file_words.matched_words(report.get('matched'))}")
    words.bullets(filter(None, (file_words.change_words(report), file_words.before_words(report))))
    draw_differing(view, report)
    if report.get("findings"):
        words.note(file_words.finding_words(file, report))
    source = kinds.BY_KEY.get(file.source)
    quality = file_words.quality_rows(report, source.expected if source else None)
    if not quality.empty:
        html_table(quality, "How this file looks beside what is usual for its kind")
    words.bullets(report.get("notes", ()))
    draw_left_out(view, file)


def draw_differing(view: View, report: dict[str, Any]) -> None:
    """Which schools differ from the file whose place it took."""
    urns = (report.get("changes") or {}).get("urns", ())
    if not urns:
        return
    known = read.schools(engine(view.place))
    called = dict(zip(known["urn"].tolist(), known["name"].tolist(), strict=True))
    names = Names.of(address.wanted("hide") == "1", called, urns)
    with st.expander(f"The schools that differ ({len(urns)} listed)"):
        words.bullets(names.label(urn) for urn in urns)


def draw_left_out(view: View, file: Any) -> None:
    counted = pd.DataFrame(sorted(file_words.reasons(file.report).items()), columns=["Reason", "Times"])
    if counted.empty:
        words.paragraph("Every row and every cell could be read.")
        return
    html_table(counted, "Rows and cells left out, and why", numeric=("Times",))
    rows = read.rejects(engine(view.place), int(file.source_file_id))
    with st.expander("The rows themselves, and download"):
        html_table(
            rows.head(SHOWN).rename(columns=file_words.REJECTED), f"The first {min(SHOWN, len(rows))} of {len(rows):,}"
        )
        csv_button(rows, f"rows left out file {file.source_file_id}", key="rejects")


def draw_undo(view: View, file: Any) -> None:
    """Taking back in two steps: what would be in use again, then yes."""
    number = int(file.source_file_id)
    if file.state == "undone":
        words.note(st.session_state.get(DONE, {}).get(number, "This file was taken back."))
        return
    asked: Undone | None = st.session_state.get(ASKED, {}).get(number)
    if asked is None:
        if st.button("Take this file back", key="undo"):
            st.session_state[ASKED] = {number: undone(view, number, rehearsal=True)}
            st.rerun()
        return
    words.note(file_words.undo_question(asked.file_name, asked.restored))
    with st.container(horizontal=True):
        yes = st.button("Yes, take it back", type="primary", key="undo_yes")
        st.button("Keep it", key="undo_no", on_click=lambda: st.session_state.pop(ASKED, None))
    if yes:
        done = undone(view, number, rehearsal=False)
        st.session_state.pop(ASKED, None)
        st.session_state[DONE] = {number: file_words.undone_words(done.file_name, done.restored)}
        st.rerun()


def undone(view: View, number: int, *, rehearsal: bool) -> Undone:
    """Take a file back, or see what that would do; stops here, with the reason, where it cannot be."""
    with st.spinner("Looking at what would change" if rehearsal else "Taking the file back"):
        try:
            return intake.undo(view.scope, view.place, number, rehearsal=rehearsal)
        except AlongsideError as error:
            words.problem(str(error))
            st.stop()


view = session.guard("data_history")
there = view.place.file is None or view.place.file.exists()
files = intake.history(view.place) if there else pd.DataFrame({"state": []})
live = int((files["state"] == "live").sum())
words.finding(f"{words.count(len(files), 'file')} taken in, {live:,} in use")
data_views.draw("data_history")
if files.empty:
    words.paragraph("No file has been taken in here yet.")
else:
    draw_list(files)
    by_number: dict[int, Any] = dict(zip(files["source_file_id"].tolist(), files.itertuples(), strict=True))
    labels = {number: f"{number}: {file_words.named(file)}, {file.file_name}" for number, file in by_number.items()}
    lost = "The link asks for a file that is not here."
    number = address.settle("file", (0, *labels), 0, address.number, lost)
    address.picker(st, "file", "Look at one file", (0, *labels), number, lambda one: labels.get(one, "Choose a file"))
    if number:
        draw_report(view, by_number[number])
        if may(view.scope, "undo_file"):
            draw_undo(view, by_number[number])
making.offer(view.scope, view.place, key="history_make")
words.caveat(
    "what was made of every row of every file, and what has replaced what.",
    "whether what was published is right; a school can ask its publisher to correct it.",
)
words.source_line("the files listed, as published", created=view.created, sample=view.sample)
