"""Agreed support: where an agreement stands, when it should be looked at again, which days it takes; and what people do with it.

The supporting school answers first. Each act is one transaction with the caller's scope, of the version that was on their
page (`seen`), and raises what `data.register.rows` raises. Has no clock: callers give `today` and `now`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Literal

from sqlalchemy import Engine
from sqlalchemy.engine import Connection

from data.access import heads
from data.access.scope import Row, Scope, everything
from data.catalogue.standings import DONE, RUNNING, Standing
from data.catalogue.terms import terms_between
from data.register import agreed, agreement, rows, values
from data.register.declared import REGISTERS
from data.register.rows import Entry
from data.register.values import BadValues, Value
from data.store import dialect

KEY, LOG = "agreement", "log"
Side = Literal["giver", "receiver"]
What = Literal["visit", "note", "milestone", "review"]
A_TERM = timedelta(days=120)  # a third of a year: pauses and silences longer than this are looked at
SIDES: Mapping[Side, str] = MappingProxyType(
    {"giver": "the supporting school", "receiver": "the school that is supported"}
)


@dataclass(frozen=True, slots=True)
class Committed:
    """Days a term that agreements take. `offers`: by the offer they use; `givers`: of those that name none, by school (None:
    an organisation) and area.
    """

    offers: Mapping[int, float]
    givers: Mapping[tuple[int | None, str], float]


def standing(entry: Entry, today: date) -> Standing:
    """Where an agreement stands. The receiver's answer counts once the giver said yes; `over`: its end passed and nobody has
    said how it ended.
    """
    said = entry.values
    if entry.state != "live" or said["state"] == "ended":
        return "ended"
    if said["giver_says"] != "yes":
        return "declined" if said["giver_says"] == "declined" else "giver_asked"
    if said["receiver_says"] != "yes":
        return "declined" if said["receiver_says"] == "declined" else "receiver_asked"
    starts, ends = _day(said, "starts"), _day(said, "ends")
    if ends is not None and ends < today:
        return "over"
    if said["state"] == "paused":
        return "paused"
    return "agreed" if starts is not None and starts > today else "active"


def paused_since(engine: Engine, entries: Iterable[Entry]) -> Mapping[int, date]:
    """The day of the last change that paused each of those that are paused now, by number."""
    numbers = [one.entry_id for one in entries if one.values["state"] == "paused"]
    if not numbers:
        return {}
    with engine.connect() as connection:
        found = agreed.pauses(connection, numbers)
    return {number: times[-1][0] for number, times in found.items() if times and times[-1][1] is None}


def needs_review(
    entry: Entry, log_entries: Iterable[Entry], constraint_entries: Iterable[Entry], head_now: str, today: date,
    *, since: date | None = None,
) -> tuple[str, ...]:  # fmt: skip
    """Why an agreement should be looked at again, in words; none for one that waits, was declined or has ended.

    `head_now`: its own of `heads_now`, as `head_then` keeps it; a school whose head is not known on either side gives no reason.
    `since`: its own of `paused_since`; without it a pause counts from the row's last change.
    """
    stands = standing(entry, today)
    if stands not in RUNNING:
        return ()
    lines = [one for one in log_entries if one.values["agreement"] == entry.entry_id]
    found = _new_heads(entry, head_now)
    reviewed = max((day for one in lines if one.values["what"] == "review" and (day := _day(one.values, "day"))), default=None)  # fmt: skip
    found += [one for one in _windows(entry, constraint_entries, reviewed, today) if one not in found]
    ends, starts = _day(entry.values, "ends"), _day(entry.values, "starts")
    if stands == "over" and ends is not None:
        found.append(f"It was to end on {_words(ends)}, and nobody has said what came of it.")
    began = since or datetime.fromisoformat(entry.changed).date()
    if stands == "paused" and today - began > A_TERM:
        found.append(f"It has been paused for more than a term, since {_words(began)}.")
    quiet = starts is not None and today - starts > A_TERM and not any(one.values["what"] == "visit" for one in lines)
    if stands == "active" and quiet and starts is not None:
        found.append(f"No day has been logged since it started on {_words(starts)}.")
    return tuple(found)


def committed(entries: Iterable[Entry], first_day: date, last_day: date, today: date) -> Committed:
    """The days a term that agreements take in a time: the most of any term in it. Those that wait for an answer count, for
    their days are promised while somebody is asked; those that were declined or have ended do not.
    """
    taken = [one for one in entries if standing(one, today) not in DONE]
    offers, givers = dict[int, float](), dict[tuple[int | None, str], float]()
    for term in terms_between(first_day, last_day):
        first, last = max(first_day, term.first_day), min(last_day, term.last_day)
        of_offers, of_givers = dict[int, float](), dict[tuple[int | None, str], float]()
        for one in taken:
            starts, ends, days = _day(one.values, "starts"), _day(one.values, "ends"), one.values["days"]
            if not isinstance(days, float) or (starts and starts > last) or (ends and ends < first):
                continue
            offer, key = one.values["offer"], (one.urn, str(one.values["area"]))
            if isinstance(offer, int):
                of_offers[offer] = of_offers.get(offer, 0.0) + days
            else:
                of_givers[key] = of_givers.get(key, 0.0) + days
        for number, days in of_offers.items():
            offers[number] = max(offers.get(number, 0.0), days)
        for key, days in of_givers.items():
            givers[key] = max(givers.get(key, 0.0), days)
    return Committed(MappingProxyType(offers), MappingProxyType(givers))


def taken_everywhere(engine: Engine, first_day: date, last_day: date, today: date) -> Committed:
    """The days a term that the agreements of every partnership take, read for the program, whoever asks: numbers, no names.
    An offer has its days once, however many partnerships may ask for them.
    """
    return committed(everywhere(engine), first_day, last_day, today)


def everywhere(engine: Engine) -> tuple[Entry, ...]:
    """The agreements of every partnership, for `committed` several times. Read for the program: never shown as they are."""
    return rows.entries(everything(), engine, KEY)


def free_days(engine: Engine, offer: int, first_day: date, last_day: date, today: date) -> float | None:
    """The days a term of an offer that no partnership's agreements take, for a page to warn before more is asked for; below
    nought where more is promised already. None for what is no offer in force. Read for the program: a number.
    """
    held = next((one for one in rows.entries(everything(), engine, "offer") if one.entry_id == offer), None)
    days = held.values["days"] if held is not None else None
    taken = taken_everywhere(engine, first_day, last_day, today).offers.get(offer, 0.0)
    return days - taken if isinstance(days, float) else None


def supported_everywhere(engine: Engine, urns: Collection[int], today: date) -> frozenset[tuple[int, str]]:
    """(school, area) of these schools that an agreement of any partnership is about today or later, those that wait for an
    answer included. Read for the program, whoever asks; by whom, and in which partnership, is not told.
    """
    return frozenset(
        (one.other_urn, str(one.values["area"])) for one in rows.entries(everything(), engine, KEY)
        if one.other_urn is not None and one.other_urn in urns and standing(one, today) not in (*DONE, "over")
    )  # fmt: skip


def heads_now(engine: Engine, entries: Sequence[Entry]) -> Mapping[int, str]:
    """Who leads the schools of each by the accounts of heads, as `head_then` keeps it: numbers, no names; "" where no head has
    an account.
    """
    with engine.connect() as connection:
        led = heads.led_by(connection, {urn for one in entries for urn in (one.urn, one.other_urn) if urn is not None})
    return {one.entry_id: _heads(led, one.urn, one.other_urn) for one in entries}


def propose(
    scope: Scope, engine: Engine, *, uid: str, giver: int | None, receiver: int, figures: str, now: datetime,
    **said: object,
) -> Entry:  # fmt: skip
    """The agreement as a proposal: both sides are asked, the giving school first. `said`: its other fields.

    Raises PermissionDenied where the school that would be supported has not agreed that help is welcome in the area.
    """
    place = Row(uid, giver, receiver, scope.account_id)
    with dialect.writing(engine) as connection:
        whole = {
            **said, "giver_says": "waiting", "receiver_says": "waiting", "state": "open", "figures": figures or None,
            "head_then": _led(connection, giver, receiver) or None,
        }  # fmt: skip
        made = rows.add_within(connection, scope, engine, KEY, whole, place=place, now=now, entered=False)
        agreement.demand(connection, scope, place, made.values)  # after the right to write here: no one else learns it
    return made


def answer(
    scope: Scope, engine: Engine, seen: Entry, *, side: Side, says: Literal["yes", "declined", "waiting"], now: datetime
) -> Entry:
    """What a side says. Raises BadValues for the receiver's answer before the giver's yes."""
    if side == "receiver" and (word := seen.values["giver_says"]) != "yes":
        why = "has not answered yet: it is asked first" if word == "waiting" else "said not this time"
        _refuse(("receiver_says", f"the supporting school {why}"))
    return _change(scope, engine, seen, {f"{side}_says": says}, now=now)


def log(
    scope: Scope, engine: Engine, seen: Entry, *, day: date, what: What, days: float | None = None,
    words: str = "", now: datetime,
) -> Entry:  # fmt: skip
    """A line of the log. Raises BadValues for days on a day outside the agreement, or while it is paused or ended."""
    stands = standing(seen, now.date())
    if what == "visit" and stands in ("paused", "ended"):
        _refuse(("day", f"the agreement is {stands}: days are used only while it runs"), register=LOG)
    with dialect.writing(engine) as connection:
        return _line(connection, scope, engine, seen, day=day, what=what, days=days, words=words, now=now)


def pause(scope: Scope, engine: Engine, seen: Entry, *, reason: str, now: datetime) -> Entry:
    """Paused; a reason is needed."""
    _refuse_ended(seen)
    return _change(scope, engine, seen, {"state": "paused", "pause_reason": reason}, now=now)


def resume(scope: Scope, engine: Engine, seen: Entry, *, now: datetime) -> Entry:
    """As agreed again. Its history keeps why it was paused."""
    if seen.values["state"] != "paused":
        _refuse(("state", "it is not paused"))
    return _change(scope, engine, seen, {"state": "open", "pause_reason": None}, now=now)


def end(scope: Scope, engine: Engine, seen: Entry, *, on: date, outcome: str, now: datetime) -> Entry:
    """Ended on a day; what came of it is needed."""
    _refuse_ended(seen)
    return _change(scope, engine, seen, {"state": "ended", "ended_on": on, "outcome": outcome}, now=now)


def review(scope: Scope, engine: Engine, seen: Entry, *, words: str, now: datetime) -> Entry:
    """Looked at again: what was agreed then, a line in the log, and who leads the schools from now on."""
    if not words.strip():
        _refuse(("reviewed", "say in a few words what was agreed"))
    with dialect.writing(engine) as connection:
        kept = {"reviewed": words, "head_then": _led(connection, seen.urn, seen.other_urn) or None}
        found = rows.change_within(
            connection, scope, engine, seen.entry_id, kept, version=seen.version, now=now, entered=False
        )
        _line(connection, scope, engine, seen, day=now.date(), what="review", days=None, words=words, now=now)
    return found


def keep_without_need(scope: Scope, engine: Engine, seen: Entry, *, words: str, figures: str, now: datetime) -> Entry:
    """What the schools decided when new figures no longer pointed to the need. `figures`: those that were asked about."""
    if not words.strip():
        _refuse(("need_gone", "say in a few words what was decided"))
    return _change(scope, engine, seen, {"need_gone": words, "figures": figures or None}, now=now)


def _change(scope: Scope, engine: Engine, seen: Entry, given: Mapping[str, object], *, now: datetime) -> Entry:
    if seen.register != KEY:
        raise rows.NoSuchEntry
    return rows.change(scope, engine, seen.entry_id, given, version=seen.version, now=now)


def _line(
    connection: Connection, scope: Scope, engine: Engine, seen: Entry, *, day: date, what: What,
    days: float | None, words: str, now: datetime,
) -> Entry:  # fmt: skip
    said = {"agreement": seen.entry_id, "day": day, "what": what, "days": days, "words": words}
    place = Row(seen.uid, seen.urn, seen.other_urn, scope.account_id)
    return rows.add_within(connection, scope, engine, LOG, said, place=place, now=now, entered=True)


def _refuse(bad: values.Bad, *, register: str = KEY) -> None:
    raise BadValues(REGISTERS[register], (bad,))


def _refuse_ended(seen: Entry) -> None:
    if seen.values["state"] == "ended":
        _refuse(("state", "it has ended already"))


def _day(said: Mapping[str, Value], key: str) -> date | None:
    found = said[key]
    return found if isinstance(found, date) else None


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _led(connection: Connection, *urns: int | None) -> str:
    return _heads(heads.led_by(connection, {urn for urn in urns if urn is not None}), *urns)


def _heads(led: Mapping[int, frozenset[int]], *urns: int | None) -> str:
    """ "900001:4 900003:7,12": the accounts that lead each school, schools without one left out."""
    known = sorted(urn for urn in urns if urn is not None and urn in led)
    return " ".join(f"{urn}:{','.join(map(str, sorted(led[urn])))}" for urn in known)


def _read_heads(text: Value) -> dict[str, str]:
    return dict(part.split(":", 1) for part in str(text or "").split() if ":" in part)


def _new_heads(entry: Entry, head_now: str) -> list[str]:
    then, now = _read_heads(entry.values["head_then"]), _read_heads(head_now)
    sides: tuple[tuple[Side, int | None], ...] = (("giver", entry.urn), ("receiver", entry.other_urn))
    return [
        _new_head(side) for side, urn in sides
        if (key := str(urn)) in then and key in now and then[key] != now[key]
    ]  # fmt: skip


def _new_head(side: Side) -> str:
    return f"{SIDES[side].capitalize()} has a new head."


def _windows(entry: Entry, constraints: Iterable[Entry], reviewed: date | None, today: date) -> list[str]:
    """Changes of head that were entered as times without visits, begun after the agreement and after its last review."""
    known = max(one for one in (_day(entry.values, "starts"), reviewed, date.min) if one is not None)
    found = []
    for one in constraints:
        first = _day(one.values, "starts")
        if one.values["kind"] != "window" or one.values["cause"] != "new_head" or first is None:
            continue
        if known < first <= today and one.urn in (entry.urn, entry.other_urn):
            found.append(_new_head("giver" if one.urn == entry.urn else "receiver"))
    return sorted(set(found))
