"""Pure thinking: frames or dataclasses in, frozen results out. No SQL, Streamlit, files, network or clock."""
