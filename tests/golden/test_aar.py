"""Returns of academies and maintained schools: two trusts in a year, part-years, not supplied, federations, central services."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from openpyxl import Workbook

from data.catalogue import MEASURES, SourceFormatError
from data.formats.extract import Extract, RawFile
from data.sources import read
from tests.golden.golden import HERE, cells, of, plain, rejected, workbook
from tests.shared import SHARED, needs_shared

NAME = "AAR_2022-23_download.xlsx"
OLD, NEW = "cfr/old_style.csv", "cfr/new_style.csv"


def rows_of(path: str) -> list[list[str]]:
    with (HERE / path).open(encoding="utf-8", newline="") as handle:
        return list(csv.reader(handle))


def book(sheets: dict[str, list[list[str]]], name: str) -> RawFile:
    """Sheets of text cells as a workbook; numbers as numbers."""
    made = Workbook()
    made.active.title = "Index"
    for title, rows in sheets.items():
        page = made.create_sheet(title)
        for row in rows:
            page.append([float(cell) if cell.lstrip("-").replace(".", "", 1).isdigit() else cell for cell in row])
    content = io.BytesIO()
    made.save(content)
    return RawFile(name, (), content.getvalue())


def academies(central: str = "CentralServices", above: int = 0) -> RawFile:
    """The golden returns; `above` rows of codes over each header, as published."""
    codes = [["BAI010", "BAE020"]] * above
    return book(
        {"Academies": [*codes, *rows_of("aar/academies.csv")], central: [*codes, *rows_of("aar/central_services.csv")]},
        NAME,
    )


@pytest.fixture(scope="module")
def found() -> Extract:
    return of(academies(), "aar")


def test_the_headers_are_the_published_ones() -> None:
    academy, central = rows_of("aar/academies.csv")[0], rows_of("aar/central_services.csv")[0]
    assert (len(academy), len(central)) == (103, 81)
    assert "Share of Revenue Reserve, distributed on per pupil basis\n" in academy


def test_an_academys_year_its_marks_and_its_pupils(found) -> None:
    assert (found.time_period, found.scope, found.release) == (202223, "991", "final")
    assert cells(found, "academy_income") == {
        900201: (1000000.5, None, "ok", 200.0),
        900202: (1000000.0, None, "ok", 310.0),  # 400,000 in five months and 600,000 in seven
        900204: (None, "0", "not_submitted", 150.0), 900206: (None, "0", "not_submitted", 80.0),
        900207: (1234.0, None, "ok", 80.0), 900208: (300.0, None, "ok", None), 900209: (500.0, None, "ok", 40.0),
    }  # fmt: skip
    assert sorted(cells(found, "academy_expenditure")) == [900201, 900202, 900204, 900206, 900208, 900209]
    assert cells(found, "academy_staff_cost")[900207] == (None, "n/s", "not_submitted", 80.0)


def test_two_returns_of_one_year_are_added_but_a_reserve_is_of_the_years_end(found) -> None:
    assert cells(found, "academy_in_year_balance")[900202][0] == 30000.0  # -10,000 + 40,000
    assert cells(found, "academy_revenue_reserve")[900202] == (55000.0, None, "ok", 310.0)  # not 7,000 more
    assert cells(found, "academy_revenue_reserve_share")[900202][0] == 30000.0
    assert cells(found, "academy_staff_cost")[900208] == (None, "n/s", "not_submitted", None)  # a mark is no nought
    assert 900208 not in cells(found, "academy_revenue_reserve")  # it left both trusts: none is of the year's end
    frame = found.tables["measurement"]
    moved = frame[(frame["urn"] == 900202) & (frame["measure"] == "academy_income")]
    assert plain(moved, "row", "column") == [(4, "Total Income")]  # the return of the year's end
    assert not frame.duplicated(["urn", "measure"]).any()


def test_what_is_left_out_and_why(found) -> None:
    together = "several returns that together make 11 of 12 months"
    apart = "one of two returns that cannot be put together: the other has no figure, or neither is of the year's end"
    share = "Share of Revenue Reserve, distributed on per pupil basis\n"
    academy = [entry for entry in rejected(found) if not str(entry[2]).startswith("central services")]
    assert academy == [
        (5, None, "part-year return: 7 of 12 months, joined or opened in the year"),
        (7, None, together), (8, None, together),
        (10, "Total Expenditure", "not a number and no known mark"),
        (11, "Revenue reserve", apart), (11, share, apart), (12, "Revenue reserve", apart), (12, share, apart),
        (13, None, "not a school: the URN is not six digits"), (15, None, "the same row stands more than once"),
        (16, None, "the months of the return cannot be read: half"),
    ]  # fmt: skip
    assert (found.rows_read, found.rows_kept) == (15 + 6, 9 + 3)
    assert int(found.rejects["column"].isna().sum()) == found.rows_read - found.rows_kept
    assert "2 academies changed trust in the year: returns added up" in found.notes


def test_central_services_are_the_trusts_and_never_a_schools(found) -> None:
    figure = found.tables["group_figure"]
    first = figure[figure["uid"] == "90001"]
    assert plain(first, "name", "measure", "value", "status", "denominator", "time_period", "release", "source", "row") == [
        ("CHILVER VALE", measure, value, "ok", 7259.0, 202223, "final", "aar", 2)
        for measure, value in (
            ("trust_central_income", 288000.0), ("trust_central_expenditure", 3624000.0),
            ("trust_central_in_year_balance", -3336000.0), ("trust_central_staff_cost", 2343000.0),
            ("trust_central_reserve", 115000.0), ("trust_revenue_reserve", 6422000.0),
        )
    ]  # fmt: skip
    income = figure[figure["measure"] == "trust_central_income"]
    assert plain(income, "uid", "value", "raw", "status") == [
        ("90001", 288000.0, None, "ok"), ("90002", None, "0", "not_submitted"), ("90004", 0.0, None, "ok"),
    ]  # fmt: skip
    twice = "central services: the trust stands more than once: none was used"
    central = found.rejects[found.rejects["reason"].str.startswith("central services")]
    assert plain(central, "row", "urn", "raw", "reason") == [
        (4, None, "TR0001", "central services: the UID of the trust is not a number"),
        (5, None, "90003", twice), (6, None, "90003", twice),
    ]  # fmt: skip


def test_no_measure_of_the_academies_is_one_of_the_maintained_schools(found) -> None:
    named = set(found.tables["measurement"]["measure"]) | set(found.tables["group_figure"]["measure"])
    assert {MEASURES[key].role for key in named} == {"kept"}
    assert all(key.startswith(("academy_", "trust_")) for key in named)
    assert all("September to August" in MEASURES[key].definition for key in named)
    assert "an accounting allocation" in MEASURES["academy_revenue_reserve_share"].definition


@pytest.mark.parametrize(("central", "above"), [("CentralServices", 1), ("Central Services", 1), ("Trusts", 3)])
def test_sheets_and_header_rows_are_found_by_what_is_in_them(found, central, above) -> None:
    again = of(academies(central, above), "aar")
    columns = ["urn", "measure", "value", "status", "denominator"]
    assert plain(again.tables["measurement"], *columns) == plain(found.tables["measurement"], *columns)
    assert again.tables["group_figure"]["row"].min() == 2 + above
    assert again.rows_kept == found.rows_kept


def test_a_workbook_without_central_services_says_so() -> None:
    alone = of(book({"Academies": rows_of("aar/academies.csv")}, NAME), "aar")
    assert (alone.rows_read, sorted(alone.tables)) == (15, ["measurement"])
    assert "the workbook has no sheet of central services: no trust's own figures" in alone.notes


def test_a_later_years_names_of_pupils_and_reserve() -> None:
    rows = rows_of("aar/academies.csv")
    later = {
        "Number of pupils in academy (FTE)": "Number of pupils in academy (FTE) plus dual subsidiary registrations",
        "Share of Revenue Reserve, distributed on per pupil basis\n": "Share of Central Services Revenue Reserve, "
        "distributed on per pupil basis, at end of period based on time spent in trust",
        "MAT SAT or Central Services": "MAT/SAT",
    }
    again = of(book({"Academies": [[later.get(cell, cell) for cell in rows[0]], *rows[1:]]}, NAME), "aar")
    assert cells(again, "academy_central_reserve_share")[900201] == (52798.25, None, "ok", 200.0)
    assert cells(again, "academy_income")[900201] == (1000000.5, None, "ok", 200.0)


def test_without_a_year_in_name_or_folder_it_is_refused() -> None:
    file = academies()
    with pytest.raises(SourceFormatError, match="does not say which year"):
        read(RawFile("academies.xlsx", ("downloads",), file.content))
    assert read(RawFile("academies.xlsx", ("2022-23",), file.content)).time_period == 202223


@pytest.mark.parametrize("sheet", ["CFR Data", "CFR_Data", "CFRData", "Raw CFR Data", "Maintained"])
def test_maintained_schools_by_any_name_of_the_sheet(sheet) -> None:
    found = of(workbook(NEW, "CFR_2022-23_Full_Data_Workbook.xlsx", sheet=sheet, above=("Title", "")), "cfr")
    assert cells(found, "finance_income") == {900098: (1100000.0, None, "ok", None)}


def test_maintained_schools_in_the_fourth_sheet() -> None:
    notes = [["Notes"], ["E01", "Teaching staff"]]
    file = book({"Contents": notes, "Guide": notes, "Data": rows_of(NEW)}, "CFR_2022-23.xlsx")  # Index is the first
    assert cells(of(file, "cfr"), "finance_staff_cost") == {900098: (800000.0, None, "ok", None)}


def test_maintained_schools_as_csv_are_the_same() -> None:
    for path, name in ((OLD, "2015-16"), (NEW, "2022-23")):
        sheet = of(workbook(path, f"CFR_{name}.xlsx"), "cfr")
        text = of(RawFile(f"CFR_{name}.csv", (), (HERE / path).read_bytes()), "cfr")
        columns = ["urn", "measure", "column", "value", "status", "row"]
        assert plain(text.tables["measurement"], *columns) == plain(sheet.tables["measurement"], *columns)
        assert (text.rows_read, text.rows_kept, rejected(text)) == (sheet.rows_read, sheet.rows_kept, rejected(sheet))


def test_a_federations_return_is_its_leads_by_urn_or_laestab_and_says_so() -> None:
    rows = rows_of(OLD)
    head = {name: at for at, name in enumerate(rows[0])}

    def school(urn: str, laestab: str, lead: str, flag: str = "N") -> list[str]:
        row = [""] * len(rows[0])
        for name, cell in (
            ("URN", urn), ("LAEstab", laestab), ("Lead school in federation", lead), ("Did Not Supply flag", flag),
            ("Period covered by return (months)", "12"), ("LA", "991"),
        ):  # fmt: skip
            row[head[name]] = cell
        for name, at in head.items():
            if name.startswith(("Total", "In-year")):
                row[at] = "1000"
        return row

    header = [cell.replace(" (months)", "") for cell in rows[0]]  # so in 2024-25
    file = [
        header, school("900301", "9913001", "9913001"), school("900302", "9913002", "9913001", "Y"),
        school("900303", "9913003", "900301"), school("900304", "9913004", "0"), school("900305", "991/3005", "991/3005"),
        school("900306", "9913006", "991/3005"), school("900307", "9913007", "", "DNS"),
    ]  # fmt: skip
    text = io.StringIO(newline="")
    csv.writer(text).writerows(file)
    found = of(RawFile("CFR_2024-25.csv", (), text.getvalue().encode()), "cfr")
    assert cells(found, "finance_income") == {
        900301: (1000.0, None, "ok", None), 900304: (1000.0, None, "ok", None), 900305: (1000.0, None, "ok", None),
        900307: (None, "1000", "not_submitted", None),
    }  # fmt: skip
    member = "member of a federation: its money is in the return of the lead school "
    assert rejected(found) == [
        (3, None, member + "9913001"), (4, None, member + "900301"), (7, None, member + "991/3005"),
    ]  # fmt: skip
    assert "2 returns are of a whole federation, under its lead school" in found.notes


@needs_shared
def test_the_dfes_own_fixtures() -> None:
    assert SHARED
    content = (SHARED / "formats/ebis_synthetic_academy_ar.xlsx").read_bytes()
    found = read(RawFile(NAME, (), content))
    assert (found.rows_read, found.rows_kept, len(found.rejects)) == (120, 120, 0)
    assert cells(found, "academy_income")[130000] == (9569000.0, None, "ok", 781.0)
    assert cells(found, "academy_revenue_reserve_share")[130000] == (721108.214229621, None, "ok", 781.0)
    figure = found.tables["group_figure"]
    assert plain(figure[figure["uid"] == "2060"], "measure", "value")[-1] == ("trust_revenue_reserve", 6422000.0)
    with pytest.raises(SourceFormatError, match="the header is there, but no return under it"):
        read(RawFile.from_path(Path(SHARED / "formats/ebis_synthetic_maintained_schools_master_list.csv")))


def test_returns_of_no_school_at_all_give_nothing_and_say_why() -> None:
    header, *_ = rows_of("aar/academies.csv")
    lone = book({"Academies": [header, ["x"] * len(header)]}, NAME)
    empty = of(lone, "aar")
    assert (empty.rows_read, empty.rows_kept, len(empty.tables["measurement"])) == (1, 0, 0)
    assert rejected(empty) == [(2, None, "not a school: the URN is not six digits")]
