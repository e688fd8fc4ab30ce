"""What How it works says of the views of Overview and Money: inspections by framework, accounts, spending, small schools."""

from __future__ import annotations

from analytics.explained.section import Section
from analytics.facts import small
from analytics.scores import finance, inspection_spread, money_years, spend

INSPECTIONS, ACCOUNTS = "Inspections side by side", "Accounts, spending and small schools"


def sections() -> tuple[Section, ...]:
    return _inspections(), _accounts()


def _inspections() -> Section:
    return Section(
        INSPECTIONS,
        "For each school the newest inspection with a grade or report card stands in the block of its own framework: older grades, four judgements, "
        "report cards. A judgement from before the day on which the school joined stands apart, where that day is published. Blocks are counted "
        "side by side and never added up.\n\n"
        "Good or better is told inside each block by its own words: an overall grade of outstanding or good; each of the four judgements outstanding "
        "or good; every area that was judged at the expected standard or above, and safeguarding met. A category of concern, or safeguarding that is not "
        "effective or not met, is never good. Where a judgement is missing and none speaks against it, the school is counted as not said.",
        {
            "Grades that count as good or better": inspection_spread.GOOD, "Newest framework first": inspection_spread.NEWEST_FIRST,
            "Places of a report card's five words that count": inspection_spread.EXPECTED,
        },
        "METHODS 6; DOMAIN B1",
    )  # fmt: skip


def _accounts() -> Section:
    return Section(
        ACCOUNTS,
        "Accounts are shown as reported, a school's years of one kind only: to March for maintained schools, to August for academies. Reserves of academies in "
        "a trust of several are the trust's; beside the school stands what the trust records under it. Staff cost is given as a share of spending "
        "(income less the balance). A missing figure answers no question. Money and results are said to disagree where the newest reserve, or the trust's "
        "record, lies below nought after three years of spending more than received, while the results are as expected after intake or better.\n\n"
        "Spending per pupil is the school's own spending over the pupils of the same return, the mean of the newest years, without what a trust spends at its "
        "centre; where no return says how many pupils, the newest year over those on roll now. Whether more spending goes with better results is "
        "told by order alone (Spearman), with a range by Fisher's z, for schools of one phase and one kind of years, and only where the whole range lies on one "
        "side of nought. Results are after intake and spending is not: money follows need, so neither causes nor value can be read from it.\n\n"
        "Which schools count as small is our own limit. What they reach together is a partnership's own average, of these schools alone.",
        {
            "Low reserve (% of income)": finance.LOW_RESERVE, "High reserve (% of income)": finance.HIGH_RESERVE,
            "Years in a row in deficit": money_years.DEFICIT_YEARS, "Years of spending averaged": spend.YEARS,
            "Fewest schools for an order": spend.FEWEST, "Spread of Fisher's z": spend.SPREAD,
            "Small: fewer pupils than": dict(small.FEWER_THAN),
        },
        "METHODS 7 and 9; Fieller, Hartley and Pearson 1957; DOMAIN B4",
    )  # fmt: skip
