"""The outcomes domain of schools with other weights of the themes, from published rows: the maths of `areas.domain_table`.

For a reader who would weigh the themes otherwise. Nothing is kept, no list is made of it, and it never replaces the
published answer, whose themes weigh the same (METHODS 4.3).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from analytics import standardise
from analytics.findings.areas import THEMES, barred, outcomes_tiers
from analytics.scores import composites
from analytics.scores.composites import Correlations
from data.catalogue import MEASURES

MOST = 10  # the largest weight a reader gives; the smallest is 0
EQUAL = 5  # of each theme, where nothing is asked


def answer(
    read: Callable[..., pd.DataFrame], urn: int, phase: str, time_period: int, weight: tuple[tuple[str, int], ...]
) -> tuple[str, str] | None:
    """Tier and reasons of one school with these weights of the themes, from the published tables; None where nothing has a
    weight. `read` gives a table, or its rows of some schools.
    """
    areas, scores, schools = (read(name, {urn}) for name in ("area_score", "measure_score", "school"))
    areas = areas[(areas["phase"] == phase) & (areas["time_period"] == time_period)]
    selective = frozenset(schools.loc[standardise.is_true(schools["selective"]), "urn"])
    together = correlations(read("correlation"), phase, time_period)
    found = weighed(
        stage_scores(scores, phase, time_period), together, areas, selective, phase=phase, weight=dict(weight)
    )
    return None if found.empty else (str(found["tier"].iloc[0]), str(found["reasons"].iloc[0]))


def correlations(pairs: pd.DataFrame, phase: str, time_period: int) -> Correlations:
    """The correlations of one stage from the rows of table `correlation`; of no measures where none were published."""
    here = pairs[(pairs["phase"] == phase) & (pairs["time_period"] == time_period)]
    names = tuple(sorted({*here["measure"], *here["other"]}))
    place = {name: index for index, name in enumerate(names)}
    rows, columns = here["measure"].map(place).to_numpy(int), here["other"].map(place).to_numpy(int)
    found = []
    for kind in ("within", "between"):
        matrix = np.eye(len(names))
        matrix[rows, columns] = matrix[columns, rows] = here[kind].to_numpy(float)
        found.append(matrix)
    return Correlations(names, *found)


def stage_scores(scores: pd.DataFrame, phase: str, time_period: int) -> pd.DataFrame:
    """Rows of `measure_score` that speak in a stage: the phase's own, attendance of other phases where it has none."""
    mine = scores[(scores["time_period"] == time_period) & scores["y"].notna()]
    mine = mine[mine["phase"].eq(phase) | mine["measure"].str.startswith("absence")]
    mine = mine.assign(own=mine["phase"] != phase).sort_values(["measure", "urn", "own"], kind="stable")
    return mine.drop_duplicates(["measure", "urn"]).drop(columns="own")


def weighed(
    scores: pd.DataFrame, correlated: Correlations, areas: pd.DataFrame, selective: frozenset[int], *,
    phase: str, weight: Mapping[str, float],
) -> pd.DataFrame:  # fmt: skip
    """One row per school: urn, score with its range, coverage, p_below, p_above, tier, reasons.

    `scores`: `stage_scores` of the schools wanted; `areas`: their rows of `area_score`; `weight`: theme -> 0 or more, not
    all 0. A theme of weight 0 is left out, of coverage too. Equal weights give the published score.
    """
    themes = [theme for theme in THEMES[phase] if weight.get(theme, 0) > 0]
    used = [name for name in correlated.measures if MEASURES[name].theme in themes]
    if not used:
        return pd.DataFrame(columns=["urn", "tier", "reasons"])
    total = sum(weight[theme] for theme in themes)
    of = {name: weight[MEASURES[name].theme] / total for name in used}
    count = {theme: sum(MEASURES[name].theme == theme for name in used) for theme in themes}
    several = composites.stack({name: scores[scores["measure"] == name] for name in used}, correlated)
    each = np.array([of[n] / count[MEASURES[n].theme] if n in of else 0.0 for n in correlated.measures])
    there = pd.DataFrame(np.isfinite(several.y), columns=list(correlated.measures))
    coverage = sum(
        there[[n for n in used if MEASURES[n].theme == theme]].any(axis=1).to_numpy() * weight[theme] / total
        for theme in themes
    )
    spoken = areas[areas["years"] > 0]  # rows that only say that all is withheld stand for no figure
    free = ~barred(several.urn, used, selective)
    found, tiers = outcomes_tiers(several, each, np.asarray(coverage), spoken, free)
    score, low, high = standardise.score(found.m, found.s)
    return pd.DataFrame(
        {
            "urn": several.urn, "score": score, "score_low": low, "score_high": high, "coverage": coverage,
            "p_below": tiers.p_below, "p_above": tiers.p_above, "tier": tiers.tier, "reasons": tiers.reasons,
        }
    )  # fmt: skip
