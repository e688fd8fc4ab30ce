"""Every measure, stratum and window fitted and scored, and what was fitted on the nation. Says nothing of a school yet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, fields

import numpy as np
import pandas as pd

from analytics import years
from analytics.facts.panel import Panel, measure_panel, scored_measures
from analytics.findings.areas import Fit
from analytics.results import NationalFigure
from analytics.scores import outcomes
from analytics.scores.context import TreeFit
from data.catalogue import MEASURES, Measure, NotEnoughData

Progress = Callable[[float, str], None]
Fits = Mapping[tuple[str, str, int], Fit]  # by measure, stratum and end year
# Years between the pupils and the tables that say where they went: a stage takes what its own year's tables say.
BEHIND: Mapping[str, int] = {"ks4_destinations": 2, "ks5_destinations": 2}
REACH = 3  # years before a stage's end beyond which destinations are too old to speak in it (one release may be late)


def fits(whole: Panel, progress: Progress, boosted: Collection[tuple[str, str]] = ()) -> Fits:
    """Every (measure, stratum, end year) that can be fitted; those (measure, stratum) in `boosted` by trees."""
    out: dict[tuple[str, str, int], Fit] = {}
    measures = scored_measures()
    for done, measure in enumerate(measures):
        progress(0.25 + 0.3 * done / len(measures), f"Scoring: {measure.label}")
        rows = measure_panel(whole, measure)
        for phase, part in rows.groupby("phase", sort=True):
            full = years.full_years(part["time_period"].tolist())
            part = part[part["time_period"].isin(full)].reset_index(drop=True)
            for end in full:
                fit = _fit(part, measure, str(phase), end, trees=(measure.key, str(phase)) in boosted)
                if fit is not None:
                    out[(measure.key, str(phase), int(end))] = fit
    return out


def stage_keys(fits: Fits) -> list[tuple[str, int]]:
    """Phases and years that are looked at: those in which a measure ends that is published for its own year."""
    return sorted({(phase, end) for name, phase, end in fits if MEASURES[name].source not in BEHIND})


def speaking(fits: Fits, name: str, stratum: str, end: int) -> Fit | None:
    """The fit of one measure and stratum that speaks in a stage ending in `end`; None where there is none.

    Its own year's, but for a measure published years BEHIND: the newest that the tables of `end` could hold, at most
    REACH years old.
    """
    behind = BEHIND.get(MEASURES[name].source, 0)
    oldest = end // 100 - (REACH if behind else 0)
    found = [
        year
        for measure, phase, year in fits
        if (measure, phase) == (name, stratum) and oldest <= year // 100 <= end // 100 - behind
    ]
    return fits[(name, stratum, max(found))] if found else None


def filed(fits: Fits) -> list[tuple[int, Fit]]:
    """Each fit under the year of every stage it speaks in, in the order of `fits`' sorted keys, then of years."""
    out = []
    for name, stratum, end in sorted(fits):
        fit = fits[(name, stratum, end)]
        if MEASURES[name].source not in BEHIND:
            out.append((end, fit))
            continue
        stages = sorted({year for phase, year in stage_keys(fits) if phase == stratum})
        out += [(year, fit) for year in stages if speaking(fits, name, stratum, year) is fit]
    return out


def _fit(rows: pd.DataFrame, measure: Measure, phase: str, end: int, *, trees: bool) -> Fit | None:
    try:
        found = outcomes.fit_and_score(rows, measure, phase, end, trees=trees)
    except NotEnoughData:
        return None
    tau = found.params.spread.tau
    yearly = found.yearly.assign(d=found.yearly["d"] / tau, v=found.yearly["v"] / tau**2)
    return Fit(found.params, found.scored, yearly[["urn", "time_period", "d", "v", "in_norm", "expected"]])


def national(fits: Fits) -> pd.DataFrame:
    rows = [
        NationalFigure(
            p.phase,
            p.measure,
            p.end,
            p.window[0],
            len(p.window),
            p.schools,
            p.mode,
            p.national,
            p.spread.tau,
            float(np.sqrt(p.omega2)),
            p.phi if p.mode != "mean" else 1.0,
            float(np.sqrt(p.phi)) if p.mode == "mean" else None,
            p.r2,
            p.fifth,
            p.lean,
            "boosted" if any(isinstance(fit, TreeFit) for fit in p.fits.values()) else "linear",
        )
        for p in (fit.params for _, fit in sorted(fits.items()))
    ]
    return pd.DataFrame([asdict(row) for row in rows], columns=[field.name for field in fields(NationalFigure)])
