"""Text of others made fit to be shown in a line: what cannot be seen, or turns the order of what is seen, is replaced.

For names of files and lines on a terminal, where an unseen character moves the cursor or hides a file's true ending.
"""

from __future__ import annotations

import unicodedata

REPLACED = "\ufffd"
LONGEST = 200
# By their categories: controls, surrogates, line ends; and of the format characters all but the joiners of some scripts.
_UNSEEN = frozenset(("Cc", "Cs", "Zl", "Zp"))
_JOINERS = frozenset("\u200c\u200d")


def seen(text: str, *, keep: str = "") -> str:
    """The text with every unseen character replaced but those of `keep`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(one if one in keep or not _hidden(one) else REPLACED for one in text)


def name_seen(text: str, longest: int = LONGEST) -> str:
    """A name as `seen`, its middle left out where it is longer: a file's ending stays."""
    found = seen(text[: longest * 4]) if len(text) <= longest * 4 else seen(text[: longest * 2] + text[-longest * 2 :])
    return found if len(found) <= longest else f"{found[: longest * 2 // 3]}…{found[-longest // 3 :]}"


def _hidden(one: str) -> bool:
    return unicodedata.category(one) in _UNSEEN or (unicodedata.category(one) == "Cf" and one not in _JOINERS)
