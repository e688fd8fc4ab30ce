"""A pack in which nothing asks for discussion says what its files do not hold; its source lines name the year of the title."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.store import publish
from pages.shell.boardroom import discussing, packing, results
from tests.views import region
from tests.views.signed_in import Person, opened
from tests.views.test_board_pages import room_of


def _published(*without: str) -> None:
    """The region without any row of these tables."""
    tables = region.tables()
    tables.update({name: tables[name].iloc[:0] for name in without})
    publish.write(opened(), "later", "2026-12-01T09:30:00", {"inputs": []}, tables, keep=frozenset())


def test_no_inspection_and_no_accounts_are_not_called_all_well(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    person.is_here()
    _published("inspection", "finance", "trust_finance", "need")
    for name in ("asks", "unknown", "held", "apart"):
        monkeypatch.setattr(discussing, name, lambda room: [])
    sheet = discussing.discuss(room_of(person))
    assert (
        sheet.title
        == "Nothing in the files asks for discussion now; they hold no inspection and no accounts of our schools"
    )
    assert sheet.lines and "Nothing published" not in sheet.lines[0]


def test_source_lines_begin_with_capitals_and_numbers_in_words(person: Person) -> None:
    person.is_here()
    lines = {sheet.key: sheet.source for sheet in packing.pack(room_of(person)).sheets}
    assert "Nine primary schools, one of them without results" in lines["outcomes"]
    assert "Two secondary schools, all with results." in lines["outcomes"]
    assert lines["people"].startswith("The published files loaded")


def test_attendance_names_its_own_year_in_its_source(person: Person) -> None:
    person.is_here()
    room = room_of(person)
    stages = tuple(replace(stage, time_period=202324) for stage in room.stages)  # results end a year before absences
    sheet = results.attendance(replace(room, stages=stages))
    assert "in 2024/25" in sheet.title and ", to 2024/25." in sheet.source
