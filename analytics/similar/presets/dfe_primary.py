"""The distance by which the Department for Education's improvement service finds similar primary schools, 2026.

Weights differ from one yearly release to the next, so they carry their vintage. They are not published: they were found
by least squares from 1,445 published distances between schools whose characteristics are published too (DFE-Digital/
sap-sector, commit f04b29c), which they give back to 1e-14 (found on one half, to 7e-16 on the other). The result that
the service also holds has weight 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from analytics.standardise import Array

VINTAGE = "DfE primary, 2026"
NEIGHBOURS = 50
# Characteristic (the service's own key): weight of a squared difference in raw units.
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "Ks1PriorRwmAverage": 7.648636603663218,
        "IdaciPupils": 7.867508786317287,
        "Polar4QuintilePupils": 0.12976347996356702,
        "PercentageStatementOrEhp": 0.004637265928799273,
        "PercentSchSupport": 0.0021860762254610686,
        "PStability": 0.0008391022845373846,
        "PPPerc": 0.0005267600832628227,
        "PercentEAL": 9.947700293180112e-05,
        "NumberOfPupils": 6.03098922160073e-07,
    }
)


def distances(left: Array, right: Array) -> Array:
    """Distances of each row of `left` to the same row of `right` (or pairs by broadcasting), columns as in WEIGHTS.

    Raw units (percentages 0-100, average scores, pupils), no scaling; NaN where a characteristic is missing.
    d = sqrt(sum of w (x_i - x_j)^2).
    """
    return np.asarray(np.sqrt(((left - right) ** 2) @ np.array(list(WEIGHTS.values()))))
