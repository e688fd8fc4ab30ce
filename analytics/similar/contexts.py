"""Kinds of school: clusters of similar circumstances, for names and networks only (METHODS 9.2). No results go in.

Circumstances shade into one another; where clusters are not stable they are called a pattern only, and every school is
shown the kind it is second nearest to. Which way and how many is a stored choice, else k-means is searched anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

import numpy as np
import pandas as pd

from analytics.results import KindsCompared, frame
from analytics.similar import kinds_compared, partitions
from analytics.standardise import Array

PHASES = ("primary", "secondary")
FEWEST = 120  # schools of one phase below which no kinds are named
SHADES = 0.25  # silhouette under which contexts "shade into one another"
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
    """Frames for the tables `context`, `school_context` and `kinds_compared`."""

    context: pd.DataFrame
    school_context: pd.DataFrame
    compared: pd.DataFrame


def kinds(schools: pd.DataFrame, stored: Sequence[KindsCompared] = (), *, seed: int) -> Kinds:
    """Clusters of each phase's state-funded schools with all of FEATURES known. Small phases get none.

    `stored`: the comparison of `compared`, whose chosen way and number are fitted once; a phase that it does not hold
    gets today's search by k-means alone.
    """
    parts = []
    for phase, mine in _phases(schools).items():
        x = _features(mine)
        rows = [row for row in stored if row.phase == phase] or kinds_compared.k_means_only(x, phase, seed=seed)
        parts.append(_described(mine, x, rows, seed))
    if not parts:
        return Kinds(pd.DataFrame(columns=_CONTEXT), pd.DataFrame(columns=_SCHOOL), frame([], KindsCompared))
    return Kinds(*(pd.concat([getattr(p, n) for p in parts], ignore_index=True) for n in Kinds.__slots__))


def compared(schools: pd.DataFrame, *, seed: int, progress: Callable[[float, str], None]) -> tuple[KindsCompared, ...]:
    """Every way and number of kinds tried on each phase that is large enough, see `kinds_compared.compare`."""
    return kinds_compared.compare(
        {phase: _features(mine) for phase, mine in _phases(schools).items()}, seed=seed, progress=progress
    )


def _phases(schools: pd.DataFrame) -> dict[str, pd.DataFrame]:
    known = schools[schools["sector"].isin(("maintained", "academy")) & schools[list(FEATURES)].notna().all(axis=1)]
    found = {phase: known[known["phase"].eq(phase)].sort_values("urn") for phase in PHASES}
    return {phase: mine for phase, mine in found.items() if len(mine) >= FEWEST}


_CONTEXT = ["phase", "context", "label", "schools", "jaccard", "silhouette", "standing", "note"]
_SCHOOL = ["urn", "phase", "context", "label", "second", "second_label"]


def _features(schools: pd.DataFrame) -> Array:
    change = {"log": np.log1p, "sqrt": np.sqrt}
    x = np.column_stack([change[how](schools[name].to_numpy(float)) for name, (how, _, _) in FEATURES.items()])
    return np.asarray((x - x.mean(axis=0)) / np.maximum(x.std(axis=0), 1e-9))


def _described(schools: pd.DataFrame, x: Array, rows: Sequence[KindsCompared], seed: int) -> Kinds:
    one = next(row for row in rows if row.chosen)
    method = next(known for known in get_args(partitions.Method) if known == one.method)
    found = partitions.parted(x, method, one.k, seed)
    centres, labels = found.centres, partitions.spread_over(x, found)
    words = _distinct([_label(centre) for centre in centres])
    note = "contexts shade into one another" if one.silhouette < SHADES else ""
    context = pd.DataFrame(
        {
            "phase": one.phase, "context": np.arange(one.k), "label": words, "schools": np.bincount(labels, minlength=one.k),
            "jaccard": [float(part) for part in one.jaccards.split("|")], "silhouette": one.silhouette,
            "standing": one.standing, "note": note,
        }
    )  # fmt: skip
    far = ((x[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
    far[np.arange(len(x)), labels] = np.inf
    second = far.argmin(axis=1)
    lookup = np.array(words, dtype=object)
    school = pd.DataFrame(
        {
            "urn": schools["urn"].to_numpy(), "phase": one.phase, "context": labels, "label": lookup[labels], "second": second,
            "second_label": lookup[second],
        }
    )  # fmt: skip
    return Kinds(context, school, frame(rows, KindsCompared).astype({"bic": float}))


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
