"""The links of a page, and the newest of those that a pattern names: by the date in the link, never by its place.

Guesses nothing: a page without such a link is refused with what was looked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin

from data.catalogue import SourceFormatError
from data.intake.fetch.addresses import MONTHS


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page with what its name says: a day, or a period such as 2024-25."""

    url: str
    day: date | None
    period: str


def newest(page: str, address: str, find: str) -> Link:
    """The newest link whose address or text `find` fits. Raises SourceFormatError where there is none.

    `find` may name day, month (its first three letters count: publishers write Jan, Sept and August) and year, or period.
    """
    pattern, links = re.compile(find), _links(page)
    found = [
        _dated(fits, urljoin(address, href))
        for href, text in links
        if (fits := pattern.search(unquote(href)) or pattern.search(text))
    ]
    dated = [link for link in found if link is not None]
    if not dated:
        raise SourceFormatError(
            f"none of the {len(links)} links on the page fits {find}: the publisher may have changed it.", where=address
        )
    return max(dated, key=lambda link: (link.day or date.min, link.period))


def _dated(fits: re.Match[str], url: str) -> Link | None:
    """None where the link fits and what stands in the place of a date is none."""
    parts = fits.groupdict()
    if "period" in parts:
        return Link(url, None, parts["period"])
    if "month" not in parts:
        return Link(url, None, "")
    short = [name[:3].casefold() for name in MONTHS]
    try:
        month = short.index(parts["month"][:3].casefold()) + 1
        return Link(url, date(int(parts["year"]), month, int(parts["day"])), "")
    except ValueError:
        return None


class _Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self._address: str | None = None
        self._text: list[str] = []

    def opened(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._address, self._text = dict(attrs).get("href"), []

    def written(self, data: str) -> None:
        if self._address is not None:
            self._text.append(data)

    def closed(self, tag: str) -> None:
        if tag == "a" and self._address is not None:
            self.found.append((self._address.strip(), " ".join("".join(self._text).split())))
            self._address = None

    # The names under which HTMLParser calls them.
    handle_starttag, handle_data, handle_endtag = opened, written, closed


def _links(page: str) -> list[tuple[str, str]]:
    """Address and text of each link."""
    reader = _Anchors()
    reader.feed(page)
    reader.close()
    return reader.found
