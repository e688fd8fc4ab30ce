"""Forms of a register's rows: a widget for each kind of field; adding, changing, withdrawing; two versions side by side.

Whoever opens a row to change it keeps the version that they saw: where it moved on meanwhile they see both and choose.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import streamlit as st

from data.access import limits
from data.catalogue import AREAS, AlongsideError
from data.register import rows, values
from data.register.declared import Field
from data.register.rows import EditConflict, Entry
from data.register.values import Value
from pages.components import register_words as said
from pages.components import words
from pages.components.measure_words import area_label
from pages.components.tables import html_table
from pages.shell import address
from pages.shell.door import identity
from pages.shell.entered.register_rows import Book

EDIT, CONFLICT, ASKED, TOLD, ADDED = "register_edit", "register_conflict", "register_asked", "register_told", "register_added"  # fmt: skip
LINE = 200  # characters that fit a line; longer texts get a box
NONE = "Choose"
THEIRS = "Theirs was kept. Nothing of yours was saved."


@dataclass(frozen=True, slots=True)
class Opened:
    """A row as it stood when its form was opened."""

    entry: Entry


def tell(text: str) -> None:
    """Say it above the list in the next run."""
    st.session_state[TOLD] = text


def held() -> int:
    """The row that is being changed in this session, 0 for none: it stays open even where somebody withdraws it."""
    opened: Opened | None = st.session_state.get(EDIT)
    return opened.entry.entry_id if opened is not None else 0


def draw_told() -> None:
    if text := st.session_state.pop(TOLD, ""):
        words.note(text)


def draw_add(book: Book) -> None:
    """A new row: which partnership and school, then its fields."""
    one = book.register.one
    uid = _partnership(book)
    schools = book.schools_for(uid)
    if not schools:
        words.paragraph(f"There is no school here that you could add a {one} about.", quiet=True)
        return
    turn = st.session_state.get(ADDED, 0)
    with st.form(f"add-{book.register.key}-{turn}"):
        urn = _school(
            "Which school" if not book.register.two_schools else "The school that is asked",
            schools,
            book,
            f"urn-{turn}",
        )
        other = _school("The school that would be helped", schools, book, f"other-{turn}") if book.register.two_schools else None  # fmt: skip
        own = not book.register.two_schools and (book.scope.owner or set(schools) <= book.scope.schools)
        fields = tuple(field for field in book.register.typed_by_people if not field.by or own)
        given = {field.key: widget(field, None, f"add-{turn}-{field.key}", book) for field in fields}
        send = st.form_submit_button(f"Add this {one}", type="primary", key=f"add_{book.register.key}")
    if send:
        place = uid if book.register.belongs == "partnership" else None
        said_now = {key: value for key, value in given.items() if value is not None}
        made = _done(book, lambda: rows.add(
            book.scope, book.store, book.register.key, said_now, uid=place, urn=urn, other_urn=other, now=identity.now(),
            entered=True,
        ))  # fmt: skip
        if made:
            st.session_state[ADDED] = turn + 1
            address.pick("row", str(made.entry_id))
            tell(f"The {one} was added.")
            st.rerun()


def draw_row(book: Book, entry: Entry) -> None:
    """What can be done with one row: change it, withdraw it; or, after a conflict, choose between two versions."""
    conflict: EditConflict | None = st.session_state.get(CONFLICT)
    opened: Opened | None = st.session_state.get(EDIT)
    if conflict is not None and conflict.theirs.entry_id == entry.entry_id:
        _draw_conflict(book, conflict)
    elif opened is not None and opened.entry.entry_id == entry.entry_id:
        _draw_change(book, opened.entry, entry)
    elif st.session_state.get(ASKED, (0, 0))[0] == entry.entry_id:
        _draw_withdraw(book, entry)
    elif book.may_change(entry):
        with st.container(horizontal=True):
            if book.settable(entry.urn):
                st.button("Change it", key="register_change", on_click=_keep, args=(EDIT, Opened(entry)))
            st.button(
                "Withdraw it", key="register_withdraw", on_click=_keep, args=(ASKED, (entry.entry_id, entry.version))
            )


def widget(field: Field, value: Value, key: str, book: Book) -> Any:
    """The widget of a field's kind, standing at `value`; gives what was typed or chosen, None for nothing.

    No box has a most: it would drop a long paste without a word, while the register says how long the text is.
    """
    label = words.md(field.label + ("" if field.required else " (if you like)"))
    help_text = words.md(field.about)
    if field.kind in ("choice", "area", "urn"):
        options = {
            "choice": tuple(field.choices), "area": tuple(AREAS),
            "urn": tuple(sorted(book.called, key=lambda urn: (book.names.label(urn), urn))) if field.kind == "urn" else (),
        }[field.kind]  # fmt: skip
        at = options.index(value) if value in options else None
        shown: dict[str, Callable[[Any], str]] = {
            "choice": lambda one: field.choices[one], "area": area_label, "urn": book.names.label
        }  # fmt: skip
        return st.selectbox(label, options, index=at, format_func=shown[field.kind], placeholder=NONE, key=key, help=help_text)  # fmt: skip
    if field.kind == "yes_no":
        at = None if value is None else 0 if value else 1
        return st.radio(label, ("yes", "no"), index=at, horizontal=True, key=key, help=help_text)
    if field.kind == "day":
        return st.date_input(
            label, value if isinstance(value, date) else None, format="DD/MM/YYYY", key=key, help=help_text,
            min_value=f"{values.FIRST_YEAR}-01-01", max_value=f"{values.LAST_YEAR}-12-31",
        )  # fmt: skip
    text = "" if value is None else str(values.cell(field, value))
    text = text.removesuffix(".0") if field.kind == "number" else text
    if field.kind == "text" and field.most > LINE:
        return st.text_area(label, text, key=key, help=help_text, height=140) or None
    hint = {"year": "2024/25", "link": "https://"}.get(field.kind, "")
    return st.text_input(label, text, placeholder=hint, key=key, help=help_text) or None


def _partnership(book: Book) -> str | None:
    """The partnership whose schools a new row may be about; drawn where there is a choice."""
    options = tuple(book.places)
    if not options:
        return None
    uid = address.settle("partnership", options, options[0], str, "The link asks for a partnership that is not here.")
    if len(options) == 1:
        return uid
    return address.picker(st, "partnership", "Partnership", options, uid, lambda one: book.places[one][0])


def _school(label: str, schools: tuple[int, ...], book: Book, key: str) -> int | None:
    at = 0 if len(schools) == 1 else None
    return st.selectbox(label, schools, index=at, format_func=book.names.label, placeholder=NONE, key=key)


def _draw_change(book: Book, opened: Entry, now: Entry) -> None:
    """The form, standing at what was there when it was opened, whatever happened since."""
    if now.version != opened.version:
        words.note("Somebody changed this row since you opened it. When you save you will see both versions.")
    fields = book.settable(opened.urn)
    with st.form(f"change-{opened.entry_id}-{opened.version}"):
        key = f"change-{opened.entry_id}-{opened.version}"
        given = {field.key: widget(field, opened.values[field.key], f"{key}-{field.key}", book) for field in fields}
        with st.container(horizontal=True):
            save = st.form_submit_button("Save", type="primary", key="register_save")
            leave = st.form_submit_button("Leave it as it is", key="register_leave")
    if leave:
        _let_go()
        st.rerun()
    if save:
        yours = _changed(book, opened, given)
        if not yours:
            tell("Nothing was changed.")
            _let_go()
            st.rerun()
        _save(book, opened, yours, opened.version)


def _changed(book: Book, opened: Entry, given: Mapping[str, object]) -> dict[str, object]:
    """What the form says otherwise than the row did; a value that is none is left for the register to refuse."""
    typed, bad = values.typed_all(book.register, given)
    wrong = {key: given[key] for key, _ in bad}
    return {**{key: value for key, value in typed.items() if value != opened.values[key]}, **wrong}


def _save(book: Book, opened: Entry, yours: Mapping[str, object], version: int) -> None:
    """Save over `version`; where somebody was faster, both versions are shown next."""
    try:
        saved = _done(book, lambda: rows.change(
            book.scope, book.store, opened.entry_id, yours, version=version, now=identity.now(), entered=True
        ))  # fmt: skip
    except EditConflict as conflict:
        st.session_state[CONFLICT] = conflict
        st.rerun()
    if saved:
        tell("Saved.")
        _let_go()
        st.rerun()


def _draw_conflict(book: Book, conflict: EditConflict) -> None:
    """Theirs and yours; nothing is saved until one is chosen."""
    chosen = draw_both(book, conflict)
    if chosen == "theirs":
        tell(THEIRS)
        _let_go()
        st.rerun()
    if chosen == "mine":
        _save(book, conflict.theirs, conflict.yours, conflict.theirs.version)


def draw_both(book: Book, conflict: EditConflict, *, again: bool = False) -> Literal["", "theirs", "mine"]:
    """Theirs and yours, field by field; which was chosen, "" for none yet. `again`: what was withdrawn can be said anew."""
    theirs, one = conflict.theirs, book.register.one
    words.note(
        f"Somebody saved this {one} while you were changing it. Nothing of yours was saved. Here are both versions."
    )
    words.paragraph(f"Theirs was saved by {book.saved_by(theirs)}.")
    gone = theirs.state != "live"
    table = [
        (field.label, "withdrawn" if gone else book.text(field, theirs.values[key]), book.text(field, conflict.yours[key]))
        for key, field in book.register.fields.items() if key in conflict.yours
    ]  # fmt: skip
    if table:
        html_table(said.beside(table), "Both versions, where you changed something")
    words.paragraph("What you did not change stays as theirs, whichever you choose.", quiet=True)
    with st.container(horizontal=True):
        keep = st.button("Leave it withdrawn" if gone else "Keep theirs", key="register_theirs")
        may = bool(table) and (again or not gone)
        over = may and st.button("Save mine over it", key="register_mine")
    return "theirs" if keep else "mine" if over else ""


def _draw_withdraw(book: Book, entry: Entry) -> None:
    _, version = st.session_state[ASKED]
    words.note(f"If you withdraw this {book.register.one} it is listed no more. Its history is kept.")
    with st.container(horizontal=True):
        yes = st.button("Yes, withdraw it", type="primary", key="register_withdraw_yes")
        st.button("Keep it", key="register_withdraw_no", on_click=_let_go)
    if yes:
        try:
            gone = _done(book, lambda: rows.withdraw(
                book.scope, book.store, entry.entry_id, version=version, now=identity.now()
            ))  # fmt: skip
        except EditConflict:
            gone = None
            tell(
                "Somebody changed this row since you looked at it, so it was not withdrawn. This is how it stands now."
            )
            _let_go()
            st.rerun()
        if gone:
            address.pick("row", "0")
            tell(f"The {book.register.one} was withdrawn.")
            _let_go()
            st.rerun()


def _done(book: Book, act: Callable[[], Entry]) -> Entry | None:
    """What `act` gives; None, with the reason on the page, where it cannot be done. EditConflict goes on."""
    try:
        limits.take(book.store, book.scope, "edit", now=identity.now())
        return act()
    except EditConflict:
        raise
    except AlongsideError as error:
        words.problem(str(error))
        return None


def _keep(name: str, value: object) -> None:
    _let_go()
    st.session_state[name] = value


def _let_go() -> None:
    for name in (EDIT, CONFLICT, ASKED):
        st.session_state.pop(name, None)
