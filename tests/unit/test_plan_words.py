"""Sentences and tables of the planning pages: what is stated, rules, journeys, loads, losses; the board's rows and lines."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.support.alternatives import Alternative, Move
from analytics.support.plans import Plan, Proposal, SupporterLoad, Unmatched
from analytics.support.stability import Stability, Stable
from pages.charts.board import Giver, Line, board_picture
from pages.components import group_words, plan_blocks, plan_board, plan_later_words, plan_words
from pages.components.names import Names
from pages.shell.planning import moved

NAMES = {1: "Oak Primary School", 2: "Elm Primary School", 3: "Ash Junior School", 4: "Yew School"}


def label(urn: int) -> str:
    return NAMES.get(urn, "Fenland Hub")


def proposal(need: int, supporter: int, area: str = "mathematics", days: float = 2.0, offer: int = 7) -> Proposal:
    return Proposal(need, area, "primary", 0.5, supporter, "offers", 0.8, 0.9, 0.8, 0.7, 1.0, 0.8, 3.0, days, "{supporter} for {need}.", "derived", offer)  # fmt: skip


def load(urn: int, used: int, area: str = "mathematics", taken: float = 0.0, offer: int = 7) -> SupporterLoad:
    return SupporterLoad(urn, area, "offers", 2, used, 2.0, offer, 4.0 + taken, taken)


PLAN = Plan(
    "offers", (proposal(1, 2), proposal(3, -9, "reading", offer=9)), (Unmatched(4, "mathematics", "primary", 0.4, "No more.", ()),),
    (load(2, 1), load(-9, 1, "reading", offer=9), load(4, 0, "reading", offer=8)), called={-9: "Fenland Hub"},
)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "values", "told"),
    [
        ("not_with", {"why": "Sisters"}, "Oak and Elm do not support each other. Why: Sisters"),
        ("conflict", {}, "Oak and Elm have a conflict of interest and do not support each other."),
        ("must_with", {}, "Oak is supported by Elm, where it gives in the area."),
        ("travel", {"km": 90.0, "minutes": 75.0}, "Oak and Elm are 90 km and 75 minutes apart."),
        ("remote", {}, "Oak and Elm can help each other from afar only, without visits."),
        ("window", {"starts": date(2027, 1, 4), "ends": date(2027, 2, 1)}, "Oak: from 4 January 2027 to 1 February 2027 without visits."),
    ],
    ids=["not_with", "conflict", "must_with", "travel", "remote", "window"],
)  # fmt: skip
def test_a_rule_reads_as_a_sentence_with_its_reason(kind: str, values: dict[str, object], told: str) -> None:
    assert plan_words.rule_line(kind, "Oak", "Elm", values) == told


def test_a_journey_for_everybody_names_nobody() -> None:
    line = plan_words.rule_line("travel", "Oak", "", {"minutes": 75.0})
    assert line == "Oak and every other school are 75 minutes apart."


def test_a_need_stated_says_who_and_when() -> None:
    on = date(2026, 11, 3)
    assert plan_words.stated_line("we need help now", "Our lead left", waiting=False, on=on) == (
        "Stated by the school on 3 November 2026: we need help now. In its words: Our lead left"
    )
    assert plan_words.stated_line("we need help now", "", waiting=True, on=on) == (
        "Entered for the school on 3 November 2026: we need help now."
    )


def test_days_used_hold_what_is_agreed_already() -> None:
    one = load(2, 1, taken=3.0)
    assert plan_blocks.used(one) == 5.0 and plan_blocks.whole_days(one) == 7.0
    assert plan_blocks.load_words(one) == "2 of 7 days; 3 taken already"
    assert plan_blocks.days_of(PLAN) == (4.0, 12.0)


def test_one_area_of_a_plan_keeps_what_is_about_it() -> None:
    found = plan_blocks.of_area(PLAN, "reading")
    assert [row.need_urn for row in found.proposals] == [3] and found.unmatched == ()
    assert [row.urn for row in found.supporters] == [-9, 4]
    assert plan_blocks.of_area(PLAN, None) is PLAN
    assert plan_blocks.areas(PLAN) == {"mathematics", "reading"}


def test_an_organisation_is_called_by_its_name_unless_names_are_hidden() -> None:
    plain = plan_blocks.labels(PLAN, Names.of(False, NAMES, {1, 3}))
    hidden = plan_blocks.labels(PLAN, Names.of(True, NAMES, {1, 3}))
    assert [plain(urn) for urn in (-9, 1, 2)] == ["Fenland Hub", "Oak Primary School", "Elm Primary School"]
    assert [hidden(urn) for urn in (-9, 1, 2)] == ["A partner organisation", "School A", "Outside school 1"]


def test_the_board_lists_every_need_and_every_day_left() -> None:
    rows = plan_board.table(PLAN, label).to_numpy().tolist()
    assert rows == [
        ["Oak Primary School", "Mathematics", "Elm Primary School", "2"],
        ["Ash Junior School", "Reading", "Fenland Hub", "2"],
        ["Yew School", "Mathematics", "not met", ""],
        ["no need in this plan", "Reading", "Yew School: 0 of 4 days", ""],
    ]
    assert plan_board.alternative(PLAN) == "Two needs have a line to two supporting schools; one has none."


def test_a_line_of_the_board_joins_its_need_and_its_school() -> None:
    # Two needs over a height of two rows stand at 0 and 1; the one school beside the middle of both, at 0.5.
    drawn = board_picture(
        [("Oak", "reading"), ("<b>Elm</b>", "")], [Giver("Ash", "2 of 2 days", 2.0, 2.0)], [Line(1, 0, 2.0)]
    )
    lines = [trace for trace in drawn.data if trace.mode == "lines"]
    assert [list(trace.y) for trace in lines] == [[1.0, 0.5]]
    filled, ring = (trace for trace in drawn.data if trace.mode == "markers")
    assert list(filled.y) == [1.0] and list(ring.y) == [0.0]
    texts = [note.text for note in drawn.layout.annotations]
    assert "&lt;b&gt;Elm&lt;/b&gt;" in texts and not [text for text in texts if "<b>" in text]


@pytest.mark.parametrize(
    ("name", "lines"),
    [("Sallowby St Mark's CofE", "Sallowby St Mark's<br>CofE"), ("Nettlecombe Cross", "Nettlecombe Cross"),
     ("The Kelderby Academy of Arts and Sciences", "The Kelderby<br>Academy of Arts…")],
)  # fmt: skip
def test_a_long_name_takes_two_lines_and_more_room(name: str, lines: str) -> None:
    drawn, short = (board_picture([(one, "")], [Giver("b", "", 1.0, 1.0)], []) for one in (name, "a"))
    assert lines in [note.text for note in drawn.layout.annotations]
    assert (drawn.layout.height > short.layout.height) == ("<br>" in lines)


def test_more_days_are_a_thicker_line_and_a_fuller_bar() -> None:
    thin, thick = (board_picture([("a", "")], [Giver("b", "", 10.0, days)], [Line(0, 0, days)]) for days in (1.0, 10.0))
    assert thin.data[0].line.width < thick.data[0].line.width
    width = [shape.x1 - shape.x0 for shape in (thin.layout.shapes[1], thick.layout.shapes[1])]
    assert width[0] == pytest.approx(width[1] / 10)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (Alternative(2, 7, 0.8, 6.0, 0.02, 1.24, "pct", None), "Or Elm Primary School, 6 km away. The plan would lose what 1.2 points are worth to this school."),
        (Alternative(2, 7, 0.8, None, 0.02, 0.01, "pct", None), "Or Elm Primary School. The plan would lose next to nothing."),
        (Alternative(-9, 9, 0.8, None, 0.07, None, "", None), "Or Fenland Hub. The plan would lose as much as if this support fitted 7 hundredths less well."),
        (Alternative(2, 7, 0.5, 1.0, -0.1, -0.3, "pct", 0.5, (Move(3, "reading", 2, 4),)),
         "Or Elm Primary School, 1 km away. Yew School would then support Ash Junior School in reading in its place. "
         "In sum the plan would fit a little better. It would be the least good fit in the plan."),
        (Alternative(2, 7, 0.5, 1.0, 0.0, 0.0, "pct", None, (Move(3, "reading", 2, 4), Move(1, "reading", 4, 2))),
         "Or Elm Primary School, 1 km away. 2 other needs would then be supported otherwise. The plan would lose next to nothing."),
        (Alternative(2, 7, 0.5, 1.0, 0.0, 0.0, "pct", None, (Move(3, "reading", 2, 0),)),
         "Or Elm Primary School, 1 km away. 1 other need would then be supported otherwise. The plan would lose next to nothing."),
    ],
    ids=["points", "nothing", "no-measure", "floor-and-move", "moves", "second"],
)  # fmt: skip
def test_another_way_says_what_the_plan_would_lose(row: Alternative, told: str) -> None:
    assert plan_later_words.other(row, label) == told


def test_how_well_a_proposal_holds_is_said_of_a_hundred_trials() -> None:
    assert plan_later_words.holds(Stable(1, "mathematics", 2, 0.83, "holds_up")).startswith(
        "Holds up: proposed again in 83 of 100"
    )
    assert plan_later_words.holds(Stable(1, "mathematics", 2, 0.12, "local_knowledge")).startswith(
        "Choose by local knowledge"
    )
    assert plan_later_words.trying(Stability(40, 200, ())) == "Trying the plan with other figures: 40 of 200."


@pytest.mark.parametrize(
    ("running", "planned", "told"),
    [(0, 0, "No working group yet"), (1, 0, "One working group is running"), (2, 1, "Two working groups are running; one is planned"),
     (0, 2, "Two working groups are planned")],
)  # fmt: skip
def test_groups_are_counted_in_words(running: int, planned: int, told: str) -> None:
    assert group_words.finding(running, planned) == told


@pytest.mark.parametrize("text", ["", "x", "12", "12.x", ".5", "-3.20", "12.99999", "12.4.1"])
def test_an_offer_that_a_link_cannot_mean_is_none(text: str) -> None:
    assert moved._offer(text) is None


@pytest.mark.parametrize(
    "text",
    ["", "900003", "900003.moon.900001", "x.mathematics.1", "900003.mathematics.900003", "900003.mathematics.--9"],
)
def test_a_pair_that_a_link_cannot_mean_is_none(text: str) -> None:
    assert moved._pair(text) is None


def test_what_a_plan_counts_with_at_first_is_what_the_sliders_say() -> None:
    assert dict(moved.WEIGHTS) == {"strength": 35, "similarity": 20, "travel": 25, "came_through": 10, "sureness": 10}
    assert moved.USUAL_KM == 40 and not moved.NOTHING.anything


def test_a_link_means_pairs_offers_and_weights() -> None:
    assert moved._pair("900003.english_and_mathematics.-12") == (900003, "english_and_mathematics", -12)
    assert moved._offer("12.45") == (12, 4.5)
    assert moved._five("35-20-25-10-0") == (35, 20, 25, 10, 0)
    assert [moved._five(text) for text in ("0-0-0-0-0", "1-2-3-4", "1-2-3-4-101")] == [None, None, None]
    assert [moved._km(text) for text in ("4", "5", "150", "151")] == [None, 5, 150, None]
