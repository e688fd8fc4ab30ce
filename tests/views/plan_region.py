"""The small region as one in which there is something to plan: the trust has reserves, and three schools of it offer days for
mathematics in places of two and of five days. Two schools may need mathematics; today is 22 November 2026.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from data.access.scope import everything
from data.register import rows
from data.register.rows import Entry
from data.store import publish
from data.store.engine import engine, place
from pages.shell.door import identity
from tests.views import region
from tests.views.signed_in import Person

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
NEEDY = {900003: "Tolverton Junior School", 900004: "Oxleigh Road Primary School"}
GIVERS = {900001: "Lower Quennet Primary School", 900002: "Nettlecombe Cross Primary School", 900008: "Cattering Park Primary School"}  # fmt: skip
SLOTS = {1: 2.0, 2: 2.0, 3: 5.0}


def prepare(person: Person, patch: pytest.MonkeyPatch) -> None:
    """A newer publication without the trust's deficit, and offers in places that fit their days."""
    patch.setattr(identity, "now", lambda: NOW)
    tables = region.tables()
    tables["trust_finance"] = tables["trust_finance"].head(0)
    tables["need"] = tables["need"][tables["need"]["scope"] == "school"]
    publish.write(store(), "plan", "2026-11-22T08:00:00", {"inputs": []}, tables)
    for number, slot in SLOTS.items():
        rows.change(everything(), store(), number, {"slot": slot}, version=1, now=NOW)
    person.is_here()


def store() -> Engine:
    return engine(place("own"))


def enter(
    register: str,
    values: dict[str, Any],
    *,
    urn: int | None = None,
    uid: str | None = region.TRUST,
    other: int | None = None,
) -> Entry:
    """A row of a register, as whoever is at this computer enters it."""
    return rows.add(everything(), store(), register, values, uid=uid, urn=urn, other_urn=other, now=NOW, entered=True)


def entered(register: str) -> tuple[Entry, ...]:
    return rows.entries(everything(), store(), register)
