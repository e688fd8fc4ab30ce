"""Derived needs: where a school may need support, counted once per cluster of evidence (METHODS 5.1, 5.2, 5.7).

A derived need is a question until the school has seen it. Money has its own rules in `finance`, inspection in
`inspection`; nothing here adds one domain to another.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import ndtr

from analytics.findings.areas import Stage, scored_measures
from analytics.scores import composites, screening
from analytics.scores.composites import Correlations
from analytics.standardise import Array
from data.catalogue import AREAS, MEASURES


def marked(stage: Stage, areas: pd.DataFrame, correlated: Correlations) -> pd.DataFrame:
    """Area rows with `lead`, `own` (a need to list) and `particular` ("support", "strength" or "").

    Within a cluster the need of largest severity leads; another is a need of its own only where it is surely not much
    better than the lead; "in this subject in particular" needs a clear distance from the cluster's mean.
    """
    table = areas.assign(cluster=areas["area"].map({key: area.cluster for key, area in AREAS.items()}), particular="")
    need = table["tier"] == "may_need_support"
    order = table[need].sort_values(["urn", "cluster", "severity", "area"], ascending=[True, True, False, True])
    lead = order.drop_duplicates(["urn", "cluster"]).index
    table["lead"] = table.index.isin(lead)
    table["own"] = table["lead"]
    for cluster in sorted(table["cluster"].unique()):
        names = [name for name in scored_measures(stage.fits) if AREAS[MEASURES[name].area].cluster == cluster]
        if len({MEASURES[name].area for name in names}) > 1:
            table = _in_cluster(table, stage, names, correlated, cluster)
    return table


def _in_cluster(
    table: pd.DataFrame, stage: Stage, names: list[str], correlated: Correlations, cluster: str
) -> pd.DataFrame:
    narrowed = correlated.of(np.flatnonzero(np.isin(correlated.measures, names)))
    several = composites.stack({name: stage.scored(name) for name in names}, narrowed)
    mean, covariance = composites.joint_posterior(several)
    column = {MEASURES[name].area: i for i, name in enumerate(narrowed.measures)}
    mine = table.index[table["cluster"] == cluster]
    at = np.searchsorted(several.urn, table.loc[mine, "urn"].to_numpy())
    own = table.loc[mine, "area"].map(column).to_numpy()
    support, strength = _particular(mean[at], covariance[at], own)
    tier = table.loc[mine, "tier"].to_numpy()
    table.loc[mine, "particular"] = np.select(
        [(tier == "may_need_support") & support, (tier == "strength_to_share") & strength], ["support", "strength"], ""
    )
    leads = table.loc[mine][table.loc[mine, "lead"]].set_index("urn")["area"].map(column)
    lead = table.loc[mine, "urn"].map(leads).fillna(-1).astype(int).to_numpy()
    table.loc[mine, "own"] = table.loc[mine, "lead"].to_numpy() | (
        (tier == "may_need_support") & (lead >= 0) & _as_low(mean[at], covariance[at], own, lead)
    )
    return table


def _as_low(mean: Array, covariance: Array, own: Array, lead: Array) -> Array:
    """P(theta_other < theta_lead + delta) >= 0.8 under the joint posterior."""
    index, lead = np.arange(len(own)), np.maximum(lead, 0)
    gap = mean[index, own] - mean[index, lead]
    variance = covariance[index, own, own] + covariance[index, lead, lead] - 2 * covariance[index, own, lead]
    sd = np.sqrt(np.maximum(np.nan_to_num(variance, nan=1.0), 1e-12))
    return np.nan_to_num(ndtr((screening.DELTA - gap) / sd)) >= screening.SURE_NEED


def _particular(mean: Array, covariance: Array, own: Array) -> tuple[Array, Array]:
    """Whether the area lies clearly below, or above, the mean of its cluster."""
    there = np.isfinite(mean)
    weight = there / np.maximum(there.sum(axis=1, keepdims=True), 1)
    contrast = -weight
    contrast[np.arange(len(own)), own] += 1
    gap = np.sum(contrast * np.nan_to_num(mean), axis=1)
    variance = np.einsum("ni,nij,nj->n", contrast, np.nan_to_num(covariance), contrast)
    sd = np.sqrt(np.maximum(variance, 1e-12))
    several = there.sum(axis=1) > 1
    low = several & (ndtr((-screening.DELTA - gap) / sd) >= screening.SURE_NEED)
    return low, several & (1 - ndtr((screening.DELTA - gap) / sd) >= screening.SURE_NEED)


def needs(table: pd.DataFrame) -> pd.DataFrame:
    """Need rows of one stage: contextual ones that stand for themselves, and those low for their pupils."""
    contextual = table[table["own"]].rename(columns={"p_below": "p"}).assign(basis="contextual", scope="school")
    low = (
        (table["p_low"] >= screening.SURE_LOW)
        & ~table["tier"].isin(("may_need_support", "strength_to_share", "not_enough_data"))
        & ~table["reasons"].str.contains("expectation_unsure", regex=False)
    )
    # Renamed, not assigned from `table`: that would give an empty frame the table's rows.
    absolute = _once_per_cluster(table[low]).rename(columns={"p_low": "p"})
    absolute = absolute.assign(
        basis="absolute",
        scope="school",
        severity=screening.LOW_SEVERITY,
        particular="",
        reasons="low_for_pupils",
    )
    covered = set(zip(contextual["urn"], contextual["cluster"], strict=True))
    alone = [pair not in covered for pair in zip(absolute["urn"], absolute["cluster"], strict=True)]
    absolute = absolute[np.array(alone, dtype=bool)]
    both = pd.concat([contextual, absolute], ignore_index=True)
    columns = ["urn", "phase", "area", "time_period", "basis", "severity", "p", "particular", "scope", "reasons"]
    return both.assign(particular=both["particular"] == "support")[columns].sort_values(
        ["urn", "area"], ignore_index=True
    )


def _once_per_cluster(low: pd.DataFrame) -> pd.DataFrame:
    return low.sort_values(["urn", "p_low", "area"], ascending=[True, False, True]).drop_duplicates(["urn", "cluster"])
