"""One phase and one year at a time: areas, domains, needs and strengths from the fits that speak about them."""

from __future__ import annotations

from dataclasses import fields

import pandas as pd

from analytics.findings import areas, checks, fitting, needs, repeatable, strengths
from analytics.findings.areas import Fit, Stage
from analytics.findings.fitting import Fits, Progress
from analytics.results import TABLES
from analytics.similar.similarity import Similar
from analytics.standardise import is_true

STAGES = ("primary", "secondary", "all_through")


def stages(fits: Fits, similar: Similar, selective: frozenset[int], placed: pd.DataFrame,
            seed: int, progress: Progress) -> dict[str, pd.DataFrame]:  # fmt: skip
    """Tables area, domain, need, strength and correlation over all phases and years, and the checks of the newest ones."""
    made: dict[str, list[pd.DataFrame]] = {"area": [], "domain": [], "need": [], "strength": [], "correlation": []}
    keys, newest = fitting.stage_keys(fits), {}
    for done, (phase, end) in enumerate(keys):
        progress(0.55 + 0.2 * done / len(keys), "Tiers and other reasonable ways")
        stage, own = _stage(fits, phase, end)
        newest[phase] = stage, own  # keys are sorted by year within a phase
        correlated = areas.stage_correlations(stage)
        made["correlation"].append(repeatable.pairs(phase, end, correlated))
        table = areas.area_table(own, correlated, similar.comparator, selective, seed=seed)
        table = needs.marked(stage, table, correlated)
        made["area"].append(table)
        made["need"].append(needs.needs(table))
        made["strength"].append(strengths.strengths(table))
        if phase in areas.THEMES:
            made["domain"].append(areas.domain_table(stage, correlated, table, placed, selective=selective, seed=seed))
    found = {
        name: pd.concat(tables, ignore_index=True)
        if tables
        else pd.DataFrame(columns=[f.name for f in fields(_ROWS[name])])
        for name, tables in made.items()
    }
    return {**found, **checks.tables(newest, fits, found, similar, selective, seed)}


def _stage(fits: Fits, phase: str, end: int) -> tuple[Stage, Stage]:
    """The stage with attendance of every stratum, and with the phase's own fits alone."""
    every = _stage_fits(fits, phase, end)
    own = {name: tuple(f for f in found if f.params.phase == phase) for name, found in every.items()}
    return Stage(phase, end, every), Stage(phase, end, {name: found for name, found in own.items() if found})


_ROWS = {
    "area": TABLES["area_score"],
    "domain": TABLES["domain_score"],
    "need": TABLES["need"],
    "strength": TABLES["strength"],
    "correlation": TABLES["correlation"],
}


def _stage_fits(fits: Fits, phase: str, end: int) -> dict[str, tuple[Fit, ...]]:
    """The phase's own fits first; attendance of the other strata follows, for schools taught across phases.

    Destinations come from the newest year that was published up to then (see `fitting.speaking`).
    """
    own = {name for name, stratum, _ in fits if stratum == phase}
    across = {name for name, _, _ in fits if name.startswith("absence")} if phase in STAGES else set()
    out: dict[str, tuple[Fit, ...]] = {}
    for name in sorted(own | across):
        found = [fitting.speaking(fits, name, s, end) for s in (phase, *(s for s in STAGES if s != phase))]
        if there := tuple(fit for fit in found if fit is not None):
            out[name] = there
    return out


def selective(schools: pd.DataFrame) -> frozenset[int]:
    """URNs of the schools that the register calls selective."""
    return frozenset(int(urn) for urn in schools.loc[is_true(schools["selective"]), "urn"])
