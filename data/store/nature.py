"""Whether rows are the fictional sample region's or real schools'. They never share a store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pandas as pd
from sqlalchemy import Engine, insert, select
from sqlalchemy.engine import Connection

from data.catalogue import SourceFormatError, StoreError
from data.store.engine import Kind
from data.store.remembered import until_written
from data.store.schema import store_nature

Nature = Literal["sample", "real"]
SAMPLE_URNS = (900_001, 999_999)
SAMPLE_LAS = (991, 996)
WORDS: Mapping[str, str] = {"sample": "the fictional sample region", "real": "real schools"}

REMEDY: Mapping[tuple[Kind, Nature], str] = {
    ("sample", "real"): "Real files go to your own store: Use our own schools, or --store own.",
    ("own", "sample"): "The sample's files go to the sample's store: --store sample.",
    ("own", "real"): "Your own store was filled with the sample: choose another ALONGSIDE_HOME for real files.",
}


class MixedNature(StoreError):
    """Sample and real schools would meet in one store."""


def nature_of(tables: Mapping[str, pd.DataFrame]) -> Nature | None:
    """The nature of an extract's rows by URN and LA code; None where no row names a school (boundaries, deprivation).

    Raises SourceFormatError where fictional and real schools stand in one file.
    """
    found: set[Nature] = set()
    for frame in tables.values():
        if "urn" in frame.columns:
            found |= _natures(frame["urn"], SAMPLE_URNS)
    if "school" in tables and "la_code" in tables["school"].columns:
        school = tables[
            "school"
        ]  # a copy of the region in a national sample has authorities of its own, never a real school
        real = ~pd.to_numeric(school["urn"]).between(*SAMPLE_URNS)
        if (real & pd.to_numeric(school["la_code"]).between(*SAMPLE_LAS)).any():
            found |= {"sample", "real"}
    if len(found) > 1:
        raise SourceFormatError(
            "the file mixes schools of the fictional sample region (URN 900001 and above, LA 991 to 996) with real ones",
            remedy="Import the sample's files and real files separately.",
        )
    return next(iter(found), None)


def _natures(values: pd.Series, bounds: tuple[int, int]) -> set[Nature]:
    numbers = pd.to_numeric(values.dropna())
    if numbers.empty:
        return set()
    inside = numbers.between(*bounds)
    named: dict[bool, Nature] = {True: "sample", False: "real"}
    return {named[bool(value)] for value in inside.unique()}


def stored_nature(store: Engine | Connection) -> Nature | None:
    """What the store holds, fixed by the first load that names a school; None before."""
    if isinstance(store, Engine):
        return until_written(store, "nature", lambda: _read_nature(store))
    found = store.execute(select(store_nature.c.nature)).scalar()
    return found if found is None else ("sample" if found == "sample" else "real")


def _read_nature(store: Engine) -> Nature | None:
    with store.connect() as connection:
        return stored_nature(connection)


def agree(connection: Connection, found: Nature | None, *, kind: Kind) -> None:
    """Fix the store's nature on its first load; raise MixedNature where rows of the other nature would come in.

    The sample's own place takes nothing but the sample region, also when it is empty.
    """
    if found is None:
        return
    held: Nature | None = "sample" if kind == "sample" else stored_nature(connection)
    if held is not None and held != found:
        raise MixedNature(
            f"this store holds {WORDS[held]} and the file holds {WORDS[found]}; they are never mixed",
            remedy=REMEDY[kind, found],
        )
    if stored_nature(connection) is None:
        connection.execute(insert(store_nature).values(nature=found))
