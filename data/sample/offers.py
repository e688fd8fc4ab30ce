"""The sample's fourteen offers. What schools say they could give; one was withdrawn when its leader left."""

from __future__ import annotations

from data.sample.planted import PLANTED

_URN = {school.key: str(school.urn) for school in PLANTED}


def _offer(key: str, area: str, kind: str, days: str, slot: str, words: str, state: str = "offered") -> tuple[str, ...]:
    return (_URN[key], area, kind, days, slot, "2026-09-01", "2027-08-31", state, words)


OFFERS: tuple[tuple[str, ...], ...] = (
    _offer(
        "lower_quennet",
        "mathematics",
        "working group",
        "2",
        "2",
        "Leads a working group; days and room from Cattering Park",
    ),
    _offer(
        "nettlecombe_cross",
        "mathematics",
        "working group",
        "2",
        "2",
        "Leads a working group; small school, two days at most",
    ),
    _offer(
        "cattering_park", "mathematics", "coaching", "10", "5", "Days and venue; three classes in each year to visit"
    ),
    _offer("larkhythe", "send", "outreach", "6", "", "Outreach for schools with pupils who have plans"),
    _offer("millbrace", "reading", "visits", "4", "4", "Come and see reading taught to children new to English"),
    _offer("dunholt", "attainment", "coaching", "6", "", "Curriculum leads, one day a week"),
    _offer("dunholt", "english_and_mathematics", "coaching", "3", "3", "Mathematics department"),
    _offer("farrowby", "leadership", "coaching", "4", "4", "Headteacher who has been through it"),
    _offer("chilver_infant_2", "early_reading", "visits", "3", "3", "Phonics lessons to watch"),
    _offer("chilver_infant_3", "early_years", "visits", "3", "3", "Reception class to watch"),
    _offer("chilver_primary_13", "reading", "training", "4", "4", "Reading lead, two afternoons"),
    _offer("pellworth_grammar", "ebacc", "training", "3", "3", "Languages department"),
    _offer("chilver_primary_14", "mathematics", "coaching", "4", "4", "Mathematics lead left in July", "withdrawn"),
    _offer("ravelstone", "attendance", "visits", "3", "3", "Attendance team"),
)
