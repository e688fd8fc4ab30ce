"""What a reader needs to repeat a score by hand: each year that went in, each coefficient, each correlation.

For the newest window of each measure and stratum: older ones are fitted anew for every publication and would only
repeat the same steps. Computes nothing that the scores have not computed.
"""

from __future__ import annotations

from dataclasses import asdict, fields

import pandas as pd

from analytics.facts.panel import Panel, measure_panel
from analytics.findings.fitting import Fits
from analytics.results import Correlation, ExpectationTerm, ScoreYear, SpreadPoint
from analytics.scores import context, outcomes
from analytics.scores.composites import Correlations
from analytics.scores.outcomes import NationalParams
from data.catalogue import MEASURES


def newest(fits: Fits) -> list[NationalParams]:
    """The parameters of the newest window of each measure and stratum, in sorted order."""
    last = {(name, phase): end for name, phase, end in sorted(fits)}
    return [fits[(name, phase, end)].params for (name, phase), end in last.items()]


def tables(whole: Panel, fits: Fits) -> dict[str, pd.DataFrame]:
    """Tables score_year, expectation and spread."""
    latest = newest(fits)
    panels = {name: measure_panel(whole, MEASURES[name]) for name in sorted({one.measure for one in latest})}
    return {
        "score_year": _stacked([_years(panels[one.measure], one) for one in latest], ScoreYear),
        "expectation": _stacked([_terms(one) for one in latest], ExpectationTerm),
        "spread": _stacked([_spread(one) for one in latest], SpreadPoint),
    }


def _stacked(parts: list[pd.DataFrame], kind: type) -> pd.DataFrame:
    columns = [field.name for field in fields(kind)]
    there = [part[columns] for part in parts if len(part)]
    return pd.concat(there, ignore_index=True) if there else pd.DataFrame(columns=columns)


def _years(rows: pd.DataFrame, params: NationalParams) -> pd.DataFrame:
    mine = rows[(rows["phase"] == params.phase) & rows["time_period"].isin(params.long_window)]
    yearly = outcomes.residuals(mine, params)
    pooled = outcomes.pooled_years(yearly, params)
    return pooled.assign(measure=params.measure, end=params.end, phase=params.phase)


def _terms(params: NationalParams) -> pd.DataFrame:
    found = []
    for year, fit in params.fits.items():
        if isinstance(fit, context.TreeFit):  # trees have no coefficients: their expectation stands in `score_year`
            continue
        for pattern, one in fit.items():
            for column, name in enumerate(("constant", *one.columns)):
                centre, scale = (0.0, 1.0) if column == 0 else (one.centre[column - 1], one.scale[column - 1])
                if scale <= context.STEADY:  # a column that never varies carries nothing
                    continue
                found += [
                    ExpectationTerm(
                        params.phase, params.measure, params.end, year, pattern, fold, name, float(centre),
                        float(scale), float(one.beta[fold, column]),
                    )
                    for fold in range(len(one.beta))
                ]  # fmt: skip
    return pd.DataFrame([asdict(one) for one in found])


def _spread(params: NationalParams) -> pd.DataFrame:
    grid, weights = params.spread.grid or (params.spread.tau,), params.spread.weights or (1.0,)
    return pd.DataFrame(
        {"phase": params.phase, "measure": params.measure, "end": params.end, "tau": grid, "weight": weights}
    )


def pairs(phase: str, end: int, found: Correlations) -> pd.DataFrame:
    """Correlation rows of one stage, each pair of measures once."""
    return pd.DataFrame(
        [
            (phase, end, one, other, found.within[i, j], found.between[i, j])
            for i, one in enumerate(found.measures)
            for j, other in enumerate(found.measures)
            if i < j
        ],
        columns=[field.name for field in fields(Correlation)],
    )
