"""Undo: the store is as if the file had never come in, whatever was loaded before and after it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from data.catalogue import StoreError
from data.formats.extract import Extract
from data.store import schema
from data.store.engine import DATABASE, StorePlace, engine
from data.store.read import inputs
from data.store.undo import undo
from tests.store.conftest import Writer, facts, register, snapshot

URNS = (100001, 100002, 100003)


def groups(as_at: date | None, names: dict[str, str], joined: dict[tuple[str, int], str | None]) -> Extract:
    group = pd.DataFrame({"uid": list(names), "name": list(names.values()), "kind": "mat", "status": "open"})
    membership = pd.DataFrame([{"uid": uid, "urn": urn, "joined": day} for (uid, urn), day in joined.items()])
    tables = {"group": group}
    if len(membership):
        tables["membership"] = membership.astype({"joined": "datetime64[us]"})
    return snapshot("group_links", as_at, tables)


def inspections(as_at: date | None, overall: dict[int, int]) -> Extract:
    frame = pd.DataFrame({"urn": list(overall), "event": "graded", "overall": list(overall.values())})
    frame = frame.assign(number="1", start_date=pd.Timestamp("2019-01-01"), row=range(2, 2 + len(frame)))
    return snapshot("ofsted_mi", as_at, {"inspection": frame})


DAYS = st.sampled_from([None, date(2022, 9, 1), date(2023, 9, 1), date(2024, 9, 1)])
SOME = st.lists(st.sampled_from(URNS), min_size=1, unique=True)
FACTS = st.builds(
    lambda urns, value, period, release, scope: facts(
        {urn: value for urn in urns}, period=period, release=release, scope=scope
    ),
    SOME, st.sampled_from([50.0, 60.0, "SUPP"]), st.sampled_from([202324, 202425]),
    st.sampled_from(["provisional", "final"]), st.sampled_from(["england", "850"]),
)  # fmt: skip
REGISTERS = st.builds(
    lambda urns, town, day: register({urn: f"School {urn}" for urn in urns}, day, town=town),
    SOME, st.sampled_from(["Petersfield", "Alton"]), DAYS.filter(bool),
)  # fmt: skip
GROUPS = st.builds(
    lambda uids, urns, day, joined: groups(
        day, {uid: f"Trust {uid}" for uid in uids}, {(uids[0], urn): joined for urn in urns}
    ),
    st.lists(st.sampled_from(["10", "20"]), min_size=1, unique=True), SOME, DAYS,
    st.sampled_from([None, "2020-01-01"]),
)  # fmt: skip
INSPECTIONS = st.builds(
    lambda urns, grade, day: inspections(day, dict.fromkeys(urns, grade)), SOME, st.integers(1, 4), DAYS
)
FILES = st.lists(st.one_of(FACTS, REGISTERS, GROUPS, INSPECTIONS), min_size=1, max_size=6)


def contents(store: Engine) -> dict[str, Any]:
    """All that a publication could see, by file name instead of number, and which files are in use."""
    with store.connect() as connection:
        files = connection.execute(select(schema.source_file)).all()
        names = {file.source_file_id: file.file_name for file in files}
        states = [(file.file_name, file.state) for file in files if file.state != "undone"]
        found: dict[str, Any] = {"states": sorted(states)}
        for table in (schema.measurement, schema.series, schema.source_row, schema.reject):
            found[f"count {table.name}"] = connection.execute(select(func.count()).select_from(table)).scalar()
    read = inputs(store)
    for name in ("school", "link", "group", "membership", "measurement", "inspection"):
        frame = getattr(read, name)
        if "source_file_id" in frame.columns:
            frame = frame.assign(source_file_id=frame["source_file_id"].map(names))
        frame = frame.astype(object).where(frame.notna(), None)
        found[name] = sorted(map(str, frame.to_dict("records")))
    return found


class Named(Writer):
    """Loads extracts under names that say which of the list they are."""

    def load(self, extract: Extract, name: str) -> int:
        from data.store import load as loading

        received = loading.Received(name.ljust(64, "0"), name, f"raw/{name}", "2026-01-01T00:00:00+00:00")
        return loading.load(self.store, extract, received, kind="own").source_file_id


def fresh(folder: Path, blank: Path) -> Engine:
    """A store of its own: a copy of an empty one, which is quicker than making it."""
    folder.mkdir()
    copy(blank, folder / DATABASE)
    return engine(StorePlace("own", folder, f"sqlite:///{folder / DATABASE}"))


@given(files=FILES, which=st.integers(0, 5))
@settings(max_examples=25, deadline=None, derandomize=True)
def test_an_undone_file_might_never_have_been(files: list[Extract], which: int) -> None:
    which %= len(files)
    with TemporaryDirectory() as folder:
        blank = StorePlace("own", Path(folder), f"sqlite:///{Path(folder) / DATABASE}")
        engine(blank).dispose()
        ours, twin = (fresh(Path(folder) / name, Path(folder) / DATABASE) for name in ("ours", "twin"))
        numbers = [Named(ours).load(file, f"file{at}") for at, file in enumerate(files)]
        for at, file in enumerate(files):
            if at != which:
                Named(twin).load(file, f"file{at}")
        undo(ours, numbers[which])
        assert contents(ours) == contents(twin)
        ours.dispose()
        twin.dispose()


def test_the_same_bytes_come_in_again_after_an_undo(store: Engine, write: Writer) -> None:
    first = write(facts({100001: 50.0}), sha256="a" * 64)
    undo(store, first.source_file_id)
    assert inputs(store).measurement.empty
    assert write(facts({100001: 50.0}), sha256="a" * 64).changed
    assert inputs(store).measurement["value"].tolist() == [50.0]


def test_undo_says_what_is_in_use_again(store: Engine, write: Writer) -> None:
    write(facts({100001: 50.0, 100002: 61.0}))
    second = write(facts({100001: 55.0, 100003: 70.0}))
    assert second.changes is not None
    assert second.changes.sentence == "Takes the place of a.csv: 1 school differs, 1 new, 1 no longer there."
    assert second.changes.urns == (100001,)
    assert undo(store, second.source_file_id).sentence == "a.csv was taken back. In use again: a.csv."
    assert inputs(store).measurement[["urn", "value"]].values.tolist() == [[100001, 50.0], [100002, 61.0]]


def test_an_undo_is_rehearsed_and_nothing_is_kept(store: Engine, write: Writer) -> None:
    write(facts({100001: 50.0}))
    second = write(facts({100001: 55.0})).source_file_id
    before = contents(store)
    assert undo(store, second, rehearsal=True).sentence == "a.csv was taken back. In use again: a.csv."
    assert contents(store) == before
    assert undo(store, second).restored == ("a.csv",)


def test_undo_twice_and_of_nothing_are_said(store: Engine, write: Writer) -> None:
    number = write(facts({100001: 50.0})).source_file_id
    undo(store, number)
    with pytest.raises(StoreError, match=r"a\.csv was taken back already"):
        undo(store, number)
    with pytest.raises(StoreError, match="no file has the number 99"):
        undo(store, 99)


def test_a_file_of_a_store_that_kept_no_words_is_not_taken_back(store: Engine, write: Writer) -> None:
    write(register({100001: "Oak"}, date(2023, 9, 1)))
    newer = write(register({100001: "Oak", 100002: "Ash"}, date(2024, 9, 1))).source_file_id
    with store.begin() as connection:  # as schema 0001 left it
        connection.execute(schema.snapshot.delete().where(schema.snapshot.c.source_file_id == newer - 1))
        connection.execute(schema.school.update().where(schema.school.c.urn == 100001).values(source_file_id=newer - 1))
    with pytest.raises(StoreError, match="loaded by an older Alongside"):
        undo(store, newer)
    assert inputs(store).school["urn"].tolist() == [100001, 100002]


def test_a_rehearsal_tells_all_and_keeps_nothing(store: Engine, write: Writer) -> None:
    from data.store import load as loading

    write(facts({100001: 50.0}))
    before = contents(store)
    received = loading.Received("b" * 64, "b.csv", "raw/b", "2026-01-01T00:00:00+00:00")
    with loading.rehearsal(store) as rehearse:
        told = rehearse(facts({100001: 51.0}), received, "own", loading.Terms())
    assert told.changes is not None and told.changes.differ == 1
    assert contents(store) == before
