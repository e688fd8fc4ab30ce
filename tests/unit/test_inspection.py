"""Inspection: positions by the check values of METHODS 6.1, who speaks, and signals by era and age (DOMAIN B1.4)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.scores import inspected, inspection, signals
from data.catalogue import AREAS, PRACTICE, SIGNAL_RULES

OWN: dict[str, object] = {
    "urn": 1, "era": "E1", "overall": None, **dict.fromkeys(inspected.AREAS), "early_years": None, "sixth_form": None, **dict.fromkeys(inspected.CARDS),
    "safeguarding": None, "category_of_concern": None, "age_years": 2.0, "as_predecessor": False,
}  # fmt: skip
GRADES = ("overall", *inspected.AREAS, "early_years", "sixth_form")
FINE = dict.fromkeys(inspected.AREAS, 2)
CARD: dict[str, object] = {
    "era": "E3", "safeguarding": "Met", **dict.fromkeys(inspected.CARDS[:6], "Expected standard"), "age_years": 0.5,
}  # fmt: skip


@pytest.fixture(autouse=True)
def few_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """A handful of schools can be worked out by hand; how many the product wants has a test of its own."""
    monkeypatch.setattr(inspection, "FEWEST", 1)


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    table = pd.DataFrame([{**OWN, **row} for row in rows])
    grades = {name: pd.array(table[name].tolist(), dtype="Int64") for name in GRADES}
    return table.assign(
        **grades, age_years=table["age_years"].astype(float), as_predecessor=table["as_predecessor"].astype("boolean")
    )


def test_block_means() -> None:
    z, edges = inspection.block_means(np.array([0.03, 0.09, 0.68, 0.20]))
    assert z.round(3).tolist() == [-2.268, -1.467, -0.118, 1.400]
    assert edges == pytest.approx([0, 0.03, 0.12, 0.80, 1.0])
    assert float(z @ [0.03, 0.09, 0.68, 0.20]) == pytest.approx(0, abs=1e-12)


def test_position_halves_in_four_years() -> None:
    # ten schools: 2 outstanding, 8 good; z = (phi(a) - 0)/.2 with a = Phi^-1(.8): .279962/.2 = 1.399810; rho = .5 at 4 years
    rows = [{"urn": k, "overall": 1 if k < 2 else 2, "age_years": 4.0 if k == 0 else 0.0} for k in range(10)]
    found = inspection.positions(frame(*rows), pd.Series("primary", index=range(10)))
    assert found["position"].iloc[:3].tolist() == pytest.approx([0.699905, 1.399810, -0.349952], abs=1e-6)
    assert found["score"].iloc[0] == pytest.approx(56.99905, abs=1e-4)
    width = found["score_high"] - found["score_low"]
    assert width.iloc[0] > width.iloc[1] + 5  # it could have moved further


def test_position_interval_is_that_of_a_mixture() -> None:
    rng = np.random.default_rng(1)
    rows = [{"urn": k, "overall": 1 if k < 2 else 2, "age_years": 4.0 if k == 0 else 0.0} for k in range(10)]
    found = inspection.positions(frame(*rows), pd.Series("primary", index=range(10))).iloc[0]
    z = rng.normal(size=2_000_000)
    drawn = 0.5 * z[z > 0.841621] + np.sqrt(0.75) * rng.normal(size=int((z > 0.841621).sum()))
    low, high = np.percentile(drawn, [2.5, 97.5])
    assert (found["score_low"], found["score_high"]) == pytest.approx((50 + 10 * low, 50 + 10 * high), abs=0.15)


@pytest.mark.parametrize(
    ("row", "tier", "reason"),
    [
        ({"overall": 4, "age_years": 11.0}, "statutory_concern", "era_rule"),
        ({"overall": 2, "category_of_concern": "SM"}, "statutory_concern", "category_of_concern"),
        ({"overall": 3, "age_years": 9.0}, "support_indicated", "era_rule"),
        ({"overall": 2, "age_years": 5.9}, "met", ""),
        ({"overall": 2, "age_years": 6.1}, "not_known", "too_old"),
        ({"overall": 1, "age_years": 4.0}, "strength_to_share", ""),
        ({"overall": 1, "age_years": 4.1}, "met", ""),
        ({"overall": 1, "age_years": 13.0, "as_predecessor": True}, "not_known", "too_old"),
        ({"overall": 1, "as_predecessor": True}, "met", "predecessor_grade"),
        ({}, "not_known", ""),
        (
            {"era": "E2", **FINE, "leadership_and_management": 3},
            "support_indicated",
            "era_rule",
        ),
        ({"era": "E2", **FINE, "behaviour_and_attitudes": 3}, "met", ""),
        ({"era": "E2", **FINE, "quality_of_education": 1}, "strength_to_share", ""),
        ({"era": "E2", **FINE, "quality_of_education": None}, "not_known", ""),
        ({"era": "E2", **dict.fromkeys(inspected.AREAS, 1), "behaviour_and_attitudes": None}, "not_known", ""),
        ({"overall": 2, "age_years": None}, "not_known", "too_old"),
        # a category comes from the publisher's column: without it, whether there is a concern is not known
        ({"era": "E2", **FINE, "behaviour_and_attitudes": 4}, "not_known", "category_not_given"),
        (
            {"era": "E2", **FINE, "behaviour_and_attitudes": 4, "category_of_concern": "SWK"},
            "statutory_concern",
            "category_of_concern",
        ),
        (CARD, "met", ""),
        ({**CARD, "leadership_and_governance": "Needs attention"}, "support_indicated", "era_rule"),
        ({**CARD, "inclusion": "Needs attention"}, "met", ""),
        ({**CARD, "inclusion": "Needs attention", "achievement": "Needs attention"}, "support_indicated", "era_rule"),
        (
            {**CARD, "inclusion": "Needs attention", "early_years_card": "Needs attention"},
            "support_indicated",
            "era_rule",
        ),
        ({**CARD, "achievement": "Urgent improvement"}, "not_known", "category_not_given"),
        ({**CARD, "safeguarding": "Not met"}, "not_known", "category_not_given"),
        (
            {**CARD, "achievement": "Urgent improvement", "leadership_and_governance": "Needs attention"},
            "not_known",
            "category_not_given",
        ),
        ({**CARD, "safeguarding": "Not met", "category_of_concern": "RSI"}, "statutory_concern", "category_of_concern"),
        ({**CARD, **dict.fromkeys(inspected.CARDS[:3], "Strong standard")}, "strength_to_share", ""),  # 3 of 6 is half
        (
            {**CARD, **dict.fromkeys(inspected.CARDS[:3], "Exceptional"), "early_years_card": "Expected standard"},
            "met",
            "",
        ),  # 3 of 7
        (
            {
                **CARD,
                **dict.fromkeys(inspected.CARDS[:5], "Exceptional"),
                "leadership_and_governance": "Expected standard",
                "achievement": "Needs attention",
            },
            "met",
            "",
        ),  # one below expected
        ({**CARD, **dict.fromkeys(inspected.CARDS[:3], "Strong standard"), "age_years": 4.1}, "met", ""),
        (
            {**CARD, **dict.fromkeys(inspected.CARDS[:3], "Strong standard"), "as_predecessor": True},
            "met",
            "predecessor_grade",
        ),
        ({**CARD, "inclusion": None}, "not_known", ""),  # it could be one that comes with a category
        ({**CARD, "safeguarding": None}, "not_known", ""),
    ],
)
def test_signals(row: dict[str, object], tier: str, reason: str) -> None:
    found = signals.signals(frame(row)).iloc[0]
    assert (found["tier"], found["reasons"]) == (tier, reason)


def test_a_blank_early_years_counts_as_missing_only_where_the_school_has_them() -> None:
    schools = pd.DataFrame(
        {"urn": [1, 2, 3], "phase": ["primary", "secondary", "special"], "low_age": [4, 11, 3], "sixth_form": [None, True, True]}
    ).astype({"sixth_form": "boolean"})  # fmt: skip
    rows = inspected.due(frame(CARD, {**CARD, "urn": 2}, {**CARD, "urn": 3}), schools)
    assert rows["early_years_card_due"].tolist() == [True, False, False]
    assert rows["post_16_card_due"].tolist() == [False, True, False]
    assert signals.signals(rows)["tier"].tolist() == ["not_known", "not_known", "met"]
    full = rows.assign(early_years_card="Expected standard", post_16_card="Expected standard")
    assert signals.signals(full)["tier"].tolist() == ["met"] * 3


def test_the_latest_judgement_speaks_whatever_its_era() -> None:
    visits = [
        {"event": "previous_graded", "overall": 3, "start_date": "2016-01-01"}, {"event": "graded", "overall": 2, "start_date": "2022-01-01"},
        {"event": "ungraded", "overall": 1, "start_date": "2025-01-01"}, {"event": "graded", "start_date": "2026-01-01"},
        {"urn": 2, "event": "graded", "overall": 3, "start_date": "2021-10-05"}, {"urn": 2, "event": "report_card", **CARD, "start_date": "2026-01-13"},
        {"urn": 3, "event": "report_card", "era": "E3", "start_date": "2026-01-13"}, {"urn": 3, "event": "graded", "overall": 2, "start_date": "2019-01-08"},
        {"urn": 4, "event": "report_card", **CARD, "start_date": "2025-11-12"}, {"urn": 4, "event": "graded", "overall": 1, "start_date": "2026-03-03"},
    ]  # fmt: skip
    table = frame(*visits).drop(columns="age_years")
    found = inspected.latest_graded(inspected.aged(table, pd.Timestamp("2026-01-01"))).set_index("urn")
    assert found["event"].tolist() == ["graded", "report_card", "graded", "graded"]  # the third's card has no judgement
    assert found["overall"].tolist() == [2, pd.NA, 2, 1]
    assert found["age_years"].loc[1] == pytest.approx(1461 / 365.25)  # an ungraded visit is no grade, nor an empty row
    assert signals.signals(found.reset_index())["tier"].iloc[1] == "met"  # the grade before said requires improvement


def test_report_cards_stand_by_the_mean_place_over_their_areas() -> None:
    # Four primaries, two areas. Inclusion: A Strong, B and C Expected, D Needs attention: ridits .875 .5 .5 .125.
    # Achievement: A has none, B Exceptional, C and D Expected: ridits B 5/6, C and D 1/3. Means .875 .67 .42 .23.
    words = [("Strong standard", None), ("Expected standard", "Exceptional"), ("Expected standard",) * 2,
             ("Needs attention", "Expected standard")]  # fmt: skip
    rows = [
        {"urn": k, "era": "E3", "inclusion": one, "achievement": two, "age_years": 0.0}
        for k, (one, two) in enumerate(words)
    ]
    found = inspection.positions(frame(*rows), pd.Series("primary", index=range(4)))
    assert found["order"].tolist() == [0.88, 0.67, 0.42, 0.23]
    # four blocks of a quarter: z = (phi(a) - phi(b)) * 4 with a = Phi^-1(.25), Phi^-1(.5)
    assert found["position"].tolist() == pytest.approx([1.27111, 0.32466, -0.32466, -1.27111], abs=1e-5)


def test_how_many_similar_schools_have_this_grade_or_better() -> None:
    rows = frame(
        {"urn": 1, "overall": 2}, {"urn": 2, "overall": 1}, {"urn": 3, "overall": 2}, {"urn": 4, "overall": 3},
        {"urn": 5, **CARD}, {"urn": 6, "overall": 1}, {"urn": 7, "overall": None},
    )  # fmt: skip
    phase = pd.Series({k: "primary" for k in (1, 2, 3, 4, 5, 7)} | {6: "secondary"})
    near = pd.DataFrame({"urn": [1] * 6 + [5], "comparator_urn": [2, 3, 4, 5, 6, 7, 1]})
    found = inspection.beside_similar(inspection.positions(rows, phase), near, phase).set_index("urn")
    # of school 1's six: 5 has a report card, 6 another phase, 7 no grade; of 2, 3 and 4 two are good or better
    assert found.loc[1, ["similar_judged", "similar_as_good"]].tolist() == [3, 2]
    assert found.loc[5, ["similar_judged", "similar_as_good"]].tolist() == [0, 0]  # nobody like it has a report card


def test_practice_areas_follow_the_signal() -> None:
    fine = FINE
    rows = frame(
        {
            "era": "E2",
            **fine,
            "quality_of_education": 1,
            "leadership_and_management": 3,
            "behaviour_and_attitudes": 4,
            "category_of_concern": "SWK",
        },
        {"urn": 2, "era": "E2", **fine, "quality_of_education": 1, "age_years": 4.5},
        {"urn": 3, "era": "E2", **fine, "quality_of_education": 1},
        {"urn": 4, "era": "E2", **fine, "quality_of_education": 1, "as_predecessor": True},
        {"urn": 5, "era": "E2", **fine, "behaviour_and_attitudes": 3},  # no rule of the era: no need
    )
    need, strong = signals.practice(signals.signals(rows), pd.Series("primary", index=[1, 2, 3, 4, 5]))
    found = sorted(need[["urn", "area", "severity"]].itertuples(index=False, name=None))
    assert found == [(1, "behaviour", 0.5), (1, "leadership", 0.25)]
    assert strong[["urn", "area"]].values.tolist() == [[3, "curriculum"]]


def test_practice_areas_of_report_cards() -> None:
    strong = dict.fromkeys(
        ("inclusion", "curriculum_and_teaching", "attendance_and_behaviour", "early_years_card"), "Strong standard"
    )
    rows = frame(
        {**CARD, "leadership_and_governance": "Needs attention", "inclusion": "Needs attention", "achievement": "Needs attention"},
        {"urn": 2, **CARD, **strong},
        {"urn": 3, **CARD, **strong},
        {"urn": 4, **CARD, "attendance_and_behaviour": "Needs attention", "personal_development_and_wellbeing": "Urgent improvement",
         "category_of_concern": "RSI"},
    )  # fmt: skip
    phase = pd.Series({1: "primary", 2: "primary", 3: "secondary", 4: "primary"})
    need, strength = signals.practice(signals.signals(rows), phase)
    found = sorted(need[["urn", "area", "severity"]].itertuples(index=False, name=None))
    # achievement is for the results to say; two judgements about one area are one need, the graver one
    assert found == [(1, "leadership", 0.25), (1, "send", 0.25), (4, "behaviour", 0.5)]
    areas = sorted(strength[["urn", "area"]].itertuples(index=False, name=None))
    assert [(2, a) for a in ("behaviour", "curriculum", "early_years", "send")] == [
        pair for pair in areas if pair[0] == 2
    ]
    assert (3, "early_years") not in areas  # not taught in a secondary


def test_every_rule_names_judgements_that_there_are() -> None:
    known = {*GRADES, "safeguarding", "category_of_concern", *inspected.CARDS}
    assert {name for rule in SIGNAL_RULES for name in rule.judgements} <= known
    assert {rule.judgement for rule in PRACTICE} <= known and {rule.area for rule in PRACTICE} <= set(AREAS)
    words = {word for rule in SIGNAL_RULES for word in (*rule.words, *rule.unless) if word[0] not in "1234"}
    assert words <= {*inspected.WORDS, "SM", "SWK", "RSI", "Not met"}


def test_a_position_needs_thirty_schools_of_the_era_and_phase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    latest = pd.DataFrame({"urn": range(59), "era": "E1", "overall": [1.0, 2.0] * 29 + [2.0], "age_years": 1.0})
    phase = pd.Series(["primary"] * 30 + ["secondary"] * 29, index=range(59))
    found = inspection.positions(latest, phase)
    assert found["position"].notna().tolist() == [True] * 30 + [False] * 29
    assert found["order"].notna().all()  # similar schools are still counted by it
