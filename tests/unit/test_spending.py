"""Spending beside a set: by hand; missing lines are no zeros; academies never stand in it; totals only where all is there."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.similar.presets import fbit_colours
from analytics.similar.presets.spending import LINES, TOTAL, spending
from data.catalogue import MEASURES
from pages.charts.spending import SpendingRow, spending_strip
from pages.components import similar_spending
from tests.unit.test_presets import table


def values(
    count: int, *, lines: tuple[str, ...] = ("finance_e15", "finance_e16", "finance_e20"), first: int = 100
) -> pd.DataFrame:
    """School n spends 100 x (n + 1) pounds on each line for 10 pupils: 10, 20, 30, ... a pupil."""
    frame = pd.MultiIndex.from_product([range(first, first + count), lines], names=["urn", "measure"]).to_frame(
        index=False
    )
    spent = 100.0 * (frame["urn"] - first + 1)
    return frame.assign(time_period=202425, value=spent, pupils=10.0, status="ok")


def test_every_line_is_a_kept_measure_under_one_of_the_tools_names() -> None:
    kept = {key for key, one in MEASURES.items() if one.source == "cfr" and one.role == "kept"}
    assert set(LINES) == kept and {category for category, _ in LINES.values()} == set(fbit_colours.CATEGORIES)
    assert len(set(LINES.values())) == len(LINES) == 32


def test_place_among_a_set_by_hand() -> None:
    # five schools at 10, 20, 30, 40, 50 a pupil: school 3 (101 + ...) at 30 is the middle; 3 of 5 spend as much or less
    found = spending(table(5), values(5), 102, outstanding=False)
    assert found is not None and found.time_period == 202425 and sorted(found.members) == [100, 101, 103, 104]
    ict = found.table.set_index("line").loc["ICT learning resources"]
    assert (ict["mine"], ict["middle"], ict["counted"], ict["percentile"]) == (30.0, 30.0, 5, 60.0)
    assert (ict["low"], ict["high"], ict["colour"]) == (20.0, 40.0, "amber")  # two-sided table, sixth letter from 0: a
    total = found.table[found.table["category"].eq("Utilities") & found.table["line"].eq(TOTAL)].iloc[0]
    assert (total["mine"], total["colour"]) == (60.0, "")  # water and energy; floor area is nowhere published


def test_a_missing_line_is_no_zero() -> None:
    told = values(5)
    told = told[~((told["urn"] == 104) & (told["measure"] == "finance_e16"))]
    found = spending(table(5), told, 102, outstanding=False)
    assert found is not None
    energy = found.table.set_index("line").loc["Energy"]
    assert (energy["counted"], energy["middle"]) == (4, 25.0)  # 10, 20, 30, 40
    assert found.table.set_index("line").loc[TOTAL, "counted"] == 4  # a total without one of its lines is none
    own = spending(table(5), told, 104, outstanding=False)
    assert own is not None and set(own.table["line"]) == {"Water and sewerage", "ICT learning resources"}
    # withheld or not supplied is the same as absent
    marked = values(5).assign(value=lambda f: f["value"].where(f["urn"] != 104))
    marked["status"] = np.where(marked["urn"] == 104, "not_submitted", "ok")
    assert spending(table(5), marked, 104, outstanding=False) is None
    without = spending(table(5), marked, 102, outstanding=False)
    assert without is not None and 104 not in without.members


def test_sectors_are_never_mixed_and_special_schools_have_no_set() -> None:
    made = table(6, sector=["maintained"] * 4 + ["academy"] * 2)
    found = spending(made, values(6), 100, outstanding=False)
    assert found is not None and sorted(found.members) == [101, 102, 103]
    assert spending(made, values(6), 105, outstanding=False) is None
    assert spending(table(5, phase="special"), values(5), 100, outstanding=False) is None
    assert spending(table(5), values(5).head(0), 100, outstanding=False) is None
    assert spending(table(1), values(1), 100, outstanding=False) is None  # nobody to stand beside


def test_newest_year_and_pupils_of_the_return() -> None:
    both = pd.concat([values(5).assign(time_period=202324, value=1.0), values(5).assign(pupils=20.0)])
    found = spending(table(5), both, 102, outstanding=True)
    assert found is not None and found.table.set_index("line").loc["Energy", "mine"] == pytest.approx(15.0)
    no_pupils = spending(table(5), values(5).assign(pupils=0.0), 102, outstanding=False)
    assert no_pupils is not None and no_pupils.table.empty


def test_a_line_that_nobody_uses_is_not_listed() -> None:
    told = values(5)
    told["value"] = told["value"].where(told["measure"] != "finance_e20", 0.0)
    found = spending(table(5), told, 102, outstanding=False)
    assert found is not None and "ICT learning resources" not in set(found.table["line"])
    told.loc[(told["urn"] == 100) & (told["measure"] == "finance_e20"), "value"] = 50.0
    found = spending(table(5), told, 102, outstanding=False)
    assert found is not None and found.table.set_index("line").loc["ICT learning resources", "counted"] == 2


def test_words_of_a_place_and_pounds() -> None:
    assert [similar_spending.place_words(x, 5.0, 20) for x in (10.0, 30.0, 70.0, 90.0, 90.1)] == [
        "among the lowest", "lower than most", "around the middle", "higher than most", "among the highest",
    ]  # fmt: skip
    assert similar_spending.place_words(95.0, 5.0, 9) == "too few schools to say"
    assert similar_spending.place_words(3.0, 0.0, 30) == "you report none"
    assert [similar_spending.pounds(x) for x in (5120.4, 9.5, -12.0, -0.0)] == ["£5,120", "£9.50", "−£12", "£0.00"]


def test_the_finding_is_true_of_the_categories() -> None:
    twelve = table(14)
    first = spending(twelve, values(14), 113, outstanding=False)
    assert first is not None and similar_spending.finding("Velby", first.table) == (
        "Velby spends more per pupil than nearly all schools like it on ICT and energy and water"
    )
    lowest = spending(twelve, values(14), 100, outstanding=False)
    assert (
        lowest is not None
        and "spends less per pupil than nearly all schools like it on"
        in similar_spending.finding("Velby", lowest.table)
    )
    middle = spending(twelve, values(14), 107, outstanding=False)
    assert (
        middle is not None
        and similar_spending.finding("Velby", middle.table) == "Velby spends much as schools like it do"
    )
    few = spending(table(5), values(5), 104, outstanding=False)
    assert few is not None and "too few schools like it" in similar_spending.finding("Velby", few.table)
    shown = similar_spending.frame(first.table, lines=False)
    assert shown["FBIT's colour, by its own rules"].tolist() == ["red", "not given: it compares floor area"]
    strip = spending_strip(
        [SpendingRow("ICT", 250.0, 80.0, 120.0, "£140"), SpendingRow("Teaching", 95.0, 90.0, 110.0, "£5k")]
    )
    assert list(strip.data[0].x) == [220.0, 95.0] and list(strip.data[0].marker.symbol) == ["triangle-right", "circle"]
    assert [note.text for note in strip.layout.annotations] == ["£140", "£5k"]
