"""Keying: what is typed for each kind of question, and what a form as typed amounts to."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.controls import READERS as CONTROL_READERS
from surveys.keying import read_form, read_question, type_answer
from surveys.keystrokes import READERS, WRITERS, State, state_of
from surveys.kinds import KINDS
from surveys.marks import illegible, several
from surveys.paper_order import boxes_of, paper_form, paper_numbers
from surveys.validation import check
from tests import builders
from tests.builders import (
    choice,
    comment,
    for_each,
    options,
    page,
    question,
    questionnaire,
    ranking,
    statements,
)
from tests.surveys.keyed_questions import keyed, read_one
from tests.surveys.strategies import answered_questionnaires

EVERY_EXAMPLE = [
    pytest.param(example, id=f"{name}-{index}")
    for name, kind in KINDS.items()
    for index, example in enumerate(kind.examples())
    if kind.controls(example.question)
]
every_example = pytest.mark.parametrize("example", EVERY_EXAMPLE)
SCALE_OF_SIX = "1 to 6, or . / *"


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


@settings(max_examples=300, deadline=None)
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


def test_mark_keeps_only_the_boxes_that_the_route_offers():
    first, second, third = options("Northside", "Southside", "Westside")
    offered = (first, replace(second, shown_if=builders.when("a", 1)), third)
    definition = questionnaire(choice("a", "Yes", "No"), question("site", options=offered))
    form = read_form(definition, paper_form(definition), {"a": "2", "site": "*123"})
    assert form.answers["site"] == several([1, 3])
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
