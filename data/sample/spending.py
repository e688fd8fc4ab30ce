"""Lines of spending (E01 to E32) of the sample's maintained schools: they add up to the staff and spending totals.

Each school has its own lasting habits and a little noise, from a random stream of its own, so that no other number of
the sample moves. E01 is what the workbooks have always held.
"""

from __future__ import annotations

import numpy as np

from data.sample.region import Region

STREAM = 83
TEACHING = 0.62  # of staff costs
# Shares of the rest of staff costs, and of what is not staff, in an ordinary school.
STAFF = {
    "E02": 0.02,
    "E03": 0.55,
    "E05": 0.16,
    "E07": 0.08,
    "E08": 0.02,
    "E09": 0.02,
    "E10": 0.01,
    "E11": 0.02,
    "E26": 0.12,
}
OTHER = {
    "E04": 0.07, "E06": 0.05, "E12": 0.1, "E13": 0.02, "E14": 0.07, "E15": 0.02, "E16": 0.12, "E17": 0.05, "E18": 0.03,
    "E19": 0.12, "E20": 0.05, "E21": 0.01, "E22": 0.05, "E23": 0.02, "E24": 0.02, "E25": 0.1, "E27": 0.04, "E28a": 0.06,
    "E28b": 0.0, "E29": 0.0, "E31": 0.0, "E32": 0.0,
}  # fmt: skip
LASTING, NOISE = 0.35, 0.12  # of the logarithm of a share
NONE = ("E02", "E10", "E11", "E24")  # lines that a third of schools do not use


def habits(region: Region, schools: int) -> np.ndarray:
    """Lasting multipliers of each line for each maintained school; a row a school, a column a line."""
    rng = np.random.default_rng([region.seed, STREAM])
    lasting = np.exp(rng.normal(0, LASTING, (schools, len(STAFF) + len(OTHER))))
    unused = rng.random((schools, len(NONE))) < 1 / 3
    for place, code in enumerate(NONE):
        lasting[unused[:, place], [*STAFF, *OTHER].index(code)] = 0.0
    return lasting


def lines(
    region: Region, period: int, lasting: np.ndarray, staff: int, spending: int, *, number: int
) -> dict[str, int]:
    """One return's lines, whole pounds by code: those of STAFF and E01 add up to `staff`, all to `spending`.

    `number` is the position among maintained schools.
    """
    rng = np.random.default_rng([region.seed, STREAM, period, number])
    weight = lasting * np.exp(rng.normal(0, NOISE, len(lasting)))
    teaching = int(staff * TEACHING)
    found = {"E01": teaching}
    found |= _parts(STAFF, weight[: len(STAFF)], staff - teaching, rest="E03")
    return found | _parts(OTHER, weight[len(STAFF) :], spending - staff, rest="E19")


def _parts(shares: dict[str, float], weight: np.ndarray, whole: int, *, rest: str) -> dict[str, int]:
    """Whole pounds in proportion to share times weight; `rest` takes what rounding leaves."""
    part = np.array(list(shares.values())) * weight
    pounds = np.floor(whole * part / part.sum()).astype(int)
    found = dict(zip(shares, pounds.tolist(), strict=True))
    found[rest] += whole - int(pounds.sum())
    return found
