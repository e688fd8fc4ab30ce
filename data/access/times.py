"""Times as the private tables keep them: ISO text in UTC, always of one length, so that text sorts as time does."""

from __future__ import annotations

from datetime import UTC, datetime


def text_of(moment: datetime) -> str:
    """`2026-11-21T09:30:00.000000+00:00`. Raises ValueError for a time without a zone: it would be guessed at."""
    if moment.tzinfo is None:
        raise ValueError("a time without its zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def time_of(text: str) -> datetime:
    """The time that `text_of` wrote."""
    return datetime.fromisoformat(text)
