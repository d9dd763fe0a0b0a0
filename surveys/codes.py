"""The bytes that stand for answers in `Response.codes`: option codes as they are, and one reserved code per missing state.

Missing states are never merged: "not asked", "left blank", "prefer not to say", "cannot be read" and "ticked several" are
different facts, and each base in a report depends on telling them apart.
"""

NOT_ASKED = 0
BLANK = 251
PREFER_NOT_TO_SAY = 252
ILLEGIBLE = 253
SEVERAL_TICKED = 254
MISSING = (NOT_ASKED, BLANK, PREFER_NOT_TO_SAY, ILLEGIBLE, SEVERAL_TICKED)

HIGHEST_OPTION_CODE = 240
"""Option codes run from 1 to this in a one-byte column; a question with a higher code gets a four-byte column."""

TICKED = 1
NOT_TICKED = 2
"""Codes of a tick-box option's own column: the question was answered with, or without, this option."""

FOUR_BYTE_FLOOR = -(2**31)


def in_four_bytes(missing_code: int) -> int:
    """The number that stands for a missing state in a four-byte (int32) column."""
    return FOUR_BYTE_FLOOR + missing_code


CELL_OF_MISSING = {NOT_ASKED: -1, BLANK: -2, PREFER_NOT_TO_SAY: -3, ILLEGIBLE: -4, SEVERAL_TICKED: -5}
"""How the missing states are written in a column of codes of a row export, and read from one. They are in every codebook."""
NOT_ASKED_TEXT, UNREADABLE_TEXT = "[not asked]", "[cannot be read]"
"""What stands in a column of words or numbers, where a negative code could be an answer."""
