"""The board's pages: one pack behind all of them, keys that turn, names hidden when presenting, what is kept, who may name."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from datetime import date
from typing import Any

import pandas as pd
import pytest

from data.access.scope import everything
from data.register import boards, rows
from data.store import publish
from data.store.engine import engine, place
from pages.reports import exports
from pages.reports.sheets import Bars, Lines, Ranges, Sheet
from pages.shell.boardroom import making, packing, results
from pages.shell.boardroom.reading import Stage
from pages.shell.fair import fairness
from tests import pdf_text
from tests.views import drive, region
from tests.views.signed_in import Person, opened

ROLES: tuple[Any, ...] = ("director", "governor", "adviser")
VIEWS = ("board", "board_present", "board_pack", "board_questions")


def kept(key: str) -> tuple[rows.Entry, ...]:
    return rows.entries(everything(), opened(), key)


def screens(person: Person) -> list[str]:
    """Every screen of the presentation, as text."""
    first = drive.text(person.opens("board_present", notes="1"))
    number = int(re.search(r"1 of (\d+)\. The arrow keys", first)[1])  # type: ignore[index]
    return [
        first,
        *(drive.text(person.opens("board_present", sheet=str(at), notes="1")) for at in range(2, number + 1)),
    ]


def test_a_screen_is_turned_by_buttons_that_have_keys(filled_home: object) -> None:
    at = drive.view("board_present")
    keys = {one.key: one.proto.shortcut.lower() for one in at.button if one.key and one.key.startswith("turn_")}
    assert keys == {
        "turn_first": "home",
        "turn_back": "left",
        "turn_on": "right",
        "turn_last": "end",
        "turn_notes": "n",
    }
    clicker = {one.key: one.proto.shortcut.lower() for one in at.button if one.key and one.key.startswith("click_")}
    assert clicker == {"click_back": "pageup", "click_on": "pagedown"} and at.button(key="click_back").disabled
    assert at.button(key="turn_back").disabled and at.button(key="turn_first").disabled
    before = drive.text(at)
    at.button(key="turn_on").click().run()
    assert at.query_params["sheet"] == "2" and "2 of " in drive.text(at) and drive.text(at) != before
    at.query_params["sheet"] = "4"  # pressed again before the screen was drawn
    assert at.button(key="turn_on").click().run().query_params["sheet"] == "5"
    at.button(key="turn_last").click().run()
    last = int(at.query_params["sheet"])
    assert f"{last} of {last}." in drive.text(at) and at.button(key="turn_on").disabled
    at.button(key="turn_first").click().run()
    assert at.query_params["sheet"] == "1"


def test_notes_come_when_asked_for_and_stay_in_the_link(filled_home: object) -> None:
    at = drive.view("board_present")
    assert "How each is worked out" not in drive.text(at)
    at.button(key="turn_notes").click().run()
    assert "How each is worked out" in drive.text(at) and at.query_params["notes"] == "1"
    assert "DfE key stage 2" in drive.text(at)


def test_names_are_hidden_when_presenting_unless_somebody_shows_them(person: Person) -> None:
    rows.add(
        everything(), opened(), "need_state", {"area": "mathematics", "state": "agreed"}, urn=900004, now=person.now
    )
    person.is_here()
    fairness_rows = fairness.said(region.PUBLICATION, region.MEMBERS)
    assert fairness_rows
    named = "Oxleigh Road Primary School"
    assert named in drive.text(person.opens("board"))
    assert not [one for one in screens(person) if named in one]
    assert [at for at in range(1, 5) if named in drive.text(person.opens("board_present", sheet=str(at), hide="0"))]


@pytest.mark.parametrize("role", ROLES)
def test_each_role_that_may_makes_the_pack_and_only_some_the_part_with_names(person: Person, role: Any) -> None:
    person.is_(role, uid=region.TRUST)
    at = person.opens("board_pack")
    assert bool([one for one in at.checkbox if one.key == "with_names"]) is (role != "governor")
    assert at.button(key="make_pack").label == "Make the pack now"  # the link to the page has its own words
    room = room_of(person)
    pack = packing.pack(room)
    assert not pack.part("confidential") and len(pack.part("main")) <= packing.MOST and len(pack.questions) <= 6
    if role == "governor":
        with pytest.raises(Exception, match="you may not make the part"):
            packing.confidential(room)
    else:
        assert [sheet.part for sheet in packing.confidential(room).sheets] == ["confidential"]


def room_of(person: Person) -> Any:
    """What the pages of this person read, without their pickers."""
    from datetime import datetime

    from pages.components.names import Names
    from pages.shell import cached
    from pages.shell.boardroom import reading
    from pages.shell.choice import Choice, partnerships
    from pages.shell.session import View

    where = place("own")
    info = publish.latest(engine(where))
    assert info is not None
    view = View(person.scope, where, info.publication_id, datetime.fromisoformat(info.created), None, False)
    group, members = partnerships(view.publication_id, where, view.scope)[region.TRUST]
    names = Names.of(False, cached.school_names(view.publication_id), members)
    return reading.room(view, Choice(group, members, "primary", 202425, False, names))


def test_no_name_of_a_school_that_has_not_agreed_is_in_the_pack(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.is_here()
    pack = packing.pack(room_of(person))
    said = "\n".join(_texts(sheet) for sheet in pack.sheets) + "\n".join(
        f"{one.question}{one.why}{one.answer}" for one in pack.questions
    )
    assert [name for name in region.NAMES.values() if name in said] == []
    apart = packing.confidential(room_of(person))
    assert set(apart.sheets[0].table["School"]) >= {"Oxleigh Road Primary School", "Tolverton Junior School"}  # type: ignore[index]
    people = next(sheet for sheet in pack.sheets if sheet.key == "people")
    assert "How many pupils there are for each teacher is not in the files." in people.lines  # once, not for each phase
    monkeypatch.setattr(packing, "said_of_named", lambda room: ())
    empty = packing.confidential(room_of(person)).sheets[0]
    assert "Two secondary schools: nothing published points to a clear need." in empty.lines
    assert empty.title == "Nothing published points to a clear need"  # and not that somebody keeps it back
    person.is_("director", uid=region.TRUST)  # who is told nothing of schools that have not been shown it
    held = packing.confidential(room_of(person)).sheets[0]
    assert held.title == "No school may be named here yet" and "clear need" not in " ".join(held.lines)


def _texts(sheet: Sheet) -> str:
    table = sheet.table.to_csv() if sheet.table is not None else ""
    return "\n".join((sheet.title, *sheet.lines, *sheet.notes, sheet.alt, sheet.source, table))


def test_what_was_left_out_is_in_the_appendix_and_in_the_link(filled_home: object) -> None:
    at = drive.view("board_pack")
    at.checkbox(key="page_money").uncheck().run()
    assert at.query_params["leave"] == "money"
    there = drive.view("board_present", leave="money")
    assert "1 of " in drive.text(there)
    at.checkbox(key="page_money").check().run()
    assert at.query_params["leave"] == "none"


def test_a_link_that_leaves_out_what_is_no_page_is_told_once_and_put_right(filled_home: object) -> None:
    told = "The link leaves out a page that is not there."
    for page in ("board_pack", "board_present"):
        for leave, right in (("nonsense", "none"), ("money,nonsense", "money")):
            at = drive.view(page, leave=leave)
            assert told in drive.text(at) and at.query_params["leave"] == right
            assert told not in drive.text(at.run())
        assert told not in drive.text(drive.view(page, leave="none"))


def test_more_than_eight_pages_send_people_to_the_appendix_first() -> None:
    keys = packing.PAGES
    assert len(keys) == packing.MOST + 1
    assert packing.to_appendix(keys, ()) == {"people"}
    assert packing.to_appendix(keys, ("money",)) == {"money"}
    assert packing.to_appendix([key for key in keys if key != "changed"], ()) == frozenset()


def test_who_says_that_it_was_presented_keeps_its_figures(person: Person) -> None:
    at = person.opens("board_pack")
    at.date_input(key="presented_on").set_value(date(2026, 11, 20))
    at.text_input(key="presented_board").set_value("Trust board")
    next(one for one in at.button if one.label == "We presented it").click().run()
    assert not at.exception and "Kept: presented on 20 November 2026." in drive.text(at)
    (one,) = kept(boards.PACK)
    assert (one.values["presented_on"], one.values["figures"], one.uid) == (
        date(2026, 11, 20), region.PUBLICATION, region.TRUST,
    )  # fmt: skip
    assert boards.cited(opened()) == {region.PUBLICATION}
    assert "Nothing new: the pack presented on 20 November 2026 stood on these figures" in drive.text(
        person.opens("board")
    )


@pytest.mark.parametrize("role", ROLES)
def test_who_said_that_it_was_presented_can_take_it_back(person: Person, role: Any) -> None:
    person.is_(role, uid=region.TRUST)
    at = person.opens("board_pack")
    assert "Packs presented" not in drive.text(at)
    at.text_input(key="presented_board").set_value("Oxleigh committee")
    next(one for one in at.button if one.label == "We presented it").click().run()
    assert "Packs presented, the last first" in drive.html(at) and "Oxleigh committee" in drive.html(at)
    hidden = person.opens("board_pack", hide="1")
    assert "Packs presented" in drive.html(hidden) and "Oxleigh" not in drive.html(hidden)
    at.button(key="presented_take_back").click().run()
    assert not at.exception and "Taken back." in drive.text(at)
    assert "Packs presented" not in drive.html(at) and not kept(boards.PACK) and boards.cited(opened()) == frozenset()


def test_a_day_ahead_and_the_same_twice_are_told_and_not_kept(person: Person) -> None:
    for day, told in ((22, None), (22, "is kept already"), (30, "it lies ahead")):
        at = person.opens("board_pack")
        at.date_input(key="presented_on").set_value(person.now.date().replace(day=day))
        next(one for one in at.button if one.label == "We presented it").click().run()
        assert not at.exception
        assert told is None or told in drive.text(at)
        assert len(kept(boards.PACK)) == 1


def test_what_changed_since_the_pack_that_was_presented(person: Person) -> None:
    person.is_here()
    rows.add(
        everything(), opened(), boards.PACK, {"presented_on": date(2026, 7, 10), "figures": region.PUBLICATION},
        uid=region.TRUST, now=person.now,
    )  # fmt: skip
    tables = region.tables()
    values = tables["value"]
    mine = (
        values["urn"].eq(900004) & values["measure"].eq("ks2_reading_expected_pct") & values["time_period"].eq(202425)
    )
    values.loc[mine, "value"] = values.loc[mine, "value"] + 3
    publish.write(
        opened(),
        "later",
        "2026-12-01T09:30:00",
        {"inputs": []},
        {**tables, "value": values},
        keep=boards.cited(opened()),
    )
    shown = drive.text(person.opens("board"))
    assert "What changed since you last met" in shown
    assert "Since the pack presented on 10 July 2026: published figures of one school changed" in shown
    shown = drive.text(person.opens("board_pack"))
    assert "What changed since the last pack" in shown


def test_nothing_changed_is_said_and_not_left_empty(person: Person) -> None:
    person.is_here()
    said = {"presented_on": date(2026, 7, 10), "figures": region.PUBLICATION}
    rows.add(everything(), opened(), boards.PACK, said, uid=region.TRUST, now=person.now)
    publish.write(
        opened(), "later", "2026-12-01T09:30:00", {"inputs": []}, region.tables(), keep=boards.cited(opened())
    )
    (sheet,) = [one for one in packing.pack(room_of(person)).sheets if one.key == "changed"]
    assert "nothing changed" in sheet.title
    assert sheet.lines == ("The figures were made anew on 1 December 2026; those of our schools are the same.",)


def test_a_page_says_more_than_its_title_and_nothing_twice(person: Person) -> None:
    person.is_here()
    for sheet in packing.pack(room_of(person)).sheets:
        if sheet.part == "main":
            assert sheet.lines and len({*sheet.lines, f"{sheet.title}."}) == len(sheet.lines) + 1, sheet.key


def test_lines_of_results_are_of_each_phase_and_a_single_year_is_bars_in_words_too() -> None:
    stages = [Stage(phase, phase, 202425, None, (), (), False, None) for phase in ("primary", "secondary")]  # type: ignore[arg-type]
    rows = [(stages[at > 3], at) for at in range(7)]
    assert [at for _, at in results._of_each(rows)] == [0, 1, 2, 4, 5]  # type: ignore[arg-type]
    assert [at for _, at in results._of_each(rows[:5])] == [0, 1, 2, 3, 4]  # type: ignore[arg-type]
    once = {"Our primary schools": {201819: 3.9}, "Our secondary schools": {201819: 5.4, 201718: None}}
    assert results._years_alt(once) == "Bars for 2018/19. Our primary schools 3.9%; Our secondary schools 5.4%."  # type: ignore[arg-type]


def test_a_question_is_kept_answered_and_in_the_next_pack(person: Person) -> None:
    person.is_("governor", uid=region.TRUST)
    at = person.opens("board_questions")
    assert "No question of a board is kept here yet" in drive.text(at)
    at.text_area(key="ask_text").set_value("Why did <b>roll</b> fall?")
    next(one for one in at.button if one.label == "Keep this question").click().run()
    assert not at.exception and "One question kept, one not answered yet" in drive.text(at)
    (one,) = kept(boards.QUESTION)
    at.text_area(key=f"answer_text_{one.entry_id}").set_value("Two villages have fewer families.")
    next(button for button in at.button if button.label == "Keep this answer").click().run()
    assert not at.exception and "One question kept, answered" in drive.text(at)
    earlier = next(sheet for sheet in packing.pack(room_of(person)).sheets if sheet.key == "earlier")
    assert list(earlier.table["Answer"]) == ["Two villages have fewer families."]  # type: ignore[index]
    assert "<b>roll</b>" in drive.text(person.opens("board_questions"))  # as text
    assert "Two villages" not in drive.text(person.opens("board_questions", hide="1"))


def test_an_answer_that_was_given_meanwhile_is_not_lost(person: Person) -> None:
    made = rows.add(
        everything(), opened(), boards.QUESTION, {"question": "Why?", "asked_on": date(2026, 7, 10)}, uid=region.TRUST,
        now=person.now,
    )  # fmt: skip
    at = person.opens("board_questions")
    rows.change(everything(), opened(), made.entry_id, {"board": "Finance"}, version=1, now=person.now)
    at.text_area(key=f"answer_text_{made.entry_id}").set_value("Because.")
    next(button for button in at.button if button.label == "Keep this answer").click().run()
    assert not at.exception
    (one,) = kept(boards.QUESTION)
    assert one.values["answer"] in (None, "Because.") and one.values["board"] == "Finance"


def test_numbers_on_the_page_the_screens_the_files_and_the_export_are_equal(person: Person) -> None:
    """One pack behind all: what a bar says is counted anew from the export, and stands in slides, on paper and on screens."""
    pptx = pytest.importorskip("pptx")
    person.is_here()
    room = room_of(person)
    pack = packing.pack(room)
    made = making.files(pack, None)
    deck = pptx.Presentation(io.BytesIO(made.slides))
    slides = "\n".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    on_screens, page = "\n".join(screens(person)), drive.text(person.opens("board"))
    for sheet in pack.part("main"):
        assert sheet.title in slides and sheet.title in on_screens, sheet.key
        assert all(line in slides and line in on_screens for line in sheet.lines), sheet.key
        if isinstance(sheet.picture, Bars):
            values = [value for value in sheet.picture.values.values() if value is not None]
            assert any(sorted(values) == sorted(_numbers(chart)) for chart in charts), sheet.key
    assert all(one.question in slides and one.question in page for one in pack.questions)
    well = next(sheet for sheet in pack.sheets if sheet.key == "well")
    table = exports.exported_table(
        "strengths", lambda name: region.tables()[name], region.MEMBERS, lambda: pd.DataFrame()
    )
    table = table[table["time_period"].eq(202425) | table["basis"].ne("contextual")]
    counted = table.groupby("area", observed=True)["urn"].nunique()
    told = dict(zip(well.table["Area"], well.table["Schools"], strict=True))  # type: ignore[index]
    assert told == {fairness_label(area): int(number) for area, number in counted.items()}
    strong = table["urn"].nunique()
    assert well.title.startswith(f"{packing.board_words.schools(strong).split(' ')[0].capitalize()} of our")
    headings = set(pdf_text.texts(made.paper, "Title"))
    assert all(sheet.title in headings for sheet in pack.part("main"))
    if read := shutil.which("pdftotext"):
        paper = subprocess.run([read, "-", "-"], input=made.paper, capture_output=True, check=True).stdout.decode()
        for sheet in pack.part("main"):
            assert all(_squeezed(line) in _squeezed(paper) for line in sheet.lines), sheet.key


def _squeezed(text: str) -> str:
    """Without what breaking a line changes."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def fairness_label(area: Any) -> str:
    from pages.components.measure_words import area_label

    return area_label(str(area))


def _numbers(chart: Any) -> list[float]:
    return [
        float(value) for plot in chart.plots for series in plot.series for value in series.values if value is not None
    ]


def test_a_picture_and_its_table_hold_the_same_numbers(person: Person) -> None:
    person.is_here()
    for sheet in packing.pack(room_of(person)).sheets:
        assert (sheet.picture is None) or (sheet.alt and sheet.table is not None), sheet.key
        if isinstance(sheet.picture, Ranges):
            assert [row.shown for row in sheet.picture.rows] == list(sheet.table["Our average"])  # type: ignore[index]
        if isinstance(sheet.picture, Bars) and sheet.key in ("well", "discuss"):
            told = dict(zip(sheet.table["Area"], sheet.table["Schools"], strict=True))  # type: ignore[index]
            assert all(told[area] == number for area, number in sheet.picture.values.items())
        if isinstance(sheet.picture, Lines) and sheet.key == "attendance":
            assert sum(len(points) for points in sheet.picture.series.values())


@pytest.mark.parametrize("key", VIEWS)
def test_hidden_names_hide_what_people_wrote_too(person: Person, key: str) -> None:
    said = {"question": "What of Oxleigh Road?", "asked_on": date(2026, 7, 10), "board": "Oxleigh committee"}
    rows.add(everything(), opened(), boards.QUESTION, said, uid=region.TRUST, now=person.now)
    shown = drive.text(person.opens(key, hide="1"))
    assert "Oxleigh" not in shown and "it may name one" not in shown  # said once, not in each cell of a table
    assert "Oxleigh" not in drive.html(person.opens(key, hide="1"))


def test_a_file_is_no_longer_offered_once_it_would_say_something_else(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "files", lambda pack, apart, step: making.Files(b"a", b"b", b"c", b"d", 0.0))
    person.is_here()

    def offered(at: Any) -> list[str]:
        return [str(one.label) for one in at.get("download_button")]

    at = person.opens("board_pack")
    at.checkbox(key="with_names").check().run()
    at.button(key="make_pack").click().run()
    assert offered(at) == [
        "Slides (PPTX)",
        "Paper (PDF)",
        "Confidential slides, with names (PPTX)",
        "Confidential paper, with names (PDF)",
    ]
    assert offered(at.run()) == offered(at)
    differs = {"area": "mathematics", "state": "differs", "words": "We see it otherwise."}
    rows.add(everything(), opened(), "need_state", differs, urn=900004, now=person.now)
    at.run()
    assert offered(at) == [] and "make it again" in drive.text(at)
