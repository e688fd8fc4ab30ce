"""What decides a publication: published files and corrections do, the partnership's private files do not."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from typer.testing import CliRunner, Result

import pipeline
from data import intake
from data.access.scope import everything
from data.store import publish
from data.store.engine import engine, place
from tests.published_files import csv_file, ks2_rows, register

KS2 = "2023-2024_england_ks2final.csv"
OWN = ["URN", "Measure", "Definition", "Unit", "Period", "Value", "Denominator"]
READING = "ks2_reading_expected_pct"
CORRECTION = ["urn", "measure", "time_period", "release", "value", "reason", "link"]


@pytest.fixture(autouse=True)
def alongside_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("ALONGSIDE_DATABASE_URL", raising=False)
    return tmp_path


def run(*arguments: str | Path) -> Result:
    done = CliRunner().invoke(pipeline.app, [str(argument) for argument in arguments])
    assert done.exit_code == 0, done.output
    return done


def bring(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    run("import", folder / name)


def published(*options: str) -> tuple[str, dict[str, pd.DataFrame]]:
    """Publish; the identity and every table."""
    identity = json.loads(run("publish", "--json", *options).stdout.splitlines()[-1])["publication_id"]
    opened = engine(place("own"))
    (info,) = [info for info in publish.listing(opened) if info.publication_id == identity]
    return identity, {name: publish.read_table(opened, identity, name) for name in info.tables}


@pytest.fixture
def folder(alongside_home: Path) -> Path:
    bring(alongside_home, "edubasealldata20240901.csv", register({100001: "Oak", 100002: "Ash", 100003: "Elm"}))
    bring(alongside_home, KS2, ks2_rows({100001: "50", 100002: "SUPP", 100003: "61"}))
    return alongside_home


def test_own_figures_change_neither_identity_nor_any_table(folder: Path) -> None:
    identity, tables = published()
    own = [[100001, READING, "", "", "2024/25", 99, 30], [100002, READING, "", "", "2023/24", 98, 30],
           [100003, "Chess club", "Members", "number", "2024/25", 12, ""]]  # fmt: skip
    bring(folder, "figures.csv", csv_file(OWN, own))
    again, rebuilt = published("--again")
    assert again == identity
    assert sorted(rebuilt) == sorted(tables)
    for name, table in tables.items():
        assert_frame_equal(table, rebuilt[name])
    assert rebuilt["source"]["source"].tolist() == ["gias", "ks2"]


def test_a_correction_is_another_publication_and_undone_it_is_the_first_again(folder: Path) -> None:
    identity, tables = published()
    rows = [[100001, READING, 202324, "final", 64, "Late results", "https://example.org/notes"]]
    bring(folder, "corrections.csv", csv_file(CORRECTION, rows))
    corrected, changed = published()
    assert corrected != identity

    def reading(found: dict[str, pd.DataFrame]) -> list[object]:
        value = found["value"]
        return value.loc[value["measure"] == READING, "value"].fillna(-1).tolist()

    assert (reading(tables), reading(changed)) == ([50.0, -1.0, 61.0], [64.0, -1.0, 61.0])
    assert changed["correction"].drop(columns="as_predecessor").values.tolist() == [
        [100001, READING, 202324, "final", 64.0, "ok", 50.0, "ok", "Late results", "https://example.org/notes"]
    ]
    assert changed["source"]["source"].tolist() == ["gias", "ks2", "corrections"]
    number = int(changed["source"]["source_file_id"].max())
    intake.undo(everything(), place("own"), number)
    back, restored = published()
    assert back == identity
    assert (reading(restored), len(restored["correction"])) == ([50.0, -1.0, 61.0], 0)
