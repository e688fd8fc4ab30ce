"""Who may see what: the whole table of permissions as the program itself uses it, role by role, in plain words."""

from __future__ import annotations

import pandas as pd

from data.access.permissions import Permission
from data.access.scope import ROLES
from data.access.settings import settings
from data.register.declared import permission_table
from pages.components import people_words, role_words, words
from pages.components.tables import html_table
from pages.shell import session
from pages.shell.files import data_views
from pages.shell.registry import BY_KEY

GROUPS = {
    "page": ("Pages", "Who may open which page, and for which schools"),
    "action": ("What one may do", "Who may do what, and for which schools"),
    "read": ("Reading what people have entered", "Who may read which entries"),
    "write": ("Writing entries", "Who may add, change and withdraw which entries"),
}


def called(line: Permission) -> str:
    """A page by its title, a register by its name, an action by what is done."""
    said = (
        BY_KEY[line.key].title
        if line.kind == "page" and line.key in BY_KEY
        else (line.words.partition(": ")[2] if line.kind in ("read", "write") else line.words)
    )
    return said[:1].upper() + said[1:]


def table(lines: list[Permission]) -> pd.DataFrame:
    rows = [(called(line), *(people_words.REACHES[line.rule[role]] for role in ROLES)) for line in lines]
    heads = [role_words.ONE[role][:1].upper() + role_words.ONE[role][1:] for role in ROLES]
    return pd.DataFrame(rows, columns=["What", *heads])


view = session.guard("access_table")
words.finding("Who may see what: what is not allowed here is refused")
data_views.draw("access_table")
if view.scope.owner:
    words.note("Sign-in is not set up: whoever sits at this computer sees everything. The table holds once it is.")
else:
    words.paragraph(f"You are signed in as {role_words.held(view.scope.roles)}.")
words.bullets(people_words.REACH_MEANINGS)
lines = permission_table()
for kind, (title, caption) in GROUPS.items():
    words.heading(title)
    html_table(table([line for line in lines if line.kind == kind]), caption)
words.heading("What each role is")
who = pd.DataFrame(
    [(role_words.ONE[role][:1].upper() + role_words.ONE[role][1:], said) for role, said in people_words.WHO_EACH_IS],
    columns=["Role", "Who that is"],
)
html_table(who, "Roles", wide=("Who that is",))
words.heading("The school first")
days = settings().days_ahead
words.paragraph(
    f"What the figures say of a school is for the school first. Others of its partnership read it by name "
    f"{words.count(days, 'day')} after the school was shown it. Until then they see of it what anybody sees: its strengths, "
    "its circumstances and published figures. A named need never leaves the partnership."
)
words.caveat(
    "the rules that the program itself goes by, for every page, action and entry.",
    "who holds which role: an administrator sees that under People and access.",
)
