"""What a plan of support must keep to, as rows of the registers say it: rules on their days, journeys as people know them,
needs that schools state or see differently, who gives by an agreement.

Pure, and the only reading of these rows: pages and exports, whatever they make of it, find the same here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from data.register.agreed import is_open
from data.register.declared import REGISTERS
from data.register.rows import Entry

Place = tuple[int, str]  # a school and an area
Way = tuple[
    float | None, float | None, bool
]  # km and minutes one way, None where not said; whether help is from afar only
APART = ("not_with", "conflict")
UNMET = ("stated", "waiting")


@dataclass(frozen=True, slots=True)
class Stated:
    """A need that a school states. `size`: a key of the register's choices; `waiting`: for the school's own word."""

    entry: Entry
    urn: int
    area: str
    size: str
    waiting: bool
    words: str

    @property
    def size_words(self) -> str:
        """ "help is important to us"."""
        return REGISTERS["stated_need"].fields["size"].choices.get(self.size, self.size)

    @property
    def day(self) -> date:
        return datetime.fromisoformat(self.entry.changed).date()


def holds(one: Entry, first: date, last: date) -> bool:
    """Whether a row holds on a day from `first` to `last`; without a first or last day of its own it is open there."""
    starts, ends = one.values["starts"], one.values["ends"]
    return (not isinstance(starts, date) or starts <= last) and (not isinstance(ends, date) or ends >= first)


def pairs(rules: Iterable[Entry], *kinds: str) -> frozenset[tuple[int, int]]:
    """The two schools of each rule of these kinds, in the order in which it names them."""
    return frozenset(
        (one.urn, other) for one in rules
        if one.values["kind"] in kinds and one.urn is not None and isinstance(other := one.values["other"], int)
    )  # fmt: skip


def journeys(rules: Iterable[Entry]) -> dict[tuple[int, int | None], Way]:
    """(school, the other or every other) -> the way between them. What rules say of the same two adds up: of two numbers the
    later one stands, and help from afar stays that.
    """
    found: dict[tuple[int, int | None], Way] = {}
    for one in rules:
        if one.values["kind"] in ("travel", "remote") and one.urn is not None:
            other, km, minutes = (one.values[key] for key in ("other", "km", "minutes"))
            place = one.urn, other if isinstance(other, int) else None
            far, long, afar = found.get(place, (None, None, False))
            found[place] = (
                km if isinstance(km, float) else far, minutes if isinstance(minutes, float) else long,
                afar or one.values["kind"] == "remote",
            )  # fmt: skip
    return found


def stated(entries: Iterable[Entry]) -> tuple[Stated, ...]:
    """Needs that schools state, or that wait for their word; of several for one area the newest, and before one that waits
    the school's own. What is met or no longer asked for is not there.
    """
    found: dict[Place, Stated] = {}
    for one in _oldest_first(entries):
        said = one.values
        if one.urn is None or said["standing"] not in UNMET:
            continue
        waiting = said["standing"] == "waiting"
        need = Stated(one, one.urn, str(said["area"]), str(said["size"]), waiting, str(said["words"] or ""))
        before = found.get((need.urn, need.area))
        if before is None or before.waiting or not waiting:
            found[need.urn, need.area] = need
    return tuple(sorted(found.values(), key=lambda need: (need.urn, need.area)))


def differs(entries: Iterable[Entry]) -> frozenset[Place]:
    """Needs that the school's last word sees differently."""
    last: Mapping[Place, object] = {
        (one.urn, str(one.values["area"])): one.values["state"]
        for one in _oldest_first(entries) if one.urn is not None
    }  # fmt: skip
    return frozenset(place for place, state in last.items() if state == "differs")


def open_on(agreements: Iterable[Entry], day: date) -> tuple[tuple[Place, Entry], ...]:
    """Agreements that are about support on a day or later, those asked about included, each by the school that is supported
    and the area.
    """
    return tuple(
        ((one.other_urn, str(one.values["area"])), one) for one in agreements
        if one.other_urn is not None and is_open(one.values, day)
    )  # fmt: skip


def giver_of(agreement: Entry) -> int | None:
    """The supporting school, or minus the offer's number where no school gives; None where neither is named."""
    offer = agreement.values["offer"]
    return agreement.urn or (-offer if isinstance(offer, int) else None)


def _oldest_first(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda one: (one.changed, one.entry_id))
