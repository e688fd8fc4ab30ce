"""The ledger of days: whole numbers that can be added by hand, and what must hold whatever is entered."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.support.ledger import (
    Agreed,
    Load,
    Offered,
    Promise,
    Received,
    Used,
    days_in_all,
    loads,
    received,
    used_of,
)
from data.catalogue.terms import Term, terms_between

AUTUMN, SPRING, SUMMER = TERMS = terms_between(date(2026, 9, 1), date(2027, 8, 31))
ELM, OAK, ASH = 900001, 900002, 900003


def offered(number: int = 1, giver: int | None = ELM, days: float = 4, **more: object) -> Offered:
    values = {"area": "mathematics", "starts": date(2026, 9, 1), "ends": None, "standing": "offered", "changed": date(2026, 9, 1)}  # fmt: skip
    return Offered(number, giver, days=days, **{**values, **more})  # type: ignore[arg-type]


def agreed(number: int = 11, giver: int | None = ELM, receiver: int = OAK, days: float = 2, **more: object) -> Agreed:
    values = {"area": "mathematics", "starts": date(2026, 10, 1), "ends": date(2027, 3, 31), "standing": "active"}
    return Agreed(number, giver, receiver, days=days, **{**values, **more})  # type: ignore[arg-type]


def test_a_school_year_of_one_supporting_school() -> None:
    # 4 days offered every term; 2 agreed in autumn and spring; asked for 3 more in spring; 1 + 0.5 used in autumn.
    used = [Used(11, date(2026, 11, 3), 1), Used(11, date(2026, 12, 31), 0.5), Used(99, date(2026, 11, 3), 7)]
    asked = agreed(12, receiver=ASH, days=3, starts=date(2027, 1, 1), standing="giver_asked")
    found = loads([offered()], [agreed(), asked], used, TERMS)
    assert found == (
        Load(ELM, AUTUMN, 4, 2, 0, 1.5, (), 2), Load(ELM, SPRING, 4, 2, 3, 0, (("mathematics", 1),), 0),
        Load(ELM, SUMMER, 4, 0, 0, 0, (), 4),
    )  # fmt: skip
    assert received([agreed(), asked], used, TERMS) == (
        Received(OAK, AUTUMN, 2, 0, 1.5), Received(OAK, SPRING, 2, 0, 0), Received(ASH, SPRING, 0, 3, 0),
    )  # fmt: skip
    assert (used_of(11, used), days_in_all(agreed(), TERMS)) == (1.5, 4)


def test_what_is_declined_counts_nothing_and_what_ended_early_counts_to_its_end() -> None:
    assert loads([], [agreed(standing="declined")], [], TERMS) == ()
    early = agreed(standing="ended", ends=date(2026, 12, 1))
    assert loads([], [early], [], TERMS) == (Load(ELM, AUTUMN, 0, 2, 0, 0, (("mathematics", 2),)),)
    assert loads([], [agreed(standing="paused")], [], TERMS)[1] == Load(ELM, SPRING, 0, 2, 0, 0, (("mathematics", 2),))


def test_days_that_nobody_offered_stand_as_such() -> None:
    (one,) = loads([], [agreed(days=6)], [], [AUTUMN])
    assert (one.offered, one.promised, one.beyond, one.free) == (0, 6, (("mathematics", 6),), 0)


def test_days_offered_for_one_area_are_not_there_for_another() -> None:
    (one,) = loads([offered(days=6)], [agreed(area="reading"), agreed(12, days=5)], [], [AUTUMN])
    assert (one.offered, one.promised, one.beyond, one.free) == (6, 7, (("reading", 2),), 1)


def test_days_promised_to_groups_and_elsewhere_are_not_free() -> None:
    also = [
        Promise(ELM, "mathematics", AUTUMN, 1, "group"),
        Promise(ELM, "mathematics", AUTUMN, 2, "elsewhere"),
        Promise(ASH, "reading", SPRING, 3, "group"),
    ]
    elm, ash = loads([offered(days=4)], [agreed()], [Used(11, date(2026, 11, 3), 5)], [AUTUMN, SPRING], promises=also)[
        0::2
    ]
    assert (elm.groups, elm.elsewhere, elm.promised, elm.free, elm.beyond) == (1, 2, 5, 0, (("mathematics", 1),))
    assert elm.overused == 3  # five used of two agreed
    assert ash == Load(ASH, SPRING, 0, 0, 0, 0, (("reading", 3),), 0, 3, 0) and ash.overused == 0


def test_an_organisation_is_known_by_its_offer() -> None:
    theirs = offered(31, giver=None, days=5)
    found = loads([theirs], [agreed(giver=None, offer=31), agreed(13, giver=None)], [], [AUTUMN])
    assert found == (Load(-31, AUTUMN, 5, 2, 0, 0, (), 3), Load(0, AUTUMN, 0, 2, 0, 0, (("mathematics", 2),)))


def test_an_offer_stands_from_its_day_until_it_is_taken_back() -> None:
    gone = offered(standing="withdrawn", changed=date(2027, 2, 1))
    assert [gone.stands_in(term) for term in TERMS] == [True, False, False]
    assert [offered(standing="waiting").stands_in(term) for term in TERMS] == [False] * 3
    assert [offered(starts=date(2027, 1, 5), ends=date(2027, 3, 1)).stands_in(term) for term in TERMS] == [
        False,
        True,
        False,
    ]


DAYS = st.dates(date(2026, 9, 1), date(2027, 8, 31))
AGREEMENTS = st.lists(
    st.builds(
        lambda giver, receiver, days, a, b, standing: (giver, receiver, float(days), min(a, b), max(a, b), standing),
        st.sampled_from((ELM, OAK)), st.sampled_from((ASH, OAK)), st.integers(0, 9), DAYS, DAYS,
        st.sampled_from(("giver_asked", "receiver_asked", "declined", "agreed", "active", "paused", "over", "ended")),
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(AGREEMENTS, st.lists(st.tuples(st.integers(0, 7), DAYS, st.integers(1, 3)), max_size=8))
def test_both_sides_of_the_ledger_come_to_the_same(
    rows: list[tuple[object, ...]], log: list[tuple[int, date, int]]
) -> None:
    made = [Agreed(n, g, r, "reading", d, a, b, s) for n, (g, r, d, a, b, s) in enumerate(rows)]  # type: ignore[arg-type]
    used = [Used(number, day, float(days)) for number, day, days in log if number < len(made)]
    given_, got = loads([], made, used, TERMS), received(made, used, TERMS)
    for field in ("agreed", "asked", "used"):
        for term in TERMS:
            total = [sum(getattr(one, field) for one in lines if one.term == term) for lines in (given_, got)]
            assert total[0] == total[1]
    assert sum(one.used for one in got) == sum(one.days for one in used)
    # the slow twin: every agreement, every day of every term
    for line in given_:
        touching = [
            one for one in made
            if one.supporter == line.supporter and one.standing not in ("declined", "giver_asked", "receiver_asked")
            and any(one.starts <= _day(line.term, at) <= one.ends for at in range(_length(line.term)))
        ]  # fmt: skip
        assert line.agreed == sum(one.days for one in touching)


def _length(term: Term) -> int:
    return (term.last_day - term.first_day).days + 1


def _day(term: Term, at: int) -> date:
    return date.fromordinal(term.first_day.toordinal() + at)
