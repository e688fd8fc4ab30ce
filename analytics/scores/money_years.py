"""Schools' accounts over the years, as looked up: reserve, balance and staff of each year, and simple questions of them.

Published figures only, by school; nothing is compared with an expectation here. One school's years are of one kind (to March
or to August), and two kinds are never put together. The reserve of an academy in a trust of several is the trust's: what
stands here is what the trust records under it (`of_trust`). A figure that is missing answers no question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from analytics.results import DomainScore, Finance
from analytics.scores.finance import HIGH_RESERVE, LOW_RESERVE

DEFICIT_YEARS = 3  # in a row, for a school to count as spending more than it receives
Question = Literal["all", "under_5", "below_0", "deficits", "over_20"]
QUESTIONS: tuple[Question, ...] = ("all", "under_5", "below_0", "deficits", "over_20")
GOING_WELL = ("as_expected", "above_expectation", "strength_to_share")


@dataclass(frozen=True, slots=True)
class MoneyYear:
    """One year: pounds, and % of income (`staff_pct`: of spending). None where the figure is not published."""

    time_period: int
    income: float | None
    spent: float | None
    balance: float | None
    balance_pct: float | None
    reserve: float | None
    reserve_pct: float | None
    staff_pct: float | None


@dataclass(frozen=True, slots=True)
class SchoolMoney:
    """One school's years of one kind, oldest first; `of_trust`: the reserve is what the trust records under it."""

    urn: int
    year_type: str
    of_trust: bool
    years: tuple[MoneyYear, ...]

    @property
    def first(self) -> MoneyYear:
        return self.years[0]

    @property
    def last(self) -> MoneyYear:
        return self.years[-1]

    @property
    def deficits(self) -> int | None:
        """Of the newest three years in a row, in how many it spent more than it received; None where they are not there."""
        three = self.years[-DEFICIT_YEARS:]
        unbroken = len(three) == DEFICIT_YEARS and three[-1].time_period - three[0].time_period == 101 * (
            DEFICIT_YEARS - 1
        )
        balances = [year.balance for year in three if year.balance is not None]
        return sum(one < 0 for one in balances) if unbroken and len(balances) == DEFICIT_YEARS else None

    def figures(self, name: str) -> tuple[tuple[int, float], ...]:
        """(year, figure) of each year that has it; `name`: a field of MoneyYear."""
        return tuple((year.time_period, value) for year in self.years if (value := getattr(year, name)) is not None)


def school_money(rows: Sequence[Finance]) -> tuple[SchoolMoney, ...]:
    """Each school's accounts, of the kind of its newest year, by URN."""
    by: dict[int, list[Finance]] = {}
    for row in sorted(rows, key=lambda one: (one.urn, one.time_period)):
        by.setdefault(row.urn, []).append(row)
    return tuple(_school(urn, own) for urn, own in by.items())


def newest(schools: Sequence[SchoolMoney]) -> tuple[SchoolMoney, ...]:
    """Schools with accounts of the newest year that any school of their kind has: an older year answers no question of now."""
    last = {
        kind: max(one.last.time_period for one in schools if one.year_type == kind)
        for kind in {one.year_type for one in schools}
    }
    return tuple(one for one in schools if one.last.time_period == last[one.year_type])


def _school(urn: int, rows: Sequence[Finance]) -> SchoolMoney:
    kind = rows[-1].year_type
    mine = [row for row in rows if row.year_type == kind]
    of_trust = all(row.reserve is None for row in mine) and any(row.reserve_share is not None for row in mine)
    return SchoolMoney(urn, kind, of_trust, tuple(_year(row, of_trust=of_trust) for row in mine))


def _year(row: Finance, *, of_trust: bool) -> MoneyYear:
    spent = row.income - row.balance if row.income is not None and row.balance is not None else None
    staff = (
        row.staff_pct * row.income / spent
        if row.staff_pct is not None and row.income is not None and spent and spent > 0
        else None
    )
    reserve, share = (row.reserve_share, row.reserve_share_pct) if of_trust else (row.reserve, row.reserve_pct)
    return MoneyYear(row.time_period, row.income, spent, row.balance, row.balance_pct, reserve, share, staff)


def question(text: str) -> Question | None:
    """A question by its key; None for any other text."""
    return next((one for one in QUESTIONS if one == text), None)


def answers(school: SchoolMoney, question: Question) -> bool | None:
    """Whether a question is true of a school; None where a figure is missing."""
    reserve, deficits = school.last.reserve_pct, school.deficits
    if question == "all":
        return True
    if question == "deficits":
        return None if deficits is None else deficits == DEFICIT_YEARS
    if reserve is None:
        return None
    return {"under_5": reserve < LOW_RESERVE, "below_0": reserve < 0, "over_20": reserve > HIGH_RESERVE}[question]


def tight(school: SchoolMoney) -> bool:
    """Reserve (or the trust's record under the school) below nought, and three years in a row in deficit."""
    return bool(answers(school, "below_0")) and bool(answers(school, "deficits"))


def conflicts(
    schools: Sequence[SchoolMoney], outcomes: Sequence[DomainScore]
) -> tuple[tuple[SchoolMoney, DomainScore], ...]:
    """Schools whose money is tight while their results are as expected or better: two answers that are not averaged.

    `outcomes`: outcomes domains, of which each school's newest that says something counts.
    """
    newest: Mapping[int, DomainScore] = {
        row.urn: row for row in sorted(outcomes, key=lambda one: one.time_period or 0) if row.tier != "not_enough_data"
    }
    found = ((school, newest.get(school.urn)) for school in schools if tight(school))
    return tuple((school, row) for school, row in found if row is not None and row.tier in GOING_WELL)
