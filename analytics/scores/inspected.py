"""Which inspection speaks for a school: the latest graded one or report card, whatever its era (DOMAIN B1.4).

An ungraded inspection, a monitoring visit or a row without any judgement is no grade and never speaks. Nothing is
converted from one era to another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from analytics.results import Inspection
from analytics.standardise import is_true

DAYS_PER_YEAR = 365.25
SPEAKING = ("graded", "previous_graded", "report_card")
AREAS = ("quality_of_education", "behaviour_and_attitudes", "personal_development", "leadership_and_management")
CARDS = (
    "inclusion", "curriculum_and_teaching", "achievement", "attendance_and_behaviour",
    "personal_development_and_wellbeing", "leadership_and_governance", "early_years_card", "post_16_card",
)  # fmt: skip
WORDS: Mapping[str, int] = {  # report cards, best first: an order inside its era and no grade of another
    "Exceptional": 1, "Strong standard": 2, "Expected standard": 3, "Needs attention": 4, "Urgent improvement": 5,
}  # fmt: skip
OLDER = ("secondary", "all_through", "sixteen_plus")
EARLY_YEARS_AGE = 4  # a mainstream school that takes children of this age has early years to be judged


def aged(inspection: pd.DataFrame, as_at: pd.Timestamp) -> pd.DataFrame:
    """Adds `age_years` at a day to inspection rows, in place of any other: the publication's date for what is worked out, the day
    of the page for what is said of now. NaN without a date.
    """
    days = (as_at - pd.to_datetime(inspection["start_date"])).dt.days
    return inspection.assign(age_years=days / DAYS_PER_YEAR)


def on_day(rows: Sequence[Inspection], day: date) -> tuple[Inspection, ...]:
    """The same of rows already read: each with its age on the day; None without a date."""
    now = pd.Timestamp(day)  # dates read from a store are timestamps
    return tuple(
        replace(
            row, age_years=None if pd.isna(row.start_date) else (now - pd.Timestamp(row.start_date)).days / DAYS_PER_YEAR
        )
        for row in rows
    )  # fmt: skip


def latest_graded(inspection: pd.DataFrame) -> pd.DataFrame:
    """The latest graded inspection or report card of each school that gave any judgement: one row per URN.

    Of two on one day the later era's speaks.
    """
    spoken = inspection[inspection["event"].isin(SPEAKING)]
    card = spoken["event"].eq("report_card")
    judged = (
        spoken[["overall", *AREAS]].notna().any(axis=1) & ~card | spoken[list(CARDS)].notna().any(axis=1) & card
    ) | spoken["category_of_concern"].notna()
    kept = spoken[judged & spoken["start_date"].notna()].sort_values(["urn", "start_date", "era"], kind="stable")
    return kept.drop_duplicates("urn", keep="last").reset_index(drop=True)


def due(latest: pd.DataFrame, schools: pd.DataFrame) -> pd.DataFrame:
    """Adds `early_years_card_due` and `post_16_card_due`: whether a blank there is a missing judgement.

    Mainstream schools only, by the register; elsewhere a blank means that the area does not apply, as the publisher's own
    heading says (a special school's ages are not those of its pupils now). `schools`: urn, phase, low_age, sixth_form.
    """
    told = schools.set_index("urn").reindex(latest["urn"])
    young = told["phase"].isin(("primary", "all_through")) & is_true(told["low_age"].le(EARLY_YEARS_AGE))
    older = told["phase"].isin(OLDER) & is_true(told["sixth_form"])
    return latest.assign(early_years_card_due=young.to_numpy(dtype=bool), post_16_card_due=older.to_numpy(dtype=bool))
