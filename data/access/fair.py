"""Fair process: a school reads what is said of it before others do. Pure: rows in, sets of schools out; no store, no clock.

What is derived of a school (needs, and every tier but a strength) is open to others of its partnership once the school was
shown just that, `days_ahead` days ago. New figures that say the same need no new showing; whatever changed does, so that
a name that is missing tells nobody whether the change is for better or worse.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from data.access.permissions import rule_of
from data.access.scope import Row, Scope


@dataclass(frozen=True, slots=True)
class Showing:
    """A school was shown what `said` stands for (a hash) on a day. `uid`: by which partnership; None: it looked itself."""

    urn: int
    said: str
    shown_on: date
    uid: str | None = None


def named(
    scope: Scope, uid: str, said: Mapping[int, str], showings: Iterable[Showing], *, today: date, days_ahead: int
) -> frozenset[int]:
    """Schools of the partnership `uid` of which this person may read what is derived, by name.

    `said`: a member's URN -> what the figures in use say of it, as a hash. The person at this computer reads all; a head
    reads their own at once; others what was shown long enough ago.
    """
    if scope.owner:
        return frozenset(said)
    seen = _since(showings, uid)
    ready = frozenset(
        urn for urn, what in said.items()
        if (day := seen.get((urn, what))) is not None and day + timedelta(days=days_ahead) <= today
    )  # fmt: skip
    statements = rule_of("read_statements")
    return frozenset(
        urn for urn in said
        if urn in scope.schools or (urn in ready and scope.reaches(statements, Row(uid, urn)))
    )  # fmt: skip


def shown_on(uid: str, said: Mapping[int, str], showings: Iterable[Showing]) -> Mapping[int, date]:
    """When each school was first shown what is said of it now; schools that were not are left out."""
    seen = _since(showings, uid)
    return {urn: day for urn, what in said.items() if (day := seen.get((urn, what))) is not None}


def _since(showings: Iterable[Showing], uid: str) -> dict[tuple[int, str], date]:
    found: dict[tuple[int, str], date] = {}
    for one in showings:
        if one.uid in (None, uid):
            key = (one.urn, one.said)
            found[key] = min(found.get(key, one.shown_on), one.shown_on)
    return found
