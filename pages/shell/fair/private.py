"""What pages read of private rows and of what is derived of named schools: always for one person, never cached.

Says nothing of when a school may be named: `pages.shell.fair.fairness` does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from analytics.facts import disclosure
from analytics.results import Need
from data.access import private
from data.access.permissions import rule_of
from data.access.scope import Row
from data.register import offers as register_offers
from data.store.engine import engine
from pages.shell import cached
from pages.shell.session import View


def needs(view: View, **equals: Any) -> tuple[Need, ...]:
    """Derived needs that the person's roles reach; columns asked for as in `cached.rows`. Not yet: who may be named."""
    rows = cached.any_rows(view.publication_id, Need, **equals)
    if view.scope.owner:  # reaches every row
        return rows
    rules = rule_of("read_statements"), rule_of("read_agreed")
    return tuple(one for one in rows if any(view.scope.reaches(rule, _row(one)) for rule in rules))


def _row(need: Need) -> Row:
    """A trust's own need is the trust's, and no school's."""
    return Row(uid=need.uid) if need.scope == "trust" else Row(urn=need.urn)


def needs_near(
    view: View, urns: Collection[int], areas: Collection[str], *, phase: str, time_period: int
) -> Mapping[str, int]:
    """How many of these schools show a need, by area. Numbers only, whoever asks."""
    found: dict[str, set[int]] = {}
    every = cached.any_rows(view.publication_id, Need, urn=urns, area=areas, phase=phase, time_period=time_period)
    for need in every:
        found.setdefault(need.area, set()).add(need.urn)
    return {area: len(found[area]) for area in sorted(found)}


def offers(view: View) -> pd.DataFrame:
    """Offers that the person may read, as `data.register.offers` lays them out."""
    return register_offers.offers(view.scope, engine(view.place))


def own_partnerships(view: View) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The user's own lists of schools that the person has a role over, and their members."""
    return private.own_partnerships(view.scope, engine(view.place))


def own_figures(view: View, urn: int) -> pd.DataFrame:
    """What the partnership supplied about one school as it may be shown (disclosure.supplied)."""
    published = cached.part(view.publication_id, "value", urn=urn)
    return disclosure.supplied(private.own_figures(view.scope, engine(view.place), [urn]), published)
