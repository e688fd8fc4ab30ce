"""A row of any register with every field filled, and the rows that it names: for tests that go through all of them by the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from data.access.scope import everything
from data.register import rows, values
from data.register.declared import REGISTERS, Field
from data.register.rows import Entry

RISKY = ("=1+1", "+1", "-5 is wrong", "@A1", "'=1", "''", "\tx", 'a "b", c;d\n=e', "_x0041_", "＝1", "2024/25", "1e5", "TRUE", "00012", "#N/A")  # fmt: skip
FIRST, LAST = date(2026, 9, 1), date(2027, 3, 31)
AGREED = {
    "area": "reading", "kind": "coaching", "starts": FIRST, "ends": LAST, "days": 1, "giver_says": "yes", "receiver_says": "yes",
    "state": "open",
}  # fmt: skip


@dataclass(frozen=True)
class Region:
    """The partnership and the two schools that rows are about."""

    uid: str
    giver: int
    receiver: int

    def place(self, key: str, *, of_giver: bool = False) -> dict[str, Any]:
        """Where rows of the register stand. `of_giver`: an offer is the school's own, else an organisation's."""
        register = REGISTERS[key]
        if register.schools == "may":
            return {"urn": self.giver} if of_giver and register.belongs == "either" else {"uid": self.uid}
        belongs = {} if register.belongs == "school" else {"uid": self.uid}
        return {**belongs, "urn": self.giver, **({"other_urn": self.receiver} if register.two_schools else {})}


def together(key: str, region: Region) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Values that must go with one another, of two rows of the register; all others are made up by their kind."""
    found: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
        "agreement": (
            {"state": "ended", "ended_on": date(2026, 11, 20), "giver_says": "yes", "area": "reading"},
            {"state": "ended", "ended_on": date(2026, 9, 3), "giver_says": "declined", "area": "reading"},
        ),
        "service": ({"given_by": region.giver}, {"given_by": region.receiver}),
        "log": ({"what": "visit", "day": date(2026, 9, 3)}, {"what": "visit", "day": date(2026, 9, 4)}),
        "constraint": ({"other": region.receiver}, {"other": region.receiver + 2}),
        "offer": (
            {"days": 9.5, "slot": 2.25, "giver": "organisation", "standing": "offered"},
            {"days": 12.0, "slot": 3.0, "giver": "team", "standing": "paused"},
        ),
        "board_pack": ({"presented_on": FIRST}, {"presented_on": date(2026, 11, 20)}),
        "programme": (
            {"measure": "ks2_reading_expected_pct", "selection_year": 202223, "first_year": 202324},
            {"measure": "ks2_mathematics_expected_pct", "selection_year": 202324, "first_year": 202425},
        ),
    }  # fmt: skip
    return found.get(key, ({}, {}))


def made_up(field: Field, turn: int) -> Any:
    """One of two values of the field's kind."""
    choice = list(field.choices)
    return {
        "text": RISKY[(len(field.key) + turn) % len(RISKY)], "link": f"https://a.example/{turn}?b=c", "whole": turn + 1,
        "number": turn + 0.5, "day": (FIRST if field.key == "starts" else LAST) + timedelta(days=turn), "year": 202425 + turn * 101,
        "yes_no": bool(turn), "choice": choice[turn - len(choice)] if choice else None, "area": ("reading", "writing")[turn],
    }.get(field.kind)  # fmt: skip


def whole_row(key: str, turn: int, named: Mapping[str, int], region: Region) -> dict[str, Any]:
    """Every field that a person sets (of the register that only the program writes: every field), as it is kept."""
    found = {}
    for name, field in REGISTERS[key].fields.items():
        if field.by == "server" and key != "showing":
            continue
        value = named[field.of] if field.of else together(key, region)[turn].get(name, made_up(field, turn))
        found[name] = values.typed(field, value)
        assert found[name] is not None, (key, name)
    return found


def named_rows(store: Engine, key: str, region: Region, *, now: datetime) -> dict[str, int]:
    """Register -> number of a new row of it, for every register whose rows this one names."""
    said: Mapping[str, Mapping[str, Any]] = {
        "agreement": AGREED, "working_group": {"name": "G", "area": "reading", "state": "planned"},
        **{of: whole_row(of, 0, {}, region) for of in ("offer", "programme")},
    }  # fmt: skip
    return {
        of: rows.add(everything(), store, of, said[of], now=now, **region.place(of, of_giver=True)).entry_id
        for of in sorted({field.of for field in REGISTERS[key].fields.values() if field.of})
    }


def filled(store: Engine, key: str, region: Region, *, now: datetime) -> tuple[Entry, dict[str, int]]:
    """A row with every field filled, and the rows that it names."""
    named = named_rows(store, key, region, now=now)
    said = whole_row(key, 0, named, region)
    return rows.add(everything(), store, key, said, now=now, **region.place(key)), named
