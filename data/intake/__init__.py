"""Published files into the store: recognise, preview, load; and the user's own partnership from pasted names.

What both the command line and the Data page call. Knows no page and no analytics.
"""

from data.intake.importing import load, preview, succeeded
from data.intake.partnerships import find_schools, save_partnership
from data.intake.report import FileReport

__all__ = ["FileReport", "find_schools", "load", "preview", "save_partnership", "succeeded"]
