"""Outlines of authorities and regions (TopoJSON or GeoJSON). A district map lacks the counties: no county is made up."""

from __future__ import annotations

import json

import pandas as pd

from data.catalogue.errors import SourceFormatError
from data.formats import naming
from data.formats.extract import REJECT_COLUMNS, Extract, Peek, RawFile, Source
from data.formats.rejects import Rejects
from data.formats.topojson import shapes

REGION = "E12"
ELSEWHERE = {"W": "Wales", "S": "Scotland", "N": "Northern Ireland"}


def recognise(peek: Peek) -> bool:
    """A topology or a feature collection."""
    return peek.kind == "json" and ("type=Topology" in peek.keys or "type=FeatureCollection" in peek.keys)


def read(file: RawFile) -> Extract:
    """`boundary`: code, kind (la or region), name, geometry (GeoJSON text). Areas outside England are left out.

    `row` in the rejects is the area's place in the file.
    """
    areas = shapes(file)
    if not areas:
        raise SourceFormatError("the map has no areas.", where=file.name, remedy="Use a map of authorities or regions.")
    code = pd.Series([area.code for area in areas], index=range(1, len(areas) + 1), dtype="str")
    country = code.str[0].map(ELSEWHERE)
    rejects = Rejects()
    rejects.others(code[country.notna()], "in " + country.astype("str") + ": Alongside covers England")
    repeat = code.duplicated() & country.isna()
    rejects.others(code[repeat], "the same area stands more than once: the first was used")
    kept = [area for area, out in zip(areas, country.notna() | repeat, strict=True) if not out]
    frame = pd.DataFrame(
        [
            (area.code, "region" if area.code.startswith(REGION) else "la", area.name,
             json.dumps(area.geometry, separators=(",", ":")))
            for area in kept
        ],
        columns=["code", "kind", "name", "geometry"], dtype="str",
    ).sort_values(["kind", "code"], ignore_index=True)  # fmt: skip
    return Extract(
        source="boundaries", release="final", scope="england", time_period=None, as_at=naming.as_at(file),
        tables={"boundary": frame}, rejects=rejects.frame().loc[:, list(REJECT_COLUMNS)], notes=(),
        rows_read=len(areas), rows_kept=len(frame),
    )  # fmt: skip


SOURCE = Source(
    "boundaries", "Boundaries of authorities and regions", "Office for National Statistics",
    "https://geoportal.statistics.gov.uk/", "TopoJSON or GeoJSON with area codes (AREACD, LAD22CD)", recognise, read,
)  # fmt: skip
