"""Web root: who looks, which pages their menu lists, and the page they asked for. Everything else is in `pages/`."""

from __future__ import annotations

import streamlit as st

from pages.shell import cached, menu, session

cached.settle()
st.set_page_config(page_title="Alongside", layout="wide", initial_sidebar_state="auto")
page = st.navigation(menu.sections(menu.audience()), expanded=True)
menu.draw_role()
with session.edge():
    page.run()
