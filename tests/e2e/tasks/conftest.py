"""One server for all tasks: the filled sample with earlier figures beside it, and a small store of our own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from analytics import publication
from data import intake
from data.access.scope import everything
from data.store import own, publish, read
from data.store.engine import engine, place
from tests.e2e.conftest import Server
from tests.published_files import ks2_rows, register
from tests.sample import published
from tests.sample.published import Published

BEFORE = "2026-02-27"  # the day of the earlier figures: inspections after it are new
OURS = {100001: "Elm Primary School", 100002: "Oak Junior School"}
OUR_UID = "own-elm-and-oak"


@pytest.fixture(scope="session")
def sample() -> Published:
    return published.region()


@pytest.fixture(scope="session")
def tasks(sample: Published, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server, on a home of its own."""
    folder = tmp_path_factory.mktemp("tasks")
    home = folder / "home"
    shutil.copytree(sample.home, home, ignore=shutil.ignore_patterns("files"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALONGSIDE_HOME", str(home))
        patch.delenv("ALONGSIDE_DATABASE_URL", raising=False)
        _earlier(sample)
        _ours(folder)
    server = Server(home)
    yield server
    server.stop()


def _earlier(sample: Published) -> None:
    """The figures of an earlier day, which did not have the newest file of inspections."""
    visits, files = sample.tables["inspection"], sample.tables["source"]
    newest = files.loc[files["source"].str.startswith("ofsted"), "source_file_id"].max()
    before = {
        **sample.tables,
        "inspection": visits[~(pd.to_datetime(visits["start_date"]) > pd.Timestamp(BEFORE))],
        "source": files[files["source_file_id"] != newest],
    }
    opened = engine(place("sample"))
    publish.write(opened, "before", f"{BEFORE}T09:30:00.000000+00:00", {}, before)
    opened.dispose()


def _ours(folder: Path) -> None:
    """Two schools with one year of results, taken in and published, as our own partnership."""
    where = place("own")
    (folder / "edubasealldata20180901.csv").write_bytes(register(OURS))
    (folder / "2017-2018_england_ks2final.csv").write_bytes(ks2_rows({100001: "50%", 100002: "61%"}))
    intake.load(everything(), sorted(folder.glob("*.csv")), where)
    opened = engine(where)
    own.save(opened, OUR_UID, "Elm and Oak", sorted(OURS))
    tables = publication.build(
        read.inputs(opened), publication.Parameters(kinds=False), seed=0, progress=lambda *_: None
    )
    publish.write(opened, "ours", "2018-12-20T09:30:00.000000+00:00", {}, tables)
    opened.dispose()
