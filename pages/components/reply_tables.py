"""What a school's reply page says: its finding, questions asked of it, and who opened its pages. Text and frames only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pages.components import role_words
from pages.components.figures import number_words, sentence_start
from pages.components.measure_words import area_words
from pages.components.words import day

ANSWERS: Mapping[str, str] = {"waiting": "Not answered yet.", "yes": "You said yes.", "declined": "You said: not now."}


def finding(name: str, needs: int, answered: int) -> str:
    """ "Tolverton: two needs are said of it, one of them answered"."""
    if not needs:
        return f"{name}: no need is said of it in published figures"
    said = f"{name}: {number_words(needs)} {'need is' if needs == 1 else 'needs are'} said of it"
    if not answered:
        return f"{said}, not yet answered"
    return f"{said}, {'answered' if answered == needs else f'{number_words(answered)} answered'}"


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
