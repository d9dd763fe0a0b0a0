"""The codebook for a spreadsheet: every box of key entry with its codes, and how what is missing is typed and stored."""

import csv
import io

from consult.demonstration.facts import questionnaire_of
from consult.paper.equality_questions import paper_equality
from exports.formats import TABLE_FORMATS
from exports.paper.codebook import paper_codebook
from surveys.paper_order import boxes_of, paper_form, paper_numbers
from tests.builders import choice, comment, number, question, questionnaire, several
from tests.exports.paper.forms import QUESTION_SET


def rows_of(definition, equality=None):
    stream = io.BytesIO()
    TABLE_FORMATS["csv"].write(paper_codebook(definition, title="Plan", equality=equality), stream)
    return list(csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"))))


def test_codebook_says_number_box_code_and_words_and_what_is_stored():
    form = questionnaire(
        choice("car"), several("used", "Bus", "Car"), comment("why"), number("n"), question("seen", "date")
    )

    assert rows_of(form) == [
        ["number on paper", "box", "question", "code on paper", "label", "in the file of answers"],
        ["1", "car", "What about car?", "1", "Yes", "1"],
        ["1", "car", "What about car?", "2", "No", "2"],
        ["2", "used", "What about used?", "1", "Bus", "1 in the column used.1"],
        ["2", "used", "What about used?", "2", "Car", "1 in the column used.2"],
        ["3", "why", "What about why?", "", "words, as written", "as written"],
        ["4", "n", "What about n?", "", "a number", "as written"],
        ["5", "seen", "What about seen?", "", "a date, like 27 3 2027", "as written"],
        ["any", "any", "", ".", "left blank", "-2"],
        ["any", "any", "", "*", "more than one box ticked (paper)", "-5"],
        ["any", "any", "", "/", "cannot be read (paper)", "-4"],
        ["any", "any", "", "", "not asked: the route or an earlier version did not lead here", "-1"],
    ]


def test_codebook_holds_every_code_of_every_box_of_key_entry():
    definition, equality = questionnaire_of("outpatients"), paper_equality(QUESTION_SET)
    first = len(paper_numbers(definition)) + 1
    boxes = boxes_of([*paper_form(definition), *paper_form(equality, first_number=first)])
    keyed = [(box.number, box.name, box.printed(option.code)) for box in boxes for option in box.options]

    assert [(row[0], row[1], row[3]) for row in rows_of(definition, equality)[1:-4] if row[3]] == keyed
