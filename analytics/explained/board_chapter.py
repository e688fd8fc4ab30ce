"""What How it works says of the board's pages: what is counted there, with the constants of the code."""

from __future__ import annotations

from analytics.board import money, people
from analytics.explained.section import Section


def sections() -> tuple[Section, ...]:
    return (
        Section(
            "The board's page, presentation and pack",
            "All three are drawn from the same findings, phase by phase in the newest year of each. Results: the averages of \"Our schools together\", "
            "each pupil counting once; to stand under one another they are divided by tau, the between-school standard deviation of the measure, with "
            "the sign turned where less is better. Attendance by year: the plain average of the schools with a figure, beside the plain average of what "
            "the intakes of the same schools lead one to expect; a year in which that is not known of each of them has none.\n\n"
            f"Money: counts of schools whose reserve lies under nought and from nought to under {money.LOW:.0f}% of income, a round mark and no "
            "rule: years to March, years to August and what trusts record under their schools apart, each of its newest year; of a whole trust its "
            "own reserve. Needs that are not agreed are counted as if no school had been shown anything: only where the number names none, "
            "whoever makes the pack. Pupils for each teacher: the middle school and the middle half, from "
            f"{people.FEWEST} schools on. An inspection is called old from {people.YEARS} years on, a round mark too. What changed is told since the figures "
            "that the last presented pack stood on, which are kept for it.",
            {
                "Reserve counted as low, under this % of income": money.LOW, "Fewest schools for a middle half": people.FEWEST,
                "An inspection is called old after years": people.YEARS,
            },
            "METHODS 2.2, 9.4",
        ),
    )  # fmt: skip
