"""The route checker: each mistake in words, none where there is none, and questionnaires of any size in bounded time."""

import pytest

from consult.demonstration.facts import questionnaire_of
from surveys.definition import Condition, Option, Statement
from surveys.routes import RouteProblem, check_routes
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
