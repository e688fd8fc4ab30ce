"""Money in words: a school's own reserve, a share of its trust's, and the trust as a whole."""

from __future__ import annotations

from dataclasses import replace

from analytics.results import Finance, Need, TrustFinance
from pages.components import board_words, money_words, need_blocks, support_findings
from tests.unit.test_finding_sentences import ACCOUNTS

ACADEMY = Finance(
    2, 202425, 6e6, -120_000.0, -2.0, None, None, 88.0, year_type="academic", balance_mean=-1.9, reserve_share=-144_000.0,
    reserve_share_pct=-2.4,
)  # fmt: skip
TRUST = TrustFinance(
    "90001", 202425, 25, 9000.0, 60e6, -9e5, -1.5, -1.2, 2.4e6, 4.0, 79.0, "may_need_support", "finance_pattern", 0.4, 0.85, 42.0,
    37.0, 47.0,
)  # fmt: skip


def test_money_lines_of_a_school_with_a_reserve_of_its_own() -> None:
    before = replace(ACCOUNTS, time_period=202021, reserve_pct=6.1, staff_pct=75.0)
    assert money_words.money_lines([before, ACCOUNTS], ()) == (
        "Reserve at the end of 2024/25: £48k, 4.0% of income. It was 6.1% of income in 2020/21.",
        "In 2024/25 it spent more than it received by £12k. One year alone says little.",
        "Staff take 78% of income. It was 75% in 2020/21.",
    )
    assert money_words.money_lines([], ["No reserve figure is published."]) == (
        "No accounts of this school are in the files.",
        "No reserve figure is published.",
    )
    unsaid = replace(ACCOUNTS, reserve=None, balance=None, staff_pct=None)
    assert money_words.money_lines([unsaid], ["No reserve figure is published."]) == (  # once, not twice
        "No reserve figure is published for 2024/25, so the school's reserves are not compared with others'.",
    )
    assert money_words.year_words([before, ACCOUNTS]) == "Years run from April to March."


def test_an_academys_reserve_is_called_a_share_of_the_trusts() -> None:
    rows = [
        replace(ACADEMY, time_period=202021, reserve_share_pct=6.1, staff_pct=79.0, balance=5.0),
        replace(ACADEMY, time_period=202223), replace(ACADEMY, time_period=202324), ACADEMY,
        replace(ACCOUNTS, urn=2, time_period=201617),  # as a maintained school, in years of another kind
    ]  # fmt: skip
    assert money_words.money_lines(rows, ()) == (
        "Share of trust reserve: the trust records −£144k under this school at the end of 2024/25, −2.4% of its income. "
        "Reserves belong to the trust. It was 6.1% of income in 2020/21.",
        "In 2024/25 it spent more than it received by £120k. Over three years it spent 1.9% more than its "
        "income, on average; in all three of them it spent more than it received.",
        "Staff take 88% of income. It was 79% in 2020/21.",
    )
    assert money_words.year_words(rows) == "Years run from September to August."


def test_the_trust_as_a_whole() -> None:
    said = (
        "Chilver Vale Learning Trust as a whole, 25 schools with accounts: the trust's reserve was £2.4m at the end of "
        "2024/25, 4.0% of its income; over three years it spent 1.2% more than its income, on average."
    )
    earlier = replace(TRUST, time_period=202324, tier="", reasons="")
    name = "Chilver Vale Learning Trust"
    asked = "The finance figures together lie below those of schools in similar circumstances: a question to the trust, not to this school."
    assert money_words.trust_lines([TRUST, earlier], name, inside=True) == (said, asked)
    assert money_words.trust_lines([TRUST], name, inside=False) == (said,)  # what the accounts ask stays inside
    assert money_words.trust_lines([], name, inside=True) == ()
    part = replace(TRUST, income=None, reserve_pct=None)
    assert money_words.trust_sentence(part) == (
        "the trust's reserve was £2.4m at the end of 2024/25; the accounts of its schools at hand do not add up to the whole "
        "trust, so nothing more is said."
    )
    assert money_words.trust_sentence(None) == "no accounts of this trust are in the files."


def test_a_trusts_need_is_its_own_and_no_schools() -> None:
    need = Need(1, "primary", "finance", 202425, "finance", 0.4, 0.85, False, "trust", "finance_pattern", "90001")
    evidence = need_blocks.Evidence([], [ACCOUNTS], [], [TRUST])
    table = need_blocks.need_table([need], evidence, lambda urn: "Hill Primary School", urns=True)
    assert table.loc[0, ["School", "URN"]].tolist() == ["The trust's own accounts", ""]
    assert table.loc[0, "What is known"].startswith("Finance: the trust's reserve was £2.4m at the end of 2024/25")
    assert table.loc[0, "State"] == "Not yet discussed with it"
    assert support_findings.state_sentence(need) == "A question to the trust; not yet discussed with it."
    assert board_words.discuss_lines({}, 0, 1) == (
        "The accounts of one trust among our schools ask a question: see Where support could go.",
    )
