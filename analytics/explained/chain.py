"""One school's outcomes score repeated from what was published, step by step, so that a reader can do the same by hand.

Reads published tables only and does its own arithmetic, apart from `outcomes`, `shrinkage` and `composites`: a test
compares the two for every school of the sample. Scores of earlier years are not repeated: their coefficients are not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import erf, isfinite, log, sqrt
from typing import Any

import numpy as np
import pandas as pd

from analytics import standardise
from analytics.facts.intake import WORDS
from analytics.findings.areas import THEMES
from analytics.findings.weighing import stage_scores
from analytics.scores import screening
from data.catalogue import MEASURES, NotEnoughData

Read = Callable[[str], pd.DataFrame]
NAMED = {**WORDS, **{f"sqrt_{name}": f"square root of {WORDS[name]}" for name in ("fsm6", "eal")}}
BY_TREES = (
    "foreseen by boosted trees, grown without this school's own group: no sum repeats it, so it is taken as published"
)
CLOSE = 1e-6  # how near a repeated figure must come to the published one, as a share of it


@dataclass(frozen=True, slots=True)
class Step:
    """One figure: what it is, how it is worked out, the sum with its numbers, and what was published (None: nothing)."""

    what: str
    rule: str
    numbers: str
    value: float
    published: float | None = None
    taken: bool = False  # not worked out here but taken as published: trees have no sum that a hand could repeat

    @property
    def repeats(self) -> bool:
        """Whether the figure worked out here is the published one."""
        return self.published is None or abs(self.value - self.published) <= CLOSE * max(1.0, abs(self.published))


@dataclass(frozen=True, slots=True)
class Block:
    """The steps of one measure's year, of one measure, or of the domain."""

    title: str
    steps: tuple[Step, ...]
    measure: str = ""
    time_period: int | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """All blocks of one school, phase and year, from the first figure to the answer, and the answer as published."""

    urn: int
    phase: str
    time_period: int
    blocks: tuple[Block, ...]
    tier: str
    reasons: str

    @property
    def repeats(self) -> bool:
        return all(step.repeats for block in self.blocks for step in block.steps)

    @property
    def taken(self) -> bool:
        """Whether a step was taken as published, for boosted trees foresee it."""
        return any(step.taken for block in self.blocks for step in block.steps)


def outcomes_chain(read: Read, urn: int, phase: str | None = None) -> Chain:
    """The chain behind the newest outcomes score of a school. `read` gives a published table by name.

    Raises NotEnoughData, with the reason that stands on the page, where the school has no outcomes score.
    """
    domain = read("domain_score")
    domain = domain[(domain["urn"] == urn) & (domain["domain"] == "outcomes")]
    if domain.empty:
        raise NotEnoughData(f"no open school with the URN {urn} is in the newest figures")
    mine = domain[domain["phase"].eq(phase) if phase else domain["time_period"].notna()].sort_values("time_period")
    if mine.empty or pd.isna(mine["time_period"].iloc[-1]):
        codes = [code for code in str(domain["reasons"].iloc[-1]).split("|") if code in screening.REASONS]
        why = "; ".join(screening.REASONS[code] for code in codes) or "no results are published for it"
        raise NotEnoughData(f"the school with the URN {urn} has no outcomes score: {why}")
    row = mine.iloc[-1]
    found = _scores(read, urn, str(row["phase"]), int(row["time_period"]))
    blocks = [block for score in found.to_dict("records") for block in measure_blocks(read, urn, score)]
    blocks.append(_domain(read, found, row))
    return Chain(urn, str(row["phase"]), int(row["time_period"]), tuple(blocks), str(row["tier"]), str(row["reasons"]))


def _scores(read: Read, urn: int, phase: str, time_period: int) -> pd.DataFrame:
    """Rows of measure_score behind the domain: the phase's own, attendance also from the school's own phase."""
    table = read("measure_score")
    mine = stage_scores(table[table["urn"] == urn], phase, time_period)
    pairs = read("correlation")
    here = pairs[(pairs["phase"] == phase) & (pairs["time_period"] == time_period)]
    used = set(here["measure"]) | set(here["other"])
    mine = mine[mine["measure"].isin(used)] if used else mine
    mine = mine[mine["measure"].map(lambda key: MEASURES[key].theme).isin(THEMES.get(phase, ()))]
    return mine.reset_index(drop=True)


def measure_blocks(read: Read, urn: int, score: Mapping[Any, Any]) -> list[Block]:
    """The steps of one measure, year by year and then pooled. `score`: its row of measure_score, of the newest year."""
    key, phase = str(score["measure"]), str(score["phase"])
    rows = read("score_year")
    rows = rows[(rows["urn"] == urn) & (rows["measure"] == key) & (rows["phase"] == phase)].sort_values("time_period")
    if rows.empty:
        raise NotEnoughData("these figures were made before the steps of a score were kept; make them again")
    fitted, end = read("national"), int(rows["end"].iloc[0])
    nation = fitted[(fitted["measure"] == key) & (fitted["phase"] == phase) & (fitted["time_period"] == end)].iloc[0]
    terms = read("expectation")
    terms = terms[(terms["measure"] == key) & (terms["phase"] == phase) & (terms["end"] == end)]
    blocks = [_year(row, terms, nation) for row in rows.to_dict("records")]
    return [*blocks, _pooled(read, rows, nation, score)]


def _year(row: Mapping[Any, Any], terms: pd.DataFrame, nation: pd.Series) -> Block:
    """One year: expectation from the coefficients, the difference, and its variance."""
    measure, mode = MEASURES[str(row["measure"])], str(nation["mode"])
    x = {
        **{name: row[name] for name in ("fsm6", "eal", "ehcp", "sen_support", "prior", "single_sex", "selective")},
        "constant": 1.0, "sqrt_fsm6": sqrt(row["fsm6"]), "log_cohort": log(row["pupils"]),
        "sqrt_eal": sqrt(row["eal"]) if isfinite(row["eal"]) else float("nan"),
    }  # fmt: skip
    terms = terms[terms["time_period"] == row["time_period"]]
    by_trees = terms.empty and nation.get("expectation") == "boosted"
    mine = terms[(terms["pattern"] == row["pattern"]) & (terms["fold"] == row["fold"])]
    parts = [(t["column"], t["beta"] * (x[t["column"]] - t["centre"]) / t["scale"], t) for t in mine.to_dict("records")]
    raw = sum(part for _, part, _ in parts)
    e = min(max(raw, standardise.CLIP[0]), standardise.CLIP[1]) if mode == "binomial" else raw
    e = float(row["e"]) if by_trees else e
    said = " ".join(
        f"{t['beta']:+.6g}"
        if name == "constant"
        else f"{t['beta']:+.6g} x ({x[name]:.6g} - {t['centre']:.6g}) / {t['scale']:.6g} [{NAMED[name]}]"
        for name, _, t in parts
    )
    scaled = float(standardise.to_scale(np.array([row["value"]]), mode)[0])  # type: ignore[arg-type]
    d = measure.polarity * (scaled - e)
    unit = float(standardise.sampling_variance(np.array([e]), np.array([row["pupils"]]), mode)[0])  # type: ignore[arg-type]
    factor = nation["phi"] if mode != "mean" else nation["sigma"] ** 2
    v = factor * unit + nation["omega"] ** 2 + nation["lean"] * row["unsure"]
    sign = "" if measure.polarity > 0 else "-1 x "
    steps = (
        Step("what the intake leads one to expect", BY_TREES, f"{e:.6g}", e, row["e"], taken=True) if by_trees else
        Step("what the intake leads one to expect", "sum of coefficient x (figure - centre) / spread; coefficients of the fit without this school's own group", said, e, row["e"]),
        Step("difference of this year, larger is better", "published figure less expectation", f"{sign}({scaled:.6g} - {e:.6g})", d, row["d"]),
        Step("variance of this year's difference", "chance + the year's own swing + the error of the expectation",
             f"{factor:.6g} x {unit:.6g} + {nation['omega']:.6g}^2 + {nation['lean']:.6g} x {row['unsure']:.6g}", v, row["v"]),
    )  # fmt: skip
    return Block(
        f"{measure.label}: {row['value']:g}{'%' if measure.unit == 'pct' else ''}, {row['pupils']:g} pupils",
        steps,
        measure.key,
        int(row["time_period"]),
    )


def _pooled(read: Read, rows: pd.DataFrame, nation: pd.Series, score: Mapping[Any, Any]) -> Block:
    """All years of a measure: pooled, pulled in, and put on the scale on which 50 is typical."""
    h, d = 1 / rows["v"].to_numpy(float), rows["d"].to_numpy(float)
    y, s2 = float(np.sum(h * d) / np.sum(h)), float(1 / np.sum(h))
    grid = read("spread")
    grid = grid[
        (grid["measure"] == score["measure"])
        & (grid["phase"] == score["phase"])
        & (grid["end"] == nation["time_period"])
    ]
    taus, weights = grid["tau"].to_numpy(float), grid["weight"].to_numpy(float)
    tau = float(sqrt(np.sum(weights * taus**2)))
    kept = taus**2 / (taus**2 + s2)
    m = float(np.sum(weights * kept * y))
    variance = float(np.sum(weights * (kept * s2 + (kept * y) ** 2))) - m**2
    averaged = "" if len(grid) == 1 else f", averaged over {len(grid)} values of the spread (few schools)"
    middle, half = 50 + 10 * m / tau, 10 * standardise.Z95 * sqrt(variance) / tau
    steps = (
        Step("difference pooled over the years", "mean of the years' differences, each weighted by 1 / its variance",
             " + ".join(f"{one:.6g} x {weight:.6g}" for one, weight in zip(d, h / h.sum(), strict=True)), y, _number(score["y"], tau)),
        Step("its variance", "1 / sum of the weights", f"1 / {h.sum():.6g}", s2, _number(score["v"], tau**2)),
        Step("lasting difference", f"spread^2 / (spread^2 + variance) of the pooled difference{averaged}",
             f"{tau:.6g}^2 / ({tau:.6g}^2 + {s2:.6g}) x {y:.6g}", m, _number(score["m"], tau)),
        Step("how unsure it is (standard deviation)", "square root of spread^2 x variance / (spread^2 + variance)" + averaged,
             f"{tau:.6g} x {sqrt(s2):.6g} / sqrt({tau:.6g}^2 + {s2:.6g})", sqrt(variance), _number(score["s"], tau)),
        Step("on the scale where 50 is typical", "50 + 10 x lasting difference / spread, kept within 0 and 100",
             f"50 + 10 x {m:.6g} / {tau:.6g}", _within(middle), _number(score["score"])),
        Step("lower end of its range", "less 1.96 times how unsure", f"{middle:.6g} - {half:.6g}", _within(middle - half), _number(score["score_low"])),
        Step("upper end of its range", "and 1.96 times more", f"{middle:.6g} + {half:.6g}", _within(middle + half), _number(score["score_high"])),
    )  # fmt: skip
    return Block(f"{MEASURES[str(score['measure'])].label}: all years", steps, str(score["measure"]))


def _number(value: object, unit: float = 1.0) -> float | None:
    """A published figure in the units of the step; None where none was published."""
    return None if value is None or pd.isna(value) else float(value) * unit  # type: ignore[arg-type, call-overload]


def _within(value: float) -> float:
    return min(max(value, 0.0), 100.0)


def _domain(read: Read, found: pd.DataFrame, row: pd.Series) -> Block:
    """All themes together: weights, the combination, its noise and spread, pulled in once."""
    names = list(found["measure"])
    y, sd = found["y"].to_numpy(float), np.sqrt(found["v"].to_numpy(float))
    within, between = _matrices(read, names, str(row["phase"]), int(row["time_period"]))
    w = _weights(read, names, str(row["phase"]), int(row["time_period"]))
    raw, noise, prior = float(w @ y), float((w * sd) @ within @ (w * sd)), float(w @ between @ w)
    pull = prior / (prior + noise)
    m, s = pull * raw / sqrt(prior), sqrt(pull * noise / prior)
    below = normal((-screening.DELTA - m) / s)
    posterior = f"normal, mean {m:.6g}, standard deviation {s:.6g}"
    terms = " + ".join(
        f"{part:.4g} x {one:.6g} [{MEASURES[name].short}]" for part, one, name in zip(w, y, names, strict=True)
    )
    steps = (
        Step("weighted mean of the measures", "equal themes, over the measures that the school has; each measure in spreads", terms, raw),
        Step("its noise", "over pairs of measures: weights x standard deviations x how far their noise goes together", _products(names, w * sd, within), noise),
        Step("spread of such a mean between schools, squared", "over pairs of measures: weights x how far lasting differences go together", _products(names, w, between), prior),
        Step("on the scale where 50 is typical", "50 + 10 x spread^2 / (spread^2 + noise) x mean / spread",
             f"50 + 10 x {prior:.6g} / ({prior:.6g} + {noise:.6g}) x {raw:.6g} / {sqrt(prior):.6g}", _within(50 + 10 * m), _number(row["score"])),
        Step("how sure that it lies below what its intake leads one to expect", f"probability below -{screening.DELTA} spreads", posterior, below,
             _number(row["p_below"])),
        Step("how sure that it lies above", f"probability above +{screening.DELTA} spreads", posterior,
             1 - normal((screening.DELTA - m) / s), _number(row["p_above"])),
    )  # fmt: skip
    return Block("Outcomes together", steps)


def _products(names: list[str], size: np.ndarray, together: np.ndarray) -> str:
    """Sum of size_i x size_j x correlation_ij: each measure's own square, then each pair twice."""
    own = [f"{size[i]:.4g}^2 [{MEASURES[name].short}]" for i, name in enumerate(names)]
    pairs = [
        f"2 x {size[i]:.4g} x {size[j]:.4g} x {together[i, j]:.4g}"
        for i in range(len(names))
        for j in range(i + 1, len(names))
    ]
    return " + ".join([*own, *pairs])


def _weights(read: Read, names: list[str], phase: str, time_period: int) -> np.ndarray:
    """Equal themes, equal measures inside a theme, then shared out over the measures that the school has."""
    pairs = read("correlation")
    here = pairs[(pairs["phase"] == phase) & (pairs["time_period"] == time_period)]
    stage = {*here["measure"], *here["other"], *names}
    themes = [MEASURES[name].theme for name in sorted(stage)]
    share = np.array([1 / themes.count(MEASURES[name].theme) for name in names])
    return share / share.sum()


def _matrices(read: Read, names: list[str], phase: str, time_period: int) -> tuple[np.ndarray, np.ndarray]:
    pairs = read("correlation")
    here = pairs[(pairs["phase"] == phase) & (pairs["time_period"] == time_period)]
    known = {(row["measure"], row["other"]): row for row in here.to_dict("records")}
    out = []
    for kind in ("within", "between"):
        matrix = np.eye(len(names))
        for i, one in enumerate(names):
            for j, other in enumerate(names):
                if i != j:
                    matrix[i, j] = known[(min(one, other), max(one, other))][kind]
        out.append(matrix)
    return out[0], out[1]


def normal(z: float) -> float:
    """The standard normal distribution function."""
    return 0.5 * (1 + erf(z / sqrt(2))) if abs(z) < 30 else float(z > 0)
