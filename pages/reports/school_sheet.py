"""What stands on a school's one page: finished words and numbers, for its head and its local governors.

Whoever makes it has already decided what may be told of whom: this holds nothing of its own and computes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pages.reports.sheets import Picture, Question


@dataclass(frozen=True, slots=True)
class Fact:
    """One large number with its line and a quiet one beneath: "52%", "reach the standard in maths", "likely 41% to 63%"."""

    number: str  # short: at most ten letters; "withheld" or "not known" where there is none
    line: str
    quiet: str = ""


@dataclass(frozen=True, slots=True)
class SchoolSummary:
    """One A4 page. Long lists are cut from their ends where the page is full, and the page says so.

    `school`: its name, or its letter where names are hidden; `about`: phase, ages, pupils, town, partnership in one line;
    `finding`: the heading, a sentence made from the data; `lines`: what stands beneath it, at most three; `facts`: at most four;
    `picture`: how the school compares (ranges), or a few years (lines); `alt`: the picture in words, needed with it;
    `share`: what it could share; `welcome`: where help might be welcome, each with its state ("not yet discussed with the school");
    `calls`: who is worth a call ("Withenby Primary, 6 miles, 01632 960001"), never a person's name; `unknown`: what we do not know;
    `heads` and `governors`: questions for each, two or three; `source`: source, period, how many schools, what is without data;
    `correct`: how the school corrects a figure or says that it sees it differently.
    """

    school: str
    about: str
    finding: str
    made: date
    figures: str
    figures_of: date | None
    sample: bool
    names_hidden: bool
    source: str
    lines: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    picture: Picture | None = None
    picture_title: str = ""
    alt: str = ""
    share: tuple[str, ...] = ()
    welcome: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    heads: tuple[Question, ...] = ()
    governors: tuple[Question, ...] = ()
    correct: str = ""
