"""Small numbers (METHODS 12.2): what is withheld by itself, as a complement, as a second cell, and out of totals."""

from __future__ import annotations

import pandas as pd
import pytest

from analytics.facts import disclosure
from analytics.facts.disclosure import Cell
from analytics.results import YearValue, frame

RWM, OF_DISADVANTAGED = "ks2_rwm_expected_pct", "ks2_rwm_disadvantaged_pct"
NAN = float("nan")


@pytest.mark.parametrize(
    ("pupils", "counted", "why"),
    [(5, 5, "few"), (6, 6, ""), (6, 0, ""), (30, 5, "few_in"), (30, 25, "few_out"), (30, 6, ""), (30, 24, ""), (30, None, ""),
     (3, None, "few"), (8, 4, "few_in")],
)  # fmt: skip
def test_a_cell_by_itself(pupils: float, counted: float | None, why: str) -> None:
    assert disclosure.why_withheld(Cell(pupils, counted)) == why


def test_six_to_ten_pupils_need_a_range() -> None:
    assert [disclosure.needs_range(n) for n in (None, 5, 6, 10, 11)] == [False, False, True, True, False]


def test_a_complement_of_one_to_five_is_withheld() -> None:
    # 30 pupils, 26 of them girls: the four boys' share could be worked out
    assert disclosure.withheld_parts(Cell(30, 20), [Cell(26, 18)]) == {0}
    assert disclosure.withheld_parts(Cell(40, 26), [Cell(20, 13)]) == frozenset()  # twenty boys, thirteen of them: fine
    assert disclosure.withheld_parts(Cell(30, 22), [Cell(20, 14)]) == {0}  # ten boys, eight of them: two not


def test_a_second_cell_goes_with_the_first() -> None:
    # 14 + 12 + 4: the four are withheld, and so one more, for 30 - 14 - 12 = 4; the smaller goes
    assert disclosure.withheld_parts(Cell(30), [Cell(14), Cell(12), Cell(4)]) == {1, 2}
    assert disclosure.withheld_parts(Cell(30), [Cell(14), Cell(16)]) == frozenset()


def test_many_parts_are_not_tried_for_ever() -> None:
    gone = disclosure.withheld_parts(Cell(4000), [Cell(20)] * 40)
    assert gone == frozenset(range(disclosure.MOST_PARTS, 40))


def figure(
    measure: str, label: str, value: float, pupils: float, unit: str = "pct", **more: object
) -> dict[str, object]:
    usual = {"urn": 1, "time_period": 202526, "definition": None, "status": "ok"}
    return {**usual, "measure": measure, "label": label, "unit": unit, "value": value, "denominator": pupils, **more}


def published(measure: str, value: float | None, pupils: float | None, status: str = "ok") -> YearValue:
    return YearValue(1, measure, 202526, value, status, pupils, None, "final", False, 1)


def supplied(*figures: dict[str, object], known: tuple[YearValue, ...] = ()) -> list[str]:
    found = disclosure.supplied(pd.DataFrame(list(figures)), frame(known, YearValue))
    shown = found["withheld"] == ""
    assert found.loc[shown, "value"].notna().all() and found.loc[~shown, "value"].isna().all()
    return found["withheld"].tolist()


def test_supplied_shares_of_few_pupils_are_withheld() -> None:
    # 90% of 30 leaves three; 10% of 30 is three; 80% of 30 leaves six; a mean tells of its pupils only
    assert supplied(
        figure("own:a", "A", 90.0, 30.0), figure("own:b", "B", 10.0, 30.0), figure("own:c", "C", 80.0, 30.0),
        figure("absence_overall_pct", "Absence", 5.0, 30.0), figure("own:e", "E", 100.0, 30.0),
    ) == ["few_out", "few_in", "", "", ""]  # fmt: skip


def test_supplied_counts_of_pupils_are_cells_too() -> None:
    assert supplied(
        figure("own:a", "Pupils in the club", 28.0, 30.0, "count"), figure("own:b", "Children who left", 4.0, NAN, "count"),
        figure("own:c", "Days of training", 4.0, NAN, "count"),
    ) == ["few_out", "few", ""]  # fmt: skip


def test_a_group_beside_all_pupils_tells_of_the_others() -> None:
    # 30 pupils and 26 disadvantaged ones: four others
    both = (figure(RWM, "All", 60.0, 30.0), figure(OF_DISADVANTAGED, "Disadvantaged", 50.0, 26.0))
    assert supplied(*both) == ["", "derivable"]
    assert supplied(both[1], known=(published(RWM, 60.0, 30.0),)) == ["derivable"]
    assert supplied(both[0], known=(published(OF_DISADVANTAGED, 50.0, 26.0),)) == ["derivable"]
    assert supplied(both[1], known=(published(RWM, None, None, "suppressed"),)) == [""]
    assert supplied(figure("own:p", "Phonics", 60.0, 30.0), figure("own:g", "Phonics, girls", 50.0, 26.0)) == [
        "",
        "derivable",
    ]
    assert supplied(figure("own:p", "Phonics", 60.0, 30.0), figure("own:g", "Phonicsworks", 50.0, 26.0)) == ["", ""]


def test_what_the_publisher_withholds_stays_withheld() -> None:
    assert supplied(figure(RWM, "All", 60.0, 30.0), known=(published(RWM, None, 5.0, "suppressed"),)) == ["publisher"]
    assert supplied(figure(RWM, "All", 60.0, 30.0), known=(published(RWM, None, None, "not_available"),)) == [""]


def test_pupils_are_blank_where_they_would_tell() -> None:
    rows = [figure(RWM, "All", 90.0, 30.0), figure(OF_DISADVANTAGED, "Disadvantaged", 50.0, 26.0)]
    found = disclosure.supplied(pd.DataFrame(rows), frame([], YearValue))
    assert found["withheld"].tolist() == ["few_out", "derivable"]
    assert found["denominator"].fillna(-1).tolist() == [30.0, -1.0]  # "all but fewer than six of 30 pupils"


def test_nothing_supplied_is_nothing() -> None:
    empty = pd.DataFrame([figure("own:a", "A", 1.0, 30.0)]).head(0)
    assert disclosure.supplied(empty, frame([], YearValue)).empty
