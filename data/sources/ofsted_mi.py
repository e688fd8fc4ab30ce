"""Ofsted management information, state-funded schools, latest inspections: the 74-column layout (2019 to 2025).

9 (not applicable), 0 (not judged), `Not judged` and `NULL` are no grade. An ungraded inspection never replaces one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from data.formats import listing, naming
from data.formats.extract import Extract, Peek, RawFile, Source
from data.formats.keys import school_rows, without_repeats
from data.formats.rejects import Rejects
from data.formats.text import TextTable, csv_table
from data.formats.values import DAY_FIRST_SLASH, mapped, whole, words

ERA_STARTS = (date(2024, 9, 2), date(2025, 11, 10))  # E2: no overall grade; E3: report cards
NO_GRADE = ("", "NULL", "9", "0", "Not judged", "Not applicable")
YES_NO: Mapping[str, bool] = {"yes": False, "no": True}  # does it relate to the present URN? -> as predecessor
GRADES = ("overall", "quality_of_education", "behaviour_and_attitudes", "personal_development",
          "leadership_and_management", "early_years", "sixth_form")  # fmt: skip
DETAILS = ("number", "type_name", "published", "relates", "at_urn", "safeguarding", "category_of_concern", "outcome")
GRADED: Mapping[str, str] = {
    "start_date": "Inspection start date", "number": "Inspection number of latest graded inspection",
    "type_name": "Inspection type", "published": "Publication date",
    "relates": "Does the latest graded inspection relate to the URN of the current school?",
    "at_urn": "URN at time of latest graded inspection", "overall": "Overall effectiveness",
    "quality_of_education": "Quality of education", "behaviour_and_attitudes": "Behaviour and attitudes",
    "personal_development": "Personal development",
    "leadership_and_management": "Effectiveness of leadership and management",
    "early_years": "Early years provision (where applicable)", "sixth_form": "Sixth form provision (where applicable)",
    "safeguarding": "Safeguarding is effective?", "category_of_concern": "Category of concern",
}  # fmt: skip
PREVIOUS: Mapping[str, str] = {
    "start_date": "Previous inspection start date", "number": "Previous graded inspection number",
    "published": "Previous publication date",
    "relates": "Does the previous graded inspection relate to the URN of the current school?",
    "at_urn": "URN at time of previous graded inspection", "overall": "Previous graded inspection overall effectiveness",
    "quality_of_education": "Previous quality of education",
    "behaviour_and_attitudes": "Previous behaviour and attitudes",
    "personal_development": "Previous personal development",
    "leadership_and_management": "Previous effectiveness of leadership and management",
    "early_years": "Previous early years provision (where applicable)",
    "sixth_form": "Previous sixth form provision (where applicable)",
    "safeguarding": "Previous safeguarding is effective?", "category_of_concern": "Previous category of concern",
}  # fmt: skip
UNGRADED: Mapping[str, str] = {
    "start_date": "Date of latest ungraded inspection",
    "number": "Latest ungraded inspection number since last graded inspection",
    "published": "Ungraded inspection publication date",
    "relates": "Does the ungraded inspection relate to the URN of the current school?",
    "at_urn": "URN at time of the ungraded inspection", "outcome": "Ungraded inspection overall outcome",
}  # fmt: skip
EVENTS: Mapping[str, Mapping[str, str]] = {"graded": GRADED, "previous_graded": PREVIOUS, "ungraded": UNGRADED}
REQUIRED = ("URN", GRADED["start_date"], GRADED["overall"], PREVIOUS["start_date"], UNGRADED["start_date"])


def recognise(peek: Peek) -> bool:
    """The overall grade beside previous and ungraded inspections; the 85-column layout has other names for all three."""
    return peek.kind == "csv" and peek.header(*REQUIRED, GRADED["relates"]) is not None


def read(file: RawFile) -> Extract:
    """`inspection`: one row per school and event that has a start date (graded, previous_graded, ungraded).

    `overall` and the parts are 1-4 or NA; `as_predecessor` is true where the file says the inspection was of an earlier
    URN; `era` is by start date.
    """
    names = {name for event in EVENTS.values() for name in event.values()}
    table = csv_table(file, REQUIRED, sorted(names))
    rejects = Rejects()
    urn = without_repeats(school_rows(table, rejects), table.frame, rejects)
    parts = [_event(table, urn, event, rejects) for event in EVENTS]
    frame = pd.concat(parts).sort_values(["row", "event"], kind="stable", ignore_index=True)
    as_at = naming.as_at(file)
    notes = list(table.notes)
    if as_at is None and len(frame):
        latest = frame[["start_date", "published"]].max().max()
        as_at = latest.date()
        notes.append(f"no date in the name: taken as of the latest inspection or report in the file ({as_at})")
    without = len(urn) - frame["urn"].nunique()
    if without:
        notes.append(f"{without} schools have no inspection in the file")
    return Extract(
        source="ofsted_mi", release="final", scope="england", time_period=None, as_at=as_at,
        tables={"inspection": frame}, rejects=rejects.frame(), notes=tuple(notes), rows_read=table.rows_read,
        rows_kept=len(urn),
    )  # fmt: skip


def _event(table: TextTable, urn: pd.Series, event: str, rejects: Rejects) -> pd.DataFrame:
    columns = EVENTS[event]
    start = listing.day(table, columns["start_date"], DAY_FIRST_SLASH, urn.index, rejects)
    there = start.index[start.notna()]
    if event != "ungraded":
        grade = table.column(columns["overall"]).loc[urn.index]
        dateless = start.isna() & ~grade.str.strip().isin(NO_GRADE)
        rejects.cells(grade[dateless], urn.astype("str"), columns["overall"], "a grade without an inspection date")
    frame = pd.DataFrame({"urn": urn.loc[there], "event": pd.Series(event, index=there, dtype="str")})
    cell = {name: table.column(columns[name]).loc[there] if name in columns else None for name in (*DETAILS, *GRADES)}
    blank = pd.Series(pd.NA, index=there)

    def text(name: str) -> pd.Series:
        found = cell[name]
        return blank.astype("str") if found is None else words(found, missing=("", "NULL", "9"))

    frame["number"], frame["type_name"] = text("number"), text("type_name")
    frame["start_date"] = start.loc[there]
    frame["published"] = blank.astype("datetime64[s]")
    if columns["published"].casefold() in table.names:
        frame["published"] = listing.day(table, columns["published"], DAY_FIRST_SLASH, there, rejects)
    frame["era"] = era(frame["start_date"])
    at_urn, _ = whole(text("at_urn").fillna(""), digits=6)  # no earlier URN given: unknown
    frame["at_urn"] = at_urn
    frame["as_predecessor"] = mapped(text("relates").fillna(""), YES_NO).astype("boolean")
    for name in GRADES:
        part = cell[name]
        frame[name] = blank.astype("Int64") if part is None else _grade(part, urn, columns[name], rejects)
    for name in ("safeguarding", "category_of_concern", "outcome"):
        frame[name] = text(name)
    frame["row"] = there.to_numpy(dtype="int64")
    return frame


def era(start: pd.Series) -> pd.Series:
    """E1 before 2 September 2024, E2 to 9 November 2025, E3 since: by the day the inspection began."""
    edges = [np.datetime64(day, "s") for day in ERA_STARTS]
    place = np.searchsorted(np.array(edges), start.to_numpy(dtype="datetime64[s]"), side="right")
    return pd.Series(np.array(["E1", "E2", "E3"])[place], index=start.index, dtype="str")


def _grade(text: pd.Series, urn: pd.Series, column: str, rejects: Rejects) -> pd.Series:
    found, bad = whole(text, missing=NO_GRADE)
    bad |= found.notna() & ~found.isin([1, 2, 3, 4])
    rejects.cells(text[bad], urn.astype("str"), column, "not a grade from 1 to 4")
    return found.mask(bad)


SOURCE = Source(
    "ofsted_mi", "Ofsted management information: latest inspections", "Ofsted",
    "https://www.gov.uk/government/statistical-data-sets/monthly-management-information-ofsteds-school-inspections-outcomes",
    "columns URN, Inspection start date, Overall effectiveness, Date of latest ungraded inspection (74 columns)",
    recognise, read,
)  # fmt: skip
