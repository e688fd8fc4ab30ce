"""How tests open pages and read them: a view by itself, or inside app.py; all its text; whole forbidden words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
from streamlit.testing.v1 import AppTest

from data.catalogue.vocabulary import FORBIDDEN_WORDS
from pages.shell.registry import BY_KEY

APP = Path(__file__).parents[2] / "app.py"
# LOOK.md: off every screen but "How it works".
OFF_SCREEN = (
    "tau", "ridit", "shrunk", "posterior", "standardised", "comparator", "placebo", "lexicographic", "95%", "n =",
    "publication_id",
)  # fmt: skip


def view(key: str, **params: str) -> AppTest:
    """One view by itself, as if asked for by direct link in a process that never ran app.py."""
    at = AppTest.from_file(str(BY_KEY[key].script), default_timeout=30)
    for name, value in params.items():
        at.query_params[name] = value
    return at.run()


def app(key: str, **params: str) -> AppTest:
    """One page inside app.py."""
    at = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in params.items():
        at.query_params[name] = value
    at.run()
    return at if key == "welcome" else at.switch_page(f"pages/views/{BY_KEY[key].file}").run()


def _strings(block: Any) -> Iterator[str]:
    children = getattr(block, "children", None)
    if children is not None:
        label = getattr(getattr(block, "proto", None), "label", "")
        if isinstance(label, str):
            yield label
        for child in children.values():
            yield from _strings(child)
        return
    proto = getattr(block, "proto", None)
    if proto is None:
        return
    for field in ("body", "label", "value", "placeholder", "help", "alt"):
        found = getattr(proto, field, "")
        if isinstance(found, str):
            yield found
    for option in getattr(proto, "options", []) or []:
        yield str(getattr(option, "content", option))


def text(at: AppTest) -> str:
    """Everything on the page that a person or a screen reader reads, tags removed, one line per element."""
    markup = "\n".join(part for part in _strings(at.main) if part and "<style>" not in part)
    plain = re.sub(r"<[a-z/][^>]*>", " ", markup)
    return re.sub(r"[ \t]+", " ", unescape(plain))


def html(at: AppTest) -> str:
    """The page's own markup, as sent."""
    return "\n".join(part for part in _strings(at.main) if part and "<style>" not in part)


def off_words(shown: str, words: tuple[str, ...] = FORBIDDEN_WORDS + OFF_SCREEN) -> list[str]:
    """Those of `words` that stand in `shown` as whole words, whatever the case."""
    return [word for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", shown, re.IGNORECASE)]


def pictures(at: AppTest) -> str:
    """Everything written in the page's pictures: plotly figures as they are sent. Raises ValueError where plotly refuses one."""
    specs = [str(shown.proto.spec) for shown in at.get("plotly_chart")]
    for spec in specs:
        go.Figure(json.loads(spec))  # pages send what `pages.charts.sketch` wrote down: nobody else looks at it
    return "\n".join(specs)
