"""The ten tasks, each as what one person does from their first screen, and what must then stand on it.

Every script looks for the answer itself, worked out here from the published tables, and not only for a page that opened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from data.sample.truth import CHILVER_VALE_UID
from pages.components import cards
from tests.e2e.tasks.conftest import BEFORE, OUR_UID
from tests.e2e.tasks.hand import Hand
from tests.sample.published import Published

TRUST = str(CHILVER_VALE_UID)
SAMPLE = f"?data=sample&partnership={TRUST}"
LOWER_QUENNET, TOLVERTON, DUNHOLT = 900001, 900015, 900022
FIRST = {
    "director": f"/overview{SAMPLE}", "head": f"/my-school{SAMPLE}&school={LOWER_QUENNET}", "trustee": f"/board{SAMPLE}",
    "secondary head": f"/my-school{SAMPLE}&school={DUNHOLT}", "director, own schools": f"/overview?data=own&partnership={OUR_UID}",
}  # fmt: skip
CORRECTION = b"""urn,measure,time_period,release,value,reason,link
100001,ks2_mathematics_expected_pct,201718,final,55,Two pupils were counted twice,https://school.example/letter
"""


@dataclass(frozen=True, slots=True)
class Task:
    """A question, whose it is, the first screen it starts at, and the script that answers it."""

    key: str
    question: str
    who: str
    does: Callable[[Hand, Published, Any], None]


def _names(sample: Published) -> Mapping[int, str]:
    school = sample.tables["school"]
    return dict(zip(school["urn"].astype(int), school["name"].astype(str), strict=True))


def _members(sample: Published) -> list[int]:
    member = sample.tables["member"]
    return sorted(member.loc[member["uid"].eq(TRUST), "urn"].astype(int))


def visit_for_reading(hand: Hand, sample: Published, _: Any) -> None:
    hand.link("Reading", to="overview-area")
    hand.link("Next: who else could help, further away too", to="support-who")
    assert re.fullmatch(r"Reading: .+ schools within 40 km have one", hand.title)
    near = hand.page.locator("table", has_text="Near us, nearest first").inner_text().splitlines()
    listed = [row.split("\t") for row in near if "\treading\t" in row][:3]
    strong = sample.tables["strength"]
    urns = strong.loc[strong["area"].eq("reading") & strong["phase"].eq("primary"), "urn"]
    truly = {_names(sample)[int(urn)] for urn in urns} - {_names(sample)[urn] for urn in _members(sample)}
    assert len(listed) == 3 and {row[0] for row in listed} <= truly
    assert all(re.fullmatch(r"[\d ]{11,}", row[1]) for row in listed)  # whom to phone


def why_a_need_shows(hand: Hand, sample: Published, _: Any) -> None:
    hand.link("Next: see who may need what, and who could help", to="support")
    hand.link("Open Tolverton Junior School", to="my-school")
    need = hand.page.get_by_role("link", name="Why does it say this")
    at = next(one for one in need.all() if "area=mathematics" in one.get_attribute("href"))
    at.click()
    hand.clicks += 1
    hand.at("why")
    shown = hand.screen
    assert "may need support" in hand.title and "A question, until the school has had its say" in shown
    value = sample.tables["value"]
    mine = value[value["urn"].eq(TOLVERTON) & value["measure"].eq("ks2_mathematics_expected_pct")]
    for period in (202223, 202324, 202425):
        (row,) = mine[mine["time_period"].eq(period)].itertuples()
        year = f"{period // 100}/{period % 100}"
        assert re.search(
            rf"Mathematics\t{year}\t{row.value:.0f}%\t{row.pupils:.0f}\t\d+%\t.+ks2final.csv, row \d+", shown
        )


def changed_for_inspection(hand: Hand, sample: Published, _: Any) -> None:
    hand.link("What changed", to="overview-changed")
    hand.choose("What", "Inspection")
    hand.page.wait_for_url("**what=inspection**")
    hand.sees("new inspection")
    shown = hand.screen
    visits = sample.tables["inspection"]
    ours = visits[visits["urn"].isin(_members(sample)) & (pd.to_datetime(visits["start_date"]) > pd.Timestamp(BEFORE))]
    assert len(ours) == 2
    for row in ours.itertuples():
        assert _names(sample)[int(str(row.urn))] in shown
        assert f"{row.start_date:%-d %B %Y}" in shown
    assert "two schools have a new inspection" in hand.title.lower()


def reserves_under_five(hand: Hand, sample: Published, _: Any) -> None:
    hand.link("Money", to="money", menu=True)
    hand.link("Reserves under 5%", to="money")
    hand.page.wait_for_url("**show=under_5**")
    picture = hand.page.locator(".js-plotly-plot .ytick")
    picture.first.wait_for()
    money = sample.tables["finance"]
    newest = money[money["urn"].isin(_members(sample))].sort_values("time_period").groupby("urn").tail(1)
    low = newest[newest["reserve_share_pct"] < 5]
    named = {re.sub(r"\s", "", one or "") for one in picture.all_text_contents()}
    assert named == {re.sub(r"\s", "", cards.short_name(_names(sample)[int(urn)])) for urn in low["urn"]}
    assert f"less than 5% for {len(low)} of 25 schools" in hand.title


def this_summer(hand: Hand, sample: Published, _: Any) -> None:
    hand.unfold("figures side by side")
    table = hand.page.locator("table", has_text="this summer beside last year")
    table.wait_for()
    value = sample.tables["value"]
    mine = value[value["urn"].eq(DUNHOLT) & value["measure"].eq("ks4_attainment8")].set_index("time_period")["value"]
    (row,) = [line for line in table.inner_text().splitlines() if line.startswith("Attainment 8\t")]
    assert f"{mine[202425]:.1f} (2024/25" in row and f"{mine[202526]:.1f} (2025/26" in row and "provisional" in row


def make_the_pack(hand: Hand, sample: Published, opened: Any) -> None:
    hand.link("Make the pack", to="board-pack")
    hand.button("Make the pack")
    hand.sees("The pack\n")
    slides, paper = hand.download("Slides (PPTX)"), hand.download("Paper (PDF)")
    titles = opened.slide_titles(slides)
    assert any("could share a strength" in title for title in titles) and len(titles) > 8
    assert any("could share a strength" in title for title in opened.paper_titles(paper))


def correct_a_figure(hand: Hand, sample: Published, opened: Any) -> None:
    hand.link("See how to have it corrected", to="data-corrections")
    hand.drop("corrections.csv", CORRECTION)
    hand.typed += len(CORRECTION.replace(b",", b" ").split(b"\n")[1].split())
    hand.button("Read these files")
    hand.sees("Nothing has been taken in yet")
    hand.button("Take these files in")
    hand.sees("55%")
    hand.button("Make the figures")
    hand.gone("Make the figures")
    shown = hand.screen
    assert "Elm Primary School" in shown and "50%" in shown and "55%" in shown
    assert "Two pupils were counted twice" in shown


def save_and_send(hand: Hand, sample: Published, opened: Any) -> None:
    hand.link("Reading", to="overview-area")
    finding = hand.title
    hand.unfold("Save or send this view")
    link = hand.page.get_by_label("The link to this view, to copy").input_value()
    hand.write("A name for this view", "Reading in our schools")
    hand.button("Save this view")
    hand.sees("Saved, for you alone")
    hand.link("Open my saved views", to="saved")
    assert "Reading in our schools" in hand.screen
    assert all(part in link for part in ("area=reading", f"partnership={TRUST}", "figures="))
    other = opened.elsewhere(link)
    other.sees(re.escape(finding))
    assert other.title == finding


def peers_of_ninety(hand: Hand, sample: Published, _: Any) -> None:
    hand.link("Next: schools like yours, and whom to phone", to="similar-schools")
    hand.sees("Whom you could phone")
    shown = hand.screen
    school = sample.tables["school"]
    pupils_of = dict(zip(school["urn"].astype(int), school["pupils"].fillna(0).astype(int), strict=True))
    names = _names(sample)
    assert pupils_of[LOWER_QUENNET] == 90
    pairs = sample.tables["comparator"]
    peers = set(pairs.loc[pairs["urn"].eq(LOWER_QUENNET), "comparator_urn"].astype(int))
    named = {urn for urn in peers if f"● {names[urn]} ·" in shown}
    assert len(named) >= 3
    beside = {f"{names[urn]} · ": pupils_of[urn] for urn in named}
    assert all(re.search(rf"● {re.escape(start)}.*\b{pupils:,} pupils", shown) for start, pupils in beside.items())
    assert hand.page.locator('a[href^="tel:"]').count() >= 3


def hide_and_present(hand: Hand, sample: Published, _: Any) -> None:
    hand.link("Present", to="board-present")
    hand.page.get_by_role("button", name="On").wait_for()
    told = re.search(r"1 of (\d+)\. The arrow keys", hand.screen)
    assert told is not None and int(told[1]) >= 8
    names = {_names(sample)[urn] for urn in _members(sample)}
    titles = []
    for place in range(1, int(told[1]) + 1):
        hand.sees(rf"\b{place} of {told[1]}\.")
        titles.append(hand.title)
        shown = hand.screen
        assert [name for name in names if name in shown] == [], place
        if place < int(told[1]):
            hand.key("ArrowRight")
    assert len(set(titles)) == len(titles)


TASKS = (
    Task("reading", "Which three schools could we visit for reading?", "director", visit_for_reading),
    Task("why", "Explain to a head why a need shows", "director", why_a_need_shows),
    Task("inspection", "What changed for inspection?", "director", changed_for_inspection),
    Task("reserves", "Which schools have reserves under 5%?", "director", reserves_under_five),
    Task("summer", "This summer's results beside last year's", "secondary head", this_summer),
    Task("pack", "Make the pack", "trustee", make_the_pack),
    Task("correct", "Correct a figure", "director, own schools", correct_a_figure),
    Task("save", "Save and send a view", "director", save_and_send),
    Task("peers", "Find peers for a 90-pupil school", "head", peers_of_ninety),
    Task("present", "Hide names and present", "trustee", hide_and_present),
)
