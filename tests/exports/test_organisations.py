"""Organisations: counted apart from people, everywhere."""

import io
import json

import pytest
from django.utils import timezone

from consult.services import publish_questionnaire
from exports.asked import only_organisations
from exports.document import Chart, Table
from exports.formats import TABLE_FORMATS
from exports.released import table_book
from surveys.definition import Condition, Question, to_json
from tests.builders import choice, comment, options, page, questionnaire, scale, when
from tests.consultations import open_consultation
from tests.exports.composed import blocks_of, own_words_of, report_of
from tests.exports.respondents import close, results_now, send

pytestmark = pytest.mark.django_db

CAPACITY = {"1": "self", "2": "organisation", "3": "organisation"}


def answering_as(capacity=CAPACITY):
    return Question(
        "as",
        "one_choice",
        {"en": "How are you answering?"},
        required=True,
        settings={"capacity": capacity},
        options=options("For myself", "For a group", "For an organisation"),
    )


def with_organisations():
    name = Question("name", "short_text", {"en": "What is its name?"}, settings={"purpose": "organization"})
    role = Question("role", "short_text", {"en": "What is your role?"}, settings={"purpose": "organization-title"})
    return questionnaire(
        answering_as(), page("about", name, role, shown_if=when("as", 2, 3)), scale("how"), comment("why")
    )


def answered(people, organisations, *, slug="plan", **fields):
    """A closed consultation that so many people answered, and these organisations: `[answers beside "as"]`."""
    consultation = open_consultation(with_organisations(), slug=slug, **fields)
    for place in range(people):
        send(consultation, {"as": 1, "how": 1 + place % 2})
    for answers in organisations:
        send(consultation, {"as": 3, **answers})
    return close(consultation)


def named(*names, **answers):
    return [{"name": name, "role": "chair", "how": 4, **answers} for name in names]


# What people's tables leave out -----------------------------------------------------------------------------------------


def test_tables_of_people_have_no_answer_and_no_question_that_is_only_for_organisations():
    consultation = answered(40, named(*"ABCDEFGHIJKL"))
    tables = {table.caption: table for table in blocks_of(report_of(consultation), Table)}
    headings = [section.heading for section in report_of(consultation).sections]

    assert [row[0] for row in tables["How are you answering? (base: 40 people who answered)"].rows] == ["For myself"]
    assert [text for text in headings if text in ("What is its name?", "What is your role?")] == []
    charts = {chart.title: chart for chart in blocks_of(report_of(consultation), Chart)}
    assert [row.label for row in charts["How are you answering? (base: 40 people who answered)"].rows] == ["For myself"]
    assert "Nobody was asked this." not in own_words_of(report_of(consultation))


def test_files_of_released_tables_have_none_of_it_either():
    book = table_book(results_now(answered(40, named(*"ABCDEFGHIJKL"))), title="The clinic")
    stream = io.BytesIO()
    TABLE_FORMATS["json"].write(book, stream)

    tables = json.loads(stream.getvalue())["tables"]

    assert {table["question"] for table in tables} & {"name", "role"} == set()
    assert {row["label"] for table in tables if table["question"] == "as" for row in table["rows"]} == {
        "For myself",
        "Base: people who answered",
    }


def test_what_people_answered_to_an_earlier_version_is_still_counted():
    consultation = open_consultation(questionnaire(answering_as({"1": "self", "2": "self"}), choice("more")))
    send(consultation, {"as": 2, "more": 1})
    later = questionnaire(answering_as(), choice("more", shown_if=when("as", 2, 3)))
    consultation.questionnaire.draft = to_json(later)
    consultation.questionnaire.save()
    publish_questionnaire(consultation, by="a test", now=timezone.now())
    results = results_now(consultation)

    questions = results.questions_of_people()

    assert [question.key for question, _ in questions] == ["as", "more"]
    assert results.table(questions[0][1][0]).rows == ("For myself", "For a group")


def condition(says, *parts):
    return Condition(says, parts=parts)


@pytest.mark.parametrize(
    "shown_if, is_only",
    [
        (when("as", 2, 3), True),
        (when("as", 2), True),
        (when("as", 1, 2), False),
        (when("where", 2), False),
        (condition("all", when("where", 1), when("as", 3)), True),
        (condition("any", when("where", 1), when("as", 3)), False),
        (condition("any", when("as", 2), when("as", 3)), True),
        (condition("not", when("as", 1)), False),
        (None, False),
    ],
)
def test_question_is_only_for_organisations_where_its_route_says_so(shown_if, is_only):
    asked = choice("more", shown_if=shown_if)

    assert ("more" in only_organisations(questionnaire(answering_as(), choice("where"), asked))) is is_only
    on_page = page("p", choice("more"), shown_if=shown_if)
    assert ("more" in only_organisations(questionnaire(answering_as(), choice("where"), on_page))) is is_only
