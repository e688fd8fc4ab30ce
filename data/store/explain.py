"""Where a figure comes from: every stored fact of one school and measure, with its file, row, column and release."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import Engine, Integer, Select, String, and_, bindparam, func, select

from data.catalogue.vocabulary import LEAST_PUPILS, RELEASES
from data.store.read import own_source
from data.store.schema import (
    correction,
    link,
    mark,
    measure,
    measurement,
    reject,
    school,
    series,
    series_row,
    source_file,
    source_row,
)

PREDECESSOR = "Predecessor"  # one-to-one successions only; mergers and splits are worded otherwise


@dataclass(frozen=True, slots=True)
class Trace:
    """One stored fact. `value` is None unless `status` is ok or low; `mark` is the cell as published where it is no plain
    number; `row` counts records from 1, header included; `corrected` is the correction's value, reason and link."""

    time_period: int
    release: str
    state: str
    value: float | None
    status: str
    mark: str | None
    numerator: float | None
    denominator: float | None
    source: str
    scope: str
    column: str
    row: int | None
    file_name: str
    raw_path: str
    sha256: str
    received: str
    url: str | None
    corrected: tuple[str, str, str] | None
    used: bool = False  # whether figures of this period and release rest on it, where several files have one
    firmer: str | None = None  # a firmer release of the same period that is there too


def traces(engine: Engine, urn: int, key: str, time_period: int | None = None) -> tuple[Trace, ...]:
    """Every fact of the school and measure, newest period first, those in use before those replaced. () for none."""
    with engine.connect() as connection:
        asked = {"about": urn, "key": key, "period": time_period}
        rows = connection.execute(_query(of_period=time_period is not None), asked).mappings().all()
    winners: dict[tuple[int, str], tuple[bool, int, int]] = {}
    for row in rows:
        if row["state"] == "live":
            place = (row["time_period"], row["release"])
            winners[place] = max(winners.get(place, (False, 0, 0)), _weight(key, row))
    firmest = {period: max((r for p, r in winners if p == period), key=RELEASES.index) for period, _ in winners}
    found = []
    for row in rows:
        used = row["state"] == "live" and winners[row["time_period"], row["release"]] == _weight(key, row)
        trace = _trace(row, used=used)
        best = firmest.get(trace.time_period, trace.release)
        found.append(replace(trace, firmer=best if used and best != trace.release else None))
    return tuple(found)


def _weight(key: str, row: Any) -> tuple[bool, int, int]:
    """The order in which one of several live files wins (data.store.read does the same)."""
    return own_source(key, row["source"]), row["source_file_id"], row["series_id"]


def known_school(engine: Engine, urn: int) -> str | None:
    """The school's name in the register, or None."""
    with engine.connect() as connection:
        return connection.execute(select(school.c.name).where(school.c.urn == urn)).scalar()


def rows_of(engine: Engine, source_file_id: int, urns: Collection[int]) -> dict[tuple[int, str], int]:
    """(URN, measure) -> the row of a file that the figure was read from, header included; a figure without one is left out."""
    same = measurement.c.school_id, series.c.source_file_id
    own_row = and_(series_row.c.series_id == series.c.series_id, series_row.c.school_id == same[0])
    file_row = and_(source_row.c.source_file_id == same[1], source_row.c.school_id == same[0])
    row = func.coalesce(series_row.c.row, source_row.c.row)
    query = (
        select(measurement.c.school_id, measure.c.key, row)
        .join(series, series.c.series_id == measurement.c.series_id)
        .join(measure, measure.c.measure_id == series.c.measure_id)
        .outerjoin(series_row, own_row).outerjoin(source_row, file_row)
        .where(series.c.source_file_id == source_file_id, measurement.c.school_id.in_(sorted(urns)), row.is_not(None))
    )  # fmt: skip
    with engine.connect() as connection:
        return {(int(urn), str(key)): int(number) for urn, key, number in connection.execute(query)}


def left_out(engine: Engine, urn: int) -> str:
    """A sentence on the school's rows that were left out of files in use; empty where there is none."""
    query = (
        select(source_file.c.file_name, reject.c.row, reject.c.reason)
        .join(source_file, source_file.c.source_file_id == reject.c.source_file_id)
        .where(reject.c.urn == str(urn), reject.c.column.is_(None), source_file.c.state != "undone")
        .order_by(reject.c.source_file_id.desc(), reject.c.row).limit(3)
    )  # fmt: skip
    with engine.connect() as connection:
        found = [f"{row.file_name}, row {row.row} ({row.reason})" for row in connection.execute(query)]
    return f"Its row was left out of: {'; '.join(found)}." if found else ""


def predecessors(engine: Engine, urn: int) -> Sequence[int]:
    """URNs that the links file calls the school's predecessor, one to one as far as this school's side tells."""
    query = select(link.c.link_urn).where(link.c.urn == urn, link.c.link_type == PREDECESSOR).distinct()
    with engine.connect() as connection:
        return sorted(connection.execute(query).scalars())


@cache
def _query(*, of_period: bool) -> Select[Any]:
    """Written once: a page asks for a dozen measures."""
    urn, key = bindparam("about", type_=Integer), bindparam("key", type_=String)
    own_row = and_(series_row.c.series_id == series.c.series_id, series_row.c.school_id == urn)
    file_row = and_(source_row.c.source_file_id == series.c.source_file_id, source_row.c.school_id == urn)
    corrected = and_(
        correction.c.urn == urn, correction.c.measure == key, correction.c.time_period == series.c.time_period,
        correction.c.release == series.c.release,
    )  # fmt: skip
    query = (
        select(
            series.c.series_id, series.c.source_file_id, series.c.time_period, series.c.release, series.c.state,
            series.c.column, measurement.c.value,
            measurement.c.numerator, measurement.c.denominator, mark.c.raw, mark.c.status,
            func.coalesce(series_row.c.row, source_row.c.row).label("row"),
            *(source_file.c[name] for name in ("source", "scope", "file_name", "raw_path", "sha256", "received", "url")),
            correction.c.raw.label("corrected_raw"), correction.c.value.label("corrected_value"),
            correction.c.reason.label("corrected_reason"), correction.c.link.label("corrected_link"),
        )
        .join(measure, measure.c.measure_id == series.c.measure_id)
        .join(measurement, measurement.c.series_id == series.c.series_id)
        .join(source_file, source_file.c.source_file_id == series.c.source_file_id)
        .outerjoin(mark, mark.c.mark_id == measurement.c.mark_id)
        .outerjoin(series_row, own_row).outerjoin(source_row, file_row).outerjoin(correction, corrected)
        .where(measurement.c.school_id == urn, measure.c.key == key)
        .order_by(series.c.time_period.desc(), series.c.state, series.c.source_file_id.desc(), series.c.series_id)
    )  # fmt: skip
    return query.where(series.c.time_period == bindparam("period", type_=Integer)) if of_period else query


def _trace(row: Any, *, used: bool) -> Trace:
    corrected = None
    if row["corrected_reason"] is not None:
        said = row["corrected_value"] if row["corrected_value"] is not None else row["corrected_raw"]
        if row["corrected_value"] is not None and 0 < (row["denominator"] or 0) < LEAST_PUPILS:
            said = "a figure of fewer than six pupils, which is not used"
        corrected = (str(said), str(row["corrected_reason"]), str(row["corrected_link"]))
    names = (
        "time_period", "release", "state", "value", "numerator", "denominator", "source", "scope", "column", "row",
        "file_name", "raw_path", "sha256", "received", "url",
    )  # fmt: skip
    return Trace(
        **{name: row[name] for name in names}, status=row["status"] or "ok", mark=row["raw"], corrected=corrected,
        used=used,
    )  # fmt: skip
