"""Published rows of what was chosen: kinds of school by which method, expectation by regression or trees. Computes nothing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KindsCompared:
    """Table `kinds_compared`: one way to part the schools of a phase into k kinds, and how well it stands.

    `jaccard` and `agreement` are the least over clusters and over other draws; `jaccards` each cluster's, by number,
    joined by |. Resampling stops early where the least cluster cannot come back often enough: `draws` says when.
    """

    phase: str
    method: str  # k_means | ward | mixture
    k: int
    schools: int  # that were parted; a tree is made of a sample
    jaccard: float
    agreement: float
    silhouette: float
    bic: float | None  # mixtures only; smaller is better
    draws: int
    standing: str  # valid | pattern_only | continuum
    chosen: bool
    jaccards: str


@dataclass(frozen=True, slots=True)
class ExpectationCompared:
    """Table `expectation_compared`: regression against trees for one measure's newest window, each predicted without its group.

    Weighted root mean squared error on the scale the measure is modelled on; `gain` is the share by which trees lower it.
    """

    phase: str
    measure: str
    end: int
    first_year: int
    results: int  # of schools and years
    linear: float
    boosted: float | None  # None: too few schools to try trees
    gain: float | None
    chosen: str  # linear | boosted


@dataclass(frozen=True, slots=True)
class Choice:
    """What was compared and chosen with the results up to `time_period`; part of a publication's identity."""

    time_period: int
    kinds: tuple[KindsCompared, ...]
    expectation: tuple[ExpectationCompared, ...]

    @property
    def boosted(self) -> frozenset[tuple[str, str]]:
        """Measures and phases whose expectation is foreseen by trees."""
        return frozenset((row.measure, row.phase) for row in self.expectation if row.chosen == "boosted")
