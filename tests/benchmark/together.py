"""What is said of several measures together, beside the truth: composites (METHODS 4.2), needs counted once per cluster
(5.7), those low for their pupils (5.2), severity (5.4), and the "expectation unsure" cap (3).

Everything is said by the product's own functions; here it is only counted. Every figure is one sum over another, over
all schools of all regions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.findings import areas, needs
from analytics.findings.areas import Stage
from analytics.scores import composites, outcomes, screening
from analytics.scores.composites import Correlations
from analytics.similar import similarity
from analytics.standardise import Z95, Array, Flags
from data.catalogue import MEASURES
from tests.benchmark.several import NAMES, PARTS, Several, stage

Sums = dict[str, tuple[float, float]]
CLUSTER = "key_stage_2_attainment"
MISTAKEN, FAR = 0.5, 1.0  # between-school SDs by which an expectation is truly wrong, and far off
SEED = 1  # of the product's own draws: other reasonable ways
NOBODY = pd.DataFrame({"urn": np.empty(0, int), "comparator_urn": np.empty(0, int)})
UNSEEN = pd.DataFrame({"urn": np.empty(0, int), "position": np.empty(0), "spread": np.empty(0)})
Table = pd.DataFrame


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of one region's schools, each row with its truth in between-school SDs, positive = good.

    `domain`, `attendance`: urn, m, s, raw (unshrunk), theta, tier, reasons, coverage, missing. `areas`: the marked table with
    `theta`, `wrong` (between-school SDs by which the expectation is truly wrong) and `level`, `fifth` (true lasting level and
    its national 20th percentile). `bare`: the same without the cap.
    """

    domain: Table
    attendance: Table
    areas: Table
    bare: Table
    correlated: Correlations


@dataclass(frozen=True, slots=True)
class Truth:
    """By school and measure (columns as NAMES): lasting difference in its own SDs, averaged over the years, the mean taken
    out; lasting level; and by how much the fitted expectation is too high, in SDs. `together`: correlations of the first.
    """

    urn: np.ndarray
    theta: Array
    level: Array
    too_high: Array
    together: Array


def truth(made: Several, fitted: Stage) -> Truth:
    lasting = made.theta.mean(axis=2)
    lasting = lasting - lasting.mean(axis=0)
    size = lasting.std(axis=0)
    own = np.where(size > 0, size, 1.0)
    same = np.corrcoef(lasting.T) if size.all() else np.eye(len(NAMES))
    wrong = np.column_stack([_too_high(made, fitted, name) for name in NAMES]) / own
    wrong = wrong - np.nanmean(wrong, axis=0)  # what is common to all schools moves nobody
    return Truth(made.urn, lasting / own, made.level.mean(axis=2), wrong, same)


def _too_high(made: Several, fitted: Stage, name: str) -> Array:
    """How far the pooled expectation lies above the true one, positive = it asks too much; NaN without results."""
    at, params = NAMES.index(name), fitted.fits[name][0].params
    found = outcomes.residuals(made.rows[name], params)
    above = PARTS[at].polarity * (found["e"] - found["truth"])
    mean = dict(zip(params.window, made.theta[:, at].mean(axis=0), strict=True))
    return (above - found["time_period"].map(mean)).groupby(found["urn"]).mean().reindex(made.urn).to_numpy(float)


def told(made: Several) -> Told:
    """Score one region, and set beside each word what is true."""
    fitted = stage(made)
    correlated = areas.stage_correlations(fitted)
    near = similarity.similar(made.schools).comparator
    none: frozenset[int] = frozenset()
    with_cap, without = (
        needs.marked(fitted, areas.area_table(fitted, correlated, pairs, none, seed=SEED), correlated)
        for pairs in (near, NOBODY)
    )
    domain = areas.domain_table(fitted, correlated, with_cap, UNSEEN, selective=none, seed=SEED)
    known = truth(made, fitted)
    themes = areas._theme_weights(fitted, areas.THEMES["primary"])[1]
    attendance = with_cap[with_cap["area"] == "attendance"]
    return Told(
        composite(domain, fitted, correlated, themes, known),
        composite(attendance, fitted, correlated, {name: 0.5 for name in NAMES if name.startswith("absence")}, known),
        beside(with_cap, known), beside(without, known), correlated,
    )  # fmt: skip


def composite(table: Table, fitted: Stage, correlated: Correlations, share: Mapping[str, float], known: Truth) -> Table:
    """The product's composite of `share`, school by school, as `table` (tier, reasons) has it, with its truth."""
    several = composites.stack({name: fitted.scored(name) for name in share}, correlated)
    weight = np.array([share.get(name, 0.0) for name in correlated.measures])
    found = composites.composite(several, weight)
    there = np.isfinite(several.y)
    theta = combined(known, several.urn, np.where(there, weight, 0.0), correlated.measures)
    out = pd.DataFrame(
        {"m": found.m, "s": found.s, "raw": found.raw / np.sqrt(found.prior), "theta": theta,
         "missing": ~there[:, weight > 0].all(axis=1)}, index=several.urn,
    )  # fmt: skip
    kept = table.set_index("urn")
    cover = kept["coverage"] if "coverage" in kept else pd.Series(1.0, index=kept.index)
    return out.join(kept[["tier", "reasons"]].assign(coverage=cover), how="inner").rename_axis("urn").reset_index()


def combined(known: Truth, urn: np.ndarray, weight: Array, names: Iterable[str]) -> Array:
    """The true composite in its own between-school SDs, each school by the weights of the measures that it has."""
    order = [NAMES.index(name) for name in names]
    w = weight / weight.sum(axis=1, keepdims=True)
    raw = np.sum(w * known.theta[np.searchsorted(known.urn, urn)][:, order], axis=1)
    spread = np.einsum("ni,ij,nj->n", w, known.together[np.ix_(order, order)], w)
    return np.asarray(raw / np.sqrt(spread))


def beside(table: Table, known: Truth) -> Table:
    """Area rows with their truth. Of an area of several measures: the composite's, and the worst expectation."""
    out = []
    for area, mine in table.groupby("area", sort=True):
        names = [name for name in NAMES if MEASURES[name].area == area]
        columns, at = [NAMES.index(name) for name in names], np.searchsorted(known.urn, mine["urn"].to_numpy())
        main = columns[names.index(str(mine["measure"].iloc[0]))]
        weight = np.full((len(mine), len(names)), 1 / len(names))
        wrong = np.nan_to_num(np.abs(known.too_high[at][:, columns])).max(axis=1)
        out.append(
            mine.assign(
                theta=combined(known, mine["urn"].to_numpy(), weight, names), wrong=wrong,
                level=known.level[at, main], fifth=np.percentile(known.level[:, main], outcomes.FIFTH),
            )
        )  # fmt: skip
    return pd.concat(out, ignore_index=True)


def rated(what: Flags, among: Flags | None = None, times: float = 1.0) -> tuple[float, float]:
    """How many of `among` (all) are `what`, times `times`, and how many these are."""
    among = np.ones(len(what), dtype=bool) if among is None else among
    return times * float((what & among).sum()), float(among.sum())


def of_composite(table: Table) -> Sums:
    """Figures of one composite, of schools about which something is said."""
    one = table[table["tier"] != "not_enough_data"]
    theta, tier = one["theta"].to_numpy(float), one["tier"].to_numpy()
    inside = np.abs(theta - one["m"].to_numpy(float)) <= Z95 * one["s"].to_numpy(float)
    full, missing = one["coverage"].to_numpy(float) > 0.99, one["missing"].to_numpy(bool)
    need, above = tier == "may_need_support", np.isin(tier, ("above_expectation", "strength_to_share"))
    typical, delta = tier == "as_expected", screening.DELTA
    right = np.where(need, theta < -delta, np.where(above, theta > delta, np.abs(theta) <= 1))
    weights = one["reasons"].str.contains("depends_on_weights", regex=False).to_numpy(bool)
    miss = [float(np.sum((one[name] - theta) ** 2)) for name in ("m", "raw")]
    return {
        "coverage": rated(inside), "coverage_full": rated(inside, full), "coverage_part": rated(inside, ~full),
        "coverage_missing": rated(inside, missing), "need_below": rated(theta < 0, need), "need_delta": rated(theta < -delta, need),
        "above": rated(theta > 0, above), "above_delta": rated(theta > delta, above), "expected": rated(np.abs(theta) <= 1, typical),
        "all_three": rated(right, need | above | typical), "weights": rated(weights, times=100.0), "mse": (miss[0], miss[1]),
        "needs": rated(need, times=100.0), "aboves": rated(above, times=100.0),
        "flags": rated(need | above, times=100.0), "withheld": (100.0 * (len(table) - len(one)), float(len(table))),
    }  # fmt: skip


def of_cluster(table: Table) -> Sums:
    """METHODS 5.7 on key stage 2: lead areas, areas listed beside them, and "in this subject in particular"."""
    mine = table[table["cluster"] == CLUSTER].sort_values(["urn", "area"], ignore_index=True)
    theta, urn = mine["theta"], mine["urn"]
    need = mine["tier"].eq("may_need_support").to_numpy()
    lowest = theta.groupby(urn).transform("min").to_numpy(float)
    middle = theta.groupby(urn).transform("mean").to_numpy(float)
    led = urn.map(mine[mine["lead"]].set_index("urn")["theta"]).to_numpy(float)
    lead, own, value = mine["lead"].to_numpy(bool), mine["own"].to_numpy(bool), theta.to_numpy(float)
    beside_it, delta = own & ~lead, screening.DELTA
    dropped = need & ~own
    strength = mine["tier"].eq("strength_to_share").to_numpy()
    low, high = (mine["particular"].eq(word).to_numpy() for word in ("support", "strength"))
    schools = float(urn.nunique())
    return {
        "lead_lowest": rated(value <= lowest, lead), "lead_near": rated(value <= lowest + delta, lead),
        "any_near": rated(value <= lowest + delta, need), "own_right": rated(value < led + delta, beside_it),
        "dropped_right": rated(value >= led + delta, dropped),
        "low_right": rated(value - middle < -delta, low), "high_right": rated(value - middle > delta, high),
        "low_any": rated(value - middle < -delta, need), "high_any": rated(value - middle > delta, strength),
        "lows": (100.0 * low.sum(), schools), "highs": (100.0 * high.sum(), schools),
        "before": (float(need.sum()), float(lead.sum())), "after": (float(own.sum()), float(lead.sum())),
    }  # fmt: skip


def of_needs(table: Table) -> Sums:
    """Needs as listed (METHODS 5.2, 5.4, 5.7), false ones per 100 schools, and what severity says against what is lacking."""
    listed = needs.needs(table)[["urn", "area", "basis", "severity"]].merge(
        table[["urn", "area", "theta", "level", "fifth"]], on=["urn", "area"], validate="many_to_one"
    )
    schools, delta = float(table["urn"].nunique()), screening.DELTA
    context, low = (listed[listed["basis"] == word] for word in ("contextual", "absolute"))
    lacking = np.maximum(0.0, -delta - context["theta"]).sum()
    every = table["tier"].eq("may_need_support")
    return {
        "listed": (100.0 * len(context), schools), "right": rated((context["theta"] < 0).to_numpy()),
        "right_delta": rated((context["theta"] < -delta).to_numpy()),
        "false": (100.0 * float((context["theta"] >= 0).sum()), schools),
        "false_delta": (100.0 * float((context["theta"] >= -delta).sum()), schools),
        "false_before": (100.0 * float((every & (table["theta"] >= 0)).sum()), schools),
        "severity": (float(context["severity"].sum()), float(lacking)),
        "low": (100.0 * len(low), schools), "low_right": rated((low["level"] < low["fifth"]).to_numpy()),
        "low_severity": (float((low["severity"] != screening.LOW_SEVERITY).sum()), float(len(low))),
    }  # fmt: skip


def of_cap(table: Table, bare: Table) -> Sums:
    """The "expectation unsure" cap: whom it meets, and what would be said without it, per 100 school-areas with enough data."""
    enough = (table["tier"] != "not_enough_data").to_numpy()
    one, free = table[enough], bare[enough]
    capped = one["reasons"].str.contains("expectation_unsure", regex=False).to_numpy(bool)
    wrong, theta = one["wrong"].to_numpy(float), one["theta"].to_numpy(float)
    mistaken, far = wrong > MISTAKEN, wrong > FAR
    needed, without = (frame["tier"].eq("may_need_support").to_numpy() for frame in (one, free))
    strong, strong_without = (frame["tier"].eq("strength_to_share").to_numpy() for frame in (one, free))
    delta = screening.DELTA
    return {
        "capped": rated(capped, times=100.0), "mistaken": rated(mistaken, times=100.0), "found": rated(capped, mistaken),
        "found_far": rated(capped, far),
        "wrongly": rated(capped, ~mistaken, times=100.0), "true_of_capped": rated(mistaken, capped),
        "false": rated(needed & (theta >= 0), times=100.0), "false_without": rated(without & (theta >= 0), times=100.0),
        "right": rated(theta < 0, needed), "right_without": rated(theta < 0, without),
        "strong": rated(strong & (theta <= delta), times=100.0), "strong_without": rated(strong_without & (theta <= delta), times=100.0),
        "lost": rated(capped, without & (theta < -delta), times=100.0),
    }  # fmt: skip


def of_correlations(correlated: Correlations, names: Iterable[str]) -> Sums:
    """Mean correlation between `names` as fitted: of lasting differences and of one year's noise."""
    at = [correlated.measures.index(name) for name in names]
    pairs = [(i, j) for i in at for j in at if i < j]
    return {
        word: (float(sum(matrix[i, j] for i, j in pairs)), float(len(pairs)))
        for word, matrix in (("between", correlated.between), ("within", correlated.within))
    }


def summed(parts: Iterable[Sums]) -> dict[str, float]:
    """Each figure over all regions; NaN where there was nothing to count."""
    total: Sums = {}
    for part in parts:
        for name, (top, bottom) in part.items():
            before = total.get(name, (0.0, 0.0))
            total[name] = before[0] + top, before[1] + bottom
    return {name: top / bottom if bottom else float("nan") for name, (top, bottom) in total.items()}
