"""Every real file of the sources in `../shared/realdata`: rows read, kept and left out, and cells picked by hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from data.catalogue import SourceFormatError
from data.formats.extract import Extract, RawFile
from data.sources import SOURCES, peek, read
from tests.golden.golden import cells, plain
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared
E18 = "england_2018/"
MI = f"{E18}Management_information_-_state-funded_schools_-_latest_inspections_as_at_31_August_2018.csv"
LINKS = "gias/grouplinks_edubaseallacademiesandfree20221026.csv"
# file -> source, scope, period, rows read, rows kept
FILES: dict[str, tuple[str, str, int | None, int, int]] = {
    "boundaries/geogEregion.json": ("boundaries", "england", None, 9, 9),
    "boundaries/geogLA2022EW.json": ("boundaries", "england", None, 331, 309),
    "context/File_3_IoD2019_IDACI_IDAOPI_asCSV.csv": ("idaci", "england", None, 32844, 32844),
    f"{E18}2015-2016_england_ks2final.csv": ("ks2", "england", 201516, 16162, 16162),
    f"{E18}2015-2016_england_ks4final.csv": ("ks4", "england", 201516, 5335, 5335),
    f"{E18}2016-2017_england_ks2final.csv": ("ks2", "england", 201617, 16313, 16313),
    f"{E18}2016-2017_england_ks4final.csv": ("ks4", "england", 201617, 5399, 5399),
    f"{E18}2017-2018_england_ks2final.csv": ("ks2", "england", 201718, 16364, 16364),
    f"{E18}2017-2018_england_ks4final.csv": ("ks4", "england", 201718, 5519, 5519),
    f"{E18}2018-2019_england_abs.csv": ("abs", "england", 201819, 21217, 21214),
    f"{E18}2018-2019_england_census.csv": ("census", "england", 201819, 23942, 23939),
    f"{E18}CFR_2015-16_Full_Data_Workbook.xlsx": ("cfr", "england", 201516, 16240, 16240),
    f"{E18}CFR_2016-17_Full_Data_Workbook.xlsx": ("cfr", "england", 201617, 15275, 15273),
    f"{E18}CFR_2017-18_Full_Data_Workbook.xlsx": ("cfr", "england", 201718, 13599, 13599),
    MI: ("ofsted_mi", "england", None, 20980, 20980),
    f"{E18}edubasealldata20180901.csv": ("gias", "england", None, 26078, 26078),
    "gias/20220419_gias_search_download_LA850.csv": ("gias_search", "850", None, 427, 427),
    "gias/allgroupsdata20221026.csv": ("groups", "england", None, 6924, 6271),
    LINKS: ("group_links", "england", None, 17678, 17678),
    "gias/links_edubasealldata20250422.csv": ("links", "england", None, 33801, 33801),
    "performance/2016-17/320_ks4final.csv": ("ks4", "320", 201617, 28, 25),
    "performance/2016-17/850_ks2final.csv": ("ks2", "850", 201617, 331, 328),
    "performance/2017-18/850_ks2final.csv": ("ks2", "850", 201718, 331, 328),
    "performance/2018-19/850_ks2final.csv": ("ks2", "850", 201819, 334, 331),
    "performance/2018-19/england_census.csv": ("census", "england", 201819, 23942, 23939),
    "performance/2018-19/england_ks4provisional.csv": ("ks4", "england", 201819, 5652, 5495),
    "performance/2020-21/england_census.csv": ("census", "england", 202021, 24416, 24413),
    "performance/2022-23/england_abs.csv": ("abs", "england", 202223, 21284, 21281),
    "performance/2022-23/england_census.csv": ("census", "england", 202223, 24436, 24433),
    "performance/2024-25/england_census.csv": ("census", "england", 202425, 132, 132),
    "finance/2017-18_320_cfr.csv": ("cfr_tables", "320", 201718, 86, 41),
    "performance/2017-18/2017-2018_england_spine.xlsx": ("school_information", "england", None, 26078, 26078),
    "performance/2020-21/england_swf.csv": ("swf", "england", 202021, 20789, 20787),
    "performance/2021-22/england_ks5final.csv.gz": ("ks5", "england", 202122, 2971, 2802),
    "performance/2022-23/england_ks5final.csv.gz": ("ks5", "england", 202223, 2973, 2804),
    "performance/2022-23/england_ks4-mats-performance.csv": ("ks4_mats", "england", 202223, 216, 216),
    "performance/2022-23/england_ks4-pupdest.csv": ("ks4_destinations", "england", 202021, 4089, 3938),
    "performance/2024-25/england_ks2-mats-performance.csv": ("ks2_mats", "england", 202425, 45, 45),
    "performance/2024-25/england_ks4-pupdest.csv": ("ks4_destinations", "england", 202223, 49, 49),
}
# The only cells of all these files that cannot be used: one school's spending below nothing.
CELLS = {
    f"{E18}CFR_2016-17_Full_Data_Workbook.xlsx": [("121782", "-68798.94", "outside the possible range (0 or more)")]
}


def path(name: str) -> Path:
    assert SHARED
    return SHARED / "realdata" / name


@cache
def real(name: str) -> Extract:
    return read(RawFile.from_path(path(name)))


@pytest.mark.parametrize("name", FILES)
def test_every_real_file_of_the_sources_is_read(name):
    found = real(name)
    assert (found.source, found.scope, found.time_period, found.rows_read, found.rows_kept) == FILES[name]
    whole = found.rejects["column"].isna()
    assert found.rows_kept + int(whole.sum()) == found.rows_read
    refused = plain(found.rejects[~whole], "urn", "raw", "reason")
    assert refused == CELLS.get(name, [])
    assert found.release == ("provisional" if "provisional" in name else "final")


def test_no_real_file_is_unknown_and_only_look_ups_and_descriptions_are_refused():
    root = path("")
    there = {file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file() and file.suffix != ".md"}
    assert set(FILES) <= there
    refused = set()
    for name in sorted(there - set(FILES)):  # the other sources' files are read in their own tests
        seen = peek(RawFile.from_path(path(name)))
        if not any(source.recognise(seen) for source in SOURCES):
            refused.add(name)
            with pytest.raises(SourceFormatError, match=r"holds no figures|holds no school|describes the columns"):
                read(RawFile.from_path(path(name)))
    meta = {name for name in there if name.startswith("performance/meta/")}
    assert refused == meta | {"gias/edubasealldata20250422-establishment-types.csv"}


PICKED = [
    ("performance/2016-17/320_ks4final.csv", "ks4_progress8", 103080, (-0.28, None, "ok", 105.0)),
    ("performance/2016-17/320_ks4final.csv", "ks4_progress8", 141411, (None, "NP", "not_available", None)),
    ("performance/2016-17/320_ks4final.csv", "ks4_progress8", 140795, (None, "NE", "no_cohort", None)),
    ("performance/2016-17/320_ks4final.csv", "ks4_english_mathematics_5_pct", 103080, (25.0, None, "ok", 134.0)),
    ("performance/2016-17/320_ks4final.csv", "ks4_attainment8_disadvantaged", 103080, (34.4, None, "ok", 48.0)),
    ("performance/2016-17/850_ks2final.csv", "ks2_reading_expected_pct", 115851, (71.0, None, "ok", 63.0)),
    ("performance/2016-17/850_ks2final.csv", "ks2_rwm_disadvantaged_pct", 115851, (47.0, None, "ok", 17.0)),
    ("performance/2017-18/850_ks2final.csv", "ks2_writing_expected_pct", 115851, (79.0, None, "ok", 63.0)),
    ("performance/2018-19/850_ks2final.csv", "ks2_reading_progress", 115851, (-1.9, None, "ok", 60.0)),
    (f"{E18}2017-2018_england_ks2final.csv", "ks2_writing_progress", 119059, (31.2, None, "ok", 18.0)),
    (f"{E18}2017-2018_england_ks4final.csv", "ks4_attainment8", 103080, (37.5, None, "ok", 129.0)),
    ("performance/2018-19/england_ks4provisional.csv", "ks4_english_mathematics_5_pct", 100053, (47.1, None, "ok", 136.0)),
    ("performance/2020-21/england_census.csv", "census_eal_pct", 100000, (58.9, None, "ok", None)),
    ("performance/2020-21/england_census.csv", "census_eal_pct", 100001, (None, "0%", "not_available", None)),
    ("performance/2020-21/england_census.csv", "census_fsm6_pct", 100001, (None, "", "not_available", None)),
    ("performance/2024-25/england_census.csv", "census_fsm6_pct", 100000, (24.88, None, "ok", None)),
    ("performance/2024-25/england_census.csv", "census_fsm6_pct", 100001, (None, "0.00%", "not_available", None)),
    (f"{E18}2018-2019_england_census.csv", "census_fsm6_pct", 100001, (None, "NA", "not_available", None)),
    (f"{E18}2018-2019_england_abs.csv", "absence_persistent_pct", 136807, (11.0, None, "ok", None)),
    (f"{E18}CFR_2015-16_Full_Data_Workbook.xlsx", "finance_income", 100000, (2092910.44, None, "ok", None)),
    (f"{E18}CFR_2017-18_Full_Data_Workbook.xlsx", "finance_in_year_balance", 100009, (-86514.16, None, "ok", None)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "measure", "urn", "expected"), PICKED)
def test_cells_picked_by_hand(name, measure, urn, expected):
    assert cells(real(name), measure)[urn] == expected


def test_marks_of_the_hampshire_files():
    for name, urn, expected in (
        ("performance/2016-17/850_ks2final.csv", 116322, (None, "SUPP", "suppressed")),
        ("performance/2017-18/850_ks2final.csv", 116633, (None, "LOWCOV", "low_coverage")),
        ("performance/2018-19/850_ks2final.csv", 116609, (None, "NA", "not_available")),
    ):
        assert cells(real(name), "ks2_reading_progress")[urn][:3] == expected


def test_the_register_of_2018():
    school = real(f"{E18}edubasealldata20180901.csv").tables["school"].set_index("urn", drop=False)
    columns = ("name", "la_code", "status", "sector", "phase", "trust_uid", "easting", "open_date", "fsm_pct")
    assert plain(school.loc[[136807, 147654, 100001]], *columns) == [
        ("St Luke's Church of England School", 202, "open", "academy", "primary", 4731, 525360, None, 20.6),
        ("The Oaks Academy", 895, "proposed_to_open", "academy", "secondary", None, 369495, "2019-11-01", None),
        ("City of London School for Girls", 201, "open", "independent", None, None, 532305, None, None),
    ]
    # St Botolph's area of the City: 51.5137 N, 0.0775 W
    assert plain(school.loc[[100000]], "latitude", "longitude") == [(51.513662, -0.077486)]
    assert int(school["latitude"].notna().sum()) == 21437
    assert len(real(f"{E18}edubasealldata20180901.csv").tables["membership"]) == 7165


def test_groups_links_and_memberships():
    groups = real("gias/allgroupsdata20221026.csv").tables["group"]
    assert groups["kind"].value_counts().to_dict() == {
        "sat": 1913, "mat": 1694, "sponsor": 1219, "federation": 951, "trust": 474, "umbrella": 20,
    }  # fmt: skip
    assert groups.loc[groups["uid"] == "1095", "name"].tolist() == ["None"]
    member = real(LINKS).tables["membership"]
    assert plain(member[member["urn"] == 105135], "uid", "joined") == [("2150", "2010-01-05"), ("4782", "2005-09-01")]
    assert int(real("gias/links_edubasealldata20250422.csv").tables["link"]["established"].isna().sum()) == 8253


def test_inspections_of_2018():
    frame = real(MI).tables["inspection"]
    graded = frame[frame["event"] == "graded"]
    assert graded["overall"].value_counts().to_dict() == {2: 12025, 1: 3335, 3: 2011, 4: 462}
    assert (int(graded["as_predecessor"].sum()), set(frame["era"])) == (811, {"E1"})
    assert len(frame[frame["event"] == "previous_graded"]) == 14732


def test_deprivation_and_outlines():
    areas = real("context/File_3_IoD2019_IDACI_IDAOPI_asCSV.csv").tables["deprivation"].set_index("lsoa")
    assert areas.loc["E01033767", ["vintage", "idaci_decile"]].tolist() == [2019, 1]
    assert areas.loc["E01000001", "idaci_decile"] == 10
    outlines = real("boundaries/geogEregion.json").tables["boundary"]
    assert plain(outlines.head(1), "code", "kind", "name") == [("E12000001", "region", "North East")]
