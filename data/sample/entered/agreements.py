"""Agreed support in Chilver Vale, with its log: two agreements run, one is paused for a change of head, two have ended, one is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from data.sample.entered.sown import CHILVER_VALE, URN, Cell, Changed, Named, Sown, Step

YES: Mapping[str, Cell] = {"giver_says": "yes", "receiver_says": "yes"}


def _agreement(name: str, giver: str, receiver: str, asked: date, **said: Cell | Named) -> Sown:
    """Both sides were asked on the day; what they said comes later."""
    whole = {"state": "open", "giver_says": "waiting", "receiver_says": "waiting", **said}
    return Sown("agreement", asked, whole, uid=CHILVER_VALE, urn=URN[giver], other_urn=URN[receiver], name=name)


def _agreed(name: str, giver: date, receiver: date) -> tuple[Changed, Changed]:
    """The supporting school says yes first."""
    return Changed(name, giver, {"giver_says": "yes"}), Changed(name, receiver, {"receiver_says": "yes"})


def _log(
    name: str, giver: str, receiver: str, lines: Iterable[tuple[date, str, float | None, str]]
) -> tuple[Sown, ...]:
    """Lines of the log, each entered on its day: day, what, days used, words."""
    found = []
    for day, what, days, words in lines:
        said: dict[str, Cell | Named] = {"agreement": Named(name), "day": day, "what": what, "words": words}
        whole = said if days is None else {**said, "days": days}
        found.append(Sown("log", day, whole, uid=CHILVER_VALE, urn=URN[giver], other_urn=URN[receiver]))
    return tuple(found)


READING: tuple[Step, ...] = (
    _agreement(
        "reading at a junior school", "chilver_primary_13", "chilver_junior_2", date(2026, 9, 30),
        area="reading", kind="training", starts=date(2026, 10, 5), ends=date(2027, 7, 16), days=4,
        objectives="Every class reads a whole book each half-term; teachers ask about what was read in the same way.",
        milestones="December: plans of all four years seen. April: two lessons in each class watched by our own lead.",
        decided_by="Director of school improvement, with both heads",
        why="The school agreed to the question about reading; the reading lead has run such training for three years.",
        offer=Named("chilver_primary_13 reading"),
    ),
    *_agreed("reading at a junior school", date(2026, 10, 1), date(2026, 10, 2)),
    *_log("reading at a junior school", "chilver_primary_13", "chilver_junior_2", (
        (date(2026, 10, 7), "visit", 1, "Looked at plans with the reading lead; sat in three lessons."),
        (date(2026, 10, 21), "visit", 1, "First afternoon with all teachers: questions about a text."),
        (date(2026, 11, 4), "note", None, "Teachers ask for more texts for pupils new to English."),
        (date(2026, 11, 18), "visit", 0.5, "Second look at lessons, by video."),
    )),
)  # fmt: skip
SEND: tuple[Step, ...] = (
    _agreement(
        "outreach for a primary", "larkhythe", "great_quennet", date(2026, 10, 6),
        area="send", kind="outreach", starts=date(2026, 10, 12), ends=date(2027, 3, 26), days=6,
        objectives="Class teachers of pupils with plans can adapt a week's work without the coordinator.",
        milestones="End of November: every pupil with a plan has a week adapted. March: reviews led by class teachers.",
        decided_by="Both heads",
        why="The school stated the need itself; Larkhythe has outreach days and is 20 minutes away.",
        offer=Named("larkhythe send"),
    ),
    *_agreed("outreach for a primary", date(2026, 10, 7), date(2026, 10, 8)),
    *_log("outreach for a primary", "larkhythe", "great_quennet", (
        (date(2026, 10, 14), "visit", 2, "Two days in classes with the coordinator."),
        (date(2026, 11, 5), "visit", 1.5, "Planning with the teachers of Years 1 and 4."),
        (date(2026, 11, 13), "milestone", None, "A week's work is adapted for every pupil with a plan."),
    )),
)  # fmt: skip
LEADERSHIP: tuple[Step, ...] = (
    _agreement(
        "a head beside a head", "farrowby", "chilver_secondary_4", date(2026, 4, 13),
        area="leadership", kind="coaching", starts=date(2026, 4, 20), ends=date(2027, 3, 26), days=4,
        objectives="Governors see each term what the school said it would do, and whether it was done.",
        milestones="July: one plan on two pages. December: governors visit twice with a question each.",
        decided_by="Trust board, 26 March 2026",
        why="The head of Farrowby has led a school out of the same judgement.",
    ),
    *_agreed("a head beside a head", date(2026, 4, 14), date(2026, 4, 16)),
    *_log("a head beside a head", "farrowby", "chilver_secondary_4", (
        (date(2026, 5, 6), "visit", 2, "A day at each school; reading of plans and minutes."),
        (date(2026, 6, 17), "visit", 1, "Governors and head together on the plan."),
        (date(2026, 7, 8), "milestone", None, "The plan stands on two pages."),
    )),
    Changed("a head beside a head", date(2026, 7, 6), {"offer": Named("farrowby leadership")}),
    *_agreed("a head beside a head", date(2026, 7, 7), date(2026, 7, 8)),  # for other days ask both again
    Changed("a head beside a head", date(2026, 9, 7), {
        "state": "paused",
        "pause_reason": "The school has a new head since 1 September; the two heads meet in January before it goes on.",
    }),
)  # fmt: skip
# Ended as planned, two years of results ago.
ENGLISH: tuple[Step, ...] = (
    _agreement(
        "English and mathematics at key stage 4", "dunholt", "chilver_secondary_5", date(2024, 9, 4),
        area="english_and_mathematics", kind="coaching", starts=date(2024, 9, 16), ends=date(2025, 7, 11), days=3,
        objectives="Both departments plan Year 10 and 11 together and mark the same papers.",
        milestones="December: one mock paper marked together.",
        decided_by="Director of school improvement", why="Both departments asked for it after the results of 2024.",
    ),
    *_agreed("English and mathematics at key stage 4", date(2024, 9, 5), date(2024, 9, 6)),
    *_log("English and mathematics at key stage 4", "dunholt", "chilver_secondary_5", (
        (date(2024, 10, 9), "visit", 1.5, "Plans of Year 11 side by side."),
        (date(2024, 11, 27), "visit", 1.5, "A mock paper marked together."),
        (date(2024, 12, 11), "milestone", None, "Marks of the two departments differ by less than two in a hundred."),
        (date(2025, 2, 5), "visit", 2, "Lessons of Year 11 watched both ways."),
        (date(2025, 3, 19), "visit", 1, "What to revise, from the papers."),
        (date(2025, 5, 14), "visit", 2, "Plans of Year 10 for next year."),
    )),
    Changed("English and mathematics at key stage 4", date(2025, 7, 11), {
        "state": "ended", "ended_on": date(2025, 7, 11),
        "outcome": "Eight of nine days used. The departments go on planning together by themselves; marking is shared twice a year.",
    }),
)  # fmt: skip
# Ended early: the person who gave it left, which is why the offer was withdrawn, too.
FLUENCY: tuple[Step, ...] = (
    _agreement(
        "fluency in mathematics", "chilver_primary_14", "winterfold", date(2026, 1, 7),
        area="mathematics", kind="coaching", starts=date(2026, 1, 12), ends=date(2026, 12, 18), days=4,
        objectives="Ten minutes of fluency a day in every class.", milestones="July: in every class of key stage 2.",
        decided_by="Both heads", why="The school asked for it; its neighbour's lead had done the same the year before.",
    ),
    *_agreed("fluency in mathematics", date(2026, 1, 8), date(2026, 1, 9)),
    *_log("fluency in mathematics", "chilver_primary_14", "winterfold", (
        (date(2026, 1, 28), "visit", 2, "A start with Years 3 and 4."),
        (date(2026, 3, 11), "visit", 1.5, "Years 5 and 6."),
        (date(2026, 6, 10), "visit", 2, "All classes seen."),
    )),
    Changed("fluency in mathematics", date(2026, 7, 17), {
        "state": "ended", "ended_on": date(2026, 7, 17),
        "outcome": "Ended a term early, for the mathematics lead left. It runs in every class; nobody follows it up yet.",
    }),
)  # fmt: skip
ATTENDANCE: tuple[Step, ...] = (
    _agreement(
        "attendance at a primary", "great_quennet", "winterfold", date(2026, 11, 16),
        area="attendance", kind="visits", starts=date(2027, 1, 11), ends=date(2027, 7, 16), days=2,
        objectives="Families with many absences know one person in school and hear from them in the first week.",
        decided_by="Director of school improvement",
        why="Winterfold agreed to the question about attendance; Great Quennet's attendance is clearly above what its intake "
        "leads one to expect.",
    ),
)  # fmt: skip

AGREEMENTS: tuple[Step, ...] = (*READING, *SEND, *LEADERSHIP, *ENGLISH, *FLUENCY, *ATTENDANCE)
