"""What an agreement must be beside others, its offer, the day and its own past; and what its log takes: by every way in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest
from sqlalchemy import Engine

from data.register import agreements, rows
from data.register.exchange import read_upload
from data.register.values import BadValues
from tests.store.register_people import DIRECTOR, ELM, NOW, OAK, OAK_HEAD, OURS, OWNER, later

SAID: dict[str, Any] = {
    "area": "reading", "kind": "coaching", "starts": date(2026, 9, 1), "ends": date(2027, 3, 31), "days": 4.0,
    "giver_says": "yes", "receiver_says": "yes", "state": "open",
}  # fmt: skip
DAY = NOW.date()
TWICE = "there is one of these two for this area already"
OVER: tuple[dict[str, Any], ...] = (
    {"giver_says": "declined"}, {"receiver_says": "declined"}, {"ends": date(2026, 11, 21)},
    {"state": "ended", "ended_on": DAY, "outcome": "x"},
)  # fmt: skip


def agreement(store: Engine, giver: int | None = OAK, **said: Any) -> rows.Entry:
    return rows.add(OWNER, store, "agreement", {**SAID, **said}, uid=OURS, urn=giver, other_urn=ELM, now=NOW)


def offer(store: Engine, days: float = 8.0, *, said: Mapping[str, Any] = MappingProxyType({}), **place: Any) -> int:
    whole = {"giver": "organisation", "who": "Hub", "area": "reading", "kind": "coaching", "days": days, "standing": "offered"}  # fmt: skip
    return rows.add(OWNER, store, "offer", {**whole, **said}, **(place or {"urn": OAK}), now=NOW).entry_id


def test_the_same_two_are_asked_once_for_an_area(store: Engine) -> None:
    rows.add(OWNER, store, "need_state", {"area": "reading", "state": "agreed"}, urn=ELM, now=NOW)
    asked = {key: SAID[key] for key in ("area", "kind", "starts", "ends", "days")}

    def propose(**said: Any) -> rows.Entry:
        return agreements.propose(
            DIRECTOR, store, uid=OURS, giver=OAK, receiver=ELM, figures="", now=NOW, **{**asked, **said}
        )

    first = propose()
    with pytest.raises(BadValues, match=TWICE):
        propose(days=2.0)
    with pytest.raises(BadValues, match=TWICE):
        agreement(store)
    other = agreement(store, area="writing")
    with pytest.raises(BadValues, match=TWICE):
        rows.change(OWNER, store, other.entry_id, {"area": "reading"}, version=1, now=NOW)
    table = "partnership,school,other school,Area,Kind of help,Starts,Ends,Days a term,State\r\n" + (
        f"{OURS},{OAK},{ELM},reading,coaching,2027-01-01,2027-03-31,1,as agreed\r\n"
    )
    table = table.replace("other school", "other_school")
    assert TWICE in str(read_upload(DIRECTOR, store, "agreement", "a.csv", table.encode(), now=NOW).bad)
    agreements.answer(OAK_HEAD, store, first, side="giver", says="declined", now=NOW)
    assert propose().version == 1


@pytest.mark.parametrize("over", OVER, ids=["giver", "receiver", "over", "ended"])
def test_what_is_over_is_in_nobodys_way_until_it_opens_again(store: Engine, over: dict[str, Any]) -> None:
    past = agreement(store, **over)
    agreement(store)
    assert rows.change(OWNER, store, past.entry_id, {"why": "x"}, version=1, now=NOW).version == 2
    again = {key: SAID[key] for key in over if key in SAID} | ({"ended_on": None} if "ended_on" in over else {})
    with pytest.raises(BadValues, match=TWICE):
        rows.change(OWNER, store, past.entry_id, again, version=2, now=NOW)


def test_organisations_are_told_apart_by_their_offers(store: Engine) -> None:
    one, two = offer(store, uid=OURS), offer(store, uid=OURS)
    for number in (one, two, None, None):
        agreement(store, None, offer=number)
    with pytest.raises(BadValues, match=TWICE):
        agreement(store, None, offer=two)


def test_no_more_days_than_the_offer_has(store: Engine) -> None:
    number = offer(store)
    with pytest.raises(BadValues, match="Days a term: the offer has 8 days a term in all"):
        agreement(store, offer=number, days=8.5)
    made = agreement(store, offer=number, days=8.0)
    with pytest.raises(BadValues, match="the offer has 8 days"):
        rows.change(DIRECTOR, store, made.entry_id, {"days": 150}, version=1, now=NOW)
    rows.change(OWNER, store, number, {"days": 6}, version=1, now=NOW)
    assert rows.change(DIRECTOR, store, made.entry_id, {"why": "x"}, version=1, now=NOW).version == 2
    assert agreements.free_days(store, number, DAY, DAY, DAY) == -2.0


NOT_NOW = r"Offer: its days are not offered now"
UNFIT: tuple[tuple[dict[str, Any], str], ...] = (
    ({"standing": "waiting"}, rf"{NOT_NOW} \(waiting for the school's word\)"),
    ({"standing": "paused", "reason": "x"}, rf"{NOT_NOW} \(paused\)"),
    ({"standing": "withdrawn", "reason": "x"}, rf"{NOT_NOW} \(withdrawn\)"),
    ({"area": "mathematics"}, "Offer: its days are for another area of practice"),
)  # fmt: skip


@pytest.mark.parametrize(("unfit", "why"), UNFIT, ids=["waiting", "paused", "withdrawn", "area"])
def test_an_offer_named_anew_is_offered_and_for_this_area(store: Engine, unfit: dict[str, Any], why: str) -> None:
    """Through the form and through a table sent in; what stood before its offer was withdrawn goes on standing."""
    number, made = offer(store, said=unfit), agreement(store)
    with pytest.raises(BadValues, match=why):
        rows.change(DIRECTOR, store, made.entry_id, {"offer": number}, version=1, now=NOW, entered=True)
    rows.add(OWNER, store, "need_state", {"area": "writing", "state": "agreed"}, urn=ELM, now=NOW)
    other = offer(store, said=unfit if "area" in unfit else {**unfit, "area": "writing"})
    typed = {
        **{key: SAID[key] for key in ("kind", "starts", "ends", "days", "state")},
        "area": "writing",
        "offer": other,
    }
    with pytest.raises(BadValues, match=why):
        rows.add(DIRECTOR, store, "agreement", typed, uid=OURS, urn=OAK, other_urn=ELM, now=NOW, entered=True)
    table = "partnership,school,other_school,Area,Kind of help,Starts,Ends,Days a term,State,Offer\r\n" + (
        f"{OURS},{OAK},{ELM},writing,coaching,2026-09-01,2027-03-31,4,as agreed,{other}\r\n"
    )
    bad = read_upload(DIRECTOR, store, "agreement", "a.csv", table.encode(), now=NOW).bad
    assert [key for _, key, said in bad if re.search(why.removeprefix("Offer: "), said)] == ["offer"], bad


def test_an_agreement_stands_when_its_offer_is_withdrawn_later(store: Engine) -> None:
    number = offer(store)
    made = agreement(store, offer=number)
    rows.change(OWNER, store, number, {"standing": "withdrawn", "reason": "x", "area": "science"}, version=1, now=NOW)
    found = rows.change(DIRECTOR, store, made.entry_id, {"days": 5.0, "why": "x"}, version=1, now=NOW, entered=True)
    assert (found.values["offer"], found.values["days"]) == (number, 5.0)
    rows.change(DIRECTOR, store, made.entry_id, {"offer": None}, version=2, now=NOW)
    with pytest.raises(BadValues, match="not offered now"):
        rows.change(DIRECTOR, store, made.entry_id, {"offer": number}, version=3, now=NOW)


def test_an_area_that_the_offer_is_not_for_is_refused_later_too(store: Engine) -> None:
    made = agreement(store, offer=offer(store))
    with pytest.raises(BadValues, match="for another area of practice"):
        rows.change(OWNER, store, made.entry_id, {"area": "writing"}, version=1, now=NOW)


def test_no_day_is_used_while_it_is_paused(store: Engine) -> None:
    said = {**SAID, "starts": date(2026, 9, 1)}
    made = rows.add(OWNER, store, "agreement", said, uid=OURS, urn=OAK, other_urn=ELM, now=NOW.replace(month=9, day=1))
    paused = agreements.pause(DIRECTOR, store, made, reason="x", now=NOW.replace(month=10, day=5))
    tabled = f"partnership,school,other_school,Agreement,Day,What,Days\r\n{OURS},{OAK},{ELM},{made.entry_id},%s,days used,1\r\n"  # fmt: skip
    for day in ("2026-10-05", "2026-11-20"):
        with pytest.raises(BadValues, match="the agreement was paused on that day"):
            line_of(store, made, day)
        assert "paused on that day" in str(
            read_upload(OWNER, store, "log", "a.csv", (tabled % day).encode(), now=NOW).bad
        )
    late = line_of(store, made, "2026-10-04")
    agreements.resume(DIRECTOR, store, paused, now=NOW.replace(day=10))
    for day in ("2026-10-05", "2026-11-09"):
        with pytest.raises(BadValues, match="paused on that day"):
            line_of(store, made, day)
    assert line_of(store, made, "2026-11-10").version == 1
    with pytest.raises(BadValues, match="paused on that day"):
        rows.change(OWNER, store, late.entry_id, {"day": "2026-10-20"}, version=1, now=NOW)


def line_of(store: Engine, made: rows.Entry, day: str, what: str = "visit", **said: Any) -> rows.Entry:
    values = {"agreement": made.entry_id, "day": day, "what": what, **({"days": 1} if what == "visit" else {}), **said}
    return rows.add(OWNER, store, "log", values, uid=OURS, urn=OAK, other_urn=ELM, now=NOW, entered=True)


def test_it_ends_on_a_day_that_has_come_and_lies_in_its_time(store: Engine) -> None:
    made = agreement(store)
    for on, why in ((date(2020, 1, 1), "before the first day"), (date(2026, 8, 31), "before the first day"), (date(2026, 11, 23), "it lies ahead")):  # fmt: skip
        with pytest.raises(BadValues, match=why):
            agreements.end(DIRECTOR, store, made, on=on, outcome="x", now=NOW)
    assert agreements.end(DIRECTOR, store, made, on=date(2026, 9, 1), outcome="x", now=NOW).values["state"] == "ended"
    ahead = agreement(store, area="writing", starts=date(2027, 1, 1))  # called off before it begins
    with pytest.raises(BadValues, match="before the day on which the agreement was entered"):
        agreements.end(DIRECTOR, store, ahead, on=date(2026, 11, 21), outcome="x", now=NOW)
    assert agreements.end(DIRECTOR, store, ahead, on=DAY, outcome="x", now=NOW).values["ended_on"] == DAY


def test_what_both_said_yes_to_is_ended_and_not_withdrawn(store: Engine) -> None:
    made = agreement(store)
    with pytest.raises(BadValues, match="both sides said yes to it: end it, and say what came of it"):
        rows.withdraw(DIRECTOR, store, made.entry_id, version=1, now=NOW)
    asked = rows.change(DIRECTOR, store, made.entry_id, {"days": 5}, version=1, now=NOW)  # which asks both again
    with pytest.raises(BadValues, match="end it"):
        rows.withdraw(DIRECTOR, store, made.entry_id, version=2, now=NOW)
    ended = agreements.end(DIRECTOR, store, asked, on=DAY, outcome="x", now=NOW)
    with pytest.raises(BadValues, match="end it"):
        rows.withdraw(OWNER, store, made.entry_id, version=ended.version, now=NOW)
    waits = agreement(store, area="writing", receiver_says="waiting")
    assert rows.withdraw(DIRECTOR, store, waits.entry_id, version=1, now=NOW).state == "withdrawn"


def test_the_log_says_what_was_done_and_not_what_will_be(store: Engine) -> None:
    made = agreement(store)
    refused: tuple[tuple[Callable[[], object], str], ...] = (
        (lambda: line_of(store, made, "2026-11-20", "note"), "say it in words"),
        (lambda: line_of(store, made, "2026-11-20", "review"), "say it in words"),
        (lambda: agreements.log(DIRECTOR, store, made, day=DAY, what="note", words=" ", now=later(1)), "say it in words"),
        *((lambda what=what: line_of(store, made, "2040-05-01", what, words="x"), "it lies ahead") for what in ("visit", "note", "milestone", "review")),
    )  # fmt: skip
    for act, why in refused:
        with pytest.raises(BadValues, match=why):
            act()
    assert rows.entries(OWNER, store, "log") == ()


def test_a_meeting_says_something(store: Engine) -> None:
    group = rows.add(DIRECTOR, store, "working_group", {"name": "N", "area": "reading", "state": "running"}, uid=OURS, now=NOW)  # fmt: skip
    day = {"working_group": group.entry_id, "day": "2026-11-20"}
    with pytest.raises(BadValues, match="say what was done, how many people were trained, or where it is shared"):
        rows.add(DIRECTOR, store, "group_meeting", day, uid=OURS, now=NOW, entered=True)
    assert (
        rows.add(DIRECTOR, store, "group_meeting", {**day, "trained": 4}, uid=OURS, now=NOW, entered=True).version == 1
    )
