"""Killed at a hundred points, the store holds exactly the old or the new state, and the next run succeeds."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pandas as pd
import pytest

from data import intake
from data.access.scope import everything
from data.catalogue import StoreError
from data.store import load as store_load
from data.store import publish
from data.store.engine import StorePlace, engine
from tests.faults import killing, region
from tests.faults.killing import Work, contents, killed, place, points, sound, spread

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, which this system has not")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("faults")
    region.write(made / "first")
    region.again(made / "again")
    (made / "nothing").mkdir()
    loaded = shutil.copytree(made / "nothing", made / "loaded")
    _load(made / "first")(place(loaded))
    reissued = shutil.copytree(loaded, made / "reissued")
    _load(made / "again")(place(reissued))
    return made


def _load(files: Path) -> Work:
    def work(where: StorePlace) -> None:
        reports = intake.load(everything(), [files], where)
        assert intake.succeeded(reports), [report.sentence for report in reports]
        engine(where).dispose()

    return work


def _undo(where: StorePlace) -> None:
    """Take the two newest files back, the register first."""
    for file in intake.history(where).head(2).sort_values("source")["source_file_id"]:
        try:
            intake.undo(everything(), where, int(file))
        except StoreError as error:
            assert "taken back already" in str(error)
    engine(where).dispose()


def _publish(where: StorePlace) -> None:
    """Three publications, of which the oldest loses its tables."""
    opened = engine(where)
    schools = intake.history(where)[["file_name"]]
    for number in range(3):
        table = schools.assign(number=number)
        created = f"2026-01-0{number + 1}T00:00:00.000000"
        publish.write(
            opened, f"p{number}", created, {"seed": number}, {"files": table, "again": pd.concat([table] * 50)}
        )
    opened.dispose()


def _states(before: Path, folder: Path, work: Work, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Every state that stands between two transactions of the work, the old and the new among them."""
    home = place(shutil.copytree(before, folder / "states"))
    seen = {contents(place(shutil.copytree(before, folder / "start")))}
    for module, name in ((store_load, "load"), (publish, "write"), (intake, "undo")):
        real = getattr(module, name)

        def noted(*arguments: object, real: object = real, **more: object) -> object:
            done = real(*arguments, **more)  # type: ignore[operator]
            seen.add(contents(home))
            return done

        monkeypatch.setattr(module, name, noted)
    work(home)
    monkeypatch.undo()
    return seen


CASES = {
    "first import, the store made on the way": ("nothing", 40),
    "a re-issue and a newer register": ("loaded", 25),
    "undo of both": ("reissued", 20),
    "three publications": ("loaded", 15),
}


@pytest.mark.parametrize("case", CASES)
def test_old_or_new_and_the_next_run_succeeds(
    case: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, wanted = CASES[case]
    work = {
        "first import, the store made on the way": _load(folder / "first"),
        "a re-issue and a newer register": _load(folder / "again"), "undo of both": _undo, "three publications": _publish,
    }[case]  # fmt: skip
    allowed = _states(folder / start, tmp_path, work, monkeypatch)
    finished = contents(place(tmp_path / "states"))
    assert len(allowed) >= 3  # the old, the new, and at least one between two transactions
    count = points(folder / start, tmp_path, work)
    assert count > wanted
    for at in spread(count, wanted):
        where = killed(folder / start, tmp_path, work, at=at)
        assert contents(where) in allowed, f"{case}: killed at point {at} of {count}"
        sound(where)
        work(where)
        assert contents(where) == finished, f"{case}: the run after point {at} of {count}"
        sound(where)
        assert [left.name for left in (where.home / "raw").rglob(".*")] == []  # no half-written file is left behind
        shutil.rmtree(where.home)


def test_a_hundred_points_are_tried() -> None:
    assert sum(wanted for _, wanted in CASES.values()) == 100


def test_the_machinery_sees_a_store_that_is_neither(folder: Path, tmp_path: Path) -> None:
    """Were a load two transactions, this would be found: half of one is told from both."""
    where = place(shutil.copytree(folder / "loaded", tmp_path / "half"))
    before = contents(where)
    with engine(where).begin() as connection:
        connection.exec_driver_sql("UPDATE measurement SET value = value + 1 WHERE school_id = 100001")
    assert contents(where) != before
    (where.home / intake.history(where)["raw_path"].iloc[0]).write_bytes(b"other")
    with pytest.raises(AssertionError):
        killing.sound(where)


@pytest.mark.soak
@pytest.mark.parametrize(("start", "part", "wanted"), [("nothing", "first", 60), ("loaded", "reissue", 40)])
def test_the_same_on_the_sample_region(
    start: str, part: str, wanted: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from data.sample import generate

    files = generate(tmp_path / "files")
    (tmp_path / "nothing").mkdir()
    if start == "loaded":
        _load(files.first)(place(shutil.copytree(tmp_path / "nothing", tmp_path / "loaded")))
    work = _load({"first": files.first, "reissue": files.reissue}[part])
    allowed = _states(tmp_path / start, tmp_path, work, monkeypatch)
    finished = contents(place(tmp_path / "states"))
    count = points(tmp_path / start, tmp_path, work)
    for at in spread(count, wanted):
        where = killed(tmp_path / start, tmp_path, work, at=at)
        assert contents(where) in allowed, f"killed at point {at} of {count}"
        sound(where)
        work(where)
        assert contents(where) == finished, f"the run after point {at} of {count}"
        shutil.rmtree(where.home)
    print(
        f"\nkilled at {wanted} of {count} points of loading the sample ({part}): old or new each time, next run whole"
    )
