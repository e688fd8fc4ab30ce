"""16 to 18, destinations, workforce, finance per pupil, school information, trusts; KS4 of years unlike the others."""

from __future__ import annotations

import gzip
from datetime import date

import pytest

from data.catalogue import MEASURES, SourceFormatError
from data.formats.extract import RawFile
from data.sources import peek, read, recognised
from tests.golden.golden import HERE, cells, extract, of, plain, rejected, workbook
from tests.shared import SHARED, needs_shared

CONSORTIUM = "a sixth-form consortium or centre: its students are also those of its members (RECTYPE 3)"
UNMADE = "not in this file: VA_INS_ALEV, LCI_INS_ALEV, UCI_INS_ALEV, VA_INS_ACAD, VA_INS_AGEN"


def summary(kind: str) -> str:
    return f"summary row, not a school (RECTYPE {kind})"


def figures(path: str, source: str) -> list[tuple[object, ...]]:
    """uid, measure, value, raw, status, denominator, row."""
    frame = extract(path, source).tables["group_figure"]
    return plain(frame, "uid", "measure", "value", "raw", "status", "denominator", "row")


def test_16_to_18_marks_consortia_and_rows_that_end_early():
    found = extract("ks5/2022-23/england_ks5final.csv", "ks5")
    assert (found.release, found.scope, found.time_period) == ("final", "england", 202223)
    assert (found.rows_read, found.rows_kept) == (9, 5)
    assert cells(found, "ks5_alevel_points_per_entry") == {  # not 31.5: that column is the year before's
        900201: (35.21, None, "ok", 95.0), 900202: (None, "SUPP", "suppressed", 4.0),
        900203: (None, "NE", "no_cohort", None), 900204: (None, "", "not_available", None),
    }  # fmt: skip
    assert cells(found, "ks5_alevel_students")[900206] == (95.0, None, "ok", None)
    assert cells(found, "ks5_alevel_best_three")[900201] == (36.4, None, "ok", 80.0)
    assert cells(found, "ks5_alevel_aab_pct")[900201] == (12.5, None, "ok", 80.0)
    assert cells(found, "ks5_academic_points_per_entry")[900201] == (35.0, None, "ok", 97.0)
    assert cells(found, "ks5_tech_level_points_per_entry")[900202] == (None, "RE", "suppressed", 11.0)
    assert cells(found, "ks5_alevel_retained_pct")[900203] == (None, "NA", "not_available", None)
    assert rejected(found) == [
        (6, None, CONSORTIUM), (7, "TALLPPE_ALEV_1618", "outside the possible range (0 to 100)"),
        (8, None, summary("4")), (9, None, summary("5")), (10, None, summary("7")),
    ]  # fmt: skip
    assert found.notes == (
        "rows that end early, read as blank from there on: 3", UNMADE,
        "empty for every school (not made this year, or not in this copy): PROGEX_E, PROGEX_M",
    )  # fmt: skip


def test_16_to_18_of_2016_has_value_added_with_limits_and_progress():
    found = extract("ks5/2015-16/991_ks5revised.csv", "ks5")
    assert (found.release, found.scope, found.time_period) == ("revised", "991", 201516)
    assert cells(found, "ks5_alevel_value_added") == {
        900207: (-0.11, None, "ok", 60.0), 900208: (None, "LOWCOV", "low_coverage", 30.0),  # students, not entries
    }  # fmt: skip
    assert cells(found, "ks5_alevel_value_added_low")[900207] == (-0.24, None, "ok", 170.0)
    assert cells(found, "ks5_alevel_value_added_high")[900207] == (0.02, None, "ok", 170.0)
    assert cells(found, "ks5_academic_value_added")[900207] == (-0.1, None, "ok", 180.0)
    assert cells(found, "ks5_english_progress") == {
        900207: (0.25, None, "ok", 12.0), 900208: (None, "SUPP", "suppressed", 3.0),
    }  # fmt: skip
    assert cells(found, "ks5_mathematics_progress") == {
        900207: (-0.4, None, "ok", 15.0), 900208: (None, "NE", "no_cohort", None),
    }  # fmt: skip
    assert cells(found, "ks5_alevel_retained_pct")[900207] == (93.5, None, "ok", 62.0)  # no percent sign that year


def test_16_to_18_is_read_out_of_gz():
    packed = gzip.compress((HERE / "ks5/2022-23/england_ks5final.csv").read_bytes(), mtime=0)
    found = of(RawFile("2022-2023_england_ks5final.csv.gz", (), packed), "ks5")
    assert cells(found, "ks5_alevel_points_per_entry")[900201] == (35.21, None, "ok", 95.0)


@pytest.mark.parametrize(
    "name", ["ks5_2015-16_73", "ks5_2016-17_212", "ks5_2021-22_530", "ks5_2022-23_530", "ks5_2023-24_585"]
)
@needs_shared
def test_every_16_to_18_header_known_is_recognised_and_has_the_points(name):
    assert SHARED
    names = (SHARED / "formats/headers" / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    row = ["1" if column == "RECTYPE" else "900201" if column == "URN" else "" for column in names]
    row[names.index("TALLPPE_ALEV_1618")], row[names.index("TALLPUP_ALEV_1618")] = "33.3", "40"
    content = "\n".join(",".join(line) for line in (names, row)).encode()
    found = of(RawFile(f"{name[4:11]}_england_ks5final.csv", (), content), "ks5")
    assert cells(found, "ks5_alevel_points_per_entry") == {900201: (33.3, None, "ok", 40.0)}


def test_destinations_are_filed_under_the_year_the_pupils_left():
    found = extract("ks4_destinations/2022-23/england_ks4-pupdest.csv", "ks4_destinations")
    assert (found.release, found.scope, found.time_period, found.rows_kept) == ("final", "england", 202021, 3)
    assert cells(found, "ks4_destination_sustained_pct") == {  # neither 11% nor 22%: other years' leavers
        900211: (95.0, None, "ok", 120.0), 900212: (None, "SUPP", "suppressed", 9.0), 900213: (95.0, None, "ok", 120.0),
    }  # fmt: skip
    assert cells(found, "ks4_destination_unknown_pct")[900213] == (None, "SP", "low", 120.0)
    assert cells(found, "ks4_destination_not_sustained_pct")[900211] == (4.0, None, "ok", 120.0)
    assert cells(found, "ks4_destination_sustained_disadvantaged_pct") == {
        900211: (90.0, None, "ok", 30.0), 900212: (None, "SUPP", "suppressed", None),
        900213: (None, "SUPP", "suppressed", 0.0),
    }  # fmt: skip
    assert rejected(found) == [(5, None, summary("LA")), (6, None, summary("NAT"))]
    named = RawFile(
        "2018-2019_england_ks4-pupdest.csv",
        (),
        (HERE / "ks4_destinations/2022-23/england_ks4-pupdest.csv").read_bytes(),
    )
    assert read(named).time_period == 201617


def test_destinations_after_16_to_18_take_all_levels_together_and_no_consortia():
    found = extract("ks5_destinations/2024-25/england_ks5-studest.csv", "ks5_destinations")
    assert (found.time_period, found.rows_read, found.rows_kept) == (202223, 7, 3)
    assert cells(found, "ks5_destination_sustained_pct") == {  # not 33%: that is level 3 alone
        900221: (82.0, None, "ok", 150.0), 900222: (None, "SUPP", "suppressed", 5.0), 900223: (82.0, None, "ok", 3200.0),
    }  # fmt: skip
    assert cells(found, "ks5_destination_higher_education_pct")[900223] == (None, "SP", "low", 3200.0)
    assert cells(found, "ks5_destination_unknown_pct")[900221] == (4.0, None, "ok", 150.0)
    assert cells(found, "ks5_destination_sustained_disadvantaged_pct")[900221] == (75.0, None, "ok", 40.0)
    assert rejected(found) == [
        (5, None, CONSORTIUM), (6, None, CONSORTIUM), (7, None, summary("LA")), (8, None, summary("NAT")),
    ]  # fmt: skip


def test_workforce_headers_are_sentences_and_values_have_pounds_and_commas():
    found = extract("swf/2020-21/england_swf.csv", "swf")
    assert (found.scope, found.time_period, found.rows_kept) == ("england", 202021, 3)
    assert cells(found, "workforce_pupil_teacher_ratio") == {
        900231: (20.8, None, "ok", None), 900232: (None, "NA", "not_available", None), 900233: (15.0, None, "ok", None),
    }  # fmt: skip
    assert cells(found, "workforce_mean_salary") == {
        900231: (41012.0, None, "ok", None), 900232: (None, "NA", "not_available", None),
        900233: (None, "SUPP", "suppressed", None),
    }  # fmt: skip
    full_time = {
        key: cells(found, f"workforce_{key}_fte")[900231][0]
        for key in ("teachers", "teaching_assistants", "support_staff")
    }
    assert full_time == {
        "teachers": 10.5,
        "teaching_assistants": 7.25,
        "support_staff": 2.8,
    }  # not the headcounts 12, 9, 4
    assert plain(found.tables["measurement"].head(1), "column") == [("Pupil:     Teacher Ratio",)]
    assert rejected(found) == [(row, None, "summary row of England, not a school") for row in (5, 6)]


def test_finance_per_pupil_leaves_out_medians_and_percentage_copies():
    found = extract("cfr_tables/2017-18/991_cfr.csv", "cfr_tables")
    assert (found.scope, found.time_period, found.rows_read, found.rows_kept) == ("991", 201718, 8, 5)
    assert cells(found, "finance_grant_funding_per_pupil") == {
        900241: (5100.0, None, "ok", 1434.0), 900242: (5100.0, None, "ok", 44.0),
        900243: (None, "DNS", "not_submitted", None), 900244: (None, "SUPP", "suppressed", 1434.0),
        900245: (5100.0, None, "ok", 1434.0),
    }  # fmt: skip
    assert cells(found, "finance_catering_per_pupil")[900242] == (-69.0, None, "ok", 44.0)
    assert cells(found, "finance_energy_per_pupil")[900241] == (0.0, None, "ok", 1434.0)
    assert cells(found, "finance_energy_per_pupil")[900242] == (None, "NA", "not_available", 44.0)
    assert sorted(cells(found, "finance_expenditure_per_pupil")) == [900241, 900242, 900243, 900244]
    median = "a median of schools, not a school"
    assert rejected(found) == [
        (6, "TOTALEXPENDITURE", "outside the possible range (0 or more)"), (7, None, median), (8, None, median),
        (9, None, median),
    ]  # fmt: skip
    assert found.rejects["raw"].tolist() == ["-5", "Chilvershire", "", ""]
    kept = [measure for measure in MEASURES.values() if measure.source == "cfr_tables"]
    assert set(found.tables["measurement"]["measure"]) == {measure.key for measure in kept}
    assert len(kept) == 16


SPINE = "school_information/2017-18/2017-2018_england_spine.csv"
SPINE_SCHOOLS = [
    (900251, "open", "maintained", "primary", None, None), (900252, "open", "academy", "secondary", True, True),
    (900253, "open", "academy", "all_through", None, True), (900254, "open", "academy", "secondary", None, False),
    (900255, "open", "academy", None, None, None), (900256, "open", "academy", "special", None, None),
    (900257, "open", "independent", "special", None, None), (900258, "open", "independent", None, None, None),
    (900259, "open", "other", "sixteen_plus", None, None), (900260, "open", "academy", "sixteen_plus", None, None),
    (900261, "open", "academy", "secondary", None, True), (900262, "open", "other", None, None, None),
    (900263, "open", "maintained", "primary", None, None), (900264, "closed", "maintained", "primary", None, None),
    (900265, "proposed_to_open", "academy", None, None, None), (900266, None, "maintained", "primary", None, None),
]  # fmt: skip
SPINE_REJECTS = [
    (17, "AGEL", "not a whole number"), (17, "ICLOSE", "not a known word"), (17, "OPENDATE", "not a date written dd-mm-yyyy"),
    (18, None, "not a school: the URN is not six digits"),
]  # fmt: skip


def test_school_information_says_only_what_flags_and_ages_settle():
    found = extract(SPINE, "school_information")
    assert (found.as_at, found.time_period, found.scope) == (date(2018, 8, 31), None, "england")
    assert (found.rows_read, found.rows_kept) == (17, 16)
    school = found.tables["school"]
    assert plain(school, "urn", "status", "sector", "phase", "selective", "sixth_form") == SPINE_SCHOOLS
    assert rejected(found) == SPINE_REJECTS
    assert plain(school.head(1), "laestab", "la_code", "name", "type_name", "low_age", "high_age", "gender") == [
        (9912001, 991, "Lane Primary  School", "Community school", 3, 11, "mixed")
    ]
    assert plain(school.head(1), "religious_character", "street", "town", "postcode", "as_at") == [
        ("None", "Mill Lane", "Pellworth", "ZZ1 1AA", "2018-08-31")
    ]
    later = school.set_index("urn").loc[[900263, 900265], ["open_date", "close_date", "low_age", "religious_character"]]
    assert plain(later, *later.columns) == [(None, "2019-08-31", 4, "None"), ("2018-09-01", None, None, "Unknown")]
    # A list that knows less than the register must not blank what that knows.
    assert not {"pupils", "capacity", "lsoa", "trust_uid", "la_name", "region", "website"} & set(school.columns)
    assert "01632" not in school.to_csv()


def test_school_information_as_a_workbook_is_the_same():
    file = workbook(SPINE, "2017-2018_england_spine.xlsx", sheet="england")
    found = of(file, "school_information")
    assert plain(found.tables["school"], "urn", "status", "sector", "phase", "selective", "sixth_form") == SPINE_SCHOOLS
    assert [row[1:] for row in rejected(found)] == [row[1:] for row in SPINE_REJECTS]


def test_school_information_of_later_years_has_other_names():
    found = extract("school_information/2024-25/england_school_information.csv", "school_information")
    assert found.as_at == date(2025, 8, 31)
    columns = (
        "urn",
        "la_name",
        "status",
        "sector",
        "phase",
        "low_age",
        "selective",
        "religious_character",
        "sixth_form",
    )
    assert plain(found.tables["school"], *columns) == [
        (900271, "Chilvershire", "open", "academy", "primary", 4, False, "Does not apply", None),
        (900272, "Chilvershire", "open", "academy", "special", None, False, "Does not apply", None),
        (
            900273,
            "Chilvershire",
            "open_proposed_to_close",
            "maintained",
            "secondary",
            11,
            False,
            "Does not apply",
            True,
        ),
        (900274, "Chilvershire", "proposed_to_open", "academy", "sixteen_plus", 16, False, "Does not apply", None),
        (900275, "Chilvershire", "closed", "maintained", "primary", 4, False, "Does not apply", None),
    ]
    assert rejected(found) == []


def test_trusts_at_key_stage_2_are_keyed_by_uid_and_never_a_school():
    path = "ks2_mats/england_ks2-mats-performance.csv"
    found = extract(path, "ks2_mats")
    assert (found.release, found.scope, found.time_period) == ("final", "england", 202425)
    assert (found.rows_read, found.rows_kept, list(found.tables)) == (6, 3, ["group_figure"])
    part, whole = "ks2_rwm_disadvantaged_pct", "ks2_rwm_expected_pct"
    assert figures(path, "ks2_mats") == [
        ("90001", part, 61.0, None, "ok", None, 2), ("90002", part, None, "SUPPMAT", "suppressed", None, 3),
        ("90004", part, 61.0, None, "ok", None, 7), ("90001", whole, 66.0, None, "ok", 140.0, 2),
        ("90002", whole, 66.0, None, "ok", 140.0, 3),
    ]  # fmt: skip
    first = found.tables["group_figure"].head(1)
    assert plain(first, "name", "column", "time_period", "release", "source") == [
        ("CHILVER VALE  LEARNING TRUST", "PRWM_EXP_WGTAVG_FSM6CLA1A", 202425, "final", "ks2_mats")
    ]
    assert plain(found.rejects, "row", "urn", "column", "raw", "reason") == [
        (4, None, None, "90002", "the same trust stands more than once: the first was used"),
        (5, None, None, "", "the trust's UID is not a number"),
        (6, None, None, "90003", "TIME_PERIOD is not an academic year"),
        (7, None, "PRWM_EXP_WGTAVG", "lots", "not a number and no known mark"),
    ]


def test_trusts_at_key_stage_4_are_the_schools_measures_and_a_provisional_file_stays_so():
    path = "ks4_mats/england_ks4-mats-performance_provisional.csv"
    assert extract(path, "ks4_mats").release == "provisional"
    assert extract(path, "ks4_mats").tables["group_figure"]["name"].unique().tolist() == [
        "Chilver Vale – Café Trust", "Kelderby",
    ]  # fmt: skip
    assert [row[1:] for row in figures(path, "ks4_mats") if row[0] == "90001"] == [
        ("ks4_english_mathematics_5_pct", 41.0, None, "ok", 1547.0, 2), ("ks4_attainment8", 45.5, None, "ok", 1547.0, 2),
        ("ks4_progress8", -0.05, None, "ok", None, 2), ("ks4_ebacc_aps", 3.9, None, "ok", 1547.0, 2),
        ("ks4_attainment8_disadvantaged", 37.5, None, "ok", None, 2), ("ks4_ebacc_entry_pct", 36.0, None, "ok", 1547.0, 2),
        ("ks4_prior_attainment", 104.5, None, "ok", 1547.0, 2),
    ]  # fmt: skip
    assert [row[2:5] for row in figures(path, "ks4_mats") if row[0] == "90002" and row[1] == "ks4_progress8"] == [
        (None, "NA", "not_available")
    ]


def test_trusts_at_16_to_18_have_a_mark_of_their_own():
    path = "ks5_mats/england_ks5-mats-performance.csv"
    assert [row for row in figures(path, "ks5_mats") if row[0] != "90001"] == [
        ("90002", "ks5_academic_points_per_entry", 29.95, None, "ok", 150.0, 3),
        ("90003", "ks5_academic_points_per_entry", 29.95, None, "ok", 150.0, 4),
        ("90002", "ks5_applied_general_points_per_entry", None, "SUPPM", "suppressed", None, 3),
        ("90003", "ks5_applied_general_points_per_entry", 28.1, None, "ok", 110.0, 4),
        ("90002", "ks5_academic_value_added", -0.2, None, "ok", 300.5, 3),
        ("90003", "ks5_academic_value_added", None, "SUPP", "suppressed", 300.5, 4),
        ("90002", "ks5_applied_general_value_added", None, "SUPPM", "suppressed", None, 3),
        ("90003", "ks5_applied_general_value_added", 0.0, None, "ok", 160.0, 4),
    ]


def test_a_table_of_trusts_without_a_single_trust_is_refused():
    content = b"TRUST_UID,TRUST_NAME,TIME_PERIOD,ATT8SCR_WGTAVG\nTotal,England,202425,46\n"
    with pytest.raises(SourceFormatError, match="no row has a trust's UID and a year"):
        read(RawFile("england_ks4-mats-performance.csv", (), content))


def test_key_stage_4_of_2021_has_entries_only_and_one_release():
    found = extract("ks4/2020-21/england_ks4-ebacc-entries.csv", "ks4")
    assert (found.release, found.time_period, found.rows_kept) == ("final", 202021, 4)
    assert cells(found, "ks4_ebacc_entry_pct") == {
        900331: (32.0, None, "ok", 110.0), 900332: (None, "NE", "no_cohort", 14.0),
        900333: (None, "SUPP", "suppressed", 1.0), 900334: (None, "", "not_available", None),
    }  # fmt: skip
    assert set(found.tables["measurement"]["measure"]) == {"ks4_ebacc_entry_pct"}


def test_key_stage_4_without_alphaind_and_with_an_earlier_years_column():
    found = extract("ks4/2022-23/2022-2023_england_ks4revised.csv", "ks4")
    assert (found.release, found.time_period, found.rows_kept) == ("revised", 202223, 2)
    assert cells(found, "ks4_ebacc_aps")[900341] == (4.05, None, "ok", 120.0)  # not 9.9: EBACCAPS_22
    assert cells(found, "ks4_progress8") == {
        900341: (-0.12, None, "ok", 110.0), 900342: (None, "LOWCOV", "low_coverage", 110.0),
    }  # fmt: skip
    assert cells(found, "ks4_attainment8_disadvantaged")[900342] == (None, "SUPP", "suppressed", 20.0)


def _saved_as_workbook(*cells: object) -> RawFile:
    import io

    from openpyxl import Workbook

    book = Workbook()
    for row in (("RECTYPE", "LEA", "URN", "TPUP", "ATT8SCR", "P8MEA", "PTL2BASICS_95", "PTL2BASICS_94"), cells):
        book.active.append(list(row))
    book.active.append([1, 991, 900352, 50, 40.1, "NP", 0, 1])
    book.active.append([1, 991, 900353, 40, 50.2, "NE", "45%", "100%"])
    content = io.BytesIO()
    book.save(content)
    return RawFile("2022-2023_england_ks4final.xlsx", (), content.getvalue())


def test_percentages_that_a_workbook_turned_to_fractions_are_percentages_again():
    found = of(_saved_as_workbook(1, 991, 900351, 100, 0.9, -0.5, 0.57, 0.66), "ks4")
    assert cells(found, "ks4_english_mathematics_5_pct") == {
        900351: (57.0, None, "ok", 100.0),
        900352: (0.0, None, "ok", 50.0),
        900353: (45.0, None, "ok", 40.0),
    }
    assert cells(found, "ks4_english_mathematics_4_pct")[900352] == (100.0, None, "ok", 50.0)
    assert cells(found, "ks4_attainment8")[900351] == (0.9, None, "ok", 100.0)  # no percentage
    assert "percentages are fractions in this workbook (0.45 for 45%): read as percentages" in found.notes
    # One number over 1 and they are what they are: 0.5% and 1%.
    plainly = of(_saved_as_workbook(1, 991, 900351, 100, 46.3, -0.5, 0.5, 66), "ks4")
    assert cells(plainly, "ks4_english_mathematics_5_pct")[900351] == (0.5, None, "ok", 100.0)
    assert cells(plainly, "ks4_english_mathematics_4_pct")[900352] == (1.0, None, "ok", 50.0)


@needs_shared
def test_the_departments_own_test_workbook_of_key_stage_4_is_refused_for_its_name_alone():
    assert SHARED
    file = RawFile.from_path(SHARED / "formats/ebis_synthetic_ks4.xlsx")
    assert recognised(peek(file)).key == "ks4"
    with pytest.raises(SourceFormatError, match="does not say which year it is of"):
        read(file)
    with pytest.raises(SourceFormatError, match="provisional, revised or final"):
        read(RawFile(file.name, ("2022-23",), file.content))
    found = read(RawFile("2022-2023_england_ks4final.xlsx", (), file.content))
    assert (found.rows_read, found.rows_kept, found.time_period, found.release) == (60, 60, 202223, "final")
    entry = found.tables["measurement"].query("measure == 'ks4_ebacc_entry_pct'")["value"]
    assert (entry.min(), entry.max()) == (0.0, 100.0)  # 100% as text among fractions
    assert "percentages are fractions in this workbook (0.45 for 45%): read as percentages" in found.notes
