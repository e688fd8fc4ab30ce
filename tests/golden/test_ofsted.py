"""Ofsted's management information in all its generations: the layout goes by the columns, never by the date."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from openpyxl import Workbook

from data.catalogue import SourceFormatError
from data.formats.extract import Extract, RawFile
from data.formats.inspections import latest_day
from data.sources import ofsted_mi, peek, read, recognised
from tests.golden.golden import HERE, extract, of, plain, rejected

FOLDER = "ofsted_mi/"
STATE = f"{FOLDER}Management_information_-_state-funded_schools_"
CARDS = f"{STATE}-_latest_inspections_as_at_28_Feb_2026.csv"
SECTION_8 = f"{STATE}-_latest_inspections_as_at_31_August_2021.csv"
SHORT = f"{FOLDER}Management_information_-_schools_-_Table1_31_Aug_2018.csv"
EVERY = f"{STATE}1_September_2015_to_31_August_2019.csv"
IN_YEAR = f"{STATE}-_all_inspections_-_year_to_date_published_by_31_Jan_2026.csv"
CARD = (
    "inclusion", "curriculum_and_teaching", "achievement", "attendance_and_behaviour",
    "personal_development_and_wellbeing", "leadership_and_governance", "early_years_card", "post_16_card",
)  # fmt: skip
S, E, N = "Strong standard", "Expected standard", "Needs attention"


def found_in(path: str) -> Extract:
    return extract(path, "ofsted_mi")


def rows(found: Extract, urn: int, event: str, *columns: str) -> list[tuple[object, ...]]:
    frame = found.tables["inspection"]
    return plain(frame[(frame["urn"] == urn) & (frame["event"] == event)], *columns)


def test_report_cards_keep_their_own_words():
    found = found_in(CARDS)
    assert (found.as_at, found.rows_read, found.rows_kept) == (date(2026, 2, 28), 7, 6)
    assert rows(found, 900301, "report_card", "number", "start_date", "published", "era", "safeguarding", *CARD) == [
        ("10428056", "2026-01-13", "2026-02-09", "E3", "Met", S, S, E, E, "Exceptional", S, None, None)
    ]
    assert rows(found, 900302, "report_card", "safeguarding", "category_of_concern", *CARD) == [
        ("Not met", "RSI", E, N, "Urgent improvement", E, E, E, N, None)
    ]
    assert rows(found, 900304, "report_card", "inclusion", "leadership_and_governance") == [(None, E)]
    frame = found.tables["inspection"]
    assert frame.loc[frame["event"] != "report_card", [*CARD, "judged_on"]].isna().all(axis=None)
    assert frame.loc[frame["event"] == "report_card", ["overall", "quality_of_education"]].isna().all(axis=None)
    assert rejected(found) == [
        (5, "Category of concern", "not a category of concern"),
        (5, "Inclusion", "not one of the five words of a report card"),
        (7, "Leadership and governance", "a grade without an inspection date"), (8, None, "the row is empty"),
    ]  # fmt: skip


def test_an_area_judged_on_another_day_keeps_its_date():
    found = found_in(CARDS)
    (said,) = rows(found, 900302, "report_card", "judged_on")
    assert json.loads(str(said[0])) == {"safeguarding": "2025-11-20", "achievement": "2026-02-03"}
    assert rows(found, 900301, "report_card", "judged_on") == [(None,)]


def test_the_last_grade_before_report_cards_and_whose_it_was():
    found = found_in(CARDS)
    columns = ("start_date", "era", "at_urn", "as_predecessor", "overall", "leadership_and_management", "sixth_form")
    assert rows(found, 900301, "graded", *columns) == [("2019-09-17", "E1", 900301, False, 2, 2, None)]
    assert rows(found, 900302, "graded", *columns) == [("2020-03-03", "E1", 900399, True, 4, 4, None)]
    assert rows(found, 900302, "graded", "safeguarding", "category_of_concern") == [("No", "SM")]
    assert rows(found, 900305, "graded", *columns) == [("2024-10-01", "E2", 900305, False, None, 2, 2)]
    assert rows(found, 900303, "graded", "urn") == []  # last graded before September 2019: an earlier file says it
    assert rows(found, 900303, "ungraded", "start_date", "outcome") == [("2024-06-11", "Standards maintained")]
    assert "previous_graded" not in set(found.tables["inspection"]["event"])


def test_later_files_say_date_of_grade():
    content = (HERE / CARDS).read_bytes().replace(b"date of judgement", b"date of grade")
    found = of(RawFile("a.csv", (), content), "ofsted_mi")
    assert rows(found, 900302, "report_card", "judged_on") == rows(found_in(CARDS), 900302, "report_card", "judged_on")
    assert found.as_at == date(2026, 2, 9)  # no date in the name: the latest report
    assert any(note.startswith("no date in the name") for note in found.notes)


def test_section_8_inspections_and_a_predecessor_known_by_its_number_alone():
    found = found_in(SECTION_8)
    columns = ("start_date", "at_urn", "as_predecessor", "overall", "quality_of_education")
    assert rows(found, 900321, "graded", *columns) == [("2019-10-15", 900321, False, 3, 3)]
    assert rows(found, 900321, "previous_graded", *columns) == [("2014-06-04", 900398, True, 2, None)]
    assert rows(found, 900321, "ungraded", "number", "start_date", "outcome") == [
        ("10190001", "2021-05-05", "School remains Good")
    ]
    assert rows(found, 900322, "graded", *columns) == [("2008-11-20", 900397, True, 1, None)]


def short_of(found: Extract) -> dict[str, list[tuple[object, ...]]]:
    columns = ("start_date", "overall", "leadership_and_management", "early_years", "category_of_concern", "row")
    return {
        f"{urn} {event}": rows(found, urn, event, *columns)
        for urn in (900311, 900312, 900313, 900314)
        for event in ("graded", "previous_graded", "ungraded")
    }


OF_2018 = {
    "900311 graded": [("2013-03-13", 2, 2, None, None, 3)],
    "900311 previous_graded": [("2009-05-21", 3, None, None, None, 3)],  # satisfactory
    "900311 ungraded": [("2017-02-08", None, None, None, None, 3)],
    "900312 graded": [("2017-12-06", 4, 4, 3, "SM", 4)],
    "900312 previous_graded": [("2012-10-10", 1, None, None, None, 4)],
    "900312 ungraded": [],  # it became the full inspection
    "900313 graded": [], "900313 previous_graded": [], "900313 ungraded": [],
    "900314 graded": [], "900314 previous_graded": [], "900314 ungraded": [],
}  # fmt: skip


def test_a_title_row_above_the_header_and_short_inspections():
    found = found_in(SHORT)
    assert (found.as_at, found.rows_read, found.rows_kept) == (date(2018, 8, 31), 4, 4)
    assert short_of(found) == OF_2018
    frame = found.tables["inspection"]
    assert frame[["quality_of_education", "personal_development", "sixth_form"]].isna().all(axis=None)
    assert rejected(found) == [(6, "Inspection date", "not a date written dd/mm/yyyy")]


def test_the_same_as_a_workbook_whose_title_has_the_date():
    lines = list(csv.reader(io.StringIO((HERE / SHORT).read_bytes().decode("cp1252"))))
    book = Workbook()
    book.active.title = "Guidance"
    page = book.create_sheet("School level data")
    for line in lines:
        page.append([_native(cell) for cell in line])
    content = io.BytesIO()
    book.save(content)
    found = of(RawFile("schools.xlsx", (), content.getvalue()), "ofsted_mi")
    assert found.as_at == date(2018, 8, 31)
    assert short_of(found) == OF_2018


def _native(cell: str) -> object:
    """As a workbook holds it: numbers and days are not text there."""
    parts = cell.split("/")
    if len(parts) == 3:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    return int(cell) if cell.isdigit() else cell


def test_a_file_of_single_inspections_gives_the_latest_of_each_school():
    found = found_in(EVERY)
    assert (found.as_at, found.rows_read, found.rows_kept) == (date(2019, 8, 31), 6, 5)
    columns = ("event", "start_date", "overall", "at_urn", "as_predecessor", "outcome", "row")
    assert plain(found.tables["inspection"], "urn", *columns) == [
        (900331, "previous_graded", "2015-11-10", 3, 900331, False, None, 3),  # the file's own earlier row
        (900331, "graded", "2018-06-14", 2, 900331, False, None, 4),
        (900331, "ungraded", "2019-03-01", None, 900331, False, "School remains Good", 5),
        (900332, "graded", "2016-01-12", 4, 900332, False, None, 7),
        (900332, "previous_graded", "2011-02-01", 2, 900396, True, None, 7),
        (900334, "ungraded", "2017-01-30", None, 900334, False, "School remains Outstanding", 9),
    ]
    assert rows(found, 900332, "graded", "category_of_concern") == [("SWK",)]
    assert found.notes == ("visits without a grade or an outcome, which were not read: 1",)
    assert (8, None, "an inspection without its start date") in rejected(found)


def test_report_cards_of_the_year_to_date():
    found = found_in(IN_YEAR)
    assert (found.as_at, found.rows_read, found.rows_kept) == (date(2026, 1, 31), 1, 1)
    assert rows(found, 900341, "report_card", "start_date", "era", *CARD) == [
        ("2025-12-02", "E3", E, E, N, E, S, E, E, None)
    ]
    assert found.notes == ("visits without a judgement, which were not read: 1",)


def test_two_inspections_of_one_school_leave_the_later():
    content = (HERE / IN_YEAR).read_bytes().decode("cp1252")
    first = content.splitlines()[1]
    later = first.replace("02/12/2025", "09/01/2026").replace("Needs attention", "Expected standard")
    found = of(RawFile("a.csv", (), (content + later + "\r\n").encode("cp1252")), "ofsted_mi")
    assert rows(found, 900341, "report_card", "start_date", "achievement") == [("2026-01-09", E)]
    assert "earlier inspections of the same school, which were not read: 1" in found.notes


@pytest.mark.parametrize("path", [CARDS, SECTION_8, SHORT, EVERY, IN_YEAR])
def test_grades_are_judged_by_columns_not_by_their_order_or_spelling(path):
    lines = list(csv.reader(io.StringIO((HERE / path).read_bytes().decode("cp1252"))))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([*reversed(line)] for line in lines)
    header = out.getvalue().replace("Overall effectiveness", "overall  Effectiveness")
    file = RawFile(path.rsplit("/", 1)[1], (), header.encode())
    assert of(file, "ofsted_mi").tables["inspection"].equals(found_in(path).tables["inspection"])


def test_the_header_stands_in_the_first_five_rows_or_nowhere():
    content = (HERE / SECTION_8).read_bytes()
    assert recognised(peek(RawFile("a.csv", (), b"Notes\r\n\r\n\r\n\r\n" + content))).key == "ofsted_mi"
    deep = RawFile("a.csv", (), b"Notes\r\n" * 5 + content)
    assert not ofsted_mi.recognise(peek(deep))
    with pytest.raises(SourceFormatError, match="no header row of the management information in the first five rows"):
        ofsted_mi.read(deep)


def test_files_of_other_providers_are_not_taken_for_schools():
    independent = b"URN,School name,Inspection number,Inspection start date,Overall effectiveness,Event type grouping\n"
    with pytest.raises(SourceFormatError, match="no known layout"):
        read(RawFile("a.csv", (), independent + b"900001,A,1,01/01/2020,2,Standard\n"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("latest_inspections_as_at_31_March_2025.csv", date(2025, 3, 31)),
        ("latest_inspections_as_at_28_Feb_2026.csv", date(2026, 2, 28)),
        ("External_MI_-_Schools_-_31_Aug_16.xlsx", date(2016, 8, 31)),
        ("Management_information_-_schools_-_1_Sept_2005_to_31_August_2015.xlsx", date(2015, 8, 31)),
        ("as_at_31_Feb_2026.csv", None), ("edubasealldata20250901.csv", None), ("Table1", None),
    ],
)  # fmt: skip
def test_the_day_in_a_name(text, day):
    assert latest_day(text) == day


@pytest.mark.parametrize("kept", [(0, 1, 8), (0, 1, 2), (0, 1, 5), (0, 1)])
def test_single_inspections_of_one_kind_only(kept):
    """Title and header with: an ungraded inspection alone, a graded one alone, a visit alone, nothing."""
    lines = (HERE / EVERY).read_bytes().splitlines(keepends=True)
    found = ofsted_mi.read(RawFile("a.csv", (), b"".join(lines[at] for at in kept)))
    events = {8: ["ungraded"], 2: ["graded", "previous_graded"], 5: []}
    assert sorted(found.tables["inspection"]["event"]) == (events[kept[2]] if len(kept) > 2 else [])
