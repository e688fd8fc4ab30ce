"""Strengths to share: areas in which a school lies lastingly above what its intake leads one to expect.

Per area, never for a school as a whole; nothing is manufactured where no strength is clear.
"""

from __future__ import annotations

import pandas as pd


def strengths(table: pd.DataFrame) -> pd.DataFrame:
    """Strength rows of one stage's marked area table."""
    strong = table[table["tier"] == "strength_to_share"]
    return pd.DataFrame(
        {
            "urn": strong["urn"], "phase": strong["phase"], "area": strong["area"], "time_period": strong["time_period"],
            "p": strong["p_above"], "basis": "contextual", "particular": strong["particular"] == "strength",
            "years": strong["years"], "pupils": strong["pupils"],
        }
    ).sort_values(["urn", "area"], ignore_index=True)  # fmt: skip
