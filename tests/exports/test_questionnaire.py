"""The codebook of a questionnaire: every question, code and rule in words."""

import io

import pytest

from exports.document import Column, Definitions, Paragraph, Section, Table
from exports.formats import DOCUMENT_FORMATS
from exports.questionnaire import compose_questionnaire
from surveys.definition import Condition, Page, Repeat
from tests.builders import number, options, page, question, questionnaire, several, statements

BOTH = Condition("all", parts=(Condition("is", "a", values=(1, 2)), Condition("at_least", "n", values=(18,))))
EVERYTHING = questionnaire(
    page("p", question("a", text="A?", options=options("Yes", "No", dont_know="I do not know")), number("n", max=99)),
    page("q", several("s", shown_if=Condition("not", parts=(BOTH,)))),
    Page("r", (statements("t", "x"),), repeat=Repeat("s", 2), shown_if=Condition("answered", "s")),
)


def test_codebook_says_of_each_question_its_key_codes_and_rule():
    document = compose_questionnaire(EVERYTHING, "en")

    assert document.sections[2] == Section(
        "a: A?",
        (
            Paragraph("A?", numbered=False),
            Definitions(
                (
                    ("Number on paper", "1"),
                    ("Key", "a"),
                    ("Kind", "Choose one option"),
                    ("Asked of", "Everybody"),
                    ("Must be answered", "no"),
                )
            ),
            Table(
                "Answers of a",
                (Column("Code"), Column("Words"), Column("Meaning"), Column("Offered to")),
                (
                    ("1", "Yes", "a plain answer", "Everybody"),
                    ("2", "No", "a plain answer", "Everybody"),
                    ("3", "I do not know", "do not know", "Everybody"),
                ),
            ),
        ),
        level=2,
    )


def test_codebook_says_how_what_is_missing_is_typed_and_stored():
    table = compose_questionnaire(EVERYTHING, "en").sections[0].blocks[-1]

    assert table.rows == (
        ("left blank", ".", "-2"),
        ("more than one box ticked (paper)", "*", "-5"),
        ("cannot be read (paper)", "/", "-4"),
        (
            "not asked: the route or an earlier version did not lead here",
            "nothing: the box is not on the form’s route",
            "-1",
        ),
    )


def test_codes_are_as_long_as_printed_and_questions_about_the_person_are_numbered_on():
    long = questionnaire(question("x", options=options(*"ABCDEFGHIJ")))
    document = compose_questionnaire(long, "en", equality=questionnaire(question("age")))
    tables = [block for section in document.sections for block in section.blocks if isinstance(block, Table)]
    numbers = [
        dict(block.items)["Number on paper"]
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Definitions) and dict(block.items).get("Key")
    ]

    assert [row[0] for row in tables[1].rows] == [f"{code:02}" for code in range(1, 11)]
    assert numbers == ["1", "2"]


def test_codebook_says_rules_and_repeats_in_words():
    told = [
        dict(block.items)
        for section in compose_questionnaire(EVERYTHING, "en").sections
        for block in section.blocks[-2:]
        if isinstance(block, Definitions)
    ]

    assert {
        "Page": "r",
        "Shown to": "People for whom s was answered",
        "Asked": "once for each answer ticked at s, 2 times at most",
    } in told
    assert [each["Asked of"] for each in told if each.get("Key") == "s"] == [
        "People for whom it is not so that (a is 1 (Yes) or 2 (No) and n is at least 18)"
    ]


@pytest.mark.parametrize("name", sorted(DOCUMENT_FORMATS))
def test_codebook_is_written_in_every_document_format(name):
    stream = io.BytesIO()

    DOCUMENT_FORMATS[name].write(compose_questionnaire(EVERYTHING, "en"), stream)

    assert len(stream.getvalue()) > 1_000
