"""One to five pupils are never told, what is withheld is told once, and a special school's paper is not empty."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.scores.screening import REASONS
from analytics.similar.beside import Beside
from pages.components import kind_blocks, school_findings, summary_words
from tests.unit.test_finding_sentences import MATHS, school


@pytest.mark.parametrize(("pupils", "told"), [(1.0, False), (5.0, False), (6.0, True)])
def test_one_to_five_pupils_are_never_told_nor_weighed(pupils: float, told: bool) -> None:
    found = (
        school_findings.about_line(school(cohort=pupils), [MATHS]),
        *(" ".join((one.question, one.why)) for one in summary_words.governor_questions(school(cohort=pupils), (), ())),
        *(f"{one.number} {one.quiet}" for one in summary_words.facts(school(cohort=pupils), [MATHS], "")),
        *kind_blocks.kind_lines(school(kind_of_page="special", cohort=None, pupils=pupils), "special"),
        summary_words.about(school(pupils=pupils), "", hidden=False),
        school_findings.more_needed([replace(MATHS, tier="not_enough_data", pupils=pupils)]),
    )
    said = " ".join(found).lower()
    assert ("one pupil =" in said) == told and ("fewer than six" in said) != told
    assert (f"{pupils:.0f} pupil" in said) == told


def test_withheld_years_are_told_once() -> None:
    held = replace(MATHS, tier="not_enough_data", reasons="withheld", years_withheld=3)
    assert sum("withheld" in line for line in school_findings.quiet_lines([held], REASONS)) == 1
    some = replace(MATHS, years_withheld=1)
    assert school_findings.quiet_lines([some], REASONS) == ("Mathematics: 1 year withheld by the publisher.",)


def test_a_special_schools_paper_holds_what_is_published() -> None:
    row = Beside("absence_overall_pct", 202425, 9.2, "ok", 8.0, 11.0, 30)
    found = summary_words.facts(
        school(stages="", phase="special", cohort=None), [], "", [row, replace(row, value=None)]
    )
    assert [(one.number, one.quiet) for one in found] == [
        ("90", ""),
        ("9.2%", "The middle half of the others: 8.0% to 11.0%"),
    ]
