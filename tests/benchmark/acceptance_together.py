"""What METHODS 13 calls not simulated, on made-up regions: composites, the cluster rule 5.7, the basis of 5.2, severity and
the "expectation unsure" cap, beside bars of our own.

METHODS states no bars for these. They are ours, set on 22 November 2026 from 150 regions, 40 without differences and 80 wrong in
places: a little inside of what was seen, so that a fault would be noticed (the fifth of levels pulled in, which was one until
that day, gave .82 under "low for its pupils"). Where a rule promises a share itself (P >= 0.8), that is the bar.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from tests.benchmark import together
from tests.benchmark.report import Bar, Figure
from tests.benchmark.several import ATTENDANCE, NAMES, Kind, several
from tests.benchmark.together import Sums, Told

SCHOOLS = 1000
KINDS: tuple[Kind, ...] = ("apart", "none", "pocket")
Progress = Callable[[str], None]
Lines = Sequence[tuple[str, str, Bar]]  # figure, words, bar
Printed = tuple[str, tuple[str, ...], list[Figure]]

SUBJECTS = NAMES[:4]
ONE, TWO, OPEN = 1, 2, Bar()
COMPOSITE: Lines = (
    ("coverage", "coverage of the composite's 95% interval", Bar(0.94, 0.97)),
    ("coverage_full", "  every theme has figures", Bar(0.94, 0.97)),
    ("coverage_part", "  a theme is missing", Bar(0.94, 0.97)),
    ("coverage_missing", "  a measure is missing", Bar(0.94, 0.97)),
    ("need_below", "needs truly below expectation", Bar(0.97)),
    ("need_delta", "  truly below by more than delta", Bar(0.94)),
    ("above", "above expectation, truly", Bar(0.98)),
    ("above_delta", "  truly by more than delta", Bar(0.96)),
    ("expected", "as expected, truly within one spread", Bar(0.91)),
    ("all_three", "all three words true", Bar(0.93)),
    ("mse", "squared error, shrunk against unshrunk", Bar(high=0.80)),
    ("between", "correlation of lasting differences, as fitted (made: .90, .93)", OPEN),
    ("within", "  of the noise of one year", OPEN),
    ("needs", "needs, per 100 schools", Bar(decimals=ONE)),
    ("aboves", "above expectation, per 100 schools", Bar(decimals=ONE)),
    ("weights", "depends on weights, per 100 schools", Bar(high=30.0, decimals=ONE)),
    ("withheld", "not enough data, per 100 schools", Bar(decimals=ONE)),
)
LEVEL: Lines = (
    ("flags", "no differences at all: flags per 100 schools", Bar(high=0.3, decimals=TWO)),
    ("coverage", "no differences at all: coverage", Bar(0.95)),
)
CLUSTER: Lines = (
    ("lead_near", "lead area truly within delta of the lowest of its cluster", Bar(0.65)),
    ("lead_lowest", "  truly the lowest", OPEN),
    ("any_near", "  the same of any area that may need support, lead or not", OPEN),
    ("own_right", "a second need of a cluster truly below the lead's level + delta", Bar(0.80)),
    ("dropped_right", "  an area folded into the lead truly above that", OPEN),
    ("low_right", "in this subject in particular (need), truly", Bar(0.80)),
    ("low_any", "  the same of any need of the cluster", OPEN),
    ("high_right", "in this subject in particular (strength), truly", Bar(0.85)),
    ("high_any", "  the same of any strength of the cluster", OPEN),
    ("lows", "in particular (need), per 100 schools", Bar(decimals=ONE)),
    ("highs", "in particular (strength), per 100 schools", Bar(decimals=ONE)),
    ("before", "areas that may need support, per cluster with any", Bar(decimals=TWO)),
    ("after", "  needs listed of them", Bar(1.0, 1.3, decimals=TWO)),
)
NEEDS: Lines = (
    ("right", "needs as listed, truly below expectation", Bar(0.94)),
    ("right_delta", "  truly below by more than delta", Bar(0.89)),
    ("listed", "needs as listed, per 100 schools", Bar(decimals=ONE)),
    ("false", "false needs as listed (truly not below), per 100 schools", Bar(high=2.8, decimals=TWO)),
    ("false_before", "  before the cluster rule", Bar(decimals=TWO)),
    ("severity", "severity, as said against what is truly lacking", Bar(0.85, 1.0)),
    ("low_right", "low for its pupils: level truly under the national fifth", Bar(0.85)),
    ("low", "low for its pupils, per 100 schools", Bar(decimals=TWO)),
    ("low_severity", "  of them with another severity than .25", Bar(high=0.0)),
)
NOTHING: Lines = (("listed", "no differences at all: needs per 100 schools, all areas", Bar(high=0.3, decimals=TWO)),)
CAP_RIGHT: Lines = (
    ("capped", "school-areas capped, per 100", Bar(high=0.6, decimals=TWO)),
    ("lost", "true needs that the cap hides, per 100 of them", Bar(high=0.6, decimals=TWO)),
    ("mistaken", "school-areas whose fitted expectation is off by half a spread, per 100", Bar(high=2.0, decimals=TWO)),
)
CAP_WRONG: Lines = (
    ("mistaken", "school-areas whose expectation is wrong by half a spread, per 100", Bar(decimals=TWO)),
    ("capped", "school-areas capped, per 100", Bar(decimals=TWO)),
    ("found", "  capped, of those wrong by half a spread", Bar(0.10)),
    ("found_far", "  capped, of those wrong by a whole spread", OPEN),
    ("true_of_capped", "  wrong by half a spread, of those capped", Bar(0.70)),
    ("wrongly", "  capped, per 100 whose expectation is right", Bar(high=1.6, decimals=TWO)),
    ("right", "needs truly below expectation", Bar(0.91)),
    ("right_without", "  without the cap", OPEN),
    ("false", "false needs, per 100 school-areas", Bar(high=1.3, decimals=TWO)),
    ("false_without", "  without the cap", Bar(decimals=TWO)),
    ("strong", "false strengths (theta <= delta), per 100 school-areas", Bar(high=0.85, decimals=TWO)),
    ("strong_without", "  without the cap", Bar(decimals=TWO)),
    ("lost", "true needs that the cap hides, per 100 of them", Bar(high=7.0, decimals=TWO)),
)


def simulated(regions: Mapping[Kind, int], *, seed: int, progress: Progress) -> tuple[Printed, ...]:
    """Four tables (title, columns, figures) on so many regions of each kind; the same arguments give the same figures."""
    found: dict[Kind, list[dict[str, Sums]]] = {}
    for at, kind in enumerate(KINDS):
        progress(f"several measures: {regions[kind]} regions of {SCHOOLS} schools, {kind}")
        found[kind] = [
            sums(together.told(several(SCHOOLS, kind, np.random.default_rng([seed, 9, at, number]))))
            for number in range(regions[kind])
        ]
    return tables({kind: _over(parts) for kind, parts in found.items()})


def sums(told: Told) -> dict[str, Sums]:
    """Everything that is counted of one region, by part."""
    return {
        "domain": {**together.of_composite(told.domain), **together.of_correlations(told.correlated, SUBJECTS)},
        "attendance": {**together.of_composite(told.attendance), **together.of_correlations(told.correlated, NAMES[ATTENDANCE])},
        "cluster": together.of_cluster(told.areas), "needs": together.of_needs(told.areas),
        "cap": together.of_cap(told.areas, told.bare),
    }  # fmt: skip


def _over(parts: Sequence[Mapping[str, Sums]]) -> dict[str, dict[str, float]]:
    return {name: together.summed(part[name] for part in parts) for name in parts[0]}


def tables(seen: Mapping[Kind, Mapping[str, Mapping[str, float]]]) -> tuple[Printed, ...]:
    """The figures of `seen` (by kind and part) in four tables with their bars."""
    plain, level, pocket = (seen[kind] for kind in KINDS)
    composites = figures(COMPOSITE, (plain["domain"], plain["attendance"]))
    composites += figures(LEVEL, (level["domain"], level["attendance"]))
    listed = figures(NEEDS, (plain["needs"],)) + figures(NOTHING, (level["needs"],))
    return (
        ("Composites: several measures as one (METHODS 4.2, 5.5)", ("Outcomes", "Attendance"), composites),
        ("Needs of key stage 2 counted once (METHODS 5.7)", ("Primary",), figures(CLUSTER, (plain["cluster"],))),
        ("Needs as listed (METHODS 5.2, 5.4)", ("Primary",), listed),
        (
            "Expectation unsure (METHODS 3), where the expectation is right",
            ("Primary",),
            figures(CAP_RIGHT, (plain["cap"],)),
        ),
        (
            "Expectation unsure, where intake works otherwise in places",
            ("Primary",),
            figures(CAP_WRONG, (pocket["cap"],)),
        ),
    )


def figures(lines: Lines, columns: Sequence[Mapping[str, float]]) -> list[Figure]:
    return [Figure(words, bar, tuple(column[name] for column in columns)) for name, words, bar in lines]
