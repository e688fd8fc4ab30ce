"""What pages read of private rows and of what is derived of named schools: always for one person, never cached.

Says nothing of when a school may be named: `pages.shell.fair.fairness` does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from analytics import results
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
    found = cached.any_table(view.publication_id, "need")
    for column, value in equals.items():
        found = found[found[column].isin(list(value)) if _several(value) else found[column] == value]
    rules = rule_of("read_statements"), rule_of("read_agreed")
    rows: tuple[Need, ...] = results.rows(Need, found)
    return tuple(one for one in rows if any(view.scope.reaches(rule, _row(one)) for rule in rules))


def _several(value: Any) -> bool:
    return isinstance(value, Collection) and not isinstance(value, str)


def _row(need: Need) -> Row:
    """A trust's own need is the trust's, and no school's."""
    return Row(uid=need.uid) if need.scope == "trust" else Row(urn=need.urn)


def needs_near(
    view: View, urns: Collection[int], areas: Collection[str], *, phase: str, time_period: int
) -> Mapping[str, int]:
    """How many of these schools show a need, by area. Numbers only, whoever asks."""
    every = cached.any_table(view.publication_id, "need")
    every = every[every["urn"].isin(list(urns)) & every["area"].isin(list(areas))]
    every = every[(every["phase"] == phase) & (every["time_period"] == time_period)]
    return {str(area): int(number) for area, number in every.groupby("area")["urn"].nunique().items()}


def offers(view: View) -> pd.DataFrame:
    """Offers that the person may read, as `data.register.offers` lays them out."""
    return register_offers.offers(view.scope, engine(view.place))


def own_partnerships(view: View) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The user's own lists of schools that the person has a role over, and their members."""
    return private.own_partnerships(view.scope, engine(view.place))


def own_figures(view: View, urn: int) -> pd.DataFrame:
    """What the partnership supplied about one school as it may be shown (disclosure.supplied)."""
    published = cached.table(view.publication_id, "value")
    return disclosure.supplied(
        private.own_figures(view.scope, engine(view.place), [urn]), published[published["urn"] == urn]
    )
