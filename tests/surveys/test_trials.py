"""Trial answers: of every kind, answers that can be given, one for each way in which rules can tell answers apart."""

from itertools import product

import pytest

from surveys.definition import Condition
from surveys.journey import holds
from surveys.kinds import KINDS
from surveys.trials import MOST_COMBINED, AskedAbout, asked_about, trials_of
from tests.builders import (
    choice,
    comment,
    for_each,
    number,
    options,
    page,
    question,
    questionnaire,
    several,
    statements,
    when,
    when_any,
)


def trials_for(asked, *rules, repeat=0):
    """The trials of a question that these rules ask about."""
    pages_after = [page(f"p{index}", comment(f"c{index}"), shown_if=rule) for index, rule in enumerate(rules)]
    if repeat:
        pages_after.append(page("round", comment("round"), repeat=for_each(asked.key, most=repeat)))
    form = questionnaire(asked, *pages_after)
    return trials_of(asked, asked_about(form).get(asked.key, AskedAbout()))


def values_for(asked, *rules, repeat=0):
    return [trial.value for trial in trials_for(asked, *rules, repeat=repeat).trials]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_that_can_be_answered_has_a_trial_that_is_an_answer(kind):
    for example in kind.examples():
        found = trials_of(example.question, AskedAbout((Condition("answered", example.question.key),)))
        given = [trial.value for trial in found.trials if trial.value is not None]
        assert bool(given) == bool(kind.controls(example.question))
        for value in given:
            assert kind.settle(kind.clean(example.question, value), lambda postcode: None) == value


def test_options_that_no_rule_tells_apart_are_one_trial():
    assert values_for(choice("q", *"abcdef"), when("q", 3, 4), when("q", 4)) == [1, 3, 4, None]


def test_options_whose_codes_a_rule_compares_with_a_number_are_told_apart():
    assert values_for(choice("q", *"abcd"), Condition("at_least", "q", values=(3,)), when("q", 3, 4)) == [1, 3, None]
    assert values_for(choice("q", *"abcd"), Condition("at_least", "q", values=(2,)), when("q", 1, 3)) == [1, 2, 3, None]


def test_required_question_is_not_left_blank():
    assert values_for(choice("q", required=True), when("q", 2)) == [1, 2]


def test_numbers_lie_on_both_sides_of_each_threshold():
    rules = [Condition("more_than", "q", values=(6,)), Condition("at_most", "q", values=(2.5,))]
    found = [value for value in values_for(number("q"), *rules) if value is not None]
    assert {tuple(holds(rule, {"q": value}) for rule in rules) for value in found} == {
        (False, True),
        (False, False),
        (True, False),
    }
    assert all(isinstance(value, int) for value in found)


def test_numbers_with_decimals_lie_next_to_a_threshold():
    equals = Condition("equals", "q", values=(2.5,))
    found = values_for(number("q", decimals=1), equals, Condition("more_than", "q", values=(2.5,)))
    assert 2.5 in found
    assert any(value is not None and value > 2.5 for value in found)


def test_ticks_are_tried_together_as_far_as_rules_and_rounds_tell():
    plain = several("q", "a", "b", "c")
    assert values_for(plain, when_any("q", 1)) == [[1], [2], None]
    assert values_for(plain, repeat=2) == [[1], [2], [3], [1, 2], [1, 3], [2, 3], None]


def test_answer_that_stands_alone_and_most_allowed_are_kept_to():
    alone = question("q", "several_choices", options=options("a", "b", none="None"))
    assert values_for(alone, when_any("q", 1), when_any("q", 2), when_any("q", 3)) == [[1], [2], [1, 2], [3], None]
    capped = several("q", "a", "b", settings={"most": 1})
    assert values_for(capped, when_any("q", 1), when_any("q", 2)) == [[1], [2], None]


def test_statements_are_told_apart_each_by_its_own_rules():
    found = values_for(statements("q"), when("q", 4, 5, statement="b"), Condition("answered", "q"))
    assert found == [{"a": 1, "b": 1}, {"a": 1, "b": 4}, None]


def test_more_combinations_than_can_be_tried_are_drawn_and_said_to_be():
    rules = [when("q", code, statement=line) for line, code in product("abcdef", (1, 2, 3, 4))]
    found = trials_for(statements("q", *"abcdef"), *rules)
    assert not found.is_whole
    assert 0 < len(found.trials) <= MOST_COMBINED + 1
    assert found == trials_for(statements("q", *"abcdef"), *rules)


def test_question_with_no_option_offered_cannot_be_answered():
    assert not trials_for(question("q", options=())).can_answer
    assert trials_for(comment("q", settings={"limit": 1})).can_answer
