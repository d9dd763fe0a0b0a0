"""The checks before publishing: every mistake that would fail in front of a resident, said to its author in a sentence."""

import pytest

from surveys.definition import Condition, Definition, Option, Repeat, Statement
from surveys.drafting import Problem, problems
from surveys.kinds import KINDS
from tests.builders import (
    choice,
    coded,
    comment,
    for_each,
    number,
    options,
    page,
    question,
    questionnaire,
    ranking,
    scale,
    several,
    statements,
    unless,
    when,
    when_any,
)


def said(definition):
    """What is wrong with a questionnaire, as (where, sentence)."""
    return [(problem.where, problem.says) for problem in problems(definition)]


def test_sound_questionnaire_has_no_problems():
    definition = questionnaire(
        choice("used"),
        page("which", several("which"), shown_if=when("used", 1)),
        page("each", scale("easy"), comment("why"), repeat=for_each("which", most=2)),
        page("again", comment("more"), repeat=for_each("which", most=2), shown_if=when("easy", 4, 5)),
        statements("plan"),
        page("end", comment("end"), shown_if=unless(when("plan", 1, statement="a"))),
    )
    assert problems(definition) == ()


def test_questionnaire_without_pages_says_so():
    assert problems(Definition("Empty", ())) == (Problem("", "The questionnaire has no pages"),)


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        (
            questionnaire(page("one", choice("used")), page("two", choice("used"))),
            [("used", "There are 2 questions with the key “used”. Give each its own")],
        ),
        (
            questionnaire(page("one", choice("a")), page("one", choice("b"))),
            [("one", "There are 2 pages with the key “one”. Give each its own")],
        ),
        (
            questionnaire(page("one", choice("Used it?"))),
            [
                (
                    "Used it?",
                    "The question key “Used it?” must be lower-case letters, digits and _, and start with a letter",
                )
            ],
        ),
        (questionnaire(question("q", "smileys")), [("q", "There is no kind of question called “smileys”")]),
        (questionnaire(page("one")), [("one", "The page asks nothing")]),
        (
            questionnaire(page("one", choice("a"), choice("b"), heading={})),
            [("one", "A page with several questions needs a heading")],
        ),
    ],
)
def test_mistake_in_the_shape_is_named(definition, expected):
    assert said(definition) == expected


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (question("q", options=options("Yes")), "The question needs at least 2 options"),
        (
            question("q", options=coded(1, 1)),
            "The question has two options with the same code",
        ),
        (
            question("q", options=coded(0, 2)),
            "The question has an option code outside 1 to 240",
        ),
        (
            question("q", options=coded(1, 251)),
            "The question has an option code outside 1 to 240",
        ),
        (
            question("q", options=options(*(f"Option {n}" for n in range(301)))),
            "The question has 301 options. Use 300 at most",
        ),
        (
            question("q", options=(Option(1, {"cy": "a"}), Option(2, {"en": "b"}))),
            "A text of the question is missing in English",
        ),
        (
            several("q", settings={"most": 0}),
            "The question allows a most number of answers that is not a whole number of 1 or more",
        ),
        (several("q", settings={"most": "2"}), "The question has a setting “most” that must be a whole number"),
        (ranking("q", settings={"places": 6}), "The question must rank from 1 to 5 places"),
        (comment("q", settings={"limit": 0}), "The question must have a limit from 1 to 20,000 characters"),
        (comment("q", settings={"limit": None}), "The question has a setting “limit” that must be a whole number"),
        (
            comment("q", settings={"missing": "Write it"}),
            "The question has a setting “missing” that must be texts by language",
        ),
        (number("q", bands=[]), "The question needs bands, so that its table can be published"),
        (number("q", bands=[[1]]), "The question has a setting “bands” that must be a list of [low, high]"),
        (number("q", min=3, max=2), "The question has a smallest number larger than its largest"),
        (number("q", decimals=3), "The question must allow 0, 1 or 2 decimals"),
        (question("q", "date"), "The question needs the years its table shows"),
        (
            question("q", "date", settings={"years": ["2027"]}),
            "The question has a setting “years” that must be a list of years",
        ),
        (
            question("q", "scale", options=scale("x").options[:4]),
            "The question must have 5 points beside “I do not know”, and has 4",
        ),
        (question("q", "scale", options=scale("x").options[:5]), "The question must offer “I do not know”"),
        (question("q", "statements", options=scale("x").options), "The question needs at least 1 statement"),
        (statements("q", *"abcdefg"), "The question has 7 statements. Use 6 at most on one topic"),
        (statements("q", "a", "a"), "The question has two statements with the same key"),
        (statements("q", "a", "B.#1"), "The statement key “B.#1” must be lower-case letters, digits and _"),
        (
            comment("q", text="What does {later} do?"),
            "The text repeats the answer to question 2, which is not asked before it",
        ),
        (
            comment("q", hint={"en": "You said {later}"}),
            "The text repeats the answer to question 2, which is not asked before it",
        ),
    ],
)
def test_mistake_in_a_question_is_named_in_a_sentence(asked, says):
    assert ("q", says) in said(questionnaire(asked, choice("later")))


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        (when("later", 1), "A condition asks about “later”, which is not asked on an earlier page"),
        (when("q", 1), "A condition asks about “q”, which is not asked on an earlier page"),
        (when("beside", 1), "A condition asks about “beside”, which is not asked on an earlier page"),
        (when("nothing", 1), "A condition asks about “nothing”, which is not asked on an earlier page"),
        (when("used", 7), "A condition asks about option 7 of “used”, which does not exist"),
        (when_any("many", 1, 7), "A condition asks about option 7 of “many”, which does not exist"),
        (when("plan", 1, statement="z"), "A condition asks about a statement of “plan” that does not exist"),
        (
            Condition("any", parts=(unless(when("used", 7)),)),
            "A condition asks about option 7 of “used”, which does not exist",
        ),
        (when("round", 1), "A condition asks about “round”, which is asked once for each item, not once"),
    ],
)
@pytest.mark.parametrize("place", ["page", "question", "option", "statement"])
def test_condition_must_look_back_at_what_exists(condition, says, place):
    asked = comment("q")
    if place == "question":
        asked = comment("q", shown_if=condition)
    elif place == "option":
        asked = question("q", options=(Option(1, {"en": "a"}, shown_if=condition), Option(2, {"en": "b"})))
    elif place == "statement":
        asked = question(
            "q", "statements", options=scale("x").options, statements=(Statement("a", {"en": "a"}, shown_if=condition),)
        )
    definition = questionnaire(
        choice("used"),
        several("many"),
        statements("plan"),
        page("rounds", choice("round"), repeat=for_each("many", most=2)),
        page("here", asked, choice("beside"), shown_if=condition if place == "page" else None),
        choice("later"),
    )
    found = problems(definition)
    assert [problem.says for problem in found] == [says]
    assert found[0].where == ("here" if place == "page" else "q")


@pytest.mark.parametrize(
    ("repeat", "says"),
    [
        (Repeat("later", 2), "The page repeats for “later”, which is not asked before it"),
        (Repeat("used", 2), "The page repeats for “used”, where only one answer can be chosen"),
        (Repeat("why", 2), "The page repeats for “why”, where only one answer can be chosen"),
        (Repeat("many", 0), "The page repeats less than once"),
        (Repeat("many", -1), "The page repeats less than once"),
    ],
)
def test_page_must_repeat_for_what_was_ticked_before(repeat, says):
    definition = questionnaire(
        choice("used"), comment("why"), several("many"), page("each", comment("each"), repeat=repeat), several("later")
    )
    assert said(definition) == [("each", says)]


def test_every_problem_is_found_at_once_in_questionnaire_order():
    definition = questionnaire(comment("first", settings={"limit": 0}), page("middle"), question("last", options=()))
    assert [where for where, _ in said(definition)] == ["first", "middle", "last"]


def test_text_may_repeat_an_earlier_answer_and_the_item_of_its_round():
    definition = questionnaire(
        several("which"),
        page("each", comment("why", text="{item}: why {which|this}?"), repeat=for_each("which", most=2)),
    )
    assert problems(definition) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_example_of_every_kind_can_be_published(kind):
    for example in KINDS[kind].examples():
        assert problems(questionnaire(example.question)) == ()


@pytest.mark.parametrize(
    ("asked", "says", "values", "allowed"),
    [
        (several("which"), "is", (1,), "answered or includes"),
        (choice("which"), "includes", (1,), "answered or is"),
        (statements("which"), "is", (1,), "answered"),
        (comment("which"), "equals", (1,), "answered"),
        (number("which"), "is", (1,), "answered or equals or less_than or at_most or more_than or at_least"),
    ],
)
def test_condition_that_could_never_be_true_of_its_question_is_a_problem(asked, says, values, allowed):
    definition = questionnaire(
        page("first", asked), page("second", comment("more"), shown_if=Condition(says, "which", values=values))
    )

    assert ("second", f"A condition asks “{says}” of “which”. Of it one can ask {allowed}") in said(definition)


@pytest.mark.parametrize("key", ["check", "done"])
def test_page_key_that_is_an_address_of_the_service_is_a_problem(key):
    definition = questionnaire(page(key, choice("used")))

    assert said(definition) == [(key, f"The page key “{key}” is used by the service itself. Choose another")]
