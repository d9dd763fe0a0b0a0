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

    assert document.sections[1] == Section(
        "a: A?",
        (
            Paragraph("A?", numbered=False),
            Definitions(
                (("Key", "a"), ("Kind", "Choose one option"), ("Asked of", "Everybody"), ("Must be answered", "no"))
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
