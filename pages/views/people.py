"""People and access: who has an account and which roles, invited, changed and closed by an administrator."""

from __future__ import annotations

from data.access import accounts
from data.access.accounts import Person
from pages.components import people_words, words
from pages.components.people_words import PersonRow
from pages.components.tables import html_table
from pages.shell import session
from pages.shell.door import identity
from pages.shell.entered import people_forms, people_places
from pages.shell.files import data_views


def role_words(people: list[Person]) -> dict[int, list[str]]:
    """Account -> the roles that it holds, in words."""
    held = [given for one in people for given in one.holds]
    uids, urns = {one.uid for one in held if one.uid}, {one.urn for one in held if one.urn is not None}
    groups, schools = people_places.labels(store, uids, urns) if store is not None else ({}, {})
    return {
        one.account_id: [
            people_words.role_over(given.role, groups.get(given.uid or "", "") or schools.get(given.urn or 0, ""))
            for given in one.holds
        ]
        for one in people
    }


def looks_after(one: Person) -> bool:
    return one.state != "closed" and any(given.role == "administrator" for given in one.holds)


def draw_list(people: list[Person], roles: dict[int, list[str]]) -> None:
    rows = [PersonRow(one.name, one.email, tuple(roles[one.account_id]), one.state) for one in people]
    html_table(people_words.people_table(rows), "People and their roles", wide=("Roles",))


view = session.guard("people")
store = people_places.ours()
everybody = accounts.people(view.scope, store) if store is not None else ()
people = [one for one in everybody if one.state != "erased"]
closed = sum(one.state == "closed" for one in people)
words.finding(
    f"{words.count(len(people), 'person has', 'people have')} an account{f', {closed} of them closed' if closed else ''}"
    if people
    else "Nobody has an account yet"
)
data_views.draw("people")
if not identity.sign_in_configured():
    words.note(
        "Sign-in is not set up: Alongside answers on this computer only, and whoever sits at it sees everything. Accounts "
        f"count once sign-in is set up. {'' if any(looks_after(one) for one in people) else 'Invite an administrator first.'}"
    )
people_forms.draw_said()
roles = role_words(people)
if people:
    draw_list(people, roles)
people_forms.draw_invite(view.scope, store)
if store is not None and people:
    people_forms.draw_change(view.scope, store, people, roles)
people_forms.draw_tables(view.scope, store)
session.go("access_table", "Next: who may see what")
words.caveat(
    "who can sign in, and what their roles are over.",
    "who is at their desk now, or what they have read: that is under What was done.",
)
