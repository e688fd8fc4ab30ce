"""Which fields of each register hold free words of people: what erasing a person takes out. Pure; reads no store."""

from __future__ import annotations

from collections.abc import Mapping

from data.register.declared import REGISTERS


def free_text() -> Mapping[str, frozenset[str]]:
    """Register -> its fields of free text and links; not what the program sets, nor choices, days and numbers."""
    return {
        key: frozenset(field.key for field in one.typed_by_people if field.kind in ("text", "link"))
        for key, one in REGISTERS.items()
    }
