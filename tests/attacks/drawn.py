"""Whether what a page drew is harmless: only our own tags, attributes and kinds of link, no Markdown or tag of anybody else's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from streamlit.testing.v1 import AppTest

FAULT = "Something went wrong in Alongside itself"
TAGS = frozenset(
    "h1 h2 h3 p ul li strong em span br a div table caption thead tbody tr th td section dl dt dd details summary abbr hr ol small math mi mo "
    "mn mrow mfrac msup msub msqrt mtext mstyle mover munder semantics".split()
)
ATTRIBUTES = frozenset(
    "class style role tabindex scope colspan rowspan href target rel id title lang aria-label aria-hidden aria-labelledby display open data-th"
    .split()
)  # fmt: skip
LINKS = re.compile(r"\./|#|https?://[^@\s]*\Z|tel:[+0-9]*\Z")
# In labels, which are read as Markdown, these would be markup; what `words.md` escapes has a backslash before it.
MARKDOWN = re.compile(
    r"(?<!\\)(\]\(|!\[|<[a-z/!]|`|\$|\*\*|~~)|:(red|blue|green|orange|violet|material|smile)\b[\[/:]", re.IGNORECASE
)

TAG = re.compile(r"<(?!/?b>|br>)[a-z!/]", re.IGNORECASE)  # pictures have two of their own


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.wrong.append(f"<{tag} {name}>")
            if name == "href" and not LINKS.match(value or ""):
                self.wrong.append(f"href={value!r}")
            if name == "style" and re.search(r"url|expression|@import|\\", value or "", re.IGNORECASE):
                self.wrong.append(f"style={value!r}")

    handle_startendtag = handle_starttag

    def handle_comment(self, data: str) -> None:
        self.wrong.append("a comment")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"<?{data}>")


def wrong_markup(html: str) -> list[str]:
    """What is in the markup that is none of ours."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.wrong


def blocks(block: Any) -> Iterator[Any]:
    """Every element of a page that has a protocol message, containers among them."""
    if getattr(block, "proto", None) is not None:
        yield block
    for child in (getattr(block, "children", None) or {}).values():
        yield from blocks(child)


def faults(at: AppTest) -> list[str]:
    """All that is wrong with a page as it was drawn; [] for a harmless one."""
    found = [f"exception: {one.value}" for one in at.exception]
    for one in blocks(at._tree):
        kind, proto = type(one).__name__, one.proto
        body = str(getattr(proto, "body", ""))
        if FAULT in body:
            found.append("said to be a fault of the program")
        if kind == "Html" and not body.startswith("<style>"):  # a style of ours is no data: see test_markup_in_code
            found += [f"{wrong} in {body[:200]!r}" for wrong in wrong_markup(body)]
        elif kind == "Markdown" and getattr(proto, "allow_html", False):
            found.append(f"Markdown with HTML: {body[:200]!r}")
        label = getattr(proto, "label", "")
        if isinstance(label, str) and MARKDOWN.search(label):
            found.append(f"label with markup: {label[:200]!r}")
    for chart in at.get("plotly_chart"):
        found += [f"{text[:200]!r} in a picture" for text in _strings(json.loads(chart.proto.spec)) if TAG.search(text)]
    return found


def _strings(spec: Any) -> Iterator[str]:
    if isinstance(spec, str):
        yield spec
    elif isinstance(spec, list | dict):
        for one in spec.values() if isinstance(spec, dict) else spec:
            yield from _strings(one)
