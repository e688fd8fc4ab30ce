"""How many schools near may need what a school does well: numbers, never a name, and no number that would name one."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pages.components import school_findings
from pages.shell import cached
from pages.shell.choice import SchoolChoice
from pages.shell.fair import masks, private
from pages.shell.session import View

NEAR_KM = 25.0


def lines(view: View, sc: SchoolChoice, areas: Collection[str]) -> tuple[str, ...]:
    """ "Mathematics: three schools within 25 km may need support", or why nothing is told."""
    near = cached.near(view.publication_id, (sc.urn,), NEAR_KM)
    around = near.keys() - {sc.urn}
    counts = private.needs_near(view, around, areas, phase=sc.phase, time_period=sc.time_period)
    none = f"No school within {NEAR_KM:.0f} km shows a clear need in what you do well."
    if not view.scope.owner:
        counts = _naming_nobody(view, sc, counts, around)
        none = f"Where enough schools within {NEAR_KM:.0f} km may need what you do well, their number stands here."
    return school_findings.nearby_lines(counts, NEAR_KM) or (none,)


def _naming_nobody(
    view: View, sc: SchoolChoice, counts: Mapping[str, int], around: Collection[int]
) -> Mapping[str, int]:  # fmt: skip
    """Only numbers of FEWEST schools or more, where as many others at least have results in the area without a need."""
    every = cached.part(
        view.publication_id, "area_score", urn=around, phase=sc.phase, time_period=sc.time_period
    )  # fmt: skip
    there = every.groupby("area", observed=True)["urn"].nunique()
    return {
        area: number
        for area, number in counts.items()
        if masks.FEWEST <= number <= int(there.get(area, 0)) - masks.FEWEST
    }
