"""The words that stand on every page: findings, caveats, source line, tiers, dates. All text is escaped here.

Text goes out as HTML, not as Markdown, so that a school called `St *Mark's* [x](y)` stays exactly that. Words that
only "How it works" may use are refused nowhere in code: a test reads every page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from types import MappingProxyType

import streamlit as st

from data.catalogue.vocabulary import LICENCE, TIERS
from data.catalogue.years import shown
from pages.components import downloads

SAMPLE_WORDS = "Sample data: fictional schools."
# In the session, set by the guard: gives the address of the page where corrections are made.
TO_CORRECT = "where_to_correct"
CORRECT = ("Something wrong here?", "See how to have it corrected")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a tier is drawn: `glyph` in text and tables, `symbol` in plotly's words. Never a colour alone."""

    glyph: str
    symbol: str
    words: str


SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "strength_to_share": Shape("●", "circle", TIERS["strength_to_share"]),
        "above_expectation": Shape("◕", "circle", TIERS["above_expectation"]),
        "as_expected": Shape("◐", "circle", TIERS["as_expected"]),
        "may_need_support": Shape("○", "circle-open", TIERS["may_need_support"]),
        "low_in_line": Shape("◔", "circle-open", TIERS["low_in_line"]),
        "mixed_evidence": Shape("◌", "circle-open-dot", TIERS["mixed_evidence"]),
        "not_enough_data": Shape("×", "x-thin-open", TIERS["not_enough_data"]),
    }
)

# No tier: what stands in a tier's place while a school has not had its days with what is said of it. Never published.
NOT_SHOWN_YET = "not_shown_yet"
FIRST = Shape("□", "square-open", "shown to the school first")


def tier(key: str) -> str:
    """Shape and words of a tier, or of NOT_SHOWN_YET, for text and tables: "○ may need support"."""
    shape = FIRST if key == NOT_SHOWN_YET else SHAPES[key]
    return f"{shape.glyph} {shape.words}"


def day(when: date | datetime | str | None) -> str:
    """21 November 2026; "date not known" where there is none. ISO text is read."""
    if when is None or when == "":
        return "date not known"
    found = datetime.fromisoformat(when) if isinstance(when, str) else when
    return f"{found.day} {found:%B %Y}"


def year(time_period: int | None) -> str:
    """202425 -> "2024/25"; None -> "no year"."""
    return shown(time_period) if time_period else "no year"


def count(number: int, one: str, many: str | None = None) -> str:
    """ "1 school", "1,204 schools"; the plural adds an s unless given."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listing(parts: Iterable[str], joint: str = "and") -> str:
    """ "a", "a and b", "a, b and c"; empty text for nothing."""
    found = list(parts)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} {joint} {found[-1]}" if found else ""


def md(text: str) -> str:
    """Text for labels of buttons, links and bars, which Streamlit reads as Markdown: shown as it is, never as markup."""
    return re.sub(r":(?=[\w/+-]+(:|\\\[))", ":\u200b", re.sub(r"([\\`*_\[\]<>$~#|])", r"\\\1", text))


def figures_of(created: date | datetime | str) -> str:
    return f"Figures of {day(created)}."


def finding(text: str) -> None:
    """The page's finding: its one first-level heading."""
    st.html(f'<h1 class="al-h1">{escape(text)}</h1>')


def heading(text: str, *, glyph: str = "", anchor: str = "") -> None:
    """A block's heading (second level). `anchor`: a place on the page that a link `#anchor` of the same page leads to."""
    mark = f'<span aria-hidden="true">{escape(glyph)}</span> ' if glyph else ""
    place = f' id="{escape(anchor)}"' if anchor else ""
    st.html(f'<h2 class="al-h2"{place}>{mark}{escape(text)}</h2>')


def subheading(text: str) -> None:
    """A heading inside a block (third level)."""
    st.html(f'<h3 class="al-h3">{escape(text)}</h3>')


def paragraph(text: str, *, bold: str = "", quiet: bool = False) -> None:
    """Plain text; `bold` stands before it in bold; `quiet` is smaller but keeps full contrast."""
    lead = f"<strong>{escape(bold)}</strong> " if bold else ""
    st.html(f'<p class="{"al-quiet" if quiet else "al-p"}">{lead}{escape(text)}</p>')


def bullets(items: Iterable[str]) -> None:
    """A plain list; nothing is drawn for no items."""
    inner = "".join(f"<li>{escape(item)}</li>" for item in items)
    if inner:
        st.html(f'<ul class="al-list">{inner}</ul>')


def note(text: str) -> None:
    """Something the reader should know about this page now; announced by screen readers."""
    st.html(f'<p class="al-note" role="status">{escape(text)}</p>')


def problem(text: str) -> None:
    """Something went wrong and what to do about it; announced at once."""
    st.html(f'<p class="al-problem" role="alert">{escape(text)}</p>')


def big_number(number: str, line: str, quiet: str = "") -> None:
    """One card: a large number, one line, one quiet line. Call inside `st.container(border=True, height="stretch")`."""
    small = f'<span class="al-quiet">{escape(quiet)}</span>' if quiet else ""
    st.html(f'<p class="al-card"><span class="al-number">{escape(number)}</span><span>{escape(line)}</span>{small}</p>')


def caveat(shows: str, does_not: str) -> None:
    """The two short lines that always stand: what this shows, what it does not show."""
    st.html(
        f'<p class="al-p"><strong>What this shows:</strong> {escape(shows)}<br>'
        f"<strong>What it does not show:</strong> {escape(does_not)}</p>"
    )


def source_line(source: str, *, created: date | datetime | str | None, sample: bool) -> None:
    """Source, date of the figures, licence, the way to have something corrected; on the sample region, that the schools are
    fictional.

    `source` in words: "DfE performance tables and school census, final". `created` None: no figures yet.
    """
    bold = f"<strong>{SAMPLE_WORDS}</strong> " if sample else ""
    made = f" {escape(figures_of(created))}" if created is not None else ""
    licence = "Laid out as the publishers lay out theirs; nothing here is about a real school." if sample else LICENCE
    known = [("Source", source), *([("Figures", figures_of(created))] if created is not None else [])]
    downloads.sources_said().extend([*known, ("Data", SAMPLE_WORDS) if sample else ("Licence", LICENCE)])
    st.html(f'<p class="al-quiet">{bold}Source: {escape(source)}.{made} {escape(licence)}{_way_to_correct()}</p>')


def _way_to_correct() -> str:
    where: Callable[[], str] | None = st.session_state.get(TO_CORRECT)
    lead, said = CORRECT
    return f' {lead} <a href="{escape(where())}" target="_self">{said}</a>.' if where else ""


def links(items: Mapping[str, str], *, lead: str = "Next:") -> None:
    """Links in one line: words -> relative address (from `session.link`)."""
    inner = " · ".join(f'<a href="{escape(where)}" target="_self">{escape(text)}</a>' for text, where in items.items())
    st.html(f'<p class="al-p"><strong>{escape(lead)}</strong> {inner}</p>' if lead else f'<p class="al-p">{inner}</p>')
