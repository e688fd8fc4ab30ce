"""Forms of a register's rows: adding, changing, withdrawing; two versions side by side.

Whoever opens a row to change it keeps the version that they saw: where it moved on meanwhile they see both and choose.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from data.access import limits
from data.access.scope import Row
from data.catalogue import AlongsideError
from data.register import places, rows, values
from data.register.declared import REGISTERS, Field
from data.register.rows import EditConflict, Entry
from data.register.values import Value
from pages.components import register_words as said
from pages.components import words
from pages.components.tables import html_table
from pages.shell import address
from pages.shell.door import identity
from pages.shell.entered import register_widgets
from pages.shell.entered.register_rows import Book

EDIT, CONFLICT, ASKED, TOLD, ADDED = "register_edit", "register_conflict", "register_asked", "register_told", "register_added"  # fmt: skip
SAID_WITH_IT = {("stated_need", "standing"): "stated", ("offer", "standing"): "offered"}
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
    """A new row: which partnership and schools, or which row it belongs to, then its fields."""
    uid = _partnership(book)
    schools = book.schools_for(uid)
    if why := _nothing_to_choose(book, uid, schools):
        words.paragraph(why, quiet=True)
        return
    turn = st.session_state.get(ADDED, 0)
    with st.form(f"add-{book.register.key}-{turn}"):
        place, given = _new_row(book, uid, schools, turn)
        send = st.form_submit_button(f"Add this {book.register.one}", type="primary", key=f"add_{book.register.key}")
    if send:
        said_now = {key: value for key, value in given.items() if value is not None}
        made = _done(book, lambda: rows.add(
            book.scope, book.store, book.register.key, said_now, uid=place.uid, urn=place.urn, other_urn=place.other_urn,
            now=identity.now(), entered=True,
        ))  # fmt: skip
        if made:
            st.session_state[ADDED] = turn + 1
            address.pick("row", str(made.entry_id))
            tell(f"The {book.register.one} was added.")
            st.rerun()


def _nothing_to_choose(book: Book, uid: str | None, schools: tuple[int, ...]) -> str:
    """Why no row can be added here; "" where one can."""
    for field in book.register.fields.values():
        if field.of and field.required and not book.options(field, Row(uid)):
            return f"There is no {REGISTERS[field.of].one} here yet that {book.register.a_one} could belong to. Add one first."  # fmt: skip
    if not schools and book.register.schools != "may" and book.placed_by is None:
        return f"There is no school here that you could add {book.register.a_one} about."
    return ""


def _new_row(book: Book, uid: str | None, schools: tuple[int, ...], turn: int) -> tuple[Row, dict[str, Any]]:
    """Where the new row would stand, and its values, as they stand in the widgets."""
    register, given = book.register, dict[str, Any]()
    by = book.placed_by
    if by is not None:
        number = given[by.key] = register_widgets.row(by, book.options(by, Row(uid)), book, f"add-{turn}-{by.key}")
        held = book.named[by.of].get(number or 0)
        place = Row(held.uid, held.urn, held.other_urn) if held is not None else Row(uid)
    else:
        place = _schools(book, uid, schools, turn)
    asked = Row(
        uid if register.belongs != "school" else None
    )  # what is to be chosen before anything is known of the row
    fields = [field for field in _asked(book, schools) if by is None or field.key != by.key]
    stands = {field.key: _stands_at(book, field, schools) for field in fields}
    return place, given | register_widgets.widgets(fields, stands, f"add-{turn}", book, asked)


def _schools(book: Book, uid: str | None, schools: tuple[int, ...], turn: int) -> Row:
    register = book.register
    first, second = said.which_schools(register.schools, register.belongs, register.one)
    may_be_none = register.schools in ("may", "second")
    urn = register_widgets.school(first, schools, book, f"urn-{turn}", may_be_none=may_be_none)
    other = register_widgets.school(second, schools, book, f"other-{turn}") if second else None
    own = register.belongs == "school" or (register.belongs == "either" and urn is not None)
    return Row(None if own else uid, urn, other)


def _asked(book: Book, schools: tuple[int, ...]) -> tuple[Field, ...]:
    """The fields of a new row: a school's own word only where it is this person's to say, whichever school is chosen, or
    where no school may be named, and then the register refuses what is said for one.
    """
    fields = book.register.typed_by_people
    if book.scope.owner:
        return fields
    sayable = book.register.schools == "may" or (not book.register.two_schools and set(schools) <= book.scope.schools)
    return tuple(field for field in fields if not field.by or (field.by == "own" and sayable))


def draw_row(book: Book, entry: Entry) -> None:
    """What can be done with one row: change it, withdraw it; or, after a conflict, choose between two versions."""
    if book.names.hide:
        words.paragraph("What people wrote may name a school. Show school names to change this.", quiet=True)
        return
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
            if book.settable(_place(entry)):
                st.button("Change it", key="register_change", on_click=_keep, args=(EDIT, Opened(entry)))
            if rows.may_withdraw(book.scope, book.store, entry.entry_id):
                st.button("Withdraw it", key="register_withdraw", on_click=_keep, args=(ASKED, (entry.entry_id, entry.version)))  # fmt: skip


def _partnership(book: Book) -> str | None:
    """The partnership whose schools a new row may be about; drawn where there is a choice."""
    options = tuple(book.places)
    if not options:
        return None
    first = book.usual if book.usual in options else options[0]
    uid = address.settle("partnership", options, first, str, "The link asks for a partnership that is not here.")
    if len(options) == 1:
        return uid
    return address.picker(st, "partnership", "Partnership", options, uid, lambda one: book.places[one][0])


def _stands_at(book: Book, field: Field, schools: tuple[int, ...]) -> Value:
    """What the widget of a new row stands at: a head who enters a need or an offer of the school says so with it."""
    heads = not book.scope.owner and set(schools) <= book.scope.schools
    return SAID_WITH_IT.get((book.register.key, field.key)) if heads and field.by else places.first(field)


def _place(entry: Entry) -> Row:
    return Row(entry.uid, entry.urn, entry.other_urn)


def _draw_change(book: Book, opened: Entry, now: Entry) -> None:
    """The form, standing at what was there when it was opened, whatever happened since."""
    if now.version != opened.version:
        words.note("Somebody changed this row since you opened it. When you save you will see both versions.")
    fields, place = book.settable(_place(opened)), _place(opened)
    with st.form(f"change-{opened.entry_id}-{opened.version}"):
        key = f"change-{opened.entry_id}-{opened.version}"
        given = register_widgets.widgets(fields, opened.values, key, book, place)
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
