"""Private rows that came in by file or by name: figures that a partnership supplied, its own lists of schools.

Every read demands a scope and gives what it reaches, nothing else. What people enter in the app is in `data.register`.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from sqlalchemy import Engine

from data.access.permissions import rule_of
from data.access.scope import Row, Scope
from data.store import own_figures as supplied
from data.store import read


def own_figures(scope: Scope, engine: Engine, urns: Iterable[int]) -> pd.DataFrame:
    """What was supplied about those of the schools that the person reaches; columns as in the schema."""
    rule = rule_of("read_own_figures")
    return supplied.figures(engine, [urn for urn in urns if scope.reaches(rule, Row(urn=urn))])


def own_partnerships(scope: Scope, engine: Engine) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The user's own lists of schools, and their members: those over which the person holds a role."""
    groups, members = read.own_partnerships(engine)
    if scope.owner:
        return groups, members
    return tuple(frame[frame["uid"].isin(scope.uids)].reset_index(drop=True) for frame in (groups, members))  # type: ignore[return-value]
