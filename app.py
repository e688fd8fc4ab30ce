"""Web root: who looks, which pages their menu lists, and the page they asked for. Everything else is in `pages/`."""

from __future__ import annotations

import gc

import streamlit as st

from pages.shell import menu, session

if not st.session_state.get("_frozen"):
    # The collector need not walk what the imports made again and again (`runner.postScriptGC` is off for the same reason).
    gc.freeze()
    st.session_state["_frozen"] = True

st.set_page_config(page_title="Alongside", layout="centered", initial_sidebar_state="auto")
page = st.navigation(menu.sections(menu.audience()), expanded=True)
menu.draw_role()
with session.edge():
    page.run()
