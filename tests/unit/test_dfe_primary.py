"""The Department's distance between primary schools: by hand, and every published distance with both schools there."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from analytics.similar.presets import dfe_primary
from tests.shared import SHARED, needs_shared


def test_one_characteristic_at_a_time() -> None:
    # four more points of pupil premium: sqrt(.00052676 * 16) = .0918; a missing figure gives no distance
    here, there = np.zeros(9), np.zeros(9)
    there[list(dfe_primary.WEIGHTS).index("PPPerc")] = 4
    assert dfe_primary.distances(here, there) == pytest.approx(4 * math.sqrt(0.0005267600832628227), rel=1e-15)
    there[0] = np.nan
    assert np.isnan(dfe_primary.distances(here, there)) and dfe_primary.VINTAGE == "DfE primary, 2026"


@needs_shared
def test_every_published_distance() -> None:
    assert SHARED is not None
    folder = SHARED / "golden/sap"
    values = json.loads((folder / "SimilarSchoolsPrimaryValuesEntry.json").read_text())
    pairs = json.loads((folder / "SimilarSchoolsPrimaryGroupsEntry.json").read_text())
    known = {row["URN"]: np.array([float(row[key]) for key in dfe_primary.WEIGHTS]) for row in values}
    both = [row for row in pairs if row["URN"] in known and row["NeighbourURN"] in known]
    found = dfe_primary.distances(
        np.array([known[row["URN"]] for row in both]), np.array([known[row["NeighbourURN"]] for row in both])
    )
    assert len(both) == 1445
    assert np.max(np.abs(found - [float(row["Dist"]) for row in both])) < 1e-12
