"""Predecessor and successor schools (`links_edubasealldataYYYYMMDD.csv`). Follows no link and mends no date."""

from __future__ import annotations

import pandas as pd

from data.formats import listing
from data.formats.extract import Expected, Extract, Peek, RawFile, Source
from data.formats.keys import school_rows
from data.formats.rejects import Rejects
from data.formats.text import csv_table
from data.formats.values import whole, written

NAMES = ("URN", "LinkURN", "LinkType", "LinkEstablishedDate")


def recognise(peek: Peek) -> bool:
    """The link's two URNs and type."""
    return peek.kind == "csv" and peek.header(*NAMES) is not None


def read(file: RawFile) -> Extract:
    """`link`: urn, link_urn, link_type, established (NaT where blank). Each succession stands twice, as published."""
    table = csv_table(file, NAMES)
    rejects = Rejects()
    urn = school_rows(table, rejects)
    other, bad = whole(table.column("LinkURN").loc[urn.index], digits=6)
    bad |= other.isna()
    rejects.rows(table.column("URN").loc[urn.index][bad], "the linked URN is not six digits")
    urn = urn[~bad]
    frame = pd.DataFrame({"urn": urn, "link_urn": other[~bad].astype("int64")})
    frame["link_type"] = table.column("LinkType").loc[urn.index].str.strip()
    form = written(table.column("LinkEstablishedDate"))
    frame["established"] = listing.day(table, "LinkEstablishedDate", form, urn.index, rejects)
    frame = listing.once(frame, ["urn", "link_urn", "link_type", "established"], rejects, "link")
    return listing.national("links", file, table, {"link": frame}, rejects=rejects)


SOURCE = Source(
    "links", "Links between schools (GIAS)", "Department for Education",
    "https://get-information-schools.service.gov.uk/Downloads",
    "columns URN, LinkURN, LinkType", recognise, read,
    # Half of the links' schools closed long ago: a register of open schools alone lacks them.
    Expected(left_out=0.01, refused=0.01, withheld=0.0, matched=0.4, change=0.2), "every day",
)  # fmt: skip
