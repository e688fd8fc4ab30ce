"""The sheets about what schools work with: money, people, support agreed and used."""

from __future__ import annotations

import pandas as pd

from analytics.board import money, people
from analytics.board.money import Accounts
from analytics.board.people import Spread
from analytics.results import TrustFinance
from analytics.support import ledger
from data.access.scope import Row
from data.catalogue.terms import term_of
from data.register.declared import REGISTERS
from pages.components import agreed_words, programme_words
from pages.components import board_money as about
from pages.components import board_topics as said
from pages.components.board_words import schools
from pages.components.figures import money as pounds
from pages.components.figures import sentence_start, share
from pages.components.words import listing, year
from pages.reports.sheets import Bars, Lines, Question, Sheet
from pages.shell import cached
from pages.shell.agreed.looking import Looking
from pages.shell.agreed.promised import promises
from pages.shell.agreed.reading import ledger_of
from pages.shell.boardroom.reading import Room
from pages.shell.programmes import looking as programmes_looked
from pages.shell.programmes import reading as programmes_reading

TEACHERS = "workforce_pupil_teacher_ratio"
NO_TEACHERS = "How many pupils there are for each teacher is not in the files."
GOOD_MONEY = "What it was spent on, what was decided, and when the accounts will show it."


def _trust(room: Room) -> tuple[TrustFinance, ...]:
    """The accounts of the trust, where the partnership is one: none for a list of one's own or an authority."""
    return cached.rows(room.view.publication_id, TrustFinance, uid=room.choice.partnership.uid)


def _accounts(room: Room) -> Accounts | None:
    return cached.worked_out(room.view.publication_id, money.published, room.urns)


def money_sheet(room: Room) -> Sheet:
    """The trust's reserve over the years, or how many schools have small ones; balances counted, never set beside results."""
    trust, found = _trust(room), _accounts(room)
    shares = {row.time_period: row.reserve_pct for row in sorted(trust, key=lambda row: row.time_period)}
    whole = any(part is not None for part in shares.values())
    bars = about.bars(found)
    picture = Lines({"The trust's reserve": shares}, "%") if whole else Bars(bars, "schools") if bars else None
    lines = (*about.trust_lines(trust), *about.accounts_lines(found, whole_trust=whole))
    return Sheet(
        key="money", title=about.trust_title(trust) if whole else about.money_title(found), lines=lines[:5],
        source=room.source("cfr", "aar", coverage=about.coverage(found)), picture=picture,
        notes=(
            "Reserve: what is left over from all years, as the accounts give it. Under 5% is a round mark to count by, no rule.",
            "Academies' years run to August, maintained schools' to March. A trust's reserve is the trust's, whichever school it is recorded under.",
            "From: academies accounts returns and consistent financial reporting; My school and Money have each school.",
        ),
        picture_title="The trust's reserve, % of income" if whole else "Schools by their accounts" if picture else "",
        alt=_money_alt(picture), table=_money_table(trust, found),
    )  # fmt: skip


def _money_alt(picture: Lines | Bars | None) -> str:
    if isinstance(picture, Lines):
        told = [f"{part:.1f}% in {year(period)}" for period, part in picture.series["The trust's reserve"].items() if part is not None]  # fmt: skip
        return f"A line over the years: the trust's reserve was {listing(told)} of income."
    if isinstance(picture, Bars):
        return f"Bars: {'; '.join(f'{label} {number:.0f}' for label, number in picture.values.items() if number is not None)} schools."  # fmt: skip
    return ""


def _money_table(trust: tuple[TrustFinance, ...], found: Accounts | None) -> pd.DataFrame | None:
    rows = [
        {"Year": year(row.time_period), "Income": pounds(row.income), "Reserve": pounds(row.reserve),
         "Reserve, % of income": share(row.reserve_pct, 1), "Balance of the year": pounds(row.balance)}
        for row in sorted(trust, key=lambda row: row.time_period)
    ]  # fmt: skip
    if rows:
        return pd.DataFrame(rows)
    if found is None:
        return None
    return pd.DataFrame(about.counts(found), columns=["Whose accounts", "What", "Schools"])


def money_questions(room: Room) -> tuple[Question, ...]:
    """What the accounts ask, only where they do."""
    trust, found = _trust(room), _accounts(room)
    last = max(trust, key=lambda row: row.time_period) if trust else None
    if last is not None and last.balance is not None and last.balance < 0:
        why = next(line for line in about.trust_lines(trust) if "spent more than it received by" in line)
        return (Question("Why did the trust spend more than it received, and what is planned?", why, GOOD_MONEY),)
    if not trust and found is not None and found.overspent:
        return (
            Question(
                "Why was more spent than received, and what is planned?",
                about.balance_line(found), GOOD_MONEY,
            ),
        )  # fmt: skip
    return ()


def people_sheet(room: Room) -> Sheet:
    """Pupils on roll and pupils for each teacher: where our schools lie, never whether that is good."""
    rolls, middles = people.rolls(room.schools), _middles(room)
    lines = [said.spread_line(sentence_start(f"our {words}"), ours, every) for words, ours, every in middles]
    if not any(every for _, _, every in middles):
        lines = [NO_TEACHERS]
    each = [
        (whose, one)
        for words, ours, every in middles if ours is not None
        for whose, one in ((f"Our {words}", ours), (f"All {words} here", every)) if one is not None
    ]  # fmt: skip
    bars = {whose: round(one.middle, 1) for whose, one in each}
    rows = [
        (whose, said.one_place(one.middle), f"{said.one_place(one.low)} to {said.one_place(one.high)}", one.schools, year(one.time_period))
        for whose, one in each
    ]  # fmt: skip
    told = "; ".join(f"{label} {value:.1f}" for label, value in bars.items())
    coverage = f"{sentence_start(schools(rolls.counted))} with pupils on roll, {about.some(rolls.schools - rolls.counted)} without."
    return Sheet(
        key="people", title=said.people_title(rolls), lines=(*lines[:3], *said.rolls_lines(rolls)),
        source=room.source("census", "swf", coverage=coverage), picture=Bars(bars, "pupils") if bars else None,
        notes=(
            "Pupils for each teacher: pupils by teachers counted as full-time. More is neither good nor bad: it costs less and asks more of each.",
            "Who left, who is ill and which posts are open is not in published figures.",
            "From: school census and workforce tables.",
        ),
        picture_title="Pupils for each teacher in the middle school" if bars else "", alt=f"Bars: {told}." if bars else "",
        table=pd.DataFrame(rows, columns=["Whose", "Middle school", "Middle half", "Schools", "Year"]) if rows else None,
    )  # fmt: skip


def _middles(room: Room) -> list[tuple[str, Spread | None, Spread | None]]:
    """By phase: how many pupils there are for each teacher in ours, and in all such schools of these figures."""
    publication = room.view.publication_id
    return [
        (
            stage.schools_words, cached.worked_out(publication, people.spread_of, stage.found.urns, TEACHERS),
            cached.worked_out(publication, people.spread_of_phase, stage.phase, TEACHERS),
        )
        for stage in room.stages
    ]  # fmt: skip


def support_sheet(room: Room) -> Sheet:
    """What was agreed and used, for who may read it; and whether programmes helped."""
    told, sizes = _programmes(room)
    source = "What people entered here, and published results for programmes."
    notes = (
        "Days are counted by the term: September to December, January to March, April to August.",
        "Whether support helped is asked of whole programmes, never of one school. From: Agreed support and Did it help?",
        *sizes,
    )
    if not room.view.scope.reaches(REGISTERS["agreement"].read, Row(room.choice.partnership.uid)):
        return Sheet("support", told[0].rstrip("."), told[1:], source, notes)
    look = Looking(
        room.view, room.choice.names, room.choice.partnership.uid, room.choice.called, room.choice.kind_words,
        room.urns, None, room.today,
    )  # fmt: skip
    book = ledger_of(look)
    rows = [book.row(one) for one in book.entries]
    term = term_of(room.today)
    lines = ledger.loads(book.offers, book.agreed, book.used, (term,), promises=promises(book, (term,)))
    parts = ("offered", "agreed", "elsewhere", "used")
    offered, agreed, elsewhere, used = (sum(getattr(one, part) for one in lines) for part in parts)
    bars = {"Offered": offered, "Agreed here": agreed, "Agreed elsewhere": elsewhere, "Used here so far": used}
    bars = {label: days for label, days in bars.items() if days or label != "Agreed elsewhere"}
    none = f"No days were offered or agreed in {term.words[:1].lower()}{term.words[1:]}."
    text = said.days_line(term.words, offered, agreed, elsewhere=elsewhere, used=used)
    table = pd.DataFrame([(term.words, *bars.values())], columns=["Term", *bars])
    return Sheet(
        "support", agreed_words.finding(rows), (text if lines else none, *told), source, notes,
        picture=Bars(bars, "days") if lines else None, picture_title=f"Days of support, {term.words}" if lines else "",
        alt=f"Bars: {text}" if lines else "", table=table if lines else None,
    )  # fmt: skip


def _programmes(room: Room) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Whether programmes helped, in a sentence, then each by name while names are shown; and how large an effect would show."""
    found = programmes_reading.programmes(room.view, room.choice.partnership.uid)
    every = programmes_looked.evaluations(room.view, found, room.urns)
    looked = [(one, was.effect if (was := every[one.number]) else None) for one in found]
    shown = [(one, effect) for one, effect in looked if room.choice.names.free(one.name) == one.name][:3]
    whole = programme_words.overview([effect.answer if effect else None for _, effect in looked])
    return (
        (f"{whole}.", *(said.programme_line(one.name, effect) for one, effect in shown)),
        tuple(f"{one.name}: {effect.detectable_words}" for one, effect in shown if effect and effect.detectable_words),
    )
