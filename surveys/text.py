"""The one boundary that every typed answer passes: what may be stored, exported and printed without breaking anything.

A stray control character stops a whole spreadsheet export, a NUL is refused by PostgreSQL and accepted by SQLite, and a lone
surrogate cannot be written at all. Cleaning once, here, keeps every later writer safe.
"""

import re
import unicodedata

# C0 and C1 controls but for tab and line feed, lone surrogates, and the code points that are never characters.
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")


def clean_text(raw: str) -> str:
    """The text with line ends as a line feed, unwritable characters out, and blank space trimmed at both ends.

    "" when nothing visible is left: a zero-width space is not an answer.
    """
    text = UNWRITABLE.sub("", raw.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return text if any(is_visible(character) for character in text) else ""


def is_visible(character: str) -> bool:
    return character not in INVISIBLE and unicodedata.category(character) not in ("Zs", "Cf", "Cc")
