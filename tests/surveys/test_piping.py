"""Piping: an earlier answer in the words of a later question."""

from dataclasses import replace

import pytest

from surveys.journey import journey
from surveys.marks import illegible
from surveys.piping import fill, filled_question, piped_keys
from tests import builders
from tests.builders import choice, comment, for_each, number, page, question, questionnaire, several

PRACTICE = question(
    "practice",
    options=(
        *builders.options("Marlpit Green Surgery", "Arena Practice"),
        builders.Option(8, {"en": "Another practice"}, meaning="other"),
        builders.Option(9, {"en": "I do not know"}, meaning="dont_know"),
    ),
)
DEFINITION = questionnaire(
    PRACTICE,
    question("name", "short_text"),
    number("visits", unit={"en": "visits"}),
    several("services", "Eyes", "Skin"),
    page("each", choice("waited", "Short", "Long"), repeat=for_each("services", most=2)),
    page("round", comment("why", text="{item}: why was it {waited|so}?"), repeat=for_each("services", most=2)),
)


def filled(text, **answers):
    """A text filled from these answers."""
    return fill({"en": text}, DEFINITION, answers, language="en")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"practice": 1}, "What does Marlpit Green Surgery do well?"),
        ({}, "What does your practice do well?"),
        ({"practice": 8}, "What does your practice do well?"),
        ({"practice": 9}, "What does your practice do well?"),
        ({"practice": illegible()}, "What does your practice do well?"),
        ({"practice": 77}, "What does your practice do well?"),
    ],
)
def test_earlier_answer_is_repeated_only_where_it_is_a_name(answers, expected):
    assert filled("What does {practice|your practice} do well?", **answers) == expected


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        ("No {name} here", {}, "No  here"),
        ("{name} came {visits}", {"name": "Ann", "visits": 3}, "Ann came 3 visits"),
        ("{services}", {"services": [1, 2]}, "Eyes; Skin"),
        ("{Practice} { practice } {practice", {"practice": 1}, "{Practice} { practice } {practice"),
        ("{nothing|somebody}", {}, "somebody"),
        ("{practice}", {"practice": 2}, "Arena Practice"),
    ],
)
def test_pipes_are_filled_and_other_braces_left_alone(text, answers, expected):
    assert filled(text, **answers) == expected


def test_answer_that_looks_like_a_pipe_is_not_filled_again():
    assert filled("You wrote {name}", name="{practice}", practice=1) == "You wrote {practice}"


def test_round_repeats_its_own_item_and_its_own_answers():
    answers = {"services": [1, 2], "waited@1": 1, "waited@2": 2}
    route = journey(DEFINITION, answers)
    texts = [
        filled_question(step.questions[0], DEFINITION, answers, language="en", step=step).text["en"]
        for step in route.steps
        if step.page.key == "round"
    ]
    assert texts == ["Eyes: why was it Short?", "Skin: why was it Long?"]


def test_text_is_filled_in_the_language_asked_for():
    text = {"en": "About {practice|it}", "cy": "Am {practice|hwn}"}
    assert fill(text, DEFINITION, {"practice": 2}, language="cy") == "Am Arena Practice"
    assert fill(text, DEFINITION, {}, language="cy") == "Am hwn"


def test_hint_and_statements_are_filled_too():
    asked = builders.statements("plan", "a")
    asked = replace(
        asked, hint={"en": "About {practice}"}, statements=(builders.Statement("a", {"en": "Keep {practice}"}),)
    )
    step = journey(questionnaire(PRACTICE, asked), {"practice": 1}).steps[1]
    found = filled_question(
        step.questions[0], questionnaire(PRACTICE, asked), {"practice": 1}, language="en", step=step
    )
    assert (found.hint["en"], found.statements[0].label["en"]) == (
        "About Marlpit Green Surgery",
        "Keep Marlpit Green Surgery",
    )


def test_question_that_repeats_nothing_is_itself():
    asked = comment("why")
    step = journey(questionnaire(asked), {}).steps[0]
    assert filled_question(asked, questionnaire(asked), {}, language="en", step=step) is asked


def test_pipes_of_every_language_are_found():
    assert piped_keys({"en": "{a2|x} and {item}", "cy": "{b1}"}) == {"a2", "item", "b1"}
