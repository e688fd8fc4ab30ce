"""Money: where is it tight? Schools' accounts over the years, the trust's own reserve once, and where money and results disagree."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analytics.results import DomainScore, Finance, Inspection, School, SourceLine, TrustFinance
from analytics.scores import inspected, money_years
from analytics.scores.money_years import QUESTIONS, SchoolMoney
from pages.charts.money_rows import money_rows
from pages.components import cards, money_conflict_words, money_together_words, money_words, words
from pages.components.downloads import csv_button
from pages.components.figures import sentence_start
from pages.components.inspection_words import speaking
from pages.components.money_together_words import KINDS, MEASURES, QUESTION_WORDS
from pages.components.palette import palette
from pages.components.picture import TABLE_WORDS, picture
from pages.components.sources import source_words
from pages.components.tables import html_table, linked
from pages.shell import address, cached, inside, session
from pages.shell.fair import fairness

view = session.guard("money")

CONFLICTS = 12  # schools listed at which money and results disagree
LOST_FIGURE = "The link asks for a figure that is not here. Another is shown."
LOST_QUESTION = "The link asks a question of the accounts that is not one of those here. Every school is shown."
MARKS: dict[str, tuple[tuple[float, str], ...]] = {
    "reserve_pct": ((0.0, "0%"), (5.0, "5%"), (20.0, "20%")), "balance_pct": ((0.0, "0%"),), "staff_pct": (),
}  # fmt: skip


def _questions() -> None:
    """Every question is a link, which keeps what is looked at."""
    address.keep("show", question)
    others = {QUESTION_WORDS[key]: session.link("money", show=key, look=look) for key in QUESTIONS if key != question}
    words.links(others, lead="Show:")


def _trust() -> None:
    """The trust's reserve, said once."""
    if not trust:
        return
    last = max(trust, key=lambda row: row.time_period)
    words.heading("The reserve of the trust as a whole")
    told = (
        f"{sentence_start(money_words.trust_sentence(last))}",
        money_together_words.trust_before(trust),
        money_together_words.trust_question(last),
    )
    words.paragraph(" ".join(part for part in told if part))
    with st.expander("The trust year by year, and download"):
        table = money_together_words.trust_table(trust)
        html_table(table, "The trust year by year", numeric=tuple(table.columns[1:]))
        csv_button(table, "The trust year by year", key="trust")


def _kind(kind: str, schools: Sequence[SchoolMoney]) -> None:
    """The picture of the schools whose years are of one kind."""
    mine = money_together_words.of_kind(schools, kind)
    if not mine:
        return
    words.heading(KINDS[kind])
    now = money_years.newest(mine)
    shown = money_together_words.ordered(mine if question == "all" else now, question, label)
    if not shown:
        known = any(money_years.answers(school, question) is not None for school in now)
        words.paragraph(money_together_words.NONE if known else money_together_words.SILENT)
        return
    drawn = shown if len(shown) <= money_together_words.DRAWN else ()
    looked_up = question not in ("all", "deficits")
    table = money_together_words.table(shown, label, every_year=False)
    if not drawn:
        words.bullets(money_together_words.counts(now))
        words.paragraph(money_together_words.TOO_MANY, quiet=True)
        with st.expander(TABLE_WORDS):
            html_table(table, f"Accounts, {KINDS[kind]}", numeric=money_together_words.NUMBERS)
            csv_button(table, f"Accounts, {KINDS[kind]}", key=f"money-{kind}")
        return
    reading = money_together_words.LOOK_UP if looked_up else money_together_words.READING
    words.paragraph(f"{reading} {money_together_words.OPENS}", quiet=True)
    rows = [money_together_words.row(school, look, cards.short_name(label(school.urn))) for school in drawn]
    picture(
        money_rows(rows, palette(), marks=MARKS[look]), money_together_words.alternative(shown, look), _linked(table, shown), key=f"money-{kind}",
        caption=f"Accounts, {KINDS[kind]}", numeric=money_together_words.NUMBERS,
    )  # fmt: skip


def _linked(table: pd.DataFrame, of: Sequence[SchoolMoney]) -> pd.DataFrame:
    """Each school of the table, which stands by name, leads to its page."""
    order = sorted((label(school.urn), school.urn) for school in of)
    return linked(table, "School", [session.link("my_school", school=urn) for _, urn in order])


def _every_year() -> None:
    """Every school and year: as a table where it can be read, always as a file."""
    every = money_together_words.table(schools, label, every_year=True)
    with st.expander("Every school and year, and download"):
        if len(schools) <= money_together_words.DRAWN:
            html_table(every, "Accounts, every school and year", numeric=money_together_words.NUMBERS)
        csv_button(every, "Accounts, every school and year", key="money-every")


def _conflicts(schools: Sequence[SchoolMoney]) -> None:
    """Two answers that disagree, side by side; of schools of which what is derived may be told."""
    told = fairness.of(view, choice.partnership.uid, choice.members)
    outcomes = cached.rows(view.publication_id, DomainScore, urn=choice.members & told.named, domain="outcomes")
    found = money_years.conflicts(money_years.newest(schools), outcomes)
    if not found:
        return
    words.heading(money_conflict_words.conflict_heading(len(found)))
    words.paragraph(money_conflict_words.CONFLICT)
    ordered = sorted(found, key=lambda pair: (label(pair[0].urn), pair[0].urn))
    every = inspected.on_day(cached.rows(view.publication_id, Inspection, urn=choice.members), fairness.now().date())
    for school, row in ordered[:CONFLICTS]:
        visit = speaking([one for one in every if one.urn == school.urn])
        words.paragraph(
            " ".join(money_conflict_words.conflict_lines(school, row.tier, visit)), bold=f"{label(school.urn)}."
        )
        session.go("my_school", f"Open {label(school.urn)}", school=school.urn)
    if len(ordered) > CONFLICTS:
        words.paragraph(
            f"{words.count(len(ordered) - CONFLICTS, 'more school')}: look at a smaller partnership.", quiet=True
        )
    if not choice.hide_names:
        fairness.remember_opened(view, "money", *(school.urn for school, _ in ordered[:CONFLICTS]))


choice = session.chosen(view, phase=False, year=False)
label = choice.names.label
schools = money_years.school_money(cached.rows(view.publication_id, Finance, urn=choice.members))
usual = money_together_words.first_published(schools)
look = address.picker(
    st.columns([2, 3])[0], "look", "Look at", tuple(MEASURES),
    address.settle("look", tuple(MEASURES), usual, money_together_words.looked, LOST_FIGURE), lambda key: MEASURES[key],
)  # fmt: skip
question = address.settle("show", QUESTIONS, "all", money_years.question, LOST_QUESTION)
trust = cached.rows(view.publication_id, TrustFinance, uid=choice.partnership.uid)
words.finding(
    money_together_words.finding(
        money_years.newest(schools), question, max(trust, key=lambda row: row.time_period, default=None)
    )
)
words.paragraph(
    " ".join(
        part
        for part in (
            money_together_words.line(schools, len(choice.members)),
            money_together_words.older(len(schools) - len(money_years.newest(schools))),
        )
        if part
    ),
    quiet=True,
)
inside.line("money", inside.MONEY)
if schools:
    _questions()
    _trust()
    kinds = [kind for kind in KINDS if money_together_words.of_kind(schools, kind)]
    for note in ((money_together_words.SHARE_NOTE,) if any(one.of_trust for one in schools) else ()) + (
        (money_together_words.APART_NOTE,) if len(kinds) > 1 else ()
    ):
        words.paragraph(note)
    for kind in kinds:
        _kind(kind, schools)
    _every_year()
    _conflicts(schools)
else:
    words.paragraph(money_together_words.NO_ACCOUNTS)
    session.go("data_page", "See which files are here, and where to get the others")
federated = [
    school
    for school in cached.rows(view.publication_id, School, urn=choice.members - {one.urn for one in schools})
    if school.federation_uid
]
if note := money_together_words.silent(sorted(label(school.urn) for school in federated)):
    words.paragraph(note)
words.caveat(
    "what schools and their trust reported of money received, spent and kept, year by year.",
    "whether money is well spent, what is planned, or this year. A small reserve may be a good plan.",
)
lines = cached.rows(view.publication_id, SourceLine)
words.source_line(source_words(lines, "accounts"), created=view.created, sample=view.sample)
session.go("money_spend", "Next: results beside spending")
session.go("support", "Next: see where support could go")
