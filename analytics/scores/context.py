"""What a school's intake leads one to expect: cross-fitted weighted regression, or trees where they earn it (METHODS 3).

A school never predicts itself, nor does any school of its trust. Region, attendance, exclusions, inspection, spend and
trust are never among the covariates. A school without its free-school-meals figure gets no expectation; without one of
the other figures it gets the model fitted without that figure. Nothing is imputed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.facts import intake
from analytics.scores import boosted
from analytics.standardise import Array

STEADY = 1e-9  # a column whose spread is no larger never varies
SCHOOLS_PER_COLUMN = 8  # fewer training schools per covariate than this: no expectation


@dataclass(frozen=True, slots=True)
class PatternFit:
    """One regression: columns, their centre and scale, and for each fold left out a row of coefficients, constant first.

    `error` is the covariance of those coefficients, the inverse of the weighted cross-products: right where the weights
    are one over the variance of a result about its expectation (METHODS 3), as those of `outcomes` are.
    """

    columns: tuple[str, ...]
    centre: Array
    scale: Array
    beta: Array  # folds x (1 + columns)
    error: Array  # folds x (1 + columns) x (1 + columns)
    schools: int


Patterns = Mapping[str, PatternFit]


@dataclass(frozen=True, slots=True)
class TreeFit:
    """One year's trees beside its regression, whose error stands in for that of the trees, which have none of their own.

    Trees bend more than a line and so are less sure than this says; how much, no formula tells. Where the regression
    gives no expectation, neither do they.
    """

    linear: Patterns
    trees: boosted.Trees


YearFit = Patterns | TreeFit


def fit_trees(rows: pd.DataFrame, target: Array, weight: Array) -> YearFit:
    """Fit one year's trees and its regression; the regression alone where schools are too few for trees."""
    linear, trees = fit_year(rows, target, weight), boosted.grown(rows, target, weight)
    return linear if trees is None else TreeFit(linear, trees)


def fit_year(rows: pd.DataFrame, target: Array, weight: Array) -> Patterns:
    """Fit one year's expectation for each pattern of figures that occurs.

    `rows`: covariates, `pattern`, `fold`, `in_norm`; `target` on the modelling scale; `weight` > 0. Normal equations
    are summed per fold and taken away in turn, which gives the same coefficients as five separate fits.
    """
    fits: dict[str, PatternFit] = {}
    for pattern in sorted(rows["pattern"].dropna().unique()):
        columns = intake.columns(pattern)
        matrix = rows[list(columns)].to_numpy(float)
        train = rows["in_norm"].to_numpy() & ~np.isnan(matrix).any(axis=1) & ~np.isnan(target)
        if train.sum() < SCHOOLS_PER_COLUMN * (len(columns) + 1):
            continue
        x, y, w = matrix[train], target[train], weight[train]
        centre, scale = np.average(x, axis=0, weights=w), x.std(axis=0)
        beta, error = _cross_fit(_design(x, centre, scale), y, w, rows["fold"].to_numpy()[train])
        fits[pattern] = PatternFit(columns, centre, scale, beta, error, int(train.sum()))
    return fits


def _design(x: Array, centre: Array, scale: Array) -> Array:
    steady = scale > STEADY  # a column that never varies (no selective primaries) carries nothing
    return np.column_stack([np.ones(len(x)), np.where(steady, (x - centre) / np.where(steady, scale, 1), 0.0)])


def _cross_fit(design: Array, y: Array, w: Array, fold: Array) -> tuple[Array, Array]:
    parts = [design[fold == k].T @ (design[fold == k] * w[fold == k, None]) for k in range(intake.FOLDS)]
    sides = [design[fold == k].T @ (w[fold == k] * y[fold == k]) for k in range(intake.FOLDS)]
    whole, side = sum(parts), sum(sides)
    error = np.stack([np.linalg.pinv(whole - part, hermitian=True) for part in parts])
    return np.stack([error[k] @ (side - sides[k]) for k in range(intake.FOLDS)]), error


def expected(rows: pd.DataFrame, fit: YearFit) -> Array:
    """Expectation per row from the coefficients of the fold left out; NaN where the figures do not allow one."""
    return foreseen(rows, fit)[0]


def foreseen(rows: pd.DataFrame, fit: YearFit) -> tuple[Array, Array]:
    """Expectation per row and its own variance, for it rests on so many schools and no more; NaN where there is none."""
    if isinstance(fit, TreeFit):
        variance = foreseen(rows, fit.linear)[1]
        return np.where(np.isnan(variance), np.nan, boosted.foreseen(rows, fit.trees)), variance
    value, variance = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    words, folds = rows["pattern"].to_numpy(object), rows["fold"].to_numpy()
    for pattern, one in fit.items():
        here = words == pattern
        if here.any():
            design = _design(rows.loc[here, list(one.columns)].to_numpy(float), one.centre, one.scale)
            value[here] = np.einsum("ij,ij->i", design, one.beta[folds[here]])
            for k in range(intake.FOLDS):
                mine = folds[here] == k
                variance[np.flatnonzero(here)[mine]] = np.sum((design[mine] @ one.error[k]) * design[mine], axis=1)
    return value, variance
