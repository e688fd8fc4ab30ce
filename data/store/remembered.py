"""What was read of a store, kept until anybody writes to it: pages ask the same few small things at every click.

SQLite itself tells whether another connection, of this program or of any other, has committed anything since it was last
asked (`PRAGMA data_version`), and the file system whether the file is still the same one. Only what is read whole lies here,
for nobody in particular: whoever asks for somebody filters after it. Refuses to guess: where neither can be told
(PostgreSQL, a store in memory, a file that cannot be opened) everything is read each time.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event

T = TypeVar("T")
MOST = 512  # things kept of one store; beyond them all is read anew


def until_written(engine: Engine, key: Hashable, make: Callable[[], T]) -> T:
    """What `make` reads of the store, read again only after somebody wrote to it. Shared: never change it. What raises is
    not kept. Not inside a transaction that writes, which sees what nobody else does yet.
    """
    memory = _memory(engine)
    return make() if memory is None else memory.kept(key, make)


class _Memory:
    """Of one SQLite file."""

    def __init__(self, file: Path) -> None:
        self._file, self._lock = file, threading.Lock()
        self._things: dict[Hashable, Any] = {}
        self._mark: Hashable = None
        self._watch: sqlite3.Connection | None = None
        self._of: Hashable = None  # the process and the file that the watching connection is of
        self._opened = 0  # each watching connection counts from its own beginning

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        with self._lock:
            mark = self._seen()
            if mark != self._mark or len(self._things) > MOST:
                self._mark, self._things = mark, {}
            if key in self._things:
                found: T = self._things[key]
                return found
        made = make()  # as at the mark or later, never earlier
        with self._lock:
            if mark is not None and mark == self._mark:
                self._things[key] = made
        return made

    def close(self, _engine: Engine) -> None:
        """Let go of the file with the engine: the last one that leaves it brings the log beside it into it."""
        with self._lock:
            if self._watch is not None:
                self._watch.close()
            self._watch = None

    def _seen(self) -> Hashable:
        """Another value whenever the store may have changed; None where that cannot be told."""
        try:
            found = self._file.stat()
            of = (os.getpid(), found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size)
            if self._watch is None or of != self._of:
                self._watch, self._of, self._opened = _opened(self._file), of, self._opened + 1
            return self._opened, self._watch.execute("PRAGMA data_version").fetchall()[0]
        except (OSError, sqlite3.Error):
            self._watch = None
            return None


def _opened(file: Path) -> sqlite3.Connection:
    """A connection that only watches: it makes no file, and waits for nobody."""
    return sqlite3.connect(
        f"{file.as_uri()}?mode=rw", uri=True, timeout=0, isolation_level=None, check_same_thread=False
    )


_memories: WeakKeyDictionary[Engine, _Memory] = WeakKeyDictionary()


def _memory(engine: Engine) -> _Memory | None:
    if engine not in _memories:
        database = engine.url.database if engine.dialect.name == "sqlite" else None
        if not database or database == ":memory:":
            return None
        memory = _memories.setdefault(engine, _Memory(Path(database).absolute()))
        event.listen(engine, "engine_disposed", memory.close)
    return _memories[engine]
