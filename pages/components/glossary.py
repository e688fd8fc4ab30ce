"""What a word means, by click: a closed line that a keyboard opens, on any page. No rerun, nothing only on hover."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from data.catalogue.glossary import TERMS, Term, of_page


def anchor(key: str) -> str:
    """Where a word stands on How it works."""
    return f"word-{key}"


def meaning(key: str, lead: str = "What does this mean?") -> None:
    """One word's meaning, closed until wanted, for beside the place where it is used. Raises KeyError for an unknown one."""
    term = TERMS[key]
    st.html(
        f'<details class="al-words"><summary>{escape(lead)}</summary>'
        f"<p><strong>{escape(term.term)}</strong>: {escape(term.meaning)}</p></details>"
    )


def on_page(key: str, every: str) -> None:
    """The words of a page, closed until wanted; nothing for a page without any. `every`: the address of all of them."""
    terms = of_page(key)
    if terms:
        more = f'<p><a href="{escape(every)}" target="_self">Every word and measure</a></p>'
        st.html(
            f'<details class="al-words"><summary>What the words on this page mean</summary>{markup(terms)}{more}</details>'
        )


def markup(terms: Iterable[Term]) -> str:
    """A list of words and meanings, each with its anchor."""
    rows = (f'<dt id="{anchor(term.key)}">{escape(term.term)}</dt><dd>{escape(term.meaning)}</dd>' for term in terms)
    return f"<dl>{''.join(rows)}</dl>"


def every(asked: str | None) -> None:
    """All words, the one that a link asks for first."""
    terms = sorted(TERMS.values(), key=lambda term: (term.key != asked, term.term.casefold()))
    st.html(f'<div class="al-words">{markup(terms)}</div>')
