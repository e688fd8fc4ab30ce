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
    "No cookie that follows you. The table of cookies names every one, and no other is set.",
)
COOKIES: tuple[tuple[str, str, str, str], ...] = (  # name, what it holds, what for, until when
    ("_streamlit_xsrf", "a random number that says nothing of you", "against requests that another site forges", "you close the browser"),
    (
        "_streamlit_session", "that a sign-in has begun, and with which service", "to come back from the sign-in service",
        "you are signed in; 14 days where you turn back",
    ),
    (
        "_streamlit_user", "what the sign-in service says of you, such as name, address and number; signed",
        "to know you on the next page", "you sign out; 30 days at the latest. Alongside itself asks you to sign in again much sooner",
    ),
    (
        "_streamlit_user_tokens", "what the sign-in service gave out for this sign-in; signed",
        "to sign you out at the service, too", "you sign out; 30 days at the latest",
    ),
)  # fmt: skip
COOKIES_ABOUT = (
    "Without sign-in only the first is set. No script of a page can read the others, and where one is too long for a browser it is cut into "
    "several whose names end in a number. The browser itself remembers how wide the menu is and which colours you chose."
)
RIGHTS: tuple[str, ...] = (
    "To see what is kept about you: signed in, download it on this page.",
    "To have something put right, or to be erased: ask whoever looks after Alongside for you. They do it on this page.",
    "What others wrote about you in an entry: ask them, too. It is looked for by hand.",
    "You may complain to the Information Commissioner's Office.",
)
