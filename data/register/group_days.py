"""Days a term that schools give to working groups: what they said yes to is promised, what they were asked for is not yet.

A school has its days once, whichever partnership's group they go to, so what is promised is counted of every partnership: as
numbers, without whose group it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Engine

from data.access.scope import Scope, everything
from data.register import kept_to, rows
from data.register.declared import REGISTERS
from data.register.rows import Entry

GROUP, SCHOOL = "working_group", "group_school"
Days = Mapping[tuple[int, str], float]
Rows = tuple[tuple[Entry, ...], tuple[Entry, ...]]


def promised(store: Engine, first: date, last: date) -> Days:
    """(school, area) -> days a term to which schools said yes, in groups that touch the time. Read for the program."""
    return promised_of(read(store), first, last)


def read(store: Engine) -> Rows:
    """Every group and every school in one, of all partnerships, for `promised_of` several times. Read for the program."""
    return rows.entries(everything(), store, GROUP), rows.entries(everything(), store, SCHOOL)


def promised_of(found: Rows, first: date, last: date) -> Days:
    """As `promised`, of what was read."""
    return _days(*found, "yes", (first, last))


def asked(scope: Scope, store: Engine, uid: str, time: tuple[date, date]) -> Days:
    """The same of days that schools of one partnership's groups are asked for and have not answered."""
    if not scope.may(REGISTERS[GROUP].read) or not scope.may(REGISTERS[SCHOOL].read):
        return {}
    groups, schools = (rows.entries(scope, store, register, uid=uid) for register in (GROUP, SCHOOL))
    return _days(groups, schools, "waiting", time)


def _days(groups: Iterable[Entry], schools: Iterable[Entry], says: str, time: tuple[date, date]) -> Days:
    areas = {
        one.entry_id: str(one.values["area"])
        for one in groups
        if one.values["state"] != "ended" and kept_to.holds(one, *time)
    }
    found: dict[tuple[int, str], float] = {}
    for one in schools:
        number, days = one.values["working_group"], one.values["days"]
        if one.urn is None or not isinstance(days, float) or one.values["says"] != says:
            continue
        if isinstance(number, int) and number in areas:
            place = one.urn, areas[number]
            found[place] = found.get(place, 0.0) + days
    return found
