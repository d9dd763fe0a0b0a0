"""Controls: what a question is made of. Web forms, printed forms and key entry each know how to draw and read a control.

A kind says which controls it is made of; a new kind made of known controls therefore appears in all three at once.
`read` takes what a browser posted for a control and returns its raw value, for the kind to make sense of.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from surveys.definition import Option, Text

Posted = Callable[[str], list[str]]
"""`name -> every value posted under it`, such as `QueryDict.getlist`."""

DATE_BOXES = ("day", "month", "year")
RANK_BOXES = "rank_boxes"
"""The shape of a list that is only on paper: a number is written beside each choice, up to `limit`."""


@dataclass(frozen=True)
class Control:
    """One thing to fill in.

    `shape` is a key of READERS and the name of its template. `part` tells the controls of one question apart ("" when there
    is one). `label` is set where the control needs words of its own (a statement, a rank). `limit` is the most characters,
    `rows` the height of a writing box.
    """

    shape: str
    part: str = ""
    label: Text = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    limit: int | None = None
    rows: int = 0
    suffix: Text = field(default_factory=dict)
    purpose: str = ""

    def name(self, question_key: str) -> str:
        """The name of the control in a form: the question's key, and the part where there are several."""
        return f"{question_key}.{self.part}" if self.part else question_key

    def posted_names(self, question_key: str) -> tuple[str, ...]:
        """The names that a browser posts it under: its own, or one for each of its boxes."""
        name = self.name(question_key)
        return tuple(f"{name}.{box}" for box in DATE_BOXES) if self.shape == "date_boxes" else (name,)


def read_one(name: str, posted: Posted) -> str | None:
    """The last value posted, as a browser submits it; None when nothing was."""
    values = posted(name)
    return values[-1] if values else None


def read_all(name: str, posted: Posted) -> list[str]:
    """Every value posted."""
    return list(posted(name))


def read_date(name: str, posted: Posted) -> dict[str, str]:
    """Day, month and year as typed."""
    return {part: read_one(f"{name}.{part}", posted) or "" for part in DATE_BOXES}


READERS: Mapping[str, Callable[[str, Posted], Any]] = {
    "radios": read_one,
    "tick_boxes": read_all,
    "text_box": read_one,
    "number_box": read_one,
    "writing_box": read_one,
    "date_boxes": read_date,
}
"""Every shape of control and how what was posted for it is read. Each has a template in `templates/surveys/controls/`."""


def read(question_key: str, controls: tuple[Control, ...], posted: Posted) -> dict[str, Any]:
    """The raw value of each control of a question: `{part: raw}`."""
    return {control.part: READERS[control.shape](control.name(question_key), posted) for control in controls}
