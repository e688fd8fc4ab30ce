"""The register's other shapes: fewer columns, another form of dates, all groups' links, the history of trusts' members."""

from __future__ import annotations

import csv
import io
from datetime import date

import pandas as pd
import pytest

from data.catalogue import SourceFormatError
from data.formats.extract import RawFile
from data.formats.register import OPTIONAL, REQUIRED
from data.formats.values import DAY_FIRST_DASH, DAY_FIRST_SLASH, YEAR_FIRST, written
from data.sources import read
from tests.golden.golden import HERE, extract, plain, rejected
from tests.shared import SHARED, needs_shared

GIAS = "gias/edubasealldata20250901.csv"
LINKS = "links/links_edubasealldata20250901.csv"


def table(path: str) -> list[list[str]]:
    with (HERE / path).open(encoding="cp1252", newline="") as handle:
        return list(csv.reader(handle))


def file(name: str, rows: list[list[str]]) -> RawFile:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return RawFile(name, (), text.getvalue().encode("cp1252"))


def without(rows: list[list[str]], names: set[str]) -> list[list[str]]:
    kept = [at for at, name in enumerate(rows[0]) if name not in names]
    return [[row[at] for at in kept] for row in rows]


def slashed(rows: list[list[str]], *names: str) -> list[list[str]]:
    places = [rows[0].index(name) for name in names]
    return [
        [cell.replace("-", "/") if at in places and number else cell for at, cell in enumerate(row)]
        for number, row in enumerate(rows)
    ]


def test_the_register_of_135_columns_lost_ofsteds_four_and_any_one_other_that_is_not_needed():
    whole = table(GIAS)
    assert len(whole[0]) == 140
    ofsted = {name for name in whole[0] if "Ofsted" in name}
    assert len(ofsted) == 4
    before = extract(GIAS, "gias").tables["school"]
    for fifth in sorted(set(whole[0]) - ofsted - set(REQUIRED) - set(OPTIONAL)):
        found = read(file("edubasealldata20260312.csv", without(whole, ofsted | {fifth})))
        assert (found.source, found.rows_read, found.rows_kept) == ("gias", 12, 6)
        school = found.tables["school"].assign(as_at=before["as_at"])
        pd.testing.assert_frame_equal(school, before)


@pytest.mark.parametrize("name", sorted(OPTIONAL))
def test_the_register_is_read_without_any_one_optional_column(name):
    found = read(file("edubasealldata20260312.csv", without(table(GIAS), {name})))
    kept = 7 if name == "NumberOfPupils" else 6  # two rows of one URN differ in the number of pupils alone
    assert (found.source, found.rows_kept, len(found.tables["school"])) == ("gias", kept, kept)


def test_a_register_with_all_its_dates_in_slashes_is_read_as_such_and_says_so():
    rows = slashed(table(GIAS), "OpenDate", "CloseDate", "LastChangedDate")
    found = read(file("register.csv", rows[:9] + rows[10:]))  # without the row whose date is no date at all
    school = found.tables["school"].set_index("urn")
    assert plain(school.loc[[900008]], "close_date") == [("2018-08-31",)]  # 31/08/2018
    assert pd.isna(school.loc[900001, "open_date"])  # 01/01/1900 is no date
    assert found.as_at == date(2025, 3, 2)  # 02/03/2025, the latest change
    assert "dates are written dd/mm/yyyy throughout this file, and read so" in found.notes


def test_slashes_among_dashes_are_refused_cell_by_cell():
    rows = table(GIAS)
    at = rows[0].index("CloseDate")
    closed = next(row for row in rows if row[0] == "900008")
    closed[at] = "31/08/2018"
    found = read(file("edubasealldata20250901.csv", rows))
    assert ("CloseDate", "not a date written dd-mm-yyyy") in [entry[1:] for entry in rejected(found)]
    assert pd.isna(found.tables["school"].set_index("urn").loc[900008, "close_date"])


@pytest.mark.parametrize(
    ("cells", "form"),
    [
        (["31-08-2018", "", "01-01-1900"], DAY_FIRST_DASH),
        (["31/08/2018", "01/09/2018"], DAY_FIRST_SLASH),
        (["01/09/2018", "02/09/2018"], DAY_FIRST_DASH),  # nothing proves that the day stands first
        (["08/31/2018"], DAY_FIRST_DASH),  # the month first: refused, not turned round
        (["31/08/2018", "31-08-2018"], DAY_FIRST_DASH),
        (["2018-08-31", "2018-09-01"], YEAR_FIRST),
        (["", ""], DAY_FIRST_DASH),
    ],
)
def test_the_form_of_a_files_dates_is_one_and_proven(cells, form):
    assert written(pd.Series(cells, dtype="str")) == form


def test_links_in_slashes():
    rows = slashed(table(LINKS)[:3], "LinkEstablishedDate")
    assert rows[1][4] == "01/09/2018"
    rows[2][4] = "31/08/2018"
    found = read(file("links.csv", rows))
    assert plain(found.tables["link"], "urn", "established") == [(900021, "2018-09-01"), (900022, "2018-08-31")]


@needs_shared
def test_the_dfes_own_fixtures_of_the_register_and_its_links():
    assert SHARED
    found = read(RawFile.from_path(SHARED / "formats/ebis_synthetic_gias.csv"))
    assert (found.source, found.rows_read, found.rows_kept, len(found.rejects)) == ("gias", 60, 60, 0)
    assert plain(found.tables["school"].head(1), "urn", "open_date", "la_code") == [(130000, "1993-05-29", 100)]
    links = read(RawFile.from_path(SHARED / "formats/ebis_synthetic_gias_links.csv"))
    assert (links.source, links.rows_read, links.rows_kept) == ("links", 32359, 60)
    assert set(links.rejects["reason"]) == {"the row is empty"}
    assert plain(links.tables["link"].tail(1), "urn", "link_urn", "established")[0][2] == "2022-03-01"  # 60th day


MEMBERS = "trust_members/academiesmatmembership20250901.csv"


def test_the_history_of_trust_members_gives_those_that_have_not_left():
    found = extract(MEMBERS, "trust_members")
    assert (found.as_at, found.rows_read, found.rows_kept) == (date(2025, 9, 1), 9, 3)
    assert plain(found.tables["membership"], "uid", "urn", "joined") == [
        ("90001", 900031, "2015-09-01"), ("90001", 900032, "2018-09-01"),
        ("90001", 900035, "2016-09-01"),  # leaves after the day of the file
    ]  # fmt: skip
    assert plain(found.tables["group"], "uid", "name", "kind", "status") == [("90001", "CHILVER VALE", "mat", "open")]
    assert rejected(found) == [
        (3, None, "left the trust: the file keeps former memberships"), (5, None, "the school is closed"),
        (6, None, "the trust is closed"), (8, None, "the group UID is not a number"),
        (9, None, "the same membership stands more than once: the first was used"), (10, None, "the row is empty"),
    ]  # fmt: skip
    assert "Imported" not in found.tables["membership"].to_csv() + found.tables["group"].to_csv()


def test_trust_members_without_joining_days_or_names_give_memberships_alone():
    bare = without(table(MEMBERS), {"Date Joined Group", "Group Name", "Group Type", "EstablishmentStatus (name)"})
    found = read(file("academiesmatmembership20250901.csv", bare))
    assert sorted(found.tables) == ["membership"]
    assert plain(found.tables["membership"], "urn", "joined") == [
        (900031, None), (900032, None), (900033, None), (900035, None),
    ]  # fmt: skip


def test_trust_members_that_do_not_say_who_has_left_are_refused():
    with pytest.raises(SourceFormatError, match="the column `Date Left Group` is missing"):
        read(file("academiesmatmembership20250901.csv", without(table(MEMBERS), {"Date Left Group"})))


def test_links_of_all_groups_have_twenty_columns_and_groups_that_are_not_of_schools():
    rows = table("group_links/alllinksdata20250901.csv")
    assert len(rows[0]) == 20
    found = extract("group_links/alllinksdata20250901.csv", "group_links")
    assert (found.rows_read, found.rows_kept) == (4, 3)
    assert plain(found.tables["membership"], "uid", "urn", "joined") == [
        ("80001", 900041, "2009-07-06"), ("80001", 900042, None), ("90006", 900041, "2010-09-01"),
    ]  # fmt: skip
    assert plain(found.tables["group"], "uid", "name", "kind", "status") == [
        ("80001", "Lane Federation", "federation", "open"), ("90006", "Foundation", "trust", "open"),
    ]  # fmt: skip
    assert rejected(found) == [(5, None, "not a group of schools (Children's Centres Group)")]
