"""The codebook of a paper form as rows for a spreadsheet: for each box its number on paper, its name, its codes and their words;
then how what is missing is typed and stored. The codebook to read and print is `exports.questionnaire`."""

from collections.abc import Iterator
from typing import Final

from exports.document import Bullets, Column, Section, Table
from exports.formats.base import RowStream
from exports.tables import MISSING_WORDS
from surveys.codes import BLANK, CELL_OF_MISSING, ILLEGIBLE, NOT_ASKED, SEVERAL_TICKED
from surveys.definition import Definition, words
from surveys.keystrokes import BLANK as TYPED_BLANK
from surveys.keystrokes import ILLEGIBLE as TYPED_ILLEGIBLE
from surveys.keystrokes import SEVERAL as TYPED_SEVERAL
from surveys.keystrokes import Field
from surveys.paper_order import boxes_of, paper_form, paper_numbers

HEADINGS: Final = ("number on paper", "box", "question", "code on paper", "label", "in the file of answers")
MISSING: Final = (
    (TYPED_BLANK, BLANK),
    (TYPED_SEVERAL, SEVERAL_TICKED),
    (TYPED_ILLEGIBLE, ILLEGIBLE),
    ("", NOT_ASKED),
)
"""Every way that an answer can be missing: what is typed for it ("" where nothing is), and its code in a row of answers."""
AS_WRITTEN: Final = {
    "text_box": "words, as written",
    "writing_box": "words, as written",
    "number_box": "a number",
    "date_boxes": "a date, like 27 3 2027",
}
"""What is typed for a box without codes, by its shape."""


def paper_codebook(
    definition: Definition, *, title: str, equality: Definition | None = None, language: str = "en"
) -> RowStream:
    """A line for each code of each box that key entry has, those about the person last; then for each way of missing."""
    sections = paper_form(definition, language)
    if equality:
        sections += paper_form(equality, language, first_number=len(paper_numbers(definition)) + 1)
    return RowStream.of_rows(f"{title}: codebook of the paper form", HEADINGS, _lines(boxes_of(sections), language))


def _lines(boxes: list[Field], language: str) -> Iterator[tuple[str | int, ...]]:
    for box in boxes:
        if not box.options:
            yield box.number, box.name, box.label, "", AS_WRITTEN[box.control.shape], "as written"
        for option in box.options:
            stored = f"1 in the column {box.name}.{option.code}" if box.takes_several else option.code
            yield box.number, box.name, box.label, box.printed(option.code), words(option.label, language), stored
    for typed, missing in MISSING:
        stored = CELL_OF_MISSING[missing]
        yield "any", "any", "", typed, MISSING_WORDS[stored], stored


def how_forms_are_keyed() -> Section:
    """What a codebook says of key entry: whose codes they are, and how what is missing is typed and stored."""
    rows = tuple(
        (
            MISSING_WORDS[CELL_OF_MISSING[missing]],
            typed or "nothing: the box is not on the form’s route",
            str(CELL_OF_MISSING[missing]),
        )
        for typed, missing in MISSING
    )
    columns = (Column("What is missing"), Column("What is typed"), Column("In the file of answers"))
    told = (
        "The small number beside each box of the paper form is its code. Key entry and the file of answers use the same.",
        "All codes of one question are typed with the same number of digits.",
        "A box that nothing was typed for is “not keyed”: it is looked at again before the form is saved.",
    )
    return Section("How paper forms are keyed", (Bullets(told), Table("When there is no one answer", columns, rows)))
