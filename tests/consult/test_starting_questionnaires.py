"""The questionnaires that a lead can begin with: plain, whole, and asking each person what concerns them."""

import json
import re

import pytest

from consult.demonstration.facts import SLUGS, questionnaire_of
from consult.starting_points import (
    HERE,
    STARTING_POINTS,
    start_from,
)
from exports.asked import organisation_codes
from surveys.definition import words
from surveys.definition_json import from_json, to_json
from surveys.drafting import problems
from surveys.journey import journey
from surveys.kinds import KINDS
from surveys.models import RespondentType
from surveys.readability import LONGEST_SENTENCE, PLAIN, long_sentences, reading_of
from surveys.renderings import RenderingState, parts, questionnaire_as_asked, state_of
from surveys.standards import FRIENDS_AND_FAMILY, answers_of
from tests.builders import written

OWN = ("gp-merger", "moving-site", "strategy", "patient-experience", "easy-read-short")
EVERY = pytest.mark.parametrize("key", STARTING_POINTS)
EACH_OWN = pytest.mark.parametrize("key", OWN)
MOST_IN_EASY_READ = 15
NOT_ASKED_HERE = re.compile(r"ethnic group\?|your religion|orientation|your sex\b|your age\b(?!,)|postcode", re.I)


def public_texts(found):
    """Every text that a resident reads of a starting point."""
    facts = found.facts
    yield from (facts["title"], facts["summary"], facts["purpose"], facts["still_open"], *facts["asks"])
    yield from (words(text) for part in parts(found.definition) for text in (part.text, *part.wordings.values()))


def asked(key, **answers):
    """The keys of the questions asked of somebody with these answers."""
    found = journey(start_from(key).definition, answers)
    return " ".join(question.key for question in found.questions() if KINDS[question.kind].controls(question))


def leaves(value):
    """Every text in a JSON value."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for part in parts for text in leaves(part)]


@EVERY
def test_questionnaire_is_fit_to_publish_but_for_its_prompts(key):
    assert problems(start_from(key).definition) == ()


@EACH_OWN
def test_questionnaire_file_is_exactly_what_an_export_of_it_would_be(key):
    file = (HERE / "questionnaires" / f"{key}.json").read_text(encoding="utf-8")

    assert written(to_json(from_json(json.loads(file)))) == file


@pytest.mark.parametrize("slug", SLUGS)
def test_demonstration_is_read_from_its_own_files(slug):
    assert start_from(f"demonstration-{slug}").definition is questionnaire_of(slug)


@EVERY
def test_words_are_plain(key):
    texts = list(public_texts(start_from(key)))

    assert [sentence for text in texts for sentence in long_sentences(text, most=LONGEST_SENTENCE)] == []
    assert reading_of("\n".join(texts)).ease >= PLAIN


@EACH_OWN
def test_words_of_the_trade_stay_out(key):
    trade = re.compile(r"commission|pathway|stakeholder|procure|elderly|BAME|hard to reach|and/or|respondent", re.I)

    assert [text for text in public_texts(start_from(key)) if trade.search(text)] == []


@EACH_OWN
def test_what_the_equality_pages_ask_is_asked_there_alone(key):
    assert [text for text in public_texts(start_from(key)) if NOT_ASKED_HERE.search(text)] == []


@EACH_OWN
def test_every_closed_question_can_be_answered_by_somebody_who_does_not_know(key):
    closed = [each for each in start_from(key).definition.questions() if KINDS[each.kind].takes.get("capacity")]
    lines = [each for each in start_from(key).definition.questions() if each.kind == "statements"]

    assert [each.key for each in (*closed, *lines) if not any(option.meaning for option in each.options)] == []


@EACH_OWN
def test_do_not_know_and_other_come_after_every_plain_answer(key):
    for each in start_from(key).definition.questions():
        meanings = [bool(option.meaning) for option in each.options]
        assert meanings == sorted(meanings), each.key


@EACH_OWN
def test_every_question_has_a_short_name_and_only_what_steers_the_route_must_be_answered(key):
    questions = [each for each in start_from(key).definition.questions() if KINDS[each.kind].controls(each)]

    assert [each.key for each in questions if not 0 < len(words(each.short)) <= 50] == []
    must = {each.key for each in questions if each.required}
    assert must <= {"answering", "organisation_name", "organisation_role", "practice"}
    assert all(each.settings["missing"]["en"].startswith(("Select", "Enter")) for each in questions if each.required)


@EVERY
def test_one_question_says_in_what_capacity_each_of_its_answers_is_given(key):
    says = [each for each in start_from(key).definition.questions() if "capacity" in each.settings]

    assert len(says) == 1
    assert set(says[0].settings["capacity"]) == {str(option.code) for option in says[0].options}
    assert set(says[0].settings["capacity"].values()) <= set(RespondentType.values)


@pytest.mark.parametrize(
    ("key", "code", "opens"),
    [
        ("gp-merger", 5, "organisation_name organisation_role"),
        ("moving-site", 5, "organisation_name organisation_role"),
        ("strategy", 4, "organisation_name organisation_role"),
        ("easy-read-short", 3, "organisation_name"),
    ],
)
def test_only_organisations_are_asked_what_they_are_called_and_only_people_where_they_live(key, code, opens):
    definition = start_from(key).definition
    codes = [option.code for option in definition.question("answering").options]

    asked_for_name = {
        each: " ".join(k for k in asked(key, answering=each).split() if "organisation" in k) for each in codes
    }
    asked_for_area = {each for each in codes if "area" in asked(key, answering=each).split()}

    assert asked_for_name == {each: opens if each == code else "" for each in codes}
    assert asked_for_area == (set() if key == "easy-read-short" else set(codes) - {code})
    assert organisation_codes(definition.question("answering")) == {code}


def test_patients_of_the_two_practices_are_asked_about_the_merger():
    everybody = "support support_why other_options effects matters fairness information heard"

    assert asked("gp-merger", answering=1, practice=2) == f"answering practice area keep {everybody}"
    assert asked("gp-merger", answering=4) == f"answering area {everybody.replace('effects ', '')}"
    effects = [
        point
        for point in range(1, 7)
        if "less_effect" in asked("gp-merger", answering=1, practice=2, effects={"journey": point})
    ]
    assert effects == [4, 5]


def test_a_difficult_journey_is_asked_about():
    assert [point for point in range(1, 7) if "easier" in asked("moving-site", new_journey=point)] == [4, 5]


def test_groups_are_asked_of_those_who_say_that_some_lose_more():
    for key in ("gp-merger", "moving-site", "strategy"):
        assert [code for code in (1, 2, 3) if "groups groups_why" in asked(key, fairness=code)] == [1]


def test_missing_support_is_asked_of_those_who_did_not_get_all_of_it():
    assert [
        code for code in range(1, 5) if "support_missing" in asked("patient-experience", support=1, support_given=code)
    ] == [2, 3]


def test_information_says_what_is_proposed_and_what_is_not_decided():
    for key in ("gp-merger", "moving-site", "strategy", "easy-read-short"):
        said = words(start_from(key).definition.question("the_plan_explained").text)
        assert "What is not decided: [Say what people can still change.]" in said, key


def test_friends_and_family_question_has_its_fixed_words():
    asked_there = start_from("patient-experience").definition.question("experience")

    assert words(asked_there.text) == "Overall, how was your experience of our service?"
    assert [words(option.label) for option in asked_there.options] == [
        "Very good", "Good", "Neither good nor poor", "Poor", "Very poor", "Don't know",
    ]  # fmt: skip
    assert answers_of(asked_there) == answers_of(FRIENDS_AND_FAMILY)


def test_short_form_is_whole_in_easy_read_and_waits_for_people_who_use_it():
    definition = start_from("easy-read-short").definition

    assert definition.variants == ("easy_read",)
    assert state_of(definition, "easy_read") == RenderingState(needs_check=True)
    assert all(len(page.questions) == 1 for page in definition.pages)


def test_easy_read_has_short_sentences_and_the_same_points_of_a_scale():
    definition = start_from("easy-read-short").definition
    easy = questionnaire_as_asked(definition, "easy_read")

    texts = [words(part.text) for part in parts(easy) if part.text]
    assert [long for text in texts for long in long_sentences(text, most=MOST_IN_EASY_READ)] == []
    assert easy.question("support").options == definition.question("support").options
