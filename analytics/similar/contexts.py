"""Kinds of school: clusters of similar circumstances, for names and networks only (METHODS 9.2). No results go in.

Circumstances shade into one another; where clusters are not stable they are called a pattern only, and every school is
shown the kind it is second nearest to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.standardise import Array, Index

SIZES = (8, 7, 6, 5, 4)  # tried from the largest
BOOTSTRAPS = 100
STABLE, PATTERN = 0.75, 0.60  # least Jaccard over clusters (Hennig 2007)
SAME_PARTITION = 0.9  # adjusted Rand over seeds
STARTS = 10
RESTARTS = 3  # of each resample: fewer than STARTS, which counts a cluster that is hard to find again as less stable
FEWEST = 120  # schools of one phase below which no kinds are named
SHADES = 0.25  # silhouette under which contexts "shade into one another"
SILHOUETTE_SAMPLE = 3000
FEATURES: Mapping[str, tuple[str, str, str]] = {  # column: transform, words above, words below
    "pupils": ("log", "larger schools", "smaller schools"),
    "fsm6_pct": ("sqrt", "more pupils on free school meals", "fewer pupils on free school meals"),
    "eal_pct": (
        "sqrt",
        "more pupils with English as an additional language",
        "fewer pupils with English as an additional language",
    ),
    "ehcp_pct": ("sqrt", "more pupils with a plan", "fewer pupils with a plan"),
    "sen_support_pct": ("sqrt", "more SEN support", "less SEN support"),
}
NOTICEABLE = 0.3  # standardised distance from the phase's mean before a label mentions it


@dataclass(frozen=True, slots=True)
class Kinds:
    """Frames for the tables `context` and `school_context`, and the check of each size tried."""

    context: pd.DataFrame
    school_context: pd.DataFrame
    check: pd.DataFrame


def kinds(schools: pd.DataFrame, phases: tuple[str, ...] = ("primary", "secondary"), *, seed: int) -> Kinds:
    """Clusters of each phase's state-funded schools with all of FEATURES known. Small phases get none."""
    parts = []
    for phase in phases:
        mine = schools[schools["phase"].eq(phase) & schools["sector"].isin(("maintained", "academy"))]
        mine = mine[mine[list(FEATURES)].notna().all(axis=1)].sort_values("urn")
        if len(mine) >= FEWEST:
            parts.append(_phase(mine, phase, seed))
    names = ("context", "school_context", "check")
    empty = Kinds(pd.DataFrame(columns=_CONTEXT), pd.DataFrame(columns=_SCHOOL), pd.DataFrame(columns=_CHECK))
    return Kinds(
        *(pd.concat([getattr(p, n) for p in parts], ignore_index=True) if parts else getattr(empty, n) for n in names)
    )


_CONTEXT = ["phase", "context", "label", "schools", "jaccard", "silhouette", "standing", "note"]
_SCHOOL = ["urn", "phase", "context", "label", "second", "second_label"]
_CHECK = ["phase", "k", "jaccard", "agreement", "silhouette", "chosen"]


def _features(schools: pd.DataFrame) -> Array:
    change = {"log": np.log1p, "sqrt": np.sqrt}
    x = np.column_stack([change[how](schools[name].to_numpy(float)) for name, (how, _, _) in FEATURES.items()])
    return np.asarray((x - x.mean(axis=0)) / np.maximum(x.std(axis=0), 1e-9))


def _phase(schools: pd.DataFrame, phase: str, seed: int) -> Kinds:
    from sklearn.metrics import silhouette_score

    x = _features(schools)
    rng = np.random.default_rng(seed)
    sample = np.sort(rng.choice(len(x), min(len(x), SILHOUETTE_SAMPLE), replace=False))
    checks: list[dict[str, object]] = []
    found: list[_Partition] = []
    for k in SIZES:
        centres, labels = _cluster(x, k, seed)
        agreement = _agreement(x, k, labels, seed)
        jaccard = bootstrap_jaccard(x, k, labels, seed=seed, need=PATTERN)
        shape = float(silhouette_score(x[sample], labels[sample]))
        found.append(_Partition(centres, labels, jaccard, shape, _standing(float(jaccard.min()), agreement)))
        checks.append(
            {"phase": phase, "k": k, "jaccard": float(jaccard.min()), "agreement": agreement, "silhouette": shape}
        )
        if found[-1].standing == "valid":
            break
    # The largest number that stands; else the largest that is a pattern at least; else the smallest tried.
    best = next(
        (n for word in ("valid", "pattern_only") for n, one in enumerate(found) if one.standing == word), len(found) - 1
    )
    check = pd.DataFrame(checks).assign(chosen=np.arange(len(checks)) == best)
    return _described(schools, phase, x, found[best], check)


@dataclass(frozen=True, slots=True)
class _Partition:
    centres: Array
    labels: Index
    jaccard: Array
    shape: float
    standing: str


def _standing(least: float, agreement: float) -> str:
    if least >= STABLE and agreement >= SAME_PARTITION:
        return "valid"
    return "pattern_only" if least >= PATTERN else "continuum"


def _cluster(x: Array, k: int, seed: int, starts: int = STARTS) -> tuple[Array, Index]:
    from sklearn.cluster import KMeans

    fitted = KMeans(n_clusters=k, n_init=starts, random_state=seed).fit(x)
    order = np.argsort(fitted.cluster_centers_[:, 1], kind="stable")  # by free school meals, so that numbers keep
    back = np.argsort(order)
    return fitted.cluster_centers_[order], back[fitted.labels_]


def _agreement(x: Array, k: int, labels: Index, seed: int) -> float:
    """Least adjusted Rand index between the partition and those from two other seeds."""
    from sklearn.metrics import adjusted_rand_score

    return min(float(adjusted_rand_score(labels, _cluster(x, k, seed + offset)[1])) for offset in (1, 2))


def bootstrap_jaccard(
    x: Array, k: int, labels: Index, *, seed: int, need: float = 0.0, times: int = BOOTSTRAPS, starts: int = RESTARTS
) -> Array:
    """Mean over bootstraps of each cluster's best Jaccard index (Hennig 2007).

    Rows are drawn with repetition; the index counts each drawn row once, as fpc's clusterboot does. Stops early, with
    what was reached, once the least cluster can no longer come to `need`.
    """
    from sklearn.cluster import KMeans

    rng = np.random.default_rng(seed)
    total = np.zeros(k)
    for done in range(1, times + 1):
        drawn = rng.integers(0, len(x), len(x))
        fitted = KMeans(n_clusters=k, n_init=starts, random_state=seed + done - 1).fit(x[drawn])
        once, first = np.unique(drawn, return_index=True)
        table = np.zeros((k, k))
        np.add.at(table, (labels[once], fitted.labels_[first]), 1)
        total += np.max(overlap(table), axis=1)
        if total.min() + (times - done) < need * times:
            return np.asarray(total / done)
    return np.asarray(total / times)


def overlap(table: Array) -> Array:
    """Of each pair of clusters, one of either partition: schools in both over schools in either (Jaccard 1901).

    `table`: how many schools each pair shares.
    """
    union = table.sum(axis=1, keepdims=True) + table.sum(axis=0, keepdims=True) - table
    return np.asarray(table / np.maximum(union, 1))


def _described(schools: pd.DataFrame, phase: str, x: Array, chosen: _Partition, check: pd.DataFrame) -> Kinds:
    centres, labels, jaccard, shape = chosen.centres, chosen.labels, chosen.jaccard, chosen.shape
    words = _distinct([_label(centre) for centre in centres])
    note = "contexts shade into one another" if shape < SHADES else ""
    context = pd.DataFrame(
        {
            "phase": phase, "context": np.arange(len(centres)), "label": words, "schools": np.bincount(labels, minlength=len(centres)),
            "jaccard": jaccard, "silhouette": shape, "standing": chosen.standing, "note": note,
        }
    )  # fmt: skip
    far = ((x[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
    far[np.arange(len(x)), labels] = np.inf
    second = far.argmin(axis=1)
    lookup = np.array(words, dtype=object)
    school = pd.DataFrame(
        {
            "urn": schools["urn"].to_numpy(), "phase": phase, "context": labels, "label": lookup[labels], "second": second,
            "second_label": lookup[second],
        }
    )  # fmt: skip
    return Kinds(context, school, check)


def _label(centre: Array) -> str:
    order = np.argsort(-np.abs(centre), kind="stable")[:3]
    words = [list(FEATURES.values())[i][1 if centre[i] > 0 else 2] for i in order if abs(centre[i]) >= NOTICEABLE]
    text = ", ".join(words) if words else "near the middle in every way"
    return text[0].upper() + text[1:]


def _distinct(labels: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    out = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        out.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return out
