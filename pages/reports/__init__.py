"""Results as bytes: CSV, XLSX, packs. No streamlit, no computing."""
