"""Outlines of authorities and regions (TopoJSON or GeoJSON). Counties that run schools are made of their districts.

A map of districts lacks the counties: they are joined from the districts by `counties.csv` (district -> county, with the
years in which the district stands in a map). A district is no authority and is never kept as one.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.catalogue.errors import SourceFormatError
from data.formats import naming
from data.formats.extract import REJECT_COLUMNS, Expected, Extract, Peek, RawFile, Source
from data.formats.outlines import joined
from data.formats.rejects import Rejects
from data.formats.topojson import Shape, shapes

KINDS: Mapping[str, str] = {"E06": "la", "E08": "la", "E09": "la", "E10": "la", "E12": "region"}
DISTRICT = "E07"
NO_COUNTY = "a district of no known county: it runs no schools"
ELSEWHERE: Mapping[str, str] = {"W": "Wales", "S": "Scotland", "N": "Northern Ireland"}


@dataclass(frozen=True, slots=True)
class District:
    """A district of a county council. `first` and `last` are the years of the maps that have it; 0 and 9999: open."""

    code: str
    county: str
    county_name: str
    first: int
    last: int


def _districts() -> dict[str, District]:
    with (Path(__file__).parent / "counties.csv").open(encoding="utf-8", newline="") as handle:
        return {
            row["district"]: District(
                row["district"], row["county"], row["county_name"], int(row["first"] or 0), int(row["last"] or 9999)
            )
            for row in csv.DictReader(handle)
        }


DISTRICTS: Mapping[str, District] = _districts()


def recognise(peek: Peek) -> bool:
    """A topology or a feature collection."""
    return peek.kind == "json" and ("type=Topology" in peek.keys or "type=FeatureCollection" in peek.keys)


def read(file: RawFile) -> Extract:
    """`boundary`: code, kind (la or region), name, geometry (GeoJSON text). Areas outside England are left out.

    `row` in the rejects is the area's place in the file. The notes say which counties were made, of what, and which
    districts belong to none that is known.
    """
    areas = pd.Series(shapes(file), dtype=object)
    if areas.empty:
        raise SourceFormatError("the map has no areas.", where=file.name, remedy="Use a map of authorities or regions.")
    areas.index += 1
    code = areas.map(lambda area: area.code).astype("str")
    rejects = Rejects()
    reason = _not_kept(code).mask(
        areas.map(lambda area: not area.geometry).astype(bool), "the map has no outline of it"
    )
    rejects.others(code[reason.notna()], reason[reason.notna()])
    kept = areas[reason.isna()]
    whole = [area for area in kept if area.code[:3] in KINDS]
    counties, notes = _counties([area for area in kept if area.code[:3] not in KINDS])
    frame = pd.DataFrame(
        [
            (area.code, KINDS[area.code[:3]], area.name, json.dumps(area.geometry, separators=(",", ":")))
            for area in (*whole, *counties)
        ],
        columns=["code", "kind", "name", "geometry"], dtype="str",
    ).sort_values(["kind", "code"], ignore_index=True)  # fmt: skip
    lost = sorted(code[reason.eq(NO_COUNTY)])
    if lost:
        notes.append(f"districts of no known county, without an authority on this map: {', '.join(lost)}")
    return Extract(
        source="boundaries", release="final", scope="england", time_period=None, as_at=naming.as_at(file),
        tables={"boundary": frame}, rejects=rejects.frame().loc[:, list(REJECT_COLUMNS)], notes=tuple(notes),
        rows_read=len(areas), rows_kept=len(kept),
    )  # fmt: skip


def _not_kept(code: pd.Series) -> pd.Series:
    """Why an area is left out, by place in the file; NA where it is kept."""
    country = code.str[0].map(ELSEWHERE).astype("str")
    kind = code.str[:3]
    county = code.map(lambda one: DISTRICTS[one].county if one in DISTRICTS else None).astype("str")
    reason = pd.Series(pd.NA, index=code.index, dtype="str")
    reason = reason.mask(~kind.isin([*KINDS, DISTRICT]), "neither an authority that runs schools nor a region")
    reason = reason.mask(country.notna(), "in " + country + ": Alongside covers England")
    reason = reason.mask((kind == DISTRICT) & county.isna(), NO_COUNTY)
    reason = reason.mask(county.isin(code), "a district of a county that is on this map itself")
    return reason.mask(code.duplicated() & reason.isna(), "the same area stands more than once: the first was used")


def _counties(districts: Sequence[Shape]) -> tuple[list[Shape], list[str]]:
    """Counties joined from their districts, and what there is to say of them."""
    found: dict[str, list[Shape]] = {}
    for area in sorted(districts, key=lambda one: one.code):
        found.setdefault(DISTRICTS[area.code].county, []).append(area)
    made, notes = [], []
    for county, parts in sorted(found.items()):
        name = DISTRICTS[parts[0].code].county_name
        made.append(Shape(county, name, joined(part.geometry for part in parts)))
        known = [one for one in DISTRICTS.values() if one.county == county]
        years = {one.first for one in known} | {min(one.last for one in known)}
        sets = [{one.code for one in known if one.first <= year <= one.last} for year in years]
        if {part.code for part in parts} not in sets:
            notes.append(f"{name} is drawn from some of its districts only: {', '.join(part.name for part in parts)}")
    if made:
        notes.insert(0, f"counties made of their districts: {len(made)} ({', '.join(area.name for area in made)})")
    gone = [area.name for area in made if all(one.last < 9999 for one in DISTRICTS.values() if one.county == area.code)]
    if gone:
        notes.append(f"reorganised since this map, join codes of its own year: {', '.join(gone)}")
    return made, notes


SOURCE = Source(
    "boundaries", "Boundaries of authorities and regions", "Office for National Statistics",
    "https://geoportal.statistics.gov.uk/", "TopoJSON or GeoJSON with area codes (AREACD, LAD22CD)", recognise, read,
    # A map of regions has nine areas, one of districts 331: their sizes say nothing of each other.
    Expected(left_out=0.3, refused=0.0, withheld=0.0, matched=0.0, change=1000),
    "when authorities are reorganised, as a rule in April",
)  # fmt: skip
