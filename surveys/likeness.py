"""Words that are the same though written a little differently, and words that come near each other. Pure.

Spreadsheets are typed by people: capitals, no-break spaces, curly quotation marks and full stops at the end say nothing.
"""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from surveys.text import INVISIBLE

MOST_NEAR = 3
LONGEST_COMPARED = 120
NEAR_ENOUGH = 0.75
SHORTEST_BEGINNING = 3
PLAINER = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "`": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-"}) | {
    ord(character): None for character in INVISIBLE
}  # fmt: skip


def folded(text: str) -> str:
    """The text as it is compared with another: in small letters, with plain blanks, quotation marks and dashes."""
    plain = unicodedata.normalize("NFKC", text.translate(PLAINER)).casefold()
    return " ".join(plain.split()).rstrip(".:?").rstrip()


def nearest(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Those of `known` (folded) that a folded text may have been meant for, the nearest first: typed wrong, or cut short."""
    if len(text) > LONGEST_COMPARED:
        return ()
    words = list(known)
    close = get_close_matches(text, words, n=MOST_NEAR, cutoff=NEAR_ENOUGH)
    begun = [word for word in words if len(text) >= SHORTEST_BEGINNING and word.startswith(text) and word not in close]
    return tuple([*close, *begun][:MOST_NEAR])
