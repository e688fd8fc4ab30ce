"""Web root: who looks, which pages their menu lists, and the page they asked for. Everything else is in `pages/`."""

from __future__ import annotations

import streamlit as st

from pages.shell import cached, keeping, menu, session

cached.settle()
st.set_page_config(layout="wide", initial_sidebar_state="auto")
with session.edge():
    who = session.arrive()
    page = st.navigation(menu.sections(who), expanded=True)
    st.set_page_config(page_title=f"{page.title} - Alongside")  # what a screen reader says first
    menu.draw_foot(who)
    page.run()
    keeping.foot()
