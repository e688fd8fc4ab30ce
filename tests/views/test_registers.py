"""What people have entered: listed, added, changed, withdrawn, two versions side by side, tables sent in; by role."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from data.access import accounts
from data.access.scope import Grant, Scope, everything
from data.register import rows
from data.register.declared import REGISTERS
from data.register.exchange import csv_out
from data.store.engine import engine, place
from pages.components.register_words import who_may
from pages.shell.door import identity
from tests.views import drive, region

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ELM, OAK, TRUST = 900001, 900003, region.TRUST  # Lower Quennet, Tolverton Junior
OWNER = everything()
DIRECTOR = Scope(None, "d", (Grant("director", uid=TRUST, members=region.MEMBERS),))
HEAD = Scope(None, "h", (Grant("headteacher", urn=OAK),))


@pytest.fixture
def store(filled_home: Path) -> Engine:
    return region.without_offers(place("sample"))


def note(store: Engine, text: str = "Met the head.", urn: int = ELM) -> rows.Entry:
    return rows.add(OWNER, store, "note", {"words": text, "day": "2026-11-20"}, uid=TRUST, urn=urn, now=NOW)


def shown(register: str, **params: str) -> AppTest:
    at = drive.view("registers", data="sample", register=register, **params)
    assert not at.exception
    return at


def click(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception
    return at


def texts(at: AppTest) -> list[str]:
    return [one.label for one in at.text_input] + [one.label for one in at.text_area]


@pytest.mark.parametrize("key", REGISTERS)
def test_an_empty_register_says_so_and_reads_plainly(store: Engine, key: str) -> None:
    at = shown(key)
    told = drive.text(at)
    assert f"{REGISTERS[key].title}: none yet" in told
    assert "Nothing has been entered here yet" in told
    assert REGISTERS[key].about in told
    assert ("Written by" in told) is (key != "showing")  # that one says itself that Alongside writes it
    assert drive.off_words(told) == []
    assert drive.html(at).count("<h1") == 1
    assert "Sample data: fictional schools." in told
    assert bool([one for one in at.expander if one.label == f"Add {REGISTERS[key].a_one}"]) == (key != "showing")


def test_an_empty_home_draws_the_page_and_makes_no_store(empty_home: Path) -> None:
    at = drive.view("registers", data="own")
    assert not at.exception
    assert "none yet" in drive.text(at)
    assert not (empty_home / "own").exists()


def test_rows_are_listed_with_names_and_nothing_is_markup(store: Engine) -> None:
    note(store, "<script>alert(1)</script> *bold* [x](https://x.example)")
    rows.add(OWNER, store, "note", {"words": "About the other"}, uid=TRUST, urn=900006, now=NOW)
    at = shown("note")
    assert "Notes about schools: 2" in drive.text(at)
    assert "Lower Quennet Primary School" in drive.text(at)
    assert "<script>alert" not in drive.html(at)
    assert "&lt;script&gt;" in drive.html(at)
    assert "20\u00a0November\u00a02026" in drive.text(at)
    assert drive.html(at).count("<caption>") == 1
    one = shown("note", row="1")
    assert "Saved by the person at this computer on 22 November 2026, 09:30 UTC." in drive.text(one)
    hidden = shown("note", hide="1", partnership=TRUST, row="2")
    assert "Lower Quennet" not in drive.text(hidden)
    assert "School A" in drive.text(hidden)
    assert "Downloads name schools" in drive.text(hidden)


def test_a_long_note_is_whole_only_by_itself(store: Engine) -> None:
    note(store, "word " * 200 + "end")
    assert "end" not in drive.text(shown("note")).split("Look at one note")[0].split("…")[0]
    assert "word end" in drive.text(shown("note", row="1"))


def test_adding_a_row(store: Engine) -> None:
    at = shown("note", partnership=TRUST)
    at.selectbox(key="urn-0").select(OAK)
    at.text_area(key="add-0-words").input("  Call in January. ")
    click(at, "add_note")
    assert "The note was added." in drive.text(at)
    (made,) = rows.entries(OWNER, store, "note")
    assert (made.uid, made.urn, made.values) == (TRUST, OAK, {"day": None, "words": "Call in January."})
    assert "Tolverton Junior School" in drive.text(at)
    assert at.text_area(key="add-1-words").value == ""


def test_what_is_missing_is_said_and_what_was_typed_stays(store: Engine) -> None:
    at = shown("ask", partnership=TRUST)
    at.text_input(key="add-0-days").input("many")
    at.selectbox(key="urn-0").select(OAK)
    at.selectbox(key="other-0").select(ELM)
    click(at, "add_ask")
    assert "Days: it is no number" in drive.text(at)
    assert "Area: it is needed" in drive.text(at)
    assert at.text_input(key="add-0-days").value == "many"
    at.text_input(key="add-0-days").input("2")
    at.selectbox(key="add-0-area").select("early_reading")
    click(at, "add_ask")
    (made,) = rows.entries(OWNER, store, "ask")
    assert (made.urn, made.other_urn, made.values["days"], made.values["answer"]) == (OAK, ELM, 2.0, "waiting")
    assert "Early reading and phonics" in drive.text(at)
    assert "waiting for an answer" in drive.text(at)


def test_changing_a_row_and_its_history(store: Engine) -> None:
    made = note(store)
    at = click(shown("note", row=str(made.entry_id)), "register_change")
    key = f"change-{made.entry_id}-1-words"
    assert at.text_area(key=key).value == "Met the head."
    at.text_area(key=key).input("Met the head again.")
    click(at, "register_save")
    told = drive.text(at)
    assert "Saved." in told
    assert "Note changed from “Met the head.” to “Met the head again.”" in told
    assert (
        "22 November 2026, 09:30 UTC, the person at this computer: Entered. Day: 20 November 2026; Note: Met the head."
        in told
    )
    assert rows.entry(OWNER, store, made.entry_id).version == 2
    click(click(at, "register_change"), "register_save")
    assert "Nothing was changed." in drive.text(at)
    click(click(at, "register_change"), "register_leave")
    assert rows.entry(OWNER, store, made.entry_id).version == 2
    assert at.button(key="register_change")


def conflict(store: Engine, made: rows.Entry) -> AppTest:
    """Somebody else saves while the form is open."""
    at = click(shown("note", row=str(made.entry_id)), "register_change")
    rows.change(OWNER, store, made.entry_id, {"words": "Theirs.", "day": "2026-11-21"}, version=1, now=NOW)
    at.text_area(key=f"change-{made.entry_id}-1-words").input("Mine.")
    return click(at, "register_save")


def test_whoever_comes_second_sees_both_versions_and_keeps_theirs(store: Engine) -> None:
    made = note(store)
    at = conflict(store, made)
    told = drive.text(at)
    assert "Somebody saved this note while you were changing it. Nothing of yours was saved." in told
    assert "Theirs was saved by the person at this computer on 22 November 2026, 09:30 UTC." in told
    assert "Theirs." in told
    assert "Mine." in told
    assert rows.entry(OWNER, store, made.entry_id).version == 2
    click(at, "register_theirs")
    assert "Theirs was kept." in drive.text(at)
    assert "Mine." not in drive.text(at)
    assert rows.entry(OWNER, store, made.entry_id).values["words"] == "Theirs."


def test_or_saves_theirs_over_and_what_was_not_changed_stays_theirs(store: Engine) -> None:
    made = note(store)
    at = click(conflict(store, made), "register_mine")
    assert "Saved." in drive.text(at)
    now = rows.entry(OWNER, store, made.entry_id)
    assert (now.version, now.values["words"], str(now.values["day"])) == (3, "Mine.", "2026-11-21")
    assert [one.values["words"] for one in rows.history(OWNER, store, made.entry_id)] == ["Met the head.", "Theirs.", "Mine."]  # fmt: skip


def test_a_third_writer_is_seen_too(store: Engine) -> None:
    made = note(store)
    at = conflict(store, made)
    rows.change(OWNER, store, made.entry_id, {"words": "Third."}, version=2, now=NOW)
    click(at, "register_mine")
    assert "Third." in drive.text(at)
    assert rows.entry(OWNER, store, made.entry_id).version == 3
    click(at, "register_mine")
    assert rows.entry(OWNER, store, made.entry_id).values["words"] == "Mine."


def test_a_row_withdrawn_meanwhile_can_only_be_left(store: Engine) -> None:
    made = note(store)
    at = click(shown("note", row=str(made.entry_id)), "register_change")
    at.text_area(key=f"change-{made.entry_id}-1-words").input("Mine.")
    rows.withdraw(OWNER, store, made.entry_id, version=1, now=NOW)
    click(at, "register_save")
    told = drive.text(at)
    assert "Mine." in told
    assert "Leave it withdrawn" in told
    assert "Save mine over it" not in told
    click(at, "register_theirs")
    assert "Notes about schools: none yet" in drive.text(at)
    assert rows.entry(OWNER, store, made.entry_id).state == "withdrawn"


def test_withdrawing_asks_first(store: Engine) -> None:
    made = note(store)
    at = click(shown("note", row=str(made.entry_id)), "register_withdraw")
    assert "Its history is kept." in drive.text(at)
    click(at, "register_withdraw_no")
    assert rows.entry(OWNER, store, made.entry_id).state == "live"
    click(at, "register_withdraw")
    rows.change(OWNER, store, made.entry_id, {"words": "newer"}, version=1, now=NOW)
    click(at, "register_withdraw_yes")
    assert "so it was not withdrawn" in drive.text(at)
    click(click(at, "register_withdraw"), "register_withdraw_yes")
    assert "The note was withdrawn." in drive.text(at)
    assert "Notes about schools: none yet" in drive.text(at)
    assert rows.entry(OWNER, store, made.entry_id).state == "withdrawn"


def sent(at: AppTest, table: list[tuple[Any, ...]]) -> AppTest:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(table)
    at.file_uploader[0].set_value([("notes.csv", text.getvalue().encode(), "text/csv")]).run()
    return click(at, "register_look")


def test_a_bad_table_is_listed_cell_by_cell_and_changes_nothing(store: Engine) -> None:
    made = note(store)
    table = [("row", "version", "partnership", "school", "day", "words"), (1, 1, "", "", "soon", "x"), ("", "", TRUST, 12, "", "y")]  # fmt: skip
    at = sent(shown("note"), table)
    told = drive.text(at)
    assert "Nothing of the table was taken in: 2 cells cannot be used." in told
    assert "it is no day" in told
    assert "a school's URN has six digits" in told
    assert rows.entries(OWNER, store, "note") == (made,)
    click(at, "register_again")
    assert "Nothing of the table" not in drive.text(at)


def test_a_good_table_is_seen_first(store: Engine) -> None:
    made = note(store)
    table = [("row", "version", "partnership", "school", "words"), (1, 1, "", "", "'=new words"), ("", "", TRUST, OAK, "another")]  # fmt: skip
    at = sent(shown("note"), table)
    told = drive.text(at)
    assert "1 row would be added and 1 row would be changed. Nothing is changed yet." in told
    assert "Note changed from “Met the head.” to “=new words”" in told
    assert "new: Tolverton Junior School" in told
    assert rows.entries(OWNER, store, "note") == (made,)
    click(at, "register_upload_yes")
    assert "The table was taken in: 2 rows added or changed." in drive.text(at)
    assert [one.values["words"] for one in rows.entries(OWNER, store, "note")] == ["=new words", "another"]


def test_what_moved_on_before_the_yes_is_said(store: Engine) -> None:
    note(store)
    at = sent(shown("note"), [("row", "version", "words"), (1, 1, "mine")])
    rows.change(OWNER, store, 1, {"words": "theirs"}, version=1, now=NOW)
    click(at, "register_upload_yes")
    assert "somebody changed this row after you downloaded it" in drive.text(at)
    assert rows.entry(OWNER, store, 1).values["words"] == "theirs"


def test_a_file_that_is_no_table_is_refused_with_a_reason(store: Engine) -> None:
    at = sent(shown("note"), [("colour",), ("red",)])
    assert "this is no table of notes about schools" in drive.text(at)


@pytest.fixture
def signed_in(filled_home: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Whoever is signed in, in our own store; the sign-in itself is tested elsewhere."""
    region.fill(place("own"))
    own = engine(place("own"))

    def enter(scope: Scope, name: str) -> Scope:
        made = accounts.invite(OWNER, own, f"{name.split()[0]}@school.example", name, now=NOW)
        there = Scope(made.account_id, name, scope.grants)
        monkeypatch.setattr(identity, "present", lambda: there)
        monkeypatch.setattr(identity, "still_open", lambda *_: True)
        return there

    return enter


def test_a_director_sees_and_adds_within_the_partnership_only(signed_in: Any) -> None:
    own = engine(place("own"))
    rows.add(OWNER, own, "note", {"words": "Ours."}, uid=TRUST, urn=ELM, now=NOW)
    rows.add(OWNER, own, "note", {"words": "Of the other trust."}, uid=region.SECOND, urn=900013, now=NOW)
    director = signed_in(DIRECTOR, "Dana Director")
    at = drive.view("registers", register="note", row="2")
    assert "Ours." in drive.text(at)
    assert "Of the other trust." not in drive.text(at)
    assert "not here, or not yours to read" in drive.text(at)
    at.selectbox(key="urn-0").select(OAK)
    at.text_area(key="add-0-words").input("By Dana.")
    click(at, "add_note")
    (made,) = (one for one in rows.entries(director, own, "note") if one.values["words"] == "By Dana.")
    assert made.created_by == director.account_id
    assert "Saved by Dana Director on" in drive.text(at)
    replies = drive.view("registers", register="reply")
    assert not [one for one in replies.expander if one.label.startswith("Add a")]
    assert len(replies.file_uploader) == 0


def test_the_mark_of_what_a_school_was_shown_is_nowhere_to_be_read(signed_in: Any) -> None:
    """Of two schools of which the same is said it is the same, and there are few things to say: it could be guessed from."""
    own = engine(place("own"))
    values = {"said": "4f2a" * 16, "how": "told", "shown_on": NOW.date()}
    made = rows.add(OWNER, own, "showing", values, uid=TRUST, urn=OAK, now=NOW)
    signed_in(DIRECTOR, "Dana Director")
    at = drive.view("registers", register="showing", row=str(made.entry_id))
    assert "somebody told the school" in drive.text(at) and "4f2a" not in drive.text(at) + drive.html(at)
    assert b"4f2a" not in csv_out(REGISTERS["showing"], [made])


def test_a_head_answers_and_reads_what_is_about_the_school(signed_in: Any) -> None:
    own = engine(place("own"))
    asked = rows.add(OWNER, own, "ask", {"area": "reading"}, uid=TRUST, urn=OAK, other_urn=ELM, now=NOW)
    rows.add(OWNER, own, "note", {"words": "About Oak."}, uid=TRUST, urn=OAK, now=NOW)
    rows.add(OWNER, own, "note", {"words": "About Elm."}, uid=TRUST, urn=ELM, now=NOW)
    head = signed_in(HEAD, "Hari Head")
    at = drive.view("registers", register="note")
    assert "About Oak." in drive.text(at)
    assert "About Elm." not in drive.text(at)
    assert not [one for one in at.expander if one.label == "Add a note"]
    at = click(drive.view("registers", register="ask", row=str(asked.entry_id)), "register_change")
    at.selectbox(key=f"change-{asked.entry_id}-1-answer").select("declined")
    click(at, "register_save")
    assert rows.entry(head, own, asked.entry_id).values["answer"] == "declined"
    assert "Answer changed from “waiting for an answer” to “not this time”" in drive.text(at)


def test_a_director_is_not_offered_the_answer(signed_in: Any) -> None:
    director = signed_in(DIRECTOR, "Dana")
    own = engine(place("own"))
    asked = rows.add(director, own, "ask", {"area": "reading"}, uid=TRUST, urn=OAK, other_urn=ELM, now=NOW)
    at = click(drive.view("registers", register="ask", row=str(asked.entry_id)), "register_change")
    assert [one.label for one in at.selectbox if one.key and one.key.startswith("change-")] == ["Area"]


def test_a_governor_is_not_let_in_and_an_unknown_register_is_said(signed_in: Any, filled_home: Path) -> None:
    signed_in(Scope(None, "g", (Grant("governor", uid=TRUST, members=region.MEMBERS),)), "Gov")
    at = drive.view("registers", register="reply")
    assert "Replies of schools" not in drive.text(at)
    signed_in(DIRECTOR, "Dana")
    at = drive.view("registers", register="secrets")
    assert "The link asks for a register that is not here or not yours." in drive.text(at)


def test_who_reads_is_said_in_words() -> None:
    assert who_may("Read", REGISTERS["ask"].read.items()) == (
        "Read by the director who entered it, the heads of the schools that it is about and the adviser who entered it."
    )
    assert (
        who_may("Written", REGISTERS["reply"].write.items()) == "Written by the heads of the schools that it is about."
    )
