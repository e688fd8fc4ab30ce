"""Presentation: one finding a screen in large type; the arrow keys or a clicker turn it. Names are hidden unless somebody shows them."""

from __future__ import annotations

import streamlit as st

from pages.charts.sheets import sheet_picture
from pages.components import board_words, words
from pages.components.palette import palette
from pages.components.picture import picture
from pages.components.tables import html_table
from pages.reports.sheets import Question, Sheet
from pages.shell import address, session
from pages.shell.boardroom import discussing, packing, views

view = session.guard("board_present")

ROOM = """<style>
[data-testid=stSidebar],[data-testid=stExpandSidebarButton]{display:none}
[data-testid=stMainBlockContainer]{padding-top:2.2rem;max-width:88rem}
@media (max-width:640px){[data-testid=stMainBlockContainer]{padding-top:4.2rem}}
.st-key-clicker{display:none}
.st-key-screen .al-h1{font-size:clamp(1.6rem,3.1vw,2.8rem);line-height:1.15;margin:.2rem 0 .6rem;max-width:none}
.st-key-screen .al-h2{font-size:clamp(1.3rem,2vw,1.8rem)}
.st-key-screen .al-p,.st-key-screen .al-list{font-size:clamp(1.1rem,1.6vw,1.5rem);line-height:1.4;max-width:none}
.st-key-screen .al-list li{margin-bottom:.45rem}
.st-key-screen .al-quiet{font-size:1rem}
.st-key-screen .al-table{font-size:clamp(1rem,1.3vw,1.25rem)}
</style>"""
SIZE = 1.2  # larger than on other pages, small enough for a phone
Screen = Sheet | Question


def _turn(to: int) -> None:
    """A callback: only the address changes, before the page is drawn."""
    address.pick("sheet", str(to))


def _step(by: int, number: int) -> None:
    """A callback: on from where the address is by now, so that presses count while a screen is still being drawn."""
    _turn(min(max((address.number(address.wanted("sheet") or "") or 1) + by, 1), number))


def _notes() -> None:
    address.pick("notes", "0" if address.wanted("notes") == "1" else "1")


def _keys(place: int, number: int) -> None:
    """The four ways to turn, as buttons that can take the focus and as keys; what a clicker sends, as keys alone: a button has one
    key. The space bar is left to whoever presses buttons with it.
    """
    with st.container(horizontal=True, key="turn"):
        st.button("First", key="turn_first", on_click=_turn, args=(1,), shortcut="Home", disabled=place == 1)
        st.button("Back", key="turn_back", on_click=_step, args=(-1, number), shortcut="Left", disabled=place == 1)
        st.button(
            "On", key="turn_on", on_click=_step, args=(1, number), shortcut="Right", disabled=place == number,
            type="primary",
        )  # fmt: skip
        st.button("Last", key="turn_last", on_click=_turn, args=(number,), shortcut="End", disabled=place == number)
        st.button("Notes and sources", key="turn_notes", on_click=_notes, shortcut="N")
    with st.container(key="clicker"):
        st.button("Back", key="click_back", on_click=_step, args=(-1, number), shortcut="PageUp", disabled=place == 1)
        st.button("On", key="click_on", on_click=_step, args=(1, number), shortcut="PageDown", disabled=place == number)


def _sheet(sheet: Sheet) -> None:
    words.finding(sheet.title)
    drawn = sheet.picture is not None and sheet.table is not None
    left, right = st.columns([1, 1.15], gap="large") if drawn else (st.container(), st.container())
    with left:
        words.bullets(sheet.lines)
    with right:
        if sheet.picture is not None and sheet.table is not None:
            words.heading(sheet.picture_title)
            figure = sheet_picture(sheet.picture, palette(), size=SIZE)
            picture(figure, sheet.alt, sheet.table, key=f"sheet-{sheet.key}", caption=sheet.title[:80])
        elif sheet.table is not None:
            html_table(
                sheet.table, packing.TITLES.get(sheet.key, sheet.title), wide=("Question", "Answer", "What changed")
            )


def _question(one: Question) -> None:
    words.finding(one.question)
    words.paragraph(one.why, bold="Why ask?")
    words.paragraph(board_words.covers(one.answer))


def _said_beside(screen: Screen) -> None:
    """Notes for whoever speaks, where they are asked for."""
    with st.container(key="speaker_notes"):
        words.heading("Notes and sources")
        if isinstance(screen, Sheet):
            words.bullets(screen.notes)
            words.paragraph(screen.source, quiet=True)
        else:
            words.paragraph(f"Asked because: {screen.why}")
            words.paragraph("Where each figure comes from stands in the notes of its own screen.", quiet=True)


st.html(ROOM)
if address.given("hide") is None:
    address.keep("hide", "1")
stage, keys, below = st.container(key="screen"), st.container(), st.container()
with below, st.expander("What is shown, and to whom"):
    room = views.chosen(view)
    words.paragraph("School names are hidden in a presentation unless you show them here.", quiet=True)
pack = packing.pack(room, leave=views.leave())
discussing.opened(room, "board_present")
earlier = tuple(sheet for sheet in pack.sheets if sheet.key == "earlier")
screens: tuple[Screen, ...] = (*pack.part("main"), *pack.questions, *earlier)
place = address.settle(
    "sheet", tuple(range(1, len(screens) + 1)), 1, address.number, "The link asks for a screen that is not there. The first one is shown."
)  # fmt: skip
address.keep("sheet", str(place))
address.write("sheet")
shown = screens[place - 1]
with stage:
    if isinstance(shown, Sheet):
        _sheet(shown)
    else:
        _question(shown)
with keys:
    words.paragraph(
        f"{place} of {len(screens)}. The arrow keys or a clicker (Page Up, Page Down) turn the screens; Home and End go to the first "
        "and the last.",
        quiet=True,
    )
    _keys(place, len(screens))
    if address.wanted("notes") == "1":
        _said_beside(shown)
with below:
    views.line("board_present")
    words.caveat(
        "one finding of the board pack, made from published figures and from what schools agreed to.",
        "this term, safeguarding today or culture; and no school that has not agreed to be named.",
    )
    words.source_line(room.named(), created=view.created, sample=view.sample)
