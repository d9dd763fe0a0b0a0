"""Conditions in words, for staff and on paper: every claim and its opposite, groups within groups, and what was removed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.definition import Condition
from surveys.journey import holds
from surveys.paper_order import paper_numbers
from surveys.rules import Claim, reading_of
from surveys.sentences import only_if, show_if
from tests.builders import (
    choice,
    comment,
    number,
    options,
    question,
    questionnaire,
    ranking,
    several,
    statements,
    unless,
    when,
    when_any,
)
from tests.surveys.strategies import answers_to, conditions, questionnaires

FORM = questionnaire(
    choice("who", "For myself", "For someone else", "For a group", text="How are you answering?"),
    several("used", "Eyes", "Skin", text="Which did you use?"),
    number("visits"),
    statements("plan", "a", "b", text="How easy?"),
    ranking("matters", "Speed", "Place", text="What matters?"),
    comment("why", text="What does {who|your practice} do?"),
)


def every(*parts):
    return Condition("all", parts=parts)


def some(*parts):
    return Condition("any", parts=parts)


FEW = Condition("at_most", "visits", values=(2,))
WHO = "the answer to “How are you answering?”"
USED = "the answer to “Which did you use?”"


@pytest.mark.parametrize(
    ("condition", "rule"),
    [
        (when("who", 1, 2), f"{WHO} is “For myself” or “For someone else”"),
        (unless(when("who", 1)), f"{WHO} is not “For myself”"),
        (when_any("used", 1), f"{USED} includes “Eyes”"),
        (unless(when_any("used", 1, 2)), f"{USED} does not include “Eyes” or “Skin”"),
        (Condition("answered", "why"), "“What does your practice do?” is answered"),
        (unless(Condition("answered", "why")), "“What does your practice do?” is not answered"),
        (Condition("equals", "visits", values=(5,)), "the answer to “What about visits?” is 5"),
        (Condition("less_than", "visits", values=(1200,)), "the answer to “What about visits?” is less than 1,200"),
        (FEW, "the answer to “What about visits?” is 2 or less"),
        (Condition("more_than", "visits", values=(2.5,)), "the answer to “What about visits?” is more than 2.5"),
        (
            unless(Condition("at_least", "visits", values=(2,))),
            "the answer to “What about visits?” is not 2 or more",
        ),
        (when("plan", 4, statement="b"), "the answer to “Statement b” at “How easy?” is “Difficult”"),
        (when("gone", 1), "the answer to a question that was removed (gone) is an answer that was removed (1)"),
        (when("who", 9), f"{WHO} is an answer that was removed (9)"),
        (
            when("plan", 4, statement="c"),
            "the answer to a statement that was removed from “How easy?” is “Difficult”",
        ),
    ],
)
def test_claim_is_told_in_the_words_of_its_question(condition, rule):
    assert show_if(condition, FORM) == f"Show this page if {rule}"


@pytest.mark.parametrize(
    ("condition", "rule"),
    [
        (some(when("who", 1), FEW), f"{WHO} is “For myself” or the answer to “What about visits?” is 2 or less"),
        (
            every(when("who", 1), some(FEW, when_any("used", 2))),
            f"{WHO} is “For myself” and either the answer to “What about visits?” is 2 or less or {USED} includes “Skin”",
        ),
        (
            some(when("who", 1), every(FEW, when_any("used", 2))),
            f"{WHO} is “For myself” or both the answer to “What about visits?” is 2 or less and {USED} includes “Skin”",
        ),
        (
            unless(some(when("who", 1), FEW)),
            f"{WHO} is not “For myself” and the answer to “What about visits?” is not 2 or less",
        ),
        (
            every(when("who", 1), FEW, Condition("answered", "why")),
            f"all of these are so: {WHO} is “For myself”; the answer to “What about visits?” is 2 or less; "
            "and “What does your practice do?” is answered",
        ),
        (
            some(FEW, every(when("who", 1), some(when_any("used", 1), Condition("answered", "why")))),
            "the answer to “What about visits?” is 2 or less or "
            f"({WHO} is “For myself” and either {USED} includes “Eyes” or “What does your practice do?” is answered)",
        ),
        (some(when("who", 1), when("who", 2)), f"{WHO} is “For myself” or “For someone else”"),
        (unless(some(when("who", 1), when("who", 2))), f"{WHO} is not “For myself” or “For someone else”"),
        (every(every(when("who", 1))), f"{WHO} is “For myself”"),
    ],
)
def test_group_reads_one_way_only(condition, rule):
    assert show_if(condition, FORM) == f"Show this page if {rule}"


def test_rule_says_what_it_shows():
    assert show_if(when("who", 1), FORM, "this answer") == f"Show this answer if {WHO} is “For myself”"


def test_rule_without_claims_is_for_everybody_or_for_nobody():
    assert show_if(every(), FORM) == "Show this page to everybody"
    assert show_if(some(), FORM) == "Never show this page"
    assert only_if(every(), FORM, {}) is None
    assert only_if(unless(every()), FORM, {}) == "Do not answer this"


def test_long_list_with_few_left_out_names_those():
    form = questionnaire(
        question("place", options=options("A", "B", "C", "D", other="Elsewhere"), text="Where?"),
        question("parts", "several_choices", options=options("A", "B", "C", "D", none="None"), text="Which?"),
    )
    assert show_if(when("place", 1, 2, 3, 4), form) == (
        "Show this page if the answer to “Where?” is any answer but “Elsewhere”"
    )
    assert show_if(unless(when("place", 1, 2, 3, 4)), form) == (
        "Show this page if the answer to “Where?” is not “A”, “B”, “C” or “D”"
    )
    two = some(
        every(when_any("parts", 1), when_any("parts", 2, 3, 4)),
        every(when_any("parts", 2), when_any("parts", 3, 4)),
        every(when_any("parts", 3), when_any("parts", 4)),
    )
    assert show_if(two, form) == "Show this page if the answer to “Which?” includes 2 or more answers other than “None”"
    three = some(
        every(when_any("parts", 1), when_any("parts", 2, 3)), every(when_any("parts", 2), when_any("parts", 3))
    )
    assert show_if(three, form) == "Show this page if the answer to “Which?” includes 2 or more of “A”, “B” or “C”"


def test_two_pairs_of_ticks_are_not_two_or_more():
    pairs = some(every(when_any("used", 1), when_any("used", 2)), every(when_any("used", 1), when_any("used", 3)))
    assert "2 or more" not in show_if(pairs, FORM)


def test_long_question_is_called_by_its_short_label_or_cut():
    long = "How long " + "very " * 20 + "long?"
    assert show_if(when("q", 1), questionnaire(choice("q", text=long, short={"en": "Length"}))) == (
        "Show this page if the answer to “Length” is “Yes”"
    )
    assert "very…”" in show_if(when("q", 1), questionnaire(choice("q", text=long)))


@pytest.mark.parametrize(
    ("condition", "rule"),
    [
        (when("who", 3), "you ticked “For a group” at question 1"),
        (unless(when("who", 3)), "you did not tick “For a group” at question 1"),
        (when_any("used", 1, 2), "you ticked “Eyes” or “Skin” at question 2"),
        (when_any("matters", 1), "you chose “Speed” at question 5"),
        (unless(when_any("matters", 1)), "you did not choose “Speed” at question 5"),
        (when("plan", 4, statement="b"), "you ticked “Difficult” at question 4b"),
        (FEW, "your answer to question 3 is 2 or less"),
        (unless(FEW), "your answer to question 3 is not 2 or less"),
        (Condition("answered", "why"), "you answered question 6"),
        (unless(Condition("answered", "why")), "you did not answer question 6"),
    ],
)
def test_claim_on_paper_names_the_number_of_its_question(condition, rule):
    assert only_if(condition, FORM, paper_numbers(FORM)) == f"Only answer this if {rule}"


def read(reading, answers):
    """Whether what was read of a condition is so."""
    if isinstance(reading, Claim):
        condition = reading.condition
        if reading.least > 1:
            given_codes = answers.get(condition.question)
            chosen = set(given_codes) & set(condition.values) if isinstance(given_codes, list) else set()
            return (len(chosen) >= reading.least) != reading.negated
        return holds(condition, answers) != reading.negated
    return (all if reading.says == "all" else any)(read(part, answers) for part in reading.parts)


@st.composite
def judged(draw):
    """A condition of several levels, and answers to judge it by."""
    form = draw(questionnaires())
    parts = tuple(draw(st.lists(conditions(list(form.questions())), min_size=1, max_size=4)))
    inner = Condition(draw(st.sampled_from(["all", "any"])), parts=parts)
    condition = Condition(draw(st.sampled_from(["all", "any"])), parts=(inner, draw(st.sampled_from(parts))))
    return unless(condition) if draw(st.booleans()) else condition, draw(answers_to(form))


@settings(max_examples=200, deadline=None)
@given(judged())
def test_what_is_read_of_a_condition_is_so_exactly_when_the_condition_is(both):
    condition, answers = both
    assert read(reading_of(condition), answers) == holds(condition, answers)
