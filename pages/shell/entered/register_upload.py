"""A register's table down and up: downloads; a file sent in, what is wrong with it or what it would change, then yes or no."""

from __future__ import annotations

import streamlit as st

from data.access import limits
from data.catalogue import AlongsideError
from data.register import exchange
from data.register.books import MAX_ROWS, MAX_UPLOAD
from data.register.exchange import Change, Upload, UploadRefused
from pages.components import register_words as said
from pages.components import words
from pages.components.downloads import button, file_name
from pages.components.tables import html_table
from pages.shell.door import identity
from pages.shell.entered.register_form import tell
from pages.shell.entered.register_rows import Book

SENT, TURN = "register_upload", "register_upload_turn"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 40  # lines of a preview or of what is wrong; the rest is counted


def draw_download(book: Book) -> None:
    """The rows in force as CSV and XLSX; without names where names are hidden there is none, for it holds every URN."""
    if book.names.hide:
        words.paragraph("Downloads name schools. Show their names first.", quiet=True)
        return
    register, entries, called = book.register, book.entries, book.called
    name = file_name(register.title)
    key = f"register-{register.key}"
    with st.container(horizontal=True):
        button("Download as CSV", lambda: exchange.csv_out(register, entries, called), name, key=key)
        button(
            "Download as Excel", lambda: exchange.xlsx_out(register, entries, called), name.replace(".csv", ".xlsx"), XLSX,
            key=f"{key}-xlsx",
        )  # fmt: skip


def waiting(book: Book) -> bool:
    """Whether a table of this register was sent in and waits for an answer."""
    sent: Upload | None = st.session_state.get(SENT)
    return sent is not None and sent.register == book.register.key


def draw_upload(book: Book) -> None:
    """Two steps: look at what would change, then yes."""
    sent: Upload | None = st.session_state.get(SENT)
    if sent is not None and sent.register == book.register.key:
        _draw_sent(book, sent)
        return
    words.paragraph(
        "Download the table, change it in a spreadsheet and send it in. Leave row and version as they are; a line without a "
        "row number is a new row. A blank cell blanks its field. Nothing changes before you say yes."
    )
    words.paragraph(f"CSV or xlsx, up to {MAX_UPLOAD >> 20} MB and {MAX_ROWS:,} rows, without formulas.", quiet=True)
    turn = st.session_state.get(TURN, 0)
    given = st.file_uploader(
        "Table", type=["csv", "xlsx"], max_upload_size=MAX_UPLOAD >> 20, key=f"register_file_{turn}"
    )
    if st.button("Look at what would change", key="register_look", disabled=given is None) and given is not None:
        try:
            limits.take(book.store, book.scope, "upload", now=identity.now())
            now = identity.now()
            found = exchange.read_upload(
                book.scope, book.store, book.register.key, given.name, given.getvalue(), now=now
            )
        except AlongsideError as error:
            words.problem(str(error))
            return
        st.session_state[SENT] = found
        st.rerun()


def _draw_sent(book: Book, sent: Upload) -> None:
    if sent.bad:
        _draw_bad(sent.bad)
        st.button("Choose another file", key="register_again", on_click=_let_go)
        return
    if not sent.changes:
        words.note(f"The table says what is here already: {words.count(sent.unchanged, 'row')}, nothing to change.")
        st.button("Choose another file", key="register_again", on_click=_let_go)
        return
    lines = [(one.row, _which(book, one), _what(book, one)) for one in sent.changes]
    more = f" The first {SHOWN} are shown." if len(lines) > SHOWN else ""
    words.note(f"{_counted(sent)} Nothing is changed yet.{more}")
    html_table(said.preview(lines[:SHOWN]), "What the table would change", wide=("What would change",))
    with st.container(horizontal=True):
        yes = st.button("Yes, take it in", type="primary", key="register_upload_yes")
        st.button("No, leave all as it is", key="register_upload_no", on_click=_let_go)
    if yes:
        _take_in(book, sent)


def _take_in(book: Book, sent: Upload) -> None:
    try:
        done = exchange.apply(book.scope, book.store, sent, now=identity.now())
    except UploadRefused as refused:
        _draw_bad(refused.bad)
        return
    except AlongsideError as error:
        words.problem(str(error))
        return
    _let_go()
    tell(f"The table was taken in: {words.count(len(done), 'row')} added or changed.")
    st.rerun()


def _draw_bad(bad: tuple[tuple[int, str, str], ...]) -> None:
    cells = words.count(len(bad), "cell")
    more = f" The first {SHOWN} are listed." if len(bad) > SHOWN else ""
    words.problem(f"Nothing of the table was taken in: {cells} cannot be used.{more}")
    html_table(said.bad_cells(bad[:SHOWN]), "What is wrong, cell by cell")


def _counted(sent: Upload) -> str:
    new = sum(one.entry_id is None for one in sent.changes)
    parts = ((new, "would be added"), (len(sent.changes) - new, "would be changed"), (sent.unchanged, "would stay as they are"))  # fmt: skip
    told = [f"{words.count(number, 'row')} {what}" for number, what in parts if number]
    return f"{words.listing(told)}."


def _which(book: Book, one: Change) -> str:
    schools = [book.names.label(urn) for urn in (one.place.urn, one.place.other_urn) if urn is not None]
    return f"{one.entry_id or 'new'}: {' for '.join(schools)}"


def _what(book: Book, one: Change) -> str:
    before = one.before if one.entry_id is not None else {}
    return said.short("; ".join(book.changes(before, one.values)))


def _let_go() -> None:
    st.session_state.pop(SENT, None)
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
