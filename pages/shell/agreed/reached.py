"""Which of our places lie out of reach of any offer: of the needs that may be named, and of schools as such.

Offers of every school count that the person may read, for a school beyond the partnership may offer, too. Organisations have
no place on a map and are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analytics.support import reach
from analytics.support.reach import Place
from data.register import rows
from data.register.agreements import supported_everywhere
from data.register.rows import Entry
from pages.shell import cached
from pages.shell.agreed.looking import Looking
from pages.shell.agreed.reading import offered
from pages.shell.fair import fairness, members, private


@dataclass(frozen=True, slots=True)
class Reached:
    """`schools`: those that no offer reaches, whatever its area; `needs`: those that no offer in their area reaches; `remote`:
    schools that only remote help reaches, as entered; `offers`: how many offers of schools stand now.
    """

    schools: tuple[Place, ...]
    needs: tuple[Place, ...]
    remote: tuple[int, ...]
    offers: int


def reached(look: Looking) -> Reached:
    """What lies out of reach today."""
    found = rows.entries(look.scope, look.store, "offer")
    standing = [one for one in found if one.urn is not None and _stands(one, look.today)]
    offers = {(one.urn, str(one.values["area"])) for one in standing if one.urn is not None}
    rules = [one for one in look.entries("constraint") if one.state == "live"]
    journeys = {
        (one.urn, other if isinstance(other := one.values["other"], int) else None): float(km)
        for one in rules if one.values["kind"] == "travel" and one.urn is not None and isinstance(km := one.values["km"], float)
    }  # fmt: skip
    schools = cached.table(look.view.publication_id, "school")
    every = reach.places(schools, [(urn, "") for urn in look.members], offers, journeys)
    needs = reach.places(schools, _needs(look), offers, journeys)
    remote = sorted(
        {one.urn for one in rules if one.values["kind"] == "remote" and one.urn in look.members if one.urn is not None}
    )
    far = reach.out_of_reach(every) if offers else ()
    return Reached(far, reach.out_of_reach(needs), tuple(remote), len(standing))


def _stands(one: Entry, today: date) -> bool:
    made = offered(one)
    return made.standing == "offered" and made.starts <= today and (made.ends is None or made.ends >= today)


def _needs(look: Looking) -> set[tuple[int, str]]:
    """(school, area) of members as a plan counts them: derived ones that this person may be told of, unless the school sees it
    differently, and what schools stated themselves; less what an agreement is about already.
    """
    view = look.view
    told = fairness.of(view, look.uid, look.members)
    newest = max(cached.years(view.publication_id), default=0)
    derived = {
        (need.urn, need.area) for need in private.needs(view, urn=look.members)
        if need.scope == "school" and need.basis != members.QUIET and members.now(need, None, newest) and told.tells(need.urn, need.area)
        and told.state(need.urn, need.area).kind != "differs"
    }  # fmt: skip
    stated = {
        (one.urn, str(one.values["area"])) for one in look.entries("stated_need")
        if one.urn in look.members and one.urn is not None and one.values["standing"] == "stated"
    }  # fmt: skip
    return (derived | stated) - supported_everywhere(look.store, look.members, look.today)
