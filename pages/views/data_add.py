"""Add files: drop them, see what they are and what would change, take them in, make the figures."""

from __future__ import annotations

from data.store.engine import warning
from pages.components import words
from pages.shell import session
from pages.shell.files import data_views, filing, making

view = session.guard("data_add")
words.finding("Add files")
data_views.draw("data_add")
if view.place.kind == "sample":
    words.note("These are the made-up schools of the sample. Real files are never mixed with them, so none go in here.")
    session.go("own_schools", "Use our own schools", data="own", partnership=None, school=None, phase=None, year=None)
else:
    if caution := warning(view.place):
        words.note(caution)
    filing.draw_taken()
    found = making.offer(view.scope, view.place, key="add_make")
    if found.current:
        words.paragraph(f"{words.figures_of(found.created)} They show every file in use.")
        session.go("overview", "Next: open the overview")
    filing.draw_dropper(view.scope, view.place)
words.caveat(
    "what each file is, and what taking it in would change.",
    "whether what was published is right; a school can ask its publisher to correct it.",
)
words.source_line("the files you add, as published", created=view.created, sample=view.sample)
