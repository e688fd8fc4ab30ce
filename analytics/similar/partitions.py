"""Three ways to part schools into kinds, and how often each kind comes back when the schools are drawn again.

k-means, Ward's tree and a mixture of normal distributions (DOMAIN C8). Clusters are numbered by their mean in the second
column (free school meals), so that numbers keep their meaning from year to year. Knows no school, phase or label.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from analytics.standardise import Array, Index

Method = Literal["k_means", "ward", "mixture"]
METHODS: tuple[Method, ...] = get_args(Method)
BOOTSTRAPS = 100
STARTS = 10  # of k-means
RESTARTS = 3  # of each resample: fewer than STARTS, which counts a cluster that is hard to find again as less stable
MIXTURE_STARTS = 3  # of a mixture; one for each resample
FLOOR = (
    0.01  # added to each variance of a mixture: figures of many schools are nought, and a spike is no kind of school
)
WARD_MOST = 5000  # schools whose tree is made; of more, a sample, and every school goes to the nearest cluster's middle
SHARE = 0.8  # of the schools in another draw, where there are no more than WARD_MOST
ORDER = 1  # the column by whose mean clusters are numbered


@dataclass(frozen=True, slots=True)
class Parted:
    """A partition of all schools, or of those in `of` (Ward's sample): one label per row of it, clusters' middles by label."""

    centres: Array
    labels: Index
    of: Index
    bic: float = float("nan")  # mixtures only, smaller is better


def parted(x: Array, method: Method, k: int, seed: int) -> Parted:
    """Part standardised rows into k kinds. Ward's tree of more than WARD_MOST rows is one of a sample of them."""
    every = np.arange(len(x))
    if method == "k_means":
        labels, bic = _k_means(x, k, seed, STARTS), float("nan")
    elif method == "mixture":
        labels, bic = _mixture(x, k, seed, MIXTURE_STARTS)
    else:
        every = _sample(len(x), seed)
        labels, bic = _cut(_tree(x[every]), k), float("nan")
    centres = _middles(x[every], labels, k)
    order = np.argsort(centres[:, min(ORDER, x.shape[1] - 1)], kind="stable")
    return Parted(centres[order], np.argsort(order)[labels], every, bic)


def spread_over(x: Array, found: Parted) -> Index:
    """A label for every row: its own where it was parted, else that of the nearest middle."""
    if len(found.of) == len(x):
        return found.labels
    return np.asarray(((x[:, None, :] - found.centres[None, :, :]) ** 2).sum(axis=2).argmin(axis=1))


def agreement(x: Array, method: Method, k: int, found: Parted, seed: int) -> float:
    """Least adjusted Rand index between the partition and two others: other seeds, for Ward's tree other draws of schools."""
    from sklearn.metrics import adjusted_rand_score

    mine, least = spread_over(x, found), 1.0
    for step in (1, 2):
        if method == "ward":
            size = min(WARD_MOST, len(x)) if len(x) > WARD_MOST else int(SHARE * len(x))
            drawn = np.sort(np.random.default_rng(seed + step).choice(len(x), size, replace=False))
            cut = _cut(_tree(x[drawn]), k)
            other = spread_over(x, Parted(_middles(x[drawn], cut, k), cut, drawn))
        else:
            other = parted(x, method, k, seed + step).labels
        least = min(least, float(adjusted_rand_score(mine, other)))
    return least


def bootstrap_jaccard(x: Array, k: int, labels: Index, *, seed: int, need: float = 0.0, times: int = BOOTSTRAPS,
                      again: Callable[[Array, int, int], Index] | None = None) -> tuple[Array, int]:  # fmt: skip
    """Mean over bootstraps of each cluster's best Jaccard index (Hennig 2007), and how many were drawn.

    Rows are drawn with repetition; the index counts each drawn row once, as fpc's clusterboot does. `again` parts the
    drawn rows anew: rows, number of clusters, number of the draw; k-means without it. Stops early, with what was reached,
    once the least cluster can no longer come to `need`.
    """
    part = again or redrawn("k_means", seed)
    rng = np.random.default_rng(seed)
    total = np.zeros(k)
    for done in range(1, times + 1):
        drawn = rng.integers(0, len(x), len(x))
        found = part(x[drawn], k, done - 1)
        once, first = np.unique(drawn, return_index=True)
        table = np.zeros((k, k))
        np.add.at(table, (labels[once], found[first]), 1)
        total += np.max(overlap(table), axis=1)
        if total.min() + (times - done) < need * times:
            return np.asarray(total / done), done
    return np.asarray(total / times), times


def redrawn(method: Method, seed: int, starts: int = RESTARTS) -> Callable[[Array, int, int], Index]:
    """How a resample is parted. Ward's tree of a draw is made once and cut for every number of kinds."""
    if method == "k_means":
        return lambda rows, k, number: _k_means(rows, k, seed + number, starts)
    if method == "mixture":
        return lambda rows, k, number: _mixture(rows, k, seed + number, 1)[0]
    trees: dict[int, Array] = {}

    def cut(rows: Array, k: int, number: int) -> Index:
        if number not in trees:  # the draws of one seed are the same for every k
            trees[number] = _tree(rows)
        return _cut(trees[number], k)

    return cut


def overlap(table: Array) -> Array:
    """Of each pair of clusters, one of either partition: schools in both over schools in either (Jaccard 1901).

    `table`: how many schools each pair shares.
    """
    union = table.sum(axis=1, keepdims=True) + table.sum(axis=0, keepdims=True) - table
    return np.asarray(table / np.maximum(union, 1))


def _k_means(x: Array, k: int, seed: int, starts: int) -> Index:
    from sklearn.cluster import KMeans

    return np.asarray(KMeans(n_clusters=k, n_init=starts, random_state=seed).fit(x).labels_)


def _mixture(x: Array, k: int, seed: int, starts: int) -> tuple[Index, float]:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.mixture import GaussianMixture

    model = GaussianMixture(k, reg_covar=FLOOR, n_init=starts, random_state=seed)
    with warnings.catch_warnings():  # one that does not settle is found out by how seldom its clusters come back
        warnings.simplefilter("ignore", ConvergenceWarning)
        labels = model.fit_predict(x)
    return np.asarray(labels), float(model.bic(x))


def _sample(rows: int, seed: int) -> Index:
    every = np.arange(rows)
    return every if rows <= WARD_MOST else np.sort(np.random.default_rng(seed).choice(rows, WARD_MOST, replace=False))


def _tree(x: Array) -> Array:
    from scipy.cluster.hierarchy import linkage

    return np.asarray(linkage(x, "ward"))


def _cut(tree: Array, k: int) -> Index:
    from scipy.cluster.hierarchy import fcluster

    return np.asarray(fcluster(tree, k, "maxclust")) - 1


def _middles(x: Array, labels: Index, k: int) -> Array:
    sums = np.zeros((k, x.shape[1]))
    np.add.at(sums, labels, x)
    return np.asarray(sums / np.maximum(np.bincount(labels, minlength=k), 1)[:, None])
