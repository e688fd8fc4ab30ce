"""What the board of Chilver Vale heard and asked before: a pack presented in July, three questions, two of them answered."""

from __future__ import annotations

from datetime import date

from data.sample.entered.sown import CHILVER_VALE, Cell, Sown

JULY, TRUST_BOARD = date(2026, 7, 10), "Trust board"


def _question(question: str, on: date, **said: Cell) -> Sown:
    return Sown(
        "board_question", on, {"question": question, "asked_on": JULY, "board": TRUST_BOARD, **said}, uid=CHILVER_VALE
    )


BOARDS: tuple[Sown, ...] = (
    Sown("board_pack", JULY, {"presented_on": JULY, "board": TRUST_BOARD}, uid=CHILVER_VALE),
    _question(
        "Who has spoken to the schools where mathematics is below what their intakes lead one to expect?", date(2026, 9, 18),
        answer="The director of education, with each head in June. Two schools agreed that help is welcome; one is still thinking.",
        answered_on=date(2026, 9, 18),
    ),
    _question(
        "What did the schools do whose attendance is better than one would expect?", date(2026, 9, 18),
        answer="They telephone on the first day, and one member of staff keeps the list. Two of them told all our heads how.",
        answered_on=date(2026, 9, 18),
    ),
    _question("When will the trust again receive as much as it spends?", JULY),
)  # fmt: skip
