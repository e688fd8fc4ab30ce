"""First screen, our own schools, Data and How it works, with an empty and a filled store."""

from __future__ import annotations

import sqlite3
import textwrap
import time
from pathlib import Path

import pytest
from sqlalchemy import insert

from data.catalogue import MEASURES
from data.store.engine import engine, place
from data.store.schema import school, source_file, store_nature
from pages.shell.files import batch
from tests.views import drive, region

ROOT = Path(__file__).parents[2]


@pytest.fixture
def pipeline(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for pipeline.py: `sample` fills the sample store with the small region; `publish` fails in words."""
    script = tmp_path_factory.mktemp("pipeline") / "pipeline.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import json, sys, time
            sys.path.insert(0, {str(ROOT)!r})
            print(json.dumps({{"share": 0.5, "words": "half *way*"}}), flush=True)
            if sys.argv[1] == "sample":
                from data.store.engine import place
                from tests.views.region import fill
                fill(place("sample"))
                print(json.dumps({{"share": 1, "words": "done"}}), flush=True)
            else:
                print(json.dumps({{"error": "There are no results to publish. Add files."}}))
                sys.exit(1)
            """
        ),
        encoding="utf-8",
    )
    monkeypatch.setattr(batch, "PIPELINE", script)
    return script


def test_first_run_makes_the_sample_and_asks_who_you_are(empty_home: Path, pipeline: Path) -> None:
    at = drive.app("welcome")
    assert not at.exception
    assert [button.label for button in at.button] == [
        "I lead several schools", "I lead one school", "I sit on a board", "Use our own schools",
    ]  # fmt: skip
    assert "Sample data: fictional schools." in drive.text(at)
    assert (empty_home / "sample" / "alongside.sqlite").exists()
    assert not (empty_home / "own").exists()


def test_a_failed_first_run_is_said_in_words(empty_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(batch, "PIPELINE", tmp_path / "nothing.py")
    at = drive.app("welcome")
    assert not at.exception
    assert "The work stopped before it was finished" in drive.text(at)
    assert [button.label for button in at.button] == ["Try again"]


def test_two_windows_watch_one_job(empty_home: Path, pipeline: Path) -> None:
    first = batch.job("sample", "--json")
    assert batch.job("sample", "--json") is first
    while not first.over:
        time.sleep(0.05)
    assert (first.state, first.share, first.words) == ("done", 1.0, "done")
    batch.forget("sample", "--json")
    assert batch.job("publish", "--json") is not first


def test_a_job_waits_for_another_program(empty_home: Path, pipeline: Path) -> None:
    held = sqlite3.connect(empty_home / "work.lock", isolation_level=None)
    held.execute("BEGIN EXCLUSIVE")
    job = batch.job("sample", "--json")
    while not job.over:
        time.sleep(0.05)
    held.close()
    assert job.state == "elsewhere"
    assert not (empty_home / "sample").exists()


@pytest.mark.parametrize(("who", "key"), [("director", "overview"), ("head", "my_school"), ("trustee", "board")])
def test_each_audience_opens_at_its_page(filled_home: Path, who: str, key: str) -> None:
    at = drive.app("welcome")
    at.button(key=f"who-{who}").click().run()
    assert not at.exception
    assert at.query_params["who"] == who
    assert at.query_params["data"] == "sample"
    if key != "my_school":
        assert at.query_params["partnership"] == region.TRUST
    else:
        assert at.query_params["school"] == "900001"


@pytest.mark.parametrize("key", ["welcome", "own_schools", "data_page", "how_it_works"])
def test_every_page_says_its_source_and_keeps_to_the_words(filled_home: Path, key: str) -> None:
    at = drive.app(key)
    assert not at.exception
    shown = drive.text(at)
    assert "Source:" in shown
    if key not in ("own_schools",):
        assert "Sample data: fictional schools." in shown
    if key == "how_it_works":
        return  # the methods may use their own words
    assert drive.off_words(shown) == []


def test_a_link_to_our_own_figures_before_there_are_any_makes_no_sample(empty_home: Path, pipeline: Path) -> None:
    at = drive.app("welcome", data="own").switch_page("pages/views/board.py").run()
    assert not at.exception
    assert "Add the register of schools first" in drive.text(at)
    assert not (empty_home / "sample").exists()


@pytest.mark.parametrize("key", ["own_schools", "how_it_works"])
def test_with_an_empty_store_a_page_says_what_it_needs(empty_home: Path, key: str) -> None:
    at = drive.view(key)
    assert not at.exception
    wanted = {"own_schools": "Add the register of schools first", "how_it_works": "How Alongside works"}
    assert wanted[key] in drive.text(at)
    assert "Open Government Licence" in drive.text(at) or key != "own_schools"


def test_how_it_works_lists_every_measure_and_the_limits(filled_home: Path) -> None:
    shown = drive.text(drive.view("how_it_works", view="words"))
    assert [measure.label for measure in MEASURES.values() if measure.label not in shown] == []
    assert "Tell whether safeguarding is effective today." in drive.text(drive.view("how_it_works", view="limits"))
    assert "Privacy" in drive.text(drive.view("how_it_works", view="access"))
    assert region.PUBLICATION in drive.text(drive.view("how_it_works", view="figures"))
    bad = drive.view("how_it_works", view="'; drop")
    assert not bad.exception
    assert "does not exist. The methods are shown." in drive.text(bad)


def register(names: dict[int, str]) -> None:
    with engine(place("own")).begin() as connection:
        connection.execute(insert(store_nature).values(nature="real"))
        connection.execute(
            insert(source_file).values(
                source_file_id=1,
                source="gias",
                release="final",
                scope="england",
                sha256="aa" * 32,
                file_name="r.csv",
                raw_path="x",
                received=region.CREATED,
                rows_read=3,
                rows_kept=3,
                rows_rejected=0,
                report="{}",
                state="live",
            )
        )
        for urn, name in names.items():
            connection.execute(
                insert(school).values(
                    urn=urn, name=name, status="open", town="Leeds", phase="primary", source_file_id=1
                )
            )


def test_our_schools_by_pasted_lines_then_saved(empty_home: Path) -> None:
    register({100001: "Elm Primary School", 100002: "Oak *Junior* School", 100003: "Oak Infant School"})
    at = drive.app("own_schools")
    at.text_area(key="own_lines").input("Elm Primary\n100003\nno such school").run()
    shown = drive.text(at)
    assert "Found: 2 schools" in shown
    assert 'No open school matches "no such school"' in shown
    at.text_input(key="own_name").input("Our *three*").run()
    save = next(button for button in at.button if button.label.startswith("Save 2 schools"))
    save.click().run()
    assert not at.exception
    from data.store import read

    groups, members = read.own_partnerships(engine(place("own")))
    assert groups["name"].tolist() == ["Our *three*"]
    assert sorted(members["urn"].tolist()) == [100001, 100003]


def test_files_without_figures_offer_to_make_them(empty_home: Path, pipeline: Path) -> None:
    assert not [b for b in drive.view("own_schools").button if b.label == "Make the figures"]  # nothing is here yet
    register({100001: "Elm Primary School"})
    at = drive.view("own_schools")
    assert "Files are here, but no figures have been made from them yet." in drive.text(at)
    at.button(key="own_make").click().run(timeout=60)
    assert "There are no results to publish. Add files." in drive.text(at)


def test_a_line_that_fits_several_schools_is_asked_about(empty_home: Path) -> None:
    register({100001: "Elm Primary School", 100002: "Oak *Junior* School", 100003: "Oak Infant School"})
    at = drive.view("own_schools")
    at.text_area(key="own_lines").input("Oak").run()
    box = next(box for box in at.selectbox if "Oak" in box.label)
    assert sorted(box.options) == ["Oak *Junior* School, Leeds, 100002", "Oak Infant School, Leeds, 100003"]
    box.select(100003).run()
    assert any(button.label.startswith("Save 1 school ") for button in at.button)


def test_a_search_adds_a_school_to_the_list(empty_home: Path) -> None:
    register({100001: "Elm Primary School", 100002: "Oak Junior School"})
    at = drive.view("own_schools")
    at.text_input(key="own_search").input("leeds oak jnr").run()
    at.button(key="own-find-100002").click().run()
    assert at.text_area(key="own_lines").value == "100002"
    assert "Found: 1 school" in drive.text(at)


def test_a_line_with_a_slip_is_asked_about(empty_home: Path) -> None:
    register({100001: "Elm Primary School", 100002: "Oakfield Junior School"})
    at = drive.view("own_schools")
    at.text_area(key="own_lines").input("Oakfeild Junior\nxylophone").run()
    shown = drive.text(at)
    assert 'No open school matches "xylophone".' in shown
    assert 'No open school matches "Oakfeild Junior".' not in shown
    at.selectbox(key="own_guess_1").select(100002).run()
    assert any(button.label.startswith("Save 1 school ") for button in at.button)


def test_the_first_screen_names_no_school_while_names_are_hidden(filled_home: Path) -> None:
    assert "welcome_find" not in [box.key for box in drive.app("welcome", hide="1").text_input]


def test_the_first_screen_goes_straight_to_a_school(filled_home: Path) -> None:
    at = drive.app("welcome")
    at.text_input(key="welcome_find").input("thronwell").run()
    assert "No school is called just that. The closest are:" in drive.text(at)
    at.button(key="welcome-find-900011").click().run()
    assert at.query_params["school"] == "900011"
    assert "Thornwell" in next(shown.value for shown in at.html if "<h1" in shown.value)
