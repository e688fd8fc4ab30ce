"""Early signal (METHODS 12.1): reference numbers, made-up worlds with and without a signal, and what may be read in time."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression

from analytics import results
from analytics.facts.panel import Panel
from analytics.findings import early
from analytics.findings.areas import Fit
from analytics.findings.fitting import Fits
from analytics.scores import early_signal
from analytics.scores.outcomes import NationalParams
from analytics.scores.shrinkage import Spread
from tests.shared import SHARED, needs_shared

READING, MATHS = "ks2_reading_expected_pct", "ks2_mathematics_expected_pct"
YEARS = (201516, 201617, 201718, 201819)
SCHOOLS = 900


@needs_shared
def test_reference_numbers() -> None:
    """scikit-learn's own examples: (.1^2 + .1^2 + .2^2 + .3^2) / 4 = .0375; (1/1 + 2/3) / 2 = .8333."""
    assert SHARED is not None
    filed = json.loads((SHARED / "golden/methods/reference_values.json").read_text())["scores"]
    brier = early_signal.brier(np.array([False, True, True, False]), np.array([0.1, 0.9, 0.8, 0.3]))
    precision = early_signal.average_precision(np.array([False, False, True, True]), np.array([0.1, 0.4, 0.35, 0.8]))
    assert (round(brier, 4), round(precision, 4)) == (0.0375, 0.8333)
    assert filed == {"brier_sklearn_doc": round(brier, 4), "average_precision_sklearn_doc": round(precision, 4)}


@pytest.mark.parametrize("ridge", [0.0, 1.0, 40.0])
def test_logistic_is_scikit_learns(ridge: float) -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=(300, 3))
    low = rng.random(300) < 1 / (1 + np.exp(1 - x[:, 0] + 0.5 * x[:, 2]))
    other = LogisticRegression(C=1 / ridge if ridge else np.inf, tol=1e-10, max_iter=5000).fit(x, low)
    found = early_signal.logistic(x, low, ridge=ridge)
    assert found == pytest.approx([*other.intercept_, *other.coef_[0]], abs=1e-5)


def test_calibration_by_hand() -> None:
    # odds 1:3 where a half of 8 came, 3:1 where all but one of 8 did: log odds 0 and ln 7 at -ln 3 and ln 3
    chance = np.array([0.25] * 8 + [0.75] * 8)
    low = np.array([True] * 4 + [False] * 4 + [True] * 7 + [False])
    slope, intercept = early_signal.calibration(low, chance)
    assert (slope, intercept) == pytest.approx((np.log(7) / (2 * np.log(3)), np.log(7) / 2), abs=1e-6)


def test_of_twenty_flagged() -> None:
    chance = np.linspace(1, 0, 50)
    assert early_signal.right_of(np.arange(50) % 4 == 0, chance) == 5  # 0, 4, 8, 12, 16 of the first twenty


def test_whole_groups_are_drawn_again() -> None:
    """Slow twin: the same draws, schools listed as often as their group was drawn."""
    gain, group = np.random.default_rng(1).normal(size=40), np.repeat(np.arange(8), 5)[::-1].copy()
    drawn = np.random.default_rng(5).multinomial(8, np.full(8, 1 / 8), size=early_signal.DRAWS)
    means = [np.mean([gain[i] for i in range(40) for _ in range(times[group[i]])]) for times in drawn]
    assert early_signal.resampled(gain, group, seed=5) == pytest.approx(tuple(np.percentile(means, (2.5, 97.5))))
    # schools of one group that say the same are one voice: a range as wide as eight schools give, not forty
    same = np.repeat(np.random.default_rng(2).normal(size=8), 5)
    wide = np.ptp(early_signal.resampled(same, np.repeat(np.arange(8), 5), seed=1))
    assert wide > 1.6 * np.ptp(early_signal.resampled(same, np.arange(40), seed=1))


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        (["better", "better"], "ships"), (["better", "not_better", "better"], "ships"), (["better", "not_better"], "does_not"),
        (["not_better", "not_better"], "does_not"), (["better"], "too_few_years"), (["better", "unknown"], "too_few_years"), ([], "too_few_years"),
    ],
)  # fmt: skip
def test_the_decision_follows_the_rule(outcomes: list[str], said: str) -> None:
    assert early_signal.decision(outcomes) == said


def pairs(rng: np.random.Generator, carries: float, schools: int = SCHOOLS) -> pd.DataFrame:
    """Half the schools' trusts of three; low next year by the last difference and, as far as it `carries`, by one more figure."""
    last, more = rng.normal(size=(2, schools))
    chance = 1 / (1 + np.exp(1.5 + last + carries * more))
    return pd.DataFrame(
        {"urn": np.arange(schools), "group": np.arange(schools) // 3, "last": last, "mean": (last + rng.normal(size=schools)) / 2,
         "more": more, "noise": rng.normal(size=schools), "is_low": rng.random(schools) < chance}
    )  # fmt: skip


def tried(carries: float, **change: object) -> early_signal.Trial:
    rng = np.random.default_rng(11)
    train, held_out = pairs(rng, carries), pairs(rng, carries)
    return early_signal.trial(train, held_out.assign(**change), ("more", "noise"), seed=1)  # type: ignore[arg-type]


def test_a_figure_that_carries_the_signal_is_found() -> None:
    found = tried(1.5)
    assert found.outcome == "better" and found.high < 0 and 0.8 <= found.slope <= 1.2
    assert found.brier_more < found.brier_plain < found.brier_base
    assert found.difference == pytest.approx(found.brier_more - found.brier_plain, abs=1e-12)
    assert found.precision_more > found.precision_plain and found.right_more > found.right_plain


def test_a_figure_that_carries_nothing_is_not() -> None:
    found = tried(0.0)
    assert found.outcome == "not_better" and found.high > 0
    assert found.difference == pytest.approx(0, abs=0.002)


def test_better_by_brier_alone_is_not_enough() -> None:
    """A held-out year in which the figures tell far less than they did: chances that are too sure of themselves."""
    rng = np.random.default_rng(4)
    train, held_out = pairs(rng, 2.4, 6000), pairs(rng, 1.4, 6000)
    found = early_signal.trial(train, held_out, ("more",), seed=1)
    assert found.high < 0 and found.slope < 0.8 and found.outcome == "not_better"


@pytest.mark.parametrize("change", [{"group": 0}, {"is_low": False}, {"is_low": True}])
def test_a_year_that_tells_nothing(change: dict[str, object]) -> None:
    found = tried(1.5, **change)
    assert found.outcome == "unknown" and np.isnan(found.brier_more) and found.schools == SCHOOLS


def test_the_order_of_rows_and_a_missing_figure() -> None:
    rng = np.random.default_rng(11)
    train, held_out = pairs(rng, 1.5), pairs(rng, 1.5)
    one = early_signal.trial(train, held_out, ("more",), seed=1)
    turned = early_signal.trial(train, held_out[::-1], ("more",), seed=1)
    assert one == turned
    # a figure that nobody has is not tried; with few who have it the others keep the plain rule's chances
    nobody = early_signal.trial(train.assign(gone=np.nan), held_out.assign(gone=np.nan), ("more", "gone"), seed=1)
    assert nobody == one and nobody.figures == ("more",)
    half = train.assign(more=train["more"].where(train["urn"] % 2 == 0))
    without = held_out.assign(more=np.nan)
    missing, other = (
        early_signal.chances(half, without.assign(more=value), ("last", "more"), ridge=1.0)
        for value in (np.nan, half["more"].mean())
    )
    assert np.abs(missing - other).max() > 0.001  # not known is not the mean: it has a place of its own


def params(end: int, measure: str) -> NationalParams:
    window = tuple(year for year in YEARS if year <= end)[-3:]
    return NationalParams(
        "primary", measure, 1, "binomial", window, window, {}, 1.0, 16.0, Spread(8.0), 72.0, 60.0, 0.4, SCHOOLS, "final"
    )


def world(carries: bool, ends: tuple[int, ...]) -> tuple[Panel, Fits]:
    """Mathematics of one year decides reading of the next, or does not; reading itself is noise from year to year."""
    rng = np.random.default_rng(7)
    maths = rng.normal(size=(SCHOOLS, len(YEARS)))
    driver = np.column_stack([np.zeros(SCHOOLS), maths[:, :-1]]) if carries else np.zeros_like(maths)
    reading = 1.2 * driver + rng.normal(size=maths.shape)
    urn = np.arange(1, SCHOOLS + 1)
    fits = {}
    for name, values in ((READING, reading), (MATHS, maths)):
        every = pd.concat(
            [pd.DataFrame({"urn": urn, "time_period": year, "d": values[:, i], "v": 0.5, "in_norm": True, "expected": 70.0})
             for i, year in enumerate(YEARS)], ignore_index=True,
        )  # fmt: skip
        for end in ends:
            one = params(end, name)
            fits[(name, "primary", end)] = Fit(one, pd.DataFrame(), every[every["time_period"].isin(one.window)])
    facts = pd.DataFrame(
        [(u, year, READING, "ok", 70.0, 20.0 + u % 40) for u in urn for year in YEARS],
        columns=["urn", "time_period", "measure", "status", "value", "denominator"],
    )
    census = pd.DataFrame({"urn": urn, "time_period": 201718, "pupils_on_roll": 210.0, "fsm6": 20.0})
    schools = pd.DataFrame({"urn": urn, "trust_uid": pd.array(np.where(urn % 2, urn // 8, 0), "Int64"), "la_code": 850})
    schools = schools.assign(trust_uid=schools["trust_uid"].where(schools["urn"] % 2 == 1))
    nobody = pd.Series(dtype="int64")
    return Panel(facts, census, schools, nobody, nobody), fits


def decided(whole: Panel, fits: Fits) -> dict[str, set[str]]:
    found = early.table(whole, fits, seed=1)
    return found.groupby("measure")["decision"].agg(set).to_dict()


def test_it_ships_where_more_figures_carry_the_signal_and_not_elsewhere() -> None:
    whole, fits = world(True, YEARS[1:])
    found = early.table(whole, fits, seed=1)
    assert found[["measure", "time_period"]].to_numpy().tolist() == [
        [name, year] for name in (MATHS, READING) for year in YEARS[2:]
    ]
    assert decided(whole, fits) == {READING: {"ships"}, MATHS: {"does_not"}}
    assert decided(*world(False, YEARS[1:])) == {READING: {"does_not"}, MATHS: {"does_not"}}
    assert decided(*world(True, YEARS[1:3])) == {READING: {"too_few_years"}, MATHS: {"too_few_years"}}
    rows = results.rows(results.EarlySignal, found)
    assert rows[0].flagged == 20 and {row.groups for row in rows} == {
        SCHOOLS // 8 + 1 + 1
    }  # trusts of odd URNs, one authority


def test_nothing_of_the_held_out_year_is_read_but_who_was_low() -> None:
    whole, fits = world(True, YEARS[1:])
    last = fits[(MATHS, "primary", YEARS[-1])]
    wild = {**fits, (MATHS, "primary", YEARS[-1]): replace(last, yearly=last.yearly.assign(d=99.0))}
    before, after = (early.table(whole, one, seed=1).query("measure == @READING") for one in (fits, wild))
    pd.testing.assert_frame_equal(before, after, check_dtype=False)
    # earlier differences of the year's own fit are not read either: it was fitted with the year in it
    own = fits[(READING, "primary", YEARS[-1])]
    earlier = own.yearly["time_period"] < YEARS[-1]
    shaken = own.yearly.assign(d=own.yearly["d"].where(~earlier, -5.0))
    pd.testing.assert_frame_equal(
        before, early.table(whole, {**fits, (READING, "primary", YEARS[-1]): replace(own, yearly=shaken)}, seed=1).query("measure == @READING"),
    )  # fmt: skip


def test_no_trial_crosses_the_pandemic_or_a_change() -> None:
    ends = {
        201819: (201617, 201718, 201819),
        202122: (202122,),
        202223: (202122, 202223),
        202425: (202223, 202425),
        202526: (202526,),
    }
    fits = {
        (READING, "primary", end): Fit(replace(params(201819, READING), window=window), pd.DataFrame(), pd.DataFrame())
        for end, window in ends.items()
    }
    assert early.held_out_years(fits, READING, "primary") == [202223]


def test_without_any_pair_of_years_there_is_no_row() -> None:
    whole, fits = world(True, YEARS[1:2])
    assert early.table(whole, fits, seed=1).empty
