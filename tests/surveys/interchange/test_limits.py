"""Constraints of other tools as settings: exactly what they allow, or the reason why not."""

from itertools import combinations

import pytest

from surveys.interchange.expressions import XPATH, parse
from surveys.interchange.limits import Limited, limits_of
from surveys.kinds import KINDS, AnswerError
from tests.builders import coded, question

TOGETHER = "it forbids some answers together, and here an answer can only exclude all others"
CODES = ("a", "b", "c", "none")


def held(text, kind="number", **parts):
    return limits_of(parse(text, XPATH), Limited(kind, **parts))


@pytest.mark.parametrize(
    "text, decimals, settings",
    [
        (". >= 18 and . <= 120", 0, {"min": 18, "max": 120}),
        ("18 <= . and 120 >= .", 0, {"min": 18, "max": 120}),
        (". > 0 and . < 10", 0, {"min": 1, "max": 9}),
        (". > 10.51 and . < 18.39", 2, {"min": 10.52, "max": 18.38}),
        (". > 10.5", 0, {"min": 11}),
        ("not(. < 3)", 0, {"min": 3}),
        (". = 7", 0, {"min": 7, "max": 7}),
        (". >= 1 and . >= 5", 0, {"min": 5}),
        (". != ''", 0, {}),
        ("true()", 0, {}),
    ],
)
def test_number_is_held_by_its_smallest_and_largest(text, decimals, settings):
    limits = held(text, settings={"decimals": decimals})

    assert (limits.settings, limits.reasons) == (settings, [])


@pytest.mark.parametrize(
    "text, settings, reason",
    [
        (". <= ${other}", {}, "it compares the answer with another one, “other”"),
        (". >= 18 and . <= ${other}", {"min": 18}, "it compares the answer with another one, “other”"),
        (". != 5", {}, "a number in the middle cannot be refused here"),
        (". = 1 or . = 3", {}, "a limit here is a smallest or largest number, and this is something else"),
        ("regex(., '^[0-9]{2}$')", {}, "a limit here is a smallest or largest number, and this is something else"),
        (". >= today()", {}, "it compares the answer with something that is not a number"),
        ("false()", {}, "a limit here is a smallest or largest number, and this is something else"),
    ],
)
def test_number_that_cannot_be_held_says_why(text, settings, reason):
    limits = held(text)

    assert (limits.settings, limits.reasons) == (settings, [reason])


@pytest.mark.parametrize(
    "text, settings, exclusive",
    [
        ("count-selected(.) <= 2", {"most": 2}, set()),
        ("count-selected(.) < 2", {"most": 1}, set()),
        ("not(selected(., 'none') and count-selected(.) > 1)", {}, {"none"}),
        ("not(selected(., 'none')) or count-selected(.) = 1", {}, {"none"}),
        ("not(selected(., 'none') and (selected(., 'a') or selected(., 'b') or selected(., 'c')))", {}, {"none"}),
        ("count-selected(.) <= 2 and not(selected(., 'none') and count-selected(.) > 1)", {"most": 2}, {"none"}),
        ("count-selected(.) >= 1", {}, set()),
    ],
)
def test_choices_are_held_by_settings_that_take_the_same_answers(text, settings, exclusive):
    limits = held(text, "several_choices", codes=CODES)

    assert (limits.settings, limits.exclusive, limits.reasons) == (settings, frozenset(exclusive), [])


@pytest.mark.parametrize(
    "text, reason",
    [
        ("not(selected(., 'a') and selected(., 'b'))", TOGETHER),
        ("selected(., 'a')", TOGETHER),
        ("count-selected(.) >= 2", TOGETHER),
        ("regex(., 'a')", "a limit here is a smallest or largest number, and this is something else"),
    ],
)  # fmt: skip
def test_choices_that_cannot_be_held_say_why(text, reason):
    limits = held(text, "several_choices", codes=CODES)

    assert (limits.settings, limits.exclusive, limits.reasons) == ({}, frozenset(), [reason])


def test_held_choices_refuse_exactly_what_the_constraint_refuses():
    limits = held(
        "count-selected(.) <= 2 and not(selected(., 'none') and count-selected(.) > 1)", "several_choices", codes=CODES
    )
    options = tuple(
        option.__class__(option.code, option.label, exclusive=code in limits.exclusive)
        for option, code in zip(coded(1, 2, 3, 4), CODES, strict=True)
    )
    asked = question("q", "several_choices", options=options, settings=limits.settings)

    taken = [chosen for size in range(1, 5) for chosen in combinations((1, 2, 3, 4), size) if is_taken(asked, chosen)]

    assert taken == [(1,), (2,), (3,), (4,), (1, 2), (1, 3), (2, 3)]


def is_taken(asked, chosen):
    try:
        return KINDS[asked.kind].clean(asked, list(chosen)) == list(chosen)
    except AnswerError:
        return False


@pytest.mark.parametrize(
    "text, settings, reasons",
    [
        ("string-length(.) <= 200", {"limit": 200}, []),
        ("string-length(.) < 200", {"limit": 199}, []),
        ("string-length(.) > 0", {}, []),
        ("regex(., '^.{1,80}$')", {"limit": 80}, []),
        ("regex(., '^[A-Z]+$')", {}, ["an answer cannot be made to match a pattern here"]),
        ("string-length(.) >= 5", {}, ["an answer cannot be made to have a number of characters here"]),
        ("string-length(.) <= 90000", {}, ["a text here may have from 1 to 20,000 characters"]),
    ],
)
def test_words_are_held_by_their_most_characters(text, settings, reasons):
    limits = held(text, "short_text")

    assert (limits.settings, limits.reasons) == (settings, reasons)


def test_kind_without_limits_says_so():
    assert held(". >= today()", "date").reasons == ["this kind of question has no such limit here"]
