"""What is typed in one box, or in the boxes of one question: codes, marks, dates and text; refusals in words; and the echo."""

import pytest

from surveys.keying import echo, read_form
from surveys.keystrokes import State, read_field, state_of
from surveys.marks import illegible, several
from surveys.paper_order import paper_form
from tests import builders
from tests.builders import choice, comment, number, options, question, questionnaire, ranking, statements
from tests.surveys.keyed_questions import keyed, read_one, refusal

SCALE_OF_SIX = "1 to 6, or . / *"


# Codes -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("labels", "typed", "value"),
    [(3, "2", 2), (3, " 2 ", 2), (12, "02", 2), (12, "2", 2), (12, "12", 12)],
)
def test_one_code_is_read_at_the_width_it_is_printed_in(labels, typed, value):
    assert read_one(choice("q", *map(str, range(labels))), typed) == value


@pytest.mark.parametrize(
    ("labels", "typed", "value"),
    [
        (5, "135", [1, 3, 5]),
        (5, "531", [1, 3, 5]),
        (5, "1 3,5", [1, 3, 5]),
        (12, "010412", [1, 4, 12]),
        (12, "1 4 12", [1, 4, 12]),
        (12, "4", [4]),
    ],
)
def test_tick_boxes_are_typed_straight_through(labels, typed, value):
    assert read_one(builders.several("q", *map(str, range(labels))), typed) == value


def test_two_boxes_on_a_one_tick_question_are_kept_as_written():
    assert read_one(choice("q", *"abcde"), "*42") == {"mark": "several", "seen": [2, 4]}
    assert read_one(choice("q", *map(str, range(12))), "*0212") == {"mark": "several", "seen": [2, 12]}


@pytest.mark.parametrize(
    ("asked", "typed", "message"),
    [
        (choice("q", *"abcde"), "7", "7 is not a code for question 4. Use 1 to 5, or . / *"),
        (choice("q", *"abcde"), "24", "24 is not a code for question 4. Use 1 to 5, or . / *"),
        (choice("q", *"abcde"), "0", "0 is not a code for question 4. Use 1 to 5, or . / *"),
        (choice("q", *"abcde"), "x", "x is not a code for question 4. Use 1 to 5, or . / *"),
        (choice("q", *"abcde"), "１", "１ is not a code for question 4. Use 1 to 5, or . / *"),
        (choice("q", *"ab"), "3", "3 is not a code for question 4. Use 1, 2, or . / *"),
        (choice("q", *map(str, range(12))), "13", "13 is not a code for question 4. Use 01 to 12, or . / *"),
        (choice("q", *"abcde"), "*2", "After *, type every code that was ticked for question 4, like *12"),
        (choice("q", *"abcde"), "*", "After *, type every code that was ticked for question 4, like *12"),
        (builders.several("q", *"abcde"), "17", "7 is not a code for question 4. Use 1 to 5, or . /"),
        (builders.several("q", *"abcde"), "11", "You typed 1 twice for question 4. Type each code once"),
        (
            builders.several("q", *map(str, range(12))),
            "011",
            "Type each code for question 4 with 2 digits, like 0102",
        ),
        (
            builders.several("q", *"abcde"),
            "*12",
            "More than one box may be ticked at question 4. Type 12 without the *",
        ),
    ],
)
def test_wrong_code_is_told_with_the_codes_there_are(asked, typed, message):
    assert refusal(asked, typed) == message


def test_code_that_cannot_stand_with_another_is_kept_as_written_when_asked_for():
    asked = question("q", "several_choices", options=options("Cost", "Distance", none="None of these"))
    assert refusal(asked, "13") == (
        "Question 4: Select the answers that apply, or select “None of these”. You cannot select both. "
        "If that is what the form shows, type * and every code seen at question 4."
    )
    assert read_one(asked, "*13") == {"mark": "several", "seen": [1, 3]}


def test_a_million_characters_are_refused_in_a_short_sentence():
    assert len(refusal(choice("q", *"abc"), "9" * 1_000_000)) < 100


# Questions of several boxes ----------------------------------------------------------------------------------------------


def test_statements_are_keyed_line_by_line_with_a_mark_on_any_of_them():
    assert read_one(statements("q", *"abcd"), "1", "*24", "/", ".") == {
        "a": 1,
        "b": {"mark": "several", "seen": [2, 4]},
        "c": {"mark": "illegible"},
    }


def test_wrong_code_on_a_line_names_the_line():
    definition = questionnaire(statements("q", "a", "b"))
    form = read_form(definition, paper_form(definition), {"q.a": "1", "q.b": "9"})
    assert form.problems == {"q.b": f"9 is not a code for question 1b. Use {SCALE_OF_SIX}"}


def test_ranking_is_keyed_choice_by_choice_and_paper_has_no_code_for_no_choice():
    assert read_one(ranking("q"), "3", "1", "") == [3, 1]
    assert refusal(ranking("q"), "3", "0") == "0 is not a code for question 4b. Use 1 to 4, or . / *"


def test_ranking_that_names_an_option_twice_can_be_kept_as_written():
    assert refusal(ranking("q"), "1", "1") == (
        "Question 4: You have chosen “Red” more than once. Choose it once. "
        "If that is what the form shows, type * and every code seen at question 4a."
    )
    assert read_one(ranking("q"), "*12", "3") == {"mark": "several", "seen": [1, 2, 3]}


def test_mark_that_takes_a_whole_ranking_with_it_is_shown_before_it_is_saved():
    definition = questionnaire(ranking("q"))
    form = read_form(definition, paper_form(definition), {"q.1": "1", "q.2": "/"})
    assert form.answers == {"q": {"mark": "illegible"}}
    assert form.notices == {"q.2": "None of question 1 will be counted: it is kept as cannot be read"}


# Dates, numbers, text ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("27 3 2027", "2027-03-27"),
        ("27032027", "2027-03-27"),
        ("27/3/2027", "2027-03-27"),
        ("27.03.2027", "2027-03-27"),
        ("27-3-2027", "2027-03-27"),
        ("3 2027", "2027-03"),
        ("032027", "2027-03"),
        ("2027", "2027"),
    ],
)
def test_date_is_typed_with_or_without_breaks_and_may_be_partial(typed, value):
    assert read_one(question("q", "date"), typed) == value


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (
            "2732027",
            "Question 4: Enter the date in numbers, like 27 3 2027. If the form cannot be used as it is written, type /.",
        ),
        ("27 March 2027", "27 March 2027 is not a date. For question 4 type it like 27 3 2027, or 27032027"),
        (
            "30 2 2027",
            "Question 4: Check the date. There is no such day. If the form cannot be used as it is written, type /.",
        ),
        (
            "270327",
            "Question 4: Enter the year in full, like 2027. If the form cannot be used as it is written, type /.",
        ),
    ],
)
def test_date_that_is_none_is_told_how_to_be_typed(typed, message):
    assert refusal(question("q", "date"), typed) == message


def test_number_out_of_range_is_told_its_range_and_the_way_out():
    assert refusal(number("q", max=9), "12") == (
        "Question 4: Your answer must be 9 or less. If the form cannot be used as it is written, type /."
    )


def test_free_text_is_kept_as_written():
    assert read_one(comment("q"), " Too far\r\nby bus *24 ") == "Too far\nby bus *24"
    assert read_one(comment("q"), "1.") == "1."


# Echo --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "typed", "said"),
    [
        (choice("q", "Agree", "Disagree"), "2", "Disagree"),
        (choice("q", "Agree", "Disagree"), "3", ""),
        (choice("q", "Agree", "Disagree"), "*12", "more than one ticked: Agree; Disagree"),
        (choice("q", "Agree", "Disagree"), ".", "left blank"),
        (choice("q", "Agree", "Disagree"), "/", "cannot be read"),
        (choice("q", "Agree", "Disagree"), "", ""),
        (builders.several("q"), "31", "Blue; Red"),
        (question("q", "date"), "032027", "March 2027"),
        (question("q", "date"), "31022027", ""),
        (number("q", unit={"en": "miles"}), "3", "3 miles"),
        (comment("q"), "Too far", ""),
    ],
)
def test_echo_says_in_words_what_was_typed(asked, typed, said):
    assert echo(keyed(asked).fields[0], typed) == said


def test_the_three_marks_and_an_untouched_box_are_four_different_things():
    box = keyed(choice("q", *"abcde")).fields[0]
    assert [state_of(box, typed) for typed in (".", "*24", "/", "")] == [
        State.BLANK,
        State.SEVERAL,
        State.ILLEGIBLE,
        State.NOT_KEYED,
    ]
    assert [read_field(box, typed) for typed in (".", "*24", "/", "")] == [None, several([2, 4]), illegible(), None]
