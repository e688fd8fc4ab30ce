"""Measurements into the store: measures and marks interned, one series per measure and published column.

A newer file of the same source, period, release and scope supersedes the older one's series; releases never replace
one another. Refuses a school that stands twice for one measure, and a value beside a status that allows none.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from data.catalogue import MEASURES, CatalogueError, SourceFormatError
from data.store import dialect
from data.store.schema import mark, measure, measurement, series, source_file, source_row

FACTS = ("series_id", "school_id", "value", "mark_id", "numerator", "denominator")
WITH_VALUE = ("ok", "low")


def load_facts(connection: Connection, facts: pd.DataFrame, file: dict[str, Any]) -> None:
    """Insert an extract's `measurement` frame for the source file `file` (its stored row) and supersede what it replaces.

    Raises SourceFormatError for a duplicate school, CatalogueError for an unknown measure, ValueError for a value beside
    a status that has none (a fault in the source's code, not in the file).
    """
    _check(facts)
    _supersede(connection, file)
    pairs = facts[["measure", "column"]].drop_duplicates().sort_values(["measure", "column"])
    measures = _interned(connection, measure, pairs[["measure"]].drop_duplicates().set_axis(["key"], axis=1))
    numbers: dict[tuple[str, str], int] = {}
    for key, column in pairs.itertuples(index=False, name=None):
        values = {
            "measure_id": measures[(key,)], "time_period": file["time_period"], "release": file["release"],
            "source_file_id": file["source_file_id"], "column": column, "state": "live",
        }  # fmt: skip
        made = connection.execute(insert(series).values(values))
        assert made.inserted_primary_key is not None
        numbers[(key, column)] = made.inserted_primary_key[0]
    _insert_facts(connection, facts, numbers)
    _insert_rows(connection, facts, file["source_file_id"])


def _check(facts: pd.DataFrame) -> None:
    unknown = sorted(set(facts["measure"].unique()) - set(MEASURES))
    if unknown:
        raise CatalogueError(f"no measure is called {', '.join(unknown)}", remedy="Add a row to measures.csv.")
    twice = facts.duplicated(["measure", "column", "urn"], keep="first")
    if twice.any():
        first = facts[twice].iloc[0]
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


def _interned(connection: Connection, table: Any, wanted: pd.DataFrame) -> dict[tuple[Any, ...], int]:
    """Ids of the wanted rows (unique, sorted here), those that are new inserted first."""
    columns = list(wanted.columns)
    number, *_ = table.primary_key.columns
    query = select(number, *(table.c[column] for column in columns))
    held = {tuple(row[1:]): row[0] for row in connection.execute(query)}
    fresh = sorted(set(wanted.itertuples(index=False, name=None)) - set(held))
    if not fresh:
        return held
    dialect.bulk_insert(connection, table, columns, fresh)
    return {tuple(row[1:]): row[0] for row in connection.execute(query)}


def _insert_facts(connection: Connection, facts: pd.DataFrame, numbers: dict[tuple[str, str], int]) -> None:
    index = pd.MultiIndex.from_frame(facts[["measure", "column"]])
    wanted = pd.MultiIndex.from_tuples(list(numbers))
    ids = np.array(list(numbers.values()))[wanted.get_indexer(index)]
    urns = facts["urn"].to_numpy(dtype="int64")
    order = np.lexsort((urns, ids))  # the key's order: the tree is filled from left to right
    lists: list[list[Any]] = [ids[order].tolist(), urns[order].tolist(), _numbers(facts["value"], order)]
    lists.append(_mark_ids(connection, facts, order))
    lists += [_numbers(facts[name], order) for name in ("numerator", "denominator")]
    dialect.bulk_insert(connection, measurement, FACTS, list(zip(*lists, strict=True)))


def _numbers(values: pd.Series, order: np.ndarray) -> list[float | None]:
    numbers = values.to_numpy(dtype="float64", na_value=np.nan)[order]
    listed: list[float | None] = numbers.astype(object).tolist()
    for at in np.flatnonzero(np.isnan(numbers)):
        listed[at] = None
    return listed


def _mark_ids(connection: Connection, facts: pd.DataFrame, order: np.ndarray) -> list[int | None]:
    """Mark ids in `order`; None for an ordinary number. A blank cell's raw text is the empty text."""
    marked = (facts["raw"].notna() | (facts["status"] != "ok")).to_numpy(dtype=bool)
    pairs = facts.loc[marked, ["raw", "status"]].astype(object)
    pairs["raw"] = pairs["raw"].where(pairs["raw"].notna(), "")
    held = _interned(connection, mark, pairs.drop_duplicates())
    ids = np.full(len(facts), None, dtype=object)
    ids[marked] = [held[pair] for pair in pairs.itertuples(index=False, name=None)]
    return list(ids[order])


def _insert_rows(connection: Connection, facts: pd.DataFrame, source_file_id: int) -> None:
    firsts = facts[["urn", "row"]].sort_values(["urn", "row"]).drop_duplicates("urn")
    rows = [(source_file_id, urn, row) for urn, row in zip(firsts["urn"].tolist(), firsts["row"].tolist(), strict=True)]
    dialect.bulk_insert(connection, source_row, ("source_file_id", "school_id", "row"), rows)
