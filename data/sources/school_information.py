"""School information of the performance tables (`spine`, `school_information`): names, places, ages, kinds of school.

Not the full register: gives only what it has, as at 31 August at the end of the tables' year, so that the store fills
blanks by it. A phase that flags and ages do not settle is left unknown. Ofsted's columns are not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from data.formats import listing, naming, register
from data.formats.extract import Expected, Extract, Peek, RawFile, Source
from data.formats.keys import school_rows, without_repeats
from data.formats.rejects import Rejects
from data.formats.tables import read_table
from data.formats.text import TextTable
from data.formats.values import mapped, whole, words, written

KEY = "school_information"
REQUIRED = ("URN", "SCHNAME", "MINORGROUP", "ISPRIMARY", "ISSECONDARY", "ISPOST16")
# What is meant, and its names: the 31 columns to 2017-18, then the 26 and 24 of later years.
NAMES: Mapping[str, tuple[str, ...]] = {
    "kind": ("NFTYPE", "SCHOOLTYPE"), "status": ("ICLOSE", "SCHSTATUS"), "low_age": ("AGEL", "AGELOW"),
    "high_age": ("AGEH", "AGEHIGH"), "religion": ("RELDENOM", "RELCHAR"), "la": ("LA",), "laestab": ("LAESTAB",),
}  # fmt: skip
OTHERS = ("LANAME", "STREET", "TOWN", "POSTCODE", "OPENDATE", "CLOSEDATE", "GENDER", "ADMPOL")
CODES: Mapping[str, str] = {"1": "open", "2": "closed", "3": "open_proposed_to_close", "4": "proposed_to_open"}
SECTOR: Mapping[str, str] = {
    "academy": "academy", "maintained school": "maintained", "independent school": "independent",
}  # fmt: skip
MINOR_PHASE: Mapping[str, str] = {"special school": "special", "college": "sixteen_plus"}
FLAGGED = ("academy", "maintained school")  # the register tells no phase of the others


def recognise(peek: Peek) -> bool:
    """The kind of school and the three flags of phase beside URN and name."""
    return peek.header(*REQUIRED) is not None


def read(file: RawFile) -> Extract:
    """`school`: the schema's columns that the file has. SourceFormatError: see `read_table`, and where no year is said."""
    period = naming.time_period(file)
    as_at = date(period // 100 + 1, 8, 31)
    table = read_table(file, REQUIRED, [*OTHERS, *(name for names in NAMES.values() for name in names)])
    rejects = Rejects()
    urn = without_repeats(school_rows(table, rejects), table.frame, rejects)
    school = _schools(table, urn, rejects, as_at)
    return Extract(
        source=KEY, release="final", scope=naming.scope(file, table.column("LA").loc[urn.index]), time_period=None,
        as_at=as_at, tables={"school": school}, rejects=rejects.frame(), notes=table.notes,
        rows_read=table.rows_read, rows_kept=len(school),
    )  # fmt: skip


def _schools(table: TextTable, urn: pd.Series, rejects: Rejects, as_at: date) -> pd.DataFrame:
    at = urn.index
    minor, kind = table.column("MINORGROUP").loc[at], _column(table, "kind", at)
    low, high = _number(table, "low_age", urn, rejects), _number(table, "high_age", urn, rejects)
    low, high = low.mask(high == 0), high.mask(high == 0)  # 0 to 0: no ages yet
    laestab, la = (_number(table, name, urn, rejects) for name in ("laestab", "la"))
    form = written(table.column("OPENDATE").loc[at], table.column("CLOSEDATE").loc[at])
    frame = pd.DataFrame({"urn": urn, "laestab": laestab, "la_code": la})
    if "laname" in table.names:
        frame["la_name"] = words(table.column("LANAME").loc[at])
    frame["name"] = table.column("SCHNAME").loc[at].str.strip()
    frame["open_date"] = listing.day(table, "OPENDATE", form, at, rejects)
    frame["close_date"] = listing.day(table, "CLOSEDATE", form, at, rejects)
    frame["status"] = _status(table, frame, rejects, pd.Timestamp(as_at))
    frame["type_name"], frame["sector"] = words(kind), _sector(minor, kind)
    frame["phase"] = _phase(table, minor, kind, low, high)
    frame["low_age"], frame["high_age"] = low, high
    frame["gender"] = mapped(table.column("GENDER").loc[at], register.GENDER).astype("str")
    frame["selective"] = mapped(table.column("ADMPOL").loc[at], register.SELECTIVE).astype("boolean")
    frame["religious_character"] = words(_column(table, "religion", at))  # `None` is a word here
    post16 = table.column("ISPOST16").loc[at].str.strip()
    schools = frame["phase"].isin(["secondary", "all_through"]) & post16.isin(["0", "1"])
    frame["sixth_form"] = (post16 == "1").astype("boolean").where(schools)
    for name, column in (("street", "STREET"), ("town", "TOWN"), ("postcode", "POSTCODE")):
        frame[name] = words(table.column(column).loc[at])
    frame["as_at"] = pd.Series(pd.Timestamp(as_at), index=at, dtype="datetime64[s]")
    return frame.reset_index(drop=True)


def _column(table: TextTable, what: str, at: pd.Index) -> pd.Series:
    """The cells of the first of its names that the file has; blanks where it has none."""
    there = [name for name in NAMES[what] if name.casefold() in table.names]
    return table.column(there[0] if there else NAMES[what][0]).loc[at]


def _number(table: TextTable, what: str, urn: pd.Series, rejects: Rejects) -> pd.Series:
    text = _column(table, what, urn.index)
    found, bad = whole(text)
    rejects.cells(text[bad], urn.astype("str"), table.names.get(str(text.name)), "not a whole number")
    return found


def _status(table: TextTable, frame: pd.DataFrame, rejects: Rejects, as_at: pd.Timestamp) -> pd.Series:
    """As at the day of the file: a school that its dates open or close later was not yet so."""
    text = _column(table, "status", frame.index)
    found = mapped(text, {**register.STATUS, **CODES})
    unknown = found.isna() & text.str.strip().ne("")
    rejects.cells(text[unknown], frame["urn"].astype("str"), table.names.get(str(text.name)), "not a known word")
    found = found.mask((found == "closed") & (frame["close_date"] > as_at), "open")
    return found.mask(frame["open_date"] > as_at, "proposed_to_open").astype("str")


def _sector(minor: pd.Series, kind: pd.Series) -> pd.Series:
    """By type where the type says more than the group, which holds special schools of every sector; NA where neither
    is given."""
    academy = kind.str.casefold().str.contains("academy|free school", regex=True)
    found = mapped(kind, register.TYPE_SECTOR)
    found = found.where(found.notna(), mapped(minor, SECTOR))
    return (
        found.mask(found.isna() & academy, "academy")
        .mask(lambda s: s.isna() & kind.str.strip().ne(""), "other")
        .astype("str")
    )


def _phase(table: TextTable, minor: pd.Series, kind: pd.Series, low: pd.Series, high: pd.Series) -> pd.Series:
    """By type and group; of academies and maintained schools by the flags, and by age where both phases are flagged.

    Checked on the register's own phase of 2020: 7 of the 19,809 schools told differ. Middle schools of 9 to 13 count
    as secondary, as the register has it; a school from 7 or 9 to 16 or more may be either, and is left unknown.
    """
    flags = {name: table.column(name).loc[minor.index].str.strip().eq("1") for name in REQUIRED[3:]}
    both = flags["ISPRIMARY"] & flags["ISSECONDARY"]
    told = pd.Series(pd.NA, index=minor.index, dtype="object")
    told = told.mask(flags["ISPOST16"], "sixteen_plus").mask(flags["ISPRIMARY"], "primary")
    told = told.mask(flags["ISSECONDARY"], "secondary").mask(both, pd.NA)
    told = told.mask(both & ((low >= 9) & (high <= 14) | (low >= 11)).fillna(False).astype(bool), "secondary")
    told = told.mask(both & ((low <= 5) & (high >= 16)).fillna(False).astype(bool), "all_through")
    told = told.where(minor.str.strip().str.casefold().isin(FLAGGED))
    named = mapped(kind, register.TYPE_PHASE)
    named = named.mask(named.isna() & kind.str.contains(r"16\s*(?:-|to)\s*19", regex=True), "sixteen_plus")
    named = named.where(named.notna(), mapped(minor, MINOR_PHASE))
    return named.where(named.notna(), told).astype("str")


SOURCE = Source(
    KEY, "School information", "Department for Education",
    "https://www.find-school-performance-data.service.gov.uk/download-data",
    f"columns {', '.join(REQUIRED)}", recognise, read,
    expected=Expected(left_out=0.01, refused=0.001), due="with each year's performance tables",
)  # fmt: skip
