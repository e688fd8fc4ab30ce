"""What `pipeline.py choose` compares, once for each new year of results: kinds of school, and two ways to expect.

The choice is an argument of a publication, which fits what was chosen and compares nothing anew. No clock, no store.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analytics.facts import circumstances
from analytics.facts.panel import panel, scored_measures
from analytics.findings import expectation_compared
from analytics.publication import Inputs
from analytics.results import Choice
from analytics.similar import contexts
from data.catalogue import NotEnoughData

Progress = Callable[[float, str], None]
KINDS_SHARE = 0.8  # of the time, about


def choose(inputs: Inputs, *, seed: int, progress: Progress) -> Choice:
    """Compare everything on the store's newest results. Raises NotEnoughData where there are no results at all."""
    year = newest_year(inputs.measurement)
    if year is None or inputs.school.empty:
        raise NotEnoughData(
            "there is nothing to compare: the store holds no results yet.",
            remedy="Import the register, the census and results files first.",
        )
    progress(0.0, "Joining results to schools")
    whole = panel(inputs.measurement, inputs.school, inputs.link)
    schools = circumstances.school_table(whole, inputs.deprivation)
    kinds = contexts.compared(schools, seed=seed, progress=lambda done, words: progress(KINDS_SHARE * done, words))
    expectation = expectation_compared.compare(
        whole, lambda done, words: progress(KINDS_SHARE + (1 - KINDS_SHARE) * done, words)
    )
    return Choice(year, kinds, expectation)


def newest_year(measurement: pd.DataFrame) -> int | None:
    """The newest academic year with a figure of a scored measure, as 202425; None where there is none."""
    mine = measurement.loc[measurement["measure"].isin([one.key for one in scored_measures()]), "time_period"]
    return None if mine.empty else int(mine.max())
