"""One extract into the store, in one transaction: it is loaded whole or the store is as before.

The same bytes again change nothing. Knows no file format: it takes anything shaped like an extract, whose tables are
named after the store's. Keeps every rejected row with its reason.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Protocol

import pandas as pd
from sqlalchemy import Engine, func, insert, select, update
from sqlalchemy.engine import Connection

from data.catalogue import SourceFormatError
from data.store import dialect, nature, quality, rows
from data.store.changes import Changes, changes, twin
from data.store.engine import Kind
from data.store.facts import load_facts
from data.store.frames import packed
from data.store.schema import reject, school, snapshot, source_file
from data.store.snapshots import REGISTER, SNAPSHOTS, load_snapshot
from data.store.undo import forget_undone, settle

WITH_SCHOOLS = ("school", "measurement", "inspection", "membership", "link", "own_figure", "correction")
ENTERED = ("own_figure", "correction")  # tables that people fill in
PHASE_NOT_KNOWN = "not known"
NOT_IN_REGISTER = "not in the register"


class Loadable(Protocol):
    """What the store needs of an extract (data.formats.extract.Extract is one)."""

    @property
    def source(self) -> str: ...
    @property
    def release(self) -> str: ...
    @property
    def scope(self) -> str: ...
    @property
    def time_period(self) -> int | None: ...
    @property
    def as_at(self) -> date | None: ...
    @property
    def tables(self) -> Mapping[str, pd.DataFrame]: ...
    @property
    def rejects(self) -> pd.DataFrame: ...
    @property
    def notes(self) -> tuple[str, ...]: ...
    @property
    def rows_read(self) -> int: ...
    @property
    def rows_kept(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Received:
    """A raw file as it was received and where it is kept, relative to the store's home."""

    sha256: str
    file_name: str
    raw_path: str
    received: str  # ISO time
    url: str | None = None  # where it was fetched from


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a file comes in: the range of a sound one, and the reason why one outside it is taken all the same.

    `rehearsal`: findings are told, never raised, for nothing will be kept.
    """

    expected: quality.Range | None = None
    accept: str | None = None
    rehearsal: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did. `matched` counts the file's schools by phase of the register; None: the file names no school.

    `changes` says how a re-issue differs from the file it replaces; `findings` where it does not look like a sound file.
    """

    source_file_id: int
    changed: bool
    reasons: Mapping[str, int]
    matched: Mapping[str, int] | None
    notes: tuple[str, ...]
    changes: Changes | None = None
    findings: tuple[str, ...] = ()


def load(engine: Engine, extract: Loadable, received: Received, *, kind: Kind, terms: Terms = Terms()) -> Loaded:
    """Load one extract. Raises StoreError (locked, or sample and real schools mixed), SourceFormatError, and OutsideRange
    where it does not look like a sound file and no reason is given; the store is then as before.
    """
    with dialect.writing(engine) as connection:
        return _load(connection, extract, received, kind=kind, terms=terms)


class _Over(Exception):
    """Ends a rehearsal: what was done in its transaction is not kept."""


@contextmanager
def rehearsal(engine: Engine) -> Iterator[Callable[[Loadable, Received, Kind, Terms], Loaded]]:
    """A loader of files one after another, each upon the last, of which nothing is kept. Raises as `load` does."""

    def loaded(extract: Loadable, received: Received, kind: Kind, terms: Terms) -> Loaded:
        with connection.begin_nested():
            return _load(connection, extract, received, kind=kind, terms=replace(terms, rehearsal=True))

    try:
        with dialect.writing(engine) as connection:
            yield loaded
            raise _Over
    except _Over:
        pass


def _load(connection: Connection, extract: Loadable, received: Received, *, kind: Kind, terms: Terms) -> Loaded:
    held = known_file(connection, received.sha256)
    if held is not None:
        return held
    forget_undone(connection, received.sha256)
    nature.agree(connection, nature.nature_of(extract.tables), kind=kind)
    file = _insert_file(connection, extract, received)
    notes = (*extract.notes, *_load_tables(connection, extract, file))
    rejects = extract.rejects.assign(source_file_id=file["source_file_id"])
    rows.insert(connection, reject, rejects)
    settle(connection, source_file.c.source == extract.source)
    return _report(connection, extract, file, notes, terms)


def _load_tables(connection: Connection, extract: Loadable, file: dict[str, Any]) -> list[str]:
    """Take every table of the extract in; notes of what was older than what is there."""
    notes = []
    for name in sorted(extract.tables, key=_order):
        table = extract.tables[name]
        if table.empty:
            continue
        if name == "measurement":
            load_facts(connection, table, file)
            continue
        kept = {"source_file_id": file["source_file_id"], "name": name, "payload": packed(table)}
        connection.execute(insert(snapshot).values(kept))
        note = load_snapshot(connection, name, table, file)
        notes += [note] if note else []
        if name in ENTERED:
            notes += _unknown(connection, table)
    return notes


def _unknown(connection: Connection, table: pd.DataFrame) -> list[str]:
    """A note on schools that the register does not know: in tables that people fill in, mostly a mistyped URN."""
    held = set(connection.execute(select(school.c.urn)).scalars())
    lost = sorted(set(table["urn"].astype("int64").tolist()) - held) if held else []
    return (
        [f"not in the register, check the URN: {', '.join(map(str, lost[:10]))}{' ...' * (len(lost) > 10)}"]
        if lost
        else []
    )


def known_file(connection: Connection, sha256: str) -> Loaded | None:
    """The earlier load of the same bytes, unchanged, or None."""
    query = select(source_file.c.source_file_id, source_file.c.report).where(
        source_file.c.sha256 == sha256, source_file.c.state != "undone"
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    report = json.loads(row.report)
    return Loaded(row.source_file_id, False, report["reasons"], report["matched"], tuple(report["notes"]))


def _order(name: str) -> tuple[int, str]:
    if name != "measurement" and name not in SNAPSHOTS:
        raise ValueError(f"the store has no table {name} to load into")
    return (0 if name == "school" else 1, name)


def _insert_file(connection: Connection, extract: Loadable, received: Received) -> dict[str, Any]:
    if extract.rows_kept == 0:
        first = extract.rejects["reason"].iloc[0] if len(extract.rejects) else "the file has no rows of schools"
        raise SourceFormatError(f"no row could be kept: {first}", where=received.file_name)
    values: dict[str, Any] = {
        "source": extract.source, "time_period": extract.time_period, "as_at": extract.as_at,
        "release": extract.release, "scope": extract.scope, "sha256": received.sha256,
        "file_name": received.file_name, "raw_path": received.raw_path, "received": received.received,
        "rows_read": extract.rows_read, "rows_kept": extract.rows_kept,
        "rows_rejected": extract.rows_read - extract.rows_kept,
        "report": "{}", "state": "live", "url": received.url,
    }  # fmt: skip
    made = connection.execute(insert(source_file).values(values))
    assert made.inserted_primary_key is not None  # nosec B101 # only tells the type
    return {**values, "source_file_id": made.inserted_primary_key[0]}


def _report(
    connection: Connection, extract: Loadable, file: dict[str, Any], notes: tuple[str, ...], terms: Terms
) -> Loaded:
    """Count what came in, judge it, and keep the report with the file. Raises OutsideRange."""
    counted = extract.rejects["reason"].value_counts()
    reasons = {str(reason): int(counted[reason]) for reason in sorted(counted.index)}
    matched = _matched(connection, extract.tables)
    total = None if matched is None else sum(count for phase, count in matched.items() if phase != NOT_IN_REGISTER)
    previous = _previous(connection, extract, file["source_file_id"])
    changed = changes(connection, file, extract.tables)
    facts = len(extract.tables.get("measurement", ()))
    seen = quality.Seen(
        extract.tables, extract.rejects, extract.rows_read, extract.rows_kept, extract.scope, matched,
        _covered(connection, extract.source), previous,
        changed.differ / changed.shared if changed and facts and changed.shared >= quality.LEAST_ROWS else None,
        twin(connection, file, quality.LEAST_ROWS, quality.SAME) if facts else None,
        _authorities(connection, extract.tables["measurement"]["urn"]) if facts else {},
    )  # fmt: skip
    shares = quality.shares(seen, not_in_register=NOT_IN_REGISTER)
    found = quality.findings(shares, terms.expected, seen) if terms.expected else ()
    if found and not terms.accept and not terms.rehearsal:
        raise quality.refusal(found, file["file_name"], extract.rejects)
    report = {
        "reasons": reasons, "matched": matched, "notes": list(notes), "previous": previous, "shares": asdict(shares),
        "findings": list(found), "changes": changed.manifest() if changed else None,
    }  # fmt: skip
    values = {
        "report": json.dumps(report, sort_keys=True), "schools_matched": total,
        "accepted": terms.accept if found else None,
    }  # fmt: skip
    connection.execute(update(source_file).where(source_file.c.source_file_id == file["source_file_id"]).values(values))
    return Loaded(file["source_file_id"], True, reasons, matched, notes, changed, found)


def _authorities(connection: Connection, urns: pd.Series) -> dict[int, int]:
    """How many of the schools the register has in each authority."""
    wanted = set(urns.unique().tolist())
    rows = connection.execute(select(school.c.urn, school.c.la_code).where(school.c.la_code.is_not(None)))
    counted = Counter(int(row.la_code) for row in rows if row.urn in wanted)
    return dict(sorted(counted.items()))


def _covered(connection: Connection, source: str) -> bool:
    """Whether a national register is in the store: only then does a school that is not in it say something."""
    national = select(source_file.c.source_file_id).where(
        source_file.c.source == REGISTER, source_file.c.scope == quality.NATIONAL, source_file.c.state != "undone"
    )
    return source != REGISTER and connection.execute(national.limit(1)).first() is not None


def _matched(connection: Connection, tables: Mapping[str, pd.DataFrame]) -> dict[str, int] | None:
    named = [tables[name]["urn"] for name in WITH_SCHOOLS if name in tables and len(tables[name])]
    if not named:
        return None
    urns = pd.concat(named).dropna().astype("int64").unique()
    phases = {urn: phase or PHASE_NOT_KNOWN for urn, phase in connection.execute(select(school.c.urn, school.c.phase))}
    counted = pd.Series([phases.get(urn, NOT_IN_REGISTER) for urn in urns.tolist()]).value_counts()
    return {str(phase): int(counted[phase]) for phase in sorted(counted.index)}


def _previous(connection: Connection, extract: Loadable, source_file_id: int) -> dict[str, Any] | None:
    """The last earlier period of the same source and scope (for a snapshot the last file before), for comparison."""
    same = select(source_file).where(
        source_file.c.source == extract.source, source_file.c.scope == extract.scope,
        source_file.c.source_file_id != source_file_id, source_file.c.state != "undone",
    )  # fmt: skip
    if extract.time_period is not None:
        same = same.where(source_file.c.time_period < extract.time_period)
    when = func.coalesce(source_file.c.time_period, 0).desc()
    row = connection.execute(same.order_by(when, source_file.c.source_file_id.desc()).limit(1)).first()
    if row is None:
        return None
    return {
        "time_period": row.time_period, "as_at": row.as_at.isoformat() if row.as_at else None,
        "rows_kept": row.rows_kept, "schools_matched": row.schools_matched,
    }  # fmt: skip
