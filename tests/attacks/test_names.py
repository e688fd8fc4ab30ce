"""Hostile names in what was published: schools, towns, websites, partnerships and files named by every input, on every page."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data.store import publish
from data.store.engine import engine, place
from pages.components import downloads
from pages.components.downloads import file_name
from pages.reports import tables
from pages.shell.registry import PAGES
from tests.attacks import drawn
from tests.attacks.inputs import EVERY, SHORT
from tests.legible import formulas
from tests.views import region

NAMED = tuple(spec.key for spec in PAGES if spec.needs_figures)
BATCH = len(region.NAMES)
BATCHES = -(-len(SHORT) // BATCH)
PAGES_A_BATCH = 4
# Which column of which table is filled with inputs; each batch begins elsewhere.
FILLED = (("school", "name"), ("school", "town"), ("school", "phone"), ("school", "website"), ("school", "trust_name"),
          ("school", "postcode"), ("partnership", "name"), ("source", "file_name"))  # fmt: skip
RISKY = tuple("=+-@\t\r\n＝＋－＠")


def hostile(batch: int) -> dict[str, pd.DataFrame]:
    """The small region's publication, its names taken from the inputs."""
    found = {name: frame.copy() for name, frame in region.tables().items()}
    for shift, (name, column) in enumerate(FILLED):
        frame = found[name]
        if column not in frame.columns:
            continue
        start = batch * BATCH + shift * 53
        frame[column] = [SHORT[(start + row) % len(SHORT)] for row in range(len(frame))]
    return found


@pytest.fixture
def downloaded(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What could be downloaded from the pages that were drawn."""
    files: list[bytes] = []

    def kept(make: Callable[[], bytes], _: str) -> Callable[[], bytes]:
        files.append(make())
        return make

    monkeypatch.setattr(downloads, "witnessed", kept)
    return files


def harmless(content: bytes) -> None:
    """No cell of a CSV begins as a formula does, whatever stands before the sign; numbers may. No workbook holds a formula.

    A PDF holds neither cells nor code that runs.
    """
    if content.startswith(b"PK"):
        assert formulas(content) == []
        return
    if content.startswith(b"%PDF"):
        assert not [name for name in (b"/JavaScript", b"/OpenAction", b"/Launch", b"/EmbeddedFile") if name in content]
        return
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        for cell in row:
            begins = cell.lstrip(" \u00a0\u200b\ufeff\n")[:1]
            assert begins not in RISKY or begins == "" or number(cell), repr(cell)
            assert "\0" not in cell and "\x1b" not in cell


def number(cell: str) -> bool:
    return cell.isascii() and cell.lstrip("-").replace(".", "", 1).isdigit()


@pytest.mark.parametrize("batch", range(BATCHES))
def test_published_names_are_text_on_every_page_and_in_every_download(
    batch: int, downloaded: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path))
    monkeypatch.delenv("ALONGSIDE_DATABASE_URL", raising=False)
    st.cache_resource.clear()
    region.fill(place("sample"))
    publish.write(engine(place("sample")), f"hostile{batch}", "2026-11-22T00:00:00", {"inputs": []}, hostile(batch))
    for at in range(PAGES_A_BATCH):
        key = NAMED[(batch * PAGES_A_BATCH + at) % len(NAMED)]
        shown = view(key, school=str(900001 + batch % 9), part=("needs", "list", "spending", "who")[at])
        assert drawn.faults(shown) == [], key
    for content in downloaded:
        harmless(content)


def view(key: str, **params: str) -> AppTest:
    spec = next(spec for spec in PAGES if spec.key == key)
    at = AppTest.from_file(str(spec.script), default_timeout=60)
    for name, value in {"data": "sample", "partnership": region.TRUST, **params}.items():
        at.query_params[name] = value
    return at.run()


def test_the_inputs_do_reach_the_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path))
    monkeypatch.delenv("ALONGSIDE_DATABASE_URL", raising=False)
    st.cache_resource.clear()
    region.fill(place("sample"))
    publish.write(engine(place("sample")), "hostile1", "2026-11-22T00:00:00", {"inputs": []}, hostile(1))
    shown = view("my_school", school="900001")
    assert SHORT[BATCH] in [one for picker in shown.selectbox for one in picker.options]


def test_every_input_is_harmless_in_a_cell_of_a_download() -> None:
    frame = pd.DataFrame({"name": list(EVERY), **{text: [1.5] * len(EVERY) for text in SHORT[:60]}})
    harmless(tables.csv_bytes(frame))
    content = tables.xlsx_bytes(
        frame, [("Table", text) for text in SHORT], sheet="x", columns=dict.fromkeys(SHORT, "x")
    )
    assert formulas(content) == []


def test_every_input_names_a_download_without_a_way_out() -> None:
    for text in EVERY:
        name = file_name(text)
        assert name.endswith(".csv") and name.isascii() and not set(name) & set("/\\:\r\n\"'<>|") and ".." not in name
        assert len(name) < 200, "longer than a file's name may be"
