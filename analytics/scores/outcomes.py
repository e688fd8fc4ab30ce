"""One measure of one phase over one window: what is fitted on the nation, and what is then said of each school.

Two steps, two functions (METHODS 1.1): `fit_national` reads every school, `score_schools` reads none but the school it
scores and the NationalParams; scoring schools together or one by one gives the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import optimize

from analytics import standardise, years
from analytics.scores import context, shrinkage
from analytics.scores.context import YearFit
from analytics.scores.shrinkage import Spread
from analytics.standardise import Array, Flags, Index, Mode
from data.catalogue import Measure, NotEnoughData

FIFTH = 20.0  # the national percentile of the absolute basis (METHODS 5.2)


@dataclass(frozen=True, slots=True)
class NationalParams:
    """Everything about the nation that one school's score needs; held fixed in the properties of METHODS 12.3."""

    phase: str
    measure: str
    polarity: int
    mode: Mode
    window: tuple[int, ...]  # the years pooled for most schools
    long_window: tuple[int, ...]  # for schools with few pupils
    fits: Mapping[int, YearFit]
    phi: float  # sigma squared for means
    omega2: float
    spread: Spread
    national: float  # pupil-weighted mean of the window
    fifth: float  # 20th percentile of lasting levels, larger = better, modelling scale
    r2: float
    schools: int
    release: str
    lean: float = 1.0  # how many times one year's error of the expectation stands in a pooled variance

    @property
    def end(self) -> int:
        return self.window[-1]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The nation's parameters with what they were fitted on: `residuals` of the window and every school scored."""

    params: NationalParams
    yearly: pd.DataFrame
    scored: pd.DataFrame


def fit_national(panel: pd.DataFrame, measure: Measure, phase: str, end: int, *, trees: bool = False) -> NationalParams:
    """The parameters alone of `fit_and_score`."""
    return fit_and_score(panel, measure, phase, end, trees=trees).params


def fit_and_score(panel: pd.DataFrame, measure: Measure, phase: str, end: int, *, trees: bool = False) -> Fitted:
    """Fit expectation, noise and between-school spread of one measure, phase and window ending in `end`.

    With `trees` the second pass foresees by boosted trees (see `context.TreeFit`), the first by regression all the same.

    `panel`: one row per school and year with a published number: urn, time_period, value, pupils, release, in_norm,
    fold, pattern and the covariates of `context`. Raises NotEnoughData where the window has fewer than two adjacent
    years or too few schools.
    """
    published = dict(
        panel.drop_duplicates("time_period")[["time_period", "release"]].itertuples(index=False, name=None)
    )
    firm = years.firm_years(published)
    window = years.window(measure, firm, end, years.WINDOW)
    long_window = years.window(measure, firm, end, years.LONG_WINDOW)
    if not window or window[-1] != end or len(window) < 2:
        raise NotEnoughData(f"{measure.label} has one comparable year only up to {years.shown(end)}")
    rows = panel[panel["time_period"].isin(long_window)].reset_index(drop=True)
    norm, late = rows["in_norm"].to_numpy(), rows["time_period"].isin(window).to_numpy()
    if not (norm & late).any():
        raise NotEnoughData(f"no school of this phase has {measure.label}")
    national = float(np.average(rows.loc[norm & late, "value"], weights=rows.loc[norm & late, "pupils"]))
    mode = standardise.mode_of(measure.kind, national)
    state = _passes(rows, measure, mode, national, long_window, window, trees=trees)
    return _params(state, rows, measure, phase, mode, national, window, long_window, str(published[end]))


@dataclass(frozen=True, slots=True)
class _Fitted:
    fits: Mapping[int, YearFit]
    noise: shrinkage.Noise
    lean: float
    spread: Spread


def _passes(rows: pd.DataFrame, measure: Measure, mode: Mode, national: float, long_window: tuple[int, ...],
            window: tuple[int, ...], *, trees: bool) -> _Fitted:  # fmt: skip
    """Two passes of expectation, noise and spread: the weights of the second come from the first (METHODS 3)."""
    omega0 = standardise.sd_to_scale(measure.omega0 or 1.0, national, mode)
    floor = standardise.sd_to_scale(measure.tau_floor or 0.0, national, mode)
    target = standardise.to_scale(rows["value"].to_numpy(float), mode)
    pupils, year = rows["pupils"].to_numpy(float), rows["time_period"].to_numpy()
    flat = np.full(len(rows), national)
    first_spread = 4 * omega0**2 if mode != "mean" else 9 * omega0**2
    slope = 1.0 if mode != "mean" else float(np.nanvar(target) * np.median(pupils) / 2)
    variance = slope * standardise.sampling_variance(flat, pupils, mode) + omega0**2 + first_spread
    fitted: _Fitted | None = None
    share = 0.0
    for fit_year in (context.fit_year, context.fit_trees if trees else context.fit_year):
        fits = {one: fit_year(rows[year == one], target[year == one], 1 / variance[year == one]) for one in long_window}
        expected, unsure = _expectation(rows, fits, mode)
        unit = standardise.sampling_variance(expected, pupils, mode)
        difference = measure.polarity * (target - expected)
        found = _noise(rows, difference, unit, omega0, proportion=mode != "mean")
        noisy, lean = found.slope * unit + found.omega2, 1 + (len(window) - 1) * share
        pooled = _pool(rows, difference, noisy + lean * unsure, window, long_window)
        inside = pooled["in_norm"] & np.isfinite(pooled["y"])
        between = shrinkage.spread(pooled.loc[inside, "y"].to_numpy(), pooled.loc[inside, "v"].to_numpy(), floor)
        fitted = _Fitted(fits, found, lean, between)
        variance = np.where(np.isnan(unit), variance, noisy + between.tau**2)
        share = between.tau**2 / float(np.nanmedian(variance))
    assert fitted is not None  # nosec B101 # only tells the type
    return fitted


def _expectation(rows: pd.DataFrame, fits: Mapping[int, YearFit], mode: Mode) -> tuple[Array, Array]:
    """Each row's expectation on the modelling scale, and its own variance; NaN where there is none."""
    year, e, unsure = rows["time_period"].to_numpy(), np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    for one, fit in fits.items():
        if (year == one).any():
            e[year == one], unsure[year == one] = context.foreseen(rows[year == one], fit)
    return (np.clip(e, *standardise.CLIP) if mode == "binomial" else e), unsure


def _noise(rows: pd.DataFrame, difference: Array, unit: Array, omega0: float, *, proportion: bool) -> shrinkage.Noise:
    table = pd.DataFrame({"urn": rows["urn"], "t": rows["time_period"], "d": difference, "u": unit})
    table = table[
        rows["in_norm"].to_numpy() & np.isfinite(difference) & (rows["pupils"].to_numpy() >= years.SMALLEST_COHORT)
    ]
    later = table.assign(t=table["t"].map({t: years.following(t) for t in table["t"].unique()}))
    pairs = table.merge(later, on=["urn", "t"], suffixes=("", "_before"), validate="one_to_one").sort_values(
        ["urn", "t"]
    )
    return shrinkage.noise(
        ((pairs["d"] - pairs["d_before"]) ** 2).to_numpy(), (pairs["u"] + pairs["u_before"]).to_numpy(), omega0,
        proportion=proportion,
    )  # fmt: skip


def _pool(
    rows: pd.DataFrame, difference: Array, variance: Array, window: tuple[int, ...], long_window: tuple[int, ...]
) -> pd.DataFrame:
    """Pool each school's years by 1/(v + omega^2) over its window (METHODS 2.4); one row per URN, sorted.

    Schools with fewer than FEW_PUPILS pupils in three years use up to five. `least`: lowest yearly difference;
    `smallest`: smallest cohort; `expected_scaled`, `expected`: the expectation pooled as the results are, where `rows` have it;
    `unbroken`: the years where every one of the window is there, else 0 (a strength needs them all, METHODS 5.1).
    """
    kept, recent = _kept(rows, difference, window, long_window)
    of = rows["urn"].to_numpy()
    at = np.flatnonzero(kept)
    at = at[np.argsort(of[at], kind="stable")]  # each school's rows side by side
    urn, d, h = of[at], difference[at], 1 / variance[at]
    first = np.flatnonzero(np.r_[True, urn[1:] != urn[:-1]][: len(urn)])
    count = np.diff(np.r_[first, len(urn)])
    pupils, total = rows["pupils"].to_numpy(float)[at], _per_school(np.add, h, first)

    def each(name: str, kind: type, how: np.ufunc) -> np.ndarray:
        return _per_school(how, rows[name].to_numpy(kind)[at], first)

    wanted = np.where(recent[at][first] < years.FEW_PUPILS, len(long_window), len(window))
    together = _per_school(np.add, pupils, first)
    pooled = {
        "y": _per_school(np.add, h * d, first) / total, "v": 1 / total, "pupils": together, "years": count,
        "first_year": each("time_period", int, np.minimum), "in_norm": each("in_norm", bool, np.logical_and),
        "least": _per_school(np.minimum, d, first), "smallest": _per_school(np.minimum, pupils, first),
        "as_predecessor": each("as_predecessor", bool, np.logical_or), "unbroken": np.where(count == wanted, count, 0),
        "value": _per_school(np.add, pupils * rows["value"].to_numpy(float)[at], first) / together,
    }  # fmt: skip
    if "e" in rows:
        for name, column in (("expected_scaled", "e"), ("expected", "expected")):
            pooled[name] = _per_school(np.add, h * rows[column].to_numpy(float)[at], first) / total
    return pd.DataFrame({"urn": urn[first], **pooled})


def _per_school(how: np.ufunc, values: np.ndarray, first: Index) -> np.ndarray:
    """`values`, each school's side by side from `first` on, put together per school."""
    return np.asarray(how.reduceat(values, first)) if len(first) else values[:0]


def _kept(
    rows: pd.DataFrame, difference: Array, window: tuple[int, ...], long_window: tuple[int, ...]
) -> tuple[Flags, Array]:
    """Which rows are pooled, and each row's school's pupils in the window: nought or more pupils in every row."""
    pupils, when = rows["pupils"].to_numpy(float), rows["time_period"].to_numpy()
    usable = np.isfinite(difference) & (pupils >= years.SMALLEST_COHORT)
    late = np.isin(when, window) & usable
    school = np.unique(rows["urn"].to_numpy(), return_inverse=True)[1]
    recent = np.bincount(school, np.where(late, pupils, 0.0))[school]
    older = usable & np.isin(when, long_window) & (recent < years.FEW_PUPILS)
    return (late | older) & (recent > 0), recent.astype(np.float64)


def pooled_years(yearly: pd.DataFrame, params: NationalParams) -> pd.DataFrame:
    """The rows of `residuals` that a score is pooled from, of schools with a result in the window."""
    return yearly[_kept(yearly, yearly["d"].to_numpy(), params.window, params.long_window)[0]]


def _params(fitted: _Fitted, rows: pd.DataFrame, measure: Measure, phase: str, mode: Mode, national: float,
            window: tuple[int, ...], long_window: tuple[int, ...], release: str) -> Fitted:  # fmt: skip
    bare = NationalParams(
        phase, measure.key, measure.polarity, mode, window, long_window, fitted.fits, fitted.noise.slope,
        fitted.noise.omega2, fitted.spread, national, float("nan"), float("nan"), 0, release, fitted.lean,
    )  # fmt: skip
    yearly = residuals(rows, bare)
    scored = _scored(yearly, bare)
    norm = scored[scored["in_norm"]]
    inside = yearly["in_norm"] & yearly["time_period"].isin(window) & np.isfinite(yearly["d"])
    here = yearly[inside]
    centred = here["scaled"] - here["scaled"].groupby(here["time_period"]).transform("mean")
    r2 = 1 - float(np.average(here["d"] ** 2, weights=here["pupils"]) / np.average(centred**2, weights=here["pupils"]))
    fifth = _fifth(norm["level"].to_numpy(float), norm["s"].to_numpy(float) * fitted.spread.tau)
    return Fitted(replace(bare, fifth=fifth, r2=r2, schools=len(norm)), yearly, scored)


def _fifth(level: Array, sd: Array) -> float:
    """The level below which a FIFTH of the nation's lasting levels lie, each known only as normal about `level`.

    Not the percentile of `level` itself: what was pulled in spreads less than the lasting levels do.
    """
    if not len(level):
        return float("nan")
    reach = 6 * float(sd.max()) + 1e-9

    def short(limit: float) -> float:
        return float(np.mean(shrinkage.below(level, sd, limit))) - FIFTH / 100

    return float(optimize.brentq(short, float(level.min()) - reach, float(level.max()) + reach, xtol=1e-10))


def residuals(rows: pd.DataFrame, params: NationalParams) -> pd.DataFrame:
    """Each row's expectation and difference (`d`, positive = good) with its variance `v` about the lasting level.

    Adds `scaled`, `e` (modelling scale), `unsure` (its own variance), `expected` (published scale), `d`, `v`; NaN where no
    expectation is possible.
    `v` holds the error of the expectation too, `lean` times: its errors of several years go together as far as the
    same lasting differences stand in all of them, so pooling years does not average them out (DECISIONS.md).
    """
    scaled = standardise.to_scale(rows["value"].to_numpy(float), params.mode)
    e, unsure = _expectation(rows, params.fits, params.mode)
    unit = standardise.sampling_variance(e, rows["pupils"].to_numpy(float), params.mode)
    v = params.phi * unit + params.omega2 + params.lean * unsure
    expected = standardise.mean_from_scale(e, v + params.spread.tau**2, params.mode)
    return rows.assign(scaled=scaled, e=e, unsure=unsure, expected=expected, d=params.polarity * (scaled - e), v=v)


def score_schools(rows: pd.DataFrame, params: NationalParams) -> pd.DataFrame:
    """Score every school in `rows` from its own rows and `params` alone; one row per URN that can be scored.

    `m` and `s` are in between-school SDs, positive = good; `value`, `expected`, `difference` on the published scale.
    `y`, `v` are the unshrunk pooled difference and its variance in between-school SDs. Schools without an expectation
    or without a result in the window have no row.
    """
    return _scored(residuals(rows[rows["time_period"].isin(params.long_window)], params), params)


def _scored(yearly: pd.DataFrame, params: NationalParams) -> pd.DataFrame:
    pooled = _pool(yearly, yearly["d"].to_numpy(), yearly["v"].to_numpy(), params.window, params.long_window)
    if pooled.empty:
        return pooled.assign(m=[], s=[], level=[], difference=[], difference_low=[], difference_high=[],
                             value_low=[], value_high=[])  # fmt: skip
    mean, variance = shrinkage.posterior(pooled["y"].to_numpy(), pooled["v"].to_numpy(), params.spread)
    sd, tau = np.sqrt(variance), params.spread.tau
    expected = pooled["expected_scaled"].to_numpy(float)
    level = params.polarity * expected + mean
    natural = standardise.from_scale(expected, params.mode)
    step = [
        standardise.from_scale(expected + params.polarity * (mean + z * sd), params.mode) - natural
        for z in (0.0, -standardise.Z95, standardise.Z95)
    ]
    low, high = (None, None)
    if params.mode != "mean":
        low, high = standardise.interval(pooled["value"].to_numpy(), pooled["pupils"].to_numpy())
    return pooled.assign(
        m=mean / tau, s=sd / tau, y=pooled["y"] / tau, v=pooled["v"] / tau**2, least=pooled["least"] / tau, level=level,
        difference=step[0], difference_low=np.minimum(step[1], step[2]),
        difference_high=np.maximum(step[1], step[2]), value_low=low, value_high=high,
    )  # fmt: skip


def score_school(rows: pd.DataFrame, params: NationalParams) -> pd.DataFrame:
    """One school's score: `score_schools` on the rows of a single URN. Raises ValueError given more than one school."""
    if rows["urn"].nunique() > 1:
        raise ValueError("score_school reads one school at a time")
    return score_schools(rows, params)
