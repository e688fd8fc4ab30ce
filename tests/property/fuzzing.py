"""Runs mutated files through the way that every received file goes, in a child process with a clock and a ceiling.

One case again: `python -m tests.property SOURCE CASE`. A table of a long run: `python -m tests.property table 10000`.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import get_args
from unittest.mock import patch

import numpy as np

from data.access.scope import everything
from data.catalogue import MEASURES, SourceFormatError
from data.catalogue.vocabulary import Status
from data.formats.extract import Extract, RawFile
from data.intake import load
from data.intake.files import items
from data.sources import SOURCES, peek, recognised
from data.store.engine import StorePlace
from tests.golden.originals import as_workbooks, of_source
from tests.property.mutations import mutated

SEED = 20260101
CASES, SOAK = 300, 10_000
SECONDS = 5.0  # of one case, at most
MEGABYTES = 1024  # of the child at its peak
LOADED = 10  # one case in so many goes into a store as well
CEILING = 6 << 30  # of address space: a case that asks for more fails with MemoryError and harms nobody


@dataclass
class Batch:
    """What became of one family's cases. `faults` has case number and what went wrong."""

    family: str
    cases: int = 0
    read: int = 0
    refused: int = 0
    slowest: float = 0.0
    peak: float = 0.0
    faults: list[tuple[int, str]] = field(default_factory=list)


def families() -> list[str]:
    """The keys of all sources, as registered."""
    return [source.key for source in SOURCES]


def case(family: str, seed: int, number: int) -> RawFile:
    """The mutated file of a case; always the same for the same three."""
    rng = random.Random(f"{family}:{seed}:{number}")
    books = as_workbooks(family) if rng.random() < 0.2 else ()
    return mutated(rng.choice(books or of_source(family)).file, rng)


def outcome(file: RawFile) -> str:
    """`read` or `refused`. Any other exception goes up; AssertionError where an extract does not hold together."""
    said = "refused"
    for item in items([file]):
        try:
            received = item.open()
            extract = recognised(peek(received)).read(received)
        except SourceFormatError as error:
            assert str(error).encode().strip(), "a refusal without words"
            continue
        sound(extract)
        said = "read"
    return said


def sound(extract: Extract) -> None:
    """What every extract promises, whatever the file."""
    whole = extract.rejects["column"].isna()
    assert 0 <= extract.rows_kept <= extract.rows_read, "more rows kept than read"
    assert extract.rows_kept + int(whole.sum()) <= extract.rows_read + 1, "rows counted twice"
    assert extract.rejects["reason"].notna().all(), "a reject without a reason"
    for name, frame in extract.tables.items():
        if "urn" in frame.columns and len(frame):
            assert frame["urn"].between(100000, 999999).all(), f"{name}: a URN that is none"
    for name in ("measurement", "group_figure"):
        frame = extract.tables.get(name)
        if frame is None or frame.empty:
            continue
        assert set(frame["measure"]) <= set(MEASURES), "an unknown measure"
        assert set(frame["status"]) <= set(get_args(Status)), "an unknown status"
        value = frame["value"].to_numpy(dtype="float64")
        assert not np.isinf(value).any(), "an infinite value"
        assert (np.isnan(value) | frame["status"].isin(["ok", "low"]).to_numpy()).all(), "a value beside a mark"
        assert not (np.isnan(value) & (frame["status"] == "ok").to_numpy()).any(), "no value beside ok"
        if name == "measurement":
            assert not frame.duplicated(["urn", "measure", "column"]).any(), "a school twice"


def run(family: str, cases: int, seed: int = SEED, *, first: int = 0) -> Batch:
    """The cases in children: one goes on until it hangs, dies or is done; after a hang or death a fresh one goes on."""
    batch, here = Batch(family), first
    while here < first + cases:
        here = _one_child(batch, here, first + cases, seed) + 1
    return batch


def _one_child(batch: Batch, start: int, stop: int, seed: int) -> int:
    """Runs cases `start`..`stop`; gives the number of the last one that was begun."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.property.fuzzing"])
    mine, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_cases, args=(theirs, batch.family, seed, start, stop), daemon=True)
    # A child runs its parent's main module again. Where pages were tried before, that is a page, perhaps one that is gone.
    with patch.dict(sys.modules, {"__main__": ModuleType("__main__")}):
        child.start()
    theirs.close()
    last = start
    try:
        while mine.poll(60):
            number, said, seconds, peak = mine.recv()
            batch.cases += 1
            batch.slowest, batch.peak = max(batch.slowest, seconds), max(batch.peak, peak)
            batch.read += said == "read"
            batch.refused += said == "refused"
            if said not in ("read", "refused"):
                batch.faults.append((number, said))
            elif seconds > SECONDS:
                batch.faults.append((number, f"took {seconds:.1f} s"))
            last = number + 1
        what = "hung"
    except EOFError:
        what = "killed its process"
    if last >= stop:
        child.join(10)
        return stop - 1
    batch.cases += 1
    batch.faults.append((last, what))
    child.kill()
    child.join()
    return last


def imported(file: RawFile, home: Path) -> None:
    """Into a store: loaded, refused or passed over in a report; an exception goes up. Whatever was there stays readable."""
    home.mkdir(exist_ok=True)
    for report in load(
        everything(), [file], StorePlace("own", home, f"sqlite:///{home / 'alongside.sqlite'}"), accept="damaged"
    ):
        assert report.outcome in ("loaded", "unchanged", "refused", "not_recognised"), report.outcome
        assert report.sentence.strip(), "a report without words"


def _cases(pipe: Connection, family: str, seed: int, start: int, stop: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (CEILING, CEILING))
    with tempfile.TemporaryDirectory() as folder:
        _each(pipe, family, seed, range(start, stop), Path(folder))
    pipe.close()


def _each(pipe: Connection, family: str, seed: int, numbers: range, folder: Path) -> None:
    for number in numbers:
        file = case(family, seed, number)
        began = time.process_time()  # a busy machine is not a slow reader; a wait without end is seen by the parent
        try:
            said = outcome(file)
            if number % LOADED == 0:
                imported(
                    file, folder / str(number // (100 * LOADED))
                )  # a store of a hundred such files, then a new one
        except BaseException:  # noqa: BLE001 the very thing that is looked for: reported, never swallowed
            said = traceback.format_exc(limit=-4)
        seconds = time.process_time() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        pipe.send((number, said, seconds, peak))


def judged(family: str, cases: int) -> Batch:
    """The batch. AssertionError with what to type for a case again, where one failed, took too long or too much."""
    batch = run(family, cases)
    said = [f"python -m tests.property {family} {number}\n{what}" for number, what in batch.faults[:5]]
    assert not batch.faults, "\n".join([f"{len(batch.faults)} of {cases} cases", *said])
    assert (batch.cases, batch.read + batch.refused) == (cases, cases)
    assert batch.slowest < SECONDS
    assert batch.peak < MEGABYTES
    return batch


def table(batches: list[Batch]) -> str:
    """The figures as text, for docs/SOAK.md."""
    lines = [f"{'family':<20}{'cases':>8}{'read':>8}{'refused':>9}{'faults':>8}{'slowest, s':>12}{'peak, MB':>10}"]
    lines += [
        f"{one.family:<20}{one.cases:>8}{one.read:>8}{one.refused:>9}{len(one.faults):>8}{one.slowest:>12.2f}{one.peak:>10.0f}"
        for one in batches
    ]
    return "\n".join(lines)


for _family in families():  # once, in the server that the children are forked from
    as_workbooks(_family)
