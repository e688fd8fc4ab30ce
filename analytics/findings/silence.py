"""Figures that were withheld: counted, and listed where nothing at all is left to say.

A school whose every figure of an area is withheld keeps a row that says so, with the spread of all schools for want of
anything better: not enough data, never a need, a strength or a nought.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analytics import standardise
from analytics.facts.panel import stage_of
from analytics.scores import screening
from data.catalogue import MEASURES

WITHHELD = ("suppressed", "low_coverage", "low_reliability", "not_available")


def withheld(facts: pd.DataFrame, windows: Mapping[tuple[str, int], tuple[int, ...]]) -> pd.DataFrame:
    """Years of each window in which a school stands in the file without a figure.

    Columns urn, measure, time_period (the window's end), years_withheld. A blank counts, for copies of files may have
    lost the mark.
    """
    blank = facts.loc[facts["status"].isin(WITHHELD), ["urn", "measure", "time_period"]]
    blank = blank.assign(measure=blank["measure"].astype(str))
    parts = []
    for (measure, end), window in windows.items():
        mine = blank[(blank["measure"] == measure) & blank["time_period"].isin(window)]
        parts.append(mine.groupby("urn", as_index=False).size().assign(measure=measure, time_period=end))
    if not parts:
        return pd.DataFrame({"urn": [], "measure": [], "time_period": [], "years_withheld": []})
    return pd.concat(parts, ignore_index=True).rename(columns={"size": "years_withheld"}).astype({"urn": "int64"})


def counted(table: pd.DataFrame, missing: pd.DataFrame) -> pd.DataFrame:
    """Scores with `years_withheld`; 0 where every year of the window has a figure."""
    if table.empty:
        return table
    joined = table.merge(missing, on=["urn", "measure", "time_period"], how="left", validate="many_to_one")
    return joined.assign(years_withheld=joined["years_withheld"].fillna(0).astype("int64"))


def silenced(areas: pd.DataFrame, missing: pd.DataFrame, schools: pd.DataFrame) -> pd.DataFrame:
    """Area rows for schools whose every figure of the window is withheld: what is known of all schools, and no more.

    `areas`: area_score with at least one row per area spoken about; `schools`: the panel's.
    """
    kinds = areas[["phase", "area", "measure", "time_period", "first_year", "last_year", "release"]].groupby(
        ["phase", "area", "measure", "time_period"], as_index=False
    ).agg(first_year=("first_year", "max"), last_year=("last_year", "max"), release=("release", "first"))  # fmt: skip
    stage = pd.concat(
        [
            pd.DataFrame({"urn": schools["urn"], "phase": stage_of(schools, MEASURES[name]), "measure": name})
            for name in kinds["measure"].unique()
        ]
    )
    rows = missing.merge(stage[stage["phase"].notna()], on=["urn", "measure"], validate="many_to_one")
    rows = rows.merge(kinds, on=["phase", "measure", "time_period"], validate="many_to_one")
    known = areas.set_index(["urn", "area", "time_period"]).index
    rows = rows[~rows.set_index(["urn", "area", "time_period"]).index.isin(known)]
    p_below, p_above, p_within = (float(p) for p in screening.probabilities(0.0, 1.0))  # type: ignore[arg-type]
    half = 10 * standardise.Z95
    return rows.assign(
        years=0, pupils=0.0, m=0.0, s=1.0, p_below=p_below, p_above=p_above, p_within=p_within, score=50.0, score_low=50 - half,
        score_high=50 + half, tier="not_enough_data", reasons="withheld", severity=0.0, lead=False, own=False, particular="",
        as_predecessor=False,
    )  # fmt: skip
