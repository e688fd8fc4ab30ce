"""Which schools an export may not name yet beside what is derived of them: fair process binds the command line too.

Only where people have accounts: without them whoever runs this is the one person there is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING

from data.catalogue import StoreError
from pages.terminal.console import say

if TYPE_CHECKING:
    import pandas as pd
    from sqlalchemy import Engine

    Reader = Callable[[str], pd.DataFrame]

OPEN = "strength_to_share"  # what anybody may read
DERIVED = ("need", "area_score", "domain_score")


def withheld(opened: Engine, uid: str, members: Collection[int], read: Reader, *, today: date) -> frozenset[int] | None:
    """Members that have not had their days with what these figures say of them; None where nobody has an account.

    Says on standard error how many they are.
    """
    from analytics.findings.said import marks
    from data.access import accounts, fair
    from data.access.scope import Grant, Scope, everything
    from data.access.settings import settings
    from data.register.shown import showings

    if not any(one.state in ("invited", "active") for one in accounts.people(everything(), opened)):
        return None
    reader, days = Scope(grants=(Grant("director", uid, members=frozenset(members)),)), settings().days_ahead
    says = marks(lambda name: _or_empty(read, name), members)
    named = fair.named(reader, uid, says, showings(opened, members), today=today, days_ahead=days)
    held = frozenset(members) - named
    if held:
        which = "1 school has" if len(held) == 1 else f"{len(held)} schools have"
        say(
            False,
            f"{which} not had {days} days yet with what is said of them: only strengths are written of them.", error=True,
        )  # fmt: skip
    return held


def without(read: Reader, schools: Collection[int]) -> Reader:
    """A reader of published tables in which nothing but strengths is derived of these schools."""

    def told(name: str) -> pd.DataFrame:
        found = read(name)
        if name not in DERIVED or not schools:
            return found
        theirs = found["urn"].isin(list(schools))
        if name == "area_score":
            theirs &= found["tier"].ne(OPEN)
        elif name == "need" and "scope" in found:
            theirs &= found["scope"].ne("trust")
        return found[~theirs]

    return told


def _or_empty(read: Reader, name: str) -> pd.DataFrame:
    """Figures made before a table was there lack it."""
    from analytics import results

    try:
        return read(name)
    except StoreError:
        return results.frame([], results.TABLES[name])
