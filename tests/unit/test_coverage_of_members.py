"""Who the members are and what is not published of them, on three schools; the words for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd

from analytics import results
from analytics.facts import coverage
from analytics.facts.coverage import Member
from pages.components import near_words, partnership_words
from pages.components.names import Names
from pages.components.tables import Link
from tests.views import region

A, B, C = 900001, 900009, 900011
NAMES = {urn: region.NAMES[urn] for urn in (A, B, C)}


def tables() -> dict[str, pd.DataFrame]:
    made = {name: results.frame([], kind) for name, kind in results.TABLES.items()}
    schools = [region._school(A), replace(region._school(B), context_year=None, pupils=None), region._school(C)]
    made["school"] = results.frame(schools, results.School)
    made["member"] = pd.DataFrame(
        [("T", A, pd.Timestamp("2018-01-01")), ("T", B, pd.NaT), ("other", C, pd.Timestamp("2020-01-01"))],
        columns=["uid", "urn", "joined"],
    )
    values = [
        results.YearValue(A, "ks2_reading_expected_pct", 202425, 70.0, "ok", 30.0, 65.0, "final", False, 1),
        results.YearValue(A, "absence_overall_pct", 202425, 5.0, "ok", 200.0, 5.5, "final", False, 1),
        results.YearValue(C, "ks4_attainment8", 202425, None, "suppressed", None, 46.0, "final", False, 1),
    ]
    made["value"] = results.frame(values, results.YearValue)
    made["finance"] = pd.DataFrame([{"urn": A, "time_period": 202425}]).reindex(columns=made["finance"].columns)
    made["inspection"] = pd.DataFrame([{"urn": C, "event": "graded"}]).reindex(columns=made["inspection"].columns)
    return made


def members() -> tuple[Member, ...]:
    return coverage.members(tables().__getitem__, "T", [C, B, A])


def test_what_is_not_there_is_said_of_each_school_and_a_withheld_figure_is_no_figure() -> None:
    a, b, c = members()
    assert (a.school.urn, a.joined, a.without) == (A, date(2018, 1, 1), ("inspection",))
    assert (b.school.urn, b.joined, b.without) == (B, None, coverage.KINDS)
    assert (c.school.urn, c.joined, c.without) == (C, None, ("results", "attendance", "accounts"))


def test_no_number_stands_before_a_number() -> None:
    college = replace(members()[0], school=replace(members()[0].school, phase="sixteen_plus"))
    assert partnership_words.cards([college], False)[0] == ("1", "phase", "1 post-16")


def test_the_finding_counts_pupils_only_where_they_are_known() -> None:
    found = members()  # 115 and 900 pupils, and one school without a number
    assert partnership_words.finding(found, "trust") == "Our trust: 3 schools, 1,015 pupils in 2 of them"
    assert partnership_words.finding(found[:1], "schools") == "Our list: 1 school, 115 pupils"
    assert partnership_words.finding(found[1:2], "trust") == "Our trust: 1 school"


def test_the_table_is_by_phase_and_name_and_gives_no_place_where_names_are_hidden() -> None:
    found, plain = members(), Names.of(False, NAMES, NAMES)
    table = partnership_words.table(found, plain, {A: "./my-school?school=900001"})
    assert list(table["Phase"]) == ["Primary (2)", "Primary (2)", "Secondary (1)"]
    assert [str(one) for one in table["School"]] == [NAMES[A], NAMES[B], NAMES[C]] and isinstance(
        table["School"][0], Link
    )
    assert list(table["Joined"]) == ["1 January 2018", "not said", "not said"]
    assert table["Pupils"].isna().tolist() == [False, True, False]
    hidden = partnership_words.download(found, Names.of(True, NAMES, NAMES))
    assert list(hidden.columns) == ["Phase", "School", "Pupils", "Not published"]
    assert list(hidden["School"]) == ["School A", "School B", "School C"]


def test_what_the_register_says_of_no_school_is_said_once_and_has_no_column() -> None:
    found = tuple(replace(one, joined=None, school=replace(one.school, phone=None, website=None)) for one in members())
    assert partnership_words.unsaid(found) == "The register here gives no joining days, phones or websites."
    assert list(partnership_words.table(found, Names.of(False, NAMES, NAMES), {})) == [
        "Phase",
        "School",
        "Town",
        "Pupils",
    ]
    assert partnership_words.phase_counts(found).astype(object).values.tolist() == [["Primary", 2, 115], ["Secondary", 1, 900]]  # fmt: skip
    assert partnership_words.unsaid(members()) == ""


def test_the_download_writes_addresses_out_and_says_what_is_missing() -> None:
    made = partnership_words.download(members(), Names.of(False, NAMES, NAMES))
    assert list(made["Website"]) == ["https://school1.example", "https://school9.example", "https://school11.example"]
    assert made["Not published"][0] == "No inspection in the files"


def test_what_is_not_published_names_few_schools_and_counts_many() -> None:
    lines = partnership_words.silent_lines(members(), Names.of(False, NAMES, NAMES))
    assert lines[0].startswith(
        "No results of tests or exams: 2 schools (Swanholt Infant School and Thornwell School). Infant"
    )
    assert (
        lines[-1] == "No inspection in the files: 2 schools (Lower Quennet Primary School and Swanholt Infant School)."
    )


def test_what_the_register_says_of_no_school_nearby_has_no_column() -> None:
    schools = [replace(one.school, phone=None, website=None) for one in members()]
    assert (near_words.away(0.04), near_words.away(0.06), near_words.away(12.4)) == ("under 0.1 km", "0.1 km", "12 km")
    table = near_words.table(schools, {}, Names(False, NAMES), {one.urn: "./my-school" for one in schools})
    assert list(table) == ["School", "Town", "Phase", "Ages"]
