"""Consistent financial reporting workbook (maintained schools, financial year April to March, pounds).

Takes each total by its codes, in both published styles. Refuses to read a part-year return as a year, zeros as money,
or a federation's lead return as its members'.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from data.catalogue.measures import published_in
from data.formats import naming
from data.formats.extract import Extract, Peek, RawFile, Source, normalised
from data.formats.keys import school_rows, without_repeats
from data.formats.performance import MEASUREMENT
from data.formats.rejects import Rejects
from data.formats.text import TextTable
from data.formats.values import Numbers, numbers
from data.formats.workbook import sheet_table

# Letters and digits only. The new style has further totals under the same first words: only these codes are meant.
TOTALS: Mapping[str, str] = {
    "totalincomei01i18e30": "Total Income", "totalincomei01toi18": "Total Income",
    "totalexpendituree01e29e31e32": "Total Expenditure", "totalexpendituree01toe32": "Total Expenditure",
    "inyearbalancetotalincomei01i18e30totalexpendituree01e29e31e32": "In-year Balance",
    "inyearbalancetotalincomei01toi18minustotalexpendituree01toe32": "In-year Balance",
    "revenuereserveb01b02b06": "Revenue Reserve", "revenuereserveb01plusb02plusb06": "Revenue Reserve",
    "stafftotale01e03e05e07e11e26": "Staff Total", "stafftotal": "Staff Total",
}  # fmt: skip
OTHERS = ("URN", "LA", "LAEstab", "Period covered by return (months)", "Did Not Supply flag", "Federation",
          "Lead school in federation")  # fmt: skip
NEEDED = frozenset({"Total Income", "Total Expenditure", "In-year Balance"})
NO = ("", "0", "n", "no", "false", "-", "n/a", "na", "null", "not applicable")
MONTHS = 12


def wanted(header: str) -> str | None:
    """The name to read a published header under; None where it is not wanted."""
    if normalised(header) in {normalised(name) for name in OTHERS}:
        return normalised(header)
    total = TOTALS.get(re.sub(r"[^a-z0-9]", "", header.casefold()))
    return None if total is None else normalised(total)


def fits(header: Sequence[str]) -> bool:
    """Whether a row of cells is the header: URN and the totals of income, expenditure and balance."""
    return {"urn", *map(normalised, NEEDED)} <= {wanted(cell) for cell in header}


def recognise(peek: Peek) -> bool:
    """A sheet whose header has URN and the totals with their codes."""
    return peek.kind == "workbook" and any(fits(row) for rows in peek.sheets.values() for row in rows)


def read(file: RawFile) -> Extract:
    """`measurement` of the five totals, pounds. A return not supplied, or with neither income nor spending, has no
    value and the status not_submitted. SourceFormatError: no such sheet, or no year in name, folder or title."""
    table, _, above = sheet_table(file, "URN", fits, wanted)
    period = naming.time_period(file, above)
    rejects = Rejects()
    urn = without_repeats(school_rows(table, rejects), table.frame, rejects)
    urn = _full_year(table, _leads(table, urn, rejects), rejects)
    cells = {normalised(name): table.column(name).loc[urn.index] for name in (*TOTALS.values(), *OTHERS)}
    flag = cells["did not supply flag"].str.strip()
    supplied = flag.str.casefold().isin(NO)
    zero = [numbers(cells[name], unit="gbp").value == 0 for name in ("total income", "total expenditure")]
    empty = zero[0] & zero[1]
    notes = list(table.notes)
    if empty.any():
        notes.append(f"{int(empty.sum())} returns have neither income nor spending: read as not supplied")
    parts = []
    for one in published_in("cfr"):
        measure, name = one.measure, normalised(one.columns[0])
        if name not in table.names or not cells[name].str.strip().ne("").any():
            notes.append(f"{one.columns[0]}: no figures in this workbook")
            continue
        money = numbers(cells[name], unit=measure.unit, low=measure.low, high=measure.high)
        found = _submitted(money, cells[name], ~supplied | empty)
        parts.append(_part(urn, measure.key, table.names[name], found))
        rejects.cells(cells[name][~found.kept()], urn.astype("str"), table.names[name], found.reason)
    frame = pd.concat(parts, ignore_index=True)
    return Extract(
        source="cfr", release="final", scope=naming.scope(file, cells["la"]), time_period=period, as_at=None,
        tables={"measurement": frame}, rejects=rejects.frame(), notes=tuple(notes), rows_read=table.rows_read,
        rows_kept=len(urn),
    )  # fmt: skip


def _leads(table: TextTable, urn: pd.Series, rejects: Rejects) -> pd.Series:
    """The schools that return for themselves. A federation reports once, under its lead school (URN or LAESTAB)."""
    lead = table.column("Lead school in federation").loc[urn.index].str.strip()
    own = table.column("LAEstab").loc[urn.index].str.strip()
    member = ~lead.str.casefold().isin(NO) & lead.str.fullmatch(r"\d{6,7}").astype(bool)
    member &= (lead != urn.astype("str")) & (lead != own)
    rejects.rows(
        urn[member].astype("str"), "member of a federation: its money is in the return of the lead school " + lead
    )
    return urn[~member]


def _full_year(table: TextTable, urn: pd.Series, rejects: Rejects) -> pd.Series:
    """Without returns of fewer than twelve months; a blank period is not known to be short and is kept."""
    text = table.column("Period covered by return (months)").loc[urn.index]
    months = numbers(text, unit="count", low=0)
    part = months.value < MONTHS
    unreadable = ~months.kept()
    rejects.rows(urn[part].astype("str"), "part-year return: " + text.str.strip() + " of 12 months")
    rejects.rows(urn[unreadable].astype("str"), "the months of the return cannot be read: " + text)
    return urn[~part & ~unreadable]


def _submitted(found: Numbers, text: pd.Series, absent: pd.Series) -> Numbers:
    raw = found.raw.mask(absent, text.str.strip())
    return Numbers(
        found.value.mask(absent), found.status.mask(absent, "not_submitted"), raw, found.reason.mask(absent), found.high
    )


def _part(urn: pd.Series, measure: str, column: str, found: Numbers) -> pd.DataFrame:
    kept = found.kept()
    there = urn[kept]
    frame = pd.DataFrame({"urn": there.to_numpy(dtype="int64"), "measure": measure, "column": column})
    frame["value"], frame["raw"] = found.value[kept].to_numpy(), found.raw[kept].to_numpy()
    frame["status"] = found.status[kept].to_numpy()
    frame["numerator"] = frame["denominator"] = np.nan
    frame["row"] = there.index.to_numpy(dtype="int64")
    frame = frame.astype({"measure": "str", "column": "str", "raw": "str", "status": "str"})
    return frame.loc[:, list(MEASUREMENT)]


SOURCE = Source(
    "cfr", "Consistent financial reporting (maintained schools)", "Department for Education",
    "https://financial-benchmarking-and-insights-tool.education.gov.uk/data-sources",
    "workbook with a header row: URN, Total Income (I01 to I18), Total Expenditure (E01 to E32), In-year Balance",
    recognise, read,
)  # fmt: skip
