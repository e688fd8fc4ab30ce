"""Kill a program at a chosen point of its work and look at what it left. Fork after the imports: a point costs little.

A point is a statement about to run, a commit about to happen or just done, a file about to be flushed, renamed, linked or
removed, or so many steps inside a long statement. Kills the process, not the machine: what the system had taken is kept.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, select
from sqlalchemy.engine.default import DefaultDialect

from data.intake import raw
from data.store import publish, schema
from data.store import read as store_read
from data.store.engine import DATABASE, StorePlace, engine

STEPS = 50_000  # of SQLite's machine, between two points inside one statement
PATIENCE = 120  # seconds until a child that hangs is ended by the system's alarm
Work = Callable[[StorePlace], object]


@dataclass(slots=True)
class _Count:
    """Points passed so far; at `fatal` the process dies on the spot."""

    fatal: int | None
    passed: int = 0

    def __call__(self, *_: Any, **__: Any) -> int:
        self.passed += 1
        if self.passed == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0  # SQLite goes on


def _watched(function: Callable[..., Any], point: _Count, *, after: bool = False) -> Callable[..., Any]:
    def done(*arguments: Any, **more: Any) -> Any:
        point()
        found = function(*arguments, **more)
        if after:
            point()
        return found

    return done


def _watch(point: _Count) -> None:
    """For the rest of this process (a child that soon ends), count every point."""
    event.listen(Engine, "before_cursor_execute", point)
    event.listen(Engine, "connect", lambda connection, _record: _watch_statement(connection, point))
    DefaultDialect.do_commit = _watched(DefaultDialect.do_commit, point, after=True)  # type: ignore[method-assign]
    for name in ("fsync", "replace", "link", "unlink"):
        setattr(os, name, _watched(getattr(os, name), point))


def _watch_statement(connection: Any, point: _Count) -> None:
    if hasattr(connection, "set_progress_handler"):  # SQLite: a server's statements run elsewhere
        connection.set_progress_handler(point, STEPS)


def _in_child(work: Callable[[int], None]) -> tuple[int, bytes]:
    """Run in a forked child; how it ended (as `os.wait` says) and what it wrote to the pipe it was given."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 70
        try:
            os.close(reading)
            signal.alarm(PATIENCE)
            work(writing)
            code = 0
        finally:
            os._exit(code)  # no clean-up of the parent's things
    os.close(writing)
    said = b"".join(iter(lambda: os.read(reading, 4096), b""))
    os.close(reading)
    return os.waitpid(child, 0)[1], said


def place(home: Path) -> StorePlace:
    return StorePlace("own", home, f"sqlite:///{home / DATABASE}")


def points(before: Path, folder: Path, work: Work) -> int:
    """How many points the work passes, from a copy of the home `before`."""
    return points_at(place(_copy(before, folder / "counted")), work)


def killed(before: Path, folder: Path, work: Work, *, at: int) -> StorePlace:
    """A copy of the home `before` in which the work was killed at its point `at` (from 1)."""
    where = place(_copy(before, folder / f"killed{at}"))
    kill_at(where, work, at=at)
    return where


def points_at(where: StorePlace, work: Work) -> int:
    """How many points the work passes on this very store, which it changes."""

    def counted(out: int) -> None:
        point = _Count(None)
        _watch(point)
        work(where)
        os.write(out, str(point.passed).encode())

    ended, said = _in_child(counted)
    assert ended == 0, f"the work itself failed: {ended}"
    return int(said)


def kill_at(where: StorePlace, work: Work, *, at: int) -> None:
    """Let a process do the work on this very store and die at its point `at` (from 1)."""

    def doomed(_out: int) -> None:
        _watch(_Count(at))
        work(where)

    ended, _ = _in_child(doomed)
    assert os.WIFSIGNALED(ended) and os.WTERMSIG(ended) == signal.SIGKILL, f"point {at} was not reached: {ended}"


def spread(count: int, wanted: int) -> Iterator[int]:
    """`wanted` points of `count`, evenly, the first and the last among them; all where there are fewer."""
    if count <= wanted:
        yield from range(1, count + 1)
        return
    yield from (1 + round(at * (count - 1) / (wanted - 1)) for at in range(wanted))


def _copy(before: Path, home: Path) -> Path:
    shutil.copytree(before, home)
    return home


def contents(where: StorePlace) -> str:
    """A print of all that the store holds but times and numbers of its own; opening it must succeed."""
    opened = engine(where)
    digest = hashlib.sha256()
    with opened.connect() as connection:
        files = connection.execute(select(schema.source_file)).all()
    names = {file.source_file_id: file.file_name for file in files}
    digest.update(str(sorted((file.file_name, file.state, file.report) for file in files)).encode())
    held = store_read.inputs(opened)
    for name in held.__slots__:
        if name == "source_file":
            continue
        frame = getattr(held, name)
        if "source_file_id" in frame.columns:
            frame = frame.assign(source_file_id=frame["source_file_id"].map(names))
        digest.update(name.encode() + frame.to_csv(index=False).encode())
    for info in publish.listing(opened):
        digest.update(info.publication_id.encode())
        for name in info.tables:
            digest.update(publish.read_table(opened, info.publication_id, name).to_csv(index=False).encode())
    opened.dispose()
    return digest.hexdigest()


def sound(where: StorePlace) -> None:
    """The database is whole, and every file it names lies in raw/ as it was received."""
    with closing(sqlite3.connect(where.home / DATABASE)) as held:
        assert held.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert held.execute("PRAGMA foreign_key_check").fetchall() == []
        files = held.execute("SELECT raw_path, sha256 FROM source_file").fetchall()
    for path, sha256 in files:
        assert raw.sha256((where.home / path).read_bytes()) == sha256
