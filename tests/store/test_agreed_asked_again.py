"""What both sides said yes to and is changed afterwards asks again whoever did not change it, by every way in."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data.access.scope import Grant, Scope
from data.register import agreements, rows
from data.register.agreements import standing
from data.register.exchange import read_upload
from data.register.upload import apply
from data.register.values import BadValues
from tests.store.register_people import DIRECTOR, ELM, ELM_HEAD, NOW, OAK, OAK_HEAD, OURS, OWNER, later

SAID: dict[str, Any] = {
    "area": "reading", "kind": "coaching", "starts": date(2026, 9, 1), "ends": date(2027, 3, 31), "days": 4.0,
    "giver_says": "yes", "receiver_says": "yes", "state": "open",
}  # fmt: skip
BOTH_HEADS = Scope(20, "head of both", (Grant("headteacher", urn=ELM), Grant("headteacher", urn=OAK)))
AGAIN = {"giver": ("waiting", "yes"), "receiver": ("yes", "waiting"), "both": ("waiting", "waiting"), "nobody": ("yes", "yes")}  # fmt: skip
OTHER: dict[str, Any] = {
    "days": 60.0, "starts": date(2026, 10, 1), "ends": date(2029, 3, 31), "kind": "training", "area": "writing",
}  # fmt: skip


def agreed(store: Engine, giver: int | None = OAK, **said: Any) -> rows.Entry:
    """Oak supports Elm, and help with writing would be welcome, too."""
    for area in ("reading", "writing"):
        rows.add(OWNER, store, "need_state", {"area": area, "state": "agreed"}, urn=ELM, now=NOW)
    return rows.add(OWNER, store, "agreement", {**SAID, **said}, uid=OURS, urn=giver, other_urn=ELM, now=NOW)


def says(entry: rows.Entry) -> tuple[object, object]:
    return entry.values["giver_says"], entry.values["receiver_says"]


@pytest.mark.parametrize("key", OTHER)
@pytest.mark.parametrize(
    ("who", "again"),
    [(DIRECTOR, "both"), (OWNER, "both"), (OAK_HEAD, "receiver"), (ELM_HEAD, "giver"), (BOTH_HEADS, "nobody")],
    ids=["director", "owner", "giver", "receiver", "both"],
)
def test_another_agreement_asks_again_those_who_did_not_change_it(
    store: Engine, key: str, who: Scope, again: str
) -> None:
    made = agreed(store)
    found = rows.change(who, store, made.entry_id, {key: OTHER[key]}, version=1, now=NOW, entered=True)
    assert (found.values[key], says(found)) == (OTHER[key], AGAIN[again])
    last = rows.history(who, store, made.entry_id)[-1]
    assert ((last.values["giver_says"], last.values["receiver_says"]), last.by) == (AGAIN[again], who.account_id)


def test_another_offer_asks_again(store: Engine) -> None:
    days = {"giver": "school", "area": "reading", "kind": "coaching", "days": 8, "standing": "offered"}
    offer = rows.add(OWNER, store, "offer", days, urn=OAK, now=NOW).entry_id
    made = agreed(store)
    assert says(rows.change(ELM_HEAD, store, made.entry_id, {"offer": offer}, version=1, now=NOW)) == AGAIN["giver"]


def test_words_and_the_course_of_it_ask_nobody(store: Engine) -> None:
    made = agreed(store)
    for version, given in enumerate(
        ({"objectives": "x", "why": "y", "days": 4}, {"state": "paused", "pause_reason": "z"}, {"state": "open", "pause_reason": None}), 1
    ):  # fmt: skip
        assert says(rows.change(DIRECTOR, store, made.entry_id, given, version=version, now=NOW)) == AGAIN["nobody"]


def test_the_giver_is_asked_first_and_the_receivers_own_change_waits_for_it(store: Engine) -> None:
    made = agreed(store)
    asked = rows.change(ELM_HEAD, store, made.entry_id, {"days": 6}, version=1, now=NOW)
    assert standing(asked, NOW.date()) == "giver_asked"
    reworded = rows.change(DIRECTOR, store, made.entry_id, {"why": "x"}, version=2, now=NOW)
    back = agreements.answer(OAK_HEAD, store, reworded, side="giver", says="yes", now=later(1))
    assert standing(back, NOW.date()) == "active"
    more = rows.change(DIRECTOR, store, made.entry_id, {"days": 7}, version=back.version, now=later(2))
    once = agreements.answer(OAK_HEAD, store, more, side="giver", says="yes", now=later(3))
    assert standing(once, NOW.date()) == "receiver_asked"


def test_what_was_declined_is_asked_again_and_an_organisation_has_no_head(store: Engine) -> None:
    declined = agreed(store, giver_says="declined", receiver_says="waiting")
    assert says(rows.change(DIRECTOR, store, declined.entry_id, {"days": 1}, version=1, now=NOW)) == AGAIN["both"]
    other = agreed(store, None, area="mathematics")
    assert says(rows.change(ELM_HEAD, store, other.entry_id, {"days": 1}, version=1, now=NOW)) == AGAIN["giver"]


def test_a_side_that_says_yes_with_its_change_has_said_yes(store: Engine) -> None:
    made = agreed(store, giver_says="waiting", receiver_says="waiting")
    found = rows.change(OAK_HEAD, store, made.entry_id, {"days": 2, "giver_says": "yes"}, version=1, now=NOW)
    assert says(found) == AGAIN["receiver"]
    both = {"days": 3, "giver_says": "yes", "receiver_says": "yes"}
    with pytest.raises(BadValues, match="the supporting school answers first"):  # for it is asked again
        rows.change(OWNER, store, made.entry_id, both, version=2, now=NOW)


def test_a_table_asks_again_too(store: Engine) -> None:
    made = agreed(store)
    table = f"row,version,Days a term\r\n{made.entry_id},1,40\r\n".encode()
    (found,) = apply(DIRECTOR, store, read_upload(DIRECTOR, store, "agreement", "a.csv", table, now=NOW), now=NOW)
    assert (found.values["days"], says(found)) == (40.0, AGAIN["both"])
