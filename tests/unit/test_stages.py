"""Which fits speak in a stage: a measure of its own year, destinations the newest that were published up to then."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analytics.facts.circumstances import KINDS_OF_PAGE, _stages, kind_of_page, recently, selective_area
from analytics.findings import fitting
from analytics.findings.areas import Fit, Stage
from analytics.findings.stages import _stage_fits
from analytics.scores.outcomes import NationalParams
from analytics.scores.shrinkage import Spread
from pages.components import measure_words
from tests.unit.test_finding_sentences import MATHS

ATTAINMENT, SUSTAINED, PERSISTENT = "ks4_attainment8", "ks4_destination_sustained_pct", "absence_persistent_pct"


def fit(measure: str, phase: str, end: int) -> Fit:
    window = (end - 101, end)
    params = NationalParams(
        phase, measure, 1, "mean", window, window, {}, 1.0, 0.1, Spread(1.0), 50.0, 45.0, 0.5, 9, "final"
    )
    yearly = pd.DataFrame({"urn": [1, 1], "time_period": list(window), "d": [0.1, 0.2], "in_norm": True})
    return Fit(params, pd.DataFrame({"urn": [1]}), yearly)


def several(*keys: tuple[str, str, int]) -> dict[tuple[str, str, int], Fit]:
    return {key: fit(*key) for key in keys}


FITS = several(
    (ATTAINMENT, "secondary", 201819), (ATTAINMENT, "secondary", 202324), (ATTAINMENT, "secondary", 202425),
    (SUSTAINED, "secondary", 201617), (SUSTAINED, "secondary", 202122), (SUSTAINED, "secondary", 202223),
    (PERSISTENT, "secondary", 202425), (PERSISTENT, "primary", 202425),
)  # fmt: skip


def ends(stage: int, name: str = SUSTAINED) -> int | None:
    found = fitting.speaking(FITS, name, "secondary", stage)
    return found.params.end if found else None


def test_destinations_are_the_newest_published_up_to_then() -> None:
    assert ends(202425) == 202223  # the tables of 2024/25 are about those who left in 2022/23
    assert ends(202324) == 202122  # those of 2022/23 were not out yet
    assert ends(202526) == 202223  # a release that is late: three years old, still told
    assert ends(202627) is None  # four years old
    assert ends(201819) == 201617
    assert ends(202425, ATTAINMENT) == 202425 and ends(202526, ATTAINMENT) is None  # others speak for their own year


def test_destinations_make_no_stage_of_their_own() -> None:
    assert fitting.stage_keys(FITS) == [
        ("primary", 202425), ("secondary", 201819), ("secondary", 202324), ("secondary", 202425),
    ]  # fmt: skip


def test_a_stage_holds_its_fits_and_attendance_of_the_other_phases() -> None:
    found = _stage_fits(FITS, "secondary", 202425)
    assert {name: [one.params.end for one in fits] for name, fits in found.items()} == {
        ATTAINMENT: [202425], SUSTAINED: [202223], PERSISTENT: [202425, 202425],
    }  # fmt: skip
    assert [one.params.phase for one in found[PERSISTENT]] == ["secondary", "primary"]
    assert set(_stage_fits(FITS, "secondary", 202324)) == {ATTAINMENT, SUSTAINED}


def test_scores_are_filed_under_the_year_of_the_stage() -> None:
    filed = [(year, one.params.measure, one.params.end) for year, one in fitting.filed(FITS)]
    assert [row for row in filed if row[1] == SUSTAINED] == [
        (201819, SUSTAINED, 201617), (202324, SUSTAINED, 202122), (202425, SUSTAINED, 202223),
    ]  # fmt: skip
    assert [row for row in filed if row[1] != SUSTAINED] == [
        (p, m, p) for m, _, p in sorted(key for key in FITS if key[0] != SUSTAINED)
    ]


def test_yearly_differences_of_destinations_lie_beside_the_others() -> None:
    stage = Stage("secondary", 202425, _stage_fits(FITS, "secondary", 202425))
    assert stage.yearly(SUSTAINED)["time_period"].tolist() == [202324, 202425]
    assert stage.yearly(ATTAINMENT)["time_period"].tolist() == [202324, 202425]
    assert FITS[(SUSTAINED, "secondary", 202223)].yearly["time_period"].tolist() == [202122, 202223]  # untouched


def test_a_sixth_form_is_a_stage_of_its_own_and_a_college_none() -> None:
    table = pd.DataFrame(
        {
            "urn": [1, 2, 3, 4, 5],
            "phase": ["secondary", "secondary", "sixteen_plus", "all_through", "special"],
            "mainstream": [True, True, False, True, False],
        }
    )
    facts = pd.DataFrame(
        [
            (1, "ks4_attainment8", 202425), (1, "ks5_alevel_points_per_entry", 202425),
            (2, "ks5_alevel_points_per_entry", 202122),  # too long ago
            (3, "ks5_alevel_points_per_entry", 202425), (4, "ks5_alevel_value_added", 202324),
            (4, "ks2_reading_expected_pct", 202425), (5, "ks5_alevel_points_per_entry", 202425),
        ],
        columns=["urn", "measure", "time_period"],
    ).assign(status="ok")  # fmt: skip

    def stages(known: pd.DataFrame) -> list[str]:
        sat = {stage: table["urn"].isin(urns) for stage, urns in recently(known).items()}
        return _stages(table, sat).tolist()

    assert stages(facts) == [
        "secondary|sixteen_plus", "secondary", "", "primary|sixteen_plus", "",
    ]  # fmt: skip
    assert stages(facts.iloc[:0]) == ["secondary", "secondary", "", "", ""]


def test_the_sentence_says_which_pupils_a_late_figure_is_of() -> None:
    late = replace(MATHS, area="destinations", measure=SUSTAINED, years=2, last_year=202223)
    assert measure_words.pooled(late) == "over two years to 2022/23, the newest published"
    assert measure_words.pooled(replace(late, years=1)) == "in 2022/23"
    said = "Destinations: of pupils who left up to 2022/23, the newest published."
    assert (
        measure_words.late_words([MATHS, late, replace(late, urn=2)]) == said
        and measure_words.late_words([MATHS]) == ""
    )
    assert measure_words.pooled(replace(MATHS, last_year=202425)) == measure_words.pooled(MATHS) == "over three years"


def test_kinds_of_page_by_phase_and_ages() -> None:
    rows = [
        ("primary", 4, 7, "infant"), ("primary", 2, 8, "infant"), ("primary", 4, 9, "first"), ("primary", 5, 10, "first"),
        ("primary", 7, 11, "junior"), ("primary", 4, 11, "primary"), ("primary", 8, 12, "middle"),
        ("secondary", 9, 13, "middle"), ("secondary", 11, 16, "secondary"), ("secondary", 13, 18, "secondary"),
        ("all_through", 4, 18, "all_through"), ("special", 4, 19, "special"), ("nursery", 2, 5, "nursery"),
        ("alternative_provision", 11, 16, "alternative_provision"), ("sixteen_plus", 16, 19, "sixteen_plus"),
        ("primary", None, None, "primary"), (None, 4, 11, ""),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["phase", "low_age", "high_age", "kind"]).assign(sector="maintained")
    table = table.astype({"low_age": "Int64", "high_age": "Int64"})
    nobody, everyone = pd.Series(False, index=table.index), pd.Series(True, index=table.index)
    assert kind_of_page(table, nobody).tolist() == table["kind"].tolist()
    grown = table["kind"].replace(
        {"infant": "primary", "first": "primary"}
    )  # results say more than the register's ages
    assert kind_of_page(table, everyone).tolist() == grown.tolist()
    assert kind_of_page(table.assign(sector="independent"), nobody).tolist() == ["independent"] * len(rows)
    assert set(table["kind"]) - {""} | {"independent"} == set(KINDS_OF_PAGE)


def test_selective_area_counts_secondary_pupils_of_the_authority() -> None:
    table = pd.DataFrame(
        {
            "la_code": [1, 1, 1, 1, 2, 3, None],
            "phase": ["secondary", "secondary", "secondary", "primary", "secondary", "primary", "secondary"],
            "sector": ["academy", "maintained", "independent", "academy", "academy", "academy", "academy"],
            "selective": pd.array([True, None, True, None, False, None, True], dtype="boolean"),
            "pupils_on_roll": [300.0, None, 5000.0, 400.0, 900.0, 200.0, 700.0],
            "pupils": pd.array([1, 700, 1, 1, 1, 1, 1], dtype="Int64"),
        }
    )
    # 300 selective of 300 + 700 (the register's count); independents do not count; no secondary pupils, no share
    found = selective_area(table)
    assert found.iloc[:5].tolist() == [30.0, 30.0, 30.0, 30.0, 0.0] and found.iloc[5:].isna().all()
