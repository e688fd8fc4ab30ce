"""What the program asks of the registers about programmes: who is supported elsewhere, and which order was drawn already.

Reads inside the caller's transaction where it decides whether something is kept; writes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Engine, and_, select
from sqlalchemy.engine import Connection

from data.access.scope import Row, Scope, everything
from data.register import rows
from data.register.declared import REGISTERS
from data.register.rows import Entry
from data.register.values import Value, read_back
from data.store.schema_private import entry, entry_version

KEY, SCHOOL = "programme", "programme_school"
SAME = 0.5  # share of the schools above which a draw is one of the same schools


@dataclass(frozen=True, slots=True)
class Taking:
    """URNs, read with the program's own eyes and shown to nobody. `supported`: by any other programme or agreement, now or
    later; `own`: in any part of this programme. None of them can stand for a school without support chosen elsewhere."""

    supported: frozenset[int]
    own: frozenset[int]


def taking(engine: Engine) -> Taking:
    """For a programme that is not entered yet."""
    return takings(engine, (0,))[0]


def takings(engine: Engine, numbers: Iterable[int]) -> Mapping[int, Taking]:
    """For each of the programmes that are looked at. Agreements that a side declined are none."""
    parts = rows.entries(everything(), engine, SCHOOL)
    agreed = rows.entries(everything(), engine, "agreement")
    by_agreement = {
        one.other_urn for one in agreed if "declined" not in (one.values["giver_says"], one.values["receiver_says"])
    }
    return {number: _taking(number, parts, by_agreement) for number in numbers}


def _taking(number: int, parts: Iterable[Entry], by_agreement: Collection[int | None]) -> Taking:
    supported = {one.urn for one in parts if one.values[KEY] != number and one.values["part"] != "compared"}
    own = {one.urn for one in parts if one.values[KEY] == number}
    return Taking(frozenset(urn for urn in supported.union(by_agreement) if urn), frozenset(urn for urn in own if urn))


def schools(scope: Scope, engine: Engine, uid: str) -> tuple[Entry, ...]:
    """Schools of a partnership's programmes. Whoever reads them over the partnership as a whole, as those do who set its
    programmes down, reads its own rows about schools outside, too; others read what their rows reach."""
    found = rows.entries(scope, engine, SCHOOL, uid=uid)
    whole = scope.reaches(REGISTERS[SCHOOL].read, Row(uid))
    return rows.entries(everything(), engine, SCHOOL, uid=uid) if whole else found


@dataclass(frozen=True, slots=True)
class Drawn:
    """An order of start that was drawn by lot. `shared`: how many schools of the new draw are in it."""

    name: str
    seed: int
    shared: int
    withdrawn: bool


def drawn_already(
    connection: Connection, uid: str, measure: str, years: tuple[int, int], schools: Collection[int]
) -> Drawn | None:
    """The partnership's earlier draw of these schools by the same measure and one of the same years (chosen on, first).

    As it was set down, whatever was changed or withdrawn since: else a draw could be repeated until it suits. The same schools
    are more than SAME of those to be drawn, or of those drawn then.
    """
    wanted = frozenset(schools)
    drawn = [
        (number, state, said) for number, _, state, said in _as_entered(connection, KEY, uid)
        if said["seed"] is not None and said["measure"] == measure
        and (said["selection_year"] == years[0] or said["first_year"] == years[1])
    ]  # fmt: skip
    parts = _as_entered(connection, SCHOOL, uid) if drawn else ()
    for number, state, said in drawn:
        of = frozenset(urn for _, urn, _, part in parts if part[KEY] == number)
        shared = len(of & wanted)
        if shared > SAME * min(len(of), len(wanted)):
            return Drawn(str(said["name"]), int(str(said["seed"])), shared, state != "live")
    return None


def _as_entered(
    connection: Connection, register: str, uid: str
) -> tuple[tuple[int, int | None, str, Mapping[str, Value]], ...]:
    """(number, URN, state now, values of the first version) of each of the partnership's rows, also of those withdrawn."""
    first = and_(entry_version.c.entry_id == entry.c.entry_id, entry_version.c.version == 1)
    query = (
        select(entry.c.entry_id, entry.c.urn, entry.c.state, entry_version.c.data).join(entry_version, first)
        .where(entry.c.register == register, entry.c.uid == uid).order_by(entry.c.entry_id)
    )  # fmt: skip
    found = connection.execute(query).all()
    return tuple((one.entry_id, one.urn, one.state, read_back(REGISTERS[register], one.data)) for one in found)
