"""Deprivation of three vintages as CSV and workbook; outlines in both forms, and counties joined from their districts."""

from __future__ import annotations

import csv
import io
import json

import pytest
from openpyxl import Workbook

from data.catalogue import SourceFormatError
from data.formats.extract import RawFile
from data.formats.outlines import joined
from data.sources import boundaries, read
from tests.golden.golden import HERE, of, plain, rejected
from tests.shared import SHARED, needs_shared

CHILDREN = "Income Deprivation Affecting Children Index (IDACI)"
DECILE = f"{CHILDREN} Decile (where 1 is most deprived 10% of LSOAs)"
SCORE = f"{CHILDREN} Score (rate)"


def indices(areas: int, districts: int, *rows: tuple[str, ...]) -> list[list[str]]:
    """The all-scores file's first columns and the children's index, in its order."""
    head = [
        f"LSOA code ({areas})", f"LSOA name ({areas})", f"Local Authority District code ({districts})",
        f"Local Authority District name ({districts})", "Index of Multiple Deprivation (IMD) Score", SCORE,
        f"{CHILDREN} Rank (where 1 is most deprived)", DECILE,
    ]  # fmt: skip
    return [head, *([code, "", "", "", "30.1", score, "1", decile] for code, score, decile in rows)]


def text(name: str, rows: list[list[str]]) -> RawFile:
    made = io.StringIO(newline="")
    csv.writer(made).writerows(rows)
    return RawFile(name, (), made.getvalue().encode("utf-8-sig"))


def book(name: str, rows: list[list[str]]) -> RawFile:
    """First sheet Notes, the data sheet's header in its first row, numbers as numbers: as published."""
    made = Workbook()
    made.active.title = "Notes"
    made.active.append(["Indices of Deprivation: income deprivation affecting children"])
    page = made.create_sheet("IDACI and IDAOPI")
    for row in rows:
        page.append([float(cell) if cell.replace(".", "", 1).isdigit() else cell for cell in row])
    content = io.BytesIO()
    made.save(content)
    return RawFile(name, (), content.getvalue())


ROWS = (("E01990001", "0.321", "1"), ("E01990002", "0", "10"), ("E01990003", "1.2", "4"), ("E01990004", "c", "5"))


@pytest.mark.parametrize("form", [text, book])
@pytest.mark.parametrize(("areas", "districts", "year"), [(2011, 2013, 2015), (2011, 2019, 2019), (2021, 2024, 2025)])
def test_scores_and_deciles_of_each_vintage(form, areas, districts, year):
    found = of(form("File_7.dat", indices(areas, districts, *ROWS)), "idaci")
    assert plain(found.tables["deprivation"], "lsoa", "vintage", "idaci_score", "idaci_decile") == [
        ("E01990001", year, 0.321, 1), ("E01990002", year, 0.0, 10),  # no child in a poor family: 0 is a score
        ("E01990003", year, None, 4), ("E01990004", year, None, 5),
    ]  # fmt: skip
    assert rejected(found) == [(row, SCORE, "the score is not a share from 0 to 1") for row in (4, 5)]
    assert (found.rows_read, found.rows_kept, found.notes[0]) == (4, 4, f"indices of {year}")


def test_the_headers_years_go_before_the_name_and_a_name_before_nothing():
    rows = indices(2021, 2024, *ROWS[:1])
    assert of(text("File_3_IoD2019_copy.csv", rows), "idaci").tables["deprivation"]["vintage"].tolist() == [2025]
    bare = [[cell for at, cell in enumerate(row) if at not in (2, 3)] for row in indices(2011, 2019, *ROWS[:1])]
    for name, year in (("File_7_ID_2015_All_ranks.csv", 2015), ("File_7_-_All_IoD2019_Scores.csv", 2019)):
        assert of(text(name, bare), "idaci").tables["deprivation"]["vintage"].tolist() == [year]
    with pytest.raises(SourceFormatError, match="which indices of deprivation"):
        read(text("File_7.csv", bare))


SQUARE = {"type": "Polygon", "coordinates": [[[0, 50], [1, 50], [1, 51], [0, 51], [0, 50]]]}


def square(x: float, y: float, *, turned: bool = False, between: tuple[float, ...] = ()) -> dict[str, object]:
    """One by one degree from (x, y); `between` adds points on the left side, as a neighbour may not have them."""
    left = [[x, y + 1], *([x, y + part] for part in sorted(between, reverse=True)), [x, y]]
    ring = [[x, y], [x + 1, y], [x + 1, y + 1], *left]
    return {"type": "Polygon", "coordinates": [ring[::-1] if turned else ring]}


def test_neighbours_lose_the_border_between_them_whichever_way_they_are_drawn():
    # (0,50)-(1,51) and (1,50)-(2,51) share the side from (1,50) to (1,51)
    whole = [[0.0, 50.0], [1.0, 50.0], [2.0, 50.0], [2.0, 51.0], [1.0, 51.0], [0.0, 51.0], [0.0, 50.0]]
    for turned in (False, True):
        made = joined([square(0, 50), square(1, 50, turned=turned)])
        assert made == {"type": "Polygon", "coordinates": [whole]}


def test_a_border_drawn_with_other_points_stays_as_a_line():
    made = joined([square(0, 50), square(1, 50, between=(0.5,))])
    assert made["type"] == "MultiPolygon"
    assert sorted(len(polygon[0]) for polygon in made["coordinates"]) == [5, 6]


def test_an_authority_in_the_middle_is_a_hole_and_a_corner_no_bridge():
    around = [square(x, y) for x in (0, 1, 2) for y in (50, 51, 52) if (x, y) != (1, 51)]
    made = joined(around)
    assert made["type"] == "Polygon"
    outer, hole = made["coordinates"]
    assert (len(outer), len(hole)) == (13, 5)  # twelve sides and four, each closed
    assert hole == [[1.0, 51.0], [1.0, 52.0], [2.0, 52.0], [2.0, 51.0], [1.0, 51.0]]
    corner = joined([square(0, 50), square(1, 51)])
    assert corner["type"] == "MultiPolygon" and [len(polygon[0]) for polygon in corner["coordinates"]] == [5, 5]


def features(key: str, *areas: tuple[str, str, dict[str, object]]) -> RawFile:
    """GeoJSON with the code under `key` and the name under the same key's NM."""
    found = [
        {"type": "Feature", "properties": {"FID": at, key: code, key[:-2] + ("nm" if key.islower() else "NM"): name},
         "geometry": shape}
        for at, (code, name, shape) in enumerate(areas, 1)
    ]  # fmt: skip
    return RawFile("map.geojson", (), json.dumps({"type": "FeatureCollection", "features": found}).encode())


@pytest.mark.parametrize(
    "key", ["AREACD", "areacd", "LAD23CD", "lad13cd", "CTYUA24CD", "CTY22CD", "UTLA22CD", "LTLA22CD"]
)
def test_codes_and_names_under_any_of_the_publishers_keys(key):
    found = of(features(key, ("E06000001", "Hartlepool", SQUARE), ("W06000015", "Cardiff", SQUARE)), "boundaries")
    assert plain(found.tables["boundary"], "code", "kind", "name") == [("E06000001", "la", "Hartlepool")]
    assert json.loads(found.tables["boundary"]["geometry"][0]) == SQUARE
    assert found.notes == ()


def test_districts_become_their_county_and_what_belongs_to_none_is_said():
    three = [(f"E0700006{at}", name, square(at, 50)) for at, name in enumerate(["x", "Eastbourne", "Hastings"])]
    found = of(
        features(
            "LAD22CD", *three[1:], ("E07000177", "Cherwell", square(9, 50)), ("E07999999", "New", square(5, 50)),
            ("E11000001", "Greater Manchester", SQUARE), ("E06000001", "Hartlepool", SQUARE),
            ("E06000001", "Again", SQUARE),
        ),
        "boundaries",
    )  # fmt: skip
    assert plain(found.tables["boundary"], "code", "kind", "name") == [
        ("E06000001", "la", "Hartlepool"), ("E10000011", "la", "East Sussex"), ("E10000025", "la", "Oxfordshire"),
    ]  # fmt: skip
    assert (found.rows_read, found.rows_kept) == (7, 4)
    assert plain(found.rejects, "row", "raw", "reason") == [
        (4, "E07999999", "a district of no known county: it runs no schools"),
        (5, "E11000001", "neither an authority that runs schools nor a region"),
        (7, "E06000001", "the same area stands more than once: the first was used"),
    ]  # fmt: skip
    assert found.notes == (
        "counties made of their districts: 2 (East Sussex, Oxfordshire)",
        "East Sussex is drawn from some of its districts only: Eastbourne, Hastings",
        "Oxfordshire is drawn from some of its districts only: Cherwell",
        "districts of no known county, without an authority on this map: E07999999",
    )


def test_a_map_that_has_the_county_itself_keeps_it_and_leaves_its_districts_out():
    found = of(
        features("CTYUA22CD", ("E10000011", "East Sussex", SQUARE), ("E07000061", "Eastbourne", SQUARE)), "boundaries"
    )
    assert plain(found.tables["boundary"], "code", "name") == [("E10000011", "East Sussex")]
    assert found.rejects["reason"].tolist() == ["a district of a county that is on this map itself"]


@pytest.mark.parametrize("empty", [None, {}])
def test_an_area_that_is_named_but_not_drawn_is_told_of(empty):
    found = of(features("LAD22CD", ("E06000001", "Hartlepool", SQUARE), ("E06000002", "Nowhere", empty)), "boundaries")
    assert (found.rows_read, found.rows_kept) == (2, 1)
    assert plain(found.rejects, "row", "raw", "reason") == [(2, "E06000002", "the map has no outline of it")]


def test_points_and_lines_beside_the_areas_are_no_areas():
    point = {"type": "Point", "coordinates": [0, 50]}
    found = of(features("LAD22CD", ("E06000001", "Hartlepool", SQUARE), ("E06000002", "A town", point)), "boundaries")
    assert (found.rows_read, found.rows_kept) == (1, 1)


def test_the_look_up_of_counties_holds_together():
    codes = [one.code for one in boundaries.DISTRICTS.values()]
    assert len(codes) == len(set(codes)) == 204 and all(code.startswith("E07") for code in codes)
    names = {one.county: one.county_name for one in boundaries.DISTRICTS.values()}
    assert len(names) == len(set(names.values())) == 27
    for year, counties, districts in (
        (2015, 27, 201),
        (2018, 27, 201),
        (2019, 26, 192),
        (2020, 25, 188),
        (2022, 24, 181),
        (2023, 21, 164),
    ):
        there = [one for one in boundaries.DISTRICTS.values() if one.first <= year <= one.last]
        assert (len({one.county for one in there}), len(there)) == (counties, districts), year


@needs_shared
def test_the_districts_of_2022_make_the_152_authorities_of_that_year():
    assert SHARED
    found = read(RawFile.from_path(SHARED / "realdata/boundaries/geogLA2022EW.json"))
    frame = found.tables["boundary"].set_index("code")
    assert (len(frame), int(frame.index.str.startswith("E10").sum())) == (152, 24)
    assert not frame.index.str.startswith("E07").any()
    assert (
        found.notes[1] == "reorganised since this map, join codes of its own year: Cumbria, North Yorkshire, Somerset"
    )
    rings = {code: json.loads(frame.loc[code, "geometry"]) for code in ("E10000007", "E10000016", "E10000024")}
    assert rings["E10000007"]["type"] == "Polygon" and len(rings["E10000007"]["coordinates"]) == 2  # Derby is a hole
    assert len(rings["E10000024"]["coordinates"]) == 2  # so is Nottingham
    assert rings["E10000016"]["type"] == "MultiPolygon"  # Kent: Sheppey lies apart
    with (SHARED / "realdata/performance/meta/2022-23_la_and_region_codes_meta.csv").open(encoding="ascii") as handle:
        names = {row["LA Name"].strip().replace("&", "and").casefold() for row in csv.DictReader(handle)}
    there = set(frame["name"].str.casefold())
    assert (there - names, names - there) == ({"cumbria"}, {"cumberland", "westmorland and furness"})  # split in 2023


def test_the_golden_map_is_read_as_before():
    found = of(RawFile.from_path(HERE / "boundaries/places.json"), "boundaries")
    assert found.tables["boundary"]["code"].tolist() == ["E09990001", "E12990001"]
    assert found.notes == ()
