"""Which schools are small, and what is published of how they stand: pupils, places, roll, what one pupil weighs.

The limits are ours and no publisher's. Nothing here says that a school is too small; a missing figure stays missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analytics.results import School
from data.catalogue.vocabulary import LEAST_PUPILS

FEWER_THAN: Mapping[str, int] = {"primary": 150, "secondary": 600}  # pupils on roll


@dataclass(frozen=True, slots=True)
class SmallSchool:
    """One small school. `filled`: % of its places taken; `one_pupil`: percentage points that one pupil of its tested year
    weighs in a result, both None of fewer than six pupils; `with_it`: other schools of its federation, by URN.
    """

    urn: int
    phase: str
    pupils: float
    places: float | None
    filled: float | None
    roll_change: float | None  # % over two years
    cohort: float | None
    one_pupil: float | None
    with_it: tuple[int, ...]


def is_small(school: School) -> bool:
    """Fewer pupils than FEWER_THAN of its phase; no other phase has small schools."""
    limit = FEWER_THAN.get(school.phase or "")
    return limit is not None and school.pupils is not None and 0 < school.pupils < limit


def small_schools(schools: Sequence[School]) -> tuple[SmallSchool, ...]:
    """The small ones among these, by URN. Federations are looked for among the schools given."""
    federated: dict[str, list[int]] = {}
    for one in schools:
        if one.federation_uid:
            federated.setdefault(one.federation_uid, []).append(one.urn)
    return tuple(
        _small(school, federated.get(school.federation_uid or "", []))
        for school in sorted(schools, key=lambda one: one.urn)
        if is_small(school)
    )


def _small(school: School, federated: Sequence[int]) -> SmallSchool:
    places = school.capacity if school.capacity is not None and school.capacity > 0 else None
    pupils = school.pupils or 0.0
    cohort = school.cohort if school.cohort is not None and school.cohort >= LEAST_PUPILS else None
    return SmallSchool(
        school.urn, school.phase or "", pupils, places, 100 * pupils / places if places else None, school.roll_change_pct, cohort,
        100 / cohort if cohort else None, tuple(sorted(urn for urn in federated if urn != school.urn)),
    )  # fmt: skip
