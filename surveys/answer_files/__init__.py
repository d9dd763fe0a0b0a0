"""Spreadsheets of answers, read from files of strangers: CSV and XLSX become plain rows of text. Pure: no Django, no database.

A file is read in a process of its own with little memory and time (`apart.read_apart`), which knows no key and no database and
leaves rows of JSON behind. What the columns are about is worked out from their headings (`headings`); how cells are read as
answers is the kinds' business (`surveys.kinds.cells`).
"""

from surveys.answer_files.apart import Reading, read_apart, rows_kept
from surveys.answer_files.headings import Matching, MatchingError, headings_known, match_headings
from surveys.answer_files.names import Place, places_of
from surveys.interchange.base import ImportRefused

__all__ = [
    "ImportRefused", "Matching", "MatchingError", "Place", "Reading", "headings_known", "match_headings", "places_of",
    "read_apart", "rows_kept",
]  # fmt: skip
