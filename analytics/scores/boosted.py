"""What an intake leads one to expect by boosted trees: the other way to the regression, used where it foresees better.

The same schools, weights, groups left out and figures as the regression, without their roots, which trees do not need.
A missing figure stays missing (trees have a branch for it); without free school meals there is no expectation. Trees
cannot be repeated by hand, so they replace the regression only where they earn it (METHODS 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analytics.facts import intake
from analytics.standardise import Array

GAIN = 0.02  # share by which the error out of the fold must fall before trees replace the regression (METHODS 3)
TREES, LEAVES, RATE = 150, 8, 0.06  # shallow trees, many of them: a few thousand schools allow no more
LEAST = 40  # schools in a leaf
RIDGE = 1.0  # pulls the leaves of few schools towards nothing
FEWEST = 500  # schools of a year below which trees are not tried
COLUMNS = ("fsm6", "eal", "ehcp", "sen_support", "prior", "log_cohort", "single_sex", "selective")


@dataclass(frozen=True, slots=True)
class Trees:
    """One year's model for each group left out, and the figures that it reads."""

    columns: tuple[str, ...]
    models: tuple[Any, ...]  # one fitted HistGradientBoostingRegressor per fold
    schools: int


def grown(rows: pd.DataFrame, target: Array, weight: Array) -> Trees | None:
    """One year's trees, each fold's from the schools of the others; None with fewer than FEWEST schools.

    `rows`: COLUMNS, `fold`, `in_norm`; `target` on the modelling scale; `weight` > 0. Nothing is drawn at random; a
    test sees that the number of threads changes no bit.
    """
    from sklearn.ensemble import HistGradientBoostingRegressor

    train = rows["in_norm"].to_numpy() & rows["fsm6"].notna().to_numpy() & ~np.isnan(target)
    if train.sum() < FEWEST:
        return None
    columns = tuple(name for name in COLUMNS if rows.loc[train, name].nunique() > 1)
    x, fold = rows[list(columns)].to_numpy(float), rows["fold"].to_numpy()
    models = []
    for k in range(intake.FOLDS):
        mine = train & (fold != k)
        model = HistGradientBoostingRegressor(
            max_iter=TREES, max_leaf_nodes=LEAVES, learning_rate=RATE, min_samples_leaf=LEAST,
            l2_regularization=RIDGE, early_stopping=False, random_state=0,
        )  # fmt: skip
        models.append(model.fit(x[mine], target[mine], sample_weight=weight[mine] / weight[mine].mean()))
    return Trees(columns, tuple(models), int(train.sum()))


def foreseen(rows: pd.DataFrame, trees: Trees) -> Array:
    """Expectation per row from the trees that its own group had no part in; NaN without free school meals."""
    value = np.full(len(rows), np.nan)
    x, fold = rows[list(trees.columns)].to_numpy(float), rows["fold"].to_numpy()
    known = rows["fsm6"].notna().to_numpy()
    for k, model in enumerate(trees.models):
        if (mine := known & (fold == k)).any():
            value[mine] = model.predict(x[mine])
    return value
