"""Compare trusts: ours beside a few others, by name; who is chosen stands in the link; nothing that names a school's answer."""

from __future__ import annotations

from pathlib import Path

from data.access.scope import everything
from data.register import rows
from data.store.engine import engine, place
from pages.shell.fair import fairness
from tests.views import drive, region
from tests.views.signed_in import START, Person


def test_ours_stands_beside_the_others_that_the_link_asks_for(filled_home: Path) -> None:
    shown = drive.text(drive.view("overview_trusts", beside=f"{region.SECOND},{region.AUTHORITY}"))
    assert "Kelderby Partnership Trust" in shown
    # Two of its schools are in neither trust: whichever is chosen now
    alone = drive.text(drive.view("overview_trusts", beside=region.AUTHORITY))
    for text in (shown, alone):
        assert "Chilvershire: not told: beside another partnership one or two schools would be left over." in text
    assert "The order is by name." in shown and "It is not an order." in shown


def test_what_the_link_asks_for_and_is_not_there_is_said(filled_home: Path) -> None:
    shown = drive.text(drive.view("overview_trusts", beside="nobody"))
    assert "The link asks for partnerships that are not in these figures, or for more than six." in shown


def test_another_measure_stands_in_the_link(filled_home: Path) -> None:
    at = drive.view("overview_trusts", beside=region.SECOND)
    at.selectbox(key="pick_measure").set_value("ks2_reading_expected_pct").run()
    assert not at.exception and at.query_params["measure"] == "ks2_reading_expected_pct"
    assert "reading" in drive.html(at).split("</h1>")[0].lower()


def test_picking_others_writes_them_into_the_address(filled_home: Path) -> None:
    at = drive.view("overview_trusts", beside=region.SECOND)
    at.multiselect(key="pick_beside").set_value([region.AUTHORITY]).run()
    assert not at.exception and at.query_params["beside"] == region.AUTHORITY


def test_no_average_is_told_from_which_a_school_shown_first_could_be_worked_out(person: Person) -> None:
    asked = {"beside": region.TRUST, "partnership": region.SECOND}
    person.is_("director", uid=region.SECOND)  # none of its three schools with results was shown anything yet
    assert "after intake" in person.sees("overview_trusts", **asked)
    shown = fairness.said(region.PUBLICATION, [900013])
    values = {"said": shown[900013], "how": "told", "shown_on": START.date()}
    rows.add(everything(), engine(place("own")), "showing", values, uid=region.SECOND, urn=900013, now=START)
    person.later(
        10
    )  # one may be told now: the average would tell of the other two together, and those are fewer than three
    assert "Kelderby Partnership Trust: shown to its schools first." in person.sees("overview_trusts", **asked)
