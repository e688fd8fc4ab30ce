"""What people wrote of an agreement, field by field, and the lines of its log, in words that may be shown now."""

from __future__ import annotations

from collections.abc import Sequence

from data.access.names import HERE, names_of
from data.register import rows
from data.register.declared import REGISTERS
from data.register.rows import Entry, NoSuchEntry
from pages.components import words
from pages.components.measure_words import area_words
from pages.components.names import WITHHELD
from pages.components.support_findings import days_words
from pages.shell.agreed.looking import Looking
from pages.shell.agreed.reading import Ledger

FIELDS = REGISTERS["agreement"].fields
WRITTEN = ("objectives", "milestones", "why", "decided_by", "pause_reason", "outcome", "reviewed", "need_gone")
ALWAYS = ("objectives", "milestones", "why", "decided_by")
NOT_SAID = "not said yet"


def lines(book: Ledger, entry: Entry) -> list[tuple[str, str]]:
    """(label, text): objectives, milestones, why and who decided, said or not; what else there is only where it is said."""
    look, found = book.look, list[tuple[str, str]]()
    for key in WRITTEN:
        said = entry.values[key]
        if said is None and key not in ALWAYS:
            continue
        found.append((FIELDS[key].label, NOT_SAID if said is None else look.free(said) or WITHHELD))
    offer = _offer(book, entry)
    programme = _programme(look, entry)
    return [*found, *([("Offer", offer)] if offer else []), *([("Programme", programme)] if programme else [])]


def log_lines(look: Looking, log: Sequence[Entry]) -> list[tuple[str, str]]:
    """(day, what was done and who entered it), in the order given."""
    accounts = {one.created_by for one in log if one.created_by is not None}
    who: dict[int | None, str] = {None: HERE}
    for number, name in (names_of(look.store, accounts) if accounts else {}).items():
        who[number] = name
    kinds = REGISTERS["log"].fields["what"].choices
    found = []
    for one in log:
        days, what = one.values["days"], str(one.values["what"])
        start = (
            f"{days_words(days)} used."
            if isinstance(days, float) and what == "visit"
            else f"{kinds[what].capitalize()}."
        )
        text = (look.free(one.values["words"]) or WITHHELD) if one.values["words"] else ""
        end = f"Entered by {who.get(one.created_by, HERE)}."
        found.append((words.day(str(one.values["day"])), " ".join(part for part in (start, text, end) if part)))
    return found


def _offer(book: Ledger, entry: Entry) -> str:
    """The offer whose days it uses: "6 days a term for mathematics"."""
    one = _named(book.look, entry.values["offer"])
    if one is None:
        return ""
    days = one.values["days"]
    amount = days_words(days) if isinstance(days, float) else ""
    stands = REGISTERS["offer"].fields["standing"].choices[str(one.values["standing"])]
    return f"{amount} a term for {area_words(str(one.values['area']))}, {stands}"


def _programme(look: Looking, entry: Entry) -> str:
    one = _named(look, entry.values["programme"])
    return "" if one is None else look.free(one.values["name"]) or WITHHELD


def _named(look: Looking, number: object) -> Entry | None:
    if not isinstance(number, int):
        return None
    try:
        return rows.entry(look.scope, look.store, number)
    except NoSuchEntry:
        return None
