"""What `pipeline.py` shows on a terminal or tells a program: sentences, progress, errors. No streamlit, no computing."""
