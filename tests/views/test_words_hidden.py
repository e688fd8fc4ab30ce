"""Hide school names: what people wrote in words of their own is withheld on every page of support, by one rule."""

from __future__ import annotations

import pytest

from tests.legible import legible
from tests.views import drive, plan_region, programme_region
from tests.views.plan_region import enter
from tests.views.signed_in import Person

SECRET = "Xanthe Primary"


@pytest.fixture
def here(person: Person, monkeypatch: pytest.MonkeyPatch) -> Person:
    """A store in which every free word names a school."""
    plan_region.prepare(person, monkeypatch)
    group = enter(
        "working_group", {"name": SECRET, "area": "mathematics", "state": "running", "venue": SECRET, "purpose": SECRET}
    ).entry_id
    enter(
        "group_meeting",
        {"working_group": group, "day": "2026-11-20", "venue": SECRET, "words": SECRET, "trained": 3, "who": SECRET,
         "materials": "https://xanthe.example/shared"},
    )  # fmt: skip
    enter("service", {"name": SECRET, "sort": "bought_in", "supplier": SECRET, "terms": SECRET, "funded_by": SECRET, "if_it_ends": SECRET}, urn=900001)  # fmt: skip
    enter(
        "stated_need",
        {"area": "reading", "size": "pressing", "words": SECRET, "standing": "stated"},
        urn=900005,
        uid=None,
    )
    enter("need_state", {"area": "mathematics", "state": "differs", "words": SECRET}, urn=900003, uid=None)
    enter("constraint", {"kind": "not_with", "other": 900001, "why": SECRET}, urn=900004)
    enter("programme", {**programme_region.SAID, "name": SECRET})
    return person


PAGES = [
    ("support", {}), ("support_plan", {}), ("support_groups", {}), ("services", {}), ("my_support", {"school": "900001"}),
    ("did_it_help", {}), ("programme", {}),
    *(("registers", {"register": key}) for key in ("working_group", "group_meeting", "service", "stated_need", "need_state", "constraint", "programme")),
]  # fmt: skip


def seen(here: Person, key: str, **params: str) -> str:
    """Words, markup, pictures and downloads."""
    here.files.clear()
    at = here.opens(key, **params)
    files = (legible(one) for one in here.files)
    return "\n".join([drive.text(at), drive.html(at), drive.pictures(at), *files])


@pytest.mark.parametrize(
    ("key", "params"), PAGES, ids=lambda one: one if isinstance(one, str) else one.get("register", "-")
)
def test_words_of_people_are_withheld_with_the_names(here: Person, key: str, params: dict[str, str]) -> None:
    assert SECRET in seen(here, key, **params)
    hidden = seen(here, key, hide="1", **params)
    assert SECRET not in hidden and "xanthe" not in hidden.casefold()


def test_a_row_of_a_register_alone_is_withheld_too(here: Person) -> None:
    (one,) = plan_region.entered("working_group")
    hidden = seen(here, "registers", register="working_group", row=str(one.entry_id), hide="1")
    assert SECRET not in hidden and "Show school names to change this." in hidden


def test_nothing_is_kept_that_speaks_of_a_school_by_its_letter(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a form offers to keep is written from real names, or not at all."""
    plan_region.prepare(person, monkeypatch)
    for hide in ("0", "1"):
        at = person.opens("support_groups", area="mathematics", hide=hide)
        at.button(key="group_make").click().run()
        venue = at.text_input(key="group-venue").value
        assert venue == ("Cattering Park Primary School" if hide == "0" else "")
