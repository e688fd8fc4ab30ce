"""The sample's fourteen offers: what schools say they could give. One was withdrawn when the person who led it left."""

from __future__ import annotations

from datetime import date

from data.sample.entered.sown import URN, Cell, Changed, Sown, Step

ASKED, ENDS = date(2026, 7, 3), date(2027, 7, 23)
STARTS = date(2026, 9, 1)
LEFT = date(2026, 7, 20)


def _offer(key: str, area: str, kind: str, days: float, slot: float | None, words: str) -> Sown:
    said: dict[str, Cell] = {
        "giver": "school", "area": area, "kind": kind, "days": days, "starts": STARTS, "ends": ENDS,
        "standing": "offered", "words": words,
    }  # fmt: skip
    return Sown("offer", ASKED, said if slot is None else {**said, "slot": slot}, urn=URN[key], name=f"{key} {area}")


OFFERS: tuple[Step, ...] = (
    _offer("lower_quennet", "mathematics", "network", 2, 2, "Leads a working group; days and room from Cattering Park"),
    _offer("nettlecombe_cross", "mathematics", "network", 2, 2, "Leads a working group; small school, two days at most"),
    _offer("cattering_park", "mathematics", "coaching", 10, 5, "Days and venue; three classes in each year to visit"),
    _offer("larkhythe", "send", "outreach", 6, None, "Outreach for schools with pupils who have plans"),
    _offer("millbrace", "reading", "visits", 4, 4, "Come and see reading taught to children new to English"),
    _offer("dunholt", "attainment", "coaching", 6, None, "Curriculum leads, one day a week"),
    _offer("dunholt", "english_and_mathematics", "coaching", 3, 3, "Mathematics department"),
    _offer("farrowby", "leadership", "coaching", 4, 4, "Headteacher who has been through it"),
    _offer("chilver_infant_2", "early_reading", "visits", 3, 3, "Phonics lessons to watch"),
    _offer("chilver_infant_3", "early_years", "visits", 3, 3, "Reception class to watch"),
    _offer("chilver_primary_13", "reading", "training", 4, 4, "Reading lead, two afternoons"),
    _offer("pellworth_grammar", "ebacc", "training", 3, 3, "Languages department"),
    _offer("chilver_primary_14", "mathematics", "coaching", 4, 4, "Mathematics lead, one day a fortnight"),
    _offer("ravelstone", "attendance", "visits", 3, 3, "Attendance team"),
    Changed(
        "chilver_primary_14 mathematics", LEFT, {"standing": "withdrawn", "reason": "The mathematics lead left in July"}
    ),
)  # fmt: skip
