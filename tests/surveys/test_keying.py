"""Keying: what is typed for each kind of question, and what a form as typed amounts to."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.controls import READERS as CONTROL_READERS
from surveys.keying import echo, read_form, read_question, type_answer
from surveys.keystrokes import READERS, WRITERS, Miskeyed, State, read_field, state_of
from surveys.kinds import KINDS
from surveys.marks import illegible, several
from surveys.paper_order import boxes_of, keyed_question, paper_form, paper_numbers
from surveys.validation import check
from tests import builders
from tests.builders import (
    choice,
    comment,
    for_each,
    number,
    options,
    page,
    question,
    questionnaire,
    ranking,
    statements,
)
from tests.surveys.strategies import answered_questionnaires

EVERY_EXAMPLE = [
    pytest.param(example, id=f"{name}-{index}")
    for name, kind in KINDS.items()
    for index, example in enumerate(kind.examples())
    if kind.controls(example.question)
]
every_example = pytest.mark.parametrize("example", EVERY_EXAMPLE)
SCALE_OF_SIX = "1 to 6, or . / *"


def keyed(asked, number="4"):
    """A question as keyed under a number."""
    return keyed_question(asked, number, text="Words")


def read_one(asked, *typed):
    """What is read of what was typed in a question's boxes, first to last."""
    on_paper = keyed(asked)
    return read_question(on_paper, {box.name: keys for box, keys in zip(on_paper.fields, typed, strict=False)})


def refusal(asked, *typed):
    """The sentence and the part of what cannot be taken."""
    with pytest.raises(Miskeyed) as error:
        read_one(asked, *typed)
    return str(error.value)


# The contract over every kind --------------------------------------------------------------------------------------------


def test_every_shape_of_control_can_be_keyed():
    assert set(READERS) == set(WRITERS) == set(CONTROL_READERS)


@every_example
def test_what_is_typed_for_an_answer_is_read_as_the_same_answer(example):
    on_paper = keyed(example.question)
    assert read_question(on_paper, type_answer(on_paper, example.value)) == example.value


@every_example
def test_full_stop_in_every_box_is_no_answer_and_a_blank_on_purpose(example):
    on_paper = keyed(example.question)
    typed = {box.name: "." for box in on_paper.fields}
    assert read_question(on_paper, typed) is None
    assert {state_of(box, ".") for box in on_paper.fields} == {State.BLANK}


@every_example
def test_stroke_is_kept_as_cannot_be_read_in_every_kind(example):
    on_paper = keyed(example.question)
    value = read_question(on_paper, {box.name: "/" for box in on_paper.fields})
    parts = list(value.values()) if "mark" not in value else [value]
    assert parts == [illegible()] * len(parts)
    answers = {example.question.key: value}
    assert check(questionnaire(example.question), answers, marks=True, required=False).answers == answers


@every_example
def test_cannot_be_read_is_typed_back_as_it_was_typed(example):
    on_paper = keyed(example.question)
    typed = {box.name: "/" for box in on_paper.fields}
    value = read_question(on_paper, typed)
    assert read_question(on_paper, type_answer(on_paper, value)) == value


@pytest.mark.parametrize("asked", [choice("q", *"abc"), ranking("q"), builders.scale("q")])
def test_several_ticked_is_typed_back_as_it_was_typed(asked):
    on_paper = keyed(asked)
    assert type_answer(on_paper, read_one(asked, "*13"))[on_paper.fields[0].name] == "*13"


@given(answered_questionnaires())
def test_whole_form_typed_from_its_answers_is_read_back_and_taken_in(case):
    definition, answers = case
    route = check(definition, answers, marks=True, required=False)
    if route.problems:
        return
    sections = paper_form(definition)
    typed = {}
    for section in sections:
        for block in section.blocks:
            for on_paper in block.questions:
                typed |= type_answer(on_paper, route.answers.get(on_paper.question.key))
    form = read_form(definition, sections, typed)
    assert (form.problems, form.notices, form.not_keyed, form.answers) == ({}, {}, (), route.answers)


@given(answered_questionnaires(), st.data())
def test_whatever_is_typed_is_taken_in_or_told_in_words_and_never_refused_later(case, data):
    definition, _ = case
    sections = paper_form(definition)
    keys = st.sampled_from(["", ".", "/", "1", "2", "3", "12", "*12", "1 2", "9", "x", "*", "*1", "0"])
    typed = {box.name: data.draw(keys) for box in boxes_of(sections)}
    form = read_form(definition, sections, typed)
    if form.problems:
        assert set(form.problems) <= {box.name for box in boxes_of(sections)}
        return
    checked = check(definition, form.answers, marks=True, required=False)
    assert checked.problems == {}
    assert len(checked.dropped) <= len(form.notices)


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


# The form ----------------------------------------------------------------------------------------------------------------


CLINICS = questionnaire(
    page("who", choice("a", "Patient", "Staff")),
    page("which", builders.several("b", "Eyes", "Skin", "Joints"), section={"en": "Clinics"}),
    page("wait", choice("c", *"xy"), repeat=for_each("b", most=2), section={"en": "Clinics"}),
    page("note", question("note", "information"), section={"en": "Clinics"}),
    page("seen", statements("d"), repeat=for_each("b", most=2), section={"en": "Clinics"}),
    page("end", comment("e")),
)


def outline(definition):
    """The form as lists: `[(heading, [(item, source, code, [(number, name)])])]`."""
    return [
        (
            section.heading,
            [
                (block.item, block.source, block.code, [(b.number, b.name) for q in block.questions for b in q.fields])
                for block in section.blocks
            ],
        )
        for section in paper_form(definition)
    ]


def test_paper_order_numbers_questions_and_keeps_the_pages_about_one_item_together():
    definition = questionnaire(*CLINICS.pages[:3], CLINICS.pages[4], CLINICS.pages[5])
    assert outline(definition) == [
        ("", [("", "", "", [("1", "a")])]),
        (
            "Clinics",
            [
                ("", "", "", [("2", "b")]),
                ("Eyes", "b", "1", [("3", "c@1"), ("4a", "d@1.a"), ("4b", "d@1.b")]),
                ("Skin", "b", "2", [("3", "c@2"), ("4a", "d@2.a"), ("4b", "d@2.b")]),
                ("Joints", "b", "3", [("3", "c@3"), ("4a", "d@3.a"), ("4b", "d@3.b")]),
            ],
        ),
        ("", [("", "", "", [("5", "e")])]),
    ]


def test_paper_numbers_leave_out_what_is_only_to_be_read():
    assert paper_numbers(CLINICS) == {"a": "1", "b": "2", "c": "3", "d": "4", "e": "5"}


def test_message_in_a_repeated_page_names_its_item():
    form = read_form(CLINICS, paper_form(CLINICS), {"b": "12", "c@2": "8"})
    assert form.problems == {"c@2": "8 is not a code for question 3 for Skin. Use 1, 2, or . / *"}


def test_round_beyond_the_most_is_shown_as_skipped_and_still_sent_on():
    typed = {"a": "1", "b": "123", "c@1": "1", "d@1.a": "1", "d@1.b": "1", "c@2": "1", "d@2.a": "1", "d@2.b": "1"}
    form = read_form(CLINICS, paper_form(CLINICS), typed | {"c@3": "2", "e": "."})
    assert form.notices == {"c@3": "The route says to skip question 3 for Joints. What you typed will not be counted"}
    assert form.answers["c@3"] == 2
    assert form.not_counted == 1
    assert form.summary() == "8 answered · 1 blank · 0 more than one ticked · 0 cannot be read · 1 not counted"


ROUTED = questionnaire(
    choice("a", "Yes", "No"),
    page("why", comment("b"), shown_if=builders.when("a", 1)),
    choice("c", *"xyz"),
)


def test_box_off_the_route_is_not_missed_and_one_on_it_is():
    form = read_form(ROUTED, paper_form(ROUTED), {"a": "2"})
    assert [box.name for box in form.not_keyed] == ["c"]
    assert form.asks() == {"empty c"}
    assert form.summary() == "1 answered · 1 blank (1 of them not keyed) · 0 more than one ticked · 0 cannot be read"


def test_answer_where_the_route_says_skip_is_to_be_looked_at_again():
    form = read_form(ROUTED, paper_form(ROUTED), {"a": "2", "b": "Because", "c": "*12"})
    assert form.notices == {"b": "The route says to skip question 2. What you typed will not be counted"}
    assert form.asks() == {"look b"}
    assert form.answers == {"a": 2, "b": "Because", "c": several([1, 2])}


def test_blank_on_purpose_where_the_route_says_skip_is_no_matter():
    form = read_form(ROUTED, paper_form(ROUTED), {"a": "2", "b": ".", "c": "/"})
    assert (form.notices, form.asks()) == ({}, set())
    assert form.summary() == "1 answered · 0 blank · 0 more than one ticked · 1 cannot be read"


def test_option_that_the_route_does_not_offer_is_shown_and_left_out():
    first, second = options("Northside", "Southside")
    offered = (first, replace(second, shown_if=builders.when("a", 1)))
    definition = questionnaire(choice("a", "Yes", "No"), question("site", options=offered))
    form = read_form(definition, paper_form(definition), {"a": "2", "site": "2"})
    assert form.notices == {
        "site": "Part of what you typed for question 2 is not offered on this route and will not be counted"
    }
    assert check(definition, form.answers, marks=True, required=False).problems == {}


def test_two_parts_of_one_paper_are_looked_at_together_and_keep_their_answers_apart():
    other = questionnaire(choice("x-age", *"abc"), choice("x-sex", *"ab"))
    sections = paper_form(other, first_number=4)
    first = read_form(ROUTED, paper_form(ROUTED), {"a": "2", "c": "1"})
    second = read_form(other, sections, {"x-age": "3"})
    whole = first.joined(second)
    assert (whole.answers, second.answers) == ({"a": 2, "c": 1}, {"x-age": 3})
    assert [(box.name, box.number) for box in whole.not_keyed] == [("x-sex", "5")]
    assert whole.tally == {State.ANSWERED: 3, State.NOT_KEYED: 1}


def test_form_on_which_nothing_was_typed_is_untouched():
    sections = paper_form(ROUTED)
    assert [read_form(ROUTED, sections, typed).is_untouched for typed in ({}, {"a": " "}, {"a": "."})] == [
        True,
        True,
        False,
    ]


def test_the_three_marks_and_an_untouched_box_are_four_different_things():
    box = keyed(choice("q", *"abcde")).fields[0]
    assert [state_of(box, typed) for typed in (".", "*24", "/", "")] == [
        State.BLANK,
        State.SEVERAL,
        State.ILLEGIBLE,
        State.NOT_KEYED,
    ]
    assert [read_field(box, typed) for typed in (".", "*24", "/", "")] == [None, several([2, 4]), illegible(), None]
