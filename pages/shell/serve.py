"""Starts the app as `streamlit run app.py` does, with Streamlit's old `pages/` mode switched off first.

Streamlit 1.67 takes a folder named `pages` for its older way of building apps until `st.navigation` has run once: the
first visitor after a start who comes by a direct link is then told "Page not found" over the right page. The flag is
not configurable, hence this start. `streamlit run app.py` works too, with that one flaw.
"""

from __future__ import annotations

import sys
from pathlib import Path

from streamlit.runtime.pages_manager import PagesManager
from streamlit.web import cli

APP = Path(__file__).parents[2] / "app.py"


def main() -> None:
    PagesManager.uses_pages_directory = False
    sys.argv = ["streamlit", "run", str(APP), *sys.argv[1:]]
    cli.main()


if __name__ == "__main__":
    main()
