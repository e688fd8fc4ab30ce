"""What people ask of a plan: pairs to keep or to leave out, journeys the map gets wrong, days moved, needs that wait.

A supporter is named by its URN; an organisation, a team or a specialist that no school gives, by minus the number of
its offer. Holds no rule of its own: `givers`, `needed` and `candidates` keep to what is asked here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Pair = tuple[int, str, int]  # a school with a need, its area, and a supporter
Place = tuple[int, str]  # a school and an area


@dataclass(frozen=True, slots=True)
class Journey:
    """A journey as people know it, one way. `km` None: as the map has it. `remote`: no visits, help from afar only."""

    km: float | None = None
    minutes: float | None = None
    remote: bool = False


@dataclass(frozen=True, slots=True)
class Wishes:
    """Everything a plan must keep to beside its own rules; all of it empty by default.

    `locked`, `forbidden`: pairs that must be, that must not be. `apart`: schools that are not to work together and
    conflicts of interest, either way round. `together`: (school with a need, supporter): where that supporter gives in
    the area, nobody else is considered. `journeys`: between two schools, or between one and everybody (None), either
    way round; the entered one wins over the map. `closed`: schools without visits now, which neither give nor receive.
    `days`: offer -> days a term in place of those offered. `taken`: offer, or (school, area) where no offer is named,
    -> days a term that agreements use. `supported`: needs that an agreement meets already. `differs`: needs that the
    school sees differently; they wait unless a pair of theirs is locked or the school states the need itself.
    `agreed`: who supports whom by these agreements; never planned anew.
    `twice`: needs that would like two supporters. `day`: offers that ended before it are over.
    """

    locked: frozenset[Pair] = frozenset()
    forbidden: frozenset[Pair] = frozenset()
    apart: frozenset[tuple[int, int]] = frozenset()
    together: frozenset[tuple[int, int]] = frozenset()
    journeys: Mapping[tuple[int, int | None], Journey] = field(default_factory=dict)
    closed: frozenset[int] = frozenset()
    days: Mapping[int, float] = field(default_factory=dict)
    taken: Mapping[int | Place, float] = field(default_factory=dict)
    supported: frozenset[Place] = frozenset()
    differs: frozenset[Place] = frozenset()
    twice: frozenset[Place] = frozenset()
    agreed: frozenset[Pair] = frozenset()
    day: date | None = None


NOTHING = Wishes()
