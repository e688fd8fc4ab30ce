"""Which schools count as similar: the picker of a preset and the choices of one's own, all kept in the address.

Draws and reads the address; computes nothing. A preset that cannot be used for this school gives its reason and the usual
one stands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from analytics.results import School
from analytics.similar.presets.listing import (
    BY_KEY,
    DEFAULT,
    FILTERS,
    LEAST_K,
    MOST_K,
    MOST_KM,
    MOST_WEIGHT,
    OWN_VARIABLES,
    PRESETS,
    Own,
    Preset,
    refusal,
)
from pages.components import words
from pages.components.figures import sentence_start
from pages.components.similar_words import variable_words
from pages.components.tables import html_table
from pages.shell import address
from pages.shell.similar_link import PARAMS, link_of, own_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A preset and, for `own`, what was chosen."""

    preset: Preset
    own: Own


def asked(school: School) -> Asked:
    """Draw the picker, and the choices of one's own where they are picked."""
    preset = _preset(school)
    if preset.key != "own":
        return Asked(preset, Own())
    own, lost = own_of({name: address.given(name) for name in PARAMS})
    for sentence in lost:
        words.note(sentence)
    return Asked(preset, _own(own))


def _preset(school: School) -> Preset:
    options = [preset.key for preset in PRESETS if preset.offered]
    wanted = address.given("alike")
    found = BY_KEY.get(wanted or DEFAULT)
    if found is None:
        words.note("The link asks for a way of choosing similar schools that is not here. The usual one is used.")
    elif reason := refusal(found, school.phase, school.sector):
        words.note(f"{found.title}: {reason} The usual way is used.")
        found = None
    preset = found or BY_KEY[DEFAULT]

    def picked() -> None:
        st.query_params["alike"] = st.session_state["pick_alike"]

    st.session_state["pick_alike"] = preset.key
    st.selectbox(
        "Which schools count as similar", options, key="pick_alike", on_change=picked,
        format_func=lambda key: f"{BY_KEY[key].title} ({BY_KEY[key].vintage})",
    )  # fmt: skip
    return preset


def _own(own: Own) -> Own:
    """The choices of one's own; each change goes into the address before the page is drawn again."""
    weights = dict(own.weights)

    def changed() -> None:
        state = st.session_state
        now = Own(
            tuple((name, int(state[f"own_{name}"])) for name in OWN_VARIABLES),
            tuple(name for name in FILTERS if name in state["own_same"]), state["own_km"] or None, int(state["own_k"]),
        )  # fmt: skip
        st.query_params.update(link_of(now))

    with st.expander("What counts, and how much (0 to 10)", expanded=True):
        columns = st.columns(2, gap="large")
        for place, name in enumerate(OWN_VARIABLES):
            st.session_state[f"own_{name}"] = weights.get(name, 0)
            label = sentence_start(variable_words(name))
            columns[place % 2].slider(label, 0, MOST_WEIGHT, key=f"own_{name}", on_change=changed)
        st.session_state["own_same"] = list(own.same)
        st.multiselect(
            "Only schools of the", list(FILTERS), format_func=FILTERS.__getitem__, key="own_same", on_change=changed
        )
        left, right = st.columns(2, gap="large")
        st.session_state["own_km"], st.session_state["own_k"] = own.km or 0, own.members
        left.slider("Within how many km (0: any distance)", 0, MOST_KM, key="own_km", on_change=changed)
        right.slider("How many schools", LEAST_K, MOST_K, key="own_k", on_change=changed)
        words.paragraph(
            "The phase is always the same, and selective schools stand with selective ones only.", quiet=True
        )
    return replace(own, weights=tuple((name, weights.get(name, 0)) for name in OWN_VARIABLES))


def about() -> None:
    """Every way, where it comes from and what of it no public file holds: closed until wanted."""
    with st.expander("The ways of choosing, and what each lacks"):
        rows = [
            (
                preset.title, preset.vintage, preset.words,
                preset.why_not or (f"Not here: {'; '.join(preset.lacks)}." if preset.lacks else "Nothing."),
            )
            for preset in PRESETS
        ]  # fmt: skip
        html_table(
            pd.DataFrame(rows, columns=["Way of choosing", "From", "How it chooses", "What it lacks here"]),
            "Ways of choosing similar schools", wide=("How it chooses", "What it lacks here"),
        )  # fmt: skip
