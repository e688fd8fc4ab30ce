"""Key stages 2 and 4, census, absence: marks, summary rows, false zeros, repeats, releases."""

from __future__ import annotations

import pytest

from data.catalogue import SourceFormatError
from data.formats.extract import RawFile
from data.sources import read
from tests.golden.golden import HERE, cells, extract, of, rejected

REPEATED = "the URN stands more than once with different values: none of the rows was used"


def test_ks2_marks_percent_signs_and_summary_rows():
    found = extract("ks2/2018-19/991_ks2final.csv", "ks2")
    assert (found.release, found.scope, found.time_period) == ("final", "991", 201819)
    assert (found.rows_read, found.rows_kept) == (13, 8)
    assert cells(found, "ks2_reading_expected_pct") == {
        900041: (70.0, None, "ok", 30.0), 900042: (None, "SUPP", "suppressed", None), 900043: (70.0, None, "ok", 30.0),
        900044: (70.0, None, "ok", 30.0), 900045: (None, "NEW", "new_school", 30.0), 900048: (103.0, None, "ok", 30.0),
    }  # fmt: skip
    assert cells(found, "ks2_reading_progress") == {
        900041: (1.5, None, "ok", 30.0), 900042: (None, "SUPP", "suppressed", None),
        900043: (None, "", "not_available", 30.0), 900044: (None, "LOWCOV", "low_coverage", 30.0),
        900045: (None, "NA", "not_available", 30.0), 900047: (1.5, None, "ok", 30.0), 900048: (0.0, None, "ok", 30.0),
    }  # fmt: skip
    assert rejected(found) == [
        (7, "PTREAD_EXP", "not a number and no known mark"), (7, "READPROG", "not a number and no known mark"),
        (8, "PTREAD_EXP", "outside the possible range (0 to 100)"), (10, None, REPEATED), (11, None, REPEATED),
        (12, None, "summary row, not a school (RECTYPE 3)"), (13, None, "summary row, not a school (RECTYPE 4)"),
        (14, None, "summary row, not a school (RECTYPE 5)"),
    ]  # fmt: skip
    assert "PTREAD_EXP: values over 100, kept as published: 1" in found.notes
    assert any(note.startswith("empty for every school") and "PTWRITTA_EXP" in note for note in found.notes)


def test_ks4_provisional_keeps_its_release_and_its_own_summary_rows():
    found = extract("ks4/2018-19/england_ks4provisional.csv", "ks4")
    assert (found.release, found.scope, found.time_period, found.rows_kept) == ("provisional", "england", 201819, 2)
    assert cells(found, "ks4_progress8") == {
        900051: (-0.12, None, "ok", 110.0), 900052: (None, "NP", "not_available", None),
    }  # fmt: skip
    assert cells(found, "ks4_attainment8") == {
        900051: (46.3, None, "ok", 120.0), 900052: (None, "NE", "no_cohort", None),
    }  # fmt: skip
    assert cells(found, "ks4_ebacc_entry_pct")[900051] == (None, "NA", "not_available", 120.0)
    assert [row[2] for row in rejected(found)] == [f"summary row, not a school (RECTYPE {kind})" for kind in (4, 7)]
    assert found.notes == (
        "not in this file: ATT8SCR_FSM6CLA1A, PTEBACLAN_E_PTQ_EE, PTmultiLan_E, PTtripleSci_E, KS2ASS",
    )  # fmt: skip


def test_census_2020_21_has_false_zeros_for_language_and_commas_in_counts():
    found = extract("census/2020-21/england_census.csv", "census")
    assert cells(found, "census_eal_pct") == {
        900061: (0.0, None, "ok", None), 900062: (None, "0%", "not_available", None), 900063: (0.0, None, "ok", None),
    }  # fmt: skip
    assert cells(found, "census_fsm6_pct")[900062] == (None, "", "not_available", None)
    assert cells(found, "census_pupils")[900063] == (1048.0, None, "ok", None)
    assert cells(found, "census_ehcp_pct")[900063] == (104.2, None, "ok", None)
    assert rejected(found) == [(5, None, "summary row of England, not a school")]


def test_census_2024_25_percentage_without_its_count_is_missing():
    found = extract("census/2024-25/england_census.csv", "census")
    assert cells(found, "census_fsm6_pct") == {
        900064: (None, "0.00%", "not_available", None), 900065: (20.0, None, "ok", None),
    }  # fmt: skip
    frame = found.tables["measurement"].set_index(["measure", "urn"])["numerator"]
    assert frame.loc[("census_fsm6_pct", 900065)] == 40.0


def test_census_2022_23_share_of_no_pupils_is_missing():
    """900066 has pupils but none of an age for free school meals, 900067 and 900069 have none; 900068 has true zeros."""
    found = extract("census/2022-23/england_census.csv", "census")
    none, zero = (None, "0.0%", "not_available", None), (0.0, None, "ok", None)
    mark = (None, "NA", "not_available", None)
    assert cells(found, "census_fsm6_pct") == {900066: none, 900067: none, 900068: zero, 900069: mark}
    eal = cells(found, "census_eal_pct")
    assert eal == {900066: (25.0, None, "ok", None), 900067: none, 900068: zero, 900069: mark}
    for measure, nursery in (("census_ehcp_pct", 2.0), ("census_sen_support_pct", 10.0)):
        told = {900066: (nursery, None, "ok", None), 900067: none, 900068: zero, 900069: none}
        assert cells(found, measure) == told
    assert cells(found, "census_pupils")[900067] == zero


def test_absence_summary_rows_stand_in_the_authority_column():
    found = extract("absence/2022-2023_england_abs.csv", "abs")
    assert (found.release, found.time_period) == ("final", 202223)
    assert cells(found, "absence_persistent_pct") == {
        900071: (9.8, None, "ok", None), 900072: (None, "SUPP", "suppressed", None),
    }  # fmt: skip
    assert rejected(found) == [(4, None, "summary row of England, not a school")]


def test_identical_repeats_keep_one_row():
    content = b"LA,ESTAB,URN,PERCTOT,PPERSABS10\n991,2001,900071,5,9\n991,2001,900071,5,9\n"
    found = of(RawFile("2018-2019_england_abs.csv", (), content), "abs")
    assert cells(found, "absence_overall_pct") == {900071: (5.0, None, "ok", None)}
    assert rejected(found) == [(3, None, "the same row stands more than once")]


def test_a_key_stage_file_must_say_its_year_and_release():
    content = (HERE / "ks2/2018-19/991_ks2final.csv").read_bytes()
    with pytest.raises(SourceFormatError, match="which year"):
        read(RawFile("991_ks2final.csv", (), content))
    with pytest.raises(SourceFormatError, match="provisional, revised or final"):
        read(RawFile("2018-2019_ks2.csv", (), content))
