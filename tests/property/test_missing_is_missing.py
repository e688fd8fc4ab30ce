"""METHODS 12.3: what a withheld value may and may not change, with NationalParams held fixed.

A value is replaced by the mark SUPP on its way in: it stands in the facts with a status and without a number.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analytics import years
from analytics.facts.panel import Panel, measure_panel
from analytics.scores import composites, inspected, outcomes, screening, signals
from analytics.scores.outcomes import NationalParams
from data.catalogue import MEASURES
from tests import simulated

some = settings(max_examples=40, deadline=None)
LONG = (201516, 201617, 201718, 201819)
KINDS = {"binomial": ("ks2_mathematics_expected_pct", 72.0), "arcsine": ("ks2_rwm_higher_pct", 12.0)}


@lru_cache
def nation(kind: str = "binomial") -> tuple[pd.DataFrame, NationalParams]:
    measure, level = KINDS[kind]
    rows = simulated.panel(11, level=level)
    return rows, simulated.params(rows, measure)


@lru_cache
def long_nation() -> tuple[pd.DataFrame, NationalParams]:
    rows = simulated.panel(12, years=LONG)
    return rows, simulated.params(rows)


def facts(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "urn": rows["urn"], "measure": simulated.MATHEMATICS, "time_period": rows["time_period"], "value": rows["value"],
            "denominator": rows["pupils"], "status": "ok", "release": "final", "as_predecessor": False,
        }
    )  # fmt: skip


def whole(given_facts: pd.DataFrame, rows: pd.DataFrame) -> Panel:
    census = rows[["urn", "time_period", "fsm6", "eal", "ehcp", "sen_support"]].assign(pupils_on_roll=200.0)
    one = rows.drop_duplicates("urn")
    schools = pd.DataFrame(
        {
            "urn": one["urn"], "phase": "primary", "fold": one["fold"], "single_sex": 0.0, "selective_known": 0.0, "mainstream": True,
        }
    )  # fmt: skip
    nobody = pd.Series(dtype="int64")
    return Panel(given_facts, census, schools, predecessor=nobody, continues=nobody)


def tier_of(scored: pd.DataFrame, coverage: float = 1.0) -> screening.Tiers:
    count = len(scored)
    return screening.tiers(
        screening.Evidence(
            *(scored[name].to_numpy(float) for name in ("m", "s", "pupils", "unbroken", "least", "smallest")), np.full(count, coverage),
            np.ones(count, dtype=bool), np.zeros(count, dtype=bool),
        )
    )  # fmt: skip


@given(st.integers(0, 399), st.integers(0, 2))
@some
def test_a_suppressed_value_is_a_deleted_row(school: int, year: int) -> None:
    rows, params = nation()
    mine = rows[rows["urn"] == 100000 + school]
    period = simulated.YEARS[year]
    marked = facts(mine)
    hit = marked["time_period"] == period
    marked = marked.assign(value=marked["value"].mask(hit), status=marked["status"].mask(hit, "suppressed"))
    with_mark = outcomes.score_school(measure_panel(whole(marked, mine), MEASURES[simulated.MATHEMATICS]), params)
    without = facts(mine)[~hit.to_numpy()]
    deleted = outcomes.score_school(measure_panel(whole(without, mine), MEASURES[simulated.MATHEMATICS]), params)
    pd.testing.assert_frame_equal(with_mark, deleted)


@pytest.mark.parametrize("kind", ["binomial", "arcsine"])
def test_variance_never_falls_and_no_strength_appears(kind: str) -> None:
    """(b) and (c), every school and each of its three years; W is held, for there is no longer window to fall back on."""
    rows, params = nation(kind)
    full = outcomes.score_schools(rows, params).set_index("urn")
    before = pd.Series(tier_of(full.reset_index()).tier, index=full.index)
    for period in simulated.YEARS:
        less = outcomes.score_schools(rows[rows["time_period"] != period], params).set_index("urn")
        both = full.loc[less.index]
        assert (less["s"] >= both["s"] - 1e-12).all()
        after = tier_of(less.reset_index()).tier
        assert not ((after == "strength_to_share") & (before.loc[less.index] != "strength_to_share").to_numpy()).any()
        assert not (after == "strength_to_share").any()  # two years of three are never every year


@given(st.integers(0, 399), st.sampled_from(LONG), st.integers(6, 18))
@some
def test_no_strength_appears_where_the_window_grows(school: int, gone: int, size: int) -> None:
    """A small school falls back on five years; a year missing among them still bars a strength."""
    rows, params = long_nation()
    mine = rows[rows["urn"] == 100000 + school]
    better = mine.assign(pupils=float(size), value=100.0)
    less = better[better["time_period"] != gone]
    found = outcomes.score_school(less, params)
    if gone in params.window or size * len(params.window) < years.FEW_PUPILS:
        assert tier_of(found).tier[0] != "strength_to_share"


@given(st.integers(0, 399), st.lists(st.sampled_from(simulated.YEARS), max_size=3, unique=True), st.integers(6, 20))
@some
def test_few_pupils_give_not_enough_data(school: int, kept: list[int], size: int) -> None:
    rows, params = nation()
    mine = rows[(rows["urn"] == 100000 + school) & rows["time_period"].isin(kept)].assign(pupils=float(size))
    found = outcomes.score_school(mine, params)
    assert len(found) == bool(kept)
    if kept:
        assert found["pupils"].tolist() == [float(size * len(kept))]
        assert (tier_of(found).tier[0] == "not_enough_data") == (size * len(kept) < 30)
        assert tier_of(found, coverage=0.59).tier[0] == "not_enough_data"


def test_order_of_rows_and_company_change_nothing() -> None:
    rows, params = nation()
    together = outcomes.score_schools(rows, params)
    shuffled = outcomes.score_schools(rows.sample(frac=1, random_state=3).reset_index(drop=True), params)
    pd.testing.assert_frame_equal(together, shuffled, rtol=1e-12)
    alone = pd.concat(
        [outcomes.score_school(part, params) for _, part in rows[rows["urn"] < 100040].groupby("urn")],
        ignore_index=True,
    )
    pd.testing.assert_frame_equal(alone, together.iloc[: len(alone)], rtol=1e-12)


def test_order_of_rows_changes_no_national_figure() -> None:
    rows, params = nation()
    again = simulated.params(rows.sample(frac=1, random_state=4).reset_index(drop=True))
    named = ("phi", "omega2", "national", "fifth", "r2")
    assert [getattr(again, name) for name in named] == pytest.approx(
        [getattr(params, name) for name in named], rel=1e-9
    )
    assert again.spread.tau == pytest.approx(params.spread.tau, rel=1e-9)


@given(st.integers(0, 399))
@some
def test_two_schools_at_once_are_refused_one_at_a_time(school: int) -> None:
    rows, params = nation()
    with pytest.raises(ValueError, match="one school at a time"):
        outcomes.score_school(rows[rows["urn"].isin((100000 + school, 100000 + (school + 1) % 400))], params)


def _reversed(params: NationalParams) -> NationalParams:
    return replace(params, polarity=-params.polarity)


def test_reversed_polarity_reflects_about_fifty() -> None:
    for kind in KINDS:
        rows, params = nation(kind)
        one, other = outcomes.score_schools(rows, params), outcomes.score_schools(rows, _reversed(params))
        score, reflected = 50 + 10 * one["m"].to_numpy(), 50 + 10 * other["m"].to_numpy()
        assert reflected == pytest.approx(100 - score, abs=1e-9)
        assert other["s"].to_numpy() == pytest.approx(one["s"].to_numpy(), abs=1e-12)


@given(st.integers(0, 2**31), st.integers(0, 3))
@some
def test_a_composite_without_a_measure_is_that_of_the_others(seed: int, gone: int) -> None:
    """A composite's variance may fall, for its content changes; it equals the composite that never had the measure."""
    rng = np.random.default_rng(seed)
    y, sd, weight = rng.normal(0, 1, (1, 4)), rng.uniform(0.2, 1.0, (1, 4)), rng.dirichlet(np.ones(4))
    names = tuple("abcd")
    same = 0.5 + 0.5 * np.eye(4)
    y_gone, sd_gone = y.copy(), sd.copy()
    y_gone[0, gone] = sd_gone[0, gone] = np.nan
    found = composites.composite(
        composites.Stack(np.array([1]), y_gone, sd_gone, composites.Correlations(names, same, same)), weight
    )
    left = [i for i in range(4) if i != gone]
    three = composites.Correlations(tuple(names[i] for i in left), same[np.ix_(left, left)], same[np.ix_(left, left)])
    wanted = composites.composite(composites.Stack(np.array([1]), y[:, left], sd[:, left], three), weight[left])
    assert (found.m[0], found.s[0]) == pytest.approx((wanted.m[0], wanted.s[0]), rel=1e-12)


GRADED = ("overall", *inspected.AREAS)
CARD_WORDS = tuple(inspected.WORDS)


@st.composite
def judgements(draw: st.DrawFn) -> dict[str, object]:
    """One school's judgements of any era. As published, a category is given with the judgements that come with one."""
    era = draw(st.sampled_from(("E1", "E2", "E3")))
    grade, word = st.one_of(st.none(), st.integers(1, 4)), st.one_of(st.none(), st.sampled_from(CARD_WORDS))
    cards = {name: draw(word) if era == "E3" else None for name in inspected.CARDS}
    return {
        "urn": 1, "era": era, "overall": draw(grade) if era == "E1" else None,
        **{name: None if era == "E3" else draw(grade) for name in inspected.AREAS}, **cards,
        "safeguarding": draw(st.sampled_from((None, "Met", "Met", "Not met"))) if era == "E3" else None,
        "category_of_concern": draw(st.sampled_from([None, None, None, "SM"])), "age_years": draw(st.one_of(st.none(), st.floats(0, 12))),
        "as_predecessor": draw(st.booleans()),
    }  # fmt: skip


GONE = (*GRADED, *inspected.CARDS, "safeguarding", "age_years")


def told(rows: list[dict[str, object]]) -> list[str]:
    """What is said of each row, asked for all at once."""
    frame = pd.DataFrame(rows).assign(early_years_card_due=True, post_16_card_due=True)
    frame = frame.astype({**dict.fromkeys(GRADED, "Int64"), "age_years": float, "as_predecessor": "boolean"})
    return [str(tier) for tier in signals.signals(frame)["tier"]]


GOOD: dict[str, object] = {
    "urn": 1, "era": "E2", "overall": None, **dict.fromkeys(inspected.AREAS, 2), **dict.fromkeys(inspected.CARDS), "safeguarding": None,
    "category_of_concern": None, "age_years": 1.0, "as_predecessor": False,
}  # fmt: skip
CARD = {
    **GOOD, **dict.fromkeys(inspected.AREAS), "era": "E3", **dict.fromkeys(inspected.CARDS, "Expected standard"), "safeguarding": "Met",
}  # fmt: skip
STRONG = {**CARD, **dict.fromkeys(inspected.CARDS[:4], "Strong standard")}


@example({**GOOD, "behaviour_and_attitudes": 4})  # without it once "met"
@example({**GOOD, "behaviour_and_attitudes": 4, "quality_of_education": 1})  # without it once a strength
@example({**CARD, "inclusion": "Needs attention", "achievement": "Needs attention"})
@example({**CARD, "leadership_and_governance": "Needs attention"})
@example({**STRONG, "post_16_card": "Needs attention"})
@example({**CARD, "achievement": "Urgent improvement"})
@example({**CARD, "safeguarding": "Not met", "category_of_concern": "RSI"})
@given(judgements())
@settings(max_examples=200, deadline=None)
def test_signals_stay_or_become_unknown(row: dict[str, object]) -> None:
    before, *after = told([row, *({**row, gone: None} for gone in GONE)])
    assert {gone: tier for gone, tier in zip(GONE, after, strict=True) if tier not in (before, "not_known")} == {}


@given(judgements(), st.sampled_from(inspected.CARDS))
@settings(max_examples=200, deadline=None)
def test_a_signal_is_the_same_whatever_a_missing_judgement_was_or_unknown(row: dict[str, object], gone: str) -> None:
    """What is said while a judgement is missing would be said whatever it turned out to be."""
    if row["era"] == "E3":
        known, *could_be = told([{**row, gone: word} for word in (None, *CARD_WORDS)])
        assert known == "not_known" or set(could_be) == {known}
