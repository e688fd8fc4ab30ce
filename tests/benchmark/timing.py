"""How long the work takes, each beside the least the same work could take; seconds of one run, nothing asserted.

The ratios travel between machines; the seconds do not. Writes into a temporary folder only.
"""

from __future__ import annotations

import csv
import io
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from analytics import publication
from data import intake
from data.catalogue import MEASURES
from data.formats import register
from data.formats.extract import Extract, RawFile, normalised
from data.formats.rejects import Rejects
from data.formats.text import csv_table
from data.sample import generate
from data.store import load as store_load
from data.store import publish, read
from data.store.engine import DATABASE, StorePlace, engine
from tests.benchmark.england import REGISTER
from tests.benchmark.report import plain_table

REPEATS = 3  # of the short ones; the fastest counts
FACTS, FACT_YEARS = 900_000, (201516, 201617, 201718, 201819)  # about as many as four years of key stage 2 give
HEAD = ("what", "seconds", "bare", "ratio")
BARE_SETTINGS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000"


def tables(realdata: Path | None, *, seed: int, progress: Callable[[str], None]) -> str:
    """Everything timed, as text."""
    rows: list[tuple[str, str, str, str]] = []
    with TemporaryDirectory(prefix="alongside-benchmark-") as folder:
        progress("reading the register")
        if realdata is None:
            rows.append(("register of England 2018: the file is not there", "", "", ""))
        else:
            rows.append(_compared("register of England 2018 as text, beside pyarrow.csv", *register_as_text(realdata)))
        progress("loading facts")
        count, ours, bare = facts_into_sqlite(Path(folder) / "facts", seed=seed)
        rows.append(_compared(f"{count:,} facts into SQLite, beside sqlite3.executemany", ours, bare))
        progress("the sample: generate, load, publish")
        whole, parts = sample(Path(folder) / "sample", seed=seed)
    rows += [(what, f"{seconds:.2f}", "", "") for what, seconds in whole]
    rows.append(("sample, together", f"{sum(seconds for _, seconds in whole):.2f}", "", ""))
    total = sum(seconds for _, seconds in parts)
    shares = [(what, f"{seconds:.2f}", f"{100 * seconds / total:.0f}%") for what, seconds in parts]
    by_part = ("A publication of the sample, by part", ("part", "seconds", "share"))
    return "\n\n".join(
        (
            plain_table("How long it takes", HEAD, rows),
            plain_table(*by_part, [*shares, ("together", f"{total:.2f}", "100%")]),
        )
    )


def _compared(what: str, ours: float, bare: float) -> tuple[str, str, str, str]:
    return what, f"{ours:.2f}", f"{bare:.2f}", f"{ours / bare:.1f}"


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def register_as_text(realdata: Path) -> tuple[float, float]:
    """Seconds to read the register's columns as text: ours (encoding, header and evenness checked), and pyarrow's own."""
    file = RawFile.from_path(realdata / REGISTER)
    header = next(csv.reader(io.StringIO(file.content.decode("cp1252"), newline="")))
    wanted = {normalised(name) for name in (*register.REQUIRED, *register.OPTIONAL)}
    columns = [name for name in header if normalised(name) in wanted]

    def bare() -> object:
        return pyarrow.csv.read_csv(
            io.BytesIO(file.content), read_options=pyarrow.csv.ReadOptions(encoding="cp1252"),
            parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types={name: pa.string() for name in columns}, include_columns=columns, strings_can_be_null=False
            ),
        ).to_pandas()  # fmt: skip

    ours = min(_timed(lambda: csv_table(file, register.REQUIRED, register.OPTIONAL)) for _ in range(REPEATS))
    return ours, min(_timed(bare) for _ in range(REPEATS))


def facts_into_sqlite(folder: Path, *, seed: int) -> tuple[int, float, float]:
    """Facts loaded, seconds by the store, and seconds to put the same rows into the same table by sqlite3 alone."""
    ours, bare = _place(folder / "ours"), _place(folder / "bare")
    opened = engine(ours)
    engine(bare).dispose()
    extracts = [_facts(year, seed=seed) for year in FACT_YEARS]

    def load() -> None:
        for extract in extracts:
            name = f"{extract.time_period}.csv"
            received = store_load.Received(name, name, name, "2026-01-01T00:00:00")
            store_load.load(opened, extract, received, kind="own")

    seconds = _timed(load)
    opened.dispose()
    with closing(sqlite3.connect(ours.home / DATABASE)) as held:
        rows = held.execute("SELECT * FROM measurement ORDER BY series_id, school_id").fetchall()
    blocks = [rows[at : at + len(rows) // len(FACT_YEARS)] for at in range(0, len(rows), len(rows) // len(FACT_YEARS))]
    with closing(sqlite3.connect(bare.home / DATABASE)) as other:
        other.executescript(BARE_SETTINGS)

        def insert() -> None:
            for block in blocks:
                with other:
                    other.executemany("INSERT INTO measurement VALUES (?, ?, ?, ?, ?, ?)", block)

        return len(rows), seconds, _timed(insert)


def _facts(year: int, *, seed: int) -> Extract:
    """One file of results as a source would read it: 3% suppressed."""
    rng = np.random.default_rng([seed, year])
    keys = [key for key, measure in MEASURES.items() if measure.source == "ks2"]
    schools = FACTS // len(FACT_YEARS) // len(keys)
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


def sample(folder: Path, *, seed: int) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
    """Seconds of each step from nothing to a publication of the small sample, and of `publication.build` by part."""
    where, made = _place(folder / "store", kind="sample"), folder / "files"
    steps = [("sample: write its files", _timed(lambda: generate(made, seed=seed)))]
    steps.append(("sample: load them", _timed(lambda: intake.load([made / "first"], where))))
    began = time.perf_counter()
    inputs = read.inputs(engine(where))
    steps.append(("sample: read the store", time.perf_counter() - began))
    marks: list[tuple[float, str]] = []

    def progress(_done: float, words: str) -> None:
        marks.append((time.perf_counter(), words.split(":")[0]))

    began = time.perf_counter()
    built = publication.build(inputs, publication.Parameters(), seed=seed, progress=progress)
    ended = time.perf_counter()
    steps.append(("sample: compute", ended - began))
    write = _timed(lambda: publish.write(engine(where), "benchmark", "2026-01-01T00:00:00.000000", {}, built))
    steps.append(("sample: write the publication", write))
    engine(where).dispose()
    return steps, _parts(marks, ended)


def _parts(marks: list[tuple[float, str]], ended: float) -> list[tuple[str, float]]:
    """Seconds from each word of progress to the next, the same words added up, in order."""
    ends = [moment for moment, _ in marks[1:]] + [ended]
    parts: dict[str, float] = {}
    for (moment, words), end in zip(marks, ends, strict=True):
        parts[words] = parts.get(words, 0.0) + end - moment
    return list(parts.items())


def _place(folder: Path, kind: str = "own") -> StorePlace:
    folder.mkdir(parents=True)
    return StorePlace("sample" if kind == "sample" else "own", folder, f"sqlite:///{folder / DATABASE}")
