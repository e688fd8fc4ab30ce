"""What a re-issue changes: which schools differ between a file and the one it takes the place of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.engine import Connection

from data.store.frames import unpacked
from data.store.schema import measurement, series, snapshot, source_file

Differences = tuple[set[int], set[int], set[int], int]  # URNs that differ, are new, are gone; how many both have
LISTED = 50  # URNs kept in a report; all are counted
BY_SCHOOL = ("school", "inspection", "membership", "link")  # own figures and corrections replace no other file


@dataclass(frozen=True, slots=True)
class Changes:
    """Schools of a file beside the file it replaces (`file_name`): `urns` are the first of those that differ."""

    file_name: str
    differ: int
    new: int
    gone: int
    urns: tuple[int, ...]
    shared: int = 0  # schools that both files have

    @property
    def sentence(self) -> str:
        """One plain sentence."""
        if not (self.differ or self.new or self.gone):
            return f"Takes the place of {self.file_name}: no school differs."
        parts = [f"{self.differ:,} {'school differs' if self.differ == 1 else 'schools differ'}"]
        parts += [f"{self.new:,} new"] if self.new else []
        parts += [f"{self.gone:,} no longer there"] if self.gone else []
        return f"Takes the place of {self.file_name}: {', '.join(parts)}."

    def manifest(self) -> dict[str, Any]:
        """For the stored report."""
        return {
            "file_name": self.file_name, "differ": self.differ, "new": self.new, "gone": self.gone,
            "urns": list(self.urns),
        }  # fmt: skip


def changes(connection: Connection, file: Mapping[str, Any], tables: Mapping[str, pd.DataFrame]) -> Changes | None:
    """The schools that differ from the newest earlier file of the same source, period, release and scope.

    None where there is none, or where the file names no school. Call after the file's rows are in.
    """
    before = _before(connection, file)
    if before is None:
        return None
    if "measurement" in tables and len(tables["measurement"]):
        differ, new, gone, shared = _of_facts(connection, before.source_file_id, int(file["source_file_id"]))
    else:
        name = next((name for name in BY_SCHOOL if name in tables and len(tables[name])), None)
        held = None if name is None else _held(connection, before.source_file_id, name)
        if name is None or held is None:
            return None
        differ, new, gone, shared = _of_rows(held, tables[name])
    return Changes(before.file_name, len(differ), len(new), len(gone), tuple(sorted(differ)[:LISTED]), shared)


def _before(connection: Connection, file: Mapping[str, Any]) -> Any:
    same = ("source", "scope", "release")
    query = select(source_file.c.source_file_id, source_file.c.file_name).where(
        *(source_file.c[name] == file[name] for name in same), source_file.c.state != "undone",
        source_file.c.time_period.is_not_distinct_from(file["time_period"]),
        source_file.c.source_file_id < file["source_file_id"],
    )  # fmt: skip
    return connection.execute(query.order_by(source_file.c.source_file_id.desc()).limit(1)).first()


def _of_facts(connection: Connection, old_file: int, new_file: int) -> Differences:
    """URNs that differ, are new, are gone. A fact that only one of the two files has makes its school differ."""
    old, new = _schools(connection, old_file), _schools(connection, new_file)
    apart = _unlike(connection, old_file, new_file) | _unlike(connection, new_file, old_file)
    return apart & old & new, new - old, old - new, len(old & new)


def twin(connection: Connection, file: Mapping[str, Any], least: int, share: float) -> int | None:
    """Another year, of the same source, whose values of one measure are nearly all those of the new file; None for none.

    A file under another year's name would else give one year's results as another's.
    """
    s, m = series.alias("s"), measurement.alias("m")
    s2, m2 = series.alias("s2"), measurement.alias("m2")
    first = (
        select(s.c.series_id, s.c.measure_id).join(m, m.c.series_id == s.c.series_id)
        .where(s.c.source_file_id == file["source_file_id"], m.c.value.is_not(None))
        .group_by(s.c.series_id, s.c.measure_id).order_by(func.count(m.c.value.distinct()).desc(), s.c.series_id).limit(1)
    )  # fmt: skip
    chosen = connection.execute(first).first()
    if chosen is None:
        return None
    equal = func.sum(case((m.c.value == m2.c.value, 1), else_=0))
    query = (
        select(s2.c.time_period, func.count().label("both"), equal.label("equal"))
        .select_from(m).join(m2, m2.c.school_id == m.c.school_id).join(s2, s2.c.series_id == m2.c.series_id)
        .join(source_file, source_file.c.source_file_id == s2.c.source_file_id)
        .where(m.c.series_id == chosen.series_id, s2.c.measure_id == chosen.measure_id, s2.c.state == "live",
               source_file.c.source == file["source"], s2.c.time_period != file["time_period"],
               m.c.value.is_not(None), m2.c.value.is_not(None))
        .group_by(s2.c.time_period).order_by(s2.c.time_period)
    )  # fmt: skip
    found = [
        row.time_period for row in connection.execute(query) if row.both >= least and row.equal >= share * row.both
    ]
    return int(found[0]) if found else None


def _schools(connection: Connection, file: int) -> set[int]:
    query = select(measurement.c.school_id).join(series, series.c.series_id == measurement.c.series_id)
    return set(connection.execute(query.where(series.c.source_file_id == file).distinct()).scalars())


def _unlike(connection: Connection, first: int, second: int) -> set[int]:
    """Schools with a fact in the first file that the second lacks or has otherwise."""
    return set(connection.execute(_unlike_query(first, second)).scalars())


def _unlike_query(first: int, second: int) -> Select[Any]:
    s, m = series.alias("s"), measurement.alias("m")
    s2, m2 = series.alias("s2"), measurement.alias("m2")
    same_measure = and_(s2.c.measure_id == s.c.measure_id, s2.c.source_file_id == second)
    same_school = and_(m2.c.series_id == s2.c.series_id, m2.c.school_id == m.c.school_id)
    unlike = [m.c[name].is_distinct_from(m2.c[name]) for name in ("value", "mark_id", "numerator", "denominator")]
    joined = m.join(s, s.c.series_id == m.c.series_id).outerjoin(s2, same_measure).outerjoin(m2, same_school)
    query = select(m.c.school_id).select_from(joined).where(s.c.source_file_id == first)
    return query.where(or_(m2.c.school_id.is_(None), *unlike)).distinct()


def _held(connection: Connection, file: int, name: str) -> pd.DataFrame | None:
    query = select(snapshot.c.payload).where(snapshot.c.source_file_id == file, snapshot.c.name == name)
    payload = connection.execute(query).scalar()
    return None if payload is None else unpacked(payload)


def _of_rows(old: pd.DataFrame, new: pd.DataFrame) -> Differences:
    """The same of tables with any number of rows for a school: a school differs when its set of rows does."""
    columns = sorted((set(old.columns) & set(new.columns)) - {"row", "as_at", "source_file_id"})
    before, after = _prints(old, columns), _prints(new, columns)
    both = before.index.intersection(after.index)
    differ = {int(urn) for urn in both[(before[both] != after[both]).to_numpy()]}
    fresh, lost = after.index.difference(before.index), before.index.difference(after.index)
    return differ, {int(urn) for urn in fresh}, {int(urn) for urn in lost}, len(both)


def _prints(frame: pd.DataFrame, columns: list[str]) -> pd.Series:
    text = frame[columns].astype("object").where(frame[columns].notna(), "").astype("str")
    return pd.util.hash_pandas_object(text, index=False).groupby(frame["urn"].to_numpy()).sum()
