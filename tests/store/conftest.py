"""A store of its own in a temporary home, of either kind of database, and extracts written by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from data.formats.extract import REJECT_COLUMNS, Extract
from data.store import engine as stores
from data.store import load as loading
from data.store.engine import StorePlace, engine, place
from tests.postgresql import NoServer, server

Load = Callable[..., loading.Loaded]


@pytest.fixture(autouse=True)
def alongside_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path))
    monkeypatch.delenv("ALONGSIDE_DATABASE_URL", raising=False)
    return tmp_path


@dataclass
class Databases:
    """Empty stores on a PostgreSQL server, each a copy of one that was brought up to date once."""

    address: str
    made: int = 0

    @contextmanager
    def another(self, *, empty: bool = False) -> Iterator[str]:
        """The address of a new one, or of a database without tables; it is gone afterwards."""
        self.made += 1
        name = f"store{self.made}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {'template0' if empty else 'model'}")
        try:
            yield self._at(name)
        finally:
            self._do(f"DROP DATABASE {name} WITH (FORCE)")

    def model(self, folder: Path) -> None:
        """Make the one that the others are copied from."""
        self._do("ALTER SYSTEM SET fsync = off")  # nothing here outlives the tests
        self._do("SELECT pg_reload_conf()")
        self._do("CREATE DATABASE model")
        engine(StorePlace("own", folder, self._at("model"))).dispose()

    def _at(self, name: str) -> str:
        return make_url(self.address).set(database=name).render_as_string(hide_password=False)

    def _do(self, statement: str) -> None:
        opened = create_engine(self.address, isolation_level="AUTOCOMMIT")
        with opened.connect() as connection:
            connection.execute(text(statement))
        opened.dispose()


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    try:
        with server() as address:
            made = Databases(address)
            made.model(tmp_path_factory.mktemp("model"))
            yield made
    except NoServer as error:
        pytest.skip(str(error))


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[StorePlace]:
    if request.param == "sqlite":
        yield place("own")
        return
    with request.getfixturevalue("databases").another() as address:
        monkeypatch.setenv("ALONGSIDE_DATABASE_URL", address)
        yield place("own")
        stores._engine(address).dispose()


@pytest.fixture
def store(where: StorePlace) -> Engine:
    return engine(where)


@dataclass
class Writer:
    """Loads extracts; each has other bytes unless `sha256` is given."""

    store: Engine
    kind: str = "own"
    loads: int = field(default=0)

    def __call__(self, extract: Extract, *, sha256: str | None = None) -> loading.Loaded:
        self.loads += 1
        received = loading.Received(sha256 or f"{self.loads:064x}", "a.csv", "raw/a", "2026-01-01T00:00:00+00:00")
        return loading.load(self.store, extract, received, kind=self.kind)  # type: ignore[arg-type]


@pytest.fixture
def write(store: Engine) -> Writer:
    return Writer(store)


def rejects(*rows: tuple[int, str, str | None, str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(REJECT_COLUMNS))


def facts(
    values: dict[int, float | str], *, measure: str = "ks2_reading_expected_pct", period: int = 202324,
    release: Any = "final", scope: str = "england",
) -> Extract:  # fmt: skip
    """A KS2 file: value by URN; SUPP for a suppressed one."""
    frame = pd.DataFrame(
        {
            "urn": list(values),
            "measure": measure,
            "column": "PTREAD_EXP",
            "value": [value if isinstance(value, float) else None for value in values.values()],
            "raw": [value if isinstance(value, str) else None for value in values.values()],
            "status": ["suppressed" if isinstance(value, str) else "ok" for value in values.values()],
            "numerator": float("nan"),
            "denominator": 20.0,
            "row": range(2, 2 + len(values)),
        }
    ).astype({"value": "float64"})
    return Extract("ks2", release, scope, period, None, {"measurement": frame}, rejects(), (), len(values), len(values))


def snapshot(source: str, as_at: date | None, tables: dict[str, pd.DataFrame], scope: str = "england") -> Extract:
    kept = len(next(iter(tables.values())))
    return Extract(source, "final", scope, None, as_at, tables, rejects(), (), kept, kept)


def register(names: dict[int, str], as_at: date, **more: Any) -> Extract:
    frame = pd.DataFrame(
        {"urn": list(names), "name": list(names.values()), "status": "open", "phase": "primary", **more}
    )
    return snapshot("gias", as_at, {"school": frame.assign(as_at=pd.Timestamp(as_at))})
