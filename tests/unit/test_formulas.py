"""Formulas on How it works: what is shown is worked out beside the code on random numbers, and so is each reference."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from analytics.explained import formulas, methods_page, notation
from analytics.explained.formula import Formula
from pages.components import formula_blocks

Draw = Callable[[np.random.Generator], dict[str, Any]]
EVERY = {one.key: one for one in formulas.formulas()}
TIMES = 20


def positive_definite(rng: np.random.Generator, size: int) -> np.ndarray:
    base = rng.normal(size=(size, size + 2))
    matrix = base @ base.T
    sd = np.sqrt(np.diag(matrix))
    return matrix / np.outer(sd, sd)


def measures(rng: np.random.Generator) -> dict[str, Any]:
    return {"w": rng.dirichlet(np.ones(3)), "d": rng.normal(size=3), "s": rng.uniform(0.3, 1.5, 3),
            "W_ab": positive_definite(rng, 3), "B_ab": positive_definite(rng, 3)}  # fmt: skip


def pairs(rng: np.random.Generator) -> dict[str, Any]:
    u = rng.uniform(20, 300, 60)
    return {"D": rng.uniform(0.8, 1.8) * u * rng.chisquare(1, 60) + 30, "u": u, "omega_0": 5.0}


def some(**ranges: tuple[float, float] | tuple[float, float, int]) -> Draw:
    """Numbers, or arrays of so many, drawn evenly between two ends."""
    return lambda rng: {name: rng.uniform(*ends) for name, ends in ranges.items()}


def summers(rng: np.random.Generator) -> dict[str, Any]:
    drawn = some(p=(0, 1), n=(10, 300), q=(0, 1), m=(10, 300), phi=(1, 1.5), omega=(0, 0.06), moved=(-0.05, 0.05))(rng)
    return {**drawn, "k": int(rng.integers(1, 9))}


def shares(rng: np.random.Generator) -> dict[str, Any]:
    below, same, rest = np.round(rng.dirichlet(np.full(3, 3.0)), 2) + 0.01
    total = below + same + rest
    return {"p_below": round(below / total, 3), "p": round(same / total, 3)}


def funnel(rng: np.random.Generator) -> dict[str, Any]:
    one = some(e=(10, 90), n=(8, 400), phi=(1, 1.5), omega=(0, 6), years=(3, 3), tau=(0, 9))(rng)
    return {**one, "limit": EVERY["binomial"].code(e=one["e"], n=one["n"])}


def few(rng: np.random.Generator) -> dict[str, Any]:
    """Neither none nor all of them: there the ends are 0 and 1."""
    n = int(rng.integers(2, 10))
    return {"n": n, "k": int(rng.integers(1, n))}


DRAWS: Mapping[str, Draw] = {
    "expectation": some(y=(20, 90, 60), w=(0.5, 2, 60), x=(1, 60, 60)),
    "noise_percentage": some(e=(10, 90), n=(6, 200), phi=(1, 1.5), omega=(0, 6), k=(1, 3), u=(0, 5)),
    "noise_mean": some(sigma=(5, 25), n=(6, 200), omega=(0, 3), k=(1, 3), u=(0, 1)),
    "arcsine": some(p=(0, 100)),
    "noise_arcsine": some(n=(6, 200), phi=(1, 1.5), omega=(0, 0.1), k=(1, 3), u=(0, 0.01)),
    "phi": pairs,
    "omega": pairs,
    "pooling": some(d=(-20, 20, 3), v=(10, 200, 3)),
    "pooled_variance": some(v=(10, 200, 3)),
    "tau": some(y=(-20, 20, 50), s=(1, 5, 50)),
    "likelihood": some(y=(-20, 20, 50), s=(1, 5, 50), tau=(1, 9)),
    "posterior_mean": some(y=(-20, 20), s=(1, 9), tau=(1, 9)),
    "posterior_variance": some(s=(1, 9), tau=(1, 9)),
    "wilson_low": some(p=(0, 1), n=(10, 300)),
    "wilson_high": some(p=(0, 1), n=(10, 300)),
    "exact_low": few,
    "exact_high": few,
    "summer_low": summers,
    "summer_high": summers,
    "composite": measures,
    "score": some(m=(-7, 7)),
    "score_low": some(m=(-7, 7), s=(0.1, 1)),
    "p_below": some(m=(-3, 3), s=(0.1, 1)),
    "p_above": some(m=(-3, 3), s=(0.1, 1)),
    "p_within": some(m=(-3, 3), s=(0.1, 1)),
    "severity": some(m=(-3, 3), s=(0.1, 1)),
    "p_low": some(level=(20, 90), s=(1, 9), q=(40, 60)),
    "false_share": some(P=(0.8, 1, 12)),
    "block": shares,
    "position": lambda rng: {**shares(rng), "age": rng.uniform(0, 12)},
    "ridit": shares,
    "normal_score": lambda rng: {"N": (count := int(rng.integers(2, 90))), "place": int(rng.integers(1, count + 1))},
    "index": some(z_reserve=(-3, 3), z_balance=(-3, 3), z_staff=(-3, 3)),
    "index_noise": some(later=(-3, 3, 40), earlier=(-3, 3, 40)),
    "distance": lambda rng: {"x": rng.normal(size=4), "y": rng.normal(size=4), "all": int(rng.integers(4, 8))},
    "smd": some(x=(0, 60), x_set=(0, 60, 50), sd=(2, 20)),
    "jaccard": lambda rng: {"both": (both := int(rng.integers(1, 50))), "first": both + int(rng.integers(0, 30)),
                            "second": both + int(rng.integers(0, 30))},
    "gap": some(y=(-20, 20, 30), s=(1, 5, 30)),
    "gap_low": some(y=(-20, 20, 30), s=(1, 5, 30)),
    "gap_high": some(y=(-20, 20, 30), s=(1, 5, 30)),
    "average": lambda rng: {"y": rng.normal(size=6), "v": rng.uniform(0.2, 2, 6), "w": rng.dirichlet(np.ones(6)),
                            "tau_T": rng.uniform(0.1, 1), "tau_S": rng.uniform(0.1, 1)},
    "average_variance": lambda rng: {"v": rng.uniform(0.2, 2, 6), "w": rng.dirichlet(np.ones(6)),
                                     "tau_T": rng.uniform(0.1, 1), "tau_S": rng.uniform(0.1, 1)},
    "brier": lambda rng: {"p": rng.random(30), "y": (rng.random(30) < 0.4).astype(float)},
    "cross_window": some(y_b=(-2, 2, 40), v_b=(0.2, 2, 40), y_a=(-2, 2, 40), v_a=(0.2, 2, 40)),
    "before": some(y_b=(-2, 2), v_b=(0.2, 2), y_a=(-2, 2), v_a=(0.2, 2), c=(0, 0.999)),
    "after": some(y_b=(-2, 2), v_b=(0.2, 2), y_a=(-2, 2), v_a=(0.2, 2), c=(0, 0.999)),
    "better": some(y_b=(-2, 2), v_b=(0.2, 2), y_a=(-2, 2), v_a=(0.2, 2), c=(0, 0.999)),
    "rebound": some(q=(0.02, 0.4), sigma=(2, 15), v=(5, 150)),
    "binomial": some(e=(10, 90), n=(8, 400)),
    "funnel": funnel,
    "funnel_tau": some(y=(-20, 20, 50), s=(1, 5, 50)),
    "poisson": some(E=(2, 90)),
    "fit": some(f=(0.05, 1, 5), w=(0, 2, 5)),
    "similarity_factor": some(d=(0, 4)),
    "travel_factor": some(km=(0, 90)),
    "sureness_factor": some(s=(0, 1)),
    "plan_worth": lambda rng: {"n": np.round(rng.uniform(0.05, 1, 6), 3), "fit": np.round(rng.uniform(0.05, 1, 6), 3), "B": int(rng.integers(0, 7))},
    "comparison_schools": lambda rng: {"P": int(rng.integers(20, 900)), "T": int(rng.integers(6, 40))},
    "set_difference": some(r=(-20, 20), r_set=(-20, 20, 4)),
    "effect_error": lambda rng: {"d": rng.normal(size=9), "T": 9},
    "effect_low": lambda rng: {"d": rng.normal(size=9), "T": 9},
    "noticed": lambda rng: {"SE": rng.uniform(1, 5), "T": int(rng.integers(6, 60))},
    "group_time": some(later=(40, 90, 7), base=(40, 90, 7), later_never=(40, 90, 12), base_never=(40, 90, 12)),
    "composite_sd": lambda rng: {key: value for key, value in measures(rng).items() if key != "d"},
}  # fmt: skip
COUNTS = {"J": "y", "both": "x"}  # symbols that count another
BY_PAIR = ("w", "s")  # symbols that stand once for measure a and once for measure b


def symbols(one: Formula, drawn: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that the shown lines need: what was drawn, what the code returns for it, constants, counts, pairs."""
    found = {**drawn, **one.constants, one.gives: one.code(**drawn)}
    for name, of in COUNTS.items():
        if of in drawn and name not in drawn:
            found[name] = np.size(drawn[of])
    if one.key == "funnel_tau":
        z = drawn["y"] / drawn["s"]
        found["z_held"] = np.clip(z, *np.quantile(z, [0.1, 0.9]))
    for name in BY_PAIR:
        if np.ndim(found.get(name)) == 1:
            found |= {f"{name}_a": found[name][:, None], f"{name}_b": found[name][None, :]}
    return found


@pytest.mark.parametrize("key", EVERY)
def test_the_formula_shown_is_the_one_computed(key: str) -> None:
    one, rng = EVERY[key], np.random.default_rng(20261121)
    for _ in range(TIMES):
        found = symbols(one, DRAWS[key](rng))
        for line in one.lines[:-1]:
            left, right = notation.sides(line)
            found[left] = notation.value(right, found)
        left, right = (notation.value(side, found) for side in notation.sides(one.lines[-1]))
        assert np.asarray(left) == pytest.approx(
            np.asarray(right), rel=1e-7, abs=1e-6 if key == "expectation" else 1e-9
        )


@pytest.mark.parametrize("key", EVERY)
def test_each_reference_is_computed_to_the_digits_shown(key: str) -> None:
    one = EVERY[key]
    given = np.atleast_1d(one.code(**one.reference.inputs)).astype(float)
    for text, value in zip(one.reference.gives, given, strict=False):
        assert f"{value:.{len(text.partition('.')[2])}f}" == text
        assert text in one.reference.words


def names_in(text: str) -> set[str]:
    """The names that stand for numbers in the text."""
    nodes = list(ast.walk(notation.parsed(text)))
    called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    return {node.id.rstrip("_") for node in nodes if isinstance(node, ast.Name)} - called


@pytest.mark.parametrize("key", EVERY)
def test_each_formula_says_what_its_symbols_mean(key: str) -> None:
    one = EVERY[key]
    used = {name for line in one.lines for side in notation.sides(line) for name in names_in(side)}
    made = {notation.sides(line)[0] for line in one.lines[:-1]}
    pairwise = {f"{name}_{end}" for name in BY_PAIR for end in "ab"}
    # what it gives is what its name says
    assert used - set(one.where) - set(one.constants) - made - pairwise - {one.gives} == set()
    assert set(one.where) | set(one.constants) <= used | set(BY_PAIR)
    assert one.source and one.computed_by and all("analytics" in function.__module__ for function in one.computed_by)
    assert all(line.count(" = ") == 1 for line in one.lines)


def test_every_formula_stands_in_a_section_and_has_its_draw() -> None:
    assert set(EVERY) == set(DRAWS) and len(formulas.formulas()) == len(EVERY)
    titles = {section.title for section in methods_page.sections()}
    assert {one.section for one in EVERY.values()} <= titles


def test_a_formula_that_says_something_else_than_the_code_is_found() -> None:
    one = EVERY["posterior_mean"]
    found = symbols(one, {"y": 8.0, "s": 6.0, "tau": 3.0})
    assert notation.value("tau^2 / (tau^2 + s^2) * y", found) == pytest.approx(found["m"])
    assert notation.value("tau / (tau + s) * y", found) != pytest.approx(found["m"])


@pytest.mark.parametrize(
    ("value", "words"),
    [(20.0, "20"), (-2.0, "−2"), (0.25, "0.25"), (200, "200"), ("60%", "60%"), ((5.0, 95.0), "5 and 95"),
     ({"reserve": 0.5, "staff": 0.25}, "reserve: 0.5, staff: 0.25")],
)  # fmt: skip
def test_constants_are_written_for_people(value: object, words: str) -> None:
    assert formula_blocks.constant(value) == words
