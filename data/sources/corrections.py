"""Corrections to published figures, as data: a CSV of the user's, each with its reason and a link to where it is said.

The published figure stays in the store; the correction stands beside it. Refuses a correction without reason or link.
"""

from __future__ import annotations

import math
from urllib.parse import urlsplit

from data.catalogue.vocabulary import RELEASES
from data.formats import naming
from data.formats.entered import Cells, Refused, judged, measure_named, value
from data.formats.extract import Expected, Extract, Peek, RawFile, Source
from data.formats.rejects import Rejects
from data.formats.tables import read_table

NAMES = ("urn", "measure", "time_period", "release", "value", "reason", "link")
TYPES = {
    "urn": "int64", "measure": "str", "time_period": "int64", "release": "str", "value": "float64", "raw": "str",
    "status": "str", "reason": "str", "link": "str", "row": "int64",
}  # fmt: skip


def recognise(peek: Peek) -> bool:
    """A school, a measure and a year with a reason and a link."""
    return peek.header(*NAMES) is not None


def read(file: RawFile) -> Extract:
    """`correction`: urn, measure (catalogue key), time_period, release, value (NaN unless status is ok), raw, status,
    reason, link, row. A mark in place of a value says that the published figure should not be used."""
    table = read_table(file, NAMES)
    rejects = Rejects()
    frame = judged(table, NAMES, _correction, ["urn", "measure", "time_period", "release"], rejects)
    frame = frame.reindex(columns=list(TYPES)).astype(TYPES)
    return Extract(
        source="corrections", release="final", scope="own", time_period=None, as_at=None, tables={"correction": frame},
        rejects=rejects.frame(), notes=table.notes, rows_read=table.rows_read, rows_kept=len(frame),
    )  # fmt: skip


def _correction(cells: Cells) -> dict[str, object]:
    known = measure_named(cells["measure"])
    if known is None:
        raise Refused("not a measure of the catalogue", cells["measure"])
    period = naming.year(cells["time_period"])
    if period is None:
        raise Refused("no period: write it as 202425", cells["time_period"])
    release = cells["release"].casefold()
    if release not in RELEASES:
        raise Refused("the release is not provisional, revised or final", cells["release"])
    if not cells["value"]:
        raise Refused("neither a value nor a mark is given", cells["measure"])
    if not cells["reason"]:
        raise Refused("no reason is given", cells["measure"])
    bounds = (known.low, known.high) if known.unit != "pct" else (None, None)
    said = value(cells["value"], known.unit, low=bounds[0], high=bounds[1])
    found = {"measure": known.key, "time_period": period, "release": release, **said}
    return {**found, "reason": cells["reason"], "link": _link(cells["link"])}


def _link(cell: str) -> str:
    try:
        found = urlsplit(cell)
    except ValueError:  # brackets that close nothing
        raise Refused("the link is not an https address", cell) from None
    if found.scheme != "https" or not found.netloc or "@" in found.netloc or not cell.isprintable() or " " in cell:
        raise Refused("the link is not an https address", cell)
    return cell


SOURCE = Source(
    "corrections", "Corrections to published figures", "Entered by the partnership", "",
    f"columns {', '.join(NAMES)}", recognise, read,
    expected=Expected(withheld=1, matched=0, change=math.inf), due="whenever an error is found",
)  # fmt: skip
