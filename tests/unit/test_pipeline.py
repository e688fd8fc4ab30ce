"""The command line: quick to start, one sentence for each thing a person can mend, the same bytes from two runs."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import types
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

import analytics.publication
import pipeline
from data.catalogue import NotEnoughData
from data.store.engine import engine, place
from data.store.read import Inputs
from pages.terminal import proposing
from tests.published_files import KS2_HEADER, csv_file, ks2_rows, register, workbook

ROOT = Path(__file__).parents[2]
KS2 = "2023-2024_england_ks2final.csv"


@pytest.fixture(autouse=True)
def alongside_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("ALONGSIDE_DATABASE_URL", raising=False)
    return tmp_path / "home"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(pipeline.app, [str(argument) for argument in arguments])


def write(folder: Path, name: str, content: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    return folder / name


def build(
    inputs: Inputs, parameters: object, *, seed: int, progress: Callable[[float, str], None]
) -> dict[str, pd.DataFrame]:
    """A stand-in for analytics.publication.build: tables with the columns that exports join on."""
    progress(0.5, "half way")
    facts = inputs.measurement
    one = facts[facts["measure"] == "ks2_reading_expected_pct"]
    scores = pd.DataFrame({"urn": one["urn"], "phase": "primary", "area": "reading", "time_period": one["time_period"]})
    domains = scores[["urn", "phase", "time_period"]].assign(
        domain="outcomes", score=100 / 3, score_low=1.0, score_high=99.5, coverage=0.75, tier="as_expected", reasons=""
    )
    return {
        "school": inputs.school[["urn", "name"]],
        "area_score": scores.assign(score=one["value"] / 3).iloc[::-1],
        "domain_score": domains,
        "need": scores.assign(severity=0.123456789),
        "value": facts[["urn", "measure", "time_period", "value"]],
    }


@pytest.fixture
def publication(monkeypatch: pytest.MonkeyPatch) -> None:
    fake: Any = types.ModuleType("analytics.publication")
    fake.Parameters, fake.build = analytics.publication.Parameters, build
    monkeypatch.setitem(sys.modules, "analytics.publication", fake)
    monkeypatch.setattr(analytics, "publication", fake, raising=False)


@pytest.fixture
def filled(tmp_path: Path, publication: None) -> Path:
    folder = tmp_path / "in"
    write(folder, KS2, ks2_rows({100001: "50", 100002: "SUPP", 100003: "61.5"}))
    write(folder, "edubasealldata20240901.csv", register({100001: "Oak", 100002: "=Ash", 100003: "Elm"}))
    assert run("import", folder).exit_code == 0
    return folder


def test_help_imports_no_pandas() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "pipeline.py", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert loaded & {"pandas", "numpy", "sqlalchemy", "streamlit", "sklearn"} == set()
    assert "import" in done.stdout


BAD: dict[str, tuple[str, bytes, str]] = {
    "no known layout": ("x.csv", csv_file(["colour", "size"], [["red", 1]]), "known layout"),
    "empty file": (KS2, b"", "empty"),
    "truncated zip": ("x.zip", b"PK\x03\x04" + b"\0" * 40, "cut off"),
    "truncated workbook": ("CFR_2020-21.xlsx", workbook("CFR Data", [["URN"]])[:200], "cut off"),
    "workbook without the sheet": ("CFR_2020-21.xlsx", workbook("Notes", [["nothing here"]]), "known layout"),
    "missing key column": (
        KS2,
        csv_file([c for c in KS2_HEADER if c != "URN"], [[1, 850, 1, "A", 20, 1, 1, 1, 1, 1]]),
        "URN",
    ),
    "no row of a school": (
        KS2,
        csv_file(KS2_HEADER, [[5, "", "", "NAT", "", 1, 1, 1, 1, 1, 1]]),
        "no row could be kept",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_a_sentence_and_leaves_the_store_as_before(filled: Path, tmp_path: Path, case: str) -> None:
    name, content, words = BAD[case]
    before = run("status", "--json").stdout
    done = run("import", write(tmp_path / "bad", name, content))
    assert done.exit_code == 1
    assert words in done.stderr and name in done.stderr
    assert "Traceback" not in done.output
    assert run("status", "--json").stdout == before


def test_a_duplicate_urn_and_an_unreadable_value_keep_their_reasons(tmp_path: Path) -> None:
    rows = [
        [1, 850, 2000, urn, "A", 20, value, value, value, value, value]
        for urn, value in ((100001, "50"), (100001, "51"), (100002, "abc"), (100003, "60"))
    ]
    done = run("import", write(tmp_path / "in", KS2, csv_file(KS2_HEADER, rows)))
    assert done.exit_code == 0
    assert "the URN stands more than once with different values" in done.stdout
    source = json.loads(run("status", "--json").stdout)["sources"][0]
    assert source["rows_read"] == 4 and source["rows_rejected"] >= 2


def test_good_files_load_beside_a_refused_one(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write(folder, KS2, ks2_rows({100001: "50"}))
    write(folder, "2022-2023_england_ks2final.csv", b"")
    done = run("import", folder)
    assert done.exit_code == 1
    assert "2022-2023_england_ks2final.csv" in done.stderr
    assert [source["time_period"] for source in json.loads(run("status", "--json").stdout)["sources"]] == [202324]


def test_a_path_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    done = run("import", tmp_path / "nowhere")
    assert (done.exit_code, "no such file or folder" in done.stderr) == (1, True)


def test_status_says_what_the_store_holds(filled: Path) -> None:
    assert run("publish").exit_code == 0
    found = json.loads(run("status", "--json").stdout)
    assert found["schools"] == {"primary": 3}
    assert len(found["publication_id"]) == 12 and found["created"].startswith("20")
    register_, ks2 = found["sources"]
    assert (register_["source"], register_["as_at"], register_["rows_read"]) == ("gias", "2024-09-01", 3)
    assert (ks2["time_period"], ks2["release"], ks2["rows_kept"], ks2["rows_rejected"], ks2["schools_matched"]) == (
        202324,
        "final",
        3,
        0,
        3,
    )
    assert len(ks2["sha256"]) == 64


def test_publishing_again_changes_nothing_and_a_new_file_does(filled: Path) -> None:
    first = json.loads(run("publish", "--json").stdout.splitlines()[-1])
    again = json.loads(run("publish", "--json").stdout.splitlines()[-1])
    assert (first["changed"], again["changed"]) == (True, False)
    assert (first["publication_id"], first["created"]) == (again["publication_id"], again["created"])
    run("import", write(filled, KS2, ks2_rows({100001: "51"})))
    third = json.loads(run("publish", "--json").stdout.splitlines()[-1])
    assert third["publication_id"] != first["publication_id"]


def test_json_progress_is_one_object_per_line(filled: Path) -> None:
    lines = [json.loads(line) for line in run("publish", "--json").stdout.splitlines()]
    assert {"share": 0.525, "words": "half way"} in lines  # build's half within 0.1-0.95 of the whole
    assert lines[-1]["words"].startswith("Published: ")


def test_publishing_an_empty_store_is_a_sentence(publication: None) -> None:
    done = run("publish")
    assert (done.exit_code, done.stderr.startswith("There is nothing to publish")) == (1, True)
    said = [json.loads(line) for line in run("publish", "--json").stdout.splitlines()]
    assert "nothing to publish" in said[-1]["error"]


def test_a_fault_of_the_program_is_logged_and_said(
    filled: Path, alongside_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object, **more: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(analytics.publication, "build", broken)  # type: ignore[attr-defined]
    done = run("publish")
    assert done.exit_code == 3
    assert "Traceback" not in done.output and "alongside.log" in done.stderr
    assert "ZeroDivisionError: a bug" in (alongside_home / "alongside.log").read_text()


@pytest.mark.parametrize("kind", ["needs", "proposals"])
def test_needs_and_proposals_are_for_one_partnership(filled: Path, kind: str) -> None:
    done = run("export", kind)
    assert (done.exit_code, "--partnership" in done.stderr) == (2, True)


@pytest.mark.parametrize("blank", ["", "  "])
@pytest.mark.parametrize("kind", ["needs", "proposals"])
def test_a_blank_partnership_is_none(filled: Path, kind: str, blank: str) -> None:
    run("publish")
    done = run("export", kind, "--partnership", blank)
    assert (done.exit_code, "--partnership" in done.stderr, done.stdout) == (2, True, "")


def test_a_sample_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    place = write(tmp_path / "bad", "file.txt", b"mine")
    done = run("sample", "--to", place)
    assert (done.exit_code, "cannot be written" in done.stderr) == (1, True)
    assert place.read_bytes() == b"mine"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_an_export_to_a_full_disk_is_a_sentence(filled: Path) -> None:
    run("publish")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "pipeline.py", "export", "measurements"], cwd=ROOT, stdout=full, stderr=subprocess.PIPE,
            text=True, check=False,
        )  # fmt: skip
    assert (done.returncode, "cannot be written" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


def test_a_fault_that_cannot_be_logged_shows_no_traceback(
    alongside_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alongside_home.mkdir()
    (alongside_home / "alongside.log").mkdir()  # a folder where the log should be

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("data.store.engine.default_place", broken)
    done = run("status")
    assert (done.exit_code, "Traceback" in done.output, "no log could be written" in done.stderr) == (3, False, True)


def test_exports_are_sorted_printed_to_six_digits_and_harmless(filled: Path, tmp_path: Path) -> None:
    run("publish")
    out = tmp_path / "scores.csv"
    assert run("export", "scores", "--partnership", "LA850", "--out", out).exit_code == 0
    lines = out.read_bytes().decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("urn,name,phase,area,time_period,score,outcomes_score,")
    assert lines[1].startswith("100001,Oak,primary,reading,202324,16.6667,33.3333,1,99.5,0.75,as_expected,")
    assert lines[2].startswith("100002,'=Ash,primary,reading,202324,,33.3333,")
    assert (
        run("export", "needs", "--partnership", "LA850").stdout.lstrip("\ufeff").splitlines()[1].endswith(",0.123457")
    )


def test_without_scores_there_are_no_proposals_and_it_says_so() -> None:
    none = pd.DataFrame({"time_period": pd.Series(dtype="int64")})
    with pytest.raises(NotEnoughData, match="no school has results"):
        proposing.proposals(
            engine(place("own")), lambda name: none, frozenset({100001}), uid="LA850", today=date(2026, 11, 22)
        )


def test_an_unknown_partnership_is_a_sentence(filled: Path) -> None:
    run("publish")
    done = run("export", "needs", "--partnership", "LA999")
    assert (done.exit_code, "No partnership has the number LA999" in done.stderr) == (1, True)


@pytest.mark.parametrize("url", ["not a url", "nodatabase://x", "postgresql+nosuchdriver://u:secret@h/x"])
def test_a_database_that_cannot_be_used_is_a_sentence(filled: Path, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("ALONGSIDE_DATABASE_URL", url)
    done = run("import", filled)
    assert (done.exit_code, "ALONGSIDE_DATABASE_URL" in done.stderr, "secret" in done.output) == (1, True, False)


def test_a_cell_that_cannot_be_read_is_named_by_row_and_column(tmp_path: Path, publication: None) -> None:
    done = run("import", write(tmp_path / "in", KS2, ks2_rows({100001: "50", 100002: "5O", 100003: "lots"})))
    assert done.exit_code == 0
    assert "10 cells not read: not a number and no known mark" in done.stdout
    assert re.search(r"first in row 3, column \w+: 5O", done.stdout)


def test_two_runs_export_identical_bytes(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("publish")
    made = []
    for home in ("first", "second"):
        monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path / home))
        assert run("import", filled).exit_code == 0
        assert run("publish").exit_code == 0
        outs = [tmp_path / f"{home}.{ending}" for ending in ("csv", "xlsx")]
        for out in outs:
            assert run("export", "measurements", "--out", out).exit_code == 0
        made.append([out.read_bytes() for out in outs])
    assert made[0] == made[1]


def test_a_workbook_says_where_its_figures_come_from(filled: Path, tmp_path: Path) -> None:
    run("publish")
    out = tmp_path / "scores.xlsx"
    run("export", "scores", "--partnership", "LA850", "--out", out)
    about = pd.read_excel(io.BytesIO(out.read_bytes()), sheet_name="About", header=None, engine="openpyxl")
    said = dict(zip(about[0], about[1], strict=True))
    assert said["Publication"] == json.loads(run("status", "--json").stdout)["publication_id"]
    assert "Open Government Licence" in said["Licence"]
    columns = pd.read_excel(io.BytesIO(out.read_bytes()), sheet_name="Columns", header=None, engine="openpyxl")
    said |= dict(zip(columns[0], columns[1], strict=True))
    assert said["outcomes_score_low"] == "Outcomes domain: Lower end of the range in which it probably lies (19 in 20)"
    with zipfile.ZipFile(out) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
