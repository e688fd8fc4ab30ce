"""What the store holds, as frames: sorted, typed and deterministic. Live rows of published files only.

The user's own partnerships and own figures are private: they are read by functions of their own, and neither
their rows nor their files are ever in `inputs`. Corrections are no secret: they are applied, and listed beside the facts.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Column, Engine, Select, Table, and_, select
from sqlalchemy.engine import Connection

from data.catalogue import MEASURES, StoreError
from data.catalogue.vocabulary import RELEASES
from data.store import corrections, dialect, rows
from data.store.remembered import until_written
from data.store.schema import (
    boundary,
    deprivation,
    group,
    group_figure,
    inspection,
    link,
    mark,
    measure,
    measurement,
    membership,
    reject,
    school,
    series,
    source_file,
)

TRUSTS = ("mat", "sat")
OPEN = ("open", "open_proposed_to_close")
PRIVATE = ("own_figures",)  # sources of files that no publication rests on
MEASUREMENT = (
    "urn",
    "measure",
    "time_period",
    "release",
    "value",
    "status",
    "numerator",
    "denominator",
    "source_file_id",
)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a publication is made from. Columns as in the schema; integers Int64, dates datetime64, text str.

    `measurement` has one row per school, measure, period and release: urn, time_period and source_file_id int64, value,
    numerator and denominator float64 (NaN = missing), measure category, release and status str. Several releases of
    one measure and period stand beside each other. `group` and `membership` include authorities (`LA850`).
    `correction` is as `corrections.listing` gives it; `measurement` has them applied.
    """

    school: pd.DataFrame
    link: pd.DataFrame
    group: pd.DataFrame
    membership: pd.DataFrame
    group_figure: pd.DataFrame
    measurement: pd.DataFrame
    inspection: pd.DataFrame
    deprivation: pd.DataFrame
    boundary: pd.DataFrame
    source_file: pd.DataFrame
    correction: pd.DataFrame


def inputs(engine: Engine) -> Inputs:
    """All published, live data of the store, in one consistent read."""
    with engine.connect() as connection:
        schools = _table(connection, school, "urn")
        groups, members = _partnerships(connection, schools)
        return Inputs(
            school=schools,
            link=_table(connection, link, "urn", "link_urn", "link_type", "established").drop(columns="source_file_id"),
            group=groups,
            membership=members,
            group_figure=_table(connection, group_figure, "uid", "measure", "time_period", "release", "source"),
            measurement=corrections.applied(connection, _measurements(connection)),
            inspection=_table(connection, inspection, "urn", "event", "start_date", "number").drop(
                columns="inspection_id"
            ),
            deprivation=_table(connection, deprivation, "lsoa", "vintage").drop(columns="source_file_id"),
            boundary=_table(connection, boundary, "kind", "code").drop(columns="source_file_id"),
            source_file=_published(_files(connection)),
            correction=corrections.held(connection),
        )


def source_files(engine: Engine) -> pd.DataFrame:
    """Live source files by source, period and date, with their counts and report; the private ones too."""

    def found() -> pd.DataFrame:
        with engine.connect() as connection:
            return _files(connection)

    return until_written(engine, "source files", found).copy(deep=False)


def published_files(engine: Engine) -> pd.DataFrame:
    """Of these, the files that a publication rests on: they decide its identity."""
    return _published(source_files(engine))


def history(engine: Engine) -> pd.DataFrame:
    """Every source file ever taken in, newest first, whatever became of it: live, superseded or undone."""

    def found() -> pd.DataFrame:
        with engine.connect() as connection:
            return _select(connection, select(source_file).order_by(source_file.c.source_file_id.desc()), source_file)

    return until_written(engine, "history", found).copy(deep=False)


def rejects(engine: Engine, source_file_id: int) -> pd.DataFrame:
    """The rejected rows of one file: row, urn, column, raw, reason."""
    query = select(reject).where(reject.c.source_file_id == source_file_id)
    with engine.connect() as connection:
        query = query.order_by(*dialect.ascending(connection, reject.c.row, reject.c.column))
        return rows.frame(connection, query, reject).drop(columns="source_file_id")


def schools(engine: Engine, urns: Collection[int] | None = None) -> pd.DataFrame:
    """The register as it stands: every school, open or closed, by URN; or those of `urns` that it has."""
    if urns is None:
        with engine.connect() as connection:
            return _table(connection, school, "urn")
    wanted = tuple(sorted({int(urn) for urn in urns}))
    return until_written(engine, ("schools", wanted), lambda: _of(engine, wanted)).copy(deep=False)


def _of(engine: Engine, urns: tuple[int, ...]) -> pd.DataFrame:
    with engine.connect() as connection:
        asked = select(school).where(school.c.urn.in_(urns))
        return _select(connection, asked.order_by(*dialect.ascending(connection, school.c.urn)), school)


def own_partnerships(engine: Engine) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The user's own partnerships and their schools, private: (groups: uid, name, kind, ...; memberships: uid, urn, joined)."""
    groups, members = until_written(engine, "own partnerships", lambda: _own_partnerships(engine))
    return groups.copy(deep=False), members.copy(deep=False)


def _own_partnerships(engine: Engine) -> tuple[pd.DataFrame, pd.DataFrame]:
    with engine.connect() as connection:
        own = select(*_told(group)).where(group.c.kind == "own").order_by(*dialect.ascending(connection, group.c.uid))
        groups = _select(connection, own, group)
        if groups.empty:
            return groups, rows.none(membership).drop(columns="source_file_id")
        theirs = select(*_told(membership)).where(membership.c.uid.in_(groups["uid"].tolist()))
        order = dialect.ascending(connection, membership.c.uid, membership.c.urn)
        return groups, _select(connection, theirs.order_by(*order), membership)


def _told(table: Table) -> list[Column[Any]]:
    return [column for column in table.c if column.name != "source_file_id"]


def _select(connection: Connection, query: Select[Any], table: Table) -> pd.DataFrame:
    return rows.frame(connection, query, table)


def _table(connection: Connection, table: Table, *order: str) -> pd.DataFrame:
    by = dialect.ascending(connection, *(table.c[name] for name in order))
    return _select(connection, select(table).order_by(*by), table)


def _files(connection: Connection) -> pd.DataFrame:
    order = (source_file.c.source, source_file.c.time_period, source_file.c.as_at, source_file.c.source_file_id)
    live = select(source_file).where(source_file.c.state == "live").order_by(*dialect.ascending(connection, *order))
    return _select(connection, live, source_file)


def _published(files: pd.DataFrame) -> pd.DataFrame:
    return files[~files["source"].isin(PRIVATE)].reset_index(drop=True)


def _partnerships(connection: Connection, schools: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    groups = _select(connection, select(group).where(group.c.kind != "own"), group).drop(columns="source_file_id")
    members = current(_memberships(connection), schools)
    here = schools[schools["status"].isin(OPEN) & schools["la_code"].notna()]
    uids = "LA" + here["la_code"].astype("int64").astype("str").str.zfill(3)
    las = here.assign(uid=uids).sort_values(["uid", "urn"]).drop_duplicates("uid")
    named = pd.DataFrame({"uid": las["uid"], "name": las["la_name"].fillna(las["uid"]), "kind": "la", "status": "open"})
    joined = pd.DataFrame({"uid": uids, "urn": here["urn"]})
    groups = pd.concat([groups, _as(named, groups)]).sort_values("uid").reset_index(drop=True)
    members = pd.concat([members, _as(joined, members)]).sort_values(["uid", "urn"]).reset_index(drop=True)
    return groups, members


def _memberships(connection: Connection) -> pd.DataFrame:
    """Published memberships with the group's kind and the date of the file they rest on."""
    query = (
        select(membership.c.uid, membership.c.urn, membership.c.joined, group.c.kind, source_file.c.as_at)
        .join(group, group.c.uid == membership.c.uid)
        .join(source_file, source_file.c.source_file_id == membership.c.source_file_id)
        .order_by(*dialect.ascending(connection, membership.c.urn, membership.c.uid))
    )
    read = rows.frame(connection, query)
    return read.astype(
        {"uid": "str", "urn": "int64", "joined": "datetime64[us]", "kind": "str", "as_at": "datetime64[us]"}
    )


def current(members: pd.DataFrame, schools: pd.DataFrame) -> pd.DataFrame:
    """Memberships as of the newest file. A school is in one trust at a time: of two, that of the older file is past.

    So is a trust that an older file names where a newer register names another or none.
    """
    trust = members["kind"].isin(TRUSTS)
    register = schools.set_index("urn")[["trust_uid", "as_at"]].reindex(members["urn"])
    stated = register["trust_uid"].astype("str").to_numpy()
    newer_register = (register["as_at"].to_numpy() > members["as_at"].to_numpy()) & (
        stated != members["uid"].to_numpy()
    )
    kept = members[~(trust & newer_register)]
    latest = kept[kept["kind"].isin(TRUSTS)].sort_values(["urn", "as_at", "joined", "uid"], na_position="first")
    past = latest[latest.duplicated("urn", keep="last")].index
    return pd.DataFrame(kept.loc[~kept.index.isin(past), ["uid", "urn", "joined"]])


def _as(new: pd.DataFrame, like: pd.DataFrame) -> pd.DataFrame:
    return new.reindex(columns=like.columns).astype(like.dtypes.to_dict())


def own_source(key: str, source: str) -> bool:
    """Whether a source is the one that the catalogue names for a measure, and not one that has it as well."""
    return key in MEASURES and MEASURES[key].source == source


def _measurements(connection: Connection) -> pd.DataFrame:
    """Live facts. Where several live files give one measure, period and release, one wins school by school: a file of the
    measure's own source before one that has it as well, then the newer.
    """
    live = (
        select(
            series.c.series_id, measure.c.key, series.c.time_period, series.c.release, series.c.source_file_id,
            source_file.c.source,
        )
        .join(measure, measure.c.measure_id == series.c.measure_id)
        .join(source_file, source_file.c.source_file_id == series.c.source_file_id)
    )  # fmt: skip
    listed = pd.DataFrame(
        connection.execute(live.where(series.c.state == "live")).all(),
        columns=["series_id", "measure", "time_period", "release", "source_file_id", "source"],
    )
    firmness = {release: number for number, release in enumerate(RELEASES)}
    own = [own_source(key, source) for key, source in zip(listed["measure"], listed["source"], strict=True)]
    listed = listed.assign(firmness=listed["release"].map(firmness), own=np.array(own, dtype=bool))
    listed = listed.sort_values(
        ["measure", "time_period", "firmness", "own", "source_file_id", "series_id"], ignore_index=True
    )
    facts = _facts(connection, listed["series_id"].to_numpy(dtype="int64"))
    if facts.empty:
        return _shaped(facts, listed.iloc[:0], pd.Series(dtype="str"))
    key = ["measure", "time_period", "release"]
    listed = listed.assign(fact=listed.groupby(key, sort=False).ngroup())
    place = facts["place"].to_numpy()
    facts = facts.assign(fact=listed["fact"].to_numpy()[place])
    shared = listed[listed.duplicated(key, keep=False)]["fact"].unique()
    if len(shared):
        several = facts["fact"].isin(shared)
        loser = (
            facts[several].sort_values(["fact", "urn", "place"], kind="stable").duplicated(["fact", "urn"], keep="last")
        )
        facts = facts.drop(index=loser[loser].index)
    facts = facts.sort_values(["fact", "urn"], kind="stable", ignore_index=True)
    statuses = pd.Series({row.mark_id: row.status for row in connection.execute(select(mark))} | {0: "ok"})
    return _shaped(facts, listed.iloc[facts["place"].to_numpy()], facts["mark_id"].map(statuses))


def _shaped(facts: pd.DataFrame, listed: pd.DataFrame, status: pd.Series) -> pd.DataFrame:
    shaped = pd.DataFrame(
        {
            "urn": facts["urn"].to_numpy(dtype="int64"),
            "measure": pd.Categorical(listed["measure"], categories=sorted(listed["measure"].unique())),
            "time_period": listed["time_period"].to_numpy(dtype="int64"),
            "release": listed["release"].astype("str").to_numpy(),
            "value": facts["value"].to_numpy(dtype="float64"),
            "status": status.astype("str").to_numpy(),
            "numerator": facts["numerator"].to_numpy(dtype="float64"),
            "denominator": facts["denominator"].to_numpy(dtype="float64"),
            "source_file_id": listed["source_file_id"].to_numpy(dtype="int64"),
        },
        columns=list(MEASUREMENT),
    )
    return shaped.astype({"release": "str", "status": "str"})


def _facts(connection: Connection, ids: np.ndarray) -> pd.DataFrame:
    """Facts of the series `ids`; `place` is the series' position in `ids`, `mark_id` 0 for an ordinary number."""
    m = measurement.c
    query = (
        select(m.series_id, m.school_id, m.value, m.mark_id, m.numerator, m.denominator)
        .join(series, and_(series.c.series_id == m.series_id, series.c.state == "live"))
    )  # fmt: skip
    none: np.ndarray = np.empty((0, 6), dtype="float64")
    blocks = [np.array(block, dtype="float64") for block in dialect.stream(connection, query)]  # None becomes NaN
    series_id, urn, value, mark_id, numerator, denominator = np.concatenate([none, *blocks]).T
    place = np.zeros(ids.max(initial=0) + 1, dtype="int64")
    place[ids] = np.arange(len(ids))
    return pd.DataFrame(
        {
            "urn": urn.astype("int64"),
            "value": value,
            "mark_id": np.nan_to_num(mark_id, nan=0).astype("int64"),
            "numerator": numerator,
            "denominator": denominator,
            "place": place[series_id.astype("int64")],
        }
    )


def members(engine: Engine, uid: str) -> frozenset[int]:
    """URNs of a partnership: a group, an authority (`LA850`) or the user's own. Raises StoreError for an unknown uid."""
    with engine.connect() as connection:
        groups, listed = _partnerships(connection, _table(connection, school, "urn"))
    own_groups, own_listed = own_partnerships(engine)
    found = pd.concat([listed[["uid", "urn"]], own_listed[["uid", "urn"]]])
    if uid not in {*groups["uid"], *own_groups["uid"]}:
        raise StoreError(
            f"no partnership has the number {uid}",
            remedy="Give a group's UID as in the register, LA and its code for an authority (LA850), or own-...",
        )
    return frozenset(int(urn) for urn in found.loc[found["uid"] == uid, "urn"])
