"""Why there is no place left, who would have one more, and days counted once: no sentence says more than holds."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.support import assignment, givers, matching
from analytics.support.matching import Made
from analytics.support.wishes import Wishes
from pages.components import plan_blocks
from tests.benchmark import planning
from tests.oracles_plan import one_more_place
from tests.unit.test_matching import NOW, offers, tables

MATHS = "mathematics"
ONE = offers((2, 12, None, "offered"))


def made(
    offered: pd.DataFrame = ONE, wishes: Wishes | None = None, *, scenario: str = "offers", stated: str = ""
) -> Made:
    """Schools 1, 4 and 5 are ours; `stated`: 4 and 5 say that they need mathematics, by so much."""
    said = pd.DataFrame({"urn": [4, 5], "area": MATHS, "size": stated}) if stated else None
    return matching.made(
        tables(), frozenset({1, 4, 5}), offered, time_period=NOW, scenario=scenario, wishes=wishes or Wishes(), stated=said
    )  # type: ignore[arg-type] # fmt: skip


def reasons(found: Made) -> dict[int, tuple[str, tuple[int, ...]]]:
    return {one.urn: (one.reason, one.others) for one in found.plan.unmatched}


def test_days_that_make_no_place_are_said_so() -> None:
    found = made(offers((2, 5, None, "offered"), (3, 3, 4, "offered")))
    assert reasons(found) == {
        1: ("The days for mathematics within reach make no place: 5 of the 6 a term that one takes. "
            "One more place at {0} or {1} would meet it.", (2, 3)),
    }  # fmt: skip


def test_days_that_agreements_use_are_said_so() -> None:
    found = made(wishes=Wishes(taken={1: 10.0}))
    assert reasons(found)[1] == (
        "What is agreed, asked for or promised to a group uses the days for mathematics within reach. One more place at {0} would meet it.", (2,)
    )  # fmt: skip


def test_places_that_the_plan_fills_are_taken() -> None:
    found = made(offers((2, 6, None, "offered"), (3, 2, None, "offered")), stated="important")
    assert {one[0].split(".")[0].split(",")[0] for one in reasons(found).values()} == {
        "Every place for mathematics within reach is taken"
    }


@pytest.mark.parametrize(("days", "slot"), [(np.nan, None), (np.nan, 4.0)])
def test_days_not_said_are_no_places_and_no_stop(days: float, slot: float | None) -> None:
    found = made(offers((2, days, slot, "offered")))
    assert reasons(found)[1][0].startswith("Nobody within reach says how many days a term the help with mathematics")
    assert [(one.slots, one.days) for one in found.plan.supporters] == [(0, 0.0)]


def test_a_place_of_no_days_counts_as_a_usual_one() -> None:
    found = givers.givers(tables(), offers((2, 12, 0, "offered")), time_period=NOW, scenario="offers", wishes=Wishes())
    assert found[["slots", "days_per_slot"]].values.tolist() == [[2, givers.SLOT_DAYS]]


@pytest.mark.parametrize(
    ("days", "taken", "words"),
    [
        (5.0, {}, "The days of {supporter} for mathematics make no place: 5 of the 6 a term that one takes."),
        (
            12.0,
            {1: 12.0},
            "What is agreed, asked for or promised to a group uses the days of {supporter} for mathematics.",
        ),
        (np.nan, {}, "{supporter} does not say how many days a term it could give for mathematics."),
    ],
    ids=["few", "agreed", "unsaid"],
)
def test_a_pair_asked_for_without_a_place(days: float, taken: dict[int | tuple[int, str], float], words: str) -> None:
    found = made(offers((2, days, None, "offered")), Wishes(locked=frozenset({(1, MATHS, 2)}), taken=taken))
    assert [one.reason for one in found.plan.clashes] == [words]


def test_one_place_meets_one_need() -> None:
    """4 and 5 say the same; one place is gone to 1. One more at 2 would go to the nearer of them, and only that is told so."""
    found = made(offers((2, 6, None, "offered")), Wishes(locked=frozenset({(1, MATHS, 2)})), stated="important")
    told = reasons(found)
    wider = assignment.solve(one_more_place(found.problem, 0))
    now = set(found.needs["urn"].to_numpy()[found.problem.need[wider.chosen]]) - {1}
    assert now == {4}
    taken = "Every place for mathematics within reach is taken"
    assert told[4] == (f"{taken}. One more place at {{0}} would meet it.", (2,))
    assert told[5] == (
        f"{taken}, and one more place at {{0}} would go to {{1}}, where the difference is as large.",
        (2, 4),
    )


def test_who_is_told_that_a_place_would_help_is_met_with_it() -> None:
    """By solving again from scratch: each place named meets the need that names it, or the other one that it is said to."""
    told = [said for seed in range(12) for said in _told(seed)]
    assert all(met for _, met in told) and {kind for kind, _ in told} == {"helps", "rival"}


def _told(seed: int) -> list[tuple[str, bool]]:
    data, offered = planning.partnership(16, seed=seed)
    members = frozenset(data["school"]["urn"][:16].tolist())
    sizes = np.random.default_rng(seed).choice(["welcome", "important"], 16)
    said = pd.DataFrame({"urn": sorted(members), "area": MATHS, "size": sizes})
    found = matching.made(data, members, offered, time_period=NOW, scenario="offers", stated=said, max_km=80)
    keys = list(zip(found.needs["urn"], found.needs["area"], strict=True))

    def met(k: int, supporter: int) -> list[set[int]]:
        mine = found.pairs[found.pairs["k"].eq(k) & found.pairs["supporter"].eq(supporter)]
        wider = [one_more_place(found.problem, j) for j in mine["place"]]
        return [set(one.need[assignment.solve(one).chosen].tolist()) for one in wider]

    out = []
    for one in (one for one in found.plan.unmatched if one.others):
        k = keys.index((one.urn, one.area))
        if "would meet it" in one.reason:
            out += [("helps", any(k in now for now in met(k, other))) for other in one.others]
        else:
            rival = keys.index((one.others[1], one.area))
            out.append(("rival", all(k not in now and rival in now for now in met(k, one.others[0]))))
    return out


def test_days_that_could_be_asked_for_are_counted_once() -> None:
    data = tables()
    strong = data["strength"]
    data["strength"] = pd.concat([strong, strong.assign(area="reading")], ignore_index=True)
    need = data["need"].iloc[[0]]
    data["need"] = pd.concat([data["need"], need.assign(area="reading")], ignore_index=True)
    found = matching.made(data, frozenset({1}), offers(), time_period=NOW, scenario="could_be_asked")
    school = [one for one in found.plan.supporters if one.urn == 2]
    assert [(one.slots, one.used) for one in school] == [(2, 1), (2, 1)]
    assert (
        len({one.urn for one in found.plan.supporters}) == 3
    )  # 2 and 3 have two places, 4 one; each strong in both areas
    assert plan_blocks.days_of(found.plan) == (12.0, 2 * 12.0 + 6.0)
    assert plan_blocks.load_words(school[0]) == "6 of 12 days in all areas together"


@pytest.mark.parametrize(
    ("taken", "slots"),
    [({(2, MATHS): 12.0}, None), ({(2, "reading"): 6.0}, 1), ({9: 6.0}, 1), ({9: 5.0, (2, MATHS): 7.0}, None), ({(3, MATHS): 1.0}, 2)],
    ids=["all", "in another area", "by its offer", "both", "another school"],
)  # fmt: skip
def test_who_gives_days_by_agreement_is_asked_for_the_rest_only(
    taken: dict[int | tuple[int, str], float], slots: int | None
) -> None:
    other = offers((2, 12, None, "offered")).assign(offer=9, area="reading")
    found = givers.givers(
        tables(), other, time_period=NOW, scenario="could_be_asked", wishes=Wishes(taken=taken)
    ).set_index("supporter")  # fmt: skip
    assert (found["slots"].get(2) if 2 in found.index else None) == slots
