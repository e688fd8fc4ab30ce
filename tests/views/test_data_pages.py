"""Data, Add files, Every file, Corrections: dropping, previewing, saying yes, taking back; in words, with no surprise."""

from __future__ import annotations

import io
import textwrap
import zipfile
from collections.abc import Mapping
from pathlib import Path
from unittest.mock import Mock

import pandas as pd
import pytest
from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

from data import intake
from data.access.scope import everything
from data.catalogue import StoreError
from data.formats.extract import RawFile
from data.intake.files import MAX_FILE
from data.store import read
from data.store.engine import engine, place
from data.store.schema import reject, source_file
from pages.components.plan_blocks import proposal_table
from pages.reports.columns import dictionary
from pages.shell.files import batch
from pages.shell.files.data_views import KEYS
from pages.shell.registry import BY_KEY, PAGES
from tests.published_files import csv_file, ks2_rows, register
from tests.views import drive, region

ROOT = Path(__file__).parents[2]
NAMES = {100001: "Elm Primary School", 100002: "Oak Junior School"}
REGISTER = ("edubasealldata20180901.csv", register(NAMES), "text/csv")
KS2 = "2017-2018_england_ks2final.csv"
Dropped = tuple[str, bytes, str]


@pytest.fixture
def pipeline(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for pipeline.py whose `publish` publishes the small region with what is live in our own store."""
    script = tmp_path_factory.mktemp("pipeline") / "pipeline.py"
    script.write_text(
        textwrap.dedent(
            f"""
            import json, sys
            sys.path.insert(0, {str(ROOT)!r})
            from data.store import publish, read
            from data.store.engine import engine, place
            from tests.views import region
            tables = region.tables()
            live = read.published_files(engine(place("own")))
            if live.empty:
                print(json.dumps({{"error": "There are no results to publish. Add files."}}))
                sys.exit(1)
            numbers = live["source_file_id"].tolist()
            source = tables["source"].iloc[[0] * len(numbers)].assign(source_file_id=numbers)
            name = "-".join(map(str, ["own", *numbers]))
            publish.write(engine(place("own")), name, region.CREATED, {{}}, {{**tables, "source": source}})
            """
        ),
        encoding="utf-8",
    )
    monkeypatch.setattr(batch, "PIPELINE", script)


def loaded(*files: Dropped) -> list[intake.FileReport]:
    return intake.load(everything(), [RawFile(name, (), content) for name, content, _ in files], place("own"))


def held() -> list[tuple[int, str, str]]:
    """Number, name and state of every file of our own store, as it stands on disk."""
    files = read.history(engine(place("own")))
    return list(zip(files["source_file_id"], files["file_name"], files["state"], strict=True))


def drop(key: str, *files: Dropped) -> AppTest:
    at = drive.view(key, data="own")
    at.file_uploader[0].set_value(list(files)).run()
    return at.button(key="files_read").click().run()


def odd_ks2() -> Dropped:
    """60 rows, of which 10 have no URN: a sixth left out, where 3% is usual."""
    lines = ks2_rows({100001 + at: "50%" for at in range(60)}).decode("utf-8-sig").splitlines()
    blank = [line.replace(f",{100051 + at},", ",,") for at, line in enumerate(lines[51:])]
    return KS2, "\r\n".join([*lines[:51], *blank, ""]).encode(), "text/csv"


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_store_is_said_in_words_and_looking_makes_none(empty_home: Path, key: str) -> None:
    at = drive.view(key, data="own")
    assert not at.exception
    wanted = {
        "data_page": "There are no data here yet", "data_add": "Nothing is taken in before you have seen what it is",
        "data_history": "No file has been taken in here yet.", "data_corrections": "No figure is corrected",
    }  # fmt: skip
    assert wanted[key] in drive.text(at)
    assert not any(empty_home.iterdir())


@pytest.mark.parametrize("key", KEYS)
def test_each_view_says_its_source_and_keeps_to_the_words(filled_home: Path, key: str) -> None:
    at = drive.app(key)
    assert not at.exception
    shown = drive.text(at)
    assert "Sample data: fictional schools." in shown
    assert "What it does not show:" in shown
    assert drive.off_words(shown) == []
    assert drive.html(at).count("<h1") == 1


def test_the_list_says_what_is_here_and_what_is_missing(filled_home: Path) -> None:
    at = drive.view("data_page")
    shown = drive.text(at)
    assert "2 files: 1,519 rows read, 20 left out with a reason" in shown
    assert "Figures of 21 November 2026. The newest register or list is as at 1 November 2026." in shown
    assert "Key stage 2 results 2024/25 final December (revised) and April (final)" in shown.replace("\n", " ")
    assert "kinds of file not here yet" in shown
    assert 'href="https://get-information-schools.service.gov.uk/Downloads"' in drive.html(at)
    assert "Open the publisher's page" in shown


def test_the_list_says_when_files_came_after_the_figures(filled_home: Path, pipeline: None) -> None:
    with engine(place("sample")).begin() as connection:
        connection.execute(
            insert(source_file).values(
                source_file_id=3, source="ks4", time_period=202425, release="final", scope="england", sha256="ef" * 32,
                file_name="ks4.csv", raw_path="x", received=region.CREATED, rows_read=4, rows_kept=4, rows_rejected=0,
                report="{}", state="live",
            )
        )  # fmt: skip
    at = drive.view("data_page")
    assert "Files have changed since" in drive.text(at)
    at.button(key="make_figures").click().run(timeout=60)
    assert "There are no results to publish. Add files." in drive.text(at)


def test_the_sample_takes_no_files_and_leads_to_our_own_schools(filled_home: Path) -> None:
    at = drive.app("data_add")
    assert not at.exception
    assert len(at.file_uploader) == 0
    assert "Real files are never mixed with them" in drive.text(at)
    assert "Use our own schools" in drive.text(at)


@pytest.mark.parametrize("key", ["data_add", "own_schools"])
def test_nothing_is_taken_in_before_the_yes(empty_home: Path, key: str) -> None:
    at = drop(key, REGISTER, (KS2, ks2_rows({100001: "50%", 100002: "61%"}), "text/csv"))
    assert not at.exception
    shown = drive.text(at)
    assert "Nothing has been taken in yet." in shown
    assert "Register of schools (GIAS) as at 01 September 2018" in shown
    assert "Key stage 2 results 2017/18 (final)" in shown
    assert "Its schools: 2 primary." in shown
    assert held() == []
    at.button(key="files_take").click().run()
    assert not at.exception
    assert held() == [(2, KS2, "live"), (1, REGISTER[0], "live")]
    shown = drive.text(at)
    assert "What became of each file" in shown
    assert "Files are here, but no figures have been made from them yet." in shown
    assert [button.key for button in at.button if button.key in ("files_read", "files_take")] == []


def test_files_may_be_left(empty_home: Path) -> None:
    at = drop("data_add", REGISTER)
    at.button(key="files_leave").click().run()
    assert not at.exception
    assert "Nothing has been taken in yet." not in drive.text(at)
    assert held() == []


def test_a_preview_says_what_would_change(empty_home: Path) -> None:
    loaded(REGISTER, (KS2, ks2_rows({100001: "50%", 100002: "61%"}), "text/csv"))
    at = drop(
        "data_add",
        ("again.csv", REGISTER[1], "text/csv"),
        (f"new/{KS2}", ks2_rows({100001: "55%", 100002: "61%"}), "text/csv"),
    )
    shown = drive.text(at)
    assert f"Takes the place of {KS2}: 1 school differs." in shown
    assert "already here" in shown
    at.button(key="files_take").click().run()
    assert [state for _, _, state in held()] == ["live", "superseded", "live"]


def test_a_file_that_looks_odd_needs_a_reason(empty_home: Path) -> None:
    loaded(REGISTER)
    at = drop("data_add", odd_ks2())
    shown = drive.text(at)
    assert "17% of its rows were left out, where at most 3.0% is usual" in shown
    assert "can be taken in if you say why" in shown
    at.button(key="files_take").click().run()
    assert "Write in a few words why, or leave them. Nothing was taken in." in drive.text(at)
    assert len(held()) == 1
    at.text_input(key="files_reason").input("Ten schools <b>closed</b>").run()
    at.button(key="files_take").click().run()
    assert not at.exception
    assert held()[0] == (2, KS2, "live")
    files = read.history(engine(place("own")))
    assert files["accepted"].iloc[0] == "Ten schools <b>closed</b>"
    assert "taken in for the reason given" in drive.text(at)
    shown = drive.view("data_history", data="own", file="2")
    assert "Taken in all the same: Ten schools <b>closed</b>" in drive.text(shown)
    assert "<b>closed" not in drive.html(shown)
    assert "Rows left out 17% at most 3.0%" in drive.text(shown).replace("\n", " ")


def test_without_a_reason_only_the_odd_file_is_left_out(empty_home: Path) -> None:
    at = drop("data_add", REGISTER, odd_ks2())
    at.button(key="files_take").click().run()
    assert held() == [(1, REGISTER[0], "live")]
    assert "this does not look like a sound file" in drive.text(at)


@pytest.mark.parametrize("key", ["data_add", "own_schools"])
def test_a_file_that_is_not_known_or_broken_is_refused_in_words(empty_home: Path, key: str) -> None:
    at = drop(key, ("holiday <b>.csv", b"a,b\n1,2\n", "text/csv"), ("cut.zip", b"PK\x03\x04cut", "application/zip"))
    assert not at.exception
    shown = drive.html(at)
    assert "not taken in" in shown
    assert "holiday &lt;b&gt;.csv" in shown
    assert "no known layout. Seen: columns a, b. The page Data lists every kind of file that Alongside reads." in shown
    assert "cut.zip: the zip is cut off or damaged. Download it again." in shown
    assert "There is nothing here to take in." in shown
    assert "<b>" not in shown
    assert not (empty_home / "own" / "raw").exists()


def test_a_zip_is_opened_and_each_file_in_it_told(empty_home: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr(f"tables/{REGISTER[0]}", REGISTER[1])
        made.writestr(f"tables/{KS2}", ks2_rows({100001: "50%"}))
        made.writestr("tables/meta.txt", "nothing to see")
    at = drop("data_add", ("all.zip", packed.getvalue(), "application/zip"))
    shown = drive.text(at)
    assert f"all.zip/tables/{KS2}" in shown.replace("\u200b", "")
    assert "passed over" in shown
    at.button(key="files_take").click().run()
    assert [name for _, name, _ in held()] == [KS2, REGISTER[0]]


def test_figures_are_made_after_files_came_in(empty_home: Path, pipeline: None) -> None:
    at = drop("data_add", REGISTER)
    at.button(key="files_take").click().run()
    at.button(key="add_make").click().run(timeout=60)
    assert not at.exception
    assert [button.key for button in at.button] == []
    assert "Figures of 21 November 2026." in drive.text(drive.view("data_page", data="own"))


def test_a_file_is_taken_back_in_two_steps(empty_home: Path, pipeline: None) -> None:
    loaded(REGISTER, (KS2, ks2_rows({100001: "50%"}), "text/csv"))
    loaded((f"re/{KS2}", ks2_rows({100001: "55%"}), "text/csv"))
    at = drive.view("data_history", data="own", file="3")
    shown = drive.text(at)
    assert "3 files taken in, 2 in use" in shown
    assert "replaced by a newer file" in shown
    assert f"Takes the place of {KS2}: 1 school differs." in shown
    assert "Elm Primary School" in shown
    at.button(key="undo").click().run()
    assert f"{KS2} will be in use again." in drive.text(at)
    assert [state for _, _, state in held()] == ["live", "superseded", "live"]
    at.button(key="undo_no").click().run()
    assert "will be in use again" not in drive.text(at)
    at.button(key="undo").click().run()
    at.button(key="undo_yes").click().run()
    assert not at.exception
    assert [state for _, _, state in held()] == ["undone", "live", "live"]
    shown = drive.text(at)
    assert f"re/{KS2} was taken back. In use again: {KS2}." in shown
    assert "taken back" in shown
    assert "undo" not in [button.key for button in at.button]
    assert "Make the figures" in [button.label for button in at.button]


def test_a_file_that_cannot_be_taken_back_is_said(empty_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(REGISTER)
    at = drive.view("data_history", data="own", file="1")
    said = StoreError("the store is locked by another program", remedy="Wait.")
    monkeypatch.setattr(intake, "undo", Mock(side_effect=said))
    at.button(key="undo").click().run()
    assert not at.exception
    assert "the store is locked by another program. Wait." in drive.text(at)
    assert held() == [(1, REGISTER[0], "live")]


def test_a_fault_while_reading_is_said_and_logged(
    empty_home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(intake, "preview", Mock(side_effect=ZeroDivisionError("secret detail")))
    at = drop("data_add", REGISTER)
    assert not at.exception
    assert "Something went wrong in Alongside itself while it read these files." in drive.text(at)
    assert "secret detail" not in drive.text(at)
    assert "secret detail" in caplog.text
    assert "files_take" not in [button.key for button in at.button]


def test_names_hidden_are_hidden_in_the_report_too(empty_home: Path) -> None:
    loaded(REGISTER, (KS2, ks2_rows({100001: "50%"}), "text/csv"))
    loaded((f"re/{KS2}", ks2_rows({100001: "55%"}), "text/csv"))
    shown = drive.text(drive.view("data_history", data="own", file="3", hide="1"))
    assert "School A" in shown
    assert "Elm Primary School" not in shown


def test_a_bad_link_to_a_file_falls_back_with_a_sentence(filled_home: Path) -> None:
    for asked in ("99", "x", "<b>"):
        at = drive.view("data_history", file=asked)
        assert not at.exception
        assert "The link asks for a file that is not here." in drive.text(at)


def test_rows_left_out_stand_under_their_file(filled_home: Path) -> None:
    with engine(place("sample")).begin() as connection:
        connection.execute(
            insert(reject).values(source_file_id=1, row=7, urn="x<y", column="URN", raw="x<y", reason="no URN")
        )
        connection.execute(
            source_file.update().where(source_file.c.source_file_id == 1).values(report='{"reasons": {"no URN": 1}}')
        )
    at = drive.view("data_history")
    at.selectbox(key="pick_file").select(1).run()
    assert at.query_params["file"] == "1"
    assert "x&lt;y" in drive.html(at)
    assert "Key stage 2 results no URN 1" in drive.text(drive.view("data_page")).replace("\n", " ")


def test_corrections_stand_with_published_value_reason_and_link(empty_home: Path) -> None:
    loaded(REGISTER, (KS2, ks2_rows({100001: "50%"}), "text/csv"))
    header = ("urn", "measure", "time_period", "release", "value", "reason", "link")
    rows = [
        (100001, "ks2_reading_expected_pct", 201718, "final", "64%", "Late <i>results</i>", "https://dfe.example/note"),
        (100002, "ks2_reading_expected_pct", 201718, "final", "70%", "Not published", "https://dfe.example/two"),
    ]
    (report,) = loaded(("corrections.csv", csv_file(header, rows), "text/csv"))
    assert report.outcome == "loaded"
    at = drive.view("data_corrections", data="own")
    assert not at.exception
    shown = " ".join(drive.text(at).split())
    assert "One figure is corrected" in shown
    assert "Elm Primary School Reading: expected standard 2017/18 final 50% 64% Late <i>results</i>" in shown
    assert "no such figure is published, so nothing is corrected 70%" in shown
    assert 'href="https://dfe.example/note"' in drive.html(at)
    assert "<i>" not in drive.html(at)
    hidden = drive.text(drive.view("data_corrections", data="own", hide="1"))
    assert "Elm Primary School" not in hidden


def test_limits_agree_with_the_servers_own(empty_home: Path) -> None:
    import tomllib

    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["maxUploadSize"] == MAX_FILE >> 20 < 512  # the uploader calls half a gigabyte one
    shown = drive.text(drive.view("data_add", data="own"))
    assert "Each file may have up to 500 MB. A zip may hold up to 5,000 files and 4 GB once it is unpacked." in shown


def test_views_of_data_are_in_no_menu() -> None:
    assert [key for key in KEYS if not BY_KEY[key].hidden] == ["data_page"]


def test_every_download_of_the_app_says_what_its_columns_mean(
    filled_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, list[str]] = {}

    def noted(table: pd.DataFrame, about: Mapping[str, str] | None = None) -> pd.DataFrame:
        made = dictionary(table, about)
        asked.setdefault("no meaning", []).extend(made.loc[made["Meaning"] == "See How it works", "Column"])
        asked.setdefault("tables", []).append(", ".join(made["Column"]))
        return made

    monkeypatch.setattr("pages.components.downloads.dictionary", noted)
    inside = {"similar_schools": ("list", "alike", "kinds"), "data_history": ("file",)}
    for spec in PAGES:
        for part in inside.get(spec.key, ("",)):
            at = drive.view(spec.key, **({"part": part} if part else {}))
            assert not at.exception, (spec.key, part)
    proposals = proposal_table((), str)
    noted(proposals)
    assert asked["no meaning"] == [], " | ".join(asked["no meaning"])
    assert len(set(asked["tables"])) >= 11
