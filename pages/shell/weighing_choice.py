"""Other weights of the outcomes themes for one school: chosen by sliders, kept in the address, answered beside the published."""

from __future__ import annotations

import streamlit as st

from analytics.findings import weighing
from analytics.findings.areas import THEMES
from analytics.results import DomainScore
from pages.components import weight_words, words
from pages.shell import address, cached
from pages.shell.choice import SchoolChoice

PARAM = "weights"
ROW = 3  # sliders side by side


def draw(publication_id: str, sc: SchoolChoice) -> None:
    """The block, for a school that has an outcomes answer in the year looked at; nothing for others."""
    usual = [
        row for row in cached.rows(publication_id, DomainScore, urn=sc.urn, phase=sc.phase, time_period=sc.time_period)
        if row.domain == "outcomes"
    ]  # fmt: skip
    pairs = cached.table(publication_id, "correlation")
    if not usual or sc.phase not in THEMES or pairs.empty:
        return
    themes = THEMES[sc.phase]
    asked = address.given(PARAM)
    chosen = weight_words.read(asked, themes)
    if asked and weight_words.written(chosen) != asked:
        words.note("The link asks for weights that cannot be read here. The usual ones stand.")
    with st.expander("Weigh it otherwise: other weights of the themes", expanded=bool(asked)):
        words.paragraph(weight_words.PLAIN)
        _sliders(themes, chosen)
        asked_of = (sc.urn, sc.phase, sc.time_period, tuple(zip(themes, chosen, strict=True)))
        other = cached.worked_out(publication_id, weighing.answer, *asked_of)
        if other is None:
            words.paragraph(weight_words.NONE)
            return
        told = weight_words.sentences((usual[0].tier, usual[0].reasons), other)
        words.bullets(told[:1] if weight_words.same(chosen) else told)


def _sliders(themes: tuple[str, ...], chosen: tuple[int, ...]) -> None:
    def moved() -> None:
        address.pick(PARAM, weight_words.written([int(st.session_state[f"weight_{theme}"]) for theme in themes]))

    for start in range(0, len(themes), ROW):
        part = list(zip(themes, chosen, strict=True))[start : start + ROW]
        for place, (theme, weight) in zip(st.columns(ROW, gap="medium"), part, strict=False):
            key = f"weight_{theme}"
            st.session_state[key] = weight
            place.slider(weight_words.LABELS[theme], 0, weighing.MOST, key=key, on_change=moved)
