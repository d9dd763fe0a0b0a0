"""The table of paths: each really walked by its example, none left out of small forms, and bounded for large ones."""

import time

import pytest
from hypothesis import given, settings

from consult.demonstration.facts import questionnaire_of
from surveys.definition import Condition
from surveys.journey import journey
from surveys.paths import BOUND, Path, example_of, paths
from surveys.validation import check
from tests.builders import (
    choice,
    comment,
    for_each,
    number,
    page,
    question,
    questionnaire,
    several,
    statements,
    when,
)
from tests.surveys.strategies import answered_questionnaires, questionnaires

CAR = questionnaire(
    question("plan", "information", text="Our plan"),
    choice("car", "Yes", "No", text="Have you a car?"),
    page("parking", choice("parks", "Street", "Drive"), comment("where"), shown_if=when("car", 1)),
    comment("rest"),
)


def test_each_path_has_its_pages_its_questions_and_somebody_who_goes_that_way():
    assert paths(CAR).paths == (
        Path(
            steps=("page_plan", "page_car", "parking", "page_rest"),
            questions=("plan", "car", "parks", "where", "rest"),
            count=4,
            answers={"car": 1},
        ),
        Path(
            steps=("page_plan", "page_car", "page_rest"), questions=("plan", "car", "rest"), count=2, answers={"car": 2}
        ),
    )
    assert (paths(CAR).is_sampled, paths(CAR).bound) == (False, BOUND)
    assert (paths(CAR).shortest, paths(CAR).longest) == paths(CAR).asked == (2, 4)


def test_example_is_told_in_words():
    assert [example_of(path, CAR) for path in paths(CAR).paths] == [
        (("Have you a car?", "Yes"),),
        (("Have you a car?", "No"),),
    ]


def test_example_in_a_round_names_its_item():
    form = questionnaire(
        several("used", "Eyes", "Skin", text="Which?"),
        page("wait", choice("wait", "Short", "Long", text="{item}: how long?"), repeat=for_each("used", most=1)),
        page("why", comment("why"), repeat=for_each("used", most=1), shown_if=when("wait", 2)),
    )
    found = paths(form).paths
    assert {path.questions for path in found} == {
        ("used",),
        ("used", "wait@1"),
        ("used", "wait@1", "why@1"),
        ("used", "wait@2"),
        ("used", "wait@2", "why@2"),
    }
    longest = next(path for path in found if path.questions == ("used", "wait@2", "why@2"))
    assert example_of(longest, form) == (("Which?", "Skin"), ("Skin: how long?", "Long"))


def test_questionnaire_without_rules_has_one_path_and_no_pages_none():
    assert [path.count for path in paths(questionnaire(choice("a"), comment("b"))).paths] == [2]
    assert paths(questionnaire()).longest == 0


@pytest.mark.parametrize(("slug", "number_of_paths"), [("apms", 80), ("older-you", 30), ("outpatients", 304)])
def test_every_path_of_a_demonstration_questionnaire_is_listed(slug, number_of_paths):
    found = paths(questionnaire_of(slug))
    assert (len(found.paths), found.is_sampled) == (number_of_paths, False)


@settings(max_examples=150, deadline=None)
@given(questionnaires())
def test_path_is_really_walked_with_its_example(form):
    found = paths(form).paths
    assert len({path.questions for path in found}) == len(found)
    for path in found:
        route = journey(form, path.answers)
        assert tuple(step.key for step in route.steps) == path.steps
        assert tuple(asked.key for asked in route.questions()) == path.questions
        assert route.answers == path.answers
        assert check(form, path.answers, required=False).answers == path.answers


@settings(max_examples=150, deadline=None)
@given(answered_questionnaires())
def test_whatever_is_answered_leads_along_a_path_of_the_table(both):
    form, answers = both
    found = paths(form)
    route = journey(form, check(form, answers).answers)
    if not found.is_sampled:
        assert tuple(asked.key for asked in route.questions()) in {path.questions for path in found.paths}


def branching(questions):
    parts = []
    for index in range(questions // 2):
        parts += [choice(f"q{index}"), page(f"p{index}", comment(f"c{index}"), shown_if=when(f"q{index}", 1))]
    return questionnaire(*parts)


def test_too_many_paths_are_sampled_the_same_each_time():
    start = time.process_time()
    found = paths(branching(500))
    assert time.process_time() - start < 2
    assert found.is_sampled
    assert len(found.paths) >= 50
    assert found == paths(branching(500))


def test_bound_is_kept_to():
    assert not paths(branching(10)).is_sampled
    sampled = paths(branching(10), bound=10)
    assert (sampled.is_sampled, sampled.bound) == (True, 10)
    assert {path.questions for path in sampled.paths} <= {path.questions for path in paths(branching(10)).paths}


def test_question_with_more_answers_than_can_be_tried_gives_a_sample():
    form = questionnaire(
        statements("plan", *"abcdef"),
        *(
            page(f"p{line}{code}", comment(f"c{line}{code}"), shown_if=when("plan", code, statement=line))
            for line in "abcdef"
            for code in (1, 2, 3, 4)
        ),
    )
    assert paths(form).is_sampled


def test_number_leads_both_ways_at_its_threshold():
    often = Condition("at_least", "visits", values=(6,))
    form = questionnaire(number("visits", min=0), page("often", comment("often"), shown_if=often))
    assert {(path.count, example_of(path, form)[0][1]) for path in paths(form).paths} == {(1, "0"), (2, "6")}
