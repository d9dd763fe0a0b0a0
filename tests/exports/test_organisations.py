"""Organisations: counted apart from people, everywhere."""

import io
import json

import pytest
from django.utils import timezone

from consult.services import publish_questionnaire
from exports.asked import only_organisations
from exports.document import Bullets, Chart, Table, plain_text
from exports.formats import TABLE_FORMATS
from exports.released import table_book
from surveys.definition import Condition, Question
from surveys.definition_json import to_json
from tests.builders import choice, comment, options, page, questionnaire, scale, when
from tests.consultations import open_consultation
from tests.exports.composed import assessment_of, blocks_of, own_words_of, report_of, texts_of
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


def with_organisations(*, required=True):
    name = Question(
        "name", "short_text", {"en": "What is its name?"}, required=required, settings={"purpose": "organization"}
    )
    role = Question("role", "short_text", {"en": "What is your role?"}, settings={"purpose": "organization-title"})
    return questionnaire(
        answering_as(), page("about", name, role, shown_if=when("as", 2, 3)), scale("how"), comment("why")
    )


def answered(people, organisations, *, comments=(), **fields):
    """A closed consultation that so many people answered, and these organisations: `[answers beside "as"]`."""
    consultation = open_consultation(with_organisations(), **fields)
    for place in range(people):
        send(consultation, {"as": 1, "how": 1 + place % 2} | dict(*comments[place : place + 1]))
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


# The section of the report ----------------------------------------------------------------------------------------------


def section_of(consultation):
    """The blocks of the section on organisations and of its parts, as `[(heading, [text, items or Table])]`."""
    found, inside = [], False
    for section in report_of(consultation).sections:
        inside = section.heading == "Organisations" or (inside and section.level > 1)
        if inside:
            found.append((section.heading, [content_of(block) for block in section.blocks]))
    return found


def content_of(block):
    if isinstance(block, Bullets):
        return block.items
    return block if isinstance(block, Table) else plain_text(block.text)


APART = (
    "They are among the responses counted in the summary and in Table 1. "
    "Everywhere else in this report they are counted apart from people."
)


def test_organisations_are_named_and_quoted_apart_from_people():
    people = [{"why": "the bus comes late"}, {"why": "we like the bus"}]
    organisations = [
        *named("Wharf  Traders", "Bus users", why="The bus is late"),
        *named("wharf traders", why="Ask Maria Stone"),
        *named(*"ABCDEFGHI"),
    ]
    consultation = answered(60, organisations, comments=people)

    (heading, (first, gave, names, without, few)), (title, written) = section_of(consultation)

    assert (heading, first) == ("Organisations", f"About 10 organisations took part. {APART}")
    assert gave == "These organisations gave their name, which the form said may be published. Each is listed once."
    assert names == ("A", "B", "Bus users", "C", "D", "E", "F", "G", "H", "I", "wharf traders")
    assert without == "How many gave no name cannot be shown."
    assert few == "They are too few for their answers to be shown as numbers."
    assert (title, written) == (
        "What organisations wrote: What about why?",
        [
            "Some of what organisations wrote is listed here. Some are held back until a person has read them.",
            "The bus is late",
        ],
    )


def test_table_that_organisations_are_in_is_the_one_that_is_said():
    report = report_of(answered(60, named(*"ABCDEFGHIJKL")))

    first, second = (block for block in blocks_of(report, Table)[:2])

    assert first.caption == "How people took part (base: 70 responses)"
    assert second.caption == "In what capacity people answered (base: 60 people)"
    assert second.rows == (("For themselves", "60", "100%"),)


@pytest.mark.parametrize("number", range(1, 8))
def test_number_of_organisations_too_small_to_show_stands_nowhere_as_a_hidden_one(number):
    consultation = answered(60, named(*"ABCDEFG"[:number]))

    (_, blocks), *_ = section_of(consultation)

    assert blocks[0] == f"Some organisations took part. {APART}"
    assert blocks[2] == tuple("ABCDEFG"[:number])
    assert blocks[3:] == [
        "How many gave no name cannot be shown.",
        "They are too few for their answers to be shown as numbers.",
    ]
    assert [text for text in texts_of(report_of(consultation)) if "rganisation" in text and "[c]" in text] == []
    assert [text for text in texts_of(assessment_of(consultation)) if "rganisation" in text and "[c]" in text] == []
    assert "60 people answered, and some organisations." in " ".join(texts_of(assessment_of(consultation)))


def test_name_that_may_lead_to_a_person_is_held_back():
    consultation = answered(60, named("Bus users", "Dr Stone", "write to a@example.org", *"ABCDEFGHI"))

    (_, (_, gave, names, *_)), *_ = section_of(consultation)

    assert gave.endswith("Some are held back until a person has read them.")
    assert names == ("A", "B", "Bus users", "C", "D", "E", "F", "G", "H", "I")


@pytest.mark.parametrize("named, said", [(18, "10 gave no name."), (30, "Every organisation gave a name.")])
def test_how_many_gave_no_name_is_said_where_it_can_be_shown(named, said):
    consultation = open_consultation(with_organisations(required=False))
    for place in range(30):
        send(consultation, {"as": 3, "how": 4} | ({"name": f"Group {place}"} if place < named else {}))

    (_, (_, _, _, without, table)), *_ = section_of(close(consultation))

    assert without == said
    assert table.caption == "What about how? (base: 30 organisations)"


def test_exact_totals_leave_a_hidden_number_of_organisations_out():
    # 64 responses less 60 people would be the 4 organisations.
    names = named("Bus users", "Carers", "Walkers", "Riders")
    documents = [
        make(answered(60, names, policy="exact", slug=slug)) for slug, make in (("a", report_of), ("b", assessment_of))
    ]

    texts = [text for document in documents for text in texts_of(document)]
    bases = {block.caption for document in documents for block in blocks_of(document, Table)}
    assert "60 responses from people were received." in texts
    assert "How people took part (base: 60 responses from people)" in bases
    assert [text for text in texts if "64" in text.split() and text != "55 to 64"] == []


def test_exact_totals_count_organisations_whose_number_is_shown():
    document = report_of(answered(60, named(*"ABCDEFGH"), policy="exact"))

    assert "68 responses were received." in texts_of(document)


def test_exact_numbers_name_no_organisation_where_their_number_is_hidden():
    consultation = answered(60, named("Bus users", why="the bus"), policy="exact")

    assert section_of(consultation) == [
        (
            "Organisations",
            [
                "Some organisations took part. No number in this report counts them.",
                "They are too few for their answers to be shown as numbers.",
            ],
        )
    ]
