"""The frozen results of a plan that cross to pages and reports. Computed when asked for, stored nowhere; decides nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

Scenario = Literal["offers", "could_be_asked"]
NeedBasis = Literal["derived", "stated", "both"]  # what the figures say, what the school states itself
# The published tables a plan is made from.
TABLES = (
    "school", "area_score", "domain_score", "finance", "trust_finance", "need", "strength", "similarity_scale", "came_through",
)  # fmt: skip
OPEN = {
    "area_score": ("tier", "strength_to_share"),
    "came_through": ("standing", "came_through"),
}  # what anybody may read
AGREED = ("need", "area_score")  # what is told of an area that a school agreed to


def as_told(
    tables: Mapping[str, pd.DataFrame], told: Collection[int], agreed: Collection[tuple[int, str]] = ()
) -> dict[str, pd.DataFrame]:
    """TABLES in which of schools not `told` nothing is left that is derived of them but what anybody may read: then neither
    what is proposed, nor its order, nor what is not met says how such a school does where it offers help.

    `agreed`: (school, area) whose need may be told all the same, for the school agreed to it: that area stays, and no other.
    """
    found = dict(tables)
    for name in ("need", *OPEN):
        if name in found:
            frame = found[name]
            kept = frame["urn"].isin(list(told))
            if name in OPEN:
                column, value = OPEN[name]
                kept |= frame[column].eq(value)
            if name in AGREED and agreed:
                kept |= pd.MultiIndex.from_frame(frame[["urn", "area"]]).isin(list(agreed))
            found[name] = frame[kept]
    return found


@dataclass(frozen=True, slots=True)
class Proposal:
    """One need and who could support it. `reason` has {need} and {supporter} where names go.

    `supporter_urn`: the school's URN, or minus the offer's number where no school gives (its name is in Plan.called).
    """

    need_urn: int
    area: str
    phase: str
    severity: float
    supporter_urn: int
    basis: Scenario
    fit: float
    strength: float
    similarity: float
    travel: float
    came_through: float
    sureness: float
    km: float | None
    days: float
    reason: str
    need_basis: NeedBasis = "derived"
    offer: int | None = None  # the number of the offer whose days it would use
    locked: bool = False  # people asked for this pair
    remote: bool = False  # no visits: help from afar
    minutes: float | None = None  # of the journey, where people entered them


@dataclass(frozen=True, slots=True)
class Unmatched:
    """One need that the plan does not meet, and why. `others` are those that {0}, {1} in the reason name."""

    urn: int
    area: str
    phase: str
    severity: float
    reason: str
    others: tuple[int, ...]
    basis: NeedBasis = "derived"


@dataclass(frozen=True, slots=True)
class SupporterLoad:
    """One supporter in one area: places it has, places the plan uses, days a term that one place stands for.

    `days`: a term, as offered or moved, 0 where not said; `taken`: of these, used by agreements already. `urn` as
    Proposal.supporter_urn. Without an `offer` all rows of a school share the same places and days, whatever the area.
    """

    urn: int
    area: str
    basis: Scenario
    slots: int
    used: int
    days_per_slot: float
    offer: int | None = None
    days: float = 0.0
    taken: float = 0.0


@dataclass(frozen=True, slots=True)
class Clash:
    """Something asked of the plan that cannot be, as a sentence with {need} and {supporter}; the plan stands without it."""

    need_urn: int
    area: str
    supporter_urn: int
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The exact optimum of METHODS 10.3 for one partnership, year and scenario.

    `called`: names of supporters that are no schools. `differs`, `supported`: needs (school, area) left out, for the
    school sees them differently, or an agreement meets them already.
    """

    scenario: Scenario
    proposals: tuple[Proposal, ...]
    unmatched: tuple[Unmatched, ...]
    supporters: tuple[SupporterLoad, ...]
    called: Mapping[int, str] = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()
    differs: tuple[tuple[int, str], ...] = ()
    supported: tuple[tuple[int, str], ...] = ()
