"""The school workforce of one year, and absence in the tidy layout that says how many pupils missed half of school."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from data.sample.effects import Effects
from data.sample.kinds import KINDS
from data.sample.periods import PERIODS, text
from data.sample.region import Region
from data.sample.tables import Columns, decimal, layout, marked, whole, write
from data.sample.write_intake import away

_SEVERE = 0.11  # of the pupils who are persistently absent
_WORDS = {"PRI": "State-funded primary", "SEC": "State-funded secondary", "SPE": "State-funded special school"}
_PER_TEACHER = {"PRI": 20.6, "SEC": 16.4, "SPE": 6.4}


def write_severe_absence(folder: Path, region: Region, effects: Effects, period: int) -> int:
    """One year of the tidy absence file; rates as in the performance tables, withheld schools not there either. Returns the rows."""
    year = PERIODS.index(period)
    level = np.array([KINDS[school.kind].level for school in region.schools])
    persistent, overall, hidden = away(region, effects, period)
    rng = np.random.default_rng([region.seed, 53, period])
    severe = rng.binomial(persistent, np.clip(_SEVERE * np.exp(rng.normal(0, 0.25, len(level))), 0, 1))
    rows = np.flatnonzero((level != "") & (region.listed[:, year] > 0) & ~hidden)
    roll = region.roll[rows, year]
    few = severe[rows] < 3  # a handful of pupils stays a handful
    schools = [region.schools[row] for row in rows]
    table: Columns = {
        "time_period": [str(period)] * len(rows),
        "time_identifier": ["Academic year"] * len(rows),
        "geographic_level": ["School"] * len(rows),
        "old_la_code": [str(region.authorities[school.authority].code) for school in schools],
        "education_phase": [_WORDS[key] for key in level[rows]],
        "school_name": [school.name for school in schools],
        "school_urn": whole(region.listed[rows, year]),
        "enrolments": whole(roll),
        "sess_overall_percent": decimal(overall[rows], 1),
        "enrolments_pa_10_exact_percent": decimal(100 * persistent[rows] / roll, 1),
        "enrolments_pa_50_exact_percent": marked(decimal(100 * severe[rows] / roll, 5), few & (severe[rows] > 0), "c"),
    }
    return write(
        folder / f"1a_absence_3term_school_{period}.csv", layout("ees_absence_80"), table, encoding="utf-8", end="\n"
    )


def write_workforce(folder: Path, region: Region, period: int) -> int:
    """Staff of state-funded schools in November. Returns the rows."""
    year = PERIODS.index(period)
    rng = np.random.default_rng([region.seed, 54, period])
    level = np.array([KINDS[school.kind].level for school in region.schools])
    ratio = np.array([_PER_TEACHER.get(key, 16.0) for key in level]) * np.exp(rng.normal(0, 0.09, len(level)))
    teachers = region.roll[:, year] / ratio
    assistants = teachers * np.where(level == "SEC", 0.22, 0.65) * np.exp(rng.normal(0, 0.25, len(level)))
    salary = np.round(47_500 + 2_200 * (level == "SEC") + rng.normal(0, 2_300, len(level)))
    rows = np.flatnonzero((level != "") & (region.listed[:, year] > 0))
    schools = [region.schools[row] for row in rows]
    names = layout("swf_12")
    cells = {
        "LA Number": [str(region.authorities[school.authority].code) for school in schools],
        "Establishment Number": [str(school.estab) for school in schools],
        "URN": whole(region.listed[rows, year]),
        "School Phase": [_WORDS[key].removeprefix("State-funded ").capitalize() for key in level[rows]],
        names[7]: decimal(teachers[rows], 1),
        names[8]: decimal(assistants[rows], 1),
        names[9]: decimal(assistants[rows] * 0.5, 1),
        names[10]: decimal(region.roll[rows, year] / np.maximum(teachers[rows], 0.1), 1),
        names[11]: [f"£{value:,.0f}" for value in salary[rows].tolist()],
    }
    return write(folder / f"{text(period)}_england_swf.csv", names, cells)
