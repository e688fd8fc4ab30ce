"""How long the work takes, beside the least the same work could take; seconds of one machine, nothing asserted.

The ratios travel between machines; the seconds do not. Writes into a temporary folder only.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from analytics import publication
from data import intake
from data.access.scope import everything
from data.formats.extract import RawFile
from data.sample import generate
from data.store import publish, read
from data.store.engine import DATABASE, StorePlace, engine
from tests.benchmark import loading, reading
from tests.benchmark.england import REGISTER
from tests.benchmark.fastest import seconds
from tests.benchmark.report import Bar, Figure, plain_table
from tests.postgresql import NoServer

HEAD = ("what", "seen", "bare", "ratio", "bar", "")
READING, SQLITE, POSTGRESQL = (Bar(high=ratio) for ratio in (3, 1.5, 2))
MEMORY = Bar(high=600)  # MB
Row = tuple[str, str, str, str, str, str]
Progress = Callable[[str], None]


def tables(realdata: Path | None, *, seed: int, progress: Progress) -> str:
    """Everything timed, as text."""
    with TemporaryDirectory(prefix="alongside-benchmark-") as folder:
        rows = [*registers(Path(folder), realdata, seed=seed, progress=progress)]
        rows += facts(Path(folder), seed=seed, progress=progress)
        progress("the sample: generate, load, publish")
        whole, parts = sample(Path(folder) / "sample", seed=seed)
    steps = [(what, f"{taken:.2f}") for what, taken in (*whole, ("together", sum(taken for _, taken in whole)))]
    total = sum(taken for _, taken in parts)
    shares = [(what, f"{taken:.2f}", f"{100 * taken / total:.0f}%") for what, taken in (*parts, ("together", total))]
    return "\n\n".join(
        (
            plain_table("How fast, in seconds, beside the least the same work could take", HEAD, rows),
            plain_table("The sample region, from nothing to a publication", ("step", "seconds"), steps),
            plain_table("A publication of the sample, by part", ("part", "seconds", "share"), shares),
        )
    )


def registers(folder: Path, realdata: Path | None, *, seed: int, progress: Progress) -> list[Row]:
    """A large register and, where it is there, England's of 2018 as text; of the large one the memory too."""
    progress("reading a large register")
    path = folder / reading.NAME
    path.write_bytes(reading.made(seed=seed))
    large = RawFile.from_path(path)
    size, needed = len(large.content) / 1e6, len(reading.wanted(large))
    looking, typing = reading.recognised_and_typed(large)
    rows = [
        _against(
            f"register, {size:.0f} MB, {needed} of 140 columns as text, beside pyarrow.csv",
            *reading.as_text(large), READING,
        ),
        _alone("  the same: recognised by its content", f"{looking:.2f}"),
        _alone("  the same: text turned into types and rejects", f"{typing:.2f}"),
    ]  # fmt: skip
    memory = reading.memory(path)
    for what, words in (("ours", "as text, most memory in MB"), ("read", "with types and rejects, most memory in MB")):
        verdict = Figure(what, MEMORY, (memory[what],)).verdict(["memory"])
        bare = f"{memory['bare']:.0f}" if what == "ours" else ""
        rows.append((f"  the same: {words}", f"{memory[what]:.0f}", bare, "", f"{MEMORY.words()} MB", verdict))
    rows.append(_alone("  a program that reads nothing, most memory in MB", f"{memory['nothing']:.0f}"))
    if realdata is None:
        rows.append(_alone("register of England 2018: the file is not there"))
    else:
        own = RawFile.from_path(realdata / REGISTER)
        rows.append(_against("register of England 2018 as text, beside pyarrow.csv", *reading.as_text(own), READING))
    return rows


def facts(folder: Path, *, seed: int, progress: Progress) -> list[Row]:
    """Facts into both kinds of store."""
    progress("facts into SQLite")
    number, ours, bare = loading.into_sqlite(folder / "sqlite", seed=seed)
    rows = [_against(f"{number:,} facts into SQLite, beside sqlite3.executemany", ours, bare, SQLITE)]
    progress("facts into PostgreSQL")
    try:
        number, ours, bare = loading.into_postgresql(folder / "postgresql", seed=seed)
    except NoServer as error:
        return [*rows, _alone(f"facts into PostgreSQL: not run, {error}")]
    return [*rows, _against(f"{number:,} facts into PostgreSQL, beside a bare COPY", ours, bare, POSTGRESQL)]


def _against(what: str, ours: float, bare: float, bar: Bar) -> Row:
    ratio = ours / bare
    return (
        what,
        f"{ours:.2f}",
        f"{bare:.2f}",
        f"{ratio:.2f}",
        bar.words(),
        Figure(what, bar, (ratio,)).verdict(["ratio"]),
    )


def _alone(what: str, seen: str = "") -> Row:
    return what, seen, "", "", "-", "-"


def sample(folder: Path, *, seed: int) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
    """Seconds of each step from nothing to a publication of the small sample, and of `publication.build` by part."""
    where, made = _place(folder / "store", kind="sample"), folder / "files"
    steps = [("write its files", seconds(lambda: generate(made, seed=seed)))]
    steps.append(("load them", seconds(lambda: intake.load(everything(), [made / "first"], where))))
    began = time.perf_counter()
    inputs = read.inputs(engine(where))
    steps.append(("read the store", time.perf_counter() - began))
    marks: list[tuple[float, str]] = []

    def progress(_done: float, words: str) -> None:
        marks.append((time.perf_counter(), words.split(":")[0]))

    began = time.perf_counter()
    built = publication.build(inputs, publication.Parameters(), seed=seed, progress=progress)
    ended = time.perf_counter()
    steps.append(("compute", ended - began))
    write = seconds(lambda: publish.write(engine(where), "benchmark", "2026-01-01T00:00:00.000000", {}, built))
    steps.append(("write the publication", write))
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
