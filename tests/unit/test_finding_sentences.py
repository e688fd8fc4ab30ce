"""Sentences, word for word: what pages say is made from the data and true of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analytics.results import (
    AreaScore,
    Context,
    Finance,
    Inspection,
    Need,
    School,
    SchoolContext,
    SourceLine,
    Strength,
)
from analytics.scores.screening import REASONS
from data.catalogue import MEASURES
from data.catalogue.vocabulary import TIERS
from pages.components import (
    cards,
    contact,
    figures,
    findings,
    inspection_words,
    measure_words,
    need_blocks,
    plan_blocks,
    school_findings,
    school_statements,
    similar_words,
    sources,
    support_findings,
)
from pages.components.findings import Standing

MATHS = AreaScore(
    urn=1,
    phase="primary",
    area="mathematics",
    time_period=202425,
    measure="ks2_mathematics_expected_pct",
    first_year=202223,
    years=3,
    years_withheld=0,
    pupils=84.0,
    value=52.4,
    value_low=41.2,
    value_high=62.8,
    expected=63.1,
    difference=-9.0,
    difference_low=-16.4,
    difference_high=-2.8,
    m=-1.3,
    s=0.5,
    p_below=0.96,
    p_above=0.01,
    p_within=0.3,
    score=37.0,
    score_low=29.0,
    score_high=45.0,
    tier="may_need_support",
    reasons="",
    severity=0.9,
    lead=True,
    particular="",
    release="final",
    as_predecessor=False,
)
STRONG = replace(
    MATHS,
    area="reading",
    measure="ks2_reading_expected_pct",
    tier="strength_to_share",
    value=78.0,
    value_low=70.0,
    value_high=86.0,
    p_below=0.01,
    p_above=0.97,
    m=1.4,
    severity=0.0,
    lead=False,
)
ABSENCE = replace(
    MATHS,
    area="attendance",
    measure="absence_overall_pct",
    value=7.31,
    value_low=None,
    value_high=None,
    expected=6.0,
    difference=1.2,
    difference_low=0.3,
    difference_high=2.1,
)
ABSENCE_ALONE = replace(ABSENCE, area="attendance")
NEED = Need(1, "primary", "mathematics", 202425, "contextual", 0.9, 0.96, False, "school", "")
SHARED = Strength(2, "primary", "reading", 202425, 0.97, "contextual", False, 3, 84.0)
ACCOUNTS = Finance(1, 202425, 1_200_000.0, -12_000.0, -1.0, 48_000.0, 4.0, 78.0)
VISIT = Inspection(
    1, "graded", "E1", date(2019, 3, 14), 7.7, 1, False, 2.0, 2.0, None, None, 3.0, None, None, "Yes", None, None
)


def school(**changes: object) -> School:
    plain = School(
        urn=1,
        name="Hill Primary School",
        la_code=991,
        la_name="Chilvershire",
        phase="primary",
        stages="primary",
        sector="academy",
        type_name="Academy converter",
        low_age=4,
        high_age=11,
        gender="mixed",
        selective=False,
        religious_character=None,
        pupils=90.0,
        capacity=105.0,
        roll_change_pct=0.0,
        cohort=12.0,
        fsm6_pct=14.0,
        eal_pct=5.0,
        ehcp_pct=3.0,
        sen_support_pct=12.0,
        context_year=202425,
        idaci_score=0.1,
        idaci_decile=7.0,
        town="Pellworth",
        postcode="ZZ1 1AA",
        region=None,
        easting=0.0,
        northing=0.0,
        latitude=52.0,
        longitude=2.0,
        phone="01632 960001",
        website="www.hill.example",
        trust_uid=None,
        trust_name=None,
        federation_uid=None,
        open_date=None,
        predecessor_urn=None,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pounds", "words"),
    [
        (1_234_567, "£1.2m"),
        (640_400, "£640k"),
        (-310_000, "\u2212£310k"),
        (950, "£950"),
        (-0.2, "£0"),
        (None, "not known"),
    ],
)
def test_money(pounds: float | None, words: str) -> None:
    assert figures.money(pounds) == words


@pytest.mark.parametrize(
    ("measure", "value", "words"),
    [
        ("ks2_reading_expected_pct", 52.4, "52%"),
        ("absence_overall_pct", 5.87, "5.9%"),
        ("ks4_attainment8", 46.2, "46.2"),
        ("ks4_progress8", -0.314, "\u22120.31"),
        ("ks4_progress8", -0.001, "0.00"),
        ("ks4_progress8", None, "not known"),
    ],
)
def test_values_in_their_own_units(measure: str, value: float | None, words: str) -> None:
    assert figures.measure_value(measure, value) == words


def test_chances_are_the_nearest_plain_ones() -> None:
    assert [figures.chances(p) for p in (0.97, 0.9, 0.81, 0.76, 0.52)] == [
        "about 19 in 20",
        "about 9 in 10",
        "about 4 in 5",
        "about 3 in 4",
        "about 1 in 2",
    ]


def test_false_share_in_words() -> None:
    assert figures.expected_by_chance(0.083) == "about 1 in 12 of these is expected to be chance"
    assert figures.expected_by_chance(0.01) == "fewer than 1 in 40 of these is expected to be chance"
    assert figures.expected_by_chance(None) == ""


def test_the_area_sentence_of_the_brief() -> None:
    assert measure_words.area_sentence(MATHS) == (
        "Mathematics: 52% reached the expected standard over three years (84 pupils; likely between 41% and 63%). "
        "Schools with a similar intake reach about 63%."
    )


def test_a_mean_shows_the_range_of_its_lasting_level() -> None:
    assert measure_words.area_sentence(ABSENCE) == (
        "Attendance: pupils missed 7.3% of their sessions over three years (84 pupils; lasting level "
        "likely between 6.3% "
        "and 8.1%). In schools with a similar intake they miss about 6.0%."
    )


def test_one_year_and_no_value() -> None:
    assert measure_words.figure_sentence(replace(MATHS, years=1, expected=None)) == (
        "52% reached the expected standard in 2024/25 (84 pupils; likely between 41% and 63%)."
    )
    assert measure_words.figure_sentence(replace(MATHS, value=None)) == "no figure of its own is published."


def test_every_scored_measure_has_words_of_its_own() -> None:
    without = [key for key, found in MEASURES.items() if found.role == "scored" and key not in measure_words.PHRASES]
    assert without == []
    assert measure_words.value_words("ks2_reading_scaled_score", 104.0) == "Reading: average scaled score was 104"


def test_sureness_names_a_side_only_where_one_is_likelier_than_not() -> None:
    assert measure_words.sureness(MATHS) == "Probably below what its intake leads one to expect: about 19 in 20."
    assert measure_words.sureness(STRONG) == "Probably above what its intake leads one to expect: about 19 in 20."
    assert measure_words.sureness(replace(MATHS, p_below=0.4, p_above=0.3)) == ""
    assert (
        measure_words.sureness(ABSENCE) == "Probably more absence than its intake leads one to expect: about 19 in 20."
    )


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (Standing(16, 14, 7, 5, 2), "Seven of our 16 primary schools could share a strength; five may need support"),
        (Standing(9, 9, 1, 0, 0), "One of our nine primary schools could share a strength; no clear need for support"),
        (
            Standing(9, 9, 0, 2, 0),
            "Two of our nine primary schools may need support; no clear strength in published results",
        ),
        (Standing(9, 9, 0, 0, 0), "Nothing stands out clearly in the results of our 9 primary schools"),
        (Standing(3, 0, 0, 0, 3), "No published results to compare for our primary schools"),
    ],
)
def test_overview_finding(standing: Standing, words: str) -> None:
    assert findings.overview_finding(standing, "primary") == words


def test_overview_line_counts_who_is_missing() -> None:
    assert findings.overview_line(Standing(16, 13, 7, 5, 3), "primary", 202425, 3) == (
        "13 of 16 schools have results of enough pupils to say something, three years to 2024/25, beside what schools with "
        "their intake reach. Three have none, or too few pupils."
    )
    assert findings.overview_line(Standing(2, 1, 0, 0, 1), "secondary", 202425, 1).startswith(
        "1 of 2 schools has results of enough pupils to say something, 2024/25, beside"
    )
    assert findings.overview_line(Standing(3, 0, 0, 0, 3), "special", 0, 0) == (
        "3 special schools. No results of theirs are in these figures."
    )


def test_inspected_card() -> None:
    assert findings.inspected_words(23, 25, True) == (
        "23 of 25",
        "schools inspected since joining",
        "Two not, by the files",
    )
    assert findings.inspected_words(25, 25, True)[2] == "Every school"


def test_what_went_well_names_most_schools_first() -> None:
    assert findings.went_well({"reading": ["Hill"], "mathematics": ["Hill", "Vale"], "writing": []}) == (
        "Mathematics: Hill and Vale have a strength to share.",
        "Reading: Hill has a strength to share.",
    )


@pytest.mark.parametrize(
    ("need", "ending"),
    [
        (NEED, "May need support; not yet discussed with the school."),
        (
            replace(NEED, particular=True),
            "May need support in this area in particular; not yet discussed with the school.",
        ),
        (
            replace(NEED, basis="absolute"),
            "Low for its pupils, in line with intake: resources rather than practice; not yet discussed "
            "with the school.",
        ),
    ],
)
def test_a_need_is_a_question_with_its_state(need: Need, ending: str) -> None:
    shown = need_blocks.Evidence([MATHS], [], [])
    assert f"{shown.sentence(need)} {support_findings.state_sentence(need)}" == (
        f"{measure_words.area_sentence(MATHS)} {ending}"
    )


def test_needs_from_money_and_inspection_rest_on_their_own_evidence() -> None:
    shown = need_blocks.Evidence([], [replace(ACCOUNTS, time_period=202324, reserve=1.0), ACCOUNTS], [VISIT])
    money = replace(NEED, area="finance", basis="finance", p=None)
    assert shown.sentence(money) == (
        "Finance: the reserve was £48k at the end of 2024/25, 4.0% of income; over the year it spent £12k more than it "
        "received."
    )
    assert support_findings.sure_words(money) == "From the accounts."
    leading = replace(NEED, area="leadership", basis="inspection", p=None)
    assert shown.sentence(leading) == (
        "Leadership: Requires improvement for leadership and management, 14 March 2019, under this school's number, "
        "7 years old."
    )
    assert inspection_words.practice_line(None, "leadership") == "no graded inspection is in the files."


def test_withheld_reserve_says_so() -> None:
    assert support_findings.finance_sentence(replace(ACCOUNTS, reserve=None, balance=9_000.0)) == (
        "no reserve figure is published for 2024/25, so nothing is said of the school's reserves; over "
        "the year it kept £9,000 "
        "of what it received."
    )
    assert support_findings.finance_sentence(None) == "no accounts of this school are in the files."


def test_questions_are_counted_beside_their_schools() -> None:
    more = replace(NEED, area="reading")
    assert support_findings.questions_line([NEED]) == support_findings.questions_line([]) == ""
    assert support_findings.questions_line([NEED, more]) == "Two questions at one school."
    elsewhere = replace(NEED, urn=NEED.urn + 1)
    assert support_findings.questions_line([NEED, more, elsewhere]) == "Three questions at two schools."
    assert support_findings.questions_line([NEED, replace(more, scope="trust")]) == ""


def test_needs_finding() -> None:
    other = replace(NEED, urn=2)
    assert support_findings.needs_finding([NEED, other, replace(other, area="attendance")]) == (
        "Two schools may need support, most often in mathematics"
    )
    assert support_findings.needs_finding([NEED]) == "One school may need support, in mathematics"
    assert support_findings.needs_finding([NEED, replace(other, area="reading")]) == (
        "Two schools may need support, each in an area of its own"
    )
    assert support_findings.needs_finding([]) == "No school shows a clear need for support in what is published"


def test_plan_findings() -> None:
    assert support_findings.plan_finding(6, 2, 18, 26) == (
        "Six proposals use 18 of the 26 days offered a term; two needs are not met"
    )
    assert support_findings.plan_finding(0, 0, 0, 0) == "No need here to plan for"
    assert support_findings.asked_finding(3, 1) == (
        "Three needs could be met by schools not yet asked; one would still be without"
    )
    assert support_findings.helpers_finding(0, needed=True) == (
        "None of our schools has a clear strength in what may be needed; schools near us may"
    )


def test_reasons_take_names_as_they_are() -> None:
    assert plan_blocks.filled("{supporter} could help {need}.", need="Vale {supporter}", supporter="Hill") == (
        "Hill could help Vale Hill."
    )


def test_school_findings_by_what_is_known() -> None:
    assert school_findings.school_finding("Hill", [STRONG, MATHS]) == (
        "Hill: reading to share, mathematics to look at together"
    )
    assert school_findings.school_finding("Hill", [STRONG]) == "Hill: reading to share"
    assert school_findings.school_finding("Hill", []) == "Hill: what is known where results are not compared"
    assert school_findings.school_finding("Hill", [], judged=["send"]) == (
        "Hill: inclusion and special educational needs to share"
    )
    few = replace(MATHS, tier="not_enough_data", reasons="few_pupils")
    assert school_findings.school_finding("Hill", [few]) == "Hill: too few pupils to say how results compare"
    withheld = replace(few, reasons="withheld")
    assert (
        school_findings.school_finding("Hill", [withheld]) == "Hill: too little is published to say how results compare"
    )
    there = replace(ABSENCE, area="attendance", tier="as_expected")
    assert school_findings.school_finding("Hill", [few, there]) == (  # never "results as expected" of attendance alone
        "Hill: too few pupils to say how results compare, attendance as expected given intake"
    )
    assert school_findings.school_finding("Hill", [there]) == "Hill: attendance as expected given intake"
    usual = replace(MATHS, tier="as_expected")
    assert school_findings.school_finding("Hill", [usual, few]) == "Hill: results as expected given intake"
    assert school_findings.school_finding("Hill", [usual, few], judged=["curriculum"]) == (
        "Hill: curriculum and teaching to share, results as expected given intake"
    )
    assert school_findings.school_finding("Hill", [MATHS], judged=["curriculum"]) == (
        "Hill: curriculum and teaching to share, mathematics to look at together"
    )
    assert school_findings.school_finding("Hill", [STRONG], asked=["leadership"]) == (
        "Hill: reading to share, leadership to look at together"
    )
    assert school_findings.school_finding("Hill", [STRONG], judged=["curriculum"]) == "Hill: reading to share"
    mixed = replace(MATHS, tier="mixed_evidence")
    assert school_findings.school_finding("Hill", [mixed]) == ("Hill: nothing stands out clearly in published results")


def test_a_school_finding_from_outside_names_no_need_and_hides_none_as_typical() -> None:
    usual = replace(MATHS, tier="as_expected")
    for scores in ([MATHS], [usual, MATHS], [usual]):  # one sentence for all: it must not tell which school has a need
        assert school_findings.school_finding("Hill", scores, inside=False) == (
            "Hill: no clear strength in published results"
        )
    assert school_findings.school_finding("Hill", [STRONG, MATHS], inside=False) == "Hill: reading to share"


@pytest.mark.parametrize(
    ("cohort", "words"),
    [
        (12, "one pupil = 8 points"),
        (60, "one pupil = 2 points"),
        (100, "one pupil = 1.0 point"),
        (180, "one pupil = 0.6 points"),
    ],
)
def test_what_one_pupil_is_worth(cohort: float, words: str) -> None:
    assert school_findings.one_pupil(cohort) == words


def test_about_line() -> None:
    assert school_findings.about_line(school(), [MATHS]) == (
        "Primary, ages 4 to 11, 90 pupils. 12 pupils in the latest tested year: one pupil = 8 points. "
        "Results of three years to 2024/25."
    )
    assert school_findings.about_line(school(cohort=None), [ABSENCE_ALONE], similar=50).endswith(
        "Attendance of three years to 2024/25, beside 50 similar schools."
    )
    assert school_findings.about_line(school(stages="", phase="special", pupils=None), []) == "Special, ages 4 to 11."
    college = school(stages="", phase="sixteen_plus", pupils=None, low_age=16, high_age=19)
    assert school_findings.about_line(college, []) == "16 to 19."
    assert school_findings.about_line(replace(college, high_age=99), []) == "16 to 19, ages 16 and over."


def test_the_two_lists() -> None:
    (said,) = school_statements.share([STRONG, MATHS])
    assert (said.area, said.text) == (
        "reading",
        "Reading: 78% reached the expected standard over three years (84 pupils; likely between 70% and "
        "86%). Schools with "
        "a similar intake reach about 63%. Probably above what its intake leads one to expect: about 19 in 20.",
    )
    same = replace(MATHS, area="writing", measure="ks2_writing_expected_pct", lead=False)
    first, second = school_statements.welcome([same, MATHS])
    assert first.text.endswith("about 19 in 20. Not yet discussed with you.") and first.area == "mathematics"
    assert (second.area, second.text) == ("writing", "The same pupils' results also lie below in writing.")


def test_strengths_and_needs_of_inspection_stand_in_its_own_words() -> None:
    judged = Strength(1, "primary", "curriculum", 202425, None, "inspection", False, 0, None)
    (said,) = school_statements.share([], [judged, SHARED], VISIT)
    assert said.text == (
        "Curriculum and teaching: Good for quality of education, 14 March 2019, under this school's number, 7 years old."
    )
    asked = replace(NEED, area="leadership", basis="inspection")
    found = school_statements.other_need(asked, None, VISIT, "Not yet discussed with you.")
    assert found.text.startswith(
        "Leadership and governance: Requires improvement for leadership and management, 14 March 2019"
    )
    accounts = school_statements.other_need(replace(NEED, area="finance", basis="finance"), ACCOUNTS, None, "")
    assert accounts.text.startswith("Finance: The reserve was")
    level = school_statements.other_need(replace(NEED, basis="absolute"), None, None, "")
    assert level.words == school_statements.LOW


def test_quiet_lines_say_why() -> None:
    few = replace(MATHS, tier="not_enough_data", reasons="few_pupils", pupils=21.0, years_withheld=1)
    assert school_findings.quiet_lines([few, replace(STRONG, tier="mixed_evidence")], REASONS) == (
        "Mixed evidence in reading.",
        "Not enough data in mathematics: fewer than 30 pupils over the years that can be pooled.",
        "Mathematics: 1 year withheld by the publisher.",
    )
    assert school_findings.more_needed([few]) == (
        "To say more of mathematics, at least 30 pupils over the years pooled are needed; there are 21."
    )


def test_compared_with_itself() -> None:
    found = school_findings.itself_lines([MATHS, STRONG])
    assert found == (
        "Stronger: reading. 78% reached the expected standard over three years (84 pupils; likely "
        "between 70% and 86%). "
        "Schools with a similar intake reach about 63%.",
        "Less strong: mathematics. 52% reached the expected standard over three years (84 pupils; "
        "likely between 41% and "
        "63%). Schools with a similar intake reach about 63%.",
    )
    assert school_findings.itself_lines([MATHS]) == ()
    few = [replace(row, tier="not_enough_data", pupils=26.0) for row in (MATHS, STRONG)]
    assert (
        school_findings.itself_lines(few)[2]
        == "So few pupils can change places by chance: read both with their ranges."
    )
    assert school_findings.itself_lines([replace(row, pupils=10.0) for row in few]) == ()


def test_nearby_counts_never_name() -> None:
    assert school_findings.nearby_lines({"mathematics": 3, "reading": 0, "attendance": 1}, 25.0) == (
        "Mathematics: three schools within 25 km may need support.",
        "Attendance: one school within 25 km may need support.",
    )


def test_inspection_in_its_own_words_by_era() -> None:
    old = replace(VISIT, era="E1", start_date=date(2013, 1, 10), age_years=13.9, as_predecessor=True, overall=1.0)
    card = replace(VISIT, era="E2", start_date=date(2025, 2, 4), age_years=0.8, overall=None, as_predecessor=None)
    blocks = inspection_words.by_era([old, VISIT, card])
    assert [(era, len(rows)) for era, _, rows in blocks] == [("E3", 0), ("E2", 1), ("E1", 2)]
    assert inspection_words.inspection_line(blocks[2][2][0]) == (
        "Good, 14 March 2019, under this school's number, 7 years old."
    )
    assert inspection_words.inspection_line(old) == (
        "Outstanding, 10 January 2013, under a predecessor's number, 13 years old."
    )
    assert inspection_words.inspection_line(card) == (
        "No overall grade given, 4 February 2025, the file does not say under which number, under a year old."
    )
    assert inspection_words.parts(replace(VISIT, category_of_concern="SM", safeguarding="9")) == (
        "Quality of education: Good",
        "Leadership and management: Requires improvement",
        "Category of concern: special measures",
    )
    ungraded = replace(VISIT, event="ungraded", overall=None, outcome="School remains Good")
    assert inspection_words.headline(ungraded) == "School remains Good"


def test_similar_schools_in_words() -> None:
    assert similar_words.similar_finding("Hill", 50, 12) == "Hill: 12 of 50 similar schools have a strength to share"
    assert similar_words.similar_finding("Hill", 0, 0) == "Hill: no close match among the schools in these figures"
    assert similar_words.quality_words("few") == ("Few close matches: the school's circumstances are unusual.")
    kind = Context("primary", 1, "smaller schools", 340, 0.7, 0.18, "pattern_only", "")
    own = SchoolContext(1, "primary", 1, "smaller schools", 2, "larger schools")
    assert similar_words.kind_lines(own, [kind]) == (
        "340 schools of this kind among all schools in these figures.",
        "Second nearest: larger schools.",
        "These kinds are a pattern only: another sample of schools might draw them differently.",
        "Circumstances shade into one another: the kinds have no sharp edges.",
    )


HELD = Standing(9, 9, 3, 1, 0, first=6, whole=False)


def test_what_is_shown_to_schools_first_is_said_to_be() -> None:
    first = "what is said of six schools is shown to them first"
    assert findings.overview_finding(HELD, "primary") == (
        f"Three of our nine primary schools could share a strength; one may need support; {first}"
    )
    assert findings.overview_finding(replace(HELD, strengths=0), "primary") == (
        f"One of our nine primary schools may need support; {first}"
    )
    assert findings.overview_finding(replace(HELD, strengths=0, needs=0), "primary") == f"W{first[1:]}"
    assert findings.shown_first(1) == "what is said of one school is shown to it first"
    assert replace(HELD, whole=True).held == ""


def test_source_words_name_what_there_is() -> None:
    line = SourceLine(1, "ks2", "x.csv", 202425, None, "final", 10, 10, 0, 9.0, "ab", "2026-11-21")
    assert sources.source_words([line, replace(line, source="census")], "primary", "ofsted") == (
        "DfE key stage 2 performance tables and DfE school census tables, 2024/25 final"
    )
    assert sources.source_words([], "primary") == "the published files loaded"


@pytest.mark.parametrize(
    ("published", "address"),
    [
        ("www.hill.example", "https://www.hill.example"),
        ("http://hill.example/a", "http://hill.example/a"),
        ("javascript:alert(1)", None),
        ("", None),
        (None, None),
        ("ask the office", None),
        ("http://[hill", None),
        ("https://hill.example:port/", None),
        ("https://gov.uk@x.invalid/", None),
        ("https://hill.example/\u202egnp", None),
        ("https://hill.example\\@x.invalid", None),
    ],
)
def test_only_plain_web_addresses_become_links(published: str | None, address: str | None) -> None:
    assert contact.web_address(published) == address


def test_contact_is_escaped() -> None:
    nasty = school(phone='01632"><script>', website=None)
    assert contact.contact_markup(nasty) == '<a href="tel:01632">01632&quot;&gt;&lt;script&gt;</a>'
    assert contact.contact_markup(school(phone=None, website=None)) == "No phone or website published"


def test_short_names_stay_whole_where_hidden() -> None:
    assert cards.short_name("Lower Quennet Primary School") == "Lower Quennet"
    assert cards.short_name("School A") == "School A"
    assert cards.short_name("Tolverton Junior School") == "Tolverton"


def test_quiet_groups_list_by_area() -> None:
    rows = [replace(MATHS, urn=urn, tier="mixed_evidence") for urn in (1, 2)]
    rows.append(replace(STRONG, urn=3, tier="not_enough_data"))
    assert need_blocks.quiet_groups(rows, {1: "Vale", 2: "Hill", 3: "Moor"}.__getitem__) == (
        "Mixed evidence in mathematics: Hill and Vale.",
        "Not enough data in reading: Moor.",
    )


def test_tier_words_are_the_catalogue_s() -> None:
    assert TIERS["low_in_line"].capitalize() == "Low for its pupils, in line with intake"
