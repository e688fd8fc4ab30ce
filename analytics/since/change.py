"""One change between two publications, and how many of a kind there are. Says what differs and why, never whether it is good.

Nothing here knows what may be told of whom: `pages.shell.since` leaves out the moves of tiers that may not be told yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

import pandas as pd

Reader = Callable[[str], pd.DataFrame]  # a published table by its name
Kind = Literal["results", "attendance", "inspection", "money", "people", "intake", "schools", "findings"]
What = Literal[
    "new", "earlier", "read", "reissued", "firmer", "corrected", "gone",  # figures
    "inspected", "inspection_differs", "inspection_gone",
    "joined", "left", "opened", "closed", "renamed",
    "moved",
]  # fmt: skip
Why = Literal["new_year", "reissued", "corrected", "intake", "method", "others"]

KINDS: tuple[Kind, ...] = (
    "results", "attendance", "inspection", "money", "people", "intake", "schools", "findings",
)  # fmt: skip
TOLD: tuple[What, ...] = (
    "new", "inspected", "joined", "left", "opened", "closed", "renamed", "moved", "firmer", "reissued", "corrected",
    "earlier", "read", "gone", "inspection_differs", "inspection_gone",
)  # fmt: skip
ORDER: Mapping[What, int] = MappingProxyType(
    {what: place for place, what in enumerate(TOLD)}
)  # in which changes are told


@dataclass(frozen=True, slots=True)
class File:
    """The file that a change rests on, as the publication names it. `row`s are found by `data.store.explain`."""

    source_file_id: int
    source: str
    file_name: str
    time_period: int | None
    release: str
    received: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure that is not what it was. `was`, `now` are None where the status is neither ok nor low; and `was`
    where the publisher withholds the figure now: what it has taken back is not told on.
    """

    measure: str
    was: float | None
    was_status: str
    now: float | None
    now_status: str
    pupils_was: float | None = None
    pupils_now: float | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one school, or of the partnership itself (`urn` None, `uid` set).

    `what` "new": figures of a later year than any before; "earlier": of an earlier year that was not there; "read": of a file
    that was there already; "firmer": a firmer release took the place of another, `figures` those that differ by it;
    "reissued": figures that differ; "corrected": by a correction, whose reason is `note`. `number`: figures that are new, gone
    or confirmed. `subject`: the area of a tier that moved, the event of an inspection. `was`, `now`: tiers, names, releases.
    `why` of a move: `new_year`, the school's own figures `reissued` or `corrected`, its own `intake`, Alongside's `method`,
    figures of `others`. `close`: it moved although its figures hardly did. `file` None: known of no single file.
    """

    kind: Kind
    what: What
    urn: int | None
    uid: str | None = None
    time_period: int | None = None
    phase: str = ""
    subject: str = ""
    was: str = ""
    now: str = ""
    on: date | None = None
    why: tuple[Why, ...] = ()
    close: bool = False
    figures: tuple[Figure, ...] = ()
    number: int = 0
    note: str = ""
    link: str = ""
    file: File | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """What lies behind two publications: files that are new, files that are gone, whether the `method` changed, and schools
    anywhere whose published figures differ (`differ`)."""

    new: tuple[File, ...]
    gone: tuple[File, ...]
    method: bool
    differ: frozenset[int]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many schools have a change of one kind, for one year; `urns` which, in the order of their number."""

    kind: Kind
    what: What
    time_period: int | None
    schools: int
    figures: int
    urns: tuple[int, ...]
    files: tuple[File, ...]


def in_order(found: Iterable[Change]) -> tuple[Change, ...]:
    """As told: by what happened, the newest year first, by kind, then by URN."""
    return tuple(sorted(found, key=_place))


def _place(one: Change) -> tuple[object, ...]:
    of = KINDS.index(one.kind), one.urn or 0, one.phase, one.subject, str(one.on)
    return ORDER[one.what], -(one.time_period or 0), *of, one.file.source_file_id if one.file else 0


def tallies(found: Iterable[Change]) -> tuple[Tally, ...]:
    """One line for each kind of change and year, in the order of the changes given; a partnership's own count no school."""
    groups: dict[tuple[Kind, What, int | None], list[Change]] = {}
    for one in found:
        groups.setdefault((one.kind, one.what, one.time_period), []).append(one)
    return tuple(
        Tally(
            kind, what, period, len(urns := sorted({one.urn for one in rows if one.urn is not None})),
            sum(len(one.figures) for one in rows), tuple(urns),
            tuple(sorted({one.file for one in rows if one.file}, key=lambda file: file.source_file_id)),
        )
        for (kind, what, period), rows in groups.items()
    )  # fmt: skip
