"""Earlier questions and answers: what boards asked, what was answered, and what still waits. They go into the next pack."""

from __future__ import annotations

import streamlit as st

from data.catalogue import AlongsideError
from data.register import boards
from data.register.rows import EditConflict, Entry
from data.store.engine import engine
from pages.components import words
from pages.components.downloads import csv_button
from pages.components.figures import number_words, sentence_start
from pages.components.tables import html_table
from pages.shell import session
from pages.shell.boardroom import packing, presented, rest, views

view = session.guard("board_questions")

SAID = "board_questions_said"
LONGEST = 90  # letters of a question in a list to choose from
FASTER = "Somebody changed this question since you opened the page, so yours was not saved. What stands now is below."


def _finding(found: tuple[Entry, ...]) -> str:
    waiting = sum(one.values["answer"] is None for one in found)
    if not found:
        return "No question of a board is kept here yet"
    start = sentence_start(f"{number_words(len(found))} question{'' if len(found) == 1 else 's'} kept")
    if not waiting:
        return f"{start}, {'answered' if len(found) == 1 else 'all answered'}"
    return f"{start}, {number_words(waiting)} not answered yet"


def _add() -> None:
    words.heading("Keep what the board asked")
    with st.form("ask", clear_on_submit=True):
        text = st.text_area("The question", key="ask_text", max_chars=1000, height=90)
        left, right = st.columns(2)
        on = left.date_input("Asked on", room.today, format="DD/MM/YYYY", key="ask_on")
        board = right.text_input("Which board or committee (if you like)", key="ask_board", max_chars=200)
        sent = st.form_submit_button("Keep this question", key="ask_send")
    if sent:
        _done(lambda: presented.ask(room, text, on, board), "Kept. It stands in the next pack.")


def _answer(waiting: list[Entry]) -> None:
    words.heading("Answer a question")
    by_number = {one.entry_id: one for one in waiting}
    number = st.selectbox(
        "Which question", tuple(by_number), format_func=lambda one: _short(by_number[one]), key="answer_which"
    )
    seen = by_number[number]
    words.paragraph(str(seen.values["question"]))
    with st.form(f"answer-{number}-{seen.version}"):
        text = st.text_area("The answer, in words that may be read out", key=f"answer_text_{number}", max_chars=2000)
        on = st.date_input("Answered on", room.today, format="DD/MM/YYYY", key=f"answer_on_{number}")
        sent = st.form_submit_button("Keep this answer", key="answer_send")
    if sent:
        _done(lambda: presented.answer(room, seen, text, on), "Kept. Question and answer stand in the next pack.")


def _short(one: Entry) -> str:
    text = " ".join(str(one.values["question"]).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _done(act: object, note: str) -> None:
    assert callable(act)  # nosec B101 # only tells the type
    try:
        act()
    except EditConflict:
        words.problem(FASTER)
    except AlongsideError as error:
        words.problem(str(error))
    else:
        st.session_state[SAID] = note
        st.rerun()


room = views.chosen(view)
found = boards.questions(view.scope, engine(view.place), room.choice.partnership.uid)
words.finding(_finding(found))
words.paragraph("What was asked in earlier meetings and what was answered. All of it goes into the next pack.")
views.line("board_questions")
if SAID in st.session_state:
    words.note(st.session_state.pop(SAID))
if found:
    table = rest.question_table(room, found)
    html_table(table, "Questions of boards, the last meeting first", wide=("Question", "Answer"))
    csv_button(table, f"Board questions {room.choice.called}", key="questions")
else:
    words.paragraph(
        "After a meeting, write down here what the board asked. These are the questions that the pack asks now:"
    )
    words.bullets(one.question for one in packing.questions(room))
if room.choice.hide_names:
    words.paragraph(
        "What people write may name a school. Show school names to keep a question or an answer.", quiet=True
    )
elif presented.may_write(room):
    waiting = [one for one in found if one.values["answer"] is None]
    if waiting:
        _answer(waiting)
    _add()
words.caveat(
    "questions and answers as people entered them, with the day of each.",
    "whether an answer is right or complete: the board judges that.",
)
words.source_line("what people entered here", created=view.created, sample=view.sample)
session.go("registers", "Every version, and tables to send in", register="board_question")
session.go("board_pack", "Next: make the pack")
