"""The column dictionary that goes with every download: what each column of a table means, in plain words.

Column names are stable: other people's spreadsheets rest on them. Refuses nothing; a column without a meaning says where to
look, and a test sees to it that there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import pandas as pd

from pages.reports.exports import meanings

# Tables as they stand on the pages: their headings.
HEADINGS: Mapping[str, str] = MappingProxyType(
    {
        "School": "Name of the school in the register; a letter in its place where names are hidden",
        "URN": "Unique reference number of the school",
        "Area": "Area of practice, such as reading or attendance",
        "Measure": "The published measure by its name; How it works says what it counts",
        "What it says": "What can be said with enough certainty, with its sign",
        "What is known": "What is known in words",
        "Value": "The figure over the years looked at together, in the measure's own units",
        "Range": "Where the figure probably lies once chance is allowed for",
        "Similar intake": "What schools with a similar intake reach, same units",
        "Position (50 = as expected)": "50: what its intake leads one to expect; 10: the usual distance between schools. In brackets where it probably lies",
        "Pupils": "Number of pupils: behind the figure, or on roll where a table is of schools",
        "Years": "Number of years with data",
        "Year": "School year; 2024/25 ended in summer 2025",
        "This school": "The school's figure of that year, or why there is none",
        "Middle half of similar schools": "Half of the similar schools lie between these two figures",
        "Note": "What to know about this year",
        "Figure": "The published figure by its name; How it works says what it counts",
        "Last year": "The newest figure that is firm, with its year and pupils",
        "This summer": "The newer figure that is provisional or the partnership's own, with its year and pupils",
        "Change": "This summer less last year, in points of the measure",
        "Likely range": "How far the change may go where nothing changed but the pupils; whether that is more than chance",
        "What it is": "Whether the newer figure is provisional or supplied by the partnership",
        "Three years to": "The last of the three school years looked at together",
        "Published gap in points": "How far schools usually lie from their own average in published results, in points of the measure, chance taken out",
        "Published gap, likely between": "Where the published gap probably lies",
        "Gap after intake in points": "The same for what is left once each school's intake is allowed for",
        "Gap after intake, likely between": "Where the gap after intake probably lies",
        "Our average": "Average of the schools with a figure, each pupil counting once, in the measure's own units",
        "Our average, school by school": "The same, each school counting once",
        "From expected": "Published results of the years together less what the intake leads one to expect, in the measure's points; chance is in it",
        "Lasting difference": "Average less what the intakes lead one to expect, chance allowed for; positive: above. In brackets where it probably lies",
        "Lasting difference, school by school": "The same, each school counting once",
        "What can be said": "On which side of expectation the average probably lies, and how sure that is",
        "Left out": "Members of the phase without a figure in the measure: not in the average",
        "Schools": "Number of schools",
        "Could share": "Areas in which the school has a strength to share",
        "May need support in": "Areas in which the school may need support: a question until the school has seen it",
        "How sure": "How sure one can be, as a chance",
        "Rests on": "What it rests on: published results, inspection, attendance or accounts",
        "State": "Whether the school has seen it, and what it says",
        "The school says": "What the school says of it, in its own words; empty where it says nothing",
        "Where": "ours: in the partnership; else how far away, in a straight line",
        "Strength": "Areas in which the school has a strength to share; of a proposal: how sure the strength is, 0.05 to 1",
        "Days offered a term": "Areas and days that the school has offered",
        "Supporting school": "The school that could help",
        "Could support": "The school that may need support",
        "May need support": "The school that may need support; no need in this plan: a supporting school whose days are left",
        "Could be supported by": "The supporting school that is proposed; not met: none is; with days: what it has left of what it offered",
        "Days a term": "Days of support in a term",
        "Term": "The school term, by the calendar: September to December, January to March, April to August",
        "Supported school": "The school that gets support",
        "Supports": "Which school it supports, in what, with how many days, and where that stands",
        "Offered": "Days that the school offered for the term",
        "Agreed": "Days that both schools have said yes to",
        "Asked for": "Days that somebody still has to answer for",
        "For working groups": "Days that the school promised to working groups",
        "Elsewhere": "Days that agreements of other partnerships take",
        "Used": "Days of support that were entered as given",
        "Load": "How what is agreed and used stands to what was offered, in words",
        "Nearest offer": "The nearest school or organisation that offers days in the area; empty where nobody does",
        "Away, by road as estimated or entered": "How far away it is: a straight line times 1.3, or as somebody entered it",
        "Distance": "How far away, in a straight line",
        "Similar circumstances": "How alike the two schools' circumstances are, 0.05 to 1",
        "Travel": "How near the two schools are, 0.05 to 1",
        "Came through it": "1: the supporting school came through the same difficulty, or there are not enough years to tell; 0.8: told, and it did not",
        "Evidence": "How sure the evidence is, 0.05 to 1",
        "Fit": "How well the two schools go together, all factors multiplied; empty where the supporting school is shown first what is said of it",
        "Does well": "Areas in which the school has a strength to share; ask: nothing clear in published results",
        "Phone": "The school's telephone number in the register",
        "Website": "The school's website in the register",
        "Kind of school": "Schools in similar circumstances, in words",
        "What": "What is counted, in words",
        "Supplied by": "Who in the partnership supplied the figure",
        "Definition": "What exactly was counted",
        "Circumstance": "What the schools are alike in, or not; not counted: it played no part in choosing them",
        "Your school": "Your school's figure",
        "Average of the set": "The average of the similar schools that have the figure",
        "In words": "Alike (up to 0.1), close (up to 0.25), somewhat apart (up to 0.5) or clearly apart",
        "Difference": "Your school less the average, in usual spreads: 1 is how far schools of this kind typically lie from their average",
        "Category": "Category of spending, as the Department's benchmarking tool names it",
        "Spending on": "Line of spending of the yearly return, or all lines of a category together",
        "You, per pupil": "Your spending in pounds for each pupil of the return",
        "Middle of the set": "Half of the schools that spend on it spend more for each pupil, half less",
        "Where it lies": "Where your spending lies among them; more or less is neither good nor bad",
        "Schools that spend on it": "How many schools of the set spend anything on it, yours among them",
        "FBIT's colour, by its own rules": "The colour that the Department's benchmarking tool would give; no judgement of Alongside's",
        "Part of the page": "Which part of the board's page says it",
        "Finding": "What it says, made from the figures",
        "Where it stands": "Whether the schools have seen it, and which of them agreed that help is welcome",
        "Phase": "Primary, secondary or another; all of ours where there is one only",
        "Balance of the year": "Income less spending of the year; with a minus where more was spent than received",
        "Whose": "Our schools, or all schools of the phase in these figures",
        "Middle school": "Pupils for each teacher in the school in the middle: half have more, half fewer",
        "Middle half": "Half of the schools lie between these two",
        "What changed": "What differs between the two sets of figures",
        "Figures": "How many published figures differ",
        "Question": "What the board asked",
        "Asked on": "The day of the meeting",
        "By": "Which board or committee asked",
        "Answer": "What was answered",
        "Answered on": "The day on which it was answered; empty where it waits",
        "Published": "The kind of published file",
        "Year or date": "School year or financial year of the file, or the day it is as at",
        "Release": "provisional, revised or final",
        "Yours": "yes: the kind that your school is of",
        "Partnership": "The trust, federation or authority",
        "Kind of partnership": "Trust, federation, authority or a list of schools",
        "Average": "Average of its schools with a figure, each pupil counting once, in the measure's own units",
        "After intake": "Average less what the intakes lead one to expect, chance allowed for; positive: above. In brackets where it probably lies",
        "Beside ours": "Whether it can be told apart from our own average after intake, and how sure that is; or why it is not told",
        "Town": "The town in the register; empty where names are hidden",
        "Ages": "The youngest and oldest age of its pupils, as the register has them",
        "Framework": "Under which framework the school was inspected; grades of different frameworks do not compare",
        "Judgement": "What the inspectorate said, in its own words",
        "Inspected on": "The day on which the inspection began",
        "Age": "Whole years from the inspection to these figures",
        "Under whose number": "Whether the judgement was made under the school's own number or a predecessor's",
        "Since joining": "no: the judgement is from before the school joined the partnership",
        "Year ends in": "March: maintained schools; August: academies. The two kinds of years do not compare",
        "Income": "All income of the year, pounds",
        "Reserve": "Reserve at the year's end, pounds; of an academy in a trust what the trust records under it",
        "Reserve, % of income": "The same for each hundred pounds of income",
        "In-year balance": "Income less spending of the year, pounds; below nought: it spent more than it received",
        "In-year balance, % of income": "The same for each hundred pounds of income",
        "Staff, % of spending": "Staff cost for each hundred pounds of spending",
        "Whose reserve": "Reserves of academies in a trust are the trust's",
        "Spending per pupil": "Pounds spent in a year for each pupil, by the school's own accounts",
        "Least and most": "The lowest and the highest of the years that are averaged",
        "Pupils counted": "Pupils of the return, or those on roll now where the return does not say",
        "Places": "Number of places in the register",
        "Roll over two years": "How the number of pupils changed over two years",
        "One pupil weighs": "By how many points one pupil of the tested year moves a result",
        "In a federation with": "Other schools of the same federation",
    }
)  # fmt: skip
# Tables about files and rows: the store's own names.
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "number": "Number of the file in this store; a file that is taken back keeps it",
        "source": "Kind of file, by its short name",
        "title": "Kind of file in words",
        "time_period": "School year or financial year: 202425 is 2024/25; empty for a list as at one date",
        "as_at": "The date that the file describes; empty for a file of a year",
        "release": "provisional, revised or final",
        "scope": "england, or the number of the one authority that the file is of",
        "file_name": "Name of the file as it was given",
        "received": "When it was taken in (universal time)",
        "state": "live: in use; superseded: replaced by a newer file; undone: taken back",
        "rows_read": "Rows under the header",
        "rows_kept": "Rows that gave something",
        "rows_rejected": "Rows left out",
        "schools_matched": "Schools of the file that are in the register; empty where the file names no school",
        "accepted": "The reason given for taking in a file that does not look as such files usually do",
        "sha256": "The file's fingerprint: two files with the same one are the same to the last letter",
        "url": "Where it was fetched from; empty where a person gave it",
        "row": "Row in the file, counted from 1 with the header",
        "column": "Column in the file; empty where the whole row was left out",
        "raw": "What stands in the cell, as published",
        "link": "Where the correction is said",
        "published": "The figure as published, in the measure's own units; empty where there is none",
        "published_status": "What stands behind the published figure: ok, or why there is none",
    }
)  # fmt: skip


def dictionary(table: pd.DataFrame, about: Mapping[str, str] | None = None) -> pd.DataFrame:
    """One row per column of `table`, in its order: Column and Meaning. `about` goes before the usual words. Shared."""
    return _dictionary(tuple(map(str, table.columns)), tuple((about or {}).items()))


@lru_cache(maxsize=256)
def _dictionary(columns: tuple[str, ...], about: tuple[tuple[str, str], ...]) -> pd.DataFrame:
    """Made once for each kind of table: pages draw the same ones at every click."""
    usual = meanings(columns)
    said = {**usual, **HEADINGS, **NAMES, **dict(about)}
    return pd.DataFrame({"Column": list(usual), "Meaning": [said[column] for column in usual]}, dtype="str")
