"""Partnerships side by side: who is told, in which order, on which side of ours; and the words for it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from scipy import special

from analytics import results
from analytics.scores import partnerships_beside
from analytics.scores.partnership_means import PartnershipMean, Side
from analytics.scores.partnerships_beside import Group, Standing
from pages.components import beside_words
from tests.views import region

READING, ABSENT = "ks2_reading_expected_pct", "absence_persistent_pct"
A, B, C = frozenset((1, 2, 3)), frozenset((4, 5, 6)), frozenset((7, 8, 9))


def scores(differences: dict[int, float]) -> pd.DataFrame:
    """One row a school: the unshrunk difference in between-school SDs of 7 points, with variance 0.25 and 30 pupils a year."""
    (row,) = [row for row in region._area_scores() if row.urn == 900001 and row.measure == READING and row.time_period == 202425]  # fmt: skip
    first = region._measure_score(row)
    made = [replace(first, urn=urn, y=y, v=0.25, years=3, pupils=90.0) for urn, y in differences.items()]
    return results.frame(made, results.MeasureScore)


NATIONAL = results.frame(
    [results.NationalFigure("primary", READING, 202425, 202223, 3, 15, "binomial", 74.0, 7.0, 4.0, 1.0, None, 0.4, 66.0)],
    results.NationalFigure,
)  # fmt: skip
NOTHING = results.frame([], results.BetweenPartnerships)
Y = {1: 0.0, 2: 0.1, 3: -0.1, 4: 1.0, 5: 1.1, 6: 0.9, 7: 0.2, 8: 0.3, 9: 0.1}


def found(*groups: Group, y: dict[int, float] = Y, known: tuple[Group, ...] = ()) -> dict[str, Standing]:
    made = partnerships_beside.side_by_side(scores(y), NATIONAL, NOTHING, groups, READING, known=known)
    return {one.group.uid: one for one in made}


def test_each_average_stands_beside_ours_by_name_and_says_whether_it_can_be_told_apart() -> None:
    got = found(Group("1", "Ours", "mat", A), Group("2", "Zeta", "mat", B), Group("3", "Alpha", "la", C))
    assert list(got) == ["1", "3", "2"]  # ours, then by name, whatever the figures
    # Without a spread of partnerships nothing is pulled: means 0, 1 and 0.2 SDs, each with variance 0.25 / 3
    sd = (2 * 0.25 / 3) ** 0.5
    assert (
        got["2"].p == pytest.approx(special.ndtr(1 / sd)) and got["2"].beside == "cannot_tell"
    )  # 0.993: the ranges meet
    far = found(Group("1", "Ours", "mat", A), Group("2", "Zeta", "mat", B), y={**Y, 4: 1.4, 5: 1.3, 6: 1.5})
    assert far["2"].beside == "above"  # 1.4 SDs apart, each 0.57 either way
    assert got["3"].p == pytest.approx(special.ndtr(0.2 / sd)) and got["3"].beside == "cannot_tell"  # 0.688
    assert got["1"].beside == "" and got["1"].p is None


def test_few_schools_schools_shown_first_and_what_little_is_left_over_are_not_told() -> None:
    two, held = frozenset((4, 5)), Group("2", "Zeta", "mat", B, held=frozenset((4, 5)))
    ours = Group("1", "Ours", "mat", A)
    assert found(ours, Group("2", "Zeta", "mat", two))["2"].why == "few"
    assert found(ours, held)["2"].why == "held" and found(ours, held)["2"].mean is None
    assert found(ours, replace(held, held=B))["2"].why == ""  # three of three: no one of them can be worked out
    assert found(ours, replace(held, held=B, fewest=10**9))["2"].why == "held"  # to somebody with roles over both


def test_nothing_is_told_beside_a_partnership_that_one_could_ask_for_another_time() -> None:
    """One or two held schools left over, whichever of the two is looked at, and whether or not the other is chosen now."""
    ours, zeta, wide = (
        Group("1", "Ours", "mat", A),
        Group("2", "Zeta", "mat", B, B),
        Group("4", "Wide", "la", B | {7}, B | {7}),
    )
    for groups in ((ours, zeta, wide), (ours, zeta), (ours, wide)):
        got = found(*groups, known=(ours, zeta, wide))
        assert {got[one.uid].why for one in groups[1:]} == {"part"} and got["1"].why == ""
    assert (
        found(ours, wide)["4"].why == "" and found(ours, replace(wide, held=frozenset()), known=(zeta,))["4"].why == ""
    )
    far = Group("5", "Far", "la", B | C, B | C)  # three left over
    assert found(ours, far, known=(zeta,))["5"].why == ""
    parts = tuple(Group(str(at), f"Part {at}", "mat", urns, urns) for at, urns in ((7, B), (8, A)))
    union = Group("6", "All but one", "la", A | B | {7}, A | B | {7})  # left over from both together
    assert found(Group("1", "Ours", "mat", C), union, known=parts)["6"].why == "part"
    around = Group("9", "Around us", "la", A | {7}, A | {7})  # ours is told elsewhere: the larger one is not
    got = found(ours, around)
    assert (got["1"].why, got["9"].why) == ("", "part")


def test_a_partnership_that_shares_schools_with_ours_is_shown_and_not_compared() -> None:
    got = found(Group("1", "Ours", "mat", A), Group("2", "Wide", "la", A | B))
    assert got["2"].why == "shares" and got["2"].mean is not None and got["2"].beside == ""


def test_those_usually_beside_ours_are_of_our_kind_and_like_it_in_free_meals() -> None:
    schools = pd.DataFrame(
        {"urn": range(1, 13), "pupils": 100.0, "fsm6_pct": [10.0] * 3 + [30.0] * 3 + [12.0] * 3 + [10.0] * 3}
    )
    groups = [Group("1", "Ours", "mat", A), Group("2", "Far", "mat", B), Group("3", "Near", "mat", C)]
    other = Group("9", "Authority", "la", frozenset((10, 11, 12)))
    small = Group("8", "Two", "mat", frozenset((10, 11)))
    assert partnerships_beside.like_ours(schools, [*groups, other, small], groups[0]) == ("3", "2")


def standing(name: str, side: Side | str, *, why: str = "", difference: float = 2.0) -> Standing:
    mean = PartnershipMean(
        READING, 202425, "pupil", 10, 1, 900.0, 71.0, 70.0, difference, -0.4, 4.4, 0.95, "above", True
    )
    return Standing(Group(name, name, "mat", A), None if why == "few" else mean, why, side, 0.95 if side else None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sides", "measure", "says"),
    [
        (("cannot_tell",), READING, "In reading we cannot be told apart from the one beside us"),
        (("cannot_tell", "cannot_tell"), READING, "In reading we cannot be told apart from any of the two beside us"),
        (("above", "cannot_tell", "below"), READING, "In reading one of the three others probably lies above us and one probably lies below us, after intake"),
        (("above", "above"), ABSENT, "In persistent absence the two others probably have more than we do, after intake"),
        (("",), READING, "Reading: no other partnership can be set beside ours"),
        ((), READING, "Reading: choose whom to set beside our schools"),
    ],
    ids=["one", "two", "apart", "absences", "none", "nobody"],
)  # fmt: skip
def test_the_finding_is_true_of_what_stands_beside_ours(sides: tuple[str, ...], measure: str, says: str) -> None:
    standings = [standing("Ours", ""), *(standing(f"T{place}", side) for place, side in enumerate(sides))]
    assert beside_words.finding(standings, measure) == says


def test_the_table_says_why_nothing_is_told_and_never_a_place() -> None:
    table = beside_words.table(
        [standing("Ours", ""), standing("Alpha", "above"), standing("Beta", "", why="few")], READING
    )
    assert list(table["Beside ours"]) == [
        "ours",
        "probably above ours: about 19 in 20 that it is so",
        "too few schools with figures: three are needed",
    ]
    assert table["Average"].tolist()[:2] == ["71%", "71%"] and table["Average"].isna().tolist() == [False, False, True]
    assert beside_words.sentences([standing("Alpha", "above")], READING) == (
        "Alpha: 71% in 10 schools; after intake +2.0 (likely between −0.4 and +4.4); probably above ours: about 19 in 20 that it is so.",
    )  # fmt: skip


def test_a_measure_is_enough_where_three_schools_have_a_figure_in_the_phase_and_year() -> None:
    rows = pd.DataFrame(
        [
            ("reading", urn, phase, year, value)
            for urn in (1, 2, 3)
            for phase, year, value in (("primary", 202425, 1.0), ("primary", 202324, 1.0 if urn < 3 else None))
        ]
        + [("writing", urn, "secondary", 202425, 1.0) for urn in (1, 2, 3)],
        columns=["measure", "urn", "phase", "time_period", "y"],
    )

    def read(name: str, urns: frozenset[int]) -> pd.DataFrame:
        assert name == "measure_score"
        return rows[rows["urn"].isin(urns)]

    def enough(*urns: int, phase: str = "primary", year: int = 202425) -> frozenset[str]:
        return partnerships_beside.enough(read, frozenset(urns), phase, year)

    assert enough(1, 2, 3) == {"reading"} and enough(1, 2) == frozenset()
    assert enough(1, 2, 3, year=202324) == frozenset()
    assert enough(1, 2, 3, phase="secondary") == {"writing"}
