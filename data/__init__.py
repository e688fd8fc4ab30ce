"""Files, SQL and identity: fetches and keeps. Never imports analytics, pages, streamlit, plotly or sklearn."""
