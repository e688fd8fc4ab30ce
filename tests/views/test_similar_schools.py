"""Similar schools: presets, an own choice kept in the link, how alike they are, and links that make no sense."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analytics.similar.calling import Wanted
from analytics.similar.presets.listing import FILTERS, OWN_VARIABLES, Own
from pages.components import similar_words
from pages.shell.similar_link import LOST, link_of, own_of
from tests.views import drive, region


def shown(**params: str) -> str:
    at = drive.view("similar_schools", school="900003", **params)
    assert not at.exception
    return drive.text(at)


def test_an_own_choice_goes_into_a_link_and_back() -> None:
    own = Own((("pupils", 10), ("eal_pct", 0)), ("la_code", "gender"), 20, 35)
    assert link_of(own) == {"use": "pupils:10,eal_pct:0", "same": "la_code,gender", "km": "20", "k": "35"}
    assert own_of(link_of(own)) == (own, ())
    assert own_of({}) == (Own(), ()) == own_of({"use": "", "same": None, "km": "", "k": ""})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("use", "pupils:11"), ("use", "ks2:5"), ("use", "pupils:5,pupils:4"), ("use", "pupils"), ("use", "pupils:-1"),
        ("use", "pupils:5;eal_pct:5"), ("use", "pupils:٥"), ("same", "la_code,head"), ("km", "0"), ("km", "1e2"),
        ("km", "9" * 400), ("k", "4"), ("k", "101"), ("k", "fifty"), ("k", "²"),
    ],
)  # fmt: skip
def test_nonsense_is_dropped_with_a_sentence(name: str, text: str) -> None:
    own, lost = own_of({name: text})
    assert lost == (LOST[name],)
    assert own == (Own(same=("la_code",)) if name == "same" else Own())


def test_the_usual_way_stands_and_every_way_is_listed(filled_home: object) -> None:
    at = drive.view("similar_schools", school="900003")
    assert at.selectbox(key="pick_alike").value == "alongside"
    assert [option for option in at.selectbox(key="pick_alike").options if "buildings" in option] == []
    text = drive.text(at)
    assert "No public file holds the floor area" in text and "code of 2025/26, commit 0ed1c1e" in text
    assert "DfE primary, 2026" in text and "POLAR4" in text


def test_another_way_is_picked_and_kept_in_the_address(filled_home: object) -> None:
    at = drive.view("similar_schools", school="900003")
    at.selectbox(key="pick_alike").set_value("fbit_pupil").run()
    assert not at.exception and at.query_params["alike"] == "fbit_pupil"
    assert "half by pupils, two fifths by free school meals" in drive.text(at)


def test_own_choices_are_kept_in_the_address(filled_home: object) -> None:
    at = drive.view("similar_schools", school="900003", alike="own")
    at.slider(key="own_pupils").set_value(9).run()
    at.multiselect(key="own_same").set_value(["la_code"]).run()
    at.slider(key="own_km").set_value(30).run()
    assert not at.exception
    assert at.query_params["use"].startswith("pupils:9,fsm6_pct:5") and at.query_params["same"] == "la_code"
    assert at.query_params["km"] == "30"
    again = drive.view(
        "similar_schools", school="900003", **{k: v for k, v in at.query_params.items() if k != "school"}
    )
    assert again.slider(key="own_pupils").value == 9 and again.multiselect(key="own_same").value == ["la_code"]


def test_nothing_counts_says_what_to_do(filled_home: object) -> None:
    use = ",".join(f"{name}:0" for name in OWN_VARIABLES)
    assert "give something a weight" in shown(alike="own", use=use)
    far = shown(alike="own", same=",".join(FILTERS), km="1")
    assert "Few close matches: not many schools are alike and meet what you asked for." in far


def test_links_that_make_no_sense_say_so(filled_home: object) -> None:
    assert "a way of choosing similar schools that is not here" in shown(alike="best")
    assert "No public file holds the floor area" in shown(alike="fbit_building")
    text = shown(alike="own", use="x", same="y", km="z", k="w")
    assert all(sentence in text for sentence in LOST.values())
    assert "a school that is not in this set" in shown(part="alike", beside="1")
    secondary = drive.text(drive.view("similar_schools", school="900011", alike="dfe"))
    assert "Its weights are known for primary schools only. The usual way is used." in secondary


def test_how_alike_they_are_circumstance_by_circumstance(filled_home: object) -> None:
    at = drive.view("similar_schools", school="900003", part="alike", beside="900004")
    text = drive.text(at)
    assert not at.exception and at.selectbox(key="pick_beside").value == 900004
    assert "pupils eligible for free school meals in the last six years" in text and "(not counted)" in text
    assert "What sets you and Oxleigh Road Primary School apart most: " in text and "% of the difference)" in text
    assert drive.off_words(text) == []


def test_hidden_names_stay_hidden(filled_home: object) -> None:
    for part in ("list", "alike"):
        text = shown(part=part, hide="1")
        assert [name for urn, name in region.NAMES.items() if urn != 900003 and name in text] == []


def test_words_for_differences_and_pairs() -> None:
    assert [similar_words.difference_words(x) for x in (0.1, -0.2, 0.5, -0.51, float("nan"))] == [
        "alike", "close", "somewhat apart", "clearly apart", "not known",
    ]  # fmt: skip
    assert similar_words.variable_value("pupils", 2500.0) == "2,500"
    pairs = pd.DataFrame({"comparator_urn": [2, 2, 3, 3], "variable": ["pupils", "fsm6_pct", "pupils", "eal_pct"],
                          "here": [8.0, 0.0, 8.0, 10.0], "there": [102.0, 53.0, 11.0, 19.0], "share": [1.0, 2.0, 1.0, 2.0]})  # fmt: skip
    assert similar_words.alike_sentences(pairs, [2, 3]) == {  # the least of large differences is no likeness
        2: "", 3: "Alike in size (8 here, 11 there) and English as an additional language (10% here, 19% there).",
    }  # fmt: skip
    assert similar_words.variable_value("roll_change_pct", -0.3) == "0%"
    assert similar_words.variable_value("roll_change_pct", -3.4) == "−3%"
    assert similar_words.left_out(("eal_pct",), 2) == (
        "Not known of your school, so not counted: pupils with English as an additional language.",
        "2 schools among the nearest differed too much and are left out.",
    )


def test_spending_says_why_there_is_none(filled_home: object) -> None:
    at = drive.view("similar_schools", school="900003", part="spending")
    text = drive.text(at)
    assert not at.exception and "no lines of spending to set beside other schools" in text
    assert "Academies report theirs in accounts of another year" in text and drive.off_words(text) == []
    assert at.selectbox(key="pick_school").value == 900003 and "pick_alike" not in at.session_state


def test_peers_of_ones_size_are_two_clicks_away(filled_home: object) -> None:
    at = drive.view("similar_schools", school="900001", partnership=region.TRUST)
    every = drive.text(at)
    at.pills(key="similar_only").set_value(["size", "strong"]).run()
    assert not at.exception and at.query_params["only"] in ("size,strong", ["size,strong"])
    shown = drive.text(at)
    assert re.search(r"of \d+ similar schools (is|are) about its size and (has|have) a strength to share", shown), (
        shown[:900]
    )
    sizes = [int(found) for found in re.findall(r"(\d+) pupils Does well", re.sub(r"\s+", " ", shown))]
    assert sizes and all(115 / 1.5 <= size <= 115 * 1.5 for size in sizes) and len(shown) < len(every)


def test_a_list_that_nobody_fits_says_what_to_do(filled_home: object) -> None:
    text = shown(only="size,near,strong", alike="own", same=",".join(FILTERS), km="1")
    assert "in a way that is not here" not in text
    assert "The link narrows the list in a way that is not here." in shown(only="size,<b>best")


@pytest.mark.parametrize(
    ("kept", "wanted", "said"),
    [
        (6, Wanted(size=True, near=True), "Ash: six of 50 similar schools are about its size and within 25 km"),
        (1, Wanted(strong=True), "Ash: one of 50 similar schools has a strength to share"),
        (0, Wanted(size=True), "Ash: none of 50 similar schools are about its size"),
        (
            2,
            Wanted(near=True, strong=True),
            "Ash: two of 50 similar schools are within 25 km and have a strength to share",
        ),
    ],
    ids=["both", "one", "none", "near and strong"],
)
def test_a_narrowed_list_is_told_in_its_title(kept: int, wanted: Wanted, said: str) -> None:
    assert similar_words.narrowed_finding("Ash", kept, 50, wanted) == said
