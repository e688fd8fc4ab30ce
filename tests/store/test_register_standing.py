"""Where an agreement stands, when it should be looked at again, and which days it takes: on rows made by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from data.register.agreed import Pause, paused
from data.register.agreements import committed, needs_review, standing
from data.register.declared import REGISTERS
from data.register.rows import Entry

TODAY = date(2026, 11, 22)
GIVER, RECEIVER = 100001, 100002
SAID = {
    "area": "reading", "kind": "coaching", "starts": date(2026, 9, 1), "ends": date(2027, 3, 31), "days": 4.0,
    "giver_says": "yes", "receiver_says": "yes", "state": "open",
}  # fmt: skip


def row(register: str, said: dict[str, Any], *, number: int = 1, changed: str = "2026-09-01T09:00:00+00:00", **place: Any) -> Entry:  # fmt: skip
    whole = {key: said.get(key) for key in REGISTERS[register].fields}
    at = {"uid": "1001", "urn": GIVER, "other_urn": RECEIVER, "state": "live", **place}
    return Entry(number, register, at["uid"], at["urn"], at["other_urn"], whole, 1, at["state"], changed, None, changed, None)  # fmt: skip


def agreement(**said: Any) -> Entry:
    return row("agreement", {**SAID, **said})


def log(what: str, day: date, *, agreement: int = 1) -> Entry:
    return row("log", {"agreement": agreement, "day": day, "what": what, "days": 1.0}, number=90)


def window(first: date, *, urn: int = RECEIVER, cause: str = "new_head", kind: str = "window") -> Entry:
    said = {"kind": kind, "cause": cause, "starts": first, "ends": date(2027, 8, 31), "why": "x"}
    return row("constraint", said, number=80, urn=urn, other_urn=None)


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ({"giver_says": "waiting", "receiver_says": "waiting"}, "giver_asked"),
        ({"giver_says": "waiting", "receiver_says": "yes"}, "giver_asked"),  # it counts only after the giver's
        ({"giver_says": "waiting", "receiver_says": "declined"}, "giver_asked"),
        ({"giver_says": "declined", "receiver_says": "waiting"}, "declined"),
        ({"giver_says": "declined", "receiver_says": "yes"}, "declined"),
        ({"receiver_says": "waiting"}, "receiver_asked"),
        ({"receiver_says": "declined"}, "declined"),
        ({"starts": date(2026, 11, 23)}, "agreed"),
        ({"starts": date(2026, 11, 22)}, "active"),
        ({"ends": date(2026, 11, 22)}, "active"),
        ({"ends": date(2026, 11, 21)}, "over"),
        ({"state": "paused"}, "paused"),
        ({"state": "paused", "starts": date(2027, 1, 1)}, "paused"),
        ({"state": "paused", "ends": date(2026, 11, 21)}, "over"),
        ({"state": "ended", "ends": date(2026, 11, 21)}, "ended"),
        ({"state": "ended", "giver_says": "waiting"}, "ended"),
    ],
    ids=lambda one: one if isinstance(one, str) else ",".join(f"{key}={value}" for key, value in one.items()),
)  # fmt: skip
def test_where_it_stands(said: dict[str, Any], stands: str) -> None:
    assert standing(agreement(**said), TODAY) == stands


def test_a_withdrawn_row_has_ended() -> None:
    assert standing(row("agreement", SAID, state="withdrawn"), TODAY) == "ended"


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        ("100001:4 100002:7", "100001:4 100002:7", ()),
        ("100001:4 100002:7", "100001:4 100002:9", ("The school that is supported has a new head.",)),
        ("100001:4 100002:7", "100001:5 100002:7", ("The supporting school has a new head.",)),
        ("100001:4", "100001:4 100002:7", ()),  # who led the second school then nobody knows
        ("100001:4 100002:7", "", ()),
        (None, "100001:4", ()),
    ],
)
def test_a_new_head_is_a_reason_to_look_again(then: str | None, now: str, said: tuple[str, ...]) -> None:
    assert needs_review(agreement(head_then=then), [log("visit", TODAY)], [], now, TODAY) == said


def test_a_change_of_head_that_was_entered_is_a_reason_until_it_was_reviewed() -> None:
    new = ("The school that is supported has a new head.",)
    one = agreement()
    assert needs_review(one, [], [window(date(2026, 10, 1))], "", TODAY) == new
    assert needs_review(one, [log("review", date(2026, 10, 1))], [window(date(2026, 10, 1))], "", TODAY) == ()
    assert needs_review(one, [log("review", date(2026, 9, 30))], [window(date(2026, 10, 1))], "", TODAY) == new
    assert needs_review(one, [log("review", date(2026, 11, 1), agreement=2)], [window(date(2026, 10, 1))], "", TODAY) == new  # fmt: skip
    assert needs_review(one, [], [window(date(2026, 10, 1), urn=GIVER)], "", TODAY) == ("The supporting school has a new head.",)  # fmt: skip
    for other in (
        window(date(2026, 8, 31)), window(date(2026, 11, 23)), window(date(2026, 10, 1), urn=100009),
        window(date(2026, 10, 1), cause="inspection"), window(date(2026, 10, 1), kind="remote"),
    ):  # fmt: skip
        assert needs_review(one, [], [other], "", TODAY) == (), other
    assert (
        needs_review(agreement(head_then="100002:1"), [], [window(date(2026, 10, 1))], "100002:2", TODAY) == new
    )  # once


def test_what_is_over_or_long_paused_or_silent_is_looked_at() -> None:
    over = agreement(ends=date(2026, 10, 31))
    assert needs_review(over, [], [], "", TODAY) == ("It was to end on 31 October 2026, and nobody has said what came of it.",)  # fmt: skip
    paused = agreement(state="paused", pause_reason="x")
    assert needs_review(paused, [], [], "", date(2026, 12, 30)) == ()  # 120 days after 1 September
    assert needs_review(paused, [], [], "", date(2026, 12, 31)) == ("It has been paused for more than a term, since 1 September 2026.",)  # fmt: skip
    assert needs_review(paused, [], [], "", date(2026, 12, 31), since=date(2026, 10, 5)) == ()
    silent = agreement(starts=date(2026, 7, 24))
    said = ("No day has been logged since it started on 24 July 2026.",)
    assert needs_review(silent, [], [], "", TODAY) == said
    assert needs_review(silent, [log("note", TODAY)], [], "", TODAY) == said
    assert needs_review(silent, [log("visit", TODAY)], [], "", TODAY) == ()
    assert needs_review(agreement(starts=date(2026, 7, 25)), [], [], "", TODAY) == ()


def test_what_waits_was_declined_or_has_ended_is_left_alone() -> None:
    for said in ({"giver_says": "waiting"}, {"receiver_says": "declined"}, {"state": "ended"}):
        one = agreement(ends=date(2026, 10, 1), head_then="100001:1", **said)
        assert needs_review(one, [], [window(date(2026, 10, 1))], "100001:2", TODAY) == ()


def test_a_pause_began_with_the_last_change_to_it() -> None:
    def told(*states: str) -> tuple[Pause, ...]:
        return paused((date(2026, at, 5), {"state": state}) for at, state in enumerate(states, start=1))

    assert told("open", "paused", "paused") == ((date(2026, 2, 5), None),)
    assert told("paused", "open", "paused", "paused") == (
        (date(2026, 1, 5), date(2026, 2, 5)),
        (date(2026, 3, 5), None),
    )
    assert told("open", "paused", "open") == ((date(2026, 2, 5), date(2026, 3, 5)),)
    assert told("open", "ended") == ()


def test_days_are_taken_by_the_term_and_while_somebody_is_asked() -> None:
    autumn, spring = (date(2026, 9, 1), date(2026, 12, 31)), (date(2027, 1, 1), date(2027, 3, 31))
    found = [
        agreement(offer=7, starts=autumn[0], ends=autumn[1], days=4.0),
        agreement(offer=7, starts=spring[0], ends=spring[1], days=6.0, giver_says="waiting", receiver_says="waiting"),
        agreement(offer=7, starts=spring[0], ends=spring[1], days=1.0, state="paused"),
        agreement(offer=7, days=50.0, giver_says="declined"), agreement(offer=8, days=50.0, state="ended"),
        agreement(days=2.0), agreement(days=3.0, ends=autumn[1]), agreement(days=5.0, area="mathematics", starts=spring[0]),
    ]  # fmt: skip
    organisation = row("agreement", {**SAID, "days": 2.5}, urn=None)
    whole = committed([*found, organisation], autumn[0], spring[1], TODAY)
    assert dict(whole.offers) == {7: 7.0}  # 4 in autumn, 6 + 1 in spring: the most of a term
    assert dict(whole.givers) == {(GIVER, "reading"): 5.0, (GIVER, "mathematics"): 5.0, (None, "reading"): 2.5}
    assert dict(committed(found, *autumn, TODAY).offers) == {7: 4.0}
    assert dict(committed(found, *spring, TODAY).givers) == {(GIVER, "reading"): 2.0, (GIVER, "mathematics"): 5.0}
    assert committed(found, date(2028, 1, 1), date(2028, 3, 1), TODAY).givers == {}
