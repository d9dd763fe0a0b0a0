"""The check of a whole set of answers: what is taken, what is dropped, what is refused, and that nothing breaks it."""

import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.demonstration.facts import SLUGS, facts_of
from consult.demonstration.invented import invented_responses
from surveys.codebook import build_codebook, encode
from surveys.kinds import KINDS, AnswerError
from surveys.marks import illegible
from surveys.validation import AnswersRejected, check, clean_answer
from tests.builders import (
    choice,
    comment,
    for_each,
    number,
    page,
    question,
    questionnaire,
    ranking,
    scale,
    several,
    statements,
    when,
)
from tests.surveys.strategies import ODD_TEXTS, answers_to, anything, questionnaires

VISIT = questionnaire(
    choice("used", required=True),
    page("which", several("which"), shown_if=when("used", 1)),
    page("each", comment("wait"), repeat=for_each("which", most=2)),
    statements("plan"),
    comment("why", short={"en": "Reasons"}, settings={"limit": 20}),
)
ODD_ANSWERS = [*ODD_TEXTS, True, [], {}, [[]], {"": {}}, 10**4000, float("nan"), float("-inf")]
EVERY_KIND = questionnaire(
    choice("one"),
    several("many"),
    scale("point"),
    statements("lines"),
    ranking("best"),
    question("short", "short_text"),
    comment("long"),
    number("visits"),
    question("seen", "date", settings={"years": [2027]}),
    question("where", "postcode"),
    question("read", "information"),
    page("each", choice("again"), repeat=for_each("many", most=2)),
)


# What is taken and what is dropped ----------------------------------------------------------------------------------------


def test_answers_from_a_form_are_cleaned_along_the_route_they_open():
    checked = check(VISIT, {"used": "1", "which": ["3", "1"], "wait@1": " Long ", "plan": {"a": "2"}, "why": ""})
    assert checked.problems == {}
    assert checked.dropped == ()
    assert checked.answers == {"used": 1, "which": [1, 3], "wait@1": "Long", "plan": {"a": 2}}


def test_answer_to_a_question_that_is_not_asked_is_dropped_and_named():
    checked = check(VISIT, {"used": 2, "which": [1], "wait@1": "Long", "why": "Too far"})
    assert (checked.answers, checked.problems) == ({"used": 2, "why": "Too far"}, {})
    assert set(checked.dropped) == {"which", "wait@1"}


def test_wrong_answer_on_a_page_that_is_not_shown_is_no_problem():
    assert check(VISIT, {"used": 2, "which": [77]}).problems == {}


def test_round_past_the_cap_is_dropped():
    checked = check(VISIT, {"used": 1, "which": [1, 2, 3], "wait@1": "a", "wait@2": "b", "wait@3": "c"})
    assert checked.dropped == ("wait@3",)


def test_required_question_left_blank_says_what_to_do_and_paper_is_not_asked_again():
    assert check(VISIT, {}).problems == {"used": ["Select an answer"]}
    assert check(VISIT, {}, required=False).problems == {}


def test_required_question_that_is_not_asked_is_not_missed():
    definition = questionnaire(
        choice("used"), page("name", question("name", "short_text", required=True), shown_if=when("used", 1))
    )
    assert check(definition, {"used": 2}).problems == {}
    assert check(definition, {"used": 1}).problems == {"name": ["Write your answer"]}


def test_full_postcode_leaves_its_area_behind_and_goes():
    areas = {"WN7 1AB": {"deprivation": 2, "ward": "Leigh South", "inside": True}}
    checked = check(EVERY_KIND, {"where": "wn7 1ab"}, find_area=areas.get)
    assert checked.answers == {"where": {"outward": "WN7", "sector": "WN7 1", "area": areas["WN7 1AB"]}}


# What is refused ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "problems"),
    [
        ({"used": 7}, {"used": ["Select one of the answers listed"]}),
        ({"used": 1, "which": [9]}, {"which": ["Select one of the answers listed"]}),
        ({"used": 1, "plan": {"a": 9}}, {"plan": ["Select one of the answers listed"]}),
        ({"used": 1, "plan": {"used": 1}}, {"plan": ["“used” is not a statement in this question"]}),
        ({"used": 1, "why": "x" * 21}, {"why": ["Reasons must be 20 characters or less. You have used 21"]}),
        (
            {"used": 1, "why": "x" * 1_000_000},
            {"why": ["Reasons must be 20 characters or less. You have used 1,000,000"]},
        ),
        ({"used": 1, "why": ["x"]}, {"why": ["Write your answer in words"]}),
        ({"used": 1, "whi": "x"}, {"whi": ["This question is not part of the questionnaire"]}),
        ({"used": 1, "": "x"}, {"": ["This question is not part of the questionnaire"]}),
        ({"used": True}, {"used": ["Select one of the answers listed"]}),
        ({"used": illegible()}, {"used": ["Select one of the answers listed"]}),
        ({"used": 1, "plan": {"a": illegible()}}, {"plan": ["Select one of the answers listed"]}),
        ({"used": {}}, {"used": ["Select one of the answers listed"]}),
        ({"used": []}, {"used": ["Select one of the answers listed"]}),
        ({"used": float("nan")}, {"used": ["Select one of the answers listed"]}),
        ({"used": 10**400}, {"used": ["Select one of the answers listed"]}),
    ],
)
def test_what_cannot_be_taken_is_refused_by_question_in_words(answers, problems):
    assert check(VISIT, answers).problems == problems


def test_every_problem_is_found_at_once():
    problems = check(VISIT, {"which": [1], "plan": {"a": 9}, "why": "x" * 30, "other": 1}).problems
    assert set(problems) == {"used", "plan", "why", "other"}


def test_code_of_another_question_is_refused():
    sites = choice("site", "North", "South", "East")
    definition = questionnaire(choice("used"), sites)
    assert check(definition, {"used": 3, "site": 3}).problems == {"used": ["Select one of the answers listed"]}


def test_option_that_this_person_was_not_offered_is_refused():
    yes, no = choice("x").options
    filtered = question("site", options=(yes, type(no)(2, no.label, shown_if=when("used", 1))))
    definition = questionnaire(choice("used"), filtered)
    assert check(definition, {"used": 1, "site": 2}).problems == {}
    assert check(definition, {"used": 2, "site": 2}).problems == {"site": ["Select one of the answers listed"]}


def test_key_that_nobody_chose_is_shown_short_and_writable():
    checked = check(VISIT, {"used": 1, "\ud800" + "k" * 5_000: 1})
    assert set(checked.problems) == {"k" * 60}
    json.dumps(checked.problems, ensure_ascii=False).encode("utf-8")


def test_refusal_carries_its_problems_for_a_form_a_row_or_a_response():
    problems = {"used": ["Select an answer"], "why": ["Reasons must be 20 characters or less. You have used 21"]}
    refusal = AnswersRejected(problems)
    assert refusal.problems == problems
    assert str(refusal).startswith("used: Select an answer; why: Reasons")


# Marks --------------------------------------------------------------------------------------------------------------------


def test_keyer_marks_are_kept_on_paper_and_hold_nothing_else():
    answers = {
        "used": {"mark": "several", "seen": [2, 1], "note": "x" * 1_000},
        "plan": {"a": {"mark": "illegible", "seen": [1]}, "b": 2},
        "why": {"mark": "illegible"},
    }
    checked = check(VISIT, answers, marks=True, required=False)
    assert checked.problems == {}
    assert checked.answers == {
        "used": {"mark": "several", "seen": [1, 2]},
        "plan": {"a": {"mark": "illegible"}, "b": 2},
        "why": {"mark": "illegible"},
    }


@pytest.mark.parametrize(
    ("seen", "message"),
    [
        ([1, 9], "Select one of the answers listed"),
        ("12", "List each box that was ticked once"),
        ([1] * 1_000, "List each box that was ticked once"),
    ],
)
def test_mark_that_names_a_box_the_question_does_not_have_is_refused(seen, message):
    asked = VISIT.question("used")
    with pytest.raises(AnswerError, match=message):
        clean_answer(asked, {"mark": "several", "seen": seen}, marks=True)


def test_mark_answers_no_required_question_online():
    assert check(VISIT, {"used": {"mark": "illegible"}}).answers == {}


# Whatever is sent ---------------------------------------------------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(
    answers=st.dictionaries(
        st.one_of(
            st.sampled_from(
                [*(each.key for each in EVERY_KIND.questions()), "again@1", "again@9", "one@", "@", "many@1"]
            ),
            st.text(st.characters(), max_size=8),
        ),
        anything,
        max_size=12,
    ),
    marks=st.booleans(),
)
def test_any_json_at_all_is_taken_or_refused_in_words(answers, marks):
    assert_taken_or_refused(EVERY_KIND, answers, marks=marks)


@pytest.mark.parametrize("key", [each.key for each in EVERY_KIND.questions()])
@pytest.mark.parametrize("raw", ODD_ANSWERS, ids=range(len(ODD_ANSWERS)))
def test_odd_answers_to_each_kind_are_taken_or_refused_in_words(key, raw):
    assert_taken_or_refused(EVERY_KIND, {key: raw}, marks=False)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_checking_what_was_taken_changes_nothing(data):
    definition = data.draw(questionnaires())
    checked = check(definition, data.draw(answers_to(definition)))
    again = check(definition, checked.answers)
    assert (again.answers, again.problems, again.dropped) == (checked.answers, {}, ())


@pytest.mark.parametrize("slug", SLUGS)
def test_answers_sent_as_a_browser_would_are_taken_as_the_same_answers(slug):
    definition = facts_of(slug).questionnaire()
    for response in invented_responses(definition, slug=slug, count=60, random=Random(4)):
        if response.channel == "online":
            assert check(definition, as_posted(response.answers)).answers == response.answers


def test_a_hundred_thousand_made_up_keys_are_refused_in_the_time_of_a_page():
    checked = check(VISIT, {"used": 1} | {f"made_up_{index}": index for index in range(100_000)})
    assert len(checked.problems) == 100_000


# Words that the tests above share ----------------------------------------------------------------------------------------


def assert_taken_or_refused(definition, answers, *, marks):
    """The check gives problems in words that can be written anywhere, or answers that can be stored, coded and read."""
    checked = check(definition, answers, marks=marks)
    json.dumps(checked.problems, ensure_ascii=False).encode("utf-8")
    assert all(messages and all(messages) for messages in checked.problems.values())
    json.dumps(checked.answers, ensure_ascii=False, allow_nan=False).encode("utf-8")
    assert check(definition, checked.answers, marks=marks).answers == checked.answers
    assert len(encode(checked.journey, build_codebook(definition))) == build_codebook(definition).width
    for each in checked.journey.questions():
        if each.key in checked.answers and "mark" not in str(checked.answers[each.key]):
            assert isinstance(KINDS[each.kind].describe(each, checked.answers[each.key]), str)


def as_posted(value):
    """Stored answers as the texts a browser sends."""
    if isinstance(value, dict):
        return {key: as_posted(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_posted(part) for part in value]
    return str(value)
