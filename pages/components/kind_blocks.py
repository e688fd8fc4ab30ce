"""What a page says first about a school of its kind, and its published figures beside similar schools, never flagged.

Infant, first, junior, middle, all-through, nursery, special, alternative provision, 16 to 19, independent: what is due, what
is not and why, what would say more. Sentences only; the numbers come from `analytics.similar.beside`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from analytics.facts.circumstances import SELECTIVE_AREA
from analytics.results import School
from analytics.similar.beside import Beside, standing
from data.catalogue import AREAS, MEASURES
from data.catalogue.vocabulary import STATUS_WORDS
from pages.components.figures import measure_value, number_words, share
from pages.components.school_findings import one_pupil, weighed
from pages.components.tables import html_table
from pages.components.words import bullets, count, listing, year

KEY_STAGE_2_AGE = 11
MOST_FOR_ONE = 1000  # pupils on roll up to which one of them is told as a share of them
OWN_FIGURES = "Your own figures can say more: the page Data gives a table for them."
OFFER = "Much of what such a school does well is in no published figure: tell your partnership what you can offer."
LINES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "infant": (
            "Pupils leave at {high}, before key stage 2: no results are due.",
            "Which schools they move on to is not published; phonics and early years results are not published by school.",
            OWN_FIGURES,
        ),
        "first": (
            "Pupils leave at {high}, before key stage 2: no results are due.",
            "Which schools they move on to is not published; phonics and early years results are not published by school.",
            OWN_FIGURES,
        ),
        "junior": (
            "Pupils came at {low} from other schools: key stage 2 results rest on those years too.",
            "Where progress is published, its start was judged by the schools they came from. Read it with care.",
        ),
        "middle": (
            "Pupils came at {low}: when they sat key stage 2 this school had taught them for {taught}.",
            "Its results rest on the schools they came from as much as on its own years.",
        ),
        "all_through": ("Each phase is looked at by itself: here the {phase} one. Pupils who stay are in both.",),
        "nursery": ("Pupils leave before any test is due, and early years results are not published by school.", OWN_FIGURES),
        "special": (
            "Results are not compared with any expectation: pupils' starts differ too much for published figures to tell.",
            "Attendance, inspection, money and people stand here where they are published, beside other special schools.",
            OFFER,
        ),
        "alternative_provision": (
            "Results are not compared with any expectation: pupils come and go within a year.",
            "Attendance, inspection, money and people stand here where they are published, beside schools of the same kind.",
            OFFER,
        ),
        "sixteen_plus": (
            "No intake figures are published for colleges, so nothing says what their students lead one to expect.",
            "Results stand here where they are published, beside other colleges, and carry no flag.",
            OFFER,
        ),
        "independent": (
            "Not a state-funded school: few figures are published, and none is compared with an expectation.",
            OFFER,
        ),
    }
)  # fmt: skip
SIXTH_FORM = (
    "Points at A level and other results at 16 to 18 carry no flag: sixth forms choose their students, and with what results "
    "those came is not published. Value added has the start in it and is compared where enough comparable years and sixth forms are published."
)
ONE_PHASE = "Its {phase} phase alone is compared: no recent results of another one are published."
NO_PHASE = "No phase is compared: no recent results at 11 or 16 are published."
NOTES: Mapping[str, str] = MappingProxyType(
    {
        "breadth": "What pupils are entered for is a choice of the school and neither good nor bad in itself. Entries in the arts "
        "are not in the files that Alongside reads.",
        "sixth_form": SIXTH_FORM,
        "send": "How pupils with special educational needs do is not published school by school in the files that Alongside reads.",
        "workforce": "Staff say what a school has, not how well it does.",
    }
)
SELECTIVE = (
    "A selective school: compared with selective schools alone, so few close matches are normal. Its results rest on whom it "
    "takes, and without their start no strength in results is told."
)
WHERE: Mapping[str, str] = MappingProxyType(
    {"within": "among them", "above": "higher than most", "below": "lower than most", "": ""}
)


def selecting(ours: int, others: int) -> str:
    """ "; five of our schools choose their pupils by a test": how many of the schools in a comparison do. "" for none."""
    parts = [
        f"{number_words(ours)} of our schools" if ours else "",
        f"{number_words(others)} of theirs" if others else "",
    ]
    who = listing(part for part in parts if part)
    return f"; {who} {'chooses' if ours + others == 1 else 'choose'} pupils by a test" if who else ""


def kind_of(school: School) -> str:
    """The kind of page of a school; its phase where figures were made before kinds were published."""
    return school.kind_of_page or school.phase or ""


def kind_lines(school: School, phase: str) -> tuple[str, ...]:
    """The first block of a school: what is due of its kind, what one pupil is worth where no year group is tested."""
    kind = kind_of(school)
    lines = list(LINES.get(kind, ()))
    if phase == "sixteen_plus" and kind != "sixteen_plus":
        lines = [f"The sixth form, by itself. {SIXTH_FORM}"]
    elif kind == "all_through" and "|" not in school.stages:
        lines = [ONE_PHASE if school.stages else NO_PHASE]
    taught = max(KEY_STAGE_2_AGE - (school.low_age or 0), 1)
    words = {
        "low": school.low_age if school.low_age is not None else "a later age",
        "high": school.high_age if school.high_age is not None else "an early age",
        "taught": "one year" if taught == 1 else f"{number_words(taught)} years", "phase": phase,
    }  # fmt: skip
    shown = [line.format(**words) for line in lines]
    if shown and not school.cohort and school.pupils and weighed(school.pupils) and school.pupils <= MOST_FOR_ONE:
        pupils = round(school.pupils)
        shown.append(f"Of {count(pupils, 'pupil')} on roll, {one_pupil(pupils)} of any share.")
    return (*shown, *selection_lines(school, phase))


def selection_lines(school: School, phase: str) -> tuple[str, ...]:
    """What selection at 11 means for a secondary school: selective itself, or in an area with selective schools."""
    if phase not in ("secondary", "sixteen_plus", "all_through") or kind_of(school) in ("independent", "sixteen_plus"):
        return ()
    if school.selective:
        return (SELECTIVE,)
    held = school.selective_area_pct
    if held is None or held < SELECTIVE_AREA:
        return ()
    return (
        f"In a selective area: {share(held)} of the secondary pupils of {school.la_name or 'its authority'} are in selective "
        "schools, so many with high results at 11 are not here. Prior attainment takes this in where it is published.",
    )


def beside_measures(school: School, phase: str, scored: Collection[str]) -> tuple[str, ...]:
    """The shown measures that belong on a page of this phase, in the order of the areas; without those in a score.

    Schools without a score keep attendance and, in a sixth form, value added, as published.
    """
    areas: tuple[str, ...] = ("attendance", "destinations", "sixth_form", "breadth", "send", "workforce")
    if kind_of(school) == "independent":
        areas = ("sixth_form", "workforce")
    if phase == "sixteen_plus" and school.stages:
        areas = ("sixth_form",)  # the rest of the school stands on its other page
    phases = (phase, "any") if school.stages else (phase, "any", "sixteen_plus")  # nowhere else on the page
    order = {area: place for place, area in enumerate(areas)}
    wanted = [
        key
        for key, one in MEASURES.items()
        if one.area in order and one.role in ("shown", "scored", "context") and one.phase in phases
        and key not in scored
    ]  # fmt: skip
    return tuple(sorted(wanted, key=lambda key: order[MEASURES[key].area]))


def beside_table(rows: Sequence[Beside]) -> pd.DataFrame:
    """About, Figure, Here, Middle half of the others, Where it lies, Year: one row per measure, marks in words."""
    return pd.DataFrame(
        [
            (
                AREAS[MEASURES[row.measure].area].label, MEASURES[row.measure].label,
                STATUS_WORDS.get(row.status, row.status) if row.value is None else measure_value(row.measure, row.value),
                "too few to say" if row.low is None else
                f"{measure_value(row.measure, row.low)} to {measure_value(row.measure, row.high)}",
                WHERE[standing(row)], year(row.time_period),
            )
            for row in rows
        ],
        columns=["About", "Figure", "Here", "Middle half of the others", "Where it lies", "Year"],
    )  # fmt: skip


def beside_notes(rows: Sequence[Beside]) -> tuple[str, ...]:
    """Why the figures shown carry no flag, one sentence or two for each area that is there."""
    areas = dict.fromkeys(MEASURES[row.measure].area for row in rows)
    return tuple(NOTES[area] for area in areas if area in NOTES)


def draw_beside(name: str, rows: Sequence[Beside], others: int, *, similar: bool) -> None:
    """The table, and why none of it carries a flag. `similar` False: `others` are all schools of its kind."""
    whom = count(others, "similar school") if similar else f"the {count(others, 'other school')} of its kind"
    html_table(beside_table(rows), f"{name} beside {whom}", numeric=("Here",), by="About")
    bullets(beside_notes(rows))
