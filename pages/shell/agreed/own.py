"""What one school offers and asks for: its offers and stated needs in words, the forms that add one, and its word on them.

A director or an adviser may enter an offer or a need for a school; it waits until the school's head has said that it is so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from data.access import limits
from data.access.scope import Row
from data.catalogue.terms import term_of
from data.register import agreements, group_days, rows
from data.register.declared import REGISTERS
from data.register.rows import Entry
from pages.components import agreed_package, words
from pages.components.agreed_package import OfferRow
from pages.shell import address
from pages.shell.agreed.looking import Looking, book_of
from pages.shell.agreed.reading import Ledger
from pages.shell.door import identity
from pages.shell.entered import register_widgets
from pages.shell.fair import replying

ASKED, TURN = "support_word", "support_turn"
FASTER = "Somebody changed this since you opened the page, so yours was not saved. What stands now is below."
OFFER = ("area", "kind", "days", "slot", "starts", "ends", "words")
NEED = ("area", "size", "words")
# What a head may say next, by where a row stands: the new standing and the button.
NEXT: Mapping[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("offer", "waiting"): (("offered", "Yes, we offer this"),),
    ("offer", "paused"): (("offered", "Offer it again"),),
    ("offer", "withdrawn"): (("offered", "Offer it again"),),
    ("stated_need", "waiting"): (("stated", "Yes, help is welcome"), ("no_longer", "No, not asked for")),
    ("stated_need", "stated"): (("met", "This is met"), ("no_longer", "No longer asked for")),
}


@dataclass(frozen=True, slots=True)
class Word:
    """A button that was clicked: the row as it was drawn, and what it should say next."""

    seen: Entry
    standing: str


def ours(look: Looking) -> bool:
    """Whether the page speaks to the school: its head looks, or who said on the first screen that they lead it."""
    return look.school in look.scope.schools or (look.scope.owner and address.wanted("who") == "head")


def do_asked(look: Looking) -> None:
    """Do what a button of the last run asked for, now that the guard knows who is there."""
    word: Word | None = st.session_state.pop(ASKED, None)
    if word is not None:
        replying.done(lambda: _say(look, word), "Kept.", faster=FASTER)


def offers(book: Ledger) -> list[tuple[Entry, OfferRow]]:
    """The school's offers, those that stand first."""
    term, found = term_of(book.look.today), []
    taken = agreements.taken_everywhere(book.look.store, term.first_day, term.last_day, book.look.today)
    groups = group_days.promised(book.look.store, term.first_day, term.last_day)
    mine = [one for one in book.offer_rows if one.urn == book.look.school]
    for one in sorted(mine, key=lambda row: (row.values["standing"] != "offered", row.entry_id)):
        alone = sum(other.values["area"] == one.values["area"] for other in mine) == 1
        place = one.urn or 0, str(one.values["area"])
        loose = taken.givers.get(place, 0.0) + groups.get(place, 0.0) if alone else 0.0
        found.append((one, _offer(book.look, one, taken.offers.get(one.entry_id, 0.0) + loose)))
    return found


def _offer(look: Looking, one: Entry, promised: float) -> OfferRow:
    said, fields = one.values, REGISTERS["offer"].fields
    days = said["days"]
    return OfferRow(
        one.entry_id, str(said["area"]), fields["kind"].choices[str(said["kind"])], days if isinstance(days, float) else 0.0,
        promised, agreed_package.until(said["ends"]), fields["standing"].choices[str(said["standing"])],
        look.free(said["reason"]), look.free(said["words"]),
    )  # fmt: skip


def needs(look: Looking) -> list[tuple[Entry, str]]:
    """What the school asks help for, in words; what is met or no longer asked for stands last."""
    fields, found = REGISTERS["stated_need"].fields, []
    mine = [one for one in look.entries("stated_need") if one.urn == look.school]
    for one in sorted(mine, key=lambda row: (row.values["standing"] not in ("stated", "waiting"), row.entry_id)):
        said = one.values
        size, standing = fields["size"].choices[str(said["size"])], fields["standing"].choices[str(said["standing"])]
        found.append((one, agreed_package.stated_line(str(said["area"]), size, standing, look.free(said["words"]))))
    return found


def draw_word(look: Looking, one: Entry) -> None:
    """The buttons with which the school's head says where its row stands."""
    for standing, label in (
        NEXT.get((one.register, str(one.values["standing"])), ()) if look.scope.speaks_for(look.school) else ()
    ):
        key = f"say-{standing}-{one.entry_id}"
        st.button(words.md(label), key=key, on_click=_remember, args=(Word(one, standing),))


def draw_add(look: Looking, register: str) -> None:
    """The form with which days are offered, or help is asked for; what was typed stays where it is refused."""
    if not look.scope.reaches(REGISTERS[register].write, Row(urn=look.school)):
        return
    turn = st.session_state.setdefault(TURN, 0)
    book, fields = book_of(look, register), OFFER if register == "offer" else NEED
    place = Row(urn=look.school)
    with st.form(f"own-{register}-{turn}"):
        given: dict[str, Any] = {
            key: register_widgets.widget(book.register.fields[key], None, f"own-{register}-{turn}-{key}", book, place)
            for key in fields
        }
        sent = st.form_submit_button(
            "Offer days" if register == "offer" else "Ask for support", type="primary", key=f"own_{register}_send"
        )
    if sent:
        replying.done(lambda: _add(look, register, given), _added(look, register), then=_next_turn)


def _add(look: Looking, register: str, given: Mapping[str, Any]) -> None:
    """The row, with the school's word where it is the school that speaks."""
    limits.take(look.store, look.scope, "edit", now=identity.now())
    said = {key: value for key, value in given.items() if value is not None}
    said |= {"giver": "school"} if register == "offer" else {}
    if look.scope.speaks_for(look.school):
        said["standing"] = "offered" if register == "offer" else "stated"
    rows.add(look.scope, look.store, register, said, urn=look.school, now=identity.now(), entered=True)


def _added(look: Looking, register: str) -> str:
    if not look.scope.speaks_for(look.school):
        return "Kept. It waits for the school's word: its head is asked here."
    return "Kept: these days are offered." if register == "offer" else "Kept: help is welcome here."


def _next_turn() -> None:
    st.session_state[TURN] += 1


def _say(look: Looking, word: Word) -> None:
    limits.take(look.store, look.scope, "edit", now=identity.now())
    said: dict[str, object] = {"standing": word.standing}
    if word.standing == "offered":
        said["reason"] = None
    rows.change(
        look.scope, look.store, word.seen.entry_id, said, version=word.seen.version, now=identity.now(), entered=True
    )


def _remember(word: Word) -> None:
    st.session_state[ASKED] = word
