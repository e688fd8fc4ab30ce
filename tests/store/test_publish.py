"""Publications: what is written is what is read, byte for byte; the two newest keep their tables."""

from __future__ import annotations

import pandas as pd
import pytest
from sqlalchemy import Engine, select

from data.catalogue import StoreError
from data.store import publish
from data.store.schema import published


def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "urn": [100001, 100002],
            "value": [1 / 3, None],
            "tier": ["met", None],
            "count": pd.array([1, None], dtype="Int64"),
            "sure": pd.array([True, None], dtype="boolean"),
            "day": pd.to_datetime(["2024-09-01", None]),
            "kind": pd.Categorical(["a", "b"]),
        }
    )


def write(store: Engine, number: int, **tables: pd.DataFrame) -> None:
    publish.write(store, f"{number:012x}", f"2026-01-0{number}T00:00:00", {"seed": number}, tables or {"need": table()})


def test_a_table_comes_back_as_it_was_written(store: Engine) -> None:
    write(store, 1)
    pd.testing.assert_frame_equal(publish.read_table(store, f"{1:012x}", "need"), table())


def test_the_same_rows_are_the_same_bytes(store: Engine) -> None:
    write(store, 1)
    write(store, 2)
    with store.connect() as connection:
        first, second = connection.execute(select(published.c.payload)).scalars().all()
    assert first == second


def test_the_two_newest_are_kept_whole(store: Engine) -> None:
    for number in (1, 2, 3):
        write(store, number)
    listed = publish.listing(store)
    assert [(info.publication_id[-1], info.whole, info.manifest) for info in listed] == [
        ("3", True, {"seed": 3}),
        ("2", True, {"seed": 2}),
        ("1", False, {"seed": 1}),
    ]
    newest = publish.latest(store)
    assert newest is not None and newest.tables == ("need",)
    with pytest.raises(StoreError, match="no table need"):
        publish.read_table(store, f"{1:012x}", "need")


def test_a_publication_that_is_cited_keeps_its_tables_for_as_long_as_it_is(store: Engine) -> None:
    cited = f"{1:012x}"
    write(store, 1)
    for number in (2, 3, 4):
        publish.write(
            store, f"{number:012x}", f"2026-01-0{number}T00:00:00", {}, {"need": table()}, keep={cited, "no such one"}
        )
    assert [(info.publication_id[-1], info.whole) for info in publish.listing(store)] == [
        ("4", True), ("3", True), ("2", False), ("1", True),
    ]  # fmt: skip
    pd.testing.assert_frame_equal(publish.read_table(store, cited, "need"), table())
    write(store, 5)
    assert [info.publication_id[-1] for info in publish.listing(store) if info.whole] == ["5", "4"]


def test_a_failed_publication_changes_nothing(store: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    write(store, 1)

    def broken(connection: object) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr(publish, "_listing", broken)
    with pytest.raises(RuntimeError):
        write(store, 2)
    monkeypatch.undo()
    assert [info.publication_id[-1] for info in publish.listing(store)] == ["1"]
    pd.testing.assert_frame_equal(publish.read_table(store, f"{1:012x}", "need"), table())


def test_an_empty_store_has_no_publication(store: Engine) -> None:
    assert publish.latest(store) is None
    assert publish.listing(store) == ()
