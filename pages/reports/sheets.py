"""What a board is told, sheet by sheet, before anybody decides whether it becomes a slide, a page of paper or a screen.

One finding a sheet. A picture holds finished numbers and words only, so that slides draw it as a chart that stays editable,
paper as a drawing with a text alternative, and a screen as the house's own chart, all from the same numbers. Computes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import pandas as pd

Part = Literal["main", "appendix", "confidential"]


@dataclass(frozen=True, slots=True)
class Range:
    """One row of a picture of ranges. `value` None: there is none, `shown` then says why. `ours`: the one to look at first."""

    label: str
    value: float | None
    low: float | None
    high: float | None
    shown: str  # the figure as people read it: "52%", "withheld"
    ours: bool = True


@dataclass(frozen=True, slots=True)
class Ranges:
    """The house picture: one row each, a dot with its range, on one scale. `zero`: where the line of what is expected stands."""

    rows: tuple[Range, ...]
    axis: tuple[str, str, str]  # words at the left end, at `zero` and at the right end
    zero: float = 0.0


@dataclass(frozen=True, slots=True)
class Lines:
    """Small multiples over years: a series -> academic or financial year (202425) -> value; a year without one breaks the line.

    `panels`: the title of a small picture -> names of the series that belong together in it, at most three. Without panels up to
    three series stand in one picture, and of more each has its own. All share one scale and the same years.
    """

    series: Mapping[str, Mapping[int, float | None]]
    unit: str  # "%", "days", "£"
    panels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars from nought: label -> value, in this order; `unit` once for all. None: no figure, no bar."""

    values: Mapping[str, float | None]
    unit: str


Picture = Ranges | Lines | Bars


@dataclass(frozen=True, slots=True)
class Sheet:
    """One finding. `title`: the finding, a sentence made from the data; `lines`: at most five; `table`: the same numbers as the
    picture, or a table of its own; `alt`: the picture in one or two sentences; `source`: source, period, how many schools and how
    many without data; `notes`: what a speaker says, with where each number comes from.
    """

    key: str
    title: str
    lines: tuple[str, ...]
    source: str
    notes: tuple[str, ...] = ()
    picture: Picture | None = None
    picture_title: str = ""
    alt: str = ""
    table: pd.DataFrame | None = None
    part: Part = "main"


@dataclass(frozen=True, slots=True)
class Question:
    """A question to ask, why it is asked, and what a good answer covers."""

    question: str
    why: str
    answer: str


@dataclass(frozen=True, slots=True)
class Pack:
    """What goes into the room. `title`: whose pack; `made`: the day; `figures`: the publication, as links and the appendix cite it;
    `figures_of`: the day on which its figures were made; `names_hidden`: whether schools go by letters.
    """

    title: str
    kind_words: str  # "trust", "federation", "authority"
    made: date
    figures: str
    figures_of: date | None
    sample: bool
    names_hidden: bool
    sheets: tuple[Sheet, ...]
    questions: tuple[Question, ...] = ()

    def part(self, part: Part) -> tuple[Sheet, ...]:
        """The sheets of one part, in order."""
        return tuple(sheet for sheet in self.sheets if sheet.part == part)
