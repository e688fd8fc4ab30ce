"""The partnership's own figures: a table that people fill in, CSV or workbook, of measures that are nowhere published.

Private: what comes in here is never in a publication, a score or a tier. Refuses a figure of fewer than six pupils, a
percentage without its number of pupils, and a measure of the partnership's own without a definition. A blank value is
no figure and takes none away; to withdraw a figure, write the mark n/s.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

import pandas as pd

from data.catalogue import Measure
from data.catalogue.measures import Unit
from data.catalogue.vocabulary import LEAST_PUPILS, OF_PUPILS
from data.formats import naming
from data.formats.entered import Cells, Refused, judged, measure_named, value
from data.formats.extract import Expected, Extract, Peek, RawFile, Source
from data.formats.rejects import Rejects
from data.formats.tables import read_table
from data.formats.values import number

REQUIRED = ("URN", "Measure", "Period", "Value")
SHEET = "Figures"  # the template's
NAMES = (*REQUIRED, "Definition", "Unit", "Denominator", "Supplied by")
UNITS: Mapping[str, Unit] = {
    "percentage": "pct", "percent": "pct", "%": "pct", "pct": "pct", "number": "count", "count": "count", "score": "score",
    "pounds": "gbp", "£": "gbp", "gbp": "gbp",
}  # fmt: skip
UNIT_WORDS: Mapping[Unit, str] = {"pct": "percentage", "count": "number", "score": "score", "gbp": "pounds"}
TOO_FEW = f"fewer than {LEAST_PUPILS} pupils: not kept"
OWN = "own:"
TYPES = {
    "urn": "int64", "measure": "str", "time_period": "int64", "label": "str", "definition": "str", "unit": "str",
    "value": "float64", "raw": "str", "status": "str", "denominator": "float64", "supplied_by": "str", "row": "int64",
}  # fmt: skip


def recognise(peek: Peek) -> bool:
    """A school, a measure, a period and a value in one row: published files have a column for each measure."""
    return peek.header(*REQUIRED) is not None


def read(file: RawFile) -> Extract:
    """`own_figure`: urn, measure (catalogue key, or own: and a name), time_period, label, definition, unit, value (NaN
    unless status is ok), raw, status, denominator, supplied_by, row. Other columns are not read."""
    table = read_table(file, REQUIRED, NAMES, sheet=SHEET)
    rejects = Rejects()
    frame = judged(table, NAMES, _figure, ["urn", "measure", "time_period"], rejects)
    frame = frame.reindex(columns=list(TYPES)).astype(TYPES)
    return Extract(
        source="own_figures", release="final", scope="own", time_period=None, as_at=None, tables={"own_figure": frame},
        rejects=rejects.frame(), notes=table.notes, rows_read=table.rows_read, rows_kept=len(frame),
    )  # fmt: skip


def _figure(cells: Cells) -> dict[str, object]:
    if not cells["value"]:
        raise Refused("not supplied: the value is blank", cells["measure"])
    period = naming.year(cells["period"])
    if period is None:
        raise Refused("no period: write it as 2025/26", cells["period"])
    known = measure_named(cells["measure"])
    key, label, definition, unit = _known(known, cells) if known else _own(cells)
    bounds = (known.low, known.high) if known and unit != "pct" else (None, None)
    said = value(cells["value"], unit, low=bounds[0], high=bounds[1])
    pupils = _pupils(cells, needed=unit == "pct" and said["status"] == "ok")
    if unit == "count" and OF_PUPILS.search(f"{label} {definition}"):
        _enough(said["value"])
    return {
        "measure": key, "label": label, "definition": definition, "unit": unit, "time_period": period, **said,
        "denominator": pupils, "supplied_by": cells["supplied by"] or pd.NA,
    }  # fmt: skip


def _known(measure: Measure, cells: Cells) -> tuple[str, str, str, Unit]:
    """Key, label, definition and unit of the catalogue hold."""
    unit = _unit(cells["unit"])
    if unit not in (None, measure.unit):
        raise Refused(f"another unit than the published measure, which is a {UNIT_WORDS[measure.unit]}", cells["unit"])
    return measure.key, measure.label, measure.definition, measure.unit


def _own(cells: Cells) -> tuple[str, str, str, Unit]:
    label = " ".join(cells["measure"].split())
    slug = re.sub(r"[^a-z0-9]+", "_", label.casefold()).strip("_")
    unit = _unit(cells["unit"])
    if not slug:
        raise Refused("no measure is named", cells["measure"])
    if not cells["definition"]:
        raise Refused("a measure that is not in the catalogue needs its definition", cells["measure"])
    if unit is None:
        raise Refused("a measure that is not in the catalogue needs its unit", cells["measure"])
    return OWN + slug, label, cells["definition"], unit


def _unit(cell: str) -> Unit | None:
    if not cell:
        return None
    if cell.casefold() not in UNITS:
        raise Refused("the unit is not percentage, number, score or pounds", cell)
    return UNITS[cell.casefold()]


def _pupils(cells: Cells, *, needed: bool) -> float:
    cell = cells["denominator"]
    if not cell:
        if needed:
            raise Refused("a percentage needs the number of pupils that it is of", cells["measure"])
        return math.nan
    found = number(cell, "count")
    if found is None or not math.isfinite(found) or found != int(found):
        raise Refused("the number of pupils is not a whole number", cell)
    if found < 1:
        raise Refused("the number of pupils is below 1", cell)
    _enough(found)
    return found


def _enough(pupils: object) -> None:
    """Nobody is counted among fewer than six; none at all says nothing of anyone."""
    if isinstance(pupils, float) and 0 < pupils < LEAST_PUPILS:
        raise Refused(TOO_FEW)


SOURCE = Source(
    "own_figures", "The partnership's own figures", "Entered by the partnership", "",
    f"columns {', '.join(NAMES)} (Alongside's own template)", recognise, read,
    expected=Expected(left_out=1, refused=1, withheld=1, matched=0, change=math.inf), due="whenever you have new ones",
)  # fmt: skip
