"""Which academy is in which trust, from the history of memberships (`academiesmatmembershipYYYYMMDD.csv`, 54 columns).

The file keeps former memberships beside present ones: only those not left are read, so a file that does not say who has
left is refused. Reads no head's name.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from data.formats import listing, naming
from data.formats.extract import Expected, Extract, Peek, RawFile, Source
from data.formats.keys import school_rows
from data.formats.rejects import Rejects
from data.formats.text import TextTable, csv_table
from data.formats.values import NO_DATE, dates, mapped, whole, words, written

KEY = "trust_members"
NAMES = ("URN", "DfE Number", "Establishment UKPRN", "Group UID", "Group ID")  # of the first eight published names
JOINED, LEFT = "Date Joined Group", "Date Left Group"
OPTIONAL = (JOINED, "Group Name", "Group Type", "Group Status", "EstablishmentStatus (name)")
KIND: Mapping[str, str] = {
    "multi-academy trust": "mat", "single-academy trust": "sat", "secure single-academy trust": "sat",
}  # fmt: skip


def recognise(peek: Peek) -> bool:
    """An academy by its DfE number and a group by its UID in one row."""
    return peek.kind == "csv" and peek.header(*NAMES) is not None


def read(file: RawFile) -> Extract:
    """`membership`: uid, urn, joined (NaT where not given), of memberships not left; and the `group` rows they name.

    SourceFormatError: the column that says who has left is missing.
    """
    table = csv_table(file, (*NAMES, LEFT), OPTIONAL)
    rejects = Rejects()
    urn = school_rows(table, rejects)
    uid, _ = whole(table.column("Group UID").loc[urn.index])
    reason = _not_a_member(file, table, urn).mask(uid.isna(), "the group UID is not a number")
    rejects.rows(table.column("URN").loc[urn.index][reason.notna()], reason[reason.notna()])
    kept = urn.index[reason.isna()]
    frame = pd.DataFrame({"uid": uid.loc[kept].astype("str"), "urn": urn.loc[kept]})
    frame["joined"] = pd.Series(pd.NaT, index=kept, dtype="datetime64[s]")
    if JOINED.casefold() in table.names:
        frame["joined"] = listing.day(table, JOINED, _form(table), kept, rejects)
    frame = listing.once(frame, ["uid", "urn"], rejects, "membership")
    tables = {"membership": frame}
    if {"group name", "group type"} <= set(table.names):
        tables["group"] = _groups(table, frame)
    return listing.national(KEY, file, table, tables, rejects=rejects)


def _form(table: TextTable) -> str:
    named = whole(table.column("URN"), digits=6)[0].notna()  # a row that names no school says nothing about dates
    return written(table.column(JOINED)[named], table.column(LEFT)[named])


def _not_a_member(file: RawFile, table: TextTable, urn: pd.Series) -> pd.Series:
    """Why a row is no present membership; NA where it is one. A leaving day after the file's own is still to come."""
    text = table.column(LEFT).loc[urn.index]
    left, bad = dates(text, _form(table), missing=NO_DATE)
    as_at = naming.as_at(file)
    gone = left.notna() if as_at is None else left <= pd.Timestamp(as_at)
    reason = pd.Series(pd.NA, index=urn.index, dtype="str")
    for column, what in (
        ("EstablishmentStatus (name)", "the school is closed"),
        ("Group Status", "the trust is closed"),
    ):
        closed = table.column(column).loc[urn.index].str.strip().str.casefold() == "closed"
        reason = reason.mask(closed, what)
    reason = reason.mask(gone, "left the trust: the file keeps former memberships")
    return reason.mask(bad, "the day it left the trust cannot be read: " + text)


def _groups(table: TextTable, member: pd.DataFrame) -> pd.DataFrame:
    """The trusts of the members, whose type is a known one; dates are in the groups file."""
    frame = pd.DataFrame({"uid": member["uid"], "name": table.column("Group Name").loc[member.index].str.strip()})
    frame["kind"] = mapped(table.column("Group Type").loc[member.index], KIND).astype("str")
    frame["status"] = words(table.column("Group Status").loc[member.index]).str.casefold()
    frame["open_date"] = frame["closed_date"] = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[s]")
    return frame[frame["kind"].notna() & frame["name"].ne("")].drop_duplicates("uid")


SOURCE = Source(
    KEY, "Academies and their trusts, past and present (GIAS)", "Department for Education",
    "https://get-information-schools.service.gov.uk/Downloads",
    "columns URN, DfE Number, Establishment UKPRN, Group UID, Group ID, Date Left Group",
    recognise, read, Expected(left_out=0.5, refused=0.01, withheld=0.0, matched=0.75, change=0.2), "every day",
)  # fmt: skip
