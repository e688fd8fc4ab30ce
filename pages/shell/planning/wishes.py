"""What a plan must keep to, out of what people entered and what was moved on the page. Decides nothing of its own.

Rules of the partnership hold whoever looks; what was moved holds for this look only.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analytics.support.wishes import Journey, Wishes
from data.register.rows import Entry
from pages.shell.fair.fairness import Fairness
from pages.shell.planning import entered
from pages.shell.planning.entered import Entered
from pages.shell.planning.moved import Moved


def wishes(found: Entered, fair: Fairness, moved: Moved) -> Wishes:
    """`fair`: so that nothing is said of schools that may not be named; `moved`: what the link says."""
    of_kind: dict[str, list[Entry]] = {}
    for rule in found.rules:
        of_kind.setdefault(str(rule.values["kind"]), []).append(rule)
    apart = [_two(rule) for kind in ("not_with", "conflict") for rule in of_kind.get(kind, ())]
    return Wishes(
        locked=moved.locked,
        forbidden=moved.forbidden,
        apart=frozenset(pair for one, other in apart for pair in ((one, other), (other, one))),
        together=frozenset(_two(rule) for rule in of_kind.get("must_with", ())),
        journeys=_journeys(of_kind),
        closed=frozenset(entered.closed(found)),
        days={offer: days for offer, days in moved.days.items() if offer in set(found.offers["offer"])},
        taken=_taken(found, moved),
        supported=frozenset(entered.supported(found)) | found.met,
        differs=frozenset() if moved.differs else frozenset(
            place for place, state in fair.states.items() if state.kind == "differs"
        ),
        twice=moved.twice,
        agreed=entered.agreed(found),
        day=found.begins,
    )  # fmt: skip


def stated_frame(found: Entered) -> pd.DataFrame:
    """Needs that schools themselves state, ours and others', one row each: urn, area, size. Those that wait for the school's
    word are not there."""
    said = [(need.urn, need.area, need.size) for need in (*found.stated, *found.elsewhere) if not need.waiting]
    return pd.DataFrame(said, columns=["urn", "area", "size"]).astype({"urn": "int64"})


def _taken(found: Entered, moved: Moved) -> dict[int | tuple[int, str], float]:
    """Days a term that agreements take: by their offer, else by the school that gives and the area; and days promised to
    working groups, unless they are let go of.
    """
    days: dict[int | tuple[int, str], float] = {offer: number for offer, number in found.committed.offers.items()}
    for (giver, area), number in found.committed.givers.items():
        if giver is not None:
            days[giver, area] = number
    if not moved.groups:
        for place, number in found.group_days.items():
            days[place] = days.get(place, 0.0) + number
    return days


def _two(rule: Entry) -> tuple[int, int]:
    other = rule.values["other"]
    assert rule.urn is not None and isinstance(other, int)  # nosec B101 # the register refuses such a rule without
    return rule.urn, other


def _journeys(of_kind: Mapping[str, list[Entry]]) -> dict[tuple[int, int | None], Journey]:
    """Exceptions to the map: (school, the other or every other) -> the journey."""
    found: dict[tuple[int, int | None], Journey] = {}
    for kind in ("travel", "remote"):
        for rule in of_kind.get(kind, ()):
            other, km, minutes = (rule.values[key] for key in ("other", "km", "minutes"))
            assert rule.urn is not None  # nosec B101 # a rule names its school
            place = rule.urn, other if isinstance(other, int) else None
            before = found.get(place)
            far = km if isinstance(km, float) else before.km if before else None
            long = minutes if isinstance(minutes, float) else before.minutes if before else None
            found[place] = Journey(far, long, kind == "remote" or bool(before and before.remote))
    return found
