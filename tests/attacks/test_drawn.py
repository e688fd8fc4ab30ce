"""The attacks' own eyes: what a page must not draw is seen, wherever on it; what pages do draw is let be."""

from __future__ import annotations

import ast
import socket
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.attacks import calls, drawn
from tests.attacks.inputs import EVERY, FILES, MARKUP, TEXTS

ROOT = Path(__file__).resolve().parents[2]


def test_a_call_to_another_machine_is_heard() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.connect(("192.0.2.1", 9))  # an address for documents; nothing is sent
    assert calls.heard == ["socket.connect 192.0.2.1"]
    calls.heard.clear()


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


# Every function that makes markup of what it is given, called with an input in each place; a test below holds the list whole.
MAKERS = {
    "words": ("finding(t)", "heading(t, glyph=t)", "subheading(t)", "paragraph(t, bold=t)", "bullets([t])", "note(t)", "problem(t)",
              "big_number(t, t, t)", "caveat(t, t)", "source_line(t, created='2026-01-01', sample=True)", "links({t: './' + t}, lead=t)"),
    "tables": ("html_table(pd.DataFrame({t: [t, tables.Link(t, t), tables.Link(t, './' + t)], 'b': [1, 2, 3]}), t, by='b')",
               "html_table(pd.DataFrame({t: []}), t)", "draw(tables.ready(pd.DataFrame({t: [t, tables.Link(t, './' + t)]}), t, wide=(t,)))",
               "stacked_table(pd.DataFrame({t: [t, tables.Link(t, './' + t)], 'b': [1, t]}), t, wide=(t,))"),
    "cards": ("card(t, (cards.Part(t, 'name'), cards.Part(t)), (t, t))", "bars([cards.Bar(t, 1.0, 2.0, t)], t, colour='#000')"),
    "contact": ("draw(School(t))",),
    "glossary": ("meaning('strength', t)", "on_page('overview', './' + t)", "every(t)"),
    "correction_words": ("corrections([correction(t)])", "corrections([correction(t), correction(t)])"),
}  # fmt: skip
SCRIPT = """
import streamlit as st, pandas as pd
from dataclasses import dataclass
from analytics.results import Correction
from pages.components import words, tables, cards, contact, correction_words, glossary
from tests.attacks.inputs import EVERY

@dataclass
class School:
    phone: str
    @property
    def website(self): return self.phone

def correction(t): return Correction(1, t, 202425, t, None, t, None, t, t, t, False)

for t in EVERY[START::STEP]:
    CALL
    st.expander(words.md(t))
"""


@pytest.mark.parametrize(("module", "call"), [(module, call) for module, listed in MAKERS.items() for call in listed])
def test_whatever_makes_markup_escapes_every_part(module: str, call: str) -> None:
    said = call if call.startswith("st.") else f"{module}.{call}"
    script = SCRIPT.replace("CALL", said).replace("START", str(len(call) % 3)).replace("STEP", "3")
    assert drawn.faults(AppTest.from_string(script, default_timeout=60).run()) == []


def test_the_makers_of_markup_are_all_tried() -> None:
    listed = {module: {call.split("(")[0] for call in calls_of} for module, calls_of in MAKERS.items()}
    for path in sorted((ROOT / "pages/components").glob("*.py")):
        made = {
            function.name for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(function, ast.FunctionDef)
            if any(isinstance(node, ast.Call) and ast.unparse(node.func) == "st.html" for node in ast.walk(function))
        }  # fmt: skip
        if path.stem != "style":  # a constant
            assert made <= listed.get(path.stem, set()), f"{path.stem}: {made}: add them to MAKERS"


def test_markup_would_be_seen_if_it_were_not_escaped() -> None:
    markup = [text for text in MARKUP if "<" in text and not text.startswith(("<b>", "<table>", "</p>", "]]"))]
    assert [text for text in markup if not drawn.wrong_markup(f"<p>{text}</p>")] == []
