"""What must hold within a row, by the form, by a table sent in, and for rows that an older version let in."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, update

from data.register import rows
from data.register.checks import wrong
from data.register.declared import REGISTERS
from data.register.exchange import read_upload
from data.register.values import BadValues
from data.store.schema_private import entry
from tests.store.conftest import Writer, register
from tests.store.register_people import DIRECTOR, ELM, NOW, OAK, OURS, OWNER

FIRST, LAST = date(2026, 9, 1), date(2027, 3, 31)
GOOD: dict[str, dict[str, Any]] = {
    "agreement": {
        "area": "reading", "kind": "coaching", "starts": FIRST, "ends": LAST, "days": 4.0, "giver_says": "yes",
        "receiver_says": "yes", "state": "open",
    },
    "log": {"agreement": 1, "day": FIRST, "what": "visit", "days": 1.0},
    "constraint": {"kind": "remote", "why": "An island"},
    "offer": {"giver": "school", "area": "reading", "kind": "coaching", "days": 8.0, "standing": "offered"},
    "programme": {
        "name": "N", "sort": "programme", "aim": "A", "area": "reading", "measure": "ks2_reading_expected_pct",
        "selection_year": 202324, "first_year": 202425, "rule": "The lowest",
    },
    "working_group": {"name": "N", "area": "reading", "state": "planned"},
    "group_meeting": {"working_group": 1, "day": FIRST},
    "board_question": {"question": "Q", "asked_on": FIRST},
}  # fmt: skip


def said(register: str, **other: Any) -> dict[str, Any]:
    return {**dict.fromkeys(REGISTERS[register].fields), **GOOD[register], **other}


@pytest.mark.parametrize("register", [key for key in GOOD if key != "group_meeting"])  # which says nothing yet
def test_a_sound_row_stands(register: str) -> None:
    assert wrong(register, said(register)) == ()


@pytest.mark.parametrize(
    ("register", "other", "key", "why"),
    [
        ("agreement", {"ends": date(2026, 8, 31)}, "ends", "it lies before the first day"),
        ("agreement", {"state": "paused"}, "pause_reason", "say why it is paused"),
        ("agreement", {"state": "ended", "outcome": "x"}, "ended_on", "say on which day it ended"),
        ("agreement", {"state": "ended", "ended_on": LAST}, "outcome", "say what came of it"),
        ("agreement", {"ended_on": LAST}, "ended_on", "it is not ended: change its state, or leave the day blank"),
        ("agreement", {"giver_says": "waiting"}, "receiver_says", "the supporting school answers first"),
        ("log", {"days": None}, "days", "say how many days of support were used"),
        ("log", {"days": 0.0}, "days", "say how many days of support were used"),
        ("log", {"what": "note", "days": None}, "words", "say it in words"),
        ("log", {"what": "review", "days": None}, "words", "say it in words"),
        ("group_meeting", {}, "words", "say what was done, how many people were trained, or where it is shared"),
        ("group_meeting", {"trained": 0}, "words", "say what was done, how many people were trained, or where it is shared"),
        ("log", {"what": "note", "words": "x"}, "days", "only a line of days used has days"),
        ("constraint", {"kind": "not_with"}, "other", "say which other school it is about"),
        ("constraint", {"kind": "must_with"}, "other", "say which other school it is about"),
        ("constraint", {"kind": "conflict"}, "other", "say which other school it is about"),
        ("constraint", {"kind": "travel", "minutes": 75.0}, "km", "say how long the journey is"),
        ("constraint", {"kind": "window", "ends": LAST}, "starts", "say from when until when"),
        ("constraint", {"kind": "window", "starts": FIRST}, "ends", "say from when until when"),
        ("constraint", {"kind": "remote", "starts": LAST, "ends": FIRST}, "ends", "it lies before the first day"),
        ("offer", {"standing": "paused"}, "reason", "say why"),
        ("offer", {"standing": "withdrawn"}, "reason", "say why"),
        ("offer", {"slot": 9.0}, "slot", "it is more than the days that are offered in all"),
        ("offer", {"starts": LAST, "ends": FIRST}, "ends", "it lies before the first day"),
        ("programme", {"first_year": 202324}, "first_year", "it does not lie after the year that schools were chosen on"),
        ("working_group", {"starts": LAST, "ends": FIRST}, "ends", "it lies before the first day"),
        ("board_question", {"answered_on": LAST}, "answer", "say what was answered, or leave its day blank"),
        (
            "board_question", {"answer": "A", "asked_on": LAST, "answered_on": FIRST}, "answered_on",
            "it lies before the day of the question",
        ),
    ],
)  # fmt: skip
def test_what_does_not_hold_together_is_named(register: str, other: dict[str, Any], key: str, why: str) -> None:
    assert wrong(register, said(register, **other)) == ((key, why),)


@pytest.mark.parametrize(
    ("register", "other"),
    [
        ("agreement", {"ends": FIRST}), ("agreement", {"state": "paused", "pause_reason": "x"}),
        ("agreement", {"state": "ended", "ended_on": date(2026, 8, 1), "outcome": "x"}),  # called off before it began
        ("agreement", {"giver_says": "declined"}), ("agreement", {"giver_says": "waiting", "receiver_says": "waiting"}),
        ("log", {"what": "note", "days": None, "words": "x"}),
        ("log", {"what": "milestone", "days": None}), ("group_meeting", {"words": "x"}), ("group_meeting", {"trained": 3}),
        ("group_meeting", {"materials": "https://example.org"}), ("constraint", {"kind": "travel", "km": 12.0}), ("offer", {"slot": 8.0}),
        ("offer", {"standing": "waiting"}), ("programme", {"first_year": 202526}), ("board_question", {"answer": "A"}),
        ("board_question", {"answer": "A", "answered_on": FIRST}),
    ],
    ids=str,
)  # fmt: skip
def test_what_holds_together_stands(register: str, other: dict[str, Any]) -> None:
    assert wrong(register, said(register, **other)) == ()


def test_a_row_without_some_fields_is_looked_at_all_the_same() -> None:
    for key, one in REGISTERS.items():
        for name, text in wrong(key, {}):
            assert name in one.fields and text, key


def test_what_an_older_version_let_in_can_be_reworded(store: Engine) -> None:
    made = rows.add(OWNER, store, "offer", GOOD["offer"], urn=ELM, now=NOW)
    old = json.dumps({**GOOD["offer"], "slot": 9, "standing": "paused"})
    with store.begin() as connection:
        connection.execute(update(entry).where(entry.c.entry_id == made.entry_id).values(data=old))
    reworded = rows.change(OWNER, store, made.entry_id, {"words": "x"}, version=1, now=NOW)
    assert (reworded.values["words"], reworded.values["slot"]) == ("x", 9.0)
    with pytest.raises(BadValues) as caught:
        rows.change(OWNER, store, made.entry_id, {"starts": LAST, "ends": FIRST}, version=2, now=NOW)
    assert caught.value.bad == (("ends", "it lies before the first day"),)  # and nothing of what stood before


def test_an_offer_without_a_school_says_who_gives(store: Engine) -> None:
    for other, why in (({}, "say which school it is"), ({"giver": "organisation"}, "say what it is called")):
        with pytest.raises(BadValues, match=why):
            rows.add(OWNER, store, "offer", {**GOOD["offer"], **other}, uid=OURS, now=NOW)
    made = rows.add(OWNER, store, "offer", {**GOOD["offer"], "giver": "team", "who": "Reading team"}, uid=OURS, now=NOW)
    assert (made.uid, made.urn) == (OURS, None)
    with pytest.raises(BadValues, match="say what it is called"):
        rows.change(OWNER, store, made.entry_id, {"who": None}, version=1, now=NOW)


def test_a_school_has_no_rule_with_itself(store: Engine) -> None:
    rule = {"kind": "not_with", "other": ELM, "why": "x"}
    with pytest.raises(BadValues, match="no rule with itself"):
        rows.add(DIRECTOR, store, "constraint", rule, uid=OURS, urn=ELM, now=NOW)
    assert rows.add(DIRECTOR, store, "constraint", rule, uid=OURS, urn=OAK, now=NOW).values["other"] == ELM


def line(store: Engine, agreement: int, day: str, **other: Any) -> rows.Entry:
    said = {"agreement": agreement, "day": day, "what": "visit", "days": 1, **other}
    return rows.add(OWNER, store, "log", said, uid=OURS, urn=OAK, other_urn=ELM, now=NOW, entered=True)


def test_days_used_lie_within_their_agreement_by_the_form_too(store: Engine) -> None:
    place = {"uid": OURS, "urn": OAK, "other_urn": ELM}
    made = rows.add(OWNER, store, "agreement", GOOD["agreement"], **place, now=NOW)  # type: ignore[arg-type]
    other = {**GOOD["agreement"], "area": "writing", "receiver_says": "waiting"}
    asked = rows.add(OWNER, store, "agreement", other, **place, now=NOW)  # type: ignore[arg-type]
    for number, day, why in (
        (made.entry_id, "2026-08-31", "outside the time"), (made.entry_id, "2026-11-23", "it lies ahead"),
        (asked.entry_id, "2026-11-20", "both sides have to say yes"), (10**6, "2026-11-20", "no such row"),
    ):  # fmt: skip
        with pytest.raises(BadValues, match=why):
            line(store, number, day)
    first = line(store, made.entry_id, "2026-09-01")
    ended = {"state": "ended", "ended_on": "2026-10-31", "outcome": "x"}
    rows.change(OWNER, store, made.entry_id, ended, version=1, now=NOW)
    assert line(store, made.entry_id, "2026-10-31").version == 1  # sent in late
    with pytest.raises(BadValues, match="outside the time"):
        line(store, made.entry_id, "2026-11-01")
    note = line(store, made.entry_id, "2026-11-01", what="note", days=None, words="They still write to each other.")
    with pytest.raises(BadValues, match="outside the time"):
        rows.change(OWNER, store, note.entry_id, {"what": "visit", "days": 1}, version=1, now=NOW)
    with pytest.raises(BadValues, match="outside the time"):
        rows.change(OWNER, store, first.entry_id, {"day": "2026-08-31"}, version=1, now=NOW)


def test_a_line_whose_agreement_was_cut_short_can_be_reworded(store: Engine) -> None:
    place = {"uid": OURS, "urn": OAK, "other_urn": ELM}
    made = rows.add(OWNER, store, "agreement", GOOD["agreement"], **place, now=NOW)  # type: ignore[arg-type]
    late = line(store, made.entry_id, "2026-11-20")
    rows.change(OWNER, store, made.entry_id, {"ends": "2026-10-31"}, version=1, now=NOW)
    assert rows.change(OWNER, store, late.entry_id, {"words": "x", "days": 2}, version=1, now=NOW).version == 2


def test_a_table_names_the_cell_that_does_not_go_with_the_others(store: Engine) -> None:
    table = (
        "partnership,school,Kind,Why,From,Until,The other school\r\n"
        f"{OURS},{ELM},no visits in this time,Inspection,2026-12-01,2026-11-01,\r\n"
        f"{OURS},{ELM},not with this school,x,,,\r\n"
    )
    found = read_upload(DIRECTOR, store, "constraint", "rules.csv", table.encode(), now=NOW)
    assert found.bad == (
        (2, "ends", "it lies before the first day"), (3, "other", "say which other school it is about"),
    )  # fmt: skip
    assert rows.entries(DIRECTOR, store, "constraint") == ()


def test_a_school_that_is_named_is_in_the_register_of_schools_where_there_is_one(store: Engine, write: Writer) -> None:
    rule = {"kind": "not_with", "other": 654321, "why": "x"}
    first = rows.add(DIRECTOR, store, "constraint", rule, uid=OURS, urn=OAK, now=NOW)  # none was imported yet
    write(register({ELM: "Elm", OAK: "Oak"}, date(2026, 1, 1)))
    with pytest.raises(BadValues, match="The other school: the register of schools has no such school"):
        rows.add(DIRECTOR, store, "constraint", rule, uid=OURS, urn=OAK, now=NOW)
    assert rows.add(DIRECTOR, store, "constraint", {**rule, "other": ELM}, uid=OURS, urn=OAK, now=NOW).version == 1
    assert rows.change(DIRECTOR, store, first.entry_id, {"why": "y"}, version=1, now=NOW).version == 2
    table = f"partnership,school,Kind,Why,The other school\r\n{OURS},{ELM},not with this school,x,654321\r\n".encode()
    found = read_upload(DIRECTOR, store, "constraint", "a.csv", table, now=NOW)
    assert found.bad == ((2, "other", "the register of schools has no such school"),)
