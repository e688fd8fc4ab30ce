"""Published figures beside those of similar schools: newest year, its quartiles, marks kept, no figure made up."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analytics.similar.beside import Beside, alike, beside, census_values, standing

LANGUAGE, TRIPLE = "ks4_language_entry_pct", "ks4_triple_science_entry_pct"


def values(rows: list[tuple[int, str, int, float]], status: str = "ok") -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["urn", "measure", "time_period", "value"]).assign(status=status)


def test_the_newest_year_beside_the_same_year_of_similar_schools() -> None:
    # quartiles of 10, 20, 30, 40 by linear interpolation: 17.5 and 32.5; 99 is of another year, school 9 is not similar
    table = values(
        [(1, LANGUAGE, 202324, 50.0), (1, LANGUAGE, 202425, 35.0)]
        + [(urn, LANGUAGE, 202425, 10.0 * (urn - 1)) for urn in (2, 3, 4, 5)]
        + [(2, LANGUAGE, 202324, 99.0), (9, LANGUAGE, 202425, 99.0)]
    )
    (row,) = beside(table, 1, {2, 3, 4, 5, 6}, (TRIPLE, LANGUAGE))
    assert row == Beside(LANGUAGE, 202425, 35.0, "ok", 17.5, 32.5, 4)
    assert standing(row) == "above"


def test_a_mark_stays_a_mark_and_three_schools_are_no_middle_half() -> None:
    own = values([(1, TRIPLE, 202425, np.nan)], "suppressed")
    table = pd.concat([own, values([(urn, TRIPLE, 202425, 20.0) for urn in (2, 3, 4)])])
    (row,) = beside(table, 1, {2, 3, 4}, (TRIPLE,))
    assert row == Beside(TRIPLE, 202425, None, "suppressed", None, None, 3)
    assert standing(row) == ""


def test_similar_schools_without_a_figure_are_not_counted_as_nought() -> None:
    table = values([(1, TRIPLE, 202425, 5.0)] + [(urn, TRIPLE, 202425, np.nan) for urn in (2, 3, 4, 5)])
    (row,) = beside(table, 1, {2, 3, 4, 5}, (TRIPLE,))
    assert (row.low, row.high, row.schools) == (None, None, 0)
    assert beside(table, 7, {2}, (TRIPLE,)) == ()


def test_edges_of_the_middle_half_lie_within() -> None:
    assert standing(Beside(TRIPLE, 202425, 10.0, "ok", 10.0, 20.0, 9)) == "within"
    assert standing(Beside(TRIPLE, 202425, 9.9, "ok", 10.0, 20.0, 9)) == "below"


def test_census_figures_come_from_the_schools_table() -> None:
    schools = pd.DataFrame(
        {"urn": [1, 2], "context_year": [202425, None], "ehcp_pct": [4.5, 3.0], "sen_support_pct": [None, 12.0]}
    )
    assert census_values(schools).to_dict("records") == [
        {"urn": 1, "measure": "census_ehcp_pct", "time_period": 202425, "value": 4.5, "status": "ok"}
    ]


def test_schools_of_a_kind_stand_in_where_no_similar_ones_are_found() -> None:
    schools = pd.DataFrame({"urn": [1, 2, 3, 4], "kind_of_page": ["sixteen_plus", "sixteen_plus", "primary", ""]})
    assert alike(schools, 1) == {2}
    assert alike(schools, 3) == alike(schools, 4) == alike(schools, 9) == frozenset()
