"""Rows of the registers of support for tests of pages: an offer, a need that the school stated, an agreement and its answers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine

from data.access.scope import everything
from data.register import agreements, rows
from data.register.rows import Entry
from tests.views import region

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
GIVER, RECEIVER, OTHER = 900001, 900003, 900002  # Lower Quennet, Tolverton Junior, Nettlecombe Cross
OWNER = everything()


def offered(store: Engine, urn: int | None = GIVER, days: float = 4, **more: Any) -> Entry:
    said = {
        "giver": "school",
        "area": "mathematics",
        "kind": "coaching",
        "days": days,
        "standing": "offered",
        "starts": "2026-09-01",
    }
    return rows.add(OWNER, store, "offer", {**said, **more}, urn=urn, uid=None if urn else region.TRUST, now=NOW)


def stated(store: Engine, urn: int = RECEIVER, area: str = "mathematics") -> Entry:
    return rows.add(
        OWNER, store, "stated_need", {"area": area, "size": "important", "standing": "stated"}, urn=urn, now=NOW
    )


def proposed(
    store: Engine, giver: int | None = GIVER, receiver: int = RECEIVER, *, figures: str = "", **more: Any
) -> Entry:
    said = {
        "area": "mathematics", "kind": "coaching", "days": 2, "starts": "2026-10-01", "ends": "2027-03-31",
        "objectives": "More pupils reach the standard", "why": "Near, and strong for its intake", "decided_by": "Trust board",
    }  # fmt: skip
    return agreements.propose(
        OWNER, store, uid=region.TRUST, giver=giver, receiver=receiver, figures=figures, now=NOW, **{**said, **more}
    )


def agreed(
    store: Engine, giver: int | None = GIVER, receiver: int = RECEIVER, *, figures: str = "", **more: Any
) -> Entry:
    """An agreement to which both said yes."""
    one = proposed(store, giver, receiver, figures=figures, **more)
    one = agreements.answer(OWNER, store, one, side="giver", says="yes", now=NOW)
    return agreements.answer(OWNER, store, one, side="receiver", says="yes", now=NOW)


def logged(store: Engine, one: Entry, day: date, days: float, words: str = "Watched a lesson") -> Entry:
    return agreements.log(OWNER, store, one, day=day, what="visit", days=days, words=words, now=NOW)


def service(store: Engine, urn: int | None = GIVER, **more: Any) -> Entry:
    said = {"name": "Energy", "sort": "bought_in", "price": 12_000, "until": "2027-03-31"}
    return rows.add(OWNER, store, "service", {**said, **more}, uid=region.TRUST, urn=urn, now=NOW)
