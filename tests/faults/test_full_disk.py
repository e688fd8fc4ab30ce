"""A disk that fills up: one sentence, the store as before, what came before kept, and the next run succeeds."""

from __future__ import annotations

import os
import resource
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from data import intake
from data.access.scope import everything
from data.catalogue import StoreError
from data.intake import raw
from data.store.engine import engine
from tests.faults import region
from tests.faults.killing import contents, place, sound

FULL = "the disk is full"


def reports_of(folder: Path, home: Path) -> list[intake.FileReport]:
    reports = intake.load(everything(), [folder], place(home))
    engine(place(home)).dispose()
    return reports


def test_the_database_cannot_grow(tmp_path: Path) -> None:
    """SQLite is told that the disk ends a few pages on: it says so at whatever statement needs the page."""
    reports_of(region.write(tmp_path / "first"), tmp_path / "home")
    before = contents(place(tmp_path / "home"))
    again = region.again(tmp_path / "again")

    def limited(connection: Any, _record: Any) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages + 1}")

    event.listen(Engine, "connect", limited)
    try:
        found = reports_of(again, tmp_path / "home")
    finally:
        event.remove(Engine, "connect", limited)
    assert {report.outcome for report in found} == {"refused", "not_tried"}
    (refused,) = [report for report in found if report.outcome == "refused"]
    assert FULL in str(refused.error) and "Free some space" in str(refused.error)
    assert contents(place(tmp_path / "home")) == before
    sound(place(tmp_path / "home"))
    assert intake.succeeded(reports_of(again, tmp_path / "home"))


def test_the_raw_file_cannot_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first three files go in; the fourth finds no space: it is named, and so are those that were not tried."""
    kept = raw.keep
    calls = []

    def keep(*arguments: Any) -> raw.Kept:
        calls.append(arguments)
        if len(calls) == 4:
            monkeypatch.setattr(os, "fsync", _no_space)
        try:
            return kept(*arguments)
        finally:
            monkeypatch.setattr(os, "fsync", flushed)

    flushed = os.fsync
    monkeypatch.setattr(raw, "keep", keep)
    found = reports_of(region.write(tmp_path / "first"), tmp_path / "home")
    outcomes = sorted(report.outcome for report in found)
    assert outcomes == ["loaded"] * 3 + ["not_tried"] * 3 + ["refused"]
    (refused,) = [report for report in found if report.outcome == "refused"]
    assert "No space left on device" in str(refused.error) and "the store is as before" in str(refused.error)
    assert len(intake.history(place(tmp_path / "home"))) == 3
    sound(place(tmp_path / "home"))
    assert [left.name for left in (tmp_path / "home/raw").rglob(".*")] == []


def _no_space(_handle: int) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, which this system has not")
@pytest.mark.parametrize("kilobytes", [40, 120, 200, 300, 400])
def test_the_system_refuses_to_let_a_file_grow(kilobytes: int, tmp_path: Path) -> None:
    """The real thing, as the system says it: no file of the process may grow past so many kilobytes."""
    first = region.write(tmp_path / "first")
    (tmp_path / "home").mkdir()
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes << 10, kilobytes << 10))
        code = 3
        try:
            code = 0 if intake.succeeded(intake.load(everything(), [first], place(tmp_path / "home"))) else 1
        except StoreError:
            code = 1
        finally:
            os._exit(code)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended in (0, 1), "not a sentence but a fault"
    where = place(tmp_path / "home")
    contents(where)
    sound(where)
    assert intake.succeeded(intake.load(everything(), [first], where))
    engine(where).dispose()
    whole = place(shutil.copytree(tmp_path / "first", tmp_path / "empty", ignore=lambda _, names: names))
    intake.load(everything(), [first], whole)
    assert contents(where) == contents(whole)
