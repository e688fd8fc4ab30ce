"""900,000 facts into the store beside the driver's own way of putting the same rows into the same table.

Both in one transaction a file, with the same settings, keys and index. Writes into temporary stores only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import psycopg
from sqlalchemy import create_engine, make_url, text

from data.catalogue import MEASURES
from data.formats.extract import Extract
from data.formats.rejects import Rejects
from data.store import load as store_load
from data.store.engine import DATABASE, StorePlace, engine
from tests.benchmark.fastest import fastest, seconds
from tests.postgresql import server

FACTS, YEARS = 900_000, (201516, 201617, 201718, 201819)  # about as many as four years of key stage 2 give
SETTINGS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000"
NAMES = "series_id, school_id, value, mark_id, numerator, denominator"
Row = tuple[Any, ...]


def into_sqlite(folder: Path, *, seed: int) -> tuple[int, float, float]:
    """Facts loaded, seconds by the store, seconds by sqlite3's executemany."""
    numbers = count()
    extracts = [facts(year, seed=seed) for year in YEARS]

    def place() -> StorePlace:
        home = folder / f"{next(numbers)}"
        home.mkdir(parents=True)
        return StorePlace("own", home, f"sqlite:///{home / DATABASE}")

    blocks = _blocks(place(), extracts)

    def bare() -> float:
        where = place()
        engine(where).dispose()
        with closing(sqlite3.connect(where.home / DATABASE)) as held:
            held.executescript(SETTINGS)
            return seconds(lambda: _executed(held, blocks))

    return sum(map(len, blocks)), *fastest(lambda: _loaded(place(), extracts), bare)


def into_postgresql(folder: Path, *, seed: int) -> tuple[int, float, float]:
    """Facts loaded, seconds by the store, seconds by a bare COPY. Raises tests.postgresql.NoServer."""
    extracts = [facts(year, seed=seed) for year in YEARS]
    home = folder / "rows"
    home.mkdir(parents=True)
    blocks = _blocks(StorePlace("own", home, f"sqlite:///{home / DATABASE}"), extracts)
    with server() as address:

        def ours() -> float:
            with _database(address) as url:
                return _loaded(StorePlace("own", folder, url), extracts)

        def bare() -> float:
            with _database(address) as url:
                engine(StorePlace("own", folder, url)).dispose()
                with psycopg.connect(str(make_url(url).set(drivername="postgresql"))) as held:
                    return seconds(lambda: _copied(held, blocks))

        return sum(map(len, blocks)), *fastest(ours, bare)


def facts(year: int, *, seed: int) -> Extract:
    """One file of results as a source would read it: 3% suppressed."""
    rng = np.random.default_rng([seed, year])
    keys = [key for key, measure in MEASURES.items() if measure.source == "ks2"]
    schools = FACTS // len(YEARS) // len(keys)
    urns = np.sort(rng.choice(np.arange(100_000, 150_000), schools, replace=False))
    count = len(urns) * len(keys)
    withheld = rng.random(count) < 0.03
    frame = pd.DataFrame(
        {
            "urn": np.tile(urns, len(keys)), "measure": np.repeat(keys, len(urns)),
            "column": np.repeat([MEASURES[key].columns[0] for key in keys], len(urns)),
            "value": np.where(withheld, np.nan, np.round(rng.uniform(20, 100, count))),
            "raw": pd.Series("SUPP", index=range(count), dtype="str").where(withheld),
            "status": np.where(withheld, "suppressed", "ok"), "numerator": np.nan,
            "denominator": np.round(rng.uniform(6, 120, count)), "row": np.tile(np.arange(2, len(urns) + 2), len(keys)),
        }
    )  # fmt: skip
    return Extract(
        "ks2", "final", "england", year, None, {"measurement": frame}, Rejects().frame(), (), len(urns), len(urns)
    )


def _loaded(where: StorePlace, extracts: Sequence[Extract]) -> float:
    opened = engine(where)

    def load() -> None:
        for extract in extracts:
            name = f"{extract.time_period}.csv"
            received = store_load.Received(name, name, name, "2026-01-01T00:00:00")
            store_load.load(opened, extract, received, kind="own")

    taken = seconds(load)
    opened.dispose()
    return taken


def _blocks(where: StorePlace, extracts: Sequence[Extract]) -> list[list[Row]]:
    """The very rows that the store keeps of each file, as the driver gives them."""
    _loaded(where, extracts)
    query = f"SELECT {NAMES} FROM measurement JOIN series USING (series_id) WHERE source_file_id = ? ORDER BY 1, 2"
    with closing(sqlite3.connect(where.home / DATABASE)) as held:
        return [held.execute(query, (number,)).fetchall() for number in range(1, len(extracts) + 1)]


def _executed(held: sqlite3.Connection, blocks: Sequence[Sequence[Row]]) -> None:
    for block in blocks:
        with held:
            held.executemany("INSERT INTO measurement VALUES (?, ?, ?, ?, ?, ?)", block)


def _copied(held: psycopg.Connection, blocks: Sequence[Sequence[Row]]) -> None:
    for block in blocks:
        with held.transaction(), held.cursor() as cursor, cursor.copy(f"COPY measurement ({NAMES}) FROM STDIN") as copy:
            for row in block:
                copy.write_row(row)


@contextmanager
def _database(address: str) -> Iterator[str]:
    """A new database on the server, which is gone afterwards."""

    def told(*statements: str) -> None:
        opened = create_engine(address, isolation_level="AUTOCOMMIT")
        with opened.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        opened.dispose()

    told("CREATE DATABASE benchmark", "CHECKPOINT")
    try:
        yield make_url(address).set(database="benchmark").render_as_string(hide_password=False)
    finally:
        told("DROP DATABASE benchmark WITH (FORCE)")
