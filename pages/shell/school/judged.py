"""What others say of a school: inspections in the inspectorate's own words, and its published accounts."""

from __future__ import annotations

import streamlit as st

from analytics.results import DomainScore, InspectionStanding, TrustFinance
from analytics.scores.screening import REASONS
from pages.components import inspection_words, money_words, words
from pages.components.figures import sentence_start
from pages.shell import cached
from pages.shell.school.lists import said_later
from pages.shell.school.reading import SchoolPage

INSPECTED = ("leadership", "curriculum", "behaviour")
OF_NEEDS = frozenset(("deficit", "low_reserve_and_losses", "finance_pattern"))  # for the school's own partnership


def inspection(page: SchoolPage) -> None:
    """Three blocks, one per framework; the signal beneath for those who may be told."""
    words.heading("Inspection, each in its own words")
    for place, (era, heading, visits) in zip(st.columns(3), inspection_words.by_era(page.visits), strict=True):
        with place, st.container(border=True, height="stretch"):
            words.subheading(heading)
            if not visits:
                words.paragraph(inspection_words.NONE_IN_ERA[era])
            for visit in visits:
                said = inspection_words.headline(visit)
                line = inspection_words.inspection_line(visit).removeprefix(said).lstrip(", ")
                words.paragraph(line, bold=f"{said},")
                words.bullets(inspection_words.parts(visit))
    if page.inside:  # a signal asks a question of the school
        rows = cached.rows(page.view.publication_id, InspectionStanding, urn=page.sc.urn)
        for line in inspection_words.standing_lines(next(iter(rows), None), page.visit):
            words.paragraph(line)
    said_later(page, INSPECTED)


def money(page: SchoolPage) -> None:
    """Reserve, balance and staff cost in sentences; the trust behind it once; what accounts ask, only inside."""
    found = page.view.publication_id
    said = {"trust_reserve"} if any(row.reserve_share is not None for row in page.finance) else set()
    said |= set() if page.inside else OF_NEEDS
    domain = [row for row in cached.rows(found, DomainScore, urn=page.sc.urn) if row.domain == "finance"]
    codes = [code for row in domain for code in row.reasons.split("|") if code in REASONS and code not in said]
    reasons = [sentence_start(f"{words.listing(REASONS[code] for code in codes)}.")] if codes else []
    words.heading("Money")
    school = page.sc.school
    trust = cached.rows(found, TrustFinance, uid=school.trust_uid) if school.trust_uid else ()
    name = None if page.sc.hide_names else school.trust_name  # many a trust is named after its one school
    of_trust = money_words.trust_lines(trust, name or "The trust", inside=page.inside)
    words.bullets((*money_words.money_lines(page.finance, reasons), *of_trust))
    if months := money_words.year_words(page.finance):
        words.paragraph(months, quiet=True)
    said_later(page, ("finance",))
