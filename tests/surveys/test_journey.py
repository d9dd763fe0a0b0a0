"""The route: which pages a respondent meets, for every kind of condition, and what no answer can make it do."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.definition import Condition, Option
from surveys.journey import at, holds, journey, walked_on
from surveys.kinds import KINDS
from surveys.marks import illegible, is_mark, several
from surveys.validation import check
from tests import builders
from tests.builders import (
    choice,
    comment,
    for_each,
    number,
    page,
    question,
    questionnaire,
    statements,
    unless,
    when,
    when_any,
)
from tests.surveys.strategies import answered_questionnaires


def keys(definition, answers):
    """The keys of the questions asked, in order."""
    return [question.key for question in journey(definition, answers).questions()]


# What a route guarantees, whatever the questionnaire and the answers -------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(answered_questionnaires())
def test_walking_again_with_the_answers_kept_gives_the_same_route(given_both):
    definition, answers = given_both
    route = journey(definition, answers)
    assert journey(definition, route.answers) == route


@settings(max_examples=100, deadline=None)
@given(answered_questionnaires())
def test_answer_that_is_not_on_the_route_opens_nothing(given_both):
    definition, answers = given_both
    route = journey(definition, answers)
    for key in set(answers) - set(route.answers):
        fewer = {other: value for other, value in answers.items() if other != key}
        assert journey(definition, fewer) == route


@settings(max_examples=100, deadline=None)
@given(answered_questionnaires())
def test_every_answer_kept_is_to_a_question_asked_with_an_option_offered(given_both):
    definition, answers = given_both
    route = journey(definition, answers)
    asked = {each.key: each for each in route.questions()}
    assert set(route.answers) <= set(asked) & set(answers)
    for key, value in route.answers.items():
        offered = {option.code for option in asked[key].options}
        assert not asked[key].options or codes_in(value) <= offered
        assert KINDS[asked[key].kind].limit(asked[key], value) == value


@settings(max_examples=100, deadline=None)
@given(answered_questionnaires())
def test_route_keeps_the_order_of_the_pages_and_asks_nothing_twice(given_both):
    definition, answers = given_both
    route = journey(definition, answers)
    order = [each.key for each in definition.pages]
    assert [order.index(step.page.key) for step in route.steps] == sorted(
        order.index(step.page.key) for step in route.steps
    )
    assert len({step.key for step in route.steps}) == len(route.steps)
    assert len({each.key for each in route.questions()}) == len(route.questions())
    assert all(step.questions for step in route.steps)


@settings(max_examples=100, deadline=None)
@given(answered_questionnaires())
def test_repeated_page_appears_for_chosen_items_only_and_never_past_its_cap(given_both):
    definition, answers = given_both
    route = journey(definition, answers)
    for each in definition.pages:
        items = [step.item for step in route.steps if step.page.key == each.key]
        if each.repeat is None:
            assert items in ([], [None])
        else:
            assert len(items) <= each.repeat.most
            assert set(items) <= set(route.answers.get(each.repeat.question, ()))


@settings(max_examples=200, deadline=None)
@given(answered_questionnaires(), st.data())
def test_walking_on_after_one_step_gives_the_route_that_walking_again_gives(given_both, data):
    definition, raw = given_both
    answers = check(definition, raw, required=False).answers
    before = journey(definition, answers)
    step = data.draw(st.sampled_from(before.steps))
    anew = {each.key: answers[each.key] for each in step.questions if each.key in answers and data.draw(st.booleans())}
    others = {key: value for key, value in answers.items() if key not in {each.key for each in step.questions}}
    walked = walked_on(before, definition, step, others | anew)
    assert walked == journey(definition, others | anew)


@settings(max_examples=200, deadline=None)
@given(answered_questionnaires())
def test_route_of_clean_answers_is_the_same_however_closely_they_are_looked_into(given_both):
    definition, raw = given_both
    answers = {
        each.key: check(questionnaire(replace(each, shown_if=None)), {each.key: raw[each.key]}).answers.get(each.key)
        for each in definition.questions()
        if each.key in raw
    }
    assert journey(definition, answers, are_clean=True) == journey(definition, answers)


# Changing one's mind -------------------------------------------------------------------------------------------------------


def test_changing_an_early_answer_drops_the_branch_and_what_hung_on_it():
    definition = questionnaire(
        choice("has_car"),
        page("parking", choice("parks"), shown_if=when("has_car", 1)),
        page("permit", comment("permit"), shown_if=when("parks", 1)),
        comment("rest"),
    )
    answers = {"has_car": 1, "parks": 1, "permit": "A12", "rest": "Fine"}
    assert keys(definition, answers) == ["has_car", "parks", "permit", "rest"]
    changed = journey(definition, answers | {"has_car": 2})
    assert [each.key for each in changed.questions()] == ["has_car", "rest"]
    assert changed.answers == {"has_car": 2, "rest": "Fine"}


def test_changing_back_brings_the_branch_and_its_answers_back():
    definition = questionnaire(choice("has_car"), page("parking", comment("parks"), shown_if=when("has_car", 1)))
    answers = {"has_car": 1, "parks": "On the street"}
    assert journey(definition, answers | {"has_car": 2}).answers == {"has_car": 2}
    assert journey(definition, answers).answers == answers


def test_option_no_longer_offered_counts_as_not_chosen():
    towns = choice("town", "North", "South")
    sites = question(
        "site",
        options=(
            Option(1, {"en": "North clinic"}, shown_if=when("town", 1)),
            Option(2, {"en": "South clinic"}, shown_if=when("town", 2)),
        ),
    )
    definition = questionnaire(towns, sites, page("why_north", comment("why"), shown_if=when("site", 1)))
    assert keys(definition, {"town": 1, "site": 1}) == ["town", "site", "why"]
    moved = journey(definition, {"town": 2, "site": 1, "why": "Near"})
    assert moved.answers == {"town": 2}
    assert [option.code for option in moved.steps[1].questions[0].options] == [2]


def test_statement_that_is_not_shown_is_not_kept():
    asked = builders.statements("plan", "a", "b")
    only_a = question(
        "plan",
        "statements",
        options=asked.options,
        statements=(asked.statements[0], builders.Statement("b", {"en": "b"}, when("used", 1))),
    )
    definition = questionnaire(choice("used"), only_a)
    assert journey(definition, {"used": 2, "plan": {"a": 1, "b": 5}}).answers == {"used": 2, "plan": {"a": 1}}


def test_page_with_every_question_hidden_is_no_step():
    hidden = comment("why", shown_if=when("used", 1))
    definition = questionnaire(choice("used"), hidden)
    assert [step.key for step in journey(definition, {"used": 2}).steps] == ["page_used"]


# Repeated pages ------------------------------------------------------------------------------------------------------------

LOOP = questionnaire(
    question(
        "services", "several_choices", options=builders.options("Eyes", "Skin", "Joints", other="Another", none="None")
    ),
    page("wait", choice("waited", "Short", "Long"), repeat=for_each("services", most=2)),
    page("why", comment("why"), repeat=for_each("services", most=2), shown_if=when("waited", 2)),
    comment("end"),
)


@pytest.mark.parametrize(
    ("chosen", "rounds"),
    [
        ([], []),
        ([2], ["waited@2"]),
        ([1, 3], ["waited@1", "waited@3"]),
        ([1, 2, 3], ["waited@1", "waited@2"]),
        ([4], []),
        ([5], []),
    ],
)
def test_page_repeats_for_each_plain_option_in_their_order_up_to_the_cap(chosen, rounds):
    assert keys(LOOP, {"services": chosen})[1:-1] == rounds


def test_condition_in_a_round_is_about_the_answer_of_the_same_round():
    answers = {"services": [1, 3], "waited@1": 1, "waited@3": 2}
    assert keys(LOOP, answers) == ["services", "waited@1", "waited@3", "why@3", "end"]


def test_round_whose_item_is_no_longer_chosen_takes_its_answers_with_it():
    answers = {"services": [3], "waited@1": 2, "why@1": "Cancelled", "waited@3": 1}
    assert journey(LOOP, answers).answers == {"services": [3], "waited@3": 1}


def test_answer_under_the_plain_key_of_a_repeated_question_is_off_the_route():
    assert journey(LOOP, {"services": [1], "waited": 2, "waited@9": 2}).answers == {"services": [1]}


def test_step_is_found_by_its_key_with_the_round():
    route = journey(LOOP, {"services": [1, 2]})
    assert (route.step("wait@2").item, route.step("wait"), route.step("wait@3")) == (2, None, None)


# Conditions ----------------------------------------------------------------------------------------------------------------

ANSWERS = {
    "one": 2,
    "many": [1, 3],
    "number": 5,
    "decimal": 2.5,
    "text": "Yes",
    "lines": {"a": 4, "b": illegible()},
    "unread": illegible(),
    "twice": several([1, 2]),
}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Condition("answered", "one"), True),
        (Condition("answered", "text"), True),
        (Condition("answered", "nothing"), False),
        (Condition("answered", "unread"), False),
        (Condition("answered", "lines", "a"), True),
        (Condition("answered", "lines", "c"), False),
        (Condition("answered", "lines", "b"), False),
        (Condition("answered", "one", "a"), False),
        (when("one", 2), True),
        (when("one", 1, 2), True),
        (when("one", 1), False),
        (when("many", 1), False),
        (when("twice", 1), False),
        (when("unread", 1), False),
        (when("lines", 4, statement="a"), True),
        (when("lines", 5, statement="a"), False),
        (when_any("many", 3, 9), True),
        (when_any("many", 2), False),
        (when_any("one", 2), False),
        (Condition("equals", "number", values=(5,)), True),
        (Condition("equals", "number", values=(6,)), False),
        (Condition("equals", "text", values=(5,)), False),
        (Condition("less_than", "number", values=(5,)), False),
        (Condition("less_than", "decimal", values=(2.6,)), True),
        (Condition("at_most", "number", values=(5,)), True),
        (Condition("at_most", "number", values=(4,)), False),
        (Condition("more_than", "number", values=(5,)), False),
        (Condition("more_than", "number", values=(4,)), True),
        (Condition("at_least", "number", values=(5,)), True),
        (Condition("at_least", "many", values=(1,)), False),
        (Condition("at_least", "nothing", values=(0,)), False),
        (unless(when("one", 2)), False),
        (unless(when("nothing", 2)), True),
        (Condition("all", parts=(when("one", 2), when_any("many", 1))), True),
        (Condition("all", parts=(when("one", 2), when_any("many", 2))), False),
        (Condition("any", parts=(when("one", 1), when_any("many", 1))), True),
        (Condition("any", parts=(when("one", 1), when_any("many", 2))), False),
        (Condition("all", parts=()), True),
        (Condition("any", parts=()), False),
        (unless(Condition("any", parts=(when("one", 9), unless(when("one", 2))))), True),
    ],
)
def test_condition_holds_as_its_words_say(condition, expected):
    assert holds(condition, ANSWERS) is expected


def test_what_was_written_and_cannot_be_used_opens_no_page():
    definition = questionnaire(choice("used"), page("why", comment("why"), shown_if=when("used", 1)))
    for mark in (illegible(), several([1, 2])):
        assert keys(definition, {"used": mark}) == ["used"]
        assert journey(definition, {"used": mark}).answers == {"used": mark}


def test_number_can_open_a_page():
    often = Condition("at_least", "visits", values=(6,))
    definition = questionnaire(number("visits"), page("often", comment("often"), shown_if=often))
    assert keys(definition, {"visits": 6}) == ["visits", "often"]
    assert keys(definition, {"visits": 5}) == ["visits"]


def test_statement_can_open_a_page():
    definition = questionnaire(
        statements("plan"), page("why", comment("why"), shown_if=when("plan", 4, 5, statement="b"))
    )
    assert keys(definition, {"plan": {"a": 5, "b": 4}}) == ["plan", "why"]
    assert keys(definition, {"plan": {"a": 5, "b": 3}}) == ["plan"]


@pytest.mark.parametrize(("item", "key"), [(None, "c3"), (1, "c3@1"), (12, "c3@12")])
def test_key_of_a_round_has_the_item_after_an_at_sign(item, key):
    assert at("c3", item) == key


def codes_in(value):
    """The option codes in a stored value."""
    if is_mark(value):
        return set()
    if isinstance(value, dict):
        return set(value.values())
    return set(value) if isinstance(value, list) else {value}


# What is the same to everybody -----------------------------------------------------------------------------------------------


def piped(text):
    return comment("why", text=text)


@pytest.mark.parametrize(
    ("asked", "is_whole", "is_alike"),
    [
        (page("p", choice("a"), comment("b")), True, True),
        (page("p", choice("a"), shown_if=when("used", 1)), True, True),
        (page("p", choice("a"), comment("b", shown_if=when("used", 1))), False, False),
        (page("p", question("a", options=(Option(1, {"en": "Yes"}, shown_if=when("used", 1)),))), False, False),
        (page("p", piped("Why {used}?")), True, False),
        (page("p", piped("Why?"), heading={"en": "About {used|it}"}), True, False),
        (page("p", comment("b"), repeat=for_each("used", most=2)), False, False),
    ],
)
def test_a_page_is_the_same_to_everybody_where_nothing_on_it_depends_on_an_answer(asked, is_whole, is_alike):
    assert (asked.is_asked_whole, asked.is_alike) == (is_whole, is_alike)


def test_what_steers_a_route_is_what_conditions_and_repeats_ask_about():
    definition = questionnaire(
        choice("used"),
        choice("plain"),
        page("p", comment("a", shown_if=when("c1", 1)), shown_if=unless(when("c2", 1))),
        page("q", question("b", options=(Option(1, {"en": "Yes"}, shown_if=when_any("c3", 1)),))),
        page("r", comment("d"), repeat=for_each("used", most=2)),
    )
    assert definition.steering == {"used", "c1", "c2", "c3"}
