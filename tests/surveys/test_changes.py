"""Changes to a questionnaire that people are answering: which may be made, and what to do instead of the others."""

from dataclasses import replace

import pytest

from surveys import editing
from surveys.changes import changes_between, is_typing_mistake
from surveys.definition import Option
from tests.builders import choice, comment, for_each, number, page, questionnaire, scale, several, statements, when

LIVE = questionnaire(
    page("one", choice("a", "Red", "Green")),
    page("two", statements("s", "x", "y"), comment("c", text="What do you think of the plan?")),
    page("three", number("n", min=0), several("m")),
)


def changed(key, **fields):
    return editing.with_question_changed(LIVE, key, **fields)


def relabelled(label):
    red, green = LIVE.question("a").options
    return changed("a", options=(replace(red, label={"en": label}), green))


RED, GREEN = LIVE.question("a").options
ALLOWED = [
    (relabelled("Redd"), "The words of an option has changed"),
    (
        changed("c", text={"en": "What do you think of this plan for the clinic?"}),
        "The words of a question has changed",
    ),
    (changed("a", hint={"en": "Choose one"}), "The hint of a question has changed"),
    (changed("a", options=(RED, GREEN, Option(3, {"en": "Blue"}))), "An option is new"),
    (changed("c", required=True), "It must be answered now"),
    (changed("c", shown_if=when("a", 1)), "Who is asked has changed"),
    (changed("n", settings=LIVE.question("n").settings | {"unit": {"en": "miles"}}), "Its setting “unit” has changed"),
    (editing.with_question(LIVE, choice("new"), page="one"), "A question is new"),
    (editing.without_question(LIVE, "c"), "A question was taken out. Answers given to it stay counted"),
    (editing.with_question_moved(LIVE, "c", by=-1), "The order of questions has changed"),
    (editing.with_page_changed(LIVE, "two", heading={"en": "Something else"}), "The heading of a page has changed"),
    (editing.with_rule(LIVE, "page:two", when("a", 1)), "Who sees a page has changed"),
    (editing.with_rule(LIVE, "question:m:1", when("a", 1)), "Who is offered an option has changed"),
    (
        changed("c", text={"en": "What do you think of the plan?", "pl": "Co Pan sądzi?"}),
        "The words of a question has changed",
    ),
]
REFUSED = [
    (relabelled("Yellow"), "The words of an option has changed"),
    (changed("a", options=(RED,)), "An option was taken out"),
    (changed("a", options=(GREEN, RED)), "The order of options has changed"),
    (changed("a", options=(RED, replace(GREEN, meaning="dont_know"))), "What an option means has changed"),
    (changed("a", kind="several_choices"), "Its sort has changed: Choose one option to Choose several options"),
    (changed("n", settings=LIVE.question("n").settings | {"min": 5}), "Its setting “min” has changed"),
    (changed("s", statements=LIVE.question("s").statements[:1]), "A statement was taken out"),
    (editing.with_page_changed(LIVE, "three", repeat=for_each("m", most=2)), "What a page repeats for has changed"),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "says"), ALLOWED)
def test_change_that_leaves_every_meaning_may_be_made_and_is_named(draft, says):
    assert [(change.says, change.is_allowed) for change in changes_between(LIVE, draft)] == [(says, True)]


@pytest.mark.parametrize(("draft", "says"), REFUSED)
def test_change_of_meaning_is_refused_with_the_way_forward(draft, says):
    (change,) = changes_between(LIVE, draft)

    assert change.says == says
    assert change.refusal


def test_no_difference_is_no_change():
    assert changes_between(LIVE, LIVE) == ()


@pytest.mark.parametrize(
    ("before", "after", "is_mistake"),
    [
        ("Strongly agree", "Strongly agre", True),
        ("How easy would it bee?", "How easy would it be?", True),
        ("You cannt go", "You can’t go", True),
        ("I agre", "I agree", True),
        ("Support", "Oppose", False),
        ("I agree", "I disagree", False),
        ("Up to 5 miles", "Up to 6 miles", False),
        ("You can", "You cannot", False),
        ("I do know", "I do not know", False),
        ("The surgery on Wharf Road stays open", "The surgery on Wharf Street stays open", True),
        ("Yes", "No", False),
    ],
)
def test_typing_mistake_is_little_and_turns_nothing(before, after, is_mistake):
    assert is_typing_mistake(before, after) == is_mistake


def test_scale_that_loses_a_point_is_refused():
    form = questionnaire(scale("how"))
    draft = editing.with_question_changed(form, "how", options=form.question("how").options[1:])

    assert [change.is_allowed for change in changes_between(form, draft)] == [False]
