"""The route checker on questionnaires of any shape and size: right about what it says, and in bounded time."""

import time
from itertools import combinations, product
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.definition import Condition
from surveys.drafting import problems as drafting_problems
from surveys.journey import journey
from surveys.routes import check_routes
from surveys.validation import check
from tests.builders import (
    choice,
    comment,
    number,
    page,
    question,
    questionnaire,
    when,
)
from tests.surveys.strategies import answers_to, questionnaires


def unreached(definition):
    report = check_routes(definition)
    return {p.where for p in report.problems if p.code in ("unreachable_question", "required_skipped")} | {
        question.key
        for problem in report.problems
        if problem.code == "unreachable_page"
        for each in definition.pages
        if each.key == problem.where
        for question in each.questions
    }


@st.composite
def forms_and_answers(draw):
    form = draw(questionnaires())
    return form, draw(st.lists(answers_to(form), min_size=1, max_size=8))


@settings(max_examples=150, deadline=None)
@given(forms_and_answers())
def test_no_question_called_unreachable_is_reached_by_any_answers(both):
    form, several_answers = both
    never = unreached(form)
    pointless = {p.where for p in check_routes(form).problems if p.code == "pointless"}
    ruled = {each.key: each.shown_if for each in form.pages if each.shown_if} | {
        each.key: each.shown_if for each in form.questions() if each.shown_if
    }
    for answers in several_answers:
        cleaned = check(form, answers).answers
        route = journey(form, cleaned)
        asked = {each.key.partition("@")[0] for each in route.questions()}
        assert asked & never == set()
        for each in form.pages:
            if each.key in pointless and each.key in ruled and not each.repeat and each.questions[0].shown_if is None:
                assert each.key in {step.page.key for step in route.steps}


@settings(max_examples=150, deadline=None)
@given(questionnaires())
def test_every_question_that_nobody_reaches_is_reported(form):
    values = {each.key: every_value(each) for each in form.questions()}
    if prod(map(len, values.values())) > MOST_WALKED:
        return
    reached = set()
    for given_values in product(*values.values()):
        # In each round of a page the same is answered: a round is told from another by no rule.
        answers = {
            key: value
            for plain, value in zip(values, given_values, strict=True)
            if value is not None
            for key in (plain, *(f"{plain}@{item}" for item in range(1, 5)))
        }
        reached |= {each.key.partition("@")[0] for each in journey(form, answers).questions()}
    wrong = {p.where for p in check_routes(form).problems if p.code in ("backwards", "circular", "removed_option")}
    never = {each.key for each in form.questions()} - reached
    excused = {each.key for each in form.questions() if {each.key, form.page_of(each.key).key} & wrong}
    assert never - excused == unreached(form) - excused


MOST_WALKED = 2_000


def every_value(asked):
    """Every value that a question of `strategies.questions` can have, as far as rules tell values apart; None for no answer."""
    offered = [option.code for option in asked.options]
    lists = [list(some) for size in (1, 2, 3) for some in combinations(offered, size)]
    return {
        "one_choice": [None, *offered],
        "scale": [None, *offered],
        "several_choices": [None, *lists, *([offered] if len(offered) > 3 else [])],
        "ranking": [None, *lists],
        "statements": [
            None,
            *(
                {line: code for line, code in (("a", a), ("b", b)) if code}
                for a, b in product([None, *offered], repeat=2)
                if a or b
            ),
        ],
        "short_text": [None, "Yes"],
        "number": [None, -1, 0, 1, 2, 3],
    }[asked.kind]


# Any size ---------------------------------------------------------------------------------------------------------------


def timed(definition):
    start = time.process_time()
    report = check_routes(definition)
    return report, time.process_time() - start


def many_branches(pairs):
    """So many questions, each with a branch of its own."""
    parts = []
    for index in range(pairs):
        parts += [choice(f"q{index}"), page(f"p{index}", comment(f"c{index}"), shown_if=when(f"q{index}", 1))]
    return questionnaire(*parts)


def all_asked_at_the_end(questions):
    """So many questions first, then a page about each two neighbours: their answers are all needed at once."""
    ends = [
        page(
            f"p{index}",
            comment(f"c{index}"),
            shown_if=Condition("all", parts=(when(f"q{index}", 1), when(f"q{index + 1}", 2))),
        )
        for index in range(questions - 1)
    ]
    never = page("never", comment("never"), shown_if=Condition("all", parts=(when("q0", 1), when("q0", 2))))
    return questionnaire(*(choice(f"q{index}") for index in range(questions)), *ends, never)


def chain(questions):
    """Each question asked only of those who said yes to the one before."""
    return questionnaire(
        choice("q0"),
        *(page(f"p{index}", choice(f"q{index}"), shown_if=when(f"q{index - 1}", 1)) for index in range(1, questions)),
    )


@pytest.mark.parametrize("definition", [many_branches(250), chain(500)], ids=["branches", "chain"])
def test_five_hundred_questions_are_checked_in_two_seconds(definition):
    report, seconds = timed(definition)
    assert report.problems == ()
    assert report.unsure == ()
    assert seconds < 2


def test_questions_that_are_all_needed_at_once_are_checked_page_by_page():
    report, seconds = timed(all_asked_at_the_end(250))
    assert [(problem.where, problem.code) for problem in report.problems] == [("never", "unreachable_page")]
    assert report.unsure == ()
    assert seconds < 2


def test_what_cannot_be_settled_is_called_unsure_and_not_a_mistake():
    asked = tuple(when(f"q{index}", 1) for index in range(40))
    rare = page("rare", comment("rare"), shown_if=Condition("all", parts=asked))
    report, seconds = timed(questionnaire(*(choice(f"q{index}", *"abcd") for index in range(40)), rare))
    assert (report.problems, report.unsure) == ((), ("rare",))
    assert seconds < 2


@pytest.mark.parametrize(
    "definition",
    [
        questionnaire(),
        questionnaire(page("empty")),
        questionnaire(question("q", "smileys"), page("p", comment("c"), shown_if=when("q", 1))),
        questionnaire(page("p", choice("a")), page("p", choice("a"))),
        questionnaire(number("n", min="x"), page("p", comment("c"), shown_if=Condition("at_least", "n", values=(1,)))),
        questionnaire(choice("a"), page("p", comment("c"), shown_if=Condition("any"))),
    ],
)
def test_unfinished_questionnaire_is_checked_as_far_as_it_goes(definition):
    assert drafting_problems(definition) or check_routes(definition).problems
    check_routes(definition)
