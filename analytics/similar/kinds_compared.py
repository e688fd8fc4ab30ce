"""Which way to part schools into kinds, and into how many: every way tried, how well it stands, and the choice (METHODS 9.2).

The largest number of kinds, 4 to 8, of which every one comes back when the schools are drawn again and the whole is the
same from other starts. k-means stays unless another way stands with more kinds that come back at least as often. Where
nothing stands, the largest pattern of k-means, called so; a silhouette is printed and never a gate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from analytics.results import KindsCompared
from analytics.similar import partitions
from analytics.similar.partitions import METHODS, Method, Parted
from analytics.standardise import Array

Progress = Callable[[float, str], None]
SIZES = (8, 7, 6, 5, 4)  # that may be chosen, the largest first (METHODS 9.2)
SHOWN = (10, 9, *SIZES, 3)  # in the comparison (DOMAIN C8)
STABLE, PATTERN = 0.75, 0.60  # least Jaccard over clusters (Hennig 2007)
SAME_PARTITION = 0.9  # least adjusted Rand index over other starts or draws
SILHOUETTE_SAMPLE = 3000
ORDER = ("valid", "pattern_only", "continuum")
WORDS: Mapping[str, str] = {"k_means": "k-means", "ward": "Ward's tree", "mixture": "a mixture of normal distributions"}


def compare(phases: Mapping[str, Array], *, seed: int, progress: Progress) -> tuple[KindsCompared, ...]:
    """All ways and all of SHOWN for each phase's standardised rows, with the choice of each phase marked."""
    out: list[KindsCompared] = []
    tried = [(phase, method) for phase in phases for method in METHODS]
    for done, (phase, method) in enumerate(tried):
        progress(done / len(tried), f"Kinds of school, {phase}: {WORDS[method]}")
        out += _tried(phases[phase], phase, method, SHOWN, seed)
    return tuple(row for phase in phases for row in chosen([row for row in out if row.phase == phase]))


def k_means_only(x: Array, phase: str, *, seed: int) -> tuple[KindsCompared, ...]:
    """The search of a publication without a stored choice: k-means from the largest number down to the first that stands."""
    rows: list[KindsCompared] = []
    for k in SIZES:
        rows += _tried(x, phase, "k_means", (k,), seed)
        if rows[-1].standing == "valid":
            break
    return chosen(rows)


def chosen(rows: list[KindsCompared]) -> tuple[KindsCompared, ...]:
    """The rows of one phase with exactly one marked as chosen, by the rule at the top of this module."""
    may = [row for row in rows if row.k in SIZES]
    usual = min((row for row in may if row.method == "k_means"), key=lambda row: (ORDER.index(row.standing), -row.k))
    stands = usual.standing == "valid"
    if usual.standing == "continuum":
        usual = min((row for row in may if row.method == "k_means"), key=lambda row: row.k)
    more = [
        row
        for row in may
        if row.method != "k_means" and row.standing == "valid"
        and (not stands or (row.k > usual.k and row.jaccard >= usual.jaccard))
    ]  # fmt: skip
    best = min(more, key=lambda row: (-row.k, -row.jaccard, METHODS.index(row.method)), default=usual)
    return tuple(replace(row, chosen=row is best) for row in rows)


def standing(least: float, agreement: float) -> str:
    """valid, pattern_only or continuum, from the least Jaccard and the least agreement."""
    if least >= STABLE and agreement >= SAME_PARTITION:
        return "valid"
    return "pattern_only" if least >= PATTERN else "continuum"


def _tried(x: Array, phase: str, method: Method, sizes: tuple[int, ...], seed: int) -> list[KindsCompared]:
    again = partitions.redrawn(method, seed)
    rows = []
    for k in sizes:
        found = partitions.parted(x, method, k, seed)
        mine = x[found.of]
        need = PATTERN if method == "k_means" and k in SIZES else STABLE  # no other may be chosen for a pattern
        jaccard, draws = partitions.bootstrap_jaccard(mine, k, found.labels, seed=seed, need=need, again=again)
        same, least = partitions.agreement(x, method, k, found, seed), float(jaccard.min())
        rows.append(
            KindsCompared(
                phase, method, k, len(mine), least, same, silhouette(x, found, seed),
                None if np.isnan(found.bic) else found.bic, draws, standing(least, same), False,
                "|".join(f"{one:.6f}" for one in jaccard),
            )
        )  # fmt: skip
    return rows


def silhouette(x: Array, found: Parted, seed: int) -> float:
    """Mean silhouette over at most SILHOUETTE_SAMPLE schools; 0 where all of them lie in one cluster."""
    from sklearn.metrics import silhouette_score

    sample = np.sort(np.random.default_rng(seed).choice(len(x), min(len(x), SILHOUETTE_SAMPLE), replace=False))
    labels = partitions.spread_over(x, found)[sample]
    return float(silhouette_score(x[sample], labels)) if len(np.unique(labels)) > 1 else 0.0
