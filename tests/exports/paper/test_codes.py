"""Point 54: the codes printed on paper are those keyed and those exported, from the same objects and as read from the file."""

import re

import pytest

from consult.demonstration.facts import SLUGS, questionnaire_of
from consult.paper.equality_questions import paper_equality
from exports.paper.contents import Asked, Contents, Round
from exports.paper.controls import DRAWN
from exports.paper.instructions import TOLD
from exports.tables import cell_words
from surveys.codes import NOT_TICKED, TICKED
from surveys.controls import RANK_BOXES, READERS
from surveys.definition import words
from surveys.kinds import KINDS
from surveys.kinds.base import code_of
from surveys.paper_order import paper_form, paper_numbers, questions_of
from tests.builders import comment, questionnaire
from tests.exports.paper.forms import ALL_FORMS, QUESTION_SET, alone, demonstration_form
from tests.exports.paper.reading import read

FORMS = [(slug, edition) for slug, edition, language in ALL_FORMS if language == "en" and edition != "easy-read"]


def keyed_codes(definition, first_number=1):
    """`{number on paper: [(code as typed, words)]}`, as key entry shows them."""
    sections = paper_form(definition, first_number=first_number)
    return {
        box.number: [(box.printed(option.code), words(option.label)) for option in box.options]
        for keyed in questions_of(sections)
        for box in keyed.fields
    }


def both(slug):
    """What key entry shows of a form with the questions about the person."""
    definition = questionnaire_of(slug)
    first = len(paper_numbers(definition)) + 1
    return keyed_codes(definition) | keyed_codes(paper_equality(QUESTION_SET), first)


def printed_codes(form):
    """`{number: [(code, words)]}` as a reader's program finds them: the lists under each heading that begins with a number."""
    found, number = {}, ""
    for element in read(form.written).walk():
        begins = re.match(r"(\d+[a-z]?) ", element.words)
        if element.tag in ("H2", "H3", "H4", "H5"):
            number = begins[1] if begins else ""
        elif element.tag == "L" and number:
            rows = [(entry.kids[0].words.strip(), without_go_to(entry.kids[1].words)) for entry in element.kids]
            found.setdefault(number, []).append(rows)
    return found


def without_go_to(text):
    return text.replace("\u00a0", " ").partition(" ▸")[0].strip()


@pytest.mark.parametrize("slug, edition", FORMS)
def test_point_54_codes_printed_are_the_codes_keyed(slug, edition):
    keyed, printed = both(slug), printed_codes(demonstration_form(slug, edition, "en"))

    # A ranking is one list on paper, with boxes to write in, and a box for each place in key entry.
    rankings = {number for number in printed if number not in keyed}
    assert all(printed[number][0] == keyed[f"{number}{place}"] for number in rankings for place in "abc")
    ranked = {f"{number}{place}" for number in rankings for place in "abc"}
    wanted = {number: codes for number, codes in keyed.items() if codes and number not in ranked}
    assert {number: lists[0] for number, lists in printed.items() if number not in rankings} == wanted
    assert all(each == lists[0] for lists in printed.values() for each in lists)


@pytest.mark.parametrize("slug", SLUGS)
def test_point_54_codes_keyed_are_the_codes_exported(slug):
    for question in questionnaire_of(slug).questions():
        kind = KINDS[question.kind]
        options = {option.code: option for control in kind.controls(question) for option in control.options}
        for keyed in (option for code, option in options.items() if code):
            cells = {column.part: cell_words(question, column.part) for column in kind.columns(question)}
            if any(labels_ticks(kind, question, part) for part in cells):
                assert str(keyed.code) in cells
                assert cells[str(keyed.code)][TICKED] == 1
                assert cells[str(keyed.code)][NOT_TICKED] == 0
            else:
                assert {part: cell[code_of(keyed)] for part, cell in cells.items()} == dict.fromkeys(cells, keyed.code)


def labels_ticks(kind, question, part):
    return kind.code_labels(question, part).get(TICKED) == "ticked"


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_point_54_every_kind_prints_the_codes_that_key_entry_takes(kind):
    for example in kind.examples():
        definition = questionnaire(example.question)
        (asked,) = (
            (item for item in Contents(definition, "en").items() if isinstance(item, Asked))
            if kind.controls(example.question)
            else (None,)
        )
        if asked:
            printed = [option.code for control, _ in asked.controls for option in control.options]
            keyed = [option.code for box in asked.fields for option in box.options]
            assert set(printed) == set(keyed)
            assert len(asked.controls) in (1, len(asked.fields))
        assert alone(definition).pages % 4 == 0


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_control_of_a_kind_can_be_drawn_and_explained(kind):
    shapes = {control.shape for each in kind.examples() for control in kind.paper_controls(each.question)}

    assert shapes <= DRAWN.keys() == TOLD.keys() == {*READERS, RANK_BOXES}


@pytest.mark.parametrize("slug", SLUGS)
def test_question_numbers_on_paper_are_those_of_key_entry(slug):
    definition = questionnaire_of(slug)
    printed = [
        (item.question.key, item.number) for item in Contents(definition, "en").items() if isinstance(item, Asked)
    ]
    keyed = [(each.question.key.partition("@")[0], each.number) for each in questions_of(paper_form(definition))]

    assert dict.fromkeys(printed).keys() == dict.fromkeys(keyed).keys()


def test_repeated_pages_ask_which_answer_they_are_about_with_its_own_codes():
    rounds = [item for item in Contents(questionnaire_of("outpatients"), "en").items() if isinstance(item, Round)]

    assert [[each.source.printed(option.code) for option in each.choices] for each in rounds] == [["1", "2", "3"]] * 2


def test_prefer_not_to_say_is_on_each_question_about_the_person():
    form = demonstration_form("apms", "standard", "en")
    lists, about_you = [], False
    for element in read(form.written).walk():
        about_you = about_you or element.words == "Questions about you"
        if element.tag == "L" and about_you:
            lists.append(element.kids[-1])

    assert len(lists) == 11
    assert {
        (entry.kids[0].words.strip().lstrip("0"), entry.kids[1].words.split(" ▸")[0].strip()) for entry in lists
    } == {("", "Prefer not to say")}


def test_written_answers_have_no_codes():
    assert printed_codes(alone(questionnaire(comment("why")))) == {}
