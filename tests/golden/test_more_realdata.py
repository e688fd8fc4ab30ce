"""What the real files of 16 to 18, destinations, workforce, spine and trusts say when they are held against each other."""

from __future__ import annotations

import pytest

from data.formats.extract import RawFile
from data.formats.register import PHASE
from data.formats.text import csv_table
from tests.golden.golden import plain
from tests.golden.test_realdata import E18, path, real
from tests.shared import needs_shared

pytestmark = needs_shared
SPINE = "performance/2017-18/2017-2018_england_spine.xlsx"
SUMMARY = "summary row, not a school (RECTYPE "
CONSORTIA = "a sixth-form consortium or centre: its students are also those of its members (RECTYPE 3)"
# Why rows were left out, with counts: the file's own kinds of rows, and nothing else.
LEFT_OUT = {
    "performance/2021-22/england_ks5final.csv.gz": {f"{SUMMARY}4)": 153, CONSORTIA: 14, f"{SUMMARY}5)": 1, f"{SUMMARY}7)": 1},
    "performance/2022-23/england_ks5final.csv.gz": {f"{SUMMARY}4)": 155, CONSORTIA: 12, f"{SUMMARY}5)": 1, f"{SUMMARY}7)": 1},
    "performance/2022-23/england_ks4-pupdest.csv": {f"{SUMMARY}LA)": 150, f"{SUMMARY}NAT)": 1},
    "performance/2020-21/england_swf.csv": {"summary row of England, not a school": 2},
    "finance/2017-18_320_cfr.csv": {"a median of schools, not a school": 45},
}  # fmt: skip


@pytest.mark.parametrize("name", LEFT_OUT)
def test_rows_are_left_out_for_what_they_are(name):
    assert real(name).rejects["reason"].value_counts().to_dict() == LEFT_OUT[name]


def test_leavers_of_2021_are_the_same_pupils_in_both_releases_of_destinations():
    # COHORT_21 of the 2024-25 tables is the plain COHORT of the 2022-23 tables: 46 schools, as FORMATS 3 counted.
    frame = real("performance/2022-23/england_ks4-pupdest.csv").tables["measurement"]
    assert real("performance/2022-23/england_ks4-pupdest.csv").time_period == 202021
    mine = frame[frame["measure"] == "ks4_destination_sustained_pct"].set_index("urn")["denominator"]
    later = csv_table(
        RawFile.from_path(path("performance/2024-25/england_ks4-pupdest.csv")), ("URN", "COHORT_21")
    ).frame
    both = [
        (mine[int(urn)], float(cohort))
        for urn, cohort in zip(later["urn"], later["cohort_21"], strict=True)
        if int(urn) in mine.index
    ]
    assert len(both) == 46
    assert [pair for pair in both if pair[0] != pair[1]] == []


def test_the_year_before_in_a_release_of_16_to_18_is_that_years_own_release():
    # The check that suffixed columns are good for: students of 2021-22 as both files have them.
    frame = real("performance/2021-22/england_ks5final.csv.gz").tables["measurement"]
    mine = frame[frame["measure"] == "ks5_alevel_students"].set_index("urn")["value"]
    file = RawFile.from_path(path("performance/2022-23/england_ks5final.csv.gz"))
    later = csv_table(file, ("URN", "RECTYPE", "TALLPUP_ALEV_1618_22")).frame.query("rectype == '1'").set_index("urn")
    told = later["tallpup_alev_1618_22"]
    pairs = [(float(cell), mine[int(urn)]) for urn, cell in told.items() if cell.isdigit() and int(urn) in mine.index]
    assert len(pairs) == 2587
    assert sum(one != other for one, other in pairs) == 0


def test_the_phase_of_the_spine_is_the_registers_own():
    school = real(SPINE).tables["school"].set_index("urn")["phase"].dropna()
    swf = csv_table(RawFile.from_path(path("performance/2020-21/england_swf.csv")), ("URN", "School Phase")).frame
    register = swf[swf["urn"] != ""].set_index("urn")["school phase"].str.casefold().map(PHASE).dropna()
    register.index = register.index.astype("int64")
    both = school.to_frame().join(register, how="inner")
    assert (len(both), int((both["phase"] != both["school phase"]).sum())) == (19809, 7)


def test_the_spine_and_the_register_made_of_it_agree():
    mine = real(SPINE).tables["school"].set_index("urn")
    theirs = real(f"{E18}edubasealldata20180901.csv").tables["school"].set_index("urn").loc[mine.index]
    for column in (
        "laestab",
        "la_code",
        "sector",
        "gender",
        "selective",
        "low_age",
        "high_age",
        "open_date",
        "close_date",
        "postcode",
    ):
        one, other = mine[column], theirs[column]
        assert bool(((one == other) | (one.isna() & other.isna())).all()), column
    assert mine["status"].value_counts().to_dict() == {
        "open": 23474, "proposed_to_open": 1289, "closed": 1169, "open_proposed_to_close": 146,
    }  # fmt: skip


def test_trusts_are_named_as_the_file_has_them():
    frame = real("performance/2024-25/england_ks2-mats-performance.csv").tables["group_figure"]
    assert plain(frame[frame["uid"] == "2053"], "name", "measure", "value", "denominator") == [
        ("LIFT SCHOOLS", "ks2_rwm_disadvantaged_pct", 71.0, None), ("LIFT SCHOOLS", "ks2_rwm_expected_pct", 79.0, 1428.0),
    ]  # fmt: skip
    assert frame["status"].value_counts().to_dict() == {"ok": 76, "suppressed": 14}
