"""Words that stand on every slide and page of a pack, whatever its findings: the sample, the hidden names, how to read a range.

True of every pack; what is true of one alone comes with it. Computes nothing.
"""

from __future__ import annotations

from datetime import date

from data.catalogue.vocabulary import LICENCE
from pages.reports.sheets import Pack, Picture, Ranges

SAMPLE = "Sample data: fictional schools."
CONFIDENTIAL = "Confidential: it names schools. Not for the public part of a meeting."
QUESTIONS = "Questions to ask"
ABOUT = "About these figures"
BEFORE_QUESTIONS, AFTER_QUESTIONS = (
    "Main part",
    "earlier",
)  # sheets whose key begins with the latter follow the questions
RANGE = "A dot is the figure; the line through it is where the figure probably lies once chance is allowed for."
PURPOSE = "What is said here is for support, not judgement. It opens a conversation and settles none."
NO_PICTURE = "There is no figure to draw here."


def day(when: date | None) -> str:
    """21 November 2026; "date not known" where there is none."""
    return f"{when.day} {when:%B %Y}" if when else "date not known"


def footer(pack: Pack, *, confidential: bool) -> str:
    """The foot of every slide and page, without its number."""
    said = [SAMPLE] if pack.sample else []
    said += ["Confidential."] if confidential else []
    return " ".join([*said, f"{pack.title}, {day(pack.made)}"])


def opening(pack: Pack, *, confidential: bool) -> list[str]:
    """What stands under the title on the first slide or at the head of the first page."""
    what = "Confidential part of the board pack" if confidential else "Board pack"
    said = [f"{what}, made on {day(pack.made)} from figures of {day(pack.figures_of)}."]
    said += [SAMPLE] if pack.sample else []
    said += [CONFIDENTIAL] if confidential else []
    said += ["School names are hidden: each school goes by a letter."] if pack.names_hidden else []
    return said


def licence(sample: bool) -> str:
    """Under what the figures may be used; of the sample, that it is about nobody."""
    return "The schools are fictional; nothing here is about a real school." if sample else LICENCE


def about(pack: Pack) -> list[str]:
    """How to read the pack, and what it was made from: for the last slide and page."""
    return [
        f"Figures {pack.figures}, made on {day(pack.figures_of)}. Anyone with Alongside can open the same figures by this name.",
        f"{RANGE} Where two lines overlap a good deal, the two cannot be told apart.",
        "Withheld means that the publisher hides a figure of few pupils. A missing figure is never nought: lines break where a year has none.",
        PURPOSE,
        licence(pack.sample),
    ]


def subject(pack: Pack) -> str:
    """What the file is, for its properties."""
    return f"Board pack of {day(pack.made)}, figures {pack.figures}" + (f". {SAMPLE}" if pack.sample else "")


def without_figures(picture: Picture) -> list[str]:
    """What stands in place of a picture that has not one figure."""
    if isinstance(picture, Ranges) and picture.rows:
        return [NO_PICTURE, "; ".join(f"{row.label}: {row.shown}" for row in picture.rows) + "."]
    return [NO_PICTURE]
