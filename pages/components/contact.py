"""How to reach a school: phone and website as published. Refuses addresses that are not plain http(s) links, or that hide which site they name."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

from analytics.results import School


def web_address(published: str | None) -> str | None:
    """The published website as an http(s) address, None where there is none or where it is something else."""
    text = (published or "").strip()
    if not text:
        return None
    address = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(address)
        named = parts.hostname is not None and "." in parts.hostname and parts.username is None and parts.port != 0
    except ValueError:  # brackets that close nothing, a port that is no number
        return None
    plain = all(letter.isprintable() and letter not in "\\ " for letter in address)
    return address if named and plain and parts.scheme in ("http", "https") else None


def contact_markup(school: School) -> str:
    """Phone and website as HTML, escaped; "no phone or website published" where there is neither."""
    parts = []
    if school.phone:
        number = "".join(letter for letter in school.phone if letter in "+0123456789")
        parts.append(f'<a href="tel:{escape(number)}">{escape(school.phone)}</a>')
    if address := web_address(school.website):
        parts.append(f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">website</a>')
    return " · ".join(parts) or "No phone or website published"
