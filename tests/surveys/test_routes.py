"""The route checker: each mistake in words, none where there is none, and questionnaires of any size in bounded time."""

import time
from itertools import combinations, product
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.demonstration.facts import questionnaire_of
from surveys.definition import Condition, Option, Statement
from surveys.drafting import problems as drafting_problems
from surveys.journey import journey
from surveys.routes import RouteProblem, check_routes
from surveys.validation import check
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
    scale,
    several,
    statements,
    unless,
    when,
    when_any,
)
from tests.surveys.strategies import answers_to, questionnaires


def codes(definition):
    """What is wrong with a questionnaire, as (where, code)."""
    return [(problem.where, problem.code) for problem in check_routes(definition).problems]


def only(definition):
    """The one thing that is wrong with a questionnaire."""
    report = check_routes(definition)
    assert len(report.problems) == 1, report
    return report.problems[0]


# The six mistakes that block publishing (acceptance point 44) -------------------------------------------------------------


def test_point_44_rule_about_a_question_that_was_removed():
    form = questionnaire(choice("used"), page("why", comment("why"), shown_if=when("gone", 1)))
    assert only(form) == RouteProblem(
        "why",
        "The rule of this page asks about a question that was removed (gone). Choose another, or delete the rule",
        "removed_question",
    )


@pytest.mark.parametrize(
    ("rule", "says", "code"),
    [
        (
            when("used", 1, 7),
            "The rule of this page asks about an answer that was removed from “What about used?” (7). "
            "Choose another, or delete the rule",
            "removed_option",
        ),
        (
            when("plan", 1, statement="c"),
            "The rule of this page asks about a statement that was removed from “What about plan?”. "
            "Choose another, or delete the rule",
            "removed_statement",
        ),
    ],
)
def test_point_44_rule_about_an_answer_or_a_statement_that_was_removed(rule, says, code):
    form = questionnaire(choice("used"), statements("plan"), page("why", comment("why"), shown_if=rule))
    assert only(form) == RouteProblem("why", says, code)


def test_point_44_rule_that_skips_nothing():
    always = Condition("any", parts=(when("used", 1), unless(when("used", 1))))
    form = questionnaire(choice("used"), page("why", comment("why"), shown_if=always))
    assert only(form) == RouteProblem(
        "why",
        "The rule of this page skips nothing, as it is always so. Delete it, or change it. The rule: Show this page if the "
        "answer to “What about used?” is “Yes” or the answer to “What about used?” is not “Yes”",
        "pointless",
    )


def test_point_44_rule_that_goes_backwards():
    form = questionnaire(page("why", comment("why"), shown_if=when("used", 1)), choice("used"))
    assert only(form) == RouteProblem(
        "why",
        "The rule of this page asks about “What about used?”, which is on a later page. "
        "A rule can only look back, at a page before",
        "backwards",
    )


def test_point_44_question_that_no_one_can_reach():
    both = Condition("all", parts=(when("used", 1), when("used", 2)))
    form = questionnaire(choice("used"), page("more", comment("why"), comment("how", shown_if=both)))
    assert only(form) == RouteProblem(
        "how",
        "Nobody can reach this question (What about how?): no answers before it lead here. The rule: Show this question if "
        "the answer to “What about used?” is “Yes” and the answer to “What about used?” is “No”",
        "unreachable_question",
    )


def test_point_44_required_question_on_a_path_that_everybody_skips():
    never = Condition("all", parts=(when("used", 1), when("used", 2)))
    form = questionnaire(choice("used"), page("why", comment("why", required=True), shown_if=never))
    assert codes(form) == [("why", "unreachable_page"), ("why", "required_skipped")]
    assert check_routes(form).problems[1].says == (
        "“What about why?” must be answered, and it is on a path that everybody skips. Change the rule, or delete the question"
    )


# And the others ----------------------------------------------------------------------------------------------------------


def test_rules_that_go_in_a_circle_are_told_from_those_that_only_go_backwards():
    form = questionnaire(
        page("one", choice("a"), shown_if=when("b", 1)),
        page("two", choice("b"), shown_if=when("a", 1)),
    )
    assert codes(form)[0] == ("one", "circular")
    itself = questionnaire(page("one", choice("a"), shown_if=when("a", 1)))
    assert codes(itself) == [("one", "circular")]
    beside = questionnaire(page("one", choice("a"), choice("b", shown_if=when("a", 1))))
    assert codes(beside) == [("b", "backwards")]


def test_page_that_repeats_for_what_is_not_asked_before_it():
    wait = page("wait", choice("wait"), repeat=for_each("used", most=2))
    assert codes(questionnaire(choice("other"), wait)) == [("wait", "removed_question")]
    assert codes(questionnaire(wait, several("used"))) == [("wait", "backwards")]


def test_option_and_statement_that_nobody_is_offered():
    asked = question(
        "site",
        options=(Option(1, {"en": "North"}), Option(2, {"en": "South"}, shown_if=when("town", 1))),
        shown_if=when("town", 2),
    )
    plan = question(
        "plan",
        "statements",
        options=scale("x").options,
        statements=(Statement("a", {"en": "A"}), Statement("b", {"en": "B"}, shown_if=when("town", 1))),
        shown_if=when("town", 2),
    )
    form = questionnaire(choice("town"), page("where", asked, plan))
    assert codes(form) == [("site", "unreachable_option"), ("plan", "unreachable_option")]
    assert check_routes(form).problems[0].says == (
        "Nobody can reach the answer “South”: no answers before it lead here. "
        "The rule: Show the answer “South” if the answer to “What about town?” is “Yes”"
    )


def test_required_question_with_every_option_hidden_from_some_people():
    asked = question(
        "site",
        required=True,
        options=(
            Option(1, {"en": "North"}, shown_if=when("town", 1)),
            Option(2, {"en": "South"}, shown_if=when("town", 2)),
        ),
    )
    assert codes(questionnaire(choice("town", "A", "B", "C"), asked)) == [("site", "no_answer")]
    assert codes(questionnaire(choice("town", "A", "B", required=True), asked)) == []


def test_required_number_that_no_number_fits():
    form = questionnaire(question("age", "number", required=True, settings={"bands": [[0, 1]], "min": 9, "max": 3}))
    assert codes(form) == [("age", "no_answer")]


def test_numbers_on_both_sides_of_a_threshold_are_tried():
    often = Condition("more_than", "visits", values=(6,))
    never = Condition("more_than", "visits", values=(12,))
    form = questionnaire(
        number("visits", min=0, max=12),
        page("often", comment("often"), shown_if=often),
        page("never", comment("never"), shown_if=never),
    )
    assert codes(form) == [("never", "unreachable_page")]


def test_answer_that_stands_alone_is_not_tried_with_another():
    used = question("used", "several_choices", options=options("Eyes", "Skin", none="None"))
    both = Condition("all", parts=(when_any("used", 1), when_any("used", 3)))
    form = questionnaire(used, page("why", comment("why"), shown_if=both))
    assert codes(form) == [("why", "unreachable_page")]


def test_most_ticks_allowed_are_kept_to():
    three = Condition("all", parts=tuple(when_any("used", code) for code in (1, 2, 3)))
    two = Condition("all", parts=(when_any("used", 1), when_any("used", 2)))
    form = questionnaire(
        several("used", settings={"most": 2}),
        page("two", comment("two"), shown_if=two),
        page("three", comment("three"), shown_if=three),
    )
    assert codes(form) == [("three", "unreachable_page")]


def test_ranked_places_are_kept_to():
    three = Condition("all", parts=tuple(when_any("matters", code) for code in (1, 2, 3)))
    form = questionnaire(
        ranking("matters", settings={"places": 2}),
        page("two", comment("two"), shown_if=Condition("all", parts=three.parts[:2])),
        page("three", comment("three"), shown_if=three),
    )
    assert codes(form) == [("three", "unreachable_page")]


def test_rounds_of_a_repeated_page_are_walked():
    form = questionnaire(
        several("used", "Eyes", "Skin"),
        page("wait", choice("wait"), repeat=for_each("used", most=2)),
        page("why", comment("why"), repeat=for_each("used", most=2), shown_if=when("wait", 2)),
        page("never", comment("never"), shown_if=when("wait", 2)),
    )
    assert codes(form) == [("never", "unreachable_page")]


def test_required_answer_is_taken_to_be_given():
    form = questionnaire(
        choice("used", required=True), page("why", comment("why"), shown_if=unless(Condition("answered", "used")))
    )
    assert codes(form) == [("why", "unreachable_page")]


@pytest.mark.parametrize("slug", ["apms", "older-you", "outpatients"])
def test_demonstration_questionnaire_has_no_route_errors(slug):
    report = check_routes(questionnaire_of(slug))
    assert (report.problems, report.unsure) == ((), ())


# Whatever the questionnaire -----------------------------------------------------------------------------------------------


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
