"""How the boxes of a key entry page are drawn: what its templates need of each section, question and box."""

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.definition import words
from surveys.keying import echo

HINTS = {"date_boxes": "Like 27 3 2027, or 27032027. A month and year, or a year, is enough."}
"""What is said under a box of a shape."""

NUMERIC = ("number_box", "date_boxes")
"""Shapes of box, beside those with codes, that are typed on the number pad."""

WIDTHS = {
    "date_boxes": "nhsuk-input--width-10",
    "number_box": "nhsuk-input--width-5",
    "tick_boxes": "nhsuk-input--width-10",
    "postal-code": "nhsuk-input--width-10",
}
"""The width class of boxes by shape or purpose. Text boxes take the room there is."""

MOST_ROWS = 3


@dataclass(frozen=True)
class Looks:
    """What is said of the boxes of a form: `typed`, `problems` and `notices` by name of the box, `left_out` their names.

    `first_box` is the one that has the focus ("" for none), `first_is_described_by` an id of what is read out with it.
    """

    typed: Mapping[str, str]
    problems: Mapping[str, str]
    notices: Mapping[str, str]
    left_out: set[str]
    first_box: str
    first_is_described_by: str
    language: str


def drawn_section(section, looks):
    """A section as the template draws it."""
    return {
        "heading": section.heading,
        "blocks": [
            {
                "block": block,
                "is_open": is_open(block, looks),
                "questions": [drawn_question(keyed, looks) for keyed in block.questions],
            }
            for block in section.blocks
        ],
    }


def is_open(block, looks):
    """Whether an item's questions are in view: it was ticked on the form, or something is typed there."""
    is_ticked = block.code in looks.typed.get(block.source, "")
    return is_ticked or any(looks.typed[box.name] for keyed in block.questions for box in keyed.fields)


def drawn_question(keyed, looks):
    """A question as the template draws it: its codes once, and its boxes."""
    return {
        "keyed": keyed,
        "id": f"question-{keyed.question.key}",
        "codes": printed_codes(keyed.fields[0], looks.language),
        "has_lines": len(keyed.fields) > 1,
        "boxes": [drawn_box(box, looks) for box in keyed.fields],
    }


def drawn_box(box, looks):
    """A box as the template draws it: what was typed, and what is said of it."""
    typed = looks.typed[box.name]
    return {
        "box": box,
        "id": box_id(box),
        "value": typed,
        "echo": echo(box, typed, looks.language),
        "problem": looks.problems.get(box.name, ""),
        "notice": looks.notices.get(box.name, "") or ("Not keyed" if box.name in looks.left_out else ""),
        "has_focus": box.name == looks.first_box,
        "described_by": described_by(box, looks),
        "wide": width_class(box),
        "rows": min(box.control.rows, MOST_ROWS),
        "is_numeric": bool(box.options) or box.control.shape in NUMERIC,
        "hint": HINTS.get(box.control.shape, ""),
    }


def described_by(box, looks):
    """The ids of all that is said of a box: what was saved before it, its codes, its hint, and what is wrong."""
    own = box_id(box)
    said = [
        looks.first_is_described_by if box.name == looks.first_box else "",
        f"question-{box.question.key}-codes" if box.options else "",
        f"{own}-hint" if box.control.shape in HINTS else "",
        f"{own}-problem",
        f"{own}-notice" if box.name in looks.notices or box.name in looks.left_out else "",
    ]
    return " ".join(filter(None, said))


def box_id(box):
    """The id of a box's input: what an error links to."""
    return f"key-{box.name}"


def width_class(box):
    """The width class of a box: as wide as what is typed there, a code with room for a mark."""
    if box.options and not box.takes_several:
        return f"nhsuk-input--width-{min(box.code_width + 1, 5)}"
    return WIDTHS.get(box.control.purpose) or WIDTHS.get(box.control.shape, "")


def printed_codes(box, language):
    """The codes of a box and their words: `[("1", "Yes"), ("2", "No")]`."""
    return [(box.printed(option.code), words(option.label, language)) for option in box.options]
