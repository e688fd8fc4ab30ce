"""The words and the table of schools near a point. Computes nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics.results import School
from analytics.similar.nearby import Spot
from data.catalogue.vocabulary import PHASES
from pages.components import words
from pages.components.contact import phone_link, web_address
from pages.components.figures import ages
from pages.components.names import Names
from pages.components.tables import Link

CAVEAT = (
    "the nearest schools of the register in a straight line, with the phone and website that it has for them.",
    "how long the journey is, or how a school is doing.",
)


NO_OUTLINES = "No file with the boundaries of authorities is here, so the dots have no map beneath them. Data says where to get it."


def away(km: float) -> str:
    """ "0.4 km", "12 km": one decimal under 10 km; "under 0.1 km" for next door."""
    return "under 0.1 km" if km < 0.05 else f"{km:.1f} km" if km < 9.95 else f"{km:.0f} km"


def finding(place: str, nearest: str, km: float) -> str:
    return f"The school nearest to {place} is {nearest}, {away(km)} away"


def nobody(place: str) -> str:
    return f"No school with a known place is near {place}"


NO_PLACE = "The register does not say where this school is"


def without_place(town: str | None, others: int) -> str:
    """What can be done where the school has no place in the register."""
    there = (
        f"{words.count(others, 'other school')} in {town} {'is' if others == 1 else 'are'} listed by name. "
        if others
        else ""
    )
    return f"{there}Give a postcode of a school nearby for distances. A newer register of schools may have the place."


REGISTER = "the register of schools (Get Information about Schools)"


def spot_place(spot: Spot) -> str:
    """What distances are from: the postcode where a school has it, else the middle of its sector or district."""
    return spot.code if spot.by == "postcode" else f"the middle of {_around(spot)}"


def spot_sentence(spot: Spot) -> str:
    """What the place of the postcode rests on; "" where one school has just this postcode."""
    if spot.by == "postcode":
        return "" if spot.schools == 1 else f"{words.count(spot.schools, 'school')} have this postcode."
    return (
        f"No school has the postcode {spot.code}, so its place is not known. Distances are from the middle of the "
        f"{words.count(spot.schools, 'school')} in {_around(spot)}, which lie up to {away(max(spot.off, 0.1))} from there."
    )


def _around(spot: Spot) -> str:
    return spot.code[:-2] if spot.by == "sector" else spot.code.split(" ")[0]


def table(schools: Sequence[School], km: dict[int, float], names: Names, links: dict[int, str]) -> pd.DataFrame:
    """One row for each school, nearest first (without `km`: as given, with no distance): how to reach it where names are shown, its kind and distance where not."""
    columns: dict[str, list[object]] = {"School": [Link(names.label(one.urn), links[one.urn]) for one in schools]}
    if km:
        columns["Distance"] = [away(km[one.urn]) for one in schools]
    if not names.hide:
        reached: dict[str, list[object]] = {
            "Phone": [phone_link(one.phone) for one in schools],
            "Website": [Link("website", found) if (found := web_address(one.website)) else None for one in schools],
            "Town": [one.town for one in schools],
        }
        columns |= {name: cells for name, cells in reached.items() if any(cells)}  # not what the register says of none
    columns["Phase"] = [PHASES.get(one.phase or "") for one in schools]
    columns["Ages"] = [_ages(one) for one in schools]
    return pd.DataFrame(columns, dtype=object)


def _ages(school: School) -> str | None:
    return ages(school.low_age, school.high_age) or None
