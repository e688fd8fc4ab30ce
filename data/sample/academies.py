"""Accounts of academies and of their trusts' central services: five academic years that follow from each other. Pounds.

A stream of its own, so that no other number of the region moves. Planted: Thornwell School (what the trust records under
it falls from +6.1% to -2.4% of income, three deficits, staff from 78 to 86% of spending) and Bexcombe Trust (reserves of
22% of income). Only years in which a school was an academy for all twelve months have an account.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from data.sample.finance import FIXED, GROWTH, per_pupil, run
from data.sample.groups import Groups
from data.sample.periods import AAR_PERIODS, PERIODS
from data.sample.region import Region
from data.sample.truth import TRUSTS

_LASTING_BALANCE, _YEAR_BALANCE = 0.9, 2.4  # per cent of income
_TRUST_RESERVE = 4.0  # ordinary trusts differ: SD of their schools' opening reserves, % of income
_CENTRAL = 0.045  # of a trust's income, kept for central services
_CENTRAL_RESERVE = 0.018  # of the trust's income, held centrally
_THORNWELL = (6.1, -2.4)  # per cent of income, first and last year
_THORNWELL_FALL = (0.25, 0.35, 0.4)  # shares of the fall in the last three years
_THORNWELL_STAFF = (78.0, 86.0)  # per cent of spending
_BEXCOMBE = 22.0  # reserves of the trust, per cent of its income in the last year


@dataclass(frozen=True, slots=True)
class AcademyAccounts:
    """Rows are academies (positions in the region), columns AAR years; `months` 0 where there was no academy yet."""

    rows: np.ndarray
    pupils: np.ndarray
    months: np.ndarray
    income: np.ndarray
    spending: np.ndarray
    staff: np.ndarray
    reserve: np.ndarray
    central: Mapping[int, Central]  # by the UID of a trust of several schools


@dataclass(frozen=True, slots=True)
class Central:
    """Central services of one trust by year."""

    income: np.ndarray
    spending: np.ndarray
    staff: np.ndarray
    reserve: np.ndarray


def build(region: Region, groups: Groups) -> AcademyAccounts:
    """Accounts of every academy that belongs to an academy trust."""
    rng = np.random.default_rng([region.seed, 83])
    rows = np.array([row for row, s in enumerate(region.schools) if _trust(groups, s.urn) is not None], dtype=int)
    years = [PERIODS.index(period) for period in AAR_PERIODS]
    pupils = region.roll[rows][:, years]
    meals = (region.meals / np.maximum(region.roll, 1))[rows][:, years]
    base = np.array([[per_pupil(region.schools[row].kind)] for row in rows])
    income = (FIXED + pupils * base * (0.93 + 0.3 * meals)) * (1 + GROWTH) ** np.arange(len(years))
    income = np.round(income * (1 - _CENTRAL) * np.exp(rng.normal(0, 0.02, pupils.shape)))
    falling = pupils / np.maximum(pupils[:, [0]], 1) - 1
    balance = (
        rng.normal(0.1, _LASTING_BALANCE, (len(rows), 1)) + rng.normal(0, _YEAR_BALANCE, pupils.shape) + 9 * falling
    )
    balance -= np.array([0, 0, 1.2, 0.8, 0.4])  # energy and pay, from 2022/23
    urns = [region.schools[row].urn for row in rows]
    first = np.clip(rng.normal(7.5, 4.0, len(rows)) + _of_trust(groups, urns, rng), -6, 30)
    share = rng.normal(78, 2.4, (len(rows), 1)) + rng.normal(0, 0.8, pupils.shape) - 5 * falling
    balance, reserve = run(balance, income, first)
    _thornwell(urns, region, income, balance, reserve, share)
    _bexcombe(urns, income, reserve)
    spending = income - balance
    staff = np.round(spending * np.clip(share, 60, 93) / 100)
    months = np.array([[_months(region.schools[row].opened, period) for period in AAR_PERIODS] for row in rows])
    central = _centres(region, groups, urns, income * (months == 12), rng)
    return AcademyAccounts(rows, pupils, months, income, spending, staff, reserve, central)


def _trust(groups: Groups, urn: int) -> int | None:
    found = groups.trust_of.get(urn)
    return found.uid if found is not None and found.type_code in ("06", "10") else None


def _of_trust(groups: Groups, urns: list[int], rng: np.random.Generator) -> np.ndarray:
    """What the schools of one ordinary trust have in common; nothing for a planted one."""
    drawn = {group.uid: rng.normal(0, _TRUST_RESERVE) for group in sorted(groups.groups, key=lambda one: one.uid)}
    return np.array([0.0 if groups.trust_of[urn].role else drawn[groups.trust_of[urn].uid] for urn in urns])


def _months(opened: str, period: int) -> int:
    """Months of the year to August in which the academy was open."""
    if not opened:
        return 12
    since = int(opened[6:]) * 12 + int(opened[3:5]) - 1
    return int(np.clip((period // 100 + 1) * 12 + 8 - since, 0, 12))


def _thornwell(
    urns: list[int], region: Region, income: np.ndarray, balance: np.ndarray, reserve: np.ndarray, share: np.ndarray
) -> None:
    """The planted school's own way, in place."""
    keys = {school.planted.key: school.urn for school in region.schools if school.planted}
    at = urns.index(keys["thornwell"])
    first, last = (share / 100 * income[at, year] for share, year in zip(_THORNWELL, (0, -1), strict=True))
    moves = np.array([0.0, *_THORNWELL_FALL]) * (last - first)
    reserve[at] = np.round(first + np.concatenate([[0.0], np.cumsum(moves)]))
    balance[at] = np.concatenate([[np.round(0.004 * income[at, 0])], np.diff(reserve[at])])
    balance[at, 1] = np.round(0.002 * income[at, 1])
    share[at] = np.linspace(*_THORNWELL_STAFF, income.shape[1])


def _bexcombe(urns: list[int], income: np.ndarray, reserve: np.ndarray) -> None:
    """Reserves such that the trust as a whole holds its planted share, whatever is held centrally, in place."""
    here = [place for place, urn in enumerate(urns) if urn in TRUSTS["bexcombe"].urns]
    whole = income[here, -1].sum() / (1 - _CENTRAL)
    wanted = (_BEXCOMBE / 100 - _CENTRAL_RESERVE) * whole
    reserve[here] += np.round((wanted - reserve[here, -1].sum()) * income[here, -1] / income[here, -1].sum())[:, None]


def _centres(
    region: Region, groups: Groups, urns: list[int], income: np.ndarray, rng: np.random.Generator
) -> dict[int, Central]:
    """What each trust of several schools keeps in the middle, from the top slice of its schools' income."""
    found = {}
    for group in sorted(groups.groups, key=lambda one: one.uid):
        here = [place for place, urn in enumerate(urns) if _trust(groups, urn) == group.uid]
        if group.type_code != "06" or not here:
            continue
        total = income[here].sum(axis=0) / (1 - _CENTRAL)
        mine = np.round(total * _CENTRAL)
        balance = np.round(mine * rng.normal(0, 0.03, len(mine)))
        staff = np.round((mine - balance) * 0.55)
        found[group.uid] = Central(mine, mine - balance, staff, np.round(total * _CENTRAL_RESERVE))
    return found
