"""Published figures of two publications beside each other: which are new, which differ, which are gone.

Compares what was published (value, status, pupils, release), never what was worked out from it: an expectation that moves with
other schools' figures is no change of a school's own. Works on whole columns, for a nation has 700,000 figures.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analytics.since.change import Change, Figure, File, Kind
from data.catalogue import MEASURES
from data.catalogue.vocabulary import RELEASES

KEY = ["urn", "measure", "time_period"]
PART = ["told", "kind", "urn", "time_period", "file"]  # what one change gathers
FIGURE = ["value", "status", "pupils"]  # it differs where one of these does
SHOWN = [*FIGURE, "release"]
SAID = [*SHOWN, "source_file_id"]
OF_DOMAIN: dict[str, Kind] = {"finance": "money", "workforce": "people"}
MONEY = {"income": "finance_income", "balance": "finance_in_year_balance", "reserve": "finance_revenue_reserve"}
INTAKE = {
    "pupils": "census_pupils", "fsm6_pct": "census_fsm6_pct", "eal_pct": "census_eal_pct", "ehcp_pct": "census_ehcp_pct",
    "sen_support_pct": "census_sen_support_pct",
}  # fmt: skip


def kind_of(measure: str) -> Kind:
    """The kind of change that a figure of the measure is; results where the catalogue does not know it any more."""
    known = MEASURES.get(measure)
    if known is None:
        return "results"
    if known.source == "census":
        return "intake"  # other figures of pupils come with results, and are told with them
    return OF_DOMAIN.get(known.domain, "attendance" if known.area == "attendance" else "results")


def compared(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """One row per figure that is new, gone, or not what it was; nothing for those that stayed as they were.

    `before`, `now`: YearValue columns. Columns KEY, SAID once with `_was`, and `what`: new | gone | differs | firmer (the
    same figure in another release). A figure is the same where value, status and pupils are.
    """
    before, now = before[KEY + SAID], now[KEY + SAID]
    before, now = _without_those_that_stayed(before, now)
    both = before.merge(now, on=KEY, how="outer", suffixes=("_was", ""), indicator=True, validate="one_to_one")
    old = both[[f"{name}_was" for name in SAID]].set_axis(SAID, axis=1)
    differs, other = ~_alike(old[FIGURE], both[FIGURE]), ~_alike(old[["release"]], both[["release"]])
    what = np.select(
        [both["_merge"].eq("right_only"), both["_merge"].eq("left_only"), differs, other],
        ["new", "gone", "differs", "firmer"], "same",
    )  # fmt: skip
    return both.assign(what=what).drop(columns="_merge")[what != "same"].reset_index(drop=True)


def _without_those_that_stayed(before: pd.DataFrame, now: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both without the figures in which nothing differs, so that few need be joined. Most stand in the same place of both."""
    left, new_left = np.arange(len(before)), np.arange(len(now))
    if len(before) == len(now):
        left = new_left = np.flatnonzero(~_alike(before[KEY + SHOWN], now[KEY + SHOWN]))
    if len(left) and len(new_left):
        keys, new_keys = _keys(before[KEY].iloc[left], now[KEY].iloc[new_left])
        order = np.argsort(new_keys, kind="stable")
        place = order[np.minimum(np.searchsorted(new_keys, keys, sorter=order), len(new_keys) - 1)]
        stayed = (new_keys[place] == keys) & _alike(before[SHOWN].iloc[left], now[SHOWN].iloc[new_left[place]])
        left, new_left = left[~stayed], np.delete(new_left, place[stayed])
    return before.iloc[left], now.iloc[new_left]


def _keys(before: pd.DataFrame, now: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """KEY of each figure as one whole number."""
    codes = [pd.factorize(table["measure"]) for table in (before, now)]
    measures = pd.Index(sorted({str(measure) for _, uniques in codes for measure in uniques}))
    one, two = (
        (table["urn"].to_numpy("int64") * 10**4 + measures.get_indexer(pd.Index(uniques.astype(str)))[code]) * 10**7
        + table["time_period"].to_numpy("int64")
        for table, (code, uniques) in zip((before, now), codes, strict=True)
    )
    return one, two


def _alike(old: pd.DataFrame, new: pd.DataFrame) -> np.ndarray:
    """Row by row, whether nothing differs. Missing is the same as missing. Columns are compared as they lie, without a join."""
    alike = np.ones(len(old), dtype=bool)
    for name in old.columns:
        was, became = old[name].array, new[name].array
        same = pd.array(was == became, dtype="boolean").to_numpy(bool, na_value=False)
        alike &= same | np.asarray(pd.isna(was) & pd.isna(became))
    return alike


def of_money(finance: pd.DataFrame) -> pd.DataFrame:
    """The yearly accounts as figures: income, balance and reserve, a blank one left out."""
    return _long(finance.assign(release="final"), MONEY)


def of_intake(schools: pd.DataFrame) -> pd.DataFrame:
    """The census behind each school's circumstances as figures of its year; schools without a census left out."""
    there = schools[schools["context_year"].notna()]
    return _long(there.assign(time_period=there["context_year"].astype("int64"), release="final"), INTAKE)


def _long(table: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    long = table.melt(["urn", "time_period", "release"], list(columns), "measure", "value").dropna(subset="value")
    return long.assign(
        measure=long["measure"].map(columns), status="ok", pupils=np.nan, source_file_id=0
    )  # fmt: skip


def changes_of(
    apart: pd.DataFrame, last: dict[str, int], files: dict[int, File], known: frozenset[int], corrected: pd.DataFrame
) -> list[Change]:
    """The changes behind `compared`, gathered by school, year, kind and file.

    `last`: the latest year that a measure had before; `known`: files that were there before; `corrected`: KEY columns of
    figures that a new correction changed, which are told as corrections.
    """
    fixed = pd.MultiIndex.from_frame(apart[KEY]).isin(pd.MultiIndex.from_frame(corrected[KEY]))
    rows = apart[~(fixed & apart["what"].isin(["differs", "firmer"]).to_numpy())]
    if rows.empty:
        return []
    file = rows["source_file_id"].where(rows["what"] != "gone", rows["source_file_id_was"]).fillna(0).astype("int64")
    rows = rows.assign(kind=rows["measure"].map({one: kind_of(one) for one in rows["measure"].unique()}), file=file)
    rows = rows.assign(told=_told(rows, last, known))
    differs = rows["what"].eq("differs")
    parts = rows.assign(plain=~differs).groupby(PART, sort=True, observed=True)
    table = parts.agg({"plain": "sum", "release_was": "first", "release": "first"}).reset_index()
    figures = _figures(rows[differs].sort_values(["urn", "time_period", "measure"]))
    return [_change(row, figures, files) for row in table.itertuples(index=False, name=None)]


def _told(rows: pd.DataFrame, last: dict[str, int], known: frozenset[int]) -> np.ndarray:
    """What is told of each row; where a release took the place of another, its differing figures are told with it."""
    newest = rows["measure"].map(last)
    was, now = (rows[name].map({one: at for at, one in enumerate(RELEASES)}) for name in ("release_was", "release"))
    new = rows["what"].eq("new")
    return np.select(
        [new & rows["file"].isin(known), new & ~(rows["time_period"] <= newest), new, rows["what"].eq("gone"), now > was],
        ["read", "new", "earlier", "gone", "firmer"], "reissued",
    )  # fmt: skip


def _figures(differs: pd.DataFrame) -> dict[tuple[Any, ...], list[Figure]]:
    """What each figure was and is, by PART."""
    found: dict[tuple[Any, ...], list[Figure]] = {}
    columns = ("measure", "value_was", "status_was", "value", "status", "pupils_was", "pupils")
    keys = zip(*(differs[name].tolist() for name in PART), strict=True)
    rows = zip(*(differs[name].tolist() for name in columns), strict=True)
    for key, (measure, was, was_status, now, status, pupils_was, pupils) in zip(keys, rows, strict=True):
        hidden = status == "suppressed"  # the publisher took it back: what it was is not told on
        earlier = (None, None) if hidden else (_number(was), _number(pupils_was))
        one = Figure(measure, earlier[0], was_status, _number(now), status, earlier[1], _number(pupils))
        found.setdefault(key, []).append(one)
    return found


def _change(row: tuple[Any, ...], figures: dict[tuple[Any, ...], list[Figure]], files: dict[int, File]) -> Change:
    """`row`: PART, then how many figures hold nothing that differs, then the releases."""
    what, kind, urn, period, file, plain, was, now = row
    releases = (str(was), str(now)) if what == "firmer" else ("", "")
    return Change(
        kind, what, int(urn), time_period=int(period), was=releases[0], now=releases[1],
        figures=tuple(figures.get(row[:5], ())), number=int(plain), file=files.get(file),
    )  # fmt: skip


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(value)
