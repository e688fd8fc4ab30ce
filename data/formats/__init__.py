"""File families: bytes in, typed frames out. Pure: no store, no network, no clock. Never guesses a value or a date."""
