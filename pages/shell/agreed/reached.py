"""Which of our places lie out of reach of any offer: of the needs that may be named, and of schools as such.

Offers of every school count that the person may read, for a school beyond the partnership may offer, too. Organisations have
no place on a map and are left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from analytics.support import reach
from analytics.support.reach import Place
from data.access.scope import everything
from data.register import kept_to, rows
from data.register.offers import in_force
from pages.shell import cached
from pages.shell.agreed.looking import Looking
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
    found = in_force(private.offers(look.view), look.today, look.today)
    found = found[found["state"].eq("offered") & found["urn"].notna()]
    offers = {(int(urn), str(area)) for urn, area in zip(found["urn"], found["area"], strict=True)}
    rules = [one for one in look.entries("constraint") if kept_to.holds(one, look.today, look.today)]
    ways = kept_to.journeys(rules)
    journeys = {ends: km for ends, (km, _, _) in ways.items() if km is not None}
    schools = cached.part(look.view.publication_id, "school", urn=look.members | {urn for urn, _ in offers})
    every = reach.places(schools, [(urn, "") for urn in look.members], offers, journeys)
    needs = reach.places(schools, _needs(look), offers, journeys)
    remote = sorted(
        urn for (urn, other), (_, _, afar) in ways.items() if afar and other is None and urn in look.members
    )
    far = reach.out_of_reach(every) if offers else ()
    return Reached(far, reach.out_of_reach(needs), tuple(remote), len(found))


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
        (one.urn, one.area) for one in kept_to.stated(look.entries("stated_need"))
        if one.urn in look.members and not one.waiting
    }  # fmt: skip
    agreements = rows.entries(everything(), look.store, "agreement")  # for the program: whose they are is not told
    return (derived | stated) - {place for place, _ in kept_to.open_on(agreements, look.today)}
