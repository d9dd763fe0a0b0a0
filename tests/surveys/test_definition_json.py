"""The questionnaire document to JSON and back, byte for byte, and how a mistake in it is named with its place."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.demonstration.facts import SLUGS, facts_of
from surveys.definition import Condition, Definition, Option, Statement
from surveys.definition_json import from_json, to_json
from surveys.drafting import problems
from surveys.source import DefinitionError
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
    written,
)
from tests.surveys.strategies import anything, questionnaires

WITH_SETTINGS = (
    comment("said", settings={"limit": 500, "rows": 8, "purpose": "name"}),
    question("seen", "date", settings={"years": [2026, 2027]}),
    number("cost", min=0, max=10, decimals=2, unit={"en": "pounds"}),
    question("best", "ranking", settings={"places": 2}),
    choice("way", settings={"largest_first": True}),
)
STATED = question(
    "stated",
    "statements",
    options=statements("x").options,
    statements=(Statement("a", {"en": "A"}, variants={"easy_read": {"label": {"en": "B"}}}),),
)
A_LONG_WAIT = Condition("at_least", "weeks", values=(2.5,))
EVERYTHING = Definition(
    title="Everything a document can say",
    languages=("en", "cy"),
    variants=("easy_read",),
    unchecked=("cy",),
    renderings={"cy": {"first.section": "5b9a4d1bd3a1"}},
    pages=(
        page(
            "first",
            choice("used", "Yes", "No", required=True, short={"en": "Use"}),
            section={"en": "You", "cy": "Chi"},
            variants={"easy_read": {"section": {"en": "About you"}}},
        ),
        page(
            "second",
            question(
                "which",
                "several_choices",
                hint={"en": "Select all that apply"},
                options=(
                    Option(1, {"en": "Eyes"}, variants={"easy_read": {"picture": "eye.png", "alt": {"en": "An eye"}}}),
                    Option(2, {"en": "Skin"}, shown_if=when("used", 1)),
                    Option(9, {"en": "None"}, exclusive=True, meaning="none"),
                ),
                settings={"most": 2, "missing": {"en": "Select which"}},
                variants={"easy_read": {"text": {"en": "Which?"}}},
            ),
            shown_if=Condition("all", parts=(when("used", 1), unless(Condition("answered", "used")))),
        ),
        page("each", number("weeks", max=9.5), statements("felt"), STATED, repeat=for_each("which", most=2)),
        page("last", comment("why", shown_if=Condition("any", parts=(when_any("which", 1, 2), A_LONG_WAIT)))),
        page("settings", *WITH_SETTINGS),
        page("end", comment("more", shown_if=when("felt", 4, 5, statement="b"), library={"id": "5b9a", "revision": 3})),
    ),
)


def test_everything_a_document_can_say_survives_json():
    assert from_json(json.loads(json.dumps(to_json(EVERYTHING)))) == EVERYTHING


@settings(max_examples=100, deadline=None)
@given(questionnaires())
def test_any_questionnaire_survives_json_and_is_written_in_the_same_bytes_again(definition):
    once = written(to_json(definition))
    assert from_json(json.loads(once)) == definition
    assert written(to_json(from_json(json.loads(once)))) == once


@pytest.mark.parametrize("slug", SLUGS)
def test_exported_file_is_imported_and_exported_byte_for_byte(slug):
    once = written(to_json(facts_of(slug).questionnaire()))
    assert written(to_json(from_json(json.loads(once)))) == once


def test_document_leaves_out_what_it_does_not_say():
    assert to_json(questionnaire(choice("used"), title="Short")) == {
        "format": "consult-questionnaire",
        "version": 1,
        "title": "Short",
        "languages": ["en"],
        "pages": [
            {
                "key": "page_used",
                "questions": [
                    {
                        "key": "used",
                        "kind": "one_choice",
                        "text": {"en": "What about used?"},
                        "required": False,
                        "settings": {},
                        "options": [{"code": 1, "label": {"en": "Yes"}}, {"code": 2, "label": {"en": "No"}}],
                    }
                ],
            }
        ],
    }


# Mistakes ----------------------------------------------------------------------------------------------------------------


def changed(*path, to):
    """The document of EVERYTHING with one value put in another's place."""
    document = json.loads(json.dumps(to_json(EVERYTHING)))
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return document


@pytest.mark.parametrize(
    ("document", "where", "problem"),
    [
        ("not a document", "the questionnaire", "must be an object"),
        ({}, "the questionnaire", 'must say "format": "consult-questionnaire", "version": 1'),
        (changed("version", to=2), "the questionnaire", 'must say "format": "consult-questionnaire", "version": 1'),
        (changed("title", to=""), "the questionnaire", '"title" must be text'),
        (
            changed("languages", to="en"),
            "the questionnaire",
            '"languages" must be a list of language codes, such as ["en"]',
        ),
        (
            changed("languages", to=[7]),
            "the questionnaire",
            '"languages" must be a list of language codes, such as ["en"]',
        ),
        (changed("pages", to={}), "the questionnaire", '"pages" must be a list'),
        (changed("pages", 2, to="page"), "pages[2]", "must be an object"),
        (changed("pages", 1, "key", to=5), "pages[1]", '"key" must be text'),
        (changed("pages", 2, "repeat", to=["which"]), "pages[2].repeat", "must be an object"),
        (changed("pages", 2, "repeat", "most", to="two"), "pages[2].repeat", '"most" must be a whole number'),
        (
            changed("pages", 0, "section", to="You"),
            "pages[0]",
            '"section" must be texts by language, such as {"en": "…"}',
        ),
        (changed("pages", 1, "questions", 0, "kind", to=None), "pages[1].questions[0]", '"kind" must be text'),
        (
            changed("pages", 1, "questions", 0, "settings", to=[1]),
            "pages[1].questions[0].settings",
            "must be an object",
        ),
        (
            changed("pages", 1, "questions", 0, "variants", to="x"),
            "pages[1].questions[0].variants",
            "must be an object",
        ),
        (
            changed("pages", 1, "questions", 0, "options", 1, "code", to=True),
            "pages[1].questions[0].options[1]",
            '"code" must be a whole number',
        ),
        (
            changed("pages", 1, "questions", 0, "options", 2, "meaning", to=["none"]),
            "pages[1].questions[0].options[2]",
            '"meaning" must be text',
        ),
        (
            changed("pages", 1, "questions", 0, "options", 1, "shown_if", to={"question": "used"}),
            "pages[1].questions[0].options[1].shown_if",
            "must say answered or one of is, includes, equals, less_than, at_most, more_than, at_least",
        ),
        (
            changed("pages", 5, "questions", 0, "shown_if", "statement", to=["b"]),
            "pages[5].questions[0].shown_if",
            '"statement" must be text',
        ),
        (changed("pages", 1, "shown_if", "all", to={}), "pages[1].shown_if", '"all" must be a list'),
        (changed("pages", 1, "shown_if", "all", 0, to="used"), "pages[1].shown_if.all[0]", "must be an object"),
        (
            changed("pages", 1, "shown_if", to={"question": "used", "is": []}),
            "pages[1].shown_if",
            '"is" must hold numbers',
        ),
        (
            changed("pages", 1, "shown_if", to={"question": "used", "is": ["1"]}),
            "pages[1].shown_if",
            '"is" must hold numbers',
        ),
        (
            changed("pages", 1, "shown_if", to={"question": "used", "at_least": float("nan")}),
            "pages[1].shown_if",
            '"at_least" must hold numbers',
        ),
        (
            changed("pages", 1, "shown_if", to={"question": "used", "equals": 10**400}),
            "pages[1].shown_if",
            '"equals" must hold numbers',
        ),
        (changed("pages", 1, "shown_if", to={"is": [1]}), "pages[1].shown_if", '"question" must be text'),
        (
            changed("pages", 5, "questions", 0, "library", to="5b9a"),
            "pages[5].questions[0].library",
            "must be an object",
        ),
        (
            changed("pages", 5, "questions", 0, "library", "id", to=7),
            "pages[5].questions[0].library",
            '"id" must be text',
        ),
        (
            changed("pages", 5, "questions", 0, "library", "revision", to="3"),
            "pages[5].questions[0].library",
            '"revision" must be a whole number',
        ),
    ],
)
def test_mistake_in_a_document_is_named_with_its_place(document, where, problem):
    with pytest.raises(DefinitionError) as refusal:
        from_json(document)
    assert (refusal.value.where, refusal.value.problem) == (where, problem)
    assert str(refusal.value) == f"{where}: {problem}"


def every_place(value, path=()):
    """The path of every value in a document."""
    yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield from every_place(part, (*path, name))


PLACES = [path for path in every_place(to_json(EVERYTHING)) if path]


@settings(max_examples=400, deadline=None)
@given(path=st.sampled_from(PLACES), value=anything)
def test_anything_in_any_place_is_a_questionnaire_with_problems_or_a_mistake_with_a_place(path, value):
    """A file from outside can hold anything: neither reading it, writing it, nor checking it may fail in another way."""
    try:
        definition = from_json(changed(*path, to=value))
    except DefinitionError as mistake:
        assert_names_a_place(mistake)
        return
    assert from_json(to_json(definition)) == definition
    assert all(problem.says for problem in problems(definition))


def assert_names_a_place(mistake):
    assert mistake.where.startswith(("the questionnaire", "pages["))
    assert mistake.problem
