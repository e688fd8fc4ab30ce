"""Recognise, preview and load published files: what both the command line and the Data page call.

Good files load although others are refused; each refused one says why. The register goes first, so that the rest can
be matched to it. Refuses to guess what an unknown file is.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from data.access import audit
from data.access.permissions import rule_of
from data.access.scope import Scope
from data.catalogue import CatalogueError, SourceFormatError, StoreError
from data.formats.extract import Extract, RawFile, Source
from data.formats.peek import peek
from data.intake import raw
from data.intake.fetch.fetched import address_of
from data.intake.files import Item, items
from data.intake.report import FileReport
from data.sources import SOURCES, recognised
from data.sources.refusals import KnownLayout, UnknownLayout
from data.store import engine as stores
from data.store import load as store_load
from data.store.engine import StorePlace, engine
from data.store.load import Loaded, Received, Terms
from data.store.nature import MixedNature, nature_of
from data.store.schema import source_file

Progress = Callable[[float, str], None]
REFUSALS = (SourceFormatError, CatalogueError, MixedNature)
ONE_LA = re.compile(r"\d{3}_")


def _quiet(_done: float, _words: str) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class _Known:
    position: int
    item: Item
    source: Source


def load(
    scope: Scope, paths: Iterable[Path | RawFile], place: StorePlace | None = None, *, accept: str | None = None,
    progress: Progress = _quiet,
) -> list[FileReport]:  # fmt: skip
    """Load every published file behind the paths (files, folders, zip, gz, or bytes received); a report for each.

    Without `place` the schools in the files decide: the sample region's go to the sample's store, real ones to our own;
    each report says which (`store`). Refused files are reported, the others load; so is a file that the store could not
    take (locked, disk full), and those after it are not tried. `accept` is the reason for taking in files that do not
    look like sound ones. Raises PermissionDenied; each file that was loaded stands in the audit.
    """
    scope.demand(rule_of("import_files"), what="take files in")
    found = items(paths)
    reports: dict[int, FileReport] = {}
    known = _sorted(_recognise(found, reports, progress))
    for number, file in enumerate(known):
        progress(0.1 + 0.9 * number / len(known), file.item.label)
        began = time.perf_counter()
        try:
            report, place = _load_one(file, file.item.open(), place, accept)
            report = replace(report, store=place.kind)
            _audited(scope, place, report)
        except REFUSALS as error:
            report = _refused(file.item, error, file.source)
        except StoreError as error:
            reports[file.position] = _refused(file.item, error, file.source)
            reports |= {left.position: FileReport(left.item.label, "not_tried") for left in known[number + 1 :]}
            break
        reports[file.position] = replace(report, seconds=time.perf_counter() - began)
    progress(1.0, "done")
    return [reports[position] for position in sorted(reports)]


def _audited(scope: Scope, where: StorePlace, report: FileReport) -> None:
    if report.outcome != "loaded":
        return
    detail = {"source": report.source, "rows": report.kept, "accepted": report.accepted is not None}
    subject = f"file {report.source_file_id}"
    audit.record(engine(where), scope, "imported", subject, detail=detail, now=datetime.now(UTC))


def succeeded(reports: Iterable[FileReport]) -> bool:
    """Whether nothing was refused and at least one file is in the store."""
    outcomes = {report.outcome for report in reports}
    return "refused" not in outcomes and bool(outcomes & {"loaded", "unchanged"})


def preview(
    scope: Scope, paths: Iterable[Path | RawFile], place: StorePlace | None = None, *, progress: Progress = _quiet
) -> list[FileReport]:
    """What loading the files would do: everything is done as in `load`, in one transaction of which nothing is kept.

    `changes` says how a re-issue differs, `findings` where a file does not look sound. Raises StoreError where the store
    cannot be used, PermissionDenied.
    """
    scope.demand(rule_of("import_files"), what="take files in")
    reports: dict[int, FileReport] = {}
    known = _sorted(_recognise(items(paths), reports, progress))
    if known:
        where = place or _first_place(known)
        with store_load.rehearsal(engine(where)) as rehearse:
            for number, file in enumerate(known):
                progress(0.1 + 0.9 * number / len(known), file.item.label)
                try:
                    reports[file.position] = _rehearsed(file, where, rehearse)
                except REFUSALS as error:
                    reports[file.position] = _refused(file.item, error, file.source)
    progress(1.0, "done")
    return [reports[position] for position in sorted(reports)]


def _first_place(known: list[_Known]) -> StorePlace:
    """Where the first file that can be read would go."""
    for file in known:
        try:
            return _chosen(file.source.read(file.item.open()))
        except REFUSALS:
            continue
    return stores.place("own")


def _rehearsed(file: _Known, where: StorePlace, rehearse: Callable[[Any, Received, Any, Terms], Loaded]) -> FileReport:
    received = file.item.open()
    extract = file.source.read(received)
    about = Received(raw.sha256(received.content), received.name, "", "")
    loaded = rehearse(extract, about, where.kind, Terms(expected=file.source.expected))
    if not loaded.changed:
        return _unchanged(file)
    return replace(_report(file, extract, loaded, None), outcome="previewed", source_file_id=None, store=where.kind)


def _recognise(found: list[Item], reports: dict[int, FileReport], progress: Progress) -> Iterator[_Known]:
    for position, item in enumerate(found):
        progress(0.1 * position / len(found), f"looking at {item.label}")
        try:
            seen = peek(item.open())
        except SourceFormatError as error:
            quiet = not item.named and not item.looks_published and item.problem is None
            reports[position] = FileReport(item.label, "not_recognised") if quiet else _refused(item, error, None)
            continue
        try:
            yield _Known(position, item, recognised(seen))
        except (KnownLayout, UnknownLayout) as error:
            passed = FileReport(
                item.label, "not_recognised", passed_over=error.what if isinstance(error, KnownLayout) else ""
            )
            reports[position] = _refused(item, error, None) if item.named else passed
        except SourceFormatError as error:  # nearly a known layout: a person means it to be read
            reports[position] = _refused(item, error, None)


def _sorted(known: Iterable[_Known]) -> list[_Known]:
    """By source as registered (the register first), extracts of one authority after the national file, then as given."""
    order = {source.key: number for number, source in enumerate(SOURCES)}
    return sorted(known, key=lambda file: (order[file.source.key], _is_one_la(file.item), file.position))


def _is_one_la(item: Item) -> bool:
    return ONE_LA.match(Path(item.member or item.label).name) is not None


def _load_one(
    file: _Known, received: RawFile, where: StorePlace | None, accept: str | None
) -> tuple[FileReport, StorePlace]:
    digest = raw.sha256(received.content)
    if where is not None and _is_held(where, digest):
        return _unchanged(file), where
    extract = file.source.read(received)
    where = where or _chosen(extract)
    opened = engine(where)
    if _is_held(where, digest):
        return _unchanged(file), where
    period = str(extract.time_period or extract.as_at or "undated")
    kept = raw.keep(where.home, extract.source, period, received.content)
    stamp = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        url = address_of(file.item.path) if file.item.path else None
        about = Received(digest, received.name, kept.relative, stamp, url)
        terms = Terms(expected=file.source.expected, accept=accept)
        loaded = store_load.load(opened, extract, about, kind=where.kind, terms=terms)
    except (*REFUSALS, StoreError):
        raw.discard(where.home, kept)
        raise
    return _report(file, extract, loaded, accept), where


def _cells(extract: Extract) -> dict[str, str]:
    """Single cells that were not read, their rows kept: by reason, with the place and text of the first."""
    cells = extract.rejects[extract.rejects["column"].notna()]
    lines = {}
    for reason, rows in cells.groupby("reason", sort=True):
        row, column, raw = rows[["row", "column", "raw"]].iloc[0]
        text = f"{len(rows):,} {'cell' if len(rows) == 1 else 'cells'} not read"
        lines[str(reason)] = f"{text}: {reason}; first in row {row}, column {column}: {str(raw)[:40]}"
    return lines


def _chosen(extract: Extract) -> StorePlace:
    """The sample's store for the sample's schools, else our own: a file that names no school is never the sample's."""
    return stores.place("sample" if nature_of(extract.tables) == "sample" else "own")


def _is_held(where: StorePlace, digest: str) -> bool:
    with engine(where).connect() as connection:
        held = select(source_file.c.source_file_id).where(
            source_file.c.sha256 == digest, source_file.c.state != "undone"
        )
        return connection.execute(held).first() is not None


def _report(file: _Known, extract: Extract, loaded: Loaded, accept: str | None) -> FileReport:
    return FileReport(
        file.item.label, "loaded", file.source.key, file.source.title, extract.time_period, extract.as_at,
        extract.release, extract.scope, extract.rows_read, extract.rows_kept, extract.rows_read - extract.rows_kept,
        loaded.reasons, loaded.matched, loaded.notes, cells=_cells(extract), source_file_id=loaded.source_file_id,
        changes=loaded.changes.sentence if loaded.changes else None, findings=loaded.findings,
        accepted=accept if loaded.findings else None,
    )  # fmt: skip


def _unchanged(file: _Known) -> FileReport:
    return FileReport(file.item.label, "unchanged", file.source.key, file.source.title)


def _refused(item: Item, error: Exception, source: Source | None) -> FileReport:
    said, name = str(error), Path(item.label).name
    if said.startswith(f"{name}: "):
        said = said.removeprefix(f"{name}: ")
    sentence = said if item.label in said else f"{item.label}: {said}"
    return FileReport(
        item.label, "refused", source.key if source else None, source.title if source else None, error=sentence
    )  # fmt: skip
