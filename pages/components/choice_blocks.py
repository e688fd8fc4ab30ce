"""How it works, what was compared: ways to find kinds of school, and regression against trees, with what was chosen."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analytics.results import ExpectationCompared, KindsCompared
from data.catalogue.vocabulary import PHASES
from pages.components import choice_words, words
from pages.components.tables import html_table

NUMBERS = ("Kinds", "Schools", "Comes back", "Same from other starts", "Silhouette", "BIC", "Draws")


def compared_blocks(kinds: Sequence[KindsCompared], expectation: Sequence[ExpectationCompared]) -> None:
    """Draws both comparisons; where nothing but k-means was searched, says how the others come to be tried."""
    words.heading("Kinds of school: what was compared")
    if not expectation:
        words.paragraph(choice_words.NOT_YET)
    if kinds:
        words.bullets(choice_words.kinds_sentence(rows) for rows in choice_words.by_phase(kinds).values())
        words.paragraph(choice_words.HOW, quiet=True)
    for phase, rows in choice_words.by_phase(kinds).items():
        title = f"{PHASES.get(phase, phase)}: ways and numbers of kinds tried"
        with st.expander(title):
            html_table(choice_words.kinds_table(rows), title, numeric=NUMBERS)
    if expectation:
        words.heading("What an intake leads one to expect: regression or trees")
        words.paragraph(choice_words.expectation_sentence(expectation))
        words.paragraph(choice_words.HOW_EXPECTED, quiet=True)
        numbers = ("Results", "Error, regression", "Error, trees", "Gain")
        html_table(
            choice_words.expectation_table(expectation), "Regression against trees", numeric=numbers, wide=("Measure",)
        )
