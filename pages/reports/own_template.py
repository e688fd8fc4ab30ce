"""The blank table for a partnership's own figures, as XLSX and CSV bytes, with its schools filled in where given.

Ready rows for what is nowhere published by school (phonics, early years, own assessment, this year's budget, rolls) and
for this summer's own results. The same bytes every time; no clock: the caller says which year has just ended.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.catalogue import MEASURES
from data.catalogue.years import following, shown, starting
from pages.reports.tables import csv_bytes, printed, timeless

SHEET, HOW = "Figures", "How to fill this in"
COLUMNS = ("URN", "School", "Measure", "Definition", "Unit", "Period", "Value", "Denominator", "Supplied by")
WIDTHS = (10, 34, 52, 60, 12, 10, 12, 13, 20)
AS_TEXT = ("Period", "Value", "Denominator")  # else a spreadsheet turns 45% into 0.45 and 2011/12 into a date
UNIT_WORDS = {"pct": "percentage", "score": "score", "gbp": "pounds", "count": "number"}
PRIMARY, SECONDARY = ("primary", "all_through"), ("secondary", "all_through")
RESULTS = (
    "ks2_reading_expected_pct", "ks2_writing_expected_pct", "ks2_mathematics_expected_pct", "ks2_grammar_expected_pct",
    "ks2_rwm_expected_pct", "ks2_rwm_higher_pct", "ks4_english_mathematics_5_pct", "ks4_english_mathematics_4_pct",
    "ks4_attainment8", "ks4_ebacc_aps",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TemplateSchool:
    """A school whose rows are made ready. `phase` None, or one without rows of its own: every row."""

    urn: int
    name: str
    phase: str | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """A row made ready. `phases`: the schools it is for, () for all; `ended`: of the year that has ended, else of now."""

    measure: str
    definition: str
    unit: str
    phases: tuple[str, ...] = ()
    ended: bool = True


_LEVEL = (
    "Share of pupils assessed as at or above the level expected for their age. Say which years, which test, and when"
)
_BUDGET = "of the present budget year, as last agreed by those responsible"
OWN: tuple[Ready, ...] = (
    Ready("Early years: good level of development", "Share of reception children at the expected level in the prime areas, literacy and mathematics", "percentage", PRIMARY),
    Ready("Phonics: expected standard in year 1", "Share of year 1 pupils who met the expected standard of the phonics screening check", "percentage", PRIMARY),
    Ready("Phonics: expected standard by the end of year 2", "Share of pupils who met the phonics screening check's expected standard by the end of year 2", "percentage", PRIMARY),
    Ready("Own assessment: reading", _LEVEL, "percentage", PRIMARY),
    Ready("Own assessment: writing", _LEVEL, "percentage", PRIMARY),
    Ready("Own assessment: English", _LEVEL, "percentage", SECONDARY),
    Ready("Own assessment: mathematics", _LEVEL, "percentage"),
    Ready("Budget: income", f"Total revenue income {_BUDGET}", "pounds", ended=False),
    Ready("Budget: expenditure", f"Total revenue expenditure {_BUDGET}", "pounds", ended=False),
    Ready("Budget: balance forecast", f"Revenue balance expected at the end {_BUDGET}; less than nothing with a minus", "pounds", ended=False),
)  # fmt: skip
YEAR_GROUPS = (("reception", PRIMARY), *((f"year {year}", PRIMARY if year < 7 else SECONDARY) for year in range(1, 14)))
HOW_LINES: tuple[tuple[str, str], ...] = (
    ("What this is for", "Figures that your partnership has and nobody publishes by school, and this summer's own results before they are published."),
    ("Who sees them", "Only who opens your own Alongside. They are drawn as supplied by you, and are in no score, no comparison and no published figure."),
    ("How", f"Fill in the sheet {SHEET}, leave what you do not have blank, and add the file on the page Data. Rows left blank change nothing."),
    ("Again", "A newer file overrides the figures that it names and erases no other. To withdraw a figure, write n/s as its value."),
    ("URN", "The school's six-digit number."),
    ("School", "For you to read; it is not kept from here."),
    ("Measure", "A published measure by its name or key, or a name of your own."),
    ("Definition", "What exactly was counted. Needed for a measure of your own; change the ready words so that they are true."),
    ("Unit", "percentage, number, score or pounds."),
    ("Period", "The school year, or the budget year, written 2025/26."),
    ("Value", "A number, such as 62 for 62%. Or a mark: SUPP withheld, NA not available, n/s not supplied. Blank: no figure."),
    ("Denominator", "The number of pupils the figure is of. Needed for a percentage. Fewer than 6 are not kept, nor shares shown that count or leave so few."),
    ("Supplied by", "The role or the team, never a person's name."),
    ("Please no names", "No pupil's or colleague's name belongs in this file."),
)  # fmt: skip


def ended_year(today: date) -> int:
    """The school year whose results are known on that day, from July the one that is ending: 21 November 2026 -> 202526."""
    return starting(today.year - (1 if today.month >= 7 else 2))


def template_rows(schools: Sequence[TemplateSchool] = (), *, ended: int) -> pd.DataFrame:
    """The ready rows, school by school; without schools every row once, for the user to copy.

    `ended` is the school year that has ended (202526); budget and rolls are of the one after it.
    """
    whose: Iterable[TemplateSchool | None] = schools or (None,)
    rows = [_row(school, ready, ended) for school in whose for ready in _ready(school)]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def template_csv(schools: Sequence[TemplateSchool] = (), *, ended: int) -> bytes:
    """The table as CSV; see `template_rows`."""
    return csv_bytes(template_rows(schools, ended=ended))


def template_xlsx(schools: Sequence[TemplateSchool] = (), *, ended: int) -> bytes:
    """A workbook of two sheets: the table, with value cells that keep what is typed, and how to fill it in."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    page = book.active
    page.title, page.freeze_panes = SHEET, "A2"
    page.append(list(COLUMNS))
    for row in printed(template_rows(schools, ended=ended)).itertuples(index=False):
        page.append([int(row[0]) if row[0] else None, *(cell or None for cell in row[1:])])
    for at, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True), start=1):
        page.column_dimensions[get_column_letter(at)].width = width
        page.cell(1, at).font = Font(bold=True)
        for line in range(2, page.max_row + 1) if name in AS_TEXT else ():
            page.cell(line, at).number_format = "@"
    second = book.create_sheet(HOW)
    second.column_dimensions["A"].width, second.column_dimensions["B"].width = 20, 110
    for name, words in HOW_LINES:
        second.append([name, words])
        second.cell(second.max_row, 1).font = Font(bold=True)
        second.cell(second.max_row, 2).alignment = Alignment(wrap_text=True, vertical="top")
    made = io.BytesIO()
    book.save(made)
    return timeless(made.getvalue())


def _ready(school: TemplateSchool | None) -> list[Ready]:
    results = [
        Ready(one.label, one.definition, UNIT_WORDS[one.unit], PRIMARY if one.phase == "primary" else SECONDARY)
        for one in (MEASURES[key] for key in RESULTS)
    ]
    rolls = [
        Ready(f"Pupils on roll: {group}", f"Pupils on roll in {group}, at the autumn count", "number", phases, False)
        for group, phases in YEAR_GROUPS
    ]
    every = [*results, *OWN, *rolls]
    phase = school.phase if school else None
    mine = [ready for ready in every if not ready.phases or phase in ready.phases]
    return mine if any(ready.phases for ready in mine) else every


def _row(school: TemplateSchool | None, ready: Ready, ended: int) -> tuple[str, ...]:
    period = shown(ended if ready.ended else following(ended))
    urn, name = (str(school.urn), school.name) if school else ("", "")
    return urn, name, ready.measure, ready.definition, ready.unit, period, "", "", ""
