"""An email address and a name as a person writes them: tidied where that is safe, refused with a sentence where not."""

from __future__ import annotations

import re
import unicodedata

from data.catalogue import AlongsideError

# No quoted local parts, no bare numbers of computers; begins with a letter or digit, so that no cell of a table of
# people can be taken for a formula.
EMAIL = re.compile(
    r"[a-z0-9][a-z0-9.!#$%&'*+/=?^_{|}~-]{0,63}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
LONGEST_EMAIL, LONGEST_NAME = 254, 100
BIDI = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


SIGNS = tuple("=+-@＝＋－＠")  # a spreadsheet may take a cell that begins so for a formula


class PersonRefused(AlongsideError):
    """What was said of a person, or asked of an account, that cannot be. `about`: the cell that it is in, "" for none."""

    def __init__(self, what: str, *, remedy: str = "", about: str = "") -> None:
        self.about = about
        super().__init__(what, remedy=remedy)


def email_of(text: str) -> str:
    """The address in small letters. Raises PersonRefused.

    Only ASCII: a Cyrillic а and a full-width ａ look like the letter a and are others. They are refused rather than folded,
    so that two accounts can never be taken for one another by an address that reads the same.
    """
    typed = text.strip(" \t\r\n")
    if not typed:
        raise PersonRefused("there is no email address", remedy="Give one like name@school.org.", about="email")
    if not typed.isascii():  # before small letters are made: the Kelvin sign's is a k
        odd = next(letter for letter in typed if not letter.isascii())
        raise PersonRefused(
            f"the email address has a character that is not a plain letter ({_called(odd)})",
            remedy="Type it anew with the letters a to z: letters of other alphabets can look the same.",
            about="email",
        )
    address = typed.lower()
    if len(address) > LONGEST_EMAIL or not EMAIL.fullmatch(address) or ".." in address or ".@" in address:
        raise PersonRefused("this is no email address", remedy="Give one like name@school.org.", about="email")
    return address


def name_of(text: str) -> str:
    """The name in one line, composed letters (NFC); "" for none. Raises PersonRefused for what would not be seen, or too long."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if any(unicodedata.category(letter)[0] == "C" or letter in BIDI for letter in name):
        raise PersonRefused("the name has characters that cannot be seen", remedy="Type it anew.", about="name")
    if name.startswith(SIGNS):
        raise PersonRefused("the name begins with a sign", remedy="Begin it with a letter.", about="name")
    if len(name) > LONGEST_NAME:
        raise PersonRefused(f"the name is longer than {LONGEST_NAME} characters", remedy="Shorten it.", about="name")
    return name


def _called(letter: str) -> str:
    return unicodedata.name(letter, f"U+{ord(letter):04X}").lower()
