"""Areas of practice and the outcomes domain of one phase and year, from the measures' scores (METHODS 4.2-4.3, 5).

Attainment areas compare within the stage they are taught for; attendance joins from the school's own phase. RWM combined
is never here: it would count its parts twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics import standardise
from analytics.scores import composites, screening, specifications
from analytics.scores.composites import Correlations, Stack
from analytics.scores.outcomes import NationalParams
from analytics.scores.screening import Evidence
from analytics.scores.shrinkage import below, severity
from analytics.similar import similarity
from analytics.standardise import Array, Flags, Words, is_true
from data.catalogue import MEASURES

THEMES: Mapping[str, tuple[str, ...]] = {
    "primary": ("expected_standard", "higher_standard", "disadvantage", "attendance"),
    "secondary": ("attainment", "ebacc", "disadvantage", "attendance", "destinations"),
}
PROGRESS = frozenset(("ks4_progress8", "ks5_alevel_value_added"))  # measures with the pupils' start in them
INSTEAD_OF = {"ks4_progress8": "ks4_attainment8"}  # scored in place of the other where it exists (METHODS 4.3)


@dataclass(frozen=True, slots=True)
class Fit:
    """One measure, stratum and window: parameters, scored schools, and yearly differences in between-school SDs."""

    params: NationalParams
    scored: pd.DataFrame
    yearly: pd.DataFrame  # urn, time_period, d and its variance v, in_norm, expected


@dataclass(frozen=True, slots=True)
class Stage:
    """All fits that say something about the schools of one phase in one year; attendance from every stratum."""

    phase: str
    end: int
    fits: Mapping[str, tuple[Fit, ...]]  # by measure

    def scored(self, measure: str) -> pd.DataFrame:
        return pd.concat([fit.scored for fit in self.fits[measure]], ignore_index=True).drop_duplicates("urn")

    def yearly(self, measure: str) -> pd.DataFrame:
        """Yearly differences, each at its place in the window: a measure published years behind is laid beside the others.

        Its pupils are then others than theirs, and their chance is their own.
        """
        return pd.concat([self._placed(fit) for fit in self.fits[measure]], ignore_index=True)

    def _placed(self, fit: Fit) -> pd.DataFrame:
        behind = self.end // 100 - fit.params.end // 100
        if not behind:
            return fit.yearly
        start = fit.yearly["time_period"] // 100 + behind
        return fit.yearly.assign(time_period=start * 100 + (start + 1) % 100)


def scored_measures(available: Mapping[str, object]) -> tuple[str, ...]:
    """The measures that carry scores, with Progress 8 in place of Attainment 8 where it exists."""
    replaced = {old for new, old in INSTEAD_OF.items() if new in available}
    return tuple(sorted(name for name in available if name not in replaced))


def stage_correlations(stage: Stage) -> Correlations:
    """National correlations of noise and of lasting differences between the stage's scored measures."""
    return composites.correlations({name: stage.yearly(name) for name in scored_measures(stage.fits)})


def expectation_unsure(scored: pd.DataFrame, neighbours: pd.DataFrame) -> pd.Series:
    """Whether schools like this one lie, on average, more than half a between-school SD from their own expectation.

    The local check of METHODS 3, on residuals: the mean of similar schools' raw results would also differ where their
    intakes do, and flags 14% of schools in a region whose expectation is right (DECISIONS.md). The mean of few schools
    strays by chance: the limit is that of similarity.K schools, and grows as the square root of how many fewer there are.
    `neighbours`: urn, comparator_urn. False where a school has no similar schools with results.
    """
    difference = scored.set_index("urn")["y"]
    pairs = neighbours[neighbours["urn"].isin(scored["urn"])]
    theirs = pairs["comparator_urn"].map(difference).groupby(pairs["urn"])
    apart = theirs.mean().reindex(scored["urn"]).abs().to_numpy(float)
    count = theirs.count().reindex(scored["urn"]).fillna(0).to_numpy(float)
    limit = screening.UNSURE_EXPECTATION * np.sqrt(similarity.K / np.clip(count, 1, similarity.K))
    return pd.Series(np.nan_to_num(apart) > limit, index=scored["urn"])


def area_table(
    stage: Stage, correlated: Correlations, neighbours: pd.DataFrame, selective: frozenset[int], *, seed: int
) -> pd.DataFrame:
    """AreaScore rows of every area the stage's measures speak about, with `p_low` for the absolute basis."""
    areas: dict[str, list[str]] = {}
    for name in scored_measures(stage.fits):
        areas.setdefault(MEASURES[name].area, []).append(name)
    tables = [
        _area(stage, area, names, correlated, neighbours, selective, seed) for area, names in sorted(areas.items())
    ]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def _area(stage: Stage, area: str, names: list[str], correlated: Correlations, neighbours: pd.DataFrame,
          selective: frozenset[int], seed: int) -> pd.DataFrame:  # fmt: skip
    main = stage.scored(names[0])
    several = composites.stack({name: stage.scored(name) for name in names}, correlated)
    weight = _weights(correlated, {name: 1 / len(names) for name in names})
    rows = main.set_index("urn").reindex(several.urn)
    for name in names[1:]:  # a school without the main measure keeps its counts, never the other measure's figure
        other = stage.scored(name).set_index("urn").reindex(several.urn)
        rows = rows.assign(**{key: rows[key].fillna(other[key]) for key in ("first_year", "years", "pupils")})
    if len(names) == 1:
        m, s = rows["m"].to_numpy(float), rows["s"].to_numpy(float)
    else:
        found = composites.composite(several, weight)
        m, s = found.m, found.s
    unsure = _any_unsure(stage, names, neighbours, several.urn)
    evidence = _evidence(stage, names, several, m, s, unsure, selective)
    tiers = screening.tiers(evidence)
    shaken = _ways(several, weight, tiers, screening.may_share(evidence), seed, domain=False)
    return _area_rows(stage, area, names[0], several.urn, rows, m, s, tiers, shaken.tier, shaken.reasons).assign(
        p_low=_p_low(stage, names[0], rows),
        smallest=evidence.smallest,
        agreement=shaken.agreement,
        sensitive_to=shaken.sensitive_to,
    )


def _weights(correlated: Correlations, share: Mapping[str, float]) -> Array:
    return np.array([share.get(name, 0.0) for name in correlated.measures])


def _any_unsure(stage: Stage, names: list[str], neighbours: pd.DataFrame, urn: Array) -> Flags:
    flags = np.zeros(len(urn), dtype=bool)
    for name in names:
        for fit in stage.fits[name]:
            found = expectation_unsure(fit.scored, neighbours)
            flags |= found[~found.index.duplicated()].reindex(urn, fill_value=False).to_numpy()
    return flags


def _evidence(
    stage: Stage, names: list[str], several: Stack, m: Array, s: Array, unsure: Flags, selective: frozenset[int]
) -> Evidence:
    frames = [stage.scored(name).set_index("urn").reindex(several.urn) for name in names]
    stacked = {
        key: np.column_stack([frame[key].to_numpy(float) for frame in frames])
        for key in ("pupils", "unbroken", "least", "smallest")
    }
    there = np.isfinite(stacked["pupils"])
    with np.errstate(invalid="ignore"):
        low = {
            key: np.nanmin(np.where(there.any(axis=1, keepdims=True), values, 0.0), axis=1)
            for key, values in stacked.items()
        }
    low["unbroken"] = np.where(
        there.all(axis=1), low["unbroken"], 0.0
    )  # a strength rests on each measure (METHODS 5.1)
    return Evidence(
        m, s, np.nanmax(np.where(there.any(axis=1, keepdims=True), stacked["pupils"], 0.0), axis=1), low["unbroken"], low["least"],
        low["smallest"], there.mean(axis=1), ~barred(several.urn, names, selective), unsure,
    )  # fmt: skip


def barred(urn: Array, names: Iterable[str], selective: frozenset[int]) -> Flags:
    """Selective schools, where any of these results needs the intake's start to say how much is the school's (trap 13)."""
    return np.isin(urn, list(selective)) & any(_needs_prior(name) for name in names)


def _needs_prior(name: str) -> bool:
    """Results of a selective school say little without its intake's start; progress and value added have it in them."""
    return MEASURES[name].source in ("ks4", "ks4_destinations") and name not in PROGRESS


@dataclass(frozen=True, slots=True)
class _Shaken:
    """Tiers after other reasonable ways were tried: what share of them agree, and the measures that decide."""

    tier: Words
    reasons: Words
    agreement: Array
    sensitive_to: Words


def _ways(
    several: Stack, weight: Array, found: screening.Tiers, strength: Flags, seed: int, *, domain: bool
) -> _Shaken:
    """Mixed evidence where other reasonable ways to combine the measures do not agree (METHODS 5.5)."""
    blank = np.full(len(several.urn), "", dtype=object)
    if np.count_nonzero(weight) < 2:
        return _Shaken(found.tier, found.reasons, np.full(len(several.urn), np.nan), blank)
    known = specifications.ways(several, weight / weight.sum(), seed=seed)
    agreed = specifications.same_tier(several, known, found.tier, strength, domain=domain)
    decided = np.isin(found.tier, ("may_need_support", "strength_to_share", "above_expectation", "as_expected"))
    without = specifications.left_out(several, weight, found.tier, strength, domain=domain)
    needed = screening.joined({name: decided & (tier != found.tier) for name, tier in without})
    shaken = decided & (agreed < screening.SAME_TIER)
    tier = np.where(shaken, "mixed_evidence", found.tier).astype(object)
    reasons = screening.add_reason(found.reasons, "depends_on_weights", shaken)
    return _Shaken(tier, reasons, np.where(decided, agreed, np.nan), needed)


def _p_low(stage: Stage, name: str, rows: pd.DataFrame) -> Array:
    """P(lasting raw level < national 20th percentile) of the area's main measure; NaN where that measures progress.

    Progress has the start of the pupils in it, so its level says nothing of resources.
    """
    out = np.full(len(rows), np.nan)
    for fit in () if name in PROGRESS else stage.fits[name]:
        mine = rows.index.isin(fit.scored["urn"])
        sd = rows.loc[mine, "s"].to_numpy(float) * fit.params.spread.tau
        out[mine] = below(rows.loc[mine, "level"].to_numpy(float), sd, fit.params.fifth)
    return out


def _area_rows(stage: Stage, area: str, measure: str, urn: Array, rows: pd.DataFrame, m: Array, s: Array,
               tiers: screening.Tiers, tier: Words, reasons: Words) -> pd.DataFrame:  # fmt: skip
    need = tier == "may_need_support"
    score, score_low, score_high = standardise.score(m, s)
    return pd.DataFrame(
        {
            "urn": urn, "phase": stage.phase, "area": area, "time_period": stage.end, "measure": measure,
            "first_year": rows["first_year"].to_numpy(), "years": rows["years"].to_numpy(), "pupils": rows["pupils"].to_numpy(),
            **{key: rows[key].to_numpy() for key in ("value", "value_low", "value_high", "expected", "difference", "difference_low", "difference_high")},
            "m": m, "s": s, "p_below": tiers.p_below, "p_above": tiers.p_above, "p_within": tiers.p_within,
            "score": score, "score_low": score_low, "score_high": score_high, "tier": tier, "reasons": reasons,
            "severity": np.where(need, severity(m, s, screening.DELTA), 0.0), "release": stage.fits[measure][0].params.release,
            "as_predecessor": is_true(rows["as_predecessor"]), "last_year": stage.fits[measure][0].params.end,
        }
    )  # fmt: skip


def domain_table(
    stage: Stage, correlated: Correlations, areas: pd.DataFrame, inspection: pd.DataFrame, *, selective: frozenset[int],
    seed: int,
) -> pd.DataFrame:  # fmt: skip
    """The outcomes domain of each school: themes weigh equally; withheld where coverage is under 60%.

    A selective school is never above expectation where any of it needs the intake's start (see `barred`).

    `areas`: this stage's area table (for pupils and for an unsure expectation); `inspection`: urn, position, spread (rho z
    and its SD), for "depends on inspection" only: its weight in the score is nought (METHODS 5.6).
    """
    themes = THEMES[stage.phase]
    share, weight_of = _theme_weights(stage, themes)
    several = composites.stack({name: stage.scored(name) for name in weight_of}, correlated)
    weight = _weights(correlated, weight_of)
    coverage = _coverage(several, correlated, share)
    free = ~barred(several.urn, weight_of, selective)
    found, tiers = outcomes_tiers(several, weight, coverage, areas, free)
    shaken = _ways(several, weight, tiers, free, seed, domain=True)
    changed = _inspection_decides(several.urn, found, (len(themes), free), inspection, shaken.tier)
    reasons = screening.add_reason(shaken.reasons, "depends_on_inspection", changed)
    score, score_low, score_high = standardise.score(found.m, found.s)
    shown = coverage >= screening.COVERAGE
    table = pd.DataFrame(
        {
            "urn": several.urn, "phase": stage.phase, "domain": "outcomes", "time_period": stage.end,
            "score": score, "score_low": score_low, "score_high": score_high, "coverage": coverage, "p_below": tiers.p_below,
            "p_above": tiers.p_above, "tier": shaken.tier, "reasons": reasons, "agreement": shaken.agreement, "sensitive_to": shaken.sensitive_to,
        }
    )  # fmt: skip
    hidden = ["score", "score_low", "score_high", "p_below", "p_above"]
    visible = shown & (pooled_pupils(areas, several.urn) >= screening.POOLED_PUPILS)
    table = table.assign(**{name: table[name].where(visible) for name in hidden})
    return table[table["urn"].isin(areas["urn"])]


def outcomes_tiers(
    several: Stack, weight: Array, coverage: Array, areas: pd.DataFrame, free: Flags
) -> tuple[composites.Composite, screening.Tiers]:
    """Posterior and tiers of the outcomes domain, before other ways are tried.

    `areas`: the schools' area rows; `free`: who may be above expectation. A strength's other conditions are an area's.
    """
    found, every = composites.composite(several, weight), np.ones(len(several.urn), dtype=bool)
    evidence = Evidence(
        found.m, found.s, pooled_pupils(areas, several.urn), screening.STRENGTH_YEARS * every, every,
        screening.STRENGTH_COHORT * every, coverage, free, mostly_unsure(areas, several.urn),
    )  # fmt: skip
    return found, screening.tiers(evidence, domain=True)


def pooled_pupils(areas: pd.DataFrame, urn: Array) -> Array:
    """Pupils behind the results of each school, of the area with most; attendance does not count. 0 without results."""
    found = areas[areas["area"] != "attendance"].groupby("urn")["pupils"].max()
    return found.reindex(urn).fillna(0.0).to_numpy()


def mostly_unsure(areas: pd.DataFrame, urn: Array) -> Flags:
    """Whether the expectation is unsure in more than half of a school's areas."""
    flagged = areas["reasons"].str.contains("expectation_unsure", regex=False)
    return np.asarray(flagged.astype(float).groupby(areas["urn"]).mean().reindex(urn).fillna(0.0).to_numpy() > 0.5)


def _theme_weights(stage: Stage, themes: tuple[str, ...]) -> tuple[dict[str, float], dict[str, float]]:
    """Share of each theme in coverage, and the weight of each measure: equal themes, equal measures inside a theme."""
    members = {
        theme: [name for name in scored_measures(stage.fits) if MEASURES[name].theme == theme] for theme in themes
    }
    share = {name: 1 / len(themes) for names in members.values() for name in names}
    weights = {name: 1 / len(themes) / len(names) for names in members.values() for name in names}
    return share, weights


def _coverage(several: Stack, correlated: Correlations, share: Mapping[str, float]) -> Array:
    total = np.zeros(len(several.urn))
    themes = sorted({MEASURES[name].theme for name in share})
    for theme in themes:
        columns = [i for i, name in enumerate(correlated.measures) if name in share and MEASURES[name].theme == theme]
        total += np.isfinite(several.y[:, columns]).any(axis=1) * next(
            share[n] for n in share if MEASURES[n].theme == theme
        )
    return total


def _inspection_decides(
    urn: Array, found: composites.Composite, ways: tuple[int, Flags], inspection: pd.DataFrame, tier: Words
) -> Flags:
    """Where inspection at one theme's weight would change the tier (METHODS 5.6): said, and the tier stays.

    `ways`: how many themes there are, and which schools may be above expectation.
    """
    themes, free = ways
    lined = inspection.set_index("urn").reindex(urn)
    position, spread = lined["position"].to_numpy(float), lined["spread"].to_numpy(float)
    w = 1 / (themes + 1)
    m, s = (1 - w) * found.m + w * position, np.sqrt(((1 - w) * found.s) ** 2 + (w * spread) ** 2)
    other = screening.plain_tier(np.nan_to_num(m), np.nan_to_num(s, nan=9.0), strength=free, domain=True)
    decided = np.isin(tier, ("may_need_support", "above_expectation", "as_expected"))
    return np.asarray(np.isfinite(position) & decided & (other != tier))
