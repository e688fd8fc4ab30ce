"""My school: what do we do well, where might help be welcome? No page is empty, whatever is published."""

from __future__ import annotations

from analytics.results import SourceLine
from pages.components import kept_figures, kind_blocks, school_findings, words
from pages.components.sources import source_words
from pages.shell import cached, session
from pages.shell.fair import replying
from pages.shell.school import calls, judged, lists, offering, one_page, people, reading, standing, years

view = session.guard("my_school")
sc = session.chosen_school(view)
page = reading.read(view, sc)
near = calls.found(page)

words.finding(page.finding())
words.paragraph(school_findings.about_line(sc.school, page.scores, similar=len(page.similar)))
replying.tell()
words.bullets(kind_blocks.kind_lines(sc.school, sc.phase))
lists.draw(page)
one_page.button(page, near)
if not page.compared:
    lists.draw_without_results(page)
standing.draw(page)
years.draw(page)
judged.inspection(page)
judged.money(page)
people.draw(page)
calls.draw(page, near)
offering.draw(page)
words.caveat(
    "published results after intake, inspections in their own words, and published accounts.",
    "teaching, culture, this term, or what you know about your pupils.",
)
sources = ("ofsted", "cfr", "aar", *kept_figures.sources(page.values))
words.source_line(
    source_words(cached.rows(view.publication_id, SourceLine), sc.phase, *sources),
    created=view.created,
    sample=view.sample,
)
