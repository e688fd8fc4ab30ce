"""Published figures beside earlier ones, against an obvious twin: whatever their order, only what differs is left."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import results
from analytics.since.figures import compared

Said = tuple[float | None, str, float | None, str]
PLACES = st.tuples(st.integers(900001, 900003), st.sampled_from(("a_pct", "b_pct")), st.sampled_from((202324, 202425)))
SAID = st.tuples(
    st.sampled_from((None, 50.0, 60.0)), st.sampled_from(("ok", "low")), st.sampled_from((None, 30.0)),
    st.sampled_from(("revised", "final")),
)  # fmt: skip
FIGURES = st.dictionaries(PLACES, SAID, max_size=8)


def frame(figures: dict[tuple[int, str, int], Said], order: int) -> pd.DataFrame:
    rows = [
        results.YearValue(urn, measure, year, value, status, pupils, None, release, False, 1)
        for (urn, measure, year), (value, status, pupils, release) in figures.items()
    ]
    return results.frame(rows, results.YearValue).sample(frac=1, random_state=order)


def slowly(
    before: dict[tuple[int, str, int], Said], now: dict[tuple[int, str, int], Said]
) -> dict[tuple[int, str, int], str]:
    found: dict[tuple[int, str, int], str] = {}
    for place in before.keys() | now.keys():
        was, is_now = before.get(place), now.get(place)
        if was is None or is_now is None:
            found[place] = "new" if was is None else "gone"
        elif was != is_now:
            found[place] = "differs" if was[:3] != is_now[:3] else "firmer"
    return found


@settings(max_examples=60, deadline=None)
@given(FIGURES, FIGURES, st.booleans(), st.integers(0, 99), st.integers(0, 99))
def test_whatever_their_order_only_figures_that_differ_are_left(
    before: dict[tuple[int, str, int], Said],
    now: dict[tuple[int, str, int], Said],
    mostly_same: bool,
    one: int,
    two: int,
) -> None:
    now = {**before, **dict(list(now.items())[:1])} if mostly_same else now
    found = compared(frame(before, one), frame(now, two))
    rows = zip(found["urn"], found["measure"], found["time_period"], found["what"], strict=True)
    assert {(int(urn), str(measure), int(year)): what for urn, measure, year, what in rows} == slowly(before, now)
