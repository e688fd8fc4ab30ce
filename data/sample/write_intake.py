"""The census and absence files of each year, with each year's way of writing percentages and missing values."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from data.sample.effects import Effects
from data.sample.kinds import KINDS
from data.sample.periods import PERIODS, text
from data.sample.region import Region
from data.sample.tables import Columns, decimal, joined, layout, marked, percent, whole, write

_LEVELS = (("PRI", "State-funded primary"), ("SEC", "State-funded secondary"), ("SPE", "State-funded special school"))
_UNCLASSIFIED = 0.003


def write_census(folder: Path, region: Region, period: int) -> int:
    """One January census. Returns the rows."""
    year = PERIODS.index(period)
    named = np.array([KINDS[school.kind].census for school in region.schools])
    rows = np.flatnonzero((named != "") & (region.listed[:, year] > 0))
    name = "census_22" if period < 202223 else "census_23" if period < 202425 else "census_23_2024-25"
    level = np.array([KINDS[region.schools[row].kind].level for row in rows])
    table = _counts(region, rows, year, period)
    found = [region.schools[row] for row in rows]
    word = "Pupil referral unit" if period < 202223 else "State-funded AP school"
    table |= {
        "URN": whole(region.listed[rows, year]),
        "LA": [str(region.authorities[school.authority].code) for school in found],
        _estab(period): [str(school.estab) for school in found],
        "SCHOOLTYPE": [
            word if school.kind == "pru" else str(kind) for school, kind in zip(found, named[rows], strict=True)
        ],
    }
    _hide(table, np.array([school.kind for school in found]), period)
    last = [_summary(region, rows[level == key], year, period, key, words) for key, words in _LEVELS]
    return write(
        folder / f"{text(period)}_england_census.csv",
        layout(name),
        joined(table, *last),
        end="\r\n" if period in (201819, 202425) else "\n",
    )


def _estab(period: int) -> str:
    return "ESTAB" if period < 202223 else "Estab"


def _counts(region: Region, rows: np.ndarray, year: int, period: int) -> Columns:
    return _columns([part[rows, year] for part in _published(region)], period)


def _published(region: Region) -> tuple[np.ndarray, ...]:
    """Roll, girls, plans, SEN support, other first language, meals on the day, meals in six years."""
    return (region.roll, region.girls, region.plans, region.support, region.eal, region.meals_now, region.meals)


def _columns(parts: list[np.ndarray], period: int) -> Columns:
    roll, girls, plans, support, eal, now, ever = parts
    sign = "" if period < 201920 else "%"
    places = 2 if period == 202425 else 1
    other = np.minimum(np.round(roll * _UNCLASSIFIED).astype(int), roll - eal)

    def share(count: np.ndarray, digits: int = places) -> list[str]:
        return percent(count, roll, digits, sign)

    table: Columns = {
        "NOR": whole(roll),
        "NORG": whole(girls),
        "NORB": whole(roll - girls),
        "PNORG": share(girls),
        "PNORB": share(roll - girls),
        "TSENELSE": whole(plans),
        "PSENELSE": share(plans),
        "TSENELK": whole(support),
        "PSENELK": share(support),
        "NUMEAL": whole(eal),
        "NUMENGFL": whole(roll - eal - other),
        "NUMUNCFL": whole(other),
        "PNUMEAL": share(eal),
        "PNUMENGFL": share(roll - eal - other),
        "NUMFSM": whole(now),
        "NUMFSMEVER": whole(ever),
        "PNUMFSMEVER": share(ever),
    }
    if period == 202425:  # the one fraction among percentages
        table["PNUMUNCLF"] = [
            f"{value:.3f}".rstrip("0").rstrip(".") for value in (other / np.maximum(roll, 1)).tolist()
        ]
    else:
        table["PNUMUNCFL"] = share(other)
    if period >= 202223:
        table["NORFSMEVER"] = whole(roll)
    return table


def _hide(table: Columns, kind: np.ndarray, period: int) -> None:
    """What the year does not give for independents and nurseries: marks, blanks or false zeros. Changes the table."""
    private, nursery = kind == "independent", kind == "nursery"
    false_zero = period in (201920, 202021, 202122)
    language = ["NUMEAL", "NUMENGFL", "NUMUNCFL", "PNUMEAL", "PNUMENGFL", "PNUMUNCFL", "PNUMUNCLF", "NUMFSM"]
    for name in [*language, "NUMFSMEVER", "NORFSMEVER", "PNUMFSMEVER"]:
        if name not in table:
            continue
        ever = "EVER" in name
        mask = private | nursery if ever else private
        mark = "" if false_zero and ever else "0%" if false_zero and name[0] == "P" else "0" if false_zero else "NA"
        if period == 202425 and name == "PNUMFSMEVER":
            mark = "0.00%"
        table[name] = marked(table[name], mask, mark)


def _summary(region: Region, rows: np.ndarray, year: int, period: int, key: str, words: str) -> Columns:
    parts = [np.array([part[rows, year].sum()]) for part in _published(region)]
    return {**_columns(parts, period), "URN": ["NAT"], "LA": [""], _estab(period): [key], "SCHOOLTYPE": [words]}


def away(region: Region, effects: Effects, period: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pupils persistently absent, the overall rate, and which schools are withheld."""
    year, size = PERIODS.index(period), len(region.schools)
    rng = np.random.default_rng([region.seed, 52, period])
    persistent = rng.binomial(region.roll[:, year], effects.absence[:, year] / 100)
    overall = 2.5 + 0.205 * 100 * persistent / region.roll[:, year] + rng.normal(0, 0.25, size)
    planted = np.array([school.planted is not None for school in region.schools])
    return persistent, overall, (rng.random(size) < 0.008) & ~planted


def write_absence(folder: Path, region: Region, effects: Effects, period: int) -> int:
    """One year's absence. A few schools are withheld: marked to 2018/19, simply not there later. Returns the rows."""
    year = PERIODS.index(period)
    level = np.array([KINDS[school.kind].level for school in region.schools])
    persistent, overall, hidden = away(region, effects, period)
    share = 100 * persistent / region.roll[:, year]
    marks = period <= 201819
    rows = np.flatnonzero((level != "") & (region.listed[:, year] > 0) & (marks | ~hidden))
    table: Columns = {
        "LA": [str(region.authorities[region.schools[row].authority].code) for row in rows],
        "ESTAB": [str(region.schools[row].estab) for row in rows],
        "URN": whole(region.listed[rows, year]),
        "PERCTOT": marked(decimal(overall[rows], 1), hidden[rows], "SUPP"),
        "PPERSABS10": marked(decimal(share[rows], 1), hidden[rows], "SUPP"),
    }
    last: list[Columns] = []
    for key, _ in _LEVELS:
        inside = rows[level[rows] == key]
        mean = [np.array([np.average(part[inside], weights=region.roll[inside, year])]) for part in (overall, share)]
        last.append(
            {
                "LA": ["NAT"],
                "ESTAB": [key],
                "URN": [""],
                "PERCTOT": decimal(mean[0], 1),
                "PPERSABS10": decimal(mean[1], 1),
            }
        )
    return write(folder / f"{text(period)}_england_abs.csv", layout("abs_5"), joined(table, *last), end="\n")
