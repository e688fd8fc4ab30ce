"""School terms, for days that are counted by the term. Standard library only; has no clock.

Schools set their own dates and Easter moves, so a term here begins and ends with a month: autumn is September to December,
spring January to March, summer April to August. Pages say so where they count by the term.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from data.catalogue.years import following, shown, starting

Season = Literal["autumn", "spring", "summer"]
SEASONS: tuple[Season, ...] = get_args(Season)  # in the order of a school year
FIRST_MONTH = {"autumn": 9, "spring": 1, "summer": 4}
EASTER = "Terms are counted from September to December, January to March and April to August; Easter and schools' own dates move."


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a school year: `year` 202627 and a season. Terms are in order of time by `place`."""

    year: int
    season: Season

    @property
    def first_day(self) -> date:
        begins = self.year // 100
        return date(begins if self.season == "autumn" else begins + 1, FIRST_MONTH[self.season], 1)

    @property
    def last_day(self) -> date:
        return self.after().first_day - timedelta(days=1)

    @property
    def place(self) -> tuple[int, int]:
        return self.year, SEASONS.index(self.season)

    @property
    def words(self) -> str:
        """ "Autumn 2026/27"."""
        return f"{self.season.capitalize()} {shown(self.year)}"

    @property
    def key(self) -> str:
        """ "202627-autumn", for an address."""
        return f"{self.year}-{self.season}"

    def after(self) -> Term:
        """The next term."""
        at = SEASONS.index(self.season) + 1
        return Term(self.year, SEASONS[at]) if at < len(SEASONS) else Term(following(self.year), SEASONS[0])

    def touches(self, starts: date | None, ends: date | None) -> bool:
        """Whether a time from `starts` to `ends`, both included, has a day in the term; None is open at that side."""
        return (starts is None or starts <= self.last_day) and (ends is None or ends >= self.first_day)


def term_of(day: date) -> Term:
    """The term that a day lies in; every day lies in one."""
    if day.month >= FIRST_MONTH["autumn"]:
        return Term(starting(day.year), "autumn")
    season: Season = "summer" if day.month >= FIRST_MONTH["summer"] else "spring"
    return Term(starting(day.year - 1), season)


def terms_between(first: date, last: date) -> tuple[Term, ...]:
    """The terms from that of `first` to that of `last`, in order; none where `last` lies in a term before."""
    found, term = [], term_of(first)
    while term.first_day <= last:
        found.append(term)
        term = term.after()
    return tuple(found)
