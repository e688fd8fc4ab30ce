"""Make the pack: slides and paper to take into the room, the part with names apart, and that it was presented."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from data.catalogue import AlongsideError
from data.register import boards
from data.register.rows import EditConflict, Entry
from data.store.engine import engine
from pages.components import words
from pages.components.downloads import button, file_name
from pages.components.tables import html_table
from pages.shell import address, session
from pages.shell.boardroom import making, packing, presented, rest, views

view = session.guard("board_pack")

SAID, MADE = "board_pack_said", "board_pack_made"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Made:
    """The files as they were made, and what for: other choices, or something new in the pack, other files."""

    what: tuple[object, ...]
    files: making.Files


def _left_out(there: tuple[str, ...]) -> None:
    """A callback: what is not ticked goes to the appendix, and into the address."""
    left = [key for key in there if not st.session_state[f"page_{key}"]]
    address.pick(views.LEAVE, ",".join(left) or views.NO_PAGE)


def _pages() -> tuple[str, ...]:
    """Which pages stand before the appendix; keys of those that do not."""
    asked = views.leave()
    out = packing.to_appendix(keys, asked)
    words.paragraph(
        f"At most {words.count(packing.MOST, 'page')} before the appendix. What you leave out goes to the appendix, not away."
    )
    for key in keys:
        st.session_state[f"page_{key}"] = key not in out
        st.checkbox(
            words.md(f"{packing.TITLES[key]}: {titles[key]}"), key=f"page_{key}", on_change=_left_out, args=(keys,)
        )
    if moved := out - set(asked):
        named = words.listing(packing.TITLES[key] for key in packing.PAGES if key in moved)
        words.paragraph(f"{named} stands in the appendix: leave out another page to have it before.", quiet=True)
    return tuple(key for key in packing.PAGES if key in out)


def _make(what: tuple[object, ...]) -> None:
    bar = st.progress(0.0, "Making the pack")

    def told(done: float, text: str) -> None:
        bar.progress(min(1.0, done), f"Making the pack: {text}")

    pack = packing.pack(room, leave=left, step=lambda done, text: told(0.2 * done, text))
    apart = packing.confidential(room) if names else None
    files = making.files(pack, apart, step=lambda done, text: told(0.2 + 0.8 * done, text))
    bar.empty()
    st.session_state[MADE] = Made(what, files)


def _files(made: making.Files) -> None:
    words.heading("The pack")
    words.note(f"Made in {made.seconds:.0f} seconds." if made.seconds >= 1.5 else "Made.")
    name = f"Board pack {room.choice.called} {room.today:%Y-%m-%d}"
    with st.container(horizontal=True):
        _file("Slides (PPTX)", made.slides, f"{name}.pptx", PPTX, "slides")
        _file("Paper (PDF)", made.paper, f"{name}.pdf", PDF, "paper")
    if made.apart_slides:
        words.paragraph("The confidential part holds names. It is a file of its own; keep it out of the public papers.")
        with st.container(horizontal=True):
            _file(
                "Confidential slides, with names (PPTX)",
                made.apart_slides,
                f"{name} confidential names.pptx",
                PPTX,
                "names-slides",
            )
            _file(
                "Confidential paper, with names (PDF)",
                made.apart_paper,
                f"{name} confidential names.pdf",
                PDF,
                "names-paper",
            )


def _file(label: str, content: bytes, name: str, kind: str, key: str) -> None:
    stem, ending = name.rsplit(".", 1)
    button(
        label, lambda: content, file_name(stem).removesuffix("csv") + ending, kind, key=f"board-{key}", type="primary"
    )


def _presented() -> None:
    """The form that says so; from then on the figures are kept."""
    words.heading("Say that you presented it")
    words.paragraph("The next pack then says what changed since, and these figures are kept for it.")
    if SAID in st.session_state:
        words.note(st.session_state.pop(SAID))
    with st.form("presented"):
        left_, right_ = st.columns(2)
        on = left_.date_input("Presented on", room.today, format="DD/MM/YYYY", key="presented_on")
        board = right_.text_input("Which board or committee (if you like)", key="presented_board", max_chars=200)
        sent = st.form_submit_button("We presented it", key="presented_send")
    if sent:
        try:
            presented.say_presented(room, on, board)
        except AlongsideError as error:
            words.problem(str(error))
        else:
            st.session_state[SAID] = f"Kept: presented on {words.day(on)}."
            st.rerun()
    if found := boards.packs(view.scope, engine(view.place), room.choice.partnership.uid):
        html_table(rest.presented_table(room, found), "Packs presented, the last first")
        _take_back(found[0])


def _take_back(last: Entry) -> None:
    """The way back for the last of them; others are changed where people's entries are listed."""
    with st.expander("Not presented after all?", key="presented_back"):
        words.paragraph(
            "The last of these is listed no more then, and its figures are not kept for it. Its history is."
        )
        if st.button("Take the last one back", key="presented_take_back"):
            try:
                presented.take_back(room, last)
            except EditConflict:
                words.problem("Somebody changed it since you opened the page. What stands now is above.")
            except AlongsideError as error:
                words.problem(str(error))
            else:
                st.session_state[SAID] = "Taken back."
                st.rerun()
        session.go("registers", "Change one, or take an earlier one back", register=boards.PACK)


room = views.chosen(view)
plain = packing.pack(room)
titles = {sheet.key: sheet.title for sheet in plain.sheets if sheet.key in packing.PAGES}
keys = tuple(key for key in packing.PAGES if key in titles)
words.finding(f"A pack for the board of {room.choice.called}")
made = f" {words.figures_of(view.created)}" if view.created is not None else ""
words.paragraph(
    f"{words.count(len(titles), 'finding')}, {words.count(len(plain.questions), 'question')} and an appendix.{made}",
    quiet=True,
)
views.line("board_pack")
words.heading("Which pages?")
left = _pages()
names = False
if packing.may_name(room):
    names = st.checkbox(
        "Make the confidential part too: a file of its own that names schools",
        key="with_names",
        disabled=room.choice.hide_names,
    )
    if room.choice.hide_names:
        words.paragraph("School names are hidden, so there is no part with names.", quiet=True)
        names = False
said = packing.said_of_named(room) if names else ()
what = (making.mark(plain), room.choice.partnership.uid, left, names, said)
if st.button("Make the pack now", type="primary", key="make_pack"):
    _make(what)
held: Made | None = st.session_state.get(MADE)
if held is not None and held.what == what:
    _files(held.files)
elif held is not None:
    words.paragraph("The pack holds something else by now: make it again.", quiet=True)
if presented.may_write(room):
    _presented()
words.caveat(
    "what published figures say of our schools together, and what schools agreed to.",
    "names of schools that have not agreed to be named: those stand in the confidential part alone, for who may read them.",
)
words.source_line(room.named(), created=view.created, sample=view.sample)
session.go("board_present", "Next: present it, one finding a screen", hide="1")
session.go("board_questions", "Keep what the board asked")
