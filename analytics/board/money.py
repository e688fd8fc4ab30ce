"""Reserves and balances of several schools, counted: how many lie under a mark, how many spent more than they received.

Years to March and years to August are counted apart, and so is what a trust records under its schools: that is the trust's and
never the school's own. A school without accounts of its kind's newest year is counted as without, never as one without money.
Takes each school's accounts as the page Money does (`analytics.scores.money_years`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.results import Finance
from analytics.results import rows as of_table
from analytics.scores.finance import LOW_RESERVE
from analytics.scores.money_years import SchoolMoney, answers, newest, school_money

LOW = LOW_RESERVE  # % of income: a mark to count by
ORDER = (("financial", False), ("academic", False), ("academic", True))


@dataclass(frozen=True, slots=True)
class Kind:
    """Counts of schools whose years are of one kind (`year_type`), all with accounts of the same newest year. `of_trust`: their
    reserves are what trusts record under them. Of `with_reserve` `below` lie under nought, `low` from nought to under LOW % of
    income; `overspent` of `with_balance`: balance of the year under nought.
    """

    year_type: str
    of_trust: bool
    time_period: int
    schools: int
    with_reserve: int
    below: int
    low: int
    with_balance: int
    overspent: int

    @property
    def under(self) -> int:
        """Under LOW % of income, under nought too."""
        return self.below + self.low


@dataclass(frozen=True, slots=True)
class Accounts:
    """Schools' accounts by kind of year and of reserve; `without` of all `schools` asked about have none of the newest year."""

    schools: int
    kinds: tuple[Kind, ...]

    @property
    def counted(self) -> int:
        return sum(one.schools for one in self.kinds)

    @property
    def without(self) -> int:
        return self.schools - self.counted

    @property
    def overspent(self) -> int:
        return sum(one.overspent for one in self.kinds)


def published(read: Callable[..., pd.DataFrame], urns: frozenset[int]) -> Accounts | None:
    """`accounts` of the published table `finance`; `read` gives it by its name and the schools."""
    return accounts(of_table(Finance, read("finance", urns)), urns)


def accounts(rows: Sequence[Finance], urns: Collection[int]) -> Accounts | None:
    """None where no school has accounts."""
    mine = newest(school_money([row for row in rows if row.urn in urns]))
    found = ([one for one in mine if (one.year_type, one.of_trust) == kind] for kind in ORDER)
    kinds = tuple(_kind(some) for some in found if some)
    return Accounts(len(urns), kinds) if kinds else None


def _kind(schools: Sequence[SchoolMoney]) -> Kind:
    first = schools[0]
    under = [answer for one in schools if (answer := answers(one, "under_5")) is not None]
    below = sum(answers(one, "below_0") is True for one in schools)
    balances = [one.last.balance for one in schools if one.last.balance is not None]
    return Kind(
        first.year_type, first.of_trust, first.last.time_period, len(schools), len(under), below, sum(under) - below,
        len(balances), sum(balance < 0 for balance in balances),
    )  # fmt: skip
