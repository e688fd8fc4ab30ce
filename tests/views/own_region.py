"""The small region as our own store, with its register, its groups and one person for each role: for tests with sign-in.

Every person is invited by email and has never signed in. The head leads 900003, which may need support in mathematics;
director, governor and adviser have the trust of twelve schools; the second trust is nobody's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert

from data.access import accounts
from data.access.scope import everything
from data.store.engine import engine, place
from data.store.schema import group, membership, school
from tests.views import region

HEAD_OF = 900003


@dataclass(frozen=True)
class Somebody:
    """A person to be: what they are called, where they are invited, what they hold."""

    role: str
    name: str
    over: Mapping[str, Any]

    @property
    def email(self) -> str:
        return f"{self.role}@trust.example"


TRUST: Mapping[str, Any] = {"uid": region.TRUST}
PEOPLE = {
    one.role: one
    for one in (
        Somebody("director", "Dora Hale", TRUST),
        Somebody("headteacher", "Hew Marsh", {"urn": HEAD_OF}),
        Somebody("governor", "Gita Rowe", TRUST),
        Somebody("adviser", "Abel Finch", TRUST),
        Somebody("administrator", "Ann Stoke", {}),
        Somebody("auditor", "Otto Penn", {}),
    )
}


def fill() -> dict[str, int]:
    """Fill our own store; role -> the number of the account."""
    region.fill(place("own"))
    opened = engine(place("own"))
    trusts = {region.TRUST: ("Chilver Vale Learning Trust", region.MEMBERS),
              region.SECOND: ("Kelderby Partnership Trust", frozenset(range(900013, 900017)))}  # fmt: skip
    with opened.begin() as connection:
        for urn, name in region.NAMES.items():
            values = {"urn": urn, "name": name, "status": "open", "la_code": 991, "la_name": "Chilvershire",
                      "phase": region.phase_of(urn), "as_at": date(2026, 9, 1), "source_file_id": 1}  # fmt: skip
            connection.execute(insert(school).values(values))
        for uid, (name, members) in trusts.items():
            connection.execute(insert(group).values(uid=uid, name=name, kind="mat", status="Open", source_file_id=1))
            for urn in sorted(members):
                values = {"uid": uid, "urn": urn, "joined": date(2018, 1, 1), "source_file_id": 1}
                connection.execute(insert(membership).values(values))
    return {role: invited(one.email, one.name, role, **one.over) for role, one in PEOPLE.items()}


def invite_heads() -> None:
    """A head for every other school of the trust."""
    for urn in sorted(region.MEMBERS - {HEAD_OF}):
        invited(f"head{urn}@trust.example", f"Head of {urn}", "headteacher", urn=urn)


def invited(email: str, name: str, role: str | None = None, **over: Any) -> int:
    """One more person, invited just now."""
    opened, now = engine(place("own")), datetime.now(UTC)
    made = accounts.invite(everything(), opened, email, name, now=now)
    if role:
        accounts.give(everything(), opened, made.account_id, role, now=now, **over)
    return made.account_id
