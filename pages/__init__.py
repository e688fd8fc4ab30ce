"""Everything people see; the only code that imports streamlit.

No script lies directly in this folder: Streamlit serves each `pages/*.py` beside `app.py` on a first direct request
without running `app.py`, past any sign-in. Scripts live in `pages/views/`.
"""
