"""The Financial Benchmarking and Insights Tool's own rating of spending beside a set (its code of 2025/26, commit 0ed1c1e).

Its words and colours are shown as its own, in a table, never as ours: spending is no better or worse for being high. The
rating still asks for a withdrawn overall grade of inspection; that too is theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analytics.similar.presets import fbit
from analytics.similar.presets.fbit import AGE, FLOOR, FSM, PUPILS, SEN, Kind
from analytics.standardise import Array, Flags, Index, is_true

RATING, OUTSTANDING = "OfstedRating (name)", "outstanding"
UNIT = "_Per Unit"
MANY_CLOSE = 10  # more members than this close to the school: the "_10" row of a table
# Largest differences that count as close: a share of the larger of the two figures, or so much outright.
CLOSE: Mapping[Kind, tuple[tuple[str, float, float], ...]] = {
    "Pupil": ((PUPILS, 0.25, 0.0), (FSM, 0.05, 0.0), (SEN, 0.1, 0.0)),
    "Building": ((FLOOR, 0.1, 0.0), (AGE, 1e-9, 20.0)),
}
WORDS: Mapping[str, str] = {"r": "red", "a": "amber", "g": "green"}
Key = Literal["other", "other_10", "outstanding", "outstanding_10"]
TWO_SIDED: Mapping[str, str] = {
    "other": "raagggaaar", "other_10": "rragggaarr", "outstanding": "aaagggaaar", "outstanding_10": "aaagggaarr",
}  # fmt: skip
ONE_SIDED: Mapping[str, str] = dict.fromkeys(TWO_SIDED, "gggaaaaarr")
# Its nine categories, the set each is compared in, and one letter a tenth.
CATEGORIES: Mapping[str, tuple[Kind, Mapping[str, str]]] = {
    "Teaching and Teaching support staff": ("Pupil", TWO_SIDED),
    "Non-educational support staff and services": ("Pupil", ONE_SIDED),
    "Educational supplies": ("Pupil", TWO_SIDED),
    "Educational ICT": ("Pupil", TWO_SIDED),
    "Premises staff and services": ("Building", ONE_SIDED),
    "Utilities": ("Building", ONE_SIDED),
    "Administrative supplies": ("Pupil", ONE_SIDED),
    "Catering staff and supplies": ("Pupil", ONE_SIDED),
    "Other costs": ("Pupil", ONE_SIDED),
}
COLUMNS = ("URN", "Category", "SubCategory", "RAG", "Percentile", "Decile", "Median", "DiffMedian", "PercentDiff")


def with_units(sector: pd.DataFrame) -> pd.DataFrame:
    """One sector's unprepared rows with every `..._Per Unit` column: cost / pupils, or / floor area; undefined is 0.

    The basis is the published figure, never the filled one. Columns that the file has are taken as they are.
    """
    added = {}
    for category, (kind, _) in CATEGORIES.items():
        basis = pd.to_numeric(sector[PUPILS if kind == "Pupil" else FLOOR]).astype(float)
        for name in (str(name) for name in sector.columns if str(name).startswith(f"{category}_")):
            unit = name if name.endswith(UNIT) else name + UNIT
            if name == unit or unit not in sector:
                value = sector[name] if name == unit else sector[name] / basis
                added[unit] = value.where(np.isfinite(value), 0.0)
    return sector.assign(**added)


def rag(
    rows: pd.DataFrame, sets: pd.DataFrame, *, urns: Collection[int] | None = None, every: Kind | None = None
) -> pd.DataFrame:  # fmt: skip
    """Ratings of one prepared sector with `with_units` columns beside `sets`: the COLUMNS, by URN, category, column.

    None for part-year schools and for schools without the category's set. `urns`: only these schools'. `every`: the set
    in which every category is compared, whatever the tool says; its colour then means nothing for the others.
    """
    skipped = rows.index[is_true(rows[fbit.PART_YEAR])]
    wanted = sets[~sets["URN"].isin(skipped)]
    wanted = wanted if urns is None else wanted[wanted["URN"].isin(list(urns))]
    beside = {kind: _Beside.of(rows, wanted[wanted["Set"] == kind], kind) for kind in fbit.KINDS}
    parts = list(_parts(rows, beside, every))
    empty = pd.DataFrame({name: [] for name in COLUMNS}).astype({"URN": "int64", "Decile": "int64"})
    table = pd.concat(parts, ignore_index=True) if parts else empty
    return table.sort_values("URN", kind="stable", ignore_index=True)


def _parts(rows: pd.DataFrame, beside: Mapping[Kind, _Beside], every: Kind | None) -> Iterator[pd.DataFrame]:
    for category, (usual, table) in CATEGORIES.items():
        kind = every or usual
        for name in rows.columns:
            if str(name).startswith(f"{category}_") and str(name).endswith(UNIT) and len(beside[kind].target):
                said = {"Category": category, "SubCategory": str(name).split("_")[1]}
                yield _rated(beside[kind], rows[name].to_numpy(float), said, table)


@dataclass(frozen=True, slots=True)
class _Beside:
    """Schools with a set of one kind: positions of each and of its distinct members (itself first), and its table row."""

    urn: Index
    target: Index
    member: Index  # one row a school; where `there` is false, the school's own position
    there: Flags
    key: np.ndarray

    @classmethod
    def of(cls, rows: pd.DataFrame, sets: pd.DataFrame, kind: Kind) -> _Beside:
        once = sets.drop_duplicates(["URN", "ComparatorURN"])  # in the order of the list: the school itself first
        urn, row = np.unique(once["URN"].to_numpy(), return_inverse=True)
        place = once.groupby("URN").cumcount().to_numpy()
        target = rows.index.get_indexer(pd.Index(urn))
        width = int(place.max()) + 1 if len(place) else 1
        member = np.repeat(target[:, None], width, axis=1)
        there = np.zeros(member.shape, dtype=bool)
        member[row, place], there[row, place] = rows.index.get_indexer(pd.Index(once["ComparatorURN"])), True
        many = np.where(_close(rows, kind, target, member, there) > MANY_CLOSE, "_10", "")
        best = rows[RATING].astype("str").str.casefold().eq(OUTSTANDING).to_numpy(bool)[target]
        return cls(urn, target, member, there, np.char.add(np.where(best, OUTSTANDING, "other"), many))


def _close(rows: pd.DataFrame, kind: Kind, target: Index, member: Index, there: Flags) -> Index:
    """Members close to the school in every figure of CLOSE, itself included; a missing figure is not close."""
    close = there.copy()
    for name, share, outright in CLOSE[kind]:
        x = rows[name].to_numpy(float)
        mine, theirs = x[target][:, None], x[member]
        allowed = np.maximum(share * np.maximum(np.abs(mine), np.abs(theirs)), outright)
        close &= np.abs(mine - theirs) <= allowed
    return np.asarray(close.sum(axis=1))


def _rated(beside: _Beside, spent: Array, said: Mapping[str, str], table: Mapping[str, str]) -> pd.DataFrame:
    """One column's ratings: the place among members that spend anything, and the school itself whatever it spends."""
    mine, theirs = spent[beside.target], spent[beside.member]
    counted = beside.there & (theirs > 0)
    counted[:, 0] = True
    total = counted.sum(axis=1)
    percentile = (counted & (theirs <= mine[:, None])).sum(axis=1) / total * 100
    decile = (percentile / 10).astype(int)
    ordered = np.sort(np.where(counted, theirs, np.inf), axis=1)
    at = np.arange(len(total))
    median = (ordered[at, (total - 1) // 2] + ordered[at, total // 2]) / 2
    apart = mine - median
    sound = np.isfinite(median) & (median != 0)
    letters = [table[key][min(int(tenth), 9)] for key, tenth in zip(beside.key, decile, strict=True)]
    return pd.DataFrame(
        {
            "URN": beside.urn, **said, "RAG": [WORDS[letter] for letter in letters], "Percentile": percentile,
            "Decile": decile, "Median": median, "DiffMedian": apart,
            "PercentDiff": np.where(sound, np.divide(apart, median, where=sound, out=np.zeros(len(at))) * 100, 0.0),
        }
    )  # fmt: skip
