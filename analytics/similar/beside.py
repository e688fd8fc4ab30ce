"""A school's published figures beside those of similar schools: no expectation, no score, no flag.

For what cannot be scored honestly (subjects entered, sixth forms without a start, staff, severe absence) and for schools
that are compared on no results. A figure that is withheld keeps its mark; similar schools without a figure are not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import pandas as pd

FEWEST = 4  # similar schools with a figure of the year; of fewer no middle half is told


@dataclass(frozen=True, slots=True)
class Beside:
    """The newest published figure of one measure, and the middle half of similar schools in that year.

    `value` None: withheld or not published, as `status` says. `low` and `high` None: too few similar schools have one.
    """

    measure: str
    time_period: int
    value: float | None
    status: str
    low: float | None
    high: float | None
    schools: int


def beside(values: pd.DataFrame, urn: int, similar: Collection[int], measures: Sequence[str]) -> tuple[Beside, ...]:
    """One row for each of `measures` that the school stands in, in their order.

    `values`: urn, measure, time_period, value, status, of this school and the similar ones at least.
    """
    wanted = values[values["measure"].isin(list(measures))]
    newest = (
        wanted[wanted["urn"] == urn].sort_values("time_period", kind="stable").drop_duplicates("measure", keep="last")
    )
    others = wanted[wanted["urn"].isin(list(similar)) & (wanted["urn"] != urn) & wanted["value"].notna()]
    found: dict[str, Beside] = {}
    columns = ["measure", "time_period", "value", "status"]
    for measure, period, value, status in newest[columns].itertuples(index=False, name=None):
        there = others.loc[(others["measure"] == measure) & (others["time_period"] == period), "value"]
        enough = len(there) >= FEWEST
        found[str(measure)] = Beside(
            str(measure), int(period), None if pd.isna(value) else float(value), str(status),
            float(there.quantile(0.25)) if enough else None, float(there.quantile(0.75)) if enough else None, len(there),
        )  # fmt: skip
    return tuple(found[name] for name in measures if name in found)


def published(
    read: Callable[..., pd.DataFrame], urn: int, similar: frozenset[int], measures: tuple[str, ...]
) -> tuple[Beside, ...]:
    """As `beside`, of the published tables: results, and what the census says of each school. `read` gives a table's rows of
    some schools.
    """
    every, schools = (read(name, similar | {urn}) for name in ("value", "school"))
    census = census_values(schools)
    values = every.loc[every["measure"].isin(list(measures)), list(census.columns)]
    return beside(pd.concat([values, census], ignore_index=True), urn, similar, measures)


def alike(schools: pd.DataFrame, urn: int) -> frozenset[int]:
    """The other schools of a school's own kind: what it stands beside where too little is published to find similar ones.

    `schools`: the published `school` table. None for a school without a kind.
    """
    kind = schools.set_index("urn")["kind_of_page"]
    mine = str(kind.get(urn, ""))
    return frozenset(int(one) for one in kind.index[kind.eq(mine)] if one != urn) if mine else frozenset()


def standing(row: Beside) -> str:
    """Where the figure lies: "within", "above" or "below" the middle half of similar schools; "" where that is not known."""
    if row.value is None or row.low is None or row.high is None:
        return ""
    return "below" if row.value < row.low else "above" if row.value > row.high else "within"


CENSUS = {"census_ehcp_pct": "ehcp_pct", "census_sen_support_pct": "sen_support_pct"}


def census_values(schools: pd.DataFrame) -> pd.DataFrame:
    """The census figures of the `school` table as rows of `beside`'s `values`, each of its own census."""
    rows = [
        pd.DataFrame(
            {
                "urn": schools["urn"], "measure": measure, "time_period": schools["context_year"],
                "value": schools[column].astype("float64"), "status": "ok",
            }
        )
        for measure, column in CENSUS.items()
    ]  # fmt: skip
    table = pd.concat(rows, ignore_index=True)
    return table[table["time_period"].notna() & table["value"].notna()].astype({"time_period": "int64"})
