"""Why an answer is what it is, in words: checks and sums."""

from __future__ import annotations

import pytest

from analytics.explained.chain import Block, Chain, Step
from analytics.results import Check, SchoolCheck
from pages.components import why_area_words, why_words
from pages.terminal import scoring

SAME = Step("lasting difference", "a rule", "1 + 1", 2.0, 2.0)
OTHER = Step("lasting difference", "a rule", "1 + 1", 2.0, 2.1)


def check(name: str, outcome: str, count: int = 3, total: int = 3, detail: str = "") -> SchoolCheck:
    return SchoolCheck(900001, name, "primary", 202425, count, total, outcome, detail)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (check("weights", "passed"), ("Yes", "At least four in five do.")),
        (check("weights", "not"), ("No", "Fewer than four in five do, so the answer is mixed evidence.")),
        (check("leave_out", "not", detail="ks2_reading_expected_pct"), ("No", "It hangs on Reading.")),
        (check("similar", "not", 4, 5, "mathematics"), ("No", "The answer moves in mathematics.")),
        (check("similar", "passed", 5, 5), ("Yes", "All 5 areas keep their answer.")),
        (check("inspection", "unknown", 0, 0), ("Cannot be told", "There is no clear answer, or no graded inspection.")),
        (check("held_back", "not", 3, 5, "absence_overall_pct|ks2_reading_expected_pct"), ("No", "3 of 5 newest figures did; not Absence and Reading.")),
    ],
)  # fmt: skip
def test_each_check_is_a_question_with_an_answer_and_a_reason(row: SchoolCheck, said: tuple[str, str]) -> None:
    (found,) = why_words.check_table([row]).to_dict("records")
    assert (found["Answer"], found["Because"]) == said and found["Question"].endswith("?")


def chain(step: Step) -> Chain:
    block = Block("Reading: all years", (step,), "ks2_reading_expected_pct", 202425)
    return Chain(900001, "primary", 202425, (block,), "as_expected", "")


def test_a_step_that_does_not_come_out_the_same_is_said() -> None:
    assert (
        why_words.why_finding("Ash", chain(SAME))
        == "Ash: as expected given intake in outcomes, and every step can be worked out again"
    )
    assert "does not come out the same" in why_words.why_finding("Ash", chain(OTHER))
    assert why_words.step_table(chain(OTHER).blocks[0])["Result"].tolist() == ["2 (published 2.1)"]


def test_the_command_line_names_file_row_and_what_differs() -> None:
    files = {("ks2_reading_expected_pct", 202425): "2024-2025_england_ks2final.csv, row 7, column PTREAD_EXP"}
    text = "\n".join(scoring.lines(chain(SAME), "Ash", "abc", files))
    assert "Ash (URN 900001), primary, outcomes to 2024/25; figures abc" in text
    assert "file: 2024-2025_england_ks2final.csv, row 7, column PTREAD_EXP (ks2)" in text
    assert "Every figure that was published comes out the same here." in text
    assert "BUT PUBLISHED 2.1" in "\n".join(scoring.lines(chain(OTHER), "Ash", "abc", {}))


def test_checks_over_all_schools_are_counted_and_said() -> None:
    rows = [
        Check("weights", "primary", 202425, "", 607, 859, 0.7066, 0.8, None, "not"),
        Check("held_back", "primary", 202425, "absence_overall_pct", 95, 100, 0.95, 0.94, 0.97, "passed"),
        Check("inspection", "secondary", 202425, "", 0, 0, None, 0.8, None, "unknown"),
    ]
    assert why_words.nation_sentence(rows) == "1 check passed, 1 did not; 1 cannot be told from these files."
    table = why_words.nation_table(rows, "primary")
    assert table["Check"].tolist() == [
        "Would other reasonable ways to combine the measures say the same",
        "Newest year held back: Overall absence",
    ]
    assert table["Stood"].tolist() == ["71% of 859", "95% of 100"] and table["Wanted"].tolist() == ["80%", "94% to 97%"]
    assert table["Outcome"].tolist() == ["not passed", "passed"]


def test_a_hidden_name_is_not_told_by_its_row() -> None:
    assert why_area_words.where("ks2.csv", 222, "PTREAD", hidden=False) == "ks2.csv, row 222, column PTREAD"
    assert why_area_words.where("ks2.csv", 222, "PTREAD", hidden=True) == "ks2.csv, column PTREAD"
