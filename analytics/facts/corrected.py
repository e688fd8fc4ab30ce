"""Which published figures of a publication were corrected. The correcting itself happens where facts are read."""

from __future__ import annotations

import pandas as pd

from analytics.facts import lineage
from analytics.facts.panel import Panel

KEY = ["urn", "measure", "time_period", "release", "as_predecessor"]


def corrected(correction: pd.DataFrame, link: pd.DataFrame, school: pd.DataFrame, whole: Panel) -> pd.DataFrame:
    """Table `correction`: the corrections that stand behind a figure in use, under the present URN.

    One to a release that is not used, to a school that is not open, or to what was never published is left out: nothing
    here rests on it. `correction` is as the store lists it.
    """
    present = correction["urn"].map(lineage.predecessors(link, school))
    moved = correction.assign(as_predecessor=present.notna(), urn=present.fillna(correction["urn"]).astype("int64"))
    moved = moved[moved["published_status"].notna()]
    facts = whole.facts[whole.facts["urn"].isin(moved["urn"])]
    return moved.merge(facts[KEY].astype({"measure": "str"}), on=KEY, how="inner", validate="one_to_one")
