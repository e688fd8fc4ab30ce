"""One area over all schools: the finding's counts, who is masked, what stands in the picture and in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analytics.results import AreaScore, Need
from pages.charts import school_rows, theme
from pages.components import one_area_words as said
from pages.components.state_words import State, states_line
from tests.unit.test_charts import area

STRONG, NEED, MIXED, FEW = (
    area(1, "strength_to_share", 62.0),
    area(2, "may_need_support", 41.0),
    area(3, "mixed_evidence", 45.0),
    area(4, "not_enough_data", 38.0),
)
HELD = replace(area(5, "not_shown_yet", 50.0), value=None)
ROWS = (STRONG, NEED, MIXED, FEW)


@pytest.mark.parametrize(
    ("rows", "words"),
    [(ROWS, "Mathematics: one of our five primary schools could share a strength; one may need support"),
     ((NEED, MIXED), "Mathematics: one of our five primary schools may need support"),
     ((STRONG, HELD), "Mathematics: one of our five primary schools could share a strength; what is said of one school is shown to it first"),
     ((MIXED,), "Mathematics: nothing stands out clearly in our 5 schools"), ((), "Mathematics: no published results of our primary schools")],
    ids=("both", "need", "held", "nothing", "none"),
)  # fmt: skip
def test_the_finding_counts_what_may_be_told(rows: tuple[AreaScore, ...], words: str) -> None:
    assert said.finding("mathematics", rows, 5, "primary") == words


def test_the_line_says_what_was_measured_and_who_is_missing() -> None:
    assert said.line("mathematics", ROWS, 6) == (
        "Mathematics: expected standard, three years to 2024/25, of 6 schools, beside what schools with their intake reach. "
        "Three schools have no results or too few pupils to say."
    )
    assert said.line("reading", (), 2) == "2 schools. No results of theirs in reading are in these figures."


def test_of_many_schools_only_the_clear_ones_are_drawn() -> None:
    many = (*(replace(MIXED, urn=100 + at) for at in range(40)), STRONG)
    assert said.drawn(many) == (STRONG,)
    assert said.left_out(many) == "In the picture stand those of which something clear is said; the table holds all 41."
    crowd = tuple(replace(STRONG, urn=at) for at in range(50))
    assert len(said.drawn(crowd)) == 40
    assert said.left_out(crowd) == (
        "In the picture stand the first 40 by name of the 50 of which something clear is said; the table holds all 50."
    )
    assert said.drawn(ROWS) == ROWS and said.left_out(ROWS) == ""


def test_a_need_that_is_counted_in_another_area_says_so() -> None:
    reading = Need(2, "primary", "reading", 202425, "contextual", 0.5, 0.9, False, "school", "")
    assert said.elsewhere(NEED, [reading]) == "Counted once, in reading, where the difference is largest."
    assert said.elsewhere(NEED, [reading, replace(reading, area="mathematics")]) == ""
    assert said.elsewhere(NEED, [replace(reading, area="attendance"), replace(reading, urn=9)]) == ""


def test_a_need_says_where_it_stands_by_the_area_in_which_it_is_counted() -> None:
    reading = Need(2, "primary", "reading", 202425, "contextual", 0.5, 0.9, False, "school", "")

    def state(urn: int, area: str) -> State:
        return State("agreed", date(2026, 9, 28)) if (urn, area) == (2, "reading") else State()

    assert said.stands(NEED, [reading], state) == "Agreed by the school on 28 September 2026."
    assert said.stands(NEED, [replace(reading, area="mathematics")], state) == "Not yet discussed with the school."
    assert said.stands(NEED, [], state) == "Not yet discussed with the school." and said.stands(STRONG, [], state) == ""


def test_schools_are_counted_by_where_their_needs_stand() -> None:
    agreed, shown, differs, new = State("agreed"), State("shown"), State("differs"), State()
    states = {1: [agreed], 2: [agreed, agreed], 3: [differs], 4: [new, new], 5: [agreed, new], 6: [shown, differs]}
    assert states_line(states, 2) == (
        "Two agreed; one sees it differently; one not yet discussed with the school; one agreed in part; one talked about in part; "
        "two of which it is not told yet"
    )
    assert states_line({1: [differs], 2: [differs]}) == "Two see it differently" and states_line({}) == ""
    assert states_line({1: [new], 2: [new]}) == "Two not yet discussed with the schools"


def test_what_is_not_told_yet_is_not_called_nothing() -> None:
    assert said.no_need(ROWS) == "No clear need in published results."
    assert said.no_need((*ROWS, HELD)) == "Shown to the schools first."


def test_rows_are_shapes_with_bars_and_no_mark_is_written() -> None:
    labels = {urn: f"School {urn}" for urn in range(1, 6)}
    figure = school_rows.school_rows((*ROWS, HELD), labels, said.values((*ROWS, HELD)))
    traces = {trace.name: trace for trace in figure.data}
    assert traces["strength_to_share"].x == (62.0,) and traces["strength_to_share"].y == (0,)
    assert traces["may_need_support"].marker.line.color == theme.LIGHT.look and traces["may_need_support"].y == (1,)
    bars = [trace.x for trace in figure.data if trace.name == "bar"]
    assert bars == [
        (33.0, 49.0, None, 37.0, 53.0, None),
        (54.0, 70.0, None),
    ]  # score and eight either way; none of 4 and 5
    rings = [shape for shape in figure.layout.shapes if shape.type == "circle"]
    assert (
        len(rings) == 1 and rings[0].line.dash and rings[0].layer == "above"
    )  # mixed evidence: dashed, as on the Overview
    texts = [note.text for note in figure.layout.annotations]
    assert texts == ["52%", "52%", "52%", "× too few pupils to say", "□ shown to the school first"]
    assert figure.layout.height == 34 * 5 + 56
    assert list(figure.layout.yaxis.ticktext) == [f"School {urn}" for urn in range(1, 6)]


def test_names_full_of_markup_are_text_and_break_in_two() -> None:
    figure = school_rows.school_rows((STRONG,), {1: "St <b>Mark's</b> and All Saints"}, {})
    assert list(figure.layout.yaxis.ticktext) == ["St &lt;b&gt;Mark's&lt;/b&gt;<br>and All Saints"]


def test_the_alternative_names_both_sides() -> None:
    assert said.alternative("mathematics", ROWS, lambda urn: f"School {urn}").endswith(
        "Strength to share: School 1. May need support: School 2."
    )
    assert said.alternative("mathematics", (MIXED,), str).endswith("Strength to share: none. May need support: none.")
