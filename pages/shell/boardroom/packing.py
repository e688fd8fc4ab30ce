"""A partnership's pack: at most eight pages, six questions, an appendix; and apart from it the part that holds names.

The page, the presentation and the files are drawn from the same pack, so that no number differs between them. The confidential
part is a pack of its own, made only for who may read what is said of named schools.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

import pandas as pd

from analytics.results import Need
from data.access.permissions import rule_of
from data.access.scope import Row
from pages.components import board_words
from pages.components.figures import sentence_start
from pages.components.measure_words import area_label
from pages.components.state_words import state_words
from pages.reports.sheets import Pack, Sheet
from pages.shell.boardroom import discussing, means, rest, results
from pages.shell.boardroom.changed import changed
from pages.shell.boardroom.reading import Room, Stage
from pages.shell.fair import fairness

MOST = 8  # pages before the appendix
FIRST_TO_GO = ("people", "attendance")  # to the appendix, where there are more than MOST
TITLES: Mapping[str, str] = {
    "well": "What went well", "changed": "What changed since the last pack", "discuss": "Three things to discuss",
    "outcomes": "Results", "attendance": "Attendance", "money": "Money", "people": "People", "support": "Support",
    "unknown": "What we do not know", "questions": "Questions to ask", "earlier": "Earlier questions and answers",
    "methods": "How these figures were made", "sources": "Published files", "names": "Names",
}  # fmt: skip
MAKERS: tuple[Callable[[Room], Sheet | None], ...] = (
    discussing.well, changed, discussing.discuss, results.outcomes, results.attendance, means.money_sheet, means.people_sheet,
    means.support_sheet, rest.unknown_sheet,
)  # fmt: skip
PAGES = ("well", "changed", "discuss", "outcomes", "attendance", "money", "people", "support", "unknown")
Step = Callable[[float, str], None]


def pack(room: Room, *, leave: Collection[str] = (), step: Step | None = None) -> Pack:
    """The pack without anything confidential. `leave`: keys of pages that go to the appendix; of more than MOST pages the rest of
    FIRST_TO_GO goes there too. `step` is told how far it is, 0 to 1.
    """
    sheets = []
    for place, make in enumerate(MAKERS):
        if step is not None:
            step(place / len(MAKERS), "reading")
        sheets += [found] if (found := make(room)) is not None else []
    out = to_appendix([sheet.key for sheet in sheets], leave)
    main = [sheet for sheet in sheets if sheet.key not in out]
    before = rest.earlier(room)
    later = [replace(sheet, part="appendix") for sheet in sheets if sheet.key in out]
    choice, view = room.choice, room.view
    return Pack(
        title=sentence_start(choice.called), kind_words=choice.kind_words, made=room.today, figures=view.publication_id,
        figures_of=view.created.date() if view.created is not None else None, sample=view.sample, names_hidden=choice.hide_names,
        sheets=(*main, *([before] if before is not None else []), *later, *rest.appendix(room)), questions=questions(room),
    )  # fmt: skip


def to_appendix(keys: Collection[str], leave: Collection[str]) -> frozenset[str]:
    """Which of these pages go to the appendix: those that somebody leaves out, then the first to go while there are too many."""
    rest = [key for key in keys if key not in leave]
    gone = [key for key in FIRST_TO_GO if key in rest][: max(0, len(rest) - MOST)]
    return frozenset((*leave, *gone))


def questions(room: Room) -> tuple[board_words.Question, ...]:
    """At most six, from what the findings say."""
    return board_words.questions(
        discussing.asks(room), discussing.strengths(room), discussing.unknown(room), more=means.money_questions(room)
    )


def may_name(room: Room) -> bool:
    """Whether the person may make the part that holds names: whoever may read what is said of this partnership's named schools."""
    return room.view.scope.reaches(rule_of("read_statements"), Row(room.choice.partnership.uid))


def confidential(room: Room) -> Pack:
    """The part that holds names, a pack of its own. Raises PermissionDenied; keeps for the audit whose names were read."""
    room.view.scope.demand(
        rule_of("read_statements"), Row(room.choice.partnership.uid), what="make the part of a pack that holds names"
    )
    rows = said_of_named(room)
    named = {need.urn for stage in room.stages for need in stage.found.needs}
    if not room.choice.hide_names:
        fairness.remember_opened(room.view, "board_pack", *named)
    first = discussing.held(room)
    lines = ["A need is a question until the school has seen it. Nothing here is for minutes or for passing on."]
    if first:
        lines.append(f"{sentence_start(board_words.shown_first(first))}: not named here either.")
    waits = {stage.kind for stage in room.stages if stage.found.standing.first}  # of these not all is told here
    for number, kind in discussing.apart(room):
        if kind not in {*waits, *(row[2] for row in rows)}:
            lines.append(
                f"{sentence_start(board_words.schools(number, kind))}: nothing published points to a clear need."
            )
    title = f"{sentence_start(board_words.schools(len(named)))} may need support: names, for this meeting only"
    table = pd.DataFrame(rows, columns=["School", "Area", "Phase", "Where it stands", "The school says"])
    return _apart(
        room, Sheet(
            "names", title if rows else "No school may be named here yet" if waits else "Nothing published points to a clear need", tuple(lines), room.source("ofsted"),
            table=table if rows else None, part="confidential",
        ),
    )  # fmt: skip


def said_of_named(room: Room) -> tuple[tuple[str, ...], ...]:
    """The rows of the part that holds names, for it alone and to tell whether a file made of it still says what holds."""
    return tuple(sorted(_named(room, stage, need) for stage in room.stages for need in stage.found.needs))


def _named(room: Room, stage: Stage, need: Need) -> tuple[str, ...]:
    state = stage.found.fair.state(need.urn, need.area)
    said = room.choice.names.free(state.words) or "nothing yet"
    return room.choice.names.label(need.urn), area_label(need.area), stage.kind or "all", state_words(state), said


def _apart(room: Room, sheet: Sheet) -> Pack:
    choice, view = room.choice, room.view
    return Pack(
        title=sentence_start(choice.called), kind_words=choice.kind_words, made=room.today,
        figures=view.publication_id, figures_of=view.created.date() if view.created is not None else None, sample=view.sample,
        names_hidden=choice.hide_names, sheets=(sheet,),
    )  # fmt: skip
