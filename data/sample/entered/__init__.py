"""What people of the sample region have entered: its filled register, as data in the order in which it is entered."""

from __future__ import annotations

from data.sample.entered.offers import OFFERS
from data.sample.entered.sown import CHILVER_VALE, Cell, Named, Said, Sown, moment

__all__ = ["CHILVER_VALE", "ROWS", "Cell", "Named", "Said", "Sown", "moment"]

ROWS: tuple[Sown, ...] = OFFERS
