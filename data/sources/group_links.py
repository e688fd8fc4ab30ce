"""Which school is in which group, with the day it joined (`grouplinks_...`, `alllinksdata...`). Present members only."""

from __future__ import annotations

import pandas as pd

from data.catalogue.errors import SourceFormatError
from data.formats import listing
from data.formats.extract import Expected, Extract, Peek, RawFile, Source
from data.formats.keys import school_rows
from data.formats.rejects import Rejects
from data.formats.text import csv_table
from data.formats.values import DAY_FIRST_DASH, mapped, whole, words
from data.sources.groups import KIND, KIND_WORD

NAMES = ("URN", "Group Name", "Group Type (code)", "Joined date")
KEYS = ("Linked UID", "Group UID")  # the academies' file and the form for all groups


def recognise(peek: Peek) -> bool:
    """A school, a group and a joining date in one row."""
    return peek.kind == "csv" and any(peek.header(*NAMES, key) is not None for key in KEYS)


def read(file: RawFile) -> Extract:
    """`membership` (uid, urn, joined) and the `group` rows it names (kind and status; dates are in the groups file).

    A sponsored academy has two rows, for sponsor and trust: both are kept.
    """
    table = csv_table(file, NAMES, (*KEYS, "Group Type", "Group Status"))
    key = next((key for key in KEYS if key.casefold() in table.names), None)
    if key is None:
        raise SourceFormatError(
            "the column `Linked UID` is missing.", where=file.name, remedy="Use the file as it was published."
        )
    rejects = Rejects()
    urn = school_rows(table, rejects)
    uid, _ = whole(table.column(key).loc[urn.index])
    rejects.rows(table.column("URN").loc[urn.index][uid.isna()], "the group UID is not a number")
    kind = mapped(table.column("Group Type (code)").loc[urn.index], KIND)
    kind = kind.where(kind.notna(), mapped(table.column("Group Type").loc[urn.index], KIND_WORD))
    other = kind.isna() & uid.notna()
    reason = "not a group of schools (" + table.column("Group Type").loc[urn.index] + ")"
    rejects.rows(table.column("URN").loc[urn.index][other], reason)
    kept = urn.index[kind.notna() & uid.notna()]
    frame = pd.DataFrame({"uid": uid.loc[kept].astype("str"), "urn": urn.loc[kept]})
    frame["joined"] = listing.day(table, "Joined date", DAY_FIRST_DASH, kept, rejects)
    frame = listing.once(frame, ["uid", "urn"], rejects, "membership")
    group = pd.DataFrame({"uid": frame["uid"], "name": table.column("Group Name").loc[frame.index].str.strip()})
    group["kind"] = kind.loc[frame.index].astype("str")
    group["status"] = words(table.column("Group Status").loc[frame.index]).str.casefold()
    group["open_date"] = group["closed_date"] = pd.Series(pd.NaT, index=group.index, dtype="datetime64[s]")
    tables = {"membership": frame, "group": group.drop_duplicates("uid")}
    return listing.national("group_links", file, table, tables, rejects=rejects)


SOURCE = Source(
    "group_links", "Schools and their groups (GIAS)", "Department for Education",
    "https://get-information-schools.service.gov.uk/Downloads",
    "columns URN, Linked UID (or Group UID), Group Type (code), Joined date", recognise, read,
    # The form for all groups has children's centres, the academies' has none.
    Expected(left_out=0.25, refused=0.01, withheld=0.0, matched=0.75, change=0.3), "every day",
)  # fmt: skip
