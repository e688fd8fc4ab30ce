"""My school with what the partnership supplied, what was corrected, and published figures kept to look up."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import insert

from analytics import results
from data.store import publish
from data.store.engine import engine, place
from data.store.schema import own_figure
from pages.shell.fair import fairness
from tests.views import drive, region

READING = "ks2_reading_expected_pct"
NOTE = "supplied by the trust, not yet published"
LATER = "2026-11-22T09:30:00"
Publish = Callable[..., None]


def supply(urn: int, measure: str, period: int, value: float | None, unit: str = "pct", **more: object) -> None:
    row = {
        "label": measure,
        "definition": "Counted <b>by us</b>",
        "status": "ok" if value is not None else "not_submitted",
    }
    with engine(place("sample")).begin() as connection:
        connection.execute(
            insert(own_figure).values(
                urn=urn, measure=measure, time_period=period, value=value, unit=unit, **{**row, **more}
            )
        )


@pytest.fixture
def republish(filled_home: Path) -> Publish:
    """Publish the region again with other rows in some of its tables."""

    def again(**rows: list[object]) -> None:
        tables = region.tables()
        for name, added in rows.items():
            more = results.frame(added, results.TABLES[name])
            tables[name] = pd.concat([tables[name], more], ignore_index=True) if len(tables[name]) else more
        publish.write(engine(place("sample")), "later", LATER, {"inputs": []}, tables)

    return again


def kept(measure: str, period: int, value: float | None, status: str = "ok") -> results.YearValue:
    return results.YearValue(900001, measure, period, value, status, None, None, "final", False, 1)


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_this_summers_results_are_diamonds_with_words(filled_home: Path) -> None:
    supply(900001, READING, 202526, 71.0, denominator=31.0, supplied_by="Head of data")
    at = drive.view("my_school", school="900001", partnership=region.TRUST)
    shown = one_line(drive.text(at))
    assert f"Diamond: {NOTE}." in shown
    assert f"A diamond: 71% in 2025/26, {NOTE}." in shown  # in words, for those who cannot see it
    assert f"2025/26 71% 31 not known {NOTE}" in shown  # in the table under the picture
    drawn = drive.pictures(at)
    assert drawn.count('"symbol":"diamond"') == 1
    assert (
        "supplied by the trust,\\u003cbr\\u003enot yet published" in drawn
        or "supplied by the trust,<br>not yet published" in drawn
    )


def test_where_no_summer_is_published_yet_the_page_says_so_and_where_to_give_it(filled_home: Path) -> None:
    shown = one_line(drive.text(drive.view("my_school", school="900001", partnership=region.TRUST)))
    assert "no results newer than 2024/25 are in the files. You can give your own." in shown
    assert "Give this summer's figures" in shown
    supply(900001, READING, 202526, 71.0, denominator=31.0)
    assert "no results newer than" not in drive.text(drive.view("my_school", school="900001", partnership=region.TRUST))


def test_inspections_behind_questions_are_as_old_as_today(republish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    """An inspection of 14 March 2019 is seven years old in the figures, and eleven on a day of 2030."""
    asked = results.Need(900002, "primary", "leadership", 202425, "inspection", 0.5, None, False, "school", "")
    republish(need=[asked])
    monkeypatch.setattr(fairness, "now", lambda: datetime(2030, 6, 1, tzinfo=UTC))
    shown = drive.text(drive.view("support", area="leadership"))
    assert "14 March 2019" in shown and "11 years old" in shown and "7 years old" not in shown


def test_a_year_that_is_published_is_not_drawn_twice(filled_home: Path) -> None:
    supply(900001, READING, 202425, 71.0, denominator=31.0)
    at = drive.view("my_school", school="900001", partnership=region.TRUST)
    assert "diamond" not in drive.pictures(at).casefold()
    assert "Diamond" not in drive.text(at)
    assert "Supplied by your partnership" in drive.text(at)  # the table still has it


def test_the_table_of_supplied_figures(filled_home: Path) -> None:
    supply(900001, "own:phonics", 202526, 79.0, label="Phonics", denominator=28.0, supplied_by="Early years lead")
    supply(900001, "own:budget", 202627, -12_400.0, unit="gbp", label="Budget: balance forecast")
    supply(900001, "own:club", 202526, None, unit="count", label="Chess club")
    at = drive.view("my_school", school="900001", partnership=region.TRUST)
    shown = one_line(drive.text(at))
    assert "Supplied by your partnership" in shown
    assert "Phonics 2025/26 79% 28 Early years lead Counted <b>by us</b>" in shown
    assert "Budget: balance forecast 2026/27 −£12k not given not said Counted <b>by us</b>" in shown
    assert "Chess club 2025/26 not supplied by the school not given not said" in shown
    assert '<td class="al-wide">Counted &lt;b&gt;by us' in drive.html(at)  # else one word a line on a narrow screen


def test_supplied_figures_obey_the_rules_on_small_numbers(filled_home: Path) -> None:
    supply(900001, "own:phonics", 202526, 93.0, label="Phonics", denominator=28.0)  # two of 28 did not
    supply(900001, "own:club", 202526, 87.5, label="Chess club", denominator=8.0)  # one of eight did not
    supply(900001, "own:swim", 202526, 100.0, label="Swimming", denominator=8.0)
    supply(900001, READING, 202324, 60.0, label="Reading", denominator=30.0)
    at = drive.view("my_school", school="900001", partnership=region.TRUST)
    shown = one_line(drive.text(at))
    assert "Phonics 2025/26 all but fewer than six of 28 pupils 28" in shown and "93%" not in shown
    assert "Chess club 2025/26 all but fewer than six of 8 pupils" in shown and "88%" not in shown
    assert "Swimming 2025/26 100% (8 pupils: likely between 63% and 100%) 8" in shown
    assert "Reading 2023/24 60% 30" in shown


def test_nothing_supplied_says_nothing_and_other_schools_are_not_shown(filled_home: Path) -> None:
    supply(900013, "own:phonics", 202526, 79.0, label="Phonics", denominator=28.0)
    assert "Supplied by" not in drive.text(drive.view("my_school", school="900001", partnership=region.TRUST))
    outside = drive.text(drive.view("my_school", school="900013", partnership=region.TRUST))
    assert "Supplied by" not in outside and "Phonics" not in outside
    assert "Phonics" in drive.text(drive.view("my_school", school="900013", partnership=region.SECOND))


def test_supplied_figures_move_no_sentence_about_the_school(filled_home: Path) -> None:
    before = drive.text(drive.view("my_school", school="900004", partnership=region.TRUST))
    supply(900004, "ks2_mathematics_expected_pct", 202526, 99.0, denominator=31.0)
    after = drive.text(drive.view("my_school", school="900004", partnership=region.TRUST))
    ends = "Over the years"
    assert before.split(ends)[0] == after.split(ends)[0]
    for key in ("overview", "support", "board", "similar_schools"):
        assert "supplied by" not in drive.text(drive.view(key, school="900004", partnership=region.TRUST)).casefold()


def test_a_correction_is_said_with_its_reason_and_its_link(republish: Publish) -> None:
    row = results.Correction(
        900001, READING, 202425, "final", 64.0, "ok", 79.0, "ok", "late results were left out",
        "https://example.org/notes?a=1&b=<2>", False,
    )  # fmt: skip
    republish(correction=[row])
    at = drive.view("my_school", school="900001")
    assert (
        "One figure here was corrected: Reading: expected standard, 2024/25 final: 64%; as published: 79%. "
        "Late results were left out. Where this is said" in one_line(drive.text(at))
    )
    assert 'href="https://example.org/notes?a=1&amp;b=&lt;2&gt;"' in drive.html(at)
    assert "here was corrected" not in drive.text(drive.view("my_school", school="900002"))


def test_kept_figures_are_one_quiet_table_and_no_picture(republish: Publish) -> None:
    plain = drive.view("my_school", school="900001")
    assert "More published figures" not in drive.text(plain)
    republish(
        value=[
            kept("workforce_teachers_fte", 202223, 19.5), kept("workforce_teachers_fte", 202324, 20.4),
            kept("ks5_tech_level_points_per_entry", 202324, None, "suppressed"),
            kept("finance_income_per_pupil", 202324, 5312.0), kept("ks4_destination_education_pct", 202223, 94.0),
        ]
    )  # fmt: skip
    at = drive.view("my_school", school="900001")
    shown = one_line(drive.text(at))
    assert (
        "Tech level qualifications: average points per entry withheld by the publisher (too few pupils) 2023/24"
        in shown
    )
    assert "Teachers (full-time equivalent) 20.4 2023/24" in shown and "19.5" not in shown
    assert "Total income per pupil £5,312 2023/24" in shown
    assert (
        "no score rests on them: results at 16 to 18, where pupils went after key stage 4, staff and money per pupil"
        in shown
    )
    assert 'scope="rowgroup"' in drive.html(at)
    assert drive.pictures(at) == drive.pictures(plain)


def test_staff_stand_beside_similar_schools_without_a_flag(republish: Publish) -> None:
    of = "workforce_pupil_teacher_ratio"
    others = [
        results.YearValue(urn, of, 202324, 18.0 + place, "ok", None, None, "final", False, 1)
        for place, urn in enumerate(sorted(region.MEMBERS - {900001, region.SPECIAL, *region.SECONDARIES}))
    ]
    republish(value=[kept(of, 202223, 30.0), kept(of, 202324, 20.4), *others])
    at = drive.view("my_school", school="900001")
    shown = one_line(drive.text(at))
    assert (
        "People, and what else is published" in shown and "Staff say what a school has, not how well it does." in shown
    )
    # the seven similar schools have 18 to 24 pupils a teacher: quartiles 19.5 and 22.5; the infant school is none of them
    assert "Pupils per teacher 20.4 19.5 to 22.5 among them 2023/24" in shown
    assert "More published figures" not in shown


def test_a_special_school_gets_no_chart_of_kept_results(republish: Publish) -> None:
    before = drive.pictures(drive.view("my_school", school=str(region.SPECIAL)))
    row = results.YearValue(
        region.SPECIAL, "ks5_alevel_points_per_entry", 202324, 31.0, "ok", None, None, "final", False, 1
    )
    republish(value=[row])
    at = drive.view("my_school", school=str(region.SPECIAL))
    assert drive.pictures(at) == before
    assert "A level: average points per entry" in drive.text(at)
