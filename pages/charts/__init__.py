"""Result rows in, plotly figures out. No streamlit, no files, no computing of results: only where things are drawn."""
