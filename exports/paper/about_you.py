"""The equality pages of a form: why they are asked, that nobody has to answer, and the questions as key entry numbers them."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext

from exports.paper.composing import Composer, rule_strip, together
from exports.paper.contents import Asked, Contents, Heading, Item
from exports.paper.pages import Block
from surveys.definition import Definition

ABOUT_YOU = "about you"
"""The anchor of the first of these pages. No question's key has a space."""


def about_you_intro(composer: Composer, equality: Definition) -> Iterator[Block]:
    """What stands before the questions about the person; that they are in English, where nobody has translated them."""
    heading = composer.text(gettext("Questions about you"), composer.heading(composer.size.section), tag="H2")
    yield Block((together([heading, rule_strip(thickness=2, gap=3)]),), anchor=ABOUT_YOU, with_next=True)
    words = (
        gettext("You do not have to fill in these pages. You can leave out any question."),
        gettext("If you answered for an organisation, leave these pages blank."),
        gettext("If you answered for someone else, answer about the person you are helping."),
    )
    yield Block(
        tuple(composer.text(part, composer.strong if part is words[0] else composer.body, gap=9) for part in words)
    )
    why = composer.text(gettext("Why we ask"), composer.heading(composer.size.body * 1.15), tag="H3", gap=18)
    yield Block((why,), with_next=True)
    reasons = (
        gettext(
            "We want to check we have heard from people of every background. We also want to see if the plan would be worse for "
            "some people than for others. The law says we must think about this."
        ),
        gettext(
            "You do not have to answer. Your answers will not change the care you get. We only publish them as numbers for "
            "groups of people. If a group is very small, we leave the number out."
        ),
    )
    yield Block(tuple(composer.text(part, composer.body, gap=9) for part in reasons))
    if composer.language not in ("en-GB", *equality.languages):
        told = gettext("The questions on these pages are in English. Phone us if you need help with them.")
        yield Block((composer.text(told, composer.strong, gap=12),))


def about_you_items(equality: Definition, language: str, *, first_number: int) -> tuple[list[Item], Contents]:
    """The questions about the person, without the headings that a questionnaire has."""
    contents = Contents(equality, language, first_number=first_number)
    items = [item for item in contents.items() if not isinstance(item, Heading)]
    return [may_be_blank(item) if isinstance(item, Asked) else item for item in items], contents


def may_be_blank(asked: Asked) -> Asked:
    """A question that offers no "Prefer not to say" says that it may be left out."""
    declines = any(option.meaning == "prefer_not_to_say" for option in asked.question.options)
    return asked if declines else replace(asked, hint=gettext("Leave this blank if you prefer not to say."))
