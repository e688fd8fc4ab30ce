"""Windows and releases (METHODS 1.3)."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analytics import years
from data.catalogue import MEASURES

READING = MEASURES["ks2_reading_expected_pct"]  # comparable from 2015/16 and again from 2022/23
WRITING = MEASURES["ks2_writing_expected_pct"]  # and from 2017/18
BEFORE, AFTER = (201516, 201617, 201718, 201819), (202223, 202324, 202425)


def test_following_and_shown() -> None:
    assert [years.following(t) for t in (201819, 199899, 199900)] == [201920, 199900, 200001]
    assert years.shown(202425) == "2024/25"


def test_windows_never_cross_a_boundary() -> None:
    both = BEFORE + AFTER
    assert years.window(READING, both, 202425, 3) == AFTER
    assert years.window(READING, both, 202324, 5) == AFTER[:2]
    assert years.window(READING, both, 201819, 3) == BEFORE[1:]
    assert years.window(READING, both, 201819, 5) == BEFORE
    assert years.window(WRITING, both, 201819, 3) == (201718, 201819)
    assert years.window(READING, both, 201415, 3) == ()


def test_windows_never_cross_the_pandemic_whatever_the_catalogue_says() -> None:
    """METHODS 1.3: 2021/22 once stood in one window with 2018/19, as key stage 4's run began in 2016/17."""
    open_run = replace(READING, segments=(201516,), ends=(None,))
    published = (*BEFORE, 201920, 202021, 202122, 202223)
    assert years.window(open_run, published, 202122, 3) == (202122,)
    assert years.window(open_run, published, 202223, 3) == (202122, 202223)
    assert years.window(open_run, published, 202021, 3) == () == years.window(open_run, published, 201920, 3)
    assert years.window(MEASURES["ks4_attainment8"], published, 202122, 3) == (202122,)


def test_the_catalogue_says_which_years_stand_together() -> None:
    """No key stage 2 or absence year between 2018/19 and 2022/23; key stage 4 of 2021/22 (graded otherwise) stands alone."""
    years_of = (201819, 201920, 202021, 202122, 202223)
    assert [READING.segment(year) for year in years_of] == [201516, None, None, None, 202223]
    assert [MEASURES["absence_overall_pct"].segment(year) for year in years_of] == [201516, None, None, None, 202223]
    assert [MEASURES["ks4_attainment8"].segment(year) for year in years_of] == [201718, None, None, 202122, 202223]
    assert [MEASURES["census_pupils"].segment(year) for year in years_of] == [201516] * 5


def test_provisional_years_stand_only_where_nothing_firmer_does() -> None:
    assert years.firm_years({202324: "final", 202425: "provisional"}) == (202324,)
    assert years.firm_years({202425: "provisional"}) == (202425,)


@pytest.mark.parametrize(("final", "chosen"), [(9, "final"), (8, "provisional")])
def test_one_release_the_firmest_that_is_nearly_full(final: int, chosen: str) -> None:
    # ten schools provisional; a final file of nine is 90% as full, of eight (one authority's, say) is not
    rows = [{"urn": k, "measure": "m", "time_period": 202425, "release": "provisional"} for k in range(10)]
    rows += [{"urn": k, "measure": "m", "time_period": 202425, "release": "final"} for k in range(final)]
    assert set(years.one_release(pd.DataFrame(rows))["release"]) == {chosen}


def test_one_authoritys_newer_file_makes_no_year_of_the_nations() -> None:
    nation = [201617] * 8 + [201718] * 7
    assert years.full_years([*nation, *[201819] * 3]) == (201617, 201718)  # 3 of 8 is under half
    assert years.full_years([*nation, *[201819] * 4]) == (201617, 201718, 201819)
    assert years.full_years([]) == ()
