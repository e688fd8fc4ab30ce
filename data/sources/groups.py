"""All groups: trusts, sponsors, federations (`allgroupsdataYYYYMMDD.csv`). Reads no head of group; no children's centres."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from data.formats import listing
from data.formats.extract import Expected, Extract, Peek, RawFile, Source
from data.formats.rejects import Rejects
from data.formats.text import csv_table
from data.formats.values import DAY_FIRST_SLASH, mapped, whole, words

NAMES = ("Group UID", "Group Name", "Group Type (code)", "Group Status", "Open date", "Closed Date")
OPTIONAL = ("Group Type", "Incorporated on (open date)")
KIND: Mapping[str, str] = {
    "01": "federation", "02": "trust", "05": "sponsor", "06": "mat", "07": "umbrella", "10": "sat",
}  # fmt: skip
# By the word, for a code that is new: the secure single-academy trust of 2026.
KIND_WORD: Mapping[str, str] = {"secure single-academy trust": "sat"}


def recognise(peek: Peek) -> bool:
    """Groups by UID, without schools."""
    return peek.kind == "csv" and peek.header(*NAMES) is not None and peek.header("Group UID", "URN") is None


def read(file: RawFile) -> Extract:
    """`group`: uid (text), name, kind, status (open, closed, proposed to open), open_date, closed_date.

    A trust's opening date is the day of its incorporation where no other is given.
    """
    table = csv_table(file, NAMES, OPTIONAL)
    rejects = Rejects()
    text = table.column("Group UID")
    uid, _ = whole(text)
    rejects.others(text[uid.isna()], "the group UID is not a number")
    kind = mapped(table.column("Group Type (code)"), KIND)
    kind = kind.where(kind.notna(), mapped(table.column("Group Type"), KIND_WORD))
    other = kind.isna() & uid.notna()
    rejects.others(text[other], "not a group of schools (" + table.column("Group Type") + ")")
    kept = text.index[kind.notna() & uid.notna()]
    frame = pd.DataFrame({"uid": uid.loc[kept].astype("str"), "name": table.column("Group Name").loc[kept].str.strip()})
    frame["kind"] = kind.loc[kept].astype("str")
    frame["status"] = words(table.column("Group Status").loc[kept]).str.casefold()
    opened = listing.day(table, "Open date", DAY_FIRST_SLASH, kept, rejects)
    frame["open_date"] = opened
    if "incorporated on (open date)" in table.names:
        incorporated = listing.day(table, "Incorporated on (open date)", DAY_FIRST_SLASH, kept, rejects)
        frame["open_date"] = opened.where(opened.notna(), incorporated)
    frame["closed_date"] = listing.day(table, "Closed Date", DAY_FIRST_SLASH, kept, rejects)
    frame = listing.once(frame, ["uid"], rejects, "group")
    return listing.national("groups", file, table, {"group": frame}, rejects=rejects)


SOURCE = Source(
    "groups", "Groups of schools (GIAS)", "Department for Education",
    "https://get-information-schools.service.gov.uk/Downloads",
    "columns Group UID, Group Name, Group Type (code)", recognise, read,
    # Children's centres: 653 of 6,924 rows in 2022.
    Expected(left_out=0.2, refused=0.01, withheld=0.0, matched=0.0, change=0.2), "every day",
)  # fmt: skip
