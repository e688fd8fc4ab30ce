"""Ofsted's management information read by layout: inspections of schools, one row per school and event.

A grade is 1-4 ("Satisfactory", to 2012, is 3); 9 (not applicable), 0 and `Not judged` are none. A report card keeps its
words and is never turned into a grade. Of several inspections of one school the latest is used.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from data.formats.extract import RawFile, Rows, normalised
from data.formats.inspection_layouts import AREAS, GRADES, LAYOUTS, Block, Layout
from data.formats.rejects import Rejects
from data.formats.text import HEADER_ROWS, TextTable
from data.formats.values import DAY_FIRST_SLASH, NO_DATE, YEAR_FIRST, dates, mapped, whole, words

ERA_STARTS = (date(2024, 9, 2), date(2025, 11, 10))  # E2: no overall grade; E3: report cards
NO_GRADE = ("", "null", "9", "0", "not judged", "not applicable")
GRADE_WORDS: Mapping[str, int] = {
    "outstanding": 1, "good": 2, "requires improvement": 3, "satisfactory": 3, "inadequate": 4,
}  # fmt: skip
CARD_WORDS: Mapping[str, object] = {
    word.casefold(): word
    for word in ("Exceptional", "Strong standard", "Expected standard", "Needs attention", "Urgent improvement")
}
SAFEGUARDING: Mapping[str, object] = {"met": "Met", "not met": "Not met", "yes": "Yes", "no": "No"}
CONCERNS: Mapping[str, object] = {
    "sm": "SM", "swk": "SWK", "rsi": "RSI", "special measures": "SM", "serious weaknesses": "SWK",
    "requires significant improvement": "RSI",
}  # fmt: skip
NOTHING = ("", "NULL", "9", "0", "Not applicable", "None")
YES_NO: Mapping[str, object] = {"yes": False, "no": True}  # does it relate to the present URN? -> as predecessor
CONFIRMS = ("school remains", "standards maintained", "improved significantly", "some aspects not as strong")
_DAY = re.compile(r"(?<![\d])(\d{1,2})[ _]+([A-Za-z]{3,9})[ _]+((?:20)?\d\d)(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def layout_of(sheets: Mapping[str, Rows]) -> tuple[Layout, tuple[str, ...], str] | None:
    """The layout whose marks stand in one of the first five rows beside URN, the marks there, and the text above."""
    for layout in LAYOUTS:
        for rows in sheets.values():
            for at, row in enumerate(rows[:HEADER_ROWS]):
                there = {normalised(cell) for cell in row}
                marks = [next((name for name in names if normalised(name) in there), None) for names in layout.marks]
                found = tuple(mark for mark in marks if mark is not None)
                if "urn" in there and len(found) == len(marks):
                    return layout, found, " ".join(cell for line in rows[:at] for cell in line if cell)
    return None


def latest_day(text: str) -> date | None:
    """The latest day written as 31 Aug 2018 or 1_September_2015 in a name or title; None where there is none."""
    found = []
    for day, month, year in _DAY.findall(text):
        try:
            found.append(date(2000 + int(year) % 100, _MONTHS.index(month[:3].casefold()) + 1, int(day)))
        except ValueError:
            continue
    return max(found, default=None)


def as_at(file: RawFile, title: str) -> date | None:
    """The day that the name or the title above the header says, the latest where it says a span."""
    return latest_day(file.name) or latest_day(title)


def era(start: pd.Series) -> pd.Series:
    """E1 before 2 September 2024, E2 to 9 November 2025, E3 since: by the day the inspection began."""
    edges = [np.datetime64(day, "s") for day in ERA_STARTS]
    place = np.searchsorted(np.array(edges), start.to_numpy(dtype="datetime64[s]"), side="right")
    return pd.Series(np.array(["E1", "E2", "E3"])[place], index=start.index, dtype="str")


def inspections(table: TextTable, urn: pd.Series, block: Block, rejects: Rejects) -> pd.DataFrame:
    """The block's inspections with a start date as `inspection` rows, indexed and numbered by the file's rows.

    `as_predecessor` is true where the file says so, or names another URN of the time; NA where it says neither.
    """
    reader = _Cells(table, urn, block, rejects)
    start = reader.day("start_date", urn.index)
    there = start.index[start.notna()]
    reader.dateless(start)
    frame = pd.DataFrame({"urn": urn.loc[there], "event": pd.Series(block.event, index=there, dtype="str")})
    frame["number"], frame["type_name"] = reader.text("number", there), reader.text("type_name", there)
    frame["start_date"] = start.loc[there]
    frame["published"] = reader.day("published", there)
    card = block.event == "report_card"
    frame["era"] = pd.Series("E3", index=there, dtype="str") if card else era(frame["start_date"])
    frame["at_urn"], _ = whole(reader.cells("at_urn", there), digits=6)  # no earlier URN given: unknown
    relates = mapped(reader.cells("relates", there), YES_NO).astype("boolean")
    other = frame["at_urn"].ne(frame["urn"]).astype("boolean").mask(frame["at_urn"].isna())
    frame["as_predecessor"] = relates.where(relates.notna(), other)
    for name in GRADES:
        frame[name] = reader.grade(name, there)
    frame["safeguarding"] = reader.known("safeguarding", there, SAFEGUARDING, "neither yes, no, met nor not met")
    frame["category_of_concern"] = reader.known("category_of_concern", there, CONCERNS, "not a category of concern")
    frame["outcome"] = reader.text("outcome", there)
    if card:
        for area in AREAS:
            frame[area] = reader.known(area, there, CARD_WORDS, "not one of the five words of a report card")
        frame["judged_on"] = reader.judged_on(frame)
    frame["row"] = there.to_numpy(dtype="int64")
    if reader.column("converted"):  # a short inspection that became a full one is the graded inspection beside it
        return frame[mapped(reader.cells("converted", there), YES_NO).ne(False).to_numpy()]
    return frame


class _Cells:
    """The cells of one block: each field under the first of its names that the file has, blank where it has none."""

    def __init__(self, table: TextTable, urn: pd.Series, block: Block, rejects: Rejects) -> None:
        self._table, self._urn, self._block, self._rejects = table, urn.astype("str"), block, rejects

    def column(self, field: str) -> str | None:
        names = self._block.columns.get(field, ())
        return next((name for name in names if normalised(name) in self._table.names), None)

    def cells(self, field: str, at: pd.Index) -> pd.Series:
        column = self.column(field)
        return pd.Series("", index=at, dtype="str") if column is None else self._table.column(column).loc[at]

    def text(self, field: str, at: pd.Index) -> pd.Series:
        return words(self.cells(field, at), missing=("", "NULL", "9"))

    def day(self, field: str, at: pd.Index) -> pd.Series:
        """Dates dd/mm/yyyy, or as a workbook holds them; others are rejected and missing."""
        text = self.cells(field, at)
        sheet, _ = dates(text, YEAR_FIRST, missing=NO_DATE)
        found, bad = dates(text.mask(sheet.notna(), ""), DAY_FIRST_SLASH, missing=NO_DATE)
        self._refuse(text[bad], field, "not a date written dd/mm/yyyy")
        return found.where(sheet.isna(), sheet)

    def grade(self, field: str, at: pd.Index) -> pd.Series:
        """1-4 or NA; anything else but a sign for no grade is rejected."""
        text = self.cells(field, at)
        plain = text.str.strip().str.casefold()
        named = mapped(plain, GRADE_WORDS).astype("Int64")
        found, bad = whole(plain.mask(named.notna(), ""), missing=NO_GRADE)
        bad |= found.notna() & ~found.isin([1, 2, 3, 4])
        self._refuse(text[bad], field, "not a grade from 1 to 4")
        return found.mask(bad).where(named.isna(), named)

    def known(self, field: str, at: pd.Index, table: Mapping[str, object], reason: str) -> pd.Series:
        """The publisher's word; NA where none is given; an unknown one is rejected."""
        text = self.cells(field, at)
        found = mapped(text, table)
        bad = found.isna() & ~text.str.strip().isin(NOTHING)
        self._refuse(text[bad], field, reason)
        return found.astype("str")

    def judged_on(self, cards: pd.DataFrame) -> pd.Series:
        """JSON area -> ISO date, of the areas judged on another day than the inspection began; NA where there is none."""
        other: dict[object, dict[str, str]] = {}
        for area in ("safeguarding", *AREAS):
            day = self.day(f"{area} on", cards.index)
            apart = day.notna() & day.ne(cards["start_date"]) & cards[area].notna()
            for row, value in day[apart].dt.strftime("%Y-%m-%d").items():
                other.setdefault(row, {})[area] = value
        return pd.Series({row: json.dumps(found) for row, found in other.items()}, dtype="str").reindex(cards.index)

    def dateless(self, start: pd.Series) -> None:
        """A judgement without a date is rejected: nobody can say when it held."""
        field = "leadership_and_governance" if self._block.event == "report_card" else "overall"
        if self._block.event != "ungraded":
            judged = self.cells(field, start.index)
            self._refuse(
                judged[start.isna() & ~judged.str.strip().str.casefold().isin(NO_GRADE)], field,
                "a grade without an inspection date",
            )  # fmt: skip

    def _refuse(self, cells: pd.Series, field: str, reason: str) -> None:
        column = self.column(field)
        if column is not None:
            self._rejects.cells(cells, self._urn, self._table.raw(column), reason)


def latest_of_each(parts: Mapping[str, pd.DataFrame]) -> tuple[pd.DataFrame, dict[str, int]]:
    """Of all inspections the latest of each school by event, and how many rows were passed over and why.

    A visit with neither a grade nor the outcome of an ungraded inspection (monitoring) is none of these. The inspection
    before the latest graded one is the file's own previous block, else the next earlier of its rows.
    """
    if "report_card" in parts:
        cards = parts["report_card"]
        carded = cards[cards[list(AREAS)].notna().any(axis=1)]
        return _last(carded), {"visits without a judgement": len(cards) - len(carded), **_earlier(carded)}
    every = parts["graded"].assign(at_urn=parts["graded"]["urn"].astype("Int64"), as_predecessor=False)
    graded = every[every[list(GRADES)].notna().any(axis=1)]
    graded = graded.assign(outcome=pd.Series(pd.NA, index=graded.index, dtype="str"))
    last = _last(graded)
    told = parts["previous_graded"]
    before = _last(graded.drop(index=last.index)).assign(event="previous_graded")
    before = pd.concat([told[told.index.isin(last.index)], before]).drop_duplicates("urn")
    confirming = every["outcome"].str.casefold().str.startswith(CONFIRMS).fillna(False).astype(bool)
    visits = every.drop(index=graded.index)
    ungraded = _last(visits[confirming.loc[visits.index]]).assign(event="ungraded")
    since = last.set_index("urn")["start_date"].reindex(ungraded["urn"]).to_numpy(dtype="datetime64[s]")
    ungraded = ungraded[~(ungraded["start_date"].to_numpy(dtype="datetime64[s]") <= since)]
    frame = pd.concat([last, before[before["urn"].isin(last["urn"])], ungraded])
    used = frame["row"].nunique()
    unused = {"visits without a grade or an outcome": int((~confirming.loc[visits.index]).sum())}
    unused["earlier inspections of the same school"] = len(every) - used - sum(unused.values())
    return frame, unused


def _last(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(["start_date", "row"], kind="stable").drop_duplicates("urn", keep="last")


def _earlier(frame: pd.DataFrame) -> dict[str, int]:
    return {"earlier inspections of the same school": len(frame) - frame["urn"].nunique()}
