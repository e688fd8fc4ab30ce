"""Lines of spending of the sample add up to its totals, and do not depend on which other lines there are."""

from __future__ import annotations

import numpy as np

from data.sample.spending import OTHER, STAFF
from tests.sample.published import region


def test_lines_add_up_to_staff_and_spending() -> None:
    facts = region().inputs.measurement
    newest = facts[(facts["time_period"] == 202425) & facts["status"].eq("ok")]
    newest = newest.assign(measure=newest["measure"].astype(str))
    wide = newest[newest["measure"].str.startswith("finance_")].pivot(index="urn", columns="measure", values="value")
    lines = {code: f"finance_{code.lower()}" for code in ("E01", *STAFF, *OTHER)}
    assert len(lines) == 32 and len(wide) > 700
    assert (wide[list(lines.values())].sum(axis=1, skipna=False) == wide["finance_expenditure"]).all()
    assert (
        wide[[lines[code] for code in ("E01", *STAFF)]].sum(axis=1, skipna=False) == wide["finance_staff_cost"]
    ).all()
    assert not np.isclose(wide[lines["E16"]] / wide["finance_expenditure"], 0.02).all()
