"""What an operator can set about access, from the environment. Wrong values stop with a sentence; nothing is guessed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import timedelta

from data.catalogue import CatalogueError

OPEN_TO_ALL = "ALONGSIDE_ANYONE_WHO_REACHES_IT_SEES_EVERYTHING"
TRUSTED = "ALONGSIDE_TRUSTED_ISSUERS"
IDLE, LONGEST, AHEAD = "ALONGSIDE_IDLE_MINUTES", "ALONGSIDE_SIGN_IN_HOURS", "ALONGSIDE_DAYS_FOR_THE_SCHOOL"


@dataclass(frozen=True, slots=True)
class Settings:
    """`idle`: without a click, a sign-in ends. `longest`: after that it ends whatever is clicked. `days_ahead`: a school has
    that many days with what is said of it before others in the partnership see it by name. `open_to_all`: without sign-in
    the app answers on any address. `trusted_issuers`: providers whose email addresses are believed unverified.
    """

    idle: timedelta = timedelta(minutes=30)
    longest: timedelta = timedelta(hours=12)
    days_ahead: int = 10
    open_to_all: bool = False
    trusted_issuers: frozenset[str] = frozenset()


def settings() -> Settings:
    """As the environment says now. Raises CatalogueError for a value that cannot be used."""
    return Settings(
        idle=timedelta(minutes=_whole(IDLE, 30, 1, 24 * 60)),
        longest=timedelta(hours=_whole(LONGEST, 12, 1, 24 * 7)),
        days_ahead=_whole(AHEAD, 10, 0, 365),
        open_to_all=_yes(OPEN_TO_ALL),
        trusted_issuers=frozenset(os.environ.get(TRUSTED, "").split()),
    )


def _whole(name: str, usual: int, least: int, most: int) -> int:
    text = os.environ.get(name, "").strip()
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and least <= int(text[:6]) <= most):
        raise CatalogueError(
            f"{name} is {text[:20]!r}", remedy=f"Give a whole number from {least} to {most}, or leave it out."
        )
    return int(text)


def _yes(name: str) -> bool:
    text = os.environ.get(name, "").strip().casefold()
    if text in ("", "no"):
        return False
    if text != "yes":
        raise CatalogueError(f"{name} is {text[:20]!r}", remedy="Write yes, or leave it out.")
    return True
