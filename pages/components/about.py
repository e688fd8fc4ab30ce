"""Standing texts of "How it works": what tiers mean, what cannot be said, accessibility, fair use and privacy."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from data.catalogue.vocabulary import SIGNALS
from pages.components.words import tier

TIER_MEANINGS: tuple[tuple[str, str], ...] = (
    (
        tier("strength_to_share"),
        "very likely above what schools like it reach, in every year looked at, with enough pupils",
    ),
    (tier("above_expectation"), "likely above, but not in every year or not in every measure"),
    (tier("as_expected"), "near what schools with this intake reach, and the figures are sure enough to say so"),
    (tier("may_need_support"), "likely below what schools like it reach; a question until the school has seen it"),
    (
        tier("low_in_line"),
        "in line with its intake, and low for its pupils: a matter of resources rather than practice",
    ),
    (tier("mixed_evidence"), "the figures do not settle it, or other reasonable ways of counting say something else"),
    (tier("not_enough_data"), "too few pupils or too few years; nothing is said"),
)
SIGNAL_MEANINGS: tuple[tuple[str, str], ...] = (
    (
        SIGNALS["statutory_concern"],
        "the inspectorate placed the school in a category of concern; stays until the next one",
    ),
    (
        SIGNALS["support_indicated"],
        "the latest graded inspection or report card asks for improvement; stays until the next one",
    ),
    (SIGNALS["met"], "the latest graded inspection or report card found the standard met"),
    (SIGNALS["strength_to_share"], "recent and clearly above, under the school's own number; lapses after four years"),
    (SIGNALS["not_known"], "no report, or only an old one"),
)
CANNOT: tuple[str, ...] = (
    "Measure culture, ethos, morale, the quality of leadership or teaching, or trust between people.",
    "Tell whether safeguarding is effective today.",
    "Say what a named school's next inspection will find.",
    "Recommend that a school change trust, or that a head be replaced.",
    "Attribute one school's change to one supporter.",
    "See this term: results and accounts are 3 to 18 months old.",
    "See pupils, staff or classes: only published totals are read.",
    "Turn a school's high results into a claim about named teachers.",
    "Know how much help a school can truly give: only the school knows.",
)
DOES_NOT: tuple[str, ...] = (
    "It gives no overall score and puts schools in no order.",
    "It fills in no missing number. What a publisher withheld stays withheld.",
    "It decides nothing: a match of need and strength is a proposal, and people agree or decline.",
)
STATEMENTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Accessibility": (
            (
                "Tables are real tables with captions and headings; every picture has a text alternative and the same figures as a "
                "table; nothing is shown by colour alone or only when the mouse rests on it."
            ),
            (
                "Known limits of the toolkit (Streamlit): small moving lines inside its own number cards have no text, the column "
                "menu of its own data grid cannot be reached by keyboard, and its captions are too pale. Alongside uses none of "
                "the three. The list of its menu carries marks that checkers report (a list whose items are not read as one)."
            ),
            "Pictures can be zoomed with a mouse only; the table below each says the same.",
            "If something here cannot be used by you, tell whoever runs Alongside for your schools.",
        ),
        "Fair use": (
            "Figures are for support, not judgement. Every school has needs and strengths.",
            "A need found in figures is a question until the school has seen it and answered.",
            "Do not use these pages for pay, appraisal or admissions, and do not publish lists made from them.",
            "Named needs appear only inside the chosen partnership. When others look on, hide the names.",
        ),
        "Privacy": (
            "The figures are published ones about schools: nothing about a pupil, and nothing about a named member of staff.",
            "Everything stays on the computer that runs Alongside. No page asks another machine for anything, and no use is reported.",
            "Where people sign in, their accounts and what they enter are kept: Privacy and your own data says what and how long.",
            "Offers and your own partnerships are private: they never become part of the figures.",
            "Hiding names keeps them off a screen. It does not make published figures anonymous.",
        ),
    }
)
