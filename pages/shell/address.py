"""What is chosen, kept in the address and remembered across pages of one session.

The address wins over what is remembered; what cannot be used is dropped with a sentence, never with an error.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import Page

from pages.components import words
from pages.shell.registry import BY_KEY, DEFAULT

KEEP = ("data", "who", "partnership", "phase", "year", "school", "hide", "figures")
KEPT = "kept_choices"
PAGES = "menu_pages"  # in the session, of the menu as it was drawn last
V = TypeVar("V", bound=Hashable)


def given(param: str) -> str | None:
    """What the address says, else None."""
    found: str | None = st.query_params.get(param)
    return found or None


def remembered(param: str) -> str | None:
    return _kept().get(param)


def _kept() -> Mapping[str, str]:
    """Every choice of this session. One thing of the session, for each thing asked of it takes its time."""
    found: Mapping[str, str] = st.session_state.get(KEPT, {})
    return found


def wanted(param: str) -> str | None:
    """What the address says, else what this session last chose."""
    return given(param) or remembered(param)


def keep(param: str, value: str) -> None:
    """Remember a choice for this session. `write` puts it into the address."""
    if remembered(param) != value:
        st.session_state[KEPT] = {**_kept(), param: value}


def forget(*params: str) -> None:
    """Let go of choices, so that the usual ones stand again. The address is left to the page that comes next."""
    kept = _kept()
    if kept.keys() & set(params):
        st.session_state[KEPT] = {param: value for param, value in kept.items() if param not in params}


def pick(param: str, value: str) -> None:
    """What a person picked just now (in a callback): remembered, and in the address before the page is drawn."""
    keep(param, value)
    st.query_params[param] = value


def drop(param: str) -> None:
    """Take out of the address what cannot be used, else every reload, and every link that is sent on, asks for it again."""
    st.query_params.pop(param, None)


def write(*params: str) -> None:
    """Put remembered choices into the address, all at once: each change of the address is a step for "back"."""
    kept = _kept()
    now = {param: kept[param] for param in params if param in kept}
    if any(given(param) != value for param, value in now.items()):
        st.query_params.update(now)


def present() -> dict[str, str]:
    """Every choice as it stands, for links."""
    given_now, kept = st.query_params.to_dict(), _kept()
    both = {param: given_now.get(param) or kept.get(param) for param in KEEP}
    both["figures"] = kept.get(
        "figures"
    )  # earlier figures stay only where they could be shown: see `pages.shell.pinning`
    return {param: value for param, value in both.items() if value is not None}


def link(key: str, **params: Any) -> str:
    """A relative address of another view that keeps the present choice. None drops a parameter.

    `link("my_school", school=urn)`. Raises KeyError for a page that is not in the registry.
    """
    path = "" if key == DEFAULT else BY_KEY[key].path
    query = urlencode(merged(params))
    return f"./{path}?{query}" if query else f"./{path}"


def page_of(key: str) -> Page | str:
    """A page for `st.page_link`: the menu's own, which Streamlit need not look for on the disk; its script where there is no
    menu.
    """
    found: Page | None = st.session_state.get(PAGES, {}).get(key)
    return found or str(BY_KEY[key].script)


def merged(params: dict[str, Any]) -> dict[str, str]:
    """The present choice with `params` laid over it; None drops one. Other data have other figures."""
    now = present()
    if params.get("data", now.get("data")) != now.get("data"):
        now.pop("figures", None)
    both: dict[str, Any] = {**now, **params}
    return {name: str(value) for name, value in both.items() if value is not None}


def settle(param: str, options: Container[V], default: V, read: Callable[[str], V | None], lost: str) -> V:
    """The value in force: the address, else what was chosen before, else `default`.

    `read` turns the address's text into a value or None; `lost` is the sentence shown where the address asks for
    something that is not among `options`.
    """
    for text, complain in ((given(param), given(param) != remembered(param)), (remembered(param), False)):
        value = read(text) if text else None
        if value is not None and value in options:
            return value
        if text and complain:
            words.note(lost)
    return default


def picker(
    place: Any, param: str, label: str, options: Sequence[V], value: V, show: Callable[[V], str]
) -> V:  # fmt: skip
    """A drop-down that stands at `value` and writes what is picked into the address before the next run."""
    key = f"pick_{param}"

    def picked() -> None:
        pick(param, str(st.session_state[key]))

    st.session_state[key] = value
    place.selectbox(label, options, key=key, format_func=show, on_change=picked)
    keep(param, str(value))
    return value


def number(text: str) -> int | None:
    """A whole number, else None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
