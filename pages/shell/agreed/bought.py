"""Services out of their register, as the ledger counts them and as people described them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from analytics.support.services import Service, Sort
from data.register.declared import REGISTERS
from data.register.rows import Entry
from pages.components.service_words import Said
from pages.shell import session
from pages.shell.agreed.looking import Looking


@dataclass(frozen=True, slots=True)
class Entered:
    """Services, and the rows that they come from by number."""

    services: tuple[Service, ...]
    rows: Mapping[int, Entry]

    @property
    def givers(self) -> tuple[int, ...]:
        """Schools that give a service to others."""
        return tuple(urn for one in self.rows.values() if isinstance(urn := one.values["given_by"], int))


def services(look: Looking) -> Entered:
    """The services that the person may read here."""
    found = look.entries("service")
    return Entered(tuple(_service(one) for one in found), {one.entry_id: one for one in found})


def said(look: Looking, entered: Entered) -> dict[int, Said]:
    """What people wrote of each, and, for whoever may change it, where."""
    may = look.scope.may(REGISTERS["service"].write)
    return {number: _said(look, one, may) for number, one in entered.rows.items()}


def _service(one: Entry) -> Service:
    values = one.values
    price, days, until = values["price"], values["days"], values["until"]
    return Service(
        one.entry_id, str(values["name"]), cast(Sort, values["sort"]), one.urn,
        str(values["area"]) if values["area"] is not None else None, float(cast(float, price)) if price is not None else None,
        float(cast(float, days)) if days is not None else None, until if isinstance(until, date) else None,
    )  # fmt: skip


def _said(look: Looking, one: Entry, may: bool) -> Said:
    values = {key: look.names.free(value) for key, value in one.values.items()}
    school = one.values["given_by"]
    who = look.label(school) if isinstance(school, int) else values["supplier"]
    link = session.link("registers", register="service", row=one.entry_id) if may else ""
    return Said(who, values["terms"], values["funded_by"], values["if_it_ends"], link)
