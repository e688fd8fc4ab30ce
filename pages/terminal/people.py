"""The commands about people: add, list, import, export, close, reopen. Who may run them may see everything anyway.

Always our own store: the sample has no people. Whoever runs the command line is "the person at this computer", and each
change stands in the audit. Nothing heavy is imported before a command runs.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pages.terminal import output
from pages.terminal.console import edge, say
from pages.terminal.filing import JsonOption

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from data.access.accounts import Person

app = typer.Typer(
    help="Who may come in, and with which roles, once sign-in is set up.", no_args_is_help=True, add_completion=False
)
Email = Annotated[str, typer.Argument(help="The address that the person signs in with.", show_default=False)]
ROLES = "director, headteacher, governor, adviser, administrator or auditor"


def _store() -> Engine:
    from data.store.engine import engine
    from pages.terminal.filing import Store, place_of

    return engine(place_of(Store.own))


@app.command()
def add(
    email: Email,
    role: Annotated[str, typer.Option(help=f"{ROLES}; without it the person is invited only.")] = "",
    partnership: Annotated[str, typer.Option(help="For directors, governors, advisers: UID, LA850 or own-...")] = "",
    school: Annotated[int | None, typer.Option(help="For headteachers: the school's URN.")] = None,
    name: Annotated[str, typer.Option(help="What the person is called, if they are not there yet.")] = "",
    json: JsonOption = False,
) -> None:
    """Invite a person, or give somebody who is there already one more role."""
    with edge(json):
        from data.access import accounts
        from data.access.scope import everything

        found = accounts.add(
            everything(), _store(), email, role.strip().casefold(), name=name, uid=partnership.strip() or None, urn=school,
            now=datetime.now(UTC),
        )  # fmt: skip
        say(json, _line(found), **_told(found))


@app.command("list")
def list_(json: JsonOption = False) -> None:
    """Everybody with an account, and their roles."""
    with edge(json):
        from data.access import accounts
        from data.access.scope import everything

        found = [one for one in accounts.people(everything(), _store()) if one.state != "erased"]
        if not found:
            say(json, "Nobody has an account yet. Add an administrator first: people add EMAIL --role administrator")
        for one in found:
            say(json, _line(one), **_told(one))


@app.command("import")
def import_(
    path: Annotated[
        Path, typer.Argument(help="CSV with the columns email, name, role, partnership, school.", show_default=False)
    ],
    json: JsonOption = False,
) -> None:
    """Invite people and give roles from a table: in whole or not at all. It takes no role away."""
    with edge(json):
        from data.access.people_table import LONGEST, TableRefused, take_in
        from data.access.scope import everything
        from data.catalogue import SourceFormatError

        try:
            with path.open("rb") as file:
                content = file.read(LONGEST + 1)
        except OSError as error:
            raise SourceFormatError(
                f"the file cannot be read ({error.strerror})", where=str(path), remedy="Check its name and place."
            ) from error
        try:
            taken = take_in(everything(), _store(), content, now=datetime.now(UTC))
        except TableRefused as refused:
            for row, column, what in refused.bad:
                place = f"row {row}, {column}" if column else f"row {row}"
                say(json, f"    {place}: {what}", error=True, row=row, column=column)
            raise
        say(json, f"Invited: {taken.invited}. Roles given: {taken.given}.", invited=taken.invited, given=taken.given)


@app.command()
def export(
    out: Annotated[Path | None, typer.Option(help="File to write; without it to standard output.")] = None,
) -> None:
    """Write the table of people and roles as CSV; closed accounts are left out."""
    with edge(False):
        from data.access.people_table import csv_out
        from data.access.scope import everything

        content = csv_out(everything(), _store())
        if out is None:
            output.printed(content)
        else:
            output.written(out, content)


@app.command()
def close(email: Email, json: JsonOption = False) -> None:
    """Close an account: its sign-ins end, and it opens nothing from the next click on."""
    _change(email, "close", json)


@app.command()
def reopen(email: Email, json: JsonOption = False) -> None:
    """Open a closed account again, with the roles it held."""
    _change(email, "reopen", json)


def _change(email: str, what: str, json: bool) -> None:
    with edge(json):
        from data.access import accounts
        from data.access.scope import everything
        from data.catalogue import StoreError

        opened, address = _store(), accounts.email_of(email)
        there = [one for one in accounts.people(everything(), opened) if one.email == address]
        if not there:
            raise StoreError(f"nobody has the address {address}", remedy="See: people list")
        change = accounts.close if what == "close" else accounts.reopen
        change(everything(), opened, there[0].account_id, now=datetime.now(UTC))
        found = accounts.person(everything(), opened, there[0].account_id)
        say(json, _line(found), **_told(found))


def _line(one: Person) -> str:
    called = f"{one.name}, {one.email}" if one.name else one.email
    roles = "; ".join(_role(held) for held in _told(one)["roles"]) or "no role"
    return f"{called} ({one.state}): {roles}"


def _role(held: dict[str, Any]) -> str:
    over = held["partnership"] or held["school"]
    return f"{held['role']} of {over}" if over else str(held["role"])


def _told(one: Person) -> dict[str, Any]:
    roles = [{"role": held.role, "partnership": held.uid, "school": held.urn} for held in one.holds]
    return {"email": one.email, "name": one.name, "state": one.state, "roles": roles}
