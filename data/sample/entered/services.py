"""What the schools of Chilver Vale are given, share and buy. Six energy contracts end on 31 March 2027."""

from __future__ import annotations

from datetime import date

from data.sample.entered.sown import CHILVER_VALE, URN, Cell, Sown

KEPT = date(2026, 6, 22)
ENERGY_ENDS = date(2027, 3, 31)
_ENERGY = {  # pounds a year
    "cattering_park": 61_400, "oxleigh_road": 44_800, "hollinshaw_hill": 43_200, "tolverton_junior": 39_600,
    "thornwell": 188_500, "dunholt": 171_300,
}  # fmt: skip


def _service(name: str, sort: str, key: str = "", **said: Cell) -> Sown:
    urn = URN[key] if key else None
    return Sown("service", KEPT, {"name": name, "sort": sort, **said}, uid=CHILVER_VALE, urn=urn)


SERVICES: tuple[Sown, ...] = (
    *(
        _service(
            "Energy", "bought_in", key, supplier="Aldermarch Energy Group", price=price, until=ENERGY_ENDS,
            terms="Fixed price for three years; notice by 31 December", funded_by="School budget",
            if_it_ends="Falls to the supplier's day rate, about a third dearer; buying together is possible from April",
        )
        for key, price in _ENERGY.items()
    ),
    _service("Educational psychology", "statutory", supplier="Chilvershire council", area="send",
             funded_by="Council", terms="For assessments that the law asks for; anything beyond is bought"),
    _service("School admissions and appeals", "statutory", supplier="Chilvershire council", funded_by="Council"),
    _service("School improvement", "shared", supplier="Chilver Vale Learning Trust", days=60, price=142_000,
             funded_by="5% of each school's budget, top-sliced", until=date(2027, 8, 31),
             terms="Set by the board each July", if_it_ends="Heads would arrange support school by school"),
    _service("Finance and payroll", "shared", supplier="Chilver Vale Learning Trust", area="finance", price=268_000,
             funded_by="5% of each school's budget, top-sliced", until=date(2027, 8, 31),
             if_it_ends="Each school needs a business manager and a payroll provider of its own"),
    _service("Outreach for schools with pupils who have plans", "shared", given_by=URN["larkhythe"], area="send", days=18,
             price=9_900, funded_by="Council's high needs budget", until=date(2027, 3, 31),
             terms="Agreed each year in February", if_it_ends="Six primaries lose their only specialist"),
    _service("Attendance welfare service", "bought_in", "winterfold", supplier="Chilvershire council", area="attendance",
             days=10, price=4_200, until=date(2027, 7, 31), terms="A term's notice", funded_by="School budget",
             if_it_ends="The office makes the calls; home visits stop"),
    _service("Speech and language therapy", "bought_in", "swanholt_infant", supplier="Tolverton Therapies",
             area="early_reading", days=19, price=7_600, until=date(2026, 12, 18), terms="Half a day a week",
             funded_by="Money for disadvantaged pupils", if_it_ends="Twelve pupils wait for the health service's list"),
    _service("Counselling", "bought_in", "thornwell", supplier="Open Door Chilver", days=76, price=24_300,
             until=date(2027, 7, 31), funded_by="School budget", if_it_ends="Two days a week become a waiting list"),
    _service("Music lessons", "bought_in", "dunholt", supplier="Chilvershire Music", area="breadth", price=11_800,
             until=date(2027, 8, 31), funded_by="Families and a grant", if_it_ends="Only families who can pay go on"),
)  # fmt: skip
