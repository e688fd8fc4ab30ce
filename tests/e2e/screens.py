"""Every view once in a browser, on the filled sample: what axe says, whether it fits, what a person without a mouse needs.

One load for each view; then both themes and three widths by resizing. What is found is a list of sentences, empty where all
is well: what the toolkit causes and the accessibility statement admits (`about.KNOWN`) is left out, and nothing else.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from pages.components.about import KNOWN
from tests.e2e.conftest import SLOW, Server, settled
from tests.sample import published

AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RUN = """async (only) => (await axe.run({exclude: ['.katex']}, {resultTypes: ['violations'], ...only})).violations
  .filter(one => ['serious', 'critical'].includes(one.impact) || one.id === 'heading-order')
  .flatMap(one => one.nodes.map(node => ({rule: one.id, where: node.target.join(' '), html: node.html.slice(0, 160),
     known: KNOWN.some(([rule, inside]) => rule === one.id && document.querySelector(node.target.join(' '))?.closest(inside)),
     said: [...node.any, ...node.all, ...node.none].map(check => check.message).join('; ').slice(0, 200)})))"""
# Words of ours that end right of the screen outside a box that scrolls by itself.
CUT = """() => [...document.querySelectorAll('[data-testid=stMain] :is(h1,h2,h3,p,li,dt,dd,label,summary,caption)')]
  .filter(one => one.checkVisibility() && !one.closest('.al-scroll, .js-plotly-plot, .al-hidden, [data-testid=stDialog]'))
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1).map(one => one.innerText.slice(0, 60))"""
STRUCTURE = """() => ({
  lang: document.documentElement.lang, title: document.title, h1: document.querySelectorAll('h1').length,
  main: document.querySelectorAll('main').length, nav: document.querySelectorAll('nav[aria-label]').length,
  skip: document.querySelector('a[href="#stMain"]')?.innerText ?? '',
  later: [...document.querySelectorAll('[tabindex]')].filter(one => one.tabIndex > 0).length,
  empty: [...document.querySelectorAll('h1,h2,h3,h4,th[scope=col]')].filter(one => !one.textContent.trim()).length,
  unnamed: [...document.querySelectorAll('[data-testid=stPlotlyChart]')].filter(one => !one.getAttribute('aria-label')).length,
  bare: [...document.querySelectorAll('[data-testid=stMain] table')].filter(one => !one.caption).length,
  grids: document.querySelectorAll('[data-testid=stDataFrame], iframe').length})"""
GROUND = {"light": "rgb(255, 255, 255)", "dark": "rgb(22, 24, 26)"}  # backgroundColor in .streamlit/config.toml
# A theme changes colours and nothing else, so that the second one is asked about its colours.
RULES: dict[str, dict[str, Any]] = {"light": {}, "dark": {"runOnly": ["color-contrast", "link-in-text-block"]}}
WIDTHS = (1280, 390, 320)


@contextmanager
def sample_server(folder: Path) -> Iterator[Server]:
    """A server on a copy of the sample that the other tests read."""
    home = folder / "home"
    shutil.copytree(published.region().home, home, ignore=shutil.ignore_patterns("files"))
    server = Server(home)
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def screen(browser: Any) -> Iterator[Any]:
    """A page whose browser keeps what it has loaded, so that the next view comes sooner."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    context.set_default_timeout(SLOW / 3)
    yield context.new_page()
    context.close()


def opened(page: Any, address: str) -> None:
    """One load, light, wide, with everything unfolded that a click would unfold."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    page.goto(address)
    settled(page)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.evaluate(AXE)


def turned(page: Any, theme: str) -> None:
    """Switch the theme and see that Streamlit really did."""
    page.emulate_media(color_scheme=theme)
    page.wait_for_function(
        "(ground) => getComputedStyle(document.querySelector('.stApp')).backgroundColor === ground", arg=GROUND[theme]
    )
    settled(page)


def found(page: Any, widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """What is wrong with the view that is open, in both themes and at the widths."""
    wrong = []
    for theme in GROUND:
        turned(page, theme)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 120)))")
            wrong += [f"{theme} {width}: {one}" for one in (*_axe(page, RULES[theme]), *_fits(page, width))]
        widths = widths[::-1]  # the second theme goes back by the way the first one came
    return wrong


def _axe(page: Any, only: Mapping[str, Any]) -> list[str]:
    known = str([[one.rule, one.inside] for one in KNOWN if one.rule])
    return [
        f"{one['rule']} at {one['where']}: {one['said']} {one['html']}"
        for one in page.evaluate(RUN.replace("KNOWN", known), only)
        if not one["known"]
    ]


def _fits(page: Any, width: int) -> list[str]:
    wide = page.evaluate(
        "Math.max(document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth)"
    )
    over = [f"the page is {wide} wide"] if wide > width else []
    return over + [f"cut off: {words}" for words in page.evaluate(CUT)]


def structure(page: Any, title: str) -> list[str]:
    """What is wrong with how the view is built: language, title, landmarks, headings, names of pictures, captions."""
    seen = page.evaluate(STRUCTURE)
    wanted = {"lang": "en", "title": f"{title} - Alongside", "h1": 1, "main": 1, "skip": "Skip to main content",
              "later": 0, "empty": 0, "unnamed": 0, "bare": 0, "grids": 0}  # fmt: skip
    wrong = [f"{key}: {seen[key]!r}, not {value!r}" for key, value in wanted.items() if seen[key] != value]
    return wrong
