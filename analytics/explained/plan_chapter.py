"""What How it works says of plans of support: its sections and formulas, with the constants of the code (METHODS 10)."""

from __future__ import annotations

import numpy as np

from analytics.explained.formula import Formula, Reference
from analytics.explained.notation import Value
from analytics.explained.section import Section
from analytics.standardise import Array
from analytics.support import alternatives, assignment, candidates, givers, groups, needed, stability, usual

WHO, PLAN, AGAIN, GROUP = (
    "Where support could go",
    "A plan with our days",
    "Other ways, and how well a plan holds",
    "Working groups",
)


def sections() -> tuple[Section, ...]:
    return _who(), _plan(), _again(), _group()


def _who() -> Section:
    weights = usual.Weights()
    return Section(
        WHO,
        "A need is a school and an area: where the figures say that support may be welcome, or where the school says so itself. Where both do, the "
        "larger of the two sizes counts. A need that the school sees differently waits, unless people ask for it; one under agreement is met.\n\n"
        "Who may give: schools, teams of schools and organisations that have offered days. Never a school with a statutory concern, a deficit (of a "
        "trust of several schools the trust's; where the newest reserve is missing that is said beside the pair), a roll that moves a lot, or a need in the same "
        "area, its own word included; never across phases where "
        "an area belongs to one, nor a selective school for one that is not. Days make places; days that agreements use are taken off. Schools with "
        "a strength that have said nothing yet are shown apart, as could be asked, with as many places as their size allows in all areas together.\n\n"
        "Fit multiplies how sure the strength is, how alike the circumstances are, how far the way is, whether the supporting school came through "
        "difficulty itself, and how sure the evidence is. No factor can be nought: pairs that are impossible are removed, with their reason. A journey "
        "that people entered wins over the map, either way round; minutes that they entered count as kilometres at 40 an hour, and where both are entered the "
        "longer counts; help from afar only counts as the longest journey allowed, whoever gives it. Of an "
        "organisation neither likeness, way nor strength is known.",
        {
            "Weights": {name: getattr(weights, name) for name in usual.FACTORS}, "Size of a need that a school states": dict(needed.STATED),
            "Days a term in one place": givers.SLOT_DAYS, "Furthest (km by road)": usual.MAX_KM, "Straight line to road": usual.ROAD_FACTOR,
            "Kilometres that an entered minute counts as": round(candidates.MINUTE_KM, 2),
            "Travel falls to a third after (km)": candidates.TRAVEL_SCALE, "Least a factor counts": candidates.LEAST_FACTOR,
            "Could be asked: pupils, places": givers.ASKED_SLOTS, "Roll change (%)": givers.ROLL_CHANGE, "A factor not known counts as": givers.UNKNOWN_FACTOR,
            "Came through difficulty, did not, not enough years": tuple(candidates.CAME_THROUGH.values()),
        },
        "METHODS 10.1-10.2",
    )  # fmt: skip


def _plan() -> Section:
    return Section(
        PLAN,
        "Three questions, one after the other. First: which needs can be met at all so that most need is met, each weighed by how large the difference is? "
        "Needs are taken from the largest down and kept while places can be found by moving others; that gives the most there is. Second: how well can "
        "the least fitting pair of such a plan fit? Floors of fit are tried by halving until the highest that still meets as much is found. Third: "
        "over pairs that fit no worse, the plan with the greatest sum of difference times fit, and a little for each giving school that also receives. "
        "Every number is a whole one (millionths), so that equal means equal; no gap to the optimum is allowed; between equally good plans "
        "earlier URNs stand: a need moves to an earlier school with a place free, two needs swap, or one gives way to an earlier one of the same size, as long as "
        "that goes. Longer chains are not tried. The same needs and days give the same plan, in whatever order they come.\n\n"
        "A pair that people keep stands whatever it costs, and sets no floor. Pairs that they leave out, schools that are not to work together, conflicts of "
        "interest and schools without visits now are out. Where a school is to be with another, nobody else is considered in the areas in which that "
        "one gives. What cannot be kept to is said, and the plan stands without it. A need may ask for two supporters; the second comes only where nobody "
        "goes without for it, and the floor holds for it too.\n\n"
        "Why a need is not met is found by solving again with one more place at each school that could help: named is the school where it would be this "
        "need that the place goes to. Where nobody is left, the rules that removed them are counted.",
        {
            "Numbers rounded to one in": f"{assignment.UNIT:,}", "Worth of a giver that also receives": assignment.RECEIVING,
            "Gap to the optimum": 0,
        },
        "METHODS 10.1, 10.3-10.4; Edmonds 1971. Reference: published totals 5, 265, 153.675 and 24; every plan of 500 small cases tried out",
    )  # fmt: skip


def _again() -> Section:
    return Section(
        AGAIN,
        f"Beside each pair stand up to {alternatives.MOST} others with at least {alternatives.NEARLY:.0%} of its fit, which have a place left or get one if a single "
        "other need moves; nobody goes without for it, and nobody who moves falls below the plan's floor. What the plan as a whole would lose stands "
        "beside it in this need's own units: as if its own fit fell by so much, and in points of its measure where figures stand behind it.\n\n"
        f"How well a plan holds: {stability.DRAWS} times the lasting difference of each school and area is drawn anew from what the figures leave open, and "
        f"the weights are moved by chance; the plan is solved again each time. A pair that comes back in at least {stability.HOLDS:.0%} holds up; from "
        f"{stability.ONE_OF_SEVERAL:.0%} it is one of several equally good; else choose by local knowledge. It is a label; nothing is hidden for it. What rests on no "
        "figures, a school's own word, a judgement or accounts, stays as it is.",
        {
            "Other ways, at most": alternatives.MOST, "Share of the fit": alternatives.NEARLY, "Redraws": stability.DRAWS,
            "Weights move by (SD of the logarithm)": stability.WEIGHT_SPREAD, "Holds up from": stability.HOLDS, "One of several from": stability.ONE_OF_SEVERAL,
        },
        "METHODS 10.4-10.5",
    )  # fmt: skip


def _group() -> Section:
    return Section(
        GROUP,
        "A working group is suggested in an area where the schools of a partnership surely differ much for their intake, where somebody has a strength to "
        "share, and where more schools would join than the strong ones' days reach one by one. Surely much: the lower end of the range of the gap "
        "between these schools is at least a share of the spread between all schools. The strong lead; schools that offer days in the area and have no need "
        "in it host, those with the most days first; those with a need join, the largest first, and those whose evidence is mixed but leans low are asked.",
        {
            "Share of the nation's spread": groups.CLEAR_SHARE, "Fewest schools that would join": groups.FEWEST_JOINING, "Leans low from (how sure)": groups.LIKELY_LOW,
        },
        "METHODS 9.3 for the gap; the rule is ours",
    )  # fmt: skip


def factor(name: str, value: float) -> Value:
    """One factor of a pair."""
    given = {"p": 1.0, "apart": 0.0, "km": 0.0, "came_through": 1.0, "sure": 1.0} | {name: value}
    found = candidates.factors(*(np.array([one]) for one in given.values()))
    return found[{"apart": "similarity", "km": "travel"}[name]][0]


def fit(f: Array, w: Array) -> Value:
    return candidates.fit({name: f[k : k + 1] for k, name in enumerate(usual.FACTORS)}, usual.Weights(*w))[0]


def sure(s: float) -> Value:
    return givers.sureness(np.array([s]), np.array([True]))[0]


def worth(n: Array, fit: Array, B: float) -> Value:
    """C of a plan of len(n) pairs, each another need and supporter, of which the first B give and receive in a ring."""
    size, both = len(n), int(B)
    receiver = np.concatenate([np.roll(np.arange(both), 1), size + np.arange(size - both)])
    giver = np.concatenate([np.arange(both), 2 * size + np.arange(size - both)])
    every = np.arange(size)
    problem = assignment.Problem(n, np.ones(size, dtype=np.int64), every, every, fit, giver, receiver)
    return assignment.value(problem, every) / assignment.UNIT


def formulas() -> tuple[Formula, ...]:
    return (
        Formula(
            "fit", WHO, "Fit of a pair", ("fit = product(f^(w / sum(w)))",), "fit",
            {"f": "strength, similarity, travel, came through, how sure the evidence is: each between 0.05 and 1", "w": "their weights"},
            fit, (candidates.fit,), "METHODS 10.2; no factor can be 0",
            Reference("a half in the first of five equal weights: {}", ("0.871",), {"f": np.array([0.5, 1, 1, 1, 1]), "w": np.ones(5)}),
        ),
        Formula(
            "similarity_factor", WHO, "Similarity", ("f = greatest(exp(-d^2 / 2), floor)",), "f",
            {"d": "distance of circumstances, in units of the nation's median fiftieth neighbour"}, lambda d: factor("apart", d), (candidates.factors,), "METHODS 10.2",
            Reference("as far as a usual fiftieth neighbour: {}", ("0.6065",), {"d": 1.0}), {"floor": candidates.LEAST_FACTOR},
        ),
        Formula(
            "travel_factor", WHO, "Travel", ("f = greatest(exp(-km / scale), floor)",), "f", {"km": "kilometres by road, estimated or as entered"},
            lambda km: factor("km", km), (candidates.factors,), "METHODS 10.2", Reference("20 km: {}", ("0.3679",), {"km": 20.0}),
            {"scale": candidates.TRAVEL_SCALE, "floor": candidates.LEAST_FACTOR},
        ),
        Formula(
            "sureness_factor", WHO, "How sure the evidence is", ("f = least_sure + (1 - least_sure) * (1 - s^2)",), "f",
            {"s": "standard deviation of the lasting difference, in between-school SDs"}, sure, (givers.sureness,), "METHODS 10.2, from .5 to 1",
            Reference("0.6 of the spread left open: {}", ("0.82",), {"s": 0.6}), {"least_sure": givers.LEAST_SURE},
        ),
        Formula(
            "plan_worth", PLAN, "What the third question makes largest", ("C = sum(n * fit) + receiving * B",), "C",
            {"n": "size of the need of each pair", "fit": "its fit", "B": "schools that give and receive"}, worth, (assignment.value,), "METHODS 10.3",
            Reference("needs of .8 and .5 at fits .5 and .6, two schools that give to one another: {}", ("0.72",),
                      {"n": np.array([0.8, 0.5]), "fit": np.array([0.5, 0.6]), "B": 2}), {"receiving": assignment.RECEIVING},
        ),
    )  # fmt: skip
