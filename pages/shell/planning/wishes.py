"""What a plan must keep to, out of what people entered and what was moved on the page. Decides nothing of its own.

Rules of the partnership hold whoever looks; what was moved holds for this look only. Draws nothing: exports plan with it, too.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from analytics.support.wishes import Journey, Wishes
from data.register import kept_to
from data.register.entered import Entered
from data.register.kept_to import APART, Place

if TYPE_CHECKING:  # both draw
    from pages.shell.fair.fairness import Fairness
    from pages.shell.planning.moved import Moved


def wishes(found: Entered, fair: Fairness, moved: Moved) -> Wishes:
    """`fair`: so that nothing is said of schools that may not be named; `moved`: what the link says."""
    differs = () if moved.differs else [place for place, state in fair.states.items() if state.kind == "differs"]
    numbered = set(found.offers["offer"])
    return replace(
        unmoved(found, differs, groups=not moved.groups), locked=moved.locked, forbidden=moved.forbidden, twice=moved.twice,
        days={offer: days for offer, days in moved.days.items() if offer in numbered},
    )  # fmt: skip


def unmoved(found: Entered, differs: Collection[Place], *, groups: bool = True) -> Wishes:
    """Before anybody moves anything. `differs`: needs that schools see differently; `groups`: days promised to working groups
    are kept back.
    """
    apart = kept_to.pairs(found.rules, *APART)
    return Wishes(
        apart=apart | {(other, one) for one, other in apart}, together=kept_to.pairs(found.rules, "must_with"),
        journeys={place: Journey(*way) for place, way in kept_to.journeys(found.rules).items()},
        closed=frozenset(found.closed), taken=_taken(found, groups=groups), supported=frozenset(found.supported) | found.met,
        differs=frozenset(differs), agreed=found.agreed, day=found.begins,
    )  # fmt: skip


def stated_frame(found: Entered) -> pd.DataFrame:
    """Needs that schools themselves state, ours and others', one row each: urn, area, size. Those that wait for the school's
    word are not there."""
    said = [(need.urn, need.area, need.size) for need in (*found.stated, *found.elsewhere) if not need.waiting]
    return pd.DataFrame(said, columns=["urn", "area", "size"]).astype({"urn": "int64"})


def _taken(found: Entered, *, groups: bool) -> dict[int | Place, float]:
    """Days a term that agreements take, by their offer, else by the school that gives and the area; and those of groups."""
    days: dict[int | Place, float] = {offer: number for offer, number in found.committed.offers.items()}
    for (giver, area), number in found.committed.givers.items():
        if giver is not None:
            days[giver, area] = number
    for place, number in found.group_days.items() if groups else ():
        days[place] = days.get(place, 0.0) + number
    return days
