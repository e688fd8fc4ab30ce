"""The reading age of sentences, by textstat's Flesch-Kincaid grade.

A grade of American schools, plus five, is an age: grade 5 is read at ten. Before counting, names (of schools, trusts, people,
places, measures and areas) become one plain name, and numbers, years, dates and money one plain number: they are the page's
data, not its style, and a reader of the page knows them. A few sentences are too little to judge, so sentences are judged
together. textstat 0.7.4 counts syllables with its own dictionary of hyphens; later versions ask the internet.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from functools import cache

from data.catalogue import AREAS, MEASURES

TO_AGE = 5
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
NUMBER = re.compile(rf"[£+−-]?\b\d[\d,./]*(?:%| km|m\b)?(?: (?:{MONTHS})\b(?: \d{{4}})?)?")
NAME = re.compile(
    r"(?<=[\w,;:)] )[A-Z][\w'’-]*(?:(?: of| and| the| St)? [A-Z][\w'’-]*)*|^[A-Z][\w'’-]+ [A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*"
)


@cache
def _labels() -> re.Pattern[str]:
    said = (
        {one.label for one in AREAS.values()}
        | {one.label for one in MEASURES.values()}
        | {one.short for one in MEASURES.values()}
    )
    ordered = sorted((one for one in said if one), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})\b", re.IGNORECASE)


def neutral(sentence: str) -> str:
    """The sentence with its names and numbers made plain; it ends with a full stop."""
    plain = NUMBER.sub("six", _labels().sub("Ann", sentence))
    return re.sub(r"\bAnn(?:(?:,| and|, and)? Ann\b)+", "Ann", NAME.sub("Ann", plain)).rstrip(".:; ") + "."


def age(sentences: Iterable[str]) -> float:
    """The age at which these sentences, taken together, are read; 0 for none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import textstat
    text = " ".join(neutral(one) for one in sentences)
    return float(textstat.flesch_kincaid_grade(text)) + TO_AGE if text else 0.0
