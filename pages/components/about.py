"""Standing texts of "How it works": what tiers mean, what cannot be said, accessibility, fair use and privacy.

What the toolkit causes (`KNOWN`) is said with the number of its issue; the tests of accessibility go by the same list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
ISSUES = "https://github.com/streamlit/streamlit/issues"


@dataclass(frozen=True, slots=True)
class Known:
    """Something that the toolkit causes: a checker's `rule`, only `inside` this part of a page, and the toolkit's own issue.

    `rule` is "" where no checker finds it. The tests let pass what is listed here and nothing else.
    """

    what: str
    effect: str
    issue: int
    rule: str = ""
    inside: str = ""

    @property
    def link(self) -> str:
        return f"{ISSUES}/{self.issue}"


KNOWN: tuple[Known, ...] = (
    Known(
        "The menu at the left is a list with headings between its items.",
        "A screen reader may not say how many items it has. Each link works. (The issue is about structure at large; we found none for this list alone.)",
        8399, "list", "[data-testid=stSidebarNav]",
    ),
    Known(
        "The items of that list stand in groups.", "As above.", 8399, "listitem", "[data-testid=stSidebarNav]",
    ),
    Known(
        "When the computer turns dark or light while a page is open, its pictures turn with the next click.",
        "Until then a picture keeps its own light or dark ground, so that it can be read.",
        11920,
    ),
    Known(
        "The column menu of the toolkit's own data grid cannot be reached by keyboard.",
        "None: Alongside draws every table as a plain one.",
        13332,
    ),
)  # fmt: skip
ACCESSIBILITY: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "How far it goes",
        (
            "Alongside aims at WCAG 2.2, level AA. It meets it in part: what falls short is listed below.",
            "Everything can be reached and used with a keyboard. The first stop on each page leads past the menu; where you are is outlined.",
            "Every picture has a text that says what it shows, and the same figures as a plain table with a download.",
            "Nothing is said by colour alone, and nothing only when the mouse rests on it. Light and dark follow your computer.",
            "On a narrow screen the menu stands before the button that opens it: go back to it with Shift and Tab.",
            "At 320 pixels wide, or at four times the size, pages keep to the screen. Wide tables scroll by themselves.",
        ),
    ),
    (
        "How it was tried",
        (
            "The tests open every page in a browser: light and dark, at 1280, 390 and 320 pixels wide, with everything unfolded.",
            "A checker (axe) must find nothing serious or critical there but what is listed below.",
            "What a director, a head and a trustee do first is done by keyboard alone.",
            "Words are tested: none that judges a school, and sentences short enough to read quickly.",
            "It was not tried by people who use a screen reader, a magnifier or their voice. We would be glad of what they find.",
        ),
    ),
    (
        "If you cannot use something",
        ("Tell whoever runs Alongside for your schools. They can send any page as a table, and the board's pack on paper.",),
    ),
)  # fmt: skip
STATEMENT_OF = "22 November 2026"
STATEMENTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
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
