"""What a person moved on the plan: what counts how much, distance, days, pairs kept or left out. All of it stands in the link.

A what-if of whoever looks: nothing here is written down, and no school is told. What cannot be read is left out, with a
sentence where the link asked for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import TypeVar

import streamlit as st

from analytics.support.usual import MAX_KM, Weights
from data.catalogue import AREAS
from pages.components import words
from pages.shell import address

Pair = tuple[
    int, str, int
]  # a school with a need, its area, and who would support it (minus an offer's number: no school)
Place = tuple[int, str]
WEIGHTS: Mapping[str, int] = MappingProxyType(
    {name: round(100 * share) for name, share in asdict(Weights()).items()}
)  # how much each counts, of a hundred
NEAREST, FARTHEST, USUAL_KM = 5, 150, round(MAX_KM)
MOST_DAYS = 200.0
MOST = 60  # pairs or offers that a link may name
PARAMS = ("counts", "km", "days", "keep", "apart", "twice", "differs", "groups")
LOST = "A part of the link cannot be used here and was left out. The plan stands without it."
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Moved:
    """`days`: offer -> days a term; `locked` and `forbidden`: pairs; `twice`: needs that would like two supporting schools;
    `differs`: needs that schools see differently are planned for, too; `groups`: days promised to working groups are planned with, too.
    """

    counts: Mapping[str, int]
    km: int
    days: Mapping[int, float]
    locked: frozenset[Pair]
    forbidden: frozenset[Pair]
    twice: frozenset[Place]
    differs: bool
    groups: bool

    @property
    def anything(self) -> bool:
        pairs = self.locked or self.forbidden or self.twice
        return bool(
            pairs
            or self.days
            or self.differs
            or self.groups
            or self.km != USUAL_KM
            or dict(self.counts) != dict(WEIGHTS)
        )


NOTHING = Moved(WEIGHTS, USUAL_KM, MappingProxyType({}), frozenset(), frozenset(), frozenset(), False, False)


def moved(members: Collection[int]) -> Moved:
    """What the link, or this session, says was moved; pairs of schools that are no members are left out."""
    lost: list[str] = []
    pairs = {param: _read(param, _pair, lost) for param in ("keep", "apart")}
    ours = {param: frozenset(pair for pair in found if pair[0] in members) for param, found in pairs.items()}
    found = Moved(
        counts=_counts(lost),
        km=next(iter(_read("km", _km, lost)), USUAL_KM),
        days=MappingProxyType(dict(_read("days", _offer, lost))),
        locked=ours["keep"] - ours["apart"],
        forbidden=ours["apart"],
        twice=frozenset(place for place in _read("twice", _place, lost) if place[0] in members),
        differs=address.wanted("differs") == "1",
        groups=address.wanted("groups") == "1",
    )
    if lost:
        words.note(LOST)
    for param in PARAMS:
        if text := address.wanted(param):
            address.keep(param, text)
    for param in lost:
        _put(param, "")
    address.write(*PARAMS)
    return found


# Callbacks: they run before the guard, and only change the link.


def count(factor: str, number: int, now: Mapping[str, int]) -> None:
    chosen = {**now, factor: number}
    _put("counts", "" if chosen == dict(WEIGHTS) else "-".join(str(chosen[key]) for key in WEIGHTS))


def reach(km: int) -> None:
    _put("km", "" if km == USUAL_KM else str(km))


def move_days(offer: int, days: float | None, now: Mapping[int, float]) -> None:
    """These days for the offer; None: as it was offered."""
    left = {key: value for key, value in now.items() if key != offer}
    left |= {} if days is None else {offer: days}
    _put("days", _joined(f"{key}.{round(10 * value)}" for key, value in sorted(left.items())))


def lock(pair: Pair, now: Moved) -> None:
    _pairs(now.locked | {pair}, now.forbidden - {pair})


def take(pair: Pair, instead: Pair, now: Moved) -> None:
    """Keeps a pair in place of another one that may have been kept."""
    _pairs(now.locked - {instead} | {pair}, now.forbidden - {pair})


def forbid(pair: Pair, now: Moved) -> None:
    _pairs(now.locked - {pair}, now.forbidden | {pair})


def let_go(pair: Pair, now: Moved) -> None:
    _pairs(now.locked - {pair}, now.forbidden - {pair})


def ask_twice(places: Iterable[Place]) -> None:
    _put("twice", _joined(f"{urn}.{area}" for urn, area in sorted(places)))


def plan_for_differs(wanted: bool) -> None:
    _put("differs", "1" if wanted else "")


def keep_group_days(wanted: bool) -> None:
    _put("groups", "" if wanted else "1")


def start_again() -> None:
    for param in PARAMS:
        _put(param, "")


def _pairs(locked: Iterable[Pair], forbidden: Iterable[Pair]) -> None:
    for param, pairs in (("keep", locked), ("apart", forbidden)):
        _put(param, _joined(f"{urn}.{area}.{other}" for urn, area, other in sorted(pairs)))


def _joined(parts: Iterable[str]) -> str:
    return ",".join(list(parts)[:MOST])


def _put(param: str, text: str) -> None:
    if text:
        address.pick(param, text)
        return
    address.forget(param)
    st.query_params.pop(param, None)


# Out of the link.


def _read(param: str, read: Callable[[str], T | None], lost: list[str]) -> tuple[T, ...]:
    """Every part of a parameter that can be read; where one cannot, and the link itself says it, its name goes to `lost`."""
    parts = [part for part in (address.wanted(param) or "").split(",") if part][:MOST]
    found = [one for part in parts if (one := read(part)) is not None]
    if len(found) < len(parts):
        lost.append(param)
    return tuple(found)


def _counts(lost: list[str]) -> Mapping[str, int]:
    """How much each factor counts; as usual where the link says something else, or that nothing counts."""
    found = _read("counts", _five, lost)
    return MappingProxyType(dict(zip(WEIGHTS, found[0], strict=True))) if found else WEIGHTS


def _five(text: str) -> tuple[int, ...] | None:
    parts = [address.number(part) for part in text.split("-")]
    numbers = tuple(part for part in parts if part is not None and part <= 100)
    return numbers if len(numbers) == len(parts) == len(WEIGHTS) and any(numbers) else None


def _km(text: str) -> int | None:
    km = address.number(text)
    return km if km is not None and NEAREST <= km <= FARTHEST else None


def _offer(text: str) -> tuple[int, float] | None:
    number, _, tenths = text.partition(".")
    offer, days = address.number(number), address.number(tenths)
    return (offer, days / 10) if offer is not None and days is not None and days <= 10 * MOST_DAYS else None


def _place(text: str) -> Place | None:
    urn, _, area = text.partition(".")
    number = address.number(urn)
    return (number, area) if number is not None and area in AREAS else None


def _pair(text: str) -> Pair | None:
    place, _, other = text.rpartition(".")
    need, supporter = _place(place), address.number(other.removeprefix("-"))
    if need is None or supporter is None or need[0] == supporter:
        return None
    return (*need, -supporter if other.startswith("-") else supporter)
