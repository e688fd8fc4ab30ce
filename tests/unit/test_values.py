"""Cells of text to values: units, marks, ranges, dates."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from data.formats.values import DAY_FIRST_DASH, DAY_FIRST_SLASH, dates, number, numbers, whole

MARK_CASES = [
    ("SUPP", "suppressed"), ("SUPPMAT", "suppressed"), ("NE", "no_cohort"), ("NP", "not_available"),
    ("NA", "not_available"), ("LOWCOV", "low_coverage"), ("NEW", "new_school"), ("SP", "low"), ("z", "not_applicable"),
    ("c", "suppressed"), ("u", "low_reliability"), ("NULL", "not_available"), ("DNS", "not_submitted"),
    ("", "not_available"), (" ", "not_available"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "unit", "expected"),
    [
        ("49.5", "pct", 49.5), ("49.10%", "pct", 49.1), ("3 %", "pct", 3.0), ("£48,747", "gbp", 48747.0),
        ("-£1,200.50", "gbp", -1200.5), (" 1.2", "score", 1.2), ("5,564", "count", 5564.0), ("-0.12", "score", -0.12),
        ("1e-05", "gbp", 1e-05), ("49.5%", "score", None), ("£3", "pct", None), ("1,5", "gbp", None),
        ("12,34", "count", None), ("5,564", "score", None), ("nan", "score", None), ("inf", "gbp", None),
        ("٣", "count", None), ("1_000", "count", None), ("1e999", "gbp", None), ("-9e300", "pct", None),
    ],
)  # fmt: skip
def test_a_number_takes_only_the_signs_of_its_unit(cell, unit, expected):
    assert number(cell, unit) == expected


@pytest.mark.parametrize(("cell", "status"), MARK_CASES)
def test_a_mark_is_a_status_and_never_a_number(cell, status):
    found = numbers(pd.Series([cell]), unit="pct", low=0, high=100)
    assert found.status.tolist() == [status]
    assert found.raw.tolist() == [cell.strip()]
    assert math.isnan(found.value.iloc[0])
    assert found.kept().tolist() == [True]


def test_out_of_range_and_unreadable_cells_are_refused_and_over_100_is_kept():
    found = numbers(
        pd.Series(["104.2", "-3", "supp", "50", "-0.0"], index=[2, 3, 4, 5, 6]), unit="pct", low=0, high=100
    )
    assert found.value.fillna(-9).to_dict() == {2: 104.2, 3: -9, 4: -9, 5: 50.0, 6: 0.0}
    assert str(found.value[6]) == "0.0"
    assert found.high == 1
    assert found.reason.dropna().to_dict() == {
        3: "outside the possible range (0 to 100)", 4: "not a number and no known mark",
    }  # fmt: skip
    assert found.raw.dropna().to_dict() == {3: "-3", 4: "supp"}
    assert numbers(pd.Series(["121"]), unit="score", low=80, high=120).reason.tolist() == [
        "outside the possible range (80 to 120)"
    ]


def test_a_fraction_column_becomes_a_percentage():
    found = numbers(pd.Series(["0.002", "0.6", "NA"]), unit="pct", low=0, high=100, fraction=True)
    assert found.value.round(9).tolist()[:2] == [0.2, 60.0]
    assert found.status.tolist() == ["ok", "ok", "not_available"]


def test_whole_numbers_and_urns():
    found, bad = whole(pd.Series(["100000.0", " 900001", "99999", "0123456", "NAT", ""]), digits=6)
    assert found.fillna(0).tolist() == [100000, 900001, 0, 0, 0, 0]
    assert bad.tolist() == [False, False, True, True, True, False]


def test_dates_have_one_declared_form():
    found, bad = dates(pd.Series(["01-09-2018", "2018-09-01", "31-02-2018", ""]), DAY_FIRST_DASH)
    assert found.dt.strftime("%Y-%m-%d").fillna("").tolist() == ["2018-09-01", "", "", ""]
    assert bad.tolist() == [False, True, True, False]
    found, bad = dates(pd.Series(["03/04/2018", "NULL"]), DAY_FIRST_SLASH, missing=("", "NULL"))
    assert (found.iloc[0].month, bad.tolist()) == (4, [False, False])
