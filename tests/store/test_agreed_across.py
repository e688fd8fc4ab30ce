"""Support by a school of another partnership: its head is asked and answers, its partnership reads nothing, and no more crosses over."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data.access.scope import Grant, Scope
from data.catalogue import PermissionDenied
from data.register import agreements, rows
from data.register.agreements import standing
from data.register.rows import NoSuchEntry
from data.register.values import BadValues
from data.store import own
from tests.store.conftest import Writer, register
from tests.store.register_people import (  # fmt: skip
    ASH,
    ELM,
    ELM_HEAD,
    FAR,
    FAR_HEAD,
    NOW,
    OAK,
    OAK_HEAD,
    OWNER,
    STRANGER,
    later,
)

UID = "own-vale"
DAY = NOW.date()
SAID: dict[str, Any] = {
    "area": "reading", "kind": "coaching", "starts": date(2026, 9, 1), "ends": date(2027, 3, 31), "days": 4,
}  # fmt: skip


@pytest.fixture(autouse=True)
def schools(store: Engine, write: Writer) -> None:
    """Far is a school of the register, and no member."""
    write(register({ELM: "Elm", OAK: "Oak", FAR: "Far", ASH: "Ash"}, date(2026, 1, 1)))
    own.save(store, UID, "Vale", [ELM, OAK])


def director(*members: int) -> Scope:
    return Scope(1, "director", (Grant("director", uid=UID, members=frozenset(members)),))


DIRECTOR = director(ELM, OAK)


def propose(store: Engine, scope: Scope = DIRECTOR, giver: int = FAR, receiver: int = ELM, **said: Any) -> rows.Entry:
    return agreements.propose(
        scope, store, uid=UID, giver=giver, receiver=receiver, figures="", now=NOW, **{**SAID, **said}
    )


def welcome(store: Engine, urn: int = ELM, area: str = "reading") -> None:
    rows.add(OWNER, store, "need_state", {"area": area, "state": "agreed"}, urn=urn, now=NOW)


def test_a_school_of_another_partnership_is_asked_and_answers(store: Engine) -> None:
    with pytest.raises(PermissionDenied, match="has not agreed that help is welcome"):
        propose(store)
    welcome(store)
    made = propose(store)
    assert rows.entries(DIRECTOR, store, "agreement") == rows.entries(FAR_HEAD, store, "agreement") == (made,)
    with pytest.raises(BadValues, match="only the head of the school says this"):
        agreements.answer(DIRECTOR, store, made, side="giver", says="yes", now=NOW)
    asked = agreements.answer(FAR_HEAD, store, made, side="giver", says="yes", now=later(1))
    agreed = agreements.answer(ELM_HEAD, store, asked, side="receiver", says="yes", now=later(2))
    assert standing(agreed, DAY) == "active"
    for scope in (FAR_HEAD, ELM_HEAD, DIRECTOR):
        line = agreements.log(scope, store, agreed, day=DAY, what="visit", days=1, now=NOW)
        assert (line.uid, line.urn, line.other_urn) == (UID, FAR, ELM)
    assert len(rows.entries(FAR_HEAD, store, "log")) == len(rows.entries(DIRECTOR, store, "log")) == 3


def test_its_own_partnership_reads_nothing_of_it(store: Engine) -> None:
    welcome(store)
    made = propose(store)
    for scope in (STRANGER, OAK_HEAD):  # Far's director; the head of a school beside
        assert rows.entries(scope, store, "agreement") == ()
        with pytest.raises(NoSuchEntry):
            rows.change(scope, store, made.entry_id, {"why": "x"}, version=1, now=NOW)


def test_nothing_else_crosses_over(store: Engine) -> None:
    for urn in (ELM, OAK, FAR, ASH):
        welcome(store, urn)
    for scope, giver, receiver in (
        (DIRECTOR, OAK, FAR),  # support that leaves the partnership
        (DIRECTOR, FAR, ASH), (DIRECTOR, 123456, ELM),  # no school of ours; no school of the register
        (FAR_HEAD, FAR, ELM),  # it is asked, and does not ask
        (STRANGER, FAR, ELM), (OAK_HEAD, FAR, ELM),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied, match="may not add"):
            propose(store, scope, giver, receiver)
    assert propose(store, ELM_HEAD).urn == FAR  # the school with the need may ask any
    with pytest.raises(PermissionDenied, match="may not add"):
        rows.add(DIRECTOR, store, "ask", {"area": "reading"}, uid=UID, urn=FAR, other_urn=ELM, now=NOW, entered=True)


def test_a_line_of_the_log_is_of_an_agreement_that_is_there(store: Engine) -> None:
    welcome(store)
    made = propose(store)
    line = {"agreement": made.entry_id, "day": DAY, "what": "note", "words": "x"}
    for giver, receiver in ((FAR, OAK), (OAK, ELM)):
        with pytest.raises((BadValues, PermissionDenied)):
            rows.add(FAR_HEAD, store, "log", line, uid=UID, urn=giver, other_urn=receiver, now=NOW, entered=True)
    with pytest.raises(BadValues, match="no such row"):
        rows.add(FAR_HEAD, store, "log", {**line, "agreement": made.entry_id + 1}, uid=UID, urn=FAR, other_urn=ELM, now=NOW)  # fmt: skip


def test_an_agreement_goes_with_the_school_that_is_supported(store: Engine) -> None:
    welcome(store)
    propose(store, giver=OAK)
    assert rows.entries(director(OAK), store, "agreement") == ()
    assert len(rows.entries(director(ELM), store, "agreement")) == 1
