"""Consistent financial reporting workbook (maintained schools, financial year April to March, pounds).

Takes each total by its codes, in both published styles, and each line of spending by its own (E01 to E32). Refuses to read a part-year return as a year, zeros as money,
or a federation's lead return as its members'.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from data.catalogue.errors import SourceFormatError
from data.catalogue.measures import Published, published_in
from data.formats import naming
from data.formats.extract import Expected, Extract, Peek, RawFile, Source, normalised
from data.formats.finance import MONTHS, months, said, totals
from data.formats.keys import school_rows, without_repeats
from data.formats.performance import Told, filled
from data.formats.rejects import Rejects
from data.formats.tables import fitted_table
from data.formats.text import TextTable
from data.formats.values import numbers

# Letters and digits only. The new style has further totals under the same first words: only these codes are meant.
TOTALS: Mapping[str, str] = {
    "totalincomei01i18e30": "Total Income", "totalincomei01toi18": "Total Income",
    "totalexpendituree01e29e31e32": "Total Expenditure", "totalexpendituree01toe32": "Total Expenditure",
    "inyearbalancetotalincomei01i18e30totalexpendituree01e29e31e32": "In-year Balance",
    "inyearbalancetotalincomei01toi18minustotalexpendituree01toe32": "In-year Balance",
    "revenuereserveb01b02b06": "Revenue Reserve", "revenuereserveb01plusb02plusb06": "Revenue Reserve",
    "stafftotale01e03e05e07e11e26": "Staff Total", "stafftotal": "Staff Total",
}  # fmt: skip
NEEDED = ("Total Income", "Total Expenditure", "In-year Balance")
PERIOD = "Period covered by return (months)"
PUPILS = "No Pupils"
OTHERS = ("URN", "LA", "LAEstab", PERIOD, "Did Not Supply flag", "Lead school in federation", PUPILS)
LINE = re.compile(r"(E\d\d[ab]?)\s", re.IGNORECASE)  # "E28a  Bought in professional services - other (except PFI)"
OTHER_NAMES = frozenset(normalised(name) for name in OTHERS)
ALSO: Mapping[str, str] = {"period covered by return": normalised(PERIOD)}  # 2024-25


def wanted(header: str) -> str | None:
    """The name to read a published header under; None where it is not wanted."""
    name = ALSO.get(normalised(header), normalised(header))
    if name in OTHER_NAMES:
        return name
    if line := LINE.match(header.strip()):
        return normalised(line[1])
    total = TOTALS.get(re.sub(r"[^a-z0-9]", "", header.casefold()))
    return None if total is None else normalised(total)


def fits(header: Sequence[str]) -> bool:
    """Whether a row of cells is the header: URN and the totals of income, expenditure and balance."""
    return {"urn", *map(normalised, NEEDED)} <= {wanted(cell) for cell in header}


def recognise(peek: Peek) -> bool:
    """A sheet, or a CSV, whose header has URN and the totals with their codes."""
    return any(fits(row) for rows in peek.sheets.values() for row in rows)


def read(file: RawFile) -> Extract:
    """`measurement` of the five totals, pounds. A return not supplied, or with neither income nor spending, has no
    value and the status not_submitted. SourceFormatError: no such sheet, or no year in name, folder or title."""
    table, above = fitted_table(file, "URN", fits, wanted)
    if not table.rows_read:
        raise SourceFormatError(
            "the header is there, but no return under it.", where=file.name, remedy="Use the file as it was published."
        )
    period = naming.time_period(file, above)
    told = Told(Rejects(), list(table.notes))
    urn = without_repeats(school_rows(table, told.rejects), table.frame, told.rejects)
    urn = _full_year(table, _own_returns(table, urn, told), told.rejects)
    zero = [numbers(table.column(name).loc[urn.index], unit="gbp").value == 0 for name in NEEDED[:2]]
    empty = zero[0] & zero[1]
    if empty.any():
        told.notes.append(f"{int(empty.sum())} returns have neither income nor spending: read as not supplied")
    absent = said(table.column("Did Not Supply flag").loc[urn.index]) | empty
    frame = totals(table, urn, _published(table, urn, told), told, absent=absent)
    return Extract(
        source="cfr", release="final", scope=naming.scope(file, table.column("LA").loc[urn.index]), time_period=period,
        as_at=None, tables={"measurement": frame}, rejects=told.rejects.frame(), notes=tuple(told.notes),
        rows_read=table.rows_read, rows_kept=len(urn),
    )  # fmt: skip


def _published(table: TextTable, urn: pd.Series, told: Told) -> list[Published]:
    """The totals, and those lines of spending that this workbook fills: copies without them are usual."""
    every = published_in("cfr")
    lines = [one for one in every if one.measure.role == "kept"]
    there = [one for one in lines if filled(table, one.columns, urn) is not None]
    if len(there) < len(lines):
        told.notes.append(f"lines of spending in this workbook: {len(there)} of {len(lines)}")
    return [one for one in every if one.measure.role != "kept" or one in there]


def _own_returns(table: TextTable, urn: pd.Series, told: Told) -> pd.Series:
    """The schools that return for themselves. A federation reports once, under its lead school (URN or LAESTAB)."""
    text = table.column("Lead school in federation").loc[urn.index].str.strip()
    lead = text.str.replace("/", "")  # LAESTAB is written 9912001 or 991/2001
    own = table.column("LAEstab").loc[urn.index].str.strip().str.replace("/", "")
    named = said(text) & lead.str.fullmatch(r"\d{6,7}").astype(bool)
    leading = named & ((lead == urn.astype("str")) | (lead == own))
    member = named & ~leading
    told.rejects.rows(
        urn[member].astype("str"), "member of a federation: its money is in the return of the lead school " + text
    )
    if leading.any():
        told.notes.append(f"{int(leading.sum())} returns are of a whole federation, under its lead school")
    return urn[~member]


def _full_year(table: TextTable, urn: pd.Series, rejects: Rejects) -> pd.Series:
    """Without returns of fewer than twelve months; a blank period is not known to be short and is kept."""
    text = table.column(PERIOD).loc[urn.index]
    period = months(text)
    part = period.value < MONTHS
    unreadable = ~period.kept()
    rejects.rows(urn[part].astype("str"), "part-year return: " + text.str.strip() + " of 12 months")
    rejects.rows(urn[unreadable].astype("str"), "the months of the return cannot be read: " + text)
    return urn[~part & ~unreadable]


SOURCE = Source(
    "cfr", "Consistent financial reporting (maintained schools)", "Department for Education",
    "https://financial-benchmarking-and-insights-tool.education.gov.uk/data-sources",
    "workbook (or CSV) with a header row: URN, Total Income (I01 to I18), Total Expenditure (E01 to E32), In-year Balance",
    recognise, read, Expected(left_out=0.15, refused=0.005, withheld=0.01, matched=0.8, change=0.3),
    "each winter, for the financial year that ended in March",
)  # fmt: skip
