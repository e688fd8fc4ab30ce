"""A pack with every odd case: withheld figures, gap years, long names, no picture, many rows, markup in names, nothing at all."""

from __future__ import annotations

from datetime import date

import pandas as pd

from pages.reports.school_sheet import Fact, SchoolSummary
from pages.reports.sheets import Bars, Lines, Pack, Question, Range, Ranges, Sheet

LONG = "The Blessed Saint Æthelburga and Saint Cuthbert Church of England Voluntary Aided Primary and Nursery School, Chilver Vale"
SOURCE = (
    "DfE key stage 2 performance tables and school census, final, 2022/23 to 2024/25; 12 schools, 2 without data; withheld by the "
    "publisher where few pupils were tested"
)
AXIS = ("below", "as schools with a similar intake", "above")
OUTCOMES = Ranges(
    (
        Range("Reading", 4.2, 1.1, 7.3, "76%, similar schools 72%"),
        Range("Writing", -1.0, -5.5, 3.5, "69%, similar schools 70%"),
        Range("Mathematics", -6.1, -9.8, -2.4, "63%, similar schools 69%"),
        Range("Grammar, punctuation and spelling", None, None, None, "withheld"),
        Range("Attendance", 0.4, None, None, "94.1%", ours=False),
    ),
    AXIS,
)
ATTENDANCE = Lines(
    {
        "Our trust": {201819: 95.6, 202122: 93.1, 202223: 92.9, 202324: 93.4, 202425: 93.9},
        "Similar schools": {201819: 95.5, 202122: 92.6, 202223: 92.7, 202324: 93.0, 202425: 93.3},
        "England": {201819: 95.3, 202122: 92.4, 202223: 92.5, 202324: 92.8, 202425: None},
    },
    "%",
)
RESERVES = Lines(
    {
        LONG: {202021: 412_000, 202122: 380_500, 202223: 301_000, 202324: 260_250, 202425: 251_000},
        "Tolverton Junior School": {202021: 120_000, 202223: -45_000, 202324: -80_000, 202425: -61_000},
        "Lower Quennet Primary School": {
            202021: 61_000,
            202122: 64_000,
            202223: 70_000,
            202324: 91_000,
            202425: 99_000,
        },
        "Swanholt <b>Infant</b> & Nursery *School*": {202425: 33_000},
        "A school without accounts": {202324: None, 202425: None},
    },
    "£",
)
DAYS = Bars(
    {"Days offered": 42.0, "Days agreed": 31.5, "Days used": 18.0, "Days asked for, not yet agreed": None}, "days"
)
MANY = Ranges(
    tuple(
        Range(
            f"School {letter}" if place else LONG,
            place - 8.5,
            place - 12.0,
            place - 4.5,
            f"{60 + place}%",
            ours=place % 4 == 0,
        )
        for place, letter in enumerate("ABCDEFGHIJKLMNOPQRS")
    ),
    AXIS,
)
WITHHELD = Ranges(
    tuple(Range(name, None, None, None, "withheld") for name in ("Reading", "Writing", "Mathematics")), AXIS
)


def table(rows: int = 6) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "School": ([LONG, "=HYPERLINK(1)", "Swanholt <b>Infant</b>", "St *Mark's* #1 $x$ @y"] * rows)[:rows],
            "Phase": (["Primary", None] * rows)[:rows],
            "Pupils": pd.array(([90, None, 1204] * rows)[:rows], dtype="Int64"),
            "Reading": ["52%", "withheld", "–", "61%", "70%", "no results due"][:rows] + ["55%"] * max(rows - 6, 0),
            "From expected": ([-3.25, 1.0, float("nan")] * rows)[:rows],
        }
    )


def sheet(key: str, title: str, **more: object) -> Sheet:
    """A sheet with usual lines, source and notes unless given."""
    said = {
        "lines": (
            "Over three years 76% reached the expected standard in reading (1,204 pupils; likely between 73% and 79%).",
            "In mathematics 63% did. Schools with a similar intake reach about 69%.",
            "One result is withheld: fewer than six pupils.",
        ),
        "source": SOURCE,
        "notes": ("Say first what went well.", "76%: key stage 2 revised file 2024/25, row 4,112."),
    }
    return Sheet(key, title, **{**said, **more})  # type: ignore[arg-type]


def pack(**more: object) -> Pack:
    """The made-up pack of a trust; `more` replaces fields."""
    sheets = (
        sheet("well", "Reading went well: four of our schools have something to share"),
        sheet("outcomes", "Reading is above what similar intakes reach, mathematics below", picture=OUTCOMES,
              picture_title="How our schools compare with schools of a similar intake",
              alt="Ranges of five measures: reading above, mathematics below, grammar withheld.", table=table(5)),
        sheet("attendance", "Attendance has come back a little more than elsewhere, but not to where it was before 2019/20 and the "
              "two years without published figures", picture=ATTENDANCE, picture_title="Attendance, all pupils",
              alt="Three lines from 2018/19 to 2024/25 with a gap of two years."),
        sheet("money", "Reserves fell in two schools and rose in one", picture=RESERVES, picture_title="Revenue reserve at the year's end",
              alt="Four small pictures of reserves by year."),
        sheet("support", "Of 42 days offered, 18 are used", picture=DAYS, picture_title="Support this year",
              alt="Bars of days offered, agreed and used.", lines=("Eighteen days were used by July.",)),
        sheet("withheld", "Results of the smallest schools are withheld", picture=WITHHELD, alt="No figure is published."),
        sheet("unknown", "What we do not know", lines=(
            "Safeguarding today: nothing here tells of it. Ask.", "The culture of a school: visit.", "This term: figures end in July 2025.",
            "What pupils say.", "Whether support helped: it is too early to tell.")),
        sheet("earlier", "Two of four earlier questions are answered", lines=("Asked on 12 March 2026: is mathematics staffed? Yes.",)),
        sheet("tables", "Every measure, school by school", part="appendix", table=table(17), lines=(), picture=None),
        sheet("each", "Every school beside similar schools, in the order of their names", part="appendix", picture=MANY, alt="Nineteen schools."),
        sheet("nothing", "No school has a figure of this kind", part="appendix", lines=(), picture=Bars({}, "%")),
        sheet("names", "Needs that schools have not yet seen", part="confidential", lines=("Named here only.",), table=table(3)),
    )  # fmt: skip
    questions = tuple(
        Question(
            f"Question {number}: what is being done for mathematics in years 5 and 6, and who leads it across the trust?",
            "Three schools lie below what similar intakes reach, and the same three had new heads of mathematics.",
            "Who leads it, since when, what was tried, how we shall know by next summer, and what would make us stop.",
        )
        for number in range(1, 7)
    )
    usual = {
        "title": "Chilver Vale Learning Trust: board pack, autumn 2026", "kind_words": "trust", "made": date(2026, 11, 22),
        "figures": "20261121-1a2b3c4d", "figures_of": date(2026, 11, 21), "sample": True, "names_hidden": False, "sheets": sheets,
        "questions": questions,
    }  # fmt: skip
    return Pack(**{**usual, **more})  # type: ignore[arg-type]


def school(**more: object) -> SchoolSummary:
    """The made-up summary of a small school; `more` replaces fields."""
    question = Question(
        "What helped pupils who found reading hard last year?", "Reading rose by more than at similar schools.", "Which pupils, what was done, for how long."
    )  # fmt: skip
    usual: dict[str, object] = {
        "school": "Lower Quennet Primary School", "about": "Primary, ages 4 to 11; 90 pupils; Lower Quennet; Chilver Vale Learning Trust",
        "finding": "Reading is something to share; mathematics may need support", "made": date(2026, 11, 22), "figures": "20261121-1a2b3c4d",
        "figures_of": date(2026, 11, 21), "sample": True, "names_hidden": False, "source": SOURCE,
        "lines": ("Mathematics: 52% reached the expected standard over three years (84 pupils; likely between 41% and 63%). Schools with a "
                  "similar intake reach about 63%. One pupil is about 8 points in one year.",),
        "facts": (Fact("76%", "reached the standard in reading", "likely 66% to 84%"), Fact("52%", "in mathematics", "likely 41% to 63%"),
                  Fact("94.1%", "attendance in 2024/25", "similar schools 93.6%"), Fact("withheld", "writing", "fewer than six pupils")),
        "picture": OUTCOMES, "picture_title": "Beside schools of a similar intake", "alt": "Reading above, mathematics below.",
        "share": ("Reading: strong over three years.", "Attendance: better than at similar schools."),
        "welcome": ("Mathematics: may need support; not yet discussed with the school.",),
        "calls": ("Withenby Primary School, 6 km, 01632 960001", "Thornwell Primary School, 9 km, 01632 960002"),
        "unknown": ("Safeguarding today.", "How pupils feel about school."),
        "heads": (question, question), "governors": (question, question),
        "correct": "Is a figure wrong, or do you see it differently? Open the page Our reply in Alongside.",
    }  # fmt: skip
    return SchoolSummary(**{**usual, **more})  # type: ignore[arg-type]
