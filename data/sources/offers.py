"""Offers of support: Alongside's own small CSV. An offer is what a school says it can spare; none is inferred."""

from __future__ import annotations

import pandas as pd

from data.catalogue.measures import AREAS
from data.formats import listing
from data.formats.extract import Expected, Extract, Peek, RawFile, Source
from data.formats.keys import school_rows
from data.formats.rejects import Rejects
from data.formats.text import csv_table
from data.formats.values import YEAR_FIRST, numbers, words

NAMES = ("URN", "area", "kind", "days_per_term", "days_per_slot", "starts", "ends", "state", "words")
STATES = ("offered", "withdrawn")


def recognise(peek: Peek) -> bool:
    """A school, an area and days."""
    return peek.kind == "csv" and peek.header(*NAMES[:4], "state") is not None


def read(file: RawFile) -> Extract:
    """`offer`: urn, area (a catalogue area), kind, days_per_term, days_per_slot (NaN: the usual 6), starts, ends, state,
    words. A row with an unknown area or state, or without days, is left out with the reason."""
    table = csv_table(file, (*NAMES[:4], "state"), NAMES)
    rejects = Rejects()
    urn = school_rows(table, rejects)
    text = {name: table.column(name).loc[urn.index].str.strip() for name in NAMES}
    days = numbers(text["days_per_term"], unit="score", low=0, high=365)
    slot = numbers(text["days_per_slot"], unit="score", low=0, high=365)
    starts = listing.day(table, "starts", YEAR_FIRST, urn.index, rejects) if "starts" in table.names else pd.NaT
    ends = listing.day(table, "ends", YEAR_FIRST, urn.index, rejects) if "ends" in table.names else pd.NaT
    state = text["state"].str.casefold()
    reason = pd.Series(pd.NA, index=urn.index, dtype="str")
    reason = reason.mask(~text["area"].isin(list(AREAS)), "not an area of the catalogue: " + text["area"])
    reason = reason.mask(days.value.isna(), "the days per term cannot be read: " + text["days_per_term"])
    reason = reason.mask(~state.isin(STATES), "the state is neither offered nor withdrawn: " + text["state"])
    rejects.rows(urn[reason.notna()].astype("str"), reason[reason.notna()])
    unreadable = (~slot.kept() | (slot.value == 0)) & reason.isna()
    rejects.cells(text["days_per_slot"][unreadable], urn.astype("str"), "days_per_slot", "not a number of days")
    frame = pd.DataFrame({"urn": urn, "area": text["area"], "kind": text["kind"], "days_per_term": days.value})
    frame["days_per_slot"] = slot.value.mask(unreadable)
    frame["starts"], frame["ends"] = starts, ends
    frame["state"], frame["words"] = state, words(text["words"])
    frame = frame[reason.isna()].astype({"starts": "datetime64[s]", "ends": "datetime64[s]"})
    tables = {"offer": frame}
    return listing.national("offers", file, table, tables, rejects=rejects)


SOURCE = Source(
    "offers", "Offers of support", "Entered by the partnership", "",
    f"columns {', '.join(NAMES)}", recognise, read,
    Expected(left_out=0.2, refused=0.05, withheld=0.0, matched=0.9, change=1000), "each term, when schools say anew",
)  # fmt: skip
