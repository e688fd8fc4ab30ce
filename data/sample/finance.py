"""Finance of maintained schools: five years of income, spending and reserve that follow from each other. Pounds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.sample.kinds import KINDS
from data.sample.periods import CFR_PERIODS, PERIODS
from data.sample.region import Region
from data.sample.schools import ACADEMY_TYPES

_PER_PUPIL = {"primary": 5600.0, "secondary": 6700.0, "special": 26000.0, "nursery": 8200.0}
FIXED = 130_000.0  # a small school's lump
GROWTH = 0.045
_LASTING_BALANCE, _YEAR_BALANCE = 0.8, 2.6  # per cent of income: one year is mostly noise (METHODS 7.2)
_TARGET, _RECOVERY = 8.0, 0.15  # schools spend down what lies above the target and save towards it


@dataclass(frozen=True, slots=True)
class Accounts:
    """Rows are maintained schools (positions in the region), columns CFR years."""

    rows: np.ndarray
    pupils: np.ndarray
    income: np.ndarray
    spending: np.ndarray
    staff: np.ndarray
    reserve: np.ndarray


def build(region: Region) -> Accounts:
    """Accounts of every maintained school; falling rolls press on balances."""
    rng = np.random.default_rng([region.seed, 81])
    keep = [s.type_code not in ACADEMY_TYPES and s.kind not in ("independent", "sixteen") for s in region.schools]
    rows = np.flatnonzero(keep)
    years = [PERIODS.index(period) for period in CFR_PERIODS]
    pupils = region.roll[rows][:, years]
    base = np.array([[per_pupil(region.schools[row].kind)] for row in rows])
    meals = (region.meals / np.maximum(region.roll, 1))[rows][:, years]
    growth = (1 + GROWTH) ** np.arange(len(years))
    income = (FIXED + pupils * base * (0.93 + 0.3 * meals)) * growth * np.exp(rng.normal(0, 0.02, pupils.shape))
    falling = pupils / np.maximum(pupils[:, [0]], 1) - 1
    balance = (
        rng.normal(0.2, _LASTING_BALANCE, (len(rows), 1)) + rng.normal(0, _YEAR_BALANCE, pupils.shape) + 9 * falling
    )
    balance -= np.array([0, 0, 1.5, 1.0, 0.5])  # energy and pay, from 2022/23
    income = np.round(income)
    first = np.clip(rng.normal(9, 4.5, len(rows)), -4, 32)
    balance, reserve = run(balance, income, first)
    spending = income - balance
    share = rng.normal(79, 2.6, (len(rows), 1)) + rng.normal(0, 0.8, pupils.shape) - 6 * falling
    return Accounts(rows, pupils, income, spending, np.round(spending * np.clip(share, 60, 93) / 100), reserve)


def run(balance: np.ndarray, income: np.ndarray, first: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """In-year balances and reserves in pounds from balances before recovery (% of income) and opening reserves (%)."""
    held = first / 100 * income[:, 0]
    balances, reserves = [], []
    for year in range(income.shape[1]):
        recovery = _RECOVERY * (_TARGET - 100 * held / income[:, year])
        balances.append(np.round(income[:, year] * (balance[:, year] + recovery) / 100))
        held = held + balances[-1]
        reserves.append(held)
    return np.column_stack(balances), np.round(np.column_stack(reserves))


def per_pupil(kind: str) -> float:
    """Income for one pupil in the first year."""
    if kind in ("special", "pru"):
        return _PER_PUPIL["special"]
    if kind == "nursery":
        return _PER_PUPIL["nursery"]
    return _PER_PUPIL["secondary" if KINDS[kind].ks4 else "primary"]
