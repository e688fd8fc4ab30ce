"""Inspections: Ofsted's management information in the 74-column layout of March 2025.

Grades follow the era: to August 2024 an overall grade, after it `Not judged` with sub-judgements. Report cards came
later than this file (`write_cards`). 9 is not applicable and 0 not judged: neither is a grade.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np

from data.sample.groups import Groups
from data.sample.kinds import KINDS
from data.sample.periods import OFSTED_DATE
from data.sample.region import Region
from data.sample.schools import TYPES, SampleSchool
from data.sample.tables import Columns, layout, write
from data.sample.write_ks2 import postcode

FILE_NAME = f"Management_information_-_state-funded_schools_-_latest_inspections_as_at_{OFSTED_DATE}.csv"
_PHASES = {"special": "Special", "nursery": "Nursery", "pru": "Alternative provision"}
_OFSTED_REGION = "Aldermarch, Coast and Marches"  # one value with a comma in it, as the publisher's has
_UNGRADED = (
    "School remains Good",
    "Standards maintained",
    "School remains Good (Concerns) - S5 Next",
    "School remains Good (Improving) - S5 Next",
    "Some aspects not as strong",
    "Improved significantly",
)
_LAST = dt.date(2025, 7, 4)


@dataclass(frozen=True, slots=True)
class Graded:
    """One graded inspection: `overall` 1-4, or None in the era without."""

    date: dt.date
    overall: int | None
    parts: tuple[int, int, int, int]
    as_predecessor: bool = False
    concern: str = ""


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# What SAMPLE.md says of single schools: latest and previous graded inspection.
_PLANTED: Mapping[str, tuple[Graded, Graded | None]] = MappingProxyType(
    {
        "farrowby": (Graded(_day("2022-05-17"), 2, (2, 2, 2, 2)), Graded(_day("2016-03-08"), 3, (3, 2, 2, 3), True)),
        "winterfold": (Graded(_day("2013-06-12"), 1, (0, 1, 1, 1), True), None),
        "thornwell": (Graded(_day("2019-02-05"), 2, (0, 2, 2, 2)), None),
        "millbrace": (Graded(_day("2023-11-14"), 2, (2, 1, 2, 2)), None),
    }
)
# Of the Chilver Vale schools in order: eleven old grades, seven of four judgements, two not since joining, and five
# that a report card will follow (one after requires improvement).
_CHILVER = (
    "new",
    "old",
    "old",
    "new",
    "old",
    "new",
    "old",
    "joined",
    "",
    "new",
    "old",
    "old",
    "joined",
    "old",
    "new",
    "card",
    "old",
    "old",
    "new",
    "card",
    "old",
    "card",
    "card3",
    "new",
    "card",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the inspectorate had said of one school by August 2025; `cells` name the school, `ungraded` a visit since."""

    school: SampleSchool
    word: str  # of the planted schools: how they were inspected
    latest: Graded | None
    previous: Graded | None
    cells: dict[str, str]
    ungraded: dict[str, str]


def inspections(region: Region, groups: Groups) -> list[Seen]:
    """Every state-funded school with its inspections, by URN."""
    rng = np.random.default_rng([region.seed, 71])
    chilver = {s.urn: word for s, word in zip(region.schools, _CHILVER, strict=False) if s.planted}
    found = []
    for row, school in enumerate(region.schools):
        if school.kind in ("independent", "sixteen"):
            continue
        word = chilver.get(school.urn, "")
        latest, previous = _inspections(school, word, rng)
        cells = _school(region, groups, school, int(region.roll[row, -2]))
        found.append(Seen(school, word, latest, previous, cells, _ungraded(school, latest, rng)))
    return found


def write_inspections(folder: Path, seen: Sequence[Seen]) -> int:
    """One row for each state-funded school, and a few empty rows at the end. Returns the rows."""
    table: Columns = {name: [] for name in layout("ofsted_74")}
    for one in seen:
        cells = one.cells | latest_cells(one.school, one.latest) | _previous(one.school, one.previous) | one.ungraded
        for name, column in table.items():
            column.append(cells.get(name, "NULL"))
    for column in table.values():
        column.extend([""] * 3)
    return write(folder / FILE_NAME, layout("ofsted_74"), table, encoding="cp1252")


def _inspections(school: SampleSchool, word: str, rng: np.random.Generator) -> tuple[Graded | None, Graded | None]:
    latest, previous = _drawn(school, rng), _drawn(school, rng)
    planted = _PLANTED.get(school.planted.key) if school.planted else None
    if planted:
        return planted
    days = int(rng.integers(0, 300))
    if word == "old":
        return _graded(dt.date(2017, 9, 12) + dt.timedelta(days * 6), int(rng.choice([1, 2, 2, 2])), rng), None
    if word == "new":
        return _graded(dt.date(2024, 9, 17) + dt.timedelta(days * 9 // 10), 2, rng), _graded(
            dt.date(2018, 3, 6), 2, rng
        )
    if word == "joined":
        old = _graded(dt.date(2015, 5, 12) + dt.timedelta(days), 2, rng)
        return Graded(old.date, 2, old.parts, as_predecessor=True), None
    if word.startswith("card"):
        return _graded(dt.date(2021, 10, 5) + dt.timedelta(days * 2), 3 if word == "card3" else 2, rng), None
    if latest and previous and previous.date >= latest.date:
        previous = _graded(latest.date - dt.timedelta(1400 + days), previous.overall or 2, rng)
    return latest, previous


def _drawn(school: SampleSchool, rng: np.random.Generator) -> Graded | None:
    """An ordinary school's inspection; one in thirty has none yet."""
    days, share, none, concern = int(rng.integers(0, 2900)), rng.random(), rng.random(), rng.random()
    grade = 1 if share < 0.17 else 2 if share < 0.88 else 3 if share < 0.975 else 4
    found = _graded(_LAST - dt.timedelta(days), grade, rng)
    since = dt.date(int(school.opened[6:]), int(school.opened[3:5]), 1) if school.opened else dt.date(1900, 1, 1)
    before = found.date < since and (school.old_urn is not None or school.planted is not None)
    if none < 0.033 or (found.date < since and not before):
        return None
    marks = ("SM" if concern < 0.6 else "SWK") if grade == 4 else ""
    return Graded(found.date, found.overall, found.parts, before and school.old_urn is not None, marks)


def school_day(date: dt.date) -> dt.date:
    """No graded inspections from March 2020 to August 2021, none in August, all on a Tuesday."""
    if dt.date(2020, 3, 17) <= date < dt.date(2021, 9, 1):
        date += dt.timedelta(540)
    if date.month == 8:
        date -= dt.timedelta(45)
    return date - dt.timedelta((date.weekday() - 1) % 7)


def _graded(date: dt.date, grade: int, rng: np.random.Generator) -> Graded:
    date = school_day(date)
    steps = rng.choice([-1, 0, 0, 0, 0, 1], size=4)
    four = [int(np.clip(grade + step, 1, 4)) for step in steps]
    if date < dt.date(2019, 9, 1):
        four[0] = 0  # quality of education did not exist: not judged
    return Graded(date, None if date >= dt.date(2024, 9, 1) else grade, (four[0], four[1], four[2], grade))


def _school(region: Region, groups: Groups, school: SampleSchool, roll: int) -> dict[str, str]:
    kind, place = KINDS[school.kind], region.authorities[school.authority]
    trust = groups.trust_of.get(school.urn)
    in_trust = trust is not None and trust.type_code in ("06", "10")
    phase = _PHASES.get(school.kind, "Secondary" if kind.ks4 or school.kind == "middle" else "Primary")
    return {
        "Web link (opens in new window)": f"http://www.ofsted.gov.uk/inspection-reports/find-inspection-report/provider/ELS/{school.urn}",
        "URN": str(school.urn),
        "LAESTAB": f"{place.code}{school.estab}",
        "School name": school.name,
        "Ofsted phase": phase,
        "Type of education": TYPES[school.type_code][0].title(),
        "Admissions policy": "Selective"
        if kind.key == "grammar"
        else "Non-selective"
        if kind.ks4
        else "Not applicable",
        "Sixth form": "Does not have a sixth form",
        "School open date": school.opened.replace("-", "/") or "NULL",
        "Designated religious character": school.religion,
        "Religious ethos": school.religion,
        "Faith grouping": "Christian" if "C" in school.religion else "Non-faith",
        "Ofsted region": _OFSTED_REGION,
        "Region": "Aldermarch",
        "Local authority": place.name,
        "Parliamentary constituency": place.name,
        "Postcode": postcode(school.place),
        "Total number of pupils": str(roll),
        "Multi-academy trust UID": str(trust.uid) if trust and in_trust else "NULL",
        "Multi-academy trust name": trust.name if trust and in_trust else "NULL",
        "The income deprivation affecting children index (IDACI) quintile": str(min(5, 1 + int(school.meals // 10))),
        "Statutory lowest age": str(kind.low),
        "Statutory highest age": str(kind.high),
    }


def shown(date: dt.date) -> str:
    """A day as the publisher writes it."""
    return date.strftime("%d/%m/%Y")


def latest_cells(school: SampleSchool, found: Graded | None) -> dict[str, str]:
    """The block of the latest graded inspection under the names of the file of 74 columns."""
    if found is None:
        return {}
    urn = school.old_urn if found.as_predecessor and school.old_urn else school.urn
    kind = KINDS[school.kind]
    early = str(found.parts[0] or found.overall or 2) if kind.low <= 4 else "9"
    return {
        "Inspection number of latest graded inspection": f"{10000000 + school.urn}",
        "Inspection type": "S5 Inspection",
        "Inspection type grouping": "Schools - S5",
        "Event type grouping": "Schools - S5",
        "Inspection start date": shown(found.date),
        "Publication date": shown(found.date + dt.timedelta(34)),
        "Does the latest graded inspection relate to the URN of the current school?": "No"
        if urn != school.urn
        else "Yes",
        "URN at time of latest graded inspection": str(urn),
        "School name at time of latest graded inspection": school.name,
        "Overall effectiveness": "Not judged" if found.overall is None else str(found.overall),
        "Category of concern": found.concern or ("NULL" if school.urn % 2 else ""),
        "Quality of education": str(found.parts[0]) if found.parts[0] else "NULL",
        "Behaviour and attitudes": str(found.parts[1]),
        "Personal development": str(found.parts[2]),
        "Effectiveness of leadership and management": str(found.parts[3]),
        "Safeguarding is effective?": "No" if found.concern == "SM" else "Yes",
        "Early years provision (where applicable)": "0" if school.urn % 37 == 0 and kind.low <= 4 else early,
        "Sixth form provision (where applicable)": str(found.overall or 2) if kind.high >= 18 else "9",
    }


def _previous(school: SampleSchool, found: Graded | None) -> dict[str, str]:
    if found is None:
        return {}
    urn = school.old_urn if found.as_predecessor and school.old_urn else school.urn
    return {
        "Previous graded inspection number": f"{9000000 + school.urn}",
        "Previous inspection start date": shown(found.date),
        "Previous publication date": shown(found.date + dt.timedelta(34)),
        "Does the previous graded inspection relate to the URN of the current school?": "No"
        if urn != school.urn
        else "Yes",
        "URN at time of previous graded inspection": str(urn),
        "Previous graded inspection overall effectiveness": "Not judged"
        if found.overall is None
        else str(found.overall),
        "Previous quality of education": str(found.parts[0]) if found.parts[0] else "NULL",
        "Previous behaviour and attitudes": str(found.parts[1]),
        "Previous personal development": str(found.parts[2]),
        "Previous effectiveness of leadership and management": str(found.parts[3]),
        "Previous early years provision (where applicable)": "9",
        "Previous sixth form provision (where applicable)": "9",
    }


def _ungraded(school: SampleSchool, found: Graded | None, rng: np.random.Generator) -> dict[str, str]:
    """An ungraded inspection since: only for schools graded 1 or 2 before 2022."""
    share, pick, days = rng.random(), rng.random(), int(rng.integers(1300, 1700))
    if (
        found is None
        or found.overall not in (1, 2)
        or found.date > dt.date(2021, 7, 1)
        or share > 0.8
        or school.planted
    ):
        return {}
    date = min(found.date + dt.timedelta(days), _LAST)
    words = _UNGRADED[int(np.searchsorted([0.62, 0.76, 0.86, 0.92, 0.96], pick))]
    if found.overall == 1:
        words = "School remains Outstanding" if pick < 0.7 else "School remains Outstanding (Concerns) - S5 Next"
    return {
        "Latest ungraded inspection number since last graded inspection": f"{10200000 + school.urn}",
        "Does the ungraded inspection relate to the URN of the current school?": "Yes",
        "URN at time of the ungraded inspection": str(school.urn),
        "Number of ungraded inspections since the last graded inspection": "1",
        "Date of latest ungraded inspection": shown(date),
        "Ungraded inspection publication date": shown(date + dt.timedelta(30)),
        "Did the latest ungraded inspection convert to a graded inspection?": "No",
        "Ungraded inspection overall outcome": words,
    }
