"""What changed: a finding that is true of the data, each change with its file, filters in the link, and what may not be told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st

from analytics.since.change import Change, Figure, File, Why
from data.access.scope import everything
from data.register import rows
from data.store.engine import engine, place
from pages.components import changed_tables, changed_words
from pages.components.changed_tables import FILE_COLUMNS
from pages.components.names import Names
from pages.reports.columns import HEADINGS
from pages.shell.fair import fairness
from tests.views import changed_region, drive, region
from tests.views.signed_in import START, Person

MARKUP = re.compile(r"<[^>]+>")


@pytest.fixture
def changed_home(filled_home: Path) -> Path:
    changed_region.add(place("sample"))
    return filled_home


def heading(shown: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", shown)
    assert found is not None
    return found.group(1)


def test_with_one_set_of_figures_there_is_nothing_to_compare_and_the_page_says_what_it_will_say(
    filled_home: Path,
) -> None:
    at = drive.view("overview_changed")
    assert heading(drive.html(at)) == "There are no earlier figures to compare with yet"
    assert "this page says what changed" in drive.text(at)


def test_the_same_figures_twice_say_that_nothing_changed(filled_home: Path) -> None:
    changed_region.add(place("sample"), region.tables())
    at = drive.view("overview_changed")
    assert heading(drive.html(at)) == "Nothing changed for our 12 schools since the earlier figures"
    assert "No file is new. Both were worked out in the same way." in drive.text(at)


def test_the_page_counts_first_and_each_count_is_true(changed_home: Path) -> None:
    at = drive.view("overview_changed")
    shown = drive.text(at)
    # 10 of 12 members are compared, and so have attendance; the infant and the special school are not
    assert heading(drive.html(at)) == "10 schools have figures of a new year; one school has a new inspection"
    for line in (
        "New attendance figures for 2024/25: 10 schools. From england_ks2final.csv.",
        "New inspections: one school.",
        "Joined: one school.",
        "Left: one school.",
        "What we say of an area of practice moved: three schools.",
        "Results of 2024/25 published again: one figure of one school is not what it was. From england_ks2final.csv.",
    ):
        assert line in shown
    assert "One new file: DfE key stage 2 performance tables (england_ks2final.csv)." in shown
    assert "Figures of 21 November 2026 beside the older ones of 3 October 2026, for our 12 schools" in shown


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"what": "all"}, "Nothing changed for our 12 schools since the earlier figures"),
        ({"what": "all", "untold": 3}, "Nothing published changed for our 12 schools since the earlier figures"),
        ({"what": "all", "whose": "all"}, "Nothing published changed for any school since the earlier figures"),
        ({"what": "findings", "untold": 3}, "Whether what we say of schools changed is not told here"),
    ],
    ids=["nothing", "untold", "all", "findings"],
)
def test_only_what_may_be_told_is_called_unchanged(asked: dict[str, Any], says: str) -> None:
    assert changed_words.finding((), 12, **asked) == says


@pytest.mark.parametrize("what", [what for what in changed_words.FILTERS if what not in ("all", "findings")])
@pytest.mark.parametrize(("whose", "of"), [("our", "our 12 schools"), ("all", "any school")])
def test_where_one_kind_did_not_change_the_finding_is_a_sentence_about_it(what: str, whose: str, of: str) -> None:
    said = changed_words.finding((), 12, what=what, whose=whose, untold=3)
    assert said.endswith(" since the earlier figures") and ":" not in said and (of in said or what == "schools")


def test_seconds_are_told_only_where_two_would_read_alike() -> None:
    now, before, other = "2026-11-22T11:31:48", "2026-11-22T11:31:28", "2026-11-22T11:31:02"
    assert changed_words.beside(now, before) == (
        "Figures of 22 November 2026, 11:31 beside the older ones of the same minute"
    )
    assert changed_words.told_apart({"a": before}, now) == {"a": "22 November 2026, 11:31"}
    assert changed_words.told_apart({"a": before, "b": other, "c": "2026-11-02T09:00:00"}, now) == {
        "a": "22 November 2026, 11:31:28", "b": "22 November 2026, 11:31:02", "c": "2 November 2026",
    }  # fmt: skip


def test_many_moves_are_counted_by_what_they_were_and_are_and_share_their_reason() -> None:
    def move(urn: int, was: str, now: str, why: Why = "new_year") -> Change:
        return Change("findings", "moved", urn, time_period=202425, subject="reading", was=was, now=now, why=(why,))

    moves = [move(1, "as_expected", "mixed_evidence"), move(2, "mixed_evidence", "as_expected"), move(1, "mixed_evidence", "as_expected")]  # fmt: skip
    counted = changed_tables.moved_counts([*moves, move(2, "mixed_evidence", "as_expected")])
    assert counted.values.tolist() == [
        ["◌ mixed evidence", "◐ as expected given intake", 3, 2], ["◐ as expected given intake", "◌ mixed evidence", 1, 1],
    ]  # fmt: skip
    assert changed_words.common_why(moves) == "A new year of results is in."
    assert changed_words.common_why([*moves, move(3, "as_expected", "mixed_evidence", "others")]) == ""


def test_a_figure_says_what_it_was_and_the_file_and_a_move_says_why(changed_home: Path) -> None:
    shown = drive.text(drive.view("overview_changed"))
    now = region.tables()["value"]
    (value,) = now.loc[
        now["urn"].eq(900003) & now["measure"].eq(changed_region.MATHS) & now["time_period"].eq(202425), "value"
    ]
    assert f"Mathematics: expected standard 2024/25 {value + 4:.0f}% {value:.0f}% england_ks2final.csv" in shown
    assert "Mathematics ◌ mixed evidence ○ may need support Figures of its own were published again." in shown
    assert "Mathematics ◐ as expected given intake ● strength to share Figures of other schools changed" in shown
    assert "Lower Quennet Primary School, inspected on 4 February 2025: no overall grade given." in shown


@pytest.mark.parametrize(
    ("what", "title", "there", "not_there"),
    [
        ("inspection", "One school has a new inspection", "inspected on 4 February 2025", "attendance figures"),
        ("results", "Published figures of one school changed", "Published figures that changed", "inspected on"),
        ("findings", "What we say changed for three schools", "What we say of our schools", "inspected on"),
        ("money", "No accounts of our 12 schools changed since the earlier figures", "What this shows", "inspected on"),
    ],
)  # fmt: skip
def test_a_link_can_ask_for_one_kind(changed_home: Path, what: str, title: str, there: str, not_there: str) -> None:
    at = drive.view("overview_changed", what=what)
    assert heading(drive.html(at)) == title
    assert there in drive.text(at) and not_there not in drive.text(at)
    assert at.query_params["what"] == what and at.query_params["since"] == changed_region.BEFORE


def test_picking_a_kind_writes_it_into_the_address(changed_home: Path) -> None:
    at = drive.view("overview_changed")
    at.selectbox(key="pick_what").set_value("inspection").run()
    assert not at.exception and at.query_params["what"] == "inspection"
    assert heading(drive.html(at)) == "One school has a new inspection"


def test_all_schools_shows_what_is_published_and_no_tier(changed_home: Path) -> None:
    shown = drive.text(drive.view("overview_changed", whose="all", partnership=region.SECOND))
    assert "New attendance figures for 2024/25: 17 schools." in shown
    assert "Tolverton Junior School" in shown
    assert "What we say of our schools" not in shown and "may need support" not in shown


def test_another_partnership_reads_that_figures_elsewhere_changed(changed_home: Path) -> None:
    shown = drive.text(drive.view("overview_changed", partnership=region.SECOND, what="results"))
    assert "No result of our 4 schools changed since the earlier figures" in shown
    assert (
        "Elsewhere in these figures, published figures of one school changed, in Chilver Vale Learning Trust." in shown
    )


def test_hidden_names_are_nowhere(changed_home: Path) -> None:
    for whose in ("ours", "all"):
        at = drive.view("overview_changed", hide="1", whose=whose)
        shown = drive.text(at)
        assert [name for name in region.NAMES.values() if name in shown] == []
        assert "900003" not in shown and ".csv, row" not in shown
    assert "not shown while school names are hidden" in drive.text(drive.view("overview_changed", hide="1"))
    one = Change(
        "results", "reissued", 900003, time_period=202425, file=File(7, "ks2", "ks2final.csv", 202425, "final", "2026-11-21"),
        figures=(Figure(changed_region.MATHS, 50.0, "ok", 54.0, "ok"),),
    )  # fmt: skip
    hidden, plain = (Names.of(hide, region.NAMES, region.MEMBERS) for hide in (True, False))
    rows_behind = {(7, 900003, changed_region.MATHS): 222}
    for names, told in ((hidden, ("", None)), (plain, ("ks2final.csv", 222))):
        (row,) = changed_tables.every_change([one], names, rows_behind).to_dict("records")
        assert row["File"] == told[0] and (row["Row"] == told[1] if told[1] else pd.isna(row["Row"]))


def test_every_column_of_the_download_has_a_meaning() -> None:
    named = ("School", "URN", *FILE_COLUMNS)
    assert all(FILE_COLUMNS.get(column) or HEADINGS.get(column) for column in named)


# What may not be told: with sign-in, a move of a school that was not shown what was and is said of it.

NEEDY = "Tolverton Junior School"


def showing(person: Person, publication_id: str) -> None:
    """All members were shown what those figures say of them, long ago."""
    for urn, said in fairness.said(publication_id, region.MEMBERS).items():
        values = {"said": said, "how": "told", "shown_on": START.date()}
        rows.add(everything(), engine(place("own")), "showing", values, uid=region.TRUST, urn=urn, now=START)


def moves(shown: str) -> list[str]:
    table = re.search(r"What we say that is not what we said.*?</table>", shown, re.DOTALL)
    return re.findall(r'class="al-group"[^>]*>([^<]+)<', table.group(0)) if table else []


def test_a_move_is_told_only_of_schools_that_were_shown_both_and_a_new_strength_to_all(person: Person) -> None:
    changed_region.add(place("own"))
    shown = person.sees("overview_changed")
    assert moves(shown) == ["Nettlecombe Cross Primary School"]  # its strength is open; what stood there before is not
    assert "as expected given intake" not in MARKUP.sub(" ", shown)
    assert "12 schools are shown first what is said of them: whether that changed is not told here yet." in shown
    showing(person, region.PUBLICATION)
    person.later(10)
    assert moves(person.sees("overview_changed")) == [
        "Nettlecombe Cross Primary School"
    ]  # not yet what was said before
    showing(person, changed_region.BEFORE)
    assert NEEDY in moves(person.sees("overview_changed"))
    person.is_("governor", uid=region.TRUST)
    assert moves(person.sees("overview_changed")) == ["Nettlecombe Cross Primary School"]


def test_however_masked_schools_moved_the_page_is_the_same(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    for tiers in (
        {900003: "mixed_evidence", 900008: "as_expected"},
        {900005: "as_expected", 900003: "as_expected"},
        {},
    ):
        monkeypatch.setattr(changed_region, "MOVED", tiers)
        changed_region.add(place("own"))
        st.cache_resource.clear()
        seen.append(person.sees("overview_changed"))
    assert seen[0] == seen[1] == seen[2]
    assert "What we say of our schools" not in seen[0].split("Download")[0].split("Of which schools")[1]
    person.is_here()
    assert (
        person.sees("overview_changed") == person.sees("overview_changed") != seen[0]
    )  # and the test would see a move


def test_the_person_at_this_computer_reads_every_move(person: Person) -> None:
    changed_region.add(place("own"))
    person.is_here()
    assert len(moves(person.sees("overview_changed"))) == 3
