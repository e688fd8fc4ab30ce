"""How much heavy work one person may ask for in a while, so that nobody makes Alongside slow for everybody else.

Not a safeguard of data: what a person may read is decided before. The person at this computer has no limit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy import Engine, and_, delete, func, insert, or_, select

from data.access.scope import ASK, Scope
from data.access.times import text_of, time_of
from data.catalogue import PermissionDenied
from data.store import dialect
from data.store.schema_private import heavy_work


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `number` times in any `window`; `words` complete "You have ... often just now"."""

    number: int
    window: timedelta
    words: str


KINDS: Mapping[str, Limit] = MappingProxyType(
    {
        "make_figures": Limit(6, timedelta(hours=1), "made the figures"),
        "read_files": Limit(120, timedelta(hours=1), "added files"),
        "upload": Limit(60, timedelta(hours=1), "sent in tables"),
        "download": Limit(120, timedelta(hours=1), "downloaded"),
        "export_person": Limit(20, timedelta(hours=1), "exported people's data"),
        "edit": Limit(600, timedelta(hours=1), "changed entries"),
    }
)  # fmt: skip

LONGEST = max(
    limit.window for limit in KINDS.values()
)  # older rows are nobody's business: anybody's next one removes them


def take(engine: Engine, scope: Scope, kind: str, *, now: datetime) -> None:
    """Count one more, or raise PermissionDenied with the time from which it may be tried again.

    Raises ValueError for a kind that KINDS does not know.
    """
    limit = KINDS.get(kind)
    if limit is None:
        raise ValueError(f"{kind!r} is no kind of heavy work")
    if scope.owner:
        return
    if scope.account_id is None:
        raise PermissionDenied("nobody is signed in", remedy=ASK)
    counted = (heavy_work.c.account_id == scope.account_id, heavy_work.c.kind == kind)
    with dialect.writing(engine) as connection:
        # Rows of a future further off than the window come from a clock that was wrong: they must not block for ever.
        wrong = and_(*counted, heavy_work.c.at > text_of(now + limit.window))
        past = and_(*counted, heavy_work.c.at <= text_of(now - limit.window))
        connection.execute(delete(heavy_work).where(or_(wrong, past, heavy_work.c.at <= text_of(now - LONGEST))))
        query = select(func.count(), func.min(heavy_work.c.at)).where(*counted)
        number, oldest = connection.execute(query).one()
        if number >= limit.number:
            again = time_of(oldest) + limit.window
            raise PermissionDenied(
                f"you have {limit.words} often just now ({limit.number} times are the most in {_length(limit.window)})",
                remedy=f"Try again after {again:%H:%M} UTC.",
            )
        connection.execute(insert(heavy_work).values(account_id=scope.account_id, kind=kind, at=text_of(now)))


def _length(window: timedelta) -> str:
    minutes = int(window.total_seconds() // 60)
    return "an hour" if minutes == 60 else f"{minutes} minutes"
