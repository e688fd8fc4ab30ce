"""A programme drawn: the event picture, the three numbers, made-up programmes beside it. Takes finished results."""

from __future__ import annotations

import numpy as np
import streamlit as st

from analytics.programmes.results import Evaluation, Placebo
from data.catalogue import MEASURES
from pages.charts.events import event_picture, made_up_picture
from pages.components import programme_words as said
from pages.components import words
from pages.components.palette import palette
from pages.components.picture import picture
from pages.components.tables import html_table

STEPS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)  # widths of a bar of made-up programmes, in the measure's units
BARS = 24  # at most about so many bars
READING = (
    "Each dot: supported schools less the schools that they are compared with, in that year; the bar is the range it probably lies "
    "in. Before support starts the dots should lie near nought; afterwards they show what is left once earlier results are allowed for."
)
WAVES = (
    "By when schools started: how much more the supported schools moved since the last year before their own start than the schools "
    "they are compared with. A single year moves by chance, so this shows how the whole comes about and decides nothing."
)


def polarity(measure: str) -> int:
    return MEASURES[measure].polarity if measure in MEASURES else 0


def draw_events(found: Evaluation, measure: str, name: str) -> None:
    """The event picture with its table; nothing where figures are not shown."""
    if not found.events:
        return
    words.subheading(f"Supported schools less those they are compared with, in {found.effect.unit}")
    picture(
        event_picture(found.events, palette(), polarity=polarity(measure)), said.event_words(found.events),
        said.event_table(found.events), key="events", caption=f"{name}: differences by year",
        numeric=("Difference", "Likely from", "Likely to", "Schools"),
    )  # fmt: skip
    words.paragraph(READING, quiet=True)
    if found.waves:
        html_table(
            said.wave_table(found.waves),
            "By when schools started (small groups joined)",
            numeric=("Difference", "Schools"),
        )
        words.paragraph(WAVES, quiet=True)


def draw_numbers(found: Evaluation, measure: str) -> None:
    """The difference, what the schools' own change would have said, and the smallest effect that could be seen."""
    effect = found.effect
    if effect.estimate is None:
        return
    unit = effect.unit
    cards = [(said.amount(effect.estimate), f"{unit}, supported less comparison schools", said.between(effect))]
    if effect.own_change is not None and effect.comparison_change is not None:
        cards.append(
            (
                said.amount(effect.own_change), f"{unit}, change of the supported schools by themselves",
                f"comparison schools: {said.amount(effect.comparison_change)}",
            )
        )  # fmt: skip
    if effect.detectable is not None:
        cards.append(
            (
                said.smallest_number(effect.detectable, measure),
                f"{unit}, the smallest effect that could be seen",
                effect.detectable_words,
            )
        )
    for place, (number, line, quiet) in zip(st.columns(len(cards)), cards, strict=True):
        with place, st.container(border=True, height="stretch"):
            words.big_number(number, line, quiet)


def draw_made_up(placebo: Placebo, own: float | None, measure: str, name: str) -> None:
    """Made-up programmes of schools that had no support, with this programme's own difference as a line."""
    if not placebo.estimates:
        return
    edges, counts = bars(placebo.estimates)
    picture(
        made_up_picture(edges, counts, own, palette(), polarity=polarity(measure)),
        said.made_up_words(placebo), said.made_up_table(edges, counts), key="made-up", caption=f"{name}: made-up programmes",
        numeric=("From", "To", "Made-up programmes"),
    )  # fmt: skip
    words.paragraph(placebo.sentence)


def bars(estimates: tuple[float, ...]) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """Edges, a round width apart, and how many estimates lie between each two."""
    low, high = min(estimates), max(estimates)
    step = next((one for one in STEPS if (high - low) / one <= BARS), STEPS[-1])
    first, last = int(np.floor(low / step)), int(np.ceil(high / step))
    edges = [step * at for at in range(first, max(last, first + 1) + 1)]
    counts, _ = np.histogram(estimates, bins=edges)
    return tuple(edges), tuple(int(one) for one in counts)
