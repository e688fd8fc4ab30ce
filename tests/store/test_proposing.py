"""What `export proposals` reads of the registers for a plan of the next term."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from analytics.support.wishes import Journey, Wishes
from data.catalogue.terms import term_of
from data.register import rows
from data.register.rows import Entry
from data.store import own
from pages.shell.planning.wishes import stated_frame
from pages.terminal import proposing
from tests.store.conftest import Writer, register
from tests.store.register_people import ASH, ELM, NOW, OAK, OWNER, later

OURS, THEIRS = "own-vale", "own-hill"
TODAY = date(2026, 11, 22)
SPRING = term_of(TODAY).after()


@pytest.fixture(autouse=True)
def schools(store: Engine, write: Writer) -> None:
    write(register({ELM: "Elm", OAK: "Oak", ASH: "Ash"}, date(2026, 1, 1)))
    own.save(store, OURS, "Vale", [ELM, OAK])
    own.save(store, THEIRS, "Hill", [OAK, ASH])


def rule(store: Engine, kind: str, **said: Any) -> None:
    rows.add(OWNER, store, "constraint", {"kind": kind, "why": "So it is", **said}, uid=OURS, urn=ELM, now=NOW)


def read(store: Engine) -> tuple[Wishes, list[list[object]]]:
    found, wishes = proposing.keeping_to(store, frozenset({ELM, OAK}), uid=OURS, today=TODAY)
    return wishes, stated_frame(found).values.tolist()


def test_nothing_entered_asks_for_nothing(store: Engine) -> None:
    assert read(store) == (Wishes(day=SPRING.first_day), [])


def test_rules_of_the_partnership(store: Engine) -> None:
    rule(store, "not_with", other=OAK)
    rule(store, "must_with", other=OAK)
    rule(store, "travel", km=38.0, minutes=75.0)
    rule(store, "remote")
    rule(store, "window", starts="2027-01-01", ends="2027-02-01")
    found, _ = read(store)
    assert found.apart == {(ELM, OAK), (OAK, ELM)} and found.together == {(ELM, OAK)}
    assert found.journeys == {(ELM, None): Journey(38.0, 75.0, remote=True)}
    assert found.closed == {ELM}


def test_a_rule_that_does_not_hold_in_the_term_is_none(store: Engine) -> None:
    rule(store, "conflict", other=OAK, ends="2026-12-31")
    rule(store, "travel", km=97.0, ends="2020-07-31")
    rule(store, "remote", starts="2027-04-01")
    rule(store, "window", starts="2027-02-01", ends="2027-02-10")  # it begins after support would
    assert read(store)[0] == Wishes(day=SPRING.first_day)


def test_needs_that_schools_state_and_see_differently(store: Engine) -> None:
    for area, standing in (("mathematics", "stated"), ("reading", "waiting"), ("writing", "met")):
        rows.add(
            OWNER, store, "stated_need", {"area": area, "size": "pressing", "standing": standing}, urn=ELM, now=NOW
        )
    rows.add(OWNER, store, "need_state", {"area": "reading", "state": "differs", "words": "Not so"}, urn=OAK, now=NOW)
    rows.add(OWNER, store, "need_state", {"area": "writing", "state": "agreed"}, urn=OAK, now=NOW)
    found, stated = read(store)
    assert stated == [[ELM, "mathematics", "pressing"]]
    assert found.differs == {(OAK, "reading")}


def test_the_newest_need_stands_and_one_that_is_no_longer_does_not(store: Engine) -> None:
    def state(minutes: int, urn: int, area: str, size: str, standing: str = "stated") -> Entry:
        said = {"area": area, "size": size, "standing": standing}
        return rows.add(OWNER, store, "stated_need", said, urn=urn, now=later(minutes))

    state(1, ELM, "mathematics", "welcome")
    state(2, ELM, "mathematics", "pressing")
    state(3, ELM, "mathematics", "important", "waiting")  # the school's own word stands over it
    gone = state(4, ELM, "reading", "pressing")
    state(5, ASH, "writing", "important")  # no school of ours: it does not give there
    end = {"standing": "no_longer"}
    rows.change(OWNER, store, gone.entry_id, end, version=1, now=later(6))
    assert read(store)[1] == [[ELM, "mathematics", "pressing"], [ASH, "writing", "important"]]


def test_a_need_is_seen_differently_by_the_last_word_only(store: Engine) -> None:
    for minutes, state in ((1, "differs"), (2, "not_discussed")):
        said = {"area": "reading", "state": state, "words": "Not so"}
        rows.add(OWNER, store, "need_state", said, urn=OAK, now=later(minutes))
    rows.add(OWNER, store, "need_state", {"area": "reading", "state": "differs", "words": "No"}, urn=ASH, now=NOW)
    assert read(store)[0].differs == frozenset()


SAID = {
    "area": "reading", "kind": "coaching", "starts": date(2026, 9, 1), "ends": date(2027, 3, 31), "days": 4,
    "giver_says": "waiting", "receiver_says": "waiting", "state": "open",
}  # fmt: skip


def agree(store: Engine, giver: int, receiver: int, *, uid: str = OURS, **more: Any) -> Entry:
    return rows.add(OWNER, store, "agreement", {**SAID, **more}, uid=uid, urn=giver, other_urn=receiver, now=NOW)


def test_agreements_take_days_and_meet_needs(store: Engine) -> None:
    agree(store, OAK, ELM)
    agree(store, OAK, ELM, area="writing", ends=date(2026, 12, 31))
    agree(store, OAK, ELM, area="mathematics", giver_says="declined")
    found, _ = read(store)
    assert dict(found.taken) == {(OAK, "reading"): 4.0} and found.supported == {(ELM, "reading")}
    assert found.agreed == {(ELM, "reading", OAK)}


def test_an_agreement_of_another_partnership_takes_days_and_meets_a_need(store: Engine) -> None:
    agree(store, OAK, ASH, uid=THEIRS)
    agree(store, ASH, OAK, uid=THEIRS, area="writing", days=2)
    found, _ = read(store)
    assert dict(found.taken) == {(OAK, "reading"): 4.0, (ASH, "writing"): 2.0}
    assert found.supported == {(OAK, "writing")} and found.agreed == frozenset()


def test_a_need_that_another_partnership_meets_stays_met_when_ours_ends_first(store: Engine) -> None:
    agree(store, ELM, OAK, area="writing", ends=date(2026, 12, 31))
    agree(store, ASH, OAK, uid=THEIRS, area="writing")
    assert read(store)[0].supported == {(OAK, "writing")}


def test_days_promised_to_a_working_group_are_taken_once_the_school_said_yes(store: Engine) -> None:
    group = {"name": "Readers", "area": "reading", "state": "running"}
    number = rows.add(OWNER, store, "working_group", group, uid=THEIRS, now=NOW).entry_id
    part = {"working_group": number, "role": "leads", "days": 3}
    rows.add(OWNER, store, "group_school", {**part, "says": "yes"}, uid=THEIRS, urn=OAK, now=NOW)
    rows.add(OWNER, store, "group_school", {**part, "says": "waiting"}, uid=THEIRS, urn=ASH, now=NOW)
    agree(store, OAK, ELM)
    assert dict(read(store)[0].taken) == {(OAK, "reading"): 7.0}


def test_offers_that_do_not_touch_the_term_are_not_planned_with(store: Engine) -> None:
    said = {"giver": "school", "area": "reading", "kind": "visits", "days": 4, "standing": "offered"}
    for days in (
        {},
        {"starts": "2027-03-31"},
        {"ends": "2027-01-01"},
        {"ends": "2026-12-31"},
        {"starts": "2027-04-01"},
    ):
        rows.add(OWNER, store, "offer", {**said, **days}, urn=OAK, now=NOW)
    found, _ = proposing.keeping_to(store, frozenset({ELM, OAK}), uid=OURS, today=TODAY)
    first = found.offers["offer"].min()
    assert (found.offers["offer"] - first).tolist() == [0, 1, 2]
