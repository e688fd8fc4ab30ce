"""What schools of Chilver Vale say of needs: of derived ones, and of those that they state themselves.

Sixteen in all: nine agreed, five not yet discussed, two seen differently, with a reply. A derived need without a row here is
not yet discussed; a stated one counts as agreed once the school's head has stated it.
"""

from __future__ import annotations

from datetime import date

from data.sample.entered.sown import CHILVER_VALE, URN, Cell, Sown

SHOWN = date(2026, 9, 14)  # when the trust went through the figures with its heads
TALKED = date(2026, 9, 28)
STATED = date(2026, 10, 5)

# School, area, the school's words: derived needs that the head agreed to.
_AGREED = (
    ("oxleigh_road", "mathematics", "Yes. The teachers of Years 5 and 6 are new, and we changed the scheme twice."),
    (
        "tolverton_junior",
        "mathematics",
        "We see it in our books, too. Help with fluency in Years 3 and 4 would be welcome.",
    ),
    ("chilver_junior_2", "reading", "Agreed. We would like to see how reading is taught at a school like ours."),
    ("chilver_primary_14", "grammar", "Fair. Grammar was nobody's task for two years."),
    ("cattering_park", "writing", "Agreed: writing has not kept up with mathematics here."),
    ("winterfold", "attendance", "Agreed. Most of it is a few families, and we know them."),
    ("chilver_secondary_4", "leadership", "Agreed with governors in April."),
)
# The same, seen differently: the head's words, and the reply that stands beside the figure.
_DIFFERS = (
    ("hollinshaw_hill", "mathematics", "ks2_mathematics_expected_pct",
     "Our pupils reach what the country reaches. We would rather look at why our most able do not go further.",
     "Three quarters of our pupils reach the standard, and most who do not joined us in Years 5 and 6."),
    ("chilver_primary_13", "higher_standard", "ks2_rwm_higher_pct",
     "Both years had very few pupils near the higher score. Our own assessments this year say otherwise.",
     "Several pupils missed the higher score in one subject by a mark or two."),
)  # fmt: skip
# School, area, how much it matters, words: stated by the head, or entered by the trust and waiting for the head's word.
_STATED = (
    ("sallowby_st_marks", "mathematics", "important", "Our mathematics lead is in her first year and would like to work with somebody."),
    ("great_quennet", "send", "pressing", "Several pupils with plans joined in September; our coordinator works two days a week."),
)  # fmt: skip
_WAITING = (
    ("great_quennet", "mathematics", "welcome", "Raised at the visit in September; the head wants to see this term's assessments first."),
    ("withenby", "mathematics", "welcome", "Too few pupils for the figures to say; the trust asked whether the working group would help."),
    ("thornwell", "finance", "important", "Fewer pupils each year: is a look at staffing by another business manager welcome?"),
    ("swanholt_infant", "early_reading", "welcome", "Would a look at phonics in another infant school help the new teachers?"),
)  # fmt: skip


def _state(key: str, area: str, state: str, words: str) -> Sown:
    return Sown("need_state", TALKED, {"area": area, "state": state, "words": words}, urn=URN[key])


def _stated(key: str, area: str, said: dict[str, Cell]) -> Sown:
    return Sown("stated_need", STATED, {"area": area, **said}, urn=URN[key])


def _reply(key: str, about: str, words: str) -> Sown:
    said: dict[str, Cell] = {"about": about, "year": 202425, "words": words}
    return Sown("reply", TALKED, said, uid=CHILVER_VALE, urn=URN[key])


NEEDS: tuple[Sown, ...] = (
    *(_state(key, area, "agreed", words) for key, area, words in _AGREED),
    *(_state(key, area, "differs", words) for key, area, _, words, _ in _DIFFERS),
    *(_reply(key, about, words) for key, _, about, _, words in _DIFFERS),
    *(_stated(key, area, {"size": size, "standing": "stated", "words": words}) for key, area, size, words in _STATED),
    *(_stated(key, area, {"size": size, "standing": "waiting", "words": words}) for key, area, size, words in _WAITING),
)
