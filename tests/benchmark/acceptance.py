"""METHODS 13 on made-up regions: what was promised beside what was seen, and the bars as METHODS states them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.scores.screening import DELTA
from analytics.standardise import Z95, Array
from tests.benchmark import recovery
from tests.benchmark.regions import SETTINGS, Effects, Judged, Setting, fitted, judged, region
from tests.benchmark.report import Bar, Figure

SCHOOLS = 1000
SMALLER = {300: Bar(0.92, 0.98), 150: Bar(0.90, 0.99)}  # coverage of one region of so many schools
SINGLE = Bar(0.93, 0.97)
NATION = 4000  # schools that stand for the nation where a smaller region does not fit its own parameters
FEWEST_NATIONS = 8  # of two windows: with fewer, a handful of flags decides
BANDS = ((6, 14), (15, 30), (31, 60), (61, 120))
KINDS: tuple[tuple[Effects, int], ...] = (
    ("normal", SCHOOLS), ("t5", SCHOOLS), ("none", SCHOOLS), *(("normal", schools) for schools in SMALLER),
)  # fmt: skip
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over one region; means over regions and shares over schools are made from them. NaN: nothing to count."""

    coverage: float
    by_band: tuple[float, ...]
    need_below: float
    need_delta: float
    strength_above: float
    strength_delta: float
    expected: float
    all_three: float
    false_strengths: float  # per 100 schools with theta <= delta
    mse_ratio: float
    flags: float  # per 100 schools
    need_found: float
    strength_found: float
    tau: float
    omega: float
    phi: float


def tally(one: Judged, tau: float) -> Tally:
    """Figures of one region. `tau`: the true spread in points, in which delta is counted."""
    delta, theta = DELTA * tau, one.theta
    inside = np.abs(theta - one.estimate) <= Z95 * one.sd
    need, strong, typical = (one.tier == word for word in ("may_need_support", "strength_to_share", "as_expected"))
    right = np.where(need, theta < -delta, np.where(strong, theta > delta, np.abs(theta) <= tau))
    bands = tuple(_share(inside, (one.cohort >= low - 0.5) & (one.cohort < high + 0.5)) for low, high in BANDS)
    return Tally(
        coverage=float(inside.mean()), by_band=bands, need_below=_share(theta < 0, need),
        need_delta=_share(theta < -delta, need), strength_above=_share(theta > 0, strong),
        strength_delta=_share(theta > delta, strong), expected=_share(np.abs(theta) <= tau, typical),
        all_three=_share(right, need | strong | typical), false_strengths=100 * _share(strong, theta <= delta),
        mse_ratio=float(np.mean((one.estimate - theta) ** 2) / np.mean((one.unshrunk - theta) ** 2)),
        flags=100 * float(np.mean(need | strong)), need_found=_share(need, theta < -tau),
        strength_found=_share(strong, theta > tau), tau=one.params.spread.tau,
        omega=float(np.sqrt(one.params.omega2)), phi=one.params.phi,
    )  # fmt: skip


def _share(what: np.ndarray, among: np.ndarray) -> float:
    return float(what[among].mean()) if among.any() else float("nan")


def tallies(setting: Setting, effects: Effects, schools: int, regions: int, *, seed: int) -> list[Tally]:
    """One tally per region; the same arguments give the same figures."""
    at = [one.name for one in SETTINGS].index(setting.name)
    kind = KINDS.index((effects, schools)) if (effects, schools) in KINDS else len(KINDS)
    tau = 0.0 if effects == "none" else setting.tau
    return [
        tally(judged(region(setting, schools, effects, np.random.default_rng([seed, at, kind, number])), setting), tau)
        for number in range(regions)
    ]


def simulated(regions: int, *, seed: int, progress: Progress) -> list[Figure]:
    """All figures of METHODS 13 on `regions` regions of each setting and kind, one column per setting."""
    found: dict[tuple[Effects, int], list[list[Tally]]] = {}
    for effects, schools in KINDS:
        for setting in SETTINGS:
            progress(f"{setting.name}: {regions} regions of {schools} schools, {effects} effects")
            found.setdefault((effects, schools), []).append(tallies(setting, effects, schools, regions, seed=seed))
    plain, heavy, level = (found[(effects, SCHOOLS)] for effects in ("normal", "t5", "none"))
    tails = _mean("coverage, effects with heavy tails (t5)", Bar(0.93, 0.97), heavy, lambda t: t.coverage)
    figures = [*_coverage(plain), tails]
    progress(f"the smaller regions again, as parts of a nation of {NATION:,} schools")
    for schools, bar in SMALLER.items():
        figures += _smaller(schools, bar, found[("normal", schools)], regions, seed=seed)
    progress("came through difficulty: nations of two windows")
    through = recovery.figures(max(FEWEST_NATIONS, regions // 4), seed=seed)
    return figures + _claims(plain) + _level(level) + through + _fitted(plain)


def held(setting: Setting, schools: int, regions: int, *, seed: int) -> list[Tally]:
    """Regions of the same draws as `tallies`, but scored by the parameters of a nation (METHODS 1.1 and 12)."""
    at, kind = [one.name for one in SETTINGS].index(setting.name), KINDS.index(("normal", schools))
    nation = region(setting, NATION, "normal", np.random.default_rng([seed, at, len(KINDS) + 1]))
    norm = nation, fitted(nation, setting)
    found = []
    for number in range(regions):
        rng = np.random.default_rng([seed, at, kind, number])
        made = region(setting, schools, "normal", rng, nation)
        found.append(tally(judged(made, setting, norm), setting.tau))
    return found


def _smaller(schools: int, bar: Bar, own: Sequence[Sequence[Tally]], regions: int, *, seed: int) -> list[Figure]:
    parts = [held(setting, schools, regions, seed=seed) for setting in SETTINGS]
    return [
        _regions(f"single regions of {schools} schools with coverage {bar.words()}", bar, parts),
        _regions("  the same, had they only themselves to fit on", bar, own),
        _mean("  and the mean of their coverage then", Bar(), own, lambda t: t.coverage),
    ]


def _coverage(plain: Sequence[Sequence[Tally]]) -> list[Figure]:
    bands = [
        _mean(f"  cohort {low} to {high} pupils", Bar(0.93, 0.97), plain, lambda t, at=at: t.by_band[at])  # type: ignore[misc]
        for at, (low, high) in enumerate(BANDS)
    ]
    whole = _mean("coverage of the 95% interval, mean over regions", Bar(0.94, 0.96), plain, lambda t: t.coverage)
    return [
        whole,
        *bands,
        _regions(f"single regions of {SCHOOLS} schools with coverage {SINGLE.words()}", SINGLE, plain),
    ]


def _claims(plain: Sequence[Sequence[Tally]]) -> list[Figure]:
    return [
        _mean("needs truly below expectation", Bar(0.93), plain, lambda t: t.need_below),
        _mean("needs truly below by more than delta", Bar(0.88), plain, lambda t: t.need_delta),
        _mean("strengths truly above expectation", Bar(0.96), plain, lambda t: t.strength_above),
        _mean("strengths truly above by more than delta", Bar(0.93), plain, lambda t: t.strength_delta),
        _mean("as expected, truly within tau", Bar(0.85), plain, lambda t: t.expected),
        _mean("all three words true", Bar(0.90), plain, lambda t: t.all_three),
        _mean(
            "false strengths per 100 with theta <= delta", Bar(high=1.0, decimals=2), plain, lambda t: t.false_strengths
        ),
        _mean("squared error, shrunk against unshrunk", Bar(high=0.70), plain, lambda t: t.mse_ratio),
        _mean("needs found among theta < -tau", Bar(0.6), plain, lambda t: t.need_found),
        _mean("strengths found among theta > tau", Bar(0.4), plain, lambda t: t.strength_found),
    ]


def _level(level: Sequence[Sequence[Tally]]) -> list[Figure]:
    return [
        _mean("no differences at all: flags per 100 schools", Bar(high=0.3, decimals=2), level, lambda t: t.flags),
        _mean("no differences at all: coverage", Bar(0.95), level, lambda t: t.coverage),
    ]


def _fitted(plain: Sequence[Sequence[Tally]]) -> list[Figure]:
    """For information: the parameters that came back, drift counted in omega."""
    none = Bar(decimals=2)
    return [
        _mean("fitted tau, points", none, plain, lambda t: t.tau),
        _mean("fitted omega, points (shocks and drift)", none, plain, lambda t: t.omega),
        _mean("fitted phi", none, plain, lambda t: t.phi),
    ]


def _mean(what: str, bar: Bar, columns: Sequence[Sequence[Tally]], pick: Callable[[Tally], float]) -> Figure:
    values: list[Array] = [np.array([pick(one) for one in column]) for column in columns]
    seen = (float(np.nanmean(found)) if np.isfinite(found).any() else float("nan") for found in values)
    return Figure(what, bar, tuple(seen))


def _regions(what: str, inside: Bar, columns: Sequence[Sequence[Tally]]) -> Figure:
    shares = tuple(float(np.mean([bool(inside.met(one.coverage)) for one in column])) for column in columns)
    return Figure(what, Bar(0.95), shares)
