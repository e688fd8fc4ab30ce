"""The blocks about schools taken together: their averages after intake, and the gap between them. Draws what it is given."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analytics.scores.gap import Gap
from analytics.scores.partnership_means import PartnershipMean
from pages.charts.years import gap_over_years
from pages.components import together_words, words
from pages.components.downloads import csv_button
from pages.components.palette import palette
from pages.components.picture import picture
from pages.components.tables import html_table

DRAWN = {
    "primary": ("ks2_mathematics_expected_pct", "ks2_reading_expected_pct"),
    "secondary": ("ks4_english_mathematics_5_pct", "absence_persistent_pct"),
}
LINES = ("As published", "After intake")


def averages(means: Sequence[PartnershipMean], schools: int) -> None:
    """One table: every measure in which two schools or more have a figure, by pupils and by schools."""
    if not means:
        words.heading("Our schools together")
        words.paragraph("Fewer than two schools have figures in the same measure: there is no average to show.")
        return
    words.heading(together_words.together_heading(means))
    words.paragraph(together_words.together_line(means, schools))
    table = together_words.together_table(means)
    caption = "Our schools together, measure by measure"
    html_table(table[list(together_words.TOGETHER_SHOWN)], caption, numeric=together_words.TOGETHER_NUMBERS)
    with st.expander("Each school counting once, schools left out, and download"):
        html_table(
            table[list(together_words.TOGETHER_MORE)],
            f"{caption}, school by school",
            numeric=together_words.TOGETHER_NUMBERS,
        )
        csv_button(table, caption, key="together")
    held = all(one.held for one in means)
    words.paragraph(together_words.HELD if held else together_words.NOT_HELD, quiet=True)


def gaps(drawn: Sequence[Gap], every: Sequence[Gap]) -> None:
    """Two lines a measure over the years, as published and after intake; the rest of the measures in the table."""
    if not drawn:
        return
    words.paragraph(together_words.GAP_READING)
    for place, gap in zip(st.columns(max(2, len(drawn)), gap="large"), drawn, strict=False):
        with place:
            words.heading(together_words.short_name(gap.measure))
            picture(
                gap_over_years(dict(zip(LINES, (gap.published, gap.after_intake), strict=True)), palette(), look=LINES[1]),
                together_words.gap_sentence(gap), together_words.gap_table([gap]), key=f"gap-{gap.measure}",
                caption=f"The gap between our schools: {together_words.short_name(gap.measure)}", numeric=together_words.GAP_NUMBERS,
            )  # fmt: skip
    words.bullets(together_words.gap_sentence(gap) for gap in drawn)
    rest = [gap for gap in every if gap not in drawn]
    if rest:
        with st.expander(f"The gap in {words.count(len(rest), 'more measure')}"):
            table = together_words.gap_table(rest)
            html_table(table, "The gap in other measures", numeric=together_words.GAP_NUMBERS)
            csv_button(table, "The gap in other measures", key="gap-rest")
