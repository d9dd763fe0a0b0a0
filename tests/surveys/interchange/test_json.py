"""Our own JSON: the same bytes however the document was kept, the published schema, and what its report counts."""

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.demonstration.facts import SLUGS, facts_of
from surveys.definition import Condition
from surveys.definition_json import from_json, to_json
from surveys.interchange import ImportRefused, read_questionnaire, write_questionnaire
from tests.builders import choice, comment, number, page, questionnaire
from tests.conftest import REPOSITORY

SCHEMA = json.loads((REPOSITORY / "docs" / "questionnaire.schema.json").read_text())
SMALL = questionnaire(
    page("a", choice("support", text="Do you support it?")),
    page("b", comment("why", shown_if=Condition("is", "support", values=(1,)))),
)


def validate(document):
    jsonschema.validate(document, SCHEMA, cls=jsonschema.Draft202012Validator)


def shuffled(value):
    """The same JSON with the names of every object in another order, as a database may give it back."""
    if isinstance(value, dict):
        return {name: shuffled(value[name]) for name in sorted(value, key=lambda name: (len(name), name), reverse=True)}
    return [shuffled(part) for part in value] if isinstance(value, list) else value


def test_order_in_which_a_document_was_kept_changes_no_byte():
    kept = from_json(shuffled(to_json(SMALL)))

    assert write_questionnaire(kept, "json") == write_questionnaire(SMALL, "json")


@pytest.mark.parametrize("slug", SLUGS)
def test_demonstration_fits_the_schema_and_comes_back(slug):
    definition = facts_of(slug).questionnaire()

    validate(to_json(definition))

    for_json = read_questionnaire(write_questionnaire(definition, "json"), name="d.json")
    assert for_json.definition == definition
    assert for_json.report.counts["rules_kept"] == for_json.report.counts["rules"]


@pytest.mark.parametrize("slug", SLUGS)
def test_demonstration_comes_back_from_xlsform_with_every_question_code_and_rule(slug):
    definition = facts_of(slug).questionnaire()

    again = read_questionnaire(write_questionnaire(definition, "xlsform"), name="d.xlsx").definition

    assert skeleton(again) == skeleton(definition)


def skeleton(definition):
    """Everything of a questionnaire but its words."""
    return [
        (page.key, page.repeat, page.shown_if is None, question.key, question.kind, question.required, codes(question))
        for page in definition.pages
        for question in page.questions
    ]


def codes(question):
    options = [(option.code, option.exclusive, option.meaning, option.shown_if) for option in question.options]
    return options, [line.key for line in question.statements], question.shown_if is None, dict(question.settings)


def test_counts_are_those_of_the_document():
    report = read_questionnaire(write_questionnaire(SMALL, "json"), name="s.json").report

    assert report.to_json() == {
        "format": "json",
        "counts": {
            "questions": 2, "notes": 0, "pages": 2, "options": 2, "rules": 1, "rules_kept": 1, "constraints": 0,
            "constraints_kept": 0, "required": 0, "languages": ["en"],
        },
        "changed": [],
        "not_kept": [],
        "warnings": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"title": ""},
        {"languages": []},
        {"extra": 1},
        {"pages": [{"key": "A b", "questions": []}]},
        {"pages": [{"key": "a", "questions": [{"key": "q"}]}]},
        {"pages": [{"key": "a", "questions": [], "shown_if": {"question": "q"}}]},
        {"pages": [{"key": "a", "questions": [], "shown_if": {"question": "q", "is": [1], "answered": True}}]},
    ],
)
def test_schema_refuses_what_is_no_questionnaire(change):
    with pytest.raises(jsonschema.ValidationError):
        validate(to_json(SMALL) | change)


def test_unknown_kind_is_refused_by_name():
    document = to_json(SMALL)
    document["pages"][0]["questions"][0]["kind"] = "slider"

    with pytest.raises(ImportRefused, match="a kind of question that is not known here: slider"):
        read_questionnaire(json.dumps(document).encode(), name="s.json")


@given(title=st.text(min_size=1, max_size=30), low=st.integers(-5, 5), decimals=st.integers(0, 2))
def test_any_words_and_numbers_come_back_the_same(title, low, decimals):
    definition = questionnaire(page("p", number("n", min=low, decimals=decimals)), title=title)
    written = write_questionnaire(definition, "json")

    again = read_questionnaire(written, name="x.json").definition

    assert write_questionnaire(again, "json") == written
