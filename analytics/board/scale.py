"""A partnership's averages on one scale, so that measures in points, grades and days can stand under one another.

A difference in a measure's own units, divided by how far that measure's schools lastingly differ in the nation (METHODS 2.2), with
the sign turned where less is better. Orders nothing and adds nothing up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from analytics import standardise
from analytics.results import NationalFigure
from analytics.scores.partnership_means import PartnershipMean
from analytics.standardise import Mode
from data.catalogue import MEASURES


@dataclass(frozen=True, slots=True)
class Placed:
    """A measure's difference from expectation with its range, in between-school SDs; positive = better."""

    measure: str
    difference: float
    low: float
    high: float


def placed(means: Sequence[PartnershipMean], national: Sequence[NationalFigure]) -> tuple[Placed, ...]:
    """One for each of `means` whose spread in the nation is known and not nought, in their order.

    `national`: the figures of the means' own phase. A measure without one of its year is left out.
    """
    units = {
        (row.measure, row.time_period): standardise.sd_from_scale(1.0, row.mean, cast(Mode, row.mode)) * row.tau
        for row in national
    }
    found = ((one, units.get((one.measure, one.time_period))) for one in means)
    return tuple(_placed(one, unit) for one, unit in found if unit)


def _placed(one: PartnershipMean, unit: float) -> Placed:
    turned = unit * MEASURES[one.measure].polarity
    low, high = sorted((one.low / turned, one.high / turned))
    return Placed(one.measure, one.difference / turned, low, high)
