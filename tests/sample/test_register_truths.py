"""SAMPLE.md's register: what people of the region entered is there as it says, once, and holds together with the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from analytics.programmes import evaluation
from analytics.programmes.draw import draw
from analytics.programmes.results import Design
from data.access.scope import everything
from data.catalogue import AREAS, MEASURES
from data.register import agreements, rows
from data.register.declared import REGISTERS
from data.register.rows import Entry
from data.register.values import DECIMALS
from data.sample.entered import steps
from data.sample.entered.programmes import coast
from data.sample.periods import SEED_PROGRAMME
from data.sample.truth import CHILVER_VALE_UID, PROGRAMMES, TRUSTS, TRUTH
from data.store.empty import empty_sample
from data.store.engine import engine, place
from pages.terminal import sowing
from tests.sample import published

NOW, TODAY = 202425, date(2026, 11, 22)
TRUST = str(CHILVER_VALE_UID)
MEMBERS = frozenset(TRUSTS["chilver_vale"].urns)
COAST = coast(range(900300, 900310))


@pytest.fixture(scope="module")
def region() -> published.Published:
    return published.region()


def urns(*keys: str) -> set[int]:
    return {TRUTH[key].urn for key in keys}


def of(entries: Iterable[Entry], **said: object) -> list[Entry]:
    return [one for one in entries if all(one.values[key] == value for key, value in said.items())]


def test_fourteen_offers_one_withdrawn_for_its_leader_left(region: published.Published) -> None:
    offers = region.entered["offer"]
    assert Counter(one.values["standing"] for one in offers) == {"offered": 13, "withdrawn": 1}
    (gone,) = of(offers, standing="withdrawn")
    assert gone.urn == TRUTH["chilver_primary_14"].urn and gone.values["area"] == "mathematics"
    assert gone.values["reason"] == "The mathematics lead left in July" and gone.version == 2
    days = {(one.urn, one.values["area"]): one.values["days"] for one in offers}
    for key, wanted in (("lower_quennet", 2), ("nettlecombe_cross", 2), ("cattering_park", 10)):
        assert days[TRUTH[key].urn, "mathematics"] == wanted
    assert days[TRUTH["larkhythe"].urn, "send"] == 6


def test_nine_needs_agreed_five_not_yet_discussed_two_seen_differently(region: published.Published) -> None:
    need = region.tables["need"]
    need = need[need["urn"].isin(MEMBERS) & need["scope"].eq("school") & need["time_period"].eq(NOW)]
    derived = set(zip(need["urn"].astype(int), need["area"], strict=True))
    said = {(one.urn, one.values["area"]): one.values["state"] for one in region.entered["need_state"]}
    assert said.keys() <= derived  # nobody speaks of what the figures do not ask
    stated = {(one.urn, one.values["area"]): one.values["standing"] for one in region.entered["stated_need"]}
    assert not stated.keys() & derived and {urn for urn, _ in stated} <= MEMBERS
    states = Counter(said.get(place, "not_discussed") for place in derived)
    states.update({"stated": "agreed", "waiting": "not_discussed"}[str(standing)] for standing in stated.values())
    assert states == {"agreed": 9, "not_discussed": 5, "differs": 2}


def test_who_sees_it_differently_says_how_and_replies_beside_the_figure(region: published.Published) -> None:
    differing = of(region.entered["need_state"], state="differs")
    assert {one.urn for one in differing} == urns("hollinshaw_hill", "chilver_primary_13")
    assert all(one.values["words"] for one in differing)
    replies = {(one.urn, MEASURES[str(one.values["about"])].area) for one in region.entered["reply"]}
    assert replies == {(one.urn, one.values["area"]) for one in differing}


def test_agreements_run_pause_and_end(region: published.Published) -> None:
    found = region.entered["agreement"]
    standing = Counter(agreements.standing(one, TODAY) for one in found)
    assert standing == {"active": 2, "paused": 1, "ended": 2, "giver_asked": 1}
    assert {one.uid for one in found} == {TRUST} and {
        urn for one in found for urn in (one.urn, one.other_urn)
    } <= MEMBERS
    (paused,) = of(found, state="paused")
    assert "new head" in str(paused.values["pause_reason"]) and paused.other_urn == TRUTH["chilver_secondary_4"].urn
    why = agreements.needs_review(paused, region.entered["log"], region.entered["constraint"], "", TODAY)
    assert len(why) == 1 and "head" in why[0]
    for ended in of(found, state="ended"):
        assert ended.values["outcome"] and ended.values["ended_on"] is not None


def test_needs_under_agreement_are_those_that_schools_agreed_to_or_stated(region: published.Published) -> None:
    agreed = {(one.urn, one.values["area"]) for one in of(region.entered["need_state"], state="agreed")}
    agreed |= {(one.urn, one.values["area"]) for one in of(region.entered["stated_need"], standing="stated")}
    running = [one for one in region.entered["agreement"] if agreements.standing(one, TODAY) != "ended"]
    assert {(one.other_urn, one.values["area"]) for one in running} <= agreed


def test_days_are_logged_within_the_agreements_and_the_offers_hold_them(region: published.Published) -> None:
    named = {one.entry_id: one for one in region.entered["agreement"]}
    used: Counter[int] = Counter()
    for line in region.entered["log"]:
        agreement = named[line.values["agreement"]]  # type: ignore[index]
        assert (line.uid, line.urn, line.other_urn) == (agreement.uid, agreement.urn, agreement.other_urn)
        used[agreement.entry_id] += line.values["days"] or 0  # type: ignore[assignment,operator]
    days = {one.other_urn: used[number] for number, one in named.items() if used[number]}
    assert sorted(days.values()) == [2.5, 3, 3.5, 5.5, 8]
    offered = {one.entry_id: one for one in region.entered["offer"]}
    taken = agreements.committed(named.values(), TODAY, date(2027, 7, 23), TODAY)
    assert taken.offers and all(number <= offered[offer].values["days"] for offer, number in taken.offers.items())  # type: ignore[operator]
    for one in named.values():
        if (offer := one.values["offer"]) is not None:
            assert (offered[offer].urn, offered[offer].values["area"]) == (one.urn, one.values["area"])  # type: ignore[index]


def test_the_island_is_an_exception_and_gets_help_from_afar(region: published.Published) -> None:
    scarra = urns("scarra_31", "scarra_58", "scarra_11_16")
    rules = region.entered["constraint"]
    for uid in ("LA993", "own-mission-saltings-coast"):
        mine = [one for one in rules if one.uid == uid]
        away = [one for one in mine if one.values["other"] is None]
        crossing = {one.urn: (one.values["km"], one.values["minutes"]) for one in of(away, kind="travel")}
        assert crossing == dict.fromkeys(scarra, (9, 75))
        assert {one.urn for one in of(away, kind="remote")} == scarra
        near = {frozenset((one.urn, one.values["other"])) for one in mine if one.values["other"] is not None}
        assert near == {frozenset((a, b)) for a in scarra for b in scarra if a != b}


def test_no_visits_while_an_inspection_is_due_and_a_conflict_of_interest(region: published.Published) -> None:
    rules = region.entered["constraint"]
    windows = {one.urn: one.values["cause"] for one in of(rules, kind="window")}
    assert windows == {TRUTH["thornwell"].urn: "inspection", TRUTH["chilver_secondary_4"].urn: "new_head"}
    brennor = set(TRUSTS["brennor_council_trust"].urns)
    for one in of(rules, kind="conflict"):
        assert {one.urn, one.values["other"]} <= brennor and "council" in str(one.values["why"]).lower()
    assert {one.uid for one in of(rules, kind="conflict")} == {"90005", "LA996"}


def test_six_energy_contracts_end_in_march_2027(region: published.Published) -> None:
    services = region.entered["service"]
    energy = of(services, name="Energy")
    assert {one.values["until"] for one in energy} == {date(2027, 3, 31)}
    assert len({one.urn for one in energy} & MEMBERS) == len(energy) == 6
    assert {one.values["sort"] for one in services} == {"statutory", "bought_in", "shared"}


def test_one_group_runs_and_none_takes_the_days_for_mathematics(region: published.Published) -> None:
    """The group for mathematics is what the figures suggest (test_plan_truths): nobody has made it yet."""
    assert not of(region.entered["working_group"], area="mathematics")
    (running,) = of(region.entered["working_group"], state="running")
    meetings = of(region.entered["group_meeting"], working_group=running.entry_id)
    assert [one.values["trained"] for one in meetings] == [14, 9] and all(one.values["materials"] for one in meetings)


@pytest.mark.parametrize("key", PROGRAMMES)
def test_programmes_have_the_schools_that_took_part(region: published.Published, key: str) -> None:
    (programme,) = of(region.entered["programme"], name=PROGRAMMES[key].name)
    mine = of(region.entered["programme_school"], programme=programme.entry_id)
    assert {one.urn for one in of(mine, part="supported")} == set(PROGRAMMES[key].urns)
    assert {one.urn for one in of(mine, part="compared")} == set(PROGRAMMES[key].comparison)
    assert (programme.values["selection_year"], programme.values["first_year"]) == (202223, 202324)
    assert programme.values["area"] == PROGRAMMES[key].area == MEASURES[str(programme.values["measure"])].area


def test_the_kept_number_draws_the_twenty_again(region: published.Published) -> None:
    (programme,) = of(region.entered["programme"], name="Reading Together")
    assert programme.values["seed"] == SEED_PROGRAMME
    told = PROGRAMMES["reading_together"]
    assert set(draw((*told.urns, *told.comparison), 20, seed=SEED_PROGRAMME)[0]) == set(told.urns)


def test_the_mission_is_forty_schools_of_two_authorities_in_drawn_waves(region: published.Published) -> None:
    (mission,) = of(region.entered["programme"], sort="mission")
    mine = of(region.entered["programme_school"], programme=mission.entry_id)
    schools = region.tables["school"].set_index("urn")
    assert len(mine) == 40 and {one.urn for one in mine} == region.mission
    assert set(schools.loc[sorted(region.mission), "la_code"]) == {993, 994}
    waves = draw(region.mission, 14, seed=mission.values["seed"])  # type: ignore[arg-type]
    assert [{one.urn for one in of(mine, wave=wave)} for wave in (1, 2, 3)] == [set(wave) for wave in waves]
    assert [{one.values["from_year"] for one in of(mine, wave=wave)} for wave in (1, 2, 3)] == [
        {None},
        {202728},
        {202829},
    ]


def test_comparisons_stand_and_say_what_was_planted(region: published.Published) -> None:
    answers = {}
    for one in region.entered["programme"]:
        design = Design.from_text(str(one.values["design"]))
        assert one.values["comparison"] == design.k and one.values["detectable"] == _kept(design.detectable)
        assert f"{one.values['designed_on']}T09" == one.created[:13] and one.values["figures"] == "sample"
        told = evaluation.evaluate(region.tables, design, seed=1, permutations=499).effect
        answers[one.values["name"]] = (told.answer, design.by_draw, len(design.sets))
    assert answers == {
        "Number Sense": ("cannot be told apart", False, 12), "Reading Together": ("a difference is seen", True, 20),
        "Every Day Counts": ("too few to test", False, 5), "Mission Saltings Coast": ("not yet", True, 14),
    }  # fmt: skip


def _kept(number: float | None) -> float | None:
    return None if number is None else round(number, DECIMALS)


def test_a_pack_was_presented_and_three_questions_asked_two_of_them_answered(region: published.Published) -> None:
    (pack,) = region.entered["board_pack"]
    asked = region.entered["board_question"]
    assert {one.uid for one in (pack, *asked)} == {TRUST} and len(asked) == 3
    assert {one.values["asked_on"] for one in asked} == {pack.values["presented_on"]}
    assert sum(one.values["answer"] is not None for one in asked) == 2


def test_every_row_says_where_it_is_from_and_lies_in_the_past(region: published.Published) -> None:
    for key, entries in region.entered.items():
        for one in entries:
            assert one.created_by is None and one.created[:10] <= one.changed[:10] <= str(TODAY), key
            assert one.values.get("area", "reading") in AREAS or one.values["area"] is None
    empty = {key for key, entries in region.entered.items() if not entries}
    assert empty == {"showing", "ask", "note"}  # what only schools and people who are asked write


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path))
    monkeypatch.setattr("data.store.own._check", lambda *_: None)  # the schools' register is not what is looked at here
    return tmp_path


def contents() -> list[tuple[object, ...]]:
    opened = engine(place("sample"))
    with opened.connect() as connection:
        return [
            tuple(row)
            for table in ("entry", "entry_version", "audit")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY 1, 2").all()
        ]


def test_filled_once_and_always_the_same(home: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    opened = engine(place("sample"))
    assert sowing.fill(opened, COAST) == 205
    first = contents()
    assert sowing.fill(opened, COAST) == 0 and contents() == first
    (offer, *_) = rows.entries(everything(), opened, "offer")
    rows.change(
        everything(), opened, offer.entry_id, {"days": 1, "slot": 1}, version=offer.version, now=sowing.moment(TODAY)
    )
    assert sowing.fill(opened, COAST) == 0  # what somebody changed stays
    assert rows.entry(everything(), opened, offer.entry_id).values["days"] == 1
    monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path_factory.mktemp("again")))
    sowing.fill(engine(place("sample")), COAST)
    assert contents() == first


def test_all_or_nothing_and_another_sample_begins_anew(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, last = engine(place("sample")), steps(COAST)[-1]
    keep = sowing._enter

    def broken(connection, engine, step, made):  # type: ignore[no-untyped-def]
        if step is last or step.register == "log":
            raise RuntimeError
        keep(connection, engine, step, made)

    with monkeypatch.context() as patched:
        patched.setattr(sowing, "_enter", broken)
        with pytest.raises(RuntimeError):
            sowing.fill(opened, COAST)
    assert contents() == []
    sowing.fill(opened, COAST)
    audited = [row for row in contents() if "edited" in row]
    empty_sample(place("sample"))
    assert contents() == audited  # nobody takes back what was written down of what was done
    assert sowing.fill(opened, COAST) == 205
    assert all(
        len(rows.entries(everything(), opened, key)) for key in REGISTERS if key not in ("showing", "ask", "note")
    )
