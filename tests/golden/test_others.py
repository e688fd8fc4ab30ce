"""Inspections, finance, deprivation, maps, and files of no known layout."""

from __future__ import annotations

import json
from datetime import date

import pytest

from data.catalogue import SourceFormatError
from data.formats.extract import RawFile
from data.sources import SOURCES, read
from tests.golden.golden import HERE, cells, extract, of, plain, rejected, workbook
from tests.golden.originals import originals, paths

OLD = "cfr/old_style.csv"
MI = "ofsted_mi/Management_information_-_state-funded_schools_-_latest_inspections_as_at_30_November_2025.csv"


def test_inspections_by_event_era_and_predecessor():
    found = extract(MI, "ofsted_mi")
    assert (found.as_at, found.rows_read, found.rows_kept) == (date(2025, 11, 30), 7, 6)
    frame = found.tables["inspection"]
    assert plain(frame, "urn", "event", "start_date", "era", "at_urn", "as_predecessor", "overall", "row") == [
        (900081, "graded", "2013-04-18", "E1", 900099, True, 2, 3),
        (900081, "previous_graded", "2008-09-26", "E1", None, None, 3, 3),
        (900082, "graded", "2024-09-02", "E2", 900082, False, None, 4),
        (900083, "graded", "2024-09-01", "E1", None, False, 4, 5),
        (900084, "graded", "2025-11-10", "E3", None, None, None, 6),
        (900085, "graded", "2019-06-21", "E1", None, None, None, 7),
        (900085, "ungraded", "2025-11-09", "E2", 900085, False, None, 7),
    ]
    judged = frame[frame["urn"] == 900082]
    assert plain(
        judged, "number", "type_name", "published", "quality_of_education", "behaviour_and_attitudes", "early_years",
        "sixth_form", "safeguarding", "category_of_concern",
    ) == [("10345678", "S5 Inspection", "2024-10-14", 2, 1, None, None, "Yes", None)]  # fmt: skip
    assert plain(frame[frame["urn"] == 900083], "category_of_concern", "safeguarding") == [("SM", "No")]
    assert frame["outcome"].dropna().tolist() == ["School remains Good"]
    assert rejected(found) == [(7, "Overall effectiveness", "not a grade from 1 to 4"), (9, None, "the row is empty")]
    assert found.notes == ("1 schools have no inspection in the file",)


def test_finance_older_style_with_title_part_years_zeros_and_a_federation():
    found = of(workbook(OLD, "CFR.xlsx", above=("Consistent Financial Reporting 2015-16", "")), "cfr")
    assert (found.time_period, found.rows_read, found.rows_kept) == (201516, 8, 5)
    assert cells(found, "finance_income") == {
        900091: (1000000.5, None, "ok", None), 900093: (None, "0", "not_submitted", None),
        900094: (500000.0, None, "ok", None), 900095: (None, "1", "not_submitted", None),
        900096: (900000.0, None, "ok", None),
    }  # fmt: skip
    assert cells(found, "finance_expenditure")[900094] == (None, "DNS", "not_submitted", None)
    assert sorted(cells(found, "finance_in_year_balance")) == [900091, 900093, 900095, 900096]
    assert cells(found, "finance_staff_cost")[900091] == (760000.0, None, "ok", None)
    balance = "In-year Balance: Total Income (I01:I18 - E30) - Total Expenditure (E01:E29 + E31 + E32)"
    assert rejected(found) == [
        (5, None, "part-year return: 7 of 12 months"), (7, balance, "not a number and no known mark"),
        (10, None, "member of a federation: its money is in the return of the lead school 9912001"),
        (11, None, "not a school: the URN is not six digits"),
    ]  # fmt: skip


def test_finance_newer_style_takes_each_total_by_its_codes():
    file = workbook("cfr/new_style.csv", "CFR_2022-23_Full_Data_Workbook.xlsx", sheet="CFR_Data")
    found = of(file, "cfr")
    assert found.time_period == 202223
    assert plain(found.tables["measurement"], "measure", "value") == [
        ("finance_income", 1100000.0), ("finance_expenditure", 1000000.0), ("finance_in_year_balance", 100000.0),
        ("finance_revenue_reserve", 90000.0), ("finance_staff_cost", 800000.0),
    ]  # fmt: skip


def test_idaci_carries_its_vintage_and_refuses_impossible_deciles():
    found = extract("idaci/File_3_IDACI_IDAOPI.csv", "idaci")
    assert plain(found.tables["deprivation"], "lsoa", "vintage", "idaci_score", "idaci_decile") == [
        ("E01990001", 2019, None, 1), ("E01990003", 2019, None, 10),
    ]  # fmt: skip
    assert rejected(found) == [
        (3, None, "the decile is not 1 to 10: 11.00"), (4, None, "not the code of a small area"),
    ]  # fmt: skip


def test_boundaries_share_an_edge_and_leave_out_wales():
    found = extract("boundaries/places.json", "boundaries")
    frame = found.tables["boundary"]
    assert plain(frame, "code", "kind", "name") == [
        ("E09990001", "la", "Westmarch"), ("E12990001", "region", "Eastern region"),
    ]  # fmt: skip
    west, east = (json.loads(text)["coordinates"] for text in frame["geometry"])
    assert west == [[[2.0, 52.0], [1.0, 52.0], [1.0, 53.0], [2.0, 53.0], [2.0, 52.0]]]
    assert east == [[[[2.0, 52.0], [2.0, 53.0], [3.0, 53.0], [3.0, 52.0], [2.0, 52.0]]]]
    assert found.rejects["raw"].tolist() == ["W06990001"]


def test_each_golden_file_has_one_source_and_each_source_a_golden_file():
    assert [original.label for original in originals()] == [path.relative_to(HERE).as_posix() for path in paths()]
    assert sorted({original.source.key for original in originals()}) == sorted(source.key for source in SOURCES)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"LEA,LA Name,REGION\n201,City of London,7\n", "Seen: columns LEA, LA Name, REGION."),
        ("a.json", b'{"a": 1, "b": 2}', "Seen: JSON with the keys a, b"),
        ("a.txt", b"Dear all", "Seen: columns Dear all."),
    ],
)
def test_an_unknown_file_is_told_what_it_has_and_what_is_known(name, content, words):
    with pytest.raises(SourceFormatError) as refused:
        read(RawFile(name, (), content))
    assert words in str(refused.value)
    assert all(source.title in refused.value.remedy for source in SOURCES)


def test_a_workbook_without_the_sheet_and_one_cut_off_are_refused():
    whole = workbook("links/links_edubasealldata20250901.csv", "CFR_2022-23.xlsx", sheet="Links")
    with pytest.raises(SourceFormatError, match="sheet Links with URN, LinkURN, LinkName"):
        read(whole)
    with pytest.raises(SourceFormatError, match="cannot be opened"):
        read(RawFile("CFR_2022-23.xlsx", (), whole.content[: len(whole.content) // 2]))
    from data.sources import cfr

    with pytest.raises(SourceFormatError, match="Sheets: Notes, Links"):
        cfr.read(whole)
