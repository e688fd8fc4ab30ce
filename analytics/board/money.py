"""Reserves and balances of several schools, counted: how many lie under a mark, how many spent more than they received.

A reserve that a trust records under a school is the trust's and never the school's own. A school without a figure is counted as
such, never as one without money.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from analytics.results import Finance

LOW = 5.0  # % of income: a round mark to count by, no rule of anybody's


@dataclass(frozen=True, slots=True)
class Accounts:
    """Counts of schools in the latest year that any of them has accounts of. `with_reserve` have a reserve of their own;
    of them `below` lie under nought, `low` from nought to under LOW % of income. `overspent` of `with_balance`: balance of the
    year under nought. `schools`: all that were asked about.
    """

    time_period: int
    schools: int
    with_reserve: int
    below: int
    low: int
    with_balance: int
    overspent: int


def accounts(rows: Sequence[Finance], urns: Collection[int]) -> Accounts | None:
    """None where no school has accounts."""
    mine = [row for row in rows if row.urn in urns]
    if not mine:
        return None
    last = max(row.time_period for row in mine)
    now = [row for row in mine if row.time_period == last]
    shares = [row.reserve_pct for row in now if row.reserve_pct is not None]
    balances = [row.balance for row in now if row.balance is not None]
    return Accounts(
        last, len(urns), len(shares), sum(share < 0 for share in shares), sum(0 <= share < LOW for share in shares),
        len(balances), sum(balance < 0 for balance in balances),
    )  # fmt: skip
