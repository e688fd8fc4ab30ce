"""What a school's reply page says: its finding, questions asked of it, and who opened its pages. Text and frames only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pages.components import role_words
from pages.components.figures import number_words, sentence_start
from pages.components.measure_words import area_words
from pages.components.words import day, listing

ANSWERS: Mapping[str, str] = {"waiting": "Not answered yet.", "yes": "You said yes.", "declined": "You said: not now."}
CHOSEN: Mapping[str, str] = {"yes": "yes, we could", "declined": "not now"}


def finding(name: str, needs: int, answered: int) -> str:
    """ "Tolverton: two questions are asked about it, one of them answered by the school"."""
    if not needs:
        return f"{name}: no question is asked about it in published figures"
    said = f"{name}: {number_words(needs)} {'question is' if needs == 1 else 'questions are'} asked about it"
    if needs == 1:
        return f"{said}, {'answered' if answered else 'not yet answered'} by the school"
    part = "all" if answered == needs else number_words(answered) if answered else "none"
    return f"{said}, {part} of them answered by the school"


def own_finding(needs: int, answered: int) -> str:
    """The same to the school itself: "Two questions about your school: none answered yet"."""
    if not needs:
        return "Published figures ask no question about your school"
    start = sentence_start(f"{number_words(needs)} {'question' if needs == 1 else 'questions'} about your school")
    if not answered:
        return f"{start}: {'not' if needs == 1 else 'none'} answered yet"
    if answered == needs:
        return f"{start}: answered" if needs == 1 else f"{start}: {'both' if needs == 2 else 'all'} answered"
    return f"{start}: {number_words(answered)} answered, {number_words(needs - answered)} not yet"


def who_reads(partnerships: Sequence[str]) -> str:
    """What agreeing means, said before the click: who reads the school's name from then on."""
    which = f" ({listing(partnerships)})" if partnerships else ""
    return (
        f"If you agree, directors, advisers and governors of every partnership that your school is in{which} read your "
        "school's name beside this from then on, and boards may be told of it. Directors and advisers read your words, too. "
        "You can change your answer here at any time."
    )


def ask_lines(values: Mapping[str, Any], receiver: str, who: str, created: str) -> tuple[str, ...]:
    """A question to the school: what, for whom, by whom and when, and where the answer stands."""
    days = values["days"]
    amount = f", about {days:g} {'day' if days == 1 else 'days'}" if days is not None else ""
    first = f"Could you help {receiver} with {area_words(str(values['area']))}{amount}? Asked by {who} on {day(created[:10])}."
    return tuple(part for part in (first, str(values["words"] or ""), ANSWERS[str(values["answer"])]) if part)


def opened_table(opened: pd.DataFrame, titles: Mapping[str, str]) -> pd.DataFrame:
    """When, who, as what, which page: from the audit's rows, newest first."""
    return pd.DataFrame(
        [
            (day(at[:10]), who, sentence_start(role_words.held(held.split())), titles.get(subject, subject))
            for at, who, held, subject in zip(opened["at"], opened["who"], opened["roles"], opened["subject"], strict=True)
        ],
        columns=["When", "Who", "As", "Page"],
    )  # fmt: skip
