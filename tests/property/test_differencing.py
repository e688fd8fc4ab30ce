"""The differencing attack (METHODS 12.2): no total less shown parts gives a count of one to five pupils.

Made-up uploads: real groups of pupils inside one year group, each figure's pupils known to the test and not to the code.
The sample: the averages of every partnership and overlap, set against the schools that are shown.
"""

from __future__ import annotations

from itertools import combinations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.facts import disclosure
from analytics.results import YearValue, frame
from analytics.scores import partnership_means
from tests.sample import published

NOW = 202425


@st.composite
def year_groups(draw: st.DrawFn) -> list[tuple[str, frozenset[int], frozenset[int]]]:
    """A year group and groups within it, as (label, pupils, those counted): disjoint ones, overlapping ones, one in another."""
    size = draw(st.integers(6, 45))
    everyone = list(range(size))
    counted = frozenset(draw(st.lists(st.sampled_from(everyone), unique=True)))
    found = [("Phonics", frozenset(everyone), counted)]
    cuts = sorted(draw(st.lists(st.integers(0, size), min_size=1, max_size=3)))
    for at, (low, high) in enumerate(zip([0, *cuts], [*cuts, size], strict=True)):
        found.append((f"Phonics, class {at}", frozenset(everyone[low:high]), counted & set(everyone[low:high])))
    some = frozenset(draw(st.lists(st.sampled_from(everyone), unique=True, min_size=1)))
    found.append(("Phonics: girls", some, counted & some))
    return [one for one in found if len(one[1]) >= disclosure.LEAST_PUPILS]  # fewer are refused at the door


def shown_of(
    groups: list[tuple[str, frozenset[int], frozenset[int]]],
) -> list[tuple[frozenset[int], frozenset[int] | None]]:
    """What reaches the screen: pupils of a figure, and those counted where the exact share is shown."""
    table = pd.DataFrame(
        {
            "urn": 1, "time_period": 202526, "measure": [f"own:{label}" for label, _, _ in groups],
            "label": [label for label, _, _ in groups], "definition": "", "unit": "pct", "status": "ok",
            "value": [100 * len(counted) / len(pupils) for _, pupils, counted in groups],
            "denominator": [float(len(pupils)) for _, pupils, _ in groups],
        }
    )  # fmt: skip
    found = disclosure.supplied(table, frame([], YearValue))
    return [
        (pupils, counted if not why else None)
        for (_, pupils, counted), why, left in zip(groups, found["withheld"], found["denominator"], strict=True)
        if pd.notna(left)
    ]


@settings(max_examples=400, deadline=None)
@given(year_groups())
def test_made_up_uploads_tell_of_no_one_to_five_pupils(
    groups: list[tuple[str, frozenset[int], frozenset[int]]],
) -> None:
    shown = shown_of(groups)
    for pupils, counted in shown:
        assert len(pupils) >= 6
        if counted is not None:
            assert not disclosure.small(len(counted)) and not disclosure.small(len(pupils - counted))
    for whole, counted in shown:
        inside = [one for one in shown if one[0] < whole]
        for size in (1, 2, 3, 4):
            for parts in combinations(inside, size):
                if sum(len(part) for part, _ in parts) != len(frozenset().union(*(part for part, _ in parts))):
                    continue  # groups that overlap: their difference is no group of pupils
                rest = whole - frozenset().union(*(part for part, _ in parts))
                assert not disclosure.small(len(rest)), (whole, parts)
                if counted is not None and all(part[1] is not None for part in parts):
                    assert not disclosure.small(len(counted & rest)) and not disclosure.small(len(rest - counted))


def test_averages_of_the_sample_hold_nothing_but_the_schools_that_are_shown() -> None:
    """Every partnership and every overlap of two: the average times its pupils, less the shown schools, is nought."""
    tables = published.region().tables
    scores = tables["measure_score"].query("time_period == @NOW and phase == 'primary'")
    value = tables["value"]
    members = tables["member"].groupby("uid")["urn"].agg(frozenset)
    groups = [urns for urns in members if len(urns) >= 2]
    overlaps = {
        left & right for left, right in combinations(groups, 2) if len(left & right) >= 2 and left & right not in groups
    }
    hidden = set(value.loc[(value["status"] == "suppressed") & (value["time_period"] == NOW), "urn"])
    assert hidden & set().union(*groups), "the sample has withheld figures to attack"
    looked = 0
    for urns in [*groups, *sorted(overlaps, key=sorted)[:40]]:
        found = partnership_means.partnership_means(
            scores, tables["national"], tables["between_partnerships"].head(0), urns, kind="mat"
        )
        for one in (mean for mean in found if mean.weight == "pupil"):
            rows = scores[scores["urn"].isin(urns) & (scores["measure"] == one.measure)]
            each = rows["pupils"] / rows["years"]
            assert (each >= disclosure.LEAST_PUPILS).all()
            assert one.schools == len(rows) and one.schools + one.left_out == len(urns)
            assert abs(one.value * each.sum() - (rows["value"] * each).sum()) < 1e-6 * each.sum()
            looked += 1
    assert looked > 100
