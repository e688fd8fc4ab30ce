"""Performance tables of whole trusts: one row per trust, keyed by its group UID; schools stand in a list in one cell.

Gives a trust's figures and never a school's. Joins by UID only: names are written differently from file to file.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data.catalogue.errors import SourceFormatError
from data.catalogue.measures import published_in
from data.catalogue.vocabulary import Release
from data.formats import listing, naming
from data.formats.extract import Extract, RawFile
from data.formats.performance import Told, cells_of, measurements
from data.formats.rejects import Rejects
from data.formats.tables import read_table
from data.formats.text import TextTable
from data.formats.values import whole

KEYS = ("TRUST_UID", "TRUST_NAME", "TIME_PERIOD")
FIGURE = (
    "uid", "name", "measure", "column", "time_period", "release", "source", "value", "raw", "status", "denominator", "row",
)  # fmt: skip


def read(file: RawFile, source: str, required: Sequence[str]) -> Extract:
    """`group_figure` for every trust and published measure, marks included: uid as text, `status` with every value.

    The year is that of TIME_PERIOD, the release final unless the name or a folder says another. SourceFormatError: see
    `read_table`, and where no row says its year.
    """
    published = published_in(source)
    table = read_table(file, (*KEYS, *required), cells_of(published))
    rejects, cells = Rejects(), Rejects()
    trust = _trusts(table, rejects)
    if trust.empty:
        raise SourceFormatError("no row has a trust's UID and a year.", where=file.name)
    notes = list(table.notes)
    frame = measurements(table, trust["uid"], published, Told(cells, notes)).rename(columns={"urn": "uid"})
    frame["uid"] = frame["uid"].astype("str")
    for column in ("name", "time_period"):
        frame[column] = trust[column].reindex(frame["row"]).to_numpy()
    frame["name"] = frame["name"].astype("str")
    release: Release = naming.release_said(file) or "final"
    frame["release"], frame["source"] = release, source
    left_out = pd.concat([rejects.frame(), cells.frame().assign(urn=pd.Series(dtype="str"))], ignore_index=True)
    return Extract(
        source=source, release=release, scope="england", time_period=int(trust["time_period"].max()), as_at=None,
        tables={"group_figure": frame.loc[:, list(FIGURE)]},
        rejects=left_out.sort_values(["row", "column"], kind="stable", ignore_index=True), notes=tuple(notes),
        rows_read=table.rows_read, rows_kept=len(trust),
    )  # fmt: skip


def _trusts(table: TextTable, rejects: Rejects) -> pd.DataFrame:
    """uid (int64), name and time_period by row number of the rows that name a trust and a year, each trust once."""
    rejects.others(pd.Series("", index=pd.Index(table.broken), dtype="str"), pd.Series(table.broken, dtype="str"))
    text = table.column("TRUST_UID")
    uid, _ = whole(text)
    rejects.others(text[uid.isna()], "the trust's UID is not a number")
    period = table.column("TIME_PERIOD").map(naming.year, na_action="ignore").astype("Int64")
    rejects.others(text[uid.notna() & period.isna()], "TIME_PERIOD is not an academic year")
    frame = pd.DataFrame({"uid": uid, "name": table.column("TRUST_NAME").str.strip(), "time_period": period})
    frame = frame[uid.notna() & period.notna()].astype({"uid": "int64", "time_period": "int64"})
    return listing.once(frame, ["uid", "time_period"], rejects, "trust")
