"""Standing texts of the page Privacy: what is kept of people, what is not, and what one can ask for."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TABLES: Mapping[str, str] = MappingProxyType(
    {
        "account": "Accounts",
        "role_grant": "Roles",
        "sign_in": "Sign-ins",
        "audit": "What was done (names nobody: numbers only)",
        "heavy_work": "Heavy work, such as downloads",
        "entry": "What people have entered",
        "entry_version": "Earlier wordings of it",
    }
)
ABOUT: tuple[str, ...] = (
    "The figures are about schools. Nothing about a single pupil is read or kept, and no figure is about a named member of staff.",
    "About people Alongside keeps what signing in and working together need: who may come in, with which roles, what was "
    "entered and what was done. It is kept in the store of whoever runs Alongside for you, and nowhere else.",
    "Names and addresses are seen by administrators; whoever reads an entry, or who opened a school's pages, sees the name of "
    "the person. Auditors see names beside what was done.",
)
NOT_KEPT: tuple[str, ...] = (
    "No password: the sign-in service of your organisation asks for that, and Alongside never sees it.",
    "No telemetry: the program reports nothing to anybody, and its pages load nothing from elsewhere.",
    "No address of your computer, no kind of browser, no trail of clicks: only what the table names.",
    "Two cookies, and no more: one for the sign-in, signed and gone when you sign out, and one against forged requests, which "
    "says nothing of you.",
)
RIGHTS: tuple[str, ...] = (
    "To see what is kept about you: signed in, download it on this page.",
    "To have something put right, or to be erased: ask whoever looks after Alongside for you. They do it on this page.",
    "What others wrote about you in an entry: ask them, too. It is looked for by hand.",
    "You may complain to the Information Commissioner's Office.",
)
