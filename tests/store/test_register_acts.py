"""What people do with an agreement, on both databases: proposed, answered, logged, paused, ended, looked at again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from data.access import accounts
from data.access.scope import Grant, Role, Scope
from data.catalogue import PermissionDenied
from data.register import agreements, rows
from data.register.agreements import standing
from data.register.rows import EditConflict, Entry, NoSuchEntry
from data.register.values import BadValues
from data.store import own
from data.store.schema_private import entry
from tests.store.conftest import Writer, register
from tests.store.register_people import (  # fmt: skip
    ELM,
    ELM_HEAD,
    NOW,
    OAK,
    OAK_HEAD,
    OWNER,
    STRANGER,
    later,
)

OURS = "own-vale"


def over(number: int, role: Role) -> Scope:
    return Scope(number, role, (Grant(role, uid=OURS, members=frozenset((ELM, OAK))),))


DIRECTOR, ADVISER, GOVERNOR = over(1, "director"), over(4, "adviser"), over(5, "governor")
# Oak supports Elm.
SAID: dict[str, Any] = {
    "area": "reading", "kind": "coaching", "starts": date(2026, 9, 1), "ends": date(2027, 3, 31), "days": 4,
    "objectives": "Reading for all", "decided_by": "Trust board",
}  # fmt: skip
DAY = NOW.date()


@pytest.fixture(autouse=True)
def schools(store: Engine, write: Writer) -> None:
    """The schools and their partnership as the store has them: a head's role names neither."""
    write(register({ELM: "Elm", OAK: "Oak"}, date(2026, 1, 1)))
    own.save(store, OURS, "Vale", [ELM, OAK])


def agree(store: Engine) -> None:
    """Elm says that help with reading is welcome."""
    rows.add(ELM_HEAD, store, "need_state", {"area": "reading", "state": "agreed"}, urn=ELM, now=NOW)


def proposed(store: Engine, scope: Scope = DIRECTOR, **said: Any) -> Entry:
    return agreements.propose(
        scope, store, uid=OURS, giver=OAK, receiver=ELM, figures="P1", now=NOW, **{**SAID, **said}
    )


def running(store: Engine, made: Entry | None = None) -> Entry:
    if made is None:
        agree(store)
    asked = agreements.answer(OAK_HEAD, store, made or proposed(store), side="giver", says="yes", now=NOW)
    return agreements.answer(ELM_HEAD, store, asked, side="receiver", says="yes", now=NOW)


def count(store: Engine) -> int:
    with store.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(entry)).scalar_one())


def test_a_proposal_asks_both_and_names_nobody_who_has_not_agreed(store: Engine) -> None:
    with pytest.raises(PermissionDenied, match="has not agreed that help is welcome"):
        proposed(store)
    assert count(store) == 0
    agree(store)
    made = proposed(store, giver_says="yes", receiver_says="yes", state="ended")
    said = made.values
    assert (said["giver_says"], said["receiver_says"], said["state"], said["figures"]) == ("waiting", "waiting", "open", "P1")  # fmt: skip
    assert (made.uid, made.urn, made.other_urn, said["days"], said["head_then"]) == (OURS, OAK, ELM, 4.0, None)
    assert standing(made, DAY) == "giver_asked"
    with pytest.raises(BadValues, match="Ends: it lies before the first day"):
        proposed(store, ends=date(2026, 8, 1))
    with pytest.raises(PermissionDenied, match="may not add"):
        proposed(store, STRANGER)
    with pytest.raises(PermissionDenied, match="may not add"):
        proposed(store, GOVERNOR)


@pytest.mark.parametrize("who", [STRANGER, GOVERNOR], ids=["stranger", "governor"])
def test_nobody_without_the_right_to_ask_learns_whether_a_school_has_agreed(store: Engine, who: Scope) -> None:
    with pytest.raises(PermissionDenied) as before:
        proposed(store, who)
    agree(store)
    with pytest.raises(PermissionDenied) as after:
        proposed(store, who)
    assert str(before.value) == str(after.value)


def test_an_offer_that_waits_or_is_withdrawn_gives_no_days(store: Engine) -> None:
    agree(store)
    days = {"giver": "school", "area": "reading", "kind": "coaching", "days": 8}
    offer = rows.add(DIRECTOR, store, "offer", days, urn=OAK, now=NOW)
    with pytest.raises(BadValues, match=r"not offered now \(waiting for the school's word\)"):
        proposed(store, offer=offer.entry_id)
    offer = rows.change(OAK_HEAD, store, offer.entry_id, {"standing": "offered"}, version=1, now=NOW)
    assert proposed(store, offer=offer.entry_id).values["offer"] == offer.entry_id
    with pytest.raises(BadValues, match="no such row"):
        agreements.propose(
            DIRECTOR, store, uid=OURS, giver=None, receiver=ELM, figures="", now=NOW, **SAID, offer=offer.entry_id
        )
    withdrawn = {"standing": "withdrawn", "reason": "Its lead left"}
    rows.change(OAK_HEAD, store, offer.entry_id, withdrawn, version=2, now=NOW)
    with pytest.raises(BadValues, match=r"not offered now \(withdrawn\)"):
        proposed(store, offer=offer.entry_id)
    with pytest.raises(BadValues, match="no such row"):
        proposed(store, offer=10**6)


def test_the_supporting_school_answers_first_and_each_head_for_one_side(store: Engine) -> None:
    agree(store)
    made = proposed(store)
    with pytest.raises(BadValues, match="has not answered yet: it is asked first"):
        agreements.answer(ELM_HEAD, store, made, side="receiver", says="yes", now=NOW)
    for scope in (ELM_HEAD, DIRECTOR):
        with pytest.raises(BadValues, match="only the head of the school says this"):
            agreements.answer(scope, store, made, side="giver", says="yes", now=NOW)
    assert rows.entry(OWNER, store, made.entry_id) == made
    asked = agreements.answer(OAK_HEAD, store, made, side="giver", says="yes", now=NOW)
    assert standing(asked, DAY) == "receiver_asked"
    for scope in (OAK_HEAD, DIRECTOR):
        with pytest.raises(BadValues, match="only the head of the school says this"):
            agreements.answer(scope, store, asked, side="receiver", says="yes", now=NOW)
    agreed = agreements.answer(ELM_HEAD, store, asked, side="receiver", says="yes", now=NOW)
    assert standing(agreed, DAY) == "active"
    with pytest.raises(EditConflict) as caught:  # of the version that was on the page before
        agreements.answer(OAK_HEAD, store, asked, side="giver", says="declined", now=NOW)
    assert caught.value.theirs == agreed
    gone = agreements.answer(OAK_HEAD, store, agreed, side="giver", says="declined", now=NOW)
    assert standing(gone, DAY) == "declined"
    with pytest.raises(BadValues, match="said not this time"):
        agreements.answer(ELM_HEAD, store, gone, side="receiver", says="declined", now=NOW)


def test_for_an_organisation_whoever_writes_the_row_answers(store: Engine) -> None:
    agree(store)
    made = agreements.propose(ADVISER, store, uid=OURS, giver=None, receiver=ELM, figures="", now=NOW, **SAID)
    asked = agreements.answer(DIRECTOR, store, made, side="giver", says="yes", now=NOW)
    with pytest.raises(BadValues, match="only the head"):
        agreements.answer(DIRECTOR, store, asked, side="receiver", says="yes", now=NOW)
    assert standing(agreements.answer(ELM_HEAD, store, asked, side="receiver", says="yes", now=NOW), DAY) == "active"


def test_days_are_logged_while_it_runs_and_on_its_days(store: Engine) -> None:
    agree(store)
    waiting = proposed(store)
    with pytest.raises(BadValues, match="both sides have to say yes"):
        agreements.log(DIRECTOR, store, waiting, day=DAY, what="visit", days=1, now=NOW)
    note = agreements.log(ELM_HEAD, store, waiting, day=DAY, what="note", words="We wait.", now=NOW)
    assert (note.uid, note.urn, note.other_urn, note.values["agreement"]) == (OURS, OAK, ELM, waiting.entry_id)
    made = running(store, waiting)
    line = agreements.log(OAK_HEAD, store, made, day=DAY, what="visit", days=1.5, words="With Year 2", now=NOW)
    assert line.values == {"agreement": made.entry_id, "day": DAY, "what": "visit", "days": 1.5, "words": "With Year 2"}
    for day, days, why in (
        (date(2026, 8, 31), 1, "outside the time of the agreement"), (date(2026, 11, 23), 1, "it lies ahead"),
        (DAY, None, "how many days"), (DAY, 0, "how many days"), (DAY, 31, "outside 0 to 30"),
    ):  # fmt: skip
        with pytest.raises(BadValues, match=why):
            agreements.log(OAK_HEAD, store, made, day=day, what="visit", days=days, now=NOW)
    with pytest.raises(BadValues, match="only a line of days used has days"):
        agreements.log(OAK_HEAD, store, made, day=DAY, what="note", days=2, now=NOW)
    for scope in (STRANGER, GOVERNOR):
        with pytest.raises(PermissionDenied):
            agreements.log(scope, store, made, day=DAY, what="visit", days=1, now=NOW)
    paused = agreements.pause(DIRECTOR, store, made, reason="A new head", now=NOW)
    with pytest.raises(BadValues, match="the agreement is paused"):
        agreements.log(OAK_HEAD, store, paused, day=DAY, what="visit", days=1, now=NOW)
    ended = agreements.end(DIRECTOR, store, paused, on=DAY, outcome="Done", now=NOW)
    with pytest.raises(BadValues, match="the agreement is ended"):
        agreements.log(OAK_HEAD, store, ended, day=DAY, what="visit", days=1, now=NOW)
    assert len(rows.entries(OWNER, store, "log")) == 2


def test_pausing_taking_up_and_ending_say_why(store: Engine) -> None:
    made = running(store)
    with pytest.raises(BadValues, match="say why it is paused"):
        agreements.pause(DIRECTOR, store, made, reason=" ", now=NOW)
    paused = agreements.pause(ELM_HEAD, store, made, reason="A new head", now=later(1))
    assert standing(paused, DAY) == "paused"
    assert agreements.paused_since(store, [made, paused]) == {made.entry_id: later(1).date()}
    back = agreements.resume(OAK_HEAD, store, paused, now=later(2))
    assert (standing(back, DAY), back.values["pause_reason"]) == ("active", None)
    with pytest.raises(BadValues, match="it is not paused"):
        agreements.resume(OAK_HEAD, store, back, now=NOW)
    with pytest.raises(BadValues, match="what came of it"):
        agreements.end(DIRECTOR, store, back, on=DAY, outcome="", now=NOW)
    with pytest.raises(EditConflict):
        agreements.end(DIRECTOR, store, paused, on=DAY, outcome="Went well", now=NOW)
    ended = agreements.end(DIRECTOR, store, back, on=DAY, outcome="Went well", now=later(3))
    assert (standing(ended, DAY), ended.values["ended_on"]) == ("ended", DAY)
    for act in (
        lambda: agreements.end(DIRECTOR, store, ended, on=DAY, outcome="Again", now=NOW),
        lambda: agreements.pause(DIRECTOR, store, ended, reason="x", now=NOW),
    ):
        with pytest.raises(BadValues, match="it has ended already"):
            act()
    reasons = [one.values["pause_reason"] for one in rows.history(OWNER, store, made.entry_id)]
    assert reasons == [None, None, None, "A new head", None, None]  # proposed, two answers, paused, taken up, ended


def test_a_new_head_is_asked_and_a_review_answers(store: Engine) -> None:
    first = accounts.invite(OWNER, store, "hew@elm.example", now=NOW).account_id
    accounts.give(OWNER, store, first, "headteacher", urn=ELM, now=NOW)
    made = running(store)

    def now(one: Entry) -> str:
        return agreements.heads_now(store, [one])[one.entry_id]

    assert made.values["head_then"] == f"{ELM}:{first}"
    assert agreements.needs_review(made, [], [], now(made), DAY) == ()
    accounts.close(OWNER, store, first, now=later(1))
    second = accounts.invite(OWNER, store, "ada@elm.example", now=NOW).account_id
    accounts.give(OWNER, store, second, "headteacher", urn=ELM, now=later(2))
    new = ("The school that is supported has a new head.",)
    assert agreements.needs_review(made, [], [], now(made), DAY) == new
    with pytest.raises(BadValues, match="what was agreed"):
        agreements.review(DIRECTOR, store, made, words=" ", now=NOW)
    seen = agreements.review(ELM_HEAD, store, made, words="We go on until March.", now=later(3))
    assert (seen.values["reviewed"], seen.values["head_then"]) == ("We go on until March.", f"{ELM}:{second}")
    (line,) = rows.entries(ELM_HEAD, store, "log")
    assert (line.values["what"], line.values["day"], line.values["words"]) == ("review", DAY, "We go on until March.")
    assert agreements.needs_review(seen, [line], [], now(seen), DAY) == ()


def test_a_review_that_cannot_be_kept_leaves_no_line(store: Engine) -> None:
    made = running(store)
    agreements.pause(OAK_HEAD, store, made, reason="x", now=NOW)
    with pytest.raises(EditConflict):
        agreements.review(ELM_HEAD, store, made, words="We go on.", now=NOW)
    with pytest.raises(BadValues, match="characters long"):
        agreements.review(ELM_HEAD, store, rows.entry(OWNER, store, made.entry_id), words="x" * 1_001, now=NOW)
    assert rows.entries(OWNER, store, "log") == ()
    assert rows.entry(OWNER, store, made.entry_id).values["reviewed"] is None


def test_what_is_decided_when_the_figures_change_is_kept_with_them(store: Engine) -> None:
    made = running(store)
    kept = agreements.keep_without_need(ELM_HEAD, store, made, words="We go on until July.", figures="P2", now=NOW)
    assert (kept.values["need_gone"], kept.values["figures"]) == ("We go on until July.", "P2")
    with pytest.raises(BadValues, match="what was decided"):
        agreements.keep_without_need(ELM_HEAD, store, kept, words="", figures="P3", now=NOW)


def test_no_act_of_an_agreement_touches_another_register(store: Engine) -> None:
    note = rows.add(DIRECTOR, store, "note", {"words": "x"}, uid=OURS, urn=ELM, now=NOW)
    made = running(store)
    odd = Entry(note.entry_id, "note", OURS, OAK, ELM, made.values, 1, "live", "", None, "", None)
    for act in (
        lambda: agreements.pause(DIRECTOR, store, odd, reason="x", now=NOW),
        lambda: agreements.answer(OAK_HEAD, store, odd, side="giver", says="declined", now=NOW),
    ):
        with pytest.raises(NoSuchEntry):
            act()
    with pytest.raises(BadValues, match="no such row"):
        agreements.log(DIRECTOR, store, odd, day=DAY, what="note", words="x", now=NOW)
