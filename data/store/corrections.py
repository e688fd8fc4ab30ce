"""Corrections to published figures: entries with a reason and a link, put in the figure's place when facts are read.

The published figure stays in the store as it is. Refuses to correct what was not published: where school, measure, year
and release do not all agree with a figure in use, nothing is changed and the listing says so; nor to give a number to a
figure of one to five pupils.
"""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Engine, select
from sqlalchemy.engine import Connection

from data.catalogue.vocabulary import LEAST_PUPILS
from data.store import dialect, rows
from data.store.remembered import until_written
from data.store.schema import correction, mark, measure, measurement, series, source_file

KEY = ["urn", "measure", "time_period", "release"]
LISTED = [*KEY, "value", "status", "reason", "link", "published", "published_status", "file_name", "received"]


def listing(engine: Engine) -> pd.DataFrame:
    """Every correction in force, by school, measure and year, with the published figure that it takes the place of.

    urn, time_period int64; measure (catalogue key), release, status, reason, link, file_name, received (ISO time) str;
    value float64 (NaN: the published figure should not be used), published float64 and published_status str (NA: no
    such figure is published, so nothing was corrected).
    """
    return until_written(engine, "corrections", lambda: _listing(engine)).copy(deep=False)


def _listing(engine: Engine) -> pd.DataFrame:
    with engine.connect() as connection:
        return held(connection)


def held(connection: Connection) -> pd.DataFrame:
    """`listing` inside a read that has begun."""
    query = (
        select(correction, source_file.c.file_name, source_file.c.received)
        .outerjoin(source_file, source_file.c.source_file_id == correction.c.source_file_id)
        .order_by(*dialect.ascending(connection, *(correction.c[name] for name in KEY)))
    )
    listed = rows.frame(connection, query, correction).astype({"file_name": "str", "received": "str"})
    joined = listed.merge(_published(connection, listed), on=KEY, how="left", validate="one_to_one")
    few = joined["value"].notna() & _of_few(joined["pupils"])
    return joined.assign(value=joined["value"].mask(few), status=joined["status"].mask(few, "suppressed"))[LISTED]


def _of_few(pupils: pd.Series) -> pd.Series:
    """Whether a figure is of one to five pupils: no correction may say what the publisher withholds (METHODS 12.2)."""
    return pupils.gt(0) & pupils.lt(LEAST_PUPILS)


def applied(connection: Connection, facts: pd.DataFrame) -> pd.DataFrame:
    """Facts (one row per `KEY`) with value and status corrected; the counts behind a corrected value are not known."""
    listed = rows.frame(connection, select(correction), correction)
    near = facts.loc[facts["urn"].isin(listed["urn"]), KEY].astype({"measure": "str"}).reset_index()
    found = near.merge(listed[[*KEY, "value", "status"]], on=KEY, validate="one_to_one").set_index("index")
    if found.empty:
        return facts
    found = found[~found["value"].notna() | ~_of_few(facts.loc[found.index, "denominator"])]
    corrected = facts.copy()
    corrected.loc[found.index, ["value", "status"]] = found[["value", "status"]]
    corrected.loc[found.index, "numerator"] = float("nan")
    return corrected


def _published(connection: Connection, listed: pd.DataFrame) -> pd.DataFrame:
    """The figures as published, in use now, of the schools and measures listed; the newest file's where several are."""
    key = {"urn": measurement.c.school_id, "measure": measure.c.key, "time_period": series.c.time_period,
           "release": series.c.release}  # fmt: skip
    query = (
        select(*(column.label(name) for name, column in key.items()), measurement.c.value, measurement.c.denominator, mark.c.status)
        .join(series, series.c.series_id == measurement.c.series_id)
        .join(measure, measure.c.measure_id == series.c.measure_id)
        .outerjoin(mark, mark.c.mark_id == measurement.c.mark_id)
        .where(series.c.state == "live", measurement.c.school_id.in_(listed["urn"].unique().tolist()),
               measure.c.key.in_(listed["measure"].unique().tolist()))
        .order_by(series.c.source_file_id, series.c.series_id)
    )  # fmt: skip
    found = rows.frame(connection, query)
    found["status"] = found["status"].fillna("ok")  # an ordinary number has no mark
    found = found.rename(columns={"value": "published", "status": "published_status", "denominator": "pupils"}).astype(
        {"urn": "int64", "measure": "str", "time_period": "int64", "release": "str", "published": "float64",
         "published_status": "str", "pupils": "float64"}
    )  # fmt: skip
    return found.drop_duplicates(KEY, keep="last")
