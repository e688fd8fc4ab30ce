"""Choices: kept by year, in place of an earlier one, and left alone by what comes and goes."""

from __future__ import annotations

import pandas as pd
import pytest
from sqlalchemy import Engine, text

from data.catalogue import StoreError
from data.store import choices, dialect
from data.store import engine as stores
from data.store.engine import StorePlace
from data.store.schema_private import metadata as private
from data.store.undo import undo
from tests.store.conftest import Writer, facts

READING = "ks2_reading_expected_pct"


def tables(k: int) -> dict[str, pd.DataFrame]:
    kinds = pd.DataFrame({"phase": ["primary"] * 2, "k": [k, 4], "bic": [1 / 3, None], "chosen": [True, False]})
    return {"kinds": kinds, "expectation": pd.DataFrame({"measure": [READING], "gain": [-0.0123]})}


def test_a_choice_comes_back_as_it_was_written(store: Engine) -> None:
    choices.write(store, 202324, "2026-01-01T00:00:00", tables(5))
    found = choices.stored(store, 202324)
    assert found is not None and (found.time_period, found.created) == (202324, "2026-01-01T00:00:00")
    assert list(found.tables) == ["expectation", "kinds"]
    for name, table in tables(5).items():
        pd.testing.assert_frame_equal(found.tables[name], table)


def test_the_newest_that_is_not_after_the_year_is_used(store: Engine) -> None:
    for year, k in ((202223, 6), (202425, 7)):
        choices.write(store, year, "2026-01-01T00:00:00", tables(k))
    found = [choices.stored(store, year) for year in (202122, 202223, 202324, 202425, None)]
    assert [None if one is None else int(one.tables["kinds"]["k"].iloc[0]) for one in found] == [None, 6, 6, 7, None]


def test_a_choice_made_again_takes_the_place_of_the_earlier(store: Engine) -> None:
    choices.write(store, 202324, "2026-01-01T00:00:00", tables(5))
    choices.write(store, 202324, "2026-02-02T00:00:00", {"kinds": tables(8)["kinds"]})
    found = choices.stored(store, 202324)
    assert found is not None and (found.created, list(found.tables)) == ("2026-02-02T00:00:00", ["kinds"])
    assert found.tables["kinds"]["k"].tolist() == [8, 4]


def test_the_newest_year_is_that_of_live_results(store: Engine, write: Writer) -> None:
    assert choices.newest_year(store, [READING]) is None
    write(facts({100001: 50.0}, period=202223))
    newer = write(facts({100001: 50.0}, period=202425))
    write(facts({100001: 50.0}, period=202526, measure="census_fsm6_pct"))
    assert (choices.newest_year(store, [READING]), choices.newest_year(store, [])) == (202425, None)
    undo(store, newer.source_file_id)
    assert choices.newest_year(store, [READING]) == 202223


def test_taking_a_file_back_leaves_the_choice(store: Engine, write: Writer) -> None:
    number = write(facts({100001: 50.0})).source_file_id
    choices.write(store, 202324, "2026-01-01T00:00:00", tables(5))
    undo(store, number)
    found = choices.stored(store, 202324)
    assert found is not None
    pd.testing.assert_frame_equal(found.tables["kinds"], tables(5)["kinds"])


OFFER = (
    "offer_id INTEGER PRIMARY KEY, urn INTEGER, area VARCHAR, kind VARCHAR, days_per_term FLOAT, days_per_slot FLOAT, starts DATE, "
    "ends DATE, state VARCHAR, words VARCHAR, source_file_id INTEGER"
)


def test_a_store_without_the_table_is_brought_up_to_date(where: StorePlace, store: Engine) -> None:
    with store.begin() as connection:
        private.drop_all(connection)
        if connection.dialect.name == "postgresql":
            connection.execute(text("DROP FUNCTION audit_append_only"))
        connection.execute(text("DROP TABLE choice"))
        connection.execute(text(f"CREATE TABLE offer ({OFFER})"))  # as it stood until 0005
        connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    choices.write(stores.engine(where), 202324, "2026-01-01T00:00:00", tables(5))
    assert choices.stored(store, 202324) is not None


def test_a_failed_write_leaves_the_earlier_choice(store: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    choices.write(store, 202324, "2026-01-01T00:00:00", tables(5))

    def broken(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(choices, "insert", broken)
    with pytest.raises(StoreError):
        choices.write(store, 202324, "2026-02-02T00:00:00", tables(8))
    found = choices.stored(store, 202324)
    assert found is not None and found.tables["kinds"]["k"].tolist() == [5, 4]
    with store.connect() as connection:
        assert dialect.revision(connection) == stores.HEAD
