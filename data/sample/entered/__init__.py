"""What people of the sample region have entered: its filled register, as data in the order in which it is entered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from data.sample.entered.agreements import AGREEMENTS
from data.sample.entered.boards import BOARDS
from data.sample.entered.groups import GROUPS
from data.sample.entered.needs import NEEDS
from data.sample.entered.offers import OFFERS
from data.sample.entered.programmes import PROGRAMMES, mission
from data.sample.entered.rules import RULES
from data.sample.entered.services import SERVICES
from data.sample.entered.sown import CHILVER_VALE, MISSION, Changed, Named, Said, Sown, Step, in_time, moment

__all__ = [
    "CHILVER_VALE", "MISSION", "MISSION_NAME", "Changed", "Named", "Said", "Sown", "Step", "moment", "programme_days", "steps",
]  # fmt: skip

MISSION_NAME = "Mission Saltings Coast"


def steps(coast: Collection[int]) -> tuple[Step, ...]:
    """Every row and change, by day. `coast`: URNs of the mission's schools, which the region decides."""
    rows = (*OFFERS, *NEEDS, *AGREEMENTS, *RULES, *SERVICES, *GROUPS, *PROGRAMMES, *mission(coast), *BOARDS)
    return in_time(rows)


def programme_days() -> tuple[tuple[str, date], ...]:
    """Each programme's name and the day it was entered."""
    entered = (row for row in (*PROGRAMMES, *mission(())) if row.register == "programme")
    return tuple((row.name, row.on) for row in entered)
