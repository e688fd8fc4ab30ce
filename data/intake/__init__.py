"""Published files into the store: recognise, preview, load, take back, explain; and the user's own partnership from names.

What both the command line and the Data page call. Knows no page and no analytics.
"""

from data.intake.importing import load, preview, succeeded
from data.intake.partnerships import find_schools, save_partnership
from data.intake.report import FileReport
from data.intake.tracing import Explanation, explanations, files_behind, history, undo

__all__ = [
    "Explanation", "FileReport", "explanations", "files_behind", "find_schools", "history", "load", "preview", "save_partnership",
    "succeeded", "undo",
]  # fmt: skip
