"""Whom a school could phone: similar schools in an order for a phone call, and the few of them to begin with.

Orders by what each does well and how near it is, never by how good it is. Knows no names.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

CALLS = 3  # schools told first
SIZE = 1.5  # a school of about one's size has at most so many times as many pupils, and at least so many times fewer
NEAR_KM = 25.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the schools of a list should be: about one's own size, near, doing something well."""

    size: bool = False
    near: bool = False
    strong: bool = False


def in_order(
    urns: Collection[int], does_well: Mapping[int, Collection[str]], km: Mapping[int, float], hard: Collection[str] = ()
) -> tuple[int, ...]:
    """Those who do well what is `hard` here first, then those who do anything well, then the nearest; ties by URN.

    `does_well`: URN -> areas; `km`: URN -> distance; a school of which it is not known stands after the others.
    """
    wanted = set(hard)
    return tuple(
        sorted(
            urns,
            key=lambda urn: (
                not wanted & set(does_well.get(urn, ())), not does_well.get(urn), km.get(urn, math.inf), urn,
            ),
        )
    )  # fmt: skip


def narrowed(
    urns: Collection[int],
    wanted: Wanted,
    pupils: Mapping[int, float],
    *,
    here: float | None,
    km: Mapping[int, float],
    does_well: Mapping[int, Collection[str]],
) -> frozenset[int]:
    """The schools that are all that is `wanted`. `pupils`: URN -> number on roll; `here`: one's own.

    What is not known of a school is not met; where one's own number is not known, size narrows nothing.
    """
    return frozenset(
        urn
        for urn in urns
        if (not wanted.size or alike_in_size(here, pupils.get(urn)))
        and (not wanted.near or km.get(urn, math.inf) <= NEAR_KM)
        and (not wanted.strong or does_well.get(urn))
    )


def alike_in_size(here: float | None, there: float | None) -> bool:
    """Whether two schools are of about one size."""
    if not here:
        return True
    return bool(there) and here / SIZE <= float(there or 0) <= here * SIZE


def closest_first(pairs: pd.DataFrame) -> pd.DataFrame:
    """The circumstances two schools share, the most alike first.

    `pairs`: variable, here, there, share (of their distance), of one pair (`choosing.Chosen.pairs`); where nothing sets them
    apart, in the order given.
    """
    return pairs.sort_values("share", kind="stable", na_position="first")
