"""The normal quantile on arrays, by table, so that the sample needs no scientific library."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

_P = np.concatenate([np.linspace(0.0005, 0.02, 79), np.linspace(0.0205, 0.9795, 1919), np.linspace(0.98, 0.9995, 79)])
_Z = np.array([NormalDist().inv_cdf(float(p)) for p in _P])


def quantile(share: np.ndarray) -> np.ndarray:
    """z such that a standard normal lies below it with probability `share` (0-1, held within .0005 and .9995)."""
    found: np.ndarray = np.interp(share, _P, _Z)
    return found
