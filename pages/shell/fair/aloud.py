"""What may be said aloud of a partnership's needs: on a board's page, on screens, in its pack, whoever makes them.

A pack is for others. So it counts as if no school had been shown anything: schools that agreed are named, the rest are counted
only where the count names none of them. Whoever may read more has it on its own pages and in the part with names.
"""

from __future__ import annotations

from dataclasses import replace

from analytics.results import AreaScore, Need
from pages.components.findings import Standing
from pages.shell import cached
from pages.shell.fair import masks, members, private
from pages.shell.fair.members import Members
from pages.shell.session import View


def standing(view: View, found: Members, phase: str, time_period: int) -> Standing:
    """How the members of a phase stand, with no number of needs that names a school which has not agreed; `first` stays."""
    urns = found.urns
    scores = cached.rows(view.publication_id, AreaScore, urn=urns, phase=phase, time_period=time_period)
    number, whole, areas = masks.need_counts(
        needs(view, found, phase, time_period), masks.could(scores, found.strengths), urns,
        lambda urn, area: agreed(found, urn, area), fewest=found.fewest,
    )  # fmt: skip
    return replace(found.standing, needs=number, whole=whole, areas=areas)


def agreed(found: Members, urn: int, area: str) -> bool:
    """Whether the school agreed to be named in the area, as far as this person may know."""
    return found.fair.state(urn, area).kind == "agreed"


def needs(view: View, found: Members, phase: str, time_period: int) -> tuple[Need, ...]:
    """Every need of the phase, to be counted and never listed."""
    return tuple(
        need for need in private.needs(view, urn=found.urns)
        if need.scope != "trust" and need.basis != members.QUIET and members.now(need, phase, time_period)
    )  # fmt: skip
