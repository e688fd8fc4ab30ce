"""Files on their way into a store: dropped, read, previewed, and taken in once a person has said so. Nothing before that.

Shared by Data and by Use our own schools. A file that does not look as such files usually do needs a reason in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from data import intake
from data.access import limits
from data.access.scope import Scope
from data.formats.extract import RawFile
from data.intake import FileReport
from data.store.engine import StorePlace, engine
from pages.components import words
from pages.components.tables import html_table
from pages.shell.files import reading
from pages.shell.files.file_words import LIMITS, breakable, matched_words

ROUND = "files_round"  # counts what was dropped, so that the dropper is empty again afterwards
REASON = "files_reason"
OUTCOMES: Mapping[str, str] = {
    "previewed": "can be taken in", "loaded": "taken in", "unchanged": "already here", "refused": "not taken in",
    "not_recognised": "passed over", "not_tried": "not read: the work stopped before it",
}  # fmt: skip
READ = ("previewed", "loaded")
NUMBERS = ("Rows read", "Kept", "Left out", "Schools")
COLUMNS = ("File", "What it is", "Outcome", *NUMBERS)


def draw_dropper(scope: Scope, where: StorePlace) -> None:
    """The dropper, then what the dropped files are and would change, then the question whether to take them in."""
    now = reading.present()
    files = st.file_uploader(
        "Published files, or zips of them", accept_multiple_files=True, key=f"files_{st.session_state.get(ROUND, 0)}"
    )
    words.paragraph(f"Nothing is taken in before you have seen what it is and said yes. {LIMITS}", quiet=True)
    marks = tuple(file.file_id for file in files)
    if not marks:
        return
    if now is None or now.purpose != "preview" or now.files != marks:
        if not st.button("Read these files", type="primary", key="files_read"):
            return
        if not scope.owner:  # whom nothing limits, and for whom looking makes no store
            limits.take(engine(where), scope, "read_files", now=datetime.now(UTC))
        raws = [RawFile(file.name, (), file.getvalue()) for file in files]
        reading.start("preview", marks, lambda told: intake.preview(scope, raws, where, progress=told))
        st.rerun()
    if now.error:
        words.problem(now.error)
        return
    draw_preview(now.reports)
    reason = _agreed(now.reports)
    if reason is not None:
        raws = [RawFile(file.name, (), file.getvalue()) for file in files]
        reading.start("load", marks, lambda told: intake.load(scope, raws, where, accept=reason or None, progress=told))
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
        st.rerun()


def draw_taken() -> None:
    """What became of the files that were taken in last."""
    now = reading.present()
    if now is None or now.purpose != "load":
        return
    words.heading("What became of each file")
    if now.error:
        words.problem(now.error)
    draw_reports(now.reports, "The files of just now")
    words.paragraph("The whole report of each file stays under Every file, where it can be taken back too.", quiet=True)


def draw_preview(reports: Sequence[FileReport]) -> None:
    """What would change; nothing has changed yet."""
    words.heading("What these files are, and what would change")
    words.note("Nothing has been taken in yet.")
    draw_reports(reports, "What each file is")


def draw_reports(reports: Sequence[FileReport], caption: str) -> None:
    """Reports as a table; refusals, changes and reasons given as sentences; all the rest in an expander."""
    html_table(report_rows(reports), caption, numeric=NUMBERS)
    for report in reports:
        if report.error:
            words.problem(refusal_words(report.error))
    words.bullets(report.sentence for report in reports if report.outcome == "not_recognised" and report.passed_over)
    words.bullets(f"{report.file}: {report.changes}" for report in reports if report.changes)
    for report in reports:
        if report.accepted:
            words.note(odd_words(report))
    lines = {report.file: detail_lines(report) for report in reports}
    if any(lines.values()):
        with st.expander("Schools found, rows left out, and other details"):
            for file, said in lines.items():
                if said:
                    words.subheading(file)
                    words.bullets(said)


def _agreed(reports: Sequence[FileReport]) -> str | None:
    """Once a person says yes: the reason given for files that look unusual, "" for none. Until then None."""
    new = [report for report in reports if report.outcome == "previewed"]
    odd = [report for report in new if report.findings]
    if not new:
        words.paragraph("There is nothing here to take in.")
        return None
    reason = ""
    if odd:
        for report in odd:
            words.problem(odd_words(report))
        which = "it" if len(odd) == 1 else "them"
        reason = st.text_input(f"Why take {which} in all the same? Leave this blank to leave {which} out", key=REASON)
        reason = reason.strip()
    with st.container(horizontal=True):
        asked = st.button("Take these files in", type="primary", key="files_take")
        st.button("Leave them", key="files_leave", on_click=_leave)
    if asked and not reason and len(odd) == len(new):
        words.problem("Write in a few words why, or leave them. Nothing was taken in.")
        return None
    return reason if asked else None


def _leave() -> None:
    reading.forget()
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def report_rows(reports: Sequence[FileReport]) -> pd.DataFrame:
    """One row per file: what it was recognised as, what becomes of it, its rows and schools where it was read."""
    return pd.DataFrame([_row(report) for report in reports], columns=list(COLUMNS))


def _row(report: FileReport) -> tuple[str, ...]:
    what = " ".join(filter(None, (report.title, report.when))) or "not recognised"
    numbers = ("", "", "", "")
    if report.outcome in READ:
        schools = "" if report.matched is None else f"{sum(report.matched.values()):,}"
        numbers = (f"{report.rows_read:,}", f"{report.kept:,}", f"{report.rejected:,}", schools)
    return breakable(report.file), what, outcome_words(report), *numbers


def outcome_words(report: FileReport) -> str:
    """ "can be taken in", "can be taken in if you say why", "taken in for the reason given", ..."""
    if report.findings and report.outcome in READ:
        return "can be taken in if you say why" if report.outcome == "previewed" else "taken in for the reason given"
    return OUTCOMES[report.outcome]


def refusal_words(error: str) -> str:
    """Why a file is refused: what, where, what to do. The thirty kinds that could be read stand on Data, not here."""
    said, listed, _ = error.partition(" Alongside reads: ")
    return f"{said} The page Data lists every kind of file that Alongside reads." if listed else said


def odd_words(report: FileReport) -> str:
    """What does not look sound, and the reason for taking the file in all the same where there is one."""
    why = f" Taken in all the same: {report.accepted}" if report.accepted else ""
    return f"{report.file} does not look as such files usually do: {'; '.join(report.findings)}.{why}"


def detail_lines(report: FileReport) -> list[str]:
    """Schools by phase, rows and cells left out with the reason, and the source's notes."""
    if report.outcome not in READ:
        return []
    told = {report.changes, *(f"unusual for such a file: {finding}" for finding in report.findings)}
    told |= {f"taken in all the same: {report.accepted}"}
    return [matched_words(report.matched), *(line for line in report.details if line not in told)]
