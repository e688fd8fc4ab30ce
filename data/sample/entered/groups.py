"""The working group of Chilver Vale that has met twice, early reading. One for mathematics is what the figures suggest."""

from __future__ import annotations

from datetime import date

from data.sample.entered.sown import CHILVER_VALE, URN, Cell, Named, Sown

EARLY_READING = "early reading group"


def _group(known_as: str, on: date, **said: Cell) -> Sown:
    return Sown("working_group", on, said, uid=CHILVER_VALE, name=known_as)


def _school(name: str, on: date, key: str, role: str, says: str, days: float | None = None) -> Sown:
    said: dict[str, Cell | Named] = {"working_group": Named(name), "role": role, "says": says}
    whole = said if days is None else {**said, "days": days}
    return Sown("group_school", on, whole, uid=CHILVER_VALE, urn=URN[key])


def _meeting(name: str, on: date, key: str, **said: Cell) -> Sown:
    return Sown("group_meeting", on, {"working_group": Named(name), "day": on, **said}, uid=CHILVER_VALE, urn=URN[key])


GROUPS: tuple[Sown, ...] = (
    _group(
        EARLY_READING, date(2026, 6, 15), name="Early reading in our infant schools", area="early_reading",
        purpose="Phonics taught in the same order in all our infant schools, so that pupils who move do not begin again.",
        starts=date(2026, 9, 14), ends=date(2027, 7, 16), venue="Swanholt Infant School", state="running",
    ),
    _school(EARLY_READING, date(2026, 6, 22), "chilver_infant_2", "leads", "yes", 3),
    _school(EARLY_READING, date(2026, 6, 22), "swanholt_infant", "hosts", "yes"),
    _school(EARLY_READING, date(2026, 6, 23), "chilver_infant_3", "joins", "yes"),
    _school(EARLY_READING, date(2026, 6, 23), "lower_quennet", "joins", "yes"),
    _meeting(
        EARLY_READING, date(2026, 9, 23), "swanholt_infant", venue="Swanholt Infant School", trained=14,
        who="Reception and Year 1 teachers of four schools", words="One order of sounds agreed; what is checked each half-term.",
        materials="https://chilvervale.example/early-reading/order-of-sounds",
    ),
    _meeting(
        EARLY_READING, date(2026, 11, 11), "swanholt_infant", venue="Swanholt Infant School", trained=9,
        who="Teaching assistants of three schools", words="Practice with small groups; next time: pupils who join in the year.",
        materials="https://chilvervale.example/early-reading/small-groups",
    ),
)  # fmt: skip
