"""What heads read of working groups: their own, who said yes, and the meetings once they said yes themselves."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine

from data.register import groups, rows
from data.register.rows import Entry
from tests.store.register_people import (
    ASH,
    DIRECTOR,
    ELM,
    ELM_HEAD,
    FAR,
    FAR_HEAD,
    NOW,
    OAK,
    OAK_HEAD,
    OURS,
    STRANGER,
    THEIRS,
)


def group(store: Engine, *urns: int) -> Entry:
    values = {"name": "Sums", "area": "mathematics", "state": "running"}
    made = rows.add(DIRECTOR, store, "working_group", values, uid=OURS, now=NOW)
    for urn in urns:
        school = {"working_group": made.entry_id, "role": "joins"}
        rows.add(DIRECTOR, store, "group_school", school, uid=OURS, urn=urn, now=NOW)
    meeting = {"working_group": made.entry_id, "day": date(2026, 11, 3), "words": "Fractions."}
    rows.add(DIRECTOR, store, "group_meeting", meeting, uid=OURS, now=NOW)
    return made


def says(store: Engine, scope: object, urn: int, word: str) -> None:
    (own,) = rows.entries(scope, store, "group_school", urn=urn)  # type: ignore[arg-type]
    rows.change(scope, store, own.entry_id, {"says": word}, version=own.version, now=NOW)  # type: ignore[arg-type]


def test_a_school_that_is_asked_reads_who_said_yes_and_no_meeting(store: Engine) -> None:
    group(store, ELM, OAK, ASH)
    says(store, OAK_HEAD, OAK, "yes")
    (asked,) = groups.of_heads(ELM_HEAD, store, {ELM})
    assert ({one.urn for one in asked.schools}, asked.unnamed, asked.meetings) == ({ELM, OAK}, 1, ())
    (joined,) = groups.of_heads(OAK_HEAD, store, {OAK})
    assert ({one.urn for one in joined.schools}, joined.unnamed, len(joined.meetings)) == ({OAK}, 2, 1)


def test_declined_not_led_or_elsewhere_is_not_there(store: Engine) -> None:
    group(store, ELM)
    rows.add(
        STRANGER, store, "working_group", {"name": "Far", "area": "reading", "state": "planned"}, uid=THEIRS, now=NOW
    )
    assert groups.of_heads(OAK_HEAD, store, {OAK}) == ()
    assert groups.of_heads(OAK_HEAD, store, {ELM}) == ()
    assert groups.of_heads(FAR_HEAD, store, {FAR}) == ()
    says(store, ELM_HEAD, ELM, "declined")
    assert groups.of_heads(ELM_HEAD, store, {ELM}) == ()
