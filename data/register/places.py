"""Where a row of a register belongs, which of its fields a person may set, and which other rows it may name.

Refuses rows that cross over to schools or partnerships that the person's roles do not reach. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.engine import Connection

from data.access.scope import Row, Rule, Scope
from data.catalogue import PermissionDenied
from data.register.declared import REGISTERS, Field, Register
from data.register.values import Bad, BadValues, Value
from data.store import members
from data.store.schema import school
from data.store.schema_private import entry


def adding(write: Rule) -> Rule:
    """The rule for a row that is not there yet: whoever may write what they entered may enter it within their own
    partnership or about their own school, and nowhere else.
    """
    wider: Rule = {
        role: ("own" if role == "headteacher" else "partnership") if reach == "author" else reach
        for role, reach in write.items()
    }
    return wider


def asked_of(register: Register, place: Row) -> Row:
    """The place as permission asks for it. Where only the second of two schools must be named, the partnership's row is about
    that one: whoever gives may be of another partnership, and then its own head reaches the row, its partnership does not.
    """
    return Row(place.uid, place.other_urn, place.urn, place.author) if register.schools == "second" else place


def check(connection: Connection, scope: Scope, register: Register, place: Row) -> None:
    """Raises AlongsideError where a row cannot belong there; the person's right to it is settled already."""
    what = ""
    if place.uid is None and (
        register.belongs == "partnership" or (register.belongs == "either" and place.urn is None)
    ):
        what = "say which partnership it belongs to"
    elif register.schools in ("one", "two") and place.urn is None:
        what = "say which school it is about"
    elif register.two_schools and (place.other_urn is None or place.other_urn == place.urn):
        what = "say which two schools it is about"
    elif not register.two_schools and place.other_urn is not None:
        what = "it is about one school only"
    elif any(urn is not None and not 100_000 <= urn <= 999_999 for urn in (place.urn, place.other_urn)):
        what = "a school's URN has six digits"
    if what:
        raise BadValues(register, (("school", what),))
    if scope.owner or place.uid is None:
        return
    # A head's role names no partnership, and no role says whether the second school is a member: nothing crosses over.
    reached = next((grant.members for grant in scope.grants if grant.uid == place.uid), None)
    within = members.within(connection, place.uid) if reached is None else reached
    outside = {urn for urn in (place.urn, place.other_urn) if urn is not None} - within
    if outside and not (outside == {place.urn} and _may_give(connection, scope, register, place)):
        raise PermissionDenied(f"you may not add {register.a_one} here")


def _may_give(connection: Connection, scope: Scope, register: Register, place: Row) -> bool:
    """Whether the first of two schools may be one of another partnership: whoever speaks for the second one may ask any school
    there is. The other school's own head adds only to what names both already, a line of the log to its agreement.
    """
    if register.schools != "second":
        return False
    by_second = scope.reaches(adding(register.write), Row(place.uid, place.other_urn))
    known = connection.execute(select(school.c.urn).where(school.c.urn == place.urn)).first() is not None
    return (by_second or register.placed_by is not None) and known


def first(field: Field) -> Value:
    """What a choice of a school's own begins with; saying it is saying nothing."""
    return next(iter(field.choices)) if field.by in ("own", "other") and field.required and field.choices else None


def theirs(scope: Scope, field: Field, place: Row) -> bool:
    """Whether the person may set the field in a row there. Where no school is named, whoever may write may say its word."""
    school = {"own": place.urn, "other": place.other_urn}.get(field.by)
    return field.by != "server" and (school is None or scope.speaks_for(school))


def not_theirs(scope: Scope, field: Field, place: Row, entered: bool) -> str:
    """Why the person may not set the field; "" where they may."""
    if field.by == "server":
        return "only Alongside itself sets this" if entered else ""
    return "" if theirs(scope, field, place) else "only the head of the school says this"


def wrong_refs(
    connection: Connection, scope: Scope, register: Register, place: Row, typed: Mapping[str, Value]
) -> tuple[Bad, ...]:
    """Numbers of rows that are not in force, not the person's to read, of another partnership or of other schools."""
    return tuple(
        (key, "there is no such row for this one to name")
        for key, value in typed.items()
        if (of := register.fields[key].of) and isinstance(value, int)
        and not _named(connection, scope, REGISTERS[of], value, register, place)
    )  # fmt: skip


def _named(connection: Connection, scope: Scope, of: Register, number: int, register: Register, place: Row) -> bool:
    if not 0 < number < 2**31:
        return False
    known = select(entry).where(entry.c.entry_id == number, entry.c.register == of.key, entry.c.state == "live")
    found = connection.execute(known).first()
    there = None if found is None else Row(found.uid, found.urn, found.other_urn, found.created_by)
    if found is None or there is None or not scope.reaches(of.read, asked_of(of, there)):
        return False
    same = found.uid is None or place.uid is None or found.uid == place.uid
    if of.belongs == "either" and found.urn != place.urn:  # days are given by whoever offers them
        return False
    both = of.two_schools and register.two_schools
    return same and (not both or (found.urn, found.other_urn) == (place.urn, place.other_urn))
