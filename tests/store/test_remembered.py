"""What is kept of a store: read once, and again after anybody wrote, whoever and however; nothing where that cannot be told."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, insert, select

from data.store import dialect
from data.store.engine import StorePlace
from data.store.remembered import until_written
from data.store.schema import measure

only_sqlite = pytest.mark.parametrize("where", ["sqlite"], indirect=True)
OTHER = "INSERT INTO measure (key) VALUES (?)"


class Reader:
    """Reads the keys of the table `measure`, and counts how often it did."""

    def __init__(self, store: Engine) -> None:
        self.store, self.times = store, 0

    def __call__(self) -> list[str]:
        self.times += 1
        with self.store.connect() as connection:
            return [str(key) for key in connection.execute(select(measure.c.key)).scalars()]

    def kept(self) -> list[str]:
        return until_written(self.store, "measures", self)


def put(store: Engine, key: str) -> None:
    with dialect.writing(store) as connection:
        connection.execute(insert(measure).values(key=key))


def elsewhere(where: StorePlace, key: str) -> None:
    """As another program would."""
    other = sqlite3.connect(str(where.file))
    with other:
        other.execute(OTHER, (key,))
    other.close()


def test_what_was_written_is_read_at_the_next_asking(store: Engine) -> None:
    read = Reader(store)
    assert read.kept() == read.kept() == []
    put(store, "one")
    assert read.kept() == read.kept() == ["one"]
    put(store, "two")
    assert read.kept() == ["one", "two"]


@only_sqlite
def test_it_is_read_once_until_this_program_or_another_writes(where: StorePlace, store: Engine) -> None:
    read = Reader(store)
    for _ in range(3):
        read.kept()
    assert read.times == 1
    elsewhere(where, "theirs")
    assert [read.kept(), read.kept()] == [["theirs"], ["theirs"]]
    assert read.times == 2
    for number in range(20):  # however fast one follows the other
        elsewhere(where, str(number))
        assert len(read.kept()) == number + 2


@only_sqlite
def test_what_is_not_committed_is_not_there_yet_and_what_is_taken_back_never_was(store: Engine) -> None:
    read = Reader(store)
    read.kept()
    with pytest.raises(RuntimeError), dialect.writing(store) as connection:
        connection.execute(insert(measure).values(key="never"))
        assert read.kept() == []
        raise RuntimeError
    assert read.kept() == []


@only_sqlite
def test_what_is_written_while_it_is_read_is_read_again(where: StorePlace, store: Engine) -> None:
    read = Reader(store)

    def slowly() -> list[str]:
        found = read()
        elsewhere(where, "meanwhile")
        return found

    assert until_written(store, "measures", slowly) == []
    assert read.kept() == ["meanwhile"]


@only_sqlite
def test_nobody_reads_less_than_was_committed_before_they_asked(where: StorePlace, store: Engine) -> None:
    written, wrong, done = [0], [], threading.Event()

    def read() -> int:
        with store.connect() as connection:
            return len(connection.execute(select(measure.c.key)).all())

    def reads() -> None:
        while not done.is_set():
            before = written[0]
            if (found := until_written(store, "number", read)) < before:
                wrong.append((before, found))

    readers = [threading.Thread(target=reads) for _ in range(4)]
    for reader in readers:
        reader.start()
    try:
        for number in range(60):
            put(store, str(number)) if number % 2 else elsewhere(where, str(number))
            written[0] = number + 1
    finally:
        done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert until_written(store, "number", read) == 60


@only_sqlite
def test_another_file_in_its_place_is_another_store(where: StorePlace, store: Engine, tmp_path: Path) -> None:
    assert where.file is not None
    put(store, "one")
    dialect.forget(store)
    shutil.copy(where.file, tmp_path / "before")
    put(store, "two")
    dialect.forget(store)
    read = Reader(store)
    assert read.kept() == ["one", "two"]
    store.dispose()
    for end in ("-wal", "-shm"):
        where.file.with_name(where.file.name + end).unlink(missing_ok=True)
    (tmp_path / "before").replace(where.file)
    assert read.kept() == ["one"]


@only_sqlite
def test_what_raises_is_not_kept_and_a_file_that_went_is_asked_each_time(where: StorePlace, store: Engine) -> None:
    read = Reader(store)

    def broken() -> list[str]:
        read()
        raise ValueError("broken")

    for _ in range(2):
        with pytest.raises(ValueError, match="broken"):
            until_written(store, "broken", broken)
    assert read.times == 2
    assert where.file is not None
    where.file.rename(where.file.with_name("gone"))
    for _ in range(2):
        until_written(store, "gone", lambda: read.times)
    assert until_written(store, "gone", lambda: "made anew") == "made anew"


@only_sqlite
def test_the_file_is_let_go_of_with_the_engine_and_is_whole_then(
    where: StorePlace, store: Engine, tmp_path: Path
) -> None:
    put(store, "one")
    assert Reader(store).kept() == ["one"]
    assert where.file is not None
    store.dispose()
    assert not where.file.with_name(where.file.name + "-wal").exists()
    copy = sqlite3.connect(shutil.copy(where.file, tmp_path / "copy"))
    assert copy.execute("SELECT key FROM measure").fetchall() == [("one",)]
    copy.close()
    assert Reader(store).kept() == ["one"]


def test_a_store_in_memory_is_read_each_time() -> None:
    store = create_engine("sqlite://")
    found = iter(range(3))
    assert [until_written(store, "any", lambda: next(found)) for _ in range(3)] == [0, 1, 2]
