"""Destinations after key stage 4 and 16 to 18 results, in the publisher's layouts of each year."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from data.catalogue.years import starting
from data.sample.kinds import KINDS
from data.sample.leavers import Leavers, SixthForm, tested
from data.sample.periods import PERIODS, text
from data.sample.region import Region
from data.sample.schools import TYPES
from data.sample.tables import Columns, decimal, joined, layout, marked, percent, whole, write

_FEW = 5
_BEHIND = 2  # years from the pupils to the tables that say where they went
_WITHOUT_VALUE_ADDED = (202122, 202223)  # no key stage 4 tests two years before


def tables_year(period: int) -> int:
    """The year of the tables that are about those who left in `period`."""
    return starting(period // 100 + _BEHIND)


def write_destinations(folder: Path, region: Region, found: Leavers) -> int:
    """One year's destinations, filed by the publisher under the tables' year. Returns the rows."""
    rows, year = tested(region, found.period), tables_year(found.period)
    schools = [region.schools[row] for row in rows]
    pupils, poor = found.pupils[rows], found.poor[rows]
    few, few_poor = pupils <= _FEW, poor <= _FEW

    def share(count: np.ndarray) -> list[str]:
        return marked(percent(count[rows], pupils), few, "SUPP")

    education, apprentice, work = found.routes.T
    table: Columns = {
        "RECTYPE": ["2" if school.kind == "special" else "1" for school in schools],
        "LEA": [str(region.authorities[school.authority].code) for school in schools],
        "ESTAB": [str(school.estab) for school in schools],
        "URN": whole(region.listed[rows, PERIODS.index(found.period)]),
        "ICLOSE": ["0"] * len(rows),
        "SCHNAME": [school.name for school in schools],
        "NFTYPE": [TYPES[school.type_code][3] for school in schools],
        "COHORT": whole(pupils),
        "OVERALL_DESTPER": share(found.stayed),
        "EDUCATIONPER": share(education), "APPRENPER": share(apprentice), "EMPLOYMENTPER": share(work),
        "NOT_SUSTAINEDPER": share(found.lost), "UNKNOWNPER": share(found.unknown),
        "COHORT_DIS": whole(poor),
        "OVERALL_DESTPER_DIS": marked(percent(found.stayed_poor[rows], poor), few_poor, "SUPP"),
    }  # fmt: skip
    nation: Columns = {
        "RECTYPE": ["NAT"],
        "COHORT": [str(int(pupils.sum()))],
        "OVERALL_DESTPER": percent(np.array([found.stayed[rows].sum()]), np.array([pupils.sum()])),
    }
    name = "ks4_pupdest_82_2024-25" if year >= 202425 else "ks4_pupdest_82"
    return write(folder / f"{text(year)}_england_ks4-pupdest.csv", layout(name), joined(table, nation), end="\n")


def write_sixth_forms(folder: Path, region: Region, found: SixthForm) -> int:
    """One year's 16 to 18 results of schools and colleges. Returns the rows."""
    period, year = found.period, PERIODS.index(found.period)
    rows = np.flatnonzero((found.students > 0) & (region.listed[:, year] > 0))
    name = "ks5_73" if period == 201516 else "ks5_212" if period < 202122 else "ks5_530"
    name = "ks5_585" if period >= 202324 else name
    release = "revised" if period == 202425 else "final"
    table = {**_who(region, rows, year), **_results(found, rows)}
    if period not in _WITHOUT_VALUE_ADDED:
        table |= _value_added(found, rows)
    students = found.students[rows]
    nation: Columns = {"RECTYPE": ["5", "7"], "TPUP1618": [str(int(students.sum()))] * 2}
    return write(folder / f"{text(period)}_england_ks5{release}.csv", layout(name), joined(table, nation))


def _who(region: Region, rows: np.ndarray, year: int) -> Columns:
    schools = [region.schools[row] for row in rows]
    return {
        "RECTYPE": ["1"] * len(rows),
        "LEA": [str(region.authorities[school.authority].code) for school in schools],
        "ESTAB": [str(school.estab) for school in schools],
        "URN": whole(region.listed[rows, year]),
        "SCHNAME": [school.name for school in schools],
        "NFTYPE/FESITYPE": [TYPES[school.type_code][3] or "ACC1619" for school in schools],
        "AGERANGE": [f"{KINDS[school.kind].low}-18" for school in schools],
    }


def _results(found: SixthForm, rows: np.ndarray) -> Columns:
    students, level, applied = found.students[rows], found.a_level[rows], found.applied[rows]

    def shown(cells: list[str], of: np.ndarray) -> list[str]:
        return marked(marked(cells, (of <= _FEW) & (of > 0), "SUPP"), of == 0, "NE")

    return {
        "TPUP1618": whole(students),
        "TALLPUP_ALEV_1618": marked(whole(level), level == 0, "NE"),
        "TALLPPE_ALEV_1618": shown(decimal(found.points[rows], 2), level),
        "TALLPUP_ACAD_1618": marked(whole(level), level == 0, "NE"),
        "TALLPPE_ACAD_1618": shown(decimal(found.points[rows], 2), level),
        "TALLPUP_AGEN": marked(whole(applied), applied == 0, "NE"),
        "TALLPPE_AGEN": shown(decimal(found.applied_points[rows], 2), applied),
        "T_InScope_ALEV_Ret": marked(whole(level), level == 0, "NE"),
        "PT_Retained_ALEV_Ret": shown(percent(found.retained[rows], level, 1), level),
    }


def _value_added(found: SixthForm, rows: np.ndarray) -> Columns:
    level = found.a_level[rows]
    middle, half = found.value[rows], 1.96 * 0.75 / np.sqrt(np.maximum(level, 1))
    parts = {"VA_INS_ALEV": middle, "LCI_INS_ALEV": middle - half, "UCI_INS_ALEV": middle + half}
    table = {"ENTRIES_ALEV": marked(whole(np.round(2.7 * level)), level == 0, "NE")}
    for name, values in parts.items():
        table[name] = marked(marked(decimal(values, 2), level <= _FEW, "LOWCOV"), level == 0, "NE")
    return table
