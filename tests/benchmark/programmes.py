"""Did it help, on made-up nations whose truth is known (METHODS 11, 13): `python -m tests.benchmark.programmes [PROGRAMMES]`.

Each nation has schools outside and, for each size of programme, a partnership that supports those of its schools that
were lowest in the selection year. Through the product's own path: expectation, design, matched sets, estimate, test.
Nobody's support does anything; an effect of so many points is then added to what the supported schools' results were, and
looked for. Draws nothing without a seed.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from analytics import years
from analytics.programmes import designs, evaluation
from analytics.programmes.effects import LEVEL, detectable
from analytics.programmes.results import EffectSummary
from analytics.scores import outcomes
from analytics.standardise import Array
from data.catalogue import MEASURES
from tests.benchmark import rebound
from tests.benchmark.regions import DRIFT, SETTINGS, Setting, intakes, results
from tests.benchmark.report import Bar, Figure, figures_table

YEARS = (202223, 202324, 202425, 202526, 202627, 202728)
SELECTION, FIRST = 202526, 202627
SHARE = 5  # a partnership has so many schools for each that it supports
EFFECT = 6.0  # points, looked for
Chosen = Literal["selection year", "three years", "draw"]
Tables = dict[str, pd.DataFrame]
Printed = tuple[str, tuple[str, ...], list[Figure]]


@dataclass(frozen=True, slots=True)
class World:
    """`sizes`: supported schools of each programme; `pool`: schools outside; how schools were chosen; earlier and later years.

    With `waves` half of the schools start a year after the others.
    """

    pool: int
    sizes: tuple[int, ...]
    chosen: Chosen = "selection year"
    earlier: int = 3
    later: int = 2
    waves: bool = False


WORLDS = {"1,000 schools outside": World(1000, (10, 20)), "250 schools outside": World(250, (10, 20))}
# Of these METHODS 13 has no bars: printed, not judged; and fewer, for each needs a nation of its own
OTHERS = {
    "6 schools": World(1000, (6,)),
    "30 schools": World(1000, (30,)),
    "one later year": World(1000, (10,), later=1),
    "two waves": World(1000, (20,), waves=True),
    "by lot": World(1000, (10,), chosen="draw"),
    "on three years": World(1000, (10,), chosen="three years"),
    "two earlier": World(1000, (10,), earlier=2),
    "one earlier": World(1000, (10,), earlier=1),
}
BIAS = {1000: Bar(-0.5, 0.5, 2), 250: Bar(-1.0, 1.0, 2)}
REBOUNDS = 50  # nations of 20,000 schools, for the ways that mislead
REBOUND = f"A programme that does nothing, six ways to look at it: {REBOUNDS} nations of {rebound.SCHOOLS:,} schools"
COVERAGE, ALARMS = Bar(0.93, 0.97), Bar(high=0.065)


@dataclass(frozen=True, slots=True)
class Seen:
    """One programme without effect: its estimate, interval and test; whether EFFECT would have been seen, had it been there."""

    estimate: float
    covered: bool
    p: float
    called: bool
    noticed: bool
    naive: float


def nation(setting: Setting, world: World, rng: np.random.Generator) -> tuple[Tables, list[np.ndarray]]:
    """Published tables of one nation, and the URNs of each partnership; the others are outside."""
    ours, periods = [SHARE * size for size in world.sizes], YEARS[3 - world.earlier : 4 + world.later]
    schools = world.pool + sum(ours)
    made = results(
        setting, intakes(schools, rng), _lasting(setting.tau, schools, len(periods), rng), rng, years=periods
    )
    until = made.rows[made.rows["time_period"] <= SELECTION]
    fit = outcomes.fit_and_score(until, MEASURES[setting.measure], "primary", SELECTION)
    value = made.rows[["urn", "time_period", "value", "pupils", "release"]].assign(measure=setting.measure, status="ok")
    value = value.merge(fit.yearly[["urn", "time_period", "expected"]], on=["urn", "time_period"], how="left")
    p = fit.params
    national = {"measure": setting.measure, "phase": "primary", "time_period": SELECTION, "mode": p.mode, "phi": p.phi,
                "sigma": np.nan, "omega": np.sqrt(p.omega2), "tau": p.spread.tau}  # fmt: skip
    school = pd.DataFrame(
        {"urn": made.urn, "stages": "primary", "phase": "primary", "selective": False, "pupils": np.nan}
    )
    parts = np.split(made.urn, np.cumsum([world.pool, *ours])[:-1])
    return {"value": value, "national": pd.DataFrame([national]), "school": school}, parts


def _lasting(tau: float, schools: int, count: int, rng: np.random.Generator) -> Array:
    """Stationary autoregression with SD tau in every year, its drift drawn once for the nation."""
    rho = rng.uniform(*DRIFT)
    steps = [rng.normal(0, 1, schools)]
    for _ in range(count - 1):
        steps.append(rho * steps[-1] + np.sqrt(1 - rho**2) * rng.normal(0, 1, schools))
    return tau * np.column_stack(steps)


def chosen(value: pd.DataFrame, ours: np.ndarray, size: int, how: Chosen, rng: np.random.Generator) -> np.ndarray:
    """The partnership's schools that are supported: the lowest in the selection year, or over three years, or drawn."""
    if how == "draw":
        return np.sort(rng.permutation(ours)[:size])
    span = YEARS[3:4] if how == "selection year" else YEARS[1:4]
    mean = value[value["urn"].isin(ours) & value["time_period"].isin(span)].groupby("urn")["value"].mean()
    return np.sort(mean.sort_values(kind="stable").index.to_numpy()[:size])


def programmes(setting: Setting, world: World, seed: Sequence[int]) -> list[Seen]:
    """One programme of each size in one nation, from figures to answer."""
    rng = np.random.default_rng(seed)
    tables, (outside, *partnerships) = nation(setting, world, rng)
    plan, out = designs.Plan(setting.measure, SELECTION, FIRST), []
    for size, ours in zip(world.sizes, partnerships, strict=True):
        urns = chosen(tables["value"], ours, size, world.chosen, rng)
        starts = {int(urn): years.following(FIRST) for urn in urns[::2]} if world.waves else {}
        design = designs.design(tables, urns, outside, replace(plan, starts=starts), seed=seed[-1], made_up=0)
        found = evaluation.evaluate(tables, design, seed=seed[-1], outside=outside, made_up=0).effect
        value = tables["value"]
        lifted = value["urn"].isin(urns) & (value["time_period"] >= value["urn"].map(starts).fillna(FIRST))
        helped = {**tables, "value": value.assign(value=value["value"] + EFFECT * lifted)}
        out.append(_seen(found, evaluation.evaluate(helped, design, seed=seed[-1], outside=outside, made_up=0).effect))
    return out


def _seen(found: EffectSummary, helped: EffectSummary) -> Seen:
    figures = (found.estimate, found.low, found.high, found.p, found.own_change, helped.low, helped.p)
    estimate, low, high, p, naive, with_low, with_p = (float("nan") if one is None else one for one in figures)
    return Seen(
        estimate, low <= 0 <= high, p, p <= LEVEL and not low <= 0 <= high, with_p <= LEVEL and with_low > 0, naive
    )


def tallied(world: World, nations: int, *, seed: int, at: int = 0) -> dict[int, list[Seen]]:
    """`nations` programmes of each size, the three settings in turn."""
    found = [programmes(SETTINGS[n % len(SETTINGS)], world, [seed, 11, at, n]) for n in range(nations)]
    return {size: [one[place] for one in found] for place, size in enumerate(world.sizes)}


def _mean(seen: Sequence[Seen], name: str) -> float:
    return float(np.mean([getattr(one, name) for one in seen]))


def figures(world: World, seen: Mapping[int, Sequence[Seen]], *, judged: bool) -> list[Figure]:
    """METHODS 13 of one world, a column for each size."""
    columns = list(seen.values())
    sizes = list(seen)
    none = Bar()

    def line(what: str, bar: Bar, name: str) -> Figure:
        return Figure(what, bar if judged else Bar(decimals=bar.decimals), tuple(_mean(one, name) for one in columns))

    spread = tuple(float(np.std([one.estimate for one in column], ddof=1)) for column in columns)
    return [
        line("estimate less truth, mean, points", BIAS.get(world.pool, Bar(decimals=2)), "estimate"),
        line("95% interval holds the truth", COVERAGE, "covered"),
        Figure("no effect: chance is ruled out (p <= .05)", ALARMS if judged else none,
               tuple(float(np.mean([one.p <= LEVEL for one in column])) for column in columns)),
        line("no effect: a difference is said to be seen", ALARMS, "called"),
        Figure(f"effect of {EFFECT:g} points: a difference is said to be seen", none, tuple(_mean(one, "noticed") for one in columns)),
        Figure("smallest effect noticed four times in five, points", Bar(decimals=1),
               tuple(detectable(one, size) for one, size in zip(spread, sizes, strict=True))),
        Figure("supported schools' own change, no effect, points", Bar(decimals=1), tuple(_mean(one, "naive") for one in columns)),
    ]  # fmt: skip


def simulated(nations: int, others: int, *, seed: int) -> list[Printed]:
    """Title, columns and figures: `nations` of each judged world, `others` of each that is printed only.

    The same arguments give the same figures.
    """
    out: list[Printed] = []
    for at, (name, world) in enumerate(WORLDS.items()):
        seen = tallied(world, nations, seed=seed, at=at)
        columns = tuple(f"{size} supported" for size in world.sizes)
        out.append((f"Did it help, {name}: {nations} programmes", columns, figures(world, seen, judged=True)))
    found = [tallied(world, others, seed=seed, at=len(WORLDS) + at) for at, world in enumerate(OTHERS.values())]
    parts = [figures(world, seen, judged=False) for world, seen in zip(OTHERS.values(), found, strict=True)]
    lines = [Figure(one[0].what, one[0].bar, tuple(part.seen[0] for part in one)) for one in zip(*parts, strict=True)]
    title = f"Did it help, 10 supported and 1,000 schools outside, or as named: {others} programmes"
    return [*out, (title, tuple(OTHERS), lines), (REBOUND, ("Points",), rebound.figures(REBOUNDS, seed=seed))]


def main(nations: int, others: int, *, seed: int = 2026) -> bool:
    """Print everything; whether every bar is met."""
    found = simulated(nations, others, seed=seed)
    for title, columns, lines in found:
        print(figures_table(title, columns, lines), end="\n\n")
    return met(found)


def met(found: Sequence[Printed]) -> bool:
    """Whether every figure that has a bar lies where it should."""
    return not any(line.verdict(columns).startswith("not") for _, columns, lines in found for line in lines)


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    sys.exit(0 if main(count, max(count // 4, 2)) else 1)
