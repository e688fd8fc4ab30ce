"""The register and its companions: schools, links, groups, memberships."""

from __future__ import annotations

from datetime import date

import pytest

from tests.golden.golden import extract, plain, rejected

OUT = ": Alongside covers England"
TWICE = "the URN stands more than once with different values: none of the rows was used"


def test_register_rows_by_name_with_phase_sector_and_reasons():
    found = extract("gias/edubasealldata20250901.csv", "gias")
    assert (found.as_at, found.scope, found.rows_read, found.rows_kept) == (date(2025, 9, 1), "991", 12, 6)
    school = found.tables["school"]
    assert plain(school, "urn", "status", "sector", "phase", "phase_raw", "gender", "selective", "sixth_form") == [
        (900001, "open", "maintained", "primary", "Middle deemed primary", "mixed", False, False),
        (900002, "open", "academy", "special", "Not applicable", "mixed", True, True),
        (900006, "open", "maintained", "primary", "Primary", "mixed", False, False),
        (900007, "open", "maintained", "primary", "Primary", "mixed", False, False),
        (900008, "closed", "maintained", "alternative_provision", "Not applicable", None, False, False),
        (900009, "open_proposed_to_close", "independent", None, "Not applicable", "mixed", None, False),
    ]
    first, second, _, odd, unit, _ = plain(
        school, "name", "open_date", "close_date", "easting", "latitude", "lsoa", "capacity", "fsm_pct", "trust_uid",
        "federation_uid",
    )  # fmt: skip
    assert first == ("Café Lane School", None, None, 700000, 53.411057, None, 210, 12.5, None, 80001)
    assert second == ("Larkhythe School", None, None, None, None, "E01990001", 210, 12.5, 90001, None)
    assert odd == ("Odd Cells", None, None, 700000, 53.411057, "E01990001", None, None, None, None)
    assert unit[:3] == ("Brenn Unit", None, "2018-08-31")
    assert plain(school.head(1), "religious_character", "laestab", "phone", "website", "as_at") == [
        ("None", 9912001, "01632960001", "www.a.example", "2025-09-01")
    ]
    assert rejected(found) == [
        (4, None, "a school in Wales" + OUT), (5, None, "a British school overseas" + OUT), (6, None, TWICE),
        (7, None, TWICE), (9, None, "the same row stands more than once"),
        (10, "OpenDate", "not a date written dd-mm-yyyy"),
        (10, "PercentageFSM", "outside the possible range (0 to 100)"), (10, "SchoolCapacity", "not a whole number"),
        (13, None, "not a school: the URN is not six digits"),
    ]  # fmt: skip
    assert "Imported" not in school.to_csv()  # heads' names stay in the file


def test_register_states_groups_of_schools_that_are_not_closed():
    found = extract("gias/edubasealldata20250901.csv", "gias")
    assert plain(found.tables["group"], "uid", "name", "kind", "status") == [
        ("80001", "Lane Federation", "federation", "open"), ("90001", "CHILVER VALE", "mat", "open"),
    ]  # fmt: skip
    assert plain(found.tables["membership"], "uid", "urn", "joined") == [
        ("80001", 900001, None),
        ("90001", 900002, None),
    ]


def test_search_download_runs_on_past_its_header_and_has_no_date():
    found = extract("gias_search/results.csv", "gias_search")
    assert plain(found.tables["school"], "urn", "phase", "lsoa", "trust_uid") == [
        (900011, "primary", "E01990001", None), (900012, "primary", "E01990001", None),
    ]  # fmt: skip
    assert found.notes == (
        "rows with fields beyond the header, which were not read: 1",
        "no date in the name: taken as of the latest change in the file (2025-03-02)",
    )
    assert (len(found.tables["group"]), len(found.rejects)) == (0, 0)


def test_links_keep_blank_dates_and_both_directions():
    found = extract("links/links_edubasealldata20250901.csv", "links")
    assert plain(found.tables["link"], "urn", "link_urn", "link_type", "established") == [
        (900021, 900022, "Predecessor", "2018-09-01"), (900022, 900021, "Successor", None),
        (900024, 900025, "Predecessor - Split School", None),
    ]  # fmt: skip
    assert rejected(found) == [
        (4, None, "the linked URN is not six digits"), (5, "LinkEstablishedDate", "not a date written dd-mm-yyyy"),
    ]  # fmt: skip


def test_groups_have_their_own_dates_and_a_trust_may_be_named_none():
    found = extract("groups/allgroupsdata20250901.csv", "groups")
    assert plain(found.tables["group"], "uid", "name", "kind", "status", "open_date", "closed_date") == [
        ("1095", "None", "mat", "open", "2010-11-17", None),
        ("80001", "Lane Federation", "federation", "closed", "2009-07-06", "2020-08-31"),
        ("90002", "Alone", "sat", "open", None, None), ("90003", "Secure", "sat", "open", None, None),
        ("90004", "Sponsor", "sponsor", "open", None, None), ("90005", "Umbrella", "umbrella", "open", None, None),
        ("90006", "Foundation", "trust", "open", None, None),
    ]  # fmt: skip
    assert rejected(found) == [(9, None, "not a group of schools (Children's Centres Group)")]
    assert found.rejects["raw"].tolist() == ["86073"]


def test_group_links_keep_sponsor_and_trust_of_one_school():
    found = extract("group_links/grouplinks_edubaseallacademiesandfree20250901.csv", "group_links")
    assert plain(found.tables["membership"], "uid", "urn", "joined") == [
        ("90004", 900031, "2010-01-05"), ("90001", 900031, "2015-09-01"), ("90001", 900032, None),
    ]  # fmt: skip
    assert plain(found.tables["group"], "uid", "kind") == [("90004", "sponsor"), ("90001", "mat")]
    assert rejected(found) == [
        (5, None, "not a group of schools (Children's Centres Group)"),
        (6, None, "the same membership stands more than once: the first was used"),
    ]  # fmt: skip


@pytest.mark.parametrize("word", ["Local authority nursery school", "Academy 16-19 converter", "Free schools special"])
def test_type_tells_the_phase_where_the_register_says_not_applicable(word):
    from data.formats.register import TYPE_PHASE

    assert TYPE_PHASE[word.casefold()] == {"L": "nursery", "A": "sixteen_plus", "F": "special"}[word[0]]
