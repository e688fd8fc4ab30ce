"""Rows of registers on both databases: who reads and writes which row, versions, conflicts, history, audit, withdrawal."""

from __future__ import annotations

import contextlib
import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from data.access import audit
from data.access.scope import Grant, Scope
from data.catalogue import AlongsideError, PermissionDenied
from data.register import rows
from data.register.declared import REGISTERS
from data.register.rows import EditConflict, Entry, NoSuchEntry
from data.register.values import BadValues
from data.store import own
from data.store.schema_private import audit as audit_table
from data.store.schema_private import entry, entry_version
from tests.store import register_people as who
from tests.store.conftest import Writer, register
from tests.store.register_people import (  # fmt: skip
    ASH,
    BOTH,
    DIRECTOR,
    ELM,
    ELM_HEAD,
    EVERYBODY,
    FAR,
    NOW,
    OAK,
    OURS,
    OWNER,
    THEIRS,
    later,
)

NOTE = {"words": "Met the head.", "day": "2026-11-20"}


def note(store: Engine, scope: Scope = DIRECTOR, urn: int = ELM, **more: Any) -> Entry:
    return rows.add(scope, store, "note", {**NOTE, **more}, uid=OURS, urn=urn, now=NOW)


def ask(store: Engine, scope: Scope = DIRECTOR, **values: Any) -> Entry:
    said = {"area": "reading", "days": 3, "words": "Could you help?", **values}
    return rows.add(scope, store, "ask", said, uid=OURS, urn=OAK, other_urn=ELM, now=NOW)


def reply(store: Engine, urn: int = ELM) -> Entry:
    return rows.add(OWNER, store, "reply", {"about": "ks2_rwm_expected_pct", "words": "Ten pupils."}, urn=urn, now=NOW)


def readers(store: Engine, made: Entry) -> set[str]:
    """Who can read the row; by its number and by the list alike, and its history too."""
    found = set()
    for name, scope in EVERYBODY.items():
        try:
            rows.entry(scope, store, made.entry_id)
            found.add(name)
            assert made.entry_id in {one.entry_id for one in rows.entries(scope, store, made.register)}
            assert rows.history(scope, store, made.entry_id)
        except NoSuchEntry as error:
            assert str(error) == "there is no such row. Choose one from the list."
            with pytest.raises(NoSuchEntry):
                rows.history(scope, store, made.entry_id)
            with pytest.raises(NoSuchEntry):
                rows.change(scope, store, made.entry_id, {}, version=1, now=NOW)
            with pytest.raises(NoSuchEntry):
                rows.withdraw(scope, store, made.entry_id, version=1, now=NOW)
            with contextlib.suppress(PermissionDenied):
                assert made.entry_id not in {one.entry_id for one in rows.entries(scope, store, made.register)}
    return found


def writers(store: Engine, made: Entry, values: dict[str, object]) -> set[str]:
    found = set()
    for name, scope in EVERYBODY.items():
        version = rows.entry(OWNER, store, made.entry_id).version
        try:
            rows.change(scope, store, made.entry_id, {**values, "words": f"by {name}"}, version=version, now=NOW)
            found.add(name)
        except PermissionDenied:
            assert rows.entry(OWNER, store, made.entry_id).version == version
    return found


def counts(store: Engine) -> tuple[int, ...]:
    with store.connect() as connection:
        return tuple(
            connection.execute(select(func.count()).select_from(table)).scalar() or 0
            for table in (entry, entry_version, audit_table)
        )


def test_who_reads_and_writes_a_note(store: Engine) -> None:
    made = note(store)
    assert readers(store, made) == {"owner", "director", "other_director", "adviser", "elm_head"}
    assert writers(store, made, {}) == {"owner", "director", "other_director", "adviser"}


def test_who_reads_and_writes_a_reply(store: Engine) -> None:
    made = reply(store)
    assert readers(store, made) == {"owner", "director", "other_director", "adviser", "governor", "elm_head"}
    assert writers(store, made, {}) == {"owner", "elm_head"}


def test_a_question_is_its_parties_alone(store: Engine) -> None:
    made = ask(store)
    assert readers(store, made) == {"owner", "director", "elm_head", "oak_head"}
    assert writers(store, made, {}) == {"owner", "director", "elm_head", "oak_head"}


def test_a_school_of_two_partnerships_speaks_to_both_but_a_note_crosses_nowhere(store: Engine) -> None:
    assert readers(store, reply(store, BOTH)) >= {"director", "stranger"}
    assert readers(store, note(store, urn=BOTH)) == {"owner", "director", "other_director", "adviser"}


def test_lists_are_of_one_register_school_and_partnership(store: Engine) -> None:
    first, second, third = note(store), note(store, urn=OAK), ask(store)
    assert [one.entry_id for one in rows.entries(DIRECTOR, store, "note")] == [first.entry_id, second.entry_id]
    assert [one.entry_id for one in rows.entries(DIRECTOR, store, "note", urn=OAK)] == [second.entry_id]
    assert [one.entry_id for one in rows.entries(DIRECTOR, store, "ask", urn=ELM)] == [third.entry_id]
    assert rows.entries(DIRECTOR, store, "note", uid=THEIRS) == ()
    for scope in (who.NOBODY, who.ADMINISTRATOR, who.AUDITOR, who.GOVERNOR):
        with pytest.raises(PermissionDenied, match="you may not read notes about schools"):
            rows.entries(scope, store, "note")
    with pytest.raises(PermissionDenied, match="no such register"):
        rows.entries(OWNER, store, "'; DROP TABLE entry; --")


@pytest.mark.parametrize("number", [0, -1, 999, 2**31, 10**30])
def test_an_unknown_number_is_as_one_that_is_not_yours(store: Engine, number: int) -> None:
    with pytest.raises(NoSuchEntry, match="there is no such row"):
        rows.entry(OWNER, store, number)


@pytest.mark.parametrize(
    ("scope", "uid", "urn"),
    [
        (DIRECTOR, OURS, FAR), (DIRECTOR, THEIRS, BOTH), (DIRECTOR, None, FAR), (who.STRANGER, OURS, ELM),
        (ELM_HEAD, OURS, ELM), (who.GOVERNOR, OURS, ELM), (who.ADMINISTRATOR, OURS, ELM), (who.NOBODY, OURS, ELM),
    ],
)  # fmt: skip
def test_notes_are_added_by_directors_and_advisers_about_their_schools_only(
    store: Engine, scope: Scope, uid: str | None, urn: int
) -> None:
    with pytest.raises(PermissionDenied, match="you may not add a note here"):
        rows.add(scope, store, "note", NOTE, uid=uid, urn=urn, now=NOW)
    assert counts(store) == (0, 0, 0)


def test_whoever_may_write_what_they_entered_may_not_enter_it_anywhere(store: Engine) -> None:
    """A director's reach over questions is "author", and each new row would be theirs."""
    for scope, uid, urn, other in (
        (DIRECTOR, THEIRS, FAR, BOTH), (DIRECTOR, OURS, ELM, FAR), (DIRECTOR, OURS, FAR, ELM),
        (ELM_HEAD, OURS, OAK, ASH), (ELM_HEAD, OURS, FAR, ELM), (ELM_HEAD, THEIRS, ELM, OAK),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            rows.add(scope, store, "ask", {"area": "reading"}, uid=uid, urn=urn, other_urn=other, now=NOW)
    assert counts(store) == (0, 0, 0)


def test_where_a_row_belongs_is_asked_for(store: Engine) -> None:
    for key, place, said in (
        ("note", {"urn": ELM}, "which partnership"), ("note", {"uid": OURS}, "which school"),
        ("ask", {"uid": OURS, "urn": ELM}, "which two schools"), ("note", {"uid": OURS, "urn": 7}, "six digits"),
        ("ask", {"uid": OURS, "urn": ELM, "other_urn": ELM}, "which two schools"),
        ("note", {"uid": OURS, "urn": ELM, "other_urn": OAK}, "one school only"), ("reply", {}, "which school"),
    ):  # fmt: skip
        with pytest.raises(BadValues, match=said):
            rows.add(OWNER, store, key, {"words": "x", "about": "y", "area": "reading"}, now=NOW, **place)  # type: ignore[arg-type]


def test_only_the_head_of_the_school_asked_answers(store: Engine) -> None:
    made = ask(store, answer="waiting")
    assert made.values["answer"] == "waiting"
    with pytest.raises(BadValues, match="only the head of the school says this"):
        ask(store, answer="yes")
    for scope in (DIRECTOR, ELM_HEAD):
        with pytest.raises(BadValues) as caught:
            rows.change(scope, store, made.entry_id, {"answer": "yes"}, version=1, now=NOW)
        assert caught.value.bad == (("answer", "only the head of the school says this"),)
    answered = rows.change(who.OAK_HEAD, store, made.entry_id, {"answer": "declined"}, version=1, now=NOW)
    assert answered.values["answer"] == "declined"
    reworded = rows.change(DIRECTOR, store, made.entry_id, {"days": 2, "answer": "declined"}, version=2, now=NOW)
    assert (reworded.values["days"], reworded.values["answer"]) == (2.0, "declined")
    with pytest.raises(BadValues, match="only the head"):
        rows.change(DIRECTOR, store, made.entry_id, {"answer": None}, version=3, now=NOW)


def test_what_the_program_sets_nobody_types(store: Engine) -> None:
    said = {"said": "abc", "how": "told", "shown_on": date(2026, 11, 22)}
    with pytest.raises(BadValues, match="only Alongside itself sets this"):
        rows.add(DIRECTOR, store, "showing", said, uid=OURS, urn=ELM, now=NOW, entered=True)
    made = rows.add(DIRECTOR, store, "showing", said, uid=OURS, urn=ELM, now=NOW)
    assert made.values == said
    assert readers(store, made) == {"owner", "director", "other_director", "adviser", "elm_head"}
    with pytest.raises(BadValues, match="only Alongside itself sets this"):
        rows.change(DIRECTOR, store, made.entry_id, {"shown_on": "2025-01-01"}, version=1, now=NOW, entered=True)
    same = rows.change(DIRECTOR, store, made.entry_id, said, version=1, now=NOW, entered=True)
    assert same.version == 1
    looked = rows.add(ELM_HEAD, store, "showing", {**said, "how": "looked"}, urn=ELM, now=NOW)
    assert (looked.uid, looked.created_by) == (None, 6)


def test_every_wrong_value_is_named_and_nothing_is_written(store: Engine) -> None:
    with pytest.raises(BadValues) as caught:
        rows.add(DIRECTOR, store, "ask", {"area": "magic", "days": "many", "colour": "red"}, uid=OURS, urn=OAK, other_urn=ELM, now=NOW)  # fmt: skip
    assert caught.value.bad == (
        ("area", "there is no such area"), ("days", "it is no number"), ("colour", "there is no such field"),
    )  # fmt: skip
    assert "Area: there is no such area; Days: it is no number" in str(caught.value)
    with pytest.raises(BadValues, match="Note: it is needed"):
        rows.add(DIRECTOR, store, "note", {"words": "  \n "}, uid=OURS, urn=ELM, now=NOW)
    assert counts(store) == (0, 0, 0)


def test_a_change_makes_a_version_and_keeps_what_it_does_not_name(store: Engine) -> None:
    made = note(store)
    changed = rows.change(who.ADVISER, store, made.entry_id, {"words": " Met again. "}, version=1, now=later(5))
    assert (changed.version, changed.values["words"], changed.values["day"]) == (2, "Met again.", date(2026, 11, 20))
    assert (changed.created_by, changed.changed_by) == (1, 4)
    assert (changed.created, changed.changed) == (
        "2026-11-22T09:30:00.000000+00:00",
        "2026-11-22T09:35:00.000000+00:00",
    )
    assert rows.entry(ELM_HEAD, store, made.entry_id) == changed
    told = rows.history(ELM_HEAD, store, made.entry_id)
    assert [(one.version, one.values["words"], one.state, one.by) for one in told] == [
        (1, "Met the head.", "live", 1), (2, "Met again.", "live", 4),
    ]  # fmt: skip
    same = rows.change(who.ADVISER, store, made.entry_id, {"words": "Met again."}, version=2, now=later(6))
    assert same == changed
    cleared = rows.change(DIRECTOR, store, made.entry_id, {"day": None}, version=2, now=later(7))
    assert (cleared.version, cleared.values["day"]) == (3, None)


def test_the_second_of_two_is_told_and_sees_both(store: Engine) -> None:
    made = note(store)
    rows.change(DIRECTOR, store, made.entry_id, {"words": "Mine."}, version=1, now=NOW)
    with pytest.raises(EditConflict) as caught:
        rows.change(who.ADVISER, store, made.entry_id, {"words": "Yours."}, version=1, now=later(1))
    assert (caught.value.theirs.values["words"], caught.value.theirs.version) == ("Mine.", 2)
    assert caught.value.theirs.changed_by == 1
    assert caught.value.yours == {"words": "Yours."}
    assert rows.entry(OWNER, store, made.entry_id).values["words"] == "Mine."
    over = rows.change(
        who.ADVISER, store, made.entry_id, caught.value.yours, version=caught.value.theirs.version, now=later(2)
    )
    assert [one.values["words"] for one in rows.history(OWNER, store, made.entry_id)] == ["Met the head.", "Mine.", "Yours."]  # fmt: skip
    with pytest.raises(EditConflict):
        rows.withdraw(DIRECTOR, store, made.entry_id, version=2, now=later(3))
    assert rows.entry(OWNER, store, made.entry_id) == over
    for version in (0, 7, -1):
        with pytest.raises(EditConflict):
            rows.change(DIRECTOR, store, made.entry_id, {"words": "x"}, version=version, now=NOW)


def test_a_withdrawn_row_leaves_the_list_and_keeps_its_history(store: Engine) -> None:
    made = note(store)
    with pytest.raises(PermissionDenied, match="you may not change this note"):
        rows.withdraw(ELM_HEAD, store, made.entry_id, version=1, now=NOW)
    gone = rows.withdraw(DIRECTOR, store, made.entry_id, version=1, now=later(1))
    assert (gone.state, gone.version) == ("withdrawn", 2)
    assert rows.entries(DIRECTOR, store, "note") == ()
    assert rows.entries(DIRECTOR, store, "note", withdrawn=True) == (gone,)
    assert [one.state for one in rows.history(ELM_HEAD, store, made.entry_id)] == ["live", "withdrawn"]
    for act in (
        lambda: rows.change(DIRECTOR, store, made.entry_id, {"words": "x"}, version=2, now=NOW),
        lambda: rows.withdraw(DIRECTOR, store, made.entry_id, version=2, now=NOW),
    ):
        with pytest.raises(AlongsideError, match="was withdrawn"):
            act()
    with pytest.raises(EditConflict) as caught:
        rows.change(DIRECTOR, store, made.entry_id, {"words": "x"}, version=1, now=NOW)
    assert caught.value.theirs.state == "withdrawn"


def test_each_write_stands_in_the_audit_without_its_words(store: Engine) -> None:
    made = note(store)
    rows.change(who.ADVISER, store, made.entry_id, {"words": "Secret."}, version=1, now=later(1))
    rows.change(who.ADVISER, store, made.entry_id, {"words": "Secret."}, version=2, now=later(1))  # says nothing new
    rows.withdraw(DIRECTOR, store, made.entry_id, version=2, now=later(2))
    with store.connect() as connection:
        told = connection.execute(select(audit_table).order_by(audit_table.c.audit_id)).all()
    assert [(one.account_id, one.action, one.subject, one.uid, one.urn) for one in told] == [
        (by, "edited", f"note {made.entry_id}", OURS, ELM) for by in (1, 4, 1)
    ]
    assert [json.loads(one.detail) for one in told] == [
        {"what": "added", "version": 1, "fields": ["day", "words"]},
        {"what": "changed", "version": 2, "fields": ["words"]},
        {"what": "withdrawn", "version": 3, "fields": []},
    ]
    assert [one.at for one in told] == [f"2026-11-22T09:3{minute}:00.000000+00:00" for minute in (0, 1, 2)]


def test_no_audit_no_write(store: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    made = note(store)
    before = counts(store)

    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("the audit is full")

    monkeypatch.setattr(audit, "record", broken)
    for act in (
        lambda: note(store),
        lambda: rows.change(DIRECTOR, store, made.entry_id, {"words": "x"}, version=1, now=NOW),
        lambda: rows.withdraw(DIRECTOR, store, made.entry_id, version=1, now=NOW),
    ):
        with pytest.raises(RuntimeError):
            act()
    assert counts(store) == before
    assert rows.entry(OWNER, store, made.entry_id) == made


def test_a_head_of_two_schools_and_a_director_who_is_head(store: Engine) -> None:
    both = Scope(20, "", (Grant("headteacher", urn=ELM), Grant("headteacher", urn=OAK)))
    made = ask(store)
    assert rows.change(both, store, made.entry_id, {"answer": "yes"}, version=1, now=NOW).values["answer"] == "yes"
    two_hats = Scope(21, "", (*DIRECTOR.grants, Grant("headteacher", urn=ASH)))
    with pytest.raises(BadValues, match="only the head"):
        rows.add(
            two_hats, store, "ask", {"area": "reading", "answer": "yes"}, uid=OURS, urn=OAK, other_urn=ASH, now=NOW
        )


def test_rows_of_a_register_that_is_no_more_are_nobodys(store: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    made = note(store)
    monkeypatch.setattr(rows, "REGISTERS", {key: one for key, one in REGISTERS.items() if key != "note"})
    with pytest.raises(NoSuchEntry):
        rows.entry(OWNER, store, made.entry_id)


def test_a_head_asks_within_a_partnership_of_their_school(store: Engine, write: Writer) -> None:
    write(register({ELM: "Elm", OAK: "Oak", FAR: "Far"}, date(2026, 1, 1)))
    own.save(store, "own-vale", "Vale", [ELM, OAK])
    made = rows.add(ELM_HEAD, store, "ask", {"area": "reading"}, uid="own-vale", urn=OAK, other_urn=ELM, now=NOW)
    assert (made.created_by, made.values["answer"]) == (6, "waiting")
    for uid, urn in (("own-vale", FAR), ("own-other", OAK)):
        with pytest.raises(PermissionDenied, match="you may not add a question here"):
            rows.add(ELM_HEAD, store, "ask", {"area": "reading"}, uid=uid, urn=urn, other_urn=ELM, now=NOW)
