"""What `export proposals` reads of the registers for a plan of the next term."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from analytics.support.wishes import Journey, Wishes
from data.catalogue.terms import term_of
from data.register import rows
from data.store import own
from pages.terminal import proposing
from tests.store.conftest import Writer, register
from tests.store.register_people import ELM, NOW, OAK, OWNER

OURS = "own-vale"
TODAY = date(2026, 11, 22)
SPRING = term_of(TODAY).after()


@pytest.fixture(autouse=True)
def schools(store: Engine, write: Writer) -> None:
    write(register({ELM: "Elm", OAK: "Oak"}, date(2026, 1, 1)))
    own.save(store, OURS, "Vale", [ELM, OAK])


def rule(store: Engine, kind: str, **said: Any) -> None:
    rows.add(OWNER, store, "constraint", {"kind": kind, "why": "So it is", **said}, uid=OURS, urn=ELM, now=NOW)


def read(store: Engine) -> tuple[Wishes, list[list[object]]]:
    wishes, stated = proposing.entered(store, OURS, SPRING, TODAY)
    return wishes, stated.values.tolist()


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


def test_agreements_take_days_and_meet_needs(store: Engine) -> None:
    said = {
        "area": "reading", "kind": "coaching", "starts": date(2026, 9, 1), "ends": date(2027, 3, 31), "days": 4,
        "giver_says": "waiting", "receiver_says": "waiting", "state": "open",
    }  # fmt: skip
    rows.add(OWNER, store, "agreement", said, uid=OURS, urn=OAK, other_urn=ELM, now=NOW)
    over = {**said, "area": "writing", "ends": date(2026, 12, 31)}
    rows.add(OWNER, store, "agreement", over, uid=OURS, urn=OAK, other_urn=ELM, now=NOW)
    no = {**said, "area": "mathematics", "giver_says": "declined"}
    rows.add(OWNER, store, "agreement", no, uid=OURS, urn=OAK, other_urn=ELM, now=NOW)
    found, _ = read(store)
    assert dict(found.taken) == {(OAK, "reading"): 4.0} and found.supported == {(ELM, "reading")}
