"""Comparator sets as the Financial Benchmarking and Insights Tool chooses them (its code of 2025/26, commit 0ed1c1e).

Own code from the published definition: phase groups, distances by the range of the group, the nearest sixty, then the
same private-finance contract, boarding and region first, thirty in all. It is reproduced with its oddities (members that
stand twice, middle values for missing figures): it is theirs, and is never used for tiers, needs or proposals.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analytics.standardise import Array, Flags, Index, is_true

VINTAGE = "code of 2025/26, commit 0ed1c1e"
NEAREST, MEMBERS = 60, 30
Kind = Literal["Pupil", "Building"]
KINDS: tuple[Kind, ...] = ("Pupil", "Building")
PUPILS, FSM, SEN = "Number of pupils", "Percentage Free school meals", "Percentage SEN"
FLOOR, AGE = "Total Internal Floor Area", "Age Average Score"
PHASE, REGION, BOARDERS, PFI = "SchoolPhaseType", "GOR (name)", "Boarders (name)", "Is PFI"
PART_YEAR, NOT_SUBMITTED, FINANCE = "Partial Years Present", "Did Not Submit", "Financial Data Present"
PRESENT: dict[Kind, str] = {"Pupil": "Pupil Comparator Data Present", "Building": "Building Comparator Data Present"}
NEEDS = tuple(
    f"Percentage Primary Need {name}" for name in "SPLD MLD PMLD SEMH SLCN HI MSI PD ASD OTH".split()
)  # SLD and VI are not among them in the published code
FILLED = (PUPILS, FSM, SEN, FLOOR, AGE, *NEEDS)
BOARDING, NOT_BOARDING, UNKNOWN = "Boarding", "Not Boarding", "Unknown"
SPECIAL = "special"
# A distance is a sum of square roots; under each root weights times squared shares of the group's range.
Roots = tuple[tuple[tuple[float, str], ...], ...]
PUPIL_ROOTS: Roots = (((0.5, PUPILS), (0.4, FSM), (0.1, SEN)),)
SPECIAL_ROOTS: Roots = (((0.6, PUPILS), (0.4, FSM)), tuple((1.0, need) for need in NEEDS))
BUILDING_ROOTS: Roots = (((0.8, FLOOR), (0.2, AGE)),)
BLOCK_CELLS = 400_000  # distances held at once


def prepared(sector: pd.DataFrame) -> pd.DataFrame:
    """One sector's rows (index URN) by URN, boarding said, and missing comparator figures as the sector's middle value.

    The fill is the tool's own rule, over all phases together; costs are never filled. A column without any figure stays
    missing. A column of FILLED that the file lacks counts as one without any figure.
    """
    rows = sector.sort_index(kind="stable")
    filled = {name: _numbers(rows, name) for name in FILLED}
    boarders = rows[BOARDERS].where(rows[BOARDERS] != UNKNOWN, NOT_BOARDING)
    return rows.assign(
        **{name: column.fillna(column.median()) for name, column in filled.items()}, **{BOARDERS: boarders}
    )


def _numbers(rows: pd.DataFrame, name: str) -> pd.Series:
    return pd.Series(np.nan, index=rows.index) if name not in rows else pd.to_numeric(rows[name]).astype(float)


def shares(left: Array, right: Array, width: float) -> Array:
    """Squared shares of the range: ((|left - right|) / width)^2 for each pair, 0 for all where the range is 0."""
    if width == 0:
        return np.zeros((len(left), len(right)))
    share = np.abs(left[:, None] - right[None, :])
    share /= width
    return np.asarray(np.multiply(share, share, out=share))


def roots(kind: Kind, phase: str) -> Roots:
    """The terms of the distance between two schools of a phase."""
    if kind == "Building":
        return BUILDING_ROOTS
    return SPECIAL_ROOTS if phase.casefold() == SPECIAL else PUPIL_ROOTS


def distances(group: pd.DataFrame, terms: Roots, left: Index, right: Index) -> Array:
    """Distances of rows `left` to rows `right` of a phase group; ranges are those of the whole group."""
    total = np.zeros((len(left), len(right)))
    for under in terms:
        inner = np.zeros_like(total)
        for weight, name in under:
            x = group[name].to_numpy(float)
            part = shares(x[left], x[right], float(x.max() - x.min()))
            inner += part if weight == 1 else np.multiply(part, weight, out=part)
        total += np.sqrt(inner, out=inner)
    return total


def sets(rows: pd.DataFrame, *, kinds: Sequence[Kind] = KINDS, urns: Collection[int] | None = None) -> pd.DataFrame:
    """URN, Set, Rank (0 = the school itself) and ComparatorURN of one prepared sector; schools without a set: no rows.

    `urns`: only these schools' sets. Order and repeats are the tool's. A school without a phase has no set.
    """
    found: list[pd.DataFrame] = []
    for phase, group in rows.groupby(PHASE, sort=True):
        eligible = _Eligible.of(group)
        for kind in kinds:
            wanted = eligible.target(kind) & (True if urns is None else group.index.isin(list(urns)))
            found.extend(_group(group, kind, str(phase), wanted, eligible))
    empty = pd.DataFrame({"URN": [], "Set": [], "Rank": [], "ComparatorURN": []})
    table = pd.concat(found) if found else empty
    table = table.astype({"URN": "int64", "Set": "str", "Rank": "int64", "ComparatorURN": "int64"})
    order = table["Set"].map({kind: number for number, kind in enumerate(KINDS)})
    return table.iloc[np.lexsort((table["Rank"], order, table["URN"]))].reset_index(drop=True)


@dataclass(frozen=True, slots=True)
class _Eligible:
    """Who gets a set and who may stand in one (flags by row of a group), and what comes first in one."""

    part_year: Flags
    submitted: Flags
    finance: Flags
    present: dict[Kind, Flags]
    pfi: Flags
    boarding: Flags
    region: np.ndarray

    @classmethod
    def of(cls, group: pd.DataFrame) -> _Eligible:
        return cls(
            part_year=is_true(group[PART_YEAR]), submitted=~is_true(group[NOT_SUBMITTED]), finance=is_true(group[FINANCE]),
            present={kind: is_true(group[name]) for kind, name in PRESENT.items()}, pfi=is_true(group[PFI]),
            boarding=(group[BOARDERS] == BOARDING).to_numpy(bool), region=_codes(group[REGION]),
        )  # fmt: skip

    def target(self, kind: Kind) -> Flags:
        """A part-year school does get sets; a Building set needs the pupils' figures too."""
        return self.finance & self.submitted & self.present["Pupil"] & self.present[kind]

    def candidate(self, kind: Kind) -> Flags:
        """Money of its own is not asked of a candidate."""
        return ~self.part_year & self.submitted & self.present[kind]


def _codes(names: pd.Series) -> np.ndarray:
    """Numbers of the names; each missing one is a number of its own, so that unknown never equals unknown."""
    codes = np.array(pd.factorize(names, use_na_sentinel=True)[0])
    return np.where(codes < 0, -1 - np.arange(len(codes)), codes)


def _group(
    group: pd.DataFrame, kind: Kind, phase: str, wanted: Flags, eligible: _Eligible
) -> Iterator[pd.DataFrame]:  # fmt: skip
    urn = group.index.to_numpy()
    targets, candidates = np.flatnonzero(wanted), np.flatnonzero(eligible.candidate(kind))
    if not len(targets) or not len(candidates):
        return
    terms, step = roots(kind, phase), max(1, BLOCK_CELLS // len(candidates))
    for start in range(0, len(targets), step):
        some = targets[start : start + step]
        block = distances(group, terms, some, candidates)
        lists = [
            _members(target, candidates[near], eligible) for target, near in zip(some, nearest(block), strict=True)
        ]
        size = [len(one) for one in lists]
        yield pd.DataFrame(
            {
                "URN": np.repeat(urn[some], size), "Set": kind, "Rank": np.concatenate([np.arange(n) for n in size]),
                "ComparatorURN": urn[np.concatenate(lists)],
            }
        )  # fmt: skip


def nearest(block: Array, count: int = NEAREST + 1) -> list[Index]:
    """Columns of the `count` least distances of each row, ties by column; a distance that is missing comes last.

    One more than is wanted, since the school itself may be among them.
    """
    far = np.where(np.isnan(block), np.inf, block)
    if far.shape[1] <= count:
        return list(np.argsort(far, axis=1, kind="stable"))
    edge = np.partition(far, count - 1, axis=1)[:, count - 1]
    out = []
    for row, limit in zip(far, edge, strict=True):
        some = np.flatnonzero(row <= limit)
        out.append(some[np.argsort(row[some], kind="stable")[:count]])
    return out


def _members(target: int, near: Index, eligible: _Eligible) -> Index:
    """The list of one school, itself first; () where nobody joins it."""
    base = near[near != target][:NEAREST]
    region = eligible.region[base] == eligible.region[target]
    first = [np.array([target])]
    if eligible.pfi[target]:
        first.append(base[eligible.pfi[base]])
    if eligible.boarding[target]:
        first.append(base[eligible.boarding[base]])
    chosen = np.concatenate([*first, base[region]])
    if len(chosen) < MEMBERS:
        chosen = np.concatenate([chosen, base[~region]])
    return chosen[:MEMBERS] if len(chosen) > 1 else chosen[:0]
