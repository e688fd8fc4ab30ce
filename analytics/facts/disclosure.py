"""Small numbers: which counts, rates and totals may be shown, so that no count of one to five pupils can be worked out.

METHODS 12.2: no count 1-5 and no rate on it; its complement is withheld too, and a second cell where one cell of a total
is; totals are over shown schools only; no published total stands beside all but one of its parts; with six to ten pupils a
range goes along and no tier. What DfE publishes itself stays as published; what the partnership supplies obeys all.
A rate with its number of pupils is two counts: those in it and those not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isnan
from types import MappingProxyType
from typing import Literal

import pandas as pd

from data.catalogue import MEASURES
from data.catalogue.vocabulary import LEAST_PUPILS, OF_PUPILS

WITH_RANGE = 10  # up to so many pupils a rate is shown with the range it lies in (DOMAIN B3)
MOST_PARTS = 10  # parts of one whole that are tried in every combination; of more only the first are shown
PART_OF: Mapping[str, str] = MappingProxyType(
    {"ks2_rwm_disadvantaged_pct": "ks2_rwm_expected_pct", "ks4_attainment8_disadvantaged": "ks4_attainment8"}
)  # measures of a group of pupils beside those of all pupils of the year

COLUMNS = ("urn", "time_period", "measure", "label", "definition", "unit", "value", "denominator", "status")
PUBLISHED = ("urn", "time_period", "measure", "value", "pupils", "status")

Why = Literal["", "few_in", "few_out", "few", "derivable", "publisher"]
WHOLLY: tuple[Why, ...] = ("few", "derivable", "publisher")  # neither the value nor the pupils are shown


@dataclass(frozen=True, slots=True)
class Cell:
    """Pupils of one group, and how many of them the figure counts (None where it counts nobody, as a mean)."""

    pupils: float
    counted: float | None = None

    @property
    def counts(self) -> tuple[float, ...]:
        return (self.pupils,) if self.counted is None else (self.pupils, self.counted, self.pupils - self.counted)


def small(count: float) -> bool:
    """Whether a count is of one to five. Nought tells of nobody; a missing count is not a count."""
    return 0 < round(count) < LEAST_PUPILS if not isnan(count) else False


def why_withheld(cell: Cell) -> Why:
    """Why a cell cannot be shown as it is: `few` pupils, `few_in` or `few_out` of the figure; empty where it can."""
    if small(cell.pupils):
        return "few"
    if cell.counted is None:
        return ""
    return "few_in" if small(cell.counted) else "few_out" if small(cell.pupils - cell.counted) else ""


def needs_range(pupils: float | None) -> bool:
    """Whether a rate of so many pupils is shown only with its range."""
    return pupils is not None and LEAST_PUPILS <= pupils <= WITH_RANGE


def withheld_parts(whole: Cell, parts: Sequence[Cell]) -> frozenset[int]:
    """Positions of the parts to withhold, so that the shown whole less shown parts leaves no count of one to five.

    Parts may overlap or not: every combination that fits into the whole is tried, for the pupils, those counted and those
    not, and the smallest of a telling one is withheld until none is left. Parts small by themselves go first; of more
    than MOST_PARTS the later ones go too.
    """
    gone = {at for at, part in enumerate(parts) if small(part.pupils) or at >= MOST_PARTS}
    said = [Cell(part.pupils) if why_withheld(part) else part for part in parts]  # "fewer than six of 14" tells the 14
    while True:
        shown = [at for at in range(len(parts)) if at not in gone]
        telling = next((chosen for chosen in _subsets(shown) if _tells(whole, [said[at] for at in chosen])), None)
        if telling is None:
            return frozenset(gone)
        gone.add(min(telling, key=lambda at: (parts[at].pupils, at)))


def _subsets(shown: Sequence[int]) -> list[tuple[int, ...]]:
    return [chosen for size in range(1, len(shown) + 1) for chosen in combinations(shown, size)]


def _tells(whole: Cell, parts: Sequence[Cell]) -> bool:
    if sum(part.pupils for part in parts) > whole.pupils:
        return False
    kinds = 3 if whole.counted is not None and all(part.counted is not None for part in parts) else 1
    return any(small(whole.counts[kind] - sum(part.counts[kind] for part in parts)) for kind in range(kinds))


@dataclass(frozen=True, slots=True)
class _Row:
    """One figure, supplied or published: what it is of, and the pupils in it (NaN where not said)."""

    urn: int
    time_period: int
    measure: str
    label: str
    definition: str
    unit: str
    value: float
    pupils: float
    status: str

    @property
    def cell(self) -> Cell | None:
        """The counts that the figure tells; None where it has no value, or is not of pupils."""
        if isnan(self.value):
            return None
        if self.unit == "count" and OF_PUPILS.search(f"{self.label} {self.definition}"):
            return Cell(self.value) if isnan(self.pupils) else Cell(self.pupils, self.value)
        if isnan(self.pupils):
            return None
        shares = self.unit == "pct" and (self.measure not in MEASURES or MEASURES[self.measure].kind == "proportion")
        return Cell(self.pupils, round(self.value * self.pupils / 100) if shares else None)

    def part_of(self, whole: _Row) -> bool:
        """A group of the pupils of another figure: by PART_OF, or by a label that goes on where the other ends."""
        mine, other = self.label.casefold(), whole.label.casefold()
        longer = mine != other and mine.startswith(other) and not mine[len(other)].isalnum()
        return PART_OF.get(self.measure) == whole.measure or longer


def supplied(figures: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    """What the partnership supplied, as it may be shown: `withheld` says why, and value (and pupils) are blank there.

    `figures`: urn, measure, time_period, label, definition, unit, value, status, denominator (see data.store.own_figures);
    `published`: YearValue columns. A figure that the publisher withholds for its school and year stays withheld. Where a
    whole and its part are both there, one supplied and one published, the supplied one gives way.
    """
    rows = [
        _Row(int(u), int(t), str(m), str(label), "" if pd.isna(d) else str(d), str(unit), float(v), float(n), str(s))
        for u, t, m, label, d, unit, v, n, s in zip(*(figures[name] for name in COLUMNS), strict=True)
    ]
    if not rows:
        return figures.assign(withheld=pd.Series(index=figures.index, dtype="object"))
    near = published[published["urn"].isin(figures["urn"]) & published["measure"].isin(list(MEASURES))]
    near = near.astype({"value": "float64", "pupils": "float64"})
    known = {
        (int(u), int(t), str(m)): _Row(int(u), int(t), str(m), "", "", MEASURES[m].unit, float(v), float(n), str(s))
        for u, t, m, v, n, s in zip(*(near[name] for name in PUBLISHED), strict=True)
    }
    why = [why_withheld(cell) if (cell := row.cell) else "" for row in rows]
    for at in _derivable(rows, known):
        why[at] = why[at] if why[at] == "few" else "derivable"  # with "fewer than six of 14" the 14 would stand there
    for at, row in enumerate(rows):
        there = known.get((row.urn, row.time_period, row.measure))
        if there and there.status == "suppressed" and row.status == "ok":
            why[at] = "publisher"
    gone = pd.Series([bool(reason) for reason in why], index=figures.index, dtype=bool)
    hidden = pd.Series([reason in WHOLLY for reason in why], index=figures.index, dtype=bool)
    return figures.assign(
        withheld=pd.Series(why, index=figures.index, dtype="object"), value=figures["value"].mask(gone),
        denominator=figures["denominator"].mask(hidden),
    )  # fmt: skip


def _derivable(rows: Sequence[_Row], known: Mapping[tuple[int, int, str], _Row]) -> set[int]:
    """Positions of supplied figures by which a shown whole, less shown parts, would tell of one to five pupils."""
    gone: set[int] = set()
    for urn, period in sorted({(row.urn, row.time_period) for row in rows}):
        mine = [
            (at, row, cell)
            for at, row in enumerate(rows)
            if (row.urn, row.time_period) == (urn, period) and (cell := row.cell)
        ]
        for at, row, cell in mine:
            parts = [(other, part) for other, inside, part in mine if other != at and inside.part_of(row)]
            gone |= {parts[place][0] for place in withheld_parts(cell, [part for _, part in parts])}
            for part_key, whole_key in PART_OF.items():
                there = known.get((urn, period, whole_key if row.measure == part_key else part_key))
                other = there.cell if there else None
                if other is None:
                    continue
                if row.measure == part_key and withheld_parts(other, [cell]):
                    gone.add(at)
                if row.measure == whole_key and _tells(cell, [other]):
                    gone.add(at)
    return gone
