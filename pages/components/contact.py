"""How to reach a school: phone and website as published. Refuses addresses that are not plain http(s) links, or that hide which site they name."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from urllib.parse import urlsplit

import streamlit as st

from analytics.results import School
from pages.components.tables import Link

DIGITS = 11  # of a number in this country


@lru_cache(maxsize=4096)
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


def spaced(phone: str) -> str:
    """A number of eleven digits as people read it: "01632 960005", "020 7946 0123"; anything else as published."""
    if len(phone) != DIGITS or not phone.isascii() or not phone.isdigit():
        return phone
    if phone.startswith("02"):
        return f"{phone[:3]} {phone[3:7]} {phone[7:]}"
    if phone.startswith("011") or phone[3] == "1":
        return f"{phone[:4]} {phone[4:7]} {phone[7:]}"
    return f"{phone[:5]} {phone[5:]}"


def phone_link(phone: str | None) -> Link | None:
    """A number as a cell of a table: as people read it, to be tapped. None without one."""
    return Link(spaced(phone), f"tel:{_dialled(phone)}") if phone else None


def _dialled(phone: str) -> str:
    return "".join(letter for letter in phone if letter in "+0123456789")


def contact_markup(school: School) -> str:
    """Phone and website as HTML, escaped; "no phone or website published" where there is neither."""
    parts = []
    if school.phone:
        parts.append(f'<a href="tel:{escape(_dialled(school.phone))}">{escape(spaced(school.phone))}</a>')
    if address := web_address(school.website):
        parts.append(f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">website</a>')
    return " · ".join(parts) or "No phone or website published"


def draw(school: School) -> None:
    """Phone and website in a line, each a link."""
    st.html(f'<p class="al-p" style="margin:0 0 .35rem">{contact_markup(school)}</p>')
