"""The attacks' own eyes: what a page must not draw is seen, wherever on it; what pages do draw is let be."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.attacks import drawn
from tests.attacks.inputs import EVERY, FILES, MARKUP, TEXTS


def test_there_are_more_than_two_hundred_different_inputs() -> None:
    assert len(EVERY) >= 300 and len(FILES) >= 70
    assert len(set(EVERY)) == len(EVERY)
    assert all(len(texts) >= 6 for texts in TEXTS.values()) and len(TEXTS) == 15


BAD = (
    "st.html('<p onclick=x>a</p>')", "st.html('<img src=x>')", "st.html('<a href=\"javascript:x\">a</a>')", "st.html('<!-- x -->')",
    "st.html('<a href=\"https://a@b.invalid/\">a</a>')", "st.html('<p style=\"background:url(x)\">a</p>')", "st.markdown('<i>a</i>', unsafe_allow_html=True)",
    "st.button('[a](https://x.invalid)')", "st.expander('![a](x)')", "with st.container(): st.columns(2)[1].checkbox(':red[a]')",
    "st.text_input('<b>a</b>')", "raise ValueError('x')", "st.html('<p>Something went wrong in Alongside itself; see</p>')",
    "import plotly.graph_objects as go\nst.plotly_chart(go.Figure(layout={'annotations': [{'text': '<a href=x>y</a>'}]}))",
)  # fmt: skip


@pytest.mark.parametrize("script", BAD)
def test_what_must_not_be_drawn_is_seen(script: str) -> None:
    assert len(drawn.faults(AppTest.from_string(f"import streamlit as st\n{script}").run())) > 0


def test_what_is_escaped_is_let_be() -> None:
    script = """
import streamlit as st
from pages.components import words, tables
import pandas as pd
from tests.attacks.inputs import EVERY
words.bullets(EVERY)
for text in EVERY[:40]:
    words.finding(text); words.note(text); words.problem(text); words.paragraph(text, bold=text); words.links({text: text})
    st.expander(words.md(text))
tables.html_table(pd.DataFrame({"a": EVERY, "b": [tables.Link(text, text) for text in EVERY]}), EVERY[0])
"""
    wrong = [one for one in drawn.faults(AppTest.from_string(script, default_timeout=30).run()) if "href=" not in one]
    assert wrong == []


def test_markup_would_be_seen_if_it_were_not_escaped() -> None:
    markup = [text for text in MARKUP if "<" in text and not text.startswith(("<b>", "<table>", "</p>", "]]"))]
    assert [text for text in markup if not drawn.wrong_markup(f"<p>{text}</p>")] == []
