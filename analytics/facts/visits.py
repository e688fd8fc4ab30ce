"""How old inspections are on the day that somebody reads them: a file's day is no reader's day. Asks no clock; the day is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from analytics.results import Inspection

LONGEST_YEAR = 366


def aged(rows: Iterable[Inspection], today: date) -> tuple[Inspection, ...]:
    """The rows with `age_years` as of `today`; None without a date. What a score, need or signal rests on keeps the file's day."""
    return tuple(
        replace(row, age_years=None if row.start_date is None else years_old(row.start_date, today)) for row in rows
    )


def years_old(day: date, today: date) -> float:
    """Whole years by the calendar, and the days since the last of them as a part of one; never below nought."""
    whole = max(0, today.year - day.year - ((today.month, today.day) < (day.month, day.day)))
    last = date(day.year + whole, day.month, min(day.day, 28))
    return whole + min(max(0, (today - last).days), LONGEST_YEAR - 1) / LONGEST_YEAR
