"""Measurements into the store: measures and marks interned, one series per measure and published column.

A newer file of the same source, period, release and scope supersedes the older one's series; releases never replace
one another. Refuses a school that stands twice for one measure, and a value beside a status that allows none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from data.catalogue import MEASURES, CatalogueError, SourceFormatError
from data.store import dialect
from data.store.schema import mark, measure, measurement, series, series_row, source_file, source_row

FACTS = ("series_id", "school_id", "value", "mark_id", "numerator", "denominator")
WITH_VALUE = ("ok", "low")


@dataclass(frozen=True, slots=True)
class _Keys:
    """The facts' places. `pairs`: their measures and columns, sorted; `pair` (position in `pairs`) and `urn` by fact;
    `order`: the facts by pair and URN, the key's order, in which the tree is filled from left to right.
    """

    pairs: tuple[tuple[str, str], ...]
    pair: np.ndarray
    urn: np.ndarray
    order: np.ndarray


def load_facts(connection: Connection, facts: pd.DataFrame, file: dict[str, Any]) -> None:
    """Insert an extract's `measurement` frame for the source file `file` (its stored row) and supersede what it replaces.

    Raises SourceFormatError for a duplicate school, CatalogueError for an unknown measure, ValueError for a value beside
    a status that has none (a fault in the source's code, not in the file).
    """
    keys = _keys(facts)
    _check(facts, keys)
    _supersede(connection, file)
    wanted = sorted({(key,) for key, _ in keys.pairs})
    measures = _interned(connection, measure, ("key",), wanted)
    numbers = []
    for key, column in keys.pairs:
        values = {
            "measure_id": measures[(key,)], "time_period": file["time_period"], "release": file["release"],
            "source_file_id": file["source_file_id"], "column": column, "state": "live",
        }  # fmt: skip
        made = connection.execute(insert(series).values(values))
        assert made.inserted_primary_key is not None  # nosec B101 # only tells the type
        numbers.append(made.inserted_primary_key[0])
    series_id = np.array(numbers, dtype="int64")[keys.pair]
    _insert_facts(connection, facts, keys, series_id)
    _insert_rows(connection, facts, keys, series_id, file["source_file_id"])


def _keys(facts: pd.DataFrame) -> _Keys:
    measures, columns = (pd.factorize(facts[name], sort=True) for name in ("measure", "column"))
    codes, pair = np.unique(measures[0] * len(columns[1]) + columns[0], return_inverse=True)
    pairs = [(str(measures[1][code // len(columns[1])]), str(columns[1][code % len(columns[1])])) for code in codes]
    urn = facts["urn"].to_numpy(dtype="int64")
    return _Keys(tuple(pairs), pair, urn, np.lexsort((urn, pair)))


def _check(facts: pd.DataFrame, keys: _Keys) -> None:
    unknown = sorted({key for key, _ in keys.pairs} - set(MEASURES))
    if unknown:
        raise CatalogueError(f"no measure is called {', '.join(unknown)}", remedy="Add a row to measures.csv.")
    pair, urn = keys.pair[keys.order], keys.urn[keys.order]
    twice = (pair[1:] == pair[:-1]) & (urn[1:] == urn[:-1])
    if twice.any():
        first = facts.iloc[keys.order[1:][twice].min()]
        raise SourceFormatError(
            f"the school with URN {first['urn']} stands twice", where=f"row {first['row']}, column {first['column']}",
            remedy="Remove one of the two rows, or download the file again.",
        )  # fmt: skip
    wrong = facts["value"].notna() & ~facts["status"].isin(WITH_VALUE)
    if wrong.any():
        raise ValueError(f"a value beside a status without one: {facts[wrong].iloc[0].to_dict()}")


def _supersede(connection: Connection, file: dict[str, Any]) -> None:
    same = ("source", "time_period", "release", "scope")
    older = select(source_file.c.source_file_id).where(
        *(source_file.c[name] == file[name] for name in same),
        source_file.c.source_file_id != file["source_file_id"],
    )
    connection.execute(
        update(series).where(series.c.source_file_id.in_(older), series.c.state == "live").values(state="superseded")
    )


def _interned(
    connection: Connection, table: Any, columns: Sequence[str], wanted: Sequence[tuple[Any, ...]]
) -> dict[tuple[Any, ...], int]:
    """Ids by row of `columns`, those of the wanted rows (unique, sorted) that are new inserted first."""
    number, *_ = table.primary_key.columns
    query = select(number, *(table.c[column] for column in columns))
    held = {tuple(row[1:]): row[0] for row in connection.execute(query)}
    fresh = [row for row in wanted if row not in held]
    if not fresh:
        return held
    dialect.bulk_insert(connection, table, columns, fresh)
    return {tuple(row[1:]): row[0] for row in connection.execute(query)}


def _insert_facts(connection: Connection, facts: pd.DataFrame, keys: _Keys, series_id: np.ndarray) -> None:
    order = keys.order
    columns = (
        series_id[order].tolist(), keys.urn[order].tolist(), _numbers(facts["value"], order),
        _mark_ids(connection, facts, order), *(_numbers(facts[name], order) for name in ("numerator", "denominator")),
    )  # fmt: skip
    dialect.bulk_insert(connection, measurement, FACTS, zip(*columns, strict=True))


def _numbers(values: pd.Series, order: np.ndarray) -> list[float | None]:
    numbers = values.to_numpy(dtype="float64", na_value=np.nan)[order]
    listed = numbers.astype(object)
    listed[np.isnan(numbers)] = None
    return list(listed)


def _mark_ids(connection: Connection, facts: pd.DataFrame, order: np.ndarray) -> list[int | None]:
    """Mark ids in `order`; None for an ordinary number. A blank cell's raw text is the empty text."""
    marked = (facts["raw"].notna() | (facts["status"] != "ok")).to_numpy(dtype=bool)
    raw, status = (facts.loc[marked, name].astype(object) for name in ("raw", "status"))
    pairs = list(zip(raw.where(raw.notna(), ""), status, strict=True))
    held = _interned(connection, mark, ("raw", "status"), sorted(set(pairs)))
    ids = np.full(len(facts), None, dtype=object)
    ids[marked] = [held[pair] for pair in pairs]
    return list(ids[order])


def _insert_rows(
    connection: Connection, facts: pd.DataFrame, keys: _Keys, series_id: np.ndarray, source_file_id: int
) -> None:
    """A school's first row in the file once; another row of its own (long files) with its series."""
    urns, school = np.unique(keys.urn, return_inverse=True)
    row = facts["row"].to_numpy(dtype="int64")
    first = np.full(len(urns), np.iinfo("int64").max)
    np.minimum.at(first, school, row)
    firsts = ((source_file_id, urn, number) for urn, number in zip(urns.tolist(), first.tolist(), strict=True))
    dialect.bulk_insert(connection, source_row, ("source_file_id", "school_id", "row"), firsts)
    other = keys.order[(row != first[school])[keys.order]]
    if len(other):
        columns = (series_id[other].tolist(), keys.urn[other].tolist(), row[other].tolist())
        dialect.bulk_insert(connection, series_row, ("series_id", "school_id", "row"), zip(*columns, strict=True))
