"""What is taken into the room: slides with charts that stay editable, tagged PDF, a school's summary on one page.

Each takes finished words and numbers and returns bytes. No clock, no browser, no internet; nothing is computed here.
"""
