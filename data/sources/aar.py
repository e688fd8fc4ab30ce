"""Academies' accounts returns (workbook `AAR_2023-24_download.xlsx`; academic year September to August, pounds).

An academy that changed trust has two returns, added up where together they make the year. Refuses to read part of a
year as a year, a trust's central services as a school's, and any of it as the maintained schools' financial year.
"""

from __future__ import annotations

import pandas as pd

from data.catalogue.errors import SourceFormatError
from data.catalogue.measures import Published, published_in
from data.formats import naming
from data.formats.extract import Expected, Extract, Peek, RawFile, Source, normalised
from data.formats.finance import MONTHS, months, said, totals
from data.formats.keys import school_rows
from data.formats.peek import peek
from data.formats.performance import MEASUREMENT, Told, cells_of
from data.formats.rejects import Rejects
from data.formats.tables import read_table
from data.formats.text import TextTable
from data.formats.values import numbers, whole

KEY = "aar"
TRUST = "trust_"  # measures of a trust's central services; the others are an academy's
ACADEMIES = ("URN", "UID", "Total Income", "Total Expenditure", "In year balance")
CENTRAL = ("UID", "Total Income", "Total Expenditure", "In Year Balance", "Total number of Pupils")
PERIODS = ("Period covered by return", "Period covered by return (months)")
LEFT, JOINED = "Date left or closed if in period", "Date joined or opened if in period"
FLAG, NAME = "Did Not Supply flag", "Trust or Company Name"
RESERVES = (
    "academy_revenue_reserve",
    "academy_revenue_reserve_share",
    "academy_central_reserve_share",
)  # at year's end


def recognise(peek: Peek) -> bool:
    """An academy's URN and its trust's UID beside the totals, without the codes of the maintained schools' return."""
    return peek.header(*ACADEMIES) is not None


def read(file: RawFile) -> Extract:
    """`measurement` of the academies that returned a whole year, and `group_figure` of trusts' central services.

    Not supplied is a status, never 0. SourceFormatError: no sheet of academies, or no year in name or folder.
    """
    period = naming.time_period(file)
    told = Told(Rejects(), [])
    published = published_in(KEY)
    schools = [one for one in published if not one.measure.key.startswith(TRUST)]
    table = read_table(file, ACADEMIES, [*cells_of(schools), *PERIODS, LEFT, JOINED, FLAG, "LA"])
    if not table.rows_read:
        raise SourceFormatError(
            "the header is there, but no return under it.", where=file.name, remedy="Use the file as it was published."
        )
    urn = _whole_years(table, school_rows(table, told.rejects), told)
    zero = [numbers(table.column(name).loc[urn.index], unit="gbp").value == 0 for name in ACADEMIES[2:4]]
    absent = said(table.column(FLAG).loc[urn.index]) | (zero[0] & zero[1])
    frame = _added_up(table, totals(table, urn, schools, told, absent=absent), urn, told)
    tables, read_rows, kept_rows = {"measurement": frame}, table.rows_read, len(urn)
    if peek(file).header(*CENTRAL) is not None:
        central = read_table(file, CENTRAL, [*cells_of(published), FLAG, NAME])
        tables["group_figure"] = _central(central, [one for one in published if one not in schools], period, told)
        read_rows, kept_rows = read_rows + central.rows_read, kept_rows + tables["group_figure"]["row"].nunique()
    else:
        told.notes.append("the workbook has no sheet of central services: no trust's own figures")
    return Extract(
        source=KEY, release="final", scope=naming.scope(file, table.column("LA").loc[urn.index]), time_period=period,
        as_at=None, tables=tables, rejects=told.rejects.frame(), notes=(*table.notes, *told.notes),
        rows_read=read_rows, rows_kept=kept_rows,
    )  # fmt: skip


def _whole_years(table: TextTable, urn: pd.Series, told: Told) -> pd.Series:
    """The returns that make a year of twelve months, alone or (two of one academy, in two trusts) together.

    A blank period is not known to be short: a single return is kept, several that cannot be added up are not.
    """
    cells = table.frame.loc[urn.index].assign(_urn=urn)
    again = cells.duplicated()
    text = urn.astype("str")
    told.rejects.rows(text[again], "the same row stands more than once")
    urn, text = urn[~again], text[~again]
    column = next((name for name in PERIODS if normalised(name) in table.frame.columns), PERIODS[0])
    given = table.column(column).loc[urn.index]
    found = months(given)
    several = urn.duplicated(keep=False)
    together = found.value.groupby(urn).transform("sum")
    unknown = found.value.isna().groupby(urn).transform("any")
    reason = pd.Series(pd.NA, index=urn.index, dtype="str")
    part = "part-year return: " + given.str.strip() + " of 12 months"
    joined = said(table.column(JOINED).loc[urn.index])
    part = part.mask(joined, part + ", joined or opened in the year")
    reason = reason.mask(~several & (found.value != MONTHS) & found.value.notna(), part)
    apart = "several returns that together make " + together.map("{:g}".format).astype("str") + " of 12 months"
    reason = reason.mask(several & (together != MONTHS), apart)
    reason = reason.mask(several & unknown, "several returns, whose months do not say how they add up")
    reason = reason.mask(~found.kept(), "the months of the return cannot be read: " + given)
    told.rejects.rows(text[reason.notna()], reason[reason.notna()])
    return urn[reason.isna()]


def _added_up(table: TextTable, frame: pd.DataFrame, urn: pd.Series, told: Told) -> pd.DataFrame:
    """One row per academy and measure. Of two returns the flows are added; a reserve is that of the year's end alone.

    Where either return has a mark, so has the sum. `row` is the return of the year's end, where it can be told.
    """
    twice = frame["urn"].isin(urn[urn.duplicated()])
    if not twice.any():
        return frame
    key = ["urn", "measure"]
    stays = ~said(table.column(LEFT).loc[urn.index])  # has not left this trust within the year
    more = frame[twice].assign(end=stays.loc[frame.loc[twice, "row"]].to_numpy())
    reserve = more["measure"].isin(RESERVES)
    both = more.groupby(key)["row"].transform("size") == more["urn"].map(urn.value_counts())
    known = more.groupby(key)["end"].transform("sum") == 1
    lost = ~both | (reserve & ~known)
    for column, cells in more[lost].groupby("column"):
        text = table.column(str(column)).loc[cells["row"]]
        why = "one of two returns that cannot be put together: the other has no figure, or neither is of the year's end"
        told.rejects.cells(text, urn.astype("str"), str(column), why)
    more, reserve = more[~lost].assign(ok=more["status"] == "ok"), reserve[~lost]
    flows = more[~reserve].sort_values([*key, "ok", "end", "row"], ascending=[True, True, True, False, False])
    flows["value"] = flows.groupby(key)["value"].transform("sum")
    flows["denominator"] = flows["denominator"].where(flows["end"])
    flows["denominator"] = flows.groupby(key)["denominator"].transform("first")
    one = flows.drop_duplicates(key)  # a mark before a number, the year's end before what was left
    one = one.assign(value=one["value"].where(one["ok"]))
    parts = [frame[~twice], one, more[reserve & more["end"]]]
    told.notes.append(f"{urn[urn.duplicated()].nunique()} academies changed trust in the year: returns added up")
    return pd.concat(parts, ignore_index=True).loc[:, list(MEASUREMENT)]


def _central(table: TextTable, published: list[Published], period: int, told: Told) -> pd.DataFrame:
    """`group_figure` of each trust's central services, by UID."""
    text = table.column("UID")
    uid, _ = whole(text)
    told.rejects.others(text[uid.isna()], "central services: the UID of the trust is not a number")
    again = uid.notna() & table.frame.duplicated()
    told.rejects.others(text[again], "central services: the same row stands more than once")
    uid = uid[uid.notna() & ~again]
    twice = uid.duplicated(keep=False)
    told.rejects.others(text[uid.index[twice]], "central services: the trust stands more than once: none was used")
    uid = uid[~twice].astype("int64")
    absent = said(table.column(FLAG).loc[uid.index])
    frame = totals(table, uid, published, told, absent=absent, of="uid")
    frame["name"] = table.column(NAME).loc[frame["row"]].str.strip().to_numpy()
    return frame.assign(uid=frame["uid"].astype("str"), time_period=period, release="final", source=KEY).loc[
        :, ["uid", "name", "measure", "column", "time_period", "release", "source", "value", "raw", "status",
            "denominator", "row"]
    ]  # fmt: skip


SOURCE = Source(
    KEY, "Academies' accounts returns", "Department for Education",
    "https://financial-benchmarking-and-insights-tool.education.gov.uk/data-sources",
    "workbook with sheets Academies (URN, UID, Total Income, Total Expenditure, In year balance) and CentralServices",
    recognise, read, Expected(left_out=0.2, refused=0.01, withheld=0.01, matched=0.75, change=0.3),
    "each summer, for the academic year that ended the August before",
)  # fmt: skip
