"""Explore education statistics: tidy files, where rows are chosen by level, year and group before any cell is read."""

from __future__ import annotations

import pytest

from data.catalogue import SourceFormatError
from data.formats.extract import RawFile
from data.sources import read
from tests.golden.golden import HERE, cells, extract, of, plain, rejected
from tests.shared import SHARED, needs_shared

INFORMATION = "ees_ks4_information/202324_information_about_schools_final.csv"
LATER = "ees_ks4_information/202425_information_about_schools_revised.csv"
PERFORMANCE = "ees_ks4_performance/202425_performance_tables_schools_final.csv"
ATTAINMENT = "ees_ks2_attainment/ks2_school_attainment_data.csv"
PUPILS = "ees_ks2_information/ks2_school_information_data.csv"
ABSENCE = "ees_absence/1a_absence_3term_school.csv"


def inline(header: str, *rows: str, name: str = "data.csv") -> RawFile:
    return RawFile(name, (), "\n".join((header, *rows)).encode())


def test_information_keeps_marks_and_a_percentage_without_its_count_is_missing():
    found = extract(INFORMATION, "ees_ks4_information")
    assert (found.time_period, found.release, found.scope) == (202324, "final", "991")
    assert (found.rows_read, found.rows_kept) == (5, 3)
    assert cells(found, "ks4_prior_attainment") == {
        900201: (105.1, None, "ok", 173.0), 900202: (62.0, None, "ok", 5.0), 900203: (None, "x", "not_available", 200.0),
    }  # fmt: skip
    assert cells(found, "ks4_disadvantaged_pct") == {
        900201: (49.7, None, "ok", 173.0), 900202: (None, "c", "suppressed", 5.0), 900203: (0.0, "low", "low", 200.0),
    }  # fmt: skip
    assert cells(found, "ks4_eal_pct")[900203] == (None, "12.5", "suppressed", 200.0)  # its count is withheld
    assert cells(found, "ks4_roll_pupils")[900203] == (1204.0, None, "ok", None)
    assert cells(found, "ks4_progress8_gap") == {
        900201: (-0.71, None, "ok", 86.0), 900202: (None, "u", "low_reliability", None), 900203: (0.3, None, "ok", 1.0),
    }  # fmt: skip
    assert rejected(found) == [
        (4, None, "not a school: the URN is not six digits"),
        (5, "diffn_att8", "outside the possible range (-90 to 90)"),
        (5, "pt_not_mobile", "not a number and no known mark"),
        (6, None, "not a school: the geographic level is Local authority"),
    ]


def test_information_of_the_year_after_has_other_names_for_the_same_measures():
    found = extract(LATER, "ees_ks4_information")
    assert (found.time_period, found.release) == (202425, "revised")
    assert plain(found.tables["measurement"], "measure", "column", "value", "status") == [
        ("ks4_prior_attainment", "ks2_scaledscore_average", None, "not_applicable"),
        ("ks4_cohort_pupils", "endks4_pupil_count", 175.0, "ok"),
        ("ks4_roll_pupils", "allks_pupil_count", 1100.0, "ok"),
        ("ks4_ehcp_pct", "sen_with_ehcp_pupil_percent", 4.0, "ok"),
        ("ks4_sen_support_pct", "sen_no_ehcp_pupil_percent", 10.3, "ok"),
        ("ks4_attainment8_gap", "attainment8_diffn", -6.5, "ok"),
        ("ks4_progress8_gap", "progress8_diffn", None, "not_applicable"),
    ]


def test_performance_reads_each_measure_from_its_own_group_of_pupils():
    found = extract(PERFORMANCE, "ees_ks4_performance")
    assert (found.time_period, found.release, found.rows_read, found.rows_kept) == (202425, "final", 7, 6)
    assert cells(found, "ks4_attainment8") == {900211: (46.3, None, "ok", 120.0), 900212: (12.5, None, "ok", 8.0)}
    assert cells(found, "ks4_attainment8_disadvantaged") == {
        900211: (35.5, None, "ok", 30.0), 900212: (None, "c", "suppressed", None),
    }  # fmt: skip
    assert cells(found, "ks4_ebacc_entry_pct") == {900211: (0.0, "low", "low", 120.0), 900212: (0.0, None, "ok", 8.0)}
    assert cells(found, "ks4_english_mathematics_4_pct")[900212] == (None, "x", "not_available", 8.0)
    assert cells(found, "ks4_progress8")[900211] == (None, "z", "not_applicable", None)
    assert cells(found, "ks4_eal_pct") == {900211: (10.0, None, "ok", None)}
    assert rejected(found) == [(10, None, "the same row stands more than once")]
    assert found.notes == ("rows about groups of pupils or subjects that no measure is of, which were not read: 3",)


def test_a_value_cites_its_own_row_of_a_long_file():
    frame = extract(PERFORMANCE, "ees_ks4_performance").tables["measurement"]
    mine = frame[(frame["urn"] == 900211) & frame["measure"].str.startswith("ks4_attainment8")]
    assert plain(mine, "measure", "row") == [("ks4_attainment8", 3), ("ks4_attainment8_disadvantaged", 5)]


def test_performance_of_2023_24_under_its_own_names():
    header = (
        "time_period,geographic_level,school_urn,old_la_code,version,breakdown,t_pupils,avg_att8,t_inp8calc,avg_p8score,"
        "pt_l2basics_94,pt_l2basics_95,pt_ebacc_e_ptq_ee,avg_ebaccaps"
    )
    found = of(inline(header, "202324,School,900211,991,Final,Total,120,46.3,110,-0.12,65,44.2,30,4.02"), "ees_ks4_performance")  # fmt: skip
    assert plain(found.tables["measurement"], "measure", "value", "denominator") == [
        ("ks4_english_mathematics_5_pct", 44.2, 120.0), ("ks4_attainment8", 46.3, 120.0), ("ks4_progress8", -0.12, 110.0),
        ("ks4_ebacc_aps", 4.02, 120.0), ("ks4_english_mathematics_4_pct", 65.0, 120.0), ("ks4_ebacc_entry_pct", 30.0, 120.0),
    ]  # fmt: skip
    assert "no rows in this file: Disadvantaged" in found.notes


def test_attainment_by_subject_and_group_of_the_newest_year_only():
    found = extract(ATTAINMENT, "ees_ks2_attainment")
    assert (found.time_period, found.release, found.scope) == (202425, "revised", "england")
    assert (found.rows_read, found.rows_kept) == (9, 9)
    assert cells(found, "ks2_reading_expected_pct") == {
        900221: (75.0, None, "ok", None), 900222: (None, "c", "suppressed", None),
    }  # fmt: skip
    assert cells(found, "ks2_mathematics_expected_pct")[900222] == (45.0, None, "ok", None)
    assert cells(found, "ks2_rwm_expected_pct") == {
        900221: (60.0, None, "ok", None), 900222: (None, "x", "not_available", None),
    }  # fmt: skip
    assert cells(found, "ks2_rwm_disadvantaged_pct") == {900221: (52.0, None, "ok", None)}
    assert cells(found, "ks2_rwm_higher_pct")[900221] == (8.0, None, "ok", None)
    assert cells(found, "ks2_grammar_scaled_score") == {900221: (105.0, None, "ok", None)}
    assert rejected(found) == [(14, "average_scaled_score", "outside the possible range (80 to 120)")]
    assert found.notes == (
        "rows of earlier years, which were not read, for each year has a release of its own: 202223 (1)",
        "rows about groups of pupils or subjects that no measure is of, which were not read: 3",
    )


def test_information_at_key_stage_2_has_the_pupils_behind_the_attainment():
    found = extract(PUPILS, "ees_ks2_information")
    assert (found.time_period, found.release, found.scope) == (202425, "revised", "991")
    assert (found.rows_read, found.rows_kept, found.notes) == (4, 4, ())
    assert cells(found, "ks2_eligible_pupils") == {  # never telig_3yr or telig_23
        900221: (40.0, None, "ok", None), 900222: (5.0, None, "ok", None),
        900223: (None, "z", "not_applicable", None), 900224: (22.0, None, "ok", None),
    }  # fmt: skip
    assert cells(found, "ks2_disadvantaged_eligible_pupils") == {
        900221: (15.0, None, "ok", None), 900222: (None, "c", "suppressed", None),
        900223: (None, "z", "not_applicable", None), 900224: (0.0, None, "ok", None),
    }  # fmt: skip
    assert cells(found, "ks2_disadvantaged_pct")[900221] == (38.0, None, "ok", 40.0)
    assert cells(found, "ks2_eal_pct")[900224] == (None, "14", "suppressed", 22.0)  # its count is withheld
    assert cells(found, "ks2_ehcp_pct")[900221] == (0.0, None, "ok", 40.0)  # nobody, and counted
    assert cells(found, "ks2_sen_support_pct")[900221] == (18.0, None, "ok", 40.0)
    assert rejected(found) == [(5, "psenelk", "not a number and no known mark")]


def test_absence_has_several_years_and_no_release_column():
    found = extract(ABSENCE, "ees_absence")
    assert (found.time_period, found.release, found.scope) == (202324, "final", "991")
    assert cells(found, "absence_persistent_pct") == {
        900221: (14.15094, None, "ok", 212.0), 900222: (None, "c", "suppressed", None),
        900223: (0.0, "low", "low", 15.0), 900224: (10.0, None, "ok", 150.0),
    }  # fmt: skip
    assert cells(found, "absence_overall_pct")[900223] == (0.0, None, "ok", 15.0)
    assert cells(found, "absence_severe_pct") == {
        900221: (2.83019, None, "ok", 212.0), 900222: (None, "c", "suppressed", None), 900223: (0.0, "low", "low", 15.0),
        900224: (None, "z", "not_applicable", 150.0),
    }  # fmt: skip
    assert rejected(found) == [(8, None, "the year cannot be read")]
    older = "time_period,geographic_level,school_urn,enrolments,sess_overall_percent,enrolments_pa10_exact_percent"
    assert cells(of(inline(older, "201819,School,900221,200,4.5,9.1"), "ees_absence"), "absence_persistent_pct") == {
        900221: (9.1, None, "ok", 200.0)
    }


@pytest.mark.parametrize(
    ("years", "versions", "words"),
    [
        (("202324", "202324"), ("Final", "Revised"), "it says final, revised"),
        (("202324", "202324"), ("Draft", "Draft"), "it says draft"),
        (("2023", "autumn"), ("Final", "Final"), "no row says its year in the column time_period"),
    ],
)
def test_one_release_and_a_year_are_needed(years, versions, words):
    lines = (HERE / PERFORMANCE).read_text(encoding="utf-8").splitlines()
    rows = [lines[2], lines[8]]  # two schools' totals
    changed = [
        row.replace("202425", year).replace(",Final,", f",{version},")
        for row, year, version in zip(rows, years, versions, strict=True)
    ]
    with pytest.raises(SourceFormatError, match=words):
        read(inline(lines[0], *changed))


def test_a_file_of_authorities_is_no_school_file():
    with pytest.raises(SourceFormatError, match="no known layout"):
        read(
            inline(
                "time_period,geographic_level,old_la_code,breakdown,attainment8_average", "202425,National,,Total,46"
            )
        )


@needs_shared
def test_the_real_information_file_row_for_row():
    assert SHARED
    file = RawFile.from_path(SHARED / "realdata/ees/202324_information_about_schools_final.csv")
    found = of(file, "ees_ks4_information")
    assert (found.time_period, found.release, found.scope) == (202324, "final", "england")
    assert (found.rows_read, found.rows_kept, len(found.rejects), found.notes) == (5709, 5709, 0, ())
    frame = found.tables["measurement"]
    counted = frame.groupby("measure")["status"].value_counts().unstack(fill_value=0)
    columns = ["ok", "suppressed", "not_applicable", "low_reliability"]
    # counted in the raw file: numbers, c, z and u of avg_ks2_scaledscore, pt_disadvantaged, pt_sen_with_ehcp, diffn_p8mea
    assert counted.loc["ks4_prior_attainment", columns].tolist() == [4020, 61, 1628, 0]
    assert counted.loc["ks4_disadvantaged_pct", columns].tolist() == [4024, 61, 1624, 0]
    assert counted.loc["ks4_ehcp_pct", columns].tolist() == [3287, 0, 2422, 0]
    assert counted.loc["ks4_progress8_gap", columns].tolist() == [3428, 507, 1773, 1]
    prior = frame.loc[(frame["measure"] == "ks4_prior_attainment") & (frame["status"] == "ok"), "value"]
    assert (prior.min(), prior.max()) == (62.0, 117.0)  # below 80: special schools
