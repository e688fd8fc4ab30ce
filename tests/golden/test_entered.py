"""Tables that people fill in: the partnership's own figures, and corrections. Every row is kept or says why not."""

from __future__ import annotations

from data.catalogue import MEASURES
from tests.golden.golden import extract, of, plain, rejected, workbook

OWN = "own_figures/figures.csv"
KEPT = [
    (900111, "ks2_reading_expected_pct", 202526, "pct", 62.0, None, "ok", 29.0, "Head of data", 2),
    (900111, "ks2_writing_expected_pct", 202526, "pct", None, "SUPP", "suppressed", None, None, 3),
    (900111, "own:phonics_expected_standard_in_year_1", 202526, "pct", 81.0, None, "ok", 31.0, None, 4),
    (900111, "own:budget_balance_forecast", 202627, "gbp", -12400.0, None, "ok", None, "Business manager", 5),
    (900111, "own:pupils_on_roll_year_1", 202627, "count", 30.0, None, "ok", None, None, 6),
    (900111, "own:days_of_support_used", 202526, "count", 4.0, None, "ok", None, None, 8),
    (900113, "ks2_reading_expected_pct", 202526, "pct", 0.5, None, "ok", 200.0, None, 24),
]
COLUMNS = (
    "urn", "measure", "time_period", "unit", "value", "raw", "status", "denominator", "supplied_by", "row",
)  # fmt: skip
LEFT_OUT = [
    (7, "fewer than 6 pupils: not kept"),
    (9, "not supplied: the value is blank"),
    (10, "a percentage of 1 or less: write 45 for 45%, and 0.5% with its sign"),
    (11, "a percentage outside 0 to 100"),
    (12, "no period: write it as 2025/26"),
    (13, "no period: write it as 2025/26"),
    (14, "fewer than 6 pupils: not kept"),
    (15, "the number of pupils is below 1"),
    (16, "a percentage needs the number of pupils that it is of"),
    (17, "another unit than the published measure, which is a percentage"),
    (18, "the unit is not percentage, number, score or pounds"),
    (19, "not a number and no known mark"),
    (20, "outside the possible range of this measure"),  # a scaled score is 80 to 120
    (21, "a measure that is not in the catalogue needs its definition"),
    (22, "a measure that is not in the catalogue needs its unit"),
    (23, "not a school: the URN is not six digits"),
    (25, "the same row stands more than once"),
    (26, "the same figure stands more than once with different values: none of the rows was used"),
    (27, "the same figure stands more than once with different values: none of the rows was used"),
]


def test_own_figures_row_by_row():
    found = extract(OWN, "own_figures")
    assert (found.rows_read, found.rows_kept, found.time_period, found.as_at) == (26, 7, None, None)
    assert plain(found.tables["own_figure"], *COLUMNS) == KEPT
    assert rejected(found) == [(row, None, reason) for row, reason in LEFT_OUT]


def test_own_figures_have_the_catalogues_words_or_their_own():
    frame = extract(OWN, "own_figures").tables["own_figure"]
    assert plain(frame, "label", "definition")[1:4] == [
        ("Writing: expected standard", MEASURES["ks2_writing_expected_pct"].definition),
        ("Phonics: expected standard in year 1", "Share of year 1 pupils who met the standard"),
        ("Budget: balance forecast", "Revenue balance expected at the year's end"),
    ]  # fmt: skip


def test_a_withheld_count_is_not_written_down_with_its_reason():
    found = extract(OWN, "own_figures")
    few = found.rejects[found.rejects["reason"] == "fewer than 6 pupils: not kept"]
    assert few["raw"].tolist() == ["", ""]


def test_own_figures_from_a_workbook_with_a_title_above():
    found = of(workbook(OWN, "figures.xlsx", sheet="Figures", above=("Chilver Vale, autumn 2026", "")), "own_figures")
    assert plain(found.tables["own_figure"], *COLUMNS) == [(*row[:-1], row[-1] + 2) for row in KEPT]


def test_corrections_need_a_reason_and_a_link():
    found = extract("corrections/corrections.csv", "corrections")
    assert (found.rows_read, found.rows_kept) == (11, 2)
    frame = found.tables["correction"]
    assert plain(frame, "urn", "measure", "time_period", "release", "value", "raw", "status", "row") == [
        (900111, "ks2_reading_expected_pct", 202425, "final", 64.0, None, "ok", 2),
        (900111, "ks4_attainment8", 202425, "revised", None, "NA", "not_available", 3),
    ]
    assert plain(frame, "reason", "link") == [
        ("Two late results were left out", "https://example.org/notes#oak"),
        ("The cohort of another school was counted in", "https://example.org/notes#ash"),
    ]
    assert rejected(found) == [
        (4, None, "no reason is given"),
        (5, None, "the link is not an https address"),
        (6, None, "the link is not an https address"),
        (7, None, "the release is not provisional, revised or final"),
        (8, None, "no period: write it as 202425"),
        (9, None, "not a measure of the catalogue"),
        (10, None, "neither a value nor a mark is given"),
        (11, None, "a percentage outside 0 to 100"),
        (12, None, "not a school: the URN is not six digits"),
    ]
