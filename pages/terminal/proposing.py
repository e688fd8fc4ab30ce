"""Proposals for `pipeline.py export`: the plan of the next term as its page draws it before anybody moves anything.

Keeps to what stands in the registers (rules, agreements, needs that schools state or see differently). Whoever runs this
reads everything; what may be told of a school is settled by whoever calls.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, fields
from datetime import date
from typing import TYPE_CHECKING, get_args

from data.catalogue import NotEnoughData, StoreError

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Engine

    from analytics.support.wishes import Wishes
    from data.register.entered import Entered

Reader = Callable[[str], "pd.DataFrame"]


def proposals(
    opened: Engine, read: Reader, chosen: frozenset[int], *, uid: str, today: date, told: frozenset[int] | None = None
) -> pd.DataFrame:
    """Proposals for a partnership's newest year, computed now from the publication and the registers as they are.

    One row per proposal; `scenario` says whether it rests on offers or on schools that have not been asked, `called` who
    supports where no school does. `told`: schools of which what is derived may be told, None for all; of others nothing of
    it is in the proposals. NotEnoughData: no figures to compare.
    """
    import pandas as pd

    from analytics.support import matching, plans
    from pages.shell.planning import wishes as planning

    tables = {name: read(name) for name in plans.TABLES if name != "came_through"}
    with suppress(StoreError):  # figures made before it was there lack it
        tables["came_through"] = read("came_through")
    if tables["area_score"].empty:
        raise NotEnoughData(
            "no school has results to compare in these figures, so there is nothing to propose.",
            remedy="Import the school census and results, then publish.",
        )
    year = int(tables["area_score"]["time_period"].max())
    tables = tables if told is None else plans.as_told(tables, told)
    found, wishes = keeping_to(opened, chosen, uid=uid, today=today)
    stated = planning.stated_frame(found)
    made = [
        matching.plan(tables, chosen, found.offers, time_period=year, scenario=scenario, wishes=wishes, stated=stated)
        for scenario in get_args(plans.Scenario)
    ]
    columns = [*(field.name for field in fields(plans.Proposal)), "called"]
    rows = [{**asdict(one), "called": plan.called.get(one.supporter_urn)} for plan in made for one in plan.proposals]
    return pd.DataFrame(rows, columns=columns).rename(columns={"basis": "scenario"})


def keeping_to(opened: Engine, chosen: frozenset[int], *, uid: str, today: date) -> tuple[Entered, Wishes]:
    """What people entered for the next term, and what a plan keeps to of it."""
    from data.access.scope import everything
    from data.catalogue.terms import term_of
    from data.register import entered, kept_to, rows
    from pages.shell.planning import wishes

    term, read = term_of(today).after(), everything()
    found = entered.entered(read, opened, uid=uid, members=chosen, term=term, today=today)
    differs = kept_to.differs(rows.entries(read, opened, "need_state"))
    return found, wishes.unmoved(found, [place for place in differs if place[0] in chosen])
