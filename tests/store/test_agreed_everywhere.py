"""Days that agreements of any partnership take, and needs that they meet, on both databases: numbers, whoever asks."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Engine

from data.register import agreements, rows
from tests.store.register_people import ASH, BOTH, ELM, FAR, NOW, OAK, OURS, OWNER, THEIRS

TODAY, FIRST, LAST = NOW.date(), date(2026, 9, 1), date(2027, 3, 31)
SAID: dict[str, Any] = {
    "area": "reading", "kind": "coaching", "starts": FIRST, "ends": LAST, "days": 4.0, "giver_says": "yes",
    "receiver_says": "yes", "state": "open",
}  # fmt: skip


def agreement(store: Engine, uid: str, giver: int | None, receiver: int, **said: Any) -> rows.Entry:
    return rows.add(OWNER, store, "agreement", {**SAID, **said}, uid=uid, urn=giver, other_urn=receiver, now=NOW)


def test_days_are_counted_whoever_takes_them(store: Engine) -> None:
    days = {"giver": "school", "area": "reading", "kind": "coaching", "days": 8, "standing": "offered"}
    offer = rows.add(OWNER, store, "offer", days, urn=BOTH, now=NOW).entry_id
    agreement(store, OURS, BOTH, ELM, offer=offer)
    agreement(store, THEIRS, BOTH, FAR, offer=offer, days=3.0, giver_says="waiting", receiver_says="waiting")
    agreement(store, OURS, OAK, ASH, days=2.0)
    gone = agreement(store, THEIRS, BOTH, OAK, offer=offer, days=8.0, receiver_says="waiting")
    rows.withdraw(OWNER, store, gone.entry_id, version=1, now=NOW)
    found = agreements.taken_everywhere(store, FIRST, LAST, TODAY)
    assert (dict(found.offers), dict(found.givers)) == ({offer: 7.0}, {(OAK, "reading"): 2.0})
    assert agreements.free_days(store, offer, FIRST, LAST, TODAY) == 1.0
    assert agreements.free_days(store, gone.entry_id, FIRST, LAST, TODAY) is None
    assert agreements.taken_everywhere(store, date(2028, 1, 1), date(2028, 3, 31), TODAY).offers == {}


def test_needs_met_are_known_whoever_meets_them(store: Engine) -> None:
    agreement(store, OURS, OAK, ELM)
    agreement(store, THEIRS, FAR, BOTH, area="mathematics", giver_says="waiting", receiver_says="waiting")
    agreement(store, THEIRS, None, BOTH, area="writing", giver_says="declined", receiver_says="waiting")
    agreement(store, THEIRS, FAR, BOTH, area="behaviour", ends=date(2026, 11, 21))
    agreement(store, OURS, OAK, BOTH, area="reading", state="ended", ended_on=TODAY, outcome="Done")
    asked = {ELM, BOTH, OAK}
    assert agreements.supported_everywhere(store, asked, TODAY) == {(ELM, "reading"), (BOTH, "mathematics")}
    assert agreements.supported_everywhere(store, {BOTH}, date(2026, 11, 20)) == {(BOTH, "mathematics"), (BOTH, "behaviour")}  # fmt: skip
    assert agreements.supported_everywhere(store, (), TODAY) == frozenset()
