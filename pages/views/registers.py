"""What people have entered, register by register: read, added to, changed, withdrawn, downloaded and sent in as a table."""

from __future__ import annotations

import streamlit as st

from data.register import rows
from data.register.rows import Entry
from pages.components import register_words as said
from pages.components import words
from pages.components.tables import html_table
from pages.shell import address, session
from pages.shell.entered import register_form, register_upload
from pages.shell.entered.register_rows import Book, book, readable

SHOWN = 30  # rows on the screen; all of them in the download and in the list to choose from


def draw_list(found: Book) -> None:
    entries = found.entries
    if not entries:
        words.paragraph("Nothing has been entered here yet, or nothing that you may read.")
        return
    table = found.table(entries[:SHOWN])
    wide = [field.label for field in found.listed.values() if field.kind == "text" and field.most > 200]
    count = f" ({SHOWN} of {len(entries):,})" if len(entries) > SHOWN else ""
    more = "; one by itself shows more" if len(found.listed) < len(found.register.shown) else ""
    html_table(table, f"{found.register.title}, newest change first{count}{more}", wide=wide)


def chosen(found: Book) -> Entry | None:
    """The row that the address asks for, or that was picked."""
    by_number = {one.entry_id: one for one in found.entries}
    if (held := register_form.held()) and held not in by_number:
        one = rows.entry(found.scope, found.store, held)
        by_number |= {held: one} if one.register == found.register.key else {}
    if not by_number:
        return None
    lost = "The link asks for a row that is not here, or not yours to read."
    number = address.settle("row", (0, *by_number), 0, address.number, lost)
    label = f"Look at one {found.register.one}"
    address.picker(st, "row", label, (0, *by_number), number, lambda one: found.title(by_number[one]) if one else "Choose a row")  # fmt: skip
    return by_number.get(number)


def draw_one(found: Book, entry: Entry) -> None:
    words.heading(found.title(entry).split(": ", 1)[1])
    for key, field in found.register.shown.items():
        first, *more = [line for line in found.text(field, entry.values[key]).split("\n") if line.strip()]
        words.paragraph(first, bold=f"{field.label}:")
        for line in more:
            words.paragraph(line)
    words.paragraph(f"Saved by {found.saved_by(entry)}.", quiet=True)
    register_form.draw_row(found, entry)
    with st.expander("History", key="register_history"):
        words.bullets(found.history(entry))


view = session.guard("registers")
registers = readable(view.scope)
key = address.settle(
    "register", tuple(registers), next(iter(registers)), str, "The link asks for a register that is not here or not yours."
)  # fmt: skip
found = book(view, registers[key])
words.finding(
    f"{found.register.title}: {len(found.entries):,}" if found.entries else f"{found.register.title}: none yet"
)
address.picker(st, "register", "What to look at", tuple(registers), key, lambda one: registers[one].title)
words.paragraph(found.register.about)
readers = said.who_may("Read", found.register.read.items())
by_people = bool(found.register.typed_by_people)  # else the program writes it, as its text says, and nobody types in it
words.paragraph(
    f"{readers} {said.who_may('Written', found.register.write.items())}" if by_people else readers, quiet=True
)
with st.container():  # of its own, so that what stands below stays as open or closed as it was
    register_form.draw_told()
draw_list(found)
entry = chosen(found)
with st.container():
    if entry is not None:
        draw_one(found, entry)
if found.by_people:
    with st.expander(f"Add {found.register.a_one}", key="register_add"):
        register_form.draw_add(found)
table = "Download, and send in a table" if found.by_people else "Download"
with st.expander(table, expanded=register_upload.waiting(found), key="register_table"):
    register_upload.draw_download(found)
    if found.by_people:
        register_upload.draw_upload(found)
words.caveat(
    "what people wrote, as they wrote it, and who changed it when.",
    "whether it is right. No score rests on it; plans for support do.",
)
words.source_line("what people entered here", created=view.created, sample=view.sample)
