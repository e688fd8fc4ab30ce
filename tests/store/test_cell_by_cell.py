"""Own figures and corrections are kept cell by cell; a trust's figures are replaced release by release."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Engine, select

from data.formats.extract import Extract
from data.store.schema import correction, group_figure, own_figure, source_file
from tests.store.conftest import Writer, rejects, snapshot


def own(values: dict[int, float], period: int = 202526) -> Extract:
    frame = pd.DataFrame({"urn": list(values), "measure": "own:phonics", "time_period": period})
    frame = frame.assign(label="Phonics", unit="pct", status="ok", value=list(values.values()))
    return snapshot("own_figures", None, {"own_figure": frame})


def corrected(values: dict[int, float]) -> Extract:
    frame = pd.DataFrame({"urn": list(values), "measure": "ks4_attainment8", "time_period": 202425})
    frame = frame.assign(release="final", value=list(values.values()), status="ok", reason="Wrong", link="https://a.b")
    return snapshot("corrections", None, {"correction": frame})


def trust(values: dict[str, float], release: str) -> Extract:
    frame = pd.DataFrame({"uid": list(values), "measure": "ks4_attainment8", "time_period": 202425, "release": release})
    frame = frame.assign(source="ks4_mats", column="ATT8SCR", status="ok", value=list(values.values()))
    return Extract("ks4_mats", release, "england", 202425, None, {"group_figure": frame}, rejects(), (), 1, 1)  # type: ignore[arg-type]


def listed(store: Engine, *columns: object) -> list[tuple[object, ...]]:
    with store.connect() as connection:
        return sorted(tuple(row) for row in connection.execute(select(*columns)))  # type: ignore[call-overload]


def test_a_newer_file_of_own_figures_overrides_its_cells_and_erases_nothing(store: Engine, write: Writer) -> None:
    write(own({100001: 80.0, 100002: 70.0}))
    write(own({100002: 75.0}))
    write(own({100002: 60.0}, 202425))
    c = own_figure.c
    assert listed(store, c.urn, c.time_period, c.value, c.source_file_id) == [
        (100001, 202526, 80.0, 1), (100002, 202425, 60.0, 3), (100002, 202526, 75.0, 2),
    ]  # fmt: skip


def test_a_file_that_only_adds_is_not_said_to_take_anothers_place(write: Writer) -> None:
    write(own({100001: 80.0, 100002: 70.0}))
    assert write(own({100002: 75.0})).changes is None
    write(corrected({100001: 40.0}))
    assert write(corrected({100002: 41.0})).changes is None


def test_a_file_of_which_no_cell_is_left_is_superseded(store: Engine, write: Writer) -> None:
    write(own({100001: 80.0}))
    write(own({100001: 81.0}))
    assert listed(store, source_file.c.source_file_id, source_file.c.state) == [(1, "superseded"), (2, "live")]


def test_a_second_list_of_corrections_adds_to_the_first(store: Engine, write: Writer) -> None:
    write(corrected({100001: 40.0, 100002: 41.0}))
    write(corrected({100002: 42.0}))
    assert listed(store, correction.c.urn, correction.c.value) == [(100001, 40.0), (100002, 42.0)]


def test_a_trusts_figures_are_replaced_within_their_release_only(store: Engine, write: Writer) -> None:
    write(trust({"2044": 40.0, "3055": 50.0}, "provisional"))
    write(trust({"2044": 41.0}, "revised"))
    write(trust({"2044": 42.0}, "provisional"))
    c = group_figure.c
    assert listed(store, c.uid, c.release, c.value) == [("2044", "provisional", 42.0), ("2044", "revised", 41.0)]
