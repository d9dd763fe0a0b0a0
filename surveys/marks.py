"""Marks: what a keyer records when a paper answer is there but cannot be used as it stands.

A mark takes the place of an answer's value: `{"mark": "illegible"}`, or `{"mark": "several", "seen": [2, 4]}` when more than
one box was ticked on a one-tick question. It is stored as written, kept out of the main count, and listed in the report's notes.
"""

from collections.abc import Mapping
from typing import Any

from surveys.codes import ILLEGIBLE, SEVERAL_TICKED

CODE_OF_MARK = {"illegible": ILLEGIBLE, "several": SEVERAL_TICKED}


def is_mark(value: Any) -> bool:
    """Whether a stored value is a mark and not an answer."""
    if isinstance(value, int | str | list):
        # Nearly every answer: asking what a Mapping is takes ten times as long.
        return False
    mark = value.get("mark") if isinstance(value, Mapping) else None
    return isinstance(mark, str) and mark in CODE_OF_MARK


def illegible() -> dict[str, Any]:
    """The mark for an answer that cannot be read."""
    return {"mark": "illegible"}


def several(seen: list[int]) -> dict[str, Any]:
    """The mark for a one-tick question with several boxes ticked; `seen` are their codes, in order."""
    return {"mark": "several", "seen": sorted(set(seen))}
