"""Snapshots: the newest date holds whatever the order of loading; what a newer file is silent on is kept where it should be."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Engine, select

from data.access.scope import everything
from data.catalogue import SourceFormatError
from data.intake.partnerships import save_partnership
from data.store import own, read
from data.store.engine import StorePlace
from data.store.schema import group, source_file
from tests.store.conftest import Writer, register, snapshot

OLD, NEW = date(2024, 9, 1), date(2025, 9, 1)


def inspections(as_at: date, grades: dict[int, int], event: str = "graded") -> object:
    frame = pd.DataFrame(
        {"urn": list(grades), "event": event, "overall": list(grades.values()), "row": range(2, 2 + len(grades))}
    )
    return snapshot("ofsted_mi", as_at, {"inspection": frame})


def groups(source: str, as_at: date, named: dict[str, str], members: dict[str, list[int]], **more: object) -> object:
    listed = pd.DataFrame({"uid": list(named), "name": list(named.values()), "kind": "mat", **more})
    pairs = [(uid, urn) for uid, urns in members.items() for urn in urns]
    return snapshot(source, as_at, {"group": listed, "membership": pd.DataFrame(pairs, columns=["uid", "urn"])})


@pytest.mark.parametrize("order", [(OLD, NEW), (NEW, OLD)])
def test_the_newest_register_holds_and_gone_schools_stay(
    store: Engine, write: Writer, order: tuple[date, date]
) -> None:
    names = {OLD: {100001: "Oak", 100002: "Ash"}, NEW: {100001: "Oak Academy", 100003: "Elm"}}
    for as_at in order:
        write(register(names[as_at], as_at))
    found = read.schools(store)
    assert found[["urn", "name"]].values.tolist() == [[100001, "Oak Academy"], [100002, "Ash"], [100003, "Elm"]]
    assert found["as_at"].dt.date.tolist() == [NEW, OLD, NEW]


def test_an_older_register_is_said_to_be_older(write: Writer) -> None:
    write(register({100001: "Oak"}, NEW))
    loaded = write(register({100001: "Oak, as it was"}, OLD))
    assert loaded.notes == (
        "This file is as at 01 September 2024; the store already has a newer one, as at 01 September 2025, which stays.",
    )


@pytest.mark.parametrize("order", [(OLD, NEW), (NEW, OLD)])
def test_the_newest_inspection_of_each_school_and_event_holds(
    store: Engine, write: Writer, order: tuple[date, date]
) -> None:
    files = {OLD: inspections(OLD, {100001: 3, 100002: 2}), NEW: inspections(NEW, {100001: 1})}
    for as_at in order:
        write(files[as_at])  # type: ignore[arg-type]
    found = read.inputs(store).inspection
    assert found[["urn", "overall"]].values.tolist() == [[100001, 1], [100002, 2]]


def test_links_are_replaced_by_the_newest_and_not_by_an_older(store: Engine, write: Writer) -> None:
    def links(as_at: date, other: int) -> object:
        frame = pd.DataFrame({"urn": [100001], "link_urn": [other], "link_type": ["Predecessor"]})
        return snapshot("links", as_at, {"link": frame})

    write(links(NEW, 100005))  # type: ignore[arg-type]
    write(links(OLD, 100004))  # type: ignore[arg-type]
    assert read.inputs(store).link["link_urn"].tolist() == [100005]
    write(links(date(2026, 1, 1), 100006))  # type: ignore[arg-type]
    assert read.inputs(store).link["link_urn"].tolist() == [100006]
    with store.connect() as connection:
        assert connection.execute(select(source_file.c.state)).scalars().all() == ["superseded", "superseded", "live"]


def test_deprivation_of_another_vintage_stands_beside(store: Engine, write: Writer) -> None:
    for vintage in (2019, 2025):
        frame = pd.DataFrame({"lsoa": ["E01000001"], "vintage": [vintage], "idaci_score": [vintage / 10_000]})
        write(snapshot("idaci", None, {"deprivation": frame}))
    assert read.inputs(store).deprivation[["vintage", "idaci_score"]].values.tolist() == [
        [2019, 0.2019],
        [2025, 0.2025],
    ]


def test_the_groups_file_keeps_what_the_register_does_not_say(store: Engine, write: Writer) -> None:
    write(register({100001: "Oak"}, OLD))
    opened = pd.Series(pd.to_datetime(["2012-01-01"]))
    write(groups("groups", OLD, {"2044": "Vale Trust"}, {}, open_date=opened))  # type: ignore[arg-type]
    write(groups("gias", NEW, {"2044": "Vale Learning Trust"}, {"2044": [100001]}))  # type: ignore[arg-type]
    found = read.inputs(store).group
    assert found[["uid", "name"]].values.tolist() == [["2044", "Vale Learning Trust"]]
    assert found["open_date"].dt.date.tolist() == [date(2012, 1, 1)]


def test_a_school_is_in_the_trust_that_the_newer_file_names(store: Engine, write: Writer) -> None:
    write(register({100001: "Oak", 100002: "Ash"}, OLD, trust_uid=[2044, 2044]))
    write(groups("gias_groups", OLD, {"2044": "Vale", "3055": "Hill"}, {"2044": [100001, 100002]}))  # type: ignore[arg-type]
    write(groups("group_links", NEW, {"2044": "Vale", "3055": "Hill"}, {"3055": [100002]}))  # type: ignore[arg-type]
    found = read.inputs(store).membership
    assert found[["uid", "urn"]].values.tolist() == [["2044", 100001], ["3055", 100002]]


def test_authorities_are_partnerships_of_their_open_schools(store: Engine, write: Writer) -> None:
    extract = register({100001: "Oak", 100002: "Ash"}, OLD, la_code=[850, 850], la_name="Hampshire")
    extract.tables["school"].loc[1, "status"] = "closed"
    write(extract)
    found = read.inputs(store)
    assert found.group[["uid", "name", "kind"]].values.tolist() == [["LA850", "Hampshire", "la"]]
    assert found.membership[["uid", "urn"]].values.tolist() == [["LA850", 100001]]
    assert read.members(store, "LA850") == frozenset({100001})


def test_a_duplicate_urn_in_a_register_is_refused(write: Writer) -> None:
    extract = register({100001: "Oak"}, OLD)
    twice = pd.concat([extract.tables["school"]] * 2, ignore_index=True)
    with pytest.raises(SourceFormatError, match="URN 100001 stands twice"):
        write(snapshot("gias", OLD, {"school": twice}))


def test_own_partnerships_are_private_and_survive_a_register(store: Engine, write: Writer, where: StorePlace) -> None:
    write(register({100001: "Oak", 100002: "Ash"}, OLD))
    uid = save_partnership(everything(), where, "  Our  schools ", [100002, 100001])
    assert uid.startswith(own.PREFIX)
    assert save_partnership(everything(), where, "our schools", [100002]) == uid
    write(register({100001: "Oak"}, NEW))
    listed, members = read.own_partnerships(store)
    assert listed[["uid", "name"]].values.tolist() == [[uid, "our schools"]]
    assert members["urn"].tolist() == [100002]
    assert uid not in read.inputs(store).group["uid"].tolist()
    with store.connect() as connection:
        assert connection.execute(select(group.c.source_file_id)).scalars().all() == [None]
