"""The rehearsal: every path in every variant, every answer by somebody, all of it invented and the same each time."""

import time

import pytest
from hypothesis import given, settings

from consult.demonstration.facts import questionnaire_of
from surveys.definition import Condition
from surveys.kinds import KINDS
from surveys.paths import paths
from surveys.rehearsal import invented_people, rehearse
from surveys.routes import check_routes
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
    when,
)
from tests.surveys.strategies import questionnaires

EVERY_KIND = questionnaire(
    choice("car", "Yes", "No", required=True),
    page("parking", several("parks", "Street", "Drive", "Garage"), shown_if=when("car", 1)),
    page("cost", number("cost", min=3, max=9), repeat=for_each("parks", most=2)),
    question("none", "several_choices", options=options("Eyes", "Skin", none="None of these"), required=True),
    statements("plan", required=True),
    ranking("matters", required=True),
    scale("easy", required=True),
    question("name", "short_text", required=True, settings={"limit": 3}),
    comment("why", required=True),
    question("when", "date", required=True, settings={"years": [2027]}),
    question("where", "postcode", required=True),
    question("read", "information"),
)


def test_everybody_can_finish_and_everything_is_met():
    rehearsal = rehearse(EVERY_KIND)
    assert rehearsal.problems == {}
    assert (rehearsal.never_asked, rehearsal.never_chosen) == ((), ())
    assert (rehearsal.paths_walked, rehearsal.paths_known, rehearsal.is_sampled) == (
        len(paths(EVERY_KIND).paths),
        len(paths(EVERY_KIND).paths),
        False,
    )


def test_person_is_sent_along_each_path_in_each_variant():
    form = questionnaire_of("apms")
    rehearsal = rehearse(form)
    table = paths(form).paths
    sent = [(person.path, person.variant) for person in rehearsal.people if person.path is not None]
    assert sent == [(place, variant) for place in range(len(table)) for variant in ("", "easy_read")]
    for person, checked in zip(rehearsal.people, rehearsal.checked, strict=True):
        if person.path is not None:
            assert tuple(asked.key for asked in checked.journey.questions()) == table[person.path].questions
            assert checked.answers == person.answers


@pytest.mark.parametrize("slug", ["apms", "older-you", "outpatients"])
def test_demonstration_questionnaire_is_rehearsed_whole(slug):
    rehearsal = rehearse(questionnaire_of(slug))
    assert rehearsal.problems == {}
    assert rehearsal.paths_walked == rehearsal.paths_known
    assert (rehearsal.never_asked, rehearsal.never_chosen) == ((), ())


def test_same_seed_gives_the_same_people_and_another_seed_others():
    assert list(invented_people(EVERY_KIND, seed=3)) == list(invented_people(EVERY_KIND, seed=3))
    assert list(invented_people(EVERY_KIND, seed=3)) != list(invented_people(EVERY_KIND, seed=4))


def test_what_people_write_says_that_it_is_invented():
    written = {
        KINDS[asked.kind].text_of(checked.answers.get(asked.key))
        for checked in rehearse(questionnaire_of("older-you")).checked
        for asked in checked.journey.questions()
        if checked.answers.get(asked.key)
    } - {None}
    assert len(written) > 3
    assert all(text.startswith("Invented") for text in written)


def test_no_more_people_are_sent_than_asked_for():
    assert len(rehearse(questionnaire_of("apms"), most=10).people) == 10
    assert rehearse(questionnaire_of("apms"), most=10).paths_walked == 5


def test_more_people_follow_the_first_until_there_are_as_many_as_asked_for():
    few, many = rehearse(EVERY_KIND), rehearse(EVERY_KIND, fewest=200)
    assert len(few.people) < 200
    assert many.people[: len(few.people)] == few.people
    assert (len(many.people), many.problems) == (200, {})
    assert len(rehearse(EVERY_KIND, fewest=200, most=60).people) == 60


def test_question_and_option_that_nobody_reaches_are_named_with_nothing_hidden():
    never = Condition("all", parts=(when("car", 1), when("car", 2)))
    form = questionnaire(choice("car"), page("why", choice("why"), shown_if=never))
    rehearsal = rehearse(form)
    assert (rehearsal.never_asked, rehearsal.never_chosen) == (("why",), (("why", 1), ("why", 2)))


def test_required_question_that_somebody_cannot_answer_is_their_problem():
    hidden = question("site", required=True, options=())
    rehearsal = rehearse(questionnaire(choice("car"), page("site", hidden, shown_if=when("car", 1))))
    stuck = [place for place, person in enumerate(rehearsal.people) if person.answers.get("car") == 1]
    assert stuck
    assert rehearsal.problems == {place: {"site": ["Select an answer"]} for place in stuck}


@settings(max_examples=100, deadline=None)
@given(questionnaires())
def test_every_path_is_walked_and_nothing_reachable_is_missed(form):
    rehearsal = rehearse(form, most=3_000)
    assert rehearsal.problems == {}
    assert rehearsal.paths_walked == rehearsal.paths_known
    reported = {problem.where for problem in check_routes(form).problems}
    for key in rehearsal.never_asked:
        assert {key, form.page_of(key).key} & reported


def test_five_hundred_questions_are_rehearsed_in_bounded_time():
    parts = []
    for index in range(250):
        parts += [choice(f"q{index}"), page(f"p{index}", comment(f"c{index}"), shown_if=when(f"q{index}", 1))]
    start = time.process_time()
    rehearsal = rehearse(questionnaire(*parts))
    assert time.process_time() - start < 5
    assert (rehearsal.is_sampled, rehearsal.never_asked, rehearsal.never_chosen) == (True, (), ())
