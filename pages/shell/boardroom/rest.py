"""What a pack says last: what is not known, what boards asked before, and the appendix of methods, measures and sources."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analytics.board import people
from analytics.results import Inspection
from data.register import boards
from data.register.rows import Entry
from data.sources import SOURCES
from data.store.engine import engine
from pages.components import board_topics, board_words, together_words
from pages.components.figures import number_words, sentence_start
from pages.components.findings import phase_word
from pages.components.sources import WORDS
from pages.components.words import day, listing, year
from pages.reports.sheets import Sheet
from pages.shell import cached
from pages.shell.boardroom.discussing import unknown
from pages.shell.boardroom.reading import Room
from pages.shell.boardroom.results import FEW, few, mean_table

NOT_ANSWERED = "not answered yet"
UNSAID = "Questions and answers are not shown while school names are hidden: they may name one."
METHODS = (
    "Expected: what a school's intake leads one to expect, learnt from all schools of its phase with the school itself left out.",
    "Lasting difference: three years together, chance allowed for. Above, below and the two tiers are told only where they are probable.",
    "Need and strength: told for an area where the lasting difference is clear, or an inspection or accounts say so. A need is a question.",
    "Missing and withheld figures are left out and counted. Nothing is filled in; nothing is added up into one mark.",
    "Every constant and its source stands on How it works.",
)


def unknown_sheet(room: Room) -> Sheet:
    """What published figures cannot say, in the same size as what they can."""
    rest, (none, alone) = unknown(room), _in_no_phase(room)
    looked = people.inspected(cached.rows(room.view.publication_id, Inspection, urn=room.urns), room.urns, room.today)
    lines = [board_topics.inspected_line(looked), *board_words.UNKNOWN_LINES[1:]]
    if rest:
        one = sum(number for number, _ in rest) == 1
        lines.append(
            f"How {board_words.by_kind(rest)} {'is' if one else 'are'} doing: no results, or too few pupils to say."
        )
    if none:
        lines.append(f"Results of {none}: none are published for {'it' if alone else 'them'} that could be compared.")
    title = "Published figures say nothing of safeguarding today, of culture, or of this term"
    return Sheet(
        key="unknown", title=title, lines=tuple(lines[:5]), source=room.source("ofsted"),
        notes=("Not knowing is no bad sign. Each of these lines is a question that somebody in the room may be able to answer.",),
    )  # fmt: skip


def _in_no_phase(room: Room) -> tuple[str, bool]:
    """ "two special schools and one infant school": members outside every phase looked at; and whether it is one school."""
    inside = {urn for stage in room.stages for urn in stage.found.urns}
    kinds: dict[str, int] = {}
    for school in room.schools:
        if school.urn not in inside:
            kind = school.kind_of_page.replace("sixteen_plus", "post-16").replace("all_through", "all-through").replace(
                "_", " "
            ) or phase_word(school.phase or "")
            kinds[kind] = kinds.get(kind, 0) + 1
    return listing(board_words.schools(number, kind) for kind, number in sorted(kinds.items())), sum(
        kinds.values()
    ) == 1


def earlier(room: Room) -> Sheet | None:
    """What boards asked before and what was answered, the last first; None where nothing was asked."""
    found = boards.questions(room.view.scope, engine(room.view.place), room.choice.partnership.uid)
    if not found:
        return None
    table = question_table(room, found)
    open_ = sum(one.values["answer"] is None for one in found)
    title = (
        f"{sentence_start(board_words.number_words(len(found)))} earlier {'question' if len(found) == 1 else 'questions'}, "
        + ("all answered" if not open_ else f"{board_words.number_words(open_)} not answered yet")
    )
    return Sheet(
        key="earlier", title=title, lines=(UNSAID,) if room.choice.names.hide else (), source="What people entered here.", part="appendix", table=table,
        notes=("Questions and answers stand as they were entered on Earlier questions and answers.",),
    )  # fmt: skip


def question_table(room: Room, found: tuple[Entry, ...]) -> pd.DataFrame:
    """Of words that people wrote only the days, while school names are hidden: they may name one (`UNSAID`)."""
    free = room.choice.names.free
    table = pd.DataFrame(
        [
            {
                "Question": free(one.values["question"]), "Asked on": _day(one.values["asked_on"]), "By": free(one.values["board"]) or "not said",
                "Answer": free(one.values["answer"]) or NOT_ANSWERED, "Answered on": _day(one.values["answered_on"]),
            }
            for one in found
        ]
    )  # fmt: skip
    return table[["Asked on", "Answered on"]] if room.choice.names.hide and found else table


def presented_table(room: Room, found: tuple[Entry, ...]) -> pd.DataFrame:
    """Packs that were presented; whose board it was is withheld while school names are hidden: it may name one."""
    return pd.DataFrame(
        [
            {
                "Presented on": _day(one.values["presented_on"]),
                "To": room.choice.names.free(one.values["board"]) or "not said",
                "With figures of": _day(one.values["figures_of"]),
            }
            for one in found
        ]
    )


def _day(value: object) -> str:
    return day(value) if isinstance(value, date) else ""


def appendix(room: Room) -> tuple[Sheet, ...]:
    """How it was made, every measure of every phase, every file."""
    methods = Sheet("methods", "How these figures were made", METHODS, "How it works.", part="appendix")
    return (methods, *_measures(room), _sources(room))


def _measures(room: Room) -> list[Sheet]:
    found = []
    for stage in room.stages:
        if not stage.by_pupils:
            continue
        table = mean_table([(stage, one) for one in stage.by_pupils])
        told = [one for one in stage.by_pupils if not few(one)]
        heading = together_words.together_heading(told) if told else FEW
        title = f"Every measure, {stage.schools_words}: {heading[:1].lower()}{heading[1:]}" if stage.kind else f"Every measure: {heading[:1].lower()}{heading[1:]}"  # fmt: skip
        found.append(
            Sheet(f"measures_{stage.phase}", title, (), room.source(stages=[stage]), part="appendix", table=table)
        )
    return found


def _sources(room: Room) -> Sheet:
    rows = {
        (_published(line.source), year(line.time_period) if line.time_period else _day(line.as_at) or "as at its date", line.release)
        for line in room.lines
    }  # fmt: skip
    newest = pd.DataFrame(list({row[0]: row for row in sorted(rows)}.values()), columns=["Published", "Year or date", "Release"])  # fmt: skip
    files = f"{number_words(len(room.lines))} published {'file' if len(room.lines) == 1 else 'files'}"
    title = f"{sentence_start(files)} behind these figures; the newest of each kind"
    return Sheet("sources", title, (), "The page Data lists every file, with its rows read and kept.", part="appendix", table=newest)  # fmt: skip


def _published(source: str) -> str:
    """A source as people know it: by the short words of source lines, else by its own title."""
    short = WORDS.get(source) or WORDS.get(source.split("_", 1)[0])
    return short or next((one.title for one in SOURCES if one.key == source), source.replace("_", " "))
