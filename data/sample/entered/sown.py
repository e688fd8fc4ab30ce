"""A row of the sample's filled register, as data. Knows neither store nor registers: whoever fills a store does.

Rows name one another by `name`, for a store gives their numbers. Days are those of the school year 2026/27, in which the
sample lives, and of the years before it: nothing here asks what day it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType

from data.sample.planted import CHILVER_VALE_UID, PLANTED

CHILVER_VALE, BRENNOR = str(CHILVER_VALE_UID), "90005"
MISSION = "own-mission-saltings-coast"  # a partnership of the user's own, for no register knows missions
URN: Mapping[str, int] = MappingProxyType({school.key: school.urn for school in PLANTED})
Cell = str | int | float | date


@dataclass(frozen=True, slots=True)
class Named:
    """Stands for the number of the row of that name, in a field that names another row."""

    name: str


Said = Mapping[str, Cell | Named]


@dataclass(frozen=True, slots=True)
class Sown:
    """One row. `on`: the day it was entered. `name` is needed only where another row names this one, or it is changed later."""

    register: str
    on: date
    said: Said
    uid: str | None = None
    urn: int | None = None
    other_urn: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """What was changed later in the row of that name."""

    name: str
    on: date
    said: Said


Step = Sown | Changed


def in_time(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps by day; those of one day as they are given."""
    return tuple(sorted(steps, key=lambda step: step.on))


def moment(day: date) -> datetime:
    """Nine in the morning of a day, when somebody entered a row."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
