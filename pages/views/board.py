"""Board page: what changed, what should I ask, what do we not know? One printable screen; counts, not names, of what is not agreed."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.components import board_words, words
from pages.components.downloads import csv_button
from pages.components.figures import sentence_start
from pages.components.tables import html_table
from pages.reports.sheets import Sheet
from pages.shell import session
from pages.shell.boardroom import discussing, packing, views

view = session.guard("board")

PRINT = """<style>
@media print{
 @page{size:A4;margin:12mm}
 [data-testid=stSidebar],[data-testid=stHeader],[data-testid=stToolbar],[data-testid=stExpander],.stSelectbox,.stToggle,.stPageLink,
 .stCheckbox,.stButton,.stDownloadButton,.st-key-pickers,.st-key-board_links,.st-key-board_next{display:none!important}
 [data-testid=stMainBlockContainer]{padding:0!important;max-width:none!important}
 [data-testid=stVerticalBlock]{gap:.15rem!important}
 [data-testid=stHorizontalBlock]{flex-wrap:nowrap!important;gap:1.2rem!important}
 [data-testid=stColumn]{min-width:0!important}
 .al-h1{font-size:15pt;margin:0} .al-h2{font-size:11.5pt;margin:.35rem 0 0}
 body,p,li,.al-p,.al-list,.al-quiet{font-size:9pt!important;line-height:1.3!important}
 .al-list{padding-left:1rem}
}
</style>"""
TOPICS = ("outcomes", "attendance", "money", "people", "support")
THREE = 3


def _block(key: str, heading: str, *, most: int = THREE, title: bool = False) -> None:
    """A sheet of the pack as a heading and a few lines; `title`: its finding first. Nothing where the pack has no such sheet."""
    sheet = sheets.get(key)
    if sheet is None:
        return
    words.heading(heading)
    lines = (f"{sheet.title}.", *sheet.lines) if title or not sheet.lines else sheet.lines
    words.bullets(lines[:most])


def _topics() -> None:
    """One sentence for each subject, which leads to its own screen."""
    words.heading("One sentence on each subject")
    shown = [sheets[key] for key in TOPICS if key in sheets]
    words.bullets(f"{packing.TITLES[sheet.key]}: {_inside(sheet.title)}." for sheet in shown)


def _inside(title: str) -> str:
    """The finding as it reads after a colon; what is a name or a number keeps its capital."""
    start = title.split(" ", 1)[0]
    return title if start in ("DfE", "Ofsted") or start.isupper() else f"{title[:1].lower()}{title[1:]}"


def _everything() -> None:
    rows = [
        (packing.TITLES[sheet.key], said)
        for sheet in sheets.values()
        for said in (sheet.title, *sheet.lines)
    ]  # fmt: skip
    rows += [("Questions to ask", one.question) for one in pack.questions]
    with st.expander("The same as a table, and download"):
        table = pd.DataFrame(rows, columns=["Part of the page", "Finding"])
        html_table(table, "Everything that this page and the presentation say", wide=("Finding",))
        csv_button(table, f"Board page {room.choice.called}", key="board")


st.html(PRINT)
with st.container(key="pickers"):
    room = views.chosen(view)
pack = packing.pack(room)
discussing.opened(room, "board")
sheets: dict[str, Sheet] = {sheet.key: sheet for sheet in pack.sheets if sheet.key in packing.PAGES}
words.finding(discussing.page_finding(room))
words.paragraph(f"{sentence_start(room.choice.called)}. {room.counted(room.stages)}", quiet=True)
with st.container(key="board_links"):
    views.line("board")
left, right = st.columns(2, gap="large")
with left:
    _block("changed", "What changed since you last met", title=True)
    _block("well", "What went well")
    _block("discuss", "Three things to discuss")
    _block("unknown", "What we do not know", most=5)
with right:
    words.heading("Questions to ask")
    for one in pack.questions:
        words.paragraph(board_words.covers(one.answer), bold=one.question)
    _topics()
_everything()
words.caveat(
    "how many of our schools stand out in published results, after intake, over the years pooled.",
    "which schools: a school is named only once it has agreed that help is welcome.",
)
words.source_line(room.named(), created=view.created, sample=view.sample)
with st.container(key="board_next"):
    session.go("board_present", "Next: present it, one finding a screen", hide="1")
    session.go("board_pack", "Make the pack to take into the room")
