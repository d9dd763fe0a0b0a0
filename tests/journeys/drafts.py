"""Questionnaires with every mistake that the checks find, for tests that look at the checks in a browser."""

from dataclasses import replace

from surveys.definition import Condition, Definition, Option
from tests.builders import choice, comment, page, question, questionnaire, unless, when


def with_every_route_error() -> Definition:
    """The 6 errors of routes, each on a page of its own name."""
    always = Condition("any", parts=(when("used", 1), unless(when("used", 1))))
    never = Condition("all", parts=(when("used", 1), when("used", 2)))
    return questionnaire(
        choice("used", "Yes", "No", text="Have you used it?"),
        page("removed_question", comment("c1", text="Why one?"), shown_if=when("gone", 1)),
        page("removed_option", comment("c2", text="Why two?"), shown_if=when("used", 7)),
        page("skips_nothing", comment("c3", text="Why three?"), shown_if=always),
        page("backwards", comment("c4", text="Why four?"), shown_if=when("later", 1)),
        choice("later", "Yes", "No", text="Will you use it?"),
        page("mixed", comment("c5", text="Why five?"), comment("unreachable", text="Why six?", shown_if=never)),
        page("skipped", comment("required", text="Why seven?", required=True), shown_if=never),
        title="Routes",
    )


def with_hard_words() -> Definition:
    """A picture without a description, a sentence of more than 25 words, "click here", and two questions in one."""
    drawn = {"easy_read": {"label": {"en": "By bus"}, "picture": "lorry.png"}}
    long = "We would like to hear what you think of the plan " + "and of what comes with it " * 4 + "today."
    form = questionnaire(
        question(
            "picture",
            text="How do you go?",
            options=(Option(1, {"en": "Bus"}, variants=drawn), Option(2, {"en": "Foot"})),
        ),
        question("long", "information", text=long),
        question("link", "information", text="To read the plan, click here."),
        comment("double", text="Was it quick and easy to find?"),
        title="Words",
    )
    return replace(form, variants=("easy_read",))
